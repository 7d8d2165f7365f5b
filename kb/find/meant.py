"""What was probably meant by words that the book does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.find.index import Index
from kb.find.match import is_provision
from kb.find.parse import SMALL, Asked, Wanted, parse
from kb.find.spelling import near, nearest
from kb.find.words import words
from kb.letters import fold

LEAST_LETTERS = 3  # of the name of a law with a slip: a shorter word may be any
LONGEST_CITED = 200  # letters of a query that is looked through for such a slip, not for more

_DIGIT = re.compile(r"\d")


def query_meant(index: Index, text: str, unknown: Iterable[Wanted]) -> str | None:
    """The query with the words that the book does not have replaced by the nearest that it has."""
    slips = _slips(unknown)
    known = list(index.vocabulary()) if slips else []
    meant = text
    for wanted in slips:
        word = nearest(wanted.tokens[0], known)
        meant = _replaced(meant, wanted, word) if word else meant
    return meant if meant != text else None


def asked_of_law(index: Index, asked: Asked, unknown: Iterable[Wanted]) -> Asked:
    """The query with such words replaced by those of the names of laws, if a law comes of it."""
    if not _DIGIT.search(asked.text) or len(asked.text) > LONGEST_CITED:
        return asked
    meant = asked
    for wanted in _slips(unknown):
        if len(wanted.text) >= LEAST_LETTERS:
            likely = near(fold(wanted.text), index.grammar.name_words)
            others = [_again(index, meant, wanted, word) for word in likely]
            meant = next(filter(_names_law, others), (*others, meant)[0])
    return meant


def in_words(refused: Iterable[Wanted]) -> tuple[tuple[Wanted, ...], ...]:
    """The words of the names of laws that are not held, beside which a provision was cited."""
    laws = [wanted.text for wanted in refused if any(map(is_provision, wanted.tokens))]
    return tuple(
        (Wanted("word", text[word.start : word.end], (word.token,)),)
        for text in laws
        for word in words(text)
        if word.token not in SMALL and not word.token[0].isdecimal()
    )


def _slips(unknown: Iterable[Wanted]) -> list[Wanted]:
    """Without numbers: none is as good as another."""
    return [one for one in unknown if not _DIGIT.search(one.text)]


def _again(index: Index, asked: Asked, wanted: Wanted, word: str) -> Asked:
    text = _replaced(asked.text, wanted, word)
    return parse(text, index.grammar, index.is_token, asked.filters)


def _names_law(asked: Asked) -> bool:
    return any("/" in token for one in asked.wanted for token in one.tokens)


def _replaced(text: str, wanted: Wanted, word: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(wanted.text)}(?!\w)", word, text, count=1)
