"""The index written out once more as small scripts, of which a browser loads those that it needs.

Every script calls `writbase(name, content)`, so it works from a folder as from a server, and under
a policy that allows nothing but scripts of the site. What a dictionary has stands in the block that
the letters of its word add up to; `search/book.js` says how many blocks there are, and where those
of the other kinds begin. The folder bears a digest of all blocks, so that blocks of two books never
mix. What each holds is said beside the function that makes it.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

from kb.base import NO_LONGER_LAW, STANDING_LABELS, Base
from kb.find import coverage, match, meaning, meant, rank
from kb.find import index as kb_index
from kb.find.about import About, PassageRow, RecordRow
from kb.find.entries import (
    APART,
    Entry,
    Lists,
    cited,
    neighbours,
    places,
    scored,
    spelling,
    topics,
    without_empty,
    words,
)
from kb.find.index import Index
from kb.find.packed import letters, packed
from kb.find.parse import SMALL
from kb.find.passages import HOMES, is_of
from kb.find.words import stem

FORM = 7  # of the blocks; the script refuses those of another form
FOLDER = "search"
BLOCK = 700  # letters of a block of a dictionary
SHOWN = 2_500  # ... of what is shown: ten hits need ten such blocks
ROWS = 24_576  # passages whose rows stand in one block
KIN_PAGES = 4  # pages whose kin stand in one block
BITS = [2, 4, 8]  # of the homes, beside that of a ruling
KEPT = 512  # records whose filters stand in one block


def write_shards(index: Index, base: Base, site: Path) -> None:
    """Write the blocks of an index and their table into a site.

    `base` gives the labels of places, courts and topics as the reader sees them.
    """
    blocks: dict[str, Any] = {}
    book: dict[str, Any] = {"form": FORM, "counts": _counts(index), "rank": _constants(index)}
    lists = Lists()
    book["words"] = _by_sum("words", list(words(index)), blocks)
    for kind, entries in (("cited", cited), ("places", places), ("pairs", neighbours)):
        book[kind] = _by_sum(kind, list(entries(index, lists)), blocks)
    for kind, few in (("topics", topics(index)), ("spelling", spelling(index))):
        book[kind] = _by_alphabet(kind, sorted(few, key=_in_order), blocks)
    blocks |= {f"list-{number}": [text] for number, text in enumerate(lists.blocks)}
    book["rank"]["lengths"] = _lengths(index)
    book["rows"] = _rows(index, base, book["rank"], blocks)
    _kin(index, blocks)
    _kept(index, blocks)
    blocks["names"] = _names(index, base)
    blocks["grammar"] = _grammar(index)
    blocks["spelled"] = index.grammar.name_words
    texts = {name: _script(name, content) for name, content in blocks.items()}
    summary = hashlib.sha256("".join(texts.values()).encode()).hexdigest()[:12]
    book["folder"] = summary
    book["standings"] = {word: [_tone(word), label] for word, label in STANDING_LABELS.items()}
    folder = site / FOLDER / summary
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    table = site / FOLDER / "book.js"
    table.write_text(_script("book", book), encoding="utf-8")


def _tone(word: str) -> str:
    return "gone" if word in NO_LONGER_LAW else "good" if word == "stands" else "doubt"


def _script(name: str, content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # The two signs that end a line in a script, though not in JSON.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'writbase("{name}",{text});\n'


def _counts(index: Index) -> list[int]:
    about = index.about
    return [len(about.records), len(about.pages), len(about.passages), len(about.topics)]


def _constants(index: Index) -> dict[str, Any]:
    """What matches are worth, as `kb find` counts; the lists that numbers in rows point into."""
    passages = index.about.passages
    return {
        **{name: getattr(module, name) for module, names in _CONSTANTS.items() for name in names},
        "parts": list(rank.PARTS),
        "worth": list(rank.PARTS.values()),
        "weights": sorted({row.weight for row in passages}, reverse=True),
        "languages": sorted({row.language for row in passages}),
        "small": " ".join(sorted(SMALL)),
        "numerals": index.grammar.numerals.pattern,
        "homes": dict(zip(HOMES, BITS, strict=True)),
        "APART": APART,
        "SHOWN": SHOWN,
        "KEPT": KEPT,
        "KIN_PAGES": KIN_PAGES,
    }


_CONSTANTS = {
    kb_index: ("BEYOND",),
    match: ("OWN", "EXACT", "CONTEXT", "OTHER_SCRIPT", "PHRASE", "LONG_PHRASE", "IS", "IS_PART_OF",
            "APPLIES", "MENTIONS", "CITED", "UNITS"),
    meaning: ("TOPIC", "SYNONYM", "LOOSE", "NEAREST", "LEAST_SHARE", "LIFT", "SURE"),
    rank: ("NAME", "CALLED", "IN_ORDER", "BESIDE", "LEAST", "CREDIT", "MOST_CREDIT", "SAME_SCRIPT",
           "OTHER", "HOME", "UNLIKE", "ENOUGH", "KIN", "KIN_OF"),
    meant: ("LEAST_LETTERS", "LONGEST_CITED"),
    coverage: ("MOST", "TOGETHER", "SEVERAL", "ALIKE", "LONG", "MUCH"),
}  # fmt: skip


# --- dictionaries ---------------------------------------------------------------------------------


def _in_order(entry: Entry) -> bytes:
    """French stems stand beside the English ones; the order is that of a browser's letters."""
    return _key(entry).encode("utf-16-be")


def _key(entry: Entry) -> str:
    return str(entry[0]).removeprefix("fr:")


def _by_alphabet(kind: str, entries: list[Entry], blocks: dict[str, Any]) -> list[str]:
    """Cut the entries into blocks; gives the first letters of each block."""
    sizes = [len(json.dumps(entry, ensure_ascii=False)) for entry in entries]
    begins: list[str] = []
    block: list[Entry] = []
    size = 0
    before = ""
    for entry, own in zip(entries, sizes, strict=True):
        if not begins or size + own > BLOCK:
            begins.append(_shortest(before, _key(entry)) if begins else "")
            block = blocks[f"{kind}-{len(begins) - 1}"] = []
            size = 0
        block.append(entry)
        size += own
        before = _key(entry)
    return begins


def _by_sum(kind: str, entries: list[Entry], blocks: dict[str, Any]) -> int:
    """Put each entry into the block that the letters of its key add up to; gives how many blocks.

    There may be millions, so no table says what is where, and a block stays small however many
    there are. A word stands beside its stem, with which it is asked for.
    """
    size = sum(len(json.dumps(entry, ensure_ascii=False)) for entry in entries)
    count = -(-size // BLOCK)
    blocks |= {f"{kind}-{number}": [] for number in range(count)}
    for entry in sorted(entries, key=_in_order):
        number = 0
        for letter in stem(_key(entry)) if kind == "words" else _key(entry):
            number = (number * 31 + ord(letter)) % count
        blocks[f"{kind}-{number}"].append(entry)
    return count


def _shortest(before: str, key: str) -> str:
    """The fewest letters of `key` that come behind all of `before`."""
    for count in range(1, len(key)):
        if key[:count].encode("utf-16-be") > before.encode("utf-16-be"):
            return key[:count]
    return key


# --- blocks that are cut by number ----------------------------------------------------------------


def _rows(
    index: Index, base: Base, lists: dict[str, Any], blocks: dict[str, Any]
) -> list[list[int]]:
    """[parts and languages of passages; weights unlike their page's; of pages steps of records,

    weights, sorts; rulings that were taken away]. The part of a page's first passage is told by a
    letter behind those of all parts. Gives the first passage, page, record and block of what is
    shown of each block.
    """
    about = index.about
    of_page: dict[int, list[PassageRow]] = defaultdict(list)
    for row in about.passages:
        of_page[row.page].append(row)
    begins: list[list[int]] = []
    page = passage = shown = 0
    while page < len(about.pages):
        first_page, first, record = page, passage, about.pages[page].record
        while page < len(about.pages) and passage - first < ROWS:
            passage += len(of_page[page])
            page += 1
        rows = about.passages[first:passage]
        leads = [of_page[one][0] for one in range(first_page, page)]
        usual = {row.page: row.weight for row in leads}
        records = [one.record for one in about.pages[first_page:page]]
        parts = [lists["parts"].index(row.part) for row in rows]
        languages = [lists["languages"].index(row.language) for row in rows]
        at = {weight: number for number, weight in enumerate(lists["weights"])}
        blocks[f"rows-{len(begins)}"] = [
            letters(
                part + len(lists["parts"]) * (row is of_page[row.page][0])
                for part, row in zip(parts, rows, strict=True)
            ),
            letters(languages),
            packed(0 if row.weight == usual[row.page] else at[row.weight] + 1 for row in rows),
            packed(b - a for a, b in zip([record, *records], records, strict=False)),
            packed(at[row.weight] for row in leads),
            letters(_sort(about.records[number]) for number in records),
            packed(_later(about, records)),
        ]
        begins.append([first, first_page, record, shown])
        for here, end in pairwise([*_cuts(parts, lists["lengths"]), len(parts)]):
            blocks[f"shown-{shown}"] = _shown(index, base, range(first + here, first + end))
            shown += 1
    return begins


def _lengths(index: Index) -> list[int]:
    """How many letters a passage has on average, for each part."""
    lengths: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(index.about.passages):
        lengths[row.part].append(len(index.text(number)) + 40)
    return [round(mean(lengths.get(part, [0]))) for part in rank.PARTS]


def _sort(record: RecordRow) -> int:
    """In bits: whether a record is a ruling, and of which home it is."""
    homes = zip(BITS, HOMES.values(), strict=True)
    return bool(record.standing) + sum(bit for bit, home in homes if is_of(home, record.places))


def _later(about: About, records: Sequence[int]) -> Iterator[int]:
    """Pairs of numbers: how far it is to the next ruling that was taken away, and by which."""
    number_of = {row.id: number for number, row in enumerate(about.records)}
    before = records[0]
    for record in dict.fromkeys(records):
        later = about.records[record].later
        if later in number_of:
            yield from (record - before, number_of[later])
            before = record


def _cuts(parts: list[int], lengths: list[int]) -> list[int]:
    """Where the blocks of what is shown begin, by the average lengths: so no table need say it."""
    cuts: list[int] = []
    size = 0
    for number, part in enumerate(parts):
        if not cuts or size > SHOWN:
            cuts.append(number)
            size = 0
        size += lengths[part]
    return cuts


def _shown(index: Index, base: Base, numbers: range) -> dict[str, Any]:
    """{records, pages: IDs, passages: [text, pinpoint, anchor, says]}: what a result shows."""
    about = index.about
    block: dict[str, Any] = {"records": {}, "pages": {}, "passages": []}
    for number in numbers:
        row = about.passages[number]
        page = about.pages[row.page]
        block["records"][page.record] = _record(index, base, page.record)
        block["pages"][row.page] = page.id
        shown = [index.text(number), row.pinpoint, row.anchor, row.says]
        block["passages"].append(without_empty(shown))
    return block


def _kin(index: Index, blocks: dict[str, Any]) -> None:
    """The kin of each page; small blocks, since those of five pages are waited for."""
    for first in range(0, len(index.about.pages), KIN_PAGES):
        pages = range(first, min(first + KIN_PAGES, len(index.about.pages)))
        kin = [scored((1, index.kin(page))) for page in pages]
        blocks[f"kin-{first // KIN_PAGES}"] = kin


def _record(index: Index, base: Base, number: int) -> Entry:
    """[ID, kind, title, place, date, standing, what it says, the name of its court or place]."""
    row = index.about.records[number]
    court = base.vocabulary.courts.get(row.court)
    where = (
        court.label if court else base.vocabulary.label("places", row.place) if row.place else ""
    )
    return [row.id, row.kind, row.title, row.place, row.date, row.standing, row.says, where]


def _kept(index: Index, blocks: dict[str, Any]) -> None:
    """What is filtered by: of records kind, sort, places, court, date, years, standing; of pages

    topics by number and, in a block of its own that only one filter asks for, what they apply.
    """
    about = index.about
    topics = {topic: number for number, topic in enumerate(about.topics)}
    records = [page.record for page in about.pages]  # their pages stand in their order
    for first in range(0, len(about.records), KEPT):
        rows = about.records[first : first + KEPT]
        begin = bisect_left(records, first)
        pages = about.pages[begin : bisect_left(records, first + KEPT)]
        blocks[f"kept-{first // KEPT}"] = [
            begin,
            [[r.kind, r.sort, r.places, r.court, r.date, r.years, r.standing] for r in rows],
            [[topics[topic] for topic in page.topics if topic in topics] for page in pages],
        ]
        blocks[f"applied-{first // KEPT}"] = [page.applies for page in pages]


# --- blocks of one piece --------------------------------------------------------------------------


def _names(index: Index, base: Base) -> dict[str, Any]:
    """The names that are typed in filters, and the labels under which filters are offered."""
    about, vocabulary = index.about, base.vocabulary
    tables = vocabulary.tables
    return {
        "topics": {
            key: [row.right, [phrase.words for phrase in row.phrases]]
            for key, row in about.topics.items()
        },
        "courts": about.courts,
        "places": about.places,
        "standings": about.standings,
        "kinds": about.kinds,
        "labels": {
            "topic": {key: row.label for key, row in about.topics.items()},
            "court": {key: court.label for key, court in vocabulary.courts.items()},
            "place": {key: place.label for key, place in tables["places"].items()},
            "standing": dict(STANDING_LABELS),
        },
    }


def _grammar(index: Index) -> dict[str, Any]:
    """The citation grammar without what only people and tests read."""
    data = index.about.grammar
    patterns = {
        name: {key: value for key, value in pattern.items() if key in _READ}
        for name, pattern in data["grammar"]["patterns"].items()
    }
    wanted = {key: data["grammar"].get(key, ()) for key in _TOLD}
    names: dict[str, list[str]] = defaultdict(list)  # of laws, under their IDs, which are many
    for name, laws in data["names"].items():
        names[" ".join(laws)].append(name)
    return {
        "grammar": {**wanted, "patterns": patterns},
        "names": names,
        "tokens": data["tokens"],
        "words": data["words"],
        "templates": data["templates"],
        "places": data["places"],
    }


_TOLD = ("lists", "pieces", "between", "through", "numerals", "articles-of",
         "parts-behind-a-dot", "names-in-queries")  # fmt: skip
_READ = {"kind", "pattern", "each", "canonical", "also"}
