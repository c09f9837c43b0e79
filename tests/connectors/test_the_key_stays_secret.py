"""The API key is in one header of each request, and nowhere else that anybody reads."""

from __future__ import annotations

import logging
import pickle
import traceback
from pathlib import Path

import pytest

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.connectors.redmine.engine import RedmineEngine
from redmine_sla.sync.failures import RedmineError
from redmine_sla.sync.ports import IssueUpdate
from tests.connectors.loopback import KEY, Answer, Loopback, page

ECHO = Answer(f"<html>You sent X-Redmine-API-Key: {KEY}</html>", 200, "text/html")


def test_it_is_in_the_header_of_reads_and_writes_and_never_in_the_address() -> None:
    made = Answer('{"issue": {"id": 1, "issues": []}, "issues": []}', 201)
    with Loopback(made) as server:
        gateway = RedmineGateway(Connection(url=server.url, key=KEY))
        list(gateway.issue_pages(changed_since=None, projects=None))
        gateway.create_issue({"project_id": 1, "subject": "x"})
        gateway.update_issue(IssueUpdate(1, note="x"))
    assert {r.method for r in server.received} == {"GET", "POST", "PUT"}
    for request in server.received:
        assert request.headers["X-Redmine-API-Key"] == KEY
        assert "Authorization" not in request.headers
        assert "Cookie" not in request.headers
        assert KEY not in request.path
        assert KEY.encode() not in request.body


def test_errors_do_not_show_it_even_where_the_server_echoes_it() -> None:
    with Loopback(ECHO) as server, pytest.raises(RedmineError) as caught:
        RedmineEngine(connection=Connection(url=server.url, key=KEY)).ask("/issues.json")
    assert "***" in str(caught.value)
    shown = "".join(traceback.format_exception(caught.value))
    assert KEY not in shown
    assert KEY not in repr(vars(caught.value))


def test_nothing_shows_it_by_its_repr() -> None:
    connection = Connection(url="http://127.0.0.1:1", key=KEY)
    engine = RedmineEngine(connection=connection)
    gateway = RedmineGateway(connection)
    for thing in (connection, engine, gateway, vars(engine), vars(engine.session), vars(gateway)):
        assert KEY not in repr(thing)
        assert KEY not in str(thing)


def test_logs_at_their_loudest_do_not_show_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Loopback(page("Bad Gateway", 502), Answer('{"issues": []}')) as server:
        RedmineEngine(connection=Connection(url=server.url, key=KEY)).ask("/issues.json")
    assert any("GET /issues.json: 200" in line for line in caplog.messages)
    assert KEY not in caplog.text


def test_the_users_own_key_is_not_among_what_we_know_of_him() -> None:
    with Loopback() as server:
        me = RedmineGateway(Connection(url=server.url, key=KEY)).me()
    assert me["login"] == "sla-bot"
    assert KEY.encode() not in pickle.dumps(me)


def test_a_password_in_netrc_is_not_sent_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with Loopback(Answer('{"issues": []}')) as server:
        RedmineEngine(connection=Connection(url=server.url, key=KEY)).ask("/issues.json")
    assert "Authorization" not in server.received[0].headers


def test_a_proxy_of_the_environment_never_sees_what_stays_on_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Loopback(Answer('{"issues": []}')) as server, Loopback(page("proxy")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        RedmineEngine(connection=Connection(url=server.url, key=KEY)).ask("/issues.json")
        assert not proxy.received


def test_cookies_are_neither_kept_nor_sent() -> None:
    baked = Answer('{"issues": []}', headers={"Set-Cookie": "_redmine_session=abc; path=/"})
    with Loopback(baked) as server:
        engine = RedmineEngine(connection=Connection(url=server.url, key=KEY))
        engine.ask("/issues.json")
        engine.ask("/issues.json")
    assert "Cookie" not in server.received[1].headers
