"""The site on this machine, made again whenever a record changes."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kb.base import read_base
from kb.folder import digest
from kb.site.publish import Extras, PublishProblem, build_day, publish, restore

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class ServeProblem(Exception):
    """Why the site cannot be served, in a sentence."""


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site with the headers that keep a page from reaching anywhere else."""

    server_version = "writbase"
    sys_version = ""

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: who reads what is nobody's business."""


def open_server(site: Path, host: str, port: int) -> ThreadingHTTPServer:
    """A server of the files in `site`, not yet running; raises `ServeProblem` with a sentence."""
    handler = partial(_Handler, directory=str(site))
    try:
        return ThreadingHTTPServer((host, port), handler)
    except OverflowError:
        raise ServeProblem(f"{port} is not a port. Choose one from 1 to 65535.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeProblem(
                f"Port {port} on {host} is in use. Stop what uses it, or choose another port."
            ) from None
        reason = error.strerror or str(error)
        raise ServeProblem(f"{host}, port {port}, cannot be served: {reason}.") from None


class Watch:
    """What makes the site again when the records change."""

    def __init__(
        self,
        folder: Path,
        say: Callable[[str], None],
        extras: Extras = lambda base, site: None,
    ) -> None:
        self.folder = folder
        self.extras = extras
        self.say = say
        self.made_of = ""

    @property
    def out(self) -> Path:
        """The folder in which the site is made."""
        return self.folder / "build"

    def look(self) -> bool:
        """Make the site if the records are others than those it was made of; say what came of it.

        True if a new site stands.
        """
        try:
            now = digest(self.folder)
        except OSError:
            return False  # a file went away between listing and reading; the next look sees it
        if now == self.made_of:
            return False
        self.made_of = now
        base = read_base(self.folder)
        if base.problems:
            count = len(base.problems)
            self.say(f"{base.problems[0]}")
            self.say(f"{count} problem{'' if count == 1 else 's'} in all: the old site stays.")
            return False
        try:
            publish(base, self.out, today=build_day(), say=self.say, extras=self.extras)
        except PublishProblem as error:
            self.say(str(error))
            return False
        self.say("The site is made.")
        return True


def serve(folder: Path, host: str, port: int, say: Callable[[str], None], extras: Extras) -> None:
    """Serve the site of the book in `folder` until interrupted; make it again as records change.

    Raises `ServeProblem` with a sentence if the port is not to be had or there is no site to show.
    """
    watch = Watch(folder, say, extras)
    server = open_server(watch.out / "site", host, port)
    with server:
        watch.look()
        restore(watch.out, say)
        if not (watch.out / "site" / "index.html").is_file():
            raise ServeProblem("There is no site to show yet. Put the records right and try again.")
        ended = threading.Event()
        watcher = threading.Thread(target=_keep_looking, args=(watch, ended), daemon=True)
        watcher.start()
        say(f"http://{host}:{server.server_port}/ (stop with Ctrl+C)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("Stopped.")
        finally:
            ended.set()


def _keep_looking(watch: Watch, ended: threading.Event) -> None:
    while not ended.wait(1.0):
        watch.look()
