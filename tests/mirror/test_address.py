"""Where mirrors lie, and how their addresses are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from redmine_sla.errors import SlaError
from redmine_sla.mirror import Mirror, default_url
from redmine_sla.mirror.address import address_of


@pytest.mark.parametrize(
    ("environ", "root", "place"),
    [
        ({"HOME": "/home/eva"}, False, "/home/eva/.local/state/redmine-sla/mirror.db"),
        ({"XDG_STATE_HOME": "/s", "HOME": "/h"}, False, "/s/redmine-sla/mirror.db"),
        ({"HOME": "/root"}, True, "/var/lib/redmine-sla/mirror.db"),
        ({"STATE_DIRECTORY": "/var/lib/sla:/x"}, True, "/var/lib/sla/mirror.db"),
    ],
)
def test_the_default_place_is_the_platforms(
    environ: dict[str, str], root: bool, place: str
) -> None:
    assert default_url(environ, root=root) == f"sqlite:///{place}"


def test_the_file_and_its_new_folder_are_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "mirror.db"
    with Mirror.open(f"sqlite:///{path}") as mirror:
        mirror.ticket(1)
        assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "mirror.db"
    path.touch(0o644)
    Mirror.open(f"sqlite:///{path}").close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_address_shows_no_password() -> None:
    address = address_of("postgresql://sla:s3cr3t@db.example/desk?password=0ther")
    assert str(address) == "postgresql+psycopg://sla:***@db.example/desk"
    assert "s3cr3t" not in repr(address)
    assert address.censored("no: s3cr3t, 0ther") == "no: ***, ***"


@pytest.mark.parametrize("url", ["mirror.db", "mysql://host/db", "sqlite://", "sqlite:///:memory:"])
def test_other_addresses_are_refused_with_an_example(url: str) -> None:
    with pytest.raises(SlaError, match="mirror's URL") as caught:
        address_of(url)
    assert "sqlite:////var/lib/redmine-sla/mirror.db" in caught.value.hint
