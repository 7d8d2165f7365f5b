"""`kb find`: the search in the terminal."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kb.cli.command import EXIT_PROBLEMS, EXIT_USAGE, Fault, echo, folder_of, kb, say

if TYPE_CHECKING:
    from kb.find.query import Found, Result

_Command = TypeVar("_Command", bound=Callable[..., Any])

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
        found = ask(folder_of(ctx), " ".join(words), filters, limit, say)
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
        echo(ctx, f"'{citation}' is a citation that this book does not hold.", "warning")
    for citation in found.mentioned:
        echo(
            ctx, f"'{citation}' is spoken of here, but the book does not hold it itself.", "warning"
        )
    if found.relaxed and found.results:
        echo(
            ctx,
            "No record has all these words. These have most of them, or stand beside one that has.",
            "warning",
        )
    for result in found.results:
        _print_result(ctx, result)
        if result.beside:
            echo(ctx, f"  (It has few of the words. It stands beside {result.beside.id}.)", "plain")
        elif found.complete and not result.whole:
            echo(ctx, "  (It has most of the words, not all.)", "plain")
    if found.total > len(found.results):
        say(f"{found.total} records in all; --limit {found.total} shows every one.")
    if not found.results and not found.refused:
        echo(ctx, "Nothing was found.", "warning")
    if found.did_you_mean:
        echo(ctx, f"Did you mean: {found.did_you_mean}", "heading")
    for near in found.nearest:
        echo(ctx, f"  Nearest: {near.title} ({near.id})", "plain")


_TAKEN_AWAY = {"set-aside", "stayed", "overtaken", "partly-set-aside"}


def _print_result(ctx: click.Context, result: Result) -> None:
    is_unit = "/" in result.id
    pinpoint = result.pinpoint or ""
    is_argument = result.kind == "argument"
    title = f"Argument: {result.title}" if is_argument else result.title
    echo(ctx, f"{title}, {pinpoint}" if is_unit and pinpoint else title, "title")
    if result.standing_says:
        taken = result.standing in _TAKEN_AWAY or (result.standing is None)
        sign, style = ("[!] ", "warning") if taken else ("", "good")
        echo(ctx, f"  {sign}{result.standing_says}", style)
    where = f" ({pinpoint})" if pinpoint and not is_unit else ""
    echo(ctx, f"  {result.id}{where}", "dim")
    if result.kind == "argument":
        echo(ctx, "  A proposition to argue, with authorities for and against; not the law.", "dim")
    for row in _marked_rows(result.passage, result.marks):
        click.echo(f"    {row}", color=ctx.color)
    # Other provisions of the same law; other passages of the same page are found on it.
    others = [place.pinpoint for place in result.also if place.id != result.id]
    if others:
        echo(ctx, f"  Also: {' · '.join(others)}", "dim")
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
