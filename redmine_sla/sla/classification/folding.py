"""Fold words so that one spelling stands for all the ways customers type it.

Case, diacritics ("nefunguju" for "nefungujú"), Kazakh letters typed on a Russian keyboard
("баринде" for "бәрінде") and Cyrillic written in Latin letters ("ne rabotaet") all end in the
same lower-case Latin skeleton. The rules are folded by the same function, so a skeleton need not
be pretty, only the same on both sides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "ә": "a", "і": "i", "ң": "n", "ғ": "g", "ү": "u", "ұ": "u", "қ": "k", "ө": "o", "һ": "h",
}  # fmt: skip
_LATIN = {
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "ß": "ss",
    "æ": "ae",
    "ı": "i",
    "y": "i",
    "j": "i",
    "q": "k",
}
_LETTERS = str.maketrans(_CYRILLIC | _LATIN)
_COMBINING = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`]")
_TRANSLITERATION = (("shch", "sh"), ("sch", "sh"), ("kh", "h"))


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """`fold`, remembering: the words of tickets repeat."""
    return fold(word)


def fold(text: str) -> str:
    """The lower-case Latin skeleton of `text`; spaces and punctuation stay."""
    # Composed first: a letter of the table ("й", "ё") must not lose its sign before the look-up.
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    plain = _COMBINING.sub("", unicodedata.normalize("NFD", lowered)).translate(_LETTERS)
    plain = _APOSTROPHES.sub("", plain)
    for spelling, skeleton in _TRANSLITERATION:
        plain = plain.replace(spelling, skeleton)
    return plain


@lru_cache(maxsize=20_000)
def is_cyrillic(word: str) -> bool:
    """Whether the word is written in Cyrillic letters (one is enough: "1С")."""
    return any("\u0400" <= letter <= "\u04ff" for letter in word)
