"""Profile help-desk: problem classes by reach, reports in Hungarian, what must not be done."""

from __future__ import annotations

from examples.demo.everyday import Topic, Voice, everyday
from examples.demo.story import Story

VOICE = Voice(
    looking="Távolról csatlakozunk.",
    question="Kérünk egy képernyőképet, és hogy melyik irodában van.",
    answer="Csatoltam, a győri irodában.",
    done="Elkészült, kérjük, próbálja ki.",
    thanks="Köszönöm, jó.",
    again="Sajnos újra ugyanaz.",
    inside="A lecserélt nyomtatót már másodszor hozzuk vissza.",
)
TOPICS = (
    Topic("Nem nyomtat a nyomtatóm"),
    Topic("Elfelejtettem a jelszavamat", tracker="Support"),
    Topic("Nem hallom a hangot a megbeszéléseken"),
    Topic("Outlook nem indul a gépemen"),
    Topic("A könyvelőprogram senkinél sem nyitja meg a főkönyvet", category="Accounting"),
    Topic("Akadozik a hálózat a raktárban", category="Network"),
    Topic("Új egér kellene", tracker="Support", category="Device orders"),
    Topic("Hogyan állítok be távolléti üzenetet?", tracker="Support"),
)


def tell(story: Story) -> None:
    _by_reach(story)
    _by_phone(story)
    _now(story)
    everyday(story, TOPICS, VOICE, monthly=4)


def _by_reach(story: Story) -> None:
    """One user eight hours, a business area four, the whole company one, as agreed with Delta."""
    week = story.weeks_ago(3)
    (
        story.ticket(
            "Az egész cégnél nincs internet",
            by="akiss",
            at=f"{week.tue} 08:10",
            category="Network",
            description="Egyik telephelyen sem működik semmi.",
        )
        .step("08:35", "eva", "Dolgozunk rajta.", status="In Progress", assigned_to="eva")
        .book("10:30", "eva", 2.25)
        .step("10:40", "eva", "A szolgáltató helyreállította.", status="Closed", done_ratio=100)
    )
    (
        story.ticket(
            "A könyvelésen senki sem tud számlát kiállítani",
            by="bnagy",
            at=f"{week.wed} 09:20",
            category="Accounting",
        )
        .step("15:10", "gabor", status="In Progress", assigned_to="gabor")
        .private("15:20", "gabor", "Későn vettük észre, a figyelő szabály nem fogta meg.")
        .step("16:30", "gabor", "A licencszerver újraindult.", status="Closed", done_ratio=100)
    )


def _by_phone(story: Story) -> None:
    """A permission is changed in writing only; a fault at night comes by phone."""
    week = story.weeks_ago(2)
    (
        story.ticket(
            "Jogosultság a bérmappához",
            by="gabor",
            at=f"{week.thu} 11:20",
            tracker="Support",
            category="Permissions",
            description="Tóth Csilla telefonon kért írási jogot a bérmappára.",
            fields={"Channel": "phone", "Customer": "Tóth Csilla"},
        )
        .step(
            "11:25",
            "gabor",
            "Jogosultságot csak írásban módosíthatunk: kérjük, hogy Kiss Anna hagyja jóvá itt.",
            status="Waiting for customer",
            assigned_to="gabor",
        )
        .step("+1d 09:05", "akiss", "Jóváhagyom.", fields={"Approved by": "Kiss Anna"})
        .step("09:40", "gabor", "Beállítottuk.", status="Closed", done_ratio=100)
    )
    (
        story.ticket(
            "Nem érhető el a levelezőszerver",
            by="eva",
            at=f"{week.sat} 21:30",
            description="Kiss Anna telefonon jelezte: az egész cégnél áll a levelezés.",
            category="Network",
            fields={"Channel": "phone", "Customer": "Kiss Anna"},
        )
        .step("22:05", "eva", status="In Progress", assigned_to="eva")
        .step("23:40", "eva", "A levelezés helyreállt.", status="Closed", done_ratio=100)
    )


def _now(story: Story) -> None:
    story.ticket(
        "Minden lassú",
        by="ctoth",
        at=story.ago(hours=5, served="office"),
        description="Minden nagyon lassú.",
    ).step(
        story.ago(hours=4.5, served="office"),
        "gabor",
        "Kérjük, írja meg, melyik program, mióta, és melyik irodában; egy kép is sokat segít.",
        status="Waiting for customer",
        assigned_to="gabor",
    )
    story.ticket(
        "A raktárban senki sem tud szállítólevelet nyomtatni",
        by="bnagy",
        at=story.ago(hours=3.4, served="office"),
        description="Az összes raktári gépen ugyanaz: „Access denied”. Áll a kiszállítás.",
        fields={"Problem class": "system"},
    )
    story.ticket(
        "Nem nyílik meg a névjegyzék",
        by="akiss",
        at=story.ago(hours=9.5, served="office"),
        description="Csak nálam, a többieknél jó.",
    )
    story.ticket(
        "Kettős monitor beállítása",
        by="ctoth",
        at=story.ago(hours=1.5, served="office"),
        tracker="Support",
        description="Az új monitoron nem jelenik meg semmi.",
    )
    (
        story.ticket(
            "Panasz: harmadszorra sem javult meg a nyomtató",
            by="bnagy",
            at=story.ago(hours=2.5, served="office"),
            category="Complaint",
            description="Kérem a vezetőjük visszahívását.",
        ).step(
            story.ago(hours=2, served="office"),
            "manager",
            "Elnézést kérünk. Ma délután kollégánk a helyszínre megy.",
            status="In Progress",
            assigned_to="gabor",
            priority="Urgent",
        )
    )
