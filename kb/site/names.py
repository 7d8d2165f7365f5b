"""What records and provisions are called on the site, and where their pages stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb import address
from kb.base import Base, Unit, spoken_date
from kb.model import Argument, Instrument, Ruling
from kb.site.texts import blocks_of

# Which word stands before the number of a unit. Where none is certain the number stands alone:
# "Section" before an article is a wrong pinpoint.
_UNIT_WORDS = {"constitution": "Article", "treaty": "Article", "declaration": "Article",
               "rules": "Rule", "general-comment": "para", "report": "para"}  # fmt: skip
_SECTIONS = frozenset({"pk", "in", "gb", "ke", "ug", "zm", "zw", "za", "bd", "lk", "ng", "gh"})
_ARTICLES = frozenset({"ru", "kz", "by", "ua", "fr", "de", "es", "pt", "br", "co", "tr", "al"})


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
    part = "".join(f"({step})" for step in path)
    name = f"{instrument_name(unit.instrument)}, {unit_name(base, unit)}{part}"
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


def unit_name(base: Base, unit: Unit) -> str:
    """A unit as it is cited: `Article 19A`, `operative para 11`, or its number alone."""
    number = unit.provision.unit
    kind = unit.instrument.kind
    if kind == "resolution":
        found = re.fullmatch(r"(op|pp)(\d.*)", number)
        words = {"op": "operative para", "pp": "preambular para"}
        return f"{words[found[1]]} {found[2]}" if found else f"para {number.upper()}"
    place = base.entries[unit.instrument_id].place
    word = _UNIT_WORDS.get(kind, "")
    if kind == "statute":
        word = "Section" if place in _SECTIONS else "Article" if place in _ARTICLES else ""
    if not number[0].isdigit():
        word = ""
    return f"{word} {number.upper()}".strip()


def paragraph_anchors(unit: Unit) -> dict[tuple[str, ...], str]:
    """The anchor of each paragraph's path; a path above others leads to the first of them."""
    anchors: dict[tuple[str, ...], str] = {}
    for block in blocks_of(unit.provision.texts):
        for line in block.lines:
            for end in range(1, len(line.path) + 1):
                anchors.setdefault(line.path[:end], line.anchor)
    return anchors


def citation_line(base: Base, ruling_id: str) -> str:
    """A ruling as it is cited, and what has become of it unless it simply stands.

    What a reader copies carries the standing with it.
    """
    ruling: Ruling = base.entries[ruling_id].record
    court = base.vocabulary.label("courts", ruling.court)
    known_as = next(iter([*ruling.citations, *ruling.docket]), "")
    parts = [ruling.title, known_as, f"{court}, {spoken_date(ruling.decided)}"]
    line = ", ".join(part for part in parts if part)
    standing = base.standing(ruling_id)
    return line if standing.word == "stands" else f"{line} [{standing.says}]"
