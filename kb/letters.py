"""How letters are folded, so that one word is one word however it was typed.

Small letters, one form for each digit and each Arabic letter, no diacritics, no invisible signs.
Every rule is a table here, so that the same rules can be written down for a browser.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# One letter for another, after decomposition. Arabic ي ك ه ة and their kin become the Urdu forms.
LETTERS: dict[str, str] = {
    **dict.fromkeys("يىې", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("هةۃھە", "ہ"),
    "ٱ": "ا",
    **{chr(zero + value): str(value) for zero in (0x660, 0x6F0, 0x966) for value in range(10)},
    "ß": "ss", "ς": "σ", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe",
    # An em dash parts sentences and stays what it is; the others stand within numbers and words.
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
    **dict.fromkeys("‘’`ʼ´ʹ′", "'"),
    **dict.fromkeys("“”«»„‟″", '"'),
    **dict.fromkeys("،٬", ","), "؛": ";", "۔": ".", "٫": ".", "؟": "?",
    "\u200b": " ",
}  # fmt: skip

# Diacritics and what cannot be seen. Vowel signs of Indian scripts are letters and stay.
_VANISH = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_NON_JOINER = "\u200c"


@dataclass(frozen=True)
class Folded:
    """Folded text; letter `i` of it was made from `starts[i]` to `ends[i]` of what was written."""

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range


def fold(text: str) -> str:
    """The text folded: what is compared when words are compared."""
    return text.lower() if text.isascii() and "`" not in text else fold_in_place(text).text


def fold_in_place(text: str) -> Folded:
    """The text folded, with the place that each letter came from."""
    if text.isascii() and "`" not in text:
        return Folded(text.lower(), range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    here = 0
    while here < len(text):
        there = here + 1
        while there < len(text) and _belongs_to_the_letter_before(text[there]):
            there += 1
        folded = _fold_letter(text[here:there])
        letters.append(folded)
        starts += [here] * len(folded)
        ends += [there] * len(folded)
        here = there
    return Folded("".join(letters), tuple(starts), tuple(ends))


@lru_cache(maxsize=4096)
def _belongs_to_the_letter_before(sign: str) -> bool:
    # The second and third part of a Korean syllable are letters, and yet belong to the first.
    is_jamo = "\u1160" <= sign <= "\u11ff" or "\ud7b0" <= sign <= "\ud7fb"
    return is_jamo or unicodedata.category(sign)[0] == "M" or bool(_VANISH.match(sign))


@lru_cache(maxsize=16384)
def _fold_letter(letter: str) -> str:
    """One letter with its marks, folded; again and again until nothing changes."""
    folded = letter
    for _ in range(4):
        before, folded = folded, _fold_once(folded)
        if folded == before:
            break
    return folded


def _fold_once(letter: str) -> str:
    apart = unicodedata.normalize("NFKD", letter).lower()
    # Where Urdu has a non-joiner, people type a blank; in other scripts it only shapes a letter.
    if _NON_JOINER in apart and "\u0600" <= apart[0] <= "\u06ff":
        apart = apart.replace(_NON_JOINER, " ")
    folded = ""
    for sign in apart:
        if _VANISH.match(sign):
            # и with a breve is a letter of its own
            if sign == "\u0306" and folded.endswith("и"):
                folded += sign
            continue
        folded += LETTERS.get(sign, sign)
    return unicodedata.normalize("NFC", folded)


@lru_cache(maxsize=16384)
def is_letter(sign: str) -> bool:
    """Whether a sign of a folded text belongs to a word: a letter, a digit, or a mark on one."""
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"
