"""The piece of a passage that is shown, and where in it the words stand that were asked for."""

from __future__ import annotations

from collections.abc import Callable

from kb.citation import Grammar
from kb.find.words import Word, words

LONG = 240


def excerpt(
    text: str, grammar: Grammar | None, language: str, is_asked: Callable[[Word], bool]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """About 240 characters around most of what was asked for, and the marks in them.

    Line breaks become blanks, and … stands where something was cut off; nothing else is changed.
    """
    spans = sorted({(w.start, w.end) for w in words(text, grammar, language) if is_asked(w)})
    start, end = _window(text, spans)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    shift = len(before) - start
    marks = [(a + shift, b + shift) for a, b in spans if start <= a and b <= end]
    return before + " ".join(text[start:end].splitlines()) + after, tuple(_apart(marks))


def _window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the piece begins and ends: at words, with the most different matches in it."""
    if len(text) <= LONG + 20:
        return 0, len(text)
    best = (0, 0)
    for first, _ in spans or [(0, 0)]:
        inside = [(a, b) for a, b in spans if first <= a and b <= first + LONG - 40]
        different = len({text[a:b].lower() for a, b in inside})
        best = max(best, (different * 100 + len(inside), -first))
    middle = -best[1]
    start = max(0, min(middle - 30, len(text) - LONG))
    end = min(len(text), start + LONG)
    while start and not text[start - 1].isspace() and start < middle:
        start += 1
    while end < len(text) and not text[end].isspace() and end > start + LONG // 2:
        end -= 1
    return start, end


def _apart(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The marks with those joined that touch or overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
