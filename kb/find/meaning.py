"""What the words of a query mean beyond themselves: topics, and the same word in another script.

Both come from the vocabulary (`topics.yml`, `spellings.yml`). A meaning covers the words that it
was read from: a page that has the meaning has those words too, for less.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.find.about import Phrase
from kb.find.index import Index
from kb.find.match import LONG_PHRASE, OTHER_SCRIPT, PHRASE, Matched, match_form
from kb.find.packed import LEVELS, worth
from kb.find.parse import Asked, Wanted
from kb.find.phrases import telling
from kb.find.words import script, stem

TOPIC, SYNONYM = 2.5, 0.5
NEAREST, LEAST_SHARE = 3, 0.1  # topics that a query is near to, and by what share of its words
LIFT = 5.0  # what a page gains at most that is filed under such a topic
SURE = 0.35  # by what share of all words a topic is told that is meant
LOOSE = 3  # words that may stand among those of a phrase


@dataclass(frozen=True)
class Meaning:
    """What some groups of a query mean: a topic, or other forms of the same word."""

    groups: frozenset[int]
    topic: str = ""
    forms: tuple[Wanted, ...] = ()


class Nearest(NamedTuple):
    """A topic that a query is near to.

    `share` is how much tells of it of the words that people type for topics, `of_all` how much of
    all words of the query; `groups` are those that tell of it.
    """

    topic: str
    share: float
    of_all: float
    groups: frozenset[int]

    @property
    def is_sure(self) -> bool:
        """Whether several words tell of it, and much of what was typed."""
        return self.of_all >= SURE and len(self.groups) > 1


def meanings(
    index: Index, asked: Asked, unknown: Collection[int], near: Sequence[Nearest]
) -> list[Meaning]:
    """What the words mean; `unknown` are the groups whose words no record has itself.

    The nearest topic of `near` is meant too if it is sure, or if it is told by the only word, which
    no record has: then it is all that there is to go by.
    """
    typed = _stems(asked)
    if not typed:
        return []
    topics, spelled = [], []
    for groups, phrase, topic, row in _phrases(index, typed):
        if topic:
            topics.append(Meaning(groups, topic))
        else:
            forms = tuple(wanted(other) for other in others(phrase, row))
            spelled.append(Meaning(groups, "", forms))
    is_only = len(typed) == 1 and typed.keys() <= set(unknown)
    for best in near[:1]:
        if (best.is_sure or is_only) and best.topic not in {one.topic for one in topics}:
            topics.append(Meaning(best.groups, best.topic))
    longest = [one for one in topics if not any(one.groups < other.groups for other in topics)]
    return list(dict.fromkeys([*longest, *spelled]))


def _stems(asked: Asked) -> dict[int, str]:
    """The stems of the groups that are a word, or may be one."""
    return {
        number: stem(group[0].tokens[0])
        for number, group in enumerate(asked.groups)
        if number in asked.needed
        and group[0].kind == "word"
        and all(wanted.kind != "word" for wanted in group[1:])
    }


def _phrases(
    index: Index, typed: dict[int, str]
) -> Iterator[tuple[frozenset[int], Phrase, str, Sequence[Phrase]]]:
    """The phrases and forms that were typed, after the groups that are their words."""
    for one in dict.fromkeys(typed.values()):
        for phrase, topic, row in index.phrases.at(one):
            groups = _typed(phrase, typed)
            if groups:
                yield groups, phrase, topic, row


def nearest(index: Index, asked: Asked) -> list[Nearest]:
    """The topics that a query is nearest to, told by all words that people type for topics.

    In whatever order they are typed: so a question that nobody foresaw in these words still finds
    what is filed under its topics. Each is told by what those before it leave of the words; the
    words of a phrase tell all that they can of its topic.
    """
    typed, topics = _stems(asked), index.about.topics
    told = {one: dict(index.phrases.topics_with(one)) for one in typed.values()}
    for groups, _, topic, _ in _phrases(index, typed):
        if topic:
            for number in groups:
                told[typed[number]][topic] = LEVELS
    left = {one: math.log(1 + len(topics) / len(of)) for one, of in told.items() if of}
    whole = sum(left.values())
    others = sum(not of for of in told.values()) * math.log(1 + len(topics))
    found: list[Nearest] = []
    while left and len(found) < NEAREST:
        shares: dict[str, float] = defaultdict(float)
        for one, rare in left.items():
            for topic, level in told[one].items():
                shares[topic] += rare * worth(1, level) / whole
        for near in found:
            shares[near.topic] = 0.0
        best = max(topics, key=lambda one: round(shares[one], 6))
        if shares[best] < LEAST_SHARE:
            break
        telling = frozenset(number for number, one in typed.items() if best in told[one])
        of_all = shares[best] * whole / (whole + others)
        found.append(Nearest(best, shares[best], of_all, telling))
        for one in left:
            left[one] *= 1 - worth(1, told[one].get(best, 0))
    return found


def lifted(index: Index, near: Sequence[Nearest], share: float = 1.0) -> dict[int, float]:
    """The pages filed under the nearest topics, by how much each rises: most if one is narrow.

    `share` is how far the query is to be taken for a question of a topic at all.
    """
    total = len(index.about.pages)
    lifts: dict[int, float] = defaultdict(float)
    for one in near:
        pages = {index.about.passages[p].page for p in index.scores("topic", one.topic)}
        rare = math.log(1 + total / (1 + len(pages))) / math.log(1 + total)
        for page in pages:
            lifts[page] += share * LIFT * one.share * rare
    return lifts


def _typed(phrase: Phrase, typed: dict[int, str]) -> frozenset[int]:
    """The groups that are the words of a phrase, in any order but near each other; else none."""
    needed = set(telling(phrase))
    groups = [number for number, one in typed.items() if one in needed]
    for first in groups:
        near = [n for n in groups if first <= n < first + len(needed) + LOOSE]
        if needed <= {typed[number] for number in near}:
            return frozenset(near)
    return frozenset()


def others(form: Phrase, row: Sequence[Phrase]) -> list[Phrase]:
    """What else a form asks for: the others of its row in Latin letters or in its own.

    Nearly everything here is said in English, so nobody waits for an alphabet beside these two.
    """
    scripts = {"latin", "", script([form.words])}
    return [one for one in row if one != form and script([one.words]) in scripts]


def wanted(form: Phrase) -> Wanted:
    """What asks for a form: a word, or its words in order."""
    tokens = tuple(form.words.split())
    return Wanted("word" if len(tokens) == 1 else "phrase", form.words, tokens)


def meant(index: Index, meaning: Meaning) -> Matched:
    """Where a meaning stands."""
    found = Matched()
    for form in meaning.forms:
        found.add(match_form(index, form), OTHER_SCRIPT)
    if meaning.topic:
        for passage, score in index.scores("topic", meaning.topic).items():
            found.pages[index.about.passages[passage].page] = TOPIC * score
        spoken = index.spoken(meaning.topic).items()
        worth = {passage: PHRASE * min(longest, LONG_PHRASE) for passage, longest in spoken}
        found.add(Matched(worth), SYNONYM)
    return found
