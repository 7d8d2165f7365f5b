"""How the law's words are cut into numbered paragraphs."""

from __future__ import annotations

import pytest

from kb.paragraphs import has_part, paragraphs, part_path


@pytest.mark.parametrize(
    ("words", "part", "paths"),
    [
        ("(1) One.\n(2) Two.", "", [("1",), ("2",)]),
        ("1. Один.\n2. Два.", "", [("1",), ("2",)]),
        ("Every citizen:", "", [()]),
        ("(1) One:\n(a) first;\n(b) second.\n(2) Two.", "",
         [("1",), ("1", "a"), ("1", "b"), ("2",)]),
        ("(a) first;\n(i) within;\n(ii) within;\n(b) second", "",
         [("a",), ("a", "i"), ("a", "ii"), ("b",)]),
        ("(4) Where:\n(a) x; and\n(b) y,\nthe Court is satisfied that\n(i) z; or\n(ii) w", "",
         [("4",), ("4", "a"), ("4", "b"), (), ("4", "i"), ("4", "ii")]),
        ("(h) eighth;\n(i) ninth;\n(j) tenth", "", [("h",), ("i",), ("j",)]),
        ("3. The exercise:\n(a) first", "(3)", [("3",), ("3", "a")]),
        ("Upon proclamation the Minister may", "(3)", [("3",)]),
        ("(c) policy", "(2)(c)", [("2", "c")]),
    ],
)  # fmt: skip
def test_each_line_knows_the_paragraph_it_begins(
    words: str, part: str, paths: list[tuple[str, ...]]
) -> None:
    assert [p.path for p in paragraphs(words, part)] == paths


def test_no_two_lines_of_a_text_share_a_path() -> None:
    found = [p.path for p in paragraphs("(1) One.\n(1) Again.\n(2) Two.") if p.path]
    assert len(found) == len(set(found))


def test_a_part_is_read_from_its_brackets() -> None:
    assert part_path("(2)(C)") == ("2", "c")
    assert part_path("closing words") == ()


def test_a_text_holds_its_own_parts_only() -> None:
    assert has_part("(1) One.\n(2) Two.", "", ("2",))
    assert not has_part("(1) One.\n(2) Two.", "", ("3",))
    assert has_part("Upon proclamation", "(3)", ("3",))
