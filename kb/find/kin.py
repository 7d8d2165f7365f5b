"""Which pages are kin: those that stand under "See also" of a page, and those that name it there.

Editors chose them, the closest first. A search lets the kin of its best results rise, and shows
those that have too few of the words themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kb.find.packed import LEVELS

STEP = 0.1  # how much farther each is than the one before it ...
BACK = 0.5  # ... and how close one is that names a page, when the page is 1 to it
CLOSEST = 32  # kin that are kept of a page, so that what a search loads stays small

Kin = tuple[list[int], list[int]]


def kin(pages: Sequence[tuple[str, int]], see_also: Mapping[str, Sequence[str]]) -> list[Kin]:
    """For each page, an ID and a record, its kin: one page of another record, and its level.

    The nearest page of each record; a level is as in `kb.find.packed`.
    """
    numbers = {page: number for number, (page, _) in enumerate(pages)}
    close: list[dict[int, float]] = [defaultdict(float) for _ in pages]
    for page, others in see_also.items():
        here = numbers[page]
        for place, other in enumerate(one for one in others if one in numbers):
            there, share = numbers[other], 1 / (1 + STEP * place)
            close[here][there] = max(close[here][there], share)
            close[there][here] = max(close[there][here], BACK * share)
    return [_nearest(number, pages, close[number]) for number in range(len(pages))]


def _nearest(number: int, pages: Sequence[tuple[str, int]], close: Mapping[int, float]) -> Kin:
    of_record: dict[int, int] = {}
    for page in sorted(close, key=lambda one: (-close[one], one)):
        if pages[page][1] != pages[number][1]:
            of_record.setdefault(pages[page][1], page)
    kept = sorted(list(of_record.values())[:CLOSEST])
    return kept, [round(LEVELS * close[page]) for page in kept]
