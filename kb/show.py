"""One record or provision as a page of text for the terminal, or as data for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kb import address
from kb.base import LAPSED, Base, Entry, Unit, spoken_date, when
from kb.model import (
    Argument,
    Authority,
    Event,
    Incident,
    Instrument,
    Participation,
    Provision,
    ProvisionText,
    Record,
    Ruling,
    Source,
)
from kb.pinpoint import unit_name
from kb.treaties import Bond
from kb.weight import ranked

Style = Literal["title", "heading", "good", "warning", "law", "plain", "dim"]


@dataclass(frozen=True)
class Line:
    """A line of text and how it is to be set."""

    style: Style
    text: str


def show(base: Base, some_id: str, court: str | None = None) -> list[Line]:
    """The lines that show a record or provision; `some_id` must be one that the base holds.

    With `court`, a ruling also says what it is worth before that court, and the authorities of an
    argument stand in the order of their weight there.
    """
    unit_id, _ = base.provision_of(some_id)
    if unit_id:
        return list(_provision(base, base.units[unit_id]))
    entry = base.entries[some_id]
    record = entry.record
    if isinstance(record, Ruling):
        return list(_ruling(base, entry, record, court))
    if isinstance(record, Instrument):
        return list(_instrument(base, entry, record))
    if isinstance(record, Incident):
        return list(_incident(base, entry, record))
    return list(_argument(base, entry, record, court))


def as_data(base: Base, some_id: str) -> dict[str, Any]:
    """The record or provision as plain data, with its ID, address and, for rulings, standing."""
    unit_id, _ = base.provision_of(some_id)
    if unit_id:
        unit = base.units[unit_id]
        record = unit.provision.model_dump(exclude_defaults=True, by_alias=True)
        return {
            "id": unit_id,
            "kind": "provision",
            "instrument": unit.instrument_id,
            "url": address.page(unit_id),
            "applied_in": base.rulings_applying(unit_id),
            "record": record,
        }
    entry = base.entries[some_id]
    data: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind,
        "url": address.page(entry.id),
        "file": entry.file,
        "record": entry.record.model_dump(exclude_defaults=True, by_alias=True),
    }
    if isinstance(entry.record, Ruling):
        standing = base.standing(entry.id)
        data["standing"] = {
            "word": standing.word,
            "says": standing.says,
            "checked": standing.checked,
        }
    return data


def show_bond(base: Base, one: Bond) -> list[Line]:
    """The lines that say whether a treaty bound a State on a day, and what that rests on."""
    treaty = base.instruments[one.treaty]
    lines = [Line("title", f"{treaty.short_title or treaty.title} ({one.treaty})")]
    lines.append(Line("good" if one.answer == "bound" else "warning", f"  {one.says}"))
    lines += _listed("What was seen up to that day", _participation(base, one.rows))
    return lines


def _participation(base: Base, rows: Iterable[Participation]) -> Iterator[str]:
    for step in rows:
        state = base.vocabulary.label("places", step.state)
        day = _day_of(step)
        what = base.vocabulary.label("participation", step.event)
        about = f" ({', '.join(step.articles)})" if step.articles else ""
        yield f"{state}, {day}: {what}{about}. {step.note or ''}".strip()


def _day_of(step: Participation) -> str:
    if step.date:
        return spoken_date(step.date)
    return f"as of {spoken_date(step.as_of)}" if step.as_of else "day not seen"


# --- the parts -----------------------------------------------------------------------------------


def _wrapped(text: str, indent: str = "  ", style: Style = "plain") -> Iterator[Line]:
    for row in text.split("\n"):
        for piece in textwrap.wrap(row, 96 - len(indent)) or [""]:
            yield Line(style, f"{indent}{piece}".rstrip())


def _listed(heading: str, items: Iterable[str]) -> Iterator[Line]:
    items = list(items)
    if items:
        yield Line("heading", heading)
        for item in items:
            yield Line(
                "plain", textwrap.fill(item, 96, initial_indent="  - ", subsequent_indent="    ")
            )


def _prose(heading: str, text: str | None) -> Iterator[Line]:
    if text:
        yield Line("heading", heading)
        yield from _wrapped(text)


def _fact(name: str, value: str | None) -> Iterator[Line]:
    if value:
        yield Line("plain", f"  {name:<13}{value}")


def _last(base: Base, record: Record | Provision) -> Iterator[Line]:
    yield from _prose("Catchwords, in our words", " · ".join(record.catchwords))
    yield from _listed("As people ask", record.asked)
    yield from _listed("See also", [f"{one}{_fate(base, one)}" for one in record.see_also])
    yield from _listed("Open: what was not seen", record.open)


def _cautions(cautions: Iterable[str]) -> Iterator[Line]:
    for caution in cautions:
        yield Line("warning", textwrap.fill(f"! {caution}", 96, subsequent_indent="  "))


def _history(base: Base, history: Iterable[Event]) -> Iterator[Line]:
    rows = []
    for event in history:
        by = f" by {base.vocabulary.label('courts', event.by)}" if event.by else ""
        row = f"{spoken_date(event.date)}: {base.vocabulary.label('events', event.event)}{by}."
        row += f" {event.note}" if event.note else ""
        cause = event.ruling or event.instrument
        rows.append(f"{row} [{cause}]" if cause else row)
    yield from _listed("History", rows)


def _sources(base: Base, sources: Iterable[Source]) -> Iterator[Line]:
    rows = []
    for source in sources:
        kind = base.vocabulary.label("source-kinds", source.kind)
        dated = f", {spoken_date(source.dated)}" if source.dated else ""
        rows.append(f"{source.title or source.label} ({kind}{dated}): {source.url or 'no address'}")
    yield from _listed("Sources", rows)


def _compared(base: Base, labels: tuple[str, ...], sources: Iterable[Source]) -> str:
    kinds = {source.label: source.kind for source in sources}
    table = base.vocabulary.tables["source-kinds"]
    graded = [
        label for label in labels if getattr(table.get(kinds[label]), "court_grade", "") == "yes"
    ]
    count = f"compared with {len(labels)} source{'s' if len(labels) != 1 else ''}"
    if not graded:
        count += "; known only as others quote it: check a certified copy before filing"
    return count


def _ruling(base: Base, entry: Entry, record: Ruling, court: str | None) -> Iterator[Line]:
    vocabulary = base.vocabulary
    standing = base.standing(entry.id)
    yield Line("title", record.title)
    yield Line(
        "good" if standing.word == "stands" else "warning",
        f"{_sign(standing.word)} {standing.says}",
    )
    yield Line("dim", f"  Looked up {when(standing.checked)}. {entry.id}")
    if court:
        yield Line("plain", f"  Before the {vocabulary.courts[court].label}: "
                   f"{base.authority(entry.id, court).says}")  # fmt: skip
    yield from _cautions(record.cautions)
    yield from _fact("Court", vocabulary.label("courts", record.court))
    yield from _fact("Bench", vocabulary.label("benches", record.bench or ""))
    yield from _fact("Judges", ", ".join(record.judges))
    yield from _fact("Decided", spoken_date(record.decided))
    yield from _fact("Citations", "; ".join(record.citations))
    yield from _fact("Case number", "; ".join(record.docket))
    for point in record.points:
        if point is record.points[0]:
            yield Line("heading", "What it decides")
        what = vocabulary.label("weights", point.weight or "") or "Point"
        fate = vocabulary.label("fates", point.fate)
        at = point.at or "pinpoint not seen"
        bad = getattr(vocabulary.tables["fates"].get(point.fate), "good", "yes") == "no"
        yield Line("warning" if bad else "plain", f"  {what} ({at}): {fate}")
        yield from _wrapped(point.says, "    ")
    for quote in record.quotes:
        yield Line("heading", f"Its words ({quote.at or 'pinpoint not seen'})")
        yield from _wrapped(quote.words, "  | ", "law")
        yield Line("dim", f"  {_compared(base, quote.compared_with, record.sources)}")
        yield from _wrapped(f"Differs: {quote.differs}", "  ", "dim") if quote.differs else ()
    yield from _prose("Background", record.background)
    yield from _prose("Reasoning", record.reasoning)
    yield from _prose("Relief", record.relief)
    yield from _history(base, record.history)
    yield from _listed("Applies", [*record.applies, *record.also_applies])
    yield from _listed(
        "Treats", [f"{vocabulary.label('treatments', t.how)} {t.ruling}" for t in record.cites]
    )
    yield from _listed("Treated by", [
        f"{getattr(vocabulary.tables['treatments'][t.how], 'reverse', t.how)} {later}"
        for later, t in base.treated_by(entry.id)
    ])  # fmt: skip
    yield from _listed("Incidents", base.incidents_before(entry.id))
    yield from _sources(base, record.sources)
    yield from _last(base, record)


def _sign(word: str) -> str:
    return {"stands": "[stands]", "interim": "[interim]", "unknown": "[not known]"}.get(word, "[!]")


def _text(base: Base, text: ProvisionText, sources: Iterable[Source]) -> Iterator[Line]:
    language = base.vocabulary.label("languages", text.language)
    whose = (
        "authentic" if text.authentic == "yes" else f"translation: {text.translator or 'not named'}"
    )
    until = f"; no longer the law since {spoken_date(text.until)}" if text.until else ""
    part = f" {text.part}" if text.part else ""
    yield Line("warning" if until else "heading", f"{language}{part} ({whose}{until})")
    yield from _wrapped(text.words, "  | ", "law")
    yield Line("dim", f"  {_compared(base, text.compared_with, sources)}")
    if text.version:
        yield from _wrapped(f"Print: {text.version}", "  ", "dim")
    if text.differs:
        yield from _wrapped(f"Differs: {text.differs}", "  ", "dim")


def _provision(base: Base, unit: Unit) -> Iterator[Line]:
    provision, instrument = unit.provision, unit.instrument
    heading = f": {provision.heading}" if provision.heading else ""
    name = instrument.short_title or instrument.title
    yield Line("title", f"{name}, {unit_name(base, unit)}{heading}")
    status, checked = base.status_of(unit.id)
    looked_up = f"looked up {when(checked)}" if checked else "day of looking up not known"
    gone = status in LAPSED
    label = base.vocabulary.label("statuses", status)
    said = f"{'[!] ' if gone else ''}{label[0].upper()}{label[1:]}, {looked_up}. {unit.id}"
    yield Line("warning" if gone else "good", said)
    yield from _cautions(provision.cautions)
    for text in provision.texts:
        yield from _text(base, text, instrument.sources)
    yield from _prose("Notes", provision.notes)
    yield from _history(base, provision.history)
    yield from _listed(
        "Applied in", [f"{i}: {base.standing(i).says}" for i in base.rulings_applying(unit.id)]
    )
    yield from _listed("Invoked in", base.incidents_invoking(unit.id))
    yield from _last(base, provision)


def _instrument(base: Base, entry: Entry, record: Instrument) -> Iterator[Line]:
    yield Line("title", record.title)
    status = base.vocabulary.label("statuses", record.status)
    yield Line("plain", f"  {status[0].upper()}{status[1:]}, looked up "
               f"{when(record.status_checked)}. {entry.id}")  # fmt: skip
    yield from _cautions(record.cautions)
    yield from _fact("Made by", record.made_by)
    yield from _fact("Adopted", spoken_date(record.adopted) if record.adopted else None)
    yield from _fact("In force", spoken_date(record.in_force) if record.in_force else None)
    yield from _fact("Citations", "; ".join(record.citations))
    yield from _fact("Symbol", record.symbol)
    yield from _listed(
        "Provisions held",
        [f"{entry.id}/{p.unit}{f': {p.heading}' if p.heading else ''}" for p in record.provisions],
    )
    yield from _listed("States", _participation(base, record.participation))
    yield from _prose("Notes", record.notes)
    yield from _history(base, record.history)
    yield from _sources(base, record.sources)
    yield from _last(base, record)


def _incident(base: Base, entry: Entry, record: Incident) -> Iterator[Line]:
    vocabulary = base.vocabulary
    yield Line("title", record.title)
    ended = spoken_date(record.ended) if record.ended else "end not seen"
    yield Line("dim", f"  {spoken_date(record.began)} to {ended}. {entry.id}")
    yield from _cautions(record.cautions)
    yield from _fact("Place", vocabulary.label("places", record.place))
    yield from _fact("Where", "; ".join(record.where))
    yield from _fact(
        "Measures", ", ".join(vocabulary.label("measures", m) for m in record.measures)
    )
    yield from _fact("Ordered by", record.ordered_by)
    yield from _fact("Carried out", record.carried_out_by)
    yield from _prose("Summary", record.summary)
    yield from _listed("Reason given", [
        f"{j.given} Law invoked: {', '.join(j.law_invoked) or j.law_named or 'not seen'}"
        for j in record.justification
    ])  # fmt: skip
    yield from _listed("Steps", [f"{spoken_date(e.date)}: {e.says}" for e in record.episodes])
    yield from _listed("Evidence", [f"{e.who}: {e.shows}" for e in record.evidence])
    yield from _listed("Impact", [f"{i.figure} ({i.by})" for i in record.impact])
    rulings = base.rulings_on(entry.id)
    yield from _listed("Rulings", [f"{i}: {base.standing(i).says}" for i in rulings])
    yield from _listed("Other cases", [f"{c.name}, {c.court}: {c.says}" for c in record.challenges])
    yield from _sources(base, record.sources)
    yield from _last(base, record)


def _argument(base: Base, entry: Entry, record: Argument, court: str | None) -> Iterator[Line]:
    yield Line("title", record.proposition)
    yield Line("dim", f"  {entry.id}")
    if court:
        before = base.vocabulary.courts[court].label
        yield Line("plain", f"  The weightiest before the {before} first.")
    yield from _prose("Explained", record.explained)
    for heading, authorities in (("For", record.for_), ("Against", record.against)):
        rows = [_authority(base, one) for one in authorities]
        if court:
            rows = [
                f"{_authority(base, one)} [{worth.says}]"
                for one, worth in ranked(base, authorities, court, date.today())
            ]
        yield from _listed(heading, rows)
    yield from _last(base, record)


def _authority(base: Base, one: Authority) -> str:
    return f"{one.authority}{_fate(base, one.authority)}: {one.says}"


def _fate(base: Base, some_id: str) -> str:
    return f" ({base.standing(some_id).says})" if some_id in base.rulings else ""
