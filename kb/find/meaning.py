"""What the words of a query mean beyond themselves: topics, and the same word in another script.

Both come from the vocabulary (`topics.yml`, `spellings.yml`). A meaning covers the words that it
was read from: a page that has the meaning has those words too, for less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.find.about import Phrase
from kb.find.index import Index
from kb.find.match import LONG_PHRASE, OTHER_SCRIPT, PHRASE, Matched, match
from kb.find.parse import Asked, Wanted
from kb.find.phrases import telling
from kb.find.words import script, stem

TOPIC, SYNONYM = 2.5, 0.5
LOOSE = 3  # words that may stand among those of a phrase


@dataclass(frozen=True)
class Meaning:
    """What some groups of a query mean: a topic, or other forms of the same word."""

    groups: frozenset[int]
    topic: str = ""
    forms: tuple[Wanted, ...] = ()


def meanings(index: Index, asked: Asked, unknown: Sequence[int]) -> list[Meaning]:
    """What the words mean; `unknown` are the groups whose words stand nowhere in the book."""
    typed = {
        number: stem(group[0].tokens[0])
        for number, group in enumerate(asked.groups)
        if number in asked.needed
        and group[0].kind == "word"
        and all(wanted.kind != "word" for wanted in group[1:])
    }
    if not typed:
        return []
    begins = index.phrases.beginning_with
    typed_of = [entry for one in dict.fromkeys(typed.values()) for entry in begins(one)]
    topics, spelled = [], []
    for phrase, topic, row in typed_of:
        groups = _typed(phrase, typed)
        if groups and topic:
            topics.append(Meaning(groups, topic))
        elif groups:
            forms = tuple(wanted(other) for other in others(phrase, row))
            spelled.append(Meaning(groups, "", forms))
    covered = {number for one in (*topics, *spelled) for number in one.groups}
    # Part of a phrase tells little, so it has to stand alone or beside a whole one.
    for number in unknown if topics or len(typed) == 1 else ():
        if number in typed and number not in covered:
            topics += _in_part(index, number, typed[number])
    longest = [one for one in topics if not any(one.groups < other.groups for other in topics)]
    return list(dict.fromkeys([*longest, *spelled]))


def _typed(phrase: Phrase, typed: dict[int, str]) -> frozenset[int]:
    """The groups that are the words of a phrase, in any order but near each other; else none."""
    stems = telling(phrase)
    needed = set(stems)
    groups = [number for number, one in typed.items() if one in needed]
    for first in groups:
        near = [n for n in groups if first <= n < first + len(stems) + LOOSE]
        if needed <= {typed[number] for number in near}:
            return frozenset(near)
    return frozenset()


def _in_part(index: Index, number: int, typed: str) -> Iterator[Meaning]:
    """The topics for which people type a phrase with a word that the book itself does not have."""
    for topic, entry in index.about.topics.items():
        if any(typed in phrase.stems.split() for phrase in entry.phrases):
            yield Meaning(frozenset({number}), topic)


def others(form: Phrase, row: Sequence[Phrase]) -> list[Phrase]:
    """What else a form asks for: the others of its row; of one in Latin letters, those in Latin.

    Nearly everything here is said in English, so nobody who types it waits for two alphabets more.
    """
    latin = script([form.words]) in {"latin", ""}
    return [one for one in row if one != form and not (latin and script([one.words]) != "latin")]


def wanted(form: Phrase) -> Wanted:
    """What asks for a form: a word, or its words in order."""
    tokens = tuple(form.words.split())
    return Wanted("word" if len(tokens) == 1 else "phrase", form.words, tokens)


def meant(index: Index, meaning: Meaning) -> Matched:
    """Where a meaning stands."""
    found = Matched()
    for form in meaning.forms:
        found.add(match(index, form), OTHER_SCRIPT)
    if meaning.topic:
        for passage, score in index.scores("topic", meaning.topic).items():
            found.pages[index.about.passages[passage].page] = TOPIC * score
        spoken = index.spoken(meaning.topic).items()
        worth = {passage: PHRASE * min(longest, LONG_PHRASE) for passage, longest in spoken}
        found.add(Matched(worth), SYNONYM)
    return found
