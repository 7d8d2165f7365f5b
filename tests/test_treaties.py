"""Whether a treaty bound a State on a day, by what the record shows and no further."""

from __future__ import annotations

import pytest

from kb.base import Base
from kb.treaties import bond, bonds


@pytest.mark.parametrize(
    ("state", "on", "answer"),
    [
        ("zz", "2006-06-01", "not bound"),  # signed only
        ("zz", "2007-07-01", "not bound"),  # ratified, the treaty not yet in force
        ("zz", "2008-01-01", "bound"),
        ("zz", "2031-01-31", "bound"),
        ("zz", "2031-02-01", "not bound"),  # left
        ("xx", "2029-01-01", "not known"),  # left later; since when it was bound was not seen
        ("xx", "2030-02-01", "not bound"),
    ],
)
def test_a_treaty_binds_from_its_force_to_the_day_of_leaving(
    small: Base, state: str, on: str, answer: str
) -> None:
    assert bond(small, "zz-covenant", state, on).answer == answer


def test_a_reservation_is_listed_and_does_not_decide(small: Base) -> None:
    one = bond(small, "zz-covenant", "zz", "2010-01-01")
    assert [row.event for row in one.rows] == ["signature", "ratification", "reservation"]
    assert one.says == (
        "Zetland on 1 January 2010: bound; it had joined on 1 June 2007. "
        "It left on 1 February 2031."
    )


def test_all_treaties_of_a_state_are_answered(small: Base) -> None:
    assert [one.treaty for one in bonds(small, "zz", "2010-01-01")] == ["zz-covenant"]
