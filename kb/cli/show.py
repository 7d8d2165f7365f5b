"""`kb show` and `kb treaties`: one record, and what bound a State on a day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.command import EXIT_USAGE, Fault, echo, folder_of, kb
from kb.folder import NoBook, locate

if TYPE_CHECKING:
    from kb.base import Base
    from kb.show import Line
    from kb.treaties import Bond


def _complete_id(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from kb.folder import record_files

    try:
        folder = locate(Path.cwd(), ctx.obj if isinstance(ctx.obj, str) else None)
    except NoBook:
        return []
    return [p.stem for _, _, p in record_files(folder) if p.stem.startswith(incomplete)]


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

    base = read_base(folder_of(ctx))
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
        echo(ctx, line.text, line.style)


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

    base = read_base(folder_of(ctx))
    for one in bonds(base, _state(base, state), _day(day)):
        _print(ctx, page.show_bond(base, one)[:2])
