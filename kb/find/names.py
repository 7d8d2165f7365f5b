"""What instruments and their units are called: the grammar taught their names, units as tokens."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from kb.base import STANDING_LABELS, Base, Entry, Unit
from kb.citation import Grammar, Unusable, enclosing
from kb.find.words import stem, words
from kb.letters import fold
from kb.load import Unreadable, read
from kb.model import Instrument

_AFTER = re.compile(r"(?:\s*\([^()]*\)|,?\s+(?:of\s+)?(?:1[6-9]|20)\d\d)$")


def grammar_of(base: Base) -> Grammar:
    """The grammar of the book, with the names and citations of every instrument in it.

    Raises `kb.citation.Unusable` if `vocab/citations.yml` is not in order.
    """
    plain = Grammar.read(base.folder / "vocab" / "citations.yml")
    names: dict[str, list[str]] = defaultdict(list)
    tokens: dict[str, list[str]] = defaultdict(list)
    for entry in base.entries.values():
        if isinstance(entry.record, Instrument):
            for name in _names(base, entry, plain):
                names[name].append(entry.id)
            for token in own_tokens(plain, entry.record):
                tokens[token].append(entry.id)
    return plain.with_names(names, tokens, stem)


def own_tokens(grammar: Grammar, record: object) -> tuple[str, ...]:
    """The tokens of the citations that a record bears: citations, docket, symbol and names."""
    found: dict[str, None] = {}
    for key in ("citations", "docket", "symbol", "title", "short_title", "also_called"):
        value = getattr(record, key, None) or ()
        for text in (value,) if isinstance(value, str) else value:
            for one in grammar.find(text):
                if one.kind not in {"provision", "unit"}:
                    found.update(dict.fromkeys(one.tokens))
    return tuple(found)


def _names(base: Base, entry: Entry, grammar: Grammar) -> Iterator[str]:
    """The names of an instrument, with and without what stands in brackets and the year."""
    record: Instrument = entry.record
    for name in (record.title, record.short_title, *record.also_called):
        while name:
            if _is_telling(name):
                yield name.removeprefix("The ").removeprefix("the ")
            shorter = _AFTER.sub("", name)
            name = shorter if shorter != name else None
    place = base.vocabulary.tables["places"].get(entry.place)
    for template in grammar.data.get("names", {}).get(record.kind, ()):
        for called in (place.label, *getattr(place, "also", ())) if place else ():
            yield template.replace("{place}", called)


def _is_telling(name: str) -> bool:
    """Whether a name says which law is meant: two words, or letters like PECA or 149-FZ."""
    return len(name.split()) > 1 or (len(name) > 2 and name[1:] != name[1:].lower())


# --- units ----------------------------------------------------------------------------------------


def unit_tokens(word: str, unit: Unit, path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Everything that a unit, or a paragraph of it, is found under."""
    number = unit.provision.unit
    bare = number.removeprefix(word) if word in {"op", "pp"} else number
    called = [word, "unit"] if word else ["art", "sec", "rule", "para", "principle", "unit"]
    found = [token for one in called for token in enclosing(f"{one}:{bare}{_part(path)}")]
    if word in {"op", "pp"}:
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
        "spellings": _spellings(base),
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


def _phrases(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The folded words of each text and their stems, each text once."""
    cut = [words(text) for text in texts]
    rows = [(" ".join(w.token for w in one), " ".join(w.stem for w in one)) for one in cut if one]
    return list(dict.fromkeys(rows))


def _spellings(base: Base) -> list[list[tuple[str, str]]]:
    """The rows of `spellings.yml`, if the book has one."""
    path = base.folder / "vocab" / "spellings.yml"
    if not path.exists():
        return []
    try:
        document = read(path, "vocab/spellings.yml")
    except Unreadable as error:
        raise Unusable(str(error.problem)) from None
    return [_phrases(row) for row in document.value.values() if isinstance(row, list)]
