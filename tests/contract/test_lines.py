"""Every key of a TOML file is found on its line, in all the ways TOML can write it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.contract import profile_names, profile_text
from redmine_sla.contract.files.lines import line_at, lines_of
from redmine_sla.contract.findings import Path

EVERYTHING = """\
plain = 1 # = [not] "a key"
"quoted.key" = 'a "literal" # no comment'
a.b."c d" = true

[table] # a header
text = \"\"\"
several = "lines" \\\"\"\"
[not.a.table]
\"\"\"
literal = '''
key = 1'''
list = [
    "first",  # a comment, with ] and ,
    [2026-01-01 10:00:00, 07:32:00],
    { inline = "}", deep.er = [1, 2] },
]

[[entries]]
name = "one"
[entries.sub]
x = 1
[[entries.inner]]
y = 1
[[entries.inner]]
y = 2

[[entries]]
name = "two"
[entries.sub]
x = 2
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("plain",), 1),
        (("quoted.key",), 2),
        (("a",), 3),
        (("a", "b", "c d"), 3),
        (("table",), 5),
        (("table", "text"), 6),
        (("table", "literal"), 10),
        (("table", "list"), 12),
        (("table", "list", 0), 13),
        (("table", "list", 1, 1), 14),
        (("table", "list", 2, "inline"), 15),
        (("table", "list", 2, "deep", "er", 1), 15),
        (("entries", 0), 18),
        (("entries", 0, "name"), 19),
        (("entries", 0, "sub", "x"), 21),
        (("entries", 0, "inner", 1, "y"), 25),
        (("entries", 1), 27),
        (("entries", 1, "sub", "x"), 30),
        (("entries", 1, "missing"), 27),
        (("missing",), 1),
    ],
)
def test_a_path_has_its_line(path: Path, line: int) -> None:
    tomllib.loads(EVERYTHING)
    assert line_at(lines_of(EVERYTHING), path) == line


@pytest.mark.parametrize("text", [EVERYTHING, *map(profile_text, profile_names())])
def test_every_key_stands_on_the_line_that_is_told(text: str) -> None:
    lines, written = lines_of(text), text.splitlines()
    for path in _paths(tomllib.loads(text)):
        named = [step for step in path if isinstance(step, str)]
        assert path in lines
        if isinstance(path[-1], str):
            assert named[-1] in written[lines[path] - 1]


def test_windows_line_ends_count_as_one() -> None:
    assert lines_of("a = 1\r\n\r\nb = 2\r\n") == {("a",): 1, ("b",): 3}


_keys = st.text("ab. #\"'é[]{}=,", min_size=1, max_size=5)
_values = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(_keys, _values, min_size=1, max_size=4))
def test_one_key_a_line_is_found_whatever_it_holds(document: dict[str, Any]) -> None:
    text = "".join(f"{_quoted(key)} = {_toml(value)}\n" for key, value in document.items())
    assert tomllib.loads(text) == document
    lines = lines_of(text)
    assert [lines[key,] for key in document] == [*range(1, len(document) + 1)]
    assert set(lines) == set(_paths(document))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{_quoted(key)} = {_toml(item)}" for key, item in value.items()) + "}"
        )
    return str(value)


def _quoted(text: str) -> str:
    escaped = "".join(
        f"\\U{ord(sign):08x}" if sign in '"\\' or not sign.isprintable() else sign for sign in text
    )
    return f'"{escaped}"'


def _paths(value: Any, above: Path = ()) -> Iterator[Path]:
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, child in children:
        yield (*above, step)
        yield from _paths(child, (*above, step))
