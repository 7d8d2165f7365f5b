"""The citations in our own prose that lead somewhere in the book."""

from __future__ import annotations

import re

from kb.base import Base
from kb.citation import Found
from kb.laws import grammar_of
from kb.model import Instrument
from kb.pinpoint import unit_word
from kb.site.names import target

Piece = tuple[str, str | None]
"""A stretch of text, and the address it links to, if it does."""

# Behind a provision: the name of a law that the grammar does not know.
_OTHER_LAW = re.compile(
    r"\s+of (?:the )?(?!(?:Constitution|Act|Covenant|Convention)\b(?! of))[A-Z]"
)


class Mentions:
    """Finds citations in prose by the citation grammar, and what of the book they name."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.grammar = grammar_of(base)

    def pieces(self, text: str, entry_id: str) -> list[Piece]:
        """The text of the record `entry_id`, cut into stretches with and without a link."""
        made: list[Piece] = []
        here = 0
        for found in self.grammar.find(text):
            some_id = self._named(found, text, entry_id)
            if some_id is None or found.start < here:
                continue
            made += [(text[here : found.start], None)] if found.start > here else []
            made.append((text[found.start : found.end], target(self.base, some_id).address))
            here = found.end
        return [*made, (text[here:], None)] if here < len(text) else made

    def _named(self, found: Found, text: str, entry_id: str) -> str | None:
        """What a citation names: with the law beside it, or the one provision of that number here.

        Without the law's name it is certain only in the law itself, and in a record that applies
        one provision of this number and no other.
        """
        if found.kind != "provision":
            return None
        for token in (found.canonical, *found.tokens):
            if self.base.provision_of(token)[0]:
                return token
        word, _, number = found.canonical.partition(":")
        if _OTHER_LAW.match(text, found.end):
            return None
        record = self.base.entries[entry_id].record
        if not number:
            return None
        if isinstance(record, Instrument):
            return self._held(f"{entry_id}/{number}", word)
        applied = {self.base.provision_of(one)[0] for one in getattr(record, "applies", ())}
        named = {
            pointer
            for unit in applied
            if unit and (pointer := self._held(f"{unit.partition('/')[0]}/{number}", word))
            and self.base.provision_of(pointer)[0] in applied
        }  # fmt: skip
        return named.pop() if len(named) == 1 else None

    def _held(self, pointer: str, word: str) -> str | None:
        """The provision, if its law has it and cites it by this word: Article 25 is no para 25."""
        unit_id = self.base.provision_of(pointer)[0]
        if unit_id is None:
            return None
        unit = self.base.units[unit_id]
        own = unit_word(self.base, self.grammar.data, unit)
        # The articles of a foreign statute are called sections in English as often; no section of a
        # Pakistani one is called an article, which is one of the Constitution.
        is_section = (word, own, unit.instrument.kind) == ("sec", "art", "statute")
        return pointer if word in {own, "unit"} or not own or is_section else None
