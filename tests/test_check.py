"""What the checker says of a file, and that no file makes it fall over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.base import Base, read_base
from kb.check import did_you_mean, judge
from kb.load import Document, Unreadable, parse
from kb.model import FOLDERS, forms, key_of

KEYS = sorted({key_of(n, f) for form in forms() for n, f in form.model_fields.items()})
TEXTS = st.sampled_from(
    ["2031-04-17", "zz-hc", "final", "set-aside", "en", "yes", "x", "", "zz-constitution/12", "(1)"]
) | st.text(max_size=8)
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    st.sampled_from(sorted(FOLDERS)), st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=10)
)
@settings(max_examples=300)
def test_no_record_makes_the_checker_fall_over(
    small: Base, folder: str, value: dict[str, Any]
) -> None:
    judged = judge(FOLDERS[folder], Document("x", value, {(): 1}), small.vocabulary.tables)
    for problem in judged.problems:
        assert problem.says.strip(), problem
        for jargon in ("NoneType", "tuple", "dict", "str_type", "validation", "pydantic"):
            assert jargon not in problem.says


@given(st.text(alphabet="title: -|\n  zzhc2031'\"#[{&*", max_size=120))
@settings(max_examples=100)
def test_no_file_makes_kb_check_fall_over(
    small: Base, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    try:
        document = parse(text, "x")
    except Unreadable:
        return
    for form in FOLDERS.values():
        judge(form, document, small.vocabulary.tables)


def test_a_book_of_rubbish_is_all_problems_and_no_crash(book: Path) -> None:
    for number, raw in enumerate(
        [b"\x00\x01", b"\xff\xfe", b"[" * 9999, b"a: &a *a", b"? ? ?", b"%"]
    ):
        (book / "rulings" / "zz" / f"zz-rubbish-{number}.yml").write_bytes(raw)
        (book / "vocab" / "topics.yml").write_bytes(raw)
        assert read_base(book).problems


def test_all_problems_of_a_file_come_at_once_in_the_order_of_its_lines(small: Base) -> None:
    document = parse("titel: x\ncourt: zz-hcc\ndecided: 1.1.2031\n", "f")
    lines = [p.line for p in judge(FOLDERS["rulings"], document, small.vocabulary.tables).problems]
    assert len(lines) > 4
    assert lines == sorted(lines)


def test_among_equally_near_words_the_one_with_the_same_letters_is_offered() -> None:
    assert did_you_mean("zz/21", ["zz/13", "zz/12", "zz/12a"]) == " Did you mean 'zz/12'?"


def test_nothing_is_offered_where_nothing_is_near() -> None:
    assert did_you_mean("quite another", ["zz/13"]) == ""
