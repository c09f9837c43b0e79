"""Pydantic's errors in the words of whoever writes the file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo

from redmine_sla.contract.findings import ContradictionsError, Finding, WrongValueError, listed
from redmine_sla.errors import SlaError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_KINDS = {
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_type": "a date, e.g. 2026-01-31",
    "date_parsing": "a date, e.g. 2026-01-31",
    "date_from_datetime_parsing": "a date, e.g. 2026-01-31",
    "date_from_datetime_inexact": "a date without a time, e.g. 2026-01-31",
    "datetime_type": "a moment, e.g. 2026-01-31T10:00:00+01:00",
    "datetime_parsing": "a moment, e.g. 2026-01-31T10:00:00+01:00",
    "datetime_from_date_parsing": "a moment, e.g. 2026-01-31T10:00:00+01:00",
    "timezone_aware": "a moment with its offset, e.g. 2026-01-31T10:00:00+01:00",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "dict_type": "a table",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "mapping_type": "a table",
    "model_type": "a table",
    "string_type": "text in quotes",
    "time_parsing": "a time of day, e.g. 10:00:00",
    "time_type": "a time of day, e.g. 10:00:00",
    "tuple_type": 'a list, e.g. ["a", "b"]',
}
_ABSENT = {
    "missing": "is missing",
    "string_too_short": "is empty",
    "too_short": "is an empty list",
}
_BOUNDS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
}


def near(word: str, known: Iterable[str]) -> str:
    """`did you mean "…"?` with the nearest known word, or the list of what there is."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else f"known: {listed(names)}"


def unknown_key(key: str, known: Iterable[str]) -> Finding:
    """A key nobody reads is a promise nobody keeps: refused, with the nearest name."""
    if key == "removed":
        return Finding((key,), "nothing inherited has this name", "leave the entry out")
    return Finding((key,), "unknown key", near(key, known))


def findings_of(error: ValidationError, fields: Mapping[str, FieldInfo]) -> Iterator[Finding]:
    """Every mistake pydantic found, those collected further down the tree included.

    `fields` are those of the model by the name written in the file; they lend the examples.
    """
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # there were entries, and each is told for itself
        path = tuple(step for step in detail["loc"] if step != "[key]")
        field = fields.get(str(path[0])) if path else None
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, ContradictionsError):
            yield from (finding.under(*path) for finding in cause.findings)
        elif isinstance(cause, WrongValueError):
            yield Finding(path, cause.what, cause.right)
        elif isinstance(cause, SlaError):
            yield Finding(path, cause.message, cause.hint)
        else:
            yield Finding(path, *_in_words(detail, field))


def _in_words(detail: ErrorDetails, field: FieldInfo | None) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _ABSENT:
        return _ABSENT[kind], _example(field)
    if kind == "value_error":
        return str(context["error"]), ""
    shown = _shown(detail["input"], field)
    if kind in {"enum", "literal_error"}:
        words = [
            word.strip("' ") for word in str(context["expected"]).replace(" or ", ",").split(",")
        ]
        return f"{shown} is not known here", near(str(detail["input"]), words)
    if kind in _BOUNDS:
        return f"{shown} is out of range", f"write {_BOUNDS[kind].format(**context)}"
    if kind in _KINDS:
        zoneless = kind == "timezone_aware"
        complaint = "does not say in which zone" if zoneless else "is of the wrong kind"
        return f"{shown} {complaint}", f"write {_KINDS[kind]}"
    return f"{shown}: {detail['msg'][0].lower()}{detail['msg'][1:]}", _example(field)


def _example(field: FieldInfo | None) -> str:
    if field is None:
        return ""
    about = field.description or "a value"
    about = f"write {about[0].lower()}{about[1:]}" if about[1:2].islower() else f"write {about}"
    if not field.examples:
        return about
    example = field.examples[0]
    shown = f'"{example}"' if isinstance(example, str) else _shown(example, None)
    return f"{about}, e.g. {shown}"


def _shown(value: Any, field: FieldInfo | None) -> str:
    """The value as written, shortened; a secret stays one."""
    secret = field is not None and "SecretStr" in str(field.annotation)
    if secret or isinstance(value, SecretStr):
        return "the value"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, Mapping):
        text = "a table"
    elif isinstance(value, list | tuple):
        text = f"[{', '.join(_shown(item, None) for item in value)}]"
    else:
        text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
