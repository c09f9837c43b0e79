"""Contracts' names in the names of files: what a quarter publishes is found again by those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from redmine_sla.contract.contract import Contract
from redmine_sla.contract.findings import Finding

_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+")
_PARTS = r"(-restatement-\d+)?(-manifest|-draft)?"
"""What follows a contract's name in the names of a quarter's files."""


def clashing_names(contracts: Sequence[Contract]) -> Iterator[tuple[Contract, Finding]]:
    """Each contract whose files would be taken for those of another one, and what is wrong."""
    shortest_first = sorted(contracts, key=lambda one: (len(_in_file_names(one.name)), one.name))
    for first, second in combinations(shortest_first, 2):
        form = re.escape(_in_file_names(first.name)) + _PARTS
        if first.name != second.name and re.fullmatch(form, _in_file_names(second.name)):
            yield (
                second,
                Finding(
                    ("name",),
                    f'a quarter\'s files of "{second.name}" would pass for those of contract '
                    f"{first.name}",
                    "rename the contract's file, or write another name",
                ),
            )


def _in_file_names(name: str) -> str:
    """A quarter's files are found again whatever their capitals."""
    return _NOT_IN_FILE_NAMES.sub("-", name).casefold()
