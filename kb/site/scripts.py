"""The scripts of the search, put together from their parts: a slow line asks once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

BROWSER = Path(__file__).parent / "browser"
# In the order of who needs whom; each is the twin of a module of `kb`, or says what it is.
SEARCH = ("letters", "stems", "words", "book", "parse", "match", "rank", "excerpt", "query", "page")
# Loaded when a query needs them: the parts, what they are given of the others, what they give.
LATER = {
    "citations": (
        ("pattern", "citation"), "fold, foldInPlace, stem, isDecimal", "makeGrammar",
    ),
    "filters": (
        ("spelling", "filters"), "index, need, wait, fold, before, isDecimal, QueryProblem",
        "{ passing, counts, nearest, nearestOf }",
    ),
}  # fmt: skip


def write_search_scripts(site: Path) -> None:
    """Write `assets/search.js`, and beside it what only some queries need."""
    scripts = {"search": ["(() => {", '"use strict";', *_lines(SEARCH), "})();"]}
    for name, (parts, given, gives) in LATER.items():
        head = [f'writbase("{name}", (given) => {{', '"use strict";']
        taken = f"const {{ {given} }} = given;"
        scripts[name] = [*head, taken, *_lines(parts), f"return {gives};", "});"]
    for name, lines in scripts.items():
        (site / "assets" / f"{name}.js").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _lines(parts: Iterable[str]) -> Iterator[str]:
    """The lines of the parts without indents and without comments, which are for their authors."""
    for part in parts:
        for line in (BROWSER / f"{part}.js").read_text(encoding="utf-8").split("\n"):
            bare = line.strip()
            if bare and not bare.startswith("//"):
                yield bare
