"""A key that nothing reads says so in its description: nobody takes it for something that works."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from redmine_sla.contract import Contract, Desk, Terms
from redmine_sla.contract.base import Section, on_record
from redmine_sla.contract.promises.escalation import Step
from redmine_sla.contract.promises.intake import MailIntake

ROOT = Path(__file__).parents[2]
SAYS_SO = on_record("")
READ_BEFORE_IT_IS_A_MODEL = {"extends"}


def sections(above: type[Section] = Section) -> Iterator[type[Section]]:
    for section in above.__subclasses__():
        yield section
        yield from sections(section)


def keys() -> list[tuple[str, str, str]]:
    """Section, field and description of each key of the configuration, once."""
    return sorted(
        (section.__name__, name, field.description or "")
        for section in set(sections())
        for name, field in section.model_fields.items()
        if section.__module__.startswith("redmine_sla.") and name in section.__annotations__
    )


@cache
def attributes_read() -> frozenset[str]:
    """Every name that the code asks an object for."""
    sources = [*(ROOT / "redmine_sla").rglob("*.py"), *(ROOT / "connectors").rglob("*.py")]
    return frozenset(
        node.attr
        for source in sources
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    )


def test_a_key_that_nothing_reads_says_that_it_is_on_record() -> None:
    assert len(keys()) > 200
    silent = [
        f"{section}.{name}"
        for section, name, description in keys()
        if name not in attributes_read() | READ_BEFORE_IT_IS_A_MODEL and SAYS_SO not in description
    ]
    assert silent == []


@pytest.mark.parametrize("section", [Step, MailIntake])
def test_where_a_whole_table_is_on_record_each_of_its_keys_says_so(section: type[Section]) -> None:
    assert all(SAYS_SO in (field.description or "") for field in section.model_fields.values())


@pytest.mark.parametrize(
    ("section", "name"), [(Terms, "targets"), (Contract, "projects"), (Desk, "statuses")]
)
def test_what_works_does_not_say_that(section: type[Section], name: str) -> None:
    assert SAYS_SO not in (section.model_fields[name].description or "")
