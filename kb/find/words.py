"""What a word is: for the index, for queries, and one day for a browser, by the same plain rules.

1. A text is folded (`kb.letters`).
2. Its citations are found (`kb.citation`). A citation takes one place; at that place stand its
   tokens, and its words that have two letters or more and no digit. Its numbers are not words, so
   19 is never found in 19A.
3. What is left is cut into words: letters, digits and marks that follow each other. An s after an
   apostrophe is no word. Each word takes one place.
4. The words of a citation are read once more, in places of their own behind the text, so that the
   phrase 'writ petition' is found in 'Writ Petition No. 958 of 2013'.
5. The stem of a word is Snowball's: Russian for Cyrillic letters, French for a text that is said
   to be French (marked 'fr:'), English for other Latin letters, and the word itself otherwise.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

from kb.citation import Grammar
from kb.letters import Folded, fold, fold_in_place, is_letter

BEHIND = 8  # places left empty before the words that are read once more
LONGEST_WORD = 64


class Word(NamedTuple):
    """A word: folded, its stem, its place in the order of words, and where it stands in the text.

    A citation's token has no stem.
    """

    token: str
    stem: str
    place: int
    start: int
    end: int


class Cited(NamedTuple):
    """Where a citation stands in a text, and its tokens."""

    start: int
    end: int
    tokens: tuple[str, ...]


def words(text: str, grammar: Grammar | None = None, language: str = "") -> list[Word]:
    """The words of a text in order; without a grammar, its citations are ordinary words."""
    return words_between(text, cited(text, grammar) if grammar else (), language)


def cited(text: str, grammar: Grammar) -> list[Cited]:
    """The citations in a text."""
    return [Cited(one.start, one.end, one.tokens) for one in grammar.find(text)]


def words_between(
    text: str, citations: Iterable[Cited], language: str = "", initials: str | None = None
) -> list[Word]:
    """The words of a text in order, of which the citations are known.

    With `initials`, only words that begin with one of these letters get their stem.
    """
    folded = fold_in_place(text)
    made: list[Word] = []
    behind: list[list[Word]] = []
    place = 0
    before = 0
    for citation in citations:
        for word in _ordinary(folded, before, citation.start, language, initials):
            made.append(word._replace(place=place))
            place += 1
        made += [Word(t, "", place, citation.start, citation.end) for t in citation.tokens]
        own = list(_named_in(folded, citation, language, initials))
        made += [word._replace(place=place) for word in own]
        behind.append(own)
        place += 1
        before = citation.end
    for word in _ordinary(folded, before, len(text), language, initials):
        made.append(word._replace(place=place))
        place += 1
    for own in behind:
        if len(own) > 1:
            place += BEHIND
            for word in own:
                made.append(word._replace(place=place))
                place += 1
    return made


def _named_in(
    folded: Folded, citation: Cited, language: str, initials: str | None
) -> Iterator[Word]:
    for word in _ordinary(folded, citation.start, citation.end, language, initials):
        if len(word.token) > 1 and not any(sign.isdecimal() for sign in word.token):
            yield word


def _ordinary(
    folded: Folded, start: int, end: int, language: str, initials: str | None
) -> Iterator[Word]:
    """The words between two places of the text as it was written."""
    text, starts, ends = folded.text, folded.starts, folded.ends
    here = _index(starts, start)
    until = _index(starts, end)
    while here < until:
        if not is_letter(text[here]):
            here += 1
            continue
        there = here + 1
        while there < until and is_letter(text[there]):
            there += 1
        cut = text[here : min(there, here + LONGEST_WORD)]
        after_apostrophe = here > 1 and text[here - 1] == "'" and is_letter(text[here - 2])
        if not (cut == "s" and after_apostrophe):
            stemmed = stem(cut, language) if initials is None or cut[0] in initials else ""
            yield Word(cut, stemmed, 0, starts[here], ends[there - 1])
        here = there


def _index(starts: tuple[int, ...] | range, place: int) -> int:
    """The first letter of the folded text that was written at `place` or after it."""
    return bisect.bisect_left(starts, place)


# --- stems ----------------------------------------------------------------------------------------

_STEMMERS: dict[str, Any] = {}


@lru_cache(maxsize=65536)
def stem(word: str, language: str = "") -> str:
    """The stem of a folded word."""
    first = word[0]
    if "а" <= first <= "я":
        return _snowball("russian", word)
    if "a" <= first <= "z":
        if language == "fr":
            return f"fr:{_snowball('french', word)}"
        return _snowball("english", word)
    return word


def stems(word: str) -> tuple[str, ...]:
    """Every stem under which a word of a query may stand: its own, and the French one."""
    return (stem(word), stem(word, "fr")) if "a" <= word[0] <= "z" else (stem(word),)


def _snowball(language: str, word: str) -> str:
    if language not in _STEMMERS:
        _STEMMERS[language] = snowballstemmer.stemmer(language)
    return fold(_STEMMERS[language].stemWord(word)) or word


def stem_key(text: str) -> str:
    """The stems of a text's words in one line, to compare names and synonyms by."""
    return " ".join(word.stem for word in words(text))


def script(tokens: Iterable[str]) -> str:
    """The script that most words are written in: 'arabic', 'cyrillic' or 'latin'; '' if none."""
    counts = {"arabic": 0, "cyrillic": 0, "latin": 0}
    for token in tokens:
        for sign in token:
            if "\u0600" <= sign <= "\u06ff":
                counts["arabic"] += 1
            elif "\u0400" <= sign <= "\u04ff":
                counts["cyrillic"] += 1
            elif "a" <= sign <= "z":
                counts["latin"] += 1
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


def latin(word: str) -> str:
    """A Cyrillic word in Latin letters, as English texts write Russian names."""
    return "".join(_LATIN.get(letter, letter) for letter in word)
