"""From a connection that failed to one of our errors: which way it failed, and what to look at."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import NameResolutionError

from redmine_sla.connectors.redmine.answers import BROKEN_OFF
from redmine_sla.sync.failures import CutShort, Exchange, RedmineError, TimedOut, Unreachable

# In this order: what is looked for among the causes, the error it means, its words and its hint.
_READINGS: tuple[tuple[tuple[type[BaseException], ...], type[RedmineError], str, str], ...] = (
    (
        (requests.exceptions.ProxyError,),
        Unreachable,
        "the proxy on the way to {host} does not let us through",
        "check https_proxy and no_proxy in the environment of this run",
    ),
    (
        (socket.gaierror, NameResolutionError),
        Unreachable,
        "the name {host} is not known",
        "check url for a typing mistake, and this machine's DNS",
    ),
    (
        (TimeoutError, requests.Timeout),
        TimedOut,
        "{host} did not answer completely in time",
        "run again; if Redmine is slow by nature, raise read_timeout and deadline",
    ),
    (
        (ConnectionRefusedError,),
        Unreachable,
        "{host} refuses the connection",
        "is Redmine running, and are port and firewall right?",
    ),
    (
        (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError),
        CutShort,
        "the answer of {host} broke off",
        BROKEN_OFF,
    ),
    (
        (requests.RequestException,),
        Unreachable,
        "the connection to {host} failed",
        "is Redmine running, and is the way to it open?",
    ),
)


def failure_of(error: requests.RequestException, exchange: Exchange, *, host: str) -> RedmineError:
    """The error that a failed connection means. `host` is named where it is not known or deaf."""
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLError | requests.exceptions.SSLError) for cause in causes):
        return _untrusted(causes, exchange, host)
    means, what, hint = next(
        (means, what, hint)
        for kinds, means, what, hint in _READINGS
        if any(isinstance(cause, kinds) for cause in causes)
    )
    return means(what.format(host=host), exchange=exchange, hint=hint)


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
    other_name = "mismatch" in reason
    return Unreachable(
        f"the certificate of {host} is not trusted: {reason}",
        exchange=exchange,
        hint="write url with the name that stands in the certificate"
        if other_name
        else "if your own authority signed it, set ca_bundle to its PEM file "
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
