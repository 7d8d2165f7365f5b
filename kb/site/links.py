"""Links of the built site that lead nowhere: MkDocs looks only at those written in Markdown."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')
_ANCHOR = re.compile(r'\sid="([^"]*)"')


def broken_links(site: Path) -> list[str]:
    """Each link inside the site whose page or anchor does not exist, as a sentence."""
    links: dict[str, set[str]] = {}
    anchors: dict[str, set[str]] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        tags = " ".join(_TAG.findall(path.read_text(encoding="utf-8")))
        links[name] = {unescape(found) for found in _LINK.findall(tags)}
        anchors[name] = {unescape(found) for found in _ANCHOR.findall(tags)}
    return [
        f"{name} links to {link}, which does not exist."
        for name, found in links.items()
        for link in sorted(found)
        if not _leads_somewhere(site, anchors, name, link)
    ]


def _leads_somewhere(site: Path, anchors: dict[str, set[str]], page: str, link: str) -> bool:
    address = urlsplit(link)
    if address.scheme or address.netloc:
        return True
    path = unquote(address.path)
    # The page for what is not found is served at any depth, so its links begin at the root.
    target = path.lstrip("/") if path.startswith("/") else normpath(join(dirname(page), path))
    target = page if not path else target
    if not address.fragment:
        return (site / target).is_file() or target in {"", "."}
    return unquote(address.fragment) in anchors.get(target, ())
