"""The index: built from the book, brought up to date by itself, rebuilt when it is damaged.

It is written aside under a lock and renamed: a build that is killed leaves the old one whole.
The only module that knows Whoosh. Terms are asked for one at a time and added up elsewhere, since
Whoosh's own shortcuts to the best ten lose hits.
"""

from __future__ import annotations

import json
import math
import os
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import whoosh
from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer
from whoosh.fields import STORED, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.scoring import bm25

from kb.citation import Grammar, Unusable
from kb.find.about import About, topics_of
from kb.find.kept import NoIndex, is_whole, lock, place_of, seal, write_json
from kb.find.kin import kin
from kb.find.packed import graded, worth
from kb.find.passages import ASKED, LINKED
from kb.find.phrases import Collected, Phrases
from kb.find.words import Cited, Word, cited, stem, words, words_between

if TYPE_CHECKING:
    from kb.base import Base
    from kb.find.passages import Page, Passage

Say = Callable[[str], None]

ABOUT, PHRASES, KIN = "about.json", "phrases.json", "kin.json"
DAMAGED = "The index was damaged; it is built again from the records."
TRIES = 3
# Of BM25: how much it is worth to be short (B), for passages and for what is true of a page; and
# how soon a word that is said again is worth no more (K1).
SHORT, SHORT_ABOUT, AGAIN = 0.15, 0.2, 0.8
KEPT = 64  # words whose places are remembered
# Of a word that stands in more passages than this only the best are weighed one by one; of the
# other pages it is known only that they have it. So what a word costs does not grow for ever.
BEST = 500
BEYOND = 0.1  # of the best score of a word, what it is worth on such a page
OFTEN = 200  # lines that people ask; a word that stands in more of them is left out of them


class _Placed(Tokenizer):
    """Tokens with their places, from one line each; the words were cut elsewhere."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        token = Token(positions=True, boosts=True)
        for line in value.split("\n") if value else ():
            one: Any = token
            one.text, place = line.split("\t")
            one.pos, one.boost = int(place), 1.0
            yield token


def _schema() -> Schema:
    """The fields of a passage: its stems, its folded words in order, what it is and applies.

    `about` is filled for pages only: behind the passages stands one more document for each page.
    """
    placed = _Placed()
    return Schema(
        own=TEXT(analyzer=placed, phrase=False),
        exact=TEXT(analyzer=placed, phrase=True),
        about=TEXT(analyzer=placed, phrase=False),
        tokens=TEXT(analyzer=placed, phrase=False),
        applies=TEXT(analyzer=placed, phrase=False),
        topic=TEXT(analyzer=placed, phrase=False),
        text=STORED,
        cited=STORED,
    )


# --- reading --------------------------------------------------------------------------------------


class Index:
    """An open index; passages are asked for by number, in the order of `about.passages`."""

    def __init__(self, folder: Path, best: int = BEST) -> None:
        """Open the index in `folder`; raises whatever is raised if it is not whole."""
        self.folder, self._best = folder, best
        if not is_whole(folder):
            raise OSError("The files are not those that were written.")
        self.about = About(self._read(ABOUT))
        opened: Any = open_dir(str(folder))
        self._reader: Any = opened.reader()
        # One query asks for the same words in many phrases.
        self._places_of = lru_cache(maxsize=KEPT)(self._read_places)
        self._beyond_of = lru_cache(maxsize=KEPT)(self._read_beyond)
        if self._reader.doc_count_all() != len(self.about.passages) + len(self.about.pages):
            raise OSError("The index and what is kept beside it are of different length.")

    @cached_property
    def grammar(self) -> Grammar:
        """The citation grammar with the names of the instruments of this book."""
        return Grammar.from_data(self.about.grammar, stem)

    @cached_property
    def phrases(self) -> Phrases:
        """What people type for topics, and forms of the same word."""
        return Phrases(self._read(PHRASES), self.about.topics)

    def spoken(self, topic: str) -> dict[int, int]:
        """The passages with a phrase for a topic, and how many words the longest in each has.

        Of very many only the best: pages filed under the topic are known by it, and what was typed
        is looked for itself.
        """
        longest, rows = self.phrases.spoken(topic), self.about.passages
        if len(longest) <= self._best:
            return longest
        ordered = sorted(longest, key=lambda one: (-longest[one], -rows[one].weight, one))
        return {one: longest[one] for one in sorted(ordered[: self._best])}

    def kin(self, page: int) -> dict[int, int]:
        """The pages that are kin of a page, one of each record, and the level at which each is."""
        return dict(zip(*self._kin[page], strict=True))

    @cached_property
    def _kin(self) -> list[list[list[int]]]:
        rows: list[list[list[int]]] = self._read(KIN)
        return rows

    def _read(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def scores(self, field: str, token: str) -> dict[int, float]:
        """The passages that have a token in a field with their BM25 scores; for `about`, pages."""
        top, levels = self.levels(field, token)
        return {number: worth(top, level) for number, level in levels.items()}

    def levels(self, field: str, token: str) -> tuple[float, dict[int, int]]:
        """The best score of a token in a field, and the level of each: see `kb.find.packed`.

        Of a word in its own form, or of a stem, those that are `beyond` its best are left out.
        """
        top, found = self._all_levels(field, token)
        stemmed = {"own": token, "exact": stem(token)}.get(field, "")
        beyond = self._beyond_of(stemmed) if stemmed else frozenset()
        return top, {one: level for one, level in found.items() if one not in beyond}

    def _all_levels(self, field: str, token: str) -> tuple[float, dict[int, int]]:
        if (field, token) not in self._reader:
            return 0.0, {}
        first = len(self.about.passages) if field == "about" else 0
        reader, matcher = self._reader, self._reader.postings(field, token)
        # As Whoosh's searcher counts, which takes longer to import than most queries to answer.
        total = reader.doc_count_all()
        rare = math.log(total / (reader.doc_frequency(field, token) + 1)) + 1
        mean = reader.field_length(field) / total
        short = SHORT_ABOUT if field == "about" else SHORT
        found = {}
        while matcher.is_active():
            number, length = matcher.id(), reader.doc_field_length(matcher.id(), field, 1)
            found[number - first] = bm25(rare, matcher.weight(), length, mean, short, AGAIN)
            matcher.next()
        return graded(found)

    def beyond(self, stemmed: str) -> tuple[float, list[int]]:
        """The pages that have a stem, but not in one of its best passages; and its worth there.

        Words of other records are not counted here.
        """
        rows = self.about.passages
        passages = self._beyond_of(stemmed)
        if not passages:
            return 0.0, []
        top, best = self.levels("own", stemmed)
        own = {rows[passage].page for passage in passages if rows[passage].part != LINKED}
        return top * BEYOND, sorted(own - {rows[passage].page for passage in best})

    def _read_beyond(self, stemmed: str) -> frozenset[int]:
        if not self.has("own", stemmed) or self._reader.doc_frequency("own", stemmed) <= self._best:
            return frozenset()
        _, levels = self._all_levels("own", stemmed)
        rows = self.about.passages

        def worth_of(passage: int) -> tuple[float, int]:
            return -round(levels[passage] * rows[passage].weight, 6), passage

        return frozenset(sorted(levels, key=worth_of)[self._best :])

    def places(self, token: str) -> dict[int, list[int]]:
        """The passages that have a folded word or a citation's token, and its places in each."""
        return self._places_of(token)

    def _read_places(self, token: str) -> dict[int, list[int]]:
        if ("exact", token) not in self._reader:
            return {}
        matcher = self._reader.postings("exact", token)
        found = {}
        while matcher.is_active():
            found[matcher.id()] = list(matcher.value_as("positions"))
            matcher.next()
        return found

    def has(self, field: str, token: str) -> bool:
        """Whether any passage has a token in a field."""
        return (field, token) in self._reader

    def is_token(self, some_id: str) -> bool:
        """Whether something of the book is found under an ID, or a token like `unit:15.3`."""
        return self.has("tokens", some_id)

    def tokens(self, field: str) -> Iterator[str]:
        """Every token of a field."""
        return (term.decode("utf-8") for term in self._reader.lexicon(field))

    def beginning_with(self, prefix: str) -> list[str]:
        """The folded words that begin with a text, in order."""
        found = (term.decode("utf-8") for term in self._reader.expand_prefix("exact", prefix))
        return [term for term in found if ":" not in term and "/" not in term]

    def vocabulary(self) -> Iterator[str]:
        """Every folded word of every passage."""
        for term in self._reader.lexicon("exact"):
            word = term.decode("utf-8")
            if ":" not in word and "/" not in word:
                yield word

    def text(self, passage: int) -> str:
        """The words of a passage."""
        return self.text_cited(passage)[0]

    def text_cited(self, passage: int) -> tuple[str, list[Cited]]:
        """The words of a passage, and the citations in them."""
        stored = self._reader.stored_fields(passage)
        return str(stored["text"]), [Cited(*one) for one in stored["cited"]]

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()


def open_current(folder: Path, say: Say) -> Index:
    """The index of the book in `folder` as its records are now, built if it has to be.

    `say` gets a sentence if an index was damaged. Raises `NoIndex` with a sentence if it cannot be
    made.
    """
    for _ in range(TRIES):
        place, _records = place_of(folder, whoosh.__version__)
        if not place.exists():
            _build_current(folder, anew=False)
        try:
            return Index(place)
        except Exception:
            if place.exists():
                say(DAMAGED)
                _build_current(folder, anew=True)
    raise NoIndex("The index cannot be read though it was just built. Delete build/ and try again.")


def renewed(index: Index, folder: Path, say: Say) -> Index | None:
    """The index to ask again after reading `index` has failed; `None` if that was not its fault."""
    if not index.folder.exists():
        return open_current(folder, say)  # another process has put a newer one in its place
    index.close()
    try:
        if is_whole(index.folder):
            return None
    except (OSError, ValueError):
        pass  # not even its sums can be read
    return open_current(folder, say)


# --- building -------------------------------------------------------------------------------------


def build(base: Base, folder: Path) -> Path:
    """Build the index of `base` for the book in `folder`, put it in its place, and give the place.

    Raises `NoIndex` with a sentence if that cannot be done; what stood there before is then whole.
    """
    with lock(folder):
        return _put(base, place_of(folder, whoosh.__version__)[0])


def _build_current(folder: Path, anew: bool) -> None:
    """Build from the records as they are; read again if one changed while they were read."""
    from kb.base import read_base

    with lock(folder):
        for _ in range(TRIES):
            place, before = place_of(folder, whoosh.__version__)
            if place.exists() and not anew:
                return  # another process has built it while this one waited
            base = read_base(folder)
            if place_of(folder, whoosh.__version__)[1] == before:
                _put(base, place)
                return
    raise NoIndex("The records change faster than they can be read. Search again in a moment.")


def _put(base: Base, place: Path) -> Path:
    """Write the index aside, rename it, remove all others. The lock is held."""
    aside = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        for old in place.parent.glob("index-*.part"):
            shutil.rmtree(old)  # left by a build that was killed
        aside.mkdir(parents=True)
        _write(base, aside)
        if place.exists():
            place.rename(place.with_name(f"{place.name}.old.part"))
        aside.rename(place)
        for old in place.parent.glob("index-*"):
            if old != place:
                shutil.rmtree(old, ignore_errors=True)
    except (OSError, Unusable) as error:
        shutil.rmtree(aside, ignore_errors=True)
        why = error.strerror if isinstance(error, OSError) else str(error).rstrip(".")
        raise NoIndex(f"The index cannot be made in {place.parent}: {why}.") from None
    return place


def _write(base: Base, aside: Path) -> None:
    from kb.find.cut import searched
    from kb.find.names import names_typed
    from kb.laws import grammar_of

    grammar = grammar_of(base, stem)
    about: dict[str, Any] = {"records": [], "pages": [], "passages": [], **names_typed(base)}
    matters = [about.pop("here"), about.pop("elsewhere")]
    phrases = Collected(topics_of(about["topics"]), about.pop("spellings"), *matters)
    index = create_in(str(aside), _schema())
    # Not compound: a compound index is copied into memory whenever it is opened.
    writer = index.writer(limitmb=64, compound=False)
    contexts: list[list[str]] = []
    said_often = _said_often(base, grammar)
    for record in searched(base, grammar):
        number = len(about["records"])
        names = [" ".join(w.token for w in words(name, grammar)) for name in record.names]
        about["records"].append(
            [record.id, record.kind, record.sort, record.title, names, record.place,
             list(record.places), record.court, record.date, list(record.years or ()),
             record.standing, record.says, record.later]
        )  # fmt: skip
        for page in record.pages:
            about["pages"].append([page.id, number, list(page.topics), list(page.applies)])
            _write_page(writer, about, phrases, page, grammar, said_often)
            contexts.append([w.stem for w in words(page.context, grammar) if w.stem])
    for context in contexts:
        writer.add_document(about=context, text="")
    writer.commit()
    about["grammar"] = grammar.as_data()
    write_json(aside / ABOUT, about)
    write_json(aside / PHRASES, phrases.as_data())
    pages = [(page, record) for page, record, *_ in about["pages"]]
    write_json(aside / KIN, kin(pages, _see_also(base)))
    seal(aside)


def _see_also(base: Base) -> dict[str, Sequence[str]]:
    """The pages that each page leads to, by their IDs."""
    records = {entry.id: entry.record.see_also for entry in base.entries.values()}
    units = {unit_id: unit.provision.see_also for unit_id, unit in base.units.items()}
    return {**records, **units}


def _said_often(base: Base, grammar: Grammar) -> set[str]:
    """The stems in so many lines that people ask that they tell none from another."""
    count = Counter(
        stem
        for entry in base.entries.values()
        for form in (entry.record, *getattr(entry.record, "provisions", ()))
        for line in getattr(form, "asked", ())
        for stem in {word.stem for word in words(line, grammar) if word.stem}
    )
    return {stem for stem, often in count.items() if often > OFTEN}


def _write_page(
    writer: Any, about: dict[str, Any], phrases: Collected, page: Page,
    grammar: Grammar, said_often: Collection[str],
) -> None:  # fmt: skip
    for number, passage in enumerate(page.passages):
        citations = cited(passage.text, grammar)
        cut = words_between(passage.text, citations, passage.language)
        # Words of other records, and of who asks, are no quotation of this one, and name nothing.
        own = passage.part not in {LINKED, ASKED}
        placed = _in_order(cut, passage, grammar) if own else []
        phrases.add(len(about["passages"]), placed)
        stems = [word.stem for word in cut if word.stem]
        if passage.part == ASKED:
            stems = [one for one in stems if one not in said_often]
        writer.add_document(
            own=stems,
            exact="\n".join(f"{token}\t{place}" for token, place in placed),
            tokens=list(dict.fromkeys(passage.tokens)),
            # What holds for the whole page is found once, in the passage that leads it.
            applies=list(dict.fromkeys(page.applies)) if number == 0 else [],
            topic=list(page.topics) if number == 0 else [],
            text=passage.text,
            cited=[tuple(one) for one in citations],
        )
        weight = round(passage.weight * page.weight, 4)
        about["passages"].append(
            [len(about["pages"]) - 1, passage.part, passage.pinpoint, passage.language,
             passage.anchor, weight, passage.says]
        )  # fmt: skip


def _in_order(cut: list[Word], passage: Passage, grammar: Grammar) -> list[tuple[str, int]]:
    """The folded words and citations with their places, and the citations of the pinpoint."""
    behind = max((word.place for word in cut), default=0) + 16
    pinpoint = grammar.tokens(passage.pinpoint) if not passage.tokens else ()
    return [(word.token, word.place) for word in cut] + [(token, behind) for token in pinpoint]
