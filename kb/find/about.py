"""What an answer needs to know of the records, kept beside the index so that no record is read.

Plain rows, made when the index is built: the records, their pages, the passages in the order of the
index, and the names by which courts, places and topics are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple


class RecordRow(NamedTuple):
    """A record as it is shown and filtered; `names` are folded words, one text for each name."""

    id: str
    kind: str
    sort: str
    title: str
    names: list[str]
    place: str
    places: list[str]
    court: str
    date: str
    years: list[int]
    standing: str
    says: str
    later: str


class PageRow(NamedTuple):
    """A page: its ID, the number of its record, and what it is filtered by."""

    id: str
    record: int
    topics: list[str]
    applies: list[str]


class PassageRow(NamedTuple):
    """A passage: the number of its page, where it stands, and how much a match in it counts."""

    page: int
    part: str
    pinpoint: str
    language: str
    anchor: str
    weight: float
    says: str


class Phrase(NamedTuple):
    """What people type: its folded words, and their stems."""

    words: str
    stems: str


class Topic(NamedTuple):
    """A topic, and what people type for it."""

    label: str
    right: bool
    phrases: list[Phrase]


def topics_of(rows: Mapping[str, Any]) -> dict[str, Topic]:
    """The topics in plain rows."""
    return {
        name: Topic(label, right, [Phrase(*phrase) for phrase in phrases])
        for name, (label, right, phrases) in rows.items()
    }


class About:
    """All rows, and the names: of courts, places and standings, folded, by ID."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.records = [RecordRow(*row) for row in data["records"]]
        self.pages = [PageRow(*row) for row in data["pages"]]
        self.passages = [PassageRow(*row) for row in data["passages"]]
        # Records with pages of their own for provisions.
        self.laws = {
            one.record for one, other in pairwise(self.pages) if one.record == other.record
        }
        self.topics = topics_of(data["topics"])
        self.courts: dict[str, list[str]] = data["courts"]
        self.places: dict[str, list[str]] = data["places"]
        self.standings: dict[str, list[str]] = data["standings"]
        self.kinds: dict[str, list[str]] = data["kinds"]
        self.grammar: dict[str, Any] = data["grammar"]

    def record_of(self, passage: int) -> RecordRow:
        """The record that a passage belongs to."""
        return self.records[self.pages[self.passages[passage].page].record]
