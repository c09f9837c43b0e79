"""The page of a published quarter, and the mark on it by which everybody knows that it is frozen.

The mark stands on the page itself, so that a run whose mirror was lost leaves the page alone too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import tzinfo
from html import unescape
from zoneinfo import ZoneInfo

from redmine_sla.language import Tongue
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    Line,
    Link,
    Page,
    Paragraph,
    Table,
    line,
)
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.figure_words import FigureWords
from redmine_sla.quarter.manifest import Manifest, ManifestFile, Restates
from redmine_sla.quarter.restatement import restated_blocks

_JOINER = "\u2060"  # parts, unseen, what a wiki would make a link of
_MARK = re.compile(r"([\w.-]+-manifest\.json) SHA-256 ([0-9a-f]{64})\Z")
_ROW_OF_A_FILE = re.compile(r"\|.*[0-9a-f]{64}\s*\|\Z")
_NO_DIGEST = "0" * 64


def edition_page(
    deliverable: Deliverable, edition: Edition, restates: Restates | None, before: str
) -> Page:
    """The deliverable as printed: a restatement says under its title what it restates.

    `before` is the wiki page of the edition before.
    """
    page, frame = deliverable.page, deliverable.frame
    if restates is None:
        return page
    _, *rest = page.blocks
    words = FigureWords(frame.tongue, frame.period.zone, frame.terms)
    told = restated_blocks(restates, edition.restatement, before, words, frame.tongue)
    return Page((_restated_title(deliverable, edition), *told, *rest))


def _restated_title(deliverable: Deliverable, edition: Edition) -> Heading:
    tongue = deliverable.frame.tongue
    number = tongue.number(edition.restatement)
    restated = tongue.say("Restatement {number}", number=number)
    return Heading(1, line(f"{deliverable.title} ({restated})"))


def published_page(page: Page, manifest: Manifest, files: str, tongue: Tongue) -> Page:
    """A printed page as wiki page: what was published with it and where, and the mark.

    `files` is the address of the project's Files.
    """
    return Page((*page.blocks, *_published(manifest, files, tongue), _mark(manifest)))


def published_digest(source: str) -> str | None:
    """The digest of the manifest that froze a wiki page; `None` where the page is not frozen.

    The mark is the last line, or stands under the list of files, where people added something
    below: what stands elsewhere may be anybody's words.
    """
    found = _mark_of(source)
    return found[2] if found else None


def freezing_manifest(source: str) -> str:
    """The file name of that manifest; empty where the page is not frozen."""
    found = _mark_of(source)
    return found[1] if found else ""


def _mark_of(source: str) -> re.Match[str] | None:
    plain = unescape(source).replace(_JOINER, "").split("\n")
    lines = [text.strip() for text in plain if text.strip()]
    for place in reversed(range(len(lines))):
        found = _MARK.search(lines[place])
        above = lines[place - 1] if place else ""
        if found and (place == len(lines) - 1 or _ROW_OF_A_FILE.match(above)):
            return found
    return None


def page_digest(source: str, manifest: Manifest) -> str:
    """The SHA-256 of a wiki page's text, but for the digest of its own manifest, which names it.

    Line ends and blanks before them do not count: browsers send others than REST does.
    """
    lines = source.replace("\r\n", "\n").replace(manifest.sha256, _NO_DIGEST).split("\n")
    text = "\n".join(line.rstrip() for line in lines).strip()
    return hashlib.sha256(text.encode()).hexdigest()


def is_published(source: str) -> bool:
    """Whether a wiki page is that of a frozen quarter: nothing may be written over it."""
    return published_digest(source) is not None


def _published(manifest: Manifest, files: str, tongue: Tongue) -> Iterable[Block]:
    yield Heading(2, line(tongue.say("Published files")))
    yield Paragraph(
        line(
            tongue.say(
                "This quarter is frozen as known at {moment}. If its past changes, a restatement "
                "is published beside it; this page and its files stay as they are.",
                moment=tongue.moment(manifest.as_of, _zone(manifest)),
            )
        )
    )
    yield Table(
        (
            Column(tongue.say("File")),
            Column(tongue.say("Bytes"), Align.RIGHT),
            Column("SHA-256"),
        ),
        tuple(_file_row(file, files, tongue) for file in manifest.files),
    )


def _file_row(file: ManifestFile, files: str, tongue: Tongue) -> tuple[Line, ...]:
    return line(Link(files, file.filename)), line(tongue.number(file.size)), line(file.sha256)


def _mark(manifest: Manifest) -> Block:
    return Paragraph(line(f"{manifest.edition.manifest_name} SHA-256 {manifest.sha256}"))


def _zone(manifest: Manifest) -> tzinfo:
    return ZoneInfo(manifest.contract.timezone)
