"""What the units of the law are found under, and the names that are typed in filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kb.base import STANDING_LABELS, Base, Unit
from kb.citation import enclosing
from kb.find.words import words
from kb.letters import fold
from kb.pinpoint import number_of

# --- units ----------------------------------------------------------------------------------------


_UNCERTAIN = ("para", "principle")  # what a unit may be called that has no certain word


def unit_tokens(typed: Sequence[str], unit: Unit, path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Everything that a unit, or a paragraph of it, is found under.

    `typed` are the words that it is asked for with, the one that it is cited with first.
    """
    number = unit.provision.unit
    bare = number_of(typed[0] if typed else "", number)
    called = (*(typed or _UNCERTAIN), "unit")
    found = [token for one in called for token in enclosing(f"{one}:{bare}{_part(path)}")]
    if bare != number:
        found += [f"para:{bare}", f"{unit.instrument_id}/{bare}"]
    return (*found, *enclosing(f"{unit.id}{_part(path)}"))


def _part(path: tuple[str, ...]) -> str:
    return "".join(f"({step})" for step in path)


# --- what is typed in filters ---------------------------------------------------------------------


def names_typed(base: Base) -> dict[str, Any]:
    """The names by which courts, places, topics, standings and kinds are asked for, folded."""
    tables = base.vocabulary.tables

    def names(key: str, *more: str) -> list[str]:
        return list(dict.fromkeys(fold(name) for name in (key, *more)))

    topics = {}
    for key, topic in base.vocabulary.topics.items():
        labels = (topic.label, topic.label_ur, topic.label_ru)
        typed = [text for text in (*labels, *topic.also.en, *topic.also.ur, *topic.also.ru) if text]
        topics[key] = [topic.label, topic.right == "yes", _phrases(typed)]
    return {
        "topics": topics,
        "spellings": [_phrases(row) for row in base.vocabulary.spellings],
        "here": _folded(base.vocabulary.here),
        "elsewhere": _folded(base.vocabulary.elsewhere),
        "courts": {
            key: names(key, court.label, court.short, *court.also)
            for key, court in base.vocabulary.courts.items()
        },
        "places": {
            key: names(key, place.label, *getattr(place, "also", ()))
            for key, place in tables["places"].items()
        },
        "standings": {key: names(key, label) for key, label in STANDING_LABELS.items()},
        "kinds": {
            **{key: [key] for key in ("instrument", "ruling", "incident", "argument")},
            **{
                key: names(key, entry.label)
                for table in ("kinds", "ruling-kinds") for key, entry in tables[table].items()
            },
        },
    }  # fmt: skip


def _folded(rows: Iterable[Iterable[str]]) -> list[str]:
    return sorted({fold(word) for row in rows for word in row})


def _phrases(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The folded words of each text and their stems, each text once."""
    cut = [words(text) for text in texts]
    rows = [(" ".join(w.token for w in one), " ".join(w.stem for w in one)) for one in cut if one]
    return list(dict.fromkeys(rows))
