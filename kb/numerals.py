"""Numbers that people write in words or as Roman numerals, put into digits: 'Article nineteen A'.

Only behind the word for a provision, and only in what is typed to find something: a text that is
read is left as it stands. The words are data (`numerals` of `vocab/citations.yml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.letters import fold
from kb.pattern import Unusable

_ROMAN = r"(?=[ivxlc]{2})c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
# What a word goes on with, in Latin and Arabic letters: a browser has no \w for both.
_LETTER = r"0-9a-z\u0620-\u065f\u066e-\u06d3"
_NOWHERE = "(?!)"
_GLUED = re.compile(r"(?<=[a-z]\d\d)(?=p(?:ara)?\.?\d)", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Numerals:
    """The words for numbers; `pattern` tells where one stands, and is read by the browser too.

    Raises `Unusable` with a sentence if the data are not in order.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        for word, value in data.get("words", {}).items():
            if not str(value).isdecimal():
                raise Unusable(f"In 'numerals' the number of '{word}' is '{value}'; write digits.")
        given = data.get("words", {})
        self.values = {fold(word): int(value) for word, value in given.items()}
        behind: Sequence[str] = data.get("behind", ())
        words = "|".join(sorted(given, key=len, reverse=True))
        self.pattern = (
            rf"(?<![{_LETTER}])({'|'.join(behind)})\.?\s+"
            rf"((?:{words})(?:(?:[\s-]|\sand\s)(?:{words}))*|{_ROMAN})(?![{_LETTER}])"
            if behind and words
            else _NOWHERE
        )
        try:
            self._regex = re.compile(self.pattern, re.IGNORECASE)
        except re.error as error:
            raise Unusable(f"'behind' in 'numerals' cannot be read: {error}.") from None

    def in_digits(self, text: str) -> str:
        """The text with its numbers behind the word for a provision in digits.

        A paragraph that is typed at once behind the number of its comment stands apart: 'gc34p35'.
        """
        digits = self._regex.sub(lambda found: f"{found[1]} {self._value(found[2])}", text)
        return _GLUED.sub(" ", digits)

    def _value(self, number: str) -> int:
        words = [word for word in re.split(r"[\s-]+", fold(number)) if word != "and"]
        if words[0] not in self.values:
            return _roman(words[0])
        whole = 0
        for word in words:
            value = self.values.get(word, 0)
            if value == 100:
                whole = max(whole, 1) * value
            elif 0 < whole < 10 <= value:
                whole = whole * 100 + value  # 'one ninety nine', as it is said
            else:
                whole += value
        return whole


def _roman(number: str) -> int:
    values = [_ROMAN_VALUES.get(letter, 0) for letter in number]
    return sum(-one if one < max(values[at:]) else one for at, one in enumerate(values))
