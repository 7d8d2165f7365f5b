"""The published site in a real browser: what a lawyer does on it, and what it must never do.

Chromium is Debian's (`apt install chromium`); another one is named in CHROMIUM.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from visits import served, visit

from kb.base import Base, read_base
from kb.find.index import Index, build
from kb.find.shards import write_shards
from kb.site.publish import publish

ISLAMABAD = "pk-ihc-2018-cm-pak-v-pta.html"
SMALL_RULING = "zz-hc-2031-doe-v-ministry.html"


@pytest.fixture(scope="session")
def book(real_site: Path) -> Iterator[str]:
    """The address of the site of the real records."""
    with served(real_site) as address:
        yield address


def search(page: Page, query: str) -> None:
    page.get_by_label("Search the book").fill(query)
    page.get_by_label("Search the book").press("Enter")
    expect(page.locator("#search-says")).to_contain_text("for “", timeout=30_000)


# --- the way of a lawyer, on the real records -----------------------------------------------------


def test_home_search_and_the_islamabad_ruling_that_was_set_aside(
    browser: Browser, book: str
) -> None:
    with visit(browser, width=360) as seen:
        page = seen.page
        page.goto(book)
        expect(page.locator("h1")).to_contain_text("internet shutdowns")
        search(page, "19A")
        first = page.locator("#search-results .row").first
        expect(first).to_contain_text("Article 19A")
        search(page, "mobile suspension")
        found = page.locator("#search-results .row", has_text="CM Pak Limited v. The Pakistan")
        expect(found.first.locator(".chip--gone")).to_have_text("✕ Set aside")
        found.first.locator("a").first.click()
        expect(page).to_have_url(f"{book}{ISLAMABAD}")
        banner = page.get_by_role("note", name="Standing of this ruling")
        expect(banner).to_be_in_viewport()
        expect(banner).to_contain_text("Set aside")
        expect(banner).to_contain_text("by the Supreme Court of Pakistan on 22 April 2020")
        expect(page).to_have_title(re.compile(r"\(set aside\)"))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("19-A", "Constitution of Pakistan, Article 19A"),
        ("Art. 19-A", "Article 19A"),
        ("блокировка", "blocking"),
        ("معلومات", "information"),
        ("mobile suspension without emergency proclamation", "CM Pak"),
    ],
)
def test_search_finds_provisions_and_words_in_three_languages(
    browser: Browser, book: str, query: str, title: str
) -> None:
    with visit(browser) as seen:
        seen.page.goto(book)
        search(seen.page, query)
        expect(seen.page.locator("#search-results .row", has_text=title).first).to_be_visible()


def test_pages_of_the_real_book_fit_a_narrow_phone(browser: Browser, book: str) -> None:
    paths = ["", ISLAMABAD, "pk-constitution/19a.html", "ru-constitution/29.html", "rulings.html",
             "un-iccpr.html", "law.html", "incidents.html", "lists.html", "by/place/pk.html",
             "search.html", "standings.html", "how-to-cite.html"]  # fmt: skip
    with visit(browser, width=360) as seen:
        for path in paths:
            seen.page.goto(book + path)
            wide = seen.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 360, path


# --- everything else, on the fictional country ----------------------------------------------------


def test_set_aside_is_seen_in_the_dark_and_without_colour(browser: Browser, zetland: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        with visit(browser, color_scheme=scheme) as seen:
            seen.page.goto(zetland + SMALL_RULING)
            banner = seen.page.get_by_role("note", name="Standing of this ruling")
            expect(banner).to_contain_text("Set aside by the Supreme Court of Zetland")
            grounds.append(seen.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds[0] != grounds[1]


def test_chosen_colours_stay_chosen(browser: Browser, zetland: str) -> None:
    with visit(browser, color_scheme="light") as seen:
        ground = "getComputedStyle(document.body).backgroundColor"
        seen.page.goto(zetland)
        light = seen.page.evaluate(ground)
        seen.page.get_by_role("button", name="Use dark colours").click()
        dark = seen.page.evaluate(ground)
        assert dark != light
        seen.page.goto(zetland + SMALL_RULING)
        assert seen.page.evaluate(ground) == dark


def test_site_is_read_and_walked_without_javascript(browser: Browser, zetland: str) -> None:
    with visit(browser, width=360, java_script_enabled=False) as seen:
        page = seen.page
        page.goto(zetland)
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Rulings").click()
        page.get_by_role("link", name="Doe v Ministry of Communications", exact=True).click()
        expect(page.get_by_role("note", name="Standing of this ruling")).to_contain_text(
            "Set aside"
        )
        page.get_by_role("link", name="Constitution of Zetland, Article 12").first.click()
        expect(page.locator("#p2-a")).to_contain_text("names its ground")
        page.get_by_label("Search the book").fill("19A")
        page.get_by_label("Search the book").press("Enter")
        expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()
        expect(page.get_by_role("link", name="Law").last).to_be_visible()


def test_keyboard_alone_leads_to_a_result(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        page, press = seen.page, seen.page.keyboard.press
        page.goto(zetland)
        press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport()
        for _ in range(2):
            press("Tab")
        expect(page.get_by_label("Search the book")).to_be_focused()
        page.keyboard.type("harbour")
        press("Enter")
        expect(page.locator("#search-says")).to_contain_text("for “harbour”", timeout=30_000)
        for _ in range(30):
            press("Tab")
            if page.evaluate("!!document.activeElement.closest('#search-results')"):
                break
        press("Enter")
        expect(page.locator("h1")).to_be_visible()
        assert "search.html" not in page.url


def test_skip_link_leads_past_the_head(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(zetland + SMALL_RULING)
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        expect(seen.page.locator("#content")).to_be_focused()


def test_targets_are_large_enough_for_a_thumb(browser: Browser, zetland: str) -> None:
    measure = """() => [...document.querySelectorAll(
        'button, input, summary, .main a, .toc a, .ways a, .units a, .perma, .foot a, .around a')]
        .filter(one => one.offsetParent)
        .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([html]) => html)"""
    with visit(browser, width=360) as seen:
        for path in ("", SMALL_RULING, "zz-constitution/12.html", "law.html", "rulings.html"):
            seen.page.goto(zetland + path)
            assert seen.page.evaluate(measure) == [], path


def test_copied_words_carry_what_they_are_and_that_they_were_set_aside(
    browser: Browser, zetland: str
) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with visit(browser, permissions=allowed) as seen:
        seen.page.goto(zetland + SMALL_RULING)
        seen.page.get_by_role("button", name="Copy these words").click()
        expect(seen.page.get_by_role("button", name="Copy these words")).to_have_text("Copied")
        copied = seen.page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("“An order of this kind must state:\n(a) the reason")
        assert (
            ", para 41 [Set aside by the Supreme Court of Zetland on 2 December 2031]\n" in copied
        )
        assert copied.endswith(f"{SMALL_RULING}#quote-1")
        seen.page.goto(zetland + "zz-constitution/12.html")
        seen.page.get_by_role("button", name="Copy (2)(a) with its citation").click()
        copied = seen.page.evaluate("navigator.clipboard.readText()")
        assert (
            "“(a) names its ground; and”\n— Constitution of Zetland, Article 12(2)(a) [as of"
            in copied
        )


def test_link_into_superseded_words_opens_them(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(zetland + "zz-constitution/13.html#p3")
        expect(seen.page.locator("#p3")).to_be_visible()
        expect(seen.page.locator("#p3")).to_be_in_viewport()


def test_printed_page_bears_its_standing_and_its_sources(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(zetland + SMALL_RULING)
        seen.page.emulate_media(media="print")
        banner = seen.page.get_by_role("note", name="Standing of this ruling")
        expect(banner).to_be_visible()
        for hidden in ("form", "nav", ".copy", ".perma"):
            expect(seen.page.locator(hidden).first).to_be_hidden()
        after = "getComputedStyle(document.querySelector('.sources a'), '::after').content"
        assert "https://courts.example" in seen.page.evaluate(after)


def test_site_is_read_from_a_memory_card(browser: Browser, small_site: Path) -> None:
    with visit(browser) as seen:
        seen.page.goto((small_site / "index.html").as_uri())
        seen.page.get_by_role("navigation", name="Main").get_by_role("link", name="Law").click()
        seen.page.get_by_role("link", name="12A", exact=True).click()
        expect(seen.page.locator("#p")).to_contain_text("what the State knows")
        seen.page.get_by_label("Search the book").fill("12A")
        seen.page.get_by_label("Search the book").press("Enter")
        expect(seen.page.locator("#search-says")).to_contain_text("for “12A”")
        expect(seen.page.locator("#search-results .row").first).to_be_visible()


@pytest.mark.parametrize("query", ["", "  ", "+ - *", "a:b^2~", "ق" * 10_000, "x " * 60, '"19'])
def test_query_without_sense_is_answered_in_a_sentence(
    browser: Browser, zetland: str, query: str
) -> None:
    with visit(browser) as seen:
        seen.page.goto(zetland + "search.html")
        seen.page.get_by_label("Search the book").fill(query)
        seen.page.get_by_label("Search the book").press("Enter")
        expect(seen.page.locator("#search-says")).to_contain_text(".", timeout=30_000)
        expect(seen.page.locator("#search-says")).not_to_contain_text("Searching …", timeout=30_000)


def test_moved_page_leads_to_the_new_one_and_to_the_same_paragraph(
    browser: Browser, small: Base, tmp_path: Path
) -> None:
    shutil.copytree(small.folder, tmp_path / "book")
    (tmp_path / "book" / "moved.yml").write_text("zz-old-law: zz-constitution\n", encoding="utf-8")
    base = read_base(tmp_path / "book")
    site = publish(base, tmp_path / "build", today=date(2032, 1, 10), say=print)
    with served(site) as address, visit(browser) as seen:
        seen.page.goto(address + "zz-old-law/12.html#p2-a")
        expect(seen.page).to_have_url(f"{address}zz-constitution/12.html#p2-a")


def test_words_of_a_record_do_nothing_in_a_search_result(
    browser: Browser, small: Base, tmp_path: Path
) -> None:
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script> <mark onclick=alert(3)>quaint"
    book = tmp_path / "book"
    shutil.copytree(small.folder, book)
    path = book / "rulings" / "zz" / "zz-sc-2019-roe-v-state.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("title: Roe v State", f"title: '{nasty}'")
    path.write_text(f"{text}\nopen:\n  - '{nasty}'\n", encoding="utf-8")
    base = read_base(book)
    assert not base.problems, base.problems
    index = Index(build(base, tmp_path))
    site = publish(
        base, tmp_path / "build", today=date(2032, 1, 10), say=print,
        extras=lambda base, site: write_shards(index, base, site),
    )  # fmt: skip
    with served(site) as address, visit(browser) as seen:
        seen.page.goto(address)
        search(seen.page, "quaint")
        row = seen.page.locator("#search-results .row").first
        expect(row.locator("a").first).to_have_text(nasty)
        assert row.locator("img, script").count() == 0
