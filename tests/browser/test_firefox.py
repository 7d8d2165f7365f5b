"""The book in Firefox: kept and searched with the network cut, and searched on a memory card."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from firefox import ENTER, Firefox, firefox_visit
from visits import Site

SAYS = "#search-says"
OFFLINE = "#offline-says"
KEPT = "the copy kept on this device, of 10 January 2032."


@pytest.fixture
def reader(firefox: Firefox) -> Iterator[Firefox]:
    """A visit with Firefox: nothing may go wrong in it, or be asked of another host."""
    with firefox_visit(firefox):
        yield firefox


def ask(reader: Firefox, query: str, says: str = "") -> str:
    """Search by the field in the head; gives the results as they are read."""
    reader.type("#q", query + ENTER)
    reader.wait(SAYS, says or f"for “{query}”")
    return reader.text("#search-results")


# --- the kit --------------------------------------------------------------------------------------


def test_kit_is_searched_from_a_memory_card_in_firefox(reader: Firefox, card: Path) -> None:
    for name in ("index.html", "zz-constitution/12.html"):
        reader.goto((card / name).as_uri())
        assert "✕ SET ASIDE" in ask(reader, "doe v ministry")
    reader.click("#search-results a")
    reader.wait(".banner", "Set aside by the Supreme Court of Zetland")
    ask(reader, "(2039) 4 ZLR 999", says="is a citation that this book does not hold")
    ask(reader, "festivl", says="Nothing was found")
    reader.wait("#search-meant", "Did you mean: festival")
    ask(reader, "order")
    reader.click("#search-narrow summary")
    reader.wait("#search-filters", "Set aside")
    reader.click(".search-filter")
    reader.wait(SAYS, "for “order kind:ruling”")
    reader.goto("about:blank")
    reader.goto(f"{(card / 'search.html').as_uri()}#q=Article%2012A")
    reader.wait("#search-results", "Every person may ask the State")
    assert [one for one in reader.asked() if not one.startswith("file:")] == []


def test_kit_is_walked_by_its_lists_without_javascript_in_firefox(
    reader: Firefox, card: Path
) -> None:
    reader.set_javascript(False)
    try:
        reader.goto((card / "rulings.html").as_uri())
        reader.click("main a[href='zz-hc-2031-doe-v-ministry.html']")
        reader.wait(".banner", "Set aside by the Supreme Court of Zetland")
        reader.type("#q", "harbour" + ENTER)
        reader.wait("main", "Searching needs JavaScript")
    finally:
        reader.set_javascript(True)


# --- the copy that the browser keeps --------------------------------------------------------------


@contextmanager
def cut_off(reader: Firefox, site: Site) -> Iterator[None]:
    site.cut()
    reader.set_offline(True)
    yield
    reader.set_offline(False)
    site.back()


def keep(reader: Firefox, site: Site) -> None:
    reader.goto(f"{site.address}offline.html")
    reader.wait("#offline-keep", "Keep this book on this device")
    reader.click("#offline-keep")
    reader.wait(OFFLINE, "The whole book is on this device: the copy of 10 January 2032")


def test_book_is_kept_and_searched_with_the_network_cut_in_firefox(
    reader: Firefox, site: Site
) -> None:
    keep(reader, site)
    with cut_off(reader, site):
        reader.goto(site.address)
        reader.wait("main", KEPT)
        reader.click("nav.main a")
        reader.wait("h1", "Rulings")
        assert "✕ SET ASIDE" in ask(reader, "doe v ministry order")
        assert "the Supreme Court of Zetland" in ask(reader, "harbour shutdown standing:set-aside")
        ask(reader, "(2039) 4 ZLR 999", says="is a citation that this book does not hold")
        reader.goto(f"{site.address}search.html?q=12A")
        reader.wait("#search-results", "Every person may ask the State")
        reader.wait("main", KEPT)
    reader.goto(f"{site.address}offline.html")
    reader.wait(OFFLINE, "which is what the site has now")
    reader.click("#offline-remove")
    reader.wait(OFFLINE, "The copy is removed. No copy is kept on this device.")


def test_half_finished_download_goes_on_in_firefox(reader: Firefox, site: Site) -> None:
    lost = site.packs[0]
    content = lost.read_bytes()
    lost.unlink()
    reader.goto(f"{site.address}offline.html")
    reader.wait("#offline-keep", "Keep this book on this device")
    reader.click("#offline-keep")
    reader.wait(OFFLINE, "The line dropped. What has come is here")
    lost.write_bytes(content)
    reader.click("#offline-keep")
    reader.wait(OFFLINE, "The whole book is on this device")


@pytest.mark.parametrize(
    ("pref", "value", "says"),
    [
        ("dom.serviceWorkers.enabled", False, "This browser keeps nothing for this site"),
        ("network.cookie.cookieBehavior", 2, "does not allow this site to keep anything"),
    ],
    ids=["no workers", "nothing may be stored"],
)
def test_firefox_that_keeps_nothing_is_told_of_the_kit_and_searches(
    reader: Firefox, site: Site, pref: str, value: bool | int, says: str
) -> None:
    before = reader.set_pref(pref, value)
    try:
        reader.goto(f"{site.address}offline.html")
        reader.wait(OFFLINE, says)
        assert "ake the kit below" in reader.text(OFFLINE)
        assert reader.text("#offline-keep") == ""
        assert "Doe v Ministry" in ask(reader, "harbour order")
    finally:
        reader.set_pref(pref, before)


def test_private_window_of_firefox_keeps_the_book_until_it_is_closed(
    reader: Firefox, site: Site
) -> None:
    with reader.private_window():
        keep(reader, site)
        assert "does so when a private window is closed" in reader.text(OFFLINE)
        with cut_off(reader, site):
            reader.goto(site.address)
            reader.wait("main", KEPT)
            assert "Doe v Ministry" in ask(reader, "harbour order")
    reader.goto(f"{site.address}offline.html")
    reader.wait(OFFLINE, "No copy is kept on this device.")
    with reader.private_window():
        reader.goto(f"{site.address}offline.html")
        reader.wait(OFFLINE, "No copy is kept on this device.")
