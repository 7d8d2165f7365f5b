"""Every real record is a line of its own here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kb.base import Base, read_base
from kb.folder import record_files
from kb.laws import grammar_of

ROOT = Path(__file__).parent.parent
FILES = [path.relative_to(ROOT).as_posix() for _, _, path in record_files(ROOT)]
VOCABULARY = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "vocab").glob("*.yml"))


@cache
def book() -> Base:
    return read_base(ROOT)


@pytest.mark.parametrize("file", [*FILES, *VOCABULARY, "moved.yml"])
def test_record_is_sound(file: str) -> None:
    assert [str(p) for p in book().problems if p.file == file] == []


def test_no_problem_is_hidden_in_a_file_that_is_not_listed() -> None:
    assert {p.file for p in book().problems} <= {*FILES, *VOCABULARY, "moved.yml"}


def test_no_ruling_calls_a_provision_not_held_that_the_book_holds() -> None:
    base = book()
    grammar = grammar_of(base)
    for ruling_id, ruling in base.rulings.items():
        applied = {base.provision_of(pointer)[0] for pointer in ruling.applies}
        for text in ruling.also_applies:
            for found in grammar.find(text):
                held = {base.provision_of(token)[0] for token in found.tokens} - {None}
                assert held <= applied, f"{ruling_id}: {text} belongs under 'applies'"


def test_the_2018_islamabad_ruling_is_shown_as_set_aside() -> None:
    # The mistake that the book exists to prevent; it may never come back.
    standing = book().standing("pk-ihc-2018-cm-pak-v-pta")
    assert standing.word == "set-aside"
    assert "22 April 2020" in standing.says
