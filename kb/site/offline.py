"""The site for when the network is cut: what a browser keeps of it, and the kit for a memory card.

A browser fetches packs, not pages: pages are alike, and packed together they cost a throttled line
a third of what they cost one by one, and 30 questions instead of 700.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.base import Base, spoken_date
from kb.folder import digest, record_files
from kb.site.scripts import write_script

# So much unpacked goes into one pack; a pack that does not come costs the reader no more than it.
PACK = 256_000

_ON_SITE, _IN_KIT, _END = "<!-- on the site -->", "<!-- in the kit -->", "<!-- end -->"

_READ_ME = """\
Writbase: the law on internet shutdowns, platform bans and free expression, and whether it still stands.

Unpack everything, then open index.html in a browser. Nothing has to be installed and no network is needed.
Built on {built} from the records {records}. What a court did after that day is not in here.
This is not legal advice. Compare with a certified copy before you file.
The folder records holds the same book as text, with the licences. Pass it on.
"""  # noqa: E501 - a line is a paragraph


@dataclass(frozen=True)
class Edition:
    """A book on a day: the day in words, the digest of its records."""

    built: str
    records: str

    @property
    def kit(self) -> str:
        """The name of the kit, and of the folder in it."""
        return f"writbase-{self.records}"


def write_offline(base: Base, site: Path, today: date) -> None:
    """Write into the finished `site` all that lets a reader keep it: list, packs, worker, kit."""
    edition = Edition(spoken_date(today.isoformat()), digest(base.folder))
    folder = site / "offline"
    folder.mkdir()
    page = site / "offline.html"
    text = page.read_text(encoding="utf-8")
    kit = folder / f"{edition.kit}.zip"
    page.write_text(_only(text, _IN_KIT), encoding="utf-8")
    _write_kit(base, site, kit, edition, today)

    write_script("offline.js", site / "assets")
    page.write_text(_with_kit(_only(text, _ON_SITE), kit), encoding="utf-8")
    _write_packs(site, folder, edition)
    # The list has to hold the page as it is, so the page cannot say the size of what is listed:
    # its script says it. The worker is the one file that a browser takes from the site itself.
    write_script("sw.js", site)


def _files(site: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the site with its address, but for what is written here to carry them."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith("offline/"):
            yield name, path


# --- the page -------------------------------------------------------------------------------------


def _only(text: str, wanted: str) -> str:
    """The page with one of its two variants: that of the site, or that in the kit."""
    before, _, rest = text.partition(_ON_SITE)
    on_site, _, rest = rest.partition(_IN_KIT)
    in_kit, _, after = rest.partition(_END)
    return before + (on_site if wanted == _ON_SITE else in_kit) + after


def _with_kit(text: str, kit: Path) -> str:
    content = kit.read_bytes()
    return (
        text.replace("%kit%", f"offline/{kit.name}")
        .replace("%kit-name%", kit.name)
        .replace("%kit-size%", f"{len(content) / 1e6:.1f} MB")
        .replace("%kit-digest%", hashlib.sha256(content).hexdigest())
    )


# --- what a browser keeps -------------------------------------------------------------------------


def short_digest(content: bytes) -> str:
    """The first 128 bits of the SHA-256: enough to tell a damaged file from a whole one."""
    return hashlib.sha256(content).hexdigest()[:32]


def _write_packs(site: Path, folder: Path, edition: Edition) -> None:
    """Write the packs, the list of what is in them, and the note by which an edition is known."""
    packs: list[dict[str, Any]] = []
    for files in _in_packs(_files(site)):
        packed = gzip.compress(b"".join(content for _, content in files), 9, mtime=0)
        name = short_digest(packed)
        (folder / f"{name}.pack").write_bytes(packed)
        listed = [(path, len(content), short_digest(content)) for path, content in files]
        packs.append({"digest": name, "bytes": len(packed), "files": listed})
    sizes = [size for pack in packs for _, size, _ in pack["files"]]
    about = {
        "built": edition.built,
        "records": edition.records,
        "files": len(sizes),
        "bytes": sum(sizes),
        "packed": sum(pack["bytes"] for pack in packs),
    }
    text = json.dumps(about | {"packs": packs}, separators=(",", ":"))
    (folder / "files.json").write_text(text, encoding="utf-8")
    # Named after all bytes of the site: a new look of the same records is another edition, too.
    note = {"edition": short_digest(text.encode())} | about
    (folder / "edition.json").write_text(json.dumps(note), encoding="utf-8")


def _in_packs(files: Iterator[tuple[str, Path]]) -> Iterator[list[tuple[str, bytes]]]:
    pack: list[tuple[str, bytes]] = []
    room = PACK
    for name, path in files:
        content = path.read_bytes()
        if pack and len(content) > room:
            yield pack
            pack, room = [], PACK
        pack.append((name, content))
        room -= len(content)
    if pack:
        yield pack


# --- the kit --------------------------------------------------------------------------------------


def _write_kit(base: Base, site: Path, kit: Path, edition: Edition, today: date) -> None:
    """Write the archive: the site, the records, the licences; the same bytes for the same book."""
    day = (today.year, today.month, today.day, 0, 0, 0)
    # Old machines show a text as one line unless its lines end so.
    read_me = _READ_ME.format(built=edition.built, records=edition.records).replace("\n", "\r\n")
    contents = {"READ-ME-FIRST.txt": read_me.encode()}
    contents |= {name: _on_card(name, path.read_bytes()) for name, path in _files(site)}
    contents |= {f"records/{name}": path.read_bytes() for name, path in _records(base.folder)}
    with zipfile.ZipFile(kit, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"{edition.kit}/{name}", day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content)


def _on_card(name: str, content: bytes) -> bytes:
    """A file as it stands in the kit: there the field in the head may lead to a file, too.

    To Firefox no file is the page's own, so it would not let the field lead to the search.
    """
    if not name.endswith(".html"):
        return content
    return content.replace(b"form-action 'self'", b"form-action 'self' file:", 1)


def _records(folder: Path) -> Iterator[tuple[str, Path]]:
    paths = [path for _, _, path in record_files(folder)]
    paths += sorted((folder / "vocab").glob("*.yml"))
    paths += [folder / name for name in ("moved.yml", "LICENSE", "LICENSE-RECORDS")]
    for path in paths:
        if path.exists():
            yield path.relative_to(folder).as_posix(), path
