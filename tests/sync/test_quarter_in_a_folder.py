"""A quarter's files in a folder: whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from redmine_sla.errors import SlaError
from redmine_sla.plan import Attachment
from redmine_sla.sync.quarterly.folder import write_files


def file(name: str, content: bytes = b"new") -> Attachment:
    return Attachment(name, content, "text/plain")


def test_the_folder_is_made_and_the_files_are_readable(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    written = write_files(folder, [file("2026Q3-acme.html"), file("2026Q3-acme-manifest.json")])
    assert [path.name for path in written] == ["2026Q3-acme.html", "2026Q3-acme-manifest.json"]
    assert written[0].read_bytes() == b"new"
    assert written[0].stat().st_mode & 0o777 == 0o644
    assert len(list(folder.iterdir())) == 2


def test_a_file_that_stands_is_replaced_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.pdf").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device", "x.pdf")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SlaError, match="No space left on device"):
        write_files(tmp_path, [file("x.pdf")])
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SlaError, match="cannot be written") as refused:
        write_files(tmp_path / "taken", [file("x.pdf")])
    assert "--output" in refused.value.hint
