"""`kb check` and `kb new`: what who writes records needs."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.command import EXIT_PROBLEMS, Fault, folder_of, kb, say

if TYPE_CHECKING:
    from kb.base import Base
    from kb.load import Problem


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

    folder = folder_of(ctx)
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
        path = new_record(folder_of(ctx), kind, record_id)
    except CannotCreate as error:
        raise Fault(str(error)) from None
    click.echo(path)
    say("Fill it in, then run kb check.")
