"""Which records answer a query, and in what order.

Sets come first: a page answers if it has every group that was asked for, wherever on it, and if
few have all of it, for less if it has most. The score of a passage is
what its words and citations are worth, and a part of what stands elsewhere on its page, times its
own weight: whether it stands, which court, whether it is still the law. The score of a record is
that of its best passage, a little for the others, and what it is worth to be called so.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.find.about import RecordRow
from kb.find.coverage import Coverage
from kb.find.index import Index
from kb.find.match import (
    IS_PART_OF,
    Matched,
    cites_provision,
    in_latin,
    is_provision,
    match,
    match_form,
)
from kb.find.meaning import Meaning, lifted, meanings, meant, nearest
from kb.find.packed import worth
from kb.find.parse import SMALL, Asked, Wanted
from kb.find.passages import ASKED, BARE, CATCHWORDS, HOMES, LINKED, is_of
from kb.find.words import script
from kb.letters import fold

# What matched words are worth, by the passage that they stand in ...
PARTS = {"names": 1.5, "law": 1.3, "point": 1.3, "quote": 1.15, "proposition": 1.2, "summary": 1.0,
         "details": 0.9, CATCHWORDS: 0.7, ASKED: 0.6, LINKED: 1.0, "prose": 0.8, "caution": 0.7,
         "evidence": 0.7, "history": 0.6}  # fmt: skip
# ... that the query is a name, that it names a law of which it asks for something, what stands
# beside a passage, and a passage in the query's script.
NAME, IN_ORDER, CALLED = 25.0, 3.0, 75.0
BESIDE = 0.6
LEAST = 0.02  # of the words asked for, what a passage counts as having that has none itself
CREDIT, MOST_CREDIT = 0.02, 0.25
SAME_SCRIPT = 1.15
HOME = 1.3  # for records of the place whose law is asked for first
UNLIKE = 0.5  # times an article of a law that is not named, if it has no word of those beside it
OTHER = 0.7  # of what typed words are worth, at most, for words that mean the same

KIN = 0.3  # of the scores of the best, what is given to their kin
KIN_OF = 5  # records whose kin rise

ENOUGH = 30  # records that have all words; with fewer, those with most of them answer too
NO_SHARES: Mapping[int, float] = {}

_SCRIPTS = {"ur": "arabic", "ar": "arabic", "ru": "cyrillic"}


class Score(NamedTuple):
    """The score of a passage, and how much of it is for words rather than citations."""

    all: float
    words: float


@dataclass
class Ranked:
    """A record that answers: its score, and its passages, the one to be shown first.

    `beside` is another record, if this one is here only as its kin.
    """

    record: int
    score: float
    passages: list[int]
    beside: int | None = None


@dataclass
class Answer:
    """The records from best to worst; those in `complete` have all that was asked."""

    records: list[Ranked]
    complete: frozenset[int] = frozenset()


class Ranking:
    """One query asked of one index."""

    def __init__(self, index: Index, asked: Asked, passes: Callable[[int], bool]) -> None:
        """`passes` tells whether a page passes the filters."""
        self.index, self.about, self.asked = index, index.about, asked
        self.groups = [Matched() for _ in asked.groups]
        for number in asked.needed:
            for wanted in asked.groups[number]:
                self.groups[number].plus(match(index, wanted))
        unknown = [n for n in asked.needed if not self.groups[n].on(index, (ASKED,))]
        near = nearest(index, asked)
        self.meanings = meanings(index, asked, unknown, near)
        self.meant = [self._meant(meaning) for meaning in self.meanings]
        # What other records say of one, or people who look for it, is not its own.
        gone = set().union(
            *(match(index, one).on(index, (ASKED, LINKED)) for one in asked.excluded)
        )
        self.allowed = {
            page for page in range(len(self.about.pages)) if page not in gone and passes(page)
        }
        self.coverage = Coverage(index, asked, self.groups, self.meanings, self.meant)
        self.script = script(token for wanted in asked.wanted for token in wanted.tokens)
        self.is_bare = _is_bare(asked)
        self.home = _home(asked, self.is_bare)
        self.called = {record for record in self.about.laws if self._is_called(record)}
        self.cites_document = any(map(_is_document, asked.groups)) and len(asked.needed) > 1
        self.provisions = {n for n, group in enumerate(asked.groups) if cites_provision(group)}
        self.lifts = lifted(index, near, self._is_question() if near else 0.0)

    def _is_question(self) -> float:
        """How far, from 0 to 1, the query asks for a topic.

        Who cites a provision, or types a name, wants that, and not what is filed under its topic.
        """
        if self.provisions:
            return 0.0
        called = max(map(self._name, range(len(self.about.records))), default=0.0)
        return 1 - min(called / NAME, 1.0)

    def _meant(self, meaning: Meaning) -> Matched:
        """Where a meaning stands, for less than the best that the typed words are worth."""
        found, typed = meant(self.index, meaning), 0.0
        for number in meaning.groups:
            typed += max(self.groups[number].passages.values(), default=0.0)
        most = max(found.passages.values(), default=0.0)
        if typed and most > typed * OTHER:
            share = typed * OTHER / most
            found.passages = {passage: s * share for passage, s in found.passages.items()}
        return found

    def answer(self) -> Answer:
        """The records that have all of it and, if they are few, for less those with most of it."""
        if not self.groups:
            ranked = self._by_date(self.allowed)
            return Answer(ranked, frozenset(one.record for one in ranked))
        full = self.coverage.full(self.allowed)
        ranked = self._ranked(full)
        complete = frozenset(one.record for one in ranked)
        most = self.coverage.most(self.allowed, bool(full)) if len(ranked) < ENOUGH else {}
        if most:
            ranked = self._ranked({*full, *most}, most)
        # Who cites, or quotes, or asks about another matter, wants that and nothing like it.
        if 1 < len(self.coverage.rare) == len(self.asked.needed):
            ranked = self._with_kin(ranked, bool(most))
        return Answer(followed(ranked, self.about.records), complete)

    def _best_first(self, ranked: Iterable[Ranked]) -> list[Ranked]:
        rows = self.about.records
        return sorted(ranked, key=lambda one: (-round(one.score, 6), rows[one.record].id))

    def _with_kin(self, ranked: Sequence[Ranked], is_shown: bool) -> list[Ranked]:
        """The kin of the best with a part of their scores; `is_shown` even if they do not answer.

        One that does not answer is shown by the lead of the page that is nearest.
        """
        gained: dict[int, float] = defaultdict(float)
        nearest: dict[int, tuple[float, int, int]] = defaultdict(lambda: (0.0, 0, 0))
        for one in ranked[:KIN_OF]:
            page = self.about.passages[one.passages[0]].page
            for other, level in self.index.kin(page).items():
                record, share = self.about.pages[other].record, KIN * worth(1, level) * one.score
                gained[record] += share
                if share > nearest[record][0]:
                    nearest[record] = share, other, one.record
        for one in ranked:
            one.score += gained.get(one.record, 0.0)
            nearest.pop(one.record, None)
        shown = [
            Ranked(record, gained[record], [self._lead(page)], beside)
            for record, (_, page, beside) in nearest.items()
            if is_shown and page in self.allowed
        ]
        return self._best_first([*ranked, *shown])

    def _lead(self, page: int) -> int:
        """The first passage of a page."""
        return bisect_left(self.about.passages, page, key=lambda row: row.page)

    def nearest(self) -> list[Ranked]:
        """The records that have anything at all of what was asked."""
        return self._ranked(self.allowed.intersection(set().union(*self.coverage.has)))

    def unknown(self) -> list[Wanted]:
        """The words that stand nowhere in the book."""
        return [
            group[0]
            for number, group in enumerate(self.asked.groups)
            if number in self.asked.needed and len(group) == 1 and group[0].kind == "word"
            and not self.groups[number].passages and not self.groups[number].pages
            and not any(number in meaning.groups for meaning in self.meanings)
        ]  # fmt: skip

    def other_forms(self) -> list[Wanted]:
        """The words that were looked for besides those that were typed: in another script."""
        every = (form for meaning in self.meanings for form in meaning.forms)
        forms = [form for form in every if match_form(self.index, form).stands]
        for wanted in self.asked.wanted:
            forms += [Wanted("word", one, (one,)) for one in in_latin(self.index, wanted)]
        return forms

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
        scores = self._scores(pages, shares)
        of_record: dict[int, list[int]] = defaultdict(list)
        for passage in scores:
            of_record[self.about.pages[self.about.passages[passage].page].record].append(passage)
        ranked = [
            Ranked(record, self._score(record, [scores[one] for one in passages]),
                   sorted(passages, key=lambda one: self._shown_first(one, scores[one].all)))
            for record, passages in of_record.items()
        ]  # fmt: skip
        return self._best_first(ranked)

    def _scores(self, pages: set[int], shares: Mapping[int, float]) -> dict[int, Score]:
        """The score of every passage of the pages that has something."""
        words: dict[int, float] = defaultdict(float)
        cited: dict[int, float] = defaultdict(float)
        beside: dict[int, float] = defaultdict(float)  # what the whole page is worth
        for number, matched in enumerate((*self.groups, *self.meant)):
            group = self.asked.groups[number] if number < len(self.groups) else ()
            scores = cited if group and group[-1].kind == "citation" else words
            best: dict[int, float] = defaultdict(float)
            for passage in self._on(pages, matched):
                row, score = self.about.passages[passage], matched.passages[passage]
                scores[passage] += score
                best[row.page] = max(best[row.page], score * PARTS[row.part])
            for page in pages & (set(matched.pages) | set(best)):
                beside[page] += matched.pages.get(page, 0.0) + BESIDE * best[page]
        own = self.coverage.of_passages()
        least = LEAST if len(self.coverage.rare) > 1 else 1.0
        scored: dict[int, Score] = {}
        for passage in self._with_leads(pages, {*words, *cited}):
            row = self.about.passages[passage]
            share, had = row.weight, shares.get(row.page, 1.0)
            if _SCRIPTS.get(row.language, "latin") == self.script:
                share *= SAME_SCRIPT
            if self.home and is_of(self.home, self.about.record_of(passage).places):
                share *= HOME
            in_words = share * had * (PARTS[row.part] * words[passage] + beside[row.page])
            in_words *= math.sqrt(own.get(passage, least)) * (1 + self.lifts.get(row.page, 0.0))
            # Who cites a ruling by its number wants it whatever became of it.
            is_it = cited[passage] >= IS_PART_OF
            is_ruling = is_it and self.about.record_of(passage).standing
            in_cited = cited[passage] * (max(share, 1.0) if is_ruling else share)
            in_cited *= 1.0 if row.page in self.coverage.cited else had
            if is_it and self.is_bare:
                in_cited *= UNLIKE + self.coverage.of_page(row.page)
            scored[passage] = Score(in_words + in_cited, in_words)
        return scored

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
        """What it is worth that the query is the name of the record, or shares words with it."""
        tokens = (token for wanted in self.asked.wanted for token in wanted.tokens)
        words = [token for token in tokens if token not in SMALL]
        worth = CALLED if record in self.called else 0.0
        for name in self.about.records[record].names:
            telling = [word for word in name.split() if word not in SMALL]
            both = set(words) & set(telling)
            if both:
                in_order = IN_ORDER if f" {' '.join(words)} " in f" {' '.join(telling)} " else 1.0
                share = len(both) / len(set(telling)) * len(both) / len(set(words))
                worth = max(worth, NAME * share * in_order)
        return worth

    def _is_called(self, law: int) -> bool:
        """Whether a law is called by its name, and something of it is asked for besides."""
        typed = {token for wanted in self.asked.wanted for token in wanted.tokens} - SMALL
        for name in self.about.records[law].names:
            telling = set(name.split()) - SMALL
            if telling < typed and (len(telling) > 1 or len(min(telling)) > 2):
                return True
        return False

    def _shown_first(self, passage: int, score: float) -> tuple[float, ...]:
        """Its own words first; what is cited; most of the query; words of the law, or a point."""
        row = self.about.passages[passage]
        cited = own = had = 0
        for number, found in enumerate(self.groups):
            if passage in found.passages:
                own += 1
                cited += number in self.provisions and found.passages[passage] >= IS_PART_OF
            # What is true of the whole page, such as the name of its law, is true of its passages.
            had += passage in found.passages or row.page in found.pages
        named = row.part in {"names", "details", CATCHWORDS}
        # Of a law the page of the whole, before those of its provisions, if it is called so.
        is_law = self._has_provisions(row.page)
        is_all = own >= len(self.asked.needed) and not cited
        called_so = row.part in {"names", "details"} and is_law and is_all
        # Who calls a law and asks for something besides wants what of it is about that.
        record = self.about.pages[row.page].record
        wants_part = self.cites_document or record in self.called
        return (
            row.part in {ASKED, LINKED},
            -cited,
            cited or wants_part or not called_so,
            -had,
            wants_part and is_law,
            named,
            -round(score, 6),
            passage,
        )

    def _has_provisions(self, page: int) -> bool:
        """Whether a page is that of a law as a whole, before those of its provisions."""
        record = self.about.pages[page].record
        is_first = page == 0 or self.about.pages[page - 1].record != record
        return is_first and record in self.about.laws


def followed(ranked: Sequence[Ranked], rows: Sequence[RecordRow]) -> list[Ranked]:
    """The same records, but at once behind a ruling the one that took it away, if it answers.

    Who takes the first for the law must not have to look for the second.
    """
    of_id = {rows[one.record].id: one for one in ranked}
    placed: dict[int, Ranked] = {}
    for one in ranked:
        behind: Ranked | None = one
        while behind and behind.record not in placed:
            placed[behind.record] = behind
            behind = of_id.get(rows[behind.record].later)
    return list(placed.values())


def _is_document(group: Sequence[Wanted]) -> bool:
    """Whether a document as a whole is cited."""
    return group[0].kind == "citation" and not cites_provision(group)


def _is_bare(asked: Asked) -> bool:
    """Whether provisions are cited, and of none is it said whose it is."""
    cited = [token for wanted in asked.wanted if wanted.kind == "citation"
             for token in wanted.tokens]  # fmt: skip
    return bool(cited) and all(":" in token and is_provision(token) for token in cited)


def _home(asked: Asked, is_bare: bool) -> str | None:
    """The place whose law is asked for first, if there is one."""
    written = HOMES.get(script(fold(wanted.text) for wanted in asked.wanted))
    return written or (HOMES[BARE] if is_bare else None)
