"""What is wrong in one file, as sentences: where, what is so, what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from kb.load import Document, Loc, Problem
from kb.model import (
    ID,
    LABEL,
    Argument,
    Form,
    Incident,
    Instrument,
    Label,
    Record,
    Ruling,
    Word,
    key_of,
    marked,
)

Words = Mapping[str, Mapping[str, Any]]
"""The vocabulary as `check` needs it: table name -> word -> its entry (`None` is enough)."""


F = TypeVar("F", bound=Form)


@dataclass(frozen=True)
class Judged(Generic[F]):
    """A file that has been judged: all its problems, and the record if none stood in the way."""

    document: Document
    record: F | None
    problems: tuple[Problem, ...]


def nearest_word(text: str, words: Iterable[str]) -> str | None:
    """The one of `words` that is written most like `text`, if any is near at all."""
    wanted = text.lower()
    near = difflib.get_close_matches(wanted, list(words), n=5, cutoff=0.6)
    # Among equally near words the one with the same letters is meant: 21 for 12.
    return max(
        near,
        key=lambda word: (_likeness(wanted, word), sorted(word) == sorted(wanted)),
        default=None,
    )


def did_you_mean(text: str, words: Iterable[str]) -> str:
    """A sentence that offers the nearest of `words`, or nothing; begins with a space."""
    near = nearest_word(text, words)
    return f" Did you mean '{near}'?" if near else ""


def _likeness(first: str, second: str) -> float:
    return round(difflib.SequenceMatcher(None, second, first).ratio(), 3)


def judge(form: type[F], document: Document, words: Words) -> Judged[F]:
    """Read a document as `form`, and say everything that is wrong with it in itself."""
    problems = list(document.problems)
    record: F | None = None
    try:
        record = form.model_validate(document.value)
    except ValidationError as error:
        told = {(p.line, p.key) for p in problems}
        errors = error.errors()
        meant = {_meant(form, one["loc"]) for one in errors if one["type"] == "extra_forbidden"}
        found = [
            _as_problem(form, document, one)
            for one in errors
            # A key that was only misspelt is not missing as well.
            if one["type"] != "missing" or one["loc"] not in meant
        ]
        problems += [p for p in found if (p.line, p.key) not in told]
    problems += _words_and_labels(form, document, words)
    problems += _unused_sources(form, document)
    if record is not None:
        for loc, says in _rules(record, words):
            problems.append(document.problem(loc, says))
    return Judged(document, record, tuple(sorted(set(problems))))


def _meant(form: type[Form], loc: Loc) -> Loc:
    """The place of the key that an unknown key was probably meant to be."""
    return (*loc[:-1], nearest_word(str(loc[-1]), _keys(_form_at(form, loc))) or "")


def _keys(form: type[Form]) -> list[str]:
    return [key_of(name, field) for name, field in form.model_fields.items()]


# --- what pydantic found, in sentences -----------------------------------------------------------


def _form_at(form: type[Form], loc: Loc) -> type[Form]:
    """The form that holds the last key of `loc`."""
    for part in loc[:-1]:
        if isinstance(part, str):
            field = _field(form, part)
            inner = _inner_form(field.annotation) if field else None
            form = inner or form
    return form


def _inner_form(annotation: Any) -> type[Form] | None:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return annotation
    for inner in get_args(annotation):
        found = _inner_form(inner)
        if found:
            return found
    return None


def _field(form: type[Form], key: str) -> FieldInfo | None:
    for name, field in form.model_fields.items():
        if key_of(name, field) == key:
            return field
    return None


def _example(key: str, field: FieldInfo | None) -> str:
    examples = field.examples if field else None
    if not examples:
        return ""
    if field is not None and "tuple" in str(field.annotation):
        return f" Write '{key}:' and below it '- {examples[0]}'."
    return f" Write for example: {key}: {examples[0]}"


def _as_problem(form: type[Form], document: Document, error: Any) -> Problem:
    loc: Loc = tuple(error["loc"])
    key = str(loc[-1]) if loc and isinstance(loc[-1], str) else ""
    holder = _form_at(form, loc)
    field = _field(holder, key) if key else None
    match error["type"]:
        case "missing":
            what = (field.description or "").rstrip(".") if field else ""
            return document.problem(
                loc,
                f"The key '{key}' is missing: {what[:1].lower()}{what[1:]}.{_example(key, field)}",
            )
        case "extra_forbidden":
            return document.problem(loc, f"There is no such key.{did_you_mean(key, _keys(holder))}")
        case "value_error":
            return document.problem(loc, str(error["ctx"]["error"]))
        case "string_too_short":
            return document.problem(
                loc, "There is no text here. Write it, or leave the key out if it is not known."
            )
        case "string_type":
            found = "a list" if isinstance(error["input"], list) else "a group of keys"
            return document.problem(
                loc,
                f"This must be one text, not {found}. If the text has a colon in it, "
                "put it in quotes.",
            )
        case "tuple_type":
            return document.problem(
                loc, "This is a list. Write each item on its own line after a hyphen."
            )
        case "literal_error":
            return document.problem(
                loc, f"'{error['input']}' is not allowed here. Write {error['ctx']['expected']}."
            )
        case "model_type" | "model_attributes_type" | "dict_type":
            inner = _inner_form(field.annotation) if field else None
            target = inner or (_inner_form(f.annotation) if (f := _last_field(form, loc)) else None)
            keys = _keys(target) if target else []
            return document.problem(
                loc, f"Here stands a group of keys, not a text. Its keys are: {', '.join(keys)}."
            )
    return document.problem(loc, "This is not in the form that the guide describes.")


def _last_field(form: type[Form], loc: Loc) -> FieldInfo | None:
    keys = [part for part in loc if isinstance(part, str)]
    return _field(_form_at(form, (*keys,)), keys[-1]) if keys else None


# --- words and labels ----------------------------------------------------------------------------


def _words_and_labels(form: type[Form], document: Document, words: Words) -> Iterator[Problem]:
    labels = (
        [
            source["label"]
            for source in document.value.get("sources", [])
            if isinstance(source, dict) and isinstance(source.get("label"), str)
        ]
        if isinstance(document.value.get("sources", []), list)
        else []
    )
    for loc, mark, text, _ in marked(form, document.value):
        if not text.strip():
            continue
        if isinstance(mark, Word):
            table = words.get(mark.vocabulary, {})
            if text in table or (mark.or_text and not ID.fullmatch(text)):
                continue
            yield document.problem(
                loc,
                f"'{text}' is not in vocab/{mark.vocabulary}.yml.{did_you_mean(text, table)}",
            )
        elif isinstance(mark, Label) and text not in labels:
            yield document.problem(
                loc, f"No source in this file has the label '{text}'.{did_you_mean(text, labels)}"
            )


# --- rules within one file -----------------------------------------------------------------------

Rule = Iterator[tuple[Loc, str]]


def _rules(record: Form, words: Words) -> Rule:
    sources = getattr(record, "sources", ())
    yield from _once("sources", "label", [source.label for source in sources])
    yield from _said_once((), record)
    if isinstance(record, Record) and not _topics(record):
        yield (
            ("title",),
            "No list leads to this record. Give it at least one topic of vocab/topics.yml.",
        )
    if isinstance(record, Ruling):
        yield from _ruling(record, words)
    elif isinstance(record, Instrument):
        yield from _instrument(record)
    elif isinstance(record, Incident):
        yield from _incident(record)
    elif isinstance(record, Argument) and not record.for_ and not record.against:
        yield (
            ("proposition",),
            "A proposition needs at least one authority. Add 'for' or 'against'.",
        )


def _topics(record: Record) -> set[str]:
    units = record.provisions if isinstance(record, Instrument) else ()
    return set(record.topics).union(*(unit.topics for unit in units))


def _unused_sources(form: type[Form], document: Document) -> Iterator[Problem]:
    """A source is there for something: words or a step rest on it, or it says what it shows."""
    sources = document.value.get("sources")
    if not isinstance(sources, list):
        return
    used = {text for _, mark, text, _ in marked(form, document.value) if isinstance(mark, Label)}
    for number, source in enumerate(sources):
        if isinstance(source, dict) and source.get("label") not in used and "shows" not in source:
            yield document.problem(
                ("sources", number),
                "Nothing rests on this source. Say under 'shows' what was seen in it, "
                "or take it out.",
            )


def _once(group: str, key: str, texts: Iterable[str]) -> Rule:
    for number, first, text in _twice(texts):
        says = f"'{text}' was already used for {group}[{first + 1}]. Choose another."
        yield (group, number, key), says


def _said_once(loc: Loc, form: Form) -> Rule:
    for key in ("catchwords", "asked", "see_also"):
        for number, _, text in _twice(getattr(form, key, ())):
            yield (*loc, key, number), f"'{text}' stands here twice. Take one away."


def _twice(texts: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """The texts that stood before, whatever their letters' case; where, and where first."""
    seen: dict[str, int] = {}
    for number, text in enumerate(texts):
        first = seen.setdefault(text.casefold(), number)
        if first != number:
            yield number, first, text


def _in_order(loc: Loc, dates: list[str]) -> Rule:
    for number in range(1, len(dates)):
        shorter = min(len(dates[number - 1]), len(dates[number]))
        if dates[number][:shorter] < dates[number - 1][:shorter]:
            yield (
                (*loc, number, "date"),
                f"{dates[number]} stands after {dates[number - 1]}. "
                "Put the steps in order, the oldest first.",
            )


def later(first: str, second: str) -> bool:
    """Whether `first` is certainly later than `second`, both known to a day, a month or a year."""
    shorter = min(len(first), len(second))
    return first[:shorter] > second[:shorter]


def _ruling(record: Ruling, words: Words) -> Rule:
    yield from _once("points", "id", [point.id for point in record.points])
    yield from _in_order(("history",), [event.date for event in record.history])
    yield from _status_and_history(record, words)
    if later(record.decided, record.status_checked):
        yield (
            ("status_checked",),
            f"The ruling is of {record.decided}, so it cannot have been looked up on "
            f"{record.status_checked}. Correct one of the two.",
        )
    for number, event in enumerate(record.history):
        if event.event in {"set-aside", "partly-set-aside"} and not (event.by or event.ruling):
            yield (
                ("history", number, "event"),
                "It must be said by whom this was set aside. Add 'by' (the court) and, "
                "if this book holds it, 'ruling'.",
            )
    good = words.get("fates", {})
    for number, point in enumerate(record.points):
        fate = good.get(point.fate)
        if record.status == "set-aside" and getattr(fate, "good", "no") == "yes":
            yield (
                ("points", number, "fate"),
                f"The ruling was set aside, so a point of it cannot be '{point.fate}'. "
                "Write 'set-aside', or 'partly-set-aside' as the status of the ruling.",
            )


def _status_and_history(record: Ruling, words: Words) -> Rule:
    """The status must be one that the last telling event of the history can leave behind."""
    events = words.get("events", {})
    for event in reversed(record.history):
        leaves = getattr(events.get(event.event), "leaves", ())
        if leaves:
            if record.status not in leaves:
                yield (
                    ("status",),
                    f"The last event of the history is '{event.event}' ({event.date}), so this "
                    f"cannot be '{record.status}'. Write {_choice(leaves)}, "
                    "or add the later event.",
                )
            return
    needs_event = {"set-aside", "partly-set-aside", "stayed", "under-appeal", "overtaken"}
    if record.status in needs_event:
        yield (
            ("status",),
            f"The history has no event that makes this '{record.status}'. Add the event with its "
            "date, its court and its source.",
        )


def _choice(options: Collection[str]) -> str:
    texts = [f"'{option}'" for option in options]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"


def _instrument(record: Instrument) -> Rule:
    yield from _once("provisions", "unit", [provision.unit for provision in record.provisions])
    yield from _in_order(("history",), [event.date for event in record.history])
    for number, provision in enumerate(record.provisions):
        loc: Loc = ("provisions", number)
        yield from _in_order((*loc, "history"), [event.date for event in provision.history])
        yield from _said_once(loc, provision)
        seen: set[tuple[Any, ...]] = set()
        for which, text in enumerate(provision.texts):
            same = (text.language, text.part, text.until, text.translator, text.version)
            if same in seen:
                yield (
                    (*loc, "texts", which),
                    "This language and part were given already. "
                    "Say in 'part', 'until' or 'version' what makes these words another text.",
                )
            seen.add(same)


def _incident(record: Incident) -> Rule:
    if record.ended and later(record.began, record.ended):
        yield (
            ("ended",),
            f"It began on {record.began}, so it cannot have ended on {record.ended}. Correct one.",
        )


# --- the name of the file ------------------------------------------------------------------------


def judge_name(folder: str, place: str, stem: str, record: Form | None, words: Words) -> str | None:
    """What is wrong with the name of a file, or `None`: the stem is the record's ID."""
    if not LABEL.fullmatch(stem):
        return (
            f"'{stem}' cannot be an ID. Rename the file: small letters, digits and hyphens, "
            "then .yml."
        )
    if folder == "arguments":
        return None
    if not stem.startswith(f"{place}-"):
        return f"The file stands in {folder}/{place}/, so its name must begin with '{place}-'."
    if isinstance(record, Ruling) and record.court in words.get("courts", {}):
        start = f"{record.court}-{record.decided[:4]}-"
        if not stem.startswith(start):
            year = record.decided[:4]
            return f"A ruling of {record.court} of {year} has a name beginning '{start}'."
    if isinstance(record, Incident):
        if record.place != place:
            return (
                f"The incident says place: {record.place}, "
                f"but the file stands in {folder}/{place}/."
            )
        if not stem.startswith(f"{place}-{record.began[:4]}"):
            return (
                f"An incident that began on {record.began} has a name beginning "
                f"'{place}-{record.began}-'."
            )
    return None
