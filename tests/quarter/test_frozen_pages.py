"""The page of a frozen quarter: what is on it, and how everybody knows that it is frozen."""

from __future__ import annotations

from html import unescape

import pytest

from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import Markup, Page, Paragraph, line, render
from redmine_sla.plan.stamp import stamp
from redmine_sla.quarter.freezing import (
    edition_page,
    is_published,
    page_digest,
    published_digest,
    published_page,
)
from redmine_sla.quarter.manifest import Changed, Restates
from tests.notation import BUDAPEST, instant
from tests.quarter.published import deliverable, manifest, restating

FILES = "https://redmine.example.com/projects/acme/files"
ENGLISH = tongue_for(Language.ENGLISH)
MARKUPS: tuple[Markup, ...] = ("textile", "common_mark")


def source(markup: Markup = "common_mark", language: Language = Language.ENGLISH) -> str:
    page = published_page(deliverable().page, manifest(), FILES, tongue_for(language))
    return render(page, markup)


def restated(restates: Restates) -> str:
    """The printed page of a restatement, as a person reads its source."""
    edition = manifest().edition.next
    page = edition_page(deliverable(), edition, restates, "SLA acme 2026Q3")
    return unescape(render(page, "common_mark").replace("\u2060", ""))


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("language", list(Language))
def test_it_is_known_by_its_last_line_in_every_language(markup: Markup, language: Language) -> None:
    written = source(markup, language)
    assert published_digest(written) == manifest().sha256
    assert is_published(written.replace("\n", "\r\n"))
    assert is_published(f"{written}\n  \n")


@pytest.mark.parametrize("markup", MARKUPS)
def test_it_stays_known_when_somebody_writes_below(markup: Markup) -> None:
    remarked = f"{source(markup)}\n\nSeen with the customer on Monday.\n"
    assert published_digest(remarked) == manifest().sha256


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("language", list(Language))
def test_its_digest_is_of_all_its_words_however_they_are_sent(
    markup: Markup, language: Language
) -> None:
    written = source(markup, language)
    digest = page_digest(written, manifest())
    assert page_digest(written.replace("\n", "\r\n") + "\r\n", manifest()) == digest
    assert page_digest(written.replace("Acme", "Acne", 1), manifest()) != digest
    assert page_digest(f"{written}\n\nSeen.", manifest()) != digest
    assert page_digest(written.replace("ab" * 32, "ba" * 32), manifest()) != digest
    other = manifest(page="ef" * 32)  # as the digest is not known before the page is
    assert other.sha256 != manifest().sha256
    page = published_page(deliverable().page, other, FILES, tongue_for(language))
    assert page_digest(render(page, markup), other) == digest


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_draft_is_not_published(markup: Markup) -> None:
    draft = Page((*deliverable().page.blocks, stamp(instant("2026-08-01 09:00"), BUDAPEST)))
    assert not is_published(render(draft, markup))
    assert not is_published("")


@pytest.mark.parametrize("markup", MARKUPS)
def test_somebodys_words_that_look_like_the_mark_freeze_nothing(markup: Markup) -> None:
    words = f"2026Q3-acme-manifest.json SHA-256 {'0' * 64}"
    page = Page((Paragraph(line(words)), stamp(instant("2026-08-01 09:00"), BUDAPEST)))
    assert not is_published(render(page, markup))


def test_it_lists_each_file_with_its_digest() -> None:
    written = unescape(source().replace("\u2060", ""))
    assert f"| [2026Q3-acme.pdf]({FILES}) | 1,200 | {'ab' * 32} |" in written
    assert written.count("2026Q3-acme-manifest.json") == 1
    assert written.count(manifest().sha256) == 1
    assert "frozen as known at 2026-10-05 09:00" in written
    assert "7.25 h were used." in written


def test_the_original_is_printed_as_it_is() -> None:
    one = deliverable()
    assert edition_page(one, manifest().edition, None, "") == one.page


def test_a_restatement_says_beside_what_it_stands_and_what_changed() -> None:
    changed = [
        Changed(path=("hours", "used_hours"), before="7.25", after="1234.5"),
        Changed(path=("budget", "spent"), before="1000 HUF", after="250000 HUF"),
        Changed(path=("breaches", "#12 · Resolution"), before=None, after={"late": True}),
        Changed(path=("breaches", "broken", "#9", "late_by_seconds"), before=None, after=5400),
        Changed(path=("hours", "months", "2026-08", "used_hours"), before="1", after="2"),
        Changed(
            path=("breaches", "broken", "#8 · resolution"), before={"verdict": "missed"}, after=None
        ),
        Changed(
            path=("breaches", "#15 · Response", "due"), before="2026-09-29T15:00:00Z", after=None
        ),
    ]
    said = restated(restating(manifest(), *changed))
    assert "**Restatement 1.** It stands beside what was published before" in said
    assert "[[SLA acme 2026Q3|SLA acme 2026Q3]]" in said
    assert "| Hours | used | 7.25\u00a0h | 1,234.5\u00a0h |" in said
    assert "| Broken promises | #12, Resolution | – | late: yes |" in said
    assert "| #15, Response: due | 2026-09-29 17:00 CEST | – |" in said
    assert "| Broken promises | broken: #9: late by | – | 1\u00a0h\u00a030\u00a0min |" in said
    assert "| Hours | months: August 2026: used | 1\u00a0h | 2\u00a0h |" in said
    assert "| Broken promises | broken: #8, Resolution | outcome: Broken | – |" in said
    assert said.index("What changed") < said.index("7.25 h were used.")
    (money,) = (row for row in said.splitlines() if "Development budget" in row)
    assert "250,000" in money


def test_a_section_that_came_is_told_in_a_line_and_not_with_all_its_figures() -> None:
    came = Changed(path=("hours",), before=None, after={"time_booked": {"activities": []}})
    said = restated(restating(manifest(), came))
    assert "| Hours | the whole section is there | no | yes |" in said
    assert "activities" not in said


def test_rows_that_came_together_do_not_tell_when_they_were_edited() -> None:
    rows = [{"ticket": 9, "entries": 1, "changed": "2026-07-29T14:00:00Z"}]
    came = Changed(path=("hours", "time_booked"), before=None, after={"tickets": rows})
    said = restated(restating(manifest(), came))
    assert "| Hours | time booked | – | tickets: ticket: #9; time entries: 1 |" in said


def test_a_restatement_is_known_by_its_title() -> None:
    said = restated(restating(manifest()))
    assert said.startswith(f"# {deliverable().title} (Restatement 1)\n")


def test_when_a_time_entry_was_edited_is_no_figure_of_the_page() -> None:
    edited = Changed(
        path=("hours", "tickets", "#212 · 2026-07", "changed"),
        before="2026-07-29T14:00:00Z",
        after="2026-10-06T09:00:00Z",
    )
    used = Changed(path=("hours", "tickets", "#212 · 2026-07", "hours"), before="1", after="2.5")
    gone = Changed(
        path=("hours", "tickets", "#9 · 2026-07"),
        before={"ticket": 9, "entries": 1, "changed": "2026-07-29T14:00:00Z"},
        after=None,
    )
    said = restated(restating(manifest(), edited, used, gone))
    assert "| Hours | tickets: #212, July 2026: hours | 1\u00a0h | 2.5\u00a0h |" in said
    assert "| Hours | tickets: #9, July 2026 | ticket: #9; time entries: 1 | – |" in said
    assert "2026-07-29" not in said
    assert "2026-10-06" not in said


def test_where_nothing_else_differs_the_edited_time_is_named() -> None:
    edited = Changed(
        path=("hours", "tickets", "#212 · 2026-07", "changed"),
        before="2026-07-29T14:00:00Z",
        after="2026-10-06T09:00:00Z",
    )
    said = restated(restating(manifest(), edited))
    assert "- A time entry was changed: #212, July 2026." in said
    assert "| Section |" not in said


def test_a_long_list_of_changes_is_cut_and_says_so() -> None:
    changed = [Changed(path=("hours", f"month {n}"), before="1", after="2") for n in range(103)]
    said = restated(restating(manifest(), *changed))
    assert "month 99 " in said
    assert "month 100" not in said
    assert "And 3 more figures; the manifest names them." in said


def test_a_restatement_of_what_was_cut_short() -> None:
    assert "No figure. What was published before is incomplete." in restated(restating(manifest()))


def test_hostile_words_in_a_difference_stay_words() -> None:
    changed = Changed(path=("changes", "{{include(Wiki)}} <b>"), before="=cmd|x", after="[[Home]]")
    page = edition_page(
        deliverable(), manifest().edition.next, restating(manifest(), changed), "SLA acme 2026Q3"
    )
    for markup in MARKUPS:
        written = render(page, markup)
        assert "{{" not in written
        assert "<b>" not in written
        assert "[[Home]]" not in written
