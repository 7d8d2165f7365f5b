"""The pages that list: without a script and without a search they lead to every record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.base import Base, courts_of
from kb.site.shelves import Group, Shelves, Way, all_ways, with_doors
from kb.vocab import Body, TopicEntry


@dataclass(frozen=True)
class ListPage:
    """A page that only lists; `path` is its address without .html."""

    path: str
    title: str
    lead: str = ""
    ways: tuple[Way, ...] = ()
    groups: tuple[Group, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    """What people type for it, each with its language."""
    body: Body | None = None
    """What is known of the body whose list it is."""


def list_pages(base: Base, shelves: Shelves) -> Iterator[ListPage]:
    """Every list page of the site."""
    yield _rulings(base, shelves)
    yield _law(base, shelves)
    yield _incidents(base, shelves)
    yield _arguments(base, shelves)
    lead = "Everything this book holds, by each way that leads to it."
    yield ListPage("lists", "Lists", lead, all_ways(shelves))
    words = base.vocabulary
    for table, shelf, way in (
        ("places", shelves.by_place, "place"),
        ("courts", shelves.by_court, "court"),
        ("topics", shelves.by_topic, "topic"),
        ("measures", shelves.by_measure, "measure"),
        ("bodies", shelves.by_body, "body"),
    ):
        for word, ids in shelf.items():
            entry = words.tables[table].get(word)
            lead = entry.meaning if entry else ""
            yield ListPage(
                f"by/{way}/{word}",
                words.label(table, word),
                lead,
                groups=shelves.grouped(ids),
                crumbs=_crumbs(way),
                also=_also(entry),
                body=entry if isinstance(entry, Body) else None,
            )
    for year, ids in shelves.by_year.items():
        yield ListPage(f"by/year/{year}", year, groups=shelves.grouped(ids))


def _also(entry: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(entry, TopicEntry):
        return ()
    labels = (("ur", entry.label_ur), ("ru", entry.label_ru))
    synonyms = (("en", entry.also.en), ("ur", entry.also.ur), ("ru", entry.also.ru))
    return (
        *((language, label) for language, label in labels if label),
        *((language, word) for language, words in synonyms for word in words),
    )


def _crumbs(way: str) -> tuple[tuple[str, str], ...]:
    return {
        "court": (("Rulings", "rulings.html"),),
        "topic": (("Lists", "lists.html"),),
        "place": (("Lists", "lists.html"),),
        "measure": (("Incidents", "incidents.html"),),
        "body": (("Incidents", "incidents.html"),),
    }.get(way, ())


def _rulings(base: Base, shelves: Shelves) -> ListPage:
    ways = (
        Way("By year", shelves.years("ruling")),
        shelves.topics(counted=lambda i: shelves.is_of("ruling", i)),
    )
    groups = [
        Group(court.label, court_id, tuple(shelves.sorted(shelves.by_court[court_id])))
        for place in base.vocabulary.tables["places"]
        for court_id, court in courts_of(base, place).items()
        if court_id in shelves.by_court
    ]
    lead = "Every ruling with what has become of it, the latest first in each court."
    return ListPage("rulings", "Rulings", lead, with_doors(ways), tuple(groups))


def _law(base: Base, shelves: Shelves) -> ListPage:
    groups = _by_place(base, shelves, "instrument")
    lead = "Constitutions, statutes, treaties, resolutions and comments, with the provisions held."
    return ListPage("law", "Law", lead, groups=groups)


def _incidents(base: Base, shelves: Shelves) -> ListPage:
    ways = (
        Way("By body", shelves.doors("bodies", shelves.by_body, "body")),
        Way("By measure", shelves.doors("measures", shelves.by_measure, "measure")),
        Way("By year", shelves.years("incident")),
    )
    lead = "Shutdowns, throttling and platform bans, the latest first."
    groups = _by_place(base, shelves, "incident")
    return ListPage("incidents", "Incidents", lead, with_doors(ways), groups)


def _arguments(base: Base, shelves: Shelves) -> ListPage:
    ids = tuple(shelves.sorted(base.arguments))
    groups = (Group("All arguments", "all", ids),) if ids else ()
    lead = "Propositions that petitions turn on, with the authorities for and against each."
    return ListPage("arguments", "Arguments", lead, groups=groups)


def _by_place(base: Base, shelves: Shelves, kind: str) -> tuple[Group, ...]:
    found: list[Group] = []
    for place in base.vocabulary.tables["places"]:
        ids = [e.id for e in base.entries.values() if e.place == place and e.kind == kind]
        if ids:
            label = base.vocabulary.label("places", place)
            found.append(Group(label, place, tuple(shelves.sorted(ids))))
    return tuple(found)
