"""`kb build` and `kb serve`: the site."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.command import Fault, folder_of, kb, say, sound_base

if TYPE_CHECKING:
    from kb.base import Base


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

    folder = folder_of(ctx)
    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    with console.status("Checking the records") as status:

        def tell(text: str) -> None:
            status.update(text)
            if not console.is_terminal:
                say(text)

        base = sound_base(folder)
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
        serve_site(folder_of(ctx), host, port, say, _with_search(say))
    except ServeProblem as error:
        raise Fault(str(error)) from None
    except KeyboardInterrupt:
        say("Stopped.")
