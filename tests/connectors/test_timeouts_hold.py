"""A cron run must never hang on a Redmine that does not answer, or answers for ever."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from redmine_sla.connectors.redmine.connection import Connection
from redmine_sla.connectors.redmine.engine import RedmineEngine
from redmine_sla.sync.failures import TimedOut
from tests.connectors.loopback import KEY, Answer, Loopback


@contextmanager
def within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def engine(server: Loopback, **patience: Any) -> RedmineEngine:
    return RedmineEngine(
        connection=Connection(url=server.url, key=KEY, **{"retries": 0, **patience})
    )


def test_a_silent_server_times_out() -> None:
    with Loopback(Answer(silence=5)) as server, within(2), pytest.raises(TimedOut) as caught:
        engine(server, read_timeout=0.3).ask("/issues.json")
    assert caught.value.method == "GET"
    assert caught.value.path == "/issues.json"
    assert "read_timeout" in caught.value.hint


def test_a_server_that_never_accepts_times_out() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        address = deaf.getsockname()
        filling = [socket.socket() for _ in range(3)]
        for crowd in filling:
            crowd.setblocking(False)
            crowd.connect_ex(address)
        url = f"http://127.0.0.1:{address[1]}"
        with within(3), pytest.raises(TimedOut):
            RedmineEngine(
                connection=Connection(
                    url=url, key=KEY, retries=0, connect_timeout=0.3, read_timeout=0.3
                )
            ).ask("/issues.json")
        for crowd in filling:
            crowd.close()


def test_a_body_that_drips_for_ever_ends_at_the_deadline() -> None:
    endless = Answer(body=" " * 1000, drip=0.05)  # each byte well within the read timeout
    with Loopback(endless) as server, within(2.5), pytest.raises(TimedOut):
        engine(server, read_timeout=1, deadline=0.6).ask("/issues.json")


def test_headers_that_drip_for_ever_end_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            peer, _ = listening.accept()
            with peer:
                peer.recv(65536)
                for _ in range(200):
                    try:
                        peer.send(b"X")
                    except OSError:
                        return
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        patience = Connection(url=url, key=KEY, retries=0, read_timeout=1, deadline=0.6)
        with within(2.5), pytest.raises(TimedOut):
            RedmineEngine(connection=patience).ask("/issues.json")


def test_the_deadline_holds_for_all_repetitions_together() -> None:
    with Loopback(Answer(silence=5)) as server, within(3):
        with pytest.raises(TimedOut):
            engine(server, read_timeout=0.3, deadline=1, retries=50).ask("/issues.json")
        assert 2 <= len(server.received) <= 5


def test_a_slow_but_steady_answer_is_read_to_its_end() -> None:
    steady = Answer(body='{"issues": []}', drip=0.05)
    with Loopback(steady) as server:
        assert engine(server, read_timeout=0.3).ask("/issues.json") == {"issues": []}
