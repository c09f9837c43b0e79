"""The words in tickets' fields: in the desk's language, and what the saved queries look for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from redmine_sla.connectors.redmine.provisioning.plan import ProvisionOptions, plan_of
from redmine_sla.contract.words import Language
from redmine_sla.language import Saying, tongue_for
from redmine_sla.plan import shown_for
from redmine_sla.plan.status_line import standing
from redmine_sla.sla.verdict import Motion, Verdict
from tests.plan.world import OFFICE_HOURS, desk, told

ANSWERED = """
2026-03-02 09:00 anna opens: Printer
           10:00 eva  says: We look into it
"""
IN_HUNGARIAN = 'mode = "fields"\nwiki_markup = "textile"\nlanguage = "hu"'


def test_fields_are_english_unless_the_desk_says_otherwise() -> None:
    assert desk().surfaces.language is Language.ENGLISH
    one = told(ANSWERED, at="2026-03-02 15:30")
    assert shown_for(one).sla_status == "resolution: at risk"


def test_fields_speak_the_language_of_the_desk_and_their_dates_still_sort() -> None:
    hungarian = tongue_for(desk(IN_HUNGARIAN).surfaces.language)
    shown = shown_for(told(ANSWERED, at="2026-03-02 15:30"), hungarian)
    assert shown.sla_status == "megoldás: veszélyeztetett"
    assert shown.sla_class == "felhasználó"
    assert shown.resolution_due == "2026-03-02 17:00 CET"


def test_times_in_a_standing_are_those_of_the_contracts_clocks() -> None:
    one = told(ANSWERED, at="2026-03-02 12:00")
    since = Saying("a silence from {since} was too long", since=datetime(2026, 3, 2, 9, tzinfo=UTC))
    waiting = tuple(
        replace(each, motion=Motion.PENDING, reason=since)
        for each in one.assessment.readings
        if each.clock == "resolution"
    )
    said = shown_for(replace(one, assessment=replace(one.assessment, readings=waiting))).sla_status
    assert said == "resolution: on track, a silence from 2026-03-02 10:00 CET was too long"


def test_a_paused_clock_says_whom_it_waits_for() -> None:
    story = f"{ANSWERED}           10:05 eva status: Waiting for customer"
    shown = shown_for(told(story, at="2026-03-02 11:00"), tongue_for(Language.RUSSIAN))
    assert shown.sla_status == "решение: в срок, приостановлено: ожидание заказчика"


@pytest.mark.parametrize("language", Language)
def test_saved_queries_look_for_words_that_stand_in_the_fields(language: Language) -> None:
    surfaces = f'mode = "fields"\nwiki_markup = "textile"\nlanguage = "{language}"'
    wanted = desk(surfaces)
    queries = {
        query["name"]: query["contains"]
        for query in plan_of(wanted, [OFFICE_HOURS], ProvisionOptions())["queries"]
    }
    tongue = tongue_for(language)
    for name, at in (("SLA at risk", "2026-03-02 15:30"), ("SLA breached", "2026-03-02 17:30")):
        looked_for = queries[name]["sla_status"]
        assert looked_for in shown_for(told(ANSWERED, at=at), tongue).sla_status


@pytest.mark.parametrize("language", Language)
def test_no_standing_is_part_of_another_so_a_filter_finds_one_alone(language: Language) -> None:
    said = [standing(verdict, tongue_for(language)) for verdict in Verdict]
    for words in said:
        assert [other for other in said if words in other] == [words]
