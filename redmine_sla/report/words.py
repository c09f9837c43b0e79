"""Words of reports that are names in code: sides, verdicts, speeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from types import MappingProxyType

from redmine_sla.language import Tongue, marked
from redmine_sla.report.course import WhoseTurn
from redmine_sla.report.promise import Awaited, Promise
from redmine_sla.report.response_times import Speed
from redmine_sla.sla.verdict import Motion, Verdict

_AWAITED: Mapping[Awaited, str] = MappingProxyType(
    {
        Awaited.CUSTOMER: marked("The customer"),
        Awaited.THIRD_PARTY: marked("A third party"),
        Awaited.REST: marked("Nobody: it was resolved, and reopened"),
        Awaited.EXCLUSION: marked("Nobody: agreed not to count"),
    }
)
_SIDES: Mapping[WhoseTurn, str] = MappingProxyType(
    {
        WhoseTurn.PROVIDER: marked("Waiting for the provider"),
        WhoseTurn.CUSTOMER: marked("Waiting for the customer"),
        WhoseTurn.THIRD_PARTY: marked("Waiting for a third party"),
        WhoseTurn.NOBODY: marked("Resolved, before it was reopened"),
    }
)
_OUTCOMES: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.ON_TRACK: marked("On track"),
        Verdict.AT_RISK: marked("At risk"),
        Verdict.BREACHED: marked("Broken, not done yet"),
        Verdict.MET: marked("Kept"),
        Verdict.MISSED: marked("Broken"),
        Verdict.CANCELLED: marked("Cancelled"),
        Verdict.UNMEASURED: marked("Not measured"),
    }
)
_SPEEDS: Mapping[Speed, str] = MappingProxyType(
    {
        Speed.WITHIN_QUARTER: marked("up to 25 %"),
        Speed.WITHIN_HALF: marked("up to 50 %"),
        Speed.WITHIN_THREE_QUARTERS: marked("up to 75 %"),
        Speed.IN_TIME: marked("up to 100 %"),
        Speed.UP_TO_TWICE: marked("late, up to 200 %"),
        Speed.LATER: marked("later"),
    }
)


def awaited_words(awaited: Awaited, tongue: Tongue) -> str:
    """Who was waited for."""
    return tongue.say(_AWAITED[awaited])


def side_words(side: WhoseTurn, tongue: Tongue) -> str:
    return tongue.say(_SIDES[side])


def outcome_words(verdict: Verdict, tongue: Tongue) -> str:
    return tongue.say(_OUTCOMES[verdict])


def speed_words(speed: Speed, tongue: Tongue) -> str:
    """A class of the target used."""
    return tongue.say(_SPEEDS[speed])


def promise_words(promise: Promise, tongue: Tongue) -> str:
    """What was promised: the clock and its target."""
    return tongue.say(
        "{promise}: {target}",
        promise=tongue.say(promise.title),
        target=tongue.target(promise.target),
    )


def standing_words(promise: Promise, tongue: Tongue) -> str:
    """How a promise stands and, while its time stands still, for whom."""
    said = outcome_words(promise.verdict, tongue)
    if promise.motion is not Motion.PAUSED or promise.verdict is Verdict.UNMEASURED:
        return said
    lasting = [pause for pause in promise.pauses if pause.until is None]
    if not lasting:
        return said
    waits = {
        Awaited.CUSTOMER: tongue.say("{standing}, waiting for the customer", standing=said),
        Awaited.THIRD_PARTY: tongue.say("{standing}, waiting for a third party", standing=said),
    }
    return waits.get(
        lasting[-1].awaited, tongue.say("{standing}, the time stands still", standing=said)
    )


def what_is_known(promise: Promise, tongue: Tongue, zone: tzinfo) -> tuple[str, ...]:
    """Why it came out so, and counts here, as far as anybody recorded it: a sentence each."""
    recorded = tuple(tongue.tell(said, zone) for said in (promise.reason, *promise.remarks) if said)
    if promise.outlived_its_contract:
        return *recorded, tongue.say("decided after the contract's last day, and counted on it")
    return recorded
