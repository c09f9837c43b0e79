"""The dead man's ping: harmless when it fails, and its address told to nobody."""

from __future__ import annotations

import pytest
import requests
import responses
from pydantic import SecretStr

from redmine_sla.connectors.ping import ping

SECRET = "0f5e-secret-uuid"
URL = SecretStr(f"https://hc-ping.example.com/{SECRET}")


def test_without_an_address_nothing_is_called() -> None:
    assert ping(None) == ""


@responses.activate
def test_the_address_is_called_once() -> None:
    called = responses.get(URL.get_secret_value(), body="OK")
    assert ping(URL) == ""
    assert called.call_count == 1


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (requests.ReadTimeout(SECRET), "no answer within 10 seconds"),
        (requests.ConnectionError(f"cannot reach {SECRET}"), "ConnectionError"),
    ],
)
@responses.activate
def test_a_failure_is_told_and_keeps_the_secret(failure: Exception, said: str) -> None:
    responses.get(URL.get_secret_value(), body=failure)
    told = ping(URL)
    assert said in told
    assert SECRET not in told


@responses.activate
def test_a_refusal_is_told() -> None:
    responses.get(URL.get_secret_value(), status=404)
    assert ping(URL) == "notifications.ping_url: answered 404"


def test_an_address_that_is_none_is_told() -> None:
    assert "could not be called" in ping(SecretStr(f"not a url {SECRET}"))
