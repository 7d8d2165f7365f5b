"""The scripts of the search, put together from their parts: a slow line asks once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb.site.minified import minified_script

BROWSER = Path(__file__).parent / "browser"
# In the order of who needs whom; each is the twin of a module of `kb`, or says what it is.
SEARCH = (
    "letters", "stems", "words", "book", "parse", "match", "coverage", "rank", "excerpt", "query",
    "page",
)  # fmt: skip
# Loaded when a query needs them: the parts, what they are given of the others, what they give.
LATER = {
    "citations": (
        ("pattern", "citation"), "fold, foldInPlace, stem, isDecimal, enclosing", "makeGrammar",
    ),
    "filters": (
        ("spelling", "meant", "filters"),
        "index, need, wait, fold, before, isDecimal, hasDigit, wordsIn, parse, isProvision, "
        "neededOf, citedOfLaws, lawsIn, book, QueryProblem",
        "{ passing, counts, queryMeant, citedOfLawMeant, inWords }",
    ),
}  # fmt: skip


def write_search_scripts(site: Path) -> None:
    """Write `assets/search.js`, and beside it what only some queries need."""
    scripts = {"search": f'(() => {{ "use strict"; {_joined(SEARCH)} }})();'}
    for name, (parts, given, gives) in LATER.items():
        scripts[name] = (
            f'writbase("{name}", ({{ {given} }}) => {{ {_joined(parts)} return {gives}; }});'
        )
    for name, text in scripts.items():
        _write(site / "assets" / f"{name}.js", text)


def write_script(name: str, folder: Path) -> None:
    """Write a script that is one part into a folder of the site."""
    _write(folder / name, (BROWSER / name).read_text(encoding="utf-8"))


def _joined(parts: Iterable[str]) -> str:
    texts = [(BROWSER / f"{part}.js").read_text(encoding="utf-8") for part in parts]
    return "\n".join(["", *texts])


def _write(path: Path, text: str) -> None:
    path.write_text(minified_script(text), encoding="utf-8")
