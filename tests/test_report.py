"""The state of the shelf: counts that are counted, and observations that grow old."""

from __future__ import annotations

from datetime import date

import pytest

from kb.base import Base, is_old
from kb.report import quotations, report

TODAY = date(2032, 6, 1)


def test_the_report_counts_what_is_held(small: Base) -> None:
    held = report(small, TODAY)[0]
    assert held.heads == ("Place", "Instruments", "Provisions", "Rulings", "Incidents")
    assert held.rows == (("Zetland", "3", "5", "4", "1"), ("All places", "3", "5", "4", "1"))


def test_quotations_are_counted_by_their_sources(small: Base) -> None:
    assert ("zz-hc-2031-doe-v-ministry", 2, True) in set(quotations(small))
    assert ("zz-telecom-act-1996", 1, False) in set(quotations(small))


@pytest.mark.parametrize(
    ("checked", "old"),
    [
        ("2031-05-31", True),
        ("2031-06-01", False),
        ("2032-01-09", False),
        ("2031", True),  # it may have been its first day
        ("2030", True),
        ("2031-04", True),
    ],
)
def test_an_observation_grows_old_after_a_year(checked: str, old: bool) -> None:
    assert is_old(checked, TODAY) is old


def test_old_observations_are_counted(small: Base) -> None:
    rows = report(small, TODAY)[4].rows
    assert rows == (("instruments", "3", "1"), ("rulings", "4", "1"))
