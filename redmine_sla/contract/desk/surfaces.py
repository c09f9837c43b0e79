"""`[surfaces]` and `[notifications]`: where results are seen, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field, SecretStr

from redmine_sla.contract.base import Section, Text, on_record
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.words import Language

Mode = Literal["fields", "wiki"]
Markup = Literal["textile", "common_mark"]


class Surfaces(Section):
    """`[surfaces]`: what is written into Redmine."""

    mode: Mode = Field(
        description="fields: custom fields on tickets, and the wiki; wiki: the wiki page alone"
    )
    wiki_markup: Markup = Field(
        description="Text formatting of Redmine, which REST does not tell; `provision` prints it"
    )
    wiki_page: Text = Field(
        default="SLA {contract}",
        description="Title of a contract's page; {contract} is its short name",
    )
    wiki_project: Text | None = Field(
        default=None, description="Project of the pages; left out: the contract's first project"
    )
    language: Language = Field(
        default=Language.ENGLISH,
        description="Of the SLA texts in tickets' fields, one for all contracts: people filter by "
        "them. Pages are in their contract's language",
        examples=["hu"],
    )
    private_notes: bool = Field(
        default=False,
        description=on_record(
            "May warnings be written as private notes, where that is proved safe?"
        ),
    )
    stamp_every_minutes: int = Field(
        default=60,
        ge=5,
        description='"judged at" is renewed no more often than this when nothing else changed',
    )
    tickets_on_page: int = Field(
        default=200, ge=0, le=2000, description="Open tickets listed on the contract's page"
    )


class Notifications(Section):
    """`[notifications]`: mail and chat, and the watch over the cron."""

    ping_url: SecretStr | None = Field(
        default=None, description="Called after each good run, so that a silent cron is noticed"
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description=on_record("Mail server"),
        examples=["smtps://user:password@mail.example.com"],
    )
    mail_from: Text | None = Field(default=None, description=on_record("Sender of mails"))
    chat: dict[Text, SecretStr] = Field(
        default_factory=dict,
        description=on_record("Apprise addresses by name, for escalation recipients"),
        examples=[{"support-room": "slack://…"}],
    )

    def contradictions(self) -> Iterable[Finding]:
        if self.smtp_url is not None and self.mail_from is None:
            yield Finding(("mail_from",), "is missing", 'write the sender, e.g. "sla@example.com"')
