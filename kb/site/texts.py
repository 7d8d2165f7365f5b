"""The law's words laid out for a page: what stands beside what, each paragraph's anchor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb import address
from kb.model import ProvisionText, Source
from kb.paragraphs import paragraphs
from kb.vocab import Vocabulary


@dataclass(frozen=True)
class Line:
    """One paragraph of the law's words with its path, its anchor and its depth."""

    path: tuple[str, ...]
    anchor: str
    words: str

    @property
    def pinpoint(self) -> str:
        """The path as it is cited: (3)(a)."""
        return "".join(f"({step})" for step in self.path)


@dataclass(frozen=True)
class Block:
    """One text of a provision, cut into its paragraphs."""

    text: ProvisionText
    lines: tuple[Line, ...]


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
            lines.append(Line(paragraph.path, anchor, paragraph.text))
        made[number] = Block(text, tuple(lines))
    return [made[number] for number in range(len(ordered))]


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

    part: str
    columns: tuple[tuple[Block, ...], ...]


def rows_today(blocks: Sequence[Block]) -> list[Row]:
    """The words that are the law today: a row for each part, a column for each language."""
    today = [block for block in blocks if block.text.until is None]
    languages = list(dict.fromkeys(block.text.language for block in today))
    rows = []
    for part in dict.fromkeys(block.text.part or "" for block in today):
        here = [block for block in today if (block.text.part or "") == part]
        columns = [tuple(b for b in here if b.text.language == one) for one in languages]
        rows.append(Row(part, tuple(column for column in columns if column)))
    return rows


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
