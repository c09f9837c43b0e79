"""The names of an edition: all that it is found again by, and never another one's."""

from __future__ import annotations

import pytest

from redmine_sla.quarter import Quarter
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.sign_off_key import SignOffKey, key_in

ORIGINAL = Edition("crm-alma", Quarter(2026, 3))
DIGEST = "5f" * 32


def test_the_original() -> None:
    assert ORIGINAL.stem == "2026Q3-crm-alma"
    assert ORIGINAL.manifest_name == "2026Q3-crm-alma-manifest.json"
    assert ORIGINAL.key(DIGEST) == f"quarter/crm-alma/2026Q3/{DIGEST}"
    assert ORIGINAL.page_of("SLA crm-alma") == "SLA crm-alma 2026Q3"
    assert ORIGINAL.before is None


def test_a_restatement_of_a_restatement() -> None:
    second = ORIGINAL.next.next
    assert second.stem == "2026Q3-crm-alma-restatement-2"
    assert second.key(DIGEST) == f"quarter/crm-alma/2026Q3/restatement-2/{DIGEST}"
    assert second.page_of("SLA crm-alma") == "SLA crm-alma 2026Q3 restatement 2"
    assert second.before == ORIGINAL.next


def test_the_manifest_is_the_first_of_its_files() -> None:
    for edition in (ORIGINAL, ORIGINAL.next):
        others = [f"{edition.stem}.{ending}" for ending in ("html", "pdf", "xlsx")]
        assert min([edition.manifest_name, *others]) == edition.manifest_name


def test_a_name_that_no_file_may_have() -> None:
    stem = Edition("Alma: CRM/ERP", Quarter(2026, 3)).stem
    assert stem == "2026Q3-Alma-CRM-ERP"


@pytest.mark.parametrize("edition", [ORIGINAL, ORIGINAL.next, ORIGINAL.next.next])
def test_a_key_leads_back_to_its_edition_and_manifest(edition: Edition) -> None:
    assert key_in(edition.key(DIGEST), "crm-alma") == SignOffKey(edition, DIGEST)
    assert key_in(edition.key(DIGEST), "crm") is None


@pytest.mark.parametrize(
    "key",
    [
        "",
        "duty/crm-alma/log_review/2026-07-01",
        "quarter/crm-alma/",
        "quarter/crm-alma/2026Q3",
        f"quarter/crm-alma/2026Q5/{DIGEST}",
        f"quarter/crm-alma/2026Q3/restatement-/{DIGEST}",
        f"quarter/crm-alma/2026Q3/restatement-0/{DIGEST}",
        f"quarter/crm-alma/2026Q3/restatement-x/{DIGEST}",
        f"quarter/crm-alma/2026-q3/{DIGEST}",
        f"quarter/crm-alma-2/2026Q3/{DIGEST}",
        f"quarter/crm-alma/2026Q3/{DIGEST[:-1]}",
        f"quarter/crm-alma/2026Q3/{DIGEST.upper()}",
        f"quarter/crm-alma/2026Q3/{DIGEST}\n",
    ],
)
def test_other_keys_are_of_no_edition(key: str) -> None:
    assert key_in(key, "crm-alma") is None
