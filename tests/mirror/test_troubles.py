"""A mirror in trouble says which one it is, what is the matter, and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from redmine_sla.errors import ExitCode
from redmine_sla.mirror import Arrival, Mirror, MirrorError, engine
from tests.harness.errors import in_ci
from tests.mirror.postgres import Cluster
from tests.mirror.rows import issue, with_history

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
BIG = [Arrival(with_history(issue(n, description="x" * 9000)), True, True) for n in range(1, 60)]


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def fill(mirror: Mirror) -> None:
    with mirror.writing() as batch:
        batch.store_tickets(BIG, NOW)


def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "mirror.db"
    with Mirror.open(url_of(path)) as mirror:
        with mirror.writing() as batch:
            batch.store_tickets(BIG[:1], NOW)
        with mirror._engine.connect() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        mirror.close()
        with mirror._engine.connect() as connection:
            connection.execute(text(f"PRAGMA max_page_count = {pages + 5}"))
        with pytest.raises(MirrorError, match="there is no room left") as caught:
            fill(mirror)
        assert caught.value.exit_code is ExitCode.STORE
        assert str(path) in caught.value.message
        assert "make room on the disk" in caught.value.hint
    with Mirror.open(url_of(path)) as mirror:
        assert [ticket.id for ticket in mirror.tickets()] == [1]


@pytest.mark.slow
def test_a_quota_is_told_like_a_full_disk(tmp_path: Path) -> None:
    """In a process of its own, because the limit holds for all its files."""
    program = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from tests.mirror.test_troubles import *\n"
        "mirror = Mirror.open(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n"
        "    fill(mirror)\n"
        "except MirrorError as error:\n"
        "    print(error)\n"
    )
    url = url_of(tmp_path / "mirror.db")
    done = subprocess.run(
        [sys.executable, "-c", program, url], capture_output=True, text=True, check=True
    )
    assert "there is no room left" in done.stdout
    with Mirror.open(url) as mirror:
        assert list(mirror.tickets()) == []


def test_a_mirror_that_is_being_written_to_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    url = url_of(tmp_path / "mirror.db")
    with Mirror.open(url) as one, Mirror.open(url) as other, one.writing():
        with pytest.raises(MirrorError, match="another process is writing to it") as caught:
            fill(other)
        assert "wait until the other run has ended" in caught.value.hint


def test_a_short_wait_is_waited_out(tmp_path: Path) -> None:
    url = url_of(tmp_path / "mirror.db")
    with Mirror.open(url) as one, Mirror.open(url) as other:
        holding, release = threading.Event(), threading.Event()

        def hold() -> None:
            with one.writing():
                holding.set()
                release.wait(0.2)

        holder = threading.Thread(target=hold)
        holder.start()
        holding.wait()
        fill(other)
        holder.join()
        assert len(list(one.tickets())) == len(BIG)


def test_a_file_that_is_no_mirror_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "thesis.txt"
    path.write_text("Forty pages about something else entirely. " * 100)
    with pytest.raises(MirrorError, match="the file is damaged, or no mirror at all") as caught:
        Mirror.open(url_of(path))
    assert caught.value.hint == (
        f"delete {path}; it is a cache: the next run pulls everything again"
    )
    assert path.read_text().startswith("Forty pages")


def test_a_damaged_mirror_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mirror.db"
    with Mirror.open(url_of(path)) as mirror:
        fill(mirror)
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with Mirror.open(url_of(path)) as mirror, pytest.raises(MirrorError, match="damaged"):
        list(mirror.tickets())


@pytest.mark.skipif(os.geteuid() != 0 and not in_ci(), reason="only root can become somebody else")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    os.seteuid(65534)
    try:
        with pytest.raises(MirrorError, match=r"cannot be made or written \(") as caught:
            Mirror.open("sqlite:////var/lib/redmine-sla-nobody/mirror.db")
    finally:
        os.seteuid(0)
    assert "set another place for the mirror" in caught.value.hint


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(MirrorError, match="cannot be made or written"):
        Mirror.open(url_of(tmp_path / "state" / "mirror.db"))


@pytest.mark.postgres
def test_a_postgres_that_does_not_run_is_named_without_password() -> None:
    with pytest.raises(MirrorError, match="cannot be reached") as caught:
        Mirror.open("postgresql+psycopg://sla:s3cr3t@127.0.0.1:1/desk")
    assert "postgresql+psycopg://sla:***@127.0.0.1:1/desk" in caught.value.message
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.postgres
def test_a_database_that_does_not_exist_is_named(postgres: Cluster) -> None:
    url = f"postgresql+psycopg://sla:s3cr3t@/nowhere?host={postgres.folder}"
    with pytest.raises(MirrorError, match=r"nowhere.* does not exist|no such database") as caught:
        Mirror.open(url)
    assert "createdb" in caught.value.hint
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.postgres
def test_a_postgres_that_goes_away_is_named(postgres: Cluster) -> None:
    with Mirror.open(postgres.url_of("goes_away")) as mirror:
        fill(mirror)
        postgres.stop()
        try:
            with pytest.raises(MirrorError, match=r"going down|broke|reached"):
                list(mirror.tickets())
        finally:
            postgres.start()
        assert len(list(mirror.tickets())) == len(BIG)


def test_a_missing_driver_is_named_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MirrorError, match="driver for PostgreSQL is not installed") as caught:
        Mirror.open("postgresql+psycopg://sla@host/desk")
    assert "redmine-sla[postgres]" in caught.value.hint


def test_nothing_of_a_ticket_shows_in_an_error(tmp_path: Path) -> None:
    with Mirror.open(url_of(tmp_path / "mirror.db")) as mirror:
        with mirror._engine.begin() as connection:
            connection.execute(text("DROP TABLE names"))
        with pytest.raises(MirrorError) as caught, mirror.writing() as batch:
            batch.store_tickets(BIG[:1], NOW)
        assert "xxxx" not in str(caught.value)
        assert "xxxx" not in str(caught.value.__cause__)
        assert "Kovács" not in str(caught.value.__cause__)
