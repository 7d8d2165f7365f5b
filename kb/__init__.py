"""Writbase: the law on internet shutdowns, platform bans and free expression, and its tool."""
