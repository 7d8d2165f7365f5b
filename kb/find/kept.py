"""Where an index is kept: its place, its lock, and the sums by which damage is seen.

An index stands in `build/index-<digest of the records>-<form of the program>`; so it cannot be
stale, and one that another form of this program wrote is never read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.folder import digest

SUMS = "sums.json"
MAKERS = (
    "letters", "numerals", "pattern", "named", "citation", "paragraphs", "address", "load",
    "model", "vocab", "base", "find/words", "find/about", "pinpoint", "laws", "find/passages",
    "find/names", "find/linked", "find/cut", "find/parse", "find/packed", "find/phrases",
    "find/kin", "find/index",
)  # fmt: skip


class NoIndex(Exception):
    """The index can neither be read nor made; the text says why."""


def place_of(folder: Path, library: object) -> tuple[Path, str]:
    """Where the index of the book in `folder` belongs now, and the digest of its records."""
    records = digest(folder)
    return folder / "build" / f"index-{records}-{_form(library)}", records


def _form(library: object) -> str:
    """Eight digits that change when the library does, or what makes an index from records."""
    summary = hashlib.sha256(str(library).encode())
    for module in MAKERS:
        summary.update((Path(__file__).parent.parent / f"{module}.py").read_bytes())
    return summary.hexdigest()[:8]


def write_json(path: Path, data: Any) -> None:
    """Write plain data, as small as it can be."""
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def seal(folder: Path) -> None:
    """Write down the checksum of every file in a folder."""
    write_json(folder / SUMS, _sums(folder))


def is_whole(folder: Path) -> bool:
    """Whether every file in a sealed folder is still as it was."""
    return bool(json.loads((folder / SUMS).read_text(encoding="utf-8")) == _sums(folder))


def _sums(folder: Path) -> dict[str, int]:
    return {
        path.name: zlib.crc32(path.read_bytes())
        for path in sorted(folder.iterdir())
        if path.name != SUMS
    }


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Only one process builds at a time; the others wait. A process that is killed holds no lock.

    Raises `NoIndex` with a sentence if nothing can be written there.
    """
    build = folder / "build"
    try:
        build.mkdir(parents=True, exist_ok=True)
        file = (build / "index.lock").open("a", encoding="utf-8")
    except OSError as error:
        raise NoIndex(f"The index cannot be made in {build}: {error.strerror}.") from None
    with file:
        try:
            import fcntl
        except ImportError:  # no such lock on this system: renaming alone must do
            yield
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
