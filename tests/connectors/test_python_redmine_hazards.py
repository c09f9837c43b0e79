"""What python-redmine 2.5 does to its users, and that it is not done to ours.

Each hazard was reproduced with its own engine; an upgrade that brings one back fails here.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from decimal import Decimal

import pytest
from redminelib.version import __version__

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.sync.failures import Conflict, TimedOut
from redmine_sla.sync.ports import IssueUpdate
from tests.connectors.loopback import KEY, Answer, Loopback, Received, refusal


def gateway_to(server: Loopback, **options: float) -> RedmineGateway:
    return RedmineGateway(Connection(url=server.url, key=KEY, **options))  # type: ignore[arg-type]


def test_the_version_is_the_one_that_was_read() -> None:
    assert __version__.startswith("2.5."), "read its changes, then widen this and setup.cfg"


def test_timeouts_are_not_ignored() -> None:
    with Loopback(Answer(silence=5)) as server:
        began = time.monotonic()
        with pytest.raises(TimedOut):
            gateway_to(server, read_timeout=0.3).update_issue(IssueUpdate(12, note="x"))
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_the_key_is_sent_with_every_method(method: str) -> None:
    with Loopback(Answer('{"issue": {"id": 12, "journals": []}}', 201)) as server:
        gateway = gateway_to(server)
        list(gateway.issues([12]))
        gateway.create_issue({"project_id": 3, "subject": "x"})
        gateway.update_issue(IssueUpdate(12, note="x"))
    sent = [r for r in server.received if r.method == method]
    assert sent
    assert all(r.headers["X-Redmine-API-Key"] == KEY for r in sent)


def echo(request: Received) -> Answer:
    """A Redmine without tickets or pages, that takes whatever is written."""
    if request.path.startswith("/users/current.json"):
        return Answer('{"user": {"id": 5}}')
    if request.method == "GET":
        return refusal(404)
    if request.method == "POST":
        return Answer('{"issue": {"id": 1}}', 201)
    return Answer("", 204) if "issues" in request.path else Answer('{"wiki_page": {}}', 201)


def test_no_customers_page_is_written_into_anothers_wiki() -> None:
    with Loopback(choose=echo) as server:
        gateway = gateway_to(server)
        for project in (1, 2):
            gateway.save_wiki_page(
                project, "SLA", f"for customer {project}", comment="", version=None
            )
        gateway.save_wiki_page(1, "SLA", "for customer 1 again", comment="", version=1)
    written = [(r.path, r.json["wiki_page"]["text"]) for r in server.asked if r.method == "PUT"]
    assert written == [
        ("/projects/1/wiki/SLA.json", "for customer 1"),
        ("/projects/2/wiki/SLA.json", "for customer 2"),
        ("/projects/1/wiki/SLA.json", "for customer 1 again"),
    ]


def test_writes_of_many_threads_go_one_by_one_each_to_its_own_ticket() -> None:
    """Two at once share what python-redmine remembers of the address and the body."""

    def slowly(request: Received) -> Answer:
        return replace(echo(request), silence=0.02)

    def write(gateway: RedmineGateway, tickets: range) -> None:
        for ticket in tickets:
            gateway.update_issue(IssueUpdate(ticket, note=f"for {ticket}"))
            gateway.create_issue({"project_id": ticket, "subject": f"for {ticket}"})

    with Loopback(choose=slowly) as server:
        gateways = [gateway_to(server) for _ in range(4)]  # the memory is the process's, not theirs
        for gateway in gateways:
            gateway.me()
        threads = [
            threading.Thread(target=write, args=(gateways[n % 4], range(n * 10, n * 10 + 3)))
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    writes = [request for request in server.asked if request.method != "GET"]
    for request in writes:
        number = request.path.split("/")[2].removesuffix(".json")
        issue = request.json["issue"]
        assert issue in ({"notes": f"for {number}"}, {"subject": f"for {number}"})
    assert len(writes) == 2 * 8 * 3
    assert server.busiest == 1


def test_an_update_sends_the_fields_it_names_and_no_other() -> None:
    with Loopback(choose=echo) as server:
        gateway_to(server).update_issue(IssueUpdate(12, fields={7: "2026-05-06"}, priority=3))
    (request,) = server.asked
    assert request.json == {
        "issue": {"custom_fields": [{"id": 7, "value": "2026-05-06"}], "priority_id": 3}
    }


def test_creating_a_page_that_stands_overwrites_nothing() -> None:
    stands = Answer('{"wiki_page": {"title": "SLA", "text": "mine", "version": 3}}')
    with Loopback(stands) as server:
        with pytest.raises(Conflict):
            gateway_to(server).save_wiki_page(1, "SLA", "new", comment="", version=None)
        assert [r.method for r in server.asked] == ["GET"]


def test_words_that_look_like_dates_stay_words() -> None:
    row = '{"issue": {"id": 12, "custom_fields": [{"id": 7, "value": "2024-05-06"}]}}'
    with Loopback(Answer(row, 201)) as server:
        made = gateway_to(server).create_issue({"project_id": 1, "subject": "x"})
    assert made["custom_fields"][0]["value"] == "2024-05-06"


def test_hours_are_sent_as_they_were_counted() -> None:
    with Loopback(choose=echo) as server:
        fields = {"project_id": 1, "subject": "x", "estimated_hours": Decimal("0.1")}
        gateway_to(server).create_issue(fields)
    assert server.asked[0].json["issue"]["estimated_hours"] == "0.1"
