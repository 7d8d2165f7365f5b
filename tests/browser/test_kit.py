"""The kit on a memory card, opened as files in Chromium: read, searched, walked by its lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from visits import visit


def at(card: Path, name: str) -> str:
    return (card / name).as_uri()


def ask(page: Page, query: str) -> None:
    page.get_by_label("Search the book").fill(query)
    page.get_by_label("Search the book").press("Enter")
    expect(page.locator("#search-results")).to_have_attribute("data-query", query)


def test_kit_is_read_from_a_memory_card(browser: Browser, card: Path) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(at(card, "index.html"))
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Law").click()
        page.get_by_role("link", name="12A", exact=True).click()
        expect(page.locator("#p")).to_contain_text("what the State knows")
        expect(page.locator("footer")).to_contain_text("Built on 10 January 2032 from the records")
        page.get_by_role("link", name="With the network cut").click()
        expect(page.locator("main")).to_contain_text("You are reading it.")
        expect(page.locator("button:visible", has_text="Keep")).to_have_count(0)


@pytest.mark.parametrize(
    "name", ["index.html", "zz-hc-2031-doe-v-ministry.html", "zz-constitution/12.html"]
)
def test_kit_is_searched_from_every_page_of_the_card(
    browser: Browser, card: Path, name: str
) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(at(card, name))
        ask(page, "doe v ministry")
        row = page.locator("#search-results .row", has_text="Doe v Ministry").first
        expect(row.locator(".chip--gone")).to_have_text("✕ Set aside")
        row.locator(".row-head a").click()
        expect(page).to_have_url(at(card, "zz-hc-2031-doe-v-ministry.html"))
        expect(page.get_by_role("note", name="Standing of this ruling")).to_contain_text(
            "Set aside by the Supreme Court of Zetland"
        )
        assert not [url for url in seen.asked if not url.startswith(card.as_uri())]


def test_kit_has_passages_filters_and_refusals(browser: Browser, card: Path) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(at(card, "search.html"))
        ask(page, '"an order of this kind"')
        expect(page.locator("#search-results mark").first).to_have_text("An order of this kind")
        ask(page, "order")
        whole = page.locator("#search-results .row").count()
        page.get_by_text("Narrow what was found").click()
        page.get_by_role("button", name=re.compile(r"^Set aside \d")).click()
        narrowed = "order standing:set-aside"
        expect(page.locator("#search-results")).to_have_attribute("data-query", narrowed)
        assert page.locator("#search-results .row").count() < whole
        ask(page, "festivl")
        expect(page.locator("#search-meant")).to_have_text("Did you mean: festival")
        ask(page, "(2039) 4 ZLR 999")
        expect(page.locator("#search-says")).to_contain_text("does not hold")
        expect(page.locator("#search-results .row")).to_have_count(0)


def test_address_of_a_search_on_a_card_can_be_passed_on(browser: Browser, card: Path) -> None:
    with visit(browser) as seen:
        page = seen.page
        for address in ("search.html#q=Article%2012A", "search.html?q=Article%2012A"):
            page.goto("about:blank")
            page.goto(at(card, "search.html").replace("search.html", address))
            expect(page.locator("#search-results .row").first).to_contain_text("Article 12A")
        ask(page, "harbour")
        copied = page.url
        page.goto("about:blank")
        page.goto(copied)
        expect(page.locator("#search-says")).to_contain_text("for “harbour”")


def test_kit_is_walked_by_its_lists_without_javascript(browser: Browser, card: Path) -> None:
    with visit(browser, java_script_enabled=False) as seen:
        page = seen.page
        page.goto(at(card, "index.html"))
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Lists").click()
        page.get_by_role("link", name="Network shutdown", exact=True).first.click()
        page.get_by_role("link", name="Doe v Ministry of Communications", exact=True).click()
        expect(page.get_by_role("note", name="Standing of this ruling")).to_contain_text(
            "Set aside by the Supreme Court of Zetland"
        )
        page.get_by_label("Search the book").fill("harbour")
        page.get_by_label("Search the book").press("Enter")
        expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()


@pytest.mark.parametrize("kind", ["words", "shown", "book"])
def test_part_that_is_missing_on_the_card_is_said_calmly(
    browser: Browser, card: Path, kind: str
) -> None:
    for path in (card / "search").rglob(f"{kind}*.js"):
        path.unlink()
    with visit(browser) as seen:
        page = seen.page
        page.goto(at(card, "search.html"))
        page.get_by_label("Search the book").fill("harbour 12A")
        expect(page.locator("#search-says")).to_contain_text("could not be loaded")
        page.get_by_role("navigation", name="Lists").get_by_role("link", name="Law").click()
        expect(page.locator("h1")).to_have_text("Law")
        # Chromium's own words for a file that is not there.
        gone = "Failed to load resource: net::ERR_FILE_NOT_FOUND"
        seen.errors[:] = [error for error in seen.errors if error != gone]
