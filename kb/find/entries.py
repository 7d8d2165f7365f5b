"""What the dictionaries of the shards hold: an entry for each word, citation, topic and letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from kb.find import match, meaning
from kb.find.about import Phrase
from kb.find.index import Index
from kb.find.packed import letters, packed, steps
from kb.find.parse import SMALL, Wanted

INLINE = 2_000  # letters of places that stand beside their word; more stand apart, 256 at a time
APART = 256

Entry = list[Any]


def words(index: Index) -> Iterator[Entry]:
    """[word or stem, its scores as a word, as a stem, in contexts, its names, its meanings]."""
    named, meant = _named(index), _meant(index)
    folded = set(index.vocabulary())
    for key in folded | set(index.tokens("own")) | set(index.tokens("about")) | set(meant):
        exact = _scored(index, "exact", key) if key in folded else ""
        own, about = _scored(index, "own", key), _scored(index, "about", key)
        if exact and own and exact.split()[1] == own.split()[1]:
            own = "{0} = {2}".format(*own.split())
        meanings = meant.get(key, [[], [], []])
        if own or about:
            meanings[2] = []  # only a word that the book does not have is looked for in phrases
        yield without_empty(
            [key, exact, own, about, named.get(key, ""), without_empty(meanings, 0)]
        )


def without_empty(entry: Entry, least: int = 1) -> Entry:
    """The entry without the empty values that it ends with."""
    while len(entry) > least and not entry[-1]:
        entry.pop()
    return entry


def _scored(index: Index, field: str, token: str) -> str:
    """The best score, the passages, a letter for the level of each; '=' for the passages before."""
    top, levels = index.levels(field, token)
    if not levels:
        return ""
    passages = sorted(levels)
    return f"{top:g} {steps(passages)} {letters(levels[number] for number in passages)}"


def _named(index: Index) -> dict[str, str]:
    """For each word the names of records that have it: record, which name, where, telling words."""
    found: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    for number, record in enumerate(index.about.records):
        for which, name in enumerate(record.names):
            named = name.split()
            for place, word in enumerate(named):
                found[word].append((number, which, place, len(set(named) - SMALL)))
    made = {}
    for word, rows in found.items():
        before, numbers = 0, []
        for row in rows:
            numbers += [row[0] - before, *row[1:]]
            before = row[0]
        made[word] = packed(numbers)
    return made


def _meant(index: Index) -> dict[str, list[Any]]:
    """For each stem: phrases and their topic; spellings, their row and its other forms; topics.

    A phrase stands at the first of its stems that a query must have; the topics that come last are
    those of all phrases with the stem.
    """
    found: dict[str, list[Any]] = defaultdict(lambda: [[], [], []])
    for topic, entry in index.about.topics.items():
        for phrase in entry.phrases:
            found[_first(phrase)][0].append([phrase.stems, topic])
            for one in phrase.stems.split():
                if topic not in found[one][2]:
                    found[one][2].append(topic)
    for number, row in enumerate(index.about.spellings):
        # A form that the book does not have anywhere need not be looked for.
        held = [form for form in row if _is_held(index, form)]
        for at, form in enumerate(row):
            others = [other.words for other in held if other != form]
            found[_first(form)][1].append([form.stems, f"{number}.{at}", others])
    return found


def _is_held(index: Index, form: Phrase) -> bool:
    matched = match.match(index, meaning.wanted(form))
    return bool(matched.passages or matched.pages)


def _first(phrase: Phrase) -> str:
    stems = phrase.stems.split()
    return next((one for one in stems if one not in SMALL), stems[0])


def cited(index: Index) -> Iterator[Entry]:
    """[token, the passages that mention it, that apply it, that are it, names]."""
    named = _named(index)
    in_texts = {token for token in index.tokens("exact") if ":" in token or "/" in token}
    for token in in_texts | set(index.tokens("tokens")) | set(index.tokens("applies")):
        fields = ("exact", "applies", "tokens")
        lists = [steps(sorted(index.levels(field, token)[1])) for field in fields]
        yield without_empty([token, *lists, named.get(token, "")])


def places(index: Index) -> Iterator[Entry]:
    """[token, passages, its places in each, names]; many places stand apart: [token⟨tab⟩n, them].

    Of each passage stand the number of places less one, the first, and the steps to the others.
    """
    named = _named(index)
    for token in index.tokens("exact"):
        stands = index.places(token)
        passages = sorted(stands)
        runs = [packed([len(stands[n]) - 1, *_grown(stands[n])]) for n in passages]
        whole = "".join(runs)
        if len(whole) > INLINE:
            for first in range(0, len(runs), APART):
                yield [f"{token}\t{first // APART}", "".join(runs[first : first + APART])]
            whole = ""
        yield without_empty([token, steps(passages), whole, named.get(token, "")])


def _grown(numbers: Sequence[int]) -> list[int]:
    ordered = sorted(numbers)
    return [here - before for before, here in zip([0, *ordered], ordered, strict=False)]


def topics(index: Index) -> Iterator[Entry]:
    """[topic, its scores, the passages with a phrase for it, the longest such phrase in each]."""
    for topic, row in index.about.topics.items():
        longest: dict[int, int] = {}
        for phrase in row.phrases:
            tokens = tuple(phrase.words.split())
            for passage in match.match(index, Wanted("phrase", phrase.words, tokens)).passages:
                longest[passage] = max(longest.get(passage, 0), len(tokens))
        spoken = sorted(longest)
        yield without_empty(
            [
                topic,
                _scored(index, "topic", topic),
                steps(spoken),
                letters(longest[n] for n in spoken),
            ]
        )


def spelling(index: Index) -> Iterator[Entry]:
    """[first letter, all words that begin with it]."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in index.vocabulary():
        found[word[0]].append(word)
    return ([letter, " ".join(sorted(alike))] for letter, alike in found.items())
