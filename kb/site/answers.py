"""What a template may ask of the base: names, banners, courts, dates, all ready to be printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, partial
from typing import Any

from kb import address
from kb.base import Base, Entry, courts_of, spoken_date, when
from kb.model import (
    Authority,
    Event,
    Incident,
    Instrument,
    Participation,
    Point,
    Provision,
    ProvisionText,
    Quote,
    Ruling,
    Source,
)
from kb.pinpoint import unit_name
from kb.site import names, standing, texts
from kb.treaties import Bond, bond
from kb.vocab import RulingStatus


def answers(base: Base, today: date) -> dict[str, Callable[..., Any]]:
    """The questions by the name that templates use; `label(table, word)`, `to(id)` ..."""
    words = base.vocabulary

    def law_banner(pointer: str) -> standing.Banner:
        unit_id, _ = base.provision_of(pointer)
        if unit_id:
            return standing.unit_banner(base, base.units[unit_id], today)
        return standing.instrument_banner(base, base.entries[pointer].record, today)

    def point_of(authority: Authority) -> Point | None:
        points = getattr(base.rulings.get(authority.authority), "points", ())
        return next((p for p in points if p.id == authority.point), None)

    return {
        "label": words.label,
        "in_chapters": words.in_chapters,
        "day": spoken_date,
        "when": when,
        "to": cache(lambda some_id: names.target(base, some_id)),
        "address_of": address.page,
        "point_anchor": address.point,
        "quote_anchor": address.quote,
        "name_of_unit": lambda unit: unit_name(base, unit),
        "banner": cache(lambda ruling_id: standing.ruling_banner(base, ruling_id, today)),
        "unit_banner": lambda unit: standing.unit_banner(base, unit, today),
        "instrument_banner": lambda record: standing.instrument_banner(base, record, today),
        "law_banner": law_banner,
        "fate_of": lambda point: standing.fate(base, point),
        "point_of": point_of,
        "units": lambda instrument_id: short_units(base, instrument_id, today),
        "span": span,
        "direction": lambda tongue: getattr(
            words.tables["languages"].get(tongue), "direction", "ltr"
        ),
        "by_whom": lambda by: f"the {words.label('courts', by)}" if by in words.courts else by,
        "reverse": lambda how: getattr(words.tables["treatments"].get(how), "reverse", how),
        "text_remarks": partial(text_remarks, base),
        "quote_remarks": partial(quote_remarks, base),
        "comparison": lambda labels, sources: texts.comparison(words, labels, sources),
    }


def short_units(base: Base, instrument_id: str, today: date) -> list[dict[str, Any]]:
    """The provisions of an instrument by number alone, and which of them are no longer the law."""
    return [
        {
            "address": address.page(f"{instrument_id}/{p.unit}"),
            "short": p.unit.upper(),
            "is_gone": standing.unit_banner(
                base, base.units[f"{instrument_id}/{p.unit}"], today
            ).tone == "gone",
        }
        for p in base.instruments[instrument_id].provisions
    ]  # fmt: skip


def span(incident: Incident) -> str:
    """From when to when, and what of that was not seen."""
    began = spoken_date(incident.began)
    if incident.ended == incident.began:
        return began
    if incident.ended:
        return f"{began} to {spoken_date(incident.ended)}"
    if incident.seen_ongoing:
        return f"from {began}; still going on on {spoken_date(incident.seen_ongoing)}"
    return f"from {began}; its end was not seen"


def worth(base: Base, entry: Entry, ruling: Ruling) -> list[tuple[list[str], str]]:
    """What the ruling is worth, court by court, courts that are told the same in one row."""
    rows: dict[str, list[str]] = {}
    for place in dict.fromkeys([entry.place, *ruling.states]):
        for court_id, court in courts_of(base, place).items():
            rows.setdefault(base.authority(entry.id, court_id).says, []).append(court.label)
    return [(courts, says) for says, courts in rows.items()]


def bonds(base: Base, instrument_id: str, today: date) -> list[tuple[Bond, standing.Banner]]:
    """Whether a treaty binds each State of which the record knows something."""
    tones: dict[str, standing.Tone] = {"bound": "good", "not bound": "gone"}
    treaty = base.instruments[instrument_id]
    if treaty.kind != "treaty":
        return []
    found = [
        bond(base, instrument_id, state, today.isoformat())
        for state in dict.fromkeys(row.state for row in treaty.participation)
    ]
    return [(one, standing.sign_of(tones.get(one.answer, "doubt"), one.answer)) for one in found]


def sources_behind(instrument: Instrument, provision: Provision) -> tuple[Source, ...]:
    """The sources that the words and the history of a provision name; all, where they name none."""
    used = {label for text in provision.texts for label in text.compared_with}
    used |= {label for event in provision.history for label in event.source}
    used |= {label for step in steps_on(instrument, provision.unit) for label in step.source}
    found = tuple(source for source in instrument.sources if source.label in used)
    return found or instrument.sources


def steps_on(instrument: Instrument, unit: str) -> list[Participation]:
    """What States did about one article: reservations, declarations, and their withdrawal."""
    return [
        step
        for step in instrument.participation
        if any(unit in _article_numbers(article) for article in step.articles)
    ]


def _article_numbers(article: str) -> list[str]:
    return re.findall(r"\d+[a-z]?", re.sub(r"\(.*?\)", "", article.casefold()))


def text_remarks(
    base: Base, banner: standing.Banner, text: ProvisionText, sources: Iterable[Source]
) -> str:
    """What must go with words of a provision, lest they be taken for more than they are."""
    remarks = []
    if banner.tone != "good":
        says = banner.says.rstrip(".")
        remarks.append(says if says.startswith(banner.word) else f"{banner.word}: {says}")
    if text.until:
        remarks.append(f"superseded; the law until {spoken_date(text.until)}")
    elif text.as_of:
        remarks.append(f"as of {spoken_date(text.as_of)}")
    if text.authentic == "no":
        whose = f" by {text.translator}" if text.translator else ""
        remarks.append(f"translation{whose}, not the law's own words")
    return _in_brackets([*remarks, *_only_quoted(base, text.compared_with, sources)])


def quote_remarks(base: Base, ruling_id: str, quote: Quote, sources: Iterable[Source]) -> str:
    """What must go with words of a court."""
    found = base.standing(ruling_id)
    remarks = [] if found.word == "stands" else [found.says.rstrip(".")]
    if quote.weight in {"contention", "dissent", "remark", "separate"}:
        remarks.append(base.vocabulary.label("weights", quote.weight).lower())
    return _in_brackets([*remarks, *_only_quoted(base, quote.compared_with, sources)])


def _only_quoted(base: Base, labels: Iterable[str], sources: Iterable[Source]) -> list[str]:
    is_safe = texts.comparison(base.vocabulary, labels, sources).is_court_grade
    return [] if is_safe else ["known only as others quote it"]


def _in_brackets(remarks: Iterable[str]) -> str:
    said = "; ".join(remarks)
    return f"[{said}]" if said else ""


def counts(base: Base) -> Iterator[str]:
    """How much of each kind the book holds."""
    for count, one, many in (
        (len(base.rulings), "ruling", "rulings"),
        (len(base.instruments), "instrument", "instruments"),
        (len(base.units), "provision", "provisions"),
        (len(base.incidents), "incident", "incidents"),
        (len(base.arguments), "argument", "arguments"),
    ):
        if count:
            yield f"{count} {one if count == 1 else many}"


def latest_steps(base: Base) -> list[tuple[str, Event]]:
    """The latest steps in the life of rulings: the ruling and the step."""
    steps = [(i, event) for i, ruling in base.rulings.items() for event in ruling.history]
    return sorted(steps, key=lambda step: (step[1].date, step[0]), reverse=True)[:6]


def legend(base: Base) -> list[tuple[standing.Banner, str]]:
    """Each standing with its meaning."""
    statuses = base.vocabulary.tables["ruling-statuses"].values()
    found: dict[str, tuple[standing.Banner, str]] = {}
    for entry in statuses:
        if isinstance(entry, RulingStatus):
            banner = standing.plain(entry.standing)
            found.setdefault(entry.standing, (banner, entry.meaning))
    return list(found.values())
