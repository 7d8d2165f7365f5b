"""The names of laws in a text, and the law that each provision in it is one of.

A law is known by its names, or by its number or symbol; beside a provision the name of a law that
nobody knows is a law too, so that its section 5 is that of no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.letters import fold
from kb.pattern import Fields, Pattern, Patterns, filled

WIDEST_GAP, SHARED = 24, 12
LONGEST_LAW = 100  # letters before a provision in which the name of its law may stand

# In the name of a law, where a number that is typed at once behind it is no part of it.
NAME_WORD = re.compile(r"[^\W\d_]+|\d+")
_YEAR_AFTER = re.compile(r"[\s,(]{1,3}(?:of )?(?:1[6-9]|20)\d\d(?!\d)\)?")
_YEAR, _YEAR_LAST = re.compile(r"\d{4}"), re.compile(r"-\d{4}$")
_SHORT_YEAR = re.compile(r"(?:act|ordinance|rules)[\s,'(]{1,3}(\d\d)(?![\d(-]|\.\d)\)?")
_CHAPTER = re.compile(r"(?:chapter|ch|title)[\s.]{1,2}(?:[ivxlc]{1,7}|\d{1,3})(?!\w)")
_IN_BRACKETS = re.compile(r"[\s,]{0,3}\([^()]{1,80}\)[\s,]{0,3}")
_BY_DOT = re.compile(r"^(\d+)[.-](\d+)")


@dataclass(frozen=True)
class Item:
    """One number of a match: where it stands, its fields, and those that a range includes."""

    start: int
    end: int
    fields: Fields
    included: tuple[Fields, ...] = ()


@dataclass(frozen=True)
class Match:
    """A stretch of a text that a pattern of the grammar fits, with the numbers in it."""

    start: int
    end: int
    pattern: Pattern
    items: tuple[Item, ...]

    @property
    def word(self) -> str:
        """What it calls its units: `art`, `sec`, `para`, or `unit` where no word stands."""
        return filled(self.pattern.canonical, self.items[0].fields).partition(":")[0]

    def has_within(self, name: Name) -> bool:
        """Whether a name is a piece of this symbol: 'GC/25' of CRC/C/GC/25 is no comment."""
        is_longer = self.end - self.start > name.end - name.start
        is_inside = self.start <= name.start and name.end <= self.end
        return is_longer and is_inside and not self.pattern.is_provision

    def tokens(self) -> Iterator[str]:
        """Its tokens, no law known yet."""
        for item in self.items:
            for template in (self.pattern.canonical, *self.pattern.also):
                yield filled(template, item.fields)


@dataclass(frozen=True, order=True)
class Name:
    """The name of instruments where it stands in a text.

    A law that is not known has its own words, or its number, for an ID.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    is_known: bool = True


class KnownLaws:
    """The laws that a grammar knows: none, if it was made without names."""

    def __init__(
        self, patterns: Patterns, made_of: Mapping[str, Any], key: Callable[[str], str]
    ) -> None:
        """`made_of` is what `kb.citation.Grammar.as_data` gives; words are compared by `key`."""
        data = made_of["grammar"]
        self._patterns, self._key = patterns, key
        self._between = {"", *(fold(text) for text in data.get("between", ()))}
        self._pieces: Mapping[str, str] = data.get("pieces", {})
        self._by_dot = set(data.get("parts-behind-a-dot", ()))
        self._amends: Mapping[str, str] = data.get("articles-of", {})
        self._in_queries = {
            key(fold(name)): tuple(ids) for name, ids in data.get("names-in-queries", {}).items()
        }
        self._words: Mapping[str, str] = made_of["words"]
        self._tokens = {token: tuple(ids) for token, ids in made_of["tokens"].items()}
        self._names = _names_with_places(made_of)
        self._lengths: dict[str, list[int]] = {}  # of the names that begin with a word
        for words in sorted((name.split() for name in self._names), key=len, reverse=True):
            lengths = self._lengths.setdefault(words[0], [])
            if len(words) not in lengths:
                lengths.append(len(words))
        self._law_after: re.Pattern[str] | None = None
        self._law_before: re.Pattern[str] | None = None
        self._law_gap: re.Pattern[str] | None = None

    def names_in(self, text: str, is_query: bool = False) -> Iterator[Name]:
        """The names of known laws in a folded text, the longest where one begins another."""
        if not self._names:
            return
        words = [(found.span(), self._key(found[0])) for found in NAME_WORD.finditer(text)]
        here = 0
        while here < len(words):
            for length in self._lengths.get(words[here][1], ()):
                name = words[here : here + length]
                called = " ".join(word[1] for word in name)
                ids = self._names.get(called)
                if is_query:
                    ids = self._in_queries.get(called, ids)
                if ids and len(name) == length:
                    start, last = words[here][0][0], name[-1][0]
                    end = _with_its_year(text, last, ids)
                    own = _of_year(ids, text[last[1] : end])
                    yield Name(start, end, own or (called.replace(" ", "-"),), bool(own))
                    here += length - 1
                    break
            here += 1

    def cited_in(self, text: str, matches: Iterable[Match]) -> Iterator[Name]:
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
                yield Name(match.start, _with_year(text, match.end), ids, bool(held))

    def of_provisions(
        self, text: str, matches: Sequence[Match], names: Sequence[Name]
    ) -> dict[int, Name]:
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
        laws: dict[int, Name] = {}
        for match in cited:
            name = beside[match.start]
            if name and not self._fits(match.word, name):
                # An article beside a general comment is one of the treaty, a principle of no law.
                is_about = match.word == "art" and self.has_paragraphs(name)
                name = None if name in taken or is_about or match.word == "principle" else name
            if law := name or self._other_law(text, match, names):
                laws[match.start] = law
        return laws

    def in_query(
        self, text: str, matches: Sequence[Match], names: Sequence[Name], laws: dict[int, Name]
    ) -> list[Match]:
        """The matches of a query, of which more get their law: it is one citation, not prose.

        A provision is one of the law whose number follows its date, or of the only law before it
        that calls its units so, whatever else stands between: 'Siracusa Principles, UN Doc. ...,
        principle 10'. A paragraph is one of the last document before it; an article of no law
        behind a document is what the document is about, and left out. Adds to `laws`.
        """
        cited = [match for match in matches if match.pattern.is_provision]
        # The law of one provision is not that of another: 'PECA section 37, section 24A'.
        free = [name for name in names if name not in laws.values()]
        for match in (one for one in cited if one.start not in laws):
            law = self._cited_behind(text, match, free) or self._only_before(text, match, free)
            if law:
                laws[match.start] = law
        documents = [name for name in names if self.has_paragraphs(name)]
        nameless = [
            match for match in cited
            if any(name.end <= match.start for name in documents)
            and not (match.start in laws and self._fits(match.word, laws[match.start]))
        ]  # fmt: skip
        for match in nameless:
            if match.word == "para":
                before = [name for name in documents if name.end <= match.start]
                laws[match.start] = before[-1]
        if not {name.ids for name in documents} & {law.ids for law in laws.values()}:
            return list(matches)
        return [m for m in matches if m not in nameless or m.word != "art"]

    def _cited_behind(self, text: str, match: Match, names: Sequence[Name]) -> Name | None:
        behind = next((name for name in names if name.start >= match.end), None)
        if not behind or "law-gap" not in self._pieces:
            return None
        if self._law_gap is None:
            self._law_gap = self._patterns.regex("{law-gap}")
        is_gap = self._law_gap.fullmatch(text, match.end, behind.start)
        return behind if is_gap and self._fits(match.word, behind) else None

    def _only_before(self, text: str, match: Match, names: Sequence[Name]) -> Name | None:
        """The only law before it; one that is known by nothing but its number is that beside."""
        if match.word in {"para", "unit"}:
            return None
        fit = [n for n in names if n.end <= match.start and self._fits(match.word, n)]
        known = [name for name in fit if name.is_known]
        if len({name.ids for name in known}) == 1:
            return known[-1]
        is_beside = bool(fit) and bool(_IN_BRACKETS.fullmatch(text, fit[-1].end, match.start))
        return fit[-1] if is_beside and not known else None

    def has_paragraphs(self, name: Name) -> bool:
        """Whether a name is that of what has paragraphs, such as a general comment."""
        return {self._words.get(one) for one in name.ids} == {"para"}

    def _beside(
        self, text: str, match: Match, before: Mapping[int, Name], after: Mapping[int, Name]
    ) -> Name | None:
        """The nearest name joined to a provision; the one after it if both are as near.

        A law whose provisions are called by another word is only taken if there is no other:
        'ICCPR article 19 general comment 34'.
        """
        unfit: Name | None = None
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

    def _other_law(self, text: str, match: Match, names: Iterable[Name]) -> Name | None:
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
            if not found or not (is_called_so or is_of or found.groupdict().get("whole")):
                continue
            start, end = found.span("law")
            if all(end <= name.start or name.end <= start for name in names):
                words = (self._key(word) for word in NAME_WORD.findall(found["law"]))
                law = "-".join(word for word in words if word not in self._between)
                return Name(start, _with_year(text, end), (law,), False)
        return None

    def _fits(self, typed: str, name: Name) -> bool:
        known = {self._words.get(one, "") for one in name.ids}
        return typed == "unit" or "" in known or typed in known

    def amended(self, name: Name | None, match: Match) -> Name | None:
        """Of an article beside an amending act the law that it amends, else the same name."""
        if not name or match.word not in {"art", "unit"}:
            return name
        return replace(
            name, ids=tuple(dict.fromkeys(self._amends.get(one, one) for one in name.ids))
        )

    def parted(self, match: Match, law: Name | None) -> Match:
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
        """Whether what stands between a provision and a name parts them no more than 'of the'."""
        return " ".join(_CHAPTER.sub("", gap).strip(" ,:;()-").split()) in self._between


def _names_with_places(made_of: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The names, and those that are put together from templates and the names of places."""
    names = {name: tuple(ids) for name, ids in made_of["names"].items()}
    for law, places in made_of["places"].items():
        for place in places:
            for template in made_of["templates"]:
                name = " ".join(template.replace("{}", f" {place} ").split())
                names[name] = tuple(dict.fromkeys((*names.get(name, ()), law)))
    return names


def is_in_name(match: Match, names: Iterable[Name]) -> bool:
    """Whether a provision stands within the name of a law, and is not all of it."""
    return match.pattern.is_provision and any(
        name.start < match.start and match.end <= name.end for name in names
    )


def _of_year(ids: tuple[str, ...], behind: str) -> tuple[str, ...]:
    """Of several laws that are called alike, of which each has its year, that of a year."""
    year = _YEAR.search(behind)
    if len(ids) < 2 or not year or not all(_YEAR_LAST.search(one) for one in ids):
        return ids
    return tuple(one for one in ids if one.endswith(year[0]))


def _with_its_year(text: str, last: tuple[int, int], ids: Iterable[str]) -> int:
    """Where a name ends, a year behind it included; of the law's own year two digits are enough.

    `last` is where the last word of the name stands: 'telecom act 96', but 'PECA 16' is a section.
    """
    year = _SHORT_YEAR.match(text, last[0])
    if year and all(one.endswith(year[1]) and one[-5:-2] in {"-19", "-20"} for one in ids):
        return year.end()
    return _with_year(text, last[1])


def _with_year(text: str, end: int) -> int:
    """Where a name ends, the year that may stand behind it included."""
    year = _YEAR_AFTER.match(text, end)
    return year.end() if year else end
