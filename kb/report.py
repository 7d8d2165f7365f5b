"""The state of the shelf: what the book holds, on how many sources it rests, and what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kb.base import STANDING_LABELS, Base, is_old
from kb.model import Instrument, Ruling


@dataclass(frozen=True)
class Table:
    """A titled table of counts; the first column names what the others count."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def report(base: Base, today: date) -> list[Table]:
    """The tables of the report; `today` decides which observations are older than a year."""
    return [
        _by_kind_and_place(base),
        _by_standing(base),
        _by_sources(base),
        _open(base),
        _old(base, today),
    ]


def quotations(base: Base) -> Iterator[tuple[str, int, bool]]:
    """Each text in the law's or a court's words: its record, its sources, whether court grade."""
    grades = base.vocabulary.tables["source-kinds"]
    for entry in base.entries.values():
        record = entry.record
        if isinstance(record, Ruling):
            texts = [quote.compared_with for quote in record.quotes]
        elif isinstance(record, Instrument):
            texts = [text.compared_with for unit in record.provisions for text in unit.texts]
        else:
            continue
        kinds = {source.label: source.kind for source in record.sources}
        for labels in texts:
            graded = any(
                getattr(grades[kinds[label]], "court_grade", "no") == "yes" for label in labels
            )
            yield entry.id, len(labels), graded


def _by_kind_and_place(base: Base) -> Table:
    kinds = ("instrument", "ruling", "incident")
    count = Counter((entry.place, entry.kind) for entry in base.entries.values())
    units = Counter(base.entries[unit.instrument_id].place for unit in base.units.values())
    places = sorted(
        {place for place, _ in count if place}, key=lambda p: base.vocabulary.label("places", p)
    )
    rows = []
    for place in places:
        numbers = [count[place, kind] for kind in kinds]
        rows.append(
            (
                base.vocabulary.label("places", place),
                *_texts(numbers[0], units[place], *numbers[1:]),
            )
        )
    totals = [sum(count[place, kind] for place in places) for kind in kinds]
    rows.append(("All places", *_texts(totals[0], len(base.units), *totals[1:])))
    heads = ("Place", "Instruments", "Provisions", "Rulings", "Incidents")
    return Table("What is held", heads, tuple(rows))


def _texts(*numbers: int) -> tuple[str, ...]:
    return tuple(str(number) for number in numbers)


def _by_standing(base: Base) -> Table:
    count = Counter(base.standing(ruling).word for ruling in base.rulings)
    rows = tuple((label, str(count[word])) for word, label in STANDING_LABELS.items())
    return Table("Rulings by standing", ("Standing", "Rulings"), rows)


def _by_sources(base: Base) -> Table:
    count = Counter((min(number, 3), graded) for _, number, graded in quotations(base))
    rows = []
    for number, name in ((1, "one source"), (2, "two sources"), (3, "three or more")):
        rows.append((name, *_texts(count[number, True], count[number, False])))
    heads = ("The law's words compared with", "official or copy among them", "only as others quote")
    return Table("Quotations by number of sources", heads, tuple(rows))


def _open(base: Base) -> Table:
    rows = []
    for kind in ("instrument", "ruling", "incident", "argument"):
        entries = [entry for entry in base.entries.values() if entry.kind == kind]
        points = sum(
            len(entry.record.open)
            + sum(len(p.open) for p in getattr(entry.record, "provisions", ()))
            for entry in entries
        )
        rows.append((f"{kind}s", str(len(entries)), str(points)))
    return Table("Still open", ("Kind", "Records", "Things not seen"), tuple(rows))


def _old(base: Base, today: date) -> Table:
    rows = []
    for kind in ("instrument", "ruling"):
        entries = [entry for entry in base.entries.values() if entry.kind == kind]
        old = sum(is_old(entry.record.status_checked, today) for entry in entries)
        rows.append((f"{kind}s", str(len(entries)), str(old)))
    heads = ("Kind", "Records", "Status looked up more than a year ago")
    return Table("Age of the observations", heads, tuple(rows))
