"""The citation grammar: a text in, the citations and provisions that stand in it out.

The patterns are data (`vocab/citations.yml`). A canonical token is one form for every way of
writing a thing: `report:pld/2016/sc/1`, `art:19a`, and, where the law is named beside it,
`pk-constitution/19a`. 19 and 19A are different things by construction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kb.letters import Folded, fold, fold_in_place
from kb.named import NAME_WORD, Item, KnownLaws, Match, Name, is_in_name
from kb.numerals import Numerals
from kb.pattern import Fields, Pattern, Patterns, Unusable, between, enclosing, filled, halves

__all__ = ["Found", "Grammar", "Unusable", "enclosing"]

LONGEST_NAME = 14
# What the number of a unit begins with where its word is part of it: op11, appendix-2.2.1.
BEGINS = {"op": "op", "pp": "pp", "appendix": "appendix-"}
BEFORE_NAME = 16  # letters before the name of a law in which a number may stand

_TRIM = " \t\r\n.,"


@dataclass(frozen=True)
class Found:
    """A citation in a text, from `start` to `end`.

    `canonical` is its one form; `tokens` is everything it is to be found under (a part is also
    found under what encloses it); `wanted` is what a query with it asks for, what a range includes
    too. `whole` spans the list that it is in, and the name of the law beside that.
    """

    start: int
    end: int
    text: str
    kind: str
    canonical: str
    tokens: tuple[str, ...]
    wanted: tuple[str, ...]
    whole: tuple[int, int]


class Grammar:
    """All patterns, and the names of the instruments if it was made `with_names`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._patterns = Patterns(data)
        self.numerals = Numerals(data.get("numerals", {}))
        self._made_of: Mapping[str, Any] = {
            "grammar": data, "names": {}, "tokens": {}, "words": {}, "templates": [], "places": {}
        }  # fmt: skip
        self._laws = KnownLaws(self._patterns, self._made_of, str)
        self._through = {fold(text) for text in data.get("through", ())}
        self._after_name: re.Pattern[str] | None = None
        self._before_name: re.Pattern[str] | None = None
        self._one_unit: re.Pattern[str] | None = None
        self._and: re.Pattern[str] | None = None

    @classmethod
    def read(cls, path: Path) -> Grammar:
        """The grammar in a file; raises `Unusable` with a sentence if it is not in order."""
        from kb.load import Unreadable, read

        try:
            document = read(path, f"{path.parent.name}/{path.name}")
        except Unreadable as error:
            raise Unusable(str(error.problem)) from None
        if document.problems:
            raise Unusable(str(document.problems[0]))
        grammar = cls(document.value)
        grammar._patterns.all()
        for key in ("names", "names-by-instrument", "names-not-held"):
            table = grammar.data.get(key, {})
            rows = table.values() if isinstance(table, dict) else [None]
            if not all(isinstance(row, list) and set(map(type, row)) <= {str} for row in rows):
                raise Unusable(f"'{key}' gives a list of names for each law.")
        laws = grammar.data.get("articles-of", {})
        if not isinstance(laws, dict) or set(map(type, laws.values())) - {str}:
            raise Unusable("'articles-of' gives the ID of one law for each amending act.")
        either = grammar.data.get("names-in-queries", {})
        if not isinstance(either, dict) or set(map(type, either.values())) - {list}:
            raise Unusable("'names-in-queries' gives a list of IDs of laws for each word.")
        translated = grammar.data.get("unit-names-in-translation", {})
        if not isinstance(translated, dict) or set(map(type, translated.values())) - {list}:
            raise Unusable("'unit-names-in-translation' gives a list of words for each place.")
        parted = grammar.data.get("parts-behind-a-dot", [])
        if not isinstance(parted, list) or set(map(type, parted)) - {str}:
            raise Unusable("'parts-behind-a-dot' is a list of the IDs of laws.")
        return grammar

    # --- names of instruments

    def with_names(
        self,
        names: Mapping[str, Iterable[str]],
        tokens: Mapping[str, Iterable[str]],
        key: Callable[[str], str] = str,
        words: Mapping[str, str] | None = None,
        placed: tuple[Iterable[str], Mapping[str, Iterable[str]]] = ((), {}),
    ) -> Grammar:
        """The same grammar that knows instruments, by name and by the token of their citation.

        `names` and `tokens` give the IDs for each; the words of names are compared by `key`.
        `words` gives for an ID the word for its provisions (`art`, `para`), where that is certain.
        `placed` gives templates of names ('constitution of {place}'), and what the places of laws
        are called, by ID; to be kept in few words they are put together when the grammar is made.
        """

        def keys(text: str) -> str:
            return " ".join(key(word) for word in NAME_WORD.findall(fold(text)))

        templates, places = placed
        keyed: dict[str, tuple[str, ...]] = {}
        for name, ids in names.items():
            joined = keys(name)
            if joined and joined.count(" ") < LONGEST_NAME:
                keyed[joined] = tuple(dict.fromkeys((*keyed.get(joined, ()), *ids)))
        every = (*names, *templates, *(place for row in places.values() for place in row))
        spelled = {word for text in every for word in NAME_WORD.findall(fold(text))}
        data = {
            "spelled": sorted(word for word in spelled if len(word) > 3 and word.isalpha()),
            "grammar": self.data, "names": keyed, "tokens": tokens, "words": words or {},
            "templates": ["{}".join(map(keys, one.split("{place}"))) for one in templates],
            "places": {law: list(dict.fromkeys(map(keys, row))) for law, row in places.items()},
        }  # fmt: skip
        return self.from_data(data, key)

    def as_data(self) -> Mapping[str, Any]:
        """Everything that `from_data` needs to make this grammar again, in dicts and texts."""
        return self._made_of

    @classmethod
    def from_data(cls, data: Mapping[str, Any], key: Callable[[str], str] = str) -> Grammar:
        """The grammar that `as_data` gave."""
        grammar = cls(data["grammar"])
        grammar._made_of = data
        grammar._laws = KnownLaws(grammar._patterns, data, key)
        return grammar

    @property
    def name_words(self) -> tuple[str, ...]:
        """The words of the names of all laws that are known, folded; those of three letters not."""
        return tuple(self._made_of.get("spelled", ()))

    # --- finding

    def find(self, text: str, is_query: bool = False) -> list[Found]:
        """Every citation in `text` in order, none over another: the leftmost, then the longest.

        A query is one citation more often than prose: there more provisions get their law.
        """
        if not any(sign.isdecimal() for sign in text):
            return []  # every citation has a number
        folded = fold_in_place(text)
        joined = _with_lone_letters_joined(text, folded)
        matches = self._matches(folded.text, joined)
        named = [
            name for name in self._laws.names_in(folded.text, is_query)
            if not any(match.has_within(name) for match in matches)
        ]  # fmt: skip
        if is_query:
            # Of a name that is typed whole, 'Comment 34: Article 19: Freedoms', all is name.
            matches = [one for one in matches if not is_in_name(one, named)]
        every = sorted([*named, *self._laws.cited_in(folded.text, matches)])
        matches += self._numbers_beside(joined, matches, every)
        matches.sort(key=lambda match: match.start)
        laws = self._laws.of_provisions(folded.text, matches, every)
        if is_query:
            matches = self._laws.in_query(folded.text, matches, every, laws)
        found: list[Found] = []
        for row in self._rows(folded.text, matches):
            names = [name for match in row if (name := laws.get(match.start))]
            # The law beside one provision of a list is that of all, unless there are two of them.
            common = names[0] if len(set(names)) == 1 else None
            span = _span([*row, *names])
            for match in row:
                law = self._laws.amended(laws.get(match.start) or common, match)
                found += _founds(text, folded, self._laws.parted(match, law), law, span)
        return found

    def tokens(self, text: str) -> tuple[str, ...]:
        """The tokens of every citation in `text`, each once."""
        return tuple(dict.fromkeys(token for one in self.find(text) for token in one.tokens))

    def _matches(self, text: str, joined: str) -> list[Match]:
        patterns = self._patterns.all()
        candidates = []
        for order, pattern in enumerate(patterns):
            for found in pattern.regex.finditer(joined if pattern.is_provision else text):
                start = found.start()
                while start < found.end() and text[start] in _TRIM:
                    start += 1
                candidates.append((start, -found.end(), order, found))
        candidates.sort(key=lambda candidate: candidate[:3])
        chosen: list[Match] = []
        for start, _, order, found in candidates:
            if not chosen or start >= chosen[-1].end:
                match = self._read(patterns[order], found, start)
                if match.items:
                    chosen.append(match)
        return chosen

    def _read(self, pattern: Pattern, found: re.Match[str], start: int) -> Match:
        fields = self._patterns.fields(pattern, found)
        if pattern.item is None:
            items = [Item(start, found.end(), fields)]
        else:
            items = self._items(pattern, pattern.item, found, fields)
            if items:  # the first takes the word before the numbers, the last what follows them
                items[0] = replace(items[0], start=start)
                items[-1] = replace(items[-1], end=found.end())
        complete = tuple(item for item in items if filled(pattern.canonical, item.fields))
        return Match(start, found.end(), pattern, complete)

    def _items(
        self, pattern: Pattern, number: re.Pattern[str], found: re.Match[str], fields: Fields
    ) -> list[Item]:
        items: list[Item] = []
        for one in number.finditer(found.string, *found.span("items")):
            own = self._patterns.fields(pattern, one)
            own = {**fields, **{name: value for name, value in own.items() if value}}
            joined = found.string[items[-1].end : one.start()].strip() if items else ""
            included: list[Fields] = []
            if joined in self._through:
                included = [{**own, **more} for more in between(items[-1].fields, own)]
            units = halves(own.get("unit", ""))
            if units:
                middle = found.string.index("-", one.start())
                items.append(Item(one.start(), middle, {**own, "unit": units[0]}))
                included += [{**own, "unit": unit} for unit in units[1:-1]]
                own = {**own, "unit": units[-1]}
                items.append(Item(middle + 1, one.end(), own, tuple(included)))
            else:
                items.append(Item(one.start(), one.end(), own, tuple(included)))
        return items

    def _rows(self, text: str, matches: Iterable[Match]) -> Iterator[list[Match]]:
        """Provisions that are one list, 'art. 19 and art. 19A of ...'; all else by itself."""
        row: list[Match] = []
        for match in matches:
            if row and not self._is_one_list(text, row[-1], match):
                yield row
                row = []
            row.append(match)
        if row:
            yield row

    def _is_one_list(self, text: str, one: Match, other: Match) -> bool:
        if not (one.pattern.is_provision and other.pattern.is_provision):
            return False
        if self._and is None:
            self._and = self._patterns.regex(r"[\s,]{0,3}{and}\s{0,3}")
        return one.word == other.word and bool(self._and.fullmatch(text, one.end, other.start))

    def _numbers_beside(
        self, text: str, matches: Iterable[Match], names: Iterable[Name]
    ) -> Iterator[Match]:
        """Numbers that stand without a word before or after a name: 'ICCPR 19', '19, 21 ICCPR'.

        Behind the name of what has paragraphs a 'p' is no page: 'GC 34 p 36'; an 'a' before a
        number is an article: 'A10 ECHR'.
        """
        pattern = next((p for p in self._patterns.all() if p.kind == "unit"), None)
        if pattern is None:
            return
        if self._after_name is None or self._before_name is None or self._one_unit is None:
            self._one_unit = self._patterns.regex("(?P<unit>{unit})")
            self._after_name = self._patterns.regex(
                r"(?!\s?\(\d+\))(?:[\s,:(]{1,3}|(?<=\w)(?<!\d)(?=\d))(?P<p>pp?[\s.]{0,2}|at\s\[|(?<=,\s)\[)?(?:a(?=\d))?"
                r"(?!\d{4})(?P<items>{units})(?! {month}| of \d{4})(?!\w|[./]\d)"
            )
            self._before_name = self._patterns.regex(
                r"(?<![\w./-])(?:a(?=\d))?(?!\d{4})(?P<items>{units})(?:[\s,]{1,2}| of | of the )$"
            )
        taken = {place for match in matches for place in range(match.start, match.end)}
        for name in names:
            after = self._after_name.match(text, name.end)
            p = after.span("p") if after else (-1, -1)
            if p[0] >= 0 and not self._laws.has_paragraphs(name):
                after = None
            before = self._before_name.search(text, max(0, name.start - BEFORE_NAME), name.start)
            for found in (after, before):
                start, end = found.span("items") if found else (0, 0)
                if found and taken.isdisjoint(range(start, end)):
                    taken.update(range(start, end))
                    items = self._items(pattern, self._one_unit, found, {})
                    if found is after and p[0] >= 0:
                        start = p[0]
                    yield Match(start, end, pattern, tuple(items))


# --- from matches to what is found --------------------------------------------------------------


def _span(stretches: Iterable[Match | Name]) -> tuple[int, int]:
    both = [(one.start, one.end) for one in stretches]
    return min(start for start, _ in both), max(end for _, end in both)


def _founds(
    text: str, folded: Folded, match: Match, name: Name | None, span: tuple[int, int]
) -> Iterator[Found]:
    ids = name.ids if name else ()
    whole = (folded.starts[span[0]], folded.ends[span[1] - 1])
    for item in match.items:
        start, end = folded.starts[item.start], folded.ends[item.end - 1]
        tokens: dict[str, None] = {}
        for fields in (item.fields, *item.included):
            tokens.update(dict.fromkeys(_tokens(match.pattern, fields, ids)))
        wanted: list[str] = []
        for fields in (item.fields, *item.included):
            canonical = filled(match.pattern.canonical, fields)
            wanted += [_full(canonical, one) for one in ids] or [canonical]
        yield Found(start, end, text[start:end], match.pattern.kind, wanted[0], tuple(tokens),
                    tuple(wanted), whole)  # fmt: skip


def _tokens(pattern: Pattern, fields: Fields, ids: Iterable[str]) -> Iterator[str]:
    canonical = filled(pattern.canonical, fields)
    for token in (canonical, *(filled(template, fields) for template in pattern.also)):
        if pattern.is_provision:
            yield from enclosing(token)
            yield from enclosing(f"unit:{token.partition(':')[2]}")
        else:
            yield token
    for one in ids:
        yield from enclosing(_full(canonical, one))


def _full(token: str, instrument: str) -> str:
    """The token of a provision of a known instrument: `pk-constitution/19a`, `.../op11`."""
    word, _, unit = token.partition(":")
    return f"{instrument}/{BEGINS.get(word, '')}{unit}"


_LONE = re.compile(r"(?<!\d)(?<!\d\.)\d{1,3}( |- | -)([a-hj-z])(?![\w'/]|[. ]\w(?!\w)|\.\w)")
_AT_END = re.compile(r"\s{0,3}(?:$|[,;:)]|of\b|and\b|or\b|&|constitution\b)")


def _with_lone_letters_joined(text: str, folded: Folded) -> str:
    """The folded text in which '19 A' is '19-A', where provisions are looked for.

    That is so for a lone capital after a number, and for a lone letter where a text ends.
    """
    letters = list(folded.text)
    for found in _LONE.finditer(folded.text):
        written = text[folded.starts[found.start(2)]]
        if written.isupper() or _AT_END.match(folded.text, found.end()):
            letters[found.start(1) : found.end(1)] = "-" * len(found[1])
    return "".join(letters)
