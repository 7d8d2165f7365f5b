"""The citation grammar: a text in, the citations and provisions that stand in it out.

The patterns are data (`vocab/citations.yml`). A canonical token is one form for every way of
writing a thing: `report:pld/2016/sc/1`, `art:19a`, and, where the law is named beside it,
`pk-constitution/19a`. 19 and 19A are different things by construction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kb.letters import Folded, fold, fold_in_place
from kb.numerals import Numerals
from kb.pattern import Fields, Pattern, Patterns, Unusable, between, enclosing, filled, halves

__all__ = ["Found", "Grammar", "Unusable", "enclosing"]

LONGEST_NAME = 14
# What the number of a unit begins with where its word is part of it: op11, appendix-2.2.1.
BEGINS = {"op": "op", "pp": "pp", "appendix": "appendix-"}
WIDEST_GAP, SHARED = 24, 12
BEFORE_NAME = 16  # letters before the name of a law in which a number may stand
LONGEST_LAW = 100  # letters before a provision in which the name of its law may stand

_WORD = re.compile(r"\w+")
_YEAR_AFTER = re.compile(r"[\s,(]{1,3}(?:of )?(?:1[6-9]|20)\d\d(?!\d)\)?")
_BY_DOT = re.compile(r"^(\d+)[.-](\d+)")
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


@dataclass(frozen=True)
class _Item:
    """One number of a match: where it stands, its fields, and those that a range includes."""

    start: int
    end: int
    fields: Fields
    included: tuple[Fields, ...] = ()


@dataclass(frozen=True)
class _Match:
    start: int
    end: int
    pattern: Pattern
    items: tuple[_Item, ...]

    @property
    def word(self) -> str:
        """What it calls its units: `art`, `sec`, `para`, or `unit` where no word stands."""
        return filled(self.pattern.canonical, self.items[0].fields).partition(":")[0]

    def tokens(self) -> Iterator[str]:
        for item in self.items:
            for template in (self.pattern.canonical, *self.pattern.also):
                yield filled(template, item.fields)


@dataclass(frozen=True, order=True)
class _Name:
    """The name of instruments where it stands in a text."""

    start: int
    end: int
    ids: tuple[str, ...]


class Grammar:
    """All patterns, and the names of the instruments if it was made `with_names`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._patterns = Patterns(data)
        self.numerals = Numerals(data.get("numerals", {}))
        self._names: dict[str, tuple[str, ...]] = {}
        self._lengths: dict[str, list[int]] = {}  # of the names that begin with a word
        self._tokens: dict[str, tuple[str, ...]] = {}
        self._words: Mapping[str, str] = {}
        self._made_of: Mapping[str, Any] = {
            "grammar": data, "names": {}, "tokens": {}, "words": {}, "templates": [], "places": {}
        }  # fmt: skip
        self._key: Callable[[str], str] = str
        self._between = {"", *(fold(text) for text in data.get("between", ()))}
        self._pieces: Mapping[str, str] = data.get("pieces", {})
        self._by_dot = set(data.get("parts-behind-a-dot", ()))
        self._through = {fold(text) for text in data.get("through", ())}
        self._after_name: re.Pattern[str] | None = None
        self._before_name: re.Pattern[str] | None = None
        self._one_unit: re.Pattern[str] | None = None
        self._and: re.Pattern[str] | None = None
        self._law_after: re.Pattern[str] | None = None
        self._law_before: re.Pattern[str] | None = None

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
            return " ".join(key(word) for word in _WORD.findall(fold(text)))

        templates, places = placed
        keyed: dict[str, tuple[str, ...]] = {}
        for name, ids in names.items():
            joined = keys(name)
            if joined and joined.count(" ") < LONGEST_NAME:
                keyed[joined] = tuple(dict.fromkeys((*keyed.get(joined, ()), *ids)))
        data = {
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
        grammar._key = key
        grammar._made_of = data
        names = {name: tuple(ids) for name, ids in data["names"].items()}
        for law, places in data["places"].items():
            for place in places:
                for template in data["templates"]:
                    name = " ".join(template.replace("{}", f" {place} ").split())
                    names[name] = tuple(dict.fromkeys((*names.get(name, ()), law)))
        grammar._names = names
        for words in sorted((name.split() for name in grammar._names), key=len, reverse=True):
            lengths = grammar._lengths.setdefault(words[0], [])
            if len(words) not in lengths:
                lengths.append(len(words))
        grammar._tokens = {token: tuple(ids) for token, ids in data["tokens"].items()}
        grammar._words = data["words"]
        return grammar

    # --- finding

    def find(self, text: str, is_query: bool = False) -> list[Found]:
        """Every citation in `text` in order, none over another: the leftmost, then the longest.

        In a query a paragraph is one of the document that was cited before it, whatever stands
        between: 'General comment No. 31: The nature of the general legal obligation, para 8'.
        """
        if not any(sign.isdecimal() for sign in text):
            return []  # every citation has a number
        folded = fold_in_place(text)
        joined = _with_lone_letters_joined(text, folded)
        matches = self._matches(folded.text, joined)
        named = list(self._names_in(folded.text))
        if (
            is_query
        ):  # of a name that is typed whole, 'Comment 34: Article 19: Freedoms', all is name
            matches = [one for one in matches if not _is_in_name(one, named)]
        every = sorted([*named, *self._cited_by_token(folded.text, matches)])
        matches += self._numbers_beside(joined, matches, every)
        matches.sort(key=lambda match: match.start)
        laws = self._laws(folded.text, matches, every)
        if is_query:
            matches = self._of_document(matches, every, laws)
        found: list[Found] = []
        for row in self._rows(folded.text, matches):
            names = [name for match in row if (name := laws.get(match.start))]
            # The law beside one provision of a list is that of all, unless there are two of them.
            common = names[0] if len(set(names)) == 1 else None
            span = _span([*row, *names])
            for match in row:
                law = self._amended(laws.get(match.start) or common, match)
                found += _founds(text, folded, self._parted(match, law), law, span)
        return found

    def tokens(self, text: str) -> tuple[str, ...]:
        """The tokens of every citation in `text`, each once."""
        return tuple(dict.fromkeys(token for one in self.find(text) for token in one.tokens))

    def _matches(self, text: str, joined: str) -> list[_Match]:
        patterns = self._patterns.all()
        candidates = []
        for order, pattern in enumerate(patterns):
            for found in pattern.regex.finditer(joined if pattern.is_provision else text):
                start = found.start()
                while start < found.end() and text[start] in _TRIM:
                    start += 1
                candidates.append((start, -found.end(), order, found))
        candidates.sort(key=lambda candidate: candidate[:3])
        chosen: list[_Match] = []
        for start, _, order, found in candidates:
            if not chosen or start >= chosen[-1].end:
                match = self._read(patterns[order], found, start)
                if match.items:
                    chosen.append(match)
        return chosen

    def _read(self, pattern: Pattern, found: re.Match[str], start: int) -> _Match:
        fields = self._patterns.fields(pattern, found)
        if pattern.item is None:
            items = [_Item(start, found.end(), fields)]
        else:
            items = self._items(pattern, pattern.item, found, fields)
            if items:  # the first takes the word before the numbers, the last what follows them
                items[0] = replace(items[0], start=start)
                items[-1] = replace(items[-1], end=found.end())
        complete = tuple(item for item in items if filled(pattern.canonical, item.fields))
        return _Match(start, found.end(), pattern, complete)

    def _items(
        self, pattern: Pattern, number: re.Pattern[str], found: re.Match[str], fields: Fields
    ) -> list[_Item]:
        items: list[_Item] = []
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
                items.append(_Item(one.start(), middle, {**own, "unit": units[0]}))
                included += [{**own, "unit": unit} for unit in units[1:-1]]
                own = {**own, "unit": units[-1]}
                items.append(_Item(middle + 1, one.end(), own, tuple(included)))
            else:
                items.append(_Item(one.start(), one.end(), own, tuple(included)))
        return items

    # --- names beside provisions

    def _names_in(self, text: str) -> Iterator[_Name]:
        if not self._names:
            return
        words = [(found.span(), self._key(found[0])) for found in _WORD.finditer(text)]
        here = 0
        while here < len(words):
            for length in self._lengths.get(words[here][1], ()):
                name = words[here : here + length]
                ids = self._names.get(" ".join(word[1] for word in name))
                if ids and len(name) == length:
                    yield _Name(words[here][0][0], _with_year(text, name[-1][0][1]), ids)
                    here += length - 1
                    break
            here += 1

    def _cited_by_token(self, text: str, matches: Iterable[_Match]) -> Iterator[_Name]:
        """Laws that are cited by number or symbol; one that is not held is one like others."""
        for match in matches:
            if not self._names or match.pattern.is_provision:
                continue
            tokens = list(match.tokens())
            held = [self._tokens[token] for token in tokens if token in self._tokens]
            # In brackets stands the act that amended a law, not the law.
            is_law = (
                match.pattern.kind in {"act", "document"}
                and text[match.start - 1 : match.start] != "("
            )
            if held or is_law:
                ids = held[0] if held else (re.sub("[:/]", "-", tokens[0]),)
                yield _Name(match.start, _with_year(text, match.end), ids)

    def _rows(self, text: str, matches: Iterable[_Match]) -> Iterator[list[_Match]]:
        """Provisions that are one list, 'art. 19 and art. 19A of ...'; all else by itself."""
        row: list[_Match] = []
        for match in matches:
            if row and not self._is_one_list(text, row[-1], match):
                yield row
                row = []
            row.append(match)
        if row:
            yield row

    def _is_one_list(self, text: str, one: _Match, other: _Match) -> bool:
        if not (one.pattern.is_provision and other.pattern.is_provision):
            return False
        if self._and is None:
            self._and = self._patterns.regex(r"[\s,]{0,3}{and}\s{0,3}")
        return one.word == other.word and bool(self._and.fullmatch(text, one.end, other.start))

    def _laws(
        self, text: str, matches: Sequence[_Match], names: Sequence[_Name]
    ) -> dict[int, _Name]:
        """The law of each provision, by where this starts, if it is named beside it.

        What one provision is cited of is not that of another that its law would call otherwise:
        'section 54 telecom act article 19A'.
        """
        after = {name.start: name for name in reversed(names)}
        before = {name.end: name for name in names}
        cited = [match for match in matches if match.pattern.is_provision]
        beside = {match.start: self._beside(text, match, before, after) for match in cited}
        taken = {
            name for match in cited
            if (name := beside[match.start]) and self._fits(match.word, name)
        }  # fmt: skip
        laws: dict[int, _Name] = {}
        for match in cited:
            name = beside[match.start]
            if name and not self._fits(match.word, name):
                # An article beside a general comment is one of the treaty.
                is_other = name in taken or (match.word == "art" and self._has_paragraphs(name))
                name = None if is_other else name
            if law := name or self._other_law(text, match, names):
                laws[match.start] = law
        return laws

    def _of_document(
        self, matches: Sequence[_Match], names: Sequence[_Name], laws: dict[int, _Name]
    ) -> list[_Match]:
        """The matches, of which a paragraph gets the only document before it that has paragraphs.

        An article of no law behind that document is what the document is about: it is left out.
        Adds to `laws`.
        """
        ids = {name.ids for name in names if self._has_paragraphs(name)}
        if len(ids) != 1:
            return list(matches)
        document = next(name for name in names if self._has_paragraphs(name))
        behind = [m for m in matches if m.pattern.is_provision and m.start >= document.end]
        nameless = [
            m for m in behind if not (m.start in laws and self._fits(m.word, laws[m.start]))
        ]
        laws |= {match.start: document for match in nameless if match.word == "para"}
        if document.ids not in {law.ids for law in laws.values()}:
            return list(matches)
        return [m for m in matches if m not in nameless or m.word != "art"]

    def _has_paragraphs(self, name: _Name) -> bool:
        return {self._words.get(one) for one in name.ids} == {"para"}

    def _beside(
        self, text: str, match: _Match, before: Mapping[int, _Name], after: Mapping[int, _Name]
    ) -> _Name | None:
        """The nearest name joined to a provision; the one after it if both are as near.

        A law whose provisions are called by another word is only taken if there is no other:
        'ICCPR article 19 general comment 34'.
        """
        unfit: _Name | None = None
        # A name may end with the word of the provision: 'Siracusa Principles' in 'Siracusa
        # Principle 10'.
        for gap in range(-SHARED, WIDEST_GAP):
            name = after.get(match.end + gap) if gap >= 0 else None
            if name and self._joins(text[match.end : name.start]):
                if self._fits(match.word, name):
                    return name
                unfit = unfit or name
            name = before.get(match.start - gap)
            if name and self._joins(text[name.end : match.start]):
                if self._fits(match.word, name):
                    return name
                unfit = unfit or name
        return unfit

    def _other_law(self, text: str, match: _Match, names: Iterable[_Name]) -> _Name | None:
        """The law beside a provision that is none of those known by name: 'section 4 Wyse Act'.

        It is called by its own words, so that its provision is that of no other law.
        """
        if not self._names or "law-after" not in self._pieces:
            return None
        if self._law_after is None or self._law_before is None:
            self._law_after = self._patterns.regex("{law-after}")
            self._law_before = self._patterns.regex("{law-before}")
        is_called_so = match.word in {"sec", "rule", "reg"}
        after = self._law_after.match(text, match.end)
        start = max(0, match.start - LONGEST_LAW)
        for found in (after, self._law_before.search(text, start, match.start)):
            is_of = found is after and after and after["of"] is not None
            if not found or not (is_called_so or is_of):
                continue
            start, end = found.span("law")
            if all(end <= name.start or name.end <= start for name in names):
                words = (self._key(word) for word in _WORD.findall(found["law"]))
                law = "-".join(word for word in words if word not in self._between)
                return _Name(start, _with_year(text, end), (law,))
        return None

    def _fits(self, typed: str, name: _Name) -> bool:
        known = {self._words.get(one, "") for one in name.ids}
        return typed == "unit" or "" in known or typed in known

    def _amended(self, name: _Name | None, match: _Match) -> _Name | None:
        """Of an article beside an amending act the law that it amends, else the same name."""
        laws = self.data.get("articles-of", {})
        if not name or match.word not in {"art", "unit"}:
            return name
        return replace(name, ids=tuple(dict.fromkeys(laws.get(one, one) for one in name.ids)))

    def _parted(self, match: _Match, law: _Name | None) -> _Match:
        """The match with 19.3 read as 19(3), where a law has no article with a number like 19.3."""
        if not law or not self._by_dot.issuperset(law.ids):
            return match

        def parted(fields: Fields) -> Fields:
            return {name: _BY_DOT.sub(r"\1(\2)", value) for name, value in fields.items()}

        items = (
            replace(one, fields=parted(one.fields), included=tuple(map(parted, one.included)))
            for one in match.items
        )
        return replace(match, items=tuple(items))

    def _joins(self, gap: str) -> bool:
        return " ".join(gap.strip(" ,:;()-").split()) in self._between

    def _numbers_beside(
        self, text: str, matches: Iterable[_Match], names: Iterable[_Name]
    ) -> Iterator[_Match]:
        """Numbers that stand without a word before or after a name: 'ICCPR 19', '19, 21 ICCPR'.

        Behind the name of what has paragraphs a 'p' is no page: 'GC 34 p 36'.
        """
        pattern = next((p for p in self._patterns.all() if p.kind == "unit"), None)
        if pattern is None:
            return
        if self._after_name is None or self._before_name is None or self._one_unit is None:
            self._one_unit = self._patterns.regex("(?P<unit>{unit})")
            self._after_name = self._patterns.regex(
                r"(?!\s?\(\d+\))[\s,:(]{1,3}(?P<p>pp?[\s.]{0,2})?"
                r"(?!\d{4})(?P<items>{units})(?! {month})(?!\w|[./]\d)"
            )
            self._before_name = self._patterns.regex(
                r"(?<![\w./-])(?!\d{4})(?P<items>{units})(?:[\s,]{1,2}| of | of the )$"
            )
        taken = {place for match in matches for place in range(match.start, match.end)}
        for name in names:
            after = self._after_name.match(text, name.end)
            p = after.span("p") if after else (-1, -1)
            if p[0] >= 0 and not self._has_paragraphs(name):
                after = None
            before = self._before_name.search(text, max(0, name.start - BEFORE_NAME), name.start)
            for found in (after, before):
                start, end = found.span("items") if found else (0, 0)
                if found and taken.isdisjoint(range(start, end)):
                    taken.update(range(start, end))
                    items = self._items(pattern, self._one_unit, found, {})
                    if found is after and p[0] >= 0:
                        start = p[0]
                    yield _Match(start, end, pattern, tuple(items))


# --- from matches to what is found --------------------------------------------------------------


def _is_in_name(match: _Match, names: Iterable[_Name]) -> bool:
    """Whether a provision stands within the name of a law, and is not all of it."""
    return match.pattern.is_provision and any(
        name.start < match.start and match.end <= name.end for name in names
    )


def _span(stretches: Iterable[_Match | _Name]) -> tuple[int, int]:
    both = [(one.start, one.end) for one in stretches]
    return min(start for start, _ in both), max(end for _, end in both)


def _founds(
    text: str, folded: Folded, match: _Match, name: _Name | None, span: tuple[int, int]
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


def _with_year(text: str, end: int) -> int:
    """Where a name ends, the year that may stand behind it included."""
    year = _YEAR_AFTER.match(text, end)
    return year.end() if year else end


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
