"""What a run puts on the contract's page: the schedule, and a file that changes but weekly."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from redmine_sla.mirror import Mirror
from redmine_sla.page import Memo, Page, render
from redmine_sla.sync.schedules import FILENAME, Schedule, schedule_of
from tests.duty.telling import owing
from tests.duty.test_made_once import WEEKLY, book, hold
from tests.duty.test_made_once import mirror as mirror_with_a_ticket
from tests.notation import instant

mirror = mirror_with_a_ticket


def schedule(mirror: Mirror, at: str) -> Schedule:
    return schedule_of(book(mirror).bench, mirror, WEEKLY, instant(at))


def test_the_page_leads_to_the_file_that_goes_with_it(mirror: Mirror) -> None:
    found = schedule(mirror, "2026-03-26 12:00")
    (file,) = found.attachments
    assert (file.filename, file.content_type) == (FILENAME, "text/calendar")
    for markup in ("textile", "common_mark"):
        said, *_ = render(Page(found.blocks[-2:]), markup).splitlines()
        assert said.endswith(" attachment:schedule.ics")
    days = [str(event["UID"])[-10:] for event in Calendar.from_ical(file.content).walk("VEVENT")]
    assert (days[0], days[-1]) == ("2026-01-06", "2026-06-30")  # the quarters around


def test_the_source_notes_the_files_edition_and_its_reader_is_not_shown_it(mirror: Mirror) -> None:
    found = schedule(mirror, "2026-03-26 12:00")
    (file,) = found.attachments
    assert found.blocks[-1] == Memo(f"schedule.ics {file.sha256[:8]}")
    assert file.sha256[:8] not in str(found.blocks[:-1])


def test_tickets_made_within_a_week_change_the_page_at_once_and_the_file_with_the_next(
    mirror: Mirror,
) -> None:
    before = schedule(mirror, "2026-03-16 08:00")
    hold(mirror, 2, "acme/review/2026-03-24")  # made on 1 March
    same_day = schedule(mirror, "2026-03-16 09:00")
    assert same_day.blocks != before.blocks
    file, after = (schedule(mirror, at).attachments for at in ("2026-03-20 12:00", "2026-03-22"))
    assert file == after
    assert b"issues/2" in file[0].content


@pytest.mark.parametrize("at", ["2026-02-24 08:00", "2026-02-28 23:59"])
def test_a_file_knows_nothing_of_tickets_made_after_its_week_began(mirror: Mirror, at: str) -> None:
    hold(mirror, 2, "acme/review/2026-03-24")
    assert b"issues/2" not in schedule(mirror, at).attachments[0].content


def test_without_anything_to_show_there_is_neither(mirror: Mirror, tmp_path: Path) -> None:
    unseen = owing("FREQ=WEEKLY;BYDAY=TU", "visible = false")
    bench = book(mirror, unseen).bench
    assert schedule_of(bench, mirror, unseen, instant("2026-03-26 12:00")) == Schedule()
