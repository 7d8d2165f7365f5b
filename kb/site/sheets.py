"""What goes on each page of the site: its address, its template, and what the template is given."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb.base import Base, Entry
from kb.check import later
from kb.model import Incident, Instrument, Provision, Record, Ruling
from kb.pinpoint import unit_name
from kb.site import answers, names, standing, texts
from kb.site.byhand import pages_by_hand
from kb.site.lists import ListPage, list_pages
from kb.site.shelves import Shelves, home_ways

MOTTO = (
    "The law on internet shutdowns, platform bans and free expression: what it says, "
    "and whether it still stands"
)


@dataclass(frozen=True)
class Sheet:
    """A page to be printed: its address without .html, its template, its head, what it is given."""

    path: str
    template: str
    head: dict[str, Any]
    given: dict[str, Any]


def sheets(base: Base, today: date) -> Iterator[Sheet]:
    """Every page of the site."""
    shelves = Shelves(base)
    guides = pages_by_hand(base, today)
    yield _home(base, shelves, guides)
    yield _search()
    yield Sheet("offline", "offline", {"title": "With the network cut"}, {})
    for name, text in guides.items():
        if name != "index":
            yield Sheet(name, "guide", {}, {"text": text})
    for entry in base.entries.values():
        yield _record(base, entry, today)
    for unit_id in base.units:
        yield _provision(base, unit_id, today)
    for page in list_pages(base, shelves):
        yield _list(page)
    yield from _moved(base)


# --- the pages that are not of one record ---------------------------------------------------------


def _home(base: Base, shelves: Shelves, guides: dict[str, str]) -> Sheet:
    given = {
        "motto": MOTTO,
        "counts": list(answers.counts(base)),
        "prose": re.sub(r"\A\s*# .*\n", "", guides.get("index", "")).strip(),
        "ways": home_ways(shelves),
        "latest": shelves.sorted(base.rulings)[:6],
        "steps": answers.latest_steps(base),
        "legend": answers.legend(base),
        "guides": [
            (_first_heading(text, name), f"{name}.html")
            for name, text in guides.items()
            if name != "index"
        ],
    }
    return Sheet("index", "home", {"title": "Writbase", "description": MOTTO}, given)


def _first_heading(text: str, name: str) -> str:
    found = re.search(r"^# (.+)$", text, flags=re.M)
    return found[1].strip() if found else name.replace("-", " ").capitalize()


def _search() -> Sheet:
    doors = [
        ("Rulings", "rulings.html"),
        ("Law", "law.html"),
        ("Incidents", "incidents.html"),
        ("Arguments", "arguments.html"),
        ("Lists", "lists.html"),
    ]
    return Sheet("search", "search", {"title": "Search", "searches": True}, {"doors": doors})


def _list(page: ListPage) -> Sheet:
    return Sheet(page.path, "list", {"title": page.title}, {"page": page})


def _moved(base: Base) -> Iterator[Sheet]:
    """A page at each address given up; a moved instrument takes its provisions along."""
    pairs = dict(base.moved)
    for old, new in base.moved.items():
        for unit_id in base.units:
            if unit_id.startswith(f"{new}/"):
                pairs.setdefault(f"{old}/{unit_id.partition('/')[2]}", unit_id)
    for old, new in pairs.items():
        found = names.target(base, new)
        head = {"title": "This page has moved", "moved": "../" * old.count("/") + found.address}
        yield Sheet(old, "moved", head, {"name": found.name, "where": found.address})


# --- the pages of records -------------------------------------------------------------------------


def _record(base: Base, entry: Entry, today: date) -> Sheet:
    record = entry.record
    if isinstance(record, Ruling):
        return _ruling(base, entry, record, today)
    if isinstance(record, Instrument):
        return _instrument(base, entry, record, today)
    if isinstance(record, Incident):
        kind, title, there = "Incident", record.title, list(record.rulings)
    else:
        kind, title = "Argument", record.proposition
        there = [one.authority for one in (*record.for_, *record.against)]
    given = {"entry": entry, "r": record, "see_also": _besides(base, record, there)}
    return Sheet(entry.id, kind.lower(), _head(base, entry, title, kind), given)


def _head(
    base: Base, entry: Entry, title: str, kind: str, banner: standing.Banner | None = None
) -> dict[str, Any]:
    head: dict[str, Any] = {"title": title, "file": entry.file}
    if banner and banner.tone != "good":
        head["standing"] = banner.word.lower()
    return head


def _besides(base: Base, form: Record | Provision, *named: Iterable[str]) -> list[str]:
    """What a page is to lead to besides `named`, to which it leads already."""
    there = {base.provision_of(one)[0] or one for one in itertools.chain(*named)}
    return [one for one in form.see_also if one not in there]


def _firsts(rows: Iterable[Sequence[Any]]) -> list[str]:
    return [row[0] for row in rows]


def _ruling(base: Base, entry: Entry, ruling: Ruling, today: date) -> Sheet:
    banner = standing.ruling_banner(base, entry.id, today)
    treated, incidents = base.treated_by(entry.id), base.incidents_before(entry.id)
    argued = base.argued_with(entry.id)
    cited = [treatment.ruling for treatment in ruling.cites]
    given = {
        "entry": entry,
        "r": ruling,
        "b": banner,
        "earlier": [e for e in ruling.history if later(ruling.decided, e.date)],
        "later": [e for e in ruling.history if not later(ruling.decided, e.date)],
        "cite": names.citation_line(base, entry.id),
        "reference": names.reference(base, entry.id),
        "treated": treated,
        "caused": base.caused_by(entry.id),
        "incidents": incidents,
        "argued": argued,
        "see_also": _besides(
            base, ruling, cited, _firsts(treated), ruling.applies, incidents, _firsts(argued)
        ),
        "worth": answers.worth(base, entry, ruling),
    }
    return Sheet(entry.id, "ruling", _head(base, entry, ruling.title, "Ruling", banner), given)


def _instrument(base: Base, entry: Entry, instrument: Instrument, today: date) -> Sheet:
    banner = standing.instrument_banner(base, instrument, today)
    kind = base.vocabulary.tables["kinds"].get(instrument.kind)
    units = [f"{entry.id}/{p.unit}" for p in instrument.provisions]
    argued = base.argued_with(entry.id)
    given = {
        "entry": entry,
        "i": instrument,
        "b": banner,
        "provisions": [base.units[unit] for unit in units],
        "kind_meaning": kind.meaning if kind else "",
        "argued": argued,
        "see_also": _besides(base, instrument, units, _firsts(argued)),
        "caused": base.caused_by(entry.id),
        "bonds": answers.bonds(base, entry.id, today),
    }
    title = names.instrument_name(instrument)
    return Sheet(entry.id, "instrument", _head(base, entry, title, "Law", banner), given)


def _provision(base: Base, unit_id: str, today: date) -> Sheet:
    unit = base.units[unit_id]
    entry, provision, instrument = base.entries[unit.instrument_id], unit.provision, unit.instrument
    banner = standing.unit_banner(base, unit, today)
    blocks = texts.blocks_of(provision.texts)
    row = [f"{entry.id}/{p.unit}" for p in instrument.provisions]
    here = row.index(unit_id)
    name = names.target(base, unit_id).name
    rulings, incidents = base.rulings_applying(unit_id), base.incidents_invoking(unit_id)
    resting, argued = base.instruments_resting_on(unit_id), base.argued_with(unit_id)
    given = {
        "entry": entry,
        "i": instrument,
        "p": provision,
        "b": banner,
        "name": name,
        "instrument_name": names.instrument_name(instrument),
        "unit_name": unit_name(base, unit),
        "today_rows": texts.rows_today(blocks),
        "before_blocks": texts.rows_before(blocks),
        "before": names.target(base, row[here - 1]) if here else None,
        "after": names.target(base, row[here + 1]) if here + 1 < len(row) else None,
        "rulings": rulings,
        "incidents": incidents,
        "resting": resting,
        "argued": argued,
        "see_also": _besides(base, provision, rulings, incidents, resting, _firsts(argued)),
        "caused": base.caused_by(unit_id),
        "sources": answers.sources_behind(instrument, provision),
        "bonds": answers.bonds(base, entry.id, today),
        "state_steps": answers.steps_on(instrument, provision.unit),
    }
    title = f"{name}: {provision.heading}" if provision.heading else name
    return Sheet(unit_id, "provision", _head(base, entry, title, "Provision", banner), given)
