"""What records and provisions are called on the site, and where their pages stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb import address
from kb.base import Base, Unit, spoken_date
from kb.citation import Grammar
from kb.model import Argument, Instrument, Ruling
from kb.site.texts import blocks_of

_WORDS = {"art": "Article", "sec": "Section", "rule": "Rule", "reg": "Regulation",
          "principle": "Principle", "para": "para", "op": "operative para",
          "pp": "preambular para"}  # fmt: skip


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
    """A unit as it is cited: `Article 19A`, `operative para 11`.

    Where `vocab/citations.yml` has no word that is certain, the number stands alone: "Section"
    before an article is a wrong pinpoint.
    """
    number = unit.provision.unit
    found = re.fullmatch(r"(op|pp)(\d.*)", number)
    if found:
        return f"{_WORDS[found[1]]} {found[2]}"
    if not number[0].isdigit():
        return number.replace("-", " ")
    path = base.folder / "vocab" / "citations.yml"
    words = _unit_words(path, path.stat().st_mtime_ns)
    if unit.instrument.kind == "statute":
        word = words["unit-names-by-place"].get(base.entries[unit.instrument_id].place, "")
    else:
        word = words["unit-names"].get(unit.instrument.kind, "")
    word = words["unit-names-by-instrument"].get(unit.instrument_id, word)
    return f"{_WORDS.get(word, '')} {number.upper()}".strip()


@lru_cache(maxsize=4)
def _unit_words(path: Path, changed: int) -> dict[str, dict[str, str]]:
    """The tables of unit words in the citation grammar; read anew when the file has `changed`."""
    data = Grammar.read(path).data
    tables = ("unit-names", "unit-names-by-place", "unit-names-by-instrument")
    return {table: dict(data.get(table, {})) for table in tables}


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
