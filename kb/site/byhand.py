"""The pages written by hand in docs/, and the two that are made from the forms and the counts."""

from __future__ import annotations

import re
from datetime import date
from html import escape

from kb.base import Base
from kb.guide import cell, guide
from kb.report import report
from kb.site.standing import ruling_banner

_LINK = re.compile(r'<a href="([a-z0-9-]+)\.html(?:#[^"]*)?">[^<]*</a>')
_SHELF = """# State of the shelf

What the book holds, on how many sources its quotations rest, what was not seen, and how old its
observations are.
Every number is counted from the records on the day that this page was built.
"""


def pages_by_hand(base: Base, today: date) -> dict[str, str]:
    """The Markdown of each page by its name; a link to a ruling shows what has become of it."""
    folder = base.folder / "docs"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    texts = {name: _with_standings(base, text, today) for name, text in texts.items()}
    return texts | {"guide": guide(base.vocabulary), "shelf": _shelf(base, today)}


def _with_standings(base: Base, text: str, today: date) -> str:
    """The text with the standing beside each link to a ruling; nobody writes it there by hand."""

    def beside(link: re.Match[str]) -> str:
        if link[1] not in base.rulings:
            return link[0]
        banner = ruling_banner(base, link[1], today)
        sign = f'<span aria-hidden="true">{banner.sign}</span>'
        chip = f'<span class="chip chip--{banner.tone}">{sign} {escape(banner.word)}</span>'
        return f"{link[0]} {chip}"

    return _LINK.sub(beside, text)


def _shelf(base: Base, today: date) -> str:
    parts = [_SHELF]
    for table in report(base, today):
        rule = " | ".join(["---"] + ["---:"] * (len(table.heads) - 1))
        rows = [" | ".join(cell(text) for text in row) for row in table.rows]
        lines = [f"| {line} |" for line in (" | ".join(table.heads), rule, *rows)]
        parts.append("\n".join([f"## {table.title}", "", *lines, ""]))
    return "\n".join(parts)
