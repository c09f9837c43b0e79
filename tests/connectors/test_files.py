"""Files to and from Redmine, as a real one will not do on demand: lies, limits, silence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import pytest

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.plan import Attachment
from redmine_sla.sync.failures import NotFound, ServerFault, TimedOut, TooLarge, WrongAnswer
from redmine_sla.sync.ports import StoredFile
from tests.connectors.loopback import KEY, ME, Answer, Loopback, Received, page

CONTENT = b"%PDF-1.7"
FILE = StoredFile(
    id=12,
    filename="Q3 report.pdf",
    size=len(CONTENT),
    address="https://elsewhere.example.com/attachments/download/12/Q3%20report.pdf",
    digest=hashlib.sha256(CONTENT).hexdigest(),
)
REPORT = Attachment("Q3 report.pdf", CONTENT, "application/pdf", "The quarter")


def gateway_to(server: Loopback, **options: float) -> RedmineGateway:
    return RedmineGateway(Connection(url=server.url, key=KEY, **options))  # type: ignore[arg-type]


def answering(**answers: Answer) -> Callable[[Received], Answer]:
    """By the kind of request: who we are, `upload`, `publish`."""

    def choose(request: Received) -> Answer:
        if request.path.startswith("/users/current.json"):
            return Answer(json.dumps(ME))
        return answers["upload" if request.path.startswith("/uploads") else "publish"]

    return choose


TAKEN = Answer('{"upload": {"id": 7, "token": "7.abc"}}', 201)


def test_a_file_is_sent_as_its_bytes_and_then_taken_by_its_token() -> None:
    with Loopback(choose=answering(upload=TAKEN, publish=Answer("", 204))) as server:
        gateway_to(server).publish_file(3, 5, REPORT)
    upload, publish = server.asked
    assert upload.path == "/uploads.json?filename=Q3+report.pdf&content_type=application%2Fpdf"
    assert upload.headers["Content-Type"] == "application/octet-stream"
    assert upload.body == CONTENT
    assert (publish.method, publish.path) == ("POST", "/projects/3/files.json")
    assert publish.json == {
        "file": {
            "token": "7.abc",
            "filename": "Q3 report.pdf",
            "content_type": "application/pdf",
            "description": "The quarter",
            "version_id": 5,
        }
    }


@pytest.mark.parametrize("failing", ["upload", "publish"])
def test_no_part_of_it_is_sent_twice(failing: str) -> None:
    answers = {"upload": TAKEN, "publish": Answer("", 204), failing: Answer("", 500)}
    with Loopback(choose=answering(**answers)) as server:
        with pytest.raises(ServerFault) as caught:
            gateway_to(server).publish_file(3, 5, REPORT)
        assert len(server.asked) == (1 if failing == "upload" else 2)
    assert caught.value.outcome_unknown


def test_an_answer_that_does_not_come_leaves_open_whether_it_was_published() -> None:
    silent = Answer("", 204, silence=2)
    with Loopback(choose=answering(upload=TAKEN, publish=silent)) as server:
        with pytest.raises(TimedOut) as caught:
            gateway_to(server, read_timeout=0.2).publish_file(3, 5, REPORT)
        assert len(server.asked) == 2
    assert caught.value.outcome_unknown


def test_a_web_server_before_redmine_that_finds_it_too_large() -> None:
    too_large = page("413 Request Entity Too Large", 413)
    with Loopback(choose=answering(upload=too_large)) as server, pytest.raises(TooLarge) as caught:
        gateway_to(server).publish_file(3, 5, REPORT)
    assert "client_max_body_size" in caught.value.hint


def test_a_file_is_fetched_where_redmine_is_and_nowhere_else() -> None:
    with Loopback(Answer(CONTENT, kind="application/pdf")) as server:
        assert gateway_to(server).download(FILE, at_most=100) == CONTENT
    (request,) = server.asked
    assert request.path == "/attachments/download/12/Q3%20report.pdf"


def test_a_read_that_breaks_off_is_made_again() -> None:
    answers = [Answer(CONTENT, cut=3), Answer(CONTENT)]
    with Loopback(*answers) as server:
        assert gateway_to(server).download(FILE, at_most=100) == CONTENT


def test_no_more_is_taken_in_than_wanted_whatever_is_sent() -> None:
    flood = Answer(bytes(10**6), kind="application/pdf")
    with Loopback(flood) as server, pytest.raises(WrongAnswer, match="more than 100 bytes"):
        gateway_to(server).download(FILE, at_most=100)


@pytest.mark.parametrize("sent", [b"%PDF-1.8", b"%PDF", b""])
def test_other_bytes_than_were_listed_are_told(sent: bytes) -> None:
    with Loopback(Answer(sent)) as server, pytest.raises(WrongAnswer, match="not those"):
        gateway_to(server).download(FILE, at_most=100)


def test_a_file_that_is_gone_is_not_found_though_redmine_answers_a_page() -> None:
    with Loopback(page("Not found", 404)) as server, pytest.raises(NotFound):
        gateway_to(server).download(FILE, at_most=100)
