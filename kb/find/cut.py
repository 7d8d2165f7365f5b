"""The book cut into passages: every readable record as the search sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from kb import address
from kb.base import LAPSED, Base, Entry, Unit, spoken_date
from kb.citation import Grammar
from kb.find.linked import linked, names_of
from kb.find.names import unit_tokens
from kb.find.passages import (
    ASKED,
    CATCHWORDS,
    RANKS,
    STANDINGS,
    SUPERSEDED,
    Page,
    Passage,
    Searched,
)
from kb.laws import own_tokens
from kb.model import Argument, Event, Incident, Instrument, Participation, ProvisionText, Ruling
from kb.paragraphs import Paragraph, paragraphs, part_path
from kb.pinpoint import pinpoint, typed_words, unit_word


def searched(base: Base, grammar: Grammar) -> list[Searched]:
    """Every readable record of the book, in the order of their IDs."""
    return [
        _Reader(base, grammar, base.entries[record_id]).read() for record_id in sorted(base.entries)
    ]


def in_one(texts: Iterable[str | None]) -> str:
    """Texts joined into one, each ending as a sentence does."""
    return " ".join(f"{t.rstrip('.')}." for t in (text and text.strip() for text in texts) if t)


class _Reader:
    """Reads one record into pages and passages."""

    def __init__(self, base: Base, grammar: Grammar, entry: Entry) -> None:
        self.base, self.grammar, self.entry = base, grammar, entry
        self.vocabulary = base.vocabulary

    def read(self) -> Searched:
        record: Any = self.entry.record
        made = Searched(
            self.entry.id,
            self.entry.kind,
            getattr(record, "kind", self.entry.kind),
            str(getattr(record, "short_title", None) or getattr(record, "title", "")),
            names_of(record),
            self.entry.place,
            tuple(dict.fromkeys((self.entry.place, *getattr(record, "states", ())))),
        )  # fmt: skip
        if isinstance(record, Instrument):
            self._instrument(made, record)
        elif isinstance(record, Ruling):
            self._ruling(made, record)
        elif isinstance(record, Incident):
            self._incident(made, record)
        elif isinstance(record, Argument):
            self._argument(made, record)
        for page in made.pages:
            page.passages += linked(self.base, page.id)
        return made

    # --- what several kinds share

    def _context(self, made: Searched, *more: str) -> str:
        """What is true of every passage of a record: its names, its court and its place."""
        court = self.vocabulary.courts.get(made.court)
        places = [self.vocabulary.tables["places"].get(place) for place in made.places]
        return in_one(
            [
                *made.names, *more,
                *((court.label, court.short, *court.also) if court else ()),
                *(name for p in places if p for name in (p.label, *getattr(p, "also", ()))),
                made.date[:4],
            ]
        )  # fmt: skip

    def _page(self, made: Searched, page_id: str, *more: str, weight: float = 1.0) -> Page:
        page = Page(page_id, self._context(made, *more), weight=weight)
        made.pages.append(page)
        return page

    def _ids(self, some_id: str) -> tuple[str, ...]:
        return (some_id, *(old for old, new in self.base.moved.items() if new == some_id))

    def _applied(self, pointers: Iterable[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for pointer in pointers:
            unit_id, path = self.base.provision_of(pointer)
            if unit_id:
                found.update(dict.fromkeys(self._unit_tokens(self.base.units[unit_id], path)))
            else:
                found[pointer] = None
        return tuple(found)

    def _unit_tokens(self, unit: Unit, path: tuple[str, ...] = ()) -> tuple[str, ...]:
        return unit_tokens(typed_words(self.base, self.grammar.data, unit), unit, path)

    def _history(self, events: Iterable[Event]) -> Iterator[Passage]:
        for event in events:
            what = self.vocabulary.label("events", event.event)
            by = f" by {self.vocabulary.label('courts', event.by)}" if event.by else ""
            day = spoken_date(event.date)
            text = in_one([f"{what[:1].upper()}{what[1:]}{by} on {day}", event.note])
            yield Passage(text, "history", f"history, {day}")

    def _cautions(self, texts: Iterable[str]) -> Iterator[Passage]:
        return (Passage(text, "caution", "caution") for text in texts)

    def _brief(self, catchwords: Sequence[str], asked: Sequence[str]) -> Iterator[Passage]:
        """What it is about, in our words; and what people type to whom it is an answer."""
        if catchwords:
            text = " · ".join(catchwords)
            yield Passage(text, CATCHWORDS, "catchwords", anchor=CATCHWORDS)
        for line in asked:
            yield Passage(line, ASKED, "as people ask", anchor=ASKED)

    def _named(self, made: Searched, page: Page, *more: str | None) -> None:
        """Its names, and apart from them what else it is known by, citations included."""
        record = self.entry.record
        tokens = (*self._ids(made.id), *own_tokens(self.grammar, record))
        names, known_by = in_one(made.names), in_one(more)
        page.passages.append(Passage(names, "names", "", tokens=() if known_by else tokens))
        if known_by:
            page.passages.append(Passage(known_by, "details", "", tokens=tokens))

    # --- instruments

    def _instrument(self, made: Searched, record: Instrument) -> None:
        made.date = record.adopted or record.in_force or ""
        made.years = _years(record.adopted or record.in_force)
        page = self._page(made, made.id, self.vocabulary.label("kinds", record.kind))
        page.topics, page.applies = record.topics, self._applied(record.applies)
        page.weight = SUPERSEDED if record.status in LAPSED else 1.0
        self._named(made, page, *record.citations, record.symbol, f"Made by {record.made_by}")
        page.passages += _prose(("notes", record.notes))
        page.passages += self._brief(record.catchwords, record.asked)
        page.passages += self._cautions(record.cautions)
        page.passages += [self._participation(step) for step in record.participation]
        page.passages += self._history(record.history)
        for provision in record.provisions:
            self._provision(made, self.base.units[f"{made.id}/{provision.unit}"])

    def _participation(self, step: Participation) -> Passage:
        state = self.vocabulary.label("places", step.state)
        what = self.vocabulary.label("participation", step.event)
        day = f" on {spoken_date(step.date)}" if step.date else ""
        about = f" (articles {', '.join(step.articles)})" if step.articles else ""
        text = in_one([f"{state}: {what}{day}{about}", step.words, step.note])
        return Passage(text, "prose", f"{state}, {what}", step.language or "en")

    def _provision(self, made: Searched, unit: Unit) -> None:
        provision = unit.provision
        word = unit_word(self.base, self.grammar.data, unit)
        named = pinpoint(word, provision.unit)
        status = provision.status or unit.instrument.status
        gone = status in LAPSED
        label = self.vocabulary.label("statuses", status)
        says = f"{label[:1].upper()}{label[1:]}: no longer the law." if gone else ""
        page = self._page(made, unit.id, provision.heading or "")
        page.topics = provision.topics or unit.instrument.topics
        page.weight = SUPERSEDED if gone else 1.0
        tokens = (*self._ids(unit.id), *self._unit_tokens(unit))
        taken: set[str] = set()
        main = _main_language(provision.texts)
        for text in sorted(provision.texts, key=lambda text: text.until is not None):
            page.passages += self._law(unit, word, text, main, taken, says)
        heading = f"{named}: {provision.heading}" if provision.heading else named
        page.passages.append(Passage(heading, "names", named, tokens=tokens, says=says))
        page.passages += (
            replace(passage, pinpoint=f"{named}: {passage.pinpoint}")
            for passage in (
                *_prose(("notes", provision.notes)),
                *self._brief(provision.catchwords, provision.asked),
                *self._cautions(provision.cautions), *self._history(provision.history),
            )
        )  # fmt: skip

    def _law(
        self, unit: Unit, word: str, text: ProvisionText, main: str, taken: set[str], says: str
    ) -> Iterator[Passage]:
        """The words of a provision as a whole, and then each of their paragraphs."""
        weight = 1.0 if text.authentic == "yes" else 0.95
        if text.until:
            weight = 1.0 if says else SUPERSEDED
            says = f"These words ceased to be the law on {spoken_date(text.until)}."
        prefix = "" if text.language == main else text.language
        pieces = paragraphs(text.words, text.part or "")

        def passage(words: str, path: tuple[str, ...], anchor: str) -> Passage:
            tokens = (unit.id, *self._unit_tokens(unit, path))
            return Passage(words, "law", pinpoint(word, unit.provision.unit, path), text.language,
                           anchor, weight, tokens, says)  # fmt: skip

        if len(pieces) > 1:
            yield passage(text.words, part_path(text.part or ""), "")
        for number, piece in enumerate(pieces):
            anchor = address.paragraph(piece.path, prefix)
            free = bool(piece.path) and not text.until and anchor not in taken
            taken.add(anchor)
            yield passage(_with_parts(pieces[number:]), piece.path, anchor if free else "")

    # --- rulings

    def _ruling(self, made: Searched, record: Ruling) -> None:
        made.court, made.date, made.years = record.court, record.decided, _years(record.decided)
        made.standing, made.says = "unknown", "Not known whether it stands."
        if record.status in self.vocabulary.tables["ruling-statuses"]:
            standing = self.base.standing(made.id)
            made.standing, made.says = standing.word, standing.says
            made.later = self.base.taken_by(made.id) or ""
        court = self.vocabulary.courts.get(record.court)
        rank = RANKS[court.rank] if court else 1.0
        page = self._page(made, made.id, self.vocabulary.label("ruling-kinds", record.kind))
        page.weight = STANDINGS[made.standing]
        page.topics = record.topics
        other = tuple(t for text in record.also_applies for t in self.grammar.tokens(text))
        page.applies = (*self._applied(record.applies), *other)
        passages = self._points(record, page.weight)
        passages += [
            Passage(quote.words, "quote", quote.at or "quoted words", quote.language,
                    address.quote(number))
            for number, quote in enumerate(record.quotes, 1)
        ]  # fmt: skip
        passages += _prose(
            ("background", record.background), ("reasoning", record.reasoning),
            ("relief", record.relief),
        )  # fmt: skip
        page.passages += passages
        self._named(
            made, page, *record.citations, *record.docket, court.label if court else None,
            *record.judges, *(f"{party.role}: {party.name}" for party in record.parties),
        )  # fmt: skip
        page.passages += self._brief(record.catchwords, record.asked)
        page.passages += [Passage(text, "prose", "applies") for text in record.also_applies]
        page.passages += self._cautions(record.cautions)
        page.passages += self._history(record.history)
        page.passages += [
            Passage(step.note, "prose", step.at or "authorities")
            for step in record.cites if step.note
        ]  # fmt: skip
        page.weight *= rank

    def _points(self, record: Ruling, standing: float) -> list[Passage]:
        """The points; the weight of one is that of its own fate, not that of the ruling."""
        fates = self.vocabulary.tables["fates"]
        found = []
        for point in record.points:
            good = getattr(fates.get(point.fate), "good", "yes") == "yes"
            fate = self.vocabulary.label("fates", point.fate)
            label = self.vocabulary.label("weights", point.weight or "point").lower()
            own = 1.0 if good else STANDINGS.get(point.fate, SUPERSEDED)
            found.append(
                Passage(point.says, "point", point.at or label, "en", address.point(point.id),
                        own / standing, says="" if good else f"This point: {fate}.")
            )  # fmt: skip
        return found

    # --- incidents and arguments

    def _incident(self, made: Searched, record: Incident) -> None:
        made.date, made.years = record.began, _years(record.began, record.ended)
        page = self._page(made, made.id, "incident")
        page.topics = record.topics
        page.applies = self._applied(
            [law for given in record.justification for law in given.law_invoked]
        )
        measures = [self.vocabulary.label("measures", measure) for measure in record.measures]
        if record.summary:
            page.passages.append(Passage(record.summary, "summary", "summary"))
        self._named(
            made, page, *record.where, ", ".join(measures), ", ".join(record.services),
            f"Ordered by {record.ordered_by}" if record.ordered_by else None,
            f"Carried out by {record.carried_out_by}" if record.carried_out_by else None,
            *(self.vocabulary.label("triggers", trigger) for trigger in record.triggers),
        )  # fmt: skip
        page.passages += self._brief(record.catchwords, record.asked)
        for given in record.justification:
            by = f"{given.by}: " if given.by else ""
            text = in_one([f"{by}{given.given}", given.law_named])
            page.passages.append(Passage(text, "evidence", "reason given"))
            if given.words:
                language = given.language or "en"
                page.passages.append(Passage(given.words, "quote", "reason given", language))
        for seen in record.evidence:
            page.passages.append(Passage(f"{seen.who}: {seen.shows}", "evidence", "evidence"))
        for impact in record.impact:
            page.passages.append(Passage(f"{impact.by}: {impact.figure}", "evidence", "impact"))
        for step in record.episodes:
            page.passages.append(Passage(step.says, "evidence", spoken_date(step.date)))
        for case in record.challenges:
            text = in_one([f"{case.name} ({case.court})", case.says])
            page.passages.append(Passage(text, "prose", "challenge"))
        page.passages += self._cautions(record.cautions)

    def _argument(self, made: Searched, record: Argument) -> None:
        made.title = record.proposition
        made.names = (record.proposition,)
        page = self._page(made, made.id, "argument")
        page.topics = record.topics
        both = (*record.for_, *record.against)
        page.applies = self._applied(authority.authority for authority in both)
        page.passages.append(
            Passage(record.proposition, "proposition", "proposition", tokens=self._ids(made.id))
        )
        page.passages += _prose(("explained", record.explained))
        page.passages += self._brief(record.catchwords, record.asked)
        for side, authorities in (("for", record.for_), ("against", record.against)):
            for one in authorities:
                pinned = f"{side}: {self._called(one.authority)}"
                page.passages.append(Passage(one.says, "prose", pinned))

    def _called(self, pointer: str) -> str:
        """What a pointer to an authority is called: its title, or its instrument and number."""
        unit_id, path = self.base.provision_of(pointer)
        if unit_id:
            unit = self.base.units[unit_id]
            word = unit_word(self.base, self.grammar.data, unit)
            name = unit.instrument.short_title or unit.instrument.title
            return f"{name}, {pinpoint(word, unit.provision.unit, path)}"
        record = self.base.entries[pointer].record if pointer in self.base.entries else None
        return str(getattr(record, "short_title", None) or getattr(record, "title", pointer))


def _prose(*texts: tuple[str, str | None]) -> list[Passage]:
    return [Passage(text, "prose", name) for name, text in texts if text]


def _with_parts(pieces: Sequence[Paragraph]) -> str:
    """A paragraph with the paragraphs that are parts of it."""
    path = pieces[0].path
    lines = [pieces[0].text]
    for piece in pieces[1:]:
        if not path or piece.path[: len(path)] != path:
            break
        lines.append(piece.text)
    return "\n".join(lines)


def _years(first: str | None, last: str | None = None) -> tuple[int, int] | None:
    return (int(first[:4]), int((last or first)[:4])) if first else None


def _main_language(texts: Iterable[ProvisionText]) -> str:
    """The language whose anchors bear no prefix: that of the first authentic text, or the first."""
    ordered = list(texts)
    authentic = [text.language for text in ordered if text.authentic == "yes"]
    return next(iter([*authentic, *(text.language for text in ordered)]), "")
