"""What other records say of a page: the arguments that use it, its incidents, the rulings on it.

The page is found by these words too. They are not its own, and each passage says whose they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.base import Base
from kb.find.passages import LINKED, Passage
from kb.pinpoint import unit_name


def linked(base: Base, page_id: str) -> Iterator[Passage]:
    """The passages on a record or provision that come from other records."""
    unit = base.units.get(page_id)
    named = f"{unit_name(base, unit)}: " if unit else ""
    for argument, side, one in base.argued_with(page_id):
        used = f"Used {side} the argument “{base.arguments[argument].proposition}” {one.says}"
        yield Passage(used, LINKED, f"{named}arguments", anchor="arguments")
    for incident in base.incidents_before(page_id):
        called = _called("Incident", base.incidents[incident])
        yield Passage(called, LINKED, "incidents", anchor="incidents")
    for ruling in base.rulings_on(page_id):
        yield Passage(_called("Ruling", base.rulings[ruling]), LINKED, "rulings", anchor="rulings")


def names_of(record: Any) -> tuple[str, ...]:
    """The names of a record: its title first, then those under which people look for it."""
    titles = (getattr(record, "title", None), getattr(record, "short_title", None))
    return tuple(name for name in (*titles, *getattr(record, "also_called", ())) if name)


def _called(kind: str, record: Any) -> str:
    return f"{kind}: {'; '.join(names_of(record))}."
