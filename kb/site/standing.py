"""The banner over a page: what has become of a ruling, a provision or an instrument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kb.base import NO_LONGER_LAW, STANDING_LABELS, Base, Unit, spoken_date
from kb.model import Event, Instrument, Point
from kb.vocab import Standing

Tone = Literal["good", "doubt", "gone"]
SIGNS: dict[Tone, str] = {"good": "✓", "doubt": "!", "gone": "✕"}

# Which event makes an instrument or provision what its status says.
_MADE_SO = {
    "omitted": {"omitted"},
    "repealed": {"repealed"},
    "void": {"held-void"},
    "suspended": {"suspended"},
    "superseded": {"substituted", "repealed"},
}


@dataclass(frozen=True)
class Banner:
    """What is said over a page: word, sentence, the day of looking, and who did it."""

    tone: Tone
    word: str
    says: str
    checked: str
    is_old: bool
    cause: str | None = None

    @property
    def sign(self) -> str:
        """A sign that says the same as the colour."""
        return SIGNS[self.tone]


def ruling_banner(base: Base, ruling_id: str, today: date) -> Banner:
    """The banner of a ruling, from its standing."""
    standing = base.standing(ruling_id)
    tone = _tone(standing.word)
    cause = standing.step.ruling or standing.step.instrument if standing.step else None
    return Banner(tone, standing.label, standing.says, standing.checked,
                  is_old(standing.checked, today), cause)  # fmt: skip


def plain(word: Standing) -> Banner:
    """A standing as such, of no ruling in particular."""
    return Banner(_tone(word), STANDING_LABELS[word], "", "", False)


def fate(base: Base, point: Point) -> Banner:
    """What has become of one point of a ruling."""
    entry = base.vocabulary.tables["fates"].get(point.fate)
    tone: Tone = "doubt"
    if getattr(entry, "good", "no") == "no":
        tone = "gone"
    elif point.fate == "stands":
        tone = "good"
    return Banner(tone, base.vocabulary.label("fates", point.fate), "", "", False)


def _tone(word: Standing) -> Tone:
    if word in NO_LONGER_LAW:
        return "gone"
    return "good" if word == "stands" else "doubt"


def unit_banner(base: Base, unit: Unit, today: date) -> Banner:
    """The banner of a provision: its own status, or that of its instrument."""
    provision, instrument = unit.provision, unit.instrument
    if provision.status is None:
        return instrument_banner(base, instrument, today)
    checked = provision.status_checked or instrument.status_checked
    return _banner(base, provision.status, provision.history, checked, today)


def instrument_banner(base: Base, instrument: Instrument, today: date) -> Banner:
    """The banner of an instrument, from its status and history."""
    return _banner(base, instrument.status, instrument.history, instrument.status_checked, today)


def _banner(base: Base, status: str, history: Sequence[Event], checked: str, today: date) -> Banner:
    tone: Tone = "good"
    if status in _MADE_SO:
        tone = "gone"
    elif status in {"unknown", "not-yet-in-force"}:
        tone = "doubt"
    entry = base.vocabulary.tables["statuses"].get(status)
    word = _capital(base.vocabulary.label("statuses", status))
    says = entry.meaning if entry else ""
    step = next((e for e in reversed(history) if e.event in _MADE_SO.get(status, ())), None)
    if step:
        by = f" by {_the(base, step.by)}" if step.by else ""
        what = base.vocabulary.label("events", step.event)
        says = f"{_capital(what)}{by} on {spoken_date(step.date)}. {says}"
    cause = (step.ruling or step.instrument) if step else None
    return Banner(tone, word, says, checked, is_old(checked, today), cause)


def _the(base: Base, by: str) -> str:
    court = base.vocabulary.courts.get(by)
    return f"the {court.label if court else by}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def is_old(checked: str, today: date) -> bool:
    """Whether a day of looking lies over a year back; an unknown day or month counts as early."""
    return checked < f"{today.year - 1}-{today:%m-%d}"
