"""A past moment is judged by what was known then, whatever Redmine has been told since."""

from __future__ import annotations

from redmine_sla.contract import Contract
from redmine_sla.plan import Judged
from redmine_sla.sync.workbench import Workbench, glossary_of
from tests.judging import contract, promising, says
from tests.notation import PARTIES, WORDS, instant, ticket
from tests.plan.world import desk

PLAIN = contract(
    "classification.text_rules = false",
    promising("resolution", "2bh", severity="critical"),
    promising("resolution", "8bh"),
)
BY_CATEGORY = contract(
    "classification.text_rules = false",
    'select.categories = ["Printing"]',
    promising("resolution", "8bh"),
)
ZONE = "Europe/Budapest"
DESK = desk()
DESK = DESK.model_copy(
    update={"fields": {**DESK.fields, "severity": "SLA severity", "happened_at": "Happened at"}}
)


def judged(story: str, at: str, under: Contract = PLAIN) -> Judged | None:
    bench = Workbench(
        (under,), DESK, WORDS, PARTIES, above={}, glossaries={ZONE: glossary_of(DESK, WORDS, ZONE)}
    )
    return bench.judge(ticket(story), instant(at))


def test_a_ticket_that_was_not_there_yet_is_not_judged() -> None:
    assert judged("2026-03-02 09:00 anna opens: Printer", "2026-03-02 08:59") is None


def test_a_severity_noted_later_for_an_earlier_hour_was_not_known() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               15:00 eva  field Happened at = 2026-03-02 10:00; field SLA severity = critical
    """
    before, after = judged(story, "2026-03-02 12:00"), judged(story, "2026-03-02 15:00")
    assert before is not None
    assert after is not None
    assert says(before.assessment.reading("resolution")).startswith("on_track, running, due Mon 17")
    assert says(after.assessment.reading("resolution")).startswith("breached, running, due Mon 11")


def test_a_category_given_later_did_not_select_the_contract_yet() -> None:
    story = "2026-03-02 09:00 anna opens: Printer\n10:00 eva category: Printing"
    assert judged(story, "2026-03-02 09:59", BY_CATEGORY) is None
    assert judged(story, "2026-03-02 10:00", BY_CATEGORY) is not None


def test_a_ticket_keeps_its_contract_when_moving_costs_it_its_category() -> None:
    story = """
    2026-03-02 09:00 anna category: Printing; opens: Printer
               10:00 eva  project: globex; category:
    """
    found = judged(story, "2026-03-02 12:00", BY_CATEGORY)
    assert found is not None
    assert found.moved_to == "globex"
    assert says(found.assessment.reading("resolution")).startswith("on_track, running")
