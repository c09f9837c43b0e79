"""One update a ticket at most, and only when something a person should know has changed."""

from __future__ import annotations

from dataclasses import replace

from redmine_sla.plan import PutOff, TicketPlan, shown_for
from redmine_sla.ticket import Project
from tests.judging import contract
from tests.notation import instant
from tests.plan.world import DESK, REDMINE, SLA_FIELDS, desk, edits, told, update

OPENED = "2026-03-02 09:00 anna opens: Printer prints blanks"
AT = "2026-03-02 10:00"
AS_IT_SHOULD_BE = {
    "sla_class": "user",
    "sla_status": "response: on track",
    "response_due": "2026-03-02 13:00 CET",
    "resolution_due": "2026-03-02 17:00 CET",
}


def test_a_fresh_ticket_gets_all_its_fields_at_once() -> None:
    change = update(told(OPENED, at=AT))
    assert change is not None
    assert change.fields == {SLA_FIELDS[role][0]: text for role, text in AS_IT_SHOULD_BE.items()}
    assert edits(change)["SLA status"] == ("", "response: on track")
    assert change.priority is None
    assert change.note == ""


def test_a_ticket_that_shows_it_already_is_not_touched() -> None:
    assert update(told(OPENED, at=AT, carrying=AS_IT_SHOULD_BE)) is None


def test_only_what_differs_is_written() -> None:
    before = {**AS_IT_SHOULD_BE, "sla_status": "response: at risk"}
    change = update(told(OPENED, at=AT, carrying=before))
    assert change is not None
    assert change.fields == {102: "response: on track"}
    assert edits(change) == {"SLA status": ("response: at risk", "response: on track")}


def test_blanks_around_a_value_are_no_difference() -> None:
    spaced = {role: f"{text} " for role, text in AS_IT_SHOULD_BE.items()}
    assert update(told(OPENED, at=AT, carrying=spaced)) is None


def test_time_that_merely_passes_changes_nothing() -> None:
    assert update(told(OPENED, at="2026-03-02 11:30", carrying=AS_IT_SHOULD_BE)) is None


def test_a_ticket_that_became_internal_is_cleared() -> None:
    story = "2026-03-02 09:00 eva opens: Order toner"
    change = update(told(story, at=AT, carrying={"sla_status": "met"}))
    assert edits(change) == {"SLA status": ("met", "")}


def test_a_field_that_this_redmine_does_not_have_is_left_out_and_said_once() -> None:
    known = {number: field for number, field in REDMINE.fields.items() if number != 104}
    plan = TicketPlan(DESK, replace(REDMINE, fields=known), instant(AT))
    for number in (1, 2):
        change = update(told(OPENED, at=AT, number=number), plan)
        assert change is not None
        assert 104 not in change.fields
    assert [finding for finding in plan.findings if "SLA resolution due" in finding] == [
        'no custom field "SLA resolution due" is to be seen in Redmine: make it (provision), or '
        "correct [fields] in sla.toml"
    ]


def test_a_field_that_the_tracker_does_not_use_is_left_out_and_counted() -> None:
    plan = TicketPlan(DESK, REDMINE, instant(AT))
    for number in (1, 2):
        one = told(OPENED, at=AT, number=number)
        bare = {key: value for key, value in one.ticket.fields.items() if key != 104}
        ticket = replace(one.ticket, fields=bare)
        change = update(replace(one, timeline=replace(one.timeline, ticket=ticket)), plan)
        assert change is not None
        assert 104 not in change.fields
    assert plan.findings == (
        'field "SLA resolution due" is not used for tracker "Bug" in project "Acme", or is hidden '
        "from the key (2 tickets)",
    )


def test_in_wiki_mode_no_ticket_is_touched() -> None:
    plan = TicketPlan(desk('mode = "wiki"\nwiki_markup = "textile"'), REDMINE, instant(AT))
    assert update(told(OPENED, at=AT), plan) is None
    assert plan.findings == ()


def test_a_closed_project_is_left_alone_and_said_once() -> None:
    closed = replace(REDMINE, projects={1: Project(1, "acme", "Acme", status=5)})
    plan = TicketPlan(DESK, closed, instant(AT))
    assert update(told(OPENED, at=AT), plan) is None
    assert plan.findings == ('project "Acme" is closed or archived: nothing is written (1 ticket)',)


class TestOldTickets:
    """A first run over years of history does not send mail about each closed ticket."""

    CLOSED = f"{OPENED}\n10:00 eva status: Closed"

    def test_one_at_rest_for_long_that_carries_nothing_is_left_alone(self) -> None:
        assert update(told(self.CLOSED, at="2026-03-20 09:00")) is None

    def test_one_closed_lately_gets_its_verdict(self) -> None:
        change = update(told(self.CLOSED, at="2026-03-04 09:00"))
        assert edits(change)["SLA status"] == ("", "met")

    def test_one_that_carries_a_value_is_kept_right(self) -> None:
        carrying = {"sla_status": "response: on track"}
        assert update(told(self.CLOSED, at="2026-03-20 09:00", carrying=carrying)) is not None

    def test_a_run_may_be_told_to_go_back_further(self) -> None:
        at = "2026-03-20 09:00"
        plan = TicketPlan(DESK, REDMINE, instant(at), since=instant("2026-01-01 00:00"))
        assert update(told(self.CLOSED, at=at), plan) is not None


class TestWhatRedmineDidNotTake:
    """It is not written again and again: each write costs a journal."""

    def put_off(self, **changes: object) -> PutOff:
        change = update(told(OPENED, at=AT))
        assert change is not None
        memory = PutOff.of(change, instant(AT), "field rights")
        return replace(memory, **changes)  # type: ignore[arg-type]

    def plan(self, memory: PutOff, at: str) -> TicketPlan:
        return TicketPlan(DESK, REDMINE, instant(at), put_off={1: memory})

    def test_the_same_values_are_not_tried_again_the_same_day(self) -> None:
        plan = self.plan(self.put_off(), "2026-03-02 10:05")
        assert update(told(OPENED, at="2026-03-02 10:05"), plan) is None
        assert plan.findings == ("not tried again today: field rights (1 ticket)",)

    def test_another_value_is_tried(self) -> None:
        at = "2026-03-02 12:30"
        change = update(told(OPENED, at=at), self.plan(self.put_off(), at))
        assert edits(change) == {"SLA status": ("", "response: at risk")}

    def test_another_status_tracker_or_project_may_allow_it(self) -> None:
        elsewhere = self.put_off(place="1/1/2")
        assert update(told(OPENED, at=AT), self.plan(elsewhere, AT)) is not None

    def test_a_day_later_it_is_tried_again(self) -> None:
        yesterday = self.put_off(tried=instant("2026-03-01 10:00"))
        assert update(told(OPENED, at=AT), self.plan(yesterday, AT)) is not None

    def test_the_memory_is_a_line_of_text(self) -> None:
        memory = self.put_off()
        assert PutOff.decoded(memory.encoded()) == memory

    def test_a_memory_nobody_can_read_is_none(self) -> None:
        for text in ("", "null", "[]", "{}", '{"tried": 3}', "no json"):
            assert PutOff.decoded(text) is None


def test_a_value_list_is_compared_as_it_is_shown() -> None:
    one = told(OPENED, at=AT, carrying=AS_IT_SHOULD_BE)
    fields = {**one.ticket.fields, 101: ("user",)}
    ticket = replace(one.ticket, fields=fields)
    assert update(replace(one, timeline=replace(one.timeline, ticket=ticket))) is None


def test_a_ticket_nothing_is_promised_for_is_left_empty() -> None:
    assert update(told(OPENED, contract(), at=AT)) is None


def test_the_reason_stands_beside_the_change() -> None:
    one = told(OPENED, at=AT)
    change = update(one)
    assert change is not None
    assert change.why == shown_for(one).why
    assert change.place == "1/1/1"
