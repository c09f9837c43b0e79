"""Our engine for python-redmine: one careful request, repeated only where that is harmless.

python-redmine 2.5 ignores timeouts, loses what refusals say and reads hours as floats. It still
builds the requests of all writes; this engine sends them, and the gateway's reads go through
`ask`. Redirects are never followed, so that the key goes nowhere else.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import requests
from redminelib.engines import BaseEngine
from urllib3.exceptions import MaxRetryError
from urllib3.util import Retry

from redmine_sla.connectors.redmine.answers import meaning_of, no_more_than, unfetched
from redmine_sla.connectors.redmine.clock import EMPTY_FEED, NOTHING_YET, ServerClock
from redmine_sla.connectors.redmine.connection import Connection
from redmine_sla.connectors.redmine.deadline import Deadline
from redmine_sla.connectors.redmine.outages import failure_of
from redmine_sla.connectors.redmine.session import session_for
from redmine_sla.sync.failures import Exchange, RedmineError, TooBusy, WrongAnswer
from redmine_sla.sync.ports import RequestCount

log = logging.getLogger(__name__)

Parameters = Sequence[tuple[str, str]]
Answer = TypeVar("Answer")
SAFE_METHODS = frozenset({"GET", "HEAD"})
BYTES = "application/octet-stream"
OK = 200
SHOWN_QUERY = 160  # characters of a query that errors and logs show


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request as it went, for logs and metrics. `number` is 1 unless it was repeated."""

    method: str
    path: str
    status: int | None
    seconds: float
    number: int

    def __str__(self) -> str:
        answer = "no answer" if self.status is None else self.status
        again = f", attempt {self.number}" if self.number > 1 else ""
        return f"{self.method} {self.path}: {answer} in {self.seconds * 1000:.0f} ms{again}"


def log_attempt(attempt: Attempt) -> None:
    """The default hook: one debug line for each request."""
    log.debug("%s", attempt)


class RedmineEngine(BaseEngine):  # type: ignore[misc]  # python-redmine has no types
    """Sends requests for python-redmine and for the gateway; reads may come from several threads.

    Given to python-redmine as `Redmine(url, engine=RedmineEngine, connection=connection)`.
    """

    def __init__(
        self, *, connection: Connection, hook: Callable[[Attempt], None] = log_attempt
    ) -> None:
        self.connection = connection
        self.hook = hook
        self._retry = Retry(
            total=connection.retries,
            allowed_methods=SAFE_METHODS,
            backoff_factor=0.5,
            backoff_max=8,
            backoff_jitter=0.2,
        )
        self._counting = threading.Lock()
        self._made = RequestCount()
        self.clock = ServerClock()
        super().__init__()
        self.session = session_for(connection)

    @staticmethod
    def create_session(**_: object) -> requests.Session | None:
        """python-redmine's hook knows neither connection nor key: `__init__` makes the session."""
        return None

    @property
    def requests_made(self) -> RequestCount:
        return self._made

    def ask(self, path: str, parameters: Parameters = ()) -> Mapping[str, Any]:
        """GET `path` below Redmine's address; its JSON object. Raises `RedmineError`."""
        answer = self.request("get", self.connection.url + path, params=list(parameters))
        if not isinstance(answer, dict):
            raise WrongAnswer("answered a list, not an object", exchange=Exchange("GET", path))
        return answer

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        params: Any = None,
        data: Any = None,
    ) -> Any:
        """Send a request, a read again where that may help. Raises `RedmineError`.

        `data` is sent as JSON, bytes as they are. Returns what the JSON says, fractions as
        `Decimal`; `True` for a write without an answer.
        """
        request = requests.Request(method.upper(), url, headers=dict(headers or {}), params=params)
        if data is not None and request.method not in SAFE_METHODS:
            raw = isinstance(data, bytes)
            request.data = data if raw else json.dumps(data, default=_plain).encode()
            request.headers["Content-Type"] = BYTES if raw else "application/json"
        return self._patiently(self.session.prepare_request(request), self._attempt)

    def fetch(self, path: str, *, at_most: int) -> bytes:
        """The bytes at `path` below Redmine's address. Raises `WrongAnswer` beyond `at_most`."""
        exchange = Exchange("GET", path)
        request = requests.Request(
            "GET",
            self.connection.url + path,
            headers={"Accept": "*/*"},
            hooks={"response": no_more_than(at_most, exchange)},
        )

        def attempt(prepared: requests.PreparedRequest, deadline: Deadline, number: int) -> bytes:
            response, _ = self._exchange(prepared, deadline, number=number)
            if response.status_code != OK:
                raise unfetched(
                    response, exchange, base=self.connection.url, secret=self.connection.key
                )
            return response.content

        return self._patiently(self.session.prepare_request(request), attempt)

    def ask_clock(self) -> None:
        """Look at the server's clock, also where its answers bear no `Date`."""
        url = self.connection.url + EMPTY_FEED
        request = requests.Request("GET", url, params=list(NOTHING_YET))
        response, seconds = self._exchange(
            self.session.prepare_request(request), Deadline(self.connection.deadline), number=1
        )
        if "Date" not in response.headers:
            self.clock.look_at_feed(response, seconds)

    def process_bulk_request(self, *_: object) -> list[Any]:
        """Not offered: python-redmine's own paging skips rows of lists that change underneath."""
        raise NotImplementedError

    def _patiently(
        self,
        prepared: requests.PreparedRequest,
        attempt: Callable[[requests.PreparedRequest, Deadline, int], Answer],
    ) -> Answer:
        deadline = Deadline(self.connection.deadline)
        retry = self._retry
        while True:
            try:
                return attempt(prepared, deadline, len(retry.history) + 1)
            except RedmineError as failure:
                retry = self._patience_after(failure, retry, deadline)

    def _attempt(self, prepared: requests.PreparedRequest, deadline: Deadline, number: int) -> Any:
        response, _ = self._exchange(prepared, deadline, number=number)
        return meaning_of(
            response,
            Exchange(str(prepared.method), self._path(str(prepared.url))),
            base=self.connection.url,
            secret=self.connection.key,
        )

    def _exchange(
        self, prepared: requests.PreparedRequest, deadline: Deadline, *, number: int
    ) -> tuple[requests.Response, float]:
        """The answer as it came and the seconds it took. Raises where none came."""
        exchange = Exchange(str(prepared.method), self._path(str(prepared.url)))
        began = time.monotonic()
        try:
            response = self._send(prepared, deadline)
        except requests.RequestException as error:
            self._record(exchange, None, time.monotonic() - began, number)
            host = urlsplit(self.connection.url).netloc
            raise failure_of(error, exchange, host=host) from error
        seconds = time.monotonic() - began
        self._record(exchange, response.status_code, seconds, number)
        self.clock.look(response, seconds)
        return response, seconds

    def _send(self, prepared: requests.PreparedRequest, deadline: Deadline) -> requests.Response:
        left = max(deadline.left, 0.001)
        patience = (
            min(self.connection.connect_timeout, left),
            min(self.connection.read_timeout, left),
        )
        with deadline:
            return self.session.send(prepared, allow_redirects=False, timeout=patience)

    def _patience_after(self, failure: RedmineError, retry: Retry, deadline: Deadline) -> Retry:
        """Pause and return what is left of our patience; raise the failure where none is."""
        if not (failure.passing and failure.exchange.safe):
            raise failure
        try:
            retry = retry.increment(failure.method, failure.path)
        except MaxRetryError:
            raise failure from None
        asked = failure.retry_after if isinstance(failure, TooBusy) else None
        pause = retry.get_backoff_time() if asked is None else asked
        if pause >= deadline.left or pause > self.connection.longest_pause:
            raise failure
        deadline.pause(pause)
        return retry

    def _record(self, exchange: Exchange, status: int | None, seconds: float, number: int) -> None:
        with self._counting:
            made = self._made
            self._made = RequestCount(
                reads=made.reads + exchange.safe,
                writes=made.writes + (not exchange.safe),
                retries=made.retries + (number > 1),
            )
        self.hook(Attempt(exchange.method, exchange.path, status, seconds, number))

    def _path(self, url: str) -> str:
        """What errors and logs show of an address: below Redmine's own, readable, bounded."""
        path, _, query = url.removeprefix(self.connection.url).partition("?")
        shown = f"{path}?{unquote(query)}" if query else path
        return shown if len(shown) <= SHOWN_QUERY else shown[: SHOWN_QUERY - 1] + "…"


def _plain(value: object) -> str:
    """Hours as they were counted, not as the nearest float."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a request to Redmine")
