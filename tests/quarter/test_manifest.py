"""The manifest: the same bytes for the same quarter, and read back only as it was written."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from redmine_sla.quarter import Quarter
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.manifest import (
    LARGEST,
    Changed,
    Manifest,
    ManifestError,
    plain,
    read_manifest,
)
from tests.quarter.published import FIGURES, manifest, restating

ACME = Edition("acme", Quarter(2026, 3))
RESTATEMENT = manifest(
    restatement=1,
    restates=restating(manifest(), Changed(path=("hours", "used"), before="7.25", after="8.00")),
)


@pytest.mark.parametrize("one", [manifest(), RESTATEMENT])
def test_it_comes_back_as_it_was_written(one: Manifest) -> None:
    again = read_manifest(one.content, one.edition)
    assert again == one
    assert again.sha256 == one.sha256 == hashlib.sha256(one.content).hexdigest()


def test_the_same_quarter_has_the_same_bytes_however_its_figures_are_ordered() -> None:
    turned = {key: FIGURES[key] for key in reversed(list(FIGURES))}
    assert manifest(turned).content == manifest().content


def test_it_is_json_that_people_can_read() -> None:
    read = json.loads(manifest().content)
    assert read["as_of"] == "2026-10-05T07:00:00Z"
    assert read["first"] == "2026-07-01"
    assert read["figures"]["hours"]["used"] == "7.25"
    assert read["files"][0]["filename"] == "2026Q3-acme.pdf"
    assert read["made_by"] == "redmine-sla quarter 1"


def test_its_digest_freezes_everything_in_it() -> None:
    changed = [
        manifest({"hours": {"used": "7.26"}}),
        manifest(judged_by={}),
        manifest(files=()),
        manifest(as_of=manifest().as_of + timedelta(seconds=1)),
    ]
    assert len({one.sha256 for one in [manifest(), *changed]}) == 5


def hostile(**changed: Any) -> bytes:
    """What somebody might upload under its name."""
    data = json.loads(manifest().content) | changed
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
    return f"{text}\n".encode()


def test_the_hostile_files_differ_in_what_was_changed_alone() -> None:
    assert hostile() == manifest().content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Expecting value"),
        (b"\xff\xfe", "Expecting value"),
        (b"%PDF-1.7", "Expecting value"),
        (b"[]", "Input should be an object"),
        (b"[" * 100_000, "nested too deeply"),
        (hostile(figures={"hours": {"used": 7.25}}), "binary fraction"),
        (hostile(figures=float("nan")), "binary fraction"),
        (hostile(made_by="redmine-sla quarter 2"), "made_by"),
        (hostile(quarter="2026Q7"), "quarter"),
        (hostile(as_of="2026-10-05T07:00:00"), "as_of"),
        (hostile(restatement=-1), "restatement"),
        (hostile(more="of it"), "more"),
        (hostile(files=[{"filename": "x", "title": "", "size": 1, "sha256": "AB"}]), "sha256"),
        (manifest().content + b" ", "not written as redmine-sla writes it"),
        (manifest().content.replace(b'"acme"', b'"acme", "name": "acme"'), "not written"),
        (b" " * (LARGEST + 1), "more than"),
        (manifest(quarter="2026Q2").content, "it is about acme 2026Q2"),
        (RESTATEMENT.content, "it is about acme 2026Q3 restatement 1"),
    ],
)
def test_whatever_else_bears_its_name_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(ManifestError, match=said) as refused:
        read_manifest(content, ACME)
    assert "2026Q3-acme-manifest.json" in str(refused.value)


def test_figures_are_exact() -> None:
    assert plain({"rows": (1, "2.50", None, True)}) == {"rows": [1, "2.50", None, True]}
    with pytest.raises(ValueError, match="binary fraction"):
        plain({"used": 7.25})
    with pytest.raises(TypeError):
        plain({"used": Decimal("7.25")})


def test_a_digest_is_a_digest() -> None:
    with pytest.raises(ValidationError):
        manifest(files=({"filename": "x", "title": "", "size": 1, "sha256": "z" * 64},))
