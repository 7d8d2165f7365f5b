"""Which records are about the same as a page: those that say the same of themselves in brief.

Found when the index is built, by topics and by words of names, points and catchwords, rare ones
above all.
A search lets the kin of its best results rise: what is of the same matter in other words.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kb.find.packed import LEVELS
from kb.find.passages import ASKED, CATCHWORDS

BRIEF = {"names", "point", "proposition", "summary", CATCHWORDS, ASKED}
TOPICS = 2  # times a topic counts as said
TELLING = 60  # of a page's words in brief, the rarest, by which it is compared
COMMON = 200  # a word that is telling for more pages than this tells none from another
CLOSEST = 12  # records that are kept of the kin of a page


class Brief:
    """What each page says of itself in brief, collected while an index is built."""

    def __init__(self) -> None:
        self._stems: list[Counter[str]] = []
        self._records: list[int] = []

    def open(self, record: int, topics: Iterable[str] = ()) -> None:
        """Begin the next page, which is of a record and has topics."""
        # With a colon, which no word has.
        self._stems.append(Counter({f"topic:{topic}": TOPICS for topic in topics}))
        self._records.append(record)

    def add(self, part: str, stems: Iterable[str]) -> None:
        """Take in a passage of the page that was begun last."""
        if part in BRIEF:
            self._stems[-1].update(stems)

    def kin(self) -> list[list[list[int]]]:
        """For each page its kin: other records, and for each a level (see `kb.find.packed`)."""
        pages = [self._telling(stems) for stems in self._weighed()]
        having: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, page in enumerate(pages):
            for stem, worth in page.items():
                having[stem].append((number, worth))
        return [self._closest(number, page, having) for number, page in enumerate(pages)]

    def _weighed(self) -> list[dict[str, float]]:
        """Of each page its words, each by how rare it is and how often it is said."""
        on = Counter(stem for stems in self._stems for stem in stems)
        rare = {stem: math.log(len(self._stems) / count) for stem, count in on.items()}
        return [
            {stem: (1 + math.log(count)) * rare[stem] for stem, count in stems.items()}
            for stems in self._stems
        ]

    def _telling(self, weighed: Mapping[str, float]) -> dict[str, float]:
        """The words that tell most of a page, so that all pages are of one length."""
        most = sorted(weighed.items(), key=lambda one: (-one[1], one[0]))[:TELLING]
        length = math.sqrt(sum(worth * worth for _, worth in most)) or 1.0
        return {stem: worth / length for stem, worth in most}

    def _closest(
        self, number: int, page: Mapping[str, float],
        having: Mapping[str, Sequence[tuple[int, float]]],
    ) -> list[list[int]]:  # fmt: skip
        close: dict[int, float] = defaultdict(float)
        for stem, worth in page.items():
            for other, its in having[stem] if len(having[stem]) <= COMMON else ():
                close[other] += worth * its
        levels: dict[int, int] = defaultdict(int)
        for other, share in close.items():
            record = self._records[other]
            levels[record] = max(levels[record], min(LEVELS, round(share * LEVELS)))
        levels.pop(self._records[number], None)
        best = sorted(levels, key=lambda record: (-levels[record], record))[:CLOSEST]
        kept = sorted(record for record in best if levels[record])
        return [kept, [levels[record] for record in kept]]
