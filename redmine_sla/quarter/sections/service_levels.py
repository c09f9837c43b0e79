"""Service levels: which promises were kept, by clock and class, and how that moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import (
    Block,
    Heading,
    KeyFigure,
    Paragraph,
    Tone,
    line,
)
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.promise_figures import share_figure, tally_figures
from redmine_sla.quarter.promise_sheet import promise_sheet
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.service_level_charts import (
    TrendPoint,
    compliance_chart,
    response_chart,
    trend_chart,
    trend_point,
)
from redmine_sla.quarter.service_level_rows import LevelRow, level_rows, level_sheet, level_table
from redmine_sla.report.by import By
from redmine_sla.report.compliance import compliance
from redmine_sla.report.promise import Promise
from redmine_sla.report.response_times import Speed, response_times
from redmine_sla.report.tally import Tally, tally


def service_levels_section(
    promises: Iterable[Promise], frame: Frame, *, quarter: str, trend: Sequence[TrendPoint] = ()
) -> Section:
    """The promises decided in the period, judged at its end or later.

    `quarter` is the name of this quarter at the end of the `trend`, whose points are earlier
    published quarters, oldest first (see `trend_point`).
    """
    decided = [one for one in promises if _counts(one, frame)]
    rows = level_rows(decided, (By.CLOCK, By.CLASS), frame)
    figures = _figures(decided, rows, frame)
    here = trend_point(quarter, figures)
    return Section(
        content=Content.SERVICE_LEVELS,
        blocks=(
            Heading(2, line(frame.tongue.say("Service levels"))),
            *_blocks(decided, rows, (*trend, here), frame),
        ),
        figures=figures,
        sheets=(level_sheet(rows, frame), promise_sheet(decided, frame)),
        highlights=tuple(_highlights(tally(decided, frame.period), frame)),
    )


def _counts(promise: Promise, frame: Frame) -> bool:
    """Was it decided in the period, or would it have been without exclusions?"""
    instants = (promise.counted_at, promise.raw_counted_at)
    return any(at is not None and frame.period.contains(at) for at in instants)


def _blocks(
    decided: Sequence[Promise], rows: Sequence[LevelRow], points: Sequence[TrendPoint], frame: Frame
) -> Iterable[Block]:
    tongue = frame.tongue
    found = tally(decided, frame.period)
    if not found:
        yield Paragraph(line(tongue.say("No promise was decided in this period.")))
        return
    yield level_table(rows, (tongue.say("Promise"), tongue.say("Class")), frame)
    by_severity = [
        row for row in level_rows(decided, (By.CLOCK, By.SEVERITY), frame) if row.all.group[1]
    ]
    if by_severity:
        yield level_table(by_severity, (tongue.say("Promise"), tongue.say("Severity")), frame)
    if found.unmeasured:
        yield Paragraph(
            line(
                tongue.say(
                    "Not measured is what nobody recorded well enough to judge. It counts neither "
                    "as kept nor as broken."
                )
            )
        )
    if outlived := sum(one.outlived_its_contract for one in decided):
        yield Paragraph(line(_outlived(outlived, frame)))
    yield from _charts(decided, rows, points, frame)


def _outlived(number: int, frame: Frame) -> str:
    """Where the contract ended, and its promises went on."""
    return frame.tongue.count(
        "{n} promise was decided after the contract's last day ({day}). It counts here, in the "
        "contract's last quarter.",
        "{n} promises were decided after the contract's last day ({day}). They count here, in the "
        "contract's last quarter.",
        number,
        day=frame.tongue.short_day(frame.period.last),
    )


def _highlights(found: Tally, frame: Frame) -> Iterable[KeyFigure]:
    tongue = frame.tongue
    if found.judged:
        yield KeyFigure(
            tongue.say("Promises kept"),
            "–" if found.share is None else tongue.percent(found.share),
            tongue.say(
                "{kept} of {judged}",
                kept=tongue.number(len(found.met)),
                judged=tongue.number(found.judged),
            ),
            Tone.NEUTRAL if found.missed else Tone.GOOD,
        )


def _charts(
    decided: Sequence[Promise], rows: Sequence[LevelRow], points: Sequence[TrendPoint], frame: Frame
) -> Iterable[Block]:
    tongue = frame.tongue
    found = tally(decided, frame.period)
    told = tongue.say(
        "{kept} of {judged} promises judged were kept.",
        kept=tongue.number(len(found.met)),
        judged=tongue.number(found.judged),
    )
    names = [": ".join(row.names) for row in rows]
    titles = {one.clock: one.title for one in decided}
    in_order = {row.all.group[0]: titles[row.all.group[0]] for row in rows}
    charts = (
        compliance_chart([row.all for row in rows], names, told, tongue),
        trend_chart(points, in_order, tongue),
        response_chart(response_times(decided, frame.period), tongue),
    )
    yield from (chart for chart in charts if chart is not None)


def _figures(
    decided: Sequence[Promise], rows: Sequence[LevelRow], frame: Frame
) -> Mapping[str, Any]:
    found = response_times(decided, frame.period)
    return {
        "clocks": [
            {
                "clock": row.all.group[0],
                "class": row.all.group[1],
                **tally_figures(row.all.adjusted),
                "without_exclusions": tally_figures(row.all.raw),
            }
            for row in rows
        ],
        "severities": [
            {
                "clock": row.group[0],
                "severity": row.group[1],
                **tally_figures(row.adjusted),
            }
            for row in compliance(decided, frame.period, (By.CLOCK, By.SEVERITY))
            if row.group[1]
        ],
        "kept_share": share_figure(tally(decided, frame.period)),
        "response_times": {
            speed.name.lower(): number for speed, number in zip(Speed, found.numbers, strict=True)
        },
    }
