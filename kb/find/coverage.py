"""What of a query the pages and passages of the book have, each word by how rare it is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from statistics import median

from kb.find.index import Index
from kb.find.match import IS_PART_OF, Matched, cites_provision, is_provision
from kb.find.meaning import Meaning
from kb.find.parse import Asked
from kb.find.passages import ASKED, CATCHWORDS, LINKED

MOST = 0.22  # of the words, by their rarity, what a page has that answers without having all
# A query that names no topic is about the matter of this book if one of `SEVERAL` words tells of
# it, or so many of them stand in one line that people ask; if it has `LONG` words, one more or
# this share of all, by their rarity.
SEVERAL = 3
ALIKE, LONG, MUCH = 2, 6, 0.35
TOGETHER = 0.42  # ... what stands in one passage, if they are about no matter of the book


class Coverage:
    """Which groups of a query each page has, in words or by what the words mean.

    `matched` is where each group stands, `meant` where each of `meanings` does. `rare` is
    what each needed word is worth by how rare it is; citations and phrases are not in it. `cited`
    are the pages that are what is cited.
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
        # What tells of another matter means nothing here, and is wanted as it stands.
        elsewhere = _that_tell(index.phrases.elsewhere, asked)
        self._found = [
            [one, *(() if number in elsewhere else means[number])]
            for number, one in enumerate(matched)
        ]
        self._index = index
        self._needed = asked.needed
        self._rows = index.about.passages
        self._total = len(index.about.pages)
        firm = _firm(asked) | elsewhere
        given_up = [number for number in asked.needed if number not in firm]
        own = [self._on(index, found, (ASKED,)) for found in self._found]
        self.rare = {number: self._rarity(own[number]) for number in given_up}
        self._whole = sum(self.rare.values())
        is_ours = len(self.rare) >= SEVERAL and bool(_that_tell(index.phrases.here, asked))
        means_topic = any(meaning.topic for meaning in meanings)
        self._is_topical = means_topic or is_ours or self._is_asked()
        # What people ask uses any words there are: it counts only if they ask about this matter.
        self.has = own
        if self._is_topical:
            self.has = [
                own[number] if number in elsewhere else self._on(index, found)
                for number, found in enumerate(self._found)
            ]
            self.rare = {number: self._rarity(self.has[number]) for number in given_up}
        known = [rare for number, rare in self.rare.items() if self.has[number]]
        if known and self._is_topical:
            # What the book does not have weighs no more than the usual word of the query.
            usual = median(known)
            for number in self.rare:
                if not self.has[number]:
                    self.rare[number] = min(self.rare[number], usual)
        self._whole = sum(self.rare.values())
        self.cited = self._that_are(asked, matched)

    @cached_property
    def _own(self) -> dict[int, set[int]]:
        """The pages that have each word themselves."""
        return {n: self._on(self._index, self._found[n], (ASKED, LINKED)) for n in self.rare}

    def _on(self, index: Index, found: Sequence[Matched], but: Collection[str] = ()) -> set[int]:
        return set().union(*(one.on(index, but) for one in found))

    def _rarity(self, pages: set[int]) -> float:
        return math.log(1 + self._total / (1 + len(pages)))

    def _is_asked(self) -> bool:
        """Whether some line that people ask has enough of the words in it."""
        words: dict[int, int] = defaultdict(int)
        shares: dict[int, float] = defaultdict(float)
        for number, rare in self.rare.items():
            for passage in {p for found in self._found[number] for p in found.passages}:
                if self._rows[passage].part == ASKED:
                    words[passage] += 1
                    shares[passage] += rare
        is_long = len(self.rare) >= LONG
        return any(
            count > ALIKE or (count == ALIKE and (not is_long or shares[one] >= MUCH * self._whole))
            for one, count in words.items()
        )

    def _that_are(self, asked: Asked, matched: Sequence[Matched]) -> set[int]:
        """The pages that are what is cited: who cites wants them, whatever else they have."""
        firm = [number for number in self._needed if number not in self.rare]
        cited = [n for n in firm if all(wanted.kind == "citation" for wanted in asked.groups[n])]
        are = {
            n: {
                self._rows[p].page
                for p, score in matched[n].passages.items()
                if score >= IS_PART_OF
            }
            for n in cited
        }
        # Of several laws each provision answers, and a document beside them may be their law.
        provisions = [n for n in cited if cites_provision(asked.groups[n])]
        if any(_names_law(asked, n) for n in provisions):
            others = [self.has[n] for n in firm if n not in provisions]
            return set().union(*(are[n] for n in provisions)).intersection(*others)
        # A paragraph beside the citation of a ruling is one of the ruling.
        documents = [n for n in cited if n not in provisions and are[n]]
        if documents and all(_is_paragraph(asked, n) for n in cited if n not in documents):
            cited = documents
            firm = [n for n in firm if not _is_paragraph(asked, n)]
        every = [are[n] for n in cited]
        return every[0].intersection(*every, *(self.has[n] for n in firm)) if every else set()

    def full(self, allowed: set[int]) -> set[int]:
        """Those of the pages that have everything needed, and those that are what is cited."""
        full = allowed.intersection(*(self.has[number] for number in self._needed))
        return full | allowed.intersection(self.cited)

    def most(self, allowed: set[int], has_full: bool) -> dict[int, float]:
        """Those of the pages that have most of the words, and the share that each has.

        Citations, phrases and words of another matter are never given up, and neither is one of
        two words while some record has both (`has_full`). Words that are not about the matter of
        this book may ask for what it has not; so most of them then have to be what the page is
        called, or stand together in a passage.
        """
        if len(self.rare) < (3 if has_full else 2):
            return {}
        firm = [self.has[number] for number in self._needed if number not in self.rare]
        if not self._is_topical:
            firm.append(self._close())
        return self._most(allowed.intersection(*firm), self.has)

    def _close(self) -> set[int]:
        """The pages called by most of the words, or with them in one passage of one thing."""
        names = [{page for one in found for page in one.pages} for found in self._found]
        together = {
            self._rows[passage].page
            for passage, share in self.of_passages().items()
            if share >= TOGETHER and self._rows[passage].part not in {ASKED, CATCHWORDS}
        }
        return together.union(self._most(set().union(*names), names))

    def _most(self, pages: set[int], has: Sequence[set[int]]) -> dict[int, float]:
        shares = {
            page: sum(rare for n, rare in self.rare.items() if page in has[n]) / self._whole
            for page in pages
        }
        return {page: share for page, share in shares.items() if share >= MOST}

    def of_page(self, page: int) -> float:
        """The share of the words that the page has itself; 1 if there are none."""
        had = sum(rare for number, rare in self.rare.items() if page in self._own[number])
        return had / self._whole if self.rare else 1.0

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


def _that_tell(words: Collection[str], asked: Asked) -> set[int]:
    """The groups that are one of the words."""
    return {
        number
        for number in asked.needed
        if any(one.kind == "word" and one.tokens[0] in words for one in asked.groups[number])
    }


def _is_paragraph(asked: Asked, number: int) -> bool:
    """Whether a group is a paragraph of nothing that is named."""
    tokens = [token for wanted in asked.groups[number] for token in wanted.tokens]
    return all(token.startswith("para:") for token in tokens)


def _names_law(asked: Asked, number: int) -> bool:
    """Whether a group is a provision of a law that is named."""
    tokens = (token for wanted in asked.groups[number] for token in wanted.tokens)
    return any("/" in token and is_provision(token) for token in tokens)


def _firm(asked: Asked) -> set[int]:
    """The groups that are wanted whole: citations, phrases, bare numbers beside a citation.

    Beside a provision of a law that is named a number may be of its date, or of its report.
    """
    kinds = {number: {wanted.kind for wanted in asked.groups[number]} for number in asked.needed}
    cited = [n for n, own in kinds.items() if own == {"citation"}]
    beside = bool(cited) and not any(_names_law(asked, n) for n in cited)
    return {
        number
        for number, own in kinds.items()
        if own <= {"citation", "phrase"} or (beside and "citation" in own)
    }
