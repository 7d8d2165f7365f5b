"""The book on a reader's device, in a real browser: kept, cut off, renewed, removed."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from visits import Site, Visit, visit

from kb.base import Base, read_base
from kb.find.index import Index, build
from kb.find.shards import write_shards
from kb.site.publish import publish
from kb.site.serve import open_server

RULING = "zz-hc-2031-doe-v-ministry.html"
KEPT = "the copy kept on this device, of 10 January 2032."


@pytest.fixture(scope="module")
def newer(small: Base, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book a month later: one ruling has another name, so that the search has other blocks."""
    folder = tmp_path_factory.mktemp("newer")
    shutil.copytree(small.folder, folder / "book", ignore=shutil.ignore_patterns("build"))
    path = folder / "book" / "rulings" / "zz" / "zz-sc-2019-roe-v-state.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Roe v State", "Roe v State (the zebra case)"), encoding="utf-8")
    base = read_base(folder / "book")
    index = Index(build(base, folder))
    return publish(
        base, folder, today=date(2032, 2, 10), say=print,
        extras=lambda base, site: write_shards(index, base, site),
    )  # fmt: skip


@contextmanager
def cut_off(seen: Visit, site: Site) -> Iterator[None]:
    """No network; what Chromium itself then reports of failed requests is no fault of ours."""
    site.cut()
    seen.page.context.set_offline(True)
    yield
    seen.page.context.set_offline(False)
    site.back()
    own = [e for e in seen.errors if not e.startswith("Failed to load resource: net::ERR_")]
    seen.errors[:] = own


def missing(seen: Visit) -> None:
    """Leave out what Chromium reports of files that the test has taken off the server."""
    seen.errors[:] = [e for e in seen.errors if "status of 404" not in e]


def says(page: Page) -> Any:
    return expect(page.locator("#offline-says"), "what the page says")


def keep(page: Page, site: Site, button: str = "Keep this book on this device") -> None:
    page.goto(f"{site.address}offline.html")
    page.get_by_role("button", name=button).click()
    says(page).to_contain_text("The whole book is on this device", timeout=60_000)


def stored(page: Page) -> dict[str, int]:
    return page.evaluate(
        """async () => ({
            caches: (await caches.keys()).length,
            workers: (await navigator.serviceWorker.getRegistrations()).length,
            databases: (await indexedDB.databases()).length,
            words: localStorage.length + sessionStorage.length + document.cookie.length,
        })"""
    )


NOTHING = {"caches": 0, "workers": 0, "databases": 0, "words": 0}


# --- kept, and cut off ----------------------------------------------------------------------------


def test_nothing_is_stored_before_the_press(browser: Browser, site: Site) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{site.address}offline.html")
        says(seen.page).to_have_text("No copy is kept on this device.")
        expect(seen.page.get_by_role("button", name="Remove")).to_have_count(0)
        assert stored(seen.page) == NOTHING
        for path in ("", RULING):
            seen.page.goto(site.address + path)
            assert stored(seen.page) == NOTHING
        assert not [url for url in seen.asked if "sw.js" in url or ".pack" in url]


def test_button_says_how_much_room_the_book_takes_and_how_much_is_fetched(
    browser: Browser, site: Site
) -> None:
    about = json.loads((site.folder / "offline/edition.json").read_text(encoding="utf-8"))
    room, line = (f"{about[name] / 1e6:.1f} MB" for name in ("bytes", "packed"))
    with visit(browser) as seen:
        seen.page.goto(f"{site.address}offline.html")
        name = f"Keep this book on this device ({room}; {line} to fetch)"
        expect(seen.page.get_by_role("button", name=name)).to_be_visible()


def test_book_is_read_with_the_network_cut_and_says_of_what_day_it_is(
    browser: Browser, site: Site
) -> None:
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        says(page).to_contain_text("10 January 2032")
        with cut_off(seen, site):
            page.goto(site.address)
            expect(page.locator("main")).to_contain_text(KEPT)
            page.get_by_role("navigation", name="Main").get_by_role("link", name="Rulings").click()
            page.get_by_role("link", name="Doe v Ministry of Communications", exact=True).click()
            banner = page.get_by_role("note", name="Standing of this ruling")
            expect(banner).to_contain_text("Set aside")
            expect(page.locator("main")).to_contain_text(KEPT)
            expect(page.locator("footer")).to_contain_text("Built on 10 January 2032 from the")
            band = page.locator(".top").evaluate("one => getComputedStyle(one).backgroundColor")
            assert band != "rgba(0, 0, 0, 0)"


def test_every_file_of_the_site_is_read_from_the_copy(browser: Browser, site: Site) -> None:
    names = [
        path.relative_to(site.folder).as_posix()
        for path in sorted(site.folder.rglob("*"))
        if path.is_file() and path.parent.name != "offline" and path.name != "sw.js"
    ]
    with visit(browser) as seen:
        keep(seen.page, site)
        seen.page.goto(site.address)
        with cut_off(seen, site):
            for name in names:
                text = seen.page.evaluate(
                    "async (path) => (await fetch(path)).text()", site.address + name
                )
                assert text == (site.folder / name).read_text(encoding="utf-8"), name


# --- searched, and cut off ------------------------------------------------------------------------


def ask(page: Page, query: str) -> None:
    """Search by the field in the head of whatever page this is."""
    page.get_by_label("Search the book").fill(query)
    page.get_by_label("Search the book").press("Enter")
    expect(page.locator("#search-results")).to_have_attribute("data-query", query)


def answered(page: Page, query: str) -> list[str]:
    """All that the page of the search shows for a query, its filters too."""
    ask(page, query)
    narrow = page.locator("#search-narrow")
    if narrow.is_visible():
        narrow.evaluate("one => (one.open = true)")
        expect(page.locator("#search-filters")).to_contain_text("Kind:")
    names = ("says", "meant", "filters", "results")
    return [page.locator(f"#search-{name}").inner_text() for name in names]


ASKED = [
    "harbour", "12A", "Article 12(2)(a)", "doe v ministry network shutdown end date reasons order",
    '"an order of this kind"', "order standing:set-aside court:zz-hc", "year:2019-2031 kind:ruling",
    "festivl", "(2039) 4 ZLR 999", "suspen*", "انٹرنیٹ کی بندش", "xqzzy",
]  # fmt: skip


def test_search_with_the_network_cut_answers_as_the_site_does(browser: Browser, site: Site) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{site.address}search.html")
        expected = {query: answered(seen.page, query) for query in ASKED}
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        with cut_off(seen, site):
            page.goto(f"{site.address}search.html")
            expect(page.locator("main")).to_contain_text(KEPT)
            for query in ASKED:
                assert answered(page, query) == expected[query], query
    whole = [" ".join(expected[query]) for query in ASKED]
    assert "✕ SET ASIDE" in whole[0]  # the sign of the standing stands in a result
    assert "names its ground" in whole[2] and "para 41" in whole[4]
    assert "Did you mean: festival" in whole[7] and "does not hold" in whole[8]


def test_field_in_the_head_of_any_kept_page_searches_with_the_network_cut(
    browser: Browser, site: Site
) -> None:
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        with cut_off(seen, site):
            for path in ("", RULING, "zz-constitution/12.html", "no/such/page.html"):
                page.goto(site.address + path)
                seen.asked.clear()
                ask(page, "doe v ministry network shutdown end date")
                blocks = {url for url in seen.asked if "/words-" in url}
                assert len(blocks) > 2  # one query, several parts of the dictionary
                page.locator("#search-results a", has_text="Doe v Ministry").first.click()
                expect(page.get_by_role("note", name="Standing of this ruling")).to_contain_text(
                    "Set aside by the Supreme Court of Zetland"
                )
                expect(page.locator("main")).to_contain_text(KEPT)
        missing(seen)


def test_search_of_an_old_copy_and_of_a_new_site_are_never_mixed(
    browser: Browser, site: Site, newer: Path
) -> None:
    old, new = (
        next(path.name for path in (folder / "search").iterdir() if path.is_dir())
        for folder in (site.folder, newer)
    )
    assert old != new
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        page.goto(f"{site.address}search.html")
        site.becomes(newer)
        stop_workers(page)
        # The page that was open is of the old edition, and so is all that it finds.
        ask(page, "zebra")
        expect(page.locator("#search-says")).to_contain_text("Nothing was found")
        ask(page, "roe v state")
        expect(page.locator("#search-results .row-head a").first).to_have_text("Roe v State")
        assert not [url for url in seen.asked if f"/{new}/" in url]
        # A page that is opened now is of the new one.
        seen.asked.clear()
        page.goto(f"{site.address}search.html")
        stop_workers(page)
        ask(page, "zebra")
        expect(page.locator("#search-results .row-head a").first).to_have_text(
            "Roe v State (the zebra case)"
        )
        assert not [url for url in seen.asked if f"/{old}/" in url]
        with cut_off(seen, site):
            seen.asked.clear()
            page.goto(f"{site.address}search.html")
            ask(page, "zebra")
            expect(page.locator("#search-says")).to_contain_text("Nothing was found")
            expect(page.locator("main")).to_contain_text(KEPT)
            assert not [url for url in seen.asked if f"/{new}/" in url]


@pytest.mark.parametrize("kind", ["book", "words", "shown", "grammar"])
def test_part_that_is_missing_in_the_copy_is_said_calmly_and_the_rest_goes_on(
    browser: Browser, site: Site, kind: str
) -> None:
    drop = """async (kind) => {
        for (const name of await caches.keys())
            for (const one of await (await caches.open(name)).keys())
                if (RegExp(`/search/(.*/)?${kind}(-[0-9]+)?[.]js$`).test(one.url))
                    await (await caches.open(name)).delete(one);
    }"""
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        page.evaluate(drop, kind)
        with cut_off(seen, site):
            page.goto(f"{site.address}search.html")
            page.get_by_label("Search the book").fill("harbour 12A")
            expect(page.locator("#search-says")).to_contain_text("could not be loaded")
            page.get_by_role("navigation", name="Lists").get_by_role("link", name="Law").click()
            expect(page.locator("h1")).to_have_text("Law")


def test_line_that_drops_during_a_search_is_said_calmly_and_the_next_search_goes_on(
    browser: Browser, site: Site
) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{site.address}search.html")
        ask(page, "harbour")
        with cut_off(seen, site):
            page.get_by_label("Search the book").fill("reasons 12A")
            expect(page.locator("#search-says")).to_contain_text("could not be loaded")
        ask(page, "reasons 12A")
        expect(page.locator("#search-results .row").first).to_be_visible()


def test_address_that_is_none_leads_to_the_kept_page_for_it(browser: Browser, site: Site) -> None:
    with visit(browser) as seen:
        keep(seen.page, site)
        with cut_off(seen, site):
            answer = seen.page.goto(f"{site.address}zz-constitution/99.html")
            assert answer and answer.status == 404
            expect(seen.page.locator("h1")).to_have_text("There is no such page")
            expect(seen.page.locator("main")).to_contain_text(KEPT)
            missing(seen)


def test_page_comes_from_the_device_while_the_site_has_the_same(
    browser: Browser, site: Site
) -> None:
    with visit(browser) as seen:
        keep(seen.page, site)
        (site.folder / RULING).write_text("the server was asked for it", encoding="utf-8")
        seen.page.goto(site.address + RULING)
        expect(seen.page.locator("h1")).to_have_text("Doe v Ministry of Communications")
        expect(seen.page.locator(".kept")).to_have_count(0)


def test_line_that_swallows_everything_costs_four_seconds_once(
    browser: Browser, site: Site
) -> None:
    with visit(browser) as seen:
        keep(seen.page, site)
        site.cut()
        # A server that takes every question and answers none.
        deaf = open_server(site.folder, "127.0.0.1", site.port)
        released = threading.Event()
        deaf.finish_request = lambda *_: released.wait(60) and None  # type: ignore[method-assign]
        site.up(deaf)
        try:
            seen.page.goto(site.address, timeout=12_000)
            expect(seen.page.locator("main")).to_contain_text(KEPT)
            seen.page.goto(site.address + RULING, timeout=2_500)
            expect(seen.page.locator("main")).to_contain_text(KEPT)
        finally:
            released.set()


def test_page_of_somebody_in_between_is_not_taken_for_the_site(
    browser: Browser, site: Site
) -> None:
    with visit(browser) as seen:
        keep(seen.page, site)
        for name in ("index.html", "404.html", "offline/edition.json"):
            (site.folder / name).write_text("<h1>This site is blocked</h1>", encoding="utf-8")
        seen.page.goto(site.address)
        expect(seen.page.locator("h1")).to_contain_text("internet shutdowns")
        expect(seen.page.locator("main")).to_contain_text(KEPT)


# --- half-finished, damaged, full -----------------------------------------------------------------


def test_half_finished_download_is_not_used_and_goes_on(browser: Browser, site: Site) -> None:
    lost = {path: path.read_bytes() for path in site.packs[1::2]}
    for path in lost:
        path.unlink()
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{site.address}offline.html")
        page.get_by_role("button", name="Keep this book").click()
        says(page).to_contain_text("The line dropped. What has come is here", timeout=60_000)
        says(page).to_contain_text("No copy is kept on this device.")
        missing(seen)
        page.goto(f"{site.address}offline.html")
        says(page).to_contain_text("A download did not finish")
        for path, content in lost.items():
            path.write_bytes(content)
        seen.asked.clear()
        page.get_by_role("button", name="Go on with the download").click()
        says(page).to_contain_text("The whole book is on this device", timeout=60_000)
        fetched = {url.rsplit("/", 1)[1] for url in seen.asked if url.endswith(".pack")}
        assert fetched == {path.name for path in lost}


def test_damaged_part_is_not_taken(browser: Browser, site: Site) -> None:
    whole = site.packs[0].read_bytes()
    # Well packed and of the right length, but with one sign changed.
    content = bytearray(gzip.decompress(whole))
    content[1000] ^= 1
    site.packs[0].write_bytes(gzip.compress(bytes(content)))
    with visit(browser) as seen:
        seen.page.goto(f"{site.address}offline.html")
        seen.page.get_by_role("button", name="Keep this book").click()
        says(seen.page).to_contain_text("The line dropped.", timeout=60_000)
        site.packs[0].write_bytes(whole)
        keep(seen.page, site, "Go on with the download")


def test_full_device_is_said_and_leaves_nothing(browser: Browser, site: Site) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{site.address}offline.html")
        tools = page.context.new_cdp_session(page)
        tools.send(
            "Storage.overrideQuotaForOrigin",
            {"origin": site.address.rstrip("/"), "quotaSize": 100_000},
        )
        page.get_by_role("button", name="Keep this book").click()
        says(page).to_contain_text("There is not enough room on this device", timeout=60_000)
        says(page).to_contain_text("take the kit below")
        assert stored(page)["caches"] == 0
        page.goto(site.address + RULING)
        expect(page.locator("h1")).to_have_text("Doe v Ministry of Communications")


def test_full_device_on_renewal_leaves_the_older_copy_whole(
    browser: Browser, site: Site, newer: Path
) -> None:
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        site.becomes(newer)
        page.goto(f"{site.address}offline.html")
        tools = page.context.new_cdp_session(page)
        used = int(page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)"))
        tools.send(
            "Storage.overrideQuotaForOrigin",
            {"origin": site.address.rstrip("/"), "quotaSize": used + 50_000},
        )
        page.get_by_role("button", name="Bring it up to date").click()
        says(page).to_contain_text("There is not enough room on this device", timeout=60_000)
        says(page).to_contain_text("The copy on this device is of 10 January 2032")
        with cut_off(seen, site):
            page.goto(site.address)
            ask(page, "roe v state")
            expect(page.locator("main")).to_contain_text(KEPT)
            expect(page.locator("#search-results .row").first).to_be_visible()


# --- a newer edition ------------------------------------------------------------------------------


def footer(page: Page) -> str:
    return page.locator("footer").inner_text()


def style(page: Page) -> str:
    return page.evaluate("async () => (await fetch('assets/writbase.css')).text()")


def stop_workers(page: Page) -> None:
    """Browsers stop idle workers, which then have forgotten everything that is not stored."""
    tools = page.context.new_cdp_session(page)
    tools.send("ServiceWorker.enable")
    tools.send("ServiceWorker.stopAllWorkers")


def test_newer_edition_is_shown_and_never_mixed_with_the_copy(
    browser: Browser, site: Site, newer: Path
) -> None:
    old_style = (site.folder / "assets/writbase.css").read_text(encoding="utf-8")
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        page.goto(site.address)
        site.becomes(newer)
        (site.folder / "assets/writbase.css").write_text("/* new */", encoding="utf-8")
        # The page that was open goes on with what it is made of.
        assert style(page) == old_style
        stop_workers(page)
        assert style(page) == old_style
        page.goto(site.address + RULING)
        assert "Built on 10 February 2032" in footer(page)
        assert style(page) == "/* new */"
        stop_workers(page)
        assert style(page) == "/* new */"
        expect(page.locator(".kept")).to_have_count(0)
        with cut_off(seen, site):
            page.goto(site.address + RULING)
            assert "Built on 10 January 2032" in footer(page)
            assert style(page) == old_style


def test_site_made_anew_of_the_same_records_is_said_to_be_so(browser: Browser, site: Site) -> None:
    with visit(browser) as seen:
        keep(seen.page, site)
        note = site.folder / "offline/edition.json"
        about = json.loads(note.read_text(encoding="utf-8"))
        note.write_text(json.dumps(about | {"edition": "0" * 32}), encoding="utf-8")
        seen.page.goto(f"{site.address}offline.html")
        says(seen.page).to_contain_text("the site has made its pages anew since")
        expect(seen.page.get_by_role("button", name="Bring it up to date")).to_be_visible()


def test_site_with_another_worker_takes_over_the_copy_of_the_old_one(
    browser: Browser, site: Site, newer: Path
) -> None:
    taken_over = """async () => {
        const registered = await navigator.serviceWorker.ready;
        const before = registered.active;
        await registered.update();
        while (registered.installing || registered.waiting || registered.active === before)
            await new Promise((done) => setTimeout(done, 50));
        return registered.active.state !== "redundant";
    }"""
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        site.becomes(newer)
        worker = site.folder / "sw.js"
        worker.write_text(f"{worker.read_text(encoding='utf-8')}\nvoid 0;\n", encoding="utf-8")
        page.goto(site.address + RULING)  # the old worker's page of the new site
        assert "Built on 10 February 2032" in footer(page)
        assert page.evaluate(taken_over)
        page.goto(site.address + RULING)
        assert "Built on 10 February 2032" in footer(page)
        with cut_off(seen, site):
            page.goto(site.address + RULING)
            assert "Built on 10 January 2032" in footer(page)
            ask(page, "roe v state")
            expect(page.locator("#search-results .row").first).to_be_visible()
        keep(page, site, "Bring it up to date")
        says(page).to_contain_text("the copy of 10 February 2032")


def test_copy_is_brought_up_to_date_as_a_whole(browser: Browser, site: Site, newer: Path) -> None:
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        site.becomes(newer)
        page.goto(f"{site.address}offline.html")
        says(page).to_contain_text("The copy on this device is of 10 January 2032")
        says(page).to_contain_text("the site now has 10 February 2032")
        page.get_by_role("button", name="Bring it up to date").click()
        says(page).to_contain_text("The whole book is on this device: the copy of 10 February")
        assert stored(page)["caches"] == 2
        with cut_off(seen, site):
            page.goto(site.address + RULING)
            assert "Built on 10 February 2032" in footer(page)


def test_old_copy_serves_until_the_newer_one_is_whole(
    browser: Browser, site: Site, newer: Path
) -> None:
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        site.becomes(newer)
        site.packs[-1].unlink()
        page.goto(f"{site.address}offline.html")
        page.get_by_role("button", name="Bring it up to date").click()
        says(page).to_contain_text("The line dropped.", timeout=60_000)
        says(page).to_contain_text("The copy on this device is of 10 January 2032")
        missing(seen)
        with cut_off(seen, site):
            page.goto(site.address + RULING)
            expect(page.locator("main")).to_contain_text(KEPT)
            assert "Built on 10 January 2032" in footer(page)


def test_site_made_anew_during_the_download_is_fetched_instead(
    browser: Browser, site: Site, newer: Path
) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{site.address}offline.html")
        old = json.loads((site.folder / "offline/edition.json").read_text(encoding="utf-8"))
        lists = iter([old])
        page.route(
            "**/offline/edition.json",
            lambda route: (
                route.fulfill(json=one) if (one := next(lists, None)) else route.continue_()
            ),
        )
        site.becomes(newer)
        page.get_by_role("button", name="Keep this book").click()
        says(page).to_contain_text("the copy of 10 February 2032", timeout=60_000)
        missing(seen)


# --- away again, and without ----------------------------------------------------------------------


def test_removed_copy_leaves_nothing_behind(browser: Browser, site: Site) -> None:
    with visit(browser) as seen:
        page = seen.page
        keep(page, site)
        page.get_by_role("button", name="Remove the copy").click()
        says(page).to_contain_text("The copy is removed. No copy is kept on this device.")
        page.goto(site.address)
        assert stored(page) == NOTHING


def test_browser_that_keeps_nothing_is_told_of_the_kit(browser: Browser, site: Site) -> None:
    with visit(browser) as seen:
        seen.page.add_init_script("delete Navigator.prototype.serviceWorker")
        seen.page.goto(f"{site.address}offline.html")
        says(seen.page).to_contain_text("Take the kit below")
        assert seen.page.get_by_role("button", name=re.compile("Keep")).count() == 0


def test_page_without_javascript_leads_to_the_kit(browser: Browser, site: Site) -> None:
    with visit(browser, java_script_enabled=False) as seen:
        seen.page.goto(f"{site.address}offline.html")
        expect(seen.page.get_by_text("The kit below does not")).to_be_visible()
        with seen.page.expect_download() as download:
            seen.page.get_by_role("link", name=re.compile(r"writbase-\w+\.zip")).click()
        kit = next(site.folder.glob("offline/*.zip"))
        assert Path(download.value.path()).read_bytes() == kit.read_bytes()


def test_page_fits_a_narrow_phone_and_a_thumb(browser: Browser, site: Site) -> None:
    with visit(browser, width=360) as seen:
        keep(seen.page, site)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
        box = seen.page.get_by_role("button", name="Remove the copy").bounding_box()
        assert box and box["height"] >= 40


def test_page_has_no_fault_that_axe_knows(browser: Browser, site: Site) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with visit(browser) as seen:
        keep(seen.page, site)
        assert Axe().run(seen.page).response["violations"] == []
        with cut_off(seen, site):
            seen.page.goto(site.address + RULING)
            assert Axe().run(seen.page).response["violations"] == []


# --- the real book --------------------------------------------------------------------------------


def test_real_book_is_kept_within_its_budget_and_read_with_the_network_cut(
    browser: Browser, real_site: Path, tmp_path: Path
) -> None:
    site = Site(shutil.copytree(real_site, tmp_path / "site"))
    kit = next(site.folder.glob("offline/*.zip"))
    edition = json.loads((site.folder / "offline/edition.json").read_text(encoding="utf-8"))
    assert kit.stat().st_size < 10_000_000
    assert edition["packed"] < 4_000_000
    try:
        with visit(browser) as seen:
            keep(seen.page, site)
            with cut_off(seen, site):
                seen.page.goto(f"{site.address}pk-ihc-2018-cm-pak-v-pta.html")
                banner = seen.page.get_by_role("note", name="Standing of this ruling")
                expect(banner).to_contain_text("Set aside")
                ask(seen.page, "mobile suspension")
                found = seen.page.locator("#search-results .row", has_text="CM Pak Limited v.")
                expect(found.first.locator(".chip--gone")).to_have_text("✕ Set aside")
                ask(seen.page, "Art. 19-A")
                expect(seen.page.locator("#search-results .row").first).to_contain_text(
                    "Every citizen shall have the right to have access to information"
                )
    finally:
        site.cut()
