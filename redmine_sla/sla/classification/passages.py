"""Cut a ticket into passages: whose words these are, and how much they may say.

The customer's own sentences count in full; a pasted error text, a forwarded mail, a greeting or a
signature count less (how much stands in `rules/signals.toml`). The subject is a passage of its
own: loud words gather there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from redmine_sla.sla.classification.folding import fold

HEAD, TAIL = 8_000, 3_000
"""Letters read from the begin and the end of a body; a longer middle is a pasted log."""

_LONGEST_QUOTE = 600
_SIGNATURE_LINES = 6
_SIGNATURE_WIDTH = 48
_QUOTE_MARKS = {'"': '"', "\u201c": "\u201d", "\u201e": '\u201d\u201c"', "\u00ab": "\u00bb"}
_FORWARD = re.compile(
    r"\s*(?:fw|fwd|fwd?\s?:|tov|tov[aá]bb\S{0,9}|pd|podaj dalej|przesłan\S{0,3}|fyi|пересл\S{0,8})\s*:",
    re.IGNORECASE,
)
_LOG_LINE = re.compile(
    r"\s*(?:\d{4}-\d\d-\d\d[ T]|\[?\d\d:\d\d:\d\d|at [\w.$]+\(|Traceback|File \"|0x[0-9a-f]{6}|\w+=\S+ \w+=)"
)
_SENT_FROM = re.compile(
    r"(?:sent from my|elkuldve|kuldve|vislane|wisłano|vislano z|wislane z|odoslane z|odeslano|otpravleno s|get outlook)"
)
_GREETING = re.compile(
    r"(?:hi|hello|hei|dear|good (?:morning|afternoon|evening)|morning|szia\w*|kedves|tisztelt|udv|hello|"
    r"io (?:reggelt|napot|estet)|dzien dobri|witam|czesc|szanown\w*|ahoi\w*|dobri (?:den|rano|vecer)|"
    r"zdravim|vazen\w*|caute|dobrii (?:den|vecher)|dobroe utro|zdravstvuit\w*|kollegi|uvazhaem\w*|privet\w*|"
    r"salem\w*|salamat\w*|saletsiz\w*|assalaum\w*|kurmetti|kaiirli|kairli|barligina)\b"
)
_CLOSING = re.compile(
    r"(?:(?:best|kind|warm)? ?regards|best|thanks|thank you|cheers|rgds|thx|tx|udv\w*|koszonom|koszi|"
    r"tisztelettel|pozdrawiam\w*|pozdr|dziekuie\w*|z powazaniem|z gori|dakuiem\w*|vdaka|s pozdravom|"
    r"s uvazheniem|spasibo|zaranee|kurmetpen|rahmet|rakhmet)\b"
)


class Part(StrEnum):
    """The part of a ticket a passage stands in."""

    SUBJECT = "subject"
    BODY = "body"
    PASTED = "pasted"
    FORWARDED = "forwarded"
    GREETING = "greeting"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one line, all of one part."""

    part: Part
    text: str
    line: int


def passages(subject: str, body: str) -> Iterator[Passage]:
    """The passages of a ticket in reading order; linear in the text, which is cut to size first."""
    forwarded = bool(_FORWARD.match(subject))
    yield Passage(Part.SUBJECT, subject[:HEAD], -1)
    lines = _shortened(body).splitlines()
    signature = _signature_start(lines)
    greeted = False
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if number >= signature:
            yield Passage(Part.SIGNATURE, line, number)
        elif not greeted and _is_greeting(line):
            greeted = True
            yield Passage(Part.GREETING, line, number)
        elif line.lstrip().startswith((">", "|")):
            # A forward without its quotation says nothing: there the quoted words are the report.
            yield Passage(Part.BODY if forwarded else Part.FORWARDED, line.lstrip("> |"), number)
        elif _LOG_LINE.match(line):
            yield Passage(Part.PASTED, line, number)
        else:
            yield from _without_quotes(line, number)


def _shortened(body: str) -> str:
    return body if len(body) <= HEAD + TAIL else f"{body[:HEAD]}\n{body[-TAIL:]}"


def _signature_start(lines: list[str]) -> int:
    """The line where the closing begins, or the number of lines when there is none."""
    first = max(0, len(lines) - _SIGNATURE_LINES)
    for number in range(first, len(lines)):
        line = fold(lines[number][:80]).strip()
        rest = lines[number + 1 :]
        short = len(line) <= _SIGNATURE_WIDTH and all(len(r) <= _SIGNATURE_WIDTH for r in rest)
        if number and short and (line in {"--", "---"} or _CLOSING.match(line)):
            return number
        if _SENT_FROM.match(line):
            return number
    return len(lines)


def _is_greeting(line: str) -> bool:
    return len(line) <= _SIGNATURE_WIDTH and bool(_GREETING.match(fold(line).strip()))


def _without_quotes(line: str, number: int) -> Iterator[Passage]:
    """Split out quotations of several words: pasted messages, not the customer's own."""
    start = 0
    while start < len(line):
        opening = next((i for i in range(start, len(line)) if line[i] in _QUOTE_MARKS), len(line))
        if opening > start:
            yield Passage(Part.BODY, line[start:opening], number)
        if opening == len(line):
            return
        closers = _QUOTE_MARKS[line[opening]]
        limit = min(len(line), opening + _LONGEST_QUOTE)
        closing = next((i for i in range(opening + 1, limit) if line[i] in closers), -1)
        if closing < 0:
            yield Passage(Part.BODY, line[opening + 1 :], number)
            return
        quoted = line[opening + 1 : closing]
        yield Passage(Part.PASTED if " " in quoted.strip() else Part.BODY, quoted, number)
        start = closing + 1
