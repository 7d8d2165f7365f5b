"""What the tests in a real browser share: Chromium, and the two sites."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.fail(
            "There is no Chromium. Install it (apt install chromium) or name it in CHROMIUM."
        )
    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


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
