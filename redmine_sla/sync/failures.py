"""What can go wrong between a run and its Redmine, as one family that a run can tell apart.

They stand here, beside the ports, because a run catches them and a connector raises them. Each
carries its request, a bounded excerpt of the answer (no key in it) and the next step.
"""

from __future__ import annotations

from dataclasses import dataclass

from redmine_sla.errors import ExitCode, SlaError

# ruff: noqa: N818 - the names say what happened; all are RedmineErrors.


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what is known of its answer. `path` is relative to Redmine's own address."""

    method: str
    path: str
    status: int | None = None
    excerpt: str = ""

    @property
    def safe(self) -> bool:
        """Whether the request only reads, so that sending it again harms nobody."""
        return self.method in {"GET", "HEAD"}

    def __str__(self) -> str:
        return f"{self.method} {self.path}" + (f" ({self.status})" if self.status else "")


class RedmineError(SlaError):
    """Redmine could not be reached, refused, or answered something that cannot be used."""

    exit_code = ExitCode.REDMINE
    passing = False  # may be gone at the next attempt
    leaves_open = False  # a write that ended so may have been done, or not

    def __init__(self, what: str, *, exchange: Exchange, hint: str = "") -> None:
        excerpt = f': "{exchange.excerpt}"' if exchange.excerpt else ""
        super().__init__(f"{exchange}: {what}{excerpt}", hint=hint)
        self.what = what
        self.exchange = exchange

    @property
    def method(self) -> str:
        return self.exchange.method

    @property
    def path(self) -> str:
        return self.exchange.path

    @property
    def status(self) -> int | None:
        return self.exchange.status

    @property
    def excerpt(self) -> str:
        return self.exchange.excerpt

    @property
    def outcome_unknown(self) -> bool:
        """True for a write that Redmine may have carried out although no good answer came.

        It must not be sent again blindly: the next run reads the ticket and sees.
        """
        return self.leaves_open and not self.exchange.safe


class Unreachable(RedmineError):
    """No connection: name unknown, refused, broken off, or the certificate is not trusted."""

    leaves_open = True

    def __init__(
        self, what: str, *, exchange: Exchange, hint: str = "", passing: bool = True
    ) -> None:
        super().__init__(what, exchange=exchange, hint=hint)
        self.passing = passing


class TimedOut(RedmineError):
    """No complete answer within the time allowed."""

    passing = True
    leaves_open = True


class Redirected(RedmineError):
    """The address leads elsewhere, to `target`. Not followed: the key would go along."""

    def __init__(self, what: str, *, exchange: Exchange, hint: str = "", target: str = "") -> None:
        super().__init__(what, exchange=exchange, hint=hint)
        self.target = target


class Unauthorized(RedmineError):
    """401: the key is wrong, or its user is locked."""


class RestDisabled(RedmineError):
    """The REST service is switched off: Redmine looks at no key at all."""


class Forbidden(RedmineError):
    """403: the key's user lacks a right, or the project is closed or archived."""


class NotFound(RedmineError):
    """404, from Redmine itself."""


class Conflict(RedmineError):
    """409: somebody else saved the page in between."""


class Refused(RedmineError):
    """422: Redmine refuses the values. `messages` are its own, one for each fault."""

    def __init__(
        self, what: str, *, exchange: Exchange, hint: str = "", messages: tuple[str, ...] = ()
    ) -> None:
        super().__init__(what, exchange=exchange, hint=hint)
        self.messages = messages


class TooLarge(Refused):
    """422 for a file that is larger than Redmine's setting allows."""


class TooBusy(RedmineError):
    """429 or 503. `retry_after` is the wait in seconds that was asked for, if any."""

    passing = True

    def __init__(
        self, what: str, *, exchange: Exchange, hint: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(what, exchange=exchange, hint=hint)
        self.retry_after = retry_after


class ServerFault(RedmineError):
    """5xx: Redmine or a proxy before it broke while answering."""

    passing = True
    leaves_open = True


class NotJson(RedmineError):
    """A page instead of an answer: a login page, a proxy's page, or not a Redmine at all."""


class CutShort(RedmineError):
    """The answer ended before it was complete."""

    passing = True
    leaves_open = True


class WrongAnswer(RedmineError):
    """JSON, but not what was asked for: rows missing, of other projects, or out of order."""


class FilterIgnored(WrongAnswer):
    """Redmine passed over a filter and answered with all rows: what was asked is not known."""


class PrivacyUnproved(RedmineError):
    """A private note was not sent, because the right to keep it private is not proved."""


class NoteShown(RedmineError):
    """A note meant to be private stands, or may have stood, where customers read it."""
