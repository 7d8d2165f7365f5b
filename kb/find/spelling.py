"""The word that was probably meant: the nearest of those that the book has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is written most like `word`, if one is near enough; else `None`."""
    best = min(_near(word, known), default=None)
    return best[3] if best else None


def near(word: str, known: Iterable[str]) -> list[str]:
    """The known words that are near enough to `word`, the nearest first."""
    return [one[3] for one in sorted(_near(word, known))]


def _near(word: str, known: Iterable[str]) -> Iterator[tuple[int, bool, int, str]]:
    """What is near enough, with what it is ranked by.

    One slip in a word of three to seven letters, two in a longer one. Of several as near, the one
    that begins alike, then the one of like length, then the first by the alphabet.
    """
    most = 0 if len(word) < 3 else 1 if len(word) < 8 else 2
    for other in known:
        if abs(len(other) - len(word)) > most or len(other) < 3 or other == word:
            continue
        slips = distance(word, other, most)
        if slips <= most:
            yield slips, other[0] != word[0], abs(len(other) - len(word)), other


def distance(first: str, second: str, most: int) -> int:
    """How many letters were mistyped, left out, added or turned round; `most + 1` if more."""
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        here = [row]
        for column, other in enumerate(second, 1):
            slips = min(
                above[column] + 1, here[column - 1] + 1, above[column - 1] + (letter != other)
            )
            turned = row > 1 and column > 1 and letter == second[column - 2]
            if turned and other == first[row - 2]:
                slips = min(slips, before[column - 2] + 1)
            here.append(slips)
        if min(here) > most:
            return most + 1
        before, above = above, here
    return above[-1]
