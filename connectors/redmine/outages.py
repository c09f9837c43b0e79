"""From a connection that failed to one of our errors: which way it failed, and what to look at."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import NameResolutionError

from redmine_sla.connectors.redmine.answers import BROKEN_OFF
from redmine_sla.sync.failures import CutShort, Exchange, RedmineError, TimedOut, Unreachable


def failure_of(error: requests.RequestException, exchange: Exchange, *, host: str) -> RedmineError:
    """The error that a failed connection means. `host` is named where it is not known or deaf."""
    causes = list(_causes(error))
    if _any(causes, ssl.SSLError) or isinstance(error, requests.exceptions.SSLError):
        return _untrusted(causes, exchange, host)
    if _any(causes, socket.gaierror) or _any(causes, NameResolutionError):
        return Unreachable(
            f"the name {host} is not known",
            exchange=exchange,
            hint="check url for a typing mistake, and this machine's DNS",
        )
    if _any(causes, TimeoutError) or isinstance(error, requests.Timeout):
        return TimedOut(
            f"{host} did not answer completely in time",
            exchange=exchange,
            hint="run again; if Redmine is slow by nature, raise read_timeout and deadline",
        )
    if _any(causes, ConnectionRefusedError):
        return Unreachable(
            f"{host} refuses the connection",
            exchange=exchange,
            hint="is Redmine running, and are port and firewall right?",
        )
    if isinstance(
        error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError
    ):
        return CutShort(
            "the answer broke off",
            exchange=exchange,
            hint=BROKEN_OFF,
        )
    return Unreachable(
        f"the connection to {host} failed ({type(causes[-1]).__name__})",
        exchange=exchange,
        hint="is Redmine running, and is the way to it open?",
    )


def _untrusted(causes: list[BaseException], exchange: Exchange, host: str) -> Unreachable:
    reason = next(
        (str(c.verify_message) for c in causes if isinstance(c, ssl.SSLCertVerificationError)), ""
    )
    if not reason:
        return Unreachable(
            f"no encrypted connection to {host}",
            exchange=exchange,
            hint="does the port in url speak https?",
            passing=False,
        )
    return Unreachable(
        f"the certificate of {host} is not trusted: {reason}",
        exchange=exchange,
        hint="if your own authority signed it, set ca_bundle to its PEM file "
        "(on Debian the machine's own: /etc/ssl/certs/ca-certificates.crt)",
        passing=False,
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what lies under it: chained, wrapped as `reason`, or given as an argument."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        under = [current.__cause__, current.__context__, getattr(current, "reason", None)]
        waiting += [e for e in [*under, *current.args] if isinstance(e, BaseException)]


def _any(causes: list[BaseException], kind: type[BaseException]) -> bool:
    return any(isinstance(cause, kind) for cause in causes)
