"""The schedule as an iCalendar file (RFC 5545), for the customer's own calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract
from redmine_sla.duty.outcome import Outcome, State
from redmine_sla.language import Tongue

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//redmine-sla//schedule//EN"


def schedule_ics(
    contract: Contract, outcomes: Iterable[Outcome], tongue: Tongue, redmine: str
) -> bytes:
    """One event for each visible occurrence; `redmine` is the server's address.

    The same outcomes give the same bytes: no clock is read. `DTSTAMP` is the day from which the
    terms are in force that the occurrence is owed by, `SEQUENCE` their number, so that a calendar
    that knows an older edition takes the newer one. An occurrence keeps its `UID`, its key, when
    an amendment or a holiday moves it.

    A holiday that is proclaimed or dropped later raises no `SEQUENCE`: the number may only rise
    (RFC 5545, 3.8.7.4), and nothing but the terms tells which of two editions is the later one, as
    neither editions nor clocks are kept. A digest does not rise, and the days by which an event is
    moved fall again when the holiday is dropped. A calendar that compares `SEQUENCE` alone may
    then keep the old day; the page has the right one.
    """
    from icalendar import Calendar, vText  # noqa: PLC0415 - heavy

    shown = [one for one in outcomes if one.occurrence.duty.visible]
    zone = ZoneInfo(contract.timezone)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("X-WR-CALNAME", vText(contract.title))
    for one in shown:
        calendar.add_component(_event(one, zone, tongue, redmine))
    if shown:
        days = [one.occurrence.day for one in shown]
        first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
        calendar.add_missing_timezones(first_date=first, last_date=last)
    text: bytes = calendar.to_ical()
    return text


def _event(one: Outcome, zone: ZoneInfo, tongue: Tongue, redmine: str) -> Event:
    from icalendar import Event  # noqa: PLC0415 - heavy

    what = one.occurrence
    waived = one.state is State.EXCUSED
    event = Event()
    event.add("UID", what.key)
    event.add("DTSTAMP", datetime.combine(what.terms_since, time(), zone))
    event.add("SEQUENCE", what.revision + waived)
    event.add("SUMMARY", tongue.say(what.duty.title))
    event.add("DESCRIPTION", tongue.say(what.duty.clause))
    event.add("STATUS", "CANCELLED" if waived else "CONFIRMED")
    if what.begin is None:
        event.add("DTSTART", what.day)  # a date alone is the whole day
    else:
        event.add("DTSTART", what.begin.astimezone(zone))
        if what.end is not None:
            event.add("DTEND", what.end.astimezone(zone))
    event.add("TRANSP", "TRANSPARENT" if what.begin is None else "OPAQUE")
    if one.shown_ticket is not None:
        event.add("URL", f"{redmine.rstrip('/')}/issues/{one.shown_ticket}")
    return event
