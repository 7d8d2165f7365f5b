"""A YAML file as text: every scalar stays the text that was written, with the line it stands on.

Nothing is guessed: no numbers, no dates, no booleans, no objects. What YAML would change behind
the writer's back (a comment that cuts a text, a key used twice, an alias) becomes a `Problem`.
A file that cannot be read at all raises `Unreadable` with the one problem that matters.
The only module that knows the YAML library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

# libyaml's parser where PyYAML was built with it; otherwise the same, ten times slower.
_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

Loc = tuple[str | int, ...]

LARGEST = 2_000_000  # bytes; the largest record of law is a tenth of this
DEEPEST = 12


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, for a person: file, line (from 1), key, and one or two sentences."""

    file: str
    line: int
    key: str
    says: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}"
        return f"{where}: {self.key}\n  {self.says}" if self.key else f"{where}\n  {self.says}"


class Unreadable(Exception):
    """A file that cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass
class Document:
    """A file as text: `value` is made of dicts, lists and texts; `lines` says where each stands."""

    file: str
    value: dict[str, Any]
    lines: dict[Loc, int]
    problems: list[Problem] = field(default_factory=list)

    def line(self, loc: Loc) -> int:
        """The line of a place, or of the nearest thing around it that has one."""
        for end in range(len(loc), -1, -1):
            if loc[:end] in self.lines:
                return self.lines[loc[:end]]
        return 1

    def problem(self, loc: Loc, says: str) -> Problem:
        """A problem at a place of this file."""
        return Problem(self.file, self.line(loc), spell(loc), says)


def spell(loc: Loc) -> str:
    """A place as a person counts: `quotes[1].compared_with[2]`, from 1."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else str(part)
    return text


# U+0085, U+2028 and U+2029 would silently become line breaks; the others cannot be seen or reorder
# what is seen. U+200C to U+200F are left in peace: Urdu and Persian need them.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(path: Path, name: str | None = None) -> Document:
    """The document in the file at `path`; `name` is what messages call it.

    Raises `Unreadable`, and never anything else, if the file cannot be read as a record.
    """
    name = name or str(path)

    def refuse(says: str, line: int = 1) -> Unreadable:
        return Unreadable(Problem(name, line, "", says))

    try:
        if path.stat().st_size > LARGEST:
            raise refuse("The file is larger than 2 MB. A record holds one thing; split the file.")
        raw = path.read_bytes()
    except OSError as error:
        raise refuse(f"The file cannot be read: {error.strerror}.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(
            "The file is not saved as UTF-8. Save it again and choose UTF-8 as its encoding.",
            raw.count(b"\n", 0, error.start) + 1,
        ) from None
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """The document in `text`; as `read`."""
    text = text.replace("\r\n", "\n")
    _refuse_letters(text, name)
    builder = _Builder(text, name)
    try:
        builder.build()
    except yaml.YAMLError as error:
        raise Unreadable(_as_sentence(error, text, name)) from None
    return builder.document


def _refuse_letters(text: str, name: str) -> None:
    for pattern, what in (
        (_CONTROL, "a character that cannot be seen"),
        (_SURROGATE, "half a character"),
    ):
        if found := pattern.search(text):
            line = text.count("\n", 0, found.start()) + 1
            raise Unreadable(
                Problem(
                    name,
                    line,
                    "",
                    f"There is {what} (U+{ord(found[0]):04X}). Delete it and type the text again.",
                )
            )
    for number, row in enumerate(text.split("\n"), 1):
        if "\t" in row[: len(row) - len(row.lstrip())]:
            raise Unreadable(
                Problem(name, number, "", "There is a tab. Indent with spaces, two for each level.")
            )


class _Builder:
    """Puts a document together from the parser's events, without recursion and without guessing."""

    def __init__(self, text: str, name: str) -> None:
        self.rows = text.split("\n")
        self.name = name
        self.events = yaml.parse(text, Loader=_LOADER)
        self.document = Document(name, {}, {(): 1})

    def refuse(self, mark: Any, says: str) -> Unreadable:
        return Unreadable(Problem(self.name, mark.line + 1, "", says))

    def build(self) -> None:
        # Each frame: the container, its place, and the key that waits for its value.
        frames: list[tuple[Any, Loc]] = []
        waiting: list[str | None] = []
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refuse(
                        event.start_mark,
                        "A second document begins here (---). One file holds one record.",
                    )
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                frames.pop()
                waiting.pop()
            elif isinstance(event, yaml.NodeEvent):
                self._node(event, frames, waiting)
        if documents == 0 or not self.document.lines.keys() - {()}:
            raise Unreadable(
                Problem(self.name, 1, "", "The file is empty. A record begins with its title.")
            )

    def _node(self, event: Any, frames: list[tuple[Any, Loc]], waiting: list[str | None]) -> None:
        mark = event.start_mark
        self._refuse_machinery(event)
        is_key = bool(frames) and isinstance(frames[-1][0], dict) and waiting[-1] is None
        if is_key:
            if not isinstance(event, yaml.ScalarEvent):
                raise self.refuse(
                    mark, "A key must be a single word, not a list or a group of keys."
                )
            waiting[-1] = self._key(event.value, frames[-1], mark)
            return
        loc = self._place(frames, waiting)
        self.document.lines.setdefault(loc, mark.line + 1)
        if isinstance(event, yaml.ScalarEvent):
            if not frames:
                raise self.refuse(
                    mark, "This is a text, not a record. A record begins with 'title:'."
                )
            self._put(self._scalar(event, loc), frames, waiting, loc)
            return
        if len(frames) >= DEEPEST:
            raise self.refuse(
                mark, "The keys are nested too deep for a record. Look at the indent."
            )
        made: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if not frames:
            if not isinstance(made, dict):
                raise self.refuse(
                    mark, "This is a list, not a record. A record begins with 'title:'."
                )
            self.document.value = made
        else:
            self._put(made, frames, waiting, loc)
        frames.append((made, loc))
        waiting.append(None)

    def _refuse_machinery(self, event: Any) -> None:
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse(
                mark,
                "The text begins with *, which YAML keeps for itself. "
                "Write the text after a bar (|) on the next line, or put it in quotes.",
            )
        if event.anchor is not None:
            raise self.refuse(
                mark,
                "The text begins with &, which YAML keeps for itself. "
                "Write the text after a bar (|) on the next line, or put it in quotes.",
            )
        if getattr(event, "tag", None) is not None:
            raise self.refuse(
                mark,
                "The text begins with !, which YAML keeps for itself. "
                "Write the text after a bar (|) on the next line, or put it in quotes.",
            )
        if getattr(event, "flow_style", False):
            sign = "{" if isinstance(event, yaml.MappingStartEvent) else "["
            raise self.refuse(
                mark,
                f"The text begins with {sign}, which YAML keeps for itself. Write the text after "
                "a bar (|) on the next line, or put it in quotes. "
                "A list has each item on its own line after a hyphen.",
            )

    def _place(self, frames: list[tuple[Any, Loc]], waiting: list[str | None]) -> Loc:
        if not frames:
            return ()
        container, loc = frames[-1]
        if isinstance(container, dict):
            return (*loc, waiting[-1] or "")
        return (*loc, len(container))

    def _key(self, key: str, frame: tuple[Any, Loc], mark: Any) -> str:
        container, loc = frame
        line = mark.line + 1
        if key in container:
            first = self.document.lines[(*loc, key)]
            self.document.problems.append(
                Problem(
                    self.name,
                    line,
                    spell((*loc, key)),
                    f"This key was already used on line {first}. Keep one.",
                )
            )
            return key + "\x00"  # read on, but keep the first value
        self.document.lines[(*loc, key)] = line
        return key

    def _put(
        self, made: Any, frames: list[tuple[Any, Loc]], waiting: list[str | None], loc: Loc
    ) -> None:
        container = frames[-1][0]
        if isinstance(container, dict):
            key = waiting[-1] or ""
            if not key.endswith("\x00"):
                container[key] = made
            waiting[-1] = None
        else:
            container.append(made)

    def _scalar(self, event: Any, loc: Loc) -> str:
        value: str = event.value
        says = ""
        end = event.end_mark
        rest = self.rows[end.line][end.column :] if end.line < len(self.rows) else ""
        if event.style == ">":
            says = "Write the text after a bar (|), not after >: that sign changes the line breaks."
        elif not event.style and re.match(r"\s+#", rest):
            says = (
                f"Everything after # is dropped: only '{_short(value)}' is kept. Put a comment on "
                "its own line; if # belongs to the text, put the text in quotes."
            )
        elif not value.strip() or (not event.style and value in {"~", "null"}):
            says = "There is no text here. Write it, or leave the key out if it is not known."
        if says:
            self.document.problems.append(self.document.problem(loc, says))
        return value[:-1] if event.style == "|" and value.endswith("\n") else value


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


_RESERVED = "[{&*!|>%@`"
_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        "mapping values are not allowed",
        "There is a colon in this text, or a line above lacks one. If the colon belongs to the "
        "text, put the whole text in quotes or after a bar (|).",
    ),
    (
        "could not find expected ':'",
        "A key must be followed by a colon. If this line belongs to the text above, indent it.",
    ),
    (
        "found character that cannot start any token",
        "The text begins with {sign}, which YAML keeps for itself. Write the text after a bar (|) "
        "on the next line, or put it in quotes.",
    ),
    (
        "did not find expected key",
        "The indent or the quotes do not fit the lines above. Put each key of a group in the same "
        "column, and a text that begins with a quote wholly into quotes.",
    ),
    (
        "did not find expected '-' indicator",
        "The indent does not fit the list above. Put each hyphen in the same column.",
    ),
    (
        "found unexpected end of stream",
        "A quote was opened and not closed. Close it, or write the text after a bar (|).",
    ),
    (
        "block sequence entries are not allowed",
        "A list begins on the line after its key, each item after a hyphen.",
    ),
    (
        "found unknown escape character",
        "In double quotes a backslash is special. Use single quotes.",
    ),
)


def _as_sentence(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    said = str(getattr(error, "problem", "") or error)
    start = re.search(r"(?:^\s*|:\s+|-\s+)([\[{&*!|>%@`])", row)
    if start and start[1] in "&*![{|>%@`" and "mapping values" not in said:
        sign = start[1]
        return Problem(
            name,
            line,
            "",
            f"The text begins with {sign}, which YAML keeps for itself. Write the "
            "text after a bar (|) on the next line, or put it in quotes.",
        )
    for words, says in _SENTENCES:
        if words in said:
            if "quote" in says and "context_mark" in dir(error) and error.context_mark:  # type: ignore[attr-defined]
                line = error.context_mark.line + 1  # type: ignore[attr-defined]
            sign = row[mark.column : mark.column + 1] if mark is not None else ""
            return Problem(name, line, "", says.format(sign=sign or "a sign"))
    return Problem(
        name, line, "", "This line cannot be read. Look at its indent, its quotes and its colon."
    )
