"""A mirror grows with the program, and says so where the program is the older one."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from redmine_sla.mirror import Mirror, MirrorError
from redmine_sla.mirror.address import address_of
from redmine_sla.mirror.engine import engine_for
from redmine_sla.mirror.migrations import MIGRATIONS, Migration, migrate
from redmine_sla.mirror.schema import metadata


def test_the_steps_make_exactly_the_tables_that_are_used(mirror: Mirror) -> None:
    found = inspect(mirror._engine)
    assert set(found.get_table_names()) == {*metadata.tables, "migrations"}
    for table in metadata.tables.values():
        made = {column["name"]: column for column in found.get_columns(table.name)}
        assert list(made) == [column.name for column in table.columns]
        keys = found.get_pk_constraint(table.name)["constrained_columns"]
        assert keys == [column.name for column in table.primary_key]
        for column in table.columns:
            if not column.primary_key:
                assert made[column.name]["nullable"] == column.nullable, column


def test_steps_are_numbered_without_a_gap() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_a_later_step_keeps_what_is_held(url: str) -> None:
    with Mirror.open(url) as mirror, mirror.writing() as batch:
        batch.record("colour", "green")
    later = Migration(len(MIGRATIONS) + 1, "a colour", ("ALTER TABLE facts ADD COLUMN hue TEXT",))
    engine = engine_for(address_of(url))
    migrate(engine, address_of(url), (*MIGRATIONS, later))
    migrate(engine, address_of(url), (*MIGRATIONS, later))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT value, hue FROM facts")).all() == [("green", None)]
    engine.dispose()


def test_a_step_that_fails_leaves_nothing_of_itself(url: str) -> None:
    address = address_of(url)
    engine = engine_for(address)
    migrate(engine, address)
    broken = Migration(
        len(MIGRATIONS) + 1, "half", ("CREATE TABLE half (id INTEGER)", "CREATE TABLE half (")
    )
    with pytest.raises(Exception, match="half"):
        migrate(engine, address, (*MIGRATIONS, broken))
    assert not inspect(engine).has_table("half")
    engine.dispose()
    with Mirror.open(url) as mirror:
        assert mirror.ticket(1) is None


def test_a_mirror_of_a_newer_program_is_left_alone(url: str) -> None:
    address = address_of(url)
    engine = engine_for(address)
    future = Migration(len(MIGRATIONS) + 1, "the future", ("CREATE TABLE future (id INTEGER)",))
    migrate(engine, address, (*MIGRATIONS, future))
    engine.dispose()
    with pytest.raises(MirrorError, match=r"made by a newer redmine-sla .* knows 1\)") as caught:
        Mirror.open(url)
    assert "upgrade redmine-sla, or delete the mirror" in caught.value.hint
