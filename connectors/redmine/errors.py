"""From what came over the wire to one of our errors, with the next step in its hint.

The classes stand in `redmine_sla.sync.failures`, where a run can catch them, and are named here
for whoever uses the connector alone.
"""

from __future__ import annotations

import html
import json
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import NameResolutionError
from urllib3.util import Retry

from redmine_sla.connectors.redmine.session import HIDDEN
from redmine_sla.sync.failures import (
    Conflict,
    CutShort,
    Exchange,
    Forbidden,
    NoteShown,
    NotFound,
    NotJson,
    PrivacyUnproved,
    Redirected,
    RedmineError,
    Refused,
    RestDisabled,
    ServerFault,
    TimedOut,
    TooBusy,
    Unauthorized,
    Unreachable,
    WrongAnswer,
)

__all__ = [
    "Conflict",
    "CutShort",
    "Exchange",
    "Forbidden",
    "NotFound",
    "NotJson",
    "NoteShown",
    "PrivacyUnproved",
    "Redirected",
    "RedmineError",
    "Refused",
    "RestDisabled",
    "ServerFault",
    "TimedOut",
    "TooBusy",
    "Unauthorized",
    "Unreachable",
    "WrongAnswer",
    "failure_of",
    "meaning_of",
]

EXCERPT = 200  # characters of an answer that an error shows

_BUSY = {429, 503}
_OK = {200, 201, 204}
_BROKEN_OFF = "run again; if it stays, look at limits and time-outs of the proxy before Redmine"


def meaning_of(response: requests.Response, exchange: Exchange, *, base: str, secret: str) -> Any:
    """The JSON of a good answer, fractions as `Decimal`; `True` where a write answers nothing.

    Raises the error that any other answer means. `base` is Redmine's address as configured;
    `secret` is the key, taken out of what the error shows.
    """
    body = response.content.strip()
    if response.status_code in _OK and (_claims_json(response) or not body):
        return _parsed(body, exchange)
    said = excerpt_of(response).replace(secret, HIDDEN)
    exchange = replace(exchange, status=response.status_code, excerpt=said)
    if 300 <= response.status_code < 400:
        raise _redirected(response, exchange, base)
    if response.status_code in _OK:
        raise _not_json(response, exchange)
    raise _refusal(response, exchange)


def excerpt_of(response: requests.Response) -> str:
    """What the answer says, on one bounded line: of a page its title, else the beginning."""
    text = response.content[:4000].decode("utf-8", errors="replace")
    if _is_page(response):
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        bare = re.sub(r"<(script|style).*?</\1>", " ", text, flags=re.IGNORECASE | re.DOTALL)
        text = html.unescape(title[1] if title else re.sub(r"<[^>]*>", " ", bare))
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"


def _parsed(body: bytes, exchange: Exchange) -> Any:
    if not body and not exchange.safe:
        return True
    try:
        return json.loads(body, parse_float=Decimal)
    except ValueError:
        raise CutShort(
            f"the answer ({len(body)} bytes) is not complete JSON",
            exchange=exchange,
            hint=_BROKEN_OFF,
        ) from None


def _refusal(response: requests.Response, exchange: Exchange) -> RedmineError:
    status = response.status_code
    if status in _BUSY:
        return _busy(response, exchange)
    if status >= 500:
        return ServerFault(
            "broke while answering",
            exchange=exchange,
            hint="the cause stands in Redmine's log/production.log (or the proxy's log)",
        )
    if _is_foreign(response):
        return _not_json(response, exchange)
    if status == 422:
        return _refused(response, exchange)
    kind, what, hint = _PLAIN.get(status, (RedmineError, "an answer nobody expected", ""))
    return kind(what, exchange=exchange, hint=hint)


_PLAIN: dict[int, tuple[type[RedmineError], str, str]] = {
    401: (
        Unauthorized,
        "the API key is not accepted",
        'compare it with Redmine, "My account", "API access key"; its user must be active',
    ),
    403: (
        Forbidden,
        "not allowed",
        "give the key's user the right, or reopen the project if it is closed or archived",
    ),
    404: (NotFound, "not found", "it was deleted, or never was"),
    409: (
        Conflict,
        "somebody else saved it in between",
        "run again: it is read anew and written on top",
    ),
}


def _busy(response: requests.Response, exchange: Exchange) -> TooBusy:
    wait = _retry_after(response)
    asked = f", and asks to wait {wait:.0f} s" if wait else ""
    return TooBusy(
        f"is too busy{asked}",
        exchange=exchange,
        retry_after=wait,
        hint="run again later, or lower `parallel`",
    )


def _refused(response: requests.Response, exchange: Exchange) -> Refused:
    messages = tuple(_messages(response))
    return Refused(
        "refused: " + ("; ".join(messages) or "no reason given"),
        exchange=replace(exchange, excerpt=""),
        messages=messages,
        hint="correct the values named, in Redmine or in the configuration",
    )


def _redirected(response: requests.Response, exchange: Exchange, base: str) -> Redirected:
    target = urljoin(response.url, response.headers.get("Location", ""))
    parts = urlsplit(target)
    place = f"{parts.scheme}://{parts.netloc}{parts.path}"
    asked = urlsplit(response.url).path
    if parts.path == asked:
        right = f"{parts.scheme}://{parts.netloc}{urlsplit(base).path}"
        hint = f'set url = "{right}"'
    elif "login" in parts.path.lower() or parts.netloc != urlsplit(base).netloc:
        hint = "a login stands before Redmine: let requests with an API key pass to its *.json"
    else:
        hint = "open Redmine in a browser and copy its address as it stands there"
    return Redirected(
        f"leads to {place}, which is not followed so that the key stays here",
        exchange=replace(exchange, excerpt=""),
        hint=hint,
    )


def _not_json(response: requests.Response, exchange: Exchange) -> NotJson:
    kind = response.headers.get("Content-Type", "no type").partition(";")[0]
    return NotJson(
        f"answered a page ({kind}) instead of JSON",
        exchange=exchange,
        hint="is url Redmine's own address, as in the browser? "
        "A login or proxy page before it must let *.json through",
    )


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
            hint=_BROKEN_OFF,
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


def _messages(response: requests.Response) -> Iterator[str]:
    try:
        given = json.loads(response.content)["errors"]
    except (ValueError, KeyError, TypeError):
        return
    for message in given if isinstance(given, list) else []:
        yield ": ".join(map(str, message)) if isinstance(message, list) else str(message)


def _retry_after(response: requests.Response) -> float | None:
    given = response.headers.get("Retry-After")
    if given is None:
        return None
    try:
        return Retry().parse_retry_after(given)
    except Exception:  # noqa: BLE001 - urllib3 raises its own for nonsense, which asks for nothing
        return None


def _claims_json(response: requests.Response) -> bool:
    return "json" in response.headers.get("Content-Type", "")


def _is_page(response: requests.Response) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return kind in {"text/html", "application/xhtml+xml"} and bool(response.content.strip())


def _is_foreign(response: requests.Response) -> bool:
    """Whether something else than Redmine's API answered: it refuses with JSON or nothing.

    A proxy's "404 page not found" must never be taken for a deleted ticket.
    """
    return bool(response.content.strip()) and not _claims_json(response)
