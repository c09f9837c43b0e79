"""What customers thought of the work, where they were asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import Align, Block, Column, Heading, Paragraph, Table, line
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.finished import Finished
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.section import Section


def satisfaction_section(finished: Iterable[Finished], frame: Frame) -> Section:
    """How often each answer was given on tickets done in the period, and how many gave none.

    The answers are the desk's own words: they are counted, not weighed. Those on tickets that not
    every reader may see are among the given ones, and their words are not told.
    """
    done = [one for one in finished if frame.period.contains(one.at)]
    answers = Counter(one.satisfaction for one in done if one.satisfaction and not one.hidden)
    tongue = frame.tongue
    given = sum(1 for one in done if one.satisfaction)
    return Section(
        content=Content.SATISFACTION,
        blocks=(
            Heading(2, line(tongue.say("Satisfaction"))),
            *_told(answers, frame),
            Paragraph(
                line(
                    tongue.say(
                        "{given} of {done} finished tickets were rated.",
                        given=tongue.number(given),
                        done=tongue.number(len(done)),
                    )
                )
            ),
        ),
        figures={"finished": len(done), "answers": dict(sorted(answers.items()))},
        sheets=(
            Sheet(
                "satisfaction",
                tongue.say("Satisfaction"),
                (tongue.say("Answer"), tongue.say("Tickets")),
                tuple(sorted(answers.items())),
            ),
        ),
    )


def _told(answers: Counter[str], frame: Frame) -> Iterable[Block]:
    if answers:
        tongue = frame.tongue
        yield Table(
            (Column(tongue.say("Answer")), Column(tongue.say("Tickets"), Align.RIGHT)),
            tuple(
                (line(answer), line(tongue.number(count)))
                for answer, count in answers.most_common()
            ),
        )
