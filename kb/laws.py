"""The citation grammar taught the names and citations of the laws that the book holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from kb.base import Base, Entry
from kb.citation import Grammar
from kb.model import Instrument
from kb.pinpoint import law_word

_AFTER = re.compile(r"(?:\s*\([^()]*\)|,?\s+(?:of\s+)?(?:1[6-9]|20)\d\d)$")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d$")


def grammar_of(base: Base, key: Callable[[str], str] = str) -> Grammar:
    """The grammar of the book, with the names and citations of every instrument in it.

    Words of names are compared by `key`: as they are, or by their stems.
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
    # What the book does not hold: its articles are those of no other law.
    for law, others in plain.data.get("names-not-held", {}).items():
        for name in others:
            names[name].append(law)
    found = {law: law_word(base, plain.data, law) for law in base.instruments}
    words = {law: word for law, word in found.items() if word in {"art", "sec", "rule", "para"}}
    templates = plain.data.get("names", {}).get("constitution", ())
    return plain.with_names(names, tokens, key, words, (templates, _places(base, plain)))


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
    yield from grammar.data.get("names-by-instrument", {}).get(entry.id, ())
    for name in (record.title, record.short_title, *record.also_called):
        while name:
            shorter = _AFTER.sub("", name)
            # Behind a name the year is read anyway.
            is_needed = not _YEAR.search(name) or not _is_telling(shorter)
            if _is_telling(name) and is_needed:
                yield name.removeprefix("The ").removeprefix("the ")
            name = shorter if shorter != name else None


def _places(base: Base, grammar: Grammar) -> dict[str, list[str]]:
    """What the places of constitutions are called, by the ID of the constitution, held or not."""
    held = {entry.place: entry.id for entry in base.entries.values()
            if getattr(entry.record, "kind", "") == "constitution"}  # fmt: skip
    places = {
        held.get(place, f"{place}-constitution"): [row.label, *getattr(row, "also", ())]
        for place, row in base.vocabulary.tables["places"].items()
    }
    return {**places, "other-constitution": grammar.data.get("places-elsewhere", [])}


def _is_telling(name: str) -> bool:
    """Whether a name says which law is meant: two words, or letters like PECA or 149-FZ."""
    return len(name.split()) > 1 or (len(name) > 2 and name[1:] != name[1:].lower())
