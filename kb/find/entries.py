"""What the dictionaries of the shards hold: an entry for each word, citation, topic and letter.

Of a citation, and of the places of a token, a list that is long in letters stands apart, in a
block of its own, and in its place a blank and the number of that block. The lists of words and
topics are asked for before any result, and a way there and back costs more than they do: they stand
beside their word. So few words have a long one that few blocks become large by it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, product
from statistics import median
from typing import Any

from kb.find import match, meaning, phrases
from kb.find.index import Index
from kb.find.packed import LEVELS, foreseen, letters, packed, steps
from kb.find.parse import SMALL
from kb.find.words import stem

INLINE = 1_000  # letters of a list that stand beside their token; longer ones stand apart
COMMON = 3_000  # passages; a token that stands in more is found with its neighbours
APART = 512  # passages whose places stand in one block, if they stand apart

Entry = list[Any]


class Lists:
    """The lists that stand apart, in the order of their blocks."""

    def __init__(self) -> None:
        self.blocks: list[str] = []

    def placed(self, text: str) -> str:
        """The text itself, or where it stands."""
        return self.apart([text]) if len(text) > INLINE else text

    def apart(self, texts: Sequence[str]) -> str:
        """Put each text into a block of its own; gives where the first stands."""
        self.blocks += texts
        return f" {len(self.blocks) - len(texts)}"


def words(index: Index) -> Iterator[Entry]:
    """[word or stem, its scores as a word, as a stem, in contexts, its names, its meanings]."""
    named, meant = _named(index), _meant(index)
    # Words that have a stem in common stand beside each other, so it is asked for once.
    stemmed = lru_cache(maxsize=64)(lambda one: index.levels("own", one))
    folded = set(index.vocabulary())
    for key in sorted(folded | set(index.tokens("own")) | set(index.tokens("about")) | set(meant)):
        exact = _as_word(index.levels("exact", key), stemmed(stem(key))[1]) if key in folded else ""
        own, about = scored(stemmed(key)), scored(index.levels("about", key))
        beyond = index.beyond(key)[1]
        own += f" {steps(beyond)}" if beyond else ""
        texts = (exact, own, about, named.get(key, ""))
        yield without_empty([key, *texts, without_empty(meant.get(key, []), 0)])


def without_empty(entry: Entry, least: int = 1) -> Entry:
    """The entry without the empty values that it ends with."""
    while len(entry) > least and not entry[-1]:
        entry.pop()
    return entry


def scored(found: tuple[float, dict[int, int]]) -> str:
    """The best score, the passages, a letter for the level of each (of a stem, pages `beyond`)."""
    top, levels = found
    return f"{top:g} {_levelled(levels)}" if levels else ""


def _levelled(levels: Mapping[int, int]) -> str:
    passages = sorted(levels)
    return f"{steps(passages)} {letters(levels[number] for number in passages)}"


def _as_word(found: tuple[float, dict[int, int]], stemmed: Mapping[int, int]) -> str:
    """The scores of a word in its own form; by the levels of its stem, if that is shorter.

    Then '=' and the best score, a share; for each passage of the stem a letter: the first if it
    has not the word, else how much the level is above that share of the stem's; other passages.
    """
    top, levels = found
    both = [number for number in levels if number in stemmed]
    if 2 * len(both) < len(stemmed) or not both:
        return scored(found)
    share = round(median(100 * levels[number] / stemmed[number] for number in both))
    signs = (
        1 + (levels[number] - foreseen(stemmed[number], share)) % LEVELS if number in levels else 0
        for number in sorted(stemmed)
    )
    others = {number: level for number, level in levels.items() if number not in stemmed}
    return f"={top:g} {share} {letters(signs)} {_levelled(others)}".rstrip()


def _named(index: Index) -> dict[str, str]:
    """For each word the names that have it, without small words: record, which, where, words."""
    found: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    for number, record in enumerate(index.about.records):
        for which, name in enumerate(record.names):
            named = [word for word in name.split() if word not in SMALL]
            for place, word in enumerate(named):
                found[word].append((number, which, place, len(set(named))))
    made = {}
    for word, rows in found.items():
        before, numbers = 0, []
        for row in rows:
            numbers += [row[0] - before, *row[1:]]
            before = row[0]
        made[word] = packed(numbers)
    return made


def _meant(index: Index) -> dict[str, list[Any]]:
    """For each stem: phrases and their topic; spellings, their row and its other forms; topics; n.

    A phrase stands at the rarest of its stems, with the others. The topics that come last are those
    for which people type the stem, and how much it tells of each. A topic is its number. The
    number is 1 at words that tell of the matter of this book, 2 at words of another.
    """
    found: dict[str, list[Any]] = defaultdict(lambda: [[], [], "", 0])
    topics = index.about.topics
    numbers = {topic: number for number, topic in enumerate(topics)}
    for rarest, here in phrases.by_rarest(topics).items():
        for topic, at in here:
            typed = phrases.telling(topics[topic].phrases[at])
            others = " ".join(one for one in typed if one != rarest)
            found[rarest][0].append([others, numbers[topic]])
    for number, row in enumerate(index.phrases.rows):
        # A form that the book does not have anywhere need not be looked for.
        held = [form for form in row if match.match_form(index, meaning.wanted(form)).stands]
        for at, form in enumerate(row):
            own = [other.words for other in meaning.others(form, row) if other in held]
            all_typed = " ".join(phrases.telling(form))
            found[phrases.first(form)][1].append([all_typed, f"{number}.{at}", own])
    for one in index.phrases.stems:
        told = index.phrases.topics_with(one)
        found[one][2] = scored((1, {numbers[topic]: level for topic, level in told.items()}))
    for matter, telling in enumerate((index.phrases.here, index.phrases.elsewhere), 1):
        for word in telling:
            found[word][3] = matter
    return found


def cited(index: Index, lists: Lists) -> Iterator[Entry]:
    """[token, the passages that mention it, that apply it, that are it, names]."""
    named = _named(index)
    in_texts = {token for token in index.tokens("exact") if ":" in token or "/" in token}
    for token in sorted(in_texts | set(index.tokens("tokens")) | set(index.tokens("applies"))):
        fields = ("exact", "applies", "tokens")
        texts = [steps(sorted(index.levels(field, token)[1])) for field in fields]
        texts.append(named.get(token, ""))
        yield without_empty([token, *(lists.placed(text) for text in texts)])


def places(index: Index, lists: Lists) -> Iterator[Entry]:
    """[token, passages, its places in each, names]; many places are cut, `APART` passages each.

    Of each passage stand the number of places less one, the first, and the steps to the others.
    A common token has no places of its own: in a phrase it is found with its `neighbours`.
    """
    named = _named(index)
    for token in index.tokens("exact"):
        stands = index.places(token)
        whole = "" if len(stands) > COMMON else _placed(stands, lists)
        where, names = steps(sorted(stands)), named.get(token, "")
        yield without_empty([token, lists.placed(where), whole, lists.placed(names)])


def _placed(stands: Mapping[int, Sequence[int]], lists: Lists) -> str:
    runs = [packed([len(stands[n]) - 1, *_grown(stands[n])]) for n in sorted(stands)]
    whole = "".join(runs)
    if len(whole) <= INLINE:
        return whole
    cut = range(0, len(runs), APART)
    return lists.apart(["".join(runs[first : first + APART]) for first in cut])


def neighbours(index: Index, lists: Lists) -> Iterator[Entry]:
    """[two tokens that follow each other, one of them common, passages, places of the first]."""
    tokens = list(index.tokens("exact"))
    is_common = [len(index.places(token)) > COMMON for token in tokens]
    if not any(is_common):
        return
    # One number for each place of each token, so that millions fit and sort.
    all_places = array("Q")
    for number, token in enumerate(tokens):
        for passage, here in index.places(token).items():
            all_places.extend(((passage << 20 | place) << 24) | number for place in here)
    found: dict[tuple[int, int], array[int]] = defaultdict(lambda: array("Q"))
    before: tuple[int, list[int]] = (-2, [])
    for at, numbers in groupby(sorted(all_places), key=lambda one: one >> 24):
        here = [one & 0xFFFFFF for one in numbers]
        if at == before[0] + 1:
            for first, second in product(before[1], here):
                if is_common[first] or is_common[second]:
                    found[first, second].append(at - 1)
        before = (at, here)
    for (first, second), places_of in found.items():
        stands: dict[int, list[int]] = defaultdict(list)
        for one in places_of:
            stands[one >> 20].append(one & 0xFFFFF)
        where = lists.placed(steps(sorted(stands)))
        yield [f"{tokens[first]} {tokens[second]}", where, _placed(stands, lists)]


def _grown(numbers: Sequence[int]) -> list[int]:
    ordered = sorted(numbers)
    return [here - before for before, here in zip([0, *ordered], ordered, strict=False)]


def topics(index: Index) -> Iterator[Entry]:
    """[number of a topic, its scores, the passages with a phrase for it, the longest in each]."""
    for number, topic in enumerate(index.about.topics):
        longest = index.spoken(topic)
        spoken = sorted(longest)
        texts = (
            scored(index.levels("topic", topic)),
            steps(spoken),
            letters(longest[n] for n in spoken),
        )
        yield without_empty([str(number), *texts])


def spelling(index: Index) -> Iterator[Entry]:
    """[first letter, all words that begin with it]."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in index.vocabulary():
        found[word[0]].append(word)
    return ([letter, " ".join(sorted(alike))] for letter, alike in found.items())
