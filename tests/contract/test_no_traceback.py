"""Whatever stands in a file, its writer reads a complaint and never a traceback."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redmine_sla.contract import (
    ConfigurationError,
    Desk,
    Problem,
    contract_from_mapping,
    profile_text,
)
from redmine_sla.contract.checks.lint import warnings_of
from redmine_sla.contract.files.document import Documents
from redmine_sla.contract.files.lines import lines_of
from redmine_sla.contract.findings import Path as Keys
from redmine_sla.contract.tree import Node

EXAMPLES = Path(__file__).parents[2] / "examples" / "contracts"
NAMES = ("crm-support", "outsourced-it", "help-desk", "cloud-erp", "information-system")
JUNK: tuple[Any, ...] = (
    0,
    -1,
    True,
    Decimal("0.5"),
    0.5,
    "",
    "junk",
    "8h",
    "agreed",
    "24/7",
    [],
    [1],
    ["junk"],
    [{}],
    {},
    {"junk": {"junk": 1}},
    date(2026, 2, 28),
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2026, 1, 1, tzinfo=UTC),
)


@cache
def text(name: str, file: str) -> str:
    (path,) = (EXAMPLES / name).glob(file)
    return path.read_text(encoding="utf-8")


def spoiled(document: Any, path: Keys, junk: Any) -> Any:
    """The document with `junk` in the place of what stands at the path."""
    if not path:
        return junk
    if isinstance(document, Mapping):
        return {**document, path[0]: spoiled(document[path[0]], path[1:], junk)}
    at = int(path[0])
    return [*document[:at], spoiled(document[at], path[1:], junk), *document[at + 1 :]]


def places(written: str) -> list[Keys]:
    return sorted(lines_of(written), key=str)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_spoiled_contract_is_complained_about_or_good(name: str, data: st.DataObject) -> None:
    files = (profile_text(name), text(name, "contracts/*.toml"))
    below, own = (tomllib.loads(file, parse_float=Decimal) for file in files)
    both = {**below, **own, "extends": name}
    written = data.draw(st.sampled_from(files))
    path = data.draw(st.sampled_from([path for path in places(written) if _there(both, path)]))
    junk = data.draw(st.sampled_from(JUNK))
    complained = _complaints(spoiled(both, path, junk), name)
    assert all(problem.what for problem in complained)


def _complaints(mapping: Mapping[str, Any], name: str) -> tuple[Problem, ...]:
    try:
        contract = contract_from_mapping(mapping, name)
    except ConfigurationError as error:
        return error.problems
    assert all(str(warned.finding) for warned in warnings_of(contract))
    return ()


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_spoiled_desk_is_complained_about_or_good(data: st.DataObject) -> None:
    written = text("information-system", "sla.toml")
    path = data.draw(st.sampled_from(places(written)))
    junk = data.draw(st.sampled_from(JUNK))
    documents = Documents()
    desk = documents.read(Desk, Node.of(spoiled(tomllib.loads(written), path, junk), "sla.toml"))
    assert (desk is None) is bool(documents.problems)


def _there(document: Any, path: Keys) -> bool:
    for step in path:
        if isinstance(document, Mapping) and step in document:
            document = document[str(step)]
        elif isinstance(document, list) and isinstance(step, int) and step < len(document):
            document = document[step]
        else:
            return False
    return True
