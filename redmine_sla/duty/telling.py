"""Outcomes in the customer's words."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from redmine_sla.duty.outcome import Closing, Lack, Outcome, State
from redmine_sla.language import Tongue


def state_title(state: State, tongue: Tongue) -> str:
    """The state in a word or two, as over a column of numbers."""
    titles = {
        State.UPCOMING: tongue.say("To come"),
        State.DUE: tongue.say("Due now"),
        State.DONE: tongue.say("Done in time"),
        State.LATE: tongue.say("Late"),
        State.MISSED: tongue.say("Not done"),
        State.EXCUSED: tongue.say("Waived"),
        State.UNMEASURED: tongue.say("Not recorded"),
    }
    return titles[state]


def by_standing(outcomes: Sequence[Outcome], tongue: Tongue) -> dict[str, list[Outcome]]:
    """The outcomes under the titles of their states, in the order of the states.

    What is done and waits for a contact's word is not due: it stands under a title of its own.
    """
    states = list(State)
    in_order = sorted(outcomes, key=lambda one: (states.index(one.state), one.awaits_confirmation))
    found: dict[str, list[Outcome]] = {}
    for one in in_order:
        waits = tongue.say("To be confirmed") if one.awaits_confirmation else ""
        title = waits or state_title(one.state, tongue)
        found.setdefault(title, []).append(one)
    return found


def outcome_words(one: Outcome, tongue: Tongue) -> str:
    """What came of it: `done late, on 4 March 2026`."""
    if one.stood_on is not None:
        return _words_of_the_past(one, tongue.day(one.stood_on), tongue)
    return _words_now(one, tongue)


def _words_of_the_past(one: Outcome, end: str, tongue: Tongue) -> str:
    """What stood so when a period ended: what came later makes none of it untrue."""
    if one.made_up_on is not None:
        return tongue.say(
            "not done by {end}, made up on {day}", end=end, day=tongue.day(one.made_up_on)
        )
    if one.awaits_confirmation and one.done_on:
        return tongue.say(
            "done on {day}, not confirmed by a contact by {end}",
            day=tongue.day(one.done_on),
            end=end,
        )
    if one.state is State.LATE and one.done_on is None:
        return tongue.say("late, not done by {end}", end=end)
    return _words_now(one, tongue)


def _words_now(one: Outcome, tongue: Tongue) -> str:
    done = tongue.day(one.done_on) if one.done_on else ""
    if one.awaits_confirmation and done:
        return tongue.say("done on {day}, to be confirmed by a contact", day=done)
    if one.state is State.LATE:
        late = tongue.say("done late, on {day}", day=done)
        return late if done else tongue.say("late, still to be done")
    words = {
        State.UPCOMING: tongue.say("to come"),
        State.DUE: tongue.say("due now"),
        State.DONE: tongue.say("done in time"),
        State.MISSED: tongue.say("not done"),
        State.EXCUSED: tongue.say("waived by the customer"),
        State.UNMEASURED: tongue.say("not recorded"),
    }
    return words[one.state]


def reason_words(one: Outcome, tongue: Tongue) -> str:
    """Why it is late, missed, waived or not recorded; empty where there is nothing to say."""
    return "; ".join(
        filter(None, [_excuse(one, tongue), _closing(one, tongue), _lacks(one, tongue)])
    )


def closing_words(closing: Closing, tongue: Tongue) -> str:
    """Why it can no longer be made up for."""
    words = {
        Closing.SUPERSEDED: tongue.say("not done when the next one fell due"),
        Closing.CONTRACT_ENDED: tongue.say("not done when the contract ended"),
        Closing.CLOSED: tongue.say("its ticket was closed without the work or its evidence"),
    }
    return words[closing]


def lack_words(lack: Lack, tongue: Tongue) -> str:
    """What is missing for it to count as done."""
    words = {
        Lack.WORK: tongue.say("the work is not done"),
        Lack.NOTE: tongue.say("no note says what was done"),
        Lack.FILE: tongue.say("no file shows the result"),
        Lack.TIME_ENTRY: tongue.say("no time is booked"),
        Lack.CONFIRMATION: tongue.say("no contact has confirmed it"),
        Lack.AGREEMENT: tongue.say("cancelled without a contact's word"),
        Lack.HISTORY: tongue.say("the ticket's history was not read"),
        Lack.TICKET: tongue.say("there is no ticket for it"),
    }
    return words[lack]


def day_words(one: Outcome, zone: ZoneInfo, tongue: Tongue) -> str:
    """Its day, and its hour where it has one."""
    begin = one.occurrence.begin
    return tongue.moment(begin, zone) if begin else tongue.short_day(one.occurrence.day)


def _excuse(one: Outcome, tongue: Tongue) -> str:
    if one.excuse is None:
        return ""
    if one.excuse.agreed_in is None:
        return tongue.say("agreed by {name}", name=one.excuse.by)
    return tongue.say(
        "{reason}, agreed in #{ticket}",
        reason=one.excuse.reason,
        ticket=str(one.excuse.agreed_in),
    )


def _closing(one: Outcome, tongue: Tongue) -> str:
    """That its ticket was closed says nothing beside what is missing on it."""
    if one.closing is None or one.closing is Closing.CLOSED:
        return ""
    return closing_words(one.closing, tongue)


def _lacks(one: Outcome, tongue: Tongue) -> str:
    """That it is not done, or not confirmed, says the outcome; and what was lacking and has been
    made up for lacks no longer.
    """
    if one.awaits_confirmation or one.made_up_on is not None:
        return ""
    return "; ".join(lack_words(lack, tongue) for lack in one.lacking if lack is not Lack.WORK)
