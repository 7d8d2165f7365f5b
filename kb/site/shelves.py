"""The lists: everything the book holds, reached by place, court, topic, measure and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.base import Base, courts_of
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
    """Doors of one sort: by court, by year ..."""

    heading: str
    doors: tuple[Door, ...]


@dataclass(frozen=True)
class Group:
    """Records or provisions under one heading."""

    heading: str
    anchor: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class ListPage:
    """A page that only lists; `path` is its address without .html."""

    path: str
    title: str
    lead: str = ""
    ways: tuple[Way, ...] = ()
    groups: tuple[Group, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()


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
    """The ways in that stand on the home page."""
    provisions = sorted(shelves.base.units, key=lambda i: -len(shelves.base.rulings_applying(i)))
    most = [i for i in provisions if shelves.base.rulings_applying(i)][:12]
    ways = [
        Way("By place", shelves.doors("places", shelves.by_place, "place")),
        Way("By court", shelves.doors("courts", shelves.by_court, "court")),
        Way("By topic", shelves.doors("topics", shelves.by_topic, "topic")),
        Way(
            "By provision applied",
            tuple(
                Door(found.name, found.address, len(shelves.base.rulings_applying(i)))
                for i in most
                for found in (target(shelves.base, i),)
            ),
        ),
        Way("By year", shelves.years()),
    ]
    return tuple(way for way in ways if way.doors)


def list_pages(base: Base, shelves: Shelves) -> Iterator[ListPage]:
    """Every list page of the site."""
    yield _rulings(base, shelves)
    yield _law(base, shelves)
    yield _incidents(base, shelves)
    yield _arguments(base, shelves)
    yield _topics(base, shelves)
    words = base.vocabulary
    for table, shelf, way in (
        ("places", shelves.by_place, "place"),
        ("courts", shelves.by_court, "court"),
        ("topics", shelves.by_topic, "topic"),
        ("measures", shelves.by_measure, "measure"),
    ):
        for word, ids in shelf.items():
            entry = words.tables[table].get(word)
            lead = entry.meaning if entry else ""
            yield ListPage(f"by/{way}/{word}", words.label(table, word), lead,
                           groups=shelves.grouped(ids), crumbs=_crumbs(way))  # fmt: skip
    for year, ids in shelves.by_year.items():
        yield ListPage(f"by/year/{year}", year, groups=shelves.grouped(ids))


def _crumbs(way: str) -> tuple[tuple[str, str], ...]:
    return {
        "court": (("Rulings", "rulings.html"),),
        "topic": (("Topics", "topics.html"),),
        "measure": (("Incidents", "incidents.html"),),
    }.get(way, ())


def _rulings(base: Base, shelves: Shelves) -> ListPage:
    ways = (
        Way("By court", shelves.doors("courts", shelves.by_court, "court")),
        Way("By year", shelves.years("ruling")),
        Way("By topic", shelves.doors("topics", shelves.by_topic, "topic",
                                      lambda i: shelves.is_of("ruling", i))),
    )  # fmt: skip
    groups = [
        Group(court.label, court_id, tuple(shelves.sorted(shelves.by_court[court_id])))
        for place in base.vocabulary.tables["places"]
        for court_id, court in courts_of(base, place).items()
        if court_id in shelves.by_court
    ]
    lead = "Every ruling with what has become of it, the latest first in each court."
    return ListPage("rulings", "Rulings", lead, _with_doors(ways), tuple(groups))


def _law(base: Base, shelves: Shelves) -> ListPage:
    groups = _by_place(base, shelves, "instrument")
    lead = "Constitutions, statutes, treaties, resolutions and comments, with the provisions held."
    return ListPage("law", "Law", lead, groups=groups)


def _incidents(base: Base, shelves: Shelves) -> ListPage:
    ways = (
        Way("By measure", shelves.doors("measures", shelves.by_measure, "measure")),
        Way("By year", shelves.years("incident")),
    )
    lead = "Shutdowns, throttling and platform bans, the latest first."
    groups = _by_place(base, shelves, "incident")
    return ListPage("incidents", "Incidents", lead, _with_doors(ways), groups)


def _arguments(base: Base, shelves: Shelves) -> ListPage:
    ids = tuple(shelves.sorted(base.arguments))
    groups = (Group("All arguments", "all", ids),) if ids else ()
    lead = "Propositions that petitions turn on, with the authorities for and against each."
    return ListPage("arguments", "Arguments", lead, groups=groups)


def _topics(base: Base, shelves: Shelves) -> ListPage:
    doors = shelves.doors("topics", shelves.by_topic, "topic")
    rights = {
        f"by/topic/{key}.html" for key, t in base.vocabulary.topics.items() if t.right == "yes"
    }
    ways = (
        Way("Rights", tuple(door for door in doors if door.address in rights)),
        Way("Other topics", tuple(door for door in doors if door.address not in rights)),
    )
    lead = "Rights and other topics, with everything that is filed under them."
    return ListPage("topics", "Topics", lead, _with_doors(ways))


def _by_place(base: Base, shelves: Shelves, kind: str) -> tuple[Group, ...]:
    found: list[Group] = []
    for place in base.vocabulary.tables["places"]:
        ids = [e.id for e in base.entries.values() if e.place == place and e.kind == kind]
        if ids:
            label = base.vocabulary.label("places", place)
            found.append(Group(label, place, tuple(shelves.sorted(ids))))
    return tuple(found)


def _with_doors(ways: Iterable[Way]) -> tuple[Way, ...]:
    return tuple(way for way in ways if way.doors)
