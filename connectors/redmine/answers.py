"""From what Redmine answered to its meaning: the JSON, or one of our errors with the next step."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.util import Retry

from redmine_sla.connectors.redmine.session import HIDDEN
from redmine_sla.sync.failures import (
    Conflict,
    CutShort,
    Exchange,
    Forbidden,
    NotFound,
    NotJson,
    Redirected,
    RedmineError,
    Refused,
    ServerFault,
    TooBusy,
    TooLarge,
    Unauthorized,
    WrongAnswer,
)

EXCERPT = 200  # characters of an answer that an error shows

_BUSY = {429, 503}
_OK = {200, 201, 204}
TOO_LARGE = 413
_PIECE = 64 * 1024  # bytes
BROKEN_OFF = "run again; if it stays, look at limits and time-outs of the proxy before Redmine"


def meaning_of(response: requests.Response, exchange: Exchange, *, base: str, secret: str) -> Any:
    """The JSON of a good answer, fractions as `Decimal`; `True` where a write answers nothing.

    Raises the error that any other answer means. `base` is Redmine's address as configured;
    `secret` is the key, taken out of what the error shows.
    """
    body = response.content.strip()
    if response.status_code in _OK and (_claims_json(response) or not body):
        return _parsed(body, exchange)
    raise error_of(response, exchange, base=base, secret=secret)


def error_of(
    response: requests.Response, exchange: Exchange, *, base: str, secret: str
) -> RedmineError:
    """The error that an answer means which cannot be used."""
    said = excerpt_of(response).replace(secret, HIDDEN)
    exchange = replace(exchange, status=response.status_code, excerpt=said)
    if 300 <= response.status_code < 400:
        return _redirected(response, exchange, base)
    if response.status_code in _OK:
        return _not_json(response, exchange)
    return _refusal(response, exchange)


def unfetched(
    response: requests.Response, exchange: Exchange, *, base: str, secret: str
) -> RedmineError:
    """The error that an answer means which is not the file asked for.

    Where no JSON is asked for, Redmine refuses with a page for people.
    """
    status = response.status_code
    if status in _PLAIN:
        kind, what, hint = _PLAIN[status]
        return kind(what, exchange=replace(exchange, status=status), hint=hint)
    return error_of(response, exchange, base=base, secret=secret)


def no_more_than(limit: int, exchange: Exchange) -> Callable[..., None]:
    """A hook of requests that takes in so many bytes of a body at most. Raises `WrongAnswer`."""

    def take_in(response: requests.Response, **_: object) -> None:
        body = bytearray()
        for piece in response.iter_content(_PIECE):
            body += piece
            if len(body) > limit:
                response.close()
                raise WrongAnswer(f"sent more than {limit} bytes", exchange=exchange)
        response._content = bytes(body)  # noqa: SLF001 - `content` would read it again

    return take_in


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
            hint=BROKEN_OFF,
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
    if status == TOO_LARGE:
        return TooLarge(
            "the request is larger than the web server allows",
            exchange=exchange,
            hint="raise the limit of the web server before Redmine (nginx: client_max_body_size)",
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
        hint="run again later, or lower `parallel_reads`",
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
        target=target,
    )


def _not_json(response: requests.Response, exchange: Exchange) -> NotJson:
    kind = response.headers.get("Content-Type", "no type").partition(";")[0]
    return NotJson(
        f"answered a page ({kind}) instead of JSON",
        exchange=exchange,
        hint="is url Redmine's own address, as in the browser? "
        "A login or proxy page before it must let *.json through",
    )


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
    """Whether something else than Redmine's API says no.

    Redmine's own refusals are JSON by type and empty, or carry "errors" (seen in 5.0, 6.0, 6.1). A
    proxy's "404 page not found" must never be taken for a deleted ticket.
    """
    if not _claims_json(response):
        return True
    return bool(response.content.strip()) and not list(_messages(response))
