"""What the tests share: the fictional country, and a copy of it that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kb.base import Base, read_base

# No deadlines: a test on a busy machine must not fail for its slowness.
settings.register_profile(
    "kb", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("kb")

HERE = Path(__file__).parent
ROOT = HERE.parent
SMALL = HERE / "small"


@pytest.fixture(scope="session")
def small() -> Base:
    """The book of the fictional country, read once."""
    return read_base(SMALL)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the fictional country's folder, for a test to change."""
    folder = tmp_path / "book"
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("build"))
    return folder
