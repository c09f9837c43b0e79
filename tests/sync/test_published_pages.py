"""The wiki page of a published quarter: nobody's words are written over, and nobody is asked to
sign a page that does not say what was published.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.quarter.freezing import is_published
from redmine_sla.sync.quarterly.publication import Publication, Step
from tests.sync.desk import Killed
from tests.sync.handover import Office, help_desk

TITLE = "SLA delta 2026Q3"
FORGED = f"# All promises kept\n\n2026Q3-delta-manifest.json SHA-256 {'0' * 64}\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(help_desk(), tmp_path)


def page(office: Office) -> dict[str, Any]:
    return dict(office.desk.content.pages[1, TITLE])


def edit(office: Office, text: str) -> None:
    row = page(office)
    office.desk.content.pages[1, TITLE] = row | {"text": text, "version": row["version"] + 1}
    office.desk.tick(3600)


def sign_offs(office: Office) -> int:
    return len(office.desk.content.issues) - 2


def stands(looked: Publication) -> str:
    """What is said of a page that is left as it is."""
    assert (looked.step, looked.changes) == (Step.UNCHANGED, ())
    (finding,) = looked.findings
    assert "it stays as it is" in finding
    return finding


def with_a_remark(text: str) -> str:
    return f"{text}\n\nRemark by Eva: seen with the customer on Monday.\n"


def with_other_figures(text: str) -> str:
    return text.replace("2026", "2062", 1)


def without_its_mark(text: str) -> str:
    return text.rstrip().rpartition("\n\n")[0]


@pytest.mark.parametrize("edited", [with_a_remark, with_other_figures, without_its_mark])
def test_what_people_write_on_it_stays_and_is_told(
    office: Office, edited: Callable[[str], str]
) -> None:
    office.publish()
    text = edited(page(office)["text"])
    edit(office, text)
    told = stands(office.look())
    assert 'wiki page "SLA delta 2026Q3" in p1 does not say what was published' in told
    assert "put version 1 back" in told
    office.publish()
    assert page(office)["text"] == text


@pytest.mark.parametrize(
    ("edited", "lost"),
    [
        (with_a_remark, ()),
        (without_its_mark, ()),
        (with_a_remark, ("manifest.json",)),
        (with_other_figures, ("manifest.json",)),
    ],
)
def test_a_run_makes_no_draft_of_a_quarter_that_was_handed_over(
    office: Office, edited: Callable[[str], str], lost: tuple[str, ...]
) -> None:
    office.publish()
    edit(office, edited(page(office)["text"]))
    if lost:
        office.remove(*lost)
    for mirror in ("mirror", "fresh"):
        assert "SLA delta 2026Q3" not in office.drafted(mirror=mirror)
        assert "SLA delta 2026Q4" in office.drafted(mirror=mirror)


def test_it_makes_one_of_a_quarter_that_was_not(office: Office) -> None:
    assert "SLA delta 2026Q3" in office.drafted(mirror="mirror")


def test_other_line_ends_are_no_other_words(office: Office) -> None:
    office.publish()
    edit(office, page(office)["text"].replace("\n", "\r\n") + "\r\n")
    assert office.look().findings == ()


def test_the_version_before_put_back_is_whole_again(office: Office) -> None:
    office.publish()
    text = page(office)["text"]
    edit(office, "Nothing of it")
    edit(office, text)
    assert office.look().findings == ()


def test_a_page_that_is_gone_is_written_again(office: Office) -> None:
    office.publish()
    text = page(office)["text"]
    office.desk.content.pages.clear()
    office.desk.tick(3600)
    assert office.publish().publication.step is Step.COMPLETED
    assert page(office)["text"] == text


def test_a_page_that_somebody_prepared_is_not_signed(office: Office) -> None:
    office.desk.content.pages[1, TITLE] = {"text": FORGED, "version": 1, "files": []}
    done = office.publish()
    assert done.publication.step is Step.NEW
    (finding,) = done.plan.findings
    assert "rename or delete the page" in finding
    assert (sign_offs(office), page(office)["text"]) == (0, FORGED)
    office.desk.tick(3600)
    stands(office.publish().publication)
    assert sign_offs(office) == 0
    office.desk.content.pages.clear()
    office.publish()
    assert sign_offs(office) == 1
    assert is_published(page(office)["text"])


def test_nobody_is_asked_to_sign_a_page_that_was_changed_before(office: Office) -> None:
    def kill(request: str) -> None:
        if request.startswith("new ticket"):
            raise Killed

    with pytest.raises(Killed):
        office.publish(hooks={"before": kill})
    text = page(office)["text"]
    edit(office, text.replace("2026", "2062", 1))
    stands(office.publish().publication)
    assert sign_offs(office) == 0
    edit(office, text)
    office.publish()
    assert sign_offs(office) == 1
