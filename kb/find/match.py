"""Where in the book a thing stands that is asked for: a word, phrase, prefix or citation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from kb.citation import enclosing
from kb.find.index import Index
from kb.find.parse import Wanted
from kb.find.passages import HOMES, is_of
from kb.find.words import latin, stem, stems

# What a match is worth, by what matched.
OWN, EXACT, CONTEXT = 1.0, 0.5, 0.35
OTHER_SCRIPT = 0.8
PHRASE, LONG_PHRASE = 4.0, 10
IS, IS_PART_OF, APPLIES, MENTIONS = 33.0, 31.0, 12.0, 6.0
# What the token of a provision begins with where its law is not named.
UNITS = ("art", "sec", "rule", "reg", "cl", "para", "op", "pp", "principle", "appendix", "unit")
CITED = 3.0  # times that, for a provision, though not for a mere number: it comes first


@dataclass
class Matched:
    """Where one thing that is asked for stands: passages with their scores, pages by context."""

    passages: dict[int, float] = field(default_factory=dict)
    pages: dict[int, float] = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """Whether it stands anywhere in the book."""
        return bool(self.passages or self.pages)

    def on(self, index: Index, but: Collection[str] = ()) -> set[int]:
        """The pages that have it at all, though not `but` in passages of these parts."""
        rows = (index.about.passages[passage] for passage in self.passages)
        return {row.page for row in rows if row.part not in but} | set(self.pages)

    def plus(self, other: Matched, share: float = 1.0) -> None:
        """Take over what another thing matched; where both did, the sum."""
        for own, more in ((self.passages, other.passages), (self.pages, other.pages)):
            for number, score in more.items():
                own[number] = own.get(number, 0.0) + score * share

    def add(self, other: Matched, share: float = 1.0) -> None:
        """Take over what another thing matched; where both did, the better score."""
        for own, more in ((self.passages, other.passages), (self.pages, other.pages)):
            for number, score in more.items():
                own[number] = max(own.get(number, 0.0), score * share)


def match(index: Index, wanted: Wanted) -> Matched:
    """Where one thing that is asked for stands."""
    found = Matched()
    if wanted.kind == "word":
        found.add(_word(index, wanted.tokens[0]))
        for other in in_latin(index, wanted):
            found.add(_word(index, other), OTHER_SCRIPT)
    elif wanted.kind == "prefix":
        for token in index.beginning_with(wanted.tokens[0]):
            found.add(Matched(index.scores("exact", token)))
            found.add(_beyond(index, stem(token)))
    elif wanted.kind == "phrase":
        worth = PHRASE * min(len(wanted.tokens), LONG_PHRASE)
        found.passages = dict.fromkeys(_in_order(index, wanted.tokens), worth)
    else:
        for token in wanted.tokens:
            found.add(_cited(index, token))
    return found


def match_form(index: Index, form: Wanted) -> Matched:
    """Where a form of a word stands that the vocabulary gives: as it is, in no other letters."""
    return _word(index, form.tokens[0]) if form.kind == "word" else match(index, form)


def _word(index: Index, word: str) -> Matched:
    """A word in any form, better if in its own; or in what is true of the whole page."""
    found = Matched()
    for one in stems(word):
        found.plus(Matched(index.scores("own", one)), OWN)
        found.add(_beyond(index, one))
        found.add(Matched({}, index.scores("about", one)), CONTEXT)
    found.plus(Matched(index.scores("exact", word)), EXACT)
    return found


def _beyond(index: Index, stemmed: str) -> Matched:
    """Where a common word stands beyond its best passages: the page is known, no passage."""
    score, pages = index.beyond(stemmed)
    return Matched({}, dict.fromkeys(pages, score))


def in_latin(index: Index, wanted: Wanted) -> list[str]:
    """A Cyrillic word in Latin letters, if the book has it so: kharitonov for Харитонова."""
    word = wanted.tokens[0]
    if wanted.kind != "word" or not "а" <= word[0] <= "я" or len(word) < 4:
        return []
    written = (latin(word), latin(stem(word)))
    return [one for one in dict.fromkeys(written) if index.has("exact", one)]


def _in_order(index: Index, tokens: tuple[str, ...]) -> Iterable[int]:
    """The passages in which the tokens follow each other."""
    if not all(index.has("exact", token) for token in tokens):
        return []
    places = [index.places(token) for token in tokens]
    passages = set(places[0]).intersection(*places[1:])
    return sorted(
        number
        for number in passages
        if set(places[0][number]).intersection(
            *({place - step for place in more[number]} for step, more in enumerate(places))
        )
    )


def _cited(index: Index, token: str) -> Matched:
    """The passages that are what a token names, apply it, or mention it; a fixed worth for each.

    Of a part of a provision that is only spoken of, the provision itself is as good as held.
    """
    found = Matched(dict.fromkeys(index.places(token), MENTIONS))
    found.add(Matched(dict.fromkeys(index.scores("applies", token), APPLIES)))
    law, stroke, unit = token.partition("/")
    # Of a law that is not held its number alone is as good, if no law that is held has that number.
    is_other = stroke and is_provision(token) and not index.has("tokens", law)
    if is_other and not index.has("tokens", f"unit:{unit}"):
        found.add(Matched(dict.fromkeys(index.places(f"unit:{unit}"), MENTIONS)))
    seen: set[tuple[int, str]] = set()
    share = CITED if is_provision(token) and not token.removeprefix("unit:").isdecimal() else 1.0
    held = next((one for one in enclosing(token) if index.has("tokens", one)), token)
    for number in sorted(index.scores("tokens", held)):
        row = index.about.passages[number]
        # Where no law is named a greater part is one of the laws that are meant without a name.
        if held != token and ":" in token and not is_at_home(index, number):
            continue
        # The first passage of a page in a language is the whole, or its first paragraph.
        first = (row.page, row.language) not in seen
        found.passages[number] = share * (IS if first and held == token else IS_PART_OF)
        seen.add((row.page, row.language))
        # What is a document as a whole is so with all its provisions.
        for page in _of_document(index, row.page) if ":" in token else ():
            found.pages[page] = MENTIONS
    return found


def _of_document(index: Index, first: int) -> Iterator[int]:
    """The pages of provisions behind the page of their document."""
    pages = index.about.pages
    for page in range(first + 1, len(pages)):
        if pages[page].record != pages[first].record:
            return
        yield page


def is_provision(token: str) -> bool:
    """Whether a token is that of an article or section, and not of a document as a whole."""
    word, colon, _ = token.partition(":")
    return word in UNITS if colon else "/" in token


def cites_provision(group: Iterable[Wanted]) -> bool:
    """Whether an article or section is cited, and not a document as a whole."""
    tokens = (token for wanted in group if wanted.kind == "citation" for token in wanted.tokens)
    return any(map(is_provision, tokens))


def is_at_home(index: Index, passage: int) -> bool:
    """Whether a passage is of a place whose law is meant where no law is named."""
    places = index.about.record_of(passage).places
    return any(is_of(home, places) for home in HOMES.values())


def is_held(index: Index, wanted: Wanted) -> bool:
    """Whether some record or provision is what a citation names."""
    return any(index.has("tokens", token) for token in wanted.tokens)


def is_anywhere(index: Index, wanted: Wanted) -> bool:
    """Whether the book holds, applies or mentions a citation at all."""
    fields = ("tokens", "applies", "exact")
    return any(index.has(field, token) for token in wanted.tokens for field in fields)
