"""Building a release is safe against interruption, against company, and against a broken suite.

A real build takes a minute, so the recipe here is a short one; everything around it is the real
thing. That the real recipe works is what every other test in this folder shows.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.harness import cache, debian, engine, fixtures
from tests.harness.errors import BuildFailed, NoEngine, in_ci
from tests.harness.releases import NEWEST, RELEASES

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        debian.obstacle() is not None and not in_ci(), reason=f"chroots: {debian.obstacle()}"
    ),
    pytest.mark.skipif(
        shutil.which("debootstrap") is None and not in_ci(), reason="debootstrap is missing"
    ),
]

ROOT = Path(__file__).parents[2]

BUILDS = """
import sys
from tests.harness import debian
from tests.harness.releases import NEWEST
debian.BUILD = sys.argv[1]
debian.Chroots().build(NEWEST, print)
"""

MOUNTS_AND_WAITS = """
mkdir -p "$2/proc"; mount -t proc proc "$2/proc"; touch "$3/mounted"; sleep 300
"""
COUNTS = 'mkdir "$2"; echo built >> "$3/count"; sleep 0.5'


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REDMINE_SLA_CACHE", str(tmp_path))
    return tmp_path


def building(recipe: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", BUILDS, recipe], cwd=ROOT)


def silent(message: str) -> None:
    pass


def downloads(own_cache: Path) -> Path:
    return own_cache / "downloads" / NEWEST.suite


def trees(own_cache: Path) -> list[str]:
    return sorted(tree.name for tree in (own_cache / "trees").iterdir())


def test_a_build_that_is_killed_leaves_no_mount_and_can_be_done_again(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with building(MOUNTS_AND_WAITS) as builder:
        while not (downloads(own_cache) / "mounted").exists():
            assert builder.poll() is None
            time.sleep(0.02)
        os.kill(builder.pid, signal.SIGKILL)
    monkeypatch.setattr(debian, "BUILD", MOUNTS_AND_WAITS)
    assert not debian.Chroots().is_built(NEWEST), "half a tree is none"
    assert [name.endswith(".unfinished") for name in trees(own_cache)] == [True]
    assert str(own_cache) not in Path("/proc/self/mountinfo").read_text()

    with (
        building(MOUNTS_AND_WAITS.replace("300", "0")) as other,
        building(MOUNTS_AND_WAITS.replace("300", "0")),
    ):
        pass
    assert other.returncode == 0
    assert [name for name in trees(own_cache) if not name.endswith(".unfinished")]


def test_two_builders_build_once(own_cache: Path) -> None:
    with building(COUNTS) as one, building(COUNTS) as other:
        pass
    assert (one.returncode, other.returncode) == (0, 0)
    assert (downloads(own_cache) / "count").read_text() == "built\n"


def test_a_changed_recipe_builds_anew(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for recipe in (COUNTS, COUNTS + " # changed"):
        monkeypatch.setattr(debian, "BUILD", recipe)
        assert not debian.Chroots().is_built(NEWEST)
        debian.Chroots().build(NEWEST, silent)
        assert debian.Chroots().is_built(NEWEST)
    assert len(trees(own_cache)) == 2
    monkeypatch.setattr(debian, "MONTH", -1.0)
    monkeypatch.setattr(debian, "BUILD", COUNTS + " # again")
    debian.Chroots().build(NEWEST, silent)
    assert len(trees(own_cache)) == 1, "what nobody has used for a month is removed"


def test_a_suite_that_does_not_install_is_reported_with_its_last_words(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "BUILD", "echo 'E: Unable to locate package redmine'; exit 100")
    with pytest.raises(BuildFailed, match=r"Debian sid\n.*Unable to locate package redmine"):
        debian.Chroots().build(NEWEST, silent)
    assert trees(own_cache) == []


def test_the_others_are_built_when_one_is_not(own_cache: Path) -> None:
    recipe = 'set -e; [ "$1" != sid ]; mkdir "$2"'
    script = (
        "import sys; from tests.harness import __main__, debian\n"
        "debian.BUILD = sys.argv[1]; sys.exit(__main__.main(['build']))"
    )

    def build(ci: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", script, recipe],
            cwd=ROOT,
            env=os.environ | {"CI": ci},
            capture_output=True,
            text=True,
            check=False,
        )

    outcome = build(ci="")
    assert outcome.returncode == 0
    assert "*** NO Redmine 6.1 ***" in outcome.stderr
    assert [name.partition("-")[0] for name in trees(own_cache)] == ["5.0", "6.0"]
    assert build(ci="true").returncode == 1


class TestWhereNoServerCanBe:
    def test_the_message_says_what_stands_in_the_way(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(NoEngine, match=r"chroots: they need root.*\n.*no docker command") as no:
            engine.choose()
        assert "next: run as root on a Debian machine, or start a Docker engine" in str(no.value)

    def test_tests_are_skipped_with_the_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CI", raising=False)
        with pytest.raises(pytest.skip.Exception, match=r"no real Redmine 5\.0: no root"):
            fixtures._do_without(RELEASES["5.0"], "no root")

    def test_tests_fail_in_ci(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CI", "true")
        with pytest.raises(pytest.fail.Exception, match=r"no real Redmine 5\.0: no root"):
            fixtures._do_without(RELEASES["5.0"], "no root")


def test_a_folder_with_a_mount_inside_is_not_removed(own_cache: Path) -> None:
    tree = own_cache / "trees" / "tree"
    (tree / "proc").mkdir(parents=True)
    # The mount is seen only in a namespace of its own, so that this test can leave nothing behind.
    code = (
        "import sys; from pathlib import Path; from tests.harness import cache\n"
        "cache.remove(Path(sys.argv[1]))"
    )
    shell = f'mount -t proc proc "$0/proc" && exec {sys.executable} -c "$1" "$0"'
    outcome = subprocess.run(
        [*debian.NAMESPACE, "sh", "-c", shell, str(tree), code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "has something mounted inside" in outcome.stderr
    assert tree.exists()
    cache.remove(tree)
    assert not tree.exists()
