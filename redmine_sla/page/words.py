"""Words from anywhere, made fit to stand on a page, and the signs in them that mean something.

Both markups write every sign of ASCII punctuation so that it is only shown. Signs that mean
nothing where they stand are left as they are, so that dates, times and sentences can be read in
the page's source and in its history.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_LIVE = re.compile(
    r"""
      [!-/:-@\[-`{-~]             # any ASCII punctuation
    | (?<![^\W_])r(?=\d)          # r12 is a revision to Redmine
    """,
    re.VERBOSE,
)
_HARMLESS = re.compile(
    r"""
      (?<=[^\W_])[-.,/](?=[^\W_])  # 2026-11-21, 98.89, 24/7
    | (?<=\d):(?=\d)               # 14:00
    | :(?=[ ])                     # resolution: at risk
    | (?<=\S)[.,;](?=[ ]|$)        # ends of sentences and of parts
    | (?<=\d[ \u00a0])%(?=[ ).,;]|$)  # 15 %
    | (?<=\S[ ])\((?=[^\W_])       # an aside (as here)
    | (?<=[^\W_]|%)\)(?=[ .,;:]|$)
    """,
    re.VERBOSE,
)
_MEANT = re.compile(
    r"""
      \A[ ]*(?:[a-z]{1,2}\d*|\d+)[.)]  # h1. bq. 1. 1) where a block begins
    | www\.                       # an address without http
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONG_WORD = re.compile(r"(\S{60})\S{5,}")  # a digest's 64 digits are not one
_BLANKS = re.compile(r"[^\S\u00a0]+")  # a space that does not break is kept
_NOT_SHOWN = frozenset({"Cc", "Cs"})
_TURNING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
)
_NOT_IN_TITLES = re.compile(r"[,./?;|:\[\]#{}<>\"!@\\]")


def cleaned(text: str) -> str:
    """Words in one line: no control signs, and none that turn the reading direction."""
    text = _BLANKS.sub(" ", text)
    if text.isprintable():  # nearly all are, and workbooks have a million of them
        return text
    return "".join(
        sign
        for sign in text
        if unicodedata.category(sign) not in _NOT_SHOWN and sign not in _TURNING
    )


def shortened(text: str) -> str:
    """With words cut that are too long for a column: a wiki breaks none, and what stands in the
    columns behind one would be out of sight.
    """
    return _LONG_WORD.sub("\\1…", text)


def defused(text: str, write: Callable[[str, int], str]) -> str:
    """The cleaned text, each sign in it that could mean something replaced by `write(text, at)`."""
    text = cleaned(text)
    harmless = {match.start() for match in _HARMLESS.finditer(text)}
    harmless -= {match.end() - 1 for match in _MEANT.finditer(text)}
    return _LIVE.sub(
        lambda match: match[0] if match.start() in harmless else write(text, match.start()), text
    )


def entity(sign: str) -> str:
    """The sign as a numeric character reference, which HTML shows and no markup reads."""
    return f"&#{ord(sign)};"


def page_title(title: str) -> str:
    """A wiki page's title without the signs that Redmine or a link would misread."""
    return _BLANKS.sub(" ", _NOT_IN_TITLES.sub("", cleaned(title))).strip()
