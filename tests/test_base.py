"""What the base knows of the fictional country: links both ways, standing, authority."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.base import Base, read_base, spoken_date


def test_the_fictional_country_has_no_problems(small: Base) -> None:
    assert small.problems == []


def test_a_ruling_set_aside_says_so_with_court_and_day(small: Base) -> None:
    standing = small.standing("zz-hc-2031-doe-v-ministry")
    assert standing.word == "set-aside"
    assert standing.says == "Set aside by the Supreme Court of Zetland on 2 December 2031."
    assert standing.step is not None
    assert standing.step.ruling == "zz-sc-2031-ministry-v-doe"
    assert standing.checked == "2032-01-09"
    assert not standing.is_good


def test_an_interim_order_is_not_shown_as_standing(small: Base) -> None:
    assert small.standing("zz-hc-2032-moe-v-ministry").word == "interim"


def test_if_the_ruling_that_set_aside_is_itself_set_aside_it_is_said(book: Path) -> None:
    path = book / "rulings/zz/zz-sc-2031-ministry-v-doe.yml"
    text = path.read_text(encoding="utf-8").replace("status: final", "status: withdrawn")
    text = text.replace("fate: stands", "fate: set-aside")
    text += "history:\n  - date: 2032-01-02\n    event: recalled\n    by: zz-sc\n    source: zlr\n"
    path.write_text(text, encoding="utf-8")
    base = read_base(book)
    assert base.problems == []
    assert base.standing("zz-hc-2031-doe-v-ministry").says.endswith(
        "That ruling has itself been set aside."
    )


def test_links_lead_back_from_a_provision_to_the_rulings_that_apply_it(small: Base) -> None:
    assert small.rulings_applying("zz-constitution/12") == [
        "zz-hc-2032-moe-v-ministry",
        "zz-sc-2031-ministry-v-doe",
        "zz-hc-2031-doe-v-ministry",
    ]


def test_twelve_and_twelve_a_are_different_provisions(small: Base) -> None:
    assert small.rulings_applying("zz-constitution/12a") == ["zz-sc-2019-roe-v-state"]


def test_links_lead_back_from_rulings_and_provisions_to_everything_else(small: Base) -> None:
    assert [i for i, _ in small.treated_by("zz-sc-2019-roe-v-state")] == [
        "zz-hc-2031-doe-v-ministry"
    ]
    assert [i for i, _ in small.caused_by("zz-sc-2031-ministry-v-doe")] == [
        "zz-hc-2031-doe-v-ministry"
    ]
    assert small.incidents_before("zz-hc-2031-doe-v-ministry") == ["zz-2030-11-03-harbour-shutdown"]
    assert small.incidents_invoking("zz-telecom-act-1996/7") == ["zz-2030-11-03-harbour-shutdown"]
    assert [(a, side) for a, side, _ in small.argued_with("zz-constitution/12")] == [
        ("reasons-must-be-given", "for")
    ]


def test_the_ruling_that_took_another_away_is_known(small: Base) -> None:
    assert small.taken_by("zz-hc-2031-doe-v-ministry") == "zz-sc-2031-ministry-v-doe"
    assert small.taken_by("zz-sc-2031-ministry-v-doe") is None
    assert small.taken_by("zz-hc-2032-moe-v-ministry") is None


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("zz-constitution/12a", "zz-constitution/12a"),
        ("ZZ-Constitution/12A", "zz-constitution/12a"),
        ("zz-constitution/12(2)", "zz-constitution/12"),
        ("zz-constitution/12(2)(b)", "zz-constitution/12"),
        ("zz-constitution/12(3)", None),
        ("zz-constitution/21", None),
        ("zz-telecom-act-1996/7(3)", "zz-telecom-act-1996/7"),
    ],
)
def test_a_pointer_leads_to_what_is_held_and_to_nothing_else(
    small: Base, written: str, leads_to: str | None
) -> None:
    assert small.current_id(written) == leads_to


def test_a_renamed_record_is_found_under_its_old_id(book: Path) -> None:
    (book / "moved.yml").write_text("zz-hc-2031-doe: zz-hc-2031-doe-v-ministry\n", encoding="utf-8")
    base = read_base(book)
    assert base.problems == []
    assert base.current_id("zz-hc-2031-doe") == "zz-hc-2031-doe-v-ministry"


@pytest.mark.parametrize(
    ("ruling", "court", "worth"),
    [
        ("zz-sc-2019-roe-v-state", "zz-hc", "binding"),
        ("zz-hc-2031-doe-v-ministry", "zz-hc", "none"),
        ("zz-hc-2032-moe-v-ministry", "zz-hc", "own-court"),
        ("zz-hc-2032-moe-v-ministry", "zz-sc", "persuasive"),
        ("zz-sc-2019-roe-v-state", "xx-sc", "foreign"),
    ],
)
def test_a_ruling_is_worth_what_courts_and_standing_make_it(
    small: Base, ruling: str, court: str, worth: str
) -> None:
    assert small.authority(ruling, court).word == worth


@pytest.mark.parametrize(
    ("date", "spoken"),
    [("2020-04-22", "22 April 2020"), ("2020-04", "April 2020"), ("2020", "2020")],
)
def test_a_date_is_spoken_as_far_as_it_is_known(date: str, spoken: str) -> None:
    assert spoken_date(date) == spoken


def test_a_mistake_in_one_file_is_not_told_again_in_the_files_that_point_to_it(book: Path) -> None:
    path = book / "rulings/zz/zz-sc-2019-roe-v-state.yml"
    path.write_text(path.read_text(encoding="utf-8") + "odd: key\n", encoding="utf-8")
    problems = read_base(book).problems
    assert [p.key for p in problems] == ["odd"]


def test_a_mistake_in_a_ruling_is_not_told_again_where_its_points_are_named(book: Path) -> None:
    path = book / "rulings" / "zz" / "zz-hc-2031-doe-v-ministry.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("\nstatus:", "\nstatuss:", 1), "utf-8")
    assert [(p.file, p.key) for p in read_base(book).problems] == [
        ("rulings/zz/zz-hc-2031-doe-v-ministry.yml", "statuss")
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("gone: Gone", "Write the forms as a list"),
        ("gone:\n  - Gone", "One form alone finds nothing more."),
        ("gone:\n  - Gone\n  - gone", "A form stands twice."),
        ("Gone:\n  - gone\n  - left", "'Gone' cannot be a word."),
    ],
)
def test_a_mistake_in_a_row_of_spellings_is_said(book: Path, row: str, says: str) -> None:
    path = book / "vocab" / "spellings.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}{row}\n", encoding="utf-8")
    (problem,) = read_base(book).problems
    assert problem.file == "vocab/spellings.yml"
    assert problem.says.startswith(says)


@pytest.mark.parametrize("table", ["here", "elsewhere"])
def test_words_that_tell_of_a_matter_stand_alone(book: Path, table: str) -> None:
    path = book / "vocab" / f"{table}.yml"
    path.write_text("family:\n  - divorce\n  - second marriage\n", encoding="utf-8")
    (problem,) = read_base(book).problems
    assert problem.file == f"vocab/{table}.yml"
    assert problem.says.startswith("'second marriage' is not one word.")


def test_spellings_that_cannot_be_read_are_said(book: Path) -> None:
    (book / "vocab" / "spellings.yml").write_text("gone: [a, b\n", encoding="utf-8")
    assert [p.file for p in read_base(book).problems] == ["vocab/spellings.yml"]
