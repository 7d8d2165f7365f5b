"""The `kb` command; each part imports what it needs when it runs, so `kb find` stays quick."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kb.folder import NoBook, locate

if TYPE_CHECKING:
    from kb.base import Base
    from kb.find.query import Found, Result
    from kb.load import Problem
    from kb.show import Line
    from kb.treaties import Bond

EXIT_PROBLEMS = 1
EXIT_USAGE = 2

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Fault(click.ClickException):
    """One sentence on stderr and an exit code; never a traceback."""

    def __init__(self, says: str, code: int = EXIT_PROBLEMS) -> None:
        super().__init__(says)
        vars(self)["exit_code"] = code

    def show(self, file: Any = None) -> None:
        """Print the sentence on stderr."""
        click.echo(f"kb: {self.message}", err=True)


def say(text: str) -> None:
    """A sentence about the work, on stderr, where it disturbs no program that reads the answer."""
    click.echo(text, err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.option("--base", "chosen", envvar="KB_BASE", metavar="DIR", help="The folder of the book.")
@click.version_option(package_name="writbase", message="kb %(version)s")
@click.pass_context
def kb(ctx: click.Context, chosen: str | None) -> None:
    """The law on internet shutdowns, platform bans and free expression.

    \b
    Search it:              kb find "19-A"
                            kb find --court pk-shc X
    Read one record:        kb show pk-ihc-2018-cm-pak-v-pta
    Write a record:         kb new ruling pk-shc-2027-name-v-name, then kb check
    Make the site:          kb build, or kb serve to see it at once

    The records are found in the nearest folder above that has instruments/, or in --base DIR,
    or in KB_BASE. Exit codes: 0 all is well, 1 something is wrong, 2 the command was misused.
    Set NO_COLOR to have no colour. This is not legal advice.
    """
    ctx.obj = chosen
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def _folder(ctx: click.Context) -> Path:
    try:
        return locate(Path.cwd(), ctx.obj)
    except NoBook as error:
        raise Fault(str(error), EXIT_USAGE) from None


def _sound_base(folder: Path) -> Base:
    """The base, unless something is wrong in it: then a `Fault` that says how to see what."""
    from kb.base import read_base

    base = read_base(folder)
    if base.problems:
        count = len(base.problems)
        raise Fault(
            f"{count} problem{'s' if count != 1 else ''} in the records, so nothing was made. "
            "Run kb check to see them."
        )
    return base


# --- check ---------------------------------------------------------------------------------------


@kb.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--format", "how", type=click.Choice(["text", "json", "github"]), default="text",
    show_default=True, help="Text for people, JSON for programs, annotations for GitHub.",
)  # fmt: skip
@click.option("--report", "with_report", is_flag=True, help="Also count what the book holds.")
@click.pass_context
def check(ctx: click.Context, paths: tuple[str, ...], how: str, with_report: bool) -> None:
    """Say everything that is wrong in the records, each with its line and its remedy.

    All files are always read, since they point to each other; with PATHS only what concerns those
    files or folders is printed.

    \b
    kb check
    kb check rulings/pk
    kb check --format github
    """
    from kb.base import read_base

    folder = _folder(ctx)
    base = read_base(folder)
    problems = [p for p in base.problems if _concerns(p, paths, folder)]
    if how == "json":
        rows = [{"file": p.file, "line": p.line, "key": p.key, "says": p.says} for p in problems]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif how == "github":
        for p in problems:
            click.echo(_annotation(p))
    else:
        for p in problems:
            where, _, says = str(p).partition("\n")
            click.secho(where, bold=True)
            click.echo(says)
        _summary(base, problems)
    if with_report:
        _report(base)
    if problems:
        ctx.exit(EXIT_PROBLEMS)


def _concerns(problem: Problem, paths: Sequence[str], folder: Path) -> bool:
    if not paths:
        return True
    file = (folder / problem.file).resolve()
    return any(
        file == Path(path).resolve() or Path(path).resolve() in file.parents for path in paths
    )


def _annotation(problem: Problem) -> str:
    text = problem.says.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    key = problem.key.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    title = f",title={key}" if key else ""
    return f"::error file={problem.file},line={problem.line}{title}::{text}"


def _summary(base: Base, problems: Sequence[Problem]) -> None:
    if problems:
        files = len({p.file for p in problems})
        say(f"{_count(len(problems), 'problem')} in {_count(files, 'file')}.")
    else:
        say(
            f"{_count(base.files, 'file')} read, {_count(len(base.units), 'provision')}: "
            "nothing is wrong."
        )


def _report(base: Base) -> None:
    from datetime import date

    from rich.console import Console
    from rich.table import Table

    from kb.report import report

    console = Console(no_color=bool(os.environ.get("NO_COLOR")))
    for one in report(base, date.today()):
        table = Table(title=one.title, title_justify="left", title_style="bold")
        for number, head in enumerate(one.heads):
            table.add_column(head, justify="left" if number == 0 else "right")
        for row in one.rows:
            table.add_row(*row)
        console.print(table)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


# --- find -----------------------------------------------------------------------------------------

_NARROWING = (
    ("kind", "ruling, instrument, provision, incident or argument."),
    ("place", "A place, for example pk or Pakistan."),
    ("court", "A court, for example pk-shc or SHC."),
    ("topic", "A topic, for example network-shutdown."),
    ("standing", "A standing, for example stands or set-aside."),
    ("right", "A right, for example expression."),
    ("provision", "Records that apply it, for example pk-constitution/19a."),
)


def _narrowing(command: _Command) -> _Command:
    """The options that narrow a search; each may be given several times."""
    for name, says in reversed(_NARROWING):
        command = click.option(f"--{name}", multiple=True, metavar="WORD", help=says)(command)
    return command


@kb.command()
@click.argument("words", nargs=-1, metavar="QUERY")
@_narrowing
@click.option("--year", metavar="YEAR", help="A year or years: 2024, 2020-2024, 2020-.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_context
def find(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    year: str | None,
    limit: int,
    as_json: bool,
    **narrowed: tuple[str, ...],
) -> None:
    """Search the book: words, citations, provisions, in English, Urdu and Russian.

    All words are wanted; if no record has them all, those with most of them are shown and that is
    said. "in quotes" finds a phrase, -word leaves out, word* finds what begins so, OR finds either.
    Article 19 never finds Article 19A. A citation that the book does not hold is refused.

    \b
    kb find "19-A"
    kb find mobile suspension -election
    kb find '"speaking order"' --place pk
    kb find --court pk-shc --year 2024 X
    kb find "PLD 2020 SC 551" --json
    """
    from kb.find.query import Filters, NoIndex, QueryProblem, ask

    try:
        filters = Filters()
        typed = [(name, value) for name, values in narrowed.items() for value in values]
        for name, value in [*typed, *([("year", year)] if year else [])]:
            filters = filters.with_typed(name, value)
        found = ask(_folder(ctx), " ".join(words), filters, limit, say)
    except QueryProblem as error:
        raise Fault(str(error), EXIT_USAGE) from None
    except NoIndex as error:
        raise Fault(str(error)) from None
    if as_json:
        click.echo(json.dumps(found.as_data(), ensure_ascii=False))
    else:
        _print_found(ctx, found)
    if not found.results:
        ctx.exit(EXIT_PROBLEMS)


def _print_found(ctx: click.Context, found: Found) -> None:
    for citation in found.refused:
        _echo(ctx, f"'{citation}' is a citation that this book does not hold.", "warning")
    for citation in found.mentioned:
        _echo(
            ctx, f"'{citation}' is spoken of here, but the book does not hold it itself.", "warning"
        )
    if found.relaxed and found.results:
        _echo(ctx, "No record has all these words. These have most of them.", "warning")
    for number, result in enumerate(found.results):
        if number == found.complete and number:
            _echo(ctx, "These have most of the words.", "warning")
        _print_result(ctx, result)
    if found.total > len(found.results):
        say(f"{found.total} records in all; --limit {found.total} shows every one.")
    if not found.results and not found.refused:
        _echo(ctx, "Nothing was found.", "warning")
    if found.did_you_mean:
        _echo(ctx, f"Did you mean: {found.did_you_mean}", "heading")
    for near in found.nearest:
        _echo(ctx, f"  Nearest: {near.title} ({near.id})", "plain")


_TAKEN_AWAY = {"set-aside", "stayed", "overtaken", "partly-set-aside"}


def _print_result(ctx: click.Context, result: Result) -> None:
    is_unit = "/" in result.id
    pinpoint = result.pinpoint or ""
    is_argument = result.kind == "argument"
    title = f"Argument: {result.title}" if is_argument else result.title
    _echo(ctx, f"{title}, {pinpoint}" if is_unit and pinpoint else title, "title")
    if result.standing_says:
        taken = result.standing in _TAKEN_AWAY or (result.standing is None)
        sign, style = ("[!] ", "warning") if taken else ("", "good")
        _echo(ctx, f"  {sign}{result.standing_says}", style)
    where = f" ({pinpoint})" if pinpoint and not is_unit else ""
    _echo(ctx, f"  {result.id}{where}", "dim")
    if result.kind == "argument":
        _echo(
            ctx, "  A proposition to argue, with authorities for and against; not the law.", "dim"
        )
    for row in _marked_rows(result.passage, result.marks):
        click.echo(f"    {row}", color=ctx.color)
    click.echo()


def _marked_rows(passage: str, marks: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The passage in rows for the terminal, what was asked for in bold."""
    text = "".join(" " if letter.isspace() else letter for letter in passage)
    end = 0
    for row in textwrap.wrap(text, 92):
        start = text.index(row, end)
        end = start + len(row)
        out, here = "", start
        for first, last in marks:
            if first < end and last > start:
                out += text[here : max(first, here)]
                out += click.style(text[max(first, here) : min(last, end)], bold=True)
                here = min(last, end)
        yield out + text[here:end]


def _echo(ctx: click.Context, text: str, style: str) -> None:
    click.echo(click.style(text, **_COLOURS[style]), color=ctx.color)


# --- show and new --------------------------------------------------------------------------------


def _complete_id(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from kb.folder import record_files

    try:
        folder = locate(Path.cwd(), ctx.obj if isinstance(ctx.obj, str) else None)
    except NoBook:
        return []
    return [p.stem for _, _, p in record_files(folder) if p.stem.startswith(incomplete)]


_COLOURS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "heading": {"bold": True, "fg": "cyan"},
    "good": {"fg": "green"},
    "warning": {"fg": "red", "bold": True},
    "law": {},
    "plain": {},
    "dim": {"dim": True},
}


@kb.command()
@click.argument("some_id", metavar="ID", shell_complete=_complete_id)
@click.option("--court", help="What it is worth before this court, for example pk-shc.")
@click.option("--on", "day", metavar="DAY", help="With --for: did this treaty bind on that day?")
@click.option("--for", "state", metavar="STATE", help="With --on: the State, for example PK.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_context
def show(
    ctx: click.Context,
    some_id: str,
    court: str | None,
    day: str | None,
    state: str | None,
    as_json: bool,
) -> None:
    """Print one record or provision, its standing first.

    \b
    kb show pk-ihc-2018-cm-pak-v-pta
    kb show pk-constitution/19a
    kb show pk-sc-2020-pta-v-cm-pak --court pk-shc
    kb show reasons-must-be-given --court pk-lhc
    kb show un-iccpr --on 2024-02-08 --for PK
    """
    from kb import show as page
    from kb.base import read_base

    base = read_base(_folder(ctx))
    found = base.current_id(some_id)
    if found is None:
        near = base.nearest(some_id)
        offer = f" Nearest: {', '.join(near)}." if near else " Look for it with kb find."
        raise Fault(f"'{some_id}' is not the ID of any record or provision.{offer}")
    if court is not None and court not in base.vocabulary.courts:
        known = ", ".join(sorted(base.vocabulary.courts))
        raise Fault(f"'{court}' is not a court of vocab/courts.yml. It holds: {known}.", EXIT_USAGE)
    if day or state:
        lines = page.show_bond(base, _bond(base, found, day, state))
    elif as_json:
        click.echo(json.dumps(page.as_data(base, found), ensure_ascii=False, indent=2))
        return
    else:
        lines = page.show(base, found, court)
    _print(ctx, lines)


def _print(ctx: click.Context, lines: Sequence[Line]) -> None:
    for line in lines:
        _echo(ctx, line.text, line.style)


def _bond(base: Base, treaty: str, day: str | None, state: str | None) -> Bond:
    from kb.treaties import bond

    if treaty not in base.instruments:
        raise Fault(f"'{treaty}' is not a treaty, so it binds no State.", EXIT_USAGE)
    return bond(base, treaty, _state(base, state), _day(day))


def _state(base: Base, state: str | None) -> str:
    places = base.vocabulary.tables["places"]
    if state is None or state.lower() not in places:
        raise Fault(
            f"Name the State with --for as in vocab/places.yml, for example --for PK"
            f"{f'; {state!r} is not there' if state else ''}.",
            EXIT_USAGE,
        )
    return state.lower()


def _day(day: str | None) -> str:
    from kb.model import whole_day

    try:
        return whole_day(day or "")
    except ValueError:
        raise Fault(
            "Name the day with --on as year-month-day: --on 2024-02-08.", EXIT_USAGE
        ) from None


@kb.command()
@click.argument("state")
@click.option("--on", "day", required=True, metavar="DAY", help="The day, for example 2024-02-08.")
@click.pass_context
def treaties(ctx: click.Context, state: str, day: str) -> None:
    """Say which treaties bound a State on a day, as far as the records show it.

    \b
    kb treaties PK --on 2024-02-08
    kb treaties RU --on 2022-09-17
    """
    from kb import show as page
    from kb.base import read_base
    from kb.treaties import bonds

    base = read_base(_folder(ctx))
    for one in bonds(base, _state(base, state), _day(day)):
        _print(ctx, page.show_bond(base, one)[:2])


@kb.command()
@click.argument("kind", type=click.Choice(["ruling", "instrument", "incident", "argument"]))
@click.argument("record_id", metavar="ID")
@click.pass_context
def new(ctx: click.Context, kind: str, record_id: str) -> None:
    """Begin a record: write a file with every key, its meaning and an example.

    An existing file is never touched.

    \b
    kb new ruling pk-shc-2027-roe-v-pta
    kb new incident pk-2027-01-05-karachi-shutdown
    """
    from kb.template import CannotCreate, new_record

    try:
        path = new_record(_folder(ctx), kind, record_id)
    except CannotCreate as error:
        raise Fault(str(error)) from None
    click.echo(path)
    say("Fill it in, then run kb check.")


# --- the site -------------------------------------------------------------------------------------


@kb.command()
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where to build, if not into build/ of the book."
)
@click.pass_context
def build(ctx: click.Context, out: Path | None) -> None:
    """Check the records, bring the index up to date, and make the site.

    The new site takes the place of the old one only when it is whole: a full disk, a mistake in a
    record or Ctrl-C leaves the old one as it was.

    \b
    kb build
    kb build --out /srv/writbase
    """
    from rich.console import Console

    from kb.site.publish import PublishProblem, build_day, publish

    folder = _folder(ctx)
    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    with console.status("Checking the records") as status:

        def tell(text: str) -> None:
            status.update(text)
            if not console.is_terminal:
                say(text)

        base = _sound_base(folder)
        try:
            site = publish(
                base,
                out or folder / "build",
                today=build_day(),
                say=tell,
                extras=_with_search(tell),
            )
        except PublishProblem as error:
            raise Fault(str(error)) from None
    pages = sum(1 for _ in site.rglob("*.html"))
    click.echo(f"{pages} pages in {site}")


def _with_search(tell: Callable[[str], None]) -> Callable[[Base, Path], None]:
    """What writes the search of the book into its site, from an index brought up to date."""
    from kb.find.index import open_current
    from kb.find.kept import NoIndex
    from kb.find.shards import write_shards
    from kb.site.publish import PublishProblem

    def write(base: Base, site: Path) -> None:
        tell("Writing the search.")
        try:
            index = open_current(base.folder, tell)
        except NoIndex as error:
            raise PublishProblem(str(error)) from None
        write_shards(index, base, site)
        index.close()

    return write


@kb.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.pass_context
def serve(ctx: click.Context, host: str, port: int) -> None:
    """Show the site on this machine, and make it again whenever a record changes.

    \b
    kb serve
    kb serve --port 8001
    """
    from kb.site.serve import ServeProblem
    from kb.site.serve import serve as serve_site

    try:
        serve_site(_folder(ctx), host, port, say, _with_search(say))
    except ServeProblem as error:
        raise Fault(str(error)) from None
    except KeyboardInterrupt:
        say("Stopped.")


# --- completion ----------------------------------------------------------------------------------


@kb.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes the shell complete kb's commands, options and IDs.

    \b
    bash: echo 'eval "$(kb completion bash)"' >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker is None:  # click knows the three shells that the argument allows
        raise Fault(f"There is no completion for {shell}.", EXIT_USAGE)
    click.echo(maker(kb, {}, "kb", "_KB_COMPLETE").source())


def main() -> None:
    """Run `kb`; whatever goes wrong ends in a sentence and an exit code."""
    try:
        kb(prog_name="kb")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("KB_DEBUG"):
            raise
        say(
            f"kb: this should not have happened ({type(error).__name__}: {error}). Nothing was "
            "changed. Please report it; with KB_DEBUG=1 the command shows where."
        )
        sys.exit(EXIT_PROBLEMS)
