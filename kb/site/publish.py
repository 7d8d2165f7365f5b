"""The published site: pages written, MkDocs run over them, the new site put in the old one's place.

The only module that knows MkDocs.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from kb.base import Base, spoken_date
from kb.citation import Unusable
from kb.folder import digest
from kb.site.links import broken_links
from kb.site.minified import minified_script, minified_styles
from kb.site.offline import write_offline
from kb.site.pages import TwoPagesAtOneAddress, write_pages
from kb.site.scripts import write_search_scripts

CONFIG = Path(__file__).resolve().parents[2] / "mkdocs.yml"

# What writes more into a finished site: the blocks of the search, which lie above this module.
Extras = Callable[[Base, Path], None]


class PublishProblem(Exception):
    """Why no new site was made, in a sentence; what was published before still stands."""


def build_day() -> date:
    """The day that a build bears: that of SOURCE_DATE_EPOCH if it is set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch) if epoch.isdigit() else time.time(), UTC).date()


def publish(
    base: Base,
    out: Path,
    *,
    today: date,
    say: Callable[[str], None],
    extras: Extras = lambda base, site: None,
) -> Path:
    """Make the site in `out`/site from `out`/pages and give its folder.

    `extras` writes what it has to add into the site before that takes its place.
    The same records and the same day make the same bytes. Raises `PublishProblem` with a sentence;
    the site that stood there before is then untouched.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _alone(out, say):
            return _publish(base, out, today, say, extras)
    except OSError as error:
        path = error.filename or out
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise PublishProblem(
            f"{path} cannot be written: {reason}. The site that stood there before is untouched."
        ) from error


def _publish(
    base: Base, out: Path, today: date, say: Callable[[str], None], extras: Extras
) -> Path:
    _restore(out)
    room = out / ".building"
    shutil.rmtree(room, ignore_errors=True)
    try:
        count = _write(base, room / "pages", today)
        say(f"{count} pages written. MkDocs makes the site of them.")
        _run_mkdocs(room, spoken_date(today.isoformat()), digest(base.folder), today)
        _keep_what_is_used(room / "site")
        _name_heads(room / "site")
        _minify_theme(room / "site")
        write_search_scripts(room / "site")
        extras(base, room / "site")
        _preload_table(room / "site")
        write_offline(base, room / "site", today)
        wrong = broken_links(room / "site")
        if wrong:
            raise PublishProblem(f"{wrong[0]} {len(wrong)} such links in all; no site was made.")
        for name in ("pages", "site"):
            _put_in_place(room / name, out / name)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return out / "site"


def _write(base: Base, folder: Path, today: date) -> int:
    folder.mkdir(parents=True)
    try:
        return write_pages(base, folder, today=today)
    except (TwoPagesAtOneAddress, Unusable) as error:
        raise PublishProblem(str(error)) from None


# --- MkDocs ---------------------------------------------------------------------------------------


class _Warnings(logging.Handler):
    """What MkDocs complains of, kept for the sentence that is said."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def _run_mkdocs(room: Path, built: str, records: str, today: date) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    if not CONFIG.exists():
        raise PublishProblem(f"{CONFIG} is missing. It says how the site looks; take it back.")
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        with _epoch(today):
            config = load_config(
                str(CONFIG), docs_dir=str(room / "pages"), site_dir=str(room / "site")
            )
            config.extra |= {"built": built, "digest": records}
            config.nav = [item for item in config.nav or [] if _is_there(room / "pages", item)]
            build(config)
    except (MkDocsException, SystemExit) as error:
        first = warnings.texts[0] if warnings.texts else str(error)
        raise PublishProblem(
            f"MkDocs made no site: {' '.join(first.split())} "
            "The site that stood there before is untouched."
        ) from None
    finally:
        logger.removeHandler(warnings)


def _is_there(pages: Path, item: object) -> bool:
    """Whether the page of an entry of the navigation is written: a small book has no guides."""
    return isinstance(item, dict) and all((pages / str(name)).exists() for name in item.values())


@contextlib.contextmanager
def _epoch(today: date) -> Iterator[None]:
    """MkDocs takes the day of the build from the environment."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _keep_what_is_used(site: Path) -> None:
    """Take away what Material brings, since no page loads it: most of the bytes of a small site."""
    for name in ("javascripts", "stylesheets", "images"):
        shutil.rmtree(site / "assets" / name, ignore_errors=True)


def _name_heads(site: Path) -> None:
    """Say of the heads of Markdown's tables that they are of columns: screen readers need it."""
    for path in site.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        named = re.sub(r"<th(?=[ >])(?![^>]*scope)", '<th scope="col"', text)
        if named != text:
            path.write_text(named, encoding="utf-8")


def _minify_theme(site: Path) -> None:
    """Make the scripts and styles of the theme as small as those of the search."""
    for kind, minified in ((".js", minified_script), (".css", minified_styles)):
        for path in site.glob(f"assets/*{kind}"):
            path.write_text(minified(path.read_text(encoding="utf-8")), encoding="utf-8")


def _preload_table(site: Path) -> None:
    """Let the page of the search ask at once for the table that its script is going to ask for."""
    page = site / "search.html"
    if (site / "search" / "book.js").exists():
        before, script, after = page.read_text(encoding="utf-8").partition("<script ")
        link = '<link rel="preload" as="script" href="search/book.js">\n'
        page.write_text(f"{before}{link}{script}{after}", encoding="utf-8")


# --- the place of the site ------------------------------------------------------------------------


@contextlib.contextmanager
def _alone(out: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the output folder until the end; a second build waits, a killed one leaves no lock."""
    with (out / ".lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Another build is at work in {out}. Waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def restore(out: Path, say: Callable[[str], None]) -> None:
    """Put the site back that a build, killed between two renames, had set aside."""
    if out.is_dir():
        with _alone(out, say):
            _restore(out)


def _restore(out: Path) -> None:
    for name in ("pages", "site"):
        aside = out / f".{name}-before"
        if aside.exists() and not (out / name).exists():
            aside.rename(out / name)
        shutil.rmtree(aside, ignore_errors=True)


def _put_in_place(new: Path, place: Path) -> None:
    aside = place.with_name(f".{place.name}-before")
    if place.exists():
        place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        if aside.exists():
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)
