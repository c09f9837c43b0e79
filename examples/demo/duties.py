"""Work at a rhythm: the tickets redmine-sla made for it by then, and what people did on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from examples.demo.people import PUBLISHED_BEFORE
from examples.demo.story import Story
from redmine_sla.contract.promises.obligations import Evidence
from redmine_sla.duty import Occurrence, ticketed_by
from redmine_sla.language import tongue_for
from redmine_sla.page import Markup, render
from redmine_sla.plan.duty_description import duty_description, duty_subject
from tests.harness.past import Past

BOT = "redmine-sla"
_MADE_AT = time(6, 30)
_DONE_AT = time(14, 20)


@dataclass(frozen=True)
class Voice:
    """How the people of a contract speak of such work. `contact` may do without it."""

    contact: str
    done: str
    late: str
    forgotten: str
    spare: str
    agreed: str
    confirmed: str
    evidence: str


VOICES = MappingProxyType(
    {
        "alma": Voice(
            contact="anna",
            done="Megtörtént, eltérés nincs.",
            late="Tegnap elmaradt, ma pótoltuk.",
            forgotten="Kimaradt, a következő alkalommal együtt végezzük el.",
            spare="Zárás miatt erre most ne kerüljön sor.",
            agreed="Rendben, kihagyjuk.",
            confirmed="Rendben, átvettük.",
            evidence="naplo.txt",
        ),
        "biuro": Voice(
            contact="anowak",
            done="Wykonano, bez uwag.",
            late="Wykonano z opóźnieniem.",
            forgotten="Nie wykonano; zrobimy to następnym razem.",
            spare="Tym razem prosimy nie przyjeżdżać, inwentaryzacja.",
            agreed="Zgoda, pomijamy.",
            confirmed="Potwierdzam wykonanie.",
            evidence="protokol.txt",
        ),
        "sapa": Voice(
            contact="aospanov",
            done="Выполнено, замечаний нет.",
            late="Выполнено с опозданием: стенд был занят.",
            forgotten="Не выполнено, перенесено на следующий раз.",
            spare="На этой неделе не нужно, идут испытания.",
            agreed="Принято, пропускаем.",
            confirmed="Принято.",
            evidence="handover.txt",
        ),
    }
)


def tell(story: Story, markup: Markup) -> None:
    """Since the last quarter began; where earlier quarters are published too, since those."""
    if story.contract.name not in VOICES:
        return
    last = story.last_quarter
    since = last.previous.previous if story.house in PUBLISHED_BEFORE else last
    owed = ticketed_by(story.contract, story.today(), since=since.first_day)
    in_quarter = [one for one in owed if last.first_day <= one.day <= last.last_day]
    courses = _exceptions(in_quarter)
    for one in owed:
        duty = _Duty(story, VOICES[story.contract.name], one, markup)
        courses.get(one.key, _Duty.do)(duty)


def _exceptions(owed: Sequence[Occurrence]) -> dict[str, Callable[[_Duty], None]]:
    """Which of the last quarter did not go as they should: one late in each half, one missed, one
    that the customer did without."""
    courses = {1 / 4: _Duty.be_late, 2 / 5: _Duty.miss, 3 / 5: _Duty.spare, 4 / 5: _Duty.be_late}
    return {owed[int(share * len(owed))].key: course for share, course in courses.items() if owed}


class _Duty:
    """The ticket of one occurrence."""

    def __init__(self, story: Story, voice: Voice, one: Occurrence, markup: Markup) -> None:
        self.story = story
        self.voice = voice
        self.one = one
        self.engineer = story.house.engineers[0]
        tongue = tongue_for(story.contract.language)
        self.ticket: Past = story.ticket(
            duty_subject(one, tongue),
            by=BOT,
            at=_at(one.ticket_from, _MADE_AT),
            tracker="Support",
            description=render(duty_description(one, story.contract, tongue), markup),
            assigned_to=self.engineer,
            start_date=one.day,
            due_date=one.last_day,
            fields={"SLA key": one.key},
        )

    def do(self) -> None:
        self._done(self.one.day, self.voice.done)

    def be_late(self) -> None:
        self._done(self.one.last_day + timedelta(days=1), self.voice.late)

    def miss(self) -> None:
        after = self.one.last_day + timedelta(days=2)
        self.ticket.step(
            _at(after, time(9)), self.engineer, self.voice.forgotten, status="Rejected"
        )

    def spare(self) -> None:
        day = self.one.day
        self.ticket.step(_at(day, time(8)), self.voice.contact, self.voice.spare, status="Rejected")
        self.ticket.note(_at(day, time(8, 30)), self.engineer, self.voice.agreed)

    def _done(self, day: date, words: str) -> None:
        at, duty = _at(day, _DONE_AT), self.one.duty
        if Evidence.FILE in duty.evidence:
            content = f"{self.one.key}\n".encode()
            self.ticket.attach(at, self.engineer, self.voice.evidence, content)
        if Evidence.TIME_ENTRY in duty.evidence:
            hours = float(duty.hours or 1)
            self.ticket.book(at, self.engineer, hours, "Maintenance", spent_on=day)
        if duty.confirmed_by_contact:
            self.ticket.step(at, self.engineer, words, status="Resolved", done_ratio=100)
            after = _at(day, time(15, 40))
            self.ticket.step(after, self.voice.contact, self.voice.confirmed, status="Closed")
        else:
            self.ticket.step(at, self.engineer, words, status="Closed", done_ratio=100)


def _at(day: date, clock: time) -> str:
    return f"{datetime.combine(day, clock):%Y-%m-%d %H:%M}"
