"""What an authority is worth before a court, and in which order authorities stand."""

from __future__ import annotations

from datetime import date

import pytest

from kb.base import Base
from kb.weight import ranked, worth

TODAY = date(2032, 1, 9)


@pytest.mark.parametrize(
    ("authority", "court", "word"),
    [
        ("zz-constitution/12(2)", "zz-hc", "law"),
        ("zz-constitution/13", "zz-hc", "none"),  # omitted
        ("zz-constitution/12", "xx-sc", "foreign"),
        ("zz-covenant/3", "zz-hc", "international"),  # left in 2031
        ("zz-sc-2019-roe-v-state", "zz-hc", "binding"),
        ("zz-hc-2031-doe-v-ministry", "zz-hc", "none"),  # set aside
    ],
)
def test_an_authority_is_worth_what_law_court_and_standing_make_it(
    small: Base, authority: str, court: str, word: str
) -> None:
    assert worth(small, authority, court, TODAY).word == word


def test_a_treaty_weighs_as_one_while_it_binds(small: Base) -> None:
    assert worth(small, "zz-covenant/3", "zz-hc", date(2030, 1, 1)).word == "treaty"


def test_the_weightiest_authority_stands_first_and_what_was_taken_away_last(small: Base) -> None:
    argument = small.arguments["reasons-must-be-given"]
    order = [one.authority for one, _ in ranked(small, argument.for_, "zz-hc", TODAY)]
    assert order == ["zz-constitution/12(2)", "zz-hc-2031-doe-v-ministry"]
