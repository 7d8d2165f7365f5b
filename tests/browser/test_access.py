"""That everybody can read it: on no kind of page a fault that axe knows against WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from visits import served, visit

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "home": "",
    "ruling that is set aside": "zz-hc-2031-doe-v-ministry.html",
    "instrument": "zz-constitution.html",
    "treaty with its States": "zz-covenant.html",
    "provision in English and Urdu": "zz-constitution/12.html",
    "incident": "zz-2030-11-03-harbour-shutdown.html",
    "argument": "reasons-must-be-given.html",
    "list": "by/topic/network-shutdown.html",
    "results with filters": "search.html?q=order+standing:set-aside",
    "citation that is not held": "search.html?q=(2039)+4+ZLR+999",
    "keeping the book": "offline.html",
    "no such page": "no-such-page.html",
}
REAL = ["pk-ihc-2018-cm-pak-v-pta.html", "search.html?q=mobile"]


def faults(page: Page) -> list[str]:
    """What is wrong, each with the first place where it is."""
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def assert_faultless(page: Page) -> None:
    """On a phone by day and on a desk by night: so each width and all colours are looked at."""
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert faults(page) == [], f"{width}, {scheme}"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    if "search.html" in address:
        query = page.get_by_label("Search the book").input_value()
        expect(page.locator("#search-results")).to_have_attribute("data-query", query)


@pytest.mark.parametrize("kind", PAGES)
def test_page_has_no_fault_on_a_phone_by_day_or_on_a_desk_by_night(
    browser: Browser, small_site: Path, kind: str
) -> None:
    with served(small_site) as address, visit(browser) as seen:
        opened(seen.page, address + PAGES[kind])
        if kind == "results with filters":
            seen.page.get_by_text("Narrow what was found").click()
            seen.page.get_by_text("How to search").click()
            expect(seen.page.locator("#search-filters [aria-pressed=true]")).to_have_count(1)
        assert_faultless(seen.page)
        if kind == "no such page":  # Chromium itself reports the 404
            seen.errors[:] = [error for error in seen.errors if "status of 404" not in error]


@pytest.mark.parametrize("path", REAL)
def test_page_of_the_real_book_has_no_fault(browser: Browser, real_site: Path, path: str) -> None:
    with served(real_site) as address, visit(browser) as seen:
        opened(seen.page, address + path)
        assert_faultless(seen.page)
