"""The blocks of the search: what they leave out to be small is told by what they have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.base import Base
from kb.find import entries
from kb.find.entries import INLINE, Lists, words
from kb.find.index import Index, build
from kb.find.match import match
from kb.find.packed import HALF, LETTERS, LEVELS, foreseen
from kb.find.parse import Wanted
from kb.find.words import stem


@pytest.fixture(scope="module")
def index(small: Base, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = Index(build(small, tmp_path_factory.mktemp("index")))
    yield opened
    opened.close()


def grown(text: str) -> list[int]:
    """The growing numbers that `steps` packed."""
    numbers, value, unit, sum_ = [], 0, 1, 0
    for letter in text:
        digit = LETTERS.index(letter)
        if digit < HALF:
            sum_ += value + digit * unit
            numbers.append(sum_)
            value, unit = 0, 1
        else:
            value += (digit - HALF) * unit
            unit *= HALF
    return numbers


def levels(text: str) -> dict[int, int]:
    """What stands in a list that is told by itself."""
    _, passages, signs, *_ = text.split(" ")
    return dict(zip(grown(passages), map(LETTERS.index, signs), strict=True))


def test_levels_of_a_word_are_told_by_those_of_its_stem(index: Index) -> None:
    entries = {entry[0]: entry for entry in words(index)}
    told = 0
    for word in index.vocabulary():
        text = entries[word][1]
        if not text.startswith("="):
            assert levels(text) == index.levels("exact", word)[1]
            continue
        told += 1
        top, share, signs, *others = text.split(" ")
        found = levels(f"0 {' '.join(others)}") if others else {}
        stemmed = levels(entries[stem(word)][2])
        for (passage, level), sign in zip(sorted(stemmed.items()), signs, strict=True):
            if LETTERS.index(sign):
                above = foreseen(level, int(share)) + LETTERS.index(sign) - 1
                found[passage] = above % LEVELS or LEVELS
        assert (float(top[1:]), found) == index.levels("exact", word)
    assert told > 100


def test_phrase_with_a_common_word_is_found_by_neighbours(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "COMMON", 6)
    common = [entry[0] for entry in entries.places(index, Lists()) if not "".join(entry[2:3])]
    assert "the" in common and "harbour" not in common
    pairs = {tuple(entry[0].split(" ")): entry for entry in entries.neighbours(index, Lists())}
    assert len(pairs) > 100
    for two, entry in pairs.items():
        assert set(two) & set(common)
        assert grown(entry[1]) == list(match(index, Wanted("phrase", "", two)).passages)


def test_long_list_stands_apart() -> None:
    lists = Lists()
    assert lists.placed("short") == "short"
    assert lists.placed("x" * (INLINE + 1)) == " 0"
    assert lists.apart(["first", "second"]) == " 1"
    assert lists.blocks[1:] == ["first", "second"]
