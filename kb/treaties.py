"""Which treaties bound a State on a day, by what the records show and no further."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.base import Base, spoken_date, when
from kb.check import later
from kb.model import Instrument, Participation

JOINING = ("ratification", "accession")
LEAVING = ("denunciation", "cessation")


@dataclass(frozen=True)
class Bond:
    """Whether a treaty bound a State on a day: the answer, a sentence, and the rows it rests on."""

    treaty: str
    state: str
    on: str
    answer: Literal["bound", "not bound", "not known"]
    says: str
    rows: tuple[Participation, ...]


def bond(base: Base, treaty_id: str, state: str, on: str) -> Bond:
    """Whether the treaty bound the State on the day `on` (year-month-day), as the record shows it.

    Only rows about the treaty as a whole decide; those about articles or protocols are listed.
    """
    treaty: Instrument = base.entries[treaty_id].record
    rows = tuple(row for row in treaty.participation if row.state == state)
    known = tuple(row for row in rows if not row.date or not later(row.date, on))
    whole = [row for row in rows if not row.articles and row.date]
    joined = min((row.date or "" for row in whole if row.event in JOINING), default=None)
    force = min((row.date or "" for row in whole if row.event == "in-force"), default=None)
    left = min((row.date or "" for row in whole if row.event in LEAVING), default=None)
    answer, says = _answer(treaty, joined, force, left, on)
    name = base.vocabulary.label("places", state)
    return Bond(treaty_id, state, on, answer, f"{name} {when(on)}: {says}", known)


def _answer(
    treaty: Instrument, joined: str | None, force: str | None, left: str | None, on: str
) -> tuple[Literal["bound", "not bound", "not known"], str]:
    if left and not later(left, on):
        return "not bound", f"no longer bound; it left the treaty {when(left)}."
    if joined is None:
        if left:
            return "not known", (
                f"it left the treaty {when(left)}; since when it had been bound was not seen."
            )
        return "not known", "whether it had joined was not seen."
    if later(joined, on):
        return "not bound", f"not yet bound; it joined {when(joined)}."
    start = force or max(joined, treaty.in_force or joined)
    if later(start, on):
        return "not bound", (
            f"not yet bound; it had joined {when(joined)}, in force for it from "
            f"{spoken_date(start)}."
        )
    until = f" It left {when(left)}." if left else ""
    return "bound", f"bound; it had joined {when(joined)}.{until}"


def bonds(base: Base, state: str, on: str) -> list[Bond]:
    """The answer for every treaty that the book holds, those that bound the State first."""
    order = {"bound": 0, "not known": 1, "not bound": 2}
    found = [
        bond(base, treaty_id, state, on)
        for treaty_id, treaty in base.instruments.items()
        if treaty.kind == "treaty" and any(row.state == state for row in treaty.participation)
    ]
    return sorted(found, key=lambda one: (order[one.answer], one.treaty))
