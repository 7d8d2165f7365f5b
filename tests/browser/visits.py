"""A visitor of a site in a real browser: what the page said, and what it asked for."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from kb.site.serve import open_server


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = open_server(site, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Site:
    """The site of a small country at one address, which can be cut off and come back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = open_server(folder, "127.0.0.1", 0)
        self.port = self.server.server_port
        self.address = f"http://127.0.0.1:{self.port}/"
        self.up()

    def up(self, server: ThreadingHTTPServer | None = None) -> None:
        self.server = server or self.server
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def cut(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def back(self) -> None:
        self.up(open_server(self.folder, "127.0.0.1", self.port))

    @property
    def packs(self) -> list[Path]:
        return sorted(self.folder.glob("offline/*.pack"))

    def becomes(self, other: Path) -> None:
        """Another edition takes the place of this one."""
        shutil.rmtree(self.folder)
        shutil.copytree(other, self.folder)


@dataclass
class Visit:
    """A page, and what it said and asked for while it was looked at."""

    page: Page
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog {dialog.message}"))
        self.page.context.on("request", lambda request: self.asked.append(request.url))


@contextmanager
def visit(browser: Browser, width: int = 1280, **options: Any) -> Iterator[Visit]:
    """A fresh visitor; at the end nothing may have gone wrong or left the site."""
    context = browser.new_context(viewport={"width": width, "height": 740}, **options)
    seen = Visit(context.new_page())
    seen.watch()
    yield seen
    hosts = {url.split("/")[2].split(":")[0] for url in seen.asked if url.startswith("http")}
    context.close()
    assert seen.errors == []
    assert hosts <= {"127.0.0.1"}
