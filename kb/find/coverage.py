"""What of a query the pages and passages of the book have, each word by how rare it is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from kb.find.index import Index
from kb.find.match import IS_PART_OF, Matched
from kb.find.meaning import Meaning
from kb.find.parse import Asked
from kb.find.passages import CATCHWORDS

MOST = 0.22  # of the words, by their rarity, what a page has that answers without having all
TOGETHER = 0.42  # ... and what stands in one passage if the words name no topic of the book


class Coverage:
    """Which groups of a query each page has, in words or by what the words mean.

    `matched` is where each group stands, `meant` where each of `meanings` does. `rare` is
    what each needed word is worth by how rare it is; citations and phrases are not in it.
    """

    def __init__(
        self,
        index: Index,
        asked: Asked,
        matched: Sequence[Matched],
        meanings: Sequence[Meaning],
        meant: Sequence[Matched],
    ) -> None:
        means: dict[int, list[Matched]] = defaultdict(list)
        for meaning, found in zip(meanings, meant, strict=True):
            for number in meaning.groups:
                means[number].append(found)
        self._found = [[one, *means[number]] for number, one in enumerate(matched)]
        self.has: list[set[int]] = [
            set().union(*(one.on(index) for one in found)) for found in self._found
        ]
        self._needed = asked.needed
        self._rows = index.about.passages
        self._is_topical = any(meaning.topic for meaning in meanings)
        total = len(index.about.pages)
        firm = _firm(asked)
        self.rare = {
            number: math.log(1 + total / (1 + len(self.has[number])))
            for number in asked.needed
            if number not in firm
        }
        known = [rare for number, rare in self.rare.items() if self.has[number]]
        if known and self._is_topical:
            # What the book does not have weighs no more than the usual word of the query.
            usual = median(known)
            for number in self.rare:
                if not self.has[number]:
                    self.rare[number] = min(self.rare[number], usual)
        self._whole = sum(self.rare.values())
        self._cited = self._that_are(asked, matched)

    def _that_are(self, asked: Asked, matched: Sequence[Matched]) -> set[int]:
        """The pages that are all that is cited: who cites wants them, whatever else they have."""
        firm = [number for number in self._needed if number not in self.rare]
        cited = [n for n in firm if all(wanted.kind == "citation" for wanted in asked.groups[n])]
        are = [
            {self._rows[p].page for p, score in matched[n].passages.items() if score >= IS_PART_OF}
            for n in cited
        ]
        return are[0].intersection(*are, *(self.has[n] for n in firm)) if are else set()

    def full(self, allowed: set[int]) -> set[int]:
        """Those of the pages that have everything needed, and those that are what is cited."""
        full = allowed.intersection(*(self.has[number] for number in self._needed))
        return full | allowed.intersection(self._cited)

    def most(self, allowed: set[int], has_full: bool) -> dict[int, float]:
        """Those of the pages that have most of the words, and the share that each has.

        Citations and phrases are never given up, and neither is one of two words while some
        record has both (`has_full`). Words that name no topic may ask for what the book has not;
        so most of them then have to be what the page is called, or stand together in a passage.
        """
        if len(self.rare) < (3 if has_full else 2):
            return {}
        firm = [self.has[number] for number in self._needed if number not in self.rare]
        if not self._is_topical:
            firm.append(self._close())
        return self._most(allowed.intersection(*firm), self.has)

    def _most(self, pages: set[int], has: Sequence[set[int]]) -> dict[int, float]:
        shares = {
            page: sum(rare for n, rare in self.rare.items() if page in has[n]) / self._whole
            for page in pages
        }
        return {page: share for page, share in shares.items() if share >= MOST}

    def _close(self) -> set[int]:
        """The pages called by most of the words, or with them in one passage, not of catchwords."""
        names = [{page for one in found for page in one.pages} for found in self._found]
        together = {
            self._rows[passage].page
            for passage, share in self.of_passages().items()
            if share >= TOGETHER and self._rows[passage].part != CATCHWORDS
        }
        return together.union(self._most(set().union(*names), names))

    def of_passages(self) -> dict[int, float]:
        """For each passage the share of the words that stands, or is meant, in itself.

        Empty if there are not several words to have a share of.
        """
        if len(self.rare) < 2:
            return {}
        had: dict[int, float] = defaultdict(float)
        for number, rare in self.rare.items():
            for passage in {p for found in self._found[number] for p in found.passages}:
                had[passage] += rare
        return {passage: share / self._whole for passage, share in had.items()}


def _firm(asked: Asked) -> set[int]:
    """The groups that are wanted whole: citations, phrases, bare numbers beside a citation."""
    kinds = {number: {wanted.kind for wanted in asked.groups[number]} for number in asked.needed}
    beside = {"citation"} in kinds.values()
    return {
        number
        for number, own in kinds.items()
        if own <= {"citation", "phrase"} or (beside and "citation" in own)
    }
