"""Numbers in words and Roman numerals, where a provision is typed."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Grammar, Unusable
from kb.numerals import Numerals

NUMERALS = Grammar.read(ROOT / "vocab" / "citations.yml").numerals
ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen"]  # fmt: skip
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ROMAN = [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
         (1, "I")]  # fmt: skip


def in_words(number: int, joined: str) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    below = ONES[rest] if rest < 20 else joined.join(filter(None, (TENS[tens], ONES[ones])))
    return " ".join(filter(None, (f"{ONES[hundreds]} hundred" if hundreds else "", below)))


def in_roman(number: int) -> str:
    made = ""
    for value, letters in ROMAN:
        made += letters * (number // value)
        number %= value
    return made


@given(st.integers(1, 399), st.sampled_from(["-", " "]))
def test_number_in_words_is_put_into_digits(number: int, joined: str) -> None:
    assert NUMERALS.in_digits(f"section {in_words(number, joined)} x") == f"section {number} x"


@given(st.integers(2, 399).filter(lambda number: len(in_roman(number)) > 1))
def test_roman_numeral_is_put_into_digits(number: int) -> None:
    assert NUMERALS.in_digits(f"Article {in_roman(number)}") == f"Article {number}"


@pytest.mark.parametrize(("typed", "read"), [
    ("Article Ten A, Constitution", "Article 10 A, Constitution"),
    ("section one hundred and forty-four", "section 144"),
    ("art. nineteen and art. XIX", "art 19 and art 19"),
    ("general comment no. thirty four", "general comment no 34"),
    ("article \u017fix", "article 6"),  # a long s is an s
    ("آرٹیکل انیس اے", "آرٹیکل 19 اے"),
    ("دفعہ ستائیس", "دفعہ 27"),
    ("شق اٹھارہ", "شق 18"),
    ("статья двадцать один", "статья 21"),
    ("article one ninety nine", "article 199"),
    ("art one seventy five F", "art 175 F"),
    ("gc34p35", "gc34 p35"),
    ("gc34para43 websites", "gc34 para43 websites"),
])  # fmt: skip
def test_what_stands_beside_a_number_in_words_is_left(typed: str, read: str) -> None:
    assert NUMERALS.in_digits(typed) == read


@pytest.mark.parametrize("text", [
    "one country two systems", "the ten articles", "article civil", "article v", "section ill",
    "articles on one thing", "particle ten", "article onerous", "Article 19", "", "2034p35",
    "آرٹیکل دسمبر", "شق نواز", "دس آرٹیکل",
])  # fmt: skip
def test_text_without_a_number_in_words_behind_a_provision_is_left(text: str) -> None:
    assert NUMERALS.in_digits(text) == text


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert isinstance(NUMERALS.in_digits(f"article {text}"), str)


@pytest.mark.parametrize("data", [
    {"behind": ["article"], "words": {"one": "eins"}},
    {"behind": ["art(icle"], "words": {"one": "1"}},
])  # fmt: skip
def test_numerals_that_cannot_be_read_are_a_sentence(data: dict[str, Any]) -> None:
    with pytest.raises(Unusable, match=r"numerals.*\.$"):
        Numerals(data)


def test_vocabulary_without_numerals_changes_nothing() -> None:
    for data in ({}, {"behind": ["article"]}, {"words": {"one": "1"}}):
        assert Numerals(data).in_digits("article nineteen") == "article nineteen"
