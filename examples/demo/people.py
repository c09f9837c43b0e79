"""The people and projects of the demo, as the five example contracts name them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from tests.harness.desk import Desk


@dataclass(frozen=True)
class House:
    """A customer's project, its people on both sides, and who of them files most tickets."""

    contract: str  # the name of its file
    project: str
    name: str
    categories: tuple[str, ...]
    customers: tuple[str, ...]
    engineers: tuple[str, ...]
    versions: tuple[str, ...] = ()


ALMA = House("alma", "alma-crm", "Alma Kft. – CRM", (), ("anna", "peter"), ("eva", "gabor"))
BIURO = House(
    "biuro", "biuro", "Biuro Sp. z o.o. – IT care", (), ("anowak", "wisniewski"), ("kowalski",)
)
DELTA = House(
    "delta",
    "delta",
    "Delta Zrt. – help desk",
    ("Network", "Accounting", "Workplace", "Permissions", "Device orders", "Complaint"),
    ("akiss", "bnagy", "ctoth"),
    ("eva", "gabor"),
)
TATRA = House(
    "tatra",
    "tatra-erp",
    "Tatra s.r.o. – cloud ERP",
    (),
    ("jana", "tomas"),
    ("martin",),
    ("8.1", "8.2"),
)
SAPA = House(
    "sapa",
    "sapa",
    "Sapa LLP – information system",
    (),
    ("aospanov", "gulnara"),
    ("engineer", "timur"),
    ("3.4", "3.5"),
)
HOUSES = (ALMA, BIURO, DELTA, TATRA, SAPA)
PUBLISHED_BEFORE = (ALMA, SAPA)
"""Whose two quarters before the last one are published too, so that their trends have points."""

MANAGER = "manager"

ACTIVITIES = ("Support", "Consultation", "Maintenance", "Phone information")
"""Beside Redmine's own two, Design and Development."""

# First and last name, as Redmine puts them together. The Hungarian contacts are written in their
# own order, because a contract's contacts are known by the name that Redmine shows.
NAMES = MappingProxyType(
    {
        "manager": ("Judit", "Varga"),
        "eva": ("Éva", "Szabó"),
        "gabor": ("Gábor", "Németh"),
        "kowalski": ("Jan", "Kowalski"),
        "martin": ("Martin", "Kováč"),
        "engineer": ("Dana", "Akhmetova"),
        "timur": ("Timur", "Bekov"),
        "sales": ("Sales", "Desk"),
        "anna": ("Kiss", "Anna"),
        "peter": ("Horváth", "Péter"),
        "anowak": ("Anna", "Nowak"),
        "wisniewski": ("Piotr", "Wiśniewski"),
        "akiss": ("Kiss", "Anna"),
        "bnagy": ("Nagy", "Béla"),
        "ctoth": ("Tóth", "Csilla"),
        "jana": ("Jana", "Horváthová"),
        "tomas": ("Tomáš", "Novák"),
        "aospanov": ("A.", "Ospanov"),
        "gulnara": ("Gulnara", "Serikova"),
    }
)


def scene() -> Desk:
    """Everybody and every project, before anything happened; provisioning adds the rest."""
    desk = Desk(roles=[], statuses=[], activities=list(ACTIVITIES))
    roles = {MANAGER: "Manager", "sales": "Manager"}
    roles |= {login: "Developer" for house in HOUSES for login in house.engineers}
    roles |= {login: "Reporter" for house in HOUSES for login in house.customers}
    for login, role in roles.items():
        first, last = NAMES[login]
        desk.user(login, role, firstname=first, lastname=last)
    for house in HOUSES:
        desk.project(
            house.project,
            name=house.name,
            members=[MANAGER, *house.engineers, *house.customers],
            categories=house.categories,
            versions=house.versions,
        )
    return desk
