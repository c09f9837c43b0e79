"""The real servers do what the tests on them rely on."""

from __future__ import annotations

import pytest

from tests.harness.server import RedmineServer

pytestmark = pytest.mark.real


def test_a_reset_undoes_what_was_done_by_rest(redmine: RedmineServer) -> None:
    redmine.admin.post("/projects.json", {"project": {"name": "Desk", "identifier": "desk"}})
    redmine.restore()
    assert redmine.admin.get("/projects.json")["total_count"] == 0
