"""What the search looks through: a record's pages, and the passages of each.

A passage is one paragraph of the law, one point, one quotation, one piece of our prose. It belongs
to a page: that of its record or, in an instrument, that of its provision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# What no longer stands comes later, and is never hidden.
STANDINGS: dict[str, float] = {
    "stands": 1.0, "interim": 0.95, "under-appeal": 0.95, "unknown": 0.9, "partly-set-aside": 0.8,
    "stayed": 0.7, "overtaken": 0.65, "set-aside": 0.65,
}  # fmt: skip
RANKS = {"1": 1.1, "2": 1.05, "3": 1.0, "4": 0.95, "5": 0.95}
SUPERSEDED = 0.5
# Who writes in a script asks first of all about the law of a place; and so does who gives the
# number of a provision and names no law.
BARE = "bare"
HOMES = {"arabic": "pk", "cyrillic": "ru", BARE: "pk"}

LINKED = "linked"  # the part of passages that are words of other records on this one
CATCHWORDS, ASKED = "catchwords", "asked"


@dataclass(frozen=True)
class Passage:
    """A passage: its words, where it stands, and the tokens of what it is and what it applies."""

    text: str
    part: str
    pinpoint: str
    language: str = "en"
    anchor: str = ""
    weight: float = 1.0
    tokens: tuple[str, ...] = ()
    says: str = ""


@dataclass
class Page:
    """A page of the site as the search sees it; its first passage is the one that leads."""

    id: str
    context: str
    passages: list[Passage] = field(default_factory=list)
    topics: tuple[str, ...] = ()
    applies: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass
class Searched:
    """A record as the search sees it: what is shown of it, what it is filtered by, its pages.

    `later` is the ruling of the book that took this one away or casts doubt on it.
    """

    id: str
    kind: str
    sort: str
    title: str
    names: tuple[str, ...]
    place: str
    places: tuple[str, ...]
    court: str = ""
    date: str = ""
    years: tuple[int, int] | None = None
    standing: str = ""
    says: str = ""
    later: str = ""
    pages: list[Page] = field(default_factory=list)


def is_of(home: str, places: Sequence[str]) -> bool:
    """Whether a record is of a place; an argument, which is of none, is at home in all."""
    return home in places or not any(places)
