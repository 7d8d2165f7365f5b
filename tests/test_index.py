"""The index: current by itself, whole whatever happens, rebuilt when it is damaged."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import kb.find.index as index_module
from kb.base import read_base
from kb.find.index import DAMAGED, Index, build, open_current, renewed
from kb.find.kept import MAKERS, NoIndex, is_whole
from kb.find.query import Filters, ask

HARBOUR = "harbour shutdown"


def indexes(book: Path) -> list[Path]:
    return sorted((book / "build").glob("index-*"))


def said(book: Path) -> list[str]:
    """What is said while the index of a book is opened."""
    sentences: list[str] = []
    open_current(book, sentences.append).close()
    return sentences


def change(book: Path) -> None:
    path = book / "arguments" / "reasons-must-be-given.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("network", "web"), encoding="utf-8")


# --- current by itself ----------------------------------------------------------------------------


def test_index_is_built_when_it_is_asked_for(book: Path) -> None:
    assert said(book) == []
    assert len(indexes(book)) == 1


def test_index_that_is_current_is_not_built_again(book: Path) -> None:
    said(book)
    before = indexes(book)[0].stat().st_mtime_ns
    said(book)
    assert indexes(book)[0].stat().st_mtime_ns == before


def test_word_that_very_many_people_ask_tells_no_record_from_another(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "no signal by the sea in november"
    assert ask(book, query).results[0].passage == query
    change(book)  # a new index
    monkeypatch.setattr(index_module, "OFTEN", 0)
    assert query not in [one.passage for one in ask(book, query).results]


def test_changed_record_is_found_at_once_and_the_old_index_goes(book: Path) -> None:
    said(book)
    before = indexes(book)
    change(book)
    assert ask(book, '"suspends a web"').total == 1
    assert len(indexes(book)) == 1
    assert indexes(book) != before


def test_book_with_a_broken_record_is_searched_without_it(book: Path) -> None:
    (book / "rulings" / "zz" / "zz-hc-2032-moe-v-ministry.yml").write_text("[", encoding="utf-8")
    assert ask(book, "Moe").total == 0
    assert ask(book, HARBOUR).total == 2


def test_record_with_unknown_words_is_searched_all_the_same(book: Path) -> None:
    path = book / "rulings" / "zz" / "zz-sc-2019-roe-v-state.yml"
    text = path.read_text(encoding="utf-8").replace("court: zz-sc", "court: zz-nowhere")
    path.write_text(text.replace("status: final", "status: unheard-of"), encoding="utf-8")
    result = ask(book, "Roe v State").results[0]
    assert result.standing == "unknown"
    assert result.standing_says == "Not known whether it stands."


def test_book_without_records_has_an_index_too(book: Path) -> None:
    for path in [*book.glob("*/*/*.yml"), *book.glob("arguments/*.yml")]:
        if "vocab" not in path.parts:
            path.unlink()
    assert ask(book, "anything").total == 0


def test_index_is_built_from_a_base_that_was_read_already(book: Path) -> None:
    place = build(read_base(book), book)
    assert indexes(book) == [place]
    assert said(book) == []


# --- damage ---------------------------------------------------------------------------------------


def largest(folder: Path) -> Path:
    return max(folder.iterdir(), key=lambda path: path.stat().st_size)


def flip_a_bit(folder: Path) -> None:
    path = largest(folder)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))


def cut_short(folder: Path) -> None:
    path = largest(folder)
    path.write_bytes(path.read_bytes()[:100])


def lose(name: str) -> object:
    return lambda folder: (folder / name).unlink()


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


DAMAGES = {"a bit flipped": flip_a_bit, "a file cut short": cut_short, "no sums": lose("sums.json"),
           "no table": lose("about.json"), "nothing left": empty}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_index_is_rebuilt_and_one_sentence_said(book: Path, name: str) -> None:
    said(book)
    DAMAGES[name](indexes(book)[0])  # type: ignore[operator]
    assert said(book) == [DAMAGED]
    assert said(book) == []
    assert ask(book, HARBOUR).total == 2


def test_index_that_is_damaged_after_it_was_opened_is_rebuilt(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(book)
    real = Index.scores

    def damaged(self: Index, field: str, token: str) -> dict[int, float]:
        monkeypatch.setattr(Index, "scores", real)
        flip_a_bit(self.folder)
        raise ValueError

    monkeypatch.setattr(Index, "scores", damaged)
    sentences: list[str] = []
    assert ask(book, HARBOUR, Filters(), 5, sentences.append).total == 2
    assert sentences == [DAMAGED]


def test_fault_that_is_not_of_the_index_is_not_hidden(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> dict[int, float]:
        raise ZeroDivisionError

    monkeypatch.setattr(Index, "scores", faulty)
    with pytest.raises(ZeroDivisionError):
        ask(book, HARBOUR)


def test_index_that_another_process_replaced_is_opened_anew(book: Path) -> None:
    opened = open_current(book, print)
    change(book)
    said(book)
    again = renewed(opened, book, print)
    assert again is not None and again.folder == indexes(book)[0]


# --- a build that does not end --------------------------------------------------------------------


def test_killed_build_leaves_the_old_index_whole(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(book)
    old = indexes(book)[0]
    change(book)

    def killed(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(index_module, "seal", killed)
        said(book)
    assert is_whole(old)
    assert {path.suffix for path in indexes(book)} == {"", ".part"}
    said(book)
    assert [path.suffix for path in indexes(book)] == [""]


def test_full_disk_is_said_in_a_sentence_and_leaves_the_old_index_whole(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(book)
    old = indexes(book)
    change(book)

    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(index_module, "seal", full)
    with pytest.raises(NoIndex, match=r"cannot be made in .*build: No space left on device\."):
        said(book)
    assert indexes(book) == old
    assert is_whole(old[0])


def test_folder_that_cannot_be_written_is_said_in_a_sentence(book: Path) -> None:
    (book / "build").write_text("a file stands here", encoding="utf-8")
    with pytest.raises(NoIndex, match=r"cannot be made in .*build: File exists\."):
        said(book)


def test_grammar_that_is_not_in_order_is_said_in_a_sentence(book: Path) -> None:
    (book / "vocab" / "citations.yml").write_text("patterns: [", encoding="utf-8")
    with pytest.raises(NoIndex, match=r"vocab/citations\.yml"):
        said(book)


# --- processes ------------------------------------------------------------------------------------


def run(code: str, book: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(book)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


ASK = """
import sys
from pathlib import Path
from kb.find.query import ask
print(ask(Path(sys.argv[1]), "harbour shutdown", say=print).total)
"""


def test_two_processes_at_once_do_no_harm(book: Path) -> None:
    running = [run(ASK, book) for _ in range(3)]
    assert [process.communicate()[0].split() for process in running] == [["2"]] * 3
    assert [path.suffix for path in indexes(book)] == [""]
    assert is_whole(indexes(book)[0])


def test_search_with_a_current_index_imports_nothing_heavy(book: Path) -> None:
    said(book)
    heavy = "{'yaml', 'pydantic', 'mkdocs', 'jinja2', 'kb.base', 'kb.load', 'kb.model', 'rich'}"
    process = run(f"{ASK}\nprint(sorted({heavy} & set(sys.modules)))", book)
    assert process.communicate()[0].split() == ["2", "[]"]


def test_module_that_shapes_an_index_is_among_its_makers() -> None:
    """So that a change of it makes a new index: everything that the index imports, and so on."""
    known = {f"kb.{name.replace('/', '.')}" for name in MAKERS}
    reached: set[str] = set()
    ahead = ["kb.find.index"]
    while ahead:
        name = ahead.pop()
        if name in reached or not (path := ROOT / f"{name.replace('.', '/')}.py").exists():
            continue
        reached.add(name)
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if words[:1] == ["from"] and words[1:] and words[1].startswith("kb."):
                ahead.append(words[1])
    # Where an index lies, what a query is narrowed by, and checks that only say no, shape none.
    assert "kb.named" in reached
    assert reached - known == {
        "kb.check", "kb.folder", "kb.find.kept", "kb.find.filters", "kb.find.spelling",
    }  # fmt: skip
