"""All files together: records by ID, links both ways, standing, and what is wrong between files.

The only thing that search, site, exports and drafts see of the records.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kb.check import did_you_mean, judge, judge_name, later
from kb.citation import Grammar, Unusable
from kb.folder import record_files
from kb.load import Document, Loc, Problem, Unreadable, read
from kb.model import (
    FOLDERS,
    KINDS,
    Argument,
    Authority,
    Event,
    Incident,
    Instrument,
    Pointer,
    Provision,
    Ruling,
    Treatment,
    marked,
)
from kb.paragraphs import has_part, part_path
from kb.vocab import Court, Vocabulary, read_vocabulary
from kb.vocab import Standing as StandingWord

STANDING_LABELS: dict[StandingWord, str] = {
    "stands": "Stands",
    "interim": "Interim order",
    "under-appeal": "Under appeal",
    "stayed": "Stayed",
    "partly-set-aside": "Partly set aside",
    "set-aside": "Set aside",
    "overtaken": "Overtaken",
    "unknown": "Not known whether it stands",
}
GOOD_LAW: frozenset[StandingWord] = frozenset({"stands", "interim", "under-appeal", "unknown"})
NO_LONGER_LAW: frozenset[StandingWord] = frozenset({"set-aside", "stayed", "overtaken"})
LAPSED = frozenset({"omitted", "repealed", "void", "suspended", "superseded"})
"""The statuses of an instrument or provision that is no longer the law."""


@dataclass(frozen=True)
class Entry:
    """A record with its ID, its kind, its place and the file it was read from."""

    id: str
    kind: str
    place: str
    file: str
    record: Any
    document: Document


@dataclass(frozen=True)
class Unit:
    """A provision with its ID and the instrument that it stands in."""

    id: str
    instrument_id: str
    instrument: Instrument
    provision: Provision


@dataclass(frozen=True)
class Standing:
    """What has become of a ruling: the word, the step that made it so, and the day of looking."""

    word: StandingWord
    label: str
    says: str
    step: Event | None
    checked: str

    @property
    def is_good(self) -> bool:
        """Whether nothing that was seen takes the ruling away, wholly or in part."""
        return self.word in GOOD_LAW


@dataclass(frozen=True)
class Weight:
    """What a ruling is worth before a chosen court."""

    word: Literal["binding", "own-court", "persuasive", "foreign", "international", "none"]
    says: str


@dataclass
class Base:
    """The whole book, read once. Ask `problems` first: links may be missing while there are any."""

    folder: Path
    vocabulary: Vocabulary
    entries: dict[str, Entry] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    documents: list[tuple[str, str, Document]] = field(default_factory=list)
    """Every file that could be read, sound or not: its ID, its folder, its text."""

    _applied: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _invoked: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _treated: dict[str, list[tuple[str, Treatment]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _caused: dict[str, list[tuple[str, Event]]] = field(default_factory=lambda: defaultdict(list))
    _incidents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _argued: dict[str, list[tuple[str, str, Authority]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    # --- asking for records

    def _of(self, kind: type[Any]) -> dict[str, Any]:
        return {e.id: e.record for e in self.entries.values() if isinstance(e.record, kind)}

    @property
    def instruments(self) -> dict[str, Instrument]:
        """The instruments by ID."""
        return self._of(Instrument)

    @property
    def rulings(self) -> dict[str, Ruling]:
        """The rulings by ID."""
        return self._of(Ruling)

    @property
    def incidents(self) -> dict[str, Incident]:
        """The incidents by ID."""
        return self._of(Incident)

    @property
    def arguments(self) -> dict[str, Argument]:
        """The arguments by ID."""
        return self._of(Argument)

    def current_id(self, text: str) -> str | None:
        """The ID that `text` leads to today, through `moved.yml` if it was renamed; else `None`.

        `text` is a record, a provision (`pk-constitution/19a`) or a part of one (`.../19(1)`).
        """
        text = text.strip().lower()
        text = self.moved.get(text, text)
        if text in self.entries or text in self.units:
            return text
        return self.provision_of(text)[0]

    def provision_of(self, pointer: str) -> tuple[str | None, tuple[str, ...]]:
        """The provision and the path of the part that a pointer such as `x/54(3)` names."""
        if pointer in self.units:
            return pointer, ()
        unit, bracket, rest = pointer.partition("(")
        known = self.units.get(unit)
        if not bracket or known is None:
            return None, ()
        path = part_path("(" + rest)
        texts = known.provision.texts
        held = not texts or any(has_part(t.words, t.part or "", path) for t in texts)
        return (unit, path) if held else (None, ())

    def status_of(self, unit_id: str) -> tuple[str, str | None]:
        """The status of a provision and the day up to which that was looked up, if it is known.

        A provision with a status of its own does not borrow the day of its instrument.
        """
        unit = self.units[unit_id]
        if unit.provision.status:
            return unit.provision.status, unit.provision.status_checked
        checked = unit.provision.status_checked or unit.instrument.status_checked
        return unit.instrument.status, checked

    def nearest(self, text: str, most: int = 3) -> list[str]:
        """The IDs that are written most like `text`."""
        import difflib

        words = [*self.entries, *self.units, *self.moved]
        return difflib.get_close_matches(text.lower(), words, n=most, cutoff=0.5)

    # --- links, the other way round

    def rulings_applying(self, provision_id: str) -> list[str]:
        """The rulings that apply a provision, the newest first."""
        return self._newest(self._applied.get(provision_id, ()))

    def instruments_resting_on(self, provision_id: str) -> list[str]:
        """The instruments that rest on a provision."""
        return [i for i in self._applied.get(provision_id, ()) if i in self.instruments]

    def incidents_invoking(self, provision_id: str) -> list[str]:
        """The incidents in which an authority invoked a provision."""
        return sorted(set(self._invoked.get(provision_id, ())), reverse=True)

    def treated_by(self, ruling_id: str) -> list[tuple[str, Treatment]]:
        """The later rulings that treat a ruling, and how."""
        return self._treated.get(ruling_id, [])

    def caused_by(self, ruling_id: str) -> list[tuple[str, Event]]:
        """What a ruling did to others: the record or provision it happened to, and the step."""
        return self._caused.get(ruling_id, [])

    def incidents_before(self, ruling_id: str) -> list[str]:
        """The incidents that a ruling is about."""
        return self._incidents.get(ruling_id, [])

    def rulings_on(self, incident_id: str) -> list[str]:
        """The rulings on an incident, without those whose files have mistakes."""
        named = self.incidents[incident_id].rulings if incident_id in self.incidents else ()
        return [ruling for ruling in named if ruling in self.rulings]

    def incidents_of_body(self, body: str) -> list[str]:
        """The incidents that a body ordered or carried out, the newest first."""
        found = [i for i, incident in self.incidents.items() if body in incident.bodies]
        return sorted(found, key=lambda i: (self.incidents[i].began, i), reverse=True)

    def argued_with(self, some_id: str) -> list[tuple[str, str, Authority]]:
        """The arguments that name a record or provision: argument, 'for' or 'against', entry."""
        return self._argued.get(some_id, [])

    def _newest(self, ids: Iterable[str]) -> list[str]:
        rulings = self.rulings
        return sorted(
            {i for i in ids if i in rulings}, key=lambda i: (rulings[i].decided, i), reverse=True
        )

    # --- standing and authority

    def standing(self, ruling_id: str) -> Standing:
        """Whether a ruling still stands, by which step, and when that was last looked up."""
        ruling: Ruling = self.entries[ruling_id].record
        word = self.vocabulary.standing_of(ruling.status)
        step = self._step(ruling)
        return Standing(word, STANDING_LABELS[word], self._say(ruling, word, step), step,
                        ruling.status_checked)  # fmt: skip

    def taken_by(self, ruling_id: str) -> str | None:
        """The ruling of the book by which another no longer stands, or is in doubt."""
        standing = self.standing(ruling_id)
        by = standing.step.ruling if standing.step and not standing.is_good else None
        return by if by in self.entries and by != ruling_id else None

    def _step(self, ruling: Ruling) -> Event | None:
        """The event that made the status what it is: the last that says so before all else."""
        events = self.vocabulary.tables["events"]
        leaves = [
            (event, getattr(events.get(event.event), "leaves", ())) for event in ruling.history
        ]
        telling = [event for event, after in leaves if after[:1] == (ruling.status,)]
        possible = [event for event, after in leaves if ruling.status in after]
        found = telling or possible
        return found[-1] if found else None

    def _say(self, ruling: Ruling, word: StandingWord, step: Event | None) -> str:
        label = STANDING_LABELS[word]
        if step is None:
            says = f"{label}. {self.vocabulary.tables['ruling-statuses'][ruling.status].meaning}"
        else:
            what = self.vocabulary.label("events", step.event)
            by = f" by {self._the(step.by)}" if step.by else ""
            said = f"{what}{by} {when(step.date)}."
            says = said[0].upper() + said[1:] if what == label.lower() else f"{label}: {said}"
            cause = self.entries.get(step.ruling or "")
            if cause and cause.record is not ruling:
                theirs = self.vocabulary.standing_of(cause.record.status)
                if theirs in NO_LONGER_LAW:
                    says += f" That ruling has itself been {STANDING_LABELS[theirs].lower()}."
        return says

    def _the(self, by: str) -> str:
        court = self.vocabulary.courts.get(by)
        return f"the {court.label}" if court else by

    def authority(self, ruling_id: str, court_id: str) -> Weight:
        """What a ruling is worth before a court, by `vocab/courts.yml` and its standing."""
        ruling: Ruling = self.entries[ruling_id].record
        standing = self.standing(ruling_id)
        courts = self.vocabulary.courts
        here, there = courts[court_id], courts[ruling.court]
        if standing.word in NO_LONGER_LAW:
            return Weight("none", f"No authority: {standing.says}")
        if ruling.court in here.bound_by and standing.word != "interim":
            return Weight("binding", f"Binding: decisions of the {there.label} bind this court.")
        if ruling.court == court_id:
            return Weight("own-court", "A ruling of this court itself.")
        if here.place == there.place:
            interim = " An interim order decides nothing finally." * (standing.word == "interim")
            return Weight("persuasive", f"Persuasive: a court of the same State.{interim}")
        if here.place in ruling.states:
            return Weight("international", "An international ruling on this State.")
        return Weight("foreign", f"Foreign: a ruling of the {there.label}.")


def spoken_date(date: str) -> str:
    """A date as it is said in a sentence: 22 April 2020, April 2020 or 2020."""
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    year, *rest = date.split("-")
    if not rest:
        return year
    month = months[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def is_old(checked: str | None, today: datetime.date) -> bool:
    """Whether a day of looking lies over a year back; an unknown day or month counts as early."""
    return checked is None or checked < f"{today.year - 1}-{today:%m-%d}"


def when(date: str) -> str:
    """A date with its preposition: on 22 April 2020, in April 2020, in 2020."""
    return f"{'on' if len(date) == len('2020-04-22') else 'in'} {spoken_date(date)}"


# --- reading -------------------------------------------------------------------------------------


def read_base(folder: Path) -> Base:
    """The whole book in `folder`, with everything that is wrong in it under `problems`."""
    vocabulary, problems = read_vocabulary(folder / "vocab")
    base = Base(folder, vocabulary, problems=problems)
    for name, place, path in record_files(folder):
        _read_one(base, name, place, path)
    _collect_units(base)
    _read_moved(base)
    _check_grammar(base)
    _link(base)
    base.problems = sorted(set(base.problems))
    return base


def _read_one(base: Base, folder: str, place: str, path: Path) -> None:
    name = path.relative_to(base.folder).as_posix()
    base.files += 1
    if path.suffix != ".yml":
        base.problems.append(
            Problem(
                name, 1, "", "This is not a record. Records end in .yml; move the file elsewhere."
            )
        )
        return
    try:
        document = read(path, name)
    except Unreadable as error:
        base.problems.append(error.problem)
        return
    judged = judge(FOLDERS[folder], document, base.vocabulary.tables)
    base.problems += judged.problems
    base.documents.append((path.stem, folder, document))
    wrong_name = judge_name(folder, place, path.stem, judged.record, base.vocabulary.tables)
    if wrong_name:
        base.problems.append(Problem(name, 1, "", wrong_name))
    if path.stem in base.entries:
        other = base.entries[path.stem].file
        base.problems.append(
            Problem(name, 1, "", f"{other} has the same name, so the same ID. Rename one of them.")
        )
        return
    if judged.record is not None:
        base.entries[path.stem] = Entry(
            path.stem, KINDS[folder], place, name, judged.record, document
        )


def _collect_units(base: Base) -> None:
    for entry in base.entries.values():
        if isinstance(entry.record, Instrument):
            for provision in entry.record.provisions:
                unit_id = f"{entry.id}/{provision.unit}"
                base.units[unit_id] = Unit(unit_id, entry.id, entry.record, provision)


def _read_moved(base: Base) -> None:
    path = base.folder / "moved.yml"
    if not path.exists():
        return
    try:
        document = read(path, "moved.yml")
    except Unreadable as error:
        # A book that has renamed nothing keeps the file with comments only.
        if "empty" not in error.problem.says:
            base.problems.append(error.problem)
        return
    base.problems += document.problems
    for old, new in document.value.items():
        if not isinstance(new, str):
            says = "Write 'old-id: new-id' on one line."
        elif old in base.entries or old in base.units:
            says = f"'{old}' still exists. Rename the file, or delete this line."
        elif new not in base.entries and new not in base.units:
            says = f"'{new}' is not the ID of any record.{did_you_mean(new, base.entries)}"
        else:
            base.moved[old] = new
            continue
        base.problems.append(document.problem((old,), says))


# --- linking, and what is wrong between files ----------------------------------------------------

_WHERE = {
    "ruling": "rulings/",
    "instrument": "instruments/",
    "incident": "incidents/",
    "argument": "arguments/",
    "provision": "instruments/",
}


def _link(base: Base) -> None:
    _check_courts(base)
    sound = {entry.id for entry in base.entries.values()}
    broken = {
        some_id: KINDS[folder] for some_id, folder, _ in base.documents if some_id not in sound
    }
    for _, folder, document in base.documents:
        for loc, mark, text, holder in marked(FOLDERS[folder], document.value):
            if isinstance(mark, Pointer) and text.strip():
                # A pointer to a file with mistakes of its own is not a second mistake.
                target = str(holder.get(mark.point_of)) if mark.point_of else text
                kinds = ("ruling",) if mark.point_of else (*mark.to, "instrument")
                if broken.get(target.split("/")[0], "") in kinds:
                    continue
                _follow(base, document, loc, mark, text, holder)
    for entry in base.entries.values():
        _reverse(base, entry)
    _check_topics(base)
    _check_history(base)
    _check_citations(base)
    _check_see_also(base)


def _follow(
    base: Base, document: Document, loc: Loc, mark: Pointer, text: str, holder: Any
) -> None:
    if mark.point_of:
        ruling = base.entries.get(str(holder.get(mark.point_of)))
        points = (
            [p.id for p in ruling.record.points]
            if ruling and isinstance(ruling.record, Ruling)
            else []
        )
        if text not in points:
            base.problems.append(
                document.problem(
                    loc, f"'{text}' is not a point of that ruling.{did_you_mean(text, points)}"
                )
            )
        return
    if _leads_to(base, text) in mark.to:
        return
    words = {i for i, entry in base.entries.items() if entry.kind in mark.to}
    words |= set(base.units) if "provision" in mark.to else set()
    what = " or ".join(f"a {kind}" if kind[0] not in "aio" else f"an {kind}" for kind in mark.to)
    where = " or ".join(dict.fromkeys(_WHERE[kind] for kind in mark.to))
    says = f"'{text}' is not {what} of any file in {where}."
    if set(mark.to) == set(_WHERE):
        says = f"'{text}' is the ID of nothing in this book."
    base.problems.append(document.problem(loc, f"{says}{did_you_mean(text, words)}"))


def _leads_to(base: Base, text: str) -> str | None:
    if text in base.entries:
        return base.entries[text].kind
    return "provision" if base.provision_of(text)[0] else None


def _reverse(base: Base, entry: Entry) -> None:
    record = entry.record
    if isinstance(record, Ruling | Instrument):
        for pointer in record.applies:
            unit, _ = base.provision_of(pointer)
            if unit and entry.id not in base._applied[unit]:
                base._applied[unit].append(entry.id)
    if isinstance(record, Ruling):
        for treatment in record.cites:
            base._treated[treatment.ruling].append((entry.id, treatment))
        _caused(base, entry.id, record.history)
    if isinstance(record, Instrument):
        _caused(base, entry.id, record.history)
        for provision in record.provisions:
            _caused(base, f"{entry.id}/{provision.unit}", provision.history)
    if isinstance(record, Incident):
        for ruling in record.rulings:
            base._incidents[ruling].append(entry.id)
        for justification in record.justification:
            for pointer in justification.law_invoked:
                unit, _ = base.provision_of(pointer)
                if unit:
                    base._invoked[unit].append(entry.id)
    if isinstance(record, Argument):
        for side, authorities in (("for", record.for_), ("against", record.against)):
            for authority in authorities:
                unit, _ = base.provision_of(authority.authority)
                base._argued[unit or authority.authority].append((entry.id, side, authority))


def _caused(base: Base, happened_to: str, history: Iterable[Event]) -> None:
    for event in history:
        for cause in (event.ruling, event.instrument):
            if cause:
                base._caused[cause].append((happened_to, event))


def _check_grammar(base: Base) -> None:
    try:
        Grammar.read(base.folder / "vocab" / "citations.yml")
    except Unusable as error:
        says = str(error).rpartition("\n  ")[2]
        base.problems.append(Problem("vocab/citations.yml", 1, "", says))


def _check_courts(base: Base) -> None:
    for court_id, court in base.vocabulary.courts.items():
        for pointer in court.because:
            if base.units and not base.provision_of(pointer)[0]:
                base.problems.append(
                    Problem(
                        "vocab/courts.yml",
                        1,
                        f"{court_id}.because",
                        f"'{pointer}' is not a provision of any file in instruments/."
                        f"{did_you_mean(pointer, base.units)}",
                    )
                )


def _check_topics(base: Base) -> None:
    """A topic that no record has leads nowhere; told only of a book whose records are all sound."""
    if len(base.entries) < len(base.documents):
        return
    used: set[str] = set()
    for entry in base.entries.values():
        used.update(entry.record.topics)
        used.update(*(unit.topics for unit in getattr(entry.record, "provisions", ())))
    for topic in base.vocabulary.topics:
        if topic not in used:
            base.problems.append(
                Problem(
                    "vocab/topics.yml", 1, topic, "No record has this topic. Use it or take it out."
                )
            )


def _check_history(base: Base) -> None:
    treatments = base.vocabulary.tables["treatments"]
    for entry in base.entries.values():
        record = entry.record
        if not isinstance(record, Ruling):
            continue
        for number, event in enumerate(record.history):
            cause = base.entries.get(event.ruling or "")
            if cause and isinstance(cause.record, Ruling):
                decided = cause.record.decided
                if later(decided, event.date) or later(event.date, decided):
                    base.problems.append(
                        entry.document.problem(
                            ("history", number, "date"),
                            f"{cause.id} was decided on {decided}, not on {event.date}. "
                            "Correct one of the two.",
                        )
                    )
        for number, treatment in enumerate(record.cites):
            earlier = base.entries.get(treatment.ruling)
            takes_away = (
                treatment.how in {"overrules", "sets-aside"} and treatment.how in treatments
            )
            if takes_away and earlier and isinstance(earlier.record, Ruling):
                word = base.vocabulary.standing_of(earlier.record.status)
                if word not in NO_LONGER_LAW | {"partly-set-aside"}:
                    base.problems.append(
                        entry.document.problem(
                            ("cites", number, "how"),
                            f"This says that {earlier.id} was taken away, but its own status is "
                            f"'{earlier.record.status}'. Correct that file or this word.",
                        )
                    )


def _check_citations(base: Base) -> None:
    claimed: dict[str, tuple[str, Loc]] = {}
    for entry in base.entries.values():
        for number, citation in enumerate(getattr(entry.record, "citations", ())):
            canonical = re.sub(r"[\W_]+", "", citation.casefold())
            first = claimed.setdefault(canonical, (entry.id, ("citations", number)))
            if first[0] != entry.id:
                base.problems.append(
                    entry.document.problem(
                        ("citations", number),
                        f"{first[0]} has the same citation. One of the two is wrong.",
                    )
                )


def _check_see_also(base: Base) -> None:
    """A page leads to other pages; what stands there twice is told where one file is judged."""
    for entry in base.entries.values():
        pages: list[tuple[str, Loc, Sequence[str]]] = [(entry.id, (), entry.record.see_also)]
        for number, provision in enumerate(getattr(entry.record, "provisions", ())):
            unit = f"{entry.id}/{provision.unit}"
            pages.append((unit, ("provisions", number), provision.see_also))
        for page, loc, others in pages:
            for place, other in enumerate(others):
                whole = base.provision_of(other)[0]
                if other == page:
                    says = "A page cannot lead to itself. Take the line out."
                elif whole and whole != other:
                    says = f"'{other}' has no page of its own. Write the provision: {whole}."
                else:
                    continue
                base.problems.append(entry.document.problem((*loc, "see_also", place), says))


def courts_of(base: Base, place: str) -> dict[str, Court]:
    """The courts of a place, the highest first."""
    found = {i: c for i, c in base.vocabulary.courts.items() if c.place == place}
    return dict(sorted(found.items(), key=lambda item: (item[1].rank, item[0])))
