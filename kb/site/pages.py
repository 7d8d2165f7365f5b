"""The pages of the site printed as plain Markdown files.

Nothing of a record reaches a page unescaped: every value passes through `_safe`, headings through
`_for_heading`. The only module that knows the template library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kb.base import Base, spoken_date
from kb.site.answers import answers
from kb.site.mentions import Mentions
from kb.site.sheets import Sheet, sheets

TEMPLATES = Path(__file__).parent / "templates"

# Record text stands in blocks of HTML, on one line each: no line of Markdown, and no fence of code,
# which Markdown looks for before it looks for HTML, can begin in it.
_UNMARKED = str.maketrans({"\n": " ", "\r": " ", "`": "&#96;", "~": "&#126;"})
_HEADING = re.compile(r"^## (.+?) \{#(\S+?)(?: .*)?\}$", re.M)
_TOC = "<!-- toc -->"


class TwoPagesAtOneAddress(Exception):
    """Two things want the same address; the text names it."""


@dataclass(frozen=True)
class Page:
    """A page: its address without .html, what stands in its head, its text."""

    path: str
    head: dict[str, Any]
    body: str

    @property
    def markdown(self) -> str:
        """The whole file; a value in JSON is also one in YAML, and is all on one line.

        A title is HTML: themes print it as such.
        """
        head = "".join(
            f"{key}: {json.dumps(_as_html(key, value), ensure_ascii=False)}\n"
            for key, value in self.head.items()
        )
        return f"---\n{head}---\n\n{self.body}" if head else self.body


def _as_html(key: str, value: Any) -> Any:
    if key not in {"title", "standing"}:
        return value
    return str(escape(value)).replace("&#39;", "'").replace("&#34;", '"')


def write_pages(base: Base, folder: Path, *, today: date) -> int:
    """Write every page into `folder` as Markdown; gives their number."""
    written: set[str] = set()
    for page in pages(base, today):
        if page.path in written:
            raise TwoPagesAtOneAddress(
                f"Two pages want the address {page.path}.html. Rename the record."
            )
        written.add(page.path)
        path = folder / f"{page.path}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, encoding="utf-8")
    return len(written)


def pages(base: Base, today: date) -> Iterator[Page]:
    """Every page of the site."""
    environment = _environment(base, today)
    for sheet in sheets(base, today):
        yield Page(sheet.path, sheet.head, _print(environment, sheet))


def _print(environment: Environment, sheet: Sheet) -> str:
    """The text of a page, with its table of contents and no two empty lines running."""
    if sheet.template == "guide":
        return str(sheet.given["text"])
    root = "../" * sheet.path.count("/")
    text = environment.get_template(f"{sheet.template}.md.j2").render(root=root, **sheet.given)
    found = _HEADING.findall(text)
    rows = "".join(f'<li><a href="#{anchor}">{name}</a></li>\n' for name, anchor in found)
    toc = (
        '<nav class="toc" aria-label="On this page">\n'
        f'<p class="toc-head">On this page</p>\n<ul>\n{rows}</ul>\n</nav>'
    )
    text = text.replace(_TOC, toc if len(found) > 2 else "")
    return re.sub(r"\n[ \n]*\n", "\n\n", text).strip() + "\n"


# --- the templates and how they print ------------------------------------------------------------


def _environment(base: Base, today: date) -> Environment:
    # {# begins the name of a heading in Markdown, so a comment of a template begins otherwise.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_safe,
        comment_start_string="{##",
        comment_end_string="##}",
    )
    label = base.vocabulary.label
    environment.globals |= {"base": base, "tongue": _tongue} | answers(base, today)
    environment.globals["pieces"] = Mentions(base).pieces
    environment.filters |= {
        "md": _for_heading,
        "by_hand": Markup,  # what stands in docs/ is as safe as a template
        "lines": lambda text: [line for line in text.split("\n") if line.strip()],
        "prose": lambda text: re.split(r"\n\s*\n", text.strip()),
        "day": spoken_date,
        "capital": lambda text: text[:1].upper() + text[1:],
        "place": lambda word: label("places", word),
        "trigger": lambda word: label("triggers", word),
    }
    return environment


def _safe(value: Any) -> Markup:
    """A value as text of a page."""
    if isinstance(value, Markup):
        return value
    return Markup(escape(value).translate(_UNMARKED))  # noqa: S704 - escaped


def _for_heading(text: str) -> Markup:
    """Text for a heading of Markdown, all but letters, digits and spaces written as numbers."""
    coded = (c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text)
    return Markup("".join(coded))  # noqa: S704 - no sign is left that means anything


def _tongue(text: str) -> Markup:
    """The language of a name by its letters, so that it is read out and set rightly."""
    if re.search("[\u0600-\u06ff]", text):
        return Markup(' lang="ur" dir="rtl"')
    if re.search("[\u0400-\u04ff]", text):
        return Markup(' lang="ru"')
    return Markup("")
