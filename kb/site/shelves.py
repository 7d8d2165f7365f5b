"""Everything the book holds, put on shelves: by place, court, topic, measure and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kb.base import Base
from kb.model import Argument, Incident, Ruling
from kb.site.names import target


@dataclass(frozen=True)
class Door:
    """A link into a list, and how much stands behind it."""

    name: str
    address: str
    count: int


@dataclass(frozen=True)
class Way:
    """Doors of one sort: by court, by year ...; `chapters` has the same doors under headings."""

    heading: str
    doors: tuple[Door, ...]
    chapters: tuple[Way, ...] = ()

    @property
    def anchor(self) -> str:
        """Where it stands on the page of all lists."""
        return self.heading.lower().replace(" ", "-")


@dataclass(frozen=True)
class Group:
    """Records or provisions under one heading."""

    heading: str
    anchor: str
    ids: tuple[str, ...]


KIND_HEADINGS = {
    "ruling": ("Rulings", "rulings"),
    "instrument": ("Law", "law"),
    "provision": ("Provisions", "provisions"),
    "incident": ("Incidents", "incidents"),
    "argument": ("Arguments", "arguments"),
}


class Shelves:
    """Who stands where, worked out once from the base."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.by_place: dict[str, list[str]] = {}
        self.by_court: dict[str, list[str]] = {}
        self.by_topic: dict[str, list[str]] = {}
        self.by_year: dict[str, list[str]] = {}
        self.by_measure: dict[str, list[str]] = {}
        self.by_body: dict[str, list[str]] = {body: [] for body in base.vocabulary.bodies}
        for entry in base.entries.values():
            self._file(entry.id, entry.place, entry.record)
        for unit in base.units.values():
            for topic in unit.provision.topics:
                self.by_topic.setdefault(topic, []).append(unit.id)

    def _file(self, record_id: str, place: str, record: object) -> None:
        if place:
            self.by_place.setdefault(place, []).append(record_id)
        for topic in getattr(record, "topics", ()):
            self.by_topic.setdefault(topic, []).append(record_id)
        if isinstance(record, Ruling):
            self.by_court.setdefault(record.court, []).append(record_id)
            self.by_year.setdefault(record.decided[:4], []).append(record_id)
            for state in record.states:
                if state != place:
                    self.by_place.setdefault(state, []).append(record_id)
        if isinstance(record, Incident):
            self.by_year.setdefault(record.began[:4], []).append(record_id)
            for measure in record.measures:
                self.by_measure.setdefault(measure, []).append(record_id)
            for body in record.bodies:
                self.by_body.setdefault(body, []).append(record_id)

    # --- ordering and grouping

    def sorted(self, ids: Iterable[str]) -> list[str]:
        """Rulings and incidents the newest first, the rest as a person looks for them."""
        return sorted(ids, key=self._order)

    def _order(self, some_id: str) -> tuple[object, ...]:
        entry = self.base.entries.get(some_id)
        if entry is None:
            return (list(self.base.units).index(some_id),)
        record = entry.record
        if isinstance(record, Ruling):
            return (-int(record.decided.replace("-", "").ljust(8, "0")), some_id)
        if isinstance(record, Incident):
            return (-int(record.began.replace("-", "").ljust(8, "0")), some_id)
        if isinstance(record, Argument):
            return (record.proposition.casefold(), some_id)
        ranks = list(self.base.vocabulary.tables["kinds"])
        return (ranks.index(record.kind), record.adopted or "9", some_id)

    def grouped(self, ids: Iterable[str]) -> tuple[Group, ...]:
        """The IDs under headings by kind."""
        found: dict[str, list[str]] = {}
        for some_id in ids:
            entry = self.base.entries.get(some_id)
            found.setdefault(entry.kind if entry else "provision", []).append(some_id)
        return tuple(
            Group(heading, anchor, tuple(self.sorted(found[kind])))
            for kind, (heading, anchor) in KIND_HEADINGS.items()
            if kind in found
        )

    def doors(
        self,
        table: str,
        shelf: Mapping[str, list[str]],
        way: str,
        counted: Callable[[str], bool] = lambda _: True,
    ) -> tuple[Door, ...]:
        """A door for each word of a table that has something behind it, in the table's order."""
        words = [word for word in self.base.vocabulary.tables[table] if word in shelf]
        return tuple(
            Door(self.base.vocabulary.label(table, word), f"by/{way}/{word}.html", count)
            for word in words
            if (count := sum(counted(i) for i in shelf[word]))
        )

    def topics(
        self, right: bool | None = None, counted: Callable[[str], bool] = lambda _: True
    ) -> Way:
        """The way by topic, in chapters; `right` gives only those that are rights, or are not."""
        entries = self.base.vocabulary.topics
        topics = [key for key in entries if right in {None, entries[key].right == "yes"}]

        def doors(words: Iterable[str]) -> tuple[Door, ...]:
            shelf = {word: self.by_topic[word] for word in words if word in self.by_topic}
            return self.doors("topics", shelf, "topic", counted)

        chapters = (
            Way(chapter, doors(words))
            for chapter, words in self.base.vocabulary.in_chapters(topics)
        )
        return Way("By topic", doors(topics), with_doors(chapters))

    def years(self, kind: str = "") -> tuple[Door, ...]:
        """A door for each year, the latest first."""
        return tuple(
            Door(year, f"by/year/{year}.html", count)
            for year in sorted(self.by_year, reverse=True)
            if (count := sum(self.is_of(kind, i) for i in self.by_year[year]))
        )

    def is_of(self, kind: str, some_id: str) -> bool:
        """Whether an ID is of a kind; '' is every kind."""
        entry = self.base.entries.get(some_id)
        return not kind or (entry.kind if entry else "provision") == kind


def home_ways(shelves: Shelves) -> tuple[Way, ...]:
    """The ways in that stand on the home page: of each sort those behind which most stands."""
    return tuple(_fullest(way) for way in all_ways(shelves, right=False))


def _fullest(way: Way, most: int = 10) -> Way:
    if len(way.doors) <= most or way.heading == "By year":
        return way
    least = sorted((door.count for door in way.doors), reverse=True)[most - 1]
    doors = [door for door in way.doors if door.count >= least][:most]
    more = Door(f"all {len(way.doors)}", f"lists.html#{way.anchor}", 0)
    return Way(way.heading, (*doors, more))


def all_ways(shelves: Shelves, right: bool | None = None) -> tuple[Way, ...]:
    """Every way in that has something behind it; `right=False` names rights only as rights."""
    base = shelves.base
    applied = {i: len(base.rulings_applying(i)) for i in base.units}
    provisions = tuple(
        Door(found.name, found.address, applied[i])
        for i in sorted(applied, key=lambda i: -applied[i])
        if applied[i]
        for found in (target(base, i),)
    )
    ways = (
        Way("By place", shelves.doors("places", shelves.by_place, "place")),
        Way("By court", shelves.doors("courts", shelves.by_court, "court")),
        Way("By right", shelves.topics(right=True).doors),
        shelves.topics(right),
        Way("By provision applied", provisions),
        Way("By measure", shelves.doors("measures", shelves.by_measure, "measure")),
        Way("By body", shelves.doors("bodies", shelves.by_body, "body")),
        Way("By year", shelves.years()),
    )
    return with_doors(ways)


def with_doors(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The ways that lead to something."""
    return tuple(way for way in ways if way.doors)
