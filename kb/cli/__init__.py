"""The `kb` command."""

from kb.cli.start import kb, main

__all__ = ["kb", "main"]
