"""Who may import whom: downward only, and one module for each outside library."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

KB = Path(__file__).parent.parent / "kb"

# From the bottom to the top; a module may import only from the lines below its own.
FLOORS = [
    ["load", "folder", "address", "paragraphs", "letters"],
    ["model", "pattern"],
    ["numerals", "named"],
    ["check", "citation"],
    ["vocab"],
    ["base"],
    ["template", "treaties", "report", "pinpoint"],
    ["laws"],
    ["weight"],
    ["show", "guide"],
    ["find.about", "find.passages", "find.spelling", "find.kept", "find.words", "find.packed"],
    ["find.names", "find.filters", "find.linked"],
    ["find.cut", "find.parse"],
    ["find.phrases", "find.kin"],
    ["find.index", "find.excerpt"],
    ["find.match"],
    ["find.meaning", "find.meant"],
    ["find.coverage"],
    ["find.rank"],
    ["find.query", "find.entries"],
    ["find.shards"],
    ["site.standing", "site.texts", "site.links", "site.minified"],
    ["site.scripts"],
    ["site.offline"],
    ["site.names", "site.byhand"],
    ["site.shelves", "site.answers", "site.mentions"],
    ["site.lists"],
    ["site.sheets"],
    ["site.pages"],
    ["site.publish"],
    ["site.serve"],
    ["cli.command"],
    ["cli.records", "cli.find", "cli.show", "cli.site"],
    ["cli.start"],
    ["__main__"],
]

ONE_USER = {
    "yaml": {"load"},
    "whoosh": {"find.index"},
    "jinja2": {"site.pages"},
    "markupsafe": {"site.pages"},
    "mkdocs": {"site.publish"},
    "click": {"cli.command", "cli.records", "cli.find", "cli.show", "cli.site", "cli.start"},
    "rich": {"cli.records", "cli.site"},
    "snowballstemmer": {"find.words"},
    "minify": {"site.minified"},
    "pydantic": {"model", "check", "vocab", "template"},  # the forms, and what reads the forms
}

MODULES = sorted(path for path in KB.rglob("*.py") if path.name != "__init__.py")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(KB).with_suffix("").parts)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "kb" or node.module.startswith("kb."):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def floor(name: str) -> int:
    for number, names in enumerate(FLOORS):
        if name in names or any(name.startswith(f"{one}.") for one in names):
            return number
    raise AssertionError(f"kb/{name} has no floor. Put it into FLOORS, above what it imports.")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_imports_downward_only(path: Path) -> None:
    own = floor(name_of(path))
    known = {name_of(other) for other in MODULES}
    for imported in imports(path):
        inside = imported.removeprefix("kb.")
        if imported.startswith("kb.") and inside in known:
            assert floor(inside) < own, f"{name_of(path)} imports {inside}, which is not below it"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_uses_only_its_own_outside_libraries(path: Path) -> None:
    for imported in imports(path):
        library = imported.split(".")[0]
        users = ONE_USER.get(library)
        assert users is None or name_of(path) in users, f"{library} belongs to {users}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_opens_text_as_utf_8(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            keywords = {keyword.arg for keyword in node.keywords}
            modes = [a.value for a in node.args if isinstance(a, ast.Constant)]
            binary = any(isinstance(mode, str) and "b" in mode for mode in modes)
            if called in {"read_text", "write_text"} or (called == "open" and modes and not binary):
                assert "encoding" in keywords, f"line {node.lineno}: name the encoding"


def test_no_module_has_a_name_that_says_nothing() -> None:
    for path in MODULES:
        assert path.stem not in {"utils", "helpers", "manager", "data", "process", "common", "misc"}
