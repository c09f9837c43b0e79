"""Redmine from Debian's packages, each release in a chroot of the suite that carries it.

A tree is built in a mount and process namespace of its own: whatever happens to the build, the
kernel undoes its mounts and ends its processes. It is made under a temporary name and renamed when
complete, so that a tree that is there is whole. Running, it is read-only; all that a server writes
is mounted over it from the instance's folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import time
from pathlib import Path

from tests.harness import cache
from tests.harness.errors import BuildFailed
from tests.harness.mirror import debian_mirror, download_environment
from tests.harness.places import Places, Say
from tests.harness.releases import Release

# $1 suite, $2 tree, $3 folder for downloads, $4 mirror or nothing
BUILD = r"""
set -eu
suite=$1 tree=$2 downloads=$3 mirror=$4
unset TMPDIR
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 TZ=UTC

debootstrap --foreign --variant=minbase --include=ca-certificates --cache-dir="$downloads" \
    "$suite" "$tree" $mirror

printf '#!/bin/sh\nexit 101\n' > "$tree/usr/sbin/policy-rc.d"  # no service starts by itself
chmod 755 "$tree/usr/sbin/policy-rc.d"
mkdir -p "$tree/etc/dpkg/dpkg.cfg.d" "$tree/etc/apt/apt.conf.d" "$downloads/partial"
printf '%s\n' force-unsafe-io 'path-exclude=/usr/share/man/*' 'path-exclude=/usr/share/info/*' \
    'path-exclude=/usr/share/locale/*' > "$tree/etc/dpkg/dpkg.cfg.d/test-server"
# A suite that has not been renewed for a while serves a test as well as a fresh one.
printf '%s\n' 'Acquire::Check-Valid-Until "false";' 'Acquire::Languages "none";' \
    'APT::Install-Recommends "false";' 'APT::Keep-Downloaded-Packages "true";' \
    > "$tree/etc/apt/apt.conf.d/99test-server"
chroot "$tree" /debootstrap/debootstrap --second-stage

mount -t proc proc "$tree/proc"
mount --bind "$downloads" "$tree/var/cache/apt/archives"
chroot "$tree" apt-get -q update
chroot "$tree" apt-get -q -y install redmine redmine-sqlite ruby-sqlite3 puma

# The installation leaves a write-ahead log beside its database: one whole file instead.
installed=/var/lib/dbconfig-common/sqlite3/redmine/instances/default/redmine_default
copy='SQLite3::Database.new(ARGV[0]).execute("VACUUM INTO ?", [ARGV[1]])'
chroot "$tree" ruby -rsqlite3 -e "$copy" "$installed" /var/lib/pristine.sqlite3

umount "$tree/var/cache/apt/archives" "$tree/proc"
rm -rf "$tree"/var/lib/apt/lists/*
"""

# $1 tree, $2 instance, then the command
ENTER = r"""
set -eu
tree=$1 instance=$2
shift 2
mount --bind "$tree" "$tree"
mount -o remount,bind,ro "$tree"
mount -t proc proc "$tree/proc"
mount -t tmpfs tmpfs "$tree/tmp"
mount -t tmpfs tmpfs "$tree/var/cache/redmine/default/tmp"
mount --bind "$instance" "$tree/srv"
mount --bind "$instance/files" "$tree/var/lib/redmine/default/files"
mount --bind "$instance/log" "$tree/var/log/redmine/default"
cd "$tree"
exec chroot . /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LANG=C.UTF-8 TZ=UTC \
    RAILS_ENV=production X_DEBIAN_SITEID=default \
    /bin/sh -c 'cd /usr/share/redmine && exec env "$@"' enter "$@"
"""

MONTH = 30 * 24 * 3600.0  # seconds

# The whole namespace dies with `unshare`, and with it every process and mount made in it.
NAMESPACE = [
    *("unshare", "--mount", "--propagation", "private"),
    *("--pid", "--fork", "--kill-child", "--"),
]


def obstacle() -> str | None:
    """What stands in the way of chroots on this machine, or None."""
    if os.name != "posix" or not Path("/proc/self/ns/mnt").exists():
        return "only Linux has them"
    if os.geteuid() != 0:
        return "they need root, and this is not root"
    probe = subprocess.run([*NAMESPACE, "true"], capture_output=True, text=True, check=False)
    if probe.returncode != 0:
        return f"the kernel does not let this root make namespaces ({probe.stderr.strip()})"
    return None


class Chroots:
    """The engine that builds and enters chroots."""

    name = "chroots of Debian packages"
    places = Places(
        home="/srv",
        files="/var/lib/redmine/default/files",
        pristine="/var/lib/pristine.sqlite3",
        host="127.0.0.1",
        port=0,
        ruby=("ruby",),
        rails=("bundle", "exec", "rails"),
    )

    def is_built(self, release: Release) -> bool:
        return _tree(release).is_dir()

    def build(self, release: Release, say: Say) -> None:
        with cache.locked(f"build-{release}"):
            if self.is_built(release):
                return
            if shutil.which("debootstrap") is None:
                raise BuildFailed(
                    f"Redmine {release} cannot be built: debootstrap is not installed",
                    hint="as root, run: sh tests/harness/install-debian.sh",
                )
            say(f"building Redmine {release} from Debian {release.suite}")
            tree = _tree(release)
            unfinished = tree.with_name(f"{tree.name}.unfinished")
            if unfinished.exists():
                cache.remove(unfinished)  # its builder was interrupted: we hold the lock
            _run_build(release, unfinished)
            unfinished.rename(tree)
            _forget_old_trees(release)

    def command(
        self,
        release: Release,
        instance: Path,
        argv: list[str],
        *,
        publish: int = 0,  # noqa: ARG002 - a chroot has the ports of its machine
    ) -> list[str]:
        tree = _tree(release)
        os.utime(tree)  # in use: see _forget_old_trees
        return [*NAMESPACE, "sh", "-c", ENTER, "enter", str(tree), str(instance), *argv]


def _tree(release: Release) -> Path:
    recipe = "\0".join([BUILD, release.suite])
    key = hashlib.sha256(recipe.encode()).hexdigest()[:12]
    return cache.subfolder("trees") / f"{release}-{key}"


def _forget_old_trees(release: Release) -> None:
    """Removes what older recipes built, once nobody has started it for a month."""
    for tree in cache.subfolder("trees").glob(f"{release}-*"):
        if tree != _tree(release) and time.time() - tree.stat().st_mtime > MONTH:
            cache.remove(tree)


def _run_build(release: Release, tree: Path) -> None:
    downloads = cache.subfolder("downloads") / release.suite
    downloads.mkdir(exist_ok=True)
    arguments = [release.suite, str(tree), str(downloads), debian_mirror() or ""]
    log = cache.subfolder("logs") / f"{release}.log"
    with log.open("w") as output:
        outcome = subprocess.run(
            [*NAMESPACE, "sh", "-c", BUILD, "build", *arguments],
            env=download_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if outcome.returncode != 0:
        last = "\n    ".join(log.read_text(errors="replace").splitlines()[-12:])
        raise BuildFailed(
            f"Redmine {release} could not be built from Debian {release.suite}\n    {last}",
            hint=f"read {log}; a suite in motion is often whole again on the next day",
        )
