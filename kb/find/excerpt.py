"""The piece of a passage that is shown, and where in it the words stand that were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.find.parse import Wanted
from kb.find.words import Cited, Word, stems, words_between

LONG = 240


def excerpt(
    text: str, citations: Sequence[Cited], language: str, asked: Sequence[Wanted]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """About 240 characters around most of what was asked for, and the marks in them.

    Line breaks become blanks, and … stands where something was cut off; nothing else is changed.
    """
    # Words stand where they stand, whatever is cited around them; only numbers are read otherwise.
    cites = any(map(_cites, asked))
    # A stem begins as its word does, and to stem a whole law for one excerpt takes its time.
    initials = "".join(wanted.tokens[0][0] for wanted in asked if wanted.kind == "word")
    cut = words_between(text, citations if cites else (), language, initials)
    spans = sorted({span for wanted in asked for span in _spans(cut, wanted)})
    start, end = _window(text, spans)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    shift = len(before) - start
    marks = [(a + shift, b + shift) for a, b in spans if start <= a and b <= end]
    return before + text[start:end].replace("\n", " ") + after, tuple(_apart(marks))


def _cites(wanted: Wanted) -> bool:
    numbers = any(sign.isdecimal() for token in wanted.tokens for sign in token)
    return wanted.kind == "citation" or (wanted.kind == "phrase" and numbers)


def _spans(cut: list[Word], wanted: Wanted) -> Iterator[tuple[int, int]]:
    """Where one thing that was asked for stands."""
    if wanted.kind == "phrase":
        yield from _phrases(cut, wanted.tokens)
        return
    stemmed = set(stems(wanted.tokens[0])) if wanted.kind == "word" else set()
    for word in cut:
        if wanted.kind == "prefix":
            is_it = word.token.startswith(wanted.tokens)
        else:
            is_it = word.token in wanted.tokens or (bool(word.stem) and word.stem in stemmed)
        if is_it and not wanted.is_small:
            yield word.start, word.end


def _phrases(cut: list[Word], tokens: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    at: dict[int, dict[str, Word]] = {}
    for word in cut:
        at.setdefault(word.place, {})[word.token] = word
    for place, here in at.items():
        run = [at.get(place + step, {}).get(token) for step, token in enumerate(tokens)]
        if tokens[0] in here and all(run):
            first, last = run[0], run[-1]
            if first and last:
                yield first.start, last.end


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
