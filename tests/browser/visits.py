"""A visitor of a site in a real browser: what the page said, and what it asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
