"""The contract's page tells how each quarter's sign-off stands, in the customer's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.sign_off_words import decision_words, sign_offs_blocks
from redmine_sla.quarter.signed import Decision, LateNo, SignOff
from tests.notation import BUDAPEST, instant
from tests.quarter.deliverables import told

ENGLISH = tongue_for(Language.ENGLISH)
AT = instant("2026-10-07 11:30")


def late_no(*, rejected: bool) -> LateNo:
    at = instant("2026-10-22 10:00")
    return LateNo(by="Anna Kiss", first=at, at=at, note="No", rejected=rejected)


def sign_off(decision: Decision, at: datetime | None = None, **more: Any) -> SignOff:
    given: dict[str, Any] = {
        "edition": Edition("acme", Quarter(2026, 3)),
        "manifest": "5f" * 32,
        "ticket": 71,
        "asked": instant("2026-10-05 09:00"),
        "is_open": True,
    }
    return SignOff(decision=decision, at=at, **given | more)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            sign_off(Decision.ACCEPTED, AT, by="Anna Kiss"),
            "Accepted by Anna Kiss, 2026-10-07 11:30 CEST",
        ),
        (
            sign_off(Decision.ACCEPTED_TACITLY, AT),
            "Accepted, as nobody answered before 2026-10-07 11:30 CEST",
        ),
        (
            sign_off(Decision.ACCEPTED_TACITLY, AT, late=late_no(rejected=True)),
            "Accepted, as nobody answered before 2026-10-07 11:30 CEST; later rejected by "
            "Anna Kiss, 2026-10-22 10:00 CEST",
        ),
        (
            sign_off(Decision.ACCEPTED_TACITLY, AT, late=late_no(rejected=False)),
            "Accepted, as nobody answered before 2026-10-07 11:30 CEST; later opened again by "
            "Anna Kiss, 2026-10-22 10:00 CEST",
        ),
        (
            sign_off(Decision.REPLACED, AT, by="Anna Kiss"),
            "Other files were published in its place, 2026-10-07 11:30 CEST",
        ),
        (
            sign_off(Decision.REJECTED, AT, by="Anna Kiss", note="July is wrong"),
            "Rejected by Anna Kiss, 2026-10-07 11:30 CEST",
        ),
        (
            sign_off(Decision.WITHDRAWN, AT),
            "Restated before it was signed off, 2026-10-07 11:30 CEST",
        ),
        (sign_off(Decision.AWAITED), "Sign-off awaited"),
        (
            sign_off(Decision.AWAITED, silent_until=AT),
            "Awaited; silence until 2026-10-07 11:30 CEST is acceptance",
        ),
        (
            sign_off(Decision.AWAITED, closed_by="Béla Nagy", closer="Béla Nagy"),
            "Awaited: Béla Nagy, who closed it, may not sign off",
        ),
    ],
)
def test_how_it_stands(one: SignOff, words: str) -> None:
    assert decision_words(one, ENGLISH, BUDAPEST) == words


def test_the_latest_comes_first_with_its_page_and_ticket() -> None:
    first = sign_off(Decision.WITHDRAWN, AT)
    second = sign_off(Decision.AWAITED, edition=Edition("acme", Quarter(2026, 3), 1), ticket=72)
    said = told(sign_offs_blocks([first, second], "SLA acme", ENGLISH, BUDAPEST))
    rows = [row for row in said.splitlines() if "SLA acme 2026Q3" in row]
    assert "SLA acme 2026Q3 restatement 1" in rows[0]
    assert "#72" in rows[0]
    assert "#71" in rows[1]


def test_without_any_nothing_is_said() -> None:
    assert told(sign_offs_blocks([], "SLA acme", ENGLISH, BUDAPEST)).strip() == ""
