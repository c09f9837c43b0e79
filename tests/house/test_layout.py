"""The shape of the project: its layers, its one top-level name, what the wheel carries."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_connectors_are_a_link_to_the_top_level_folder() -> None:
    link = ROOT / "redmine_sla" / "connectors"
    assert link.is_symlink(), "check out with links (git config core.symlinks true)"
    assert link.resolve() == ROOT / "connectors"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by way of the sdist as a release would be."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(out.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_has_one_top_level_name_and_all_its_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"redmine_sla"}
    assert "redmine_sla/py.typed" in names
    tracked = subprocess.run(
        ["git", "ls-files", "redmine_sla", "connectors"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    expected = {
        name if name.startswith("redmine_sla/") else f"redmine_sla/{name}"
        for name in tracked
        if name != "redmine_sla/connectors"
    }
    assert expected - set(names) == set()


@pytest.mark.slow
def test_the_wheel_is_clean(wheel: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "check_wheel_contents", str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.slow
def test_the_installed_wheel_starts_without_tools_of_development(
    wheel: Path, tmp_path: Path
) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", str(wheel)], check=True)
    told = subprocess.run(
        [python.parent / "redmine-sla", "--help"], capture_output=True, text=True, check=True
    )
    assert "sync" in told.stdout
    subprocess.run([python, "-c", "import redmine_sla"], check=True, cwd=tmp_path)
