"""Profile crm-support: repairs kept and missed, times agreed not to count, outages, hours used."""

from __future__ import annotations

from datetime import timedelta

from examples.demo.story import Story

AGREED = "Áramszünet az irodaházban"
_CRITICAL = {"Severity": "critical"}
_PRIORITY = {"Severity": "priority"}


def tell(story: Story) -> None:
    _repaired_in_time(story)
    _repaired_late(story)
    _waited(story)
    _not_counted(story)
    _hours(story)


def _repaired_in_time(story: Story) -> None:
    """Two and a half hours on a Saturday, and an outage of the reports on a Tuesday."""
    week = story.week_of_last_quarter(0.1)
    (
        story.ticket(
            "Nem érhető el a CRM",
            by="anna",
            at=f"{week.sat} 09:20",
            description="Bejelentkezés után fehér oldal jelenik meg, mindenkinél.",
        )
        .step(
            "09:45",
            "eva",
            "Látjuk, dolgozunk rajta.",
            status="In Progress",
            assigned_to="eva",
            priority="Immediate",
            fields={
                **_CRITICAL,
                "Outage began at": f"{week.sat} 09:05",
                "Outage service": "crm",
            },
        )
        .book("11:50", "eva", 2.5, activity="Support", comment="Adatbázis helyreállítása")
        .step(
            "11:50",
            "eva",
            "A rendszer újra elérhető.",
            status="Resolved",
            done_ratio=100,
            fields={
                "Outage ended at": f"{week.sat} 11:40",
                "Failure cause": "Egy lekérdezés zárolta az ügyféltáblát.",
                "Failure measures": "A lekérdezést átírtuk, a zárolásokra riasztás került.",
            },
        )
        .step("12:30", "anna", "Köszönjük!", status="Closed")
    )
    week = story.week_of_last_quarter(0.55)
    (
        story.ticket(
            "Üresek a kimutatások",
            by="peter",
            at=f"{week.tue} 08:15",
            description="Minden kimutatás üres lapot ad.",
        )
        .step(
            "09:00",
            "gabor",
            "Az éjszakai betöltés állt le, újraindítottuk.",
            status="In Progress",
            assigned_to="gabor",
            fields={
                **_PRIORITY,
                "Outage began at": f"{week.tue} 02:00",
                "Outage service": "reports",
            },
        )
        .book("14:30", "gabor", 3.0, activity="Support")
        .step(
            "14:40",
            "gabor",
            "Az adatok betöltődtek.",
            status="Closed",
            done_ratio=100,
            fields={
                "Outage ended at": f"{week.tue} 14:10",
                "Failure cause": "Az éjszakai betöltés hibás fájlt kapott, és leállt.",
                "Failure measures": "A betöltés ezentúl kihagyja a hibás sort, és jelzi.",
            },
        )
    )


def _repaired_late(story: Story) -> None:
    """Four hours are promised for a critical fault; this one took more than nine."""
    week = story.week_of_last_quarter(0.7)
    (
        story.ticket(
            "Nem menthetők az ajánlatok",
            by="peter",
            at=f"{week.thu} 16:10",
            description="Mentéskor hibaüzenet, az ajánlat elvész.",
        )
        .step(
            "17:00",
            "eva",
            "Megismételtük, keressük az okát.",
            status="In Progress",
            assigned_to="eva",
            priority="Immediate",
            fields={
                **_CRITICAL,
                "Outage began at": f"{week.thu} 15:55",
                "Outage service": "crm",
            },
        )
        .private("20:30", "eva", "A tárolótömb vezérlője hibás, csere éjjel.")
        .book("23:50", "eva", 5.5, activity="Support", comment="Vezérlő cseréje")
        .step(
            "+1d 01:30",
            "eva",
            "A vezérlőt kicseréltük, a mentés működik.",
            status="Resolved",
            done_ratio=100,
            fields={"Outage ended at": f"{week.fri} 01:20"},
        )
        .step("08:40", "peter", "Rendben, de az egész délutánunk ráment.", status="Closed")
    )
    week = story.week_of_last_quarter(0.75)
    (
        story.ticket("A levélsablonok összekeverednek", by="anna", at=f"{week.mon} 10:05")
        .step(
            "11:15",
            "gabor",
            status="In Progress",
            assigned_to="gabor",
            fields=_PRIORITY,
        )
        .book("+4d 13:00", "gabor", 4.25, activity="Support")
        .step("15:20", "gabor", "Javítva.", status="Closed", done_ratio=100)
    )


def _waited(story: Story) -> None:
    """For the customer, which stops the clock, and for a vendor."""
    week = story.week_of_last_quarter(0.4)
    (
        story.ticket("Hiányzó ügyfelek az import után", by="peter", at=f"{week.mon} 13:30")
        .step("13:55", "eva", status="In Progress", assigned_to="eva", fields=_PRIORITY)
        .step(
            "14:10",
            "eva",
            "Kérjük az importált fájlt, e nélkül nem tudjuk megismételni.",
            status="Waiting for customer",
        )
        .note("+2d 10:00", "peter", "Csatoltam, elnézést a késésért.")
        .step("10:20", "eva", status="In Progress")
        .book("15:00", "eva", 2.0, activity="Support")
        .step("+1d 16:00", "eva", "A hiányzó ügyfelek megvannak.", status="Resolved")
        .step("+1d 09:00", "peter", "Kettő még mindig hiányzik.", status="In Progress")
        .book("11:00", "eva", 0.75, activity="Support")
        .step("11:30", "eva", "Azok is megvannak.", status="Closed", done_ratio=100)
    )
    week = story.week_of_last_quarter(0.85)
    (
        story.ticket("Nem mennek ki az SMS-ek", by="anna", at=f"{week.wed} 09:10")
        .step("09:50", "gabor", status="In Progress", assigned_to="gabor", fields=_PRIORITY)
        .step("10:30", "gabor", "A szolgáltatóra várunk.", status="Waiting for vendor")
        .step("+1d 11:00", "gabor", "A szolgáltató javította.", status="In Progress")
        .step("11:20", "gabor", "Az SMS-ek kimennek.", status="Closed", done_ratio=100)
    )


def _not_counted(story: Story) -> None:
    """A power cut in the customer's building: both sides agreed not to count it."""
    exclusion = story.contract.terms_at(story.now).exclusions[0]
    reported = exclusion.since + timedelta(minutes=20)
    ended = exclusion.until + timedelta(minutes=10)
    (
        story.ticket(
            "Az irodából nem érhető el a CRM",
            by="anna",
            at=story.local(reported),
            description="Otthonról igen, az irodából nem.",
        )
        .step(
            story.local(reported + timedelta(minutes=30)),
            "eva",
            "A szerver fut; az irodaházban nincs áram.",
            status="In Progress",
            assigned_to="eva",
            fields=_CRITICAL,
        )
        .step(story.local(ended), "anna", "Visszajött az áram, működik.", status="Closed")
    )
    story.ticket(
        AGREED,
        by="eva",
        at=story.local(ended + timedelta(hours=1)),
        tracker="Support",
        description="Az áramszünet ideje közös megegyezéssel nem számít.",
    ).step(story.local(ended + timedelta(hours=2)), "anna", "Egyetértünk.", status="Closed")


def _hours(story: Story) -> None:
    """Eight hours a month: once well under, once over, once nearly all."""
    topics = (
        (0.05, "Jogosultsági rend áttekintése", "Consultation", (2.0,)),
        (0.38, "Új értékesítési folyamat kialakítása", "Consultation", (3.5, 2.5)),
        (0.45, "Ajánlatsablonok a kampányhoz", "Development", (3.0, 1.5)),
        (0.75, "Integráció a webáruházzal: tanácsadás", "Consultation", (2.5, 1.75)),
    )
    for share, subject, activity, hours in topics:
        week = story.week_of_last_quarter(share)
        tracker = "Feature" if activity == "Development" else "Support"
        ticket = story.ticket(subject, by="anna", at=f"{week.mon} 09:40", tracker=tracker)
        ticket.step("10:30", "eva", status="In Progress", assigned_to="eva")
        for engineer, booked in zip(("eva", "gabor"), hours, strict=False):
            ticket.book("+1d 16:00", engineer, booked, activity=activity)
        ticket.step("+1d 16:30", "eva", "Elkészült.", status="Closed", done_ratio=100)
