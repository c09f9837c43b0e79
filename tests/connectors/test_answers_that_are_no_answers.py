"""What comes back is not always what Redmine says: each case told apart, with a next step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.connectors.redmine.engine import RedmineEngine
from redmine_sla.errors import ExitCode
from redmine_sla.sync.failures import (
    Conflict,
    CutShort,
    Forbidden,
    NotFound,
    NotJson,
    Redirected,
    RedmineError,
    Refused,
    ServerFault,
    TooBusy,
    Unauthorized,
    WrongAnswer,
)
from redmine_sla.sync.ports import Absence, Missing
from tests.connectors.loopback import KEY, Answer, Loopback, page, refusal


def answer_of(answer: Answer, path: str = "/issues/12.json") -> Mapping[str, Any]:
    with Loopback(answer) as server:
        return RedmineEngine(connection=Connection(url=server.url, key=KEY, retries=0)).ask(path)


def trouble_of(answer: Answer, path: str = "/issues/12.json") -> RedmineError:
    with pytest.raises(RedmineError) as caught:
        answer_of(answer, path)
    assert caught.value.exit_code is ExitCode.REDMINE
    assert caught.value.method == "GET"
    assert caught.value.path == path
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (429, TooBusy),
        (503, TooBusy),
    ],
)
def test_redmines_own_refusals_are_told_apart(status: int, kind: type[RedmineError]) -> None:
    error = trouble_of(refusal(status))
    assert type(error) is kind
    assert error.status == status
    assert error.hint


@pytest.mark.parametrize("status", [200, 401, 403, 404])
def test_a_page_is_never_taken_for_redmines_word(status: int) -> None:
    error = trouble_of(page("Sign in · Example Ltd", status))
    assert type(error) is NotJson
    assert error.excerpt == "Sign in · Example Ltd"
    assert "address" in error.hint


@pytest.mark.parametrize(
    "foreign",
    [
        Answer("404 page not found\n", 404, "text/plain"),
        Answer("", 404, "text/html; charset=utf-8"),
        Answer('{"message": "no Route matched with those values"}', 404),
        Answer('{"message": "Forbidden"}', 403),
    ],
    ids=["traefik", "no-route-in-redmine", "kong", "cloud-firewall"],
)
def test_a_proxys_refusal_deletes_no_ticket(foreign: Answer) -> None:
    with Loopback(foreign) as server:
        gateway = RedmineGateway(Connection(url=server.url, key=KEY, retries=0))
        with pytest.raises(NotJson):
            list(gateway.issues([12]))


def test_a_page_that_broke_shows_its_title() -> None:
    error = trouble_of(page("We're sorry, but something went wrong (500)", 500))
    assert type(error) is ServerFault
    assert str(error).startswith(
        "GET /issues/12.json (500): broke while answering: \"We're sorry, but something went wrong"
    )


def test_an_excerpt_is_one_short_line() -> None:
    error = trouble_of(Answer("first\n\tsecond\x00 " + "long " * 1000, 200, "text/plain"))
    assert error.excerpt.startswith("first second long long")
    assert len(error.excerpt) == 200


def test_a_refusal_of_values_brings_redmines_own_words() -> None:
    said = {"errors": ["Subject cannot be blank", ["Priority", "is invalid"]]}
    error = trouble_of(Answer(json.dumps(said), 422))
    assert isinstance(error, Refused)
    assert error.messages == ("Subject cannot be blank", "Priority: is invalid")
    assert "Subject cannot be blank; Priority: is invalid" in str(error)


def test_a_refusal_of_values_without_words_is_still_a_refusal() -> None:
    assert isinstance(trouble_of(refusal(422)), Refused)


@pytest.mark.parametrize(
    "cut", [Answer('{"issue": {"id": 12, "subj'), Answer(""), Answer('{"issue": {}}', cut=4)]
)
def test_half_an_answer_is_none(cut: Answer) -> None:
    assert type(trouble_of(cut)) is CutShort


def test_a_redirect_to_https_names_the_right_address_and_is_not_followed() -> None:
    with Loopback() as server:
        target = server.url.replace("http://", "https://")
        moved = Answer("", 301, "text/html", {"Location": f"{target}/issues/12.json"})
        error = trouble_of(moved)
    assert isinstance(error, Redirected)
    assert f'set url = "{target}"' in error.hint


def test_a_redirect_to_another_machine_does_not_get_the_key() -> None:
    with Loopback(Answer('{"issue": {}}')) as stranger:
        away = Answer("", 302, "text/html", {"Location": f"{stranger.url}/issues/12.json"})
        error = trouble_of(away)
        assert not stranger.received
    assert isinstance(error, Redirected)
    assert stranger.url in str(error)


def test_a_redirect_to_a_login_says_what_to_let_through() -> None:
    login = Answer("", 302, "text/html", {"Location": "https://sso.example.com/login?rd=x"})
    error = trouble_of(login)
    assert isinstance(error, Redirected)
    assert "login stands before Redmine" in error.hint
    assert "rd=x" not in str(error)


def test_fractions_come_as_decimals() -> None:
    answer = answer_of(Answer('{"time_entries": [{"hours": 0.1}, {"hours": 7.35}]}'))
    assert repr(answer["time_entries"]) == (
        "[{'hours': Decimal('0.1')}, {'hours': Decimal('7.35')}]"
    )


def test_json_that_is_no_object_is_refused() -> None:
    assert type(trouble_of(Answer("[]"))) is WrongAnswer


def gateway_to(server: Loopback) -> RedmineGateway:
    return RedmineGateway(Connection(url=server.url, key=KEY, retries=0))


def test_a_list_without_its_key_is_not_an_empty_list() -> None:
    with Loopback(Answer('{"welcome": "to our API"}')) as server:
        pages = gateway_to(server).issue_pages(changed_since=None, projects=None)
        with pytest.raises(WrongAnswer, match=r'without a list of "issues" \(but with welcome'):
            list(pages)


def test_another_ticket_than_asked_for_is_refused() -> None:
    with (
        Loopback(Answer('{"issue": {"id": 13}}')) as server,
        pytest.raises(WrongAnswer, match="issue 13"),
    ):
        list(gateway_to(server).issues([12]))


def test_a_ticket_of_another_project_than_asked_for_is_refused() -> None:
    strange = {"id": 7, "project": {"id": 4}, "updated_on": "2026-11-02T08:00:00Z"}
    with Loopback(Answer(json.dumps({"issues": [strange], "total_count": 1}))) as server:
        pages = gateway_to(server).issue_pages(changed_since=None, projects=[1, 2])
        with pytest.raises(WrongAnswer, match="got 7 of project 4"):
            list(pages)


def test_no_projects_are_not_all_projects() -> None:
    with Loopback(Answer('{"issues": [], "total_count": 4000}')) as server:
        gateway = gateway_to(server)
        assert list(gateway.issue_pages(changed_since=None, projects=[])) == []
        assert gateway.issue_count([]) == 0
        assert list(gateway.time_entry_pages(spent_from=None, projects=[])) == []
        assert list(gateway.newest_time_entries([])) == []
        assert server.asked == []


def test_deleted_and_forbidden_tickets_are_told_apart() -> None:
    with Loopback(refusal(404), refusal(403)) as server:
        gateway = RedmineGateway(Connection(url=server.url, key=KEY, parallel=1))
        assert list(gateway.issues([12, 13])) == [
            Missing(12, Absence.DELETED),
            Missing(13, Absence.FORBIDDEN),
        ]
