"""What a person types and what comes back: answers, exit codes, one sentence for every fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import kb

SMALL = Path(__file__).parent / "small"


def run(*words: str, base: Path = SMALL) -> Result:
    return CliRunner().invoke(kb, ["--base", str(base), *words], prog_name="kb")


def break_a_record(book: Path) -> None:
    path = book / "rulings/zz/zz-sc-2019-roe-v-state.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")


def test_check_of_a_sound_book_ends_with_0() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "nothing is wrong" in result.output


def test_check_of_a_broken_book_ends_with_1_and_says_where(book: Path) -> None:
    break_a_record(book)
    result = run("check", base=book)
    assert result.exit_code == 1
    assert "zz-sc-2019-roe-v-state.yml, line 1: titel" in result.stdout
    assert "Did you mean 'title'?" in result.stdout


def test_check_as_json_is_one_list_for_programs(book: Path) -> None:
    break_a_record(book)
    rows = json.loads(run("check", "--format", "json", base=book).stdout)
    assert rows == [
        {
            "file": "rulings/zz/zz-sc-2019-roe-v-state.yml",
            "line": 1,
            "key": "titel",
            "says": "There is no such key. Did you mean 'title'?",
        }
    ]


def test_check_for_github_is_one_annotation_a_line(book: Path) -> None:
    break_a_record(book)
    out = run("check", "--format", "github", base=book).stdout
    assert out == (
        "::error file=rulings/zz/zz-sc-2019-roe-v-state.yml,line=1,title=titel::"
        "There is no such key. Did you mean 'title'?\n"
    )


def test_check_of_one_folder_is_silent_about_the_others(book: Path) -> None:
    break_a_record(book)
    assert run("check", str(book / "instruments"), base=book).exit_code == 0
    assert run("check", str(book / "rulings" / "zz"), base=book).exit_code == 1


def test_wrong_usage_ends_with_2() -> None:
    assert run("check", "--format", "xml").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_a_folder_without_records_is_a_sentence(tmp_path: Path) -> None:
    result = run("check", base=tmp_path)
    assert result.exit_code == 2
    assert "There is no folder 'instruments'" in result.stderr


def test_show_puts_the_standing_before_everything_else() -> None:
    lines = run("show", "zz-hc-2031-doe-v-ministry").stdout.splitlines()
    assert lines[0] == "Doe v Ministry of Communications"
    assert lines[1] == "[!] Set aside by the Supreme Court of Zetland on 2 December 2031."


def test_show_prints_the_words_of_a_provision_and_where_they_were_compared() -> None:
    out = run("show", "zz-constitution/12").stdout
    assert "| (1) Every person may speak, write and print." in out
    assert "compared with 2 sources" in out
    assert 'Differs: The parliament\'s copy has a comma after "write".' in out


def test_show_warns_of_words_known_only_from_the_press() -> None:
    assert "known only as others quote it" in run("show", "zz-telecom-act-1996/7").stdout


@pytest.mark.parametrize(
    "some_id",
    [
        "zz-constitution", "zz-constitution/13", "zz-telecom-act-1996", "zz-sc-2019-roe-v-state",
        "zz-hc-2032-moe-v-ministry", "zz-2030-11-03-harbour-shutdown", "reasons-must-be-given",
    ],
)  # fmt: skip
def test_show_knows_every_kind_of_record_as_text_and_as_json(some_id: str) -> None:
    assert run("show", some_id).exit_code == 0
    data = json.loads(run("show", some_id, "--json").stdout)
    assert data["id"] == some_id
    assert data["url"] == f"{some_id}.html"


def test_show_of_an_omitted_provision_warns_first() -> None:
    assert "[!] Omitted" in run("show", "zz-constitution/13").stdout.splitlines()[1]


def test_show_of_an_unknown_id_offers_the_nearest() -> None:
    result = run("show", "zz-constitution/21")
    assert result.exit_code == 1
    assert "zz-constitution/12" in result.stderr


def test_show_says_what_a_ruling_is_worth_before_a_court() -> None:
    out = run("show", "zz-sc-2019-roe-v-state", "--court", "zz-hc").stdout
    assert "Binding: decisions of the Supreme Court of Zetland bind this court." in out


def test_show_before_an_unknown_court_is_a_sentence() -> None:
    assert run("show", "zz-sc-2019-roe-v-state", "--court", "zz-xx").exit_code == 2


@pytest.mark.parametrize(
    ("kind", "some_id", "file"),
    [
        ("ruling", "zz-hc-2033-a-v-b", "rulings/zz/zz-hc-2033-a-v-b.yml"),
        ("instrument", "zz-new-act", "instruments/zz/zz-new-act.yml"),
        ("incident", "zz-2033-01-05-cut", "incidents/zz/zz-2033-01-05-cut.yml"),
        ("argument", "a-new-one", "arguments/a-new-one.yml"),
    ],
)
def test_new_writes_a_file_in_which_nothing_is_filled_in(
    book: Path, kind: str, some_id: str, file: str
) -> None:
    assert run("new", kind, some_id, base=book).exit_code == 0
    assert (book / file).exists()
    said = run("check", str(book / file), base=book).stdout
    assert "There is no text here" in said
    assert "There is no such key" not in said


def test_new_never_touches_an_existing_file(book: Path) -> None:
    path = book / "rulings/zz/zz-sc-2019-roe-v-state.yml"
    before = path.read_bytes()
    result = run("new", "ruling", "zz-sc-2019-roe-v-state", base=book)
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("some_id", ["Bad Name", "../../etc/passwd", "qq-hc-2033-a", ""])
def test_new_refuses_what_cannot_be_an_id(book: Path, some_id: str) -> None:
    before = sorted(book.rglob("*"))
    assert run("new", "ruling", some_id, base=book).exit_code == 1
    assert sorted(book.rglob("*")) == before


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(shell: str) -> None:
    assert "_KB_COMPLETE" in run("completion", shell).stdout


@pytest.mark.parametrize("command", sorted(kb.commands))
def test_help_of_every_command_teaches_by_example(command: str) -> None:
    out = run(command, "--help").stdout
    assert out.count("kb ") >= 2


def test_find_marks_a_ruling_that_was_set_aside(book: Path) -> None:
    out = run("find", "harbour", "shutdown", "--kind", "ruling", base=book).stdout
    assert "[!] Set aside by the Supreme Court of Zetland on 2 December 2031." in out


def test_find_never_takes_article_12_for_12a(book: Path) -> None:
    assert run("find", "Article 12-A", base=book).stdout.splitlines()[1] == "  zz-constitution/12a"
    assert "zz-constitution/12a" not in run("find", "Article 12", base=book).stdout


def test_find_names_the_other_provisions_of_a_law_that_answer(book: Path) -> None:
    query = "articles 12 and 12A of the constitution of zetland"
    answer = run("find", query, base=book).stdout
    assert "Constitution of Zetland, Article 12\n" in answer
    assert "  Also: Article 12A\n" in answer


def test_find_says_that_an_argument_is_not_the_law(book: Path) -> None:
    out = run("find", "network", "reasons", "--kind", "argument", base=book).stdout
    assert "not the law" in out


def test_find_refuses_a_citation_that_is_not_held(book: Path) -> None:
    result = run("find", "(2031) 9 ZLR 77", base=book)
    assert result.exit_code == 1
    assert "is a citation that this book does not hold" in result.stdout


@pytest.mark.parametrize("query", ["", "-", "OR", "🙂", "\u200f", "a" * 10_000])
def test_find_answers_what_cannot_be_asked_with_a_sentence(book: Path, query: str) -> None:
    result = run("find", "--", query, base=book)
    assert result.exit_code == 2
    assert result.stderr.startswith("kb: ")
    assert "Traceback" not in result.output


def test_find_as_json_is_one_object(book: Path) -> None:
    data = json.loads(run("find", "harbour", "--json", base=book).stdout)
    assert data["query"] == "harbour"
    assert data["total"] == len(data["results"])
    assert {"id", "record", "kind", "place", "title", "date", "standing", "pinpoint", "passage",
            "score", "url"} <= set(data["results"][0])  # fmt: skip


def test_find_puts_results_within_filters(book: Path) -> None:
    out = run("find", "petition", "--court", "zz-sc", base=book).stdout
    assert "zz-sc-2031-ministry-v-doe" in out
    assert "zz-hc-" not in out


def test_build_makes_a_site_and_says_how_large_it_is(book: Path) -> None:
    result = run("build", base=book)
    assert result.exit_code == 0, result.output
    assert (book / "build" / "site" / "zz-constitution" / "12a.html").exists()
    assert "pages in" in result.stdout


def test_build_of_a_broken_book_makes_nothing_and_keeps_the_old_site(book: Path) -> None:
    old = book / "build" / "site"
    old.mkdir(parents=True)
    (old / "index.html").write_text("old", encoding="utf-8")
    break_a_record(book)
    result = run("build", base=book)
    assert result.exit_code == 1
    assert "Run kb check to see them." in result.stderr
    assert (old / "index.html").read_text(encoding="utf-8") == "old"


def test_treaties_says_what_bound_a_state() -> None:
    out = run("treaties", "zz", "--on", "2010-01-01").stdout
    assert "bound; it had joined on 1 June 2007" in out


def test_treaties_of_an_unknown_state_or_day_is_a_sentence() -> None:
    assert run("treaties", "qq", "--on", "2010-01-01").exit_code == 2
    assert run("treaties", "zz", "--on", "yesterday").exit_code == 2


def test_show_of_an_argument_ranks_it_for_a_court() -> None:
    out = run("show", "reasons-must-be-given", "--court", "zz-hc").stdout
    assert out.index("zz-constitution/12(2)") < out.index("zz-hc-2031-doe-v-ministry")


def test_report_counts_the_shelf() -> None:
    assert "What is held" in run("check", "--report").output


@pytest.mark.parametrize("path", sorted(
    str(path.relative_to(SMALL))
    for folder in ("rulings", "instruments", "incidents", "arguments")
    for path in (SMALL / folder).rglob("*.yml")
))  # fmt: skip
def test_mistake_in_one_file_takes_no_other_record_away(book: Path, path: str) -> None:
    broken = Path(path).stem
    (book / path).write_text(f"{(book / path).read_text('utf-8')}\nkangaroo: 1\n", encoding="utf-8")
    assert run("find", "order", base=book).exit_code == 0
    for other in (one.stem for one in book.rglob("zz-*.yml") if one.stem != broken):
        assert run("show", other, base=book).exit_code == 0
