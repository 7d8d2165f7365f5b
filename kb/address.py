"""The addresses of pages and of places on them; an address, once published, never changes.

Addresses end in .html so that the same links work from a web server and from a memory card.
"""

from __future__ import annotations

from collections.abc import Sequence


def page(some_id: str) -> str:
    """The page of a record or provision, from the root of the site: `pk-constitution/19a.html`."""
    return f"{some_id}.html"


def paragraph(path: Sequence[str], language: str = "") -> str:
    """The anchor of a paragraph: `p3-a`, or `ru-p3-a` in a language beside the authentic text."""
    return "-".join(part for part in (language, "p" + "-".join(path)) if part)


def point(point_id: str) -> str:
    """The anchor of a point of a ruling."""
    return f"point-{point_id}"


def quote(number: int) -> str:
    """The anchor of a quotation in a ruling, counted from 1."""
    return f"quote-{number}"
