"""The allowed words: `vocab/*.yml` read into tables, each word with its meaning beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from kb.check import judge
from kb.letters import fold
from kb.load import Document, Problem, Unreadable, read
from kb.model import LABEL, Date, Form, ProvisionId, Source, Text, Word, YesNo

Standing = Literal[
    "stands", "interim", "under-appeal", "stayed", "partly-set-aside", "set-aside", "overtaken",
    "unknown",
]  # fmt: skip


class WordEntry(Form):
    """A word, how it is shown, and what it means."""

    label: Text
    meaning: Text


class Place(WordEntry):
    """A State, a territory or an organisation."""

    also: tuple[Text, ...] = ()


class Court(WordEntry):
    """A court, or a body that decides cases; `bound_by` names whose decisions bind it."""

    short: Text
    place: Annotated[str, Word("places")]
    rank: Literal["1", "2", "3", "4", "5"]
    bound_by: tuple[Annotated[str, Word("courts")], ...] = ()
    because: tuple[ProvisionId, ...] = ()
    also: tuple[Text, ...] = ()
    since: Date | None = None
    open: tuple[Text, ...] = ()


class Body(WordEntry):
    """A ministry, regulator, company or organisation that orders, carries out, measures or sues."""

    place: Annotated[str, Word("places")] | None = None
    sort: Annotated[str, Word("body-sorts")]
    also: tuple[Text, ...] = ()
    under: Text | None = None
    rests_on: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    sources: tuple[Source, ...] = ()
    open: tuple[Text, ...] = ()


class Synonyms(Form):
    """What people type for a topic, by language."""

    en: tuple[Text, ...] = ()
    ur: tuple[Text, ...] = ()
    ru: tuple[Text, ...] = ()


class TopicEntry(WordEntry):
    """A topic, its labels, the chapter that it is listed in, and what people type for it."""

    chapter: Annotated[str, Word("chapters")]
    label_ur: Text | None = None
    label_ru: Text | None = None
    right: YesNo = "no"
    also: Synonyms = Field(default_factory=Synonyms)


class Kind(WordEntry):
    """A kind of instrument, and whether such an instrument binds."""

    binds: Literal["yes", "no", "parties"]


class RulingStatus(WordEntry):
    """What has become of a ruling, and the standing that it is shown with."""

    standing: Standing


class EventEntry(WordEntry):
    """What can happen; `leaves` names the statuses that may follow a ruling's last such event."""

    leaves: tuple[Annotated[str, Word("ruling-statuses")], ...] = ()


class Fate(WordEntry):
    """What has become of one point."""

    good: YesNo


class SourceKind(WordEntry):
    """A kind of source; `court_grade` says whether it carries the words themselves."""

    court_grade: YesNo


class LanguageEntry(WordEntry):
    """A language and the direction it is written in."""

    direction: Literal["ltr", "rtl"]


class TreatmentEntry(WordEntry):
    """A treatment, with the wording for the later and for the earlier ruling."""

    reverse: Text


TABLES: dict[str, type[WordEntry]] = {
    "places": Place,
    "courts": Court,
    "bodies": Body,
    "body-sorts": WordEntry,
    "kinds": Kind,
    "ruling-kinds": WordEntry,
    "statuses": WordEntry,
    "ruling-statuses": RulingStatus,
    "events": EventEntry,
    "treatments": TreatmentEntry,
    "weights": WordEntry,
    "fates": Fate,
    "chapters": WordEntry,
    "topics": TopicEntry,
    "source-kinds": SourceKind,
    "measures": WordEntry,
    "triggers": WordEntry,
    "benches": WordEntry,
    "directions": WordEntry,
    "participation": WordEntry,
    "languages": LanguageEntry,
}
"""Each vocabulary and the form of its entries."""


@dataclass(frozen=True)
class Vocabulary:
    """All tables; `table["courts"]["pk-sc"]` is a `Court`."""

    tables: dict[str, dict[str, WordEntry]]
    spellings: tuple[tuple[str, ...], ...] = ()  # forms of the same word in each row
    here: tuple[tuple[str, ...], ...] = ()  # words of the matter of this book in each row
    elsewhere: tuple[tuple[str, ...], ...] = ()  # words of another matter in each row

    def label(self, table: str, word: str) -> str:
        """The label of a word, or the word itself where the table does not hold it."""
        entry = self.tables.get(table, {}).get(word)
        return entry.label if entry else word

    @property
    def courts(self) -> dict[str, Court]:
        """The courts by ID."""
        return {key: e for key, e in self.tables["courts"].items() if isinstance(e, Court)}

    @property
    def bodies(self) -> dict[str, Body]:
        """The bodies by word."""
        return {key: e for key, e in self.tables["bodies"].items() if isinstance(e, Body)}

    @property
    def topics(self) -> dict[str, TopicEntry]:
        """The topics by word."""
        return {key: e for key, e in self.tables["topics"].items() if isinstance(e, TopicEntry)}

    def in_chapters(self, topics: Iterable[str]) -> list[tuple[str, list[str]]]:
        """The topics under the labels of their chapters, in the order of the chapters."""
        of: dict[str, list[str]] = {chapter: [] for chapter in self.tables["chapters"]}
        for topic in topics:
            if topic in self.topics:
                of[self.topics[topic].chapter].append(topic)
        return [(self.label("chapters", chapter), of[chapter]) for chapter in of if of[chapter]]

    def standing_of(self, status: str) -> Standing:
        """The standing that a ruling with this status is shown with."""
        entry = self.tables["ruling-statuses"].get(status)
        return entry.standing if isinstance(entry, RulingStatus) else "unknown"


def read_vocabulary(folder: Path) -> tuple[Vocabulary, list[Problem]]:
    """All tables in `folder`, and what is wrong with them, in the order of `TABLES`."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for table in TABLES:
        try:
            documents[table] = read(folder / f"{table}.yml", f"vocab/{table}.yml")
        except Unreadable as error:
            problems.append(error.problem)
    words = {table: document.value for table, document in documents.items()}
    tables: dict[str, dict[str, WordEntry]] = {table: {} for table in TABLES}
    for table, document in documents.items():
        problems += document.problems
        for word, value in document.value.items():
            if not LABEL.fullmatch(word):
                says = f"'{word}' cannot be a word. Use small letters, digits and hyphens."
                problems.append(document.problem((word,), says))
                continue
            lines = {loc[1:]: n for loc, n in document.lines.items() if loc[:1] == (word,)}
            one = Document(f"{document.file}", value, lines)
            judged = judge(TABLES[table], one, words)
            problems += [replace(p, key=f"{word}.{p.key}".rstrip(".")) for p in judged.problems]
            if judged.record is not None:
                tables[table][word] = judged.record
    spellings, wrong = _read_rows(folder / "spellings.yml", _wrong_spellings)
    problems += wrong
    matters = []
    for table in ("here", "elsewhere"):
        rows, wrong = _read_rows(folder / f"{table}.yml", _wrong_words)
        matters.append(rows)
        problems += wrong
    return Vocabulary(tables, spellings, *matters), problems


def _wrong_spellings(forms: list[str]) -> str:
    if len(forms) < 2:
        return "One form alone finds nothing more. Write a second one, or leave the row out."
    return ""


def _wrong_words(words: list[str]) -> str:
    several = next((word for word in words if len(word.split()) != 1), None)
    if several is not None:
        return f"'{several}' is not one word. Write the word of it that tells of the matter."
    return ""


def _read_rows(
    path: Path, wrong: Callable[[list[str]], str]
) -> tuple[tuple[tuple[str, ...], ...], list[Problem]]:
    """The rows of a file, if there is one, and what is wrong with them.

    `wrong` gives a sentence on what is wrong with the forms of a row, or nothing.
    """
    if not path.exists():
        return (), []
    try:
        document = read(path, f"vocab/{path.name}")
    except Unreadable as error:
        return (), [error.problem]
    rows: list[tuple[str, ...]] = []
    problems = list(document.problems)
    for word, forms in document.value.items():
        if not LABEL.fullmatch(word):
            says = f"'{word}' cannot be a word. Use small letters, digits and hyphens."
        elif not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
            says = "Write the forms as a list, each on its own line after a hyphen."
        elif wrong(forms):
            says = wrong(forms)
        elif len({fold(form) for form in forms}) < len(forms):
            says = "A form stands twice. Capitals, accents and vowel marks make no other form."
        else:
            rows.append(tuple(forms))
            continue
        problems.append(document.problem((word,), says))
    return tuple(rows), problems
