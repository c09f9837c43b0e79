"""Reads are repeated a few times where that may help; writes never are."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from redmine_sla.connectors.redmine.connection import Connection
from redmine_sla.connectors.redmine.engine import Attempt, RedmineEngine
from redmine_sla.sync.failures import (
    CutShort,
    RedmineError,
    ServerFault,
    TimedOut,
    TooBusy,
    Unreachable,
)
from redmine_sla.sync.ports import RequestCount
from tests.connectors.loopback import KEY, Answer, Loopback, page, refusal

GOOD = Answer('{"issues": []}')


def engine(server: Loopback, **options: Any) -> RedmineEngine:
    return RedmineEngine(connection=Connection(url=server.url, key=KEY, **options))


@pytest.mark.parametrize(
    "trouble",
    [
        page("502 Bad Gateway", 502),
        page("Service unavailable", 503),
        refusal(503),
        refusal(429),
        page("We're sorry, but something went wrong (500)", 500),
        Answer('{"issues": [', kind="application/json"),
        Answer('{"issues": []}', cut=5),
    ],
    ids=["502", "503-page", "503", "429", "500", "invalid-json", "cut-body"],
)
def test_a_read_is_repeated_through_passing_trouble(trouble: Answer) -> None:
    with Loopback(trouble, GOOD) as server:
        asking = engine(server)
        assert asking.ask("/issues.json") == {"issues": []}
    assert asking.requests_made == RequestCount(reads=2, writes=0, retries=1)


@pytest.mark.parametrize("method", ["post", "put"])
@pytest.mark.parametrize(
    ("trouble", "error", "unknown"),
    [
        (page("502 Bad Gateway", 502), ServerFault, True),
        (refusal(503, Retry_After="0"), TooBusy, False),
        (refusal(429, Retry_After="0"), TooBusy, False),
        (Answer('{"issue": {', cut=3), CutShort, True),
        (Answer(silence=2), TimedOut, True),
    ],
    ids=["502", "503", "429", "cut", "silence"],
)
def test_a_write_is_sent_once_whatever_comes_of_it(
    method: str, trouble: Answer, error: type[RedmineError], unknown: bool
) -> None:
    with Loopback(trouble, GOOD) as server:
        writing = engine(server, read_timeout=0.3)
        with pytest.raises(error) as caught:
            writing.request(method, f"{server.url}/issues.json", data={"issue": {"notes": "x"}})
        assert len(server.received) == 1
    assert caught.value.outcome_unknown is unknown
    assert writing.requests_made == RequestCount(reads=0, writes=1, retries=0)


def test_reads_end_with_the_trouble_itself_when_it_stays() -> None:
    with Loopback(page("502 Bad Gateway", 502)) as server:
        with pytest.raises(ServerFault, match="502 Bad Gateway"):
            engine(server, retries=2).ask("/issues.json")
        assert len(server.received) == 3


def test_retry_after_is_respected() -> None:
    with Loopback(refusal(429, Retry_After="1"), GOOD) as server:
        began = time.monotonic()
        engine(server).ask("/issues.json")
        assert 0.9 < time.monotonic() - began < 3


@pytest.mark.parametrize("options", [{"deadline": 5}, {"longest_pause": 5}])
def test_a_pause_longer_than_our_patience_is_told_at_once(options: dict[str, Any]) -> None:
    with Loopback(refusal(503, Retry_After="3600"), GOOD) as server:
        began = time.monotonic()
        with pytest.raises(TooBusy, match="asks to wait 3600 s") as caught:
            engine(server, **options).ask("/issues.json")
        assert time.monotonic() - began < 2
        assert len(server.received) == 1
    assert caught.value.retry_after == 3600


def test_nonsense_in_retry_after_asks_for_nothing() -> None:
    with Loopback(refusal(429, Retry_After="soon"), GOOD) as server:
        engine(server).ask("/issues.json")
        assert len(server.received) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 409])
def test_a_refusal_is_not_repeated(status: int) -> None:
    with Loopback(refusal(status)) as server:
        with pytest.raises(RedmineError):
            engine(server).ask("/issues/1.json")
        assert len(server.received) == 1


def test_a_server_that_is_not_there_is_asked_again_then_named() -> None:
    with Loopback(GOOD) as server:
        pass  # gone
    asking = engine(server, retries=1)
    with pytest.raises(Unreachable, match="refuses the connection") as caught:
        asking.ask("/issues.json")
    assert asking.requests_made == RequestCount(reads=2, writes=0, retries=1)
    assert "running" in caught.value.hint


def test_requests_are_counted_right_by_many_threads() -> None:
    with Loopback(GOOD) as server:
        asking = engine(server, parallel=8)
        threads = [
            threading.Thread(target=lambda: [asking.ask("/issues.json") for _ in range(25)])
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert asking.requests_made == RequestCount(reads=200, writes=0, retries=0)


def test_a_hook_hears_of_each_request_as_it_went() -> None:
    heard: list[Attempt] = []
    with Loopback(page("Bad Gateway", 502), GOOD) as server:
        connection = Connection(url=server.url, key=KEY)
        RedmineEngine(connection=connection, hook=heard.append).ask(
            "/issues.json", [("f[]", "status_id"), ("op[status_id]", "*")]
        )
    assert [(a.method, a.path, a.status, a.number) for a in heard] == [
        ("GET", "/issues.json?f[]=status_id&op[status_id]=*", 502, 1),
        ("GET", "/issues.json?f[]=status_id&op[status_id]=*", 200, 2),
    ]
    assert str(heard[1]).endswith("ms, attempt 2")
