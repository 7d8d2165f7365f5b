"""A question to the book, and its answer: one result a record, with its best passage.

`ask(folder, "Article 19-A")` gives a `Found`; `find` asks an index that is open already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kb import address
from kb.citation import enclosing
from kb.find.about import PassageRow, RecordRow
from kb.find.excerpt import excerpt
from kb.find.filters import Filters, QueryProblem, passing
from kb.find.index import Index, open_current, renewed
from kb.find.kept import NoIndex
from kb.find.match import UNITS, is_anywhere, is_at_home, is_held, is_provision
from kb.find.meant import asked_of_law, in_words, query_meant
from kb.find.parse import SMALL, Asked, Wanted, parse
from kb.find.rank import Answer, Ranked, Ranking

__all__ = ["Filters", "Found", "Near", "NoIndex", "Place", "QueryProblem", "Result", "ask", "find"]

EVERYTHING = Filters()
LIMIT = 20
ALSO = 3
NEAREST = 3


@dataclass(frozen=True)
class Place:
    """Another passage of the same record: the page it is on, its pinpoint, its address."""

    id: str
    pinpoint: str
    url: str


@dataclass(frozen=True)
class Near:
    """A record or provision that is named, and its address."""

    id: str
    title: str
    url: str


@dataclass(frozen=True)
class Result:
    """A record that answers.

    `id` is the page of the best passage, `passage` a piece of its words, `marks` where in the piece
    the words stand that were asked for. `standing` is there for rulings only; `standing_says` is
    there too for a provision, or for words, that are no longer the law. `whole` says that the
    record has all that was asked for, and not only most; `beside` names another result if the
    record has too little of it, and is here because one of the two leads to the other.
    """

    id: str
    record: str
    kind: str
    place: str | None
    title: str
    date: str | None
    standing: str | None
    standing_says: str | None
    pinpoint: str | None
    passage: str
    marks: tuple[tuple[int, int], ...]
    score: float
    whole: bool
    beside: Near | None
    url: str
    also: tuple[Place, ...]


@dataclass(frozen=True)
class Found:
    """The answer to a query.

    `refused` are citations whose form is known and which stand nowhere in the book; `mentioned`
    are those that no record here is, though passages speak of them. `complete` of the `total`
    records have all the words, the others most, or stand beside one; `relaxed` says that none has
    all.
    """

    query: str
    total: int
    complete: int
    refused: tuple[str, ...]
    mentioned: tuple[str, ...]
    results: tuple[Result, ...]
    did_you_mean: str | None
    nearest: tuple[Near, ...]
    relaxed: bool

    def as_data(self) -> dict[str, Any]:
        """The answer in dicts, lists and texts, for programs."""
        return asdict(self)


def ask(
    folder: Path,
    text: str,
    filters: Filters = EVERYTHING,
    limit: int | None = LIMIT,
    say: Callable[[str], None] = lambda _: None,
) -> Found:
    """The answer of the book in `folder`, whose index is brought up to date first.

    `say` gets a sentence if the index was damaged. Raises `QueryProblem` or `NoIndex`, each with a
    sentence.
    """
    index = open_current(folder, say)
    try:
        return find(index, text, filters, limit)
    except QueryProblem:
        raise
    except Exception:
        index_again = renewed(index, folder, say)
        if index_again is None:
            raise
        return find(index_again, text, filters, limit)


def find(
    index: Index, text: str, filters: Filters = EVERYTHING, limit: int | None = LIMIT
) -> Found:
    """The answer to `text` within `filters`; `limit=None` gives every result.

    Raises `QueryProblem` with a sentence if the query cannot be asked.
    """
    asked = parse(text, index.grammar, index.is_token, filters)
    cited = _cited(asked)
    refused = [wanted for wanted in cited if not is_anywhere(index, wanted)]
    kept = replace(asked, groups=_without(asked.groups, refused))
    ranking = _ranking(index, kept)
    answer = ranking.answer()
    found = _answered(index, text, refused, [w for w in cited if w not in refused])
    if len(kept.groups) < len(asked.groups):
        # Nothing is put in the place of what is not held, unless the rest names a record itself.
        rest = [group for group in kept.groups if not all(w.is_small for w in group)]
        complete = [one for one in answer.records if rest and one.record in answer.complete]
        # Beside what is lacking of a law that the book holds, mere words name nothing else.
        lacking = {law for law in _laws(refused) - _laws(_cited(kept)) if index.is_token(law)}
        answer = Answer([one for one in complete if _is_named(index, kept, one, lacking)])
        if not answer.records:
            return _instead(index, kept, refused, complete, found)
    meant = query_meant(index, text, ranking.unknown())
    if withheld := _of_law_meant(index, kept, ranking, answer):
        near = tuple(_around(index, withheld))
        return replace(found, did_you_mean=meant, nearest=near)
    marked = [*kept.wanted, *ranking.other_forms()]
    shown = answer.records[: None if limit is None else max(limit, 0)]
    return replace(
        found,
        total=len(answer.records),
        complete=len(answer.complete),
        results=tuple(_result(index, marked, one, one.record in answer.complete) for one in shown),
        did_you_mean=meant,
        nearest=() if answer.records else _near(index, kept, meant),
        relaxed=bool(answer.records) and not answer.complete,
    )


def _laws(cited: Iterable[Wanted]) -> set[str]:
    """The laws of which provisions are cited."""
    tokens = (token for wanted in cited for token in wanted.tokens)
    return {token.partition("/")[0] for token in tokens if "/" in token}


def _is_named(index: Index, asked: Asked, ranked: Ranked, lacking: set[str]) -> bool:
    """Whether a query names a record: by a citation of its own, or by two words of its name.

    If it is not one of the laws of which something is `lacking`.
    """
    cited = [token for wanted in _cited(asked) for token in wanted.tokens]
    # The number of a provision of no law that is named is that of many.
    bearing = {
        passage
        for token in cited
        for passage in index.scores("tokens", token)
        if "/" in token or not is_provision(token) or is_at_home(index, passage)
    }
    own = {index.about.pages[index.about.passages[passage].page].record for passage in bearing}
    typed = {w.tokens[0] for w in asked.wanted if w.kind == "word" and not w.is_small}
    names = index.about.records[ranked.record].names
    in_name = not lacking and any(typed <= set(name.split()) for name in names)
    is_other = index.about.records[ranked.record].id not in lacking
    return is_other and (ranked.record in own or (len(typed) > 1 and in_name))


def _answered(index: Index, text: str, refused: list[Wanted], held: list[Wanted]) -> Found:
    mentioned = tuple(wanted.text for wanted in held if not is_held(index, wanted))
    return Found(
        query=text,
        total=0,
        complete=0,
        refused=tuple(wanted.text for wanted in refused),
        mentioned=mentioned,
        results=(),
        did_you_mean=None,
        nearest=(),
        relaxed=False,
    )


def _cited(asked: Asked) -> list[Wanted]:
    """The citations that were typed as such; a bare number may be one, but need not."""
    return [
        wanted
        for group in asked.groups
        for wanted in group
        if wanted.kind == "citation" and not any(w.kind == "word" for w in group)
    ]


def _cited_of_laws(asked: Asked) -> list[Wanted]:
    return [one for one in _cited(asked) if _laws([one])]


def _without(
    groups: tuple[tuple[Wanted, ...], ...], refused: list[Wanted]
) -> tuple[tuple[Wanted, ...], ...]:
    kept = (tuple(wanted for wanted in group if wanted not in refused) for group in groups)
    return tuple(group for group in kept if group)


def _ranking(index: Index, asked: Asked) -> Ranking:
    about = index.about
    passes = passing(asked.filters, about, index.grammar)

    def page_passes(number: int) -> bool:
        page = about.pages[number]
        return passes(about.records[page.record], page)

    return Ranking(index, asked, page_passes)


# --- what is offered instead ----------------------------------------------------------------------


def _of_law_meant(index: Index, asked: Asked, ranking: Ranking, answer: Answer) -> list[Wanted]:
    """What was meant if the name of a law has a slip in it, and another law's provision is first.

    'Article 17 iiccpr' is not answered with Article 17 of a law that nobody named. If nothing but
    the provision was asked for, nothing else is an answer either.
    """
    if not answer.records or _cited_of_laws(asked):
        return []
    meant = asked_of_law(index, asked, ranking.unknown())
    named = _cited_of_laws(meant)
    first = index.about.pages[index.about.passages[answer.records[0].passages[0]].page].id
    law, slash, _ = first.partition("/")
    is_all = all(meant.groups[number][0] in named for number in meant.needed)
    return named if law not in _laws(named) and (slash or is_all) else []


def _near(index: Index, asked: Asked, meant: str | None) -> tuple[Near, ...]:
    """What comes nearest when nothing was found: what is cited, and records with any word."""
    singly = tuple(
        (Wanted("word", token, (token,)),)
        for wanted in asked.wanted
        for token in wanted.tokens
        if wanted.kind != "citation" and token not in SMALL and ":" not in token
    )
    ranking = _ranking(index, replace(asked, groups=singly, excluded=()))
    records = (ranking.answer().records or ranking.nearest())[:NEAREST] if singly else []
    near = tuple(dict.fromkeys((*_around(index, _cited(asked)), *_offered(index, records))))
    if near or not meant:
        return near[:NEAREST]
    return _first_of(index, meant, asked.filters)


def _around(index: Index, cited: list[Wanted]) -> Iterator[Near]:
    """What the book holds of what is cited: itself, if not a greater part of it, or its law.

    Where no law is named, what is called by another word: Article 184 for section 184.
    """
    rows = index.about.passages
    for token in (token for wanted in cited for token in wanted.tokens):
        word, colon, number = token.partition(":")
        units = enclosing(f"unit:{number}") if colon and word in UNITS else ()
        around = (*enclosing(token), token.partition("/")[0], *units)
        held = next((one for one in around if index.has("tokens", one)), None)
        if held:
            # Its heading names it as a whole, other passages name parts of it.
            passage = min(
                index.scores("tokens", held),
                key=lambda one: (not is_at_home(index, one), rows[one].part != "names", one),
            )
            page = index.about.pages[rows[passage].page].id
            title = index.about.record_of(passage).title
            called = f"{title}, {rows[passage].pinpoint}" if "/" in page else title
            yield Near(page, called, address.page(page))


def _instead(
    index: Index, asked: Asked, refused: list[Wanted], complete: list[Ranked], found: Found
) -> Found:
    """The answer where what was cited is not held: what holds it, or what speaks of its law."""
    held = tuple(_around(index, refused))
    if held:
        near = tuple(dict.fromkeys((*held, *_offered(index, complete))))
        return replace(found, nearest=near[:NEAREST])
    groups = in_words(refused)
    ranking = _ranking(index, replace(asked, groups=groups, excluded=()))
    meant = query_meant(index, found.query, ranking.unknown())
    likely = _first_of(index, meant, asked.filters) if meant else ()
    records = (ranking.answer().records if groups else []) or complete
    near = tuple(dict.fromkeys((*likely, *_offered(index, records[:NEAREST]))))
    return replace(found, did_you_mean=meant, nearest=near[:NEAREST])


def _first_of(index: Index, text: str, filters: Filters) -> tuple[Near, ...]:
    """What answers a query first: what it cites, then records; if nothing does, what is nearest."""
    found = find(index, text, filters, NEAREST)
    cited = _around(index, _cited(parse(text, index.grammar, index.is_token, filters)))
    results = (Near(one.record, one.title, address.page(one.record)) for one in found.results)
    return tuple(dict.fromkeys((*cited, *results)))[:NEAREST] if found.results else found.nearest


def _offered(index: Index, records: list[Ranked]) -> tuple[Near, ...]:
    return tuple(_near_of(index.about.records[one.record]) for one in records)


def _near_of(row: RecordRow) -> Near:
    return Near(row.id, row.title, address.page(row.id))


# --- a result -------------------------------------------------------------------------------------


def _result(index: Index, marked: list[Wanted], ranked: Ranked, whole: bool) -> Result:
    about = index.about
    shown = ranked.passages[0]
    record, row = about.records[ranked.record], about.passages[shown]
    passage, marks = excerpt(*index.text_cited(shown), row.language, marked)
    return Result(
        id=about.pages[row.page].id,
        record=record.id,
        kind=record.kind,
        place=record.place or None,
        title=record.title,
        date=record.date or None,
        standing=record.standing or None,
        standing_says=_standing(record, row),
        pinpoint=row.pinpoint or None,
        passage=passage,
        marks=marks,
        score=round(ranked.score, 3),
        whole=whole,
        beside=None if ranked.beside is None else _near_of(about.records[ranked.beside]),
        url=_url(index, shown),
        also=tuple(_also(index, ranked)),
    )


def _standing(record: RecordRow, row: PassageRow) -> str | None:
    """What has become of a ruling, and of the point shown if that is another thing."""
    says = [record.says] if record.says else []
    if row.says and record.standing not in {"set-aside", "stayed", "overtaken"}:
        says.append(row.says)
    return " ".join(says) or None


def _url(index: Index, passage: int) -> str:
    row = index.about.passages[passage]
    page = address.page(index.about.pages[row.page].id)
    return f"{page}#{row.anchor}" if row.anchor else page


def _also(index: Index, ranked: Ranked) -> Iterator[Place]:
    """The next best passages of the record, each pinpoint once."""
    about = index.about
    seen = {(about.passages[one].page, about.passages[one].pinpoint) for one in ranked.passages[:1]}
    for passage in ranked.passages[1:]:
        row = about.passages[passage]
        if row.pinpoint and (row.page, row.pinpoint) not in seen and len(seen) <= ALSO:
            seen.add((row.page, row.pinpoint))
            yield Place(about.pages[row.page].id, row.pinpoint, _url(index, passage))
