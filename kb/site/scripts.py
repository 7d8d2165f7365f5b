"""The script of the search, put together from its parts: one file, so that a slow line asks once."""

from __future__ import annotations

from pathlib import Path

BROWSER = Path(__file__).parent / "browser"
# In the order of who needs whom; each is the twin of a module of `kb`, or says what it is.
PARTS = ("letters", "stems", "words", "pattern", "citation", "book", "spelling", "filters", "parse",
         "match", "rank", "excerpt", "query", "page")  # fmt: skip


def write_search_script(site: Path) -> None:
    """Write `assets/search.js` into a site; lines of comment and indents are left out."""
    lines = ["(() => {", '"use strict";']
    for part in PARTS:
        for line in (BROWSER / f"{part}.js").read_text(encoding="utf-8").split("\n"):
            bare = line.strip()
            if bare and not bare.startswith("//"):
                lines.append(bare)
    text = "\n".join([*lines, "})();", ""])
    (site / "assets" / "search.js").write_text(text, encoding="utf-8")
