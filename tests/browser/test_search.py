"""The search in a real browser: that it answers as `kb find` does, and how it is used.

One index, two readers: every relevance query, and every way of asking, gives the same records in
the same order with the same words, whether Python reads the index or a browser its blocks.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from visits import served, visit

from kb.base import Base
from kb.find import entries
from kb.find.index import Index
from kb.find.query import QueryProblem, find
from kb.find.shards import write_shards
from kb.find.words import stem
from kb.letters import fold

RELEVANCE = Path(__file__).parents[1] / "relevance"
TYPED = [
    entry["query"]
    for path in sorted(RELEVANCE.glob("*.yml"))
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
]
CITED = list(yaml.safe_load((RELEVANCE.parent / "provisions.yml").read_text(encoding="utf-8")))
# Every way of asking, and every script; each of them is asked of both countries.
WAYS = """
place:pk kind:ruling|court:SHC mobile|kind:ruling standing:set-aside|year:2024
year:2018-2020 blocking|right:expression|topic:network-shutdown|provision:19A
applies:"Article 19" kind:ruling|KIND:ruling order|place:zz|court:zz-hc order|year:2031-
year:-2019|standing:stands|kind:ruling kind:incident harbour|harbour -festival
mobile NOT festival|twitter OR harbour|suspen*|in*|network* -mobile|*|19A*
"freedom of expression"|"mobile data"|"of the"|"Article 12A"|-mobile "end date"
"an order of this kind"|court:nowhere x|place:atlantis|year:20x|-x|""|+ - *|OR|NOT|OR mobile
mobile OR|NOT mobile|"mobile|12|12A|12 12A|19|19A|Article 12(2)(a)|section 7|s. 7 Telecom Act
Articles 12 to 13|zz-constitution/12|zz-hc-2031-doe-v-ministry|(2031) 4 ZLR 112
article nineteen A|Article XIX UDHR|section fifty-four telecom act|GC 34 paragraph forty three
article one hundred and eighty four|art ten A or twelve|126-ФЗ ст.46 и ст.65.1|article civil
art. 12 and art. 12A Constitution of Zetland|article 19 and section 54 telecom act
Constitution of Zetland art 12 and art 3 CON|constitution of pakistan art 19 and art 10 ECHR
when the net is off can I sue|they ban an app for children|kangaroo wallaby|blackout
wifi sea kangaroo wallaby|signal band hai aur app bhi|суд снял запрет|اخبار پر پابندی
u/a 12 A constitution of zetland|u/a 199|article19 A|GC 34 at para 43|A/HRC/50/32 (2022) para 28
para 97 A/HRC/50/32|WP 958-2013|W.P. # 88 of 2030|(2019) SCMR 1|W.P. No. 88 of 2030
PLD 2017 SC 1 mobile|PLD 1999 SC 9999|doe v ministry|harbour shutdown
harbor shutdwn|minstry of comunications|xqzzy|xqzzy mobile|Doe|آرٹیکل 19 اے|انٹرنیٹ کی بندش
ст. 29 Конституции|блокировка сайтов|Харитонов|droit à l'information|a the of|what is the law
"the"|"the kangaroo"|"the the"|"of the harbour of"|"in the order"|"order of the day"|"reasons the"
udhr 20 and 21|20, 21 UDHR|ICESCR 15(1)(b)|s 8(2)(c) telecom act|section 37(1) peca|2R peca
gc34 margin of appreciation|which article Zetland free expression|Article 12(9) Zetland
section 7(1) Telecom Act festival|Act No. XVII of 1996 suspend|Article 300 Constitution of Zetland
artcle 19A right to infomation|st 29 konstitutsii rf|ЗОП 34 п. 43|section 24A reasons to be recorded
who shut mobile 8 feb|kya vpn chalana jurm hai|order 12 mobile OR "x y"|s. 7 12 mobile|muawza
adalat ka hukam nahi manti tauheen e adalat|ютуб тормозит кто виноват|trademark registration fee ipo
telephone s. 7|internet's|people's right|co‑operation|19–A|۱۹ اے|straße|24/7 access|4G
""".strip()
ODD = [
    "internet\u200bshutdown", "\u202emobile\u202c data", "💥 mobile 💥", "💥", "ﬁle", "Ⅳ mobile",
    "e\u0301lection", "m\u200co\u200db\ufeffile", "ا" * 2_000, "mobile " * 250, "x" * 10_000,
]  # fmt: skip
QUERIES = [*(query for row in WAYS.split("\n") for query in row.split("|")), *ODD]
NAMES = ("total", "complete", "refused", "mentioned", "relaxed", "did_you_mean", "nearest")
SHOWN = ("id", "record", "kind", "place", "title", "date", "standing", "standing_says", "pinpoint",
         "whole", "beside", "passage", "marks", "url", "also")  # fmt: skip


def by_python(index: Index, query: str) -> dict[str, Any]:
    try:
        return find(index, query, limit=10).as_data()
    except QueryProblem as problem:
        return {"problem": str(problem)}


def by_browser(page: Page, query: str) -> dict[str, Any]:
    return page.evaluate(
        """async (query) => {
            try { return await writbase.find(query, { limit: 10 }); }
            catch (error) { return { problem: error.message }; }
        }""",
        query,
    )


def plain(value: Any) -> Any:
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def assert_same(index: Index, page: Page, query: str) -> None:
    expected, found = by_python(index, query), by_browser(page, query)
    if "problem" in expected or "problem" in found:
        assert found.get("problem") == expected.get("problem")
        return
    assert [one["id"] for one in found["results"]] == [one["id"] for one in expected["results"]]
    for name in NAMES:
        assert plain(found[name]) == plain(expected[name]), name
    for mine, theirs in zip(expected["results"], found["results"], strict=True):
        for name in SHOWN:
            assert plain(theirs[name]) == plain(mine[name]), name
        assert theirs["score"] == pytest.approx(mine["score"], abs=0.0011)


@pytest.fixture(scope="module")
def at_book(browser: Browser, real_site: Path) -> Iterator[Page]:
    with served(real_site) as address, visit(browser) as seen:
        seen.page.goto(f"{address}search.html")
        yield seen.page


@pytest.fixture(scope="module")
def at_zetland(browser: Browser, small_site: Path) -> Iterator[Page]:
    """The search of the fictional country on a memory card."""
    with visit(browser) as seen:
        seen.page.goto((small_site / "search.html").as_uri())
        yield seen.page


@pytest.fixture(scope="module")
def crowded_index(small_index: Index) -> Iterator[Index]:
    """The index of the fictional country as if its words stood in thousands of passages."""
    index = Index(small_index.folder, best=3)
    yield index
    index.close()


@pytest.fixture(scope="module")
def at_crowded(
    browser: Browser, crowded_index: Index, small: Base, small_site: Path, tmp_path_factory: Any
) -> Iterator[Page]:
    site = shutil.copytree(small_site, tmp_path_factory.mktemp("crowded") / "site")
    shutil.rmtree(site / "search")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(entries, "COMMON", 6)
        write_shards(crowded_index, small, site)
    with visit(browser) as seen:
        seen.page.goto((site / "search.html").as_uri())
        yield seen.page


# --- one index, two readers -----------------------------------------------------------------------


@pytest.mark.parametrize("query", TYPED)
def test_relevance_query_is_answered_as_kb_find_answers(
    real_index: Index, at_book: Page, query: str
) -> None:
    assert_same(real_index, at_book, query)


@pytest.mark.parametrize("query", CITED)
def test_provision_as_it_is_typed_is_answered_as_kb_find_answers(
    real_index: Index, at_book: Page, query: str
) -> None:
    assert_same(real_index, at_book, query)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:40])
def test_any_way_of_asking_is_answered_as_kb_find_answers(
    real_index: Index, at_book: Page, query: str
) -> None:
    assert_same(real_index, at_book, query)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:40])
def test_search_from_a_memory_card_is_answered_as_kb_find_answers(
    small_index: Index, at_zetland: Page, query: str
) -> None:
    assert_same(small_index, at_zetland, query)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:40])
def test_words_in_more_passages_than_are_weighed_are_answered_as_kb_find_answers(
    crowded_index: Index, at_crowded: Page, query: str
) -> None:
    assert_same(crowded_index, at_crowded, query)


def test_words_are_folded_and_stemmed_alike(real_index: Index, at_book: Page) -> None:
    endings = ["", "s", "ed", "ing", "ation", "ement", "ives", "euse", "ally", "ness", "y"]
    russian = ["", "ами", "ость", "ейший", "вшись", "ующего", "ла", "ния"]
    words = []
    for word in real_index.vocabulary():
        more = russian if "а" <= word[0] <= "я" else endings if "a" <= word[0] <= "z" else [""]
        words += [word[: len(word) - cut] + end for cut in (0, 1) for end in more if len(word) > 3]
    cases = [[word, language] for word in words for language in ("", "fr")]
    assert len(cases) > 100_000
    stems = at_book.evaluate("(cases) => cases.map((one) => writbase.stem(...one))", cases)
    wrong = [
        (case, found, stem(*case)) for case, found in zip(cases, stems, strict=True)
        if found != stem(*case)
    ]  # fmt: skip
    assert wrong == []
    odd = [chr(code) for code in range(0x20, 0x3000) if chr(code).isprintable()]
    odd += [f"e{sign}" for sign in odd] + [f"ب{sign}" for sign in odd]
    folded = at_book.evaluate("(texts) => texts.map(writbase.fold)", odd)
    assert [(text, one) for text, one in zip(odd, folded, strict=True) if one != fold(text)] == []


# --- what is written ------------------------------------------------------------------------------


def test_same_index_makes_the_same_blocks(small_index: Index, small: Base, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_shards(small_index, small, tmp_path / name)
    one, two = (
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.js")}
        for name in ("one", "two")
    )
    assert one and one == two


def test_code_of_the_search_stays_small(small_site: Path) -> None:
    search, citations, filters = (
        len(gzip.compress((small_site / "assets" / f"{name}.js").read_bytes(), 9))
        for name in ("search", "citations", "filters")
    )
    # The stemmers are in it. What only some queries load is counted beside it, so that it stays so.
    assert search < 18 * 1024
    assert search + citations + filters < 26 * 1024


def test_block_is_a_script_that_calls_one_function(small_site: Path) -> None:
    paths = list((small_site / "search").rglob("*.js"))
    assert len(paths) > 10
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert re.match(r'writbase\("[a-z]+(-\d+)?",[\[{]', text), path
        assert text.endswith(");\n") and text.count("\n") == 1


# --- how it is used -------------------------------------------------------------------------------


def type_in(page: Page, query: str) -> None:
    page.get_by_label("Search the book").fill(query)
    expect(page.locator("#search-results")).to_have_attribute("data-query", query)


def rows(page: Page) -> Any:
    return page.locator("#search-results .row")


def test_results_come_as_one_types_and_the_address_is_to_be_passed_on(
    browser: Browser, zetland: str
) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{zetland}search.html")
        before = page.evaluate("history.length")
        type_in(page, "harbour shutdown")
        expect(page).to_have_url(f"{zetland}search.html#q=harbour%20shutdown")
        first = rows(page).first.text_content()
        type_in(page, "constitution")
        assert page.evaluate("history.length") == before
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        for address in ("?q=harbour+shutdown", "#q=harbour%20shutdown"):
            page.goto("about:blank")
            page.goto(f"{zetland}search.html{address}")
            expect(rows(page).first).to_have_text(str(first))
            expect(page.get_by_label("Search the book")).to_have_value("harbour shutdown")
            # What was typed is sent to no server, neither when the page is loaded again.
            expect(page).to_have_url(f"{zetland}search.html#q=harbour%20shutdown")


def test_ruling_that_was_set_aside_says_so_in_sign_word_and_sentence(
    browser: Browser, zetland: str
) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{zetland}search.html?q=doe+v+ministry")
        row = rows(seen.page).filter(has=seen.page.get_by_role("link", name="Doe v Ministry")).first
        expect(row.locator(".chip--gone")).to_have_text("✕ Set aside")
        expect(row).to_contain_text("Set aside by the Supreme Court of Zetland on 2 December 2031")


def test_words_that_were_asked_for_are_marked_with_their_pinpoint(
    browser: Browser, zetland: str
) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{zetland}search.html?q=%22an+order+of+this+kind%22")
        expect(rows(seen.page).first.locator("mark")).to_have_text("An order of this kind")
        expect(rows(seen.page).first).to_contain_text("para 41")


def test_filters_have_counts_and_narrow_and_widen_again(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{zetland}search.html")
        type_in(page, "order")
        whole = rows(page).count()
        page.get_by_text("Narrow what was found").click()
        button = page.get_by_role("button", name=re.compile(r"^Set aside \d"))
        count = int((button.text_content() or "").split()[-1])
        button.click()
        expect(page.locator("#search-results")).to_have_attribute(
            "data-query", "order standing:set-aside"
        )
        expect(rows(page)).to_have_count(count)
        expect(button).to_have_attribute("aria-pressed", "true")
        button.click()
        expect(rows(page)).to_have_count(whole)


def test_misspelt_word_is_offered_as_it_was_meant(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{zetland}search.html")
        type_in(seen.page, "festivl")
        seen.page.get_by_role("link", name="festival").click()
        expect(seen.page.get_by_label("Search the book")).to_have_value("festival")
        expect(rows(seen.page).first).to_be_visible()


def test_citation_that_is_not_held_is_refused_in_a_sentence(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{zetland}search.html?q=(2039)+4+ZLR+999")
        expect(seen.page.locator("#search-says")).to_have_text(
            "“(2039) 4 ZLR 999” is a citation that this book does not hold."
        )
        expect(rows(seen.page)).to_have_count(0)


def test_nothing_found_is_said_with_what_comes_nearest(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{zetland}search.html?q=%22festival+constitution%22")
        expect(seen.page.locator("#search-says")).to_contain_text("Nothing was found for")
        expect(seen.page.locator("#search-says")).to_contain_text("The nearest that the book has")
        expect(rows(seen.page).first.get_by_role("link")).to_be_visible()


def test_arrows_enter_and_escape_are_enough(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        page, press = seen.page, seen.page.keyboard.press
        page.goto(f"{zetland}search.html?q=order")
        expect(page.locator("#search-results")).to_have_attribute("data-query", "order")
        page.get_by_label("Search the book").focus()
        press("ArrowDown")
        links = page.locator("#search-results .row-head a")
        expect(links.first).to_be_focused()
        press("ArrowDown")
        expect(links.nth(1)).to_be_focused()
        press("ArrowUp")
        press("ArrowUp")
        expect(page.get_by_label("Search the book")).to_be_focused()
        press("ArrowDown")
        press("Escape")
        expect(page.get_by_label("Search the book")).to_be_focused()
        press("ArrowDown")
        press("Enter")
        expect(page.locator("#search-says")).to_have_count(0)


def test_search_has_names_for_a_screen_reader(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{zetland}search.html?q=harbour")
        expect(page.get_by_role("search").get_by_role("searchbox")).to_have_value("harbour")
        expect(page.get_by_role("status")).to_contain_text(
            re.compile(r"\d+ records? for “harbour”")
        )
        expect(page.get_by_role("list", name="Results")).to_be_visible()


def test_more_results_are_shown_on_demand(browser: Browser, real_site: Path) -> None:
    with served(real_site) as address, visit(browser) as seen:
        seen.page.goto(f"{address}search.html?q=mobile")
        expect(rows(seen.page)).to_have_count(10)
        seen.page.get_by_role("button", name="Show more").click()
        expect(rows(seen.page)).to_have_count(20)


# --- hard knocks ----------------------------------------------------------------------------------

CALM = "A part of the book could not be loaded. Load the page again, or go by the lists below."


@pytest.mark.parametrize("kind", ["words", "rows", "shown", "grammar", "book"])
@pytest.mark.parametrize("how", ["missing", "truncated"])
def test_part_that_is_missing_or_cut_short_is_said_calmly_and_the_rest_goes_on(
    browser: Browser, small_site: Path, tmp_path: Path, kind: str, how: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(small_site, site)
    for path in (site / "search").rglob(f"{kind}*.js"):
        if how == "missing":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:-20])
    with served(site) as address:
        page = browser.new_page()
        page.goto(f"{address}search.html?q=harbour+12A")
        expect(page.locator("#search-says")).to_contain_text(CALM)
        page.get_by_label("Search the book").fill("kind:nonsense -")
        page.get_by_label("Search the book").press("Enter")
        expect(page.locator("#search-says")).not_to_contain_text("Searching …")
        page.get_by_role("navigation", name="Lists").get_by_role("link", name="Rulings").click()
        expect(page.locator("h1")).to_have_text("Rulings")
        page.close()


def test_page_left_open_while_the_book_was_renewed_reads_the_new_one(
    browser: Browser, small_site: Path, small_index: Index, small: Base, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(small_site, site)
    with served(site) as address:
        page = browser.new_page()
        page.goto(f"{address}search.html?q=harbour")
        expect(page.locator("#search-results")).to_have_attribute("data-query", "harbour")
        shutil.rmtree(site / "search")
        write_shards(small_index, small, site)
        folder = next(path for path in (site / "search").iterdir() if path.is_dir())
        folder.rename(folder.with_name("0" * 12))
        table = site / "search" / "book.js"
        text = table.read_text(encoding="utf-8").replace(folder.name, "0" * 12)
        table.write_text(text, encoding="utf-8")
        type_in(page, "Article 12A")
        expect(rows(page).first).to_contain_text("Article 12A")
        page.close()


def test_search_works_where_nothing_may_be_stored(browser: Browser, zetland: str) -> None:
    with visit(browser) as seen:
        seen.page.add_init_script(
            "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])"
            " Object.defineProperty(window, name, { get() { throw new Error('denied'); } });"
        )
        seen.page.goto(f"{zetland}search.html?q=harbour")
        expect(rows(seen.page).first).to_be_visible()


@pytest.mark.parametrize("query", ODD, ids=lambda query: query[:20])
def test_odd_signs_are_answered_in_a_sentence(browser: Browser, zetland: str, query: str) -> None:
    with visit(browser) as seen:
        seen.page.goto(f"{zetland}search.html")
        seen.page.get_by_label("Search the book").fill(query)
        seen.page.get_by_label("Search the book").press("Enter")
        expect(seen.page.locator("#search-says")).to_contain_text(re.compile(r"for “|query"))
        type_in(seen.page, "harbour")
        expect(rows(seen.page).first).to_be_visible()
