"""Months of tickets for a desk, made up from a seed: the same seed gives the same past.

    desk = support_desk(projects=3)
    months(desk, tickets=400, since=date(2026, 1, 5), until=date(2026, 7, 1), seed=7)

What happens to a ticket is drawn turn by turn; `Mixture` says how often each thing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from tests.harness.desk import CATEGORIES, Desk
from tests.harness.past import Event, Past

SUBJECTS = (
    "Printer on the second floor prints blanks",
    "Nobody can log in to the accounting system",
    "VPN drops every few minutes",
    "New colleague needs a mailbox",
    "Nightly backup reports a warning",
    "Invoice PDF shows the wrong VAT",
    "Web shop answers with error 500",
    "Please add a column to the stock report",
    "A levelezés nem működik",
    "Drukarka nie drukuje",
    "Nejde internet na pobočke",
    "Не открывается отчёт за квартал",
)
QUESTIONS = (
    "Which browser do you use?",
    "Could you send a screenshot?",
    "Does it still happen after a restart?",
)
ANSWERS = ("Firefox, the newest.", "Yes, it does.", "Here it is.", "Only in the morning.")
REMARKS = ("Looking at it.", "Found the cause, working on it.", "Will be done today.")
INSIDE = ("Third time this month.", "Disk of that host is old.", "Ask billing before we go on.")
PRIORITIES = ("Low", "Normal", "Normal", "Normal", "High", "Urgent", "Immediate")
TRACKERS = ("Bug", "Bug", "Support", "Feature")


@dataclass(frozen=True)
class Mixture:
    """How often each thing happens to a ticket, from 0 to 1."""

    asked: float = 0.35  # waiting for the customer, who answers
    vendor: float = 0.12  # waiting for a third party
    private: float = 0.30
    raised: float = 0.10
    retracked: float = 0.05
    reassigned: float = 0.15
    booked: float = 0.60
    reopened: float = 0.12
    rejected: float = 0.05
    left_open: float = 0.08
    moved: float = 0.03
    attached: float = 0.06
    related: float = 0.04
    note_edited: float = 0.02


REALISTIC = Mixture()
PLAIN = replace(REALISTIC, attached=0, related=0)  # all that seeding in bulk can do


def months(
    desk: Desk,
    *,
    tickets: int,
    since: date,
    until: date,
    seed: int,
    mixture: Mixture = REALISTIC,
) -> None:
    """Adds that many tickets, opened evenly between the two dates, each with its story."""
    random = Random(seed)
    span = (until - since).days
    days = sorted(since + timedelta(days=random.randrange(span)) for _ in range(tickets))
    end = datetime.combine(until, datetime.min.time())
    for number, day in enumerate(days, start=1):
        story = _Story(
            desk=desk, random=random, mixture=mixture, day=day, end=end, name=f"ticket {number}"
        )
        story.tell()


class _Story:
    """One ticket from its opening to wherever it has come by the end."""

    def __init__(
        self, *, desk: Desk, random: Random, mixture: Mixture, day: date, end: datetime, name: str
    ) -> None:
        self.random = random
        self.mixture = mixture
        self.end = end
        self.desk = desk
        project = random.choice(desk.projects)
        self.project = project.identifier
        roles = {login: roles[0] for login, roles in project.members.items()}
        self.customers = [login for login, role in roles.items() if role == "Reporter"]
        self.engineers = [login for login, role in roles.items() if role == "Developer"]
        self.earlier = [*desk.tickets[-20:]]
        self.customer = random.choice(self.customers)
        self.engineer = random.choice(self.engineers)
        self.clock = datetime.combine(day, datetime.min.time()) + timedelta(
            seconds=random.randrange(7 * 3600, 19 * 3600)
        )
        # One in seven comes by phone: the engineer writes it down.
        author = self.engineer if random.random() < 1 / 7 else self.customer
        self.past: Past = desk.ticket(
            random.choice(SUBJECTS),
            reference=name,
            by=author,
            at=self._at(),
            project=self.project,
            tracker=random.choice(TRACKERS),
            priority=random.choice(PRIORITIES),
            description="It has been so since this morning.",
            category=random.choice((*CATEGORIES, None)),
        )

    def tell(self) -> None:
        if self._wait(0.05, 9):
            self.past.step(
                self._at(), self.engineer, status="In Progress", assigned_to=self.engineer
            )
        if self._wait(0.05, 2):
            self.past.note(self._at(), self.engineer, self._one(REMARKS))
        turns = [self._private, self._raise, self._retrack, self._reassign, self._ask]
        turns += [self._vendor, self._attach, self._relate, self._move]
        self.random.shuffle(turns)
        for turn in turns:
            turn()
        self._finish()

    def _finish(self) -> None:
        if self._happens(self.mixture.left_open) or not self._wait(0.5, 30):
            return
        if self._happens(self.mixture.rejected):
            self.past.step(self._at(), self.engineer, "Works as agreed.", status="Rejected")
            return
        if self._happens(self.mixture.booked):
            self.past.book(self._at(), self.engineer, self.random.randrange(1, 17) / 4)
        self.past.step(self._at(), self.engineer, "Done.", status="Resolved", done_ratio=100)
        if self._happens(self.mixture.note_edited) and self._wait(0.1, 1):
            self.past.edit_note(self._at(), self.engineer, "Done, please check.")
        if self._wait(1, 100):
            self.past.step(self._at(), self.customer, status="Closed")
        if self._happens(self.mixture.reopened) and self._wait(1, 150):
            self.past.step(self._at(), self.customer, "It is back.", status="In Progress")
            if self._wait(0.5, 20):
                self.past.step(self._at(), self.engineer, "Fixed for good.", status="Closed")

    def _private(self) -> None:
        if self._happens(self.mixture.private) and self._wait(0.02, 2):
            self.past.private(self._at(), self.engineer, self._one(INSIDE))

    def _raise(self) -> None:
        if self._happens(self.mixture.raised) and self._wait(0.1, 10):
            self.past.step(self._at(), self.customer, "This is urgent.", priority="Immediate")

    def _retrack(self) -> None:
        if self._happens(self.mixture.retracked) and self._wait(0.1, 10):
            self.past.step(self._at(), self.engineer, tracker="Support")

    def _reassign(self) -> None:
        if self._happens(self.mixture.reassigned) and self._wait(0.1, 10):
            self.engineer = self._one(self.engineers)
            self.past.step(self._at(), self.engineer, assigned_to=self.engineer)

    def _ask(self) -> None:
        if self._happens(self.mixture.asked) and self._wait(0.1, 10):
            question = self._one(QUESTIONS)
            self.past.step(self._at(), self.engineer, question, status="Waiting for customer")
            if self._wait(0.2, 60):
                self.past.note(self._at(), self.customer, self._one(ANSWERS))
            if self._wait(0.1, 5):
                self.past.step(self._at(), self.engineer, status="In Progress")

    def _vendor(self) -> None:
        if self._happens(self.mixture.vendor) and self._wait(0.1, 10):
            self.past.step(self._at(), self.engineer, status="Waiting for vendor")
            if self._wait(5, 120):
                self.past.step(
                    self._at(), self.engineer, "Spare part is here.", status="In Progress"
                )

    def _attach(self) -> None:
        if self._happens(self.mixture.attached) and self._wait(0.1, 10):
            self.past.attach(self._at(), self.customer, "screen.txt", b"error 500", "As you asked")

    def _relate(self) -> None:
        others = [past for past in self.earlier if self._is_over(past)]
        if others and self._happens(self.mixture.related) and self._wait(0.1, 10):
            self.past.relate(self._at(), self.engineer, self.random.choice(others).reference)

    def _is_over(self, past: Past) -> bool:
        """Whether a story has ended by now in this project: a relation to it can be made."""
        projects = [event["given"]["project"] for event in past.events if _moves(event)]
        ended = past.now is not None and past.now.replace(tzinfo=None) < self.clock
        return ended and projects[-1] == self.project

    def _move(self) -> None:
        elsewhere = [p.identifier for p in self.desk.projects if p.identifier != self.project]
        if elsewhere and self._happens(self.mixture.moved) and self._wait(0.5, 20):
            self.project = self._one(elsewhere)
            self.past.step(self._at(), self.engineer, project=self.project)

    def _happens(self, share: float) -> bool:
        return self.random.random() < share

    def _one(self, choices: Sequence[str]) -> str:
        return self.random.choice(choices)

    def _wait(self, least: float, most: float) -> bool:
        """Lets between so many hours pass, seldom the most; False once the past is at its end.

        Nothing happens at night, which also keeps clear of the hour that the spring skips.
        """
        hours = least + (most - least) * self.random.random() ** 3
        clock = self.clock + timedelta(seconds=int(hours * 3600))
        if not 6 <= clock.hour < 22:
            clock += timedelta(hours=9)
        if clock >= self.end:
            return False
        self.clock = clock
        return True

    def _at(self) -> str:
        return self.clock.isoformat(sep=" ")


def _moves(event: Event) -> bool:
    return "project" in event.get("given", {})
