"""How far the server's clock is from ours, by the header or by an empty feed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from tests.connectors.loopback import KEY, Answer, Loopback, Received

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def with_header(_: Received) -> Answer:
    late = datetime.now(UTC) + HOUR
    return Answer("", headers={"Date": format_datetime(late, usegmt=True)})


def with_feed(_: Received) -> Answer:
    early = (datetime.now(UTC) - HOUR).isoformat(timespec="seconds")
    return Answer(f"<feed><updated>{early}</updated></feed>", kind="application/atom+xml")


def with_entries(_: Received) -> Answer:
    return Answer("<feed><updated>2020-01-01T00:00:00Z</updated><entry></entry></feed>")


def gateway_to(server: Loopback) -> RedmineGateway:
    return RedmineGateway(Connection(url=server.url, key=KEY))


@pytest.mark.parametrize(("server_with", "skew"), [(with_header, HOUR), (with_feed, -HOUR)])
def test_a_clock_that_is_wrong_is_seen(
    server_with: Callable[[Received], Answer], skew: timedelta
) -> None:
    with Loopback(choose=server_with) as server:
        gateway = gateway_to(server)
        for _ in range(2):
            seen = gateway.clock_skew()
            assert seen is not None
            assert abs(seen - skew) <= SECOND
        told = gateway.server_time()
        assert told is not None
        assert abs(told - datetime.now(UTC) - skew) <= 2 * SECOND


def test_a_clock_that_nobody_shows_is_not_guessed() -> None:
    with Loopback(choose=with_entries) as server:
        gateway = gateway_to(server)
        assert gateway.clock_skew() is None
        assert gateway.server_time() is None
