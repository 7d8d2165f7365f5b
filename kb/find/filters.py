"""What narrows an answer: kind, place, court, topic, standing, right, provision and year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from kb.citation import Grammar
from kb.find.about import About, PageRow, RecordRow
from kb.find.spelling import nearest
from kb.letters import fold


class QueryProblem(Exception):
    """A query that cannot be answered; the text says why in one sentence."""


@dataclass(frozen=True)
class Filters:
    """Each filter may have several values; a record needs one of each that is given.

    Values are IDs, short names or labels, as people type them. `provision` is what a record applies
    (`pk-constitution/19a`, or 'Article 19A').
    """

    kind: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    court: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    provision: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Filters()

    def with_typed(self, name: str, value: str) -> Filters:
        """These and one more, as typed in a query: `court:pk-shc`, `year:2020-2024`."""
        if name == "year":
            first, last = years(value)
            return replace(self, year_from=first, year_to=last)
        name = "provision" if name == "applies" else name
        more: Any = {name: (*getattr(self, name), value)}
        return replace(self, **more)


TYPED = (*(one.name for one in fields(Filters) if "year" not in one.name), "applies", "year")
"""The names that can be typed before a colon."""


def years(text: str) -> tuple[int | None, int | None]:
    """The first and last year of `2024`, `2020-2024`, `2020-` or `-2024`."""
    found = re.fullmatch(r"(\d{4})?(?:(-|\.\.)(\d{4})?)?", fold(text).strip())
    if not found or not (found[1] or found[3]):
        raise QueryProblem(f"'{text}' is not a year. Write year:2024 or year:2020-2024.")
    first = int(found[1]) if found[1] else None
    last = int(found[3]) if found[3] else None
    return first, last if found[2] else first


Passes = Callable[[RecordRow, PageRow], bool]


def passing(filters: Filters, about: About, grammar: Grammar) -> Passes:
    """What tells whether a page passes; raises `QueryProblem` if a value is nothing of the book."""
    kinds = _ids("kind", filters.kind, about.kinds)
    places = _ids("place", filters.place, about.places)
    courts = _ids("court", filters.court, about.courts)
    standings = _ids("standing", filters.standing, about.standings)
    named = {
        key: [key, fold(t.label), *(phrase.words for phrase in t.phrases)]
        for key, t in about.topics.items()
        if filters.topic or filters.right
    }
    topics = _ids("topic", filters.topic, named)
    rights = {key: names for key, names in named.items() if about.topics[key].right}
    right = _ids("right", filters.right, rights)
    applied = [_provisions(text, grammar) for text in filters.provision]
    first, last = filters.year_from, filters.year_to

    def passes(record: RecordRow, page: PageRow) -> bool:
        return (
            (not kinds or record.kind in kinds or record.sort in kinds)
            and (not places or not places.isdisjoint(record.places))
            and (not courts or record.court in courts)
            and (not standings or record.standing in standings)
            and (not topics or not topics.isdisjoint(page.topics))
            and (not right or not right.isdisjoint(page.topics))
            and (not applied or any(_applies(page, tokens) for tokens in applied))
            and (first is None or (bool(record.years) and record.years[1] >= first))
            and (last is None or (bool(record.years) and record.years[0] <= last))
        )

    return passes


def _ids(field: str, values: Iterable[str], known: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    for value in values:
        wanted = " ".join(fold(value).replace("-", " ").split())
        ids = {
            key
            for key, names in known.items()
            if wanted in {name.replace("-", " ") for name in names} or key == value
        }
        if not ids:
            near = nearest(fold(value), [name for names in known.values() for name in names])
            meant = f" Did you mean '{near}'?" if near else f" There are: {', '.join(known)}."
            raise QueryProblem(f"There is no {field} '{value}'.{meant}")
        found |= ids
    return found


def _provisions(text: str, grammar: Grammar) -> tuple[str, ...]:
    """The tokens of a provision that is given by its ID or as people write it."""
    wanted = text.strip().lower()
    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+(?:/\S*)?", wanted):
        return (wanted,)
    found = tuple(token for one in grammar.find(text) for token in one.wanted)
    if wanted.isdecimal():
        found = (f"unit:{int(wanted)}",)
    if not found:
        raise QueryProblem(
            f"'{text}' is not a provision. Write it like pk-constitution/19a or Article 19A."
        )
    return found


def _applies(page: PageRow, tokens: Iterable[str]) -> bool:
    return any(
        applied == token or ("/" not in token and applied.startswith(f"{token}/"))
        for token in tokens
        for applied in page.applies
    )
