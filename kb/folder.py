"""Where the records are: the folder of the book, its files, and a digest of what they say.

Imports nothing heavy: `kb find` asks here whether its index is still that of the records.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

RECORD_FOLDERS = ("instruments", "rulings", "incidents", "arguments")


class NoBook(Exception):
    """No folder with records was found; the text says where it was looked for."""


def locate(start: Path, chosen: str | None = None) -> Path:
    """The folder of the book: `chosen`, or the nearest folder above `start` with `instruments/`.

    Raises `NoBook` with a sentence if there is none.
    """
    if chosen:
        folder = Path(chosen).expanduser().resolve()
        if (folder / "instruments").is_dir():
            return folder
        raise NoBook(
            f"There is no folder 'instruments' in {folder}. Name the folder that holds it."
        )
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "instruments").is_dir() and (folder / "vocab").is_dir():
            return folder
    raise NoBook(
        f"No records were found in {start.resolve()} or above it. Go into the folder of the book, "
        "or name it with --base or in KB_BASE."
    )


def record_files(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Every record file as (folder, place, path), sorted; arguments have no place ('')."""
    for name in RECORD_FOLDERS:
        # Quicker than `rglob`, and `kb find` goes through all of them whenever it is asked.
        walked = os.walk(folder / name)
        for path in sorted(Path(top, file) for top, _, files in walked for file in files):
            if path.is_file() and not path.name.startswith("."):
                inside = path.relative_to(folder / name).parts
                yield name, inside[0] if len(inside) > 1 else "", path


def digest(folder: Path) -> str:
    """Twelve hexadecimal digits that change when any record or vocabulary file changes."""
    summary = hashlib.sha256()
    paths = [path for _, _, path in record_files(folder)]
    paths += sorted((folder / "vocab").glob("*.yml"))
    paths += [path for path in (folder / "moved.yml",) if path.exists()]
    for path in paths:
        summary.update(path.relative_to(folder).as_posix().encode() + b"\0")
        summary.update(hashlib.sha256(path.read_bytes()).digest())
    return summary.hexdigest()[:12]
