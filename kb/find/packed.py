"""Numbers as short texts: what a browser reads instead of the files of the index.

A text holds printable letters only, so that a script may carry it as it is and it packs well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# Neither the quotation mark nor the backslash, which a script would have to escape, nor the blank,
# which parts one list from the next.
LETTERS = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"\\')
HALF = len(LETTERS) // 2
LEVELS = len(LETTERS) - 1


def graded(scores: Mapping[int, float]) -> tuple[float, dict[int, int]]:
    """The best score, rounded, and each score as a level: a letter's worth, from 1 to `LEVELS`."""
    top = round(max(scores.values(), default=0.0), 3)
    if top <= 0:
        return 0.0, dict.fromkeys(scores, 1)
    return top, {
        number: max(1, min(LEVELS, round(score / top * LEVELS))) for number, score in scores.items()
    }


def worth(top: float, level: int) -> float:
    """The score that a level stands for: `kb find` and the browser both count with this one."""
    return top * level / LEVELS


def foreseen(level: int, share: int) -> int:
    """The level that a word most likely has where its stem has `level`; `share` in hundredths."""
    return (level * share + 50) // 100


def letters(numbers: Iterable[int]) -> str:
    """One letter for each number below 92."""
    return "".join(LETTERS[number] for number in numbers)


def packed(numbers: Iterable[int]) -> str:
    """Numbers of any size, small ones in one letter: digits to the base 46, the lowest first."""
    made: list[str] = []
    for number in numbers:
        while number >= HALF:
            made.append(LETTERS[HALF + number % HALF])
            number //= HALF
        made.append(LETTERS[number])
    return "".join(made)


def steps(numbers: Iterable[int]) -> str:
    """Growing numbers, packed by what each is more than the one before."""
    before = 0
    grown = []
    for number in numbers:
        grown.append(number - before)
        before = number
    return packed(grown)
