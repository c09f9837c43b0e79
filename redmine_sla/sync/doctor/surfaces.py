"""What people will see in Redmine, and the mail it may cause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redmine_sla.contract import Configuration
from redmine_sla.sync.doctor.finding import Finding, advice, ok, warning
from redmine_sla.sync.doctor.snapshot import ServerSeen

_SIGNS = {
    "textile": re.compile(r'^(?:h[1-6]|bq)\. |"[^"\n]+":https?://|^\|_\.|^<pre>', re.MULTILINE),
    "common_mark": re.compile(r"^#{1,6} |\[[^\]\n]+\]\(https?://|^```|^\|[ :]?-{3,}", re.MULTILINE),
}
FEW = 3  # signs of the other markup, below which nothing is said


def check_surfaces(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    surfaces = configuration.desk.surfaces
    if surfaces.mode == "wiki":
        yield advice(
            "reduced-mode",
            "mode is wiki: tickets carry no status and no dues, and lists cannot be filtered or "
            "sorted by them; all stands on the contract's page",
            'an administrator adds the fields with `redmine-sla provision`; then mode = "fields"',
        )
    else:
        yield advice(
            "mail-noise",
            "REST does not tell whether an update of SLA fields mails those who follow the ticket",
            'look in Administration, Settings, Email notifications: with "Issue updated" ticked '
            "it does; `redmine-sla provision --quiet-mail` replaces it by its parts",
        )
    yield from _private_notes(server, configuration)
    yield from _markup(server, surfaces.wiki_markup)


def _private_notes(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    if not configuration.desk.surfaces.private_notes:
        yield ok("private-notes", "no private notes are written: [surfaces] private_notes is off")
    elif all(project.rights.get("set_notes_private") for project in server.projects):
        yield ok("private-notes", "private notes are proved to stay private in every project")


def _markup(server: ServerSeen, claimed: str) -> Iterator[Finding]:
    """REST does not tell the wiki markup, but what people write does."""
    texts = [str(t.get("description") or "") for p in server.projects for t in p.tickets]
    counts = {markup: sum(len(sign.findall(t)) for t in texts) for markup, sign in _SIGNS.items()}
    other = next(markup for markup in _SIGNS if markup != claimed)
    if counts[other] >= FEW and counts[other] > 3 * counts[claimed]:
        yield warning(
            "markup-doubtful",
            f'wiki_markup is "{claimed}", but people here write "{other}"',
            "look in Administration, Settings, General, Text formatting, "
            f'and write [surfaces] wiki_markup = "{other}" if that is it',
        )
