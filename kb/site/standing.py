"""The banner over a page: what has become of a ruling, a provision or an instrument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kb.base import NO_LONGER_LAW, STANDING_LABELS, Base, Unit, is_old, when
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
    """What is said over a page: word, sentence, the day of looking if it is known, who did it."""

    tone: Tone
    word: str
    says: str
    checked: str | None
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
    return sign_of(_tone(word), STANDING_LABELS[word])


def sign_of(tone: Tone, word: str) -> Banner:
    """A word with a tone, of nothing that was looked up."""
    return Banner(tone, word, "", None, False)


def fate(base: Base, point: Point) -> Banner:
    """What has become of one point of a ruling."""
    entry = base.vocabulary.tables["fates"].get(point.fate)
    tone: Tone = "doubt"
    if getattr(entry, "good", "no") == "no":
        tone = "gone"
    elif point.fate == "stands":
        tone = "good"
    return sign_of(tone, base.vocabulary.label("fates", point.fate))


def _tone(word: Standing) -> Tone:
    if word in NO_LONGER_LAW:
        return "gone"
    return "good" if word == "stands" else "doubt"


def unit_banner(base: Base, unit: Unit, today: date) -> Banner:
    """The banner of a provision: its own status, or that of its instrument."""
    status, checked = base.status_of(unit.id)
    history = unit.provision.history if unit.provision.status else unit.instrument.history
    return _banner(base, unit.instrument, status, history, checked, today)


def instrument_banner(base: Base, instrument: Instrument, today: date) -> Banner:
    """The banner of an instrument, from its status and history."""
    checked = instrument.status_checked
    return _banner(base, instrument, instrument.status, instrument.history, checked, today)


def _banner(
    base: Base,
    instrument: Instrument,
    status: str,
    history: Sequence[Event],
    checked: str | None,
    today: date,
) -> Banner:
    tone: Tone = "good"
    if status in _MADE_SO:
        tone = "gone"
    elif status in {"unknown", "not-yet-in-force"}:
        tone = "doubt"
    word = _capital(base.vocabulary.label("statuses", status))
    says = _meaning(base, instrument, status)
    step = next((e for e in reversed(history) if e.event in _MADE_SO.get(status, ())), None)
    if step:
        by = f" by {_the(base, step.by)}" if step.by else ""
        what = base.vocabulary.label("events", step.event)
        says = f"{_capital(what)}{by} {when(step.date)}. {says}"
    cause = (step.ruling or step.instrument) if step else None
    return Banner(tone, word, says, checked, is_old(checked, today), cause)


def _meaning(base: Base, instrument: Instrument, status: str) -> str:
    """What a status means; that a treaty is in force makes it the law of its parties only."""
    kind = base.vocabulary.tables["kinds"].get(instrument.kind)
    if status in {"in-force", "amended"} and getattr(kind, "binds", "") == "parties":
        return "It binds the States that are parties to it, and no other."
    entry = base.vocabulary.tables["statuses"].get(status)
    return entry.meaning if entry else ""


def _the(base: Base, by: str) -> str:
    court = base.vocabulary.courts.get(by)
    return f"the {court.label}" if court else by


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
