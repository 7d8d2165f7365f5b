"""What is written for the time when the network is cut: list, packs, worker, kit."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.base import Base, read_base
from kb.folder import digest, record_files
from kb.site.links import broken_links
from kb.site.offline import PACK
from kb.site.publish import publish
from kb.site.scripts import BROWSER

TODAY = date(2032, 1, 10)
RULING = "zz-hc-2031-doe-v-ministry"


def nothing(text: str) -> None:
    pass


@pytest.fixture(scope="module")
def site(small: Base, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(small, tmp_path_factory.mktemp("build"), today=TODAY, say=nothing)


@pytest.fixture(scope="module")
def kit(site: Path) -> zipfile.ZipFile:
    (path,) = site.glob("offline/*.zip")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def card(kit: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that comes out of the kit."""
    folder = tmp_path_factory.mktemp("card")
    kit.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


def read(site: Path, name: str) -> Any:
    return json.loads((site / "offline" / name).read_text(encoding="utf-8"))


def half(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


# --- the list and the packs -----------------------------------------------------------------------


def test_list_holds_every_file_but_the_worker_and_itself(site: Path) -> None:
    listed = [path for pack in read(site, "files.json")["packs"] for path, _, _ in pack["files"]]
    there = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    assert len(listed) == len(set(listed))
    assert set(listed) == {
        name for name in there if name != "sw.js" and not name.startswith("offline/")
    }


def test_packs_hold_what_the_list_says(site: Path) -> None:
    for pack in read(site, "files.json")["packs"]:
        packed = (site / "offline" / f"{pack['digest']}.pack").read_bytes()
        assert (half(packed), len(packed)) == (pack["digest"], pack["bytes"])
        content = gzip.decompress(packed)
        for path, size, wanted in pack["files"]:
            file, content = content[:size], content[size:]
            assert half(file) == wanted
            assert file == (site / path).read_bytes()
        assert content == b""


def test_no_pack_is_larger_than_it_may_be(site: Path) -> None:
    packs = read(site, "files.json")["packs"]
    for files in (pack["files"] for pack in packs):
        assert len(files) == 1 or sum(size for _, size, _ in files) <= PACK
    names = {path.name for path in site.glob("offline/*.pack")}
    assert names == {f"{pack['digest']}.pack" for pack in packs}


def test_edition_is_known_by_the_digest_of_the_list(small: Base, site: Path) -> None:
    edition, listed = read(site, "edition.json"), read(site, "files.json")
    assert edition["edition"] == half((site / "offline/files.json").read_bytes())
    assert edition["built"] == listed["built"] == "10 January 2032"
    assert edition["records"] == listed["records"] == digest(small.folder)
    sizes = [size for pack in listed["packs"] for _, size, _ in pack["files"]]
    assert (edition["files"], edition["bytes"]) == (len(sizes), sum(sizes))
    assert edition["packed"] == sum(pack["bytes"] for pack in listed["packs"])
    assert (site / "offline/edition.json").stat().st_size < 300


def test_another_day_makes_another_edition(small: Base, site: Path, tmp_path: Path) -> None:
    other = publish(small, tmp_path / "build", today=date(2032, 1, 11), say=nothing)
    assert read(other, "edition.json")["edition"] != read(site, "edition.json")["edition"]
    assert read(other, "edition.json")["records"] == read(site, "edition.json")["records"]


# --- the page and the scripts ---------------------------------------------------------------------


def test_scripts_are_small(site: Path) -> None:
    scripts = [site / "sw.js", site / "assets/offline.js"]
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) < 4000


def test_every_sentence_that_the_script_says_stands_in_the_page(site: Path) -> None:
    script = (BROWSER / "offline.js").read_text(encoding="utf-8")
    calls = re.findall(r"sentence\(((?:[^()]|\([^()]*\))*)\)", script)
    said = {name for call in calls for name in re.findall(r'"([a-z-]+)"', call)}
    said |= set(re.findall(r'"([a-z-]+)"', re.findall(r"const now = (.*);", script)[0]))
    page = (site / "offline.html").read_text(encoding="utf-8")
    assert said == set(re.findall(r'data-when="([a-z-]+)"', page))


def test_only_its_own_page_loads_the_script(site: Path) -> None:
    loading = [p.name for p in site.rglob("*.html") if "offline.js" in p.read_text("utf-8")]
    assert loading == ["offline.html"]


def test_page_names_the_kit_its_size_and_its_digest(site: Path) -> None:
    (path,) = site.glob("offline/*.zip")
    page = (site / "offline.html").read_text(encoding="utf-8")
    assert f'<a href="offline/{path.name}" download>{path.name}</a>' in page
    assert f"{path.stat().st_size / 1e6:.1f} MB" in page
    assert hashlib.sha256(path.read_bytes()).hexdigest() in page
    assert "<!--" not in page and "%kit" not in page


def test_home_and_every_foot_lead_to_the_page(site: Path) -> None:
    assert '<a href="offline.html">Keep this book</a>' in (site / "index.html").read_text("utf-8")
    for path in site.rglob("*.html"):
        foot = path.read_text(encoding="utf-8").partition("<footer")[2]
        assert "offline.html" in foot, path


# --- the kit --------------------------------------------------------------------------------------


def test_same_book_makes_the_same_kit(
    small: Base, kit: zipfile.ZipFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TZ", "Asia/Karachi")
    other = publish(small, tmp_path / "build", today=TODAY, say=nothing)
    (path,) = other.glob("offline/*.zip")
    assert path.read_bytes() == Path(kit.filename or "").read_bytes()


def test_same_book_is_the_same_edition_whichever_process_makes_it(
    book: Path, tmp_path: Path
) -> None:
    # Else every build would be called newer, and every reader would fetch all of it again.
    languages = book / "vocab" / "languages.yml"
    french = "fr:\n  label: French\n  meaning: French.\n  direction: ltr\n"
    languages.write_text(languages.read_text(encoding="utf-8") + french, encoding="utf-8")
    constitution = book / "instruments" / "zz" / "zz-constitution.yml"
    text = constitution.read_text(encoding="utf-8").replace("language: ur", "language: fr")
    words = "harbour network order speak write print limit ground day state person ministry mobile"
    text = text.replace("ہر شخص بول سکتا ہے", words)
    constitution.write_text(text, encoding="utf-8")
    editions = []
    for seed in ("1", "2", "3"):
        shutil.copytree(book, tmp_path / seed)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1957305600"}
        command = [sys.executable, "-m", "kb", "--base", str(tmp_path / seed), "build"]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        editions.append(read(tmp_path / seed / "build" / "site", "edition.json"))
    assert editions[0] == editions[1] == editions[2]


def test_kit_is_whole_sorted_and_of_the_day(small: Base, kit: zipfile.ZipFile) -> None:
    assert kit.testzip() is None
    assert kit.namelist() == sorted(kit.namelist())
    assert {entry.date_time for entry in kit.infolist()} == {(2032, 1, 10, 0, 0, 0)}
    name = f"writbase-{digest(small.folder)}"
    assert Path(kit.filename or "").name == f"{name}.zip"
    assert all(entry.startswith(f"{name}/") for entry in kit.namelist())


def test_kit_holds_every_file_of_the_site(site: Path, card: Path) -> None:
    for path in site.rglob("*"):
        name = path.relative_to(site)
        own = name.parts[0] == "offline" or name.name in {"sw.js", "offline.js", "offline.html"}
        if path.is_file() and not own:
            # On a card alone, a form may lead to a file: to Firefox that is not the page's own.
            inside = (card / name).read_bytes().replace(b"'self' file:", b"'self'", 1)
            assert inside == path.read_bytes(), name


def test_field_in_the_head_may_lead_to_a_file_in_the_kit_and_only_there(
    site: Path, card: Path
) -> None:
    for folder, allowed in ((site, "form-action 'self'\""), (card, "form-action 'self' file:\"")):
        for path in folder.rglob("*.html"):
            assert allowed in path.read_text(encoding="utf-8").partition("</head>")[0], path


def test_kit_holds_every_record_and_word_as_text(small: Base, card: Path) -> None:
    paths = [path for _, _, path in record_files(small.folder)]
    paths += sorted((small.folder / "vocab").glob("*.yml"))
    assert paths
    for path in paths:
        copied = card / "records" / path.relative_to(small.folder)
        assert copied.read_bytes() == path.read_bytes()


def test_kit_holds_the_licences(book: Path, tmp_path: Path) -> None:
    (book / "LICENSE-RECORDS").write_text("CC BY 4.0", encoding="utf-8")
    site = publish(read_base(book), tmp_path / "build", today=TODAY, say=nothing)
    with zipfile.ZipFile(next(site.glob("offline/*.zip"))) as kit:
        (name,) = [name for name in kit.namelist() if name.endswith("/records/LICENSE-RECORDS")]
        assert kit.read(name) == b"CC BY 4.0"


def test_kit_says_first_what_it_is(small: Base, card: Path) -> None:
    text = (card / "READ-ME-FIRST.txt").read_text(encoding="utf-8")
    assert "open index.html" in text
    assert f"Built on 10 January 2032 from the records {digest(small.folder)}." in text
    assert "not legal advice" in text


def test_every_link_in_the_kit_leads_somewhere(card: Path) -> None:
    assert broken_links(card) == []


def test_page_in_the_kit_speaks_of_the_kit_and_runs_no_script_of_its_own(card: Path) -> None:
    page = (card / "offline.html").read_text(encoding="utf-8")
    assert "You are reading it." in page
    assert "offline.js" not in page and "<!--" not in page and "%kit" not in page


def test_every_page_bears_its_day_and_digest_in_the_kit_too(
    small: Base, site: Path, card: Path
) -> None:
    bears = f"Built on 10 January 2032 from the records {digest(small.folder)}."
    for folder in (site, card):
        for path in folder.rglob("*.html"):
            assert bears in path.read_text(encoding="utf-8").partition("<footer")[2], path
