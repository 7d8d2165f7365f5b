"""How a provision is cited: `Article 19A(1)`, `Section 54(3)`, `operative para 11`.

The words are data (`vocab/citations.yml`, the tables `unit-names...`). Where they give none that is
certain the number stands alone: "Section" before an article would be a wrong pinpoint.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.base import Base, Unit
from kb.citation import BEGINS, Grammar

_WORDS = {"art": "Article", "sec": "Section", "rule": "Rule", "reg": "Regulation",
          "principle": "Principle", "para": "para", "op": "operative para",
          "pp": "preambular para", "appendix": "appendix"}  # fmt: skip


def unit_word(base: Base, grammar: Mapping[str, Any], unit: Unit) -> str:
    """Which word a unit is cited with (`art`, `sec`, `para` ...); '' where it is not certain.

    `grammar` is the data of the citation grammar.
    """
    if not unit.provision.unit[0].isdigit():
        numbered = (word for word in BEGINS if number_of(word, unit.provision.unit)[0].isdigit())
        return next(numbered, "")
    return law_word(base, grammar, unit.instrument_id)


def typed_words(base: Base, grammar: Mapping[str, Any], unit: Unit) -> tuple[str, ...]:
    """The words that a unit is asked for with; none where none is certain.

    The first is that it is cited with; translators may use others: the 'sections' of Russian acts.
    """
    word = unit_word(base, grammar, unit)
    if not word:
        return ()
    place = base.entries[unit.instrument_id].place if unit.instrument.kind == "statute" else ""
    return (word, *grammar.get("unit-names-in-translation", {}).get(place, ()))


def law_word(base: Base, grammar: Mapping[str, Any], instrument_id: str) -> str:
    """Which word the units of a law are cited with; '' where it is not certain."""
    kind = base.instruments[instrument_id].kind
    if kind == "statute":
        place = base.entries[instrument_id].place
        word = grammar.get("unit-names-by-place", {}).get(place, "")
    else:
        word = grammar.get("unit-names", {}).get(kind, "")
    return str(grammar.get("unit-names-by-instrument", {}).get(instrument_id, word))


def number_of(word: str, unit: str) -> str:
    """The number of a unit without the word that it is cited with: `11` of `op11`."""
    return unit.removeprefix(BEGINS.get(word, ""))


def pinpoint(word: str, unit: str, path: tuple[str, ...] = ()) -> str:
    """A unit, or a paragraph of it, as it is cited."""
    number = number_of(word, unit)
    number = number.upper() if number[0].isdigit() else number.replace("-", " ")
    part = "".join(f"({step})" for step in path)
    return f"{_WORDS.get(word, '')} {number}{part}".strip()


def unit_name(base: Base, unit: Unit, path: tuple[str, ...] = ()) -> str:
    """A unit of the book as it is cited."""
    file = base.folder / "vocab" / "citations.yml"
    word = unit_word(base, _grammar(file, file.stat().st_mtime_ns), unit)
    return pinpoint(word, unit.provision.unit, path)


@lru_cache(maxsize=4)
def _grammar(path: Path, changed: int) -> Mapping[str, Any]:
    """The data of the citation grammar; read anew when the file has `changed`."""
    return Grammar.read(path).data
