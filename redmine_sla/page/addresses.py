"""Addresses of lists in Redmine, so that a number leads to the tickets behind it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode


def tickets_address(redmine: str, numbers: Iterable[int]) -> str:
    """The list of exactly these tickets, open or closed, in the Redmine at that address."""
    wanted = ",".join(str(number) for number in sorted(set(numbers)))
    filters = [
        ("set_filter", "1"),
        ("f[]", "issue_id"),
        ("op[issue_id]", "="),
        ("v[issue_id][]", wanted),
        ("sort", "id"),
    ]
    return f"{redmine}/issues?{urlencode(filters)}"
