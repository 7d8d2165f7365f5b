"""What the loader makes of a file, and that no file makes it fall over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.load import DEEPEST, LARGEST, Unreadable, parse, read

YAML_SIGNS = st.text(alphabet="ab:-#&*!|>%@`'\"{}[],?~<= \n\t0123456789\\", max_size=80)


def test_every_scalar_stays_the_text_that_was_written() -> None:
    text = "a: 1.10\nb: NO\nc: 017\nd: 1:20\ne: 2024-02-08\nf: 0x1F\ng: 1e3\nh: yes\n"
    assert parse(text, "x").value == {
        "a": "1.10",
        "b": "NO",
        "c": "017",
        "d": "1:20",
        "e": "2024-02-08",
        "f": "0x1F",
        "g": "1e3",
        "h": "yes",
    }


def test_words_after_a_bar_keep_every_line_and_space() -> None:
    text = "words: |\n  (1) Every person;\n\n    (a) and — more.\n"
    assert parse(text, "x").value == {"words": "(1) Every person;\n\n  (a) and — more."}


def test_each_place_knows_its_line() -> None:
    document = parse("title: x\nquotes:\n  - at: 1\n    words: y\n  - at: 2\n", "x")
    assert document.lines[("quotes", 1, "at")] == 5
    assert document.line(("quotes", 0, "nothing")) == 3


def test_of_two_equal_keys_the_first_value_is_kept() -> None:
    document = parse("a: first\na: second\n", "x")
    assert document.value == {"a": "first"}
    assert len(document.problems) == 1


def test_a_file_with_windows_line_ends_reads_the_same() -> None:
    assert parse("a: |\r\n  b\r\n  c\r\n", "x").value == {"a": "b\nc"}


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"\xef\xbb\xbftitle: x\n")
    assert read(path).value == {"title": "x"}


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.yml"
    with path.open("wb") as file:
        file.seek(LARGEST * 25)
        file.write(b"x")
    with pytest.raises(Unreadable, match="larger than 2 MB"):
        read(path)


def test_an_anchor_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a\n  - x\n" + "".join(f"b{i}: &b{i}\n  - *a\n" for i in range(30))
    with pytest.raises(Unreadable, match="begins with &"):
        parse(bomb, "x")


@pytest.mark.parametrize("sign", ["[", "{", "- ", "a:\n "])
def test_endless_nesting_is_refused(sign: str) -> None:
    text = "a:\n" + "".join(" " * i + "a:\n" for i in range(1, 5000))
    with pytest.raises(Unreadable):
        parse("a: " + sign * 50_000 if sign != "a:\n " else text, "x")


def test_nesting_up_to_the_limit_is_read() -> None:
    text = "".join("  " * i + "a:\n" for i in range(DEEPEST - 1)) + "  " * (DEEPEST - 1) + "a: x\n"
    assert parse(text, "x").value


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        read(tmp_path / "nothing.yml")


def test_a_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        read(tmp_path)


@given(st.binary(max_size=300))
@example(b"\x00")
@example(b"\xff\xfea\x00")
def test_no_bytes_make_the_loader_fall_over(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.yml"
    path.write_bytes(raw)
    try:
        assert isinstance(read(path).value, dict)
    except Unreadable as error:
        assert error.problem.says.endswith(".")


@given(YAML_SIGNS)
@settings(max_examples=400)
def test_no_yaml_makes_the_loader_fall_over(text: str) -> None:
    try:
        document = parse(text, "x")
    except Unreadable as error:
        assert error.problem.line >= 1
        assert "\n" not in error.problem.says
    else:
        assert isinstance(document.value, dict)


HIDDEN = "\ufeff\ufffe\uffff" + "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
PLAIN = st.text(
    alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=HIDDEN),
    min_size=1,
).filter(str.strip)


@given(PLAIN)
def test_any_text_in_single_quotes_comes_back_letter_for_letter(text: str) -> None:
    written = "a: '" + text.replace("'", "''") + "'\n"
    assert parse(written, "x").value == {"a": text}


@given(st.lists(PLAIN.map(str.strip).filter(bool), min_size=1, max_size=5))
def test_any_lines_after_a_bar_come_back_letter_for_letter(lines: list[str]) -> None:
    written = "a: |\n" + "".join(f"  {line}\n" for line in lines)
    assert parse(written, "x").value == {"a": "\n".join(lines)}
