"""The law's words cut into their numbered paragraphs, each with a name to link to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"\s*(?:\(([0-9]{1,3}[a-zA-Z]?|[a-zA-Z]{1,4}|[а-я])\)|([0-9]{1,3})\.(?=\s))\s*")
_ROMAN = re.compile(r"[ivx]+")


@dataclass(frozen=True)
class Paragraph:
    """One line of the law's words; `path` is ('3', 'a') for paragraph (3)(a), () if unnumbered."""

    path: tuple[str, ...]
    text: str


def part_path(part: str) -> tuple[str, ...]:
    """The path that a part such as `(3)(a)` names; () if it names none."""
    return tuple(found.lower() for found in re.findall(r"\(([0-9a-zA-Zа-я]+)\)", part))


def paragraphs(words: str, part: str = "") -> list[Paragraph]:
    """The lines of `words` in order, each with the path of the paragraph it begins.

    `part` is the part of the unit that the words are: its path stands before theirs.
    """
    before = part_path(part)
    found: list[Paragraph] = []
    taken: set[tuple[str, ...]] = set()
    level: list[str] = []
    for line in words.split("\n"):
        if not line.strip():
            continue
        mark = _MARK.match(line)
        path: tuple[str, ...] = ()
        if mark:
            level = _place(level, (mark[1] or mark[2]).lower())
            path = tuple(level)
            if before and path[: len(before)] != before:
                path = before + path if path[0] != before[-1] else before + path[1:]
        elif not found and before:
            path = before
        else:
            # A line without a number closes the letters above it.
            level = [sign for sign in level if sign[0].isdigit()]
        if path in taken:
            path = ()
        taken.add(path)
        found.append(Paragraph(path, line.strip()))
    return found


def _place(level: list[str], sign: str) -> list[str]:
    """The path after a new sign: digits above letters above roman numbers."""
    if sign[0].isdigit():
        return [sign]
    letters = [index for index, part in enumerate(level) if not part[0].isdigit()]
    if not letters:
        return [*level, sign]
    first = letters[0]
    follows = len(sign) == 1 and ord(sign) == ord(level[first][-1]) + 1 and len(level[first]) == 1
    is_roman = bool(_ROMAN.fullmatch(sign))
    if follows and not (is_roman and len(level) > first + 1):
        return [*level[:first], sign]
    if is_roman and (sign == "i" or len(level) > first + 1):
        return [*level[: first + 1], sign]
    return [*level[:first], sign]


def has_part(words: str, own_part: str, wanted: tuple[str, ...]) -> bool:
    """Whether `words` (the part `own_part` of a unit) hold the paragraph with the path `wanted`."""
    return any(p.path[: len(wanted)] == wanted for p in paragraphs(words, own_part) if p.path)
