"""What was delivered: changes by version, and the files handed over with their checksums.

(Profile information-system: once a quarter the product as modified is handed over into
the customer's software archive.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    KeyFigure,
    Line,
    Link,
    Paragraph,
    Table,
    line,
)
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.finished import Finished
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named
from redmine_sla.quarter.long_tables import ROWS_ON_PAGE, further_rows
from redmine_sla.quarter.section import Section

_UNIT = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredFile:
    """A file handed over. `sha256` is in hex, empty where it cannot be told; `address` leads to it,
    in Redmine or wherever a file too large for Redmine lies. `required` ones that are not there
    (`found` is false) leave the handover incomplete.
    """

    title: str
    address: str
    sha256: str = ""
    size: int | None = None
    version: str = ""
    required: bool = False
    found: bool = True


def changes_section(
    finished: Iterable[Finished], files: Sequence[DeliveredFile], frame: Frame
) -> Section:
    """The changes done in the period by version and day, and the files, in the order given."""
    changes = sorted(
        (one for one in finished if one.changes and frame.period.contains(one.at)),
        key=lambda one: (one.version == "", one.version, one.at, one.ticket),
    )
    tongue = frame.tongue
    return Section(
        content=Content.CHANGES,
        blocks=(
            Heading(2, line(tongue.say("Changes delivered"))),
            *_changes(changes, frame),
            *_files([one for one in files if one.found], frame),
        ),
        figures={
            "changes": [_change_figures(one) for one in changes],
            "files": [_file_figures(one) for one in files],
        },
        sheets=(_sheet(changes, frame),),
        highlights=(KeyFigure(tongue.say("Changes delivered"), tongue.number(len(changes))),),
        gaps=tuple(
            tongue.say('The file "{title}" is not there.', title=one.title)
            for one in files
            if one.required and not one.found
        ),
    )


def _changes(changes: Sequence[Finished], frame: Frame) -> Iterable[Block]:
    tongue, zone = frame.tongue, frame.period.zone
    shown = [one for one in changes if not one.hidden]
    if not changes:
        yield Paragraph(line(tongue.say("No change was delivered in this period.")))
    if shown:
        yield Table(
            (
                Column(tongue.say("Version")),
                Column(tongue.say("Ticket")),
                Column(tongue.say("Subject")),
                Column(tongue.say("Done on")),
            ),
            tuple(
                (
                    line(one.version),
                    line(one.ticket),
                    line(one.subject),
                    line(tongue.short_day(one.at.astimezone(zone).date())),
                )
                for one in shown[:ROWS_ON_PAGE]
            ),
        ).trimmed()
        yield from further_rows(len(shown), frame)
    if hidden := len(changes) - len(shown):
        yield not_named(hidden, frame)


def _files(files: Sequence[DeliveredFile], frame: Frame) -> Iterable[Block]:
    if not files:
        return
    tongue = frame.tongue
    yield Heading(3, line(tongue.say("Files handed over")))
    yield Table(
        (
            Column(tongue.say("File")),
            Column(tongue.say("Version")),
            Column(tongue.say("Size"), Align.RIGHT),
            Column("SHA-256"),
        ),
        tuple(
            (_named(one), line(one.version), line(_size(one, frame)), line(one.sha256))
            for one in files
        ),
    ).trimmed()


def _named(one: DeliveredFile) -> Line:
    if one.address.startswith(("https://", "http://")):
        return line(Link(one.address, one.title))
    return line(one.title if one.address == one.title else f"{one.title}: {one.address}")


def _size(one: DeliveredFile, frame: Frame) -> str:
    if one.size is None:
        return ""
    return f"{frame.tongue.number(max(1, round(one.size / _UNIT)))} KiB"


def _change_figures(one: Finished) -> dict[str, Any]:
    named = {} if one.hidden else {"ticket": one.ticket, "version": one.version}
    return {**named, "done": f"{one.at:%Y-%m-%dT%H:%M:%SZ}"}


def _file_figures(one: DeliveredFile) -> dict[str, Any]:
    """See `quarter.compared` on the title."""
    return {"title": one.title, "sha256": one.sha256, "size_bytes": one.size, "found": one.found}


def _sheet(changes: Sequence[Finished], frame: Frame) -> Sheet:
    tongue = frame.tongue
    return Sheet(
        "changes",
        tongue.say("Changes delivered"),
        (
            tongue.say("Version"),
            tongue.say("Ticket"),
            tongue.say("Tracker"),
            tongue.say("Subject"),
            tongue.say("Done on"),
        ),
        tuple(
            (one.version, one.ticket, one.tracker, one.subject, one.at)
            for one in changes
            if not one.hidden
        ),
    )
