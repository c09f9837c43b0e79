"""Findings as text for people and as rows for programs."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from redmine_sla.sync.doctor.finding import Finding, Level

WIDTH = 100
_MARGIN = " " * 9


def render(findings: Sequence[Finding]) -> str:
    """A paragraph for each finding with its next step, and a line that counts them."""
    paragraphs = [_paragraph(finding) for finding in findings]
    counted = Counter(finding.level for finding in findings)
    troubles = [
        f"{counted[level]} {level}{plural if counted[level] > 1 else ''}"
        for level, plural in ((Level.ERROR, "s"), (Level.WARNING, "s"), (Level.ADVICE, ""))
        if counted[level]
    ]
    return "\n".join([*paragraphs, ", ".join(troubles) or "all is well"])


def as_rows(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """The findings as JSON holds them."""
    return [{key: str(value) for key, value in asdict(finding).items()} for finding in findings]


def _paragraph(finding: Finding) -> str:
    said = textwrap.wrap(f"{finding.level:<8} {finding.what}", WIDTH, subsequent_indent=_MARGIN)
    if finding.next_step:
        said += textwrap.wrap(
            f"{_MARGIN}next: {finding.next_step}", WIDTH, subsequent_indent=f"{_MARGIN}      "
        )
    return "\n".join(said)
