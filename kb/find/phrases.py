"""What people type for topics, forms of the same word, words that tell what a query is about.

Made when the index is built, and read only when words are asked for: there are thousands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kb.find.about import Phrase, Topic
from kb.find.packed import LEVELS
from kb.find.parse import SMALL

HALF = 1.2  # in how many phrases of a topic a word stands that tells half of what it can


class Phrases:
    """The phrases of topics, and rows of forms of the same word."""

    def __init__(self, data: Mapping[str, Any], topics: Mapping[str, Topic]) -> None:
        self._topics = topics
        self._rows: list[str] = data["spellings"]
        self._at: dict[str, str] = data["at"]
        self._spoken: dict[str, tuple[list[int], list[int]]] = data["spoken"]
        self._telling: dict[str, dict[str, int]] = data["telling"]
        # Folded words that tell of the matter of this book, and of another.
        self.here, self.elsewhere = frozenset(data["here"]), frozenset(data["elsewhere"])

    @property
    def rows(self) -> list[list[Phrase]]:
        """Rows of forms of the same word."""
        return [self._row(number) for number in range(len(self._rows))]

    def at(self, stem: str) -> Iterator[tuple[Phrase, str, Sequence[Phrase]]]:
        """The phrases that stand at a stem, with their topics, and the forms, with their rows."""
        for one in self._at.get(stem, "").split():
            of, at = one.split(":")
            if of in self._topics:
                yield self._topics[of].phrases[int(at)], of, ()
            else:
                row = self._row(int(of))
                yield row[int(at)], "", row

    def spoken(self, topic: str) -> dict[int, int]:
        """The passages with a phrase for a topic, and how many words the longest in each has."""
        passages, longest = self._spoken.get(topic, ((), ()))
        return dict(zip(passages, longest, strict=True))

    @property
    def stems(self) -> Collection[str]:
        """Every stem that tells of a topic."""
        return self._telling.keys()

    def topics_with(self, stem: str) -> Mapping[str, int]:
        """The topics for which people type a stem, and how much it tells of each, as a level."""
        return self._telling.get(stem, {})

    def _row(self, number: int) -> list[Phrase]:
        return [Phrase(*form.split("\t")) for form in self._rows[number].split("\n")]


# --- building -------------------------------------------------------------------------------------


class Collected:
    """What is kept of the phrases, found passage by passage while an index is built."""

    def __init__(
        self,
        topics: Mapping[str, Topic],
        rows: Sequence[Sequence[tuple[str, str]]],
        here: Sequence[str] = (),
        elsewhere: Sequence[str] = (),
    ) -> None:
        self._rows, self._entries = rows, topics
        self._here, self._elsewhere = here, elsewhere
        self._at: dict[str, list[str]] = defaultdict(list)
        self._spoken: dict[str, tuple[list[int], list[int]]] = {t: ([], []) for t in topics}
        self._topics: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for one, phrases in by_rarest(topics).items():
            self._at[one] += [f"{topic}:{at}" for topic, at in phrases]
        for topic, entry in topics.items():
            for phrase in entry.phrases:
                tokens = tuple(phrase.words.split())
                self._topics[tokens[0]].append((tokens, topic))
        for number, row in enumerate(rows):
            for at, form in enumerate(row):
                self._at[first(Phrase(*form))].append(f"{number}:{at}")

    def add(self, passage: int, placed: Iterable[tuple[str, int]]) -> None:
        """Find the longest phrase for each topic in a passage, given as tokens and their places."""
        at: dict[int, set[str]] = defaultdict(set)
        for token, place in placed:
            at[place].add(token)
        longest: dict[str, int] = {}
        for place, here in at.items():
            for tokens, topic in (one for token in here for one in self._topics.get(token, ())):
                if all(one in at.get(place + step, ()) for step, one in enumerate(tokens)):
                    longest[topic] = max(longest.get(topic, 0), len(tokens))
        for topic, length in longest.items():
            self._spoken[topic][0].append(passage)
            self._spoken[topic][1].append(length)

    def as_data(self) -> dict[str, Any]:
        """Everything that `Phrases` reads; texts, which are read sooner than many small lists."""
        return {
            "spellings": ["\n".join("\t".join(form) for form in row) for row in self._rows],
            "at": {stem: " ".join(ones) for stem, ones in self._at.items()},
            "spoken": self._spoken,
            "telling": self._told(),
            "here": list(self._here),
            "elsewhere": list(self._elsewhere),
        }

    def _told(self) -> dict[str, dict[str, int]]:
        """For each stem what it tells of each topic: the more phrases for the topic have it."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for topic, entry in self._entries.items():
            count = Counter(one for phrase in entry.phrases for one in set(telling(phrase)))
            for one, often in count.items():
                found[one][topic] = round(LEVELS * often / (often + HALF))
        return found


def by_rarest(topics: Mapping[str, Topic]) -> dict[str, list[tuple[str, int]]]:
    """The phrases for topics, each a topic and a number, at the rarest of its stems.

    So few stand at a word that is typed often, and none of them is missed: all must be typed.
    """
    stems = {
        (topic, at): telling(phrase)
        for topic, entry in topics.items()
        for at, phrase in enumerate(entry.phrases)
    }
    often = Counter(one for own in stems.values() for one in set(own))
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for phrase, own in stems.items():
        found[min(own, key=lambda one: (often[one], one))].append(phrase)
    return found


def first(phrase: Phrase) -> str:
    """The first stem of a form that must be typed."""
    return telling(phrase)[0]


def telling(phrase: Phrase) -> list[str]:
    """The stems of a phrase that must be typed: without small words, unless it has no others."""
    stems = phrase.stems.split()
    words = phrase.words.split()
    if len(words) != len(stems):
        return stems
    found = [one for word, one in zip(words, stems, strict=True) if word not in SMALL]
    return found or stems
