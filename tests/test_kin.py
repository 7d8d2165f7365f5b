"""Which records are about the same: found by what each says of itself in brief."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.find.kin import CLOSEST, COMMON, Brief
from kb.find.packed import LEVELS

Pages = list[tuple[int, str, str]]  # record, part, words


def kin(pages: Pages) -> list[list[list[int]]]:
    brief = Brief()
    for record, part, said in pages:
        brief.open(record)
        brief.add(part, said.split())
    return brief.kin()


def test_pages_with_the_same_rare_words_are_kin() -> None:
    pages = [
        (0, "catchwords", "moot ban lift court"),
        (1, "point", "moot lift court day"),
        (2, "catchwords", "tax rate court"),
    ]
    found = kin(pages)
    assert [row[0] for row in found] == [[1], [0], []]
    assert all(0 < level <= LEVELS for row in found for level in row[1])


def test_rarer_words_make_closer_kin() -> None:
    pages = [
        (0, "names", "moot exam"), (1, "names", "moot x1"), (2, "names", "exam x2"),
        (3, "names", "exam x3"), (4, "names", "other"),
    ]  # fmt: skip
    records, levels = kin(pages)[0]
    assert records == [1, 2, 3]
    assert levels[0] > levels[1] == levels[2]


def test_a_page_is_no_kin_of_its_own_record() -> None:
    pages = [(0, "names", "moot exam"), (0, "names", "moot exam"), (1, "names", "tax")]
    assert kin(pages) == [[[], []]] * 3


def test_a_record_is_as_close_as_its_closest_page() -> None:
    alone = [(0, "names", "moot exam"), (1, "names", "moot exam"), (2, "names", "tax")]
    more = [*alone, (1, "names", "vote exam")]
    assert kin(more)[0][0] == [1]
    assert kin(more)[0][1] == [LEVELS]


def test_what_is_said_at_length_makes_no_kin() -> None:
    assert kin([(0, "prose", "moot"), (1, "evidence", "moot"), (2, "law", "moot")])[0] == [[], []]


def test_a_word_that_tells_of_very_many_pages_makes_no_kin() -> None:
    def with_common(count: int) -> list[list[list[int]]]:
        alike = [(n, "names", f"shut own{n}") for n in range(count)]
        return kin([*alike, *((count + n, "names", f"else{n}") for n in range(20 * count))])

    assert with_common(COMMON)[0][0]
    assert not with_common(COMMON + 1)[0][0]


WORDS = st.text("abcde ", min_size=1, max_size=12)
PARTS = st.sampled_from(["names", "point", "catchwords", "prose"])


@given(st.lists(st.tuples(st.integers(0, 20), PARTS, WORDS), max_size=40))
def test_kin_are_few_and_others_in_order(pages: Pages) -> None:
    found = kin(pages)
    assert len(found) == len(pages)
    for (own, _, _), (records, levels) in zip(pages, found, strict=True):
        assert own not in records
        assert records == sorted(set(records))
        assert len(records) == len(levels) <= CLOSEST
        assert all(1 <= level <= LEVELS for level in levels)
