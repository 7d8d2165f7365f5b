"""Which passages answer a query, and in what order.

Sets come first: a page answers if it has every group that was asked for, wherever on it. The score
of a passage is the sum of its BM25 scores, times its own weight (what it is, whether it stands,
which court); that of a page is its best passage's and a little for the others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.find.index import Index
from kb.find.parse import Asked, Wanted
from kb.find.words import script, stem, stems

# What matched words are worth, by the passage that they stand in ...
PARTS = {"names": 1.5, "law": 1.3, "point": 1.3, "quote": 1.15, "proposition": 1.2, "summary": 1.0,
         "details": 0.9, "prose": 0.8, "caution": 0.7, "evidence": 0.7, "history": 0.6}  # fmt: skip
# ... and any match, by what it is.
OWN, EXACT, CONTEXT = 1.0, 0.5, 0.35
TOPIC, SYNONYM = 0.6, 0.5
PHRASE, LONG_PHRASE = 4.0, 10
IS, IS_PART_OF, APPLIES, MENTIONS = 30.0, 28.0, 12.0, 6.0
NAME = 25.0
CREDIT, MOST_CREDIT = 0.04, 0.25
SAME_SCRIPT = 1.15

ENOUGH = 10  # records that have all words; with fewer, those with most of them follow
MOST = 0.6
NO_SHARES: Mapping[int, float] = {}

_SCRIPTS = {"ur": "arabic", "ar": "arabic", "ru": "cyrillic"}


@dataclass
class Matched:
    """Where one thing that is asked for stands: passages with their scores, pages by context."""

    passages: dict[int, float] = field(default_factory=dict)
    pages: dict[int, float] = field(default_factory=dict)

    def on(self, index: Index) -> set[int]:
        """The pages that have it at all."""
        return {index.about.passages[passage].page for passage in self.passages} | set(self.pages)

    def plus(self, other: Matched) -> None:
        """Take over what another thing matched; where both did, the sum."""
        for own, more in ((self.passages, other.passages), (self.pages, other.pages)):
            for number, score in more.items():
                own[number] = own.get(number, 0.0) + score

    def add(self, other: Matched, share: float = 1.0) -> None:
        """Take over what another thing matched; where both did, the better score."""
        for own, more in ((self.passages, other.passages), (self.pages, other.pages)):
            for number, score in more.items():
                own[number] = max(own.get(number, 0.0), score * share)


@dataclass(frozen=True)
class Synonyms:
    """A run of groups, from `first` to before `last`, that people type for one or more topics."""

    first: int
    last: int
    topics: tuple[str, ...]


class Score(NamedTuple):
    """The score of a passage, and how much of it is for words rather than citations."""

    all: float
    words: float


@dataclass
class Ranked:
    """A record that answers: its score, its passages from best to worst, its matched groups."""

    record: int
    score: float
    passages: list[int]


@dataclass
class Answer:
    """The records from best to worst; the first `complete` of them have all that was asked."""

    records: list[Ranked]
    complete: int = 0


def match(index: Index, wanted: Wanted) -> Matched:
    """Where one thing that is asked for stands."""
    found = Matched()
    if wanted.kind == "word":
        for one in stems(wanted.tokens[0]):
            for number, score in index.scores("own", one).items():
                found.passages[number] = found.passages.get(number, 0.0) + OWN * score
            found.add(Matched({}, index.scores("about", one)), CONTEXT)
        for number, score in index.scores("exact", wanted.tokens[0]).items():
            found.passages[number] = found.passages.get(number, 0.0) + EXACT * score
    elif wanted.kind == "prefix":
        for token in index.beginning_with(wanted.tokens[0]):
            found.add(Matched(index.scores("exact", token)))
    elif wanted.kind == "phrase":
        worth = PHRASE * min(len(wanted.tokens), LONG_PHRASE)
        found.passages = dict.fromkeys(_in_order(index, wanted.tokens), worth)
    else:
        for token in wanted.tokens:
            found.add(_cited(index, token))
    return found


def _in_order(index: Index, tokens: tuple[str, ...]) -> Iterable[int]:
    """The passages in which the tokens follow each other."""
    places = [index.places(token) for token in tokens]
    if not all(places):
        return []
    passages = set(places[0]).intersection(*places[1:])
    return sorted(
        number
        for number in passages
        if set(places[0][number]).intersection(
            *({place - step for place in more[number]} for step, more in enumerate(places))
        )
    )


def _cited(index: Index, token: str) -> Matched:
    """The passages that are what a token names, apply it, or mention it; a fixed worth for each."""
    found = Matched(dict.fromkeys(index.places(token), MENTIONS))
    found.add(Matched(dict.fromkeys(index.scores("applies", token), APPLIES)))
    seen: set[tuple[int, str]] = set()
    for number in sorted(index.scores("tokens", token)):
        row = index.about.passages[number]
        # The first passage of a page in a language is the whole, or its first paragraph.
        first = (row.page, row.language) not in seen
        found.passages[number] = IS if first else IS_PART_OF
        seen.add((row.page, row.language))
    return found


def is_held(index: Index, wanted: Wanted) -> bool:
    """Whether some record or provision is what a citation names."""
    return any(index.has("tokens", token) for token in wanted.tokens)


def is_anywhere(index: Index, wanted: Wanted) -> bool:
    """Whether the book holds, applies or mentions a citation at all."""
    fields = ("tokens", "applies", "exact")
    return any(index.has(field, token) for token in wanted.tokens for field in fields)


# --- synonyms -------------------------------------------------------------------------------------


def synonyms(index: Index, asked: Asked) -> list[Synonyms]:
    """The runs of words in a query that people type for topics, each as long as it can be."""
    known: dict[str, list[str]] = defaultdict(list)
    for topic, entry in index.about.topics.items():
        for phrase in entry.phrases:
            known[" ".join(stem(word) for word in phrase.split())].append(topic)
    longest = max((len(phrase.split()) for phrase in known), default=0)
    typed = [
        stem(group[0].tokens[0]) if len(group) == 1 and group[0].kind == "word" else ""
        for group in asked.groups
    ]
    runs: list[Synonyms] = []
    for first in range(len(typed)):
        for last in range(min(len(typed), first + longest), first, -1):
            topics = known.get(" ".join(typed[first:last])) if all(typed[first:last]) else None
            if topics and not any(r.first <= first and last <= r.last for r in runs):
                runs.append(Synonyms(first, last, tuple(dict.fromkeys(topics))))
    return runs


def _meant(index: Index, run: Synonyms) -> Matched:
    """Where the topics of a run stand, or other words that people type for them."""
    found = Matched()
    for topic in run.topics:
        found.add(Matched(index.scores("topic", topic)), TOPIC)
        for phrase in index.about.topics[topic].phrases:
            tokens = tuple(phrase.split())
            if tokens:
                found.add(match(index, Wanted("phrase", phrase, tokens)), SYNONYM)
    return found


# --- the answer -----------------------------------------------------------------------------------


class Ranking:
    """One query asked of one index."""

    def __init__(self, index: Index, asked: Asked, passes: Callable[[int], bool]) -> None:
        """`passes` tells whether a page passes the filters."""
        self.index, self.about, self.asked = index, index.about, asked
        self.groups = [Matched() for _ in asked.groups]
        for matched, group in zip(self.groups, asked.groups, strict=True):
            for wanted in group:
                matched.plus(match(index, wanted))
        self.runs = synonyms(index, asked)
        self.meant = [_meant(index, run) for run in self.runs]
        gone = set().union(*(match(index, wanted).on(index) for wanted in asked.excluded))
        self.allowed = {
            page for page in range(len(self.about.pages)) if page not in gone and passes(page)
        }
        self.script = script(token for wanted in asked.wanted for token in wanted.tokens)

    def answer(self) -> Answer:
        """The records that have all of it; behind them, if they are few, those with most of it."""
        if not self.groups:
            ranked = self._by_date(self.allowed)
            return Answer(ranked, len(ranked))
        has = self._has()
        small = [all(wanted.is_small for wanted in group) for group in self.asked.groups]
        needed = [n for n in range(len(has)) if not small[n]] or list(range(len(has)))
        full = self.allowed.intersection(*(has[number] for number in needed))
        ranked = self._ranked(full)
        most = self._most(has, needed, bool(full)) if len(ranked) < ENOUGH else {}
        if not most:
            return Answer(ranked, len(ranked))
        complete = {one.record for one in ranked}
        ranked = self._ranked({*full, *most}, most)
        ranked.sort(key=lambda one: one.record not in complete)
        return Answer(ranked, len(complete))

    def _most(self, has: list[set[int]], needed: list[int], has_full: bool) -> dict[int, float]:
        """The pages with most of the words, and the share that each has.

        Citations and phrases are never given up, and neither is one of two words while some
        record has both.
        """
        groups = self.asked.groups
        firm = [n for n in needed if any(w.kind in {"citation", "phrase"} for w in groups[n])]
        rest = [n for n in needed if n not in firm]
        if len(rest) < (3 if has_full else 2):
            return {}
        pages = self.allowed.intersection(*(has[number] for number in firm))
        counts = {page: sum(page in has[number] for number in rest) for page in pages}
        least = math.ceil(len(rest) * MOST)
        if max(counts.values(), default=0) < least:
            least = math.ceil(len(rest) / 2)
        return {page: count / len(rest) for page, count in counts.items() if count >= least}

    def nearest(self) -> list[Ranked]:
        """The records that have anything at all of what was asked."""
        return self._ranked(self.allowed.intersection(set().union(*self._has())))

    def unknown(self) -> list[Wanted]:
        """The words that stand nowhere in the book."""
        return [
            group[0]
            for number, group in enumerate(self.asked.groups)
            if len(group) == 1 and group[0].kind == "word"
            and not self.groups[number].passages and not self.groups[number].pages
            and not any(run.first <= number < run.last for run in self.runs)
        ]  # fmt: skip

    def _has(self) -> list[set[int]]:
        """For each group the pages that have it: in words, or by the topic that the words mean."""
        has = [matched.on(self.index) for matched in self.groups]
        for run, meant in zip(self.runs, self.meant, strict=True):
            for number in range(run.first, run.last):
                has[number] = has[number] | meant.on(self.index)
        return has

    def _by_date(self, pages: set[int]) -> list[Ranked]:
        first = {row.page: n for n, row in reversed(list(enumerate(self.about.passages)))}
        found: dict[int, Ranked] = {}
        for page in sorted(pages):
            record = self.about.pages[page].record
            if page in first:
                found.setdefault(record, Ranked(record, 0.0, [])).passages.append(first[page])
        rows = self.about.records
        by_id = sorted(found.values(), key=lambda one: rows[one.record].id)
        return sorted(by_id, key=lambda one: rows[one.record].date, reverse=True)

    def _ranked(self, pages: set[int], shares: Mapping[int, float] = NO_SHARES) -> list[Ranked]:
        """The records of the pages, the best first; `shares` is how much of the query each has."""
        scores, counts = self._scores(pages, shares)
        of_record: dict[int, list[int]] = defaultdict(list)
        for passage in scores:
            of_record[self.about.pages[self.about.passages[passage].page].record].append(passage)
        ranked = [
            Ranked(record, self._score(record, [scores[one] for one in passages]),
                   sorted(passages, key=lambda one: self._shown_first(one, scores, counts)))
            for record, passages in of_record.items()
        ]  # fmt: skip
        rows = self.about.records
        return sorted(ranked, key=lambda one: (-round(one.score, 6), rows[one.record].id))

    def _scores(
        self, pages: set[int], shares: Mapping[int, float]
    ) -> tuple[dict[int, Score], dict[int, int]]:
        """The score of every passage of the pages that has something, and how much it has."""
        words: dict[int, float] = defaultdict(float)
        cited: dict[int, float] = defaultdict(float)
        counts: dict[int, int] = defaultdict(int)
        context: dict[int, float] = defaultdict(float)
        for matched, group in zip(self.groups, self.asked.groups, strict=True):
            scores = cited if group[-1].kind == "citation" else words
            for passage in self._on(pages, matched):
                scores[passage] += matched.passages[passage]
                counts[passage] += 1
            for page in pages & set(matched.pages):
                context[page] += matched.pages[page]
        for meant in self.meant:
            for passage in self._on(pages, meant):
                words[passage] += meant.passages[passage]
        found: dict[int, Score] = {}
        for passage in self._with_leads(pages, {*words, *cited}):
            row = self.about.passages[passage]
            share = row.weight * shares.get(row.page, 1.0)
            if _SCRIPTS.get(row.language, "latin") == self.script:
                share *= SAME_SCRIPT
            in_words = PARTS[row.part] * (words[passage] + context[row.page])
            found[passage] = Score(share * (in_words + cited[passage]), share * in_words)
        return found, counts

    def _on(self, pages: set[int], matched: Matched) -> list[int]:
        rows = self.about.passages
        return [passage for passage in matched.passages if rows[passage].page in pages]

    def _with_leads(self, pages: set[int], passages: set[int]) -> list[int]:
        """The passages, and the first of each page that answers by its context alone."""
        missing = pages - {self.about.passages[passage].page for passage in passages}
        leads = []
        for passage, row in enumerate(self.about.passages):
            if row.page in missing:
                leads.append(passage)
                missing.discard(row.page)
        return sorted([*passages, *leads])

    def _score(self, record: int, scores: list[Score]) -> float:
        best, *others = sorted(scores, reverse=True)
        credit = min(CREDIT * sum(other.words for other in others), MOST_CREDIT * best.all)
        return best.all + credit + self._name(record)

    def _name(self, record: int) -> float:
        """What it is worth that the query is the name of the record, or a part of it."""
        typed = [t for w in self.asked.wanted if w.kind in {"word", "phrase"} for t in w.tokens]
        worth = 0.0
        for name in self.about.records[record].names:
            if typed and f" {' '.join(typed)} " in f" {name} ":
                worth = max(worth, NAME * len(typed) / len(name.split()))
        return worth

    def _shown_first(
        self, passage: int, scores: dict[int, Score], counts: dict[int, int]
    ) -> tuple[bool, int, bool, float, int]:
        """What is cited first; then most of the query; then words of the law, or a point."""
        row, score = self.about.passages[passage], scores[passage]
        is_cited = score.all - score.words > APPLIES * row.weight * SAME_SCRIPT
        named = row.part in {"names", "details"}
        return not is_cited, -counts[passage], named, -round(score.all, 6), passage
