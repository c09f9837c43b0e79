"""An address or key that cannot be right is refused before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from redmine_sla.connectors.redmine import Connection
from redmine_sla.errors import ExitCode, SlaError
from tests.connectors.loopback import KEY


@pytest.mark.parametrize(
    "url",
    [
        "https://redmine.example.com",
        "https://example.com:8443/redmine",
        "http://localhost:3000",
        "http://127.0.0.1:3000",
        "http://[::1]:3000",
    ],
)
def test_good_addresses(url: str) -> None:
    assert Connection(url=f" {url}/ ", key=KEY).url == url


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("redmine.example.com", "is not an http(s) URL"),
        ("", "is not an http(s) URL"),
        ("ftp://redmine.example.com", "is not an http(s) URL"),
        ("https://", "is not an http(s) URL"),
        ("https://me:secret@redmine.example.com", "must not carry a user or password"),
        ("https://redmine.example.com/issues?key=1", "must not carry a query"),
        ("http://redmine.example.com", "is plain http"),
        ("http://127.0.0.1.example.com", "is plain http"),
    ],
)
def test_bad_addresses(url: str, complaint: str) -> None:
    with pytest.raises(SlaError) as caught:
        Connection(url=url, key=KEY)
    assert complaint in str(caught.value)
    assert caught.value.exit_code is ExitCode.USAGE
    assert "secret" not in str(caught.value)
    assert caught.value.hint


def test_plain_http_to_elsewhere_is_a_choice() -> None:
    Connection(url="http://redmine.internal", key=KEY, allow_http=True)


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "kulcs-ő"])
def test_a_key_that_cannot_be_one(key: str) -> None:
    with pytest.raises(SlaError) as caught:
        Connection(url="https://redmine.example.com", key=key)
    assert not key or key not in str(caught.value)


def test_a_bundle_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SlaError, match="No such file"):
        Connection(url="https://redmine.example.com", key=KEY, ca_bundle=tmp_path / "ca.pem")


def test_a_bundle_that_holds_no_certificate(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("-----BEGIN PRIVATE MATTERS-----")
    with pytest.raises(SlaError, match="holds no certificate"):
        Connection(url="https://redmine.example.com", key=KEY, ca_bundle=bundle)


def test_numbers_that_make_no_sense() -> None:
    with pytest.raises(SlaError, match="deadline must be more than 0 seconds"):
        Connection(url="https://redmine.example.com", key=KEY, deadline=0)
    with pytest.raises(SlaError, match="parallel must be at least 1"):
        Connection(url="https://redmine.example.com", key=KEY, parallel=0)
