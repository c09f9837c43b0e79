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
from redmine_sla.sla.classification.ruleset import letter_openings

HEAD, TAIL = 4_000, 2_000
"""Letters read from the begin and the end of a body; a longer middle is a pasted log."""

_LONGEST_QUOTE = 600
_SIGNATURE_LINES = 6
_SIGNATURE_WIDTH = 48
_CLOSING_WORDS, _GREETING_WORDS = 5, 5
_STOP = re.compile("[,.!:;\u2013\u2014]")
_QUOTE_MARK = re.compile('["\u201c\u201e\u00ab]')
_QUOTE_MARKS = {'"': '"', "\u201c": "\u201d", "\u201e": '\u201d\u201c"', "\u00ab": "\u00bb"}
_LOG_LINE = re.compile(
    r"\s*(?:\d{4}-\d\d-\d\d[ T]|\[?\d\d:\d\d:\d\d|at [\w.$]{1,80}\(|Traceback|File \"|0x[\da-f]{6})"
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
    forwarded = _begins(subject, "forward")
    yield Passage(Part.SUBJECT, subject[:HEAD], -1)
    lines = _shortened(body).splitlines()
    signature = _signature_start(lines)
    greeted = False
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if number >= signature:
            yield Passage(Part.SIGNATURE, line, number)
        elif not greeted and (end := _greeting_end(line)):
            greeted = True
            yield Passage(Part.GREETING, line[:end], number)
            yield from _without_quotes(line[end:], number)
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
        few = len(line.split()) <= _CLOSING_WORDS
        closes = line in {"--", "---"} or (few and _begins(line, "closing"))
        if (number and short and closes) or _begins(line, "sent_from"):
            return number
    return len(lines)


def _greeting_end(line: str) -> int:
    """Where the greeting of a line ends (at its first comma or stop), 0 where there is none."""
    if not _begins(line, "greeting"):
        return 0
    stop = _STOP.search(line)
    end = stop.end() if stop else len(line)
    return end if len(line[:end].split()) <= _GREETING_WORDS else 0


def _begins(line: str, kind: str) -> bool:
    start = fold(line[:_SIGNATURE_WIDTH]).lstrip()
    stems, words = letter_openings(kind)
    return start.startswith(stems) or (
        start.startswith(words)
        and any(start.startswith(word) and not start[len(word) :][:1].isalnum() for word in words)
    )


def _without_quotes(line: str, number: int) -> Iterator[Passage]:
    """Split out quotations of several words: pasted messages, not the customer's own."""
    start = 0
    while start < len(line):
        mark = _QUOTE_MARK.search(line, start)
        opening = mark.start() if mark else len(line)
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
