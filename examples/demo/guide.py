"""Where to look, and as whom: addresses and logins for the end of the demo."""

from __future__ import annotations

from collections.abc import Iterable

from examples.demo.people import ALMA, HOUSES, MANAGER, House
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


def show(server: RedmineServer, seeded: Seeded) -> None:
    """Prints the addresses, then the logins."""
    at_risk = query_address(server)
    alma = server.url + f"/projects/{ALMA.project}"
    addresses = {
        "A ticket at risk": f"{server.url}/issues/{ticket_about(seeded, SHOWN)}",
        "All that is at risk": at_risk,
        "A contract's page": f"{alma}/wiki/{_page(ALMA)}",
        "Its quarter": f"{alma}/wiki/{quarterly_page(server, ALMA)}",
    }
    _print(("What", "Address"), addresses.items())
    people = [(house.name, house.customers[0]) for house in HOUSES]
    people += [("engineer (Alma, Delta)", "eva"), ("service manager, sees all five", MANAGER)]
    logins = [(who, login, seeded.users[login].password) for who, login in people]
    logins.append(("administrator", ADMIN_LOGIN, ADMIN_PASSWORD))
    _print(("Who", "Login", "Password"), logins)


def query_address(server: RedmineServer, name: str = AT_RISK) -> str:
    """The address of a saved list."""
    queries = server.admin.get("/queries.json", limit=100)["queries"]
    number = next(query["id"] for query in queries if query["name"] == name)
    return f"{server.url}/issues?query_id={number}"


def quarterly_page(server: RedmineServer, house: House) -> str:
    """The title of the newest quarterly page."""
    pages = server.admin.get(f"/projects/{house.project}/wiki/index.json")["wiki_pages"]
    titles = [str(page["title"]) for page in pages]
    return max(title for title in titles if title.startswith(f"{_page(house)}_"))


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
