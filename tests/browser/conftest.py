"""What the tests in a real browser share: Chromium, and the two sites."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from firefox import Firefox
from playwright.sync_api import Browser, BrowserType, sync_playwright
from visits import Site, served

from kb.base import Base, read_base
from kb.find.index import Index, build
from kb.find.shards import write_shards
from kb.site.publish import build_day, publish

ROOT = Path(__file__).parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launched(player_type: BrowserType, *arguments: str) -> Browser:
    """Chromium, started with arguments of its own."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.fail(
            "There is no Chromium. Install it (apt install chromium) or name it in CHROMIUM."
        )
    return player_type.launch(executable_path=chromium, args=[*ARGUMENTS, *arguments])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all; each visit has a context of its own."""
    with sync_playwright() as player:
        started = launched(player.chromium)
        yield started
        started.close()


@pytest.fixture
def careful_browser(browser: Browser) -> Iterator[Browser]:
    """A Chromium that only reads scripts and compiles none, so has no WebAssembly either.

    So is Tor Browser at its level Safer.
    """
    started = launched(browser.browser_type, "--js-flags=--jitless")
    yield started
    started.close()


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    """One Firefox for all; each site has a port of its own, so it sees nothing of the others."""
    with Firefox() as started:
        yield started


@pytest.fixture(scope="session")
def real() -> Base:
    """The real records."""
    base = read_base(ROOT)
    assert not base.problems, f"The records have problems; run kb check. {base.problems[0]}"
    return base


@pytest.fixture(scope="session")
def real_index(real: Base, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of the real records."""
    return Index(build(real, tmp_path_factory.mktemp("real-index")))


@pytest.fixture(scope="session")
def small_index(small: Base, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of the fictional country."""
    return Index(build(small, tmp_path_factory.mktemp("small-index")))


@pytest.fixture(scope="session")
def real_site(real: Base, real_index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real records, with its search."""
    return publish(
        real, tmp_path_factory.mktemp("real"), today=build_day(), say=print,
        extras=lambda base, site: write_shards(real_index, base, site),
    )  # fmt: skip


@pytest.fixture(scope="session")
def small_site(small: Base, small_index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fictional country, with its search."""
    return publish(
        small, tmp_path_factory.mktemp("small"), today=date(2032, 1, 10), say=print,
        extras=lambda base, site: write_shards(small_index, base, site),
    )  # fmt: skip


@pytest.fixture
def site(small_site: Path, tmp_path: Path) -> Iterator[Site]:
    """The site of the fictional country at an address of its own, for a test to change and cut."""
    made = Site(shutil.copytree(small_site, tmp_path / "site"))
    yield made
    made.cut()


@pytest.fixture
def card(small_site: Path, tmp_path: Path) -> Path:
    """The kit of the fictional country, unpacked on a card with a name as people give them."""
    folder = tmp_path / "memory card کارڈ"
    with zipfile.ZipFile(next(small_site.glob("offline/*.zip"))) as kit:
        kit.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


@pytest.fixture(scope="session")
def zetland(small_site: Path) -> Iterator[str]:
    """The address of the site of the fictional country."""
    with served(small_site) as address:
        yield address
