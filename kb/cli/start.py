"""`kb` with all its commands, and how it starts and ends."""

from __future__ import annotations

import gc
import os
import sys

import click

from kb.cli import find, records, show, site
from kb.cli.command import EXIT_PROBLEMS, EXIT_USAGE, Fault, kb, say

__all__ = ["find", "kb", "main", "records", "show", "site"]


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
    # Rows of the book are many and none is garbage: to look for it seldom, and not at the end when
    # everything goes anyway, takes about a sixth off the time of `kb find`.
    gc.set_threshold(100_000)
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
    finally:
        gc.freeze()
