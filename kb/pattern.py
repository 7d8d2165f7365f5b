"""The patterns of the citation grammar: templates of `vocab/citations.yml` made to find and read.

The little language is explained at the head of that file. A pattern gives the fields of what it
found (`series`, `year`, `unit` ...) in one form each: `0016` is `16`, `19-A` and `۱۹ اے` are `19a`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.letters import fold

Fields = dict[str, str]

_BLANK = r"[\s.,]{0,3}"
_BRACES = re.compile(r"\{(?:([a-z]+)=)?([a-z][a-z0-9-]*)\}")
_FIELD = re.compile(r"\{(\w+)\}")
LONGEST_RANGE = 60


class Unusable(Exception):
    """The grammar cannot be used as it is written; the text says why."""


@dataclass(frozen=True)
class Pattern:
    """One way of citing. `item` finds each number where one citation holds several."""

    name: str
    kind: str
    regex: re.Pattern[str]
    item: re.Pattern[str] | None
    pieces: Mapping[str, str]
    canonical: str
    also: tuple[str, ...]

    @property
    def is_provision(self) -> bool:
        """Whether it finds provisions, which have parts and belong to an instrument."""
        return self.kind in {"provision", "unit"}


class Patterns:
    """All patterns of a grammar; compiled when first asked for, since most texts need none."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._lists: dict[str, dict[str, str]] = {
            name: {_squeezed(fold(s)): value for value, row in table.items() for s in row}
            for name, table in data.get("lists", {}).items()
        }
        self._all: list[Pattern] | None = None

    def all(self) -> list[Pattern]:
        """The patterns in the order of the file. Raises `Unusable` if one cannot be read."""
        if self._all is None:
            self._all = [self._made(name, value) for name, value in self.data["patterns"].items()]
        return self._all

    def regex(self, template: str) -> re.Pattern[str]:
        """A regular expression from a template with pieces in braces."""
        return re.compile(self._source(template, {}))

    def _made(self, name: str, value: Mapping[str, Any]) -> Pattern:
        pieces: dict[str, str] = {}
        try:
            source = self._source(value["pattern"], pieces)
            item = self._source(value["each"], pieces) if "each" in value else None
            return Pattern(
                name,
                value["kind"],
                # A citation begins and ends where a word does.
                re.compile(rf"(?<![\w'])(?:{source})(?!(?<=\w)\w)"),
                re.compile(item) if item else None,
                pieces,
                value["canonical"],
                tuple(value.get("also", ())),
            )
        except (KeyError, re.error) as error:
            raise Unusable(f"The pattern '{name}' cannot be read: {error}.") from None

    def _source(self, template: str, pieces: dict[str, str]) -> str:
        def put(found: re.Match[str]) -> str:
            kept, name = found[1], found[2]
            if name in self._lists:
                inner = _alternatives(self.data["lists"][name])
            else:
                inner = self._source(self.data["pieces"][name], {})
            if not kept:
                return f"(?:{inner})"
            pieces[kept] = name
            return f"(?P<{kept}>{inner})"

        return _BRACES.sub(put, template.replace(" ", _BLANK))

    # --- what was found, in one form

    def fields(self, pattern: Pattern, found: re.Match[str]) -> Fields:
        """The fields of what a pattern found; '' where one was not there."""
        return {
            name: self.value(pattern.pieces[name], text or "")
            for name, text in found.groupdict().items()
            if name in pattern.pieces
        }

    def value(self, piece: str, text: str) -> str:
        """The one form of a text that was found as a piece or as a spelling of a list."""
        if piece in self._lists:
            return self._lists[piece].get(_squeezed(text), "")
        text = re.sub(r"\s", "", text)
        if piece in {"unit", "bare"}:
            return self._unit(text)
        if piece == "case-number":
            found = re.fullmatch(r"([a-z]*)-*(\d+)-*([a-z]*)", text)
            parts = (found[1], str(int(found[2])), found[3]) if found else (text,)
            return "-".join(part for part in parts if part)
        if piece == "case-year" and len(text) == 2:
            return f"{'19' if int(text) > 46 else '20'}{text}"
        if piece == "un-symbol":
            text = re.sub(r"/(add|rev|corr)(\d)", r"/\1.\2", text)
        if text.startswith("("):
            text = text.strip("()")
        return str(int(text)) if text.isdecimal() else text

    def _unit(self, text: str) -> str:
        number, bracket, parts = text.partition("(")
        digits = re.match(r"\d+(?:\.\d+)*(?:-\d+)?", number)
        if digits is None:
            return ""
        letter = number[digits.end() :].lstrip("-.")
        letter = self._lists.get("suffix", {}).get(_squeezed(letter), letter)
        # 19(1)a is 19(1)(a).
        return digits[0] + letter + bracket + re.sub(r"\)([a-z])$", r")(\1)", parts)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.\-]+", "", text)


def _alternatives(table: Mapping[str, Iterable[str]]) -> str:
    spellings = {fold(spelling) for row in table.values() for spelling in row}
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return "|".join(
        "".join(r"[\s.\-]{0,2}" if sign in " -" else re.escape(sign) for sign in spelling)
        for spelling in longest_first
    )


def filled(template: str, fields: Mapping[str, str]) -> str:
    """The template with its fields; '' if one is missing that has no brackets of its own."""
    text = re.sub(
        r"\(\{(\w+)\}\)", lambda f: f"({fields[f[1]]})" if fields.get(f[1]) else "", template
    )
    if any(not fields.get(name) for name in _FIELD.findall(text)):
        return ""
    return _FIELD.sub(lambda found: fields[found[1]], text)


def halves(unit: str) -> list[str]:
    """The units from 20 to 22 if a unit is written '20-22' and the second is the greater."""
    found = re.fullmatch(r"(\d+)-(\d+)", unit)
    if not found or not int(found[1]) < int(found[2]) <= int(found[1]) + LONGEST_RANGE:
        return []
    return [str(number) for number in range(int(found[1]), int(found[2]) + 1)]


def between(first: Mapping[str, str], last: Mapping[str, str]) -> Iterator[Fields]:
    """The items between two that are joined by 'to': 15 and 16 in 14 to 17, 2B in 2A to 2C."""
    for name in ("unit", "number"):
        low, high = first.get(name, ""), last.get(name, "")
        if (
            low.isdecimal()
            and high.isdecimal()
            and int(low) < int(high) <= int(low) + LONGEST_RANGE
        ):
            yield from ({name: str(number)} for number in range(int(low) + 1, int(high)))
        elif re.fullmatch(r"\d+[a-z]", low) and re.fullmatch(low[:-1] + "[a-z]", high):
            letters = range(ord(low[-1]) + 1, ord(high[-1]))
            yield from ({name: low[:-1] + chr(letter)} for letter in letters)


def enclosing(token: str) -> list[str]:
    """A provision's token and those of what encloses it: `art:19(1)(a)`, `art:19(1)`, `art:19`."""
    found = [token]
    while token.endswith(")") and "(" in token:
        token = token[: token.rindex("(")]
        found.append(token)
    return found
