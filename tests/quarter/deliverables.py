"""Sections of a quarter in these tests: a frame in English, and what a section says in plain text.

section = changes_section(finished(STORY), [], frame())
assert "No change" in told(section)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import unescape

from redmine_sla.contract import Contract
from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import Block, Page, render
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.reckoning import covered_period
from redmine_sla.quarter.section import Section
from redmine_sla.sla.judged import Judged
from tests.judging import contract, judged, promising, timeline
from tests.notation import instant

REDMINE = "https://redmine.example.com"
UNDER = contract(
    "classification.text_rules = false",
    'contract_sum = "12 000 000 HUF"',
    'vat = "net"',
    'development = { percent = 15, clause = "point 11", counts = { trackers = "Feature" } }',
    promising("response", "4bh"),
    promising("resolution", "8bh"),
)


def frame(
    under: Contract = UNDER,
    quarter: str = "2026Q3",
    *,
    at: str = "2026-10-05 09:00",
    language: Language = Language.ENGLISH,
) -> Frame:
    return Frame(
        contract=under,
        period=covered_period(under, Quarter.parse(quarter)),
        as_of=instant(at),
        tongue=tongue_for(language),
        redmine=REDMINE,
    )


def as_judged(
    story: str,
    under: Contract = UNDER,
    *,
    number: int = 1,
    at: str = "2026-10-05 09:00",
    private: bool = False,
) -> Judged:
    """The story judged as of a local time, on a ticket that may be private."""
    history = timeline(story, number=number)
    history = replace(history, ticket=replace(history.ticket, private=private))
    return Judged(
        contract=under,
        timeline=history.as_of(instant(at)),
        assessment=judged(story, under, at=at, number=number),
        is_hidden=private,
    )


def told(said: Section | Iterable[Block]) -> str:
    """What stands there, as CommonMark."""
    blocks = said.blocks if isinstance(said, Section) else tuple(said)
    return unescape(render(Page(tuple(blocks)), "common_mark").replace("\u2060", ""))
