"""What every mirror keeps and gives back, whatever database it lies in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from redmine_sla.mirror import Arrival, Departure, Gone, Identity, Mirror, MirrorError
from redmine_sla.ticket.reading import ReadingError, ticket_from_row
from tests.mirror.rows import (
    MORNING,
    Row,
    issue,
    journal,
    status_change,
    time_entry,
    with_history,
)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, tzinfo=UTC)


def store(mirror: Mirror, *rows: Row, at: datetime = NOW, settled: bool = True) -> None:
    with mirror.writing() as batch:
        batch.store_tickets([Arrival(row, "journals" in row, settled) for row in rows], at)


def pending(mirror: Mirror) -> set[int]:
    with mirror.reading() as view:
        return view.pending()


def test_a_ticket_comes_back_as_it_was_read(mirror: Mirror) -> None:
    row = with_history(
        issue(12, estimated_hours=Decimal("1.10"), subject="Nem indul a gép 🖨️"),
        [journal(31, note="Értem", details=[status_change(1, 2)])],
    )
    store(mirror, row)
    assert mirror.ticket(12) == ticket_from_row(row)
    assert list(mirror.tickets()) == [ticket_from_row(row)]


def test_a_ticket_nobody_stored_is_none(mirror: Mirror) -> None:
    assert mirror.ticket(12) is None
    assert list(mirror.tickets()) == []


def test_text_that_is_no_text_survives(mirror: Mirror) -> None:
    row = with_history(issue(1, subject="cut \ud83d here", description='a \x00 and "quotes"'))
    store(mirror, row)
    assert mirror.ticket(1) == ticket_from_row(row)


def test_tickets_stream_by_number_over_many_portions(mirror: Mirror) -> None:
    store(mirror, *(with_history(issue(number)) for number in range(1, 451)))
    assert [ticket.id for ticket in mirror.tickets()] == list(range(1, 451))
    assert [ticket.id for ticket in mirror.tickets(numbers=range(440, 460))] == list(
        range(440, 451)
    )


def test_tickets_are_chosen_by_project_and_by_change(mirror: Mirror) -> None:
    store(
        mirror,
        with_history(issue(1, project=1, updated_on="2026-11-01T00:00:00Z")),
        with_history(issue(2, project=2, updated_on="2026-11-02T00:00:00+01:00")),
        with_history(issue(3, project=2, updated_on="2026-11-02T00:00:00Z")),
    )
    midnight = datetime(2026, 11, 2, tzinfo=UTC)
    assert [ticket.id for ticket in mirror.tickets([2])] == [2, 3]
    assert [ticket.id for ticket in mirror.tickets(changed_after=midnight)] == [3]
    assert list(mirror.tickets([])) == []


def test_time_entries_come_with_their_ticket_and_by_themselves(mirror: Mirror) -> None:
    store(mirror, with_history(issue(1)), with_history(issue(2)))
    with mirror.writing() as batch:
        batch.store_time_entries(
            [
                time_entry(1, ticket=2, hours="0.1"),
                time_entry(2, ticket=2, hours="7.35", on="2026-10-30"),
                time_entry(3, ticket=None, project=4),
            ]
        )
    booked = mirror.ticket(2)
    assert booked is not None
    assert [entry.hours for entry in booked.time_entries] == [Decimal("0.1"), Decimal("7.35")]
    assert [len(ticket.time_entries) for ticket in mirror.tickets()] == [0, 2]
    assert [entry.id for entry in mirror.time_entries()] == [1, 2, 3]
    assert [entry.id for entry in mirror.time_entries([4])] == [3]
    november = date(2026, 11, 1)
    assert [entry.id for entry in mirror.time_entries(spent_from=november)] == [1, 3]
    assert [entry.id for entry in mirror.time_entries(spent_before=november)] == [2]


def test_time_entries_of_certain_tickets_and_of_none_are_given_alone(mirror: Mirror) -> None:
    hours = [
        time_entry(number, ticket=ticket, on=on)
        for number, (ticket, on) in enumerate(
            [(7, "2026-11-02"), (None, "2026-11-02"), (1, "2026-11-02"), (7, "2026-10-02")], 1
        )
    ]
    more = [time_entry(number, ticket=number) for number in range(100, 700)]
    with mirror.writing() as batch:
        batch.store_time_entries([*hours, *more])

    def given(*numbers: int | None, since: date | None = None) -> list[int]:
        return [one.id for one in mirror.time_entries(numbers=numbers, spent_from=since)]

    assert given(7, 8) == [1, 4]
    assert given(7, 8, since=date(2026, 11, 1)) == [1]
    assert given(1, None) == [3, 2]
    assert given() == []
    assert given(*range(100, 700)) == list(range(100, 700))


def test_the_tickets_with_hours_in_a_window_are_known(mirror: Mirror) -> None:
    with mirror.writing() as batch:
        batch.store_time_entries(
            [
                time_entry(1, ticket=7, on="2026-10-31"),
                time_entry(2, ticket=8, on="2026-11-01"),
                time_entry(3, ticket=8, on="2026-11-02"),
                time_entry(4, ticket=None, on="2026-11-02"),
            ]
        )
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    with mirror.reading() as view:
        assert view.booked_numbers(october, None) == {7, 8}
        assert view.booked_numbers(october, november) == {7}
        assert view.booked_numbers(november, None) == {8}


def test_hours_are_exact(mirror: Mirror) -> None:
    odd = Decimal("12345678901234567.25")
    with mirror.writing() as batch:
        batch.store_time_entries([time_entry(1, hours=str(odd))])
    assert [entry.hours for entry in mirror.time_entries()] == [odd]


def test_a_window_of_hours_is_replaced_as_a_whole(mirror: Mirror) -> None:
    store(mirror, with_history(issue(1)), with_history(issue(2)), with_history(issue(3)))
    with mirror.writing() as batch:
        batch.store_time_entries(
            [
                time_entry(1, ticket=1, on="2026-09-30"),
                time_entry(2, ticket=1),
                time_entry(3, ticket=2),
                time_entry(4, ticket=3),
                time_entry(5, ticket=3, project=2),
            ]
        )
        batch.settle([1, 2, 3])
    with mirror.writing() as batch:
        pages = [[time_entry(2, ticket=1, hours="2.0")], [time_entry(4, ticket=3)]]
        batch.replace_time_entries(pages, spent_from=date(2026, 10, 1), projects=[1])
    assert [entry.id for entry in mirror.time_entries()] == [1, 2, 4, 5]
    assert pending(mirror) == {1, 2}, "the one changed, and the one whose entry is gone"


def test_a_window_that_breaks_off_leaves_what_was_there(mirror: Mirror) -> None:
    with mirror.writing() as batch:
        batch.store_time_entries([time_entry(1), time_entry(2)])
    before = list(mirror.time_entries())

    def pages() -> object:
        yield [time_entry(1, hours="9.0")]
        raise ConnectionError

    with pytest.raises(ConnectionError), mirror.writing() as batch:
        batch.replace_time_entries(pages(), spent_from=date(2026, 1, 1), projects=None)  # type: ignore[arg-type]
    assert list(mirror.time_entries()) == before


def test_a_batch_is_stored_with_its_cursor_or_not_at_all(mirror: Mirror) -> None:
    def killed_in_the_middle() -> None:
        with mirror.writing() as batch:
            batch.store_tickets([Arrival(issue(1), read=False, settled=True)], NOW)
            batch.move_cursor([1], NOW, complete=True)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed_in_the_middle()
    with mirror.reading() as view:
        assert view.numbers() == set()
        assert view.cursors() == {}


def test_only_what_differs_is_pending_and_only_until_it_is_settled(mirror: Mirror) -> None:
    first, second = with_history(issue(1)), with_history(issue(2))
    store(mirror, first, second)
    assert pending(mirror) == {1, 2}
    with mirror.writing() as batch:
        batch.settle([1, 2])
    store(mirror, first, with_history(issue(2), [journal(5)]), at=LATER)
    assert pending(mirror) == {2}
    store(mirror, with_history(issue(2), [journal(5)]), at=LATER)
    assert pending(mirror) == {2}, "reading the same again does not undo it"


def test_a_ticket_without_history_is_known_but_not_streamed(mirror: Mirror) -> None:
    store(mirror, issue(1, closed=True))
    assert list(mirror.tickets()) == []
    known = mirror.ticket(1)
    assert known is not None
    assert known.journals is None


def test_histories_are_wanted_of_open_and_recent_tickets(mirror: Mirror) -> None:
    store(
        mirror,
        issue(1),
        issue(2, closed=True, updated_on="2026-10-01T00:00:00Z"),
        issue(3, closed=True, updated_on="2026-11-01T00:00:00Z"),
        with_history(issue(4)),
        issue(5, project=2),
    )
    with mirror.reading() as view:
        assert view.to_read([1], datetime(2026, 11, 1, tzinfo=UTC)) == [1, 3]


def test_marked_tickets_are_wanted_until_they_are_read(mirror: Mirror) -> None:
    store(mirror, with_history(issue(1)), with_history(issue(2, closed=True)))
    store(mirror, with_history(issue(3)), at=LATER)
    with mirror.writing() as batch:
        batch.read_again(None, changed_from=LATER, read_before=LATER)
    with mirror.reading() as view:
        assert view.to_read(None, LATER) == [1]
    store(mirror, with_history(issue(1)), at=LATER)
    with mirror.reading() as view:
        assert view.to_read(None, LATER) == []


def test_an_unsettled_ticket_is_wanted_again(mirror: Mirror) -> None:
    store(mirror, with_history(issue(1)), settled=False)
    with mirror.reading() as view:
        assert view.to_read(None, LATER) == [1]


def test_tickets_that_left_are_told_once_and_forgotten_when_they_return(mirror: Mirror) -> None:
    store(mirror, with_history(issue(1)), with_history(issue(2)))
    gone = Departure(1, Gone.MOVED, 9)
    with mirror.writing() as batch:
        batch.remember("written", {1: "late", 2: "on track"})
        batch.remove_tickets([gone], NOW)
    assert [ticket.id for ticket in mirror.tickets()] == [2]
    with mirror.reading() as view:
        assert view.departures() == (gone,)
        assert view.remembered("written") == {2: "on track"}
    with mirror.writing() as batch:
        batch.settle([1])
    with mirror.reading() as view:
        assert view.departures() == ()
        assert view.departures(all_of_them=True) == (gone,)
    store(mirror, with_history(issue(1)))
    with mirror.reading() as view:
        assert view.departures(all_of_them=True) == ()


def test_starting_again_keeps_the_tickets_but_trusts_none(mirror: Mirror) -> None:
    store(mirror, with_history(issue(1)), with_history(issue(2, closed=True)))
    with mirror.writing() as batch:
        batch.move_cursor(None, NOW, complete=True)
        batch.start_again(None)
    with mirror.reading() as view:
        assert view.cursors() == {}
        assert view.to_read(None, LATER) == [1, 2]
    assert len(list(mirror.tickets())) == 2


def test_words_name_what_tickets_number(mirror: Mirror) -> None:
    with mirror.writing() as batch:
        batch.store_words("statuses", [{"id": 1, "name": "New"}])
        batch.store_words("statuses", [{"id": 5, "name": "Closed", "is_closed": True}])
        batch.store_words(
            "projects", [{"id": 1, "identifier": "acme", "name": "Acme", "status": 5}]
        )
        batch.store_words("categories", [{"id": 3, "name": "Printers"}], project=1)
        batch.store_words("custom_fields", None)
        batch.store_words(
            "memberships",
            [
                {
                    "id": 4,
                    "project": {"id": 1, "name": "Acme"},
                    "user": {"id": 70, "name": "Nagy Pál"},
                    "roles": [{"id": 3, "name": "Manager"}],
                }
            ],
            project=1,
        )
    store(
        mirror,
        with_history(
            issue(1, custom_fields=[{"id": 2, "name": "SLA class", "value": "user"}]), [journal(1)]
        ),
    )
    vocabulary = mirror.vocabulary()
    assert vocabulary.status_name(5) == "Closed"
    assert vocabulary.status_name(1) == "#1", "a list replaces the list before it"
    assert vocabulary.projects[1].status == 5
    assert vocabulary.categories == {3: "Printers"}
    assert vocabulary.users == {7: "Kovács Éva", 8: "Jan Novák", 70: "Nagy Pál"}
    assert vocabulary.fields[2].name == "SLA class"
    members = mirror.members(1)
    assert members is not None
    assert [role.name for role in members[0].roles] == ["Manager"]
    assert mirror.members(2) is None
    with mirror.reading() as view:
        assert view.words("custom_fields") is None


def test_an_unreadable_row_is_named_and_can_be_left_out(mirror: Mirror) -> None:
    store(mirror, with_history(issue(1, start_date="soon")), with_history(issue(2)))
    with pytest.raises(ReadingError, match=r"ticket #1: `start_date` is 'soon'"):
        list(mirror.tickets())
    told: list[ReadingError] = []
    assert [ticket.id for ticket in mirror.tickets(unreadable=told.append)] == [2]
    assert len(told) == 1


def test_a_mirror_belongs_to_one_server_and_one_user(mirror: Mirror) -> None:
    mirror.claim(Identity("https://redmine.example", 5))
    mirror.claim(Identity("https://redmine.example", 5))
    with pytest.raises(MirrorError, match=r"holds https://redmine\.example as user 5 sees it") as e:
        mirror.claim(Identity("https://other.example", 5))
    assert "a mirror of its own" in e.value.hint
    with pytest.raises(MirrorError):
        mirror.claim(Identity("https://redmine.example", 6))


def test_two_readers_do_not_wait_for_a_writer(mirror: Mirror, url: str) -> None:
    store(mirror, with_history(issue(1, created_on=MORNING)))
    with mirror.writing() as batch, Mirror.open(url) as other:
        batch.remove_tickets([Departure(1, Gone.DELETED, 1)], NOW)
        assert other.ticket(1) is not None
    assert mirror.ticket(1) is None
