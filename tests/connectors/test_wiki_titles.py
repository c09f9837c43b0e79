"""A page is found under the title Redmine made of ours, and under the one it was renamed to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.connectors.redmine.wiki import page_path, wiki_title
from redmine_sla.sync.failures import Redirected
from tests.connectors.loopback import KEY, ME, Answer, Loopback, Received


@pytest.mark.parametrize(
    ("ours", "redmines"),
    [
        ("Service level", "Service_level"),
        ("számlák  2026", "Számlák_2026"),
        ("SLA: A/B v1.0?", "SLA_AB_v10"),
    ],
)
def test_titles_are_written_as_redmine_writes_them(ours: str, redmines: str) -> None:
    assert wiki_title(ours) == redmines


def test_addresses_are_quoted() -> None:
    assert page_path(3, "számlák 2026") == "/projects/3/wiki/Sz%C3%A1ml%C3%A1k_2026.json"


@contextmanager
def renaming_to(location: str) -> Iterator[RedmineGateway]:
    def choose(request: Received) -> Answer:
        if request.path.startswith("/users/current.json"):
            return Answer(json.dumps(ME))
        path = request.path.partition("?")[0]
        if path == "/projects/3/wiki/SLA.json":
            return Answer("", 302, "text/html", {"Location": location})
        return Answer(json.dumps({"wiki_page": {"title": "asked", "text": path}}))

    with Loopback(choose=choose) as server:
        yield RedmineGateway(Connection(url=server.url, key=KEY))


def test_a_renamed_page_is_followed_by_its_title_alone() -> None:
    """A proxy often lets Redmine believe in another host or scheme than ours."""
    inner = "https://inner.example.com/projects/desk/wiki/Sz%C3%A1ml%C3%A1k"
    with renaming_to(inner) as gateway:
        page = gateway.wiki_page(3, "SLA")
    assert page is not None
    assert page["text"] == "/projects/3/wiki/Sz%C3%A1ml%C3%A1k.json"


@pytest.mark.parametrize(
    "location", ["https://redmine.example.com/projects/3/wiki/SLA.json", "/login?back_url=x"]
)
def test_other_redirects_are_no_renaming(location: str) -> None:
    with renaming_to(location) as gateway, pytest.raises(Redirected):
        gateway.wiki_page(3, "SLA")
