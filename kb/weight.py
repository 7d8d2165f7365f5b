"""What an authority is worth before a court, and the authorities of a proposition in that order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.base import LAPSED, Base
from kb.model import Authority, Instrument, Provision
from kb.treaties import bond

ORDER = (
    "law", "binding", "own-court", "persuasive", "treaty", "international", "foreign", "soft",
    "none",
)  # fmt: skip
"""From what a court must follow to what is no authority at all."""


@dataclass(frozen=True)
class Worth:
    """What an authority is worth before a court: a word of `ORDER`, and a sentence."""

    word: str
    says: str


def worth(base: Base, some_id: str, court_id: str, today: date) -> Worth:
    """What a ruling, a provision or an instrument is worth before a court today."""
    if some_id in base.rulings:
        weight = base.authority(some_id, court_id)
        return Worth(weight.word, weight.says)
    unit_id, _ = base.provision_of(some_id)
    if unit_id:
        unit = base.units[unit_id]
        return _law(base, unit.instrument_id, unit.instrument, unit.provision, court_id, today)
    return _law(base, some_id, base.instruments[some_id], None, court_id, today)


def _law(
    base: Base,
    instrument_id: str,
    instrument: Instrument,
    provision: Provision | None,
    court_id: str,
    today: date,
) -> Worth:
    status = provision.status if provision and provision.status else instrument.status
    label = base.vocabulary.label("statuses", status)
    if status in LAPSED:
        return Worth("none", f"No authority: {label}.")
    here = base.vocabulary.courts[court_id].place
    kind = base.vocabulary.tables["kinds"][instrument.kind]
    binds = getattr(kind, "binds", "no")
    if binds == "no":
        return Worth("soft", f"{kind.label}: persuasive, it does not bind as such.")
    if binds == "parties":
        found = bond(base, instrument_id, here, today.isoformat())
        word = "treaty" if found.answer == "bound" else "international"
        return Worth(word, f"Treaty. {found.says}")
    if base.entries[instrument_id].place == here:
        return Worth("law", f"The law of this State: {label}.")
    return Worth("foreign", "The law of another State.")


def ranked(
    base: Base, authorities: Iterable[Authority], court_id: str, today: date
) -> list[tuple[Authority, Worth]]:
    """The authorities from the weightiest to the least before a court; equals stay as they were."""
    weighed = [(one, worth(base, one.authority, court_id, today)) for one in authorities]
    return sorted(weighed, key=lambda pair: ORDER.index(pair[1].word))
