"""Every provision and ruling of the book is found first, however its number or citation is written.

These are the real records: a spelling that finds another provision is the worst a search can do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
import yaml
from conftest import ROOT

from kb.base import Unit, read_base
from kb.citation import Grammar
from kb.find.index import Index, build
from kb.find.match import UNITS
from kb.find.query import find
from kb.pinpoint import unit_word

BOOK = read_base(ROOT)
NUMBERED: dict[str, list[Unit]] = {}
for one in BOOK.units.values():
    if re.fullmatch(r"\d+[a-z]?(\.\d+)?", one.provision.unit):
        NUMBERED.setdefault(one.instrument_id, []).append(one)
WRITTEN = {
    "art": ("Article", "art.", "u/a", "Arts."),
    "sec": ("Section", "s.", "u/s", "sec"),
    "para": ("para", "paras", "at para", "paragraph"),
    "rule": ("rule", "r."),
}
LONGEST_NAME = 60
TYPED = yaml.safe_load((ROOT / "tests" / "provisions.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = Index(build(BOOK, tmp_path_factory.mktemp("index")))
    yield opened
    opened.close()


def queries(unit: Unit, word: str) -> Iterator[str]:
    number = unit.provision.unit
    upper = number.upper()
    apart, hyphened = (re.sub(r"(\d)([A-Z])", rf"\1{sign}\2", upper) for sign in " -")
    instrument = unit.instrument
    names = (instrument.short_title or instrument.title, *instrument.also_called)
    for name in [name for name in dict.fromkeys(names) if len(name) < LONGEST_NAME][:4]:
        if re.search("[\u0600-\u06ff]", name):
            yield f"آرٹیکل {upper} {name}"
        elif re.search("[а-я]", name.lower()):
            yield from (f"ст. {number} {name}", f"{name} статья {number}")
        else:
            for written in WRITTEN.get(word, ("article",)):
                yield f"{written} {number} {name}".lower()
                yield f"{written} {upper} of the {name.removeprefix('the ')}"
                yield f"{name}, {written} {hyphened}"
                yield f"{written}{apart} {name}"


@pytest.mark.parametrize(("query", "wanted"), TYPED.items())
def test_provision_as_it_is_typed_comes_first(index: Index, query: str, wanted: str) -> None:
    found = find(index, query)
    first = found.results[0].id if found.results else "refused" if found.refused else "nothing"
    assert first in wanted.split(", ")


@pytest.mark.parametrize("instrument", sorted(NUMBERED))
def test_provision_is_found_first_however_it_is_written(index: Index, instrument: str) -> None:
    wrong = []
    for unit in NUMBERED[instrument]:
        word = unit_word(BOOK, index.grammar.data, unit) or "article"
        for query in queries(unit, word):
            found = find(index, query, limit=1).results
            if not found or found[0].id != unit.id:
                wrong.append((query, found[0].id if found else None))
    assert wrong == []


@pytest.mark.parametrize("unit", NUMBERED["pk-constitution"], ids=lambda one: one.provision.unit)
def test_article_of_no_law_that_is_named_is_that_of_the_constitution_of_pakistan(
    index: Index, unit: Unit
) -> None:
    number = unit.provision.unit.upper()
    for query in (f"Article {number}", f"art. {number.lower()}", f"آرٹیکل {number}"):
        assert find(index, query, limit=1).results[0].id == unit.id
    assert find(index, "ст. 29", limit=1).results[0].id == "ru-constitution/29"


CITED: dict[str, set[str]] = defaultdict(set)
for ruling_id, ruling in BOOK.rulings.items():
    for cited in (*ruling.citations, *ruling.docket):
        if re.search(r"\d", cited):
            CITED[cited].add(ruling_id)
URDU = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def rewritten(citation: str) -> Iterator[str]:
    yield from (citation, citation.lower(), citation.upper(), citation.replace(".", ""))
    yield from (citation.replace(". ", "."), citation.translate(URDU))
    for number in ("", "No ", "# "):
        yield citation.replace("No. ", number)
    if not re.match("[A-Z]+/", citation):  # the symbols of the UN are written in one way only
        yield citation.replace(" of ", "/")
        yield re.sub(r"(\d)/(\d{4})", r"\1 of \2", citation)
        yield re.sub(r"(\d)/(\d{4})", r"\1-\2", citation)
    for pattern, turned in (
        (r"(PLD|PLJ) (\d{4}) (.+)", r"(\2) \1 \3"),
        (r"(PLD|PLJ) (\d{4}) (.+)", r"\2 \1 \3"),
        (r"(\d{4}) (SCMR|CLC|YLR|MLD|PTD|CLD) (.+)", r"\2 \1 \3"),
    ):
        yield re.sub(f"^{pattern}$", turned, citation)


@pytest.mark.parametrize("citation", sorted(CITED))
def test_ruling_is_found_first_however_its_citation_is_written(index: Index, citation: str) -> None:
    wrong = []
    for query in dict.fromkeys(rewritten(citation)):
        found = find(index, query, limit=1).results
        if not found or found[0].record not in CITED[citation]:
            wrong.append((query, found[0].record if found else None))
    assert wrong == []


@pytest.mark.parametrize(
    "key", ["names-by-instrument", "unit-names-by-instrument", "parts-behind-a-dot"]
)
def test_every_instrument_that_the_citations_name_is_held(index: Index, key: str) -> None:
    assert set(index.grammar.data[key]) <= set(BOOK.instruments)


LAWS = Grammar.read(ROOT / "vocab" / "citations.yml").data
ELSEWHERE = [
    *(name for names in LAWS["names-not-held"].values() for name in names),
    *(f"constitution of {BOOK.vocabulary.tables['places'][place].label}"
      for place in ("in", "ke", "ug", "us", "za")),
    *(f"constitution of {place}" for place in LAWS["places-elsewhere"][::12]),
]  # fmt: skip


AMENDS = re.compile("amend|amdt")


def test_every_word_for_a_provision_is_known_to_the_ranking() -> None:
    assert {*LAWS["lists"]["unit-word"], "unit"} == set(UNITS)


def test_no_law_is_both_held_and_not_held() -> None:
    assert not set(LAWS["names-not-held"]) & set(BOOK.instruments)
    assert set(LAWS["articles-of"].values()) <= set(BOOK.instruments)


@pytest.mark.parametrize("law", [law for law in ELSEWHERE if not AMENDS.search(law)])
def test_article_of_a_law_that_is_not_held_is_that_of_no_other(index: Index, law: str) -> None:
    for query in (f"article 19 {law}", f"{law} section 5", f"art 10 of the {law}"):
        found = find(index, query, limit=1)
        assert found.refused or found.mentioned
        assert not found.results or "/" not in found.results[0].id


@pytest.mark.parametrize(
    "law",
    ["Interception of Communications Act", "Wyse Rules 2019", "Electronic Transactions Ordinance",
     "закона о митингах", "54-ФЗ", "Act XV of 2009"],
)  # fmt: skip
def test_provision_of_a_law_that_nobody_named_here_is_that_of_no_other(
    index: Index, law: str
) -> None:
    unit = "ст." if re.search("[а-я]", law) or "ФЗ" in law else "section"
    for query in (f"{unit} 5 {law}", f"{unit} 10 {law}", f"{unit} 8 {law}"):
        found = find(index, query, limit=1)
        assert found.refused and not found.results
