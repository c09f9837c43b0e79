"""Profile crm-support: a critical fault at 5x8xNBD, and since the amendment around the clock."""

from __future__ import annotations

from examples.demo.everyday import Pace, Topic, Voice, everyday
from examples.demo.story import Story

VOICE = Voice(
    looking="Nézzük.",
    question="Melyik böngészőben látja? Kérnénk egy képernyőképet is.",
    answer="Firefox, a kép csatolva.",
    done="Javítottuk, kérjük, ellenőrizze.",
    thanks="Köszönjük, működik.",
    again="Ma reggel megint előjött.",
    inside="Ez már a harmadik eset a hónapban, a rendezést át kell írni.",
)
TOPICS = (
    Topic("Az ügyféllista rosszul rendez", fields={"Severity": "function"}),
    Topic("A kampánylevélben rossz a megszólítás", fields={"Severity": "function"}),
    Topic("Nem menthető a névjegy telefonszáma", fields={"Severity": "priority"}),
    Topic("Az ajánlat PDF-jében elcsúszik a fejléc", fields={"Severity": "function"}),
    Topic("Nem szinkronizál a naptár", fields={"Severity": "priority"}),
    Topic("Hogyan lehet egyszerre több ügyfelet módosítani?", tracker="Support"),
    Topic("Új munkatársnak hozzáférés a CRM-hez", tracker="Support"),
    Topic("Kérünk egy oszlopot a havi kimutatásba", tracker="Feature"),
)


def tell(story: Story) -> None:
    _before_the_amendment(story)
    _around_the_clock(story)
    _now(story)
    everyday(story, TOPICS, VOICE, monthly=4, pace=Pace(take=5, on_duty="7x24"))


def _before_the_amendment(story: Story) -> None:
    """Working days 9 to 17: 24 hours of repair are three days, and a weekend costs nothing."""
    week = story.week_before(story.contract.amendments[0].since)
    (
        story.ticket(
            "Nem lehet belépni a CRM-be",
            by="anna",
            at=f"{week.tue} 10:12",
            description="Reggel óta senki sem tud belépni, „Internal error” az üzenet.",
        )
        .step(
            "10:40",
            "eva",
            "Látjuk a hibát, dolgozunk rajta.",
            status="In Progress",
            assigned_to="eva",
            priority="Immediate",
            fields={"Severity": "critical"},
        )
        .private("11:05", "eva", "A lejárt tanúsítvány az oka, figyelmeztetés nem ment ki.")
        .book("+1d 15:00", "eva", 6.5, comment="Tanúsítvány csere")
        .step("15:30", "eva", "A tanúsítványt kicseréltük.", status="Resolved", done_ratio=100)
        .step("16:10", "anna", "Köszönjük, mindenki be tud lépni.", status="Closed")
    )
    (
        story.ticket(
            "A számlák nem érkeznek meg az ERP-ből",
            by="peter",
            at=f"{week.mon} 09:30",
            description="Péntek este óta egyetlen számla sem jelent meg a CRM-ben.",
        )
        .step(
            "+1d 09:15",
            "eva",
            status="In Progress",
            assigned_to="eva",
            fields={"Severity": "critical"},
        )
        .step("14:00", "eva", "Az ERP gyártójára várunk.", status="Waiting for vendor")
        .step("+2d 13:00", "eva", "Megjött a javítás.", status="In Progress")
        .book("+1d 15:30", "eva", 9.0)
        .step("16:00", "eva", "A számlák átjönnek.", status="Resolved", done_ratio=100)
        .step("16:45", "peter", "Rendben, de ez most soká tartott.", status="Closed")
    )
    earlier = story.week_before(week.mon)
    (
        story.ticket(
            "Hibás összeg az ajánlaton",
            by="peter",
            at=f"{earlier.thu} 14:20",
            description="A kedvezmény kétszer vonódik le.",
        )
        .step(
            "15:05",
            "eva",
            status="In Progress",
            assigned_to="eva",
            fields={"Severity": "critical"},
        )
        .step(
            "+1d 11:00",
            "eva",
            "Melyik ajánlatnál látja? Kérjük a számát.",
            status="Waiting for customer",
        )
        .note("+3d 10:30", "peter", "A 2214-esnél.")
        .step("11:10", "eva", status="In Progress")
        .step("+1d 16:20", "eva", "Javítottuk.", status="Closed", done_ratio=100)
    )


def _around_the_clock(story: Story) -> None:
    """Since the amendment a Saturday night counts like any other, and four hours are four hours."""
    week = story.weeks_ago(3)
    (
        story.ticket(
            "Leállt a CRM",
            by="anna",
            at=f"{week.sat} 22:10",
            description="A webes felület nem válaszol, a mobil sem.",
        )
        .step(
            "22:50",
            "eva",
            "Dolgozunk rajta.",
            status="In Progress",
            assigned_to="eva",
            priority="Immediate",
            fields={"Severity": "critical"},
        )
        .private("23:15", "eva", "Betelt a lemez a crm01-en; a naplóforgatás állt le.")
        .step("+1d 01:25", "eva", "A rendszer újra él.", status="Resolved", done_ratio=100)
        .book("01:40", "eva", 2.75, comment="Naplóforgatás helyreállítása")
        .step("09:00", "anna", "Köszönjük a gyors segítséget!", status="Closed")
    )
    (
        story.ticket(
            "A kimutatások percekig töltődnek",
            by="peter",
            at=f"{week.mon} 08:20",
            description="A havi forgalmi kimutatás 6 perc alatt jelenik meg.",
        )
        .step(
            "09:40",
            "eva",
            status="In Progress",
            assigned_to="eva",
            fields={"Severity": "priority"},
        )
        .step("+4d 15:00", "eva", "Új index készült.", status="Closed", done_ratio=100)
    )


def _now(story: Story) -> None:
    """One of each: nearly late, late, waiting for the customer, and well on its way."""
    (
        story.ticket(
            "Nem indul az értesítő szolgáltatás",
            by="anna",
            at=story.ago(hours=3.3),
            description="Egyetlen értesítés sem megy ki az ügyfeleknek.",
        ).step(
            story.ago(hours=2.9),
            "eva",
            "Látjuk, dolgozunk rajta.",
            status="In Progress",
            assigned_to="eva",
            priority="Immediate",
            fields={"Severity": "critical"},
        )
    )
    (
        story.ticket(
            "Nem küldhető levél a névjegyből",
            by="peter",
            at=story.ago(hours=5 * 24),
            description="A „Levél” gombra nem történik semmi.",
        )
        .step(
            story.ago(hours=5 * 24 - 3),
            "eva",
            status="In Progress",
            assigned_to="eva",
            fields={"Severity": "priority"},
        )
        .private(story.ago(hours=30), "eva", "A levelező gyártója nem válaszol, sürgetni kell.")
        .note(story.ago(hours=26), "eva", "A javítás elkészült, most ellenőrizzük.")
    )
    (
        story.ticket(
            "Eltűnnek a csatolt fájlok",
            by="anna",
            at=story.ago(hours=50),
            description="Feltöltés után egy nappal már nem látszik a fájl.",
        )
        .step(
            story.ago(hours=48),
            "eva",
            status="In Progress",
            assigned_to="eva",
            fields={"Severity": "priority"},
        )
        .step(
            story.ago(hours=44),
            "eva",
            "Melyik ügyfélnél történt? A napló szerint minden fájl megvan.",
            status="Waiting for customer",
        )
    )
    story.ticket(
        "A keresés nem találja az ékezetes neveket",
        by="peter",
        at=story.ago(hours=20),
        description="„Kovács” és „Kovacs” keresésre más a találat.",
    ).step(
        story.ago(hours=18.5),
        "eva",
        "Megismételhető, javítjuk.",
        status="In Progress",
        assigned_to="eva",
        fields={"Severity": "function"},
    )
