"""The ticket that asks the customer's contact to sign an edition off, in his language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from redmine_sla.contract import Desk
from redmine_sla.contract.promises.people import Contact
from redmine_sla.contract.promises.quarterly import Quarter as Promised
from redmine_sla.page import (
    Block,
    Bullets,
    Column,
    Heading,
    Link,
    Page,
    Paragraph,
    Strong,
    Table,
    WikiLink,
    line,
    render,
)
from redmine_sla.plan import CreateTicket, Place
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.manifest import Manifest
from redmine_sla.quarter.sign_off import silence_until
from redmine_sla.ticket import Project, Ref, Vocabulary
from redmine_sla.ticket.wording import Member

_LONGEST_SUBJECT = 255
_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where sign-offs are asked for: the project of files and tickets, its members, the words."""

    desk: Desk
    words: Vocabulary
    project: Project
    members: Sequence[Member]

    @property
    def files_address(self) -> str:
        return f"{self.desk.redmine.url}/projects/{self.project.identifier}/files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: an edition, its page, the version it is under, and what was promised."""

    promised: Promised
    deliverable: Deliverable
    manifest: Manifest
    page: Place
    version: str


def sign_off_request(
    asked: Asked, office: Office, as_of: datetime
) -> tuple[CreateTicket | None, tuple[str, ...]]:
    """The ticket, and what a person should look at; no ticket where Redmine cannot hold it."""
    edition, contract = asked.manifest.edition, asked.deliverable.frame.contract
    field = key_field(office)
    if field is None:
        return None, (
            f"{edition}: published without a sign-off ticket, for none could be found again: map "
            "sla_key under [fields] in sla.toml and run `redmine-sla provision`",
        )
    tracker = _tracker(asked.promised, office)
    if tracker is None:
        return None, (
            f"{edition}: published without a sign-off ticket, for its tracker is not to be found: "
            "name one of Redmine's as sign_off_tracker under [quarter] in the contract",
        )
    findings: list[str] = []
    contacts = _contacts(asked)
    assignee = _assignee(contacts, office.members)
    if assignee is None:
        findings.append(
            f"{edition}: nobody may sign it off in Redmine: none of the contacts who may is the "
            f"one member of {office.project.identifier} of that name or number"
        )
    tongue = asked.deliverable.frame.tongue
    subject = tongue.say("Sign-off: {title}", title=_title(asked))
    request = CreateTicket(
        key=edition.key(asked.manifest.sha256),
        key_field=field,
        project=office.project.id,
        where=office.project.identifier,
        contract=contract.name,
        tracker=tracker,
        subject=subject[:_LONGEST_SUBJECT],
        description=render(
            Page(tuple(_description(asked, office, contacts, as_of))),
            office.desk.surfaces.wiki_markup,
        ),
        fields=_required(office, office.words.trackers[tracker]),
        due=_due(asked, as_of),
        assignee=assignee,
        version_name=asked.version,
        why="asks the customer to sign the quarter off",
        deliverable=str(edition),
    )
    return request, tuple(findings)


def key_field(office: Office) -> int | None:
    """The number of the custom field by which our own tickets are found again."""
    name = office.desk.fields.get("sla_key")
    known = office.words.field_named(name) if name else None
    return known.id if known else None


def _tracker(promised: Promised, office: Office) -> int | None:
    wanted = promised.sign_off_tracker or office.desk.required_fields.tracker
    numbers = {name: number for number, name in office.words.trackers.items()}
    return numbers.get(wanted or "")


def _contacts(asked: Asked) -> tuple[Contact, ...]:
    role = asked.promised.sign_off_by
    return asked.deliverable.frame.terms.contacts_who_may(role) if role else ()


def _assignee(contacts: Iterable[Contact], members: Sequence[Member]) -> int | None:
    """The first contact who is a member: by number, else by a name that only one of them has."""
    users = {member.user for member in members if member.user}
    for contact in contacts:
        found = [user.id for user in users if _is(user, contact)]
        if len(found) == 1:
            return found[0]
    return None


def _is(user: Ref, contact: Contact) -> bool:
    return user.name == contact.name if contact.user is None else user.id == contact.user


def _required(office: Office, tracker: str) -> dict[int, str]:
    wanted = office.desk.required_fields
    values = {**wanted.fields, **wanted.trackers.get(tracker, {})}
    found = {office.words.field_named(name): value for name, value in values.items()}
    return {known.id: value for known, value in found.items() if known is not None}


def _due(asked: Asked, as_of: datetime) -> date | None:
    """The last day on which he may decide: a deadline at midnight is the end of the day before."""
    frame = asked.deliverable.frame
    until = silence_until(frame.terms, as_of)
    return frame.contract.day_of(until - _A_SECOND) if until else None


def _title(asked: Asked) -> str:
    deliverable, number = asked.deliverable, asked.manifest.restatement
    if not number:
        return deliverable.title
    tongue = deliverable.frame.tongue
    return tongue.say(
        "{title}, restatement {number}", title=deliverable.title, number=tongue.number(number)
    )


def _description(
    asked: Asked, office: Office, contacts: Sequence[Contact], as_of: datetime
) -> Iterable[Block]:
    frame = asked.deliverable.frame
    tongue = frame.tongue
    yield Paragraph(
        line(
            tongue.say(
                "{provider} hands over: {title}. Please read it and decide.",
                provider=frame.contract.provider,
                title=_title(asked),
            )
        )
    )
    yield Bullets(
        (
            line(
                tongue.say("To read:"),
                " ",
                WikiLink(asked.page.title, project=asked.page.project.identifier),
            ),
            line(tongue.say("To keep:"), " ", Link(office.files_address, tongue.say("Files"))),
        )
    )
    yield Heading(3, line(tongue.say("How to decide")))
    yield Bullets(tuple(line(*said) for said in _ways(asked, office, contacts, as_of)))
    yield Heading(3, line(tongue.say("What is signed")))
    listed = [(file.filename, file.sha256) for file in asked.manifest.files]
    listed.append((asked.manifest.edition.manifest_name, asked.manifest.sha256))
    yield Table(
        (Column(tongue.say("File")), Column("SHA-256")),
        tuple((line(name), line(digest)) for name, digest in listed),
    )


def _ways(
    asked: Asked, office: Office, contacts: Sequence[Contact], as_of: datetime
) -> Iterable[tuple[Strong | str, ...]]:
    frame = asked.deliverable.frame
    tongue, statuses = frame.tongue, office.desk.statuses
    yield Strong(tongue.say("To accept, close this ticket.")), ""
    rejected = statuses.named("rejected")
    if rejected:
        yield (
            Strong(tongue.say("To reject, set its status to {status}", status=rejected[0])),
            " ",
            tongue.say(
                "and say in a comment what is wrong. What follows: {rejection}.",
                rejection=tongue.say(asked.promised.rejection),
            ),
        )
    names = tongue.either(contact.name for contact in contacts)
    if names:
        yield (tongue.say("Only {names} can decide; nobody else's closing counts.", names=names),)
    until = silence_until(frame.terms, as_of)
    if until is not None:
        yield (
            tongue.say(
                "If nobody of yours answers before {moment}, that counts as acceptance ({clause}).",
                moment=tongue.moment(until, frame.period.zone),
                clause=tongue.say(asked.promised.clause),
            ),
        )
