"""The README is true: it shows of `kb` what `kb` prints today, and it names every command.

After an answer changed on purpose: KB_RENEW=1 pytest tests/test_readme.py, then read what
is different.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli import kb

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def answered(block: str) -> str:
    """The block with the answer of each command that it shows, cut after some lines."""
    lines: list[str] = []
    for command in re.findall(r"^\$ kb (.*)$", block, re.MULTILINE):
        result = CliRunner().invoke(kb, ["--base", str(ROOT), *shlex.split(command)])
        out = [line.rstrip() for line in result.output.strip().split("\n")]
        shown = out[:14] + (["..."] if len(out) > 14 else [])
        lines += [f"$ kb {command}", *shown, ""]
    return "\n".join(lines).rstrip() + "\n"


def test_what_the_readme_shows_is_what_kb_prints() -> None:
    text = README.read_text(encoding="utf-8")
    new = BLOCK.sub(lambda found: f"```console\n{answered(found[1])}```", text)
    if os.environ.get("KB_RENEW"):
        README.write_text(new, encoding="utf-8")
    assert README.read_text(encoding="utf-8") == new


@pytest.mark.parametrize("command", sorted(kb.commands))
def test_readme_names_the_command(command: str) -> None:
    assert f"`kb {command}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("library", ["whoosh3", "PyYAML", "pydantic", "click", "Jinja2", "MkDocs"])
def test_readme_names_the_library_with_its_reason(library: str) -> None:
    assert re.search(rf"^\| {library}", README.read_text(encoding="utf-8"), re.MULTILINE)
