"""Each file in tests/bad has one mistake; beside it stands, word for word, what it must cause.

The first line of a bad file says where in the book it belongs. After a message was changed on
purpose: KB_RENEW=1 pytest tests/test_bad.py, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.base import read_base

BAD = Path(__file__).parent / "bad"


@pytest.mark.parametrize("case", sorted(path.stem for path in BAD.glob("*.yml")))
def test_bad_file_is_answered_word_for_word(case: str, book: Path) -> None:
    raw = (BAD / f"{case}.yml").read_bytes()
    where = raw.split(b"\n", 1)[0].decode("ascii").removeprefix("# ")
    target = book / where
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(raw)
    said = "\n".join(str(problem) for problem in read_base(book).problems) + "\n"
    expected = BAD / f"{case}.txt"
    if os.environ.get("KB_RENEW"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert said.strip(), "a bad file must be answered"
