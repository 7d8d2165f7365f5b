"""The citation grammar: the spellings that the vocabulary gives, and what holds for any text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SMALL
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import Grammar, Unusable, enclosing
from kb.find.words import stem

FILES = {"book": ROOT / "vocab" / "citations.yml", "small": SMALL / "vocab" / "citations.yml"}
GRAMMARS = {name: Grammar.read(path) for name, path in FILES.items()}
PLAIN = GRAMMARS["small"]
NAMED = PLAIN.with_names(
    {
        "Constitution of Zetland": ["zz-constitution"],
        "زیٹ لینڈ کا آئین": ["zz-constitution"],
        "Конституция Зетландии": ["zz-constitution"],
        "Telecom Act": ["zz-telecom-act-1996"],
        "ZCR": ["zz-covenant"],
    },
    {"act:act/xvii/1996": ["zz-telecom-act-1996"]},
    stem,
)


def canonical(text: str, grammar: Grammar = PLAIN) -> list[str]:
    return [found.canonical for found in grammar.find(text)]


def examples(key: str) -> list[Any]:
    return [
        pytest.param(GRAMMARS[name], pattern, text, id=f"{name}: {pattern}: {text}")
        for name, grammar in GRAMMARS.items()
        for pattern, entry in grammar.data["patterns"].items()
        for text in entry[key]
    ]


# --- what the vocabulary says ---------------------------------------------------------------------


@pytest.mark.parametrize(("grammar", "pattern", "text"), examples("examples"))
def test_example_is_read_as_the_vocabulary_says(grammar: Grammar, pattern: str, text: str) -> None:
    expected = grammar.data["patterns"][pattern]["examples"][text]
    assert ", ".join(canonical(text, grammar)) == expected


@pytest.mark.parametrize(("grammar", "pattern", "text"), examples("not"))
def test_counter_example_is_not_found_by_its_pattern(
    grammar: Grammar, pattern: str, text: str
) -> None:
    alone = {**grammar.data, "patterns": {pattern: grammar.data["patterns"][pattern]}}
    assert canonical(text, Grammar(alone)) == []


@pytest.mark.parametrize("name", GRAMMARS)
def test_every_pattern_has_a_meaning_an_example_and_a_counter_example(name: str) -> None:
    for pattern, entry in GRAMMARS[name].data["patterns"].items():
        assert entry["meaning"] and entry["examples"] and entry["not"], pattern


@pytest.mark.parametrize("name", GRAMMARS)
def test_no_pattern_repeats_without_bound(name: str) -> None:
    """So that the time a text takes grows with its length and no faster."""
    for pattern in GRAMMARS[name]._patterns.all():
        for regex in (pattern.regex, pattern.item):
            source = re.sub(r"\\.|\[[^\]]*\]", "", regex.pattern if regex else "")
            assert not re.search(r"[*+]|\{\d*,\}", source), pattern.name


# --- provisions -----------------------------------------------------------------------------------


WORDS = ["", "Article ", "art ", "Art. ", "articles ", "آرٹیکل ", "ст. "]
PLAIN_NUMBERS = ["{n}"]
WITH_A = ["{n}A", "{n}-A", "{n} A", "{n}‑A", "{n}–A", "{n}a", "{n}-a", "{n}- A", "{n} اے", "{n}-اے"]
URDU = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@given(
    st.sampled_from(WORDS), st.integers(1, 299), st.sampled_from(WITH_A), st.booleans(),
    st.sampled_from(["", "(1)", " (2)(a)"]),
)  # fmt: skip
def test_19a_in_any_spelling_shares_no_token_with_19(
    word: str, number: int, spelling: str, in_urdu: bool, part: str
) -> None:
    written = str(number).translate(URDU) if in_urdu else str(number)
    with_letter = set(PLAIN.tokens(word + spelling.format(n=written) + part))
    without = set(PLAIN.tokens((word or "Article ") + written + part))
    assert f"unit:{number}a" in with_letter
    assert f"unit:{number}" in without
    assert with_letter.isdisjoint(without)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("art 12(1)(a)", {"art:12(1)(a)", "art:12(1)", "art:12"}),
        ("art 12A(1)", {"art:12a(1)", "art:12a"}),
    ],
)
def test_part_is_found_under_what_encloses_it(text: str, tokens: set[str]) -> None:
    assert {t for t in PLAIN.tokens(text) if t.startswith("art:")} == tokens


def test_enclosing_of_a_whole_is_itself() -> None:
    assert enclosing("art:19a") == ["art:19a"]


def test_range_includes_the_numbers_between() -> None:
    assert {"art:13", "art:14"} <= set(PLAIN.tokens("Articles 12 to 15"))


def test_range_does_not_make_a_letter_of_the_next_number() -> None:
    assert "art:12" not in PLAIN.find("Articles 10 to 14 and 12A")[-1].tokens


@pytest.mark.parametrize(
    "text",
    [
        "Article 12A of the Constitution of Zetland",
        "the Constitution of Zetland, Art. 12-A",
        "12A Constitution of Zetland",
        "زیٹ لینڈ کا آئین آرٹیکل ۱۲ اے",
        "ст. 12A Конституции Зетландии",
    ],
)
def test_provision_beside_the_name_of_its_law_is_that_provision(text: str) -> None:
    assert canonical(text, NAMED) == ["zz-constitution/12a"]


@pytest.mark.parametrize(
    "text", ["Telecom Act 7, 12", "Telecom Act 7 and 12", "7 & 12 Telecom Act"]
)
def test_numbers_beside_a_name_are_provisions_each(text: str) -> None:
    assert canonical(text, NAMED) == ["zz-telecom-act-1996/7", "zz-telecom-act-1996/12"]


def test_provision_takes_the_nearest_name() -> None:
    text = "ZCR art 12, Constitution of Zetland art 13 and section 7 of the Telecom Act 1996"
    assert canonical(text, NAMED) == [
        "zz-covenant/12",
        "zz-constitution/13",
        "zz-telecom-act-1996/7",
    ]


def test_provision_takes_the_law_whose_provisions_are_called_so() -> None:
    laws = {"zz-covenant": ["ZCR"], "zz-comment": ["Comment of Zetland"]}
    words = {"zz-covenant": "art", "zz-comment": "para"}
    grammar = PLAIN.with_names({name: [law] for law, (name,) in laws.items()}, {}, words=words)
    assert canonical("ZCR article 12 Comment of Zetland", grammar) == ["zz-covenant/12"]
    assert canonical("ZCR para 12 Comment of Zetland", grammar) == ["zz-comment/12"]
    assert canonical("para 12 ZCR", grammar) == ["zz-covenant/12"]


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("section 7 of the Harbour Dues Act 2003", "harbour-due-act"),
        ("section 7 harbour dues act", "harbour-due-act"),
        ("Harbour Dues Act (2003), s. 7", "harbour-due-act"),
        ("Article 7 of the Harbour Dues Act", "harbour-due-act"),
        ("ст. 7 закона о портах", "закон-о-порт"),
        ("section 7 of Act IX of 1990", "act-act-ix-1990"),
    ],
)
def test_provision_beside_a_law_that_is_not_known_is_that_of_no_other(text: str, law: str) -> None:
    found = NAMED.find(text)[0]
    assert found.wanted == (f"{law}/7",)


@pytest.mark.parametrize(
    "text",
    [
        "section 7 of the Act",
        "section 7 of the 1996 Act",
        "section 7 and the harbour rules",
        "article 7 free speech under the harbour rules",
        "section 7 (Act IX of 1990)",
    ],
)
def test_provision_of_no_law_that_is_named_may_be_that_of_any(text: str) -> None:
    assert NAMED.find(text)[0].canonical in {"sec:7", "art:7"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ZCR 12.2", "zz-covenant/12(2)"),
        ("art. 12-2 ZCR", "zz-covenant/12(2)"),
        ("ZCR 12-14", "zz-covenant/12"),
        ("Telecom Act s. 12.2", "zz-telecom-act-1996/12.2"),
    ],
)
def test_part_may_stand_behind_a_dot_where_articles_have_plain_numbers(
    text: str, wanted: str
) -> None:
    assert canonical(text, NAMED)[0] == wanted


def test_number_beside_an_acronym_is_a_provision() -> None:
    assert canonical("ZCR 12(2)", NAMED) == ["zz-covenant/12(2)"]


def test_year_beside_a_name_is_no_provision() -> None:
    assert canonical("Telecom Act 1996", NAMED) == []


def test_section_beside_the_number_of_an_act_belongs_to_it() -> None:
    assert canonical("section 7 of Act XVII of 1996", NAMED)[0] == "zz-telecom-act-1996/7"


def test_named_provision_is_found_without_its_name_too() -> None:
    found = NAMED.find("Article 12(1) of the Constitution of Zetland")[0]
    assert {"art:12", "unit:12", "zz-constitution/12", "zz-constitution/12(1)"} <= set(found.tokens)
    assert found.wanted == ("zz-constitution/12(1)",)


def test_range_asks_for_all_that_is_in_it() -> None:
    first, last = PLAIN.find("Articles 14 to 17")
    assert first.wanted == ("art:14",)
    assert set(last.wanted) == {"art:15", "art:16", "art:17"} and last.canonical == "art:17"


# --- any text -------------------------------------------------------------------------------------


ODDMENTS = """
Article art. s. § ст. آرٹیکل دفعہ para clause ( ) - – — , ; . / 1 19 19A 19-A A a اے (1) (a) and to
of 2031 ZLR 4 112 W.P. No. 88 Constitution Zetland ZCR é ۱۹ й ё 🙂
"""
PIECES = st.sampled_from(ODDMENTS.split())
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join),
    st.lists(PIECES, max_size=30).map("".join),
)  # fmt: skip


@given(TEXTS)
def test_what_is_found_stands_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for found in NAMED.find(text):
        assert end <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.whole[0] <= found.start and found.end <= found.whole[1]
        assert found.canonical and all(found.tokens)
        end = found.end


@given(TEXTS)
def test_text_is_read_the_same_way_twice(text: str) -> None:
    assert NAMED.find(text) == NAMED.find(text)


@pytest.mark.parametrize("piece", ["19(", "art 1,", "1-", "W.P. 1 ", "§", "clause 1 ", "a" * 9])
def test_long_text_without_sense_is_read_to_its_end(piece: str) -> None:
    assert NAMED.find(piece * 3000 + " Article 12A")[-1].canonical.endswith("12a")


def test_grammar_is_made_again_from_its_data() -> None:
    again = Grammar.from_data(NAMED.as_data(), stem)
    text = "Article 12A of the Constitution of Zetland, (2031) 4 ZLR 112"
    assert again.find(text) == NAMED.find(text)


# --- a grammar that is not in order ---------------------------------------------------------------

READABLE = "patterns:\n  x:\n    kind: y\n    pattern: z\n    canonical: y:1\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("patterns: [", "keeps for itself"),
        ("patterns:\n  x:\n    kind: y\n    pattern: '{z}'\n    canonical: y:{z}", "'x' cannot be"),
        (
            "patterns:\n  x:\n    kind: y\n    pattern: '('\n    canonical: y:1",
            "'x' cannot be read",
        ),
        (READABLE + "names-not-held:\n  - penal code", "'names-not-held' gives a list"),
        (READABLE + "names-not-held:\n  x: penal code", "'names-not-held' gives a list"),
        (READABLE + "articles-of:\n  x:\n    - a", "'articles-of' gives the ID"),
        (READABLE + "names-in-queries:\n  x: y", "gives a list of IDs"),
        (READABLE + "unit-names-in-translation:\n  ru: sec", "gives a list of words"),
        (READABLE + "parts-behind-a-dot: x", "is a list of the IDs"),
    ],
)
def test_grammar_that_is_not_in_order_is_refused_in_a_sentence(
    tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "citations.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unusable, match=re.escape(says)):
        Grammar.read(path)


@pytest.mark.parametrize("text", [
    "art. 12 and art. 12A of the Constitution of Zetland",
    "Constitution of Zetland, art 12 & art 12A",
    "Article 12, Article 12A of the Constitution of Zetland",
])  # fmt: skip
def test_law_beside_one_provision_of_a_list_is_that_of_all(text: str) -> None:
    found = NAMED.find(text)
    assert [one.canonical for one in found] == ["zz-constitution/12", "zz-constitution/12a"]
    assert len({one.whole for one in found}) == 1


def test_law_is_not_that_of_a_provision_with_another_word() -> None:
    found = canonical("Article 12 and section 54 of the Telecom Act", NAMED)
    assert found == ["art:12", "zz-telecom-act-1996/54"]


def test_provisions_of_a_list_with_two_laws_keep_their_own() -> None:
    found = NAMED.find("Constitution of Zetland art 12 and art 3 ZCR")
    assert [one.canonical for one in found] == ["zz-constitution/12", "zz-covenant/3"]
