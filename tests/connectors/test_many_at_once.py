"""Many tickets are read at once: in order, bounded, and ended cleanly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import pytest

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.connectors.redmine.parallel import AHEAD, in_order
from redmine_sla.sync.failures import RestDisabled, ServerFault, Unauthorized
from redmine_sla.sync.ports import Absence, Missing
from tests.connectors.loopback import KEY, ME, Answer, Loopback, Received, refusal


def ticket(request: Received) -> Answer:
    if request.path.startswith("/users/current.json"):
        return Answer(json.dumps(ME))
    number = int(request.path.split("/")[2].partition(".")[0])
    silence = 0.03 if number % 3 else 0  # so that later ones are often ready earlier
    return Answer(json.dumps({"issue": {"id": number, "journals": []}}), silence=silence)


def test_tickets_come_in_the_order_asked() -> None:
    numbers = [5, 3, 9, 1, 7, 2, 8, 4, 6] * 4
    with Loopback(choose=ticket) as server:
        gateway = RedmineGateway(Connection(url=server.url, key=KEY, parallel=4))
        rows = list(gateway.issues(numbers))
    assert [row["id"] for row in rows if not isinstance(row, Missing)] == numbers
    assert 2 <= server.busiest <= 4


def test_only_a_few_are_begun_before_they_are_taken() -> None:
    def endless() -> Iterator[int]:
        number = 0
        while True:
            number += 1
            begun.append(number)
            yield number

    begun: list[int] = []
    results = in_order(lambda number: number, endless(), workers=3)
    for taken in range(1, 50):
        assert next(results) == taken
        assert len(begun) - taken < 3 * AHEAD
    results.close()


def test_an_error_comes_out_and_the_rest_is_not_begun() -> None:
    def work(number: int) -> int:
        done.append(number)
        if number == 5:
            raise ServerFault.__new__(ServerFault)
        return number

    done: list[int] = []
    with pytest.raises(ServerFault):
        list(in_order(work, range(1000), workers=2))
    assert len(done) < 20


def test_whoever_stops_taking_does_not_wait_for_a_deaf_server() -> None:
    def deaf(request: Received) -> Answer:
        answer = ticket(request)
        return Answer(answer.body, silence=30) if "/issues/3" in request.path else answer

    with Loopback(choose=deaf) as server:
        gateway = RedmineGateway(Connection(url=server.url, key=KEY))
        rows = gateway.issues(range(1, 1000))
        next(rows)
        began = time.monotonic()
        del rows
        assert time.monotonic() - began < 2
    assert not [t for t in threading.enumerate() if t.name.startswith("redmine-read")]


@pytest.mark.parametrize(("status", "error"), [(401, Unauthorized), (403, RestDisabled)])
def test_a_forbidden_ticket_makes_us_look_whether_we_are_still_known(
    status: int, error: type[Exception]
) -> None:
    def turned_off(request: Received) -> Answer:
        if request.path.startswith("/users/current.json"):
            return Answer(json.dumps(ME)) if len(server.received) == 1 else refusal(status)
        return refusal(403)

    with Loopback(choose=turned_off) as server:
        gateway = RedmineGateway(Connection(url=server.url, key=KEY))
        with pytest.raises(error):
            list(gateway.issues(range(1, 50)))


def test_many_forbidden_tickets_make_us_look_once() -> None:
    def private(request: Received) -> Answer:
        if request.path.startswith("/users/current.json"):
            return Answer(json.dumps(ME))
        return refusal(403)

    with Loopback(choose=private) as server:
        gateway = RedmineGateway(Connection(url=server.url, key=KEY))
        found = list(gateway.issues(range(1, 51)))
        assert found == [Missing(n, Absence.FORBIDDEN) for n in range(1, 51)]
        assert len(server.received) == 52


def test_connections_are_kept_and_shared() -> None:
    with Loopback(choose=ticket) as server:
        gateway = RedmineGateway(Connection(url=server.url, key=KEY, parallel=4))
        list(gateway.issues(range(1, 40)))
        list(gateway.issues(range(1, 40)))
    assert len({request.peer for request in server.received}) <= 5
