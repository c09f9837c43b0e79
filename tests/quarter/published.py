"""A small published quarter for tests: figures, a manifest of them, a deliverable with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import Column, Heading, Paragraph, Table, line
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.manifest import Manifest, ManifestFile, Parties, Restates
from redmine_sla.quarter.section import Section
from tests.notation import instant
from tests.quarter.deliverables import UNDER, frame

THIRD = Quarter(2026, 3)
FIGURES: Mapping[str, Any] = {
    "hours": {"used": "7.25", "included": "12"},
    "breaches": [{"ticket": 12, "clock": "Resolution", "due": "2026-09-29T15:00:00Z"}],
}


def deliverable(
    used: str = "7.25", under: Contract = UNDER, *, at: str = "2026-10-05 09:00"
) -> Deliverable:
    """A quarter of one section that says how many hours were used."""
    hours = Section(
        content=Content.HOURS,
        blocks=(
            Heading(2, line("Hours")),
            Paragraph(line(f"{used} h were used.")),
            Table((Column("Month"), Column("Used")), ((line("July 2026"), line(used)),)),
        ),
        figures={"used": used},
        sheets=(Sheet("hours", "Hours", ("Month", "Used"), (("2026-07", used),)),),
    )
    return Deliverable(frame=frame(under, at=at), quarter=THIRD, sections=(hours,))


def manifest(figures: Mapping[str, Any] = FIGURES, **changed: Any) -> Manifest:
    """The original's manifest, or one with those keys changed."""
    given: dict[str, Any] = {
        "contract": Parties(
            name="acme",
            number="2026/17",
            title="Acme support",
            customer="Acme",
            provider="We",
            currency="EUR",
            timezone="Europe/Budapest",
            language="en",
        ),
        "quarter": "2026Q3",
        "restatement": 0,
        "first": THIRD.first_day,
        "last": THIRD.last_day,
        "as_of": instant("2026-10-05 09:00"),
        "figures": dict(figures),
        "judged_by": {"software": {"redmine-sla": "0.1.0"}},
        "page": "cd" * 32,
        "files": (
            ManifestFile(filename="2026Q3-acme.pdf", title="Report", size=1200, sha256="ab" * 32),
        ),
    }
    return Manifest(**given | changed)


def restating(before: Manifest, *differences: Any) -> Restates:
    return Restates(
        manifest=before.edition.manifest_name, sha256=before.sha256, differences=differences
    )
