"""On which line of a TOML file does a key stand? `tomllib` does not tell, so it is read again.

The text is one that `tomllib` has accepted: only the places are looked for here, and nothing is
checked twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from redmine_sla.contract.findings import Path

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\r\n]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")|\'\'\'.*?\'\'\'(?!\')|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)


def lines_of(text: str) -> Mapping[Path, int]:
    """The line (from 1) of every table, key and list entry in a TOML document."""
    return _Reader(text).read()


def line_at(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest table above it that was written."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def read(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip(_GAP) < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _header(self) -> Path:
        line = self._line()
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        keys = self._keys()
        self.at += 2 if is_list else 1
        path: Path = ()
        for key in keys[:-1]:
            self.lines.setdefault((*path, key), line)
            path = self._into((*path, key))
        path = (*path, keys[-1])
        self.lines.setdefault(path, line)
        if is_list:
            self.counts[path] = self.counts.get(path, 0) + 1
        path = self._into(path)
        self.lines[path] = line
        return path

    def _into(self, path: Path) -> Path:
        """A list of tables stands for its latest entry."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.at += 1
        self._value(path)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_SPACE)
            quoted = self.text[self.at] in "\"'"
            key = self._take(_STRING if quoted else _BARE_KEY)
            keys.append(_unquoted(key) if quoted else key)
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _value(self, path: Path) -> None:
        self._skip(_SPACE)
        match self.text[self.at]:
            case "[":
                self._entries(path, "]")
            case "{":
                self._entries(path, "}")
            case '"' | "'":
                self._take(_STRING)
            case _:
                self._take(_SCALAR)

    def _entries(self, path: Path, closing: str) -> None:
        self.at += 1
        count = 0
        while self.text[self._skip(_GAP)] != closing:
            if self.text[self.at] == ",":
                self.at += 1
                continue
            if closing == "}":
                self._pair(path)
            else:
                self.lines[*path, count] = self._line()
                self._value((*path, count))
                count += 1
        self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> int:
        self._take(pattern)
        return self.at

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"no TOML at {self.at}: parse it with tomllib first")
        self.at = match.end()
        return match[0]

    def _line(self) -> int:
        return bisect_right(self.line_starts, self.at)


def _unquoted(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    return key[1:-1].encode("ascii", "backslashreplace").decode("unicode_escape")
