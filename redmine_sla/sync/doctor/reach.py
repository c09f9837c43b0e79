"""The server, the key, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from redmine_sla.contract import Configuration
from redmine_sla.sync.doctor.finding import Finding, advice, error, named, ok, warning
from redmine_sla.sync.doctor.snapshot import ServerSeen
from redmine_sla.sync.failures import (
    CutShort,
    NotJson,
    Redirected,
    RedmineError,
    RestDisabled,
    ServerFault,
    TimedOut,
    TooBusy,
    Unauthorized,
    Unreachable,
)

TOLERATED = timedelta(seconds=60)
PROVISION = "let an administrator run the script that `redmine-sla provision` prints"

_CODES: tuple[tuple[type[RedmineError], str], ...] = (
    (RestDisabled, "rest-off"),
    (Unauthorized, "key-wrong"),
    (Unreachable, "unreachable"),
    (TimedOut, "too-slow"),
    (Redirected, "wrong-address"),
    (NotJson, "wrong-address"),
    (TooBusy, "too-busy"),
    (ServerFault, "server-broken"),
    (CutShort, "cut-short"),
)


def check_failure(failure: RedmineError) -> Finding:
    """Why nothing else could be looked at."""
    code = next((code for kind, code in _CODES if isinstance(failure, kind)), "not-read")
    return error(code, failure.message, failure.hint)


def check_reach(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    url = configuration.desk.redmine.url
    login = server.user.get("login", "?")
    yield ok("reached", f'{url} answers, REST is on, the key is that of "{login}"')
    yield from _transport(url)
    yield from _owner(server, configuration)
    yield from _clock(server.skew)
    yield from _release(server)
    yield ok(
        "preferences",
        "time zone and order of history of the key's user make no difference: times are asked "
        "for in UTC, histories are sorted here",
    )


def _transport(url: str) -> Iterator[Finding]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "http" and host != "localhost" and not host.startswith(("127.", "::1")):
        yield warning(
            "plain-http",
            "the API key and all tickets travel readable over plain http",
            "let Redmine be served over https, then write url with https:// and drop allow_http",
        )


def _owner(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    login = server.user.get("login", "?")
    if server.is_admin:
        yield warning(
            "admin-key",
            f'the key is that of the administrator "{login}": whoever reads it owns this Redmine',
            f"{PROVISION}: it makes a user with the rights needed and no more",
        )
    roles = configuration.desk.roles
    mapped = {*roles.provider, *roles.customer, *roles.third_party}
    held = [
        role["name"]
        for membership in server.user.get("memberships") or ()
        for role in membership["roles"]
        if role["name"] in mapped
    ]
    if held:
        yield warning(
            "key-of-a-person",
            f'the key\'s user "{login}" has the role {named(held)} of people: what he does himself '
            "counts as done by a program, so never as an answer",
            f"use a user of its own; {PROVISION}",
        )


def _clock(skew: timedelta | None) -> Iterator[Finding]:
    if skew is None:
        yield advice(
            "clock-unknown",
            "the server does not tell its time",
            "see by hand that both machines follow a time server (timedatectl)",
        )
    elif abs(skew) > TOLERATED:
        ahead = "ahead of" if skew > timedelta() else "behind"
        yield warning(
            "clock-skew",
            f"the server's clock is {abs(skew)} {ahead} this machine's: what is due is judged "
            "by ours, what happened was written by theirs",
            "let both follow a time server (timedatectl set-ntp true)",
        )
    else:
        yield ok("clock", "the clocks agree")


def _release(server: ServerSeen) -> Iterator[Finding]:
    """REST tells no version; since 5.0 the status of a ticket says whether it is a closed one."""
    tickets = [ticket for project in server.projects for ticket in project.tickets]
    if tickets and all("is_closed" not in ticket["status"] for ticket in tickets):
        yield error(
            "too-old",
            "this Redmine is older than 5.0",
            "upgrade it: 5.0, 6.0 and 6.1 are what this program is tested with",
        )
