"""The forms of the records: which keys a file may have, what each means, and what may stand in it.

Everything that describes a field to a person (the guide page, `kb new`, the JSON Schema, the
checker's messages) is made from here. Only structure is judged here; whether a word is in the
vocabulary or a pointer leads anywhere is asked by `check` and `base`, through `Word`, `Label` and
`Pointer`, the marks that a field carries.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Word:
    """The text must be a word of `vocab/<vocabulary>.yml`."""

    vocabulary: str
    or_text: bool = False  # a name in words is allowed too; only what looks like an id is looked up


@dataclass(frozen=True)
class Label:
    """The text must be the label of a source in the same file."""


@dataclass(frozen=True)
class Pointer:
    """The text must be the ID of something that another file holds; `to` names the kinds."""

    to: tuple[str, ...]
    point_of: str | None = None


# --- the shapes of a text ------------------------------------------------------------------------

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
UNIT = re.compile(r"[0-9a-z]+(?:[.\-][0-9a-z]+)*")
PART = re.compile(r"(?:\([0-9a-z]+\))+")
LABEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _date(text: str) -> str:
    """A day, a month or a year, as far as it is known: 2024-02-08, 2024-02 or 2024."""
    found = _DATE.fullmatch(text)
    if found:
        year, month, day = (int(part) if part else 0 for part in found.groups())
        last = _DAYS[month - 1] if 1 <= month <= 12 else 0
        if month == 2 and not _is_leap(year):
            last = 28
        if found[2] is None or (last and (found[3] is None or 1 <= day <= last)):
            return text
        raise ValueError(f"'{text}' is not a day of the calendar. Look at the month and the day.")
    turned = re.fullmatch(r"(\d\d?)[./-](\d\d?)[./-](\d{4})", text)
    example = f"{turned[3]}-{int(turned[2]):02}-{int(turned[1]):02}" if turned else "2024-02-08"
    raise ValueError(
        f"'{text}' is not a date. Write year-month-day: {example}."
        if turned
        else f"'{text}' is not a date. Write year-month-day: {example}; "
        "leave out the day or the month if it is not known."
    )


def whole_day(text: str) -> str:
    """A day of the calendar, year-month-day; `ValueError` with a sentence if it is none."""
    if len(_date(text)) != len("2024-02-08"):
        raise ValueError(f"'{text}' is not a whole day. Write year-month-day: 2024-02-08.")
    return text


def _shaped(pattern: re.Pattern[str], what: str, example: str) -> AfterValidator:
    def judge(text: str) -> str:
        if pattern.fullmatch(text):
            return text
        raise ValueError(f"'{text}' is not {what}. Write it like {example}.")

    return AfterValidator(judge)


def _yes_or_no(text: Any) -> Any:
    if isinstance(text, str) and text not in {"yes", "no"}:
        raise ValueError(f"'{text}' is neither yes nor no. Write yes or no.")
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise ValueError(
            f"'{text}' is not a web address. It begins with https:// and has no spaces."
        )
    return text


MOST_WORDS = 12  # of a catchword
_NOT_IN_A_LINE = re.compile('["“”«»;\n]')


def _catchword(text: str) -> str:
    """A phrase, not a sentence and nobody's quotation: catchwords name questions, in our words."""
    if len(text.split()) > MOST_WORDS or text.endswith("."):
        raise ValueError(
            f"A catchword is a phrase of at most {MOST_WORDS} words, without a full stop. "
            "Name the question, not the answer."
        )
    found = _NOT_IN_A_LINE.search(text)
    if found:
        raise ValueError(
            f"A catchword is in our words and one phrase, so {found[0]!r} cannot stand in it. "
            "Write two catchwords, or leave the quotation marks out."
        )
    return text


MOST_ASKED = 20  # words of a question


def _question(text: str) -> str:
    """One line as somebody types it who looks for this; nobody's quotation."""
    if len(text.split()) > MOST_ASKED:
        raise ValueError(
            f"A question is one line of at most {MOST_ASKED} words, as people type it. "
            "Shorten it, or make two of it."
        )
    found = _NOT_IN_A_LINE.search(text)
    if found:
        raise ValueError(
            f"A question is one line, as people type it, so {found[0]!r} cannot stand in it. "
            "Leave it out, or make two questions of it."
        )
    return text


Text = Annotated[str, Field(min_length=1)]
Date = Annotated[str, AfterValidator(_date)]
YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_yes_or_no)]
Url = Annotated[str, AfterValidator(_address)]
LabelText = Annotated[str, _shaped(LABEL, "a label", "court-copy: small letters, digits, hyphens")]
UnitText = Annotated[
    str, _shaped(UNIT, "the number of a unit", "19, 19a, 15.1 or op11, in small letters")
]
Language = Annotated[str, Word("languages")]
SourceLabel = Annotated[str, Label()]
Topic = Annotated[str, Word("topics")]
Catchword = Annotated[str, Field(min_length=1), AfterValidator(_catchword)]
Question = Annotated[str, Field(min_length=1), AfterValidator(_question)]


def _one_or_more(text: Any) -> Any:
    return [text] if isinstance(text, str) else text


Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more)]
SourceLabels = Annotated[tuple[SourceLabel, ...], BeforeValidator(_one_or_more)]
RulingId = Annotated[str, Pointer(("ruling",))]
ProvisionId = Annotated[str, Pointer(("provision",))]
InstrumentId = Annotated[str, Pointer(("instrument",))]
AnyId = Annotated[str, Pointer(("ruling", "provision", "instrument", "incident", "argument"))]


class Form(BaseModel):
    """The base of every form: no key that is not named here, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


def _says(description: str, *examples: str) -> Any:
    return Field(description=description, examples=list(examples))


def _may(description: str, *examples: str) -> Any:
    return Field(default=None, description=description, examples=list(examples))


def _list(description: str, *examples: str) -> Any:
    return Field(default=(), description=description, examples=list(examples))


def _catchwords(example: str) -> Any:
    return _list("The questions it is about as people may look for them, in our words.", example)


def _asked(example: str) -> Any:
    return _list("What people type to whom it is an answer, in any language.", example)


def _see_also(example: str) -> Any:
    return _list("What the same reader needs next, in our view; the closest first.", example)


# --- parts that several forms share --------------------------------------------------------------


class Source(Form):
    """Where something was seen."""

    label: LabelText = _says(
        "The short name by which this file speaks of the source.", "court-copy"
    )
    kind: Annotated[str, Word("source-kinds")] = _says("What sort of source it is.", "court-copy")
    title: Text | None = _may("Who published it, or what it is called.", "Dawn")
    url: Url | None = _may("Its web address.", "https://courts.example/zz/hc/2031/88.pdf")
    dated: Date | None = _may("The day that the source itself bears.", "2031-05-02")
    seen: Date = _says("The day on or before which it was seen for this book.", "2031-05-03")
    shows: Text | None = _may("What was seen in it, in our words.", "title, parties, paras 1 to 3")


class Event(Form):
    """One dated step in the life of a ruling or a provision."""

    date: Date = _says("The day of the step.", "2031-12-02")
    event: Annotated[str, Word("events")] = _says("What happened.", "set-aside")
    by: Annotated[str, Word("courts", or_text=True)] | None = _may(
        "The court (its ID) or the body (its name) that did it, or the act that did it.", "zz-sc"
    )
    ruling: RulingId | None = _may(
        "The ruling that did it, if this book holds it.", "zz-sc-2031-ministry-v-doe"
    )
    instrument: InstrumentId | None = _may("The act that did it, if this book holds it.")
    note: Text | None = _may("What has to be known about the step, in our words.")
    source: SourceLabels = _says("The label of the source.", "zlr")


class Quote(Form):
    """Words of a court, as they stand in the sources named."""

    at: Text | None = _may("The pinpoint. Leave the key out if it was not seen.", "para 41")
    language: Language = _says("The language of the words.", "en")
    weight: Annotated[str, Word("weights")] | None = _may(
        "What the words are in the ruling: a holding, a remark, a party's contention ...", "holding"
    )
    words: Text = _says("The words, letter for letter, after a bar.", "An order must state ...")
    version: Text | None = _may("Which print or copy of the ruling the words were taken from.")
    compared_with: tuple[SourceLabel, ...] = _says(
        "The labels of the sources in which these words were read.", "court-copy"
    )
    differs: Text | None = _may("How the sources differ from each other.")


class Point(Form):
    """One thing that the ruling decides, in our words, with its own fate."""

    id: LabelText = _says("A short name for the point.", "reasons-and-end-date")
    says: Text = _says(
        "What is decided, in our words.", "An order is void unless it gives reasons."
    )
    at: Text | None = _may("The pinpoint. Leave the key out if it was not seen.", "para 41")
    weight: Annotated[str, Word("weights")] | None = _may(
        "Holding, direction, remark ...", "holding"
    )
    fate: Annotated[str, Word("fates")] = _says("What has become of this point.", "set-aside")


class Treatment(Form):
    """How this ruling treats an earlier one."""

    ruling: RulingId = _says("The earlier ruling.", "zz-sc-2019-roe-v-state")
    how: Annotated[str, Word("treatments")] = _says("What it does to it.", "follows")
    at: Text | None = _may("The pinpoint in this ruling.", "para 33")
    note: Text | None = _may("What has to be known about it, in our words.")
    source: SourceLabel | None = _may("The label of the source that shows it.")


class Party(Form):
    """A party of the case."""

    role: Text = _says("The role, in one word.", "petitioner")
    name: Text = _says("The name, as the source gives it.", "Doe")


# --- the law -------------------------------------------------------------------------------------


class ProvisionText(Form):
    """The words of a provision in one language and one version."""

    part: Text | None = _may("The part of the unit that the words are, if not the whole.", "(3)")
    language: Language = _says("The language of the words.", "en")
    authentic: YesNo = _says(
        "Whether this is the language of the law itself, or a translation.", "yes"
    )
    translator: Text | None = _may("Whose translation it is.", "Presidential Executive Office")
    version: Text | None = _may("Which print the words were taken from, and how they were set.")
    as_of: Date | None = _may("The day for which that print gives the words.", "2032-01-01")
    until: Date | None = _may("The day on which these words ceased to be the law.", "2019-06-30")
    words: Text = _says("The words, letter for letter, after a bar.", "(1) Every person may speak.")
    compared_with: tuple[SourceLabel, ...] = _says(
        "The labels of the sources in which these words were read.", "gazette"
    )
    differs: Text | None = _may("How the sources differ from each other.")


class Provision(Form):
    """An article, section, rule or numbered paragraph."""

    unit: UnitText = _says("Its number, in small letters.", "19a")
    heading: Text | None = _may("Its heading or what it is about.", "Right to information")
    status: Annotated[str, Word("statuses")] | None = _may(
        "Its own status, if it is not that of the instrument.", "repealed"
    )
    status_checked: Date | None = _may(
        "The day up to which that status was looked up.", "2032-01-09"
    )
    texts: tuple[ProvisionText, ...] = _list("Its words, one entry for each language and version.")
    history: tuple[Event, ...] = _list("Inserted, amended, omitted, suspended: the dated steps.")
    notes: Text | None = _may("What has to be known about it, in our words.")
    cautions: tuple[Text, ...] = _list("Traps: what is often misquoted or misunderstood.")
    topics: tuple[Topic, ...] = _list("What it is about.", "expression")
    catchwords: tuple[Catchword, ...] = _catchwords("what an order of suspension must state")
    asked: tuple[Question, ...] = _asked("does the order have to say why")
    see_also: tuple[AnyId, ...] = _see_also("zz-hc-2031-doe-v-ministry")
    direction: Annotated[str, Word("directions")] | None = _may("Which way it works.", "expands")
    open: tuple[Text, ...] = _list("What was not seen.")


class Participation(Form):
    """What a State did about a treaty."""

    state: Annotated[str, Word("places")] = _says("The State.", "zz")
    event: Annotated[str, Word("participation")] = _says("What it did.", "ratification")
    date: Date | None = _may("The day. Leave the key out if it was not seen.", "2010-06-23")
    as_of: Date | None = _may(
        "The last day for which the source shows this, if it is a state of things."
    )
    articles: tuple[Text, ...] = _list("The articles that it concerns.", "19")
    words: Text | None = _may("The words of the reservation or declaration, letter for letter.")
    language: Language | None = _may("The language of those words.", "en")
    note: Text | None = _may("What has to be known about it, in our words.")
    source: SourceLabels = _says("The label of the source.", "un-treaties")


class Instrument(Form):
    """A constitution, statute, treaty, resolution, comment or set of principles."""

    title: Text = _says("Its official title.", "Constitution of the Republic of Zetland")
    short_title: Text | None = _may("The name used for it in citations.", "Constitution of Zetland")
    also_called: tuple[Text, ...] = _list("Names under which people look for it.")
    kind: Annotated[str, Word("kinds")] = _says("What sort of instrument it is.", "constitution")
    made_by: Text = _says("Who made it.", "Constituent Assembly")
    adopted: Date | None = _may("The day it was adopted.", "2001-03-01")
    in_force: Date | None = _may("The day it came into force.", "2001-09-01")
    citations: tuple[Text, ...] = _list("How it is cited.", "Act No. 7 of 1996")
    symbol: Text | None = _may("Its document symbol or registration number.", "A/HRC/RES/47/16")
    status: Annotated[str, Word("statuses")] = _says("Whether it is the law.", "in-force")
    status_checked: Date = _says("The day up to which that was looked up.", "2032-01-09")
    history: tuple[Event, ...] = _list("The dated steps of its life.")
    notes: Text | None = _may("What has to be known about it, in our words.")
    cautions: tuple[Text, ...] = _list("Traps: what is often misquoted or misunderstood.")
    provisions: tuple[Provision, ...] = _list("Its articles, sections or paragraphs held here.")
    participation: tuple[Participation, ...] = _list("Signature, ratification, reservation ...")
    applies: tuple[ProvisionId, ...] = _list("Provisions of other instruments that it rests on.")
    direction: Annotated[str, Word("directions")] | None = _may("Which way it works.", "expands")
    topics: tuple[Topic, ...] = _list("What it is about.", "expression")
    catchwords: tuple[Catchword, ...] = _catchwords("licence conditions of operators")
    asked: tuple[Question, ...] = _asked("which law lets them jam phones")
    see_also: tuple[AnyId, ...] = _see_also("zz-constitution/12")
    sources: tuple[Source, ...] = _says("Where it was seen.")
    open: tuple[Text, ...] = _list("What was not seen.")


# --- the cases -----------------------------------------------------------------------------------


class Ruling(Form):
    """A judgment, order, decision or view of a court or of a body that decides cases."""

    title: Text = _says("The name of the case.", "Doe v Ministry of Communications")
    also_called: tuple[Text, ...] = _list("Names under which people look for it.")
    kind: Annotated[str, Word("ruling-kinds")] = _says("Judgment, order, views ...", "judgment")
    court: Annotated[str, Word("courts")] = _says("The court, by its ID.", "zz-hc")
    bench: Annotated[str, Word("benches")] | None = _may("How many judges sat.", "single")
    judges: tuple[Text, ...] = _list("The judges, as the sources name them.", "A. Example J")
    parties: tuple[Party, ...] = _list("The parties.")
    states: tuple[Annotated[str, Word("places")], ...] = _list(
        "The States whose measures were judged, if that is not the place of the court.", "ru"
    )
    heard: tuple[Date, ...] = _list("The days of hearing.", "2031-03-02")
    decided: Date = _says("The day of the ruling.", "2031-04-17")
    citations: tuple[Text, ...] = _list("How it is cited, each citation once.", "(2031) 4 ZLR 112")
    docket: Texts = _list("The number of the case.", "W.P. No. 88 of 2030")

    status: Annotated[str, Word("ruling-statuses")] = _says("What has become of it.", "set-aside")
    status_checked: Date = _says("The day up to which that was looked up.", "2032-01-09")
    history: tuple[Event, ...] = _list("What happened to it afterwards, oldest first.")

    cautions: tuple[Text, ...] = _list("Traps: what is often misquoted or misunderstood.")
    points: tuple[Point, ...] = _list("What it decides, point by point.")
    quotes: tuple[Quote, ...] = _list("Its own words.")
    direction: Annotated[str, Word("directions")] | None = _may("Which way it works.", "expands")
    topics: tuple[Topic, ...] = _list("What it is about.", "network-shutdown")
    catchwords: tuple[Catchword, ...] = _catchwords("order without reasons")
    asked: tuple[Question, ...] = _asked("govt gave no reason for the ban")
    see_also: tuple[AnyId, ...] = _see_also("orders-need-reasons")

    background: Text | None = _may("What happened before the case, in our words.")
    reasoning: Text | None = _may("Why the court decided so, in our words.")
    relief: Text | None = _may("What was ordered, in our words.")

    applies: tuple[ProvisionId, ...] = _list("The provisions applied that this book holds.")
    also_applies: tuple[Text, ...] = _list("Provisions applied that this book does not hold.")
    cites: tuple[Treatment, ...] = _list("How it treats earlier rulings.")
    sources: tuple[Source, ...] = _says("Where it was seen.")
    open: tuple[Text, ...] = _list("What was not seen.")


# --- the facts -----------------------------------------------------------------------------------


class Justification(Form):
    """What the authority gave as its reason."""

    given: Text = _says("The reason given, in our words.", "Security of the festival.")
    words: Text | None = _may("The authority's own words, letter for letter.")
    language: Language | None = _may("The language of those words.", "en")
    law_invoked: tuple[ProvisionId, ...] = _list("The provisions invoked that this book holds.")
    law_named: Text | None = _may("The law invoked as the source names it.", "none stated")
    by: Text | None = _may("Who gave it.", "Ministry of Communications")
    source: SourceLabels = Field(default=(), description="The label of the source.")


class Evidence(Form):
    """Who measured or saw the measure, and what that shows."""

    who: Text = _says("Who measured or saw it.", "NetBlocks")
    shows: Text = _says("What it shows, in our words.", "Connectivity fell to a quarter.")
    source: SourceLabel = _says("The label of the source.", "netblocks")


class Impact(Form):
    """A figure or a consequence that somebody has given."""

    figure: Text = _says("The figure or consequence.", "2 million people cut off")
    by: Text = _says("Whose figure it is.", "NetBlocks")
    source: SourceLabel = _says("The label of the source.", "netblocks")


class Episode(Form):
    """One dated happening within an incident."""

    date: Date = _says("The day.", "2030-11-04")
    says: Text = _says("What happened, in our words.", "Calls were restored for two hours.")
    source: SourceLabel | None = _may("The label of the source.", "gazette")


class Challenge(Form):
    """A court case about the incident that this book does not hold as a ruling."""

    name: Text = _says("The name of the case.", "Roe v Ministry")
    court: Text = _says("The court.", "High Court of Zetland")
    says: Text = _says("What came of it, in our words.", "Notice issued; nothing further seen.")


class Incident(Form):
    """A shutdown, a throttling or a ban of a platform."""

    title: Text = _says("What it is called.", "Harbour District mobile data shutdown")
    also_called: tuple[Text, ...] = _list("Names under which people look for it.")
    place: Annotated[str, Word("places")] = _says("The State or territory.", "zz")
    where: Texts = _list("The part of it that was hit.", "Harbour District")
    began: Date = _says("The day it began.", "2030-11-03")
    ended: Date | None = _may(
        "The day it ended. Leave the key out if that was not seen.", "2030-11-09"
    )
    seen_ongoing: Date | None = _may("The last day on which a source speaks of it as going on.")
    measures: tuple[Annotated[str, Word("measures")], ...] = _says("What was done.", "mobile-data")
    services: tuple[Text, ...] = _list("The services that were hit.", "mobile data")
    ordered_by: Text | None = _may("Who ordered it.", "Ministry of Communications")
    carried_out_by: Text | None = _may("Who carried it out.", "three mobile operators")
    bodies: tuple[Annotated[str, Word("bodies")], ...] = _list(
        "The bodies named in these two keys that the vocabulary knows.", "zz-ministry"
    )
    triggers: tuple[Annotated[str, Word("triggers")], ...] = _list(
        "The occasion.", "religious-event"
    )
    summary: Text | None = _may("What has to be known about it, in our words.")
    justification: tuple[Justification, ...] = _list("The reason that the authority gave.")
    cautions: tuple[Text, ...] = _list("Traps: what is often misreported.")
    episodes: tuple[Episode, ...] = _list("What happened when.")
    evidence: tuple[Evidence, ...] = _list("Who measured or saw it.")
    impact: tuple[Impact, ...] = _list("What it did, and by whose account.")
    rulings: tuple[RulingId, ...] = _list("The rulings on it that this book holds.")
    challenges: tuple[Challenge, ...] = _list("Cases on it that this book does not hold.")
    topics: tuple[Topic, ...] = _list("What it is about.", "network-shutdown")
    catchwords: tuple[Catchword, ...] = _catchwords("mobile data cut at a festival")
    asked: tuple[Question, ...] = _asked("no signal at the festival who ordered it")
    see_also: tuple[AnyId, ...] = _see_also("zz-2030-11-03-harbour-shutdown")
    sources: tuple[Source, ...] = _says("Where it was seen.")
    open: tuple[Text, ...] = _list("What was not seen.")


# --- the points ----------------------------------------------------------------------------------


class Authority(Form):
    """An authority for or against a proposition."""

    authority: Annotated[str, Pointer(("ruling", "provision", "instrument"))] = _says(
        "A ruling, a provision or an instrument of this book.", "zz-constitution/12"
    )
    point: Annotated[str, Pointer(("point",), point_of="authority")] | None = _may(
        "The point of the ruling that is relied on.", "reasons-and-end-date"
    )
    at: Text | None = _may("The pinpoint, if it is neither the provision nor that of the point.")
    says: Text = _says("What it gives to the proposition, in one sentence of ours.")


class Argument(Form):
    """A proposition that petitions turn on, with what speaks for and against it."""

    proposition: Text = _says("The proposition, in one sentence.", "A shutdown needs a law.")
    explained: Text | None = _may("What it means and when it is used, in our words.")
    topics: tuple[Topic, ...] = _list("What it is about.", "legality")
    catchwords: tuple[Catchword, ...] = _catchwords("order of one line")
    asked: tuple[Question, ...] = _asked("is a ban without reasons valid")
    see_also: tuple[AnyId, ...] = _see_also("zz-telecom-act-1996/54")
    for_: tuple[Authority, ...] = Field(
        default=(), alias="for", description="The authorities for it.", examples=[]
    )
    against: tuple[Authority, ...] = _list("The authorities against it.")
    open: tuple[Text, ...] = _list("What was not seen.")


Record = Instrument | Ruling | Incident | Argument

FOLDERS: dict[str, type[Form]] = {
    "instruments": Instrument,
    "rulings": Ruling,
    "incidents": Incident,
    "arguments": Argument,
}
"""Which folder holds files of which form."""

KINDS: dict[str, str] = {
    "instruments": "instrument",
    "rulings": "ruling",
    "incidents": "incident",
    "arguments": "argument",
}
"""What one record of a folder is called."""


# --- walking a form ------------------------------------------------------------------------------

Mark = Word | Label | Pointer


def key_of(name: str, field: FieldInfo) -> str:
    """The key as it is written in a file (`for`, where Python needs `for_`)."""
    return field.alias or name


def _marks_and_form(annotation: Any) -> tuple[list[Mark], type[Form] | None]:
    """The marks and the form that an annotation holds, at whatever depth of list or choice."""
    marks: list[Mark] = []
    form: type[Form] | None = None
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return marks, annotation
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *extras = get_args(annotation)
        marks += [extra for extra in extras if isinstance(extra, Word | Label | Pointer)]
        more, form = _marks_and_form(inner)
        return marks + more, form
    if origin in (tuple, list, Union, types.UnionType):
        for inner in get_args(annotation):
            if inner in (Ellipsis, type(None)):
                continue
            more, found = _marks_and_form(inner)
            marks += [mark for mark in more if mark not in marks]
            form = form or found
    return marks, form


_FIELDS: dict[type[Form], dict[str, tuple[list[Mark], type[Form] | None]]] = {}


def fields_of(form: type[Form]) -> dict[str, tuple[list[Mark], type[Form] | None]]:
    """The keys of a form, each with its marks and the form of what stands in it, if any."""
    if form not in _FIELDS:
        table = {}
        for name, field in form.model_fields.items():
            marks, inner = _marks_and_form(field.annotation)
            marks += [
                extra for extra in field.metadata if isinstance(extra, Word | Label | Pointer)
            ]
            table[key_of(name, field)] = (marks, inner)
        _FIELDS[form] = table
    return _FIELDS[form]


def marks_of(form: type[Form], key: str) -> list[Mark]:
    """The marks of one key of a form."""
    return fields_of(form)[key][0]


def marked(form: type[Form], value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Mark, str, Any]]:
    """Every marked text in `value`, read as `form`: its place, its mark, itself, and what holds it.

    `value` is what `load` gives, so this works on files that are wrong in other places.
    """
    if not isinstance(value, dict):
        return
    for key, inside in value.items():
        marks, inner = fields_of(form).get(key, ([], None))
        items = list(enumerate(inside)) if isinstance(inside, list) else [(None, inside)]
        for number, item in items:
            here: Loc = (*loc, key) if number is None else (*loc, key, number)
            if inner is not None:
                yield from marked(inner, item, here)
            elif isinstance(item, str):
                for mark in marks:
                    yield here, mark, item, value


def forms() -> list[type[Form]]:
    """Every form, the four of the folders first, then the parts they are made of."""
    found: list[type[Form]] = list(FOLDERS.values())
    for form in found:
        for _, inner in fields_of(form).values():
            if inner is not None and inner not in found:
                found.append(inner)
    return found
