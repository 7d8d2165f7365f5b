"""Which pages are kin: what stands under "See also" of a page, and what names it there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.find.kin import BACK, CLOSEST, STEP, kin
from kb.find.packed import LEVELS

PAGES = [("law", 0), ("law/1", 0), ("doe", 1), ("roe", 2), ("cut", 3)]


def of(page: str, see_also: dict[str, list[str]]) -> dict[str, int]:
    names = [name for name, _ in PAGES]
    numbers, levels = kin(PAGES, see_also)[names.index(page)]
    return {names[number]: level for number, level in zip(numbers, levels, strict=True)}


def test_what_a_page_leads_to_is_its_kin_the_first_the_closest() -> None:
    assert of("doe", {"doe": ["roe", "law/1"]}) == {
        "roe": LEVELS,
        "law/1": round(LEVELS / (1 + STEP)),
    }


def test_what_names_a_page_is_its_kin_but_not_as_close() -> None:
    assert of("roe", {"doe": ["roe"]}) == {"doe": round(LEVELS * BACK)}
    assert of("roe", {"doe": ["roe"], "roe": ["doe"]}) == {"doe": LEVELS}


def test_nearest_page_of_a_record_stands_for_it() -> None:
    assert list(of("doe", {"doe": ["law/1", "law"]})) == ["law/1"]
    assert list(of("doe", {"doe": ["law", "law/1"]})) == ["law"]


def test_pages_of_one_record_are_no_kin() -> None:
    assert of("law", {"law": ["law/1", "cut"]}) == {"cut": round(LEVELS / (1 + STEP))}


def test_closest_are_kept() -> None:
    pages = [("roe", 0), *((f"r{number}", number) for number in range(1, CLOSEST + 9))]
    numbers, _ = kin(pages, {"roe": [page for page, _ in reversed(pages[1:])]})[0]
    assert numbers == list(range(9, CLOSEST + 9))


def test_page_that_is_not_there_is_passed_over() -> None:
    assert of("doe", {"doe": ["gone", "roe"]}) == {"roe": LEVELS}


NAMES = st.sampled_from([name for name, _ in PAGES])


@given(st.dictionaries(NAMES, st.lists(NAMES, unique=True)))
def test_kin_are_in_order_of_other_records_and_have_levels(see_also: dict[str, list[str]]) -> None:
    for number, (pages, levels) in enumerate(kin(PAGES, see_also)):
        assert pages == sorted(pages)
        records = [PAGES[page][1] for page in pages]
        assert len(set(records)) == len(records)
        assert PAGES[number][1] not in records
        assert all(0 < level <= LEVELS for level in levels)
