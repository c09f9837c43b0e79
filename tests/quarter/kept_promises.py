"""Sections made from stories in these tests: promises and courses under a contract."""

from __future__ import annotations

from dataclasses import replace

from redmine_sla.contract import Contract
from redmine_sla.report.course import Course
from redmine_sla.report.promise import Promise
from tests.quarter.deliverables import UNDER
from tests.report import telling

HOSTILE = '=cmd|"/c calc"!A1 {{include(Secret)}} <script>alert(1)</script> |'


def promises(*stories: str, under: Contract = UNDER, at: str = "2026-10-05 09:00") -> list[Promise]:
    """The promises of these tickets, numbered from 1, judged at that local time."""
    return telling.promises(*stories, under=under, at=at)


def courses(*stories: str, under: Contract = UNDER, at: str = "2026-10-05 09:00") -> list[Course]:
    return telling.courses(*stories, under=under, at=at)


def hiding(found: list[Promise], *tickets: int) -> list[Promise]:
    """The same, those tickets hidden from some readers."""
    return [replace(one, hidden=one.ticket in tickets) for one in found]


def called(found: list[Promise], subject: str) -> list[Promise]:
    """The same, every ticket called that."""
    return [replace(one, subject=subject) for one in found]
