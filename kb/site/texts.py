"""The law's words laid out for a page: what stands beside what, each paragraph's anchor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb import address
from kb.model import ProvisionText, Source
from kb.paragraphs import Paragraph, paragraphs
from kb.vocab import Vocabulary


@dataclass(frozen=True)
class Line:
    """One paragraph of the law's words with its path, its anchor and its depth."""

    path: tuple[str, ...]
    anchor: str
    words: str
    sign: str = ""
    """The part that the words are, where they do not say so themselves."""

    @property
    def pinpoint(self) -> str:
        """The path as it is cited: (3)(a)."""
        return "".join(f"({step})" for step in self.path)


@dataclass(frozen=True)
class Block:
    """One text of a provision, cut into its paragraphs."""

    text: ProvisionText
    lines: tuple[Line, ...]
    is_whole: bool = True
    """False where several texts that were read in the same way are set as one."""


def blocks_of(texts: Iterable[ProvisionText]) -> list[Block]:
    """The texts as blocks in the order of their record, no anchor used twice.

    The words that are the law today take the plain anchors; superseded words take one of their
    own only where the plain one is taken.
    """
    ordered = list(texts)
    main = main_language(ordered)
    taken: set[str] = set()
    made: dict[int, Block] = {}
    for number in sorted(range(len(ordered)), key=lambda n: (ordered[n].until is not None, n)):
        text = ordered[number]
        prefix = "" if text.language == main else text.language
        lines = []
        for place, paragraph in enumerate(paragraphs(text.words, text.part or "")):
            plain = address.paragraph(paragraph.path, prefix)
            if not paragraph.path and place:
                plain = "-".join(part for part in (prefix, f"line{place + 1}") if part)
            anchor = _free(plain, text.until, taken)
            sign = "" if place else _sign(text.part or "", paragraph)
            lines.append(Line(paragraph.path, anchor, paragraph.text, sign))
        made[number] = Block(text, tuple(lines))
    return [made[number] for number in range(len(ordered))]


def _sign(part: str, paragraph: Paragraph) -> str:
    last = paragraph.path[-1] if paragraph.path else ""
    begins = paragraph.text.casefold()
    is_written = last and begins.startswith((f"({last})", f"{last}.", f"{last})"))
    return "" if is_written else part


def main_language(texts: Sequence[ProvisionText]) -> str:
    """The language whose anchors bear no prefix: that of the first authentic text, or the first."""
    authentic = [text.language for text in texts if text.authentic == "yes"]
    return next(iter([*authentic, *(text.language for text in texts)]), "")


def _free(plain: str, until: str | None, taken: set[str]) -> str:
    anchor = plain if plain not in taken or not until else f"{plain}-until-{until}"
    number = 2
    while anchor in taken:
        anchor = f"{plain}-{number}"
        number += 1
    taken.add(anchor)
    return anchor


@dataclass(frozen=True)
class Row:
    """Texts that say the same thing in several languages; they stand side by side."""

    columns: tuple[tuple[Block, ...], ...]


def rows_today(blocks: Sequence[Block]) -> list[Row]:
    """The words that are the law today: a row for each part, a column for each language."""
    today = [block for block in blocks if block.text.until is None]
    languages = list(dict.fromkeys(block.text.language for block in today))
    rows = []
    for part in dict.fromkeys(block.text.part or "" for block in today):
        here = [block for block in today if (block.text.part or "") == part]
        columns = [tuple(b for b in here if b.text.language == one) for one in languages]
        rows.append(Row(tuple(column for column in columns if column)))
    return _joined(rows)


def _joined(rows: Sequence[Row]) -> list[Row]:
    """The rows, those that follow each other and were read in the same way made one."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before and _read_alike(before) == _read_alike(row) is not None:
            pairs = zip(before.columns, row.columns, strict=True)
            joined[-1] = Row(tuple((_one(left[0], right[0]),) for left, right in pairs))
        else:
            joined.append(row)
    return joined


def _read_alike(row: Row) -> list[dict[str, object]] | None:
    """All that is said of the texts of a row but their part and words; `None` if they differ."""
    if any(len(column) > 1 or column[0].text.differs for column in row.columns):
        return None
    return [column[0].text.model_dump(exclude={"part", "words"}) for column in row.columns]


def _one(first: Block, second: Block) -> Block:
    return Block(first.text, first.lines + second.lines, is_whole=False)


def rows_before(blocks: Sequence[Block]) -> list[Block]:
    """The words that are no longer the law, the latest first."""
    gone = [block for block in blocks if block.text.until is not None]
    return sorted(gone, key=lambda block: block.text.until or "", reverse=True)


@dataclass(frozen=True)
class Comparison:
    """In how many sources words were read, which, and whether any of them carries words safely."""

    count: int
    sources: tuple[Source, ...]
    is_court_grade: bool


def comparison(
    vocabulary: Vocabulary, labels: Iterable[str], sources: Iterable[Source]
) -> Comparison:
    """The sources behind `labels`, counted and weighed; never more than the record names."""
    by_label = {source.label: source for source in sources}
    found = tuple(by_label[label] for label in dict.fromkeys(labels) if label in by_label)
    kinds = vocabulary.tables["source-kinds"]
    graded = any(getattr(kinds.get(s.kind), "court_grade", "no") == "yes" for s in found)
    return Comparison(len(found), found, graded)
