"""What records and provisions are called on the site, and where their pages stand."""

from __future__ import annotations

from dataclasses import dataclass

from kb import address
from kb.base import Base, Unit, spoken_date
from kb.model import Argument, Instrument, Ruling
from kb.pinpoint import unit_name
from kb.site.texts import blocks_of


@dataclass(frozen=True)
class Target:
    """Something to link to: its ID, its name, and its address from the root of the site."""

    id: str
    name: str
    address: str


def target(base: Base, some_id: str) -> Target:
    """What an ID, or a pointer such as `x/54(3)`, leads to."""
    unit_id, path = base.provision_of(some_id)
    if unit_id is None:
        return Target(some_id, record_name(base, some_id), address.page(some_id))
    unit = base.units[unit_id]
    name = f"{instrument_name(unit.instrument)}, {unit_name(base, unit, path)}"
    anchor = paragraph_anchors(unit).get(path, "") if path else ""
    page = address.page(unit_id)
    return Target(unit_id, name, f"{page}#{anchor}" if anchor else page)


def record_name(base: Base, record_id: str) -> str:
    """The name by which a record is spoken of."""
    record = base.entries[record_id].record
    if isinstance(record, Instrument):
        return instrument_name(record)
    if isinstance(record, Argument):
        return record.proposition
    return str(record.title)


def instrument_name(instrument: Instrument) -> str:
    """The short title of an instrument, or its title."""
    return instrument.short_title or instrument.title


def paragraph_anchors(unit: Unit) -> dict[tuple[str, ...], str]:
    """The anchor of each paragraph's path; a path above others leads to the first of them."""
    anchors: dict[tuple[str, ...], str] = {}
    for block in blocks_of(unit.provision.texts):
        for line in block.lines:
            for end in range(1, len(line.path) + 1):
                anchors.setdefault(line.path[:end], line.anchor)
    return anchors


def reference(base: Base, ruling_id: str) -> str:
    """A ruling as it is cited: title, citation or number, court, day."""
    ruling: Ruling = base.entries[ruling_id].record
    court = base.vocabulary.label("courts", ruling.court)
    known_as = next(iter([*ruling.citations, *ruling.docket]), "")
    parts = [ruling.title, known_as, f"{court}, {spoken_date(ruling.decided)}"]
    return ", ".join(part for part in parts if part)


def citation_line(base: Base, ruling_id: str) -> str:
    """A ruling as it is cited, and what has become of it unless it simply stands."""
    standing = base.standing(ruling_id)
    remark = "" if standing.word == "stands" else f" [{standing.says}]"
    return f"{reference(base, ruling_id)}{remark}"
