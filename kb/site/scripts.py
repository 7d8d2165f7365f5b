"""The scripts of the search, put together from their parts: a slow line asks once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

BROWSER = Path(__file__).parent / "browser"
# In the order of who needs whom; each is the twin of a module of `kb`, or says what it is.
SEARCH = ("letters", "stems", "words", "book", "spelling", "filters", "parse", "match", "rank",
          "excerpt", "query", "page")  # fmt: skip
# Only a query with a number or in quotes loads these; they are given what they need of the others.
CITATIONS = ("pattern", "citation")


def write_search_scripts(site: Path) -> None:
    """Write `assets/search.js` and `assets/citations.js` into a site."""
    search = ["(() => {", '"use strict";', *_lines(SEARCH), "})();"]
    citations = [
        'writbase("citations", (given) => {',
        '"use strict";',
        "const { fold, foldInPlace, stem, isDecimal } = given;",
        *_lines(CITATIONS),
        "return makeGrammar;",
        "});",
    ]
    for name, lines in (("search", search), ("citations", citations)):
        text = "\n".join([*lines, ""])
        (site / "assets" / f"{name}.js").write_text(text, encoding="utf-8")


def _lines(parts: Iterable[str]) -> Iterator[str]:
    """The lines of the parts without indents and without comments, which are for their authors."""
    for part in parts:
        for line in (BROWSER / f"{part}.js").read_text(encoding="utf-8").split("\n"):
            bare = line.strip()
            if bare and not bare.startswith("//"):
                yield bare
