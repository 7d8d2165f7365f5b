"""The pages of the site as plain Markdown files, written from the base.

Nothing of a record reaches a page unescaped: every value passes through `_safe`, headings through
`_for_heading`. The only module that knows the template library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kb.base import Base, Entry, spoken_date
from kb.model import Incident, Instrument, Ruling
from kb.site import answers, names, standing, texts
from kb.site.shelves import ListPage, Shelves, home_ways, list_pages

TEMPLATES = Path(__file__).parent / "templates"
MOTTO = (
    "The law on internet shutdowns, platform bans and free expression: what it says, "
    "and whether it still stands"
)


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
        """The whole file; a value in JSON is also one in YAML, and is all on one line."""
        if not self.head:
            return self.body
        head = "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in self.head.items())
        return f"---\n{head}---\n\n{self.body}"


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
    press = _Press(base, today)
    guides = dict(_guides(base.folder / "docs"))
    yield press.home(guides)
    yield press.search()
    for name, text in guides.items():
        if name != "index":
            yield Page(name, {}, text)
    for entry in base.entries.values():
        yield press.record(entry)
    for unit_id in base.units:
        yield press.provision(unit_id)
    for one in list_pages(base, press.shelves):
        yield press.list_page(one)
    yield from press.moved()


def _guides(folder: Path) -> Iterator[tuple[str, str]]:
    """The pages written by hand, by name."""
    for path in sorted(folder.glob("*.md")):
        yield path.stem, path.read_text(encoding="utf-8")


@dataclass
class _Press:
    """What turns records into pages: the templates, and what they may ask."""

    base: Base
    today: date
    env: Environment = field(init=False)
    shelves: Shelves = field(init=False)

    def __post_init__(self) -> None:
        self.shelves = Shelves(self.base)
        self.env = _environment()
        self.env.filters |= _filters(self.base)
        self.env.globals |= {"base": self.base, "tongue": _tongue} | answers.answers(
            self.base, self.today
        )

    def render(self, template: str, path: str, **given: Any) -> str:
        """The text of a page, with its table of contents and no two empty lines running."""
        root = "../" * path.count("/")
        text = self.env.get_template(f"{template}.md.j2").render(root=root, **given)
        found = re.findall(r"^## (.+?) \{#(\S+?)(?: .*)?\}$", text, flags=re.M)
        rows = "".join(f'<li><a href="#{anchor}">{name}</a></li>\n' for name, anchor in found)
        toc = (
            '<nav class="toc" data-search-exclude="yes" aria-label="On this page">\n'
            f'<p class="toc-head">On this page</p>\n<ul>\n{rows}</ul>\n</nav>'
        )
        text = text.replace("@@toc@@", toc if len(found) > 2 else "")
        return re.sub(r"\n[ \n]*\n", "\n\n", text).strip() + "\n"

    # --- the pages that are not of one record

    def home(self, guides: dict[str, str]) -> Page:
        """The home page."""
        rulings = self.shelves.sorted(self.base.rulings)
        # Written by hand in docs/, so as safe as a template.
        prose = Markup(re.sub(r"\A\s*# .*\n", "", guides.get("index", "")).strip())  # noqa: S704
        body = self.render(
            "home", "index", motto=MOTTO, counts=list(answers.counts(self.base)), prose=prose,
            ways=home_ways(self.shelves), latest=rulings[:6], steps=answers.latest_steps(self.base),
            legend=answers.legend(self.base), guides=[
                (_first_heading(text, name), f"{name}.html")
                for name, text in guides.items() if name != "index"
            ],
        )  # fmt: skip
        head = {"title": "Writbase", "description": MOTTO, "search": {"exclude": True}}
        return Page("index", head, body)

    def search(self) -> Page:
        """The page that shows what a search found."""
        doors = [("Rulings", "rulings.html"), ("Law", "law.html"), ("Incidents", "incidents.html"),
                 ("Arguments", "arguments.html"), ("Lists", "lists.html")]  # fmt: skip
        body = self.render("search", "search", doors=doors)
        return Page("search", {"title": "Search", "search": {"exclude": True}}, body)

    def list_page(self, page: ListPage) -> Page:
        """A page that lists."""
        head: dict[str, Any] = {"title": page.title}
        # What people type for a topic leads to its list; other lists would only repeat the records.
        if page.also:
            head["tags"] = ["Topic"]
        else:
            head["search"] = {"exclude": True}
        return Page(page.path, head, self.render("list", page.path, page=page))

    def moved(self) -> Iterator[Page]:
        """A page at each address given up; a moved instrument takes its provisions along."""
        pairs = dict(self.base.moved)
        for old, new in self.base.moved.items():
            for unit_id in self.base.units:
                if unit_id.startswith(f"{new}/"):
                    pairs.setdefault(f"{old}/{unit_id.partition('/')[2]}", unit_id)
        for old, new in pairs.items():
            found = names.target(self.base, new)
            where = "../" * old.count("/") + found.address
            body = self.render("moved", old, where=found.address, name=found.name)
            head = {"title": "This page has moved", "moved": where, "search": {"exclude": True}}
            yield Page(old, head, body)

    # --- the pages of records

    def record(self, entry: Entry) -> Page:
        """The page of a record."""
        record = entry.record
        if isinstance(record, Ruling):
            return self._ruling(entry, record)
        if isinstance(record, Instrument):
            return self._instrument(entry, record)
        if isinstance(record, Incident):
            body = self.render("incident", entry.id, entry=entry, r=record)
            return self._page(entry, record.title, "Incident", body)
        body = self.render("argument", entry.id, entry=entry, r=record)
        return self._page(entry, record.proposition, "Argument", body)

    def _page(
        self, entry: Entry, title: str, kind: str, body: str, banner: standing.Banner | None = None
    ) -> Page:
        place = [self.base.vocabulary.label("places", entry.place)] if entry.place else []
        head: dict[str, Any] = {"title": title, "file": entry.file, "tags": [kind, *place]}
        if banner and banner.tone != "good":
            head["standing"] = banner.word.lower()
            head["tags"].append(f"{banner.sign} {banner.word}")
        return Page(entry.id, head, body)

    def _ruling(self, entry: Entry, ruling: Ruling) -> Page:
        base = self.base
        banner = standing.ruling_banner(base, entry.id, self.today)
        body = self.render(
            "ruling", entry.id, entry=entry, r=ruling, b=banner,
            cite=names.citation_line(base, entry.id),
            treated=base.treated_by(entry.id), caused=base.caused_by(entry.id),
            incidents=base.incidents_before(entry.id), argued=base.argued_with(entry.id),
            worth=answers.worth(base, entry, ruling),
        )  # fmt: skip
        return self._page(entry, ruling.title, "Ruling", body, banner)

    def _instrument(self, entry: Entry, instrument: Instrument) -> Page:
        base = self.base
        banner = standing.instrument_banner(base, instrument, self.today)
        kind = base.vocabulary.tables["kinds"].get(instrument.kind)
        body = self.render(
            "instrument", entry.id, entry=entry, i=instrument, b=banner,
            provisions=[base.units[f"{entry.id}/{p.unit}"] for p in instrument.provisions],
            kind_meaning=kind.meaning if kind else "", argued=base.argued_with(entry.id),
            caused=base.caused_by(entry.id), bonds=answers.bonds(base, entry.id, self.today),
        )  # fmt: skip
        return self._page(entry, names.instrument_name(instrument), "Law", body, banner)

    def provision(self, unit_id: str) -> Page:
        """The page of a provision."""
        base, unit = self.base, self.base.units[unit_id]
        entry, provision = base.entries[unit.instrument_id], unit.provision
        banner = standing.unit_banner(base, unit, self.today)
        blocks = texts.blocks_of(provision.texts)
        row = [f"{entry.id}/{p.unit}" for p in unit.instrument.provisions]
        here = row.index(unit_id)
        used = {label for t in provision.texts for label in t.compared_with}
        used |= {label for e in provision.history for label in e.source}
        sources = [s for s in unit.instrument.sources if s.label in used]
        target = names.target(base, unit_id)
        body = self.render(
            "provision", unit_id, entry=entry, i=unit.instrument, p=provision, b=banner,
            name=target.name, cite_base=answers.cite_unit(target.name, banner),
            instrument_name=names.instrument_name(unit.instrument),
            unit_name=names.unit_name(base, unit),
            today_rows=texts.rows_today(blocks), before_blocks=texts.rows_before(blocks),
            before=names.target(base, row[here - 1]) if here else None,
            after=names.target(base, row[here + 1]) if here + 1 < len(row) else None,
            rulings=base.rulings_applying(unit_id), incidents=base.incidents_invoking(unit_id),
            resting=base.instruments_resting_on(unit_id), argued=base.argued_with(unit_id),
            caused=base.caused_by(unit_id), sources=sources or unit.instrument.sources,
            bonds=answers.bonds(base, entry.id, self.today),
        )  # fmt: skip
        heading = f": {provision.heading}" if provision.heading else ""
        page = self._page(entry, f"{target.name}{heading}", "Provision", body, banner)
        return Page(unit_id, page.head, page.body)


# --- the templates and how they print -----------------------------------------------------------


def _environment() -> Environment:
    # {# begins the name of a heading in Markdown, so a comment of a template begins otherwise.
    return Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=StrictUndefined, finalize=_safe,
        comment_start_string="{##", comment_end_string="##}",
    )  # fmt: skip


def _safe(value: Any) -> Markup:
    """A value as text of a page; no fence of Markdown can begin in it."""
    if isinstance(value, Markup):
        return value
    return Markup(escape(value).translate({ord("`"): "&#96;", ord("~"): "&#126;"}))  # noqa: S704 - escaped


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


def _filters(base: Base) -> dict[str, Any]:
    label = base.vocabulary.label
    return {
        "md": _for_heading,
        "lines": lambda text: [line for line in text.split("\n") if line.strip()],
        "prose": lambda text: [p.replace("\n", " ") for p in re.split(r"\n\s*\n", text.strip())],
        "day": spoken_date,
        "capital": lambda text: text[:1].upper() + text[1:],
        "place": lambda word: label("places", word),
        "trigger": lambda word: label("triggers", word),
    }


def _first_heading(text: str, name: str) -> str:
    found = re.search(r"^# (.+)$", text, flags=re.M)
    return found[1].strip() if found else name.replace("-", " ").capitalize()
