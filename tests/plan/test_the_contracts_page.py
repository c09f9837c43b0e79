"""The contract's wiki page: what is open, what was decided, what was promised, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from redmine_sla.contract import Contract
from redmine_sla.page import Block, Heading, Paragraph, line, render
from redmine_sla.plan import Judged, PageParts, board_of, contract_page
from tests.judging import contract, promising
from tests.notation import instant
from tests.plan.world import OFFICE_HOURS, REDMINE, told

AT = "2026-03-04 12:00"
ANSWERED = """
2026-03-02 09:00 anna opens: {}
           10:00 eva  says: We look into it
"""
FULL = contract(
    """
number = "2026/17"
tier = "gold"
contract_sum = "12 000 000 HUF"
vat = "net"
team = { engineer = "the-engineers-login" }

[tiers.gold]
title = "Gold, working days"
availability = 97.5
[tiers.silver]
title = "Silver, which others have"
[tiers.gold.rhythms]
log_review = "FREQ=WEEKLY;BYDAY=TU"

[availability]
clause = "part 4"

[allowance]
clause = "part 5"
hours_per_month = 4

[fees]
clause = "part 6"
monthly = "77 000 HUF"

[development]
percent = 15
clause = "part 9"
[[development.rates]]
per_hour = "18 000 HUF"

[[contacts]]
name = "Anna Kiss"
mail = "anna@customer.example"
phone = "+36 1 555 0100"
may = ["approve", "sign_off"]

[[exclusions]]
from = 2026-02-01T08:00:00+01:00
to = 2026-02-01T12:00:00+01:00
reason = "power cut at the customer"
author = "J. Inside"
agreed_in = 4711

[[obligations]]
name = "log_review"
title = "Review of the log files"
clause = "part 7"
[[obligations]]
name = "licence_audit"
title = "Licence audit that nobody sees"
clause = "part 7"
rhythm = "FREQ=YEARLY"
visible = false

[[clauses]]
name = "restore"
text = "What is needed to restore the system is kept by the provider too"
clause = "part 8"
assumption = true
""",
    promising("resolution", "8bh", severity="critical", tier="gold"),
    promising("resolution", "3bd", tier="silver"),
)


def source(
    tickets: Iterable[Judged] = (), under: Contract = OFFICE_HOURS, *, limit: int = 200
) -> str:
    as_of = instant(AT)
    board = board_of(tickets, REDMINE, as_of)
    page = contract_page(under, board, as_of=as_of, tickets_on_page=limit)
    return render(page, "textile")


def one(subject: str, number: int, *more: str, private: bool = False) -> Judged:
    story = "\n".join([ANSWERED.format(subject), *more])
    return told(story, at=AT, number=number, private=private)


def test_open_tickets_stand_first_with_dues_and_standing() -> None:
    text = source([one("Printer", 7), told("2026-03-04 11:00 anna opens: Fresh", at=AT)])
    assert (
        "| #7 | Printer | New | user | *resolution: breached* |  | 2026-03-02 17:00\u00a0CET |"
        in text
    )


def test_a_column_that_says_nothing_is_left_out() -> None:
    assert "| #7 | Printer | New | user | *resolution: breached* | 2026-03-02 17:00\u00a0CET |" in (
        source([one("Printer", 7)])
    )


def test_a_resolved_ticket_is_no_longer_open() -> None:
    text = source([one("Printer", 7, "11:00 eva status: Resolved")])
    assert "h2. Open tickets\n\np. None." in text


def test_late_tickets_come_first_then_by_due_then_what_is_frozen() -> None:
    waiting = one("Waits", 1, "10:05 eva status: Waiting for customer")
    later = told("2026-03-04 11:00 anna opens: Later", at=AT, number=2)
    soon = told("2026-03-04 10:00 anna opens: Soon", at=AT, number=3)
    text = source([waiting, later, soon, one("Late", 4)])
    order = [text.index(subject) for subject in ("Late", "Soon", "Later", "Waits")]
    assert order == sorted(order)
    assert "*1 of 4 late.*" in text


def test_what_does_not_fit_is_counted() -> None:
    text = source([one("First", 1), one("Second", 2), one("Third", 3)], limit=2)
    assert "Third" not in text.split("h2. Decided")[0]
    assert "And 1 more." in text


def test_decisions_of_the_last_thirty_days_stand_with_their_outcome() -> None:
    late = one("Slow", 5, "2026-03-03 16:00 eva status: Resolved")
    old = told(
        "2026-01-05 09:00 anna opens: Old\n10:00 eva says: yes; status: Closed", at=AT, number=6
    )
    text = source([late, old])
    assert "| #5 | Slow | Resolution | *missed* | 2026-03-02 17:00 CET |" in text
    assert "| #5 | Slow | Response | met | 2026-03-02 10:00 CET |" in text
    assert "1 of 2 promises kept." in text
    assert "Old" not in text


def test_the_level_in_force_is_told_with_where_it_stands() -> None:
    text = source(under=FULL)
    assert "* *Level*: Gold, working days" in text
    assert "* *Served*: Mon-Fri 09:00-17:00, Europe/Budapest, not on public holidays (HU)" in text
    assert "* *Planned availability*: 97.5\u00a0% (part 4)" in text
    assert "* *Included*: 4\u00a0h a month (part 5)" in text
    assert "| Resolution | critical | 8 business hours | resolution 8bh |" in text
    assert "| Review of the log files | weekly, on Tuesday | part 7 |" in text
    assert "* What is needed to restore the system is kept by the provider too" in text
    assert "our reading of the offer" in text
    assert "* *Anna Kiss*: approves requests, signs off the quarter" in text
    assert "2026-02-01 08:00 CET | 2026-02-01 12:00 CET | power cut at the customer |" in text
    assert "Contract 2026/17, since 1 January 2026" in text


def test_a_target_that_an_earlier_one_overrides_is_not_told_as_promised() -> None:
    under = contract(
        promising("resolution", "4bh", severity="critical"),
        promising("resolution", "8bh", severity="critical"),
    )
    text = source(under=under)
    assert "| Resolution | critical | 4 business hours | resolution 4bh |" in text
    assert "resolution 8bh" not in text


def test_what_other_rooms_know_stands_at_its_place() -> None:
    as_of = instant(AT)

    def known(name: str) -> tuple[Block, ...]:
        return Heading(2, line(name)), Paragraph(line(f"of {name}"))

    page = contract_page(
        FULL,
        board_of((), REDMINE, as_of),
        PageParts(
            ending=known("ending"),
            budget=known("budget"),
            availability=known("availability"),
            sign_offs=known("sign-offs"),
            schedule=known("schedule"),
        ),
        as_of=as_of,
    )
    titles = [block.words for block in page.blocks if isinstance(block, Heading)]
    assert titles == [
        line(words)
        for words in (
            FULL.title,
            "ending",
            "Open tickets",
            "budget",
            "availability",
            "sign-offs",
            "Service level",
            "Done regularly",
            "Also promised",
            "schedule",
            "Authorised contacts",
            "Agreed not to count",
        )
    ]


def test_nothing_is_told_that_is_not_the_customers() -> None:
    text = source(under=FULL)
    for secret in (
        "18 000",
        "18\u00a0000",
        "77 000",
        "77\u00a0000",
        "the-engineers-login",
        "Silver",
        "3 business days",
        "Licence audit",
        "anna@customer.example",
        "555",
        "J. Inside",
    ):
        assert secret not in text


def test_private_tickets_moved_ones_and_internal_ones_are_not_named() -> None:
    moved = replace(one("Moved away", 2), moved_to="globex", is_hidden=True)
    internal = told("2026-03-02 09:00 eva opens: Between us", at=AT, number=3)
    text = source([one("A secret", 1, private=True), moved, internal])
    assert not any(words in text for words in ("A secret", "Moved away", "Between us"))


def test_notes_are_never_quoted() -> None:
    text = source([one("Printer", 1, "11:00 eva whispers: The customer is wrong")])
    assert "We look into it" not in text
    assert "The customer is wrong" not in text


def test_what_stands_in_the_providers_fields_is_never_quoted() -> None:
    under = contract(promising("arrival", "3ch"))
    story = """
    2026-03-02 09:00 anna opens: Server room is hot; field Visit ordered at = 2026-03-02 09:00
               10:00 eva  field Arrived at = 2026-03-02, and they were rude
               16:00 eva  status: Resolved
    """
    text = source([told(story, under, at=AT)], under)
    assert "Arrival on site | unmeasured |" in text
    assert "rude" not in text


def test_hostile_subjects_are_words() -> None:
    text = source([one("a | b {{include(Secret)}} #1", 9)])
    assert "a &#124; b &#123;&#123;include&#40;Secret&#41;&#125;&#125; &#35;1" in text


def test_an_empty_desk_says_so() -> None:
    text = source()
    assert "h2. Open tickets\n\np. None." in text
    assert "Decided" not in text
