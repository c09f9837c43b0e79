"""Where to look, and as whom: addresses and logins for the end of the demo."""

from __future__ import annotations

from collections.abc import Iterable

from examples.demo.handover import OVERSPENT, RESTATED, SIGN_OFF, SIGNED
from examples.demo.people import ALMA, BIURO, HOUSES, MANAGER, TATRA, House
from redmine_sla.quarter import Quarter
from tests.harness.seeding import Seeded
from tests.harness.server import ADMIN_LOGIN, ADMIN_PASSWORD, RedmineServer

EXPLAINED = "Hibás összeg az ajánlaton"
SHOWN = "Nem indul az értesítő szolgáltatás"
AT_RISK = "SLA at risk"


def ticket_to_explain(seeded: Seeded) -> int:
    """The critical fault that waited for its customer over a weekend."""
    return ticket_about(seeded, EXPLAINED)


def ticket_about(seeded: Seeded, subject: str) -> int:
    """The newest told ticket of that subject."""
    return max(
        number
        for reference, number in seeded.tickets.items()
        if reference.split(": ", 1)[1].startswith(f"{subject} (")
    )


def show(server: RedmineServer, seeded: Seeded, last: Quarter) -> None:
    """Prints the addresses, then the logins."""
    alma = contract_page(server, ALMA)
    _print(
        ("Now", "Address"),
        {
            "A ticket at risk": f"{server.url}/issues/{ticket_about(seeded, SHOWN)}",
            "All that is at risk": query_address(server),
            "A contract's page: level, budgets, schedule": alma,
        }.items(),
    )
    signed = sign_off_tickets(server, SIGNED)[0]
    addresses = {
        f"Signed off: {SIGNED.name}": quarterly_page(server, SIGNED, last),
        "  the ticket that asked for it": f"{server.url}/issues/{signed}",
        f"Restated: {RESTATED.name}": restatement_page(server, RESTATED, last),
        "  what was published first": quarterly_page(server, RESTATED, last),
        "  both as PDF": published(server, RESTATED, last),
        "": published(server, RESTATED, last, "restatement"),
        f"Over the limit: {OVERSPENT.name}": quarterly_page(server, OVERSPENT, last),
        "  as PDF": published(server, OVERSPENT, last),
        "  its Files": f"{server.url}/projects/{OVERSPENT.project}/files",
        "  its budget today": contract_page(server, OVERSPENT),
    }
    for house in (BIURO, TATRA):
        addresses[f"As published: {house.name}"] = quarterly_page(server, house, last)
    _print((str(last), "Address"), addresses.items())
    people = [(house.name, house.customers[0]) for house in HOUSES]
    people += [("engineer (Alma, Delta)", "eva"), ("service manager, sees all five", MANAGER)]
    logins = [(who, login, seeded.users[login].password) for who, login in people]
    logins.append(("administrator", ADMIN_LOGIN, ADMIN_PASSWORD))
    _print(("Who", "Login", "Password"), logins)


def contract_page(server: RedmineServer, house: House) -> str:
    return f"{server.url}/projects/{house.project}/wiki/{_page(house)}"


def quarterly_page(server: RedmineServer, house: House, quarter: Quarter) -> str:
    return f"{contract_page(server, house)}_{quarter}"


def restatement_page(server: RedmineServer, house: House, quarter: Quarter) -> str:
    return f"{quarterly_page(server, house, quarter)}_restatement_1"


def sign_off_tickets(server: RedmineServer, house: House) -> list[int]:
    """The contract's, the newest first."""
    trackers = server.admin.get("/trackers.json")["trackers"]
    tracker = next(row["id"] for row in trackers if row["name"] == SIGN_OFF)
    rows = server.admin.get(
        "/issues.json",
        project_id=house.project,
        tracker_id=tracker,
        status_id="*",
        sort="id:desc",
    )["issues"]
    return [row["id"] for row in rows]


def published(server: RedmineServer, house: House, quarter: Quarter, edition: str = "") -> str:
    """The address of a quarter's PDF: the original's, or that of a restatement."""
    files = server.admin.get(f"/projects/{house.project}/files.json")["files"]
    names = {row["filename"]: row["content_url"] for row in files}
    found = (
        str(names[name])
        for name in sorted(names)
        if name.startswith(str(quarter))
        and name.endswith(".pdf")
        and ("restatement" in name) == bool(edition)
    )
    return next(found)


def query_address(server: RedmineServer, name: str = AT_RISK) -> str:
    """The address of a saved list."""
    queries = server.admin.get("/queries.json", limit=100)["queries"]
    number = next(query["id"] for query in queries if query["name"] == name)
    return f"{server.url}/issues?query_id={number}"


def _page(house: House) -> str:
    return f"SLA_{house.contract}"


def _print(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Columns as wide as they need, so that no address is cut."""
    lines = [titles, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    print()
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print(f"  {'   '.join(cells)}".rstrip())
