"""Making the site and serving it: what is in it, and that a failure leaves the old one whole."""

from __future__ import annotations

import errno
import fcntl
import re
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html.parser import HTMLParser
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kb.base import Base, read_base
from kb.folder import digest
from kb.site import publish as publishing
from kb.site.links import broken_links
from kb.site.minified import minified_script
from kb.site.publish import PublishProblem, build_day, publish, restore
from kb.site.serve import HEADERS, ServeProblem, Watch, open_server

TODAY = date(2032, 1, 10)
RULING = "zz-hc-2031-doe-v-ministry"
FOREIGN = re.compile(r"^(?:https?:)?//", re.I)


def nothing(text: str) -> None:
    pass


@pytest.fixture(scope="module")
def site(small: Base, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(small, tmp_path_factory.mktemp("build"), today=TODAY, say=nothing)


class Reader(HTMLParser):
    """A page as a browser has it: its elements with their attributes, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.elements if name == tag]


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- what is published ----------------------------------------------------------------------------


def test_every_record_and_provision_has_its_page(small: Base, site: Path) -> None:
    for some_id in [*small.entries, *small.units]:
        assert (site / f"{some_id}.html").is_file()


def test_same_records_and_day_make_the_same_bytes(
    small: Base, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    again = publish(small, tmp_path / "build", today=TODAY, say=nothing)
    assert everything(again) == everything(site)


def test_day_of_the_build_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1957305600")
    assert build_day() == date(2032, 1, 10)


def test_foot_bears_the_day_and_the_digest_of_the_records(small: Base, site: Path) -> None:
    text = Reader(site / f"{RULING}.html").text
    assert f"Built on 10 January 2032 from the records {digest(small.folder)}." in text


def test_title_of_the_window_says_that_a_ruling_was_set_aside(site: Path) -> None:
    page = (site / f"{RULING}.html").read_text(encoding="utf-8")
    assert "<title>Doe v Ministry of Communications (set aside) · Writbase</title>" in page


def test_page_can_be_corrected_where_it_is_kept(site: Path) -> None:
    links = [a["href"] for a in Reader(site / f"{RULING}.html").all("a")]
    assert any(link.endswith(f"/edit/main/rulings/zz/{RULING}.yml") for link in links)


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    assert broken_links(site) == []


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text('<a href="a/b.html#x">b</a>', encoding="utf-8")
    (tmp_path / "a/b.html").write_text(
        '<p id="y"><a href="../index.html">h</a><a href="../c.html">c</a></p>', encoding="utf-8"
    )
    assert broken_links(tmp_path) == [
        "a/b.html links to ../c.html, which does not exist.",
        "index.html links to a/b.html#x, which does not exist.",
    ]


# --- nothing runs, nothing reaches out ------------------------------------------------------------


def test_every_page_bears_the_policy_and_nothing_that_breaks_it(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = Reader(path)
        policy = [m["content"] for m in page.all("meta") if "Content-Security-Policy" in str(m)]
        assert policy and policy[0].startswith("default-src 'none'; script-src 'self';"), path
        assert all(script.get("src") for script in page.all("script")), path
        assert not page.all("style"), path
        for _, attrs in page.elements:
            assert not any(name == "style" or name.startswith("on") for name in attrs), path


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        for tag, attrs in Reader(path).elements:
            if tag == "a":
                if FOREIGN.match(attrs.get("href", "")):
                    assert {"noopener", "noreferrer"} <= set(attrs["rel"].split()), path
                continue
            for name in ("href", "src", "action", "data", "poster", "srcset"):
                assert not FOREIGN.match(attrs.get(name, "")), f"{path}: {tag} {name}"


def test_styles_load_nothing_from_elsewhere(site: Path) -> None:
    for path in [*site.rglob("*.css"), *site.rglob("*.svg")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "@import" not in text and "http" not in text and "url(" not in text


def test_headings_come_in_order(site: Path) -> None:
    for path in site.rglob("*.html"):
        levels = [int(tag[1]) for tag, _ in Reader(path).elements if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), path


def test_pages_have_landmarks_a_skip_link_and_a_language(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = Reader(path)
        assert page.all("html")[0]["lang"] == "en"
        assert [a for a in page.all("main") if a["id"] == "content"]
        assert page.all("a")[0]["href"] == "#content"
        assert page.all("header") and page.all("footer")
        assert all(nav.get("aria-label") for nav in page.all("nav")), path
        assert all("scope" in th for th in page.all("th")), path


NASTY = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) "
    "![y](https://evil.example/y.png) ``` ~~~ **bold** {#anchor} {{ 7 * 7 }} {% raw %} &lt; \"' "
    "<!-- toc --> ## no heading {#no} </div></p>"
)


def with_nasty_words(book: Path) -> None:
    line = NASTY.replace("'", "''")
    path = book / "rulings" / "zz" / f"{RULING}.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("title: Doe v Ministry of Communications", f"title: '{line}'")
    text = text.replace(
        "  The order ran to one line.", f"\n  ```\n  {NASTY}\n  ```\n\n      {NASTY}"
    )
    text = text.replace("  - The press still quotes it as if it stood.", f"  - '{line}'")
    text = text.replace("      (b) the day", f"      ~~~\n      {NASTY}\n      # (b) the day")
    text = text.replace("docket: W.P. No. 88 of 2030", f"docket: '{line}'")
    path.write_text(text, encoding="utf-8")
    path = book / "vocab" / "topics.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("label: Network shutdown", f"label: '{line}'")
    path.write_text(text, encoding="utf-8")
    path = book / "vocab" / "courts.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("label: High Court of Zetland", f"label: '{line}'"), "utf-8")


def test_words_of_a_record_are_shown_and_do_nothing(book: Path, site: Path, tmp_path: Path) -> None:
    with_nasty_words(book)
    base = read_base(book)
    assert not base.problems, base.problems
    made = publish(base, tmp_path / "build", today=TODAY, say=nothing)
    for path in made.rglob("*.html"):
        name = path.relative_to(made)
        page = Reader(path)
        assert page.all("script") == Reader(site / name).all("script"), name
        assert not page.all("img"), name
        assert not page.all("code") or name == Path("guide.html"), name
        assert not any(a.get("href", "").startswith("javascript") for a in page.all("a")), name
        known = {tag for tag, _ in Reader(site / name).elements}
        assert {tag for tag, _ in page.elements} <= known | {"span"}, name
    words = " ".join(Reader(made / f"{RULING}.html").text.split())
    shown = " ".join(NASTY.split())
    assert words.count(shown) >= 6
    assert shown in " ".join(Reader(made / "rulings.html").text.split())


# --- what Material leaves behind ------------------------------------------------------------------


def test_only_what_a_page_uses_is_published(site: Path) -> None:
    scripts = {p.relative_to(site / "assets").as_posix() for p in site.glob("assets/**/*.js")}
    assert scripts == {
        "scheme.js", "writbase.js", "offline.js", "search.js", "citations.js", "filters.js",
    }  # fmt: skip
    assert not list(site.rglob("*.map"))


def test_script_and_style_is_sent_small_and_says_where_it_is_to_be_read(site: Path) -> None:
    for path in [site / "sw.js", *site.glob("assets/*.js"), *site.glob("assets/*.css")]:
        first, _, code = path.read_text(encoding="utf-8").partition("\n")
        assert "MIT: github.com/writbase/writbase" in first, path
        assert len(code.split("\n")) < 20, path


@pytest.mark.parametrize(
    "script",
    [
        "const a = f(); const { b } = g(a); h(b);",
        "const a = f(), { b } = g(); const [c] = g(a); h(b, c);",
        "let a = f(); let { b = a } = g(); h(b);",
    ],
)
def test_small_script_does_all_in_the_same_order(script: str) -> None:
    small = minified_script(f"(() => {{ {script} }})();")
    assert re.findall(r"\b[fgh]\(", small) == re.findall(r"\b[fgh]\(", script)


# --- a failure leaves the old site ----------------------------------------------------------------


@contextmanager
def untouched(out: Path) -> Iterator[None]:
    before = everything(out / "site")
    assert before
    yield
    assert everything(out / "site") == before
    assert not (out / ".building").exists()


@pytest.fixture
def out(small: Base, tmp_path: Path) -> Path:
    publish(small, tmp_path / "build", today=date(2031, 1, 1), say=nothing)
    return tmp_path / "build"


def test_new_site_takes_the_place_of_the_old(small: Base, out: Path) -> None:
    (out / "site" / "stale.html").write_text("old", encoding="utf-8")
    publish(small, out, today=TODAY, say=nothing)
    assert not (out / "site" / "stale.html").exists()
    assert sorted(p.name for p in out.iterdir()) == [".lock", "pages", "site"]


def test_full_disk_leaves_the_old_site(
    small: Base, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(base: Base, folder: Path, *, today: date) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "index.md"))

    monkeypatch.setattr(publishing, "write_pages", full)
    with untouched(out), pytest.raises(PublishProblem) as error:
        publish(small, out, today=TODAY, say=nothing)
    assert str(error.value) == (
        f"{out / '.building/pages/index.md'} cannot be written: No space left on device. "
        "The site that stood there before is untouched."
    )


def test_what_is_added_to_a_site_comes_in_before_it_is_put_in_its_place(
    small: Base, out: Path
) -> None:
    def extras(base: Base, site: Path) -> None:
        assert base is small and site.parent.name == ".building"
        (site / "search").mkdir()
        (site / "search" / "book.js").write_text("writbase();", encoding="utf-8")

    made = publish(small, out, today=TODAY, say=nothing, extras=extras)
    assert (made / "search" / "book.js").is_file()
    assert {"rel": "preload", "as": "script", "href": "search/book.js"} in Reader(
        made / "search.html"
    ).all("link")
    assert "search/book.js" in (made / "offline" / "files.json").read_text(encoding="utf-8")


def test_failure_of_what_is_added_leaves_the_old_site(small: Base, out: Path) -> None:
    def extras(base: Base, site: Path) -> None:
        raise PublishProblem("The index cannot be made.")

    with untouched(out), pytest.raises(PublishProblem, match="The index cannot be made"):
        publish(small, out, today=TODAY, say=nothing, extras=extras)


def test_full_disk_within_mkdocs_leaves_the_old_site(
    small: Base, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import mkdocs.utils

    def full(content: bytes, path: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", path)

    monkeypatch.setattr(mkdocs.utils, "write_file", full)
    with untouched(out), pytest.raises(PublishProblem, match="No space left on device"):
        publish(small, out, today=TODAY, say=nothing)


def test_folder_that_cannot_be_written_is_named(small: Base, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PublishProblem, match=r"file.* cannot be written: Not a directory\."):
        publish(small, tmp_path / "file" / "build", today=TODAY, say=nothing)


def test_warning_of_mkdocs_stops_the_build_with_a_sentence(book: Path) -> None:
    out = book / "build"
    publish(read_base(book), out, today=TODAY, say=nothing)
    (book / "docs").mkdir()
    (book / "docs" / "about.md").write_text("# About\n\n[x](nowhere.md)\n", encoding="utf-8")
    with untouched(out), pytest.raises(PublishProblem) as error:
        publish(read_base(book), out, today=TODAY, say=nothing)
    assert str(error.value).startswith("MkDocs made no site: Doc file 'about.md' contains a link")
    assert str(error.value).endswith("The site that stood there before is untouched.")


def test_link_that_leads_nowhere_stops_the_build(
    small: Base, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "broken_links", lambda site: ["a.html links to b.html."])
    with untouched(out), pytest.raises(PublishProblem, match=r"a\.html links to b\.html\. 1 such"):
        publish(small, out, today=TODAY, say=nothing)


def test_failure_between_the_renames_puts_the_old_site_back(
    small: Base, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(self: Path, target: Any) -> Path:
        if self.parent.name == ".building" and self.name == "site":
            raise OSError(errno.EACCES, "Permission denied", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with untouched(out), pytest.raises(PublishProblem, match="Permission denied"):
        publish(small, out, today=TODAY, say=nothing)


def test_build_killed_between_the_renames_is_put_right(small: Base, out: Path) -> None:
    before = everything(out / "site")
    (out / "site").rename(out / ".site-before")
    restore(out, nothing)
    assert everything(out / "site") == before


def test_second_build_waits_for_the_first(small: Base, out: Path) -> None:
    said: list[str] = []
    waiting = threading.Event()

    def say(text: str) -> None:
        said.append(text)
        waiting.set()

    with (out / ".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = threading.Thread(
            target=publish, args=(small, out), kwargs={"today": TODAY, "say": say}
        )
        second.start()
        assert waiting.wait(30)
    second.join(60)
    assert said[0] == f"Another build is at work in {out}. Waiting for it."
    assert not second.is_alive()


# --- serving --------------------------------------------------------------------------------------


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = open_server(site, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_pages_are_served_with_headers_that_keep_them_in(site: Path) -> None:
    with served(site) as host, urllib.request.urlopen(f"http://{host}/{RULING}.html") as answer:
        assert b"Doe v Ministry" in answer.read()
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
    assert "frame-ancestors 'none'" in HEADERS["Content-Security-Policy"]


def test_page_that_is_not_there_is_answered_with_ours(site: Path) -> None:
    with served(site) as host:
        for path in ("/no/such/page.html", "/assets/", "/by/"):
            with pytest.raises(urllib.error.HTTPError) as error:
                urllib.request.urlopen(f"http://{host}{path}")
            assert error.value.code == 404
            assert "There is no such page" in error.value.read().decode()


def test_nothing_outside_the_site_is_served(site: Path) -> None:
    (site.parent / "secret.html").write_text("secret", encoding="utf-8")
    with served(site) as host:
        for path in ("/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html"):
            connection = HTTPConnection(host)
            connection.request("GET", path)
            assert connection.getresponse().status == 404
            connection.close()


def test_port_in_use_is_said_in_a_sentence(site: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeProblem) as error:
            open_server(site, "127.0.0.1", port)
    assert str(error.value) == (
        f"Port {port} on 127.0.0.1 is in use. Stop what uses it, or choose another port."
    )


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("256.0.0.1", 8000)])
def test_address_that_is_none_is_said_in_a_sentence(site: Path, host: str, port: int) -> None:
    with pytest.raises(ServeProblem, match=r"\.$"):
        open_server(site, host, port)


def test_site_is_made_again_when_a_record_changes_and_only_then(book: Path) -> None:
    said: list[str] = []
    watch = Watch(book, said.append)
    assert watch.look() and not watch.look()
    path = book / "rulings" / "zz" / "zz-sc-2019-roe-v-state.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Roe v State", "Roe v The State"), encoding="utf-8"
    )
    assert watch.look() and not watch.look()
    page = book / "build" / "site" / "zz-sc-2019-roe-v-state.html"
    assert "Roe v The State" in page.read_text(encoding="utf-8")


def test_broken_record_leaves_the_old_site_and_is_said(book: Path) -> None:
    said: list[str] = []
    watch = Watch(book, said.append)
    assert watch.look()
    path = book / "rulings" / "zz" / "zz-sc-2019-roe-v-state.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")
    with untouched(book / "build"):
        assert not watch.look()
    assert "There is no such key" in said[-2]
    assert said[-1].endswith("in all: the old site stays.")
