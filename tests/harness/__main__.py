"""Real Redmine servers by hand: python -m tests.harness --help."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from tests.harness import cache, engine, instances, server, starting
from tests.harness.errors import HarnessError, NoEngine, in_ci
from tests.harness.places import Engine
from tests.harness.releases import RELEASES, Release, releases_named


def build(arguments: argparse.Namespace) -> int:
    """Builds what is not built yet, side by side.

    A suite in motion may be broken for a day: the others go on, loudly. Where no server can be had
    at all, the tests that need one will skip. In CI both are failures.
    """
    try:
        way = engine.choose()
    except NoEngine as obstacle:
        if in_ci():
            raise
        print(f"*** NO REAL REDMINE ***\n{obstacle}", file=sys.stderr, flush=True)
        return 0
    releases = releases_named(arguments.release)
    with ThreadPoolExecutor(max_workers=len(releases)) as pool:
        outcomes = list(pool.map(lambda release: _build_one(way, release), releases))
    return 0 if all(outcomes) or (any(outcomes) and not in_ci()) else 1


def _build_one(way: Engine, release: Release) -> bool:
    def say(message: str) -> None:
        print(message, flush=True)

    began = time.monotonic()
    if way.is_built(release):
        say(f"Redmine {release} is built")
        return True
    try:
        way.build(release, say)
    except HarnessError as error:
        print(f"\n*** NO Redmine {release} ***\n{error}\n", file=sys.stderr, flush=True)
        return False
    say(f"Redmine {release} built in {time.monotonic() - began:.0f} s")
    return True


def start(arguments: argparse.Namespace) -> int:
    """Starts a server that stays until it is stopped."""
    way = engine.choose()
    (release,) = releases_named([arguments.release])
    if not way.is_built(release) and not _build_one(way, release):
        return 1
    running = starting.start(
        release,
        way,
        name=release.name,
        outlive=True,
        workers=arguments.workers,
        port=arguments.port,
    )
    print(_card(running))
    return 0


def stop(arguments: argparse.Namespace) -> int:
    """Stops the servers that `start` left running."""
    names = {release.name for release in releases_named(arguments.release)}
    for folder in instances.living():
        if folder.name in names:
            starting.connect(folder, engine.choose()).stop()
            print(f"Redmine {folder.name}: stopped")
    return 0


def reset(arguments: argparse.Namespace) -> int:
    """Puts a server back to a saved state."""
    began = time.monotonic()
    _running(arguments.release).restore(arguments.state)
    print(f"Redmine {arguments.release}: {arguments.state} in {time.monotonic() - began:.2f} s")
    return 0


def seed(arguments: argparse.Namespace) -> int:
    """Puts the desk described in a JSON file on a server, and prints what it became."""
    description = json.loads(Path(arguments.desk).read_text())
    seeded = _running(arguments.release).seed_description(description)
    print(json.dumps(asdict(seeded), indent=2, ensure_ascii=False))
    return 0


def status(arguments: argparse.Namespace) -> int:
    """Says what is built and what runs."""
    way = engine.choose()
    print(f"by {way.name}, kept in {cache.cache_folder()}")
    for release in RELEASES.values():
        print(f"Redmine {release}: {'built' if way.is_built(release) else 'not built'}")
    for folder in instances.living():
        print(_card(starting.connect(folder, way)))
    return 0


def clean(arguments: argparse.Namespace) -> int:
    """Removes what is built and downloaded; refuses while a server runs."""
    running = [folder.name for folder in instances.living()]
    if running:
        problem = f"servers run: {', '.join(running)}"
        raise HarnessError(problem, hint="python -m tests.harness stop, or wait for the tests")
    for release in releases_named(arguments.release):
        with cache.locked(f"build-{release}"):
            trees = cache.subfolder("trees").glob(f"{release}-*")
            for path in [*trees, cache.subfolder("downloads") / release.suite]:
                cache.remove(path)
        print(f"Redmine {release}: removed")
    return 0


def _running(name: str) -> server.RedmineServer:
    (release,) = releases_named([name])
    for folder in instances.living():
        if folder.name == release.name:
            return starting.connect(folder, engine.choose())
    raise HarnessError(
        f"no Redmine {release} has been started by hand",
        hint=f"python -m tests.harness start {release}",
    )


def _card(running: server.RedmineServer) -> str:
    return (
        f"Redmine {running.version} at {running.url}\n"
        f"  login {server.ADMIN_LOGIN}, password {server.ADMIN_PASSWORD}, key {running.admin_key}\n"
        f"  log {running.folder / 'log'}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.harness", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(function: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        text = (function.__doc__ or "").splitlines()[0]
        added = commands.add_parser(function.__name__, help=text, description=text)
        added.set_defaults(function=function)
        return added

    def some_releases(added: argparse.ArgumentParser) -> None:
        known = ", ".join(RELEASES)
        added.add_argument("release", nargs="*", help=f"of {known}; all when none is named")

    def one_release(added: argparse.ArgumentParser) -> argparse.ArgumentParser:
        added.add_argument("release", choices=RELEASES)
        return added

    some_releases(command(build))
    starting = one_release(command(start))
    starting.add_argument("--port", type=int, default=0, help="a free one by default")
    starting.add_argument("--workers", type=int, default=0, help="processes of Puma's cluster mode")
    some_releases(command(stop))
    one_release(command(reset)).add_argument("state", nargs="?", default=server.BLANK)
    one_release(command(seed)).add_argument("desk", help="what Desk.description() gave, as JSON")
    command(status)
    some_releases(command(clean))
    return parser


def main(argv: list[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.function(arguments)
    except HarnessError as error:
        print(error, file=sys.stderr)
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
