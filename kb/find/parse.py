"""A query as it was typed, read into what is wanted, what is not, and filters.

Words, "phrases", prefix*, -excluded or NOT excluded, this OR that, and filters such as court:SHC.
Citations are found first, so that PLD 2016 SC 1 and Article 19-A are one thing each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from kb.citation import Found, Grammar
from kb.find.filters import TYPED, Filters, QueryProblem
from kb.find.words import words
from kb.letters import fold

LONGEST_QUERY = 2_000

# Words that most texts have: they count only in phrases, and where nothing else is asked for.
SMALL = frozenset(
    fold(word)
    for word in """
    a about after all also am an and any anyone are as at be because been before being between
    but by can could did do does for from get had has have he her here him his how i if in into
    is it its just me my no not now of on only or our please said say shall she should so some
    someone such tell than that the their them then there these they this those to under us v
    versus vs want was we were what when where whether which while who whose why will with
    without would you your
    art arts article articles sec section sections clause clauses para paragraph paragraphs
    provision provisions proviso
    ibid supra infra cf
    others ors another anr et autres autre des du les
    given matters per upon via yes dont didnt cant wont isnt doesnt ive pls plz coz cannot must
    actually anybody anything even ever everybody everyone everything gave got im just make makes
    n never nobody nothing r really says somebody something thats theyre told u ur wants
    aap ab abhi agar aur bhi hai hain hoon hota hoti hua hui ka kab kahan kaise kar karen karein
    karna karne kaun ke ki kis ko koi kuch kya kyon kyun lekin liye magar mein mera meri mujhe
    nahi nahin ne par raha rahi rahe se tha thi wala wali wale woh yeh e ho gaya gayi gaye kiya kiye
    а без бы был была было были быть в во все где для до его если есть же за зачем и из или их к
    как какая какие какой когда кто куда ли меня мне можно мой мы на не нет но нужно о об он она
    они от по под почему при против с со так там то только у уже чего чем что чтобы это
    статья статьи статье статью пункт
    آپ اب اپنی اپنے اس اگر ان اور ایک بھی پر تک تو تھا تھی تھے جا جب جو چاہیے دی رہا رہی رہے سب
    سکتا سکتی سکتے سے کا کب کچھ کر کرنا کرنے کریں کس کو کوئی کون کہ کہاں کی کیا کیسے کیوں کے گئی
    گیا لیکن لیے مجھے مگر میرا میری میں نہیں نے والا والی والے وہ ہم ہو ہوا ہوئی ہی ہے ہیں یا یہ
    آرٹیکل دفعہ شق
    """.split()  # noqa: SIM905 - words are easier to read and to add to in this way
)


@dataclass(frozen=True)
class Wanted:
    """One thing that is asked for.

    `tokens` are: of a word, itself folded; of a phrase, its words in order; of a prefix, itself; of
    a citation, the tokens of which one must be there.
    """

    kind: Literal["word", "phrase", "prefix", "citation"]
    text: str
    tokens: tuple[str, ...]

    @property
    def is_small(self) -> bool:
        """Whether it is a word that most texts have."""
        return self.kind == "word" and self.tokens[0] in SMALL


@dataclass(frozen=True)
class Asked:
    """A query: of each group one thing must be there; nothing that is excluded may be."""

    text: str
    groups: tuple[tuple[Wanted, ...], ...]
    excluded: tuple[Wanted, ...]
    filters: Filters

    @cached_property
    def needed(self) -> list[int]:
        """The groups that count: small words only if there are no others."""
        small = [all(wanted.is_small for wanted in group) for group in self.groups]
        return [n for n, one in enumerate(small) if not one] or list(range(len(small)))

    @property
    def wanted(self) -> list[Wanted]:
        """Everything that is asked for, in the order it was typed."""
        return [wanted for group in self.groups for wanted in group]


@dataclass(frozen=True)
class _Item:
    """A step of the query: things wanted, all of them unless `either`, or an operator."""

    wanted: tuple[Wanted, ...] = ()
    sign: Literal["", "or", "not"] = ""
    excluded: bool = False
    either: bool = False


_SIGNS: dict[str, Literal["", "or", "not"]] = {"OR": "or", "|": "or", "||": "or", "NOT": "not",
                                               "AND": "", "&": "", "&&": "", "+": ""}  # fmt: skip
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟″＂", '"'))
_APART = re.compile(
    rf'(?<!\S)(?P<no>-?)(?P<field>{"|".join(TYPED)}):(?P<value>"[^"]*"|[^\s"]+)'
    r'|(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]*)"',
    re.IGNORECASE,
)
_TITLE = re.compile(r'"об? [^"]*"', re.IGNORECASE)  # of a Russian law: «О связи»
_NUMBER = re.compile(r"\d")
_DOTTED = re.compile(r"[0-9]+\.[0-9]+(?:-[0-9]+)?")
_MINUS = re.compile(r"(?<!\S)[-−](?=[^\s-])")


def parse(text: str, grammar: Grammar, is_id: Callable[[str], bool], filters: Filters) -> Asked:
    """The query in `text`, with `filters` and those that it has itself.

    `is_id` tells the ID of a record or page, or a token like `unit:15.3`. Raises `QueryProblem` if
    nothing can be asked.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryProblem(
            f"The query has more than {LONGEST_QUERY:,} characters. Take the words that matter."
        )
    items: list[_Item] = []
    plain = _without_quotes_in_laws(text.translate(_QUOTES), grammar)
    here = 0
    for apart in _APART.finditer(plain):
        items += _plain(plain[here : apart.start()], grammar, is_id)
        here = apart.end()
        if apart["field"]:
            if apart["no"]:
                raise QueryProblem("A filter cannot be excluded; leave out the - before it.")
            filters = filters.with_typed(apart["field"].lower(), apart["value"].strip('"'))
        else:
            items.append(_Item(_phrase(apart["phrase"], grammar), "", bool(apart["minus"])))
    items += _plain(plain[here:], grammar, is_id)
    groups, excluded = _combined(items)
    if not groups and not filters:
        if excluded:
            raise QueryProblem("The query says only what is not wanted. Add a word that is.")
        raise QueryProblem(
            "There is no word in this query. Type a word, a citation or a provision."
        )
    return Asked(text, groups, excluded, filters)


def _without_quotes_in_laws(text: str, grammar: Grammar) -> str:
    """The query without quotes round the name of a law: ст. 64 закона «О связи» is one thing."""
    letters = list(text)
    for found in grammar.find(text, is_query=True) if '"' in text else ():
        start, end = found.whole
        # One of the two may stand right before or behind what is cited, not both: that is a phrase.
        for span in (range(max(start - 1, 0), end), range(start, min(end + 1, len(text)))):
            quotes = [at for at in span if text[at] == '"']
            for at in quotes if len(quotes) == 2 else ():
                letters[at] = " "
    for title in _TITLE.finditer(text):
        letters[title.start()] = letters[title.end() - 1] = " "
    return "".join(letters)


def _combined(items: list[_Item]) -> tuple[tuple[tuple[Wanted, ...], ...], tuple[Wanted, ...]]:
    """Groups and exclusions: OR joins the two things beside it, NOT excludes the one behind it."""
    groups: list[tuple[Wanted, ...]] = []
    excluded: list[Wanted] = []
    joining = negating = False
    for item in items:
        if item.sign == "or":
            joining = bool(groups)
        elif item.sign == "not":
            negating = True
        elif item.wanted:
            if negating or item.excluded:
                excluded += item.wanted
            elif joining:
                groups[-1] = (*groups[-1], *item.wanted)
            elif item.either:
                groups.append(item.wanted)
            else:
                groups += [_with_number(wanted) for wanted in item.wanted]
            joining = negating = False
    return tuple(groups), tuple(excluded)


def _with_number(wanted: Wanted) -> tuple[Wanted, ...]:
    """A bare number is a word, and the number of any provision: 19 asks for Article 19 too.

    07 is one of a date.
    """
    number = wanted.tokens[0]
    if wanted.kind == "word" and re.fullmatch("[1-9][0-9]{0,2}", number):
        return (wanted, Wanted("citation", wanted.text, (f"unit:{int(number)}",)))
    return (wanted,)


def _phrase(text: str, grammar: Grammar) -> tuple[Wanted, ...]:
    """What stands in quotes: its words one after the other, or the citation that it is."""
    found = grammar.find(text)
    if len(found) == 1 and not any(sign.isalnum() for sign in _without(text, found)):
        return (Wanted("citation", text, found[0].wanted),)
    tokens: list[str] = []
    for word in words(text, grammar):
        if word.place == len(tokens):
            tokens.append(word.token)
    return (Wanted("phrase", text, tuple(tokens)),) if tokens else ()


def _without(text: str, found: list[Found]) -> str:
    letters = list(text)
    for one in found:
        letters[one.whole[0] : one.whole[1]] = " " * (one.whole[1] - one.whole[0])
    return "".join(letters)


def _plain(text: str, grammar: Grammar, is_id: Callable[[str], bool]) -> Iterator[_Item]:
    """The items of a stretch without quotes and filters, in order."""
    text = grammar.numerals.in_digits(text)
    excluded = {found.end() for found in _MINUS.finditer(text)}
    text = _MINUS.sub(" ", text)
    at: list[tuple[int, _Item]] = []
    for found in re.finditer(r"\S+", text):
        one = found[0].lower()
        if "-" in one and is_id(one):
            item = _Item((Wanted("citation", found[0], (one,)),), "", found.start() in excluded)
            at.append((found.start(), item))
            text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    # Without a number there is no citation, and the grammar need not be made ready.
    citations = _outermost(grammar.find(text, is_query=True)) if _NUMBER.search(text) else []
    # Of several in one list, 'Articles 19 and 19A', each is an answer.
    for whole, several in groupby(citations, key=lambda citation: citation.whole):
        row = list(several)
        texts = [text[slice(*whole)]] if len(row) == 1 else [one.text for one in row]
        wanted = tuple(
            Wanted("citation", typed, one.wanted) for typed, one in zip(texts, row, strict=True)
        )
        at.append((row[0].start, _Item(wanted, "", whole[0] in excluded, True)))
    for found in re.finditer(r"\S+", _without(text, citations)):
        is_out, number = found.start() in excluded, f"unit:{found[0]}"
        if _DOTTED.fullmatch(found[0]) and is_id(number):
            at.append(
                (found.start(), _Item((Wanted("citation", found[0], (number,)),), "", is_out))
            )
        else:
            at += [(found.start(), item) for item in _word(found[0], is_out)]
    return (item for _, item in sorted(at, key=lambda pair: pair[0]))


def _outermost(found: list[Found]) -> list[Found]:
    """Without the citations that only name the law of a provision: 'GC 34' in 'GC 34 para 43'."""
    return [
        one
        for one in found
        if not any(
            other is not one
            and other.whole != (other.start, other.end)
            and one.whole == (one.start, one.end)
            and other.whole[0] <= one.start
            and one.end <= other.whole[1]
            for other in found
        )
    ]


def _word(text: str, excluded: bool) -> Iterator[_Item]:
    """What one stretch without blanks asks for: an operator, a prefix, or its words."""
    if text in _SIGNS:
        if _SIGNS[text]:
            yield _Item((), _SIGNS[text])
        return
    cut = words(text)
    for word in cut:
        typed = text[word.start : word.end]
        starred = word is cut[-1] and text[word.end : word.end + 1] == "*"
        kind: Literal["word", "prefix"] = "prefix" if starred and len(word.token) > 1 else "word"
        yield _Item((Wanted(kind, typed, (word.token,)),), "", excluded)
