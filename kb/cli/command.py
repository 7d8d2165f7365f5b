"""The `kb` group, and what its commands share: the book they work on, what they say and how.

Each command imports what it needs when it runs, so `kb find` stays quick.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.folder import NoBook, locate

if TYPE_CHECKING:
    from kb.base import Base

EXIT_PROBLEMS = 1
EXIT_USAGE = 2


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


def folder_of(ctx: click.Context) -> Path:
    """The folder of the book that the command works on."""
    try:
        return locate(Path.cwd(), ctx.obj)
    except NoBook as error:
        raise Fault(str(error), EXIT_USAGE) from None


def sound_base(folder: Path) -> Base:
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


_COLOURS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "heading": {"bold": True, "fg": "cyan"},
    "good": {"fg": "green"},
    "warning": {"fg": "red", "bold": True},
    "law": {},
    "plain": {},
    "dim": {"dim": True},
}


def echo(ctx: click.Context, text: str, style: str) -> None:
    """Print a line in one of the styles."""
    click.echo(click.style(text, **_COLOURS[style]), color=ctx.color)
