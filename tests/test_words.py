"""What a word is: folding, citations first, words, stems."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import SMALL
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Grammar
from kb.find.spelling import distance, nearest
from kb.find.words import LONGEST_WORD, script, stem, stems, words
from kb.letters import fold, fold_in_place, is_letter

GRAMMAR = Grammar.read(SMALL / "vocab" / "citations.yml")
LETTERS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aäß19АёйЙ\u0301\u0306\u064bآأيىكهةھ۹٩ـ\u200c\u200d\u200f'’-–—आि्"),
    ),
    max_size=60,
)


def tokens(text: str, grammar: Grammar | None = None) -> list[str]:
    return [word.token for word in words(text, grammar)]


# --- folding --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Übermaß", "ubermass"),
        ("ёлка Ёж", "елка еж"),
        ("йод", "йод"),
        ("и\u0306од", "йод"),
        ("كتاب", "کتاب"),
        ("يہ", "یہ"),
        ("اسلامية", "اسلامیہ"),
        ("آزادیٔ اظہارِ", "ازادی اظہار"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("۱۹ ١٩ १९ １９", "19 19 19 19"),
        ("ﷲ", fold("الله")),
        ("so\u00adft\u200e", "soft"),
        ("कि\u200dताब", "किताब"),
        ("کے\u200cلیے", "کے لیے"),
        ("19–A — B", "19-a — b"),
    ],
)
def test_letters_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(LETTERS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(LETTERS)
def test_each_folded_letter_has_its_place_in_the_text(text: str) -> None:
    folded = fold_in_place(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No, not ALL of it; X may.", ["no", "not", "all", "of", "it", "x", "may"]),
        ("people's Peoples' l'accès", ["people", "peoples", "l", "acces"]),
        ("over-blocking/throttling", ["over", "blocking", "throttling"]),
        ("3G in 2024", ["3g", "in", "2024"]),
        ("हिन्दी में शब्द", ["हिन्दी", "में", "शब्द"]),
        ("آزادیٔ اظہار", ["ازادی", "اظہار"]),
        ("कि\u200dताब", ["किताब"]),
        ("\u200fاردو\u200e", ["اردو"]),
        ("🙂 — … !", []),
    ],
)
def test_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(LETTERS)
def test_words_stand_where_they_say(text: str) -> None:
    for word in words(text):
        assert 0 < len(word.token) <= LONGEST_WORD
        assert all(is_letter(sign) for sign in word.token)
        assert word.token in fold(text[word.start : word.end])


@given(LETTERS)
def test_places_never_go_back(text: str) -> None:
    places = [word.place for word in words(text + " Article 12A " + text, GRAMMAR)]
    assert places == sorted(places)


@given(st.sampled_from(["Article", "art.", "آرٹیکل", "ст."]), st.integers(1, 250), LETTERS)
def test_number_of_a_provision_is_no_word(word: str, number: int, text: str) -> None:
    found = words(f"{word} {number}-A of the law", GRAMMAR)
    assert str(number) not in {one.token for one in found}


def test_citation_takes_one_place() -> None:
    places = {word.token: word.place for word in words("under Article 12-A of it", GRAMMAR)}
    assert places["under"] + 1 == places["art:12a"] == places["article"] == places["of"] - 1


def test_words_of_a_citation_are_read_once_more_behind_the_text() -> None:
    found = words("in Writ Petition No. 88 of 2030 he", GRAMMAR)
    places = [word.place for word in found if word.token in {"writ", "petition"}]
    assert places[0] == places[1] and places[3] == places[2] + 1 > found[-1].place - 4


def test_citation_has_no_stem() -> None:
    assert [w.stem for w in words("Article 12A", GRAMMAR) if ":" in w.token] == ["", ""]


# --- stems ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("banned", "ban"),
        ("shutdowns", "shutdown"),
        ("блокировка", "блокировки"),
        ("конституция", "конституции"),
        ("people", "people"),
    ],
)
def test_forms_of_a_word_have_one_stem(first: str, second: str) -> None:
    assert stem(fold(first)) == stem(fold(second))


def test_french_stems_are_kept_apart() -> None:
    assert stem("libertes", "fr").startswith("fr:")
    assert stems("libertes") == (stem("libertes"), stem("libertes", "fr"))


def test_word_of_another_script_is_its_own_stem() -> None:
    assert stem("اظہار") == "اظہار"


@pytest.mark.parametrize(
    ("word", "expected"), [("law", "latin"), ("закон", "cyrillic"), ("قانون", "arabic"), ("7", "")]
)
def test_script_of_words_is_known(word: str, expected: str) -> None:
    assert script([word]) == expected


# --- the word that was meant ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [("ban", "ban", 0), ("ban", "bans", 1), ("abn", "ban", 1), ("shutdonw", "shutdown", 1),
     ("abcdef", "uvwxyz", 3)],
)  # fmt: skip
def test_slips_are_counted(first: str, second: str, slips: int) -> None:
    assert distance(first, second, 2) == slips


def test_nearest_word_is_offered() -> None:
    assert nearest("shutdwon", ["shutdown", "shut", "showdown"]) == "shutdown"


def test_no_word_is_offered_for_one_that_is_like_none() -> None:
    assert nearest("zzz", ["shutdown"]) is None
