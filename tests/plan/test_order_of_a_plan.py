"""A plan's order announces nothing that is not there yet; what two changes claim is not written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from redmine_sla.plan import Attachment, Change, Plan, UpdateTicket
from redmine_sla.plan.render import name_of
from tests.sync.publication import file, page, publication, ticket, version

AT = datetime(2026, 10, 1, 8, tzinfo=UTC)


def update(number: int, **changed: object) -> UpdateTicket:
    given = {"subject": "Printer", "contract": "acme", "edits": ()}
    return UpdateTicket(ticket=number, **{**given, **changed})  # type: ignore[arg-type]


def order(*changes: Change) -> list[str]:
    return [name_of(change) for change in Plan.of(AT, changes).changes]


def test_what_tickets_show_comes_first_and_what_they_tell_last() -> None:
    told = update(4, note="A restatement is published"), update(2, status=5)
    assert order(*told, *publication(), update(9), update(3)) == [
        "#3",
        "#9",
        "version 2026-Q3",
        "file quarter.pdf",
        "file quarter.csv",
        "SLA_acme_2026-Q3",
        'ticket "acme/2026-Q3/sign-off"',
        'ticket "acme/backup/2026-10"',
        "#2",
        "#4",
    ]


def test_files_of_a_version_keep_their_order_so_that_a_manifest_may_lead() -> None:
    files = [file("z-manifest.json"), file("b.pdf"), file("a.csv")]
    assert order(files[0], file("x.pdf", version_name="2026-Q2"), *files[1:]) == [
        "file x.pdf",
        "file z-manifest.json",
        "file b.pdf",
        "file a.csv",
    ]


def test_new_pages_come_before_those_that_may_link_to_them() -> None:
    old, new = page(title="SLA acme", version=3), page(title="SLA acme 2026-Q3")
    assert order(old, new) == ["SLA acme 2026-Q3", "SLA acme"]


def test_new_tickets_come_by_their_due_date() -> None:
    days = {"b": date(2026, 11, 2), "a": date(2026, 11, 9), "c": date(2026, 10, 5)}
    changes = [ticket(key, due=day) for key, day in days.items()]
    assert order(*changes) == ['ticket "c"', 'ticket "b"', 'ticket "a"']


def test_the_order_does_not_depend_on_who_planned_first() -> None:
    some: tuple[Change, ...] = (update(1, note="x"), page(), file(), version())
    assert len({tuple(order(*changes)) for changes in permutations(some)}) == 1


@pytest.mark.parametrize(
    ("one", "other", "finding"),
    [
        (
            ticket("k/1"),
            ticket("k/1", contract="globex", subject="Another"),
            'the key "k/1" is wanted for two tickets of acme, globex ("k/1" is one): '
            "neither is made",
        ),
        (
            version(),
            version(contract="globex"),
            'version "2026-Q3" in acme is claimed by the contracts acme, globex: '
            "publish them in projects of their own",
        ),
        (
            file(),
            file("QUARTER.pdf", b"another"),
            'file "quarter.pdf" of version "2026-Q3" in acme is published twice, by acme: '
            "neither is sent",
        ),
    ],
)
def test_what_is_claimed_twice_is_written_for_neither_and_told(
    one: Change, other: Change, finding: str
) -> None:
    plan = Plan.of(AT, [one, other, update(1)])
    assert plan.changes == (update(1),)
    assert plan.findings == (finding,)


@pytest.mark.parametrize("name", ["a/b.pdf", 'say "x".pdf', "", "a\nb", "x" * 256])
def test_a_file_whose_name_redmine_would_change_is_refused_at_once(name: str) -> None:
    with pytest.raises(ValueError, match=r"another name|a file name of \d+ characters"):
        file(name)
    with pytest.raises(ValueError, match=r"another name|a file name of \d+ characters"):
        Attachment(name, b"", "text/plain")


def test_bytes_are_not_in_what_logs_show() -> None:
    assert "secret" not in repr(file(content=b"secret"))
    assert "secret" not in repr(page(attachments=(Attachment("a", b"secret", "text/plain"),)))
