"""`--dry-run`: the plan as a diff that people read, and as JSON."""

from __future__ import annotations

import hashlib
import json

from redmine_sla.plan import (
    Change,
    Edit,
    Plan,
    SaveWikiPage,
    UpdateTicket,
    plan_json,
    plan_text,
)
from tests.notation import instant
from tests.sync.publication import publication

AS_OF = instant("2026-03-02 16:00")


def ticket(
    number: int = 123, subject: str = "Printer prints blanks", note: str = ""
) -> UpdateTicket:
    return UpdateTicket(
        ticket=number,
        subject=subject,
        contract="acme",
        edits=(
            Edit("SLA status", "resolution: on track", "resolution: at risk"),
            Edit("Priority", "", "High"),
        ),
        fields={102: "resolution: at risk"},
        priority=3,
        why="resolution within 8 business hours: 81 % used",
        note=note,
        private_note=bool(note),
    )


def page(before: str | None = "One.\r\n\r\nTwo.\r\n\r\nThree.\r\n") -> SaveWikiPage:
    return SaveWikiPage(
        project=1,
        where="acme",
        title="SLA acme",
        contract="acme",
        before=before,
        after="One.\n\nTwo, changed.\n\nThree.\n",
        version=4,
        why="changed",
    )


def text(*changes: Change, findings: tuple[str, ...] = ()) -> str:
    return plan_text(Plan.of(AS_OF, changes, findings))


def test_a_ticket_reads_as_a_diff_with_subject_and_reason() -> None:
    assert text(ticket()) == (
        "#123  Printer prints blanks  [acme]\n"
        "      resolution within 8 business hours: 81 % used\n"
        "      SLA status  - resolution: on track\n"
        "                  + resolution: at risk\n"
        "      Priority    - (empty)\n"
        "                  + High\n"
        "\n"
        "1 ticket and 0 wiki pages to write.\n"
    )


def test_a_page_reads_as_a_diff_of_its_lines() -> None:
    assert text(page()) == (
        "wiki  SLA acme  [acme] in acme: changed\n"
        "      ...\n"
        "\n"
        "      - Two.\n"
        "      + Two, changed.\n"
        "\n"
        "\n"
        "0 tickets and 1 wiki page to write.\n"
    )


def test_tickets_come_first_by_number_then_pages() -> None:
    told = text(page(), ticket(20), ticket(3))
    assert told.index("#3 ") < told.index("#20 ") < told.index("wiki ")


def test_a_note_says_whether_it_is_private() -> None:
    assert "      + private note: Due in an hour" in text(ticket(note="Due in an hour"))


def test_what_a_person_should_look_at_stands_at_the_end() -> None:
    told = text(findings=("a field is missing", "a field is missing"))
    assert told == "! a field is missing\nNothing to write.\n"


def test_a_subject_cannot_play_with_the_terminal() -> None:
    assert "\x1b" not in text(ticket(subject="\x1b[2J\x07\u202egone"))


def test_an_empty_plan_says_so() -> None:
    plan = Plan.of(AS_OF, ())
    assert plan.is_empty
    assert plan_text(plan) == "Nothing to write.\n"


def test_a_publication_reads_as_what_comes_to_stand() -> None:
    assert text(*publication()) == (
        "version  2026-Q3  [acme] in acme: new\n"
        "\n"
        "file  quarter.pdf  [acme] in acme, version 2026-Q3: new\n"
        "      + 4 bytes, SHA-256 315d429b7714...\n"
        "\n"
        "file  quarter.csv  [acme] in acme, version 2026-Q3: new\n"
        "      + 4 bytes, SHA-256 9a8be2eb1604...\n"
        "\n"
        "wiki  SLA_acme_2026-Q3  [acme] in acme: new\n"
        "      ...\n"
        "      + The quarter\n"
        "      + file chart.png: 12 bytes, SHA-256 148888dc0fc1...\n"
        "\n"
        "new ticket  acme/2026-Q3/sign-off  [acme] in acme: new\n"
        "      + key acme/2026-Q3/sign-off, version 2026-Q3\n"
        "      + Look.\n"
        "\n"
        "new ticket  acme/backup/2026-10  [acme] in acme: new\n"
        "      + key acme/backup/2026-10, due 2026-10-03\n"
        "      + Look.\n"
        "\n"
        "0 tickets, 1 wiki page, 1 version, 2 files and 2 new tickets to write.\n"
    )


def test_files_are_told_to_programs_by_size_and_digest() -> None:
    data = json.loads(json.dumps(plan_json(Plan.of(AS_OF, publication()))))
    version, _, csv, page, sign_off, _ = data["changes"]
    assert (version["kind"], version["name"]) == ("version", "2026-Q3")
    assert csv == {
        "kind": "file",
        "contract": "acme",
        "project": "acme",
        "version_name": "2026-Q3",
        "why": "new",
        "filename": "quarter.csv",
        "content_type": "application/octet-stream",
        "description": "",
        "bytes": 4,
        "sha256": hashlib.sha256(b"a;b\n").hexdigest(),
    }
    assert [attached["filename"] for attached in page["attachments"]] == ["chart.png"]
    assert (sign_off["kind"], sign_off["key"]) == ("new_ticket", "acme/2026-Q3/sign-off")


def test_as_json_with_stable_keys() -> None:
    data = json.loads(json.dumps(plan_json(Plan.of(AS_OF, [page(), ticket()], ["look"]))))
    assert data == {
        "as_of": "2026-03-02T15:00:00Z",
        "changes": [
            {
                "kind": "ticket",
                "contract": "acme",
                "ticket": 123,
                "subject": "Printer prints blanks",
                "why": "resolution within 8 business hours: 81 % used",
                "edits": [
                    {
                        "what": "SLA status",
                        "before": "resolution: on track",
                        "after": "resolution: at risk",
                    },
                    {"what": "Priority", "before": "", "after": "High"},
                ],
                "note": None,
                "private_note": False,
            },
            {
                "kind": "wiki_page",
                "contract": "acme",
                "project": "acme",
                "title": "SLA acme",
                "why": "changed",
                "version": 4,
                "before": "One.\r\n\r\nTwo.\r\n\r\nThree.\r\n",
                "after": "One.\n\nTwo, changed.\n\nThree.\n",
                "attachments": [],
            },
        ],
        "findings": ["look"],
    }
