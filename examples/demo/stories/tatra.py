"""Profile cloud-erp: impact and urgency give the priority; a defect is confirmed and announced."""

from __future__ import annotations

from examples.demo.everyday import Topic, Voice, everyday
from examples.demo.story import Story

VOICE = Voice(
    looking="Pozeráme sa na to.",
    question="V ktorej účtovnej jednotke sa to prejavuje?",
    answer="V účtovnej jednotke 02.",
    done="Opravené, prosíme o kontrolu.",
    thanks="Ďakujeme, funguje.",
    again="Chyba sa vrátila.",
    inside="Rovnakú chybu hlásil aj iný zákazník, presunúť do balíka opráv.",
)
TOPICS = (
    Topic("Zostava DPH nesedí o cent", fields={"Impact": "low", "Urgency": "medium"}),
    Topic("Objednávka sa nedá uzavrieť", fields={"Impact": "medium", "Urgency": "medium"}),
    Topic("Export do banky hlási chybu", fields={"Impact": "medium", "Urgency": "high"}),
    Topic("Ako nastaviť nové stredisko?", tracker="Support"),
    Topic("Prístup pre audítora", tracker="Support"),
    Topic("Doplniť stĺpec do skladovej karty", tracker="Feature"),
    Topic("Tlač faktúr je pomalá", fields={"Impact": "low", "Urgency": "low"}),
)


def tell(story: Story) -> None:
    _a_defect(story)
    _a_call(story)
    _now(story)
    everyday(story, TOPICS, VOICE, monthly=4)


def _a_defect(story: Story) -> None:
    """Reported officially, confirmed by testing, announced with its version, fixed."""
    week = story.weeks_ago(6)
    (
        story.ticket(
            "Mzdová uzávierka počíta odvody dvakrát",
            by="jana",
            at=f"{week.mon} 09:10",
            description="Pri druhom spustení uzávierky sa odvody sčítajú.",
            fields={"Impact": "high", "Urgency": "medium"},
        )
        .step(
            "09:40", "martin", "Hlásenie sme prijali.", status="In Progress", assigned_to="martin"
        )
        .step(
            "+2d 14:00",
            "martin",
            "Chybu sme testom potvrdili.",
            status="Confirmed",
            fields={"Impact": "high", "Urgency": "medium"},
            priority="Urgent",
        )
        .private("14:10", "martin", "Chyba je v balíku z minulého mesiaca, dotkne sa viacerých.")
        .step(
            "+3d 10:00",
            "martin",
            "Oprava bude v najbližšej verzii, nasadíme ju do konca týždňa.",
            due_date=week.sun,
        )
        .step("+5d 16:00", "martin", "Nasadené.", status="Resolved", done_ratio=100)
        .step("+1d 09:30", "jana", "Potvrdzujeme, uzávierka sedí.", status="Closed")
    )


def _a_call(story: Story) -> None:
    """The phone is served on working days from 8 to 17, and answers within an hour."""
    week = story.weeks_ago(2)
    (
        story.ticket(
            "Otázka: kde nájdem saldokonto?",
            by="martin",
            at=f"{week.wed} 10:05",
            tracker="Support",
            fields={"Channel": "phone", "Customer": "Tomáš Novák"},
        ).step(
            "10:20", "martin", "V menu Financie, Zostavy.", status="Closed", assigned_to="martin"
        )
    )


def _now(story: Story) -> None:
    (
        story.ticket(
            "Fakturácia je nedostupná pre všetky pobočky",
            by="jana",
            at=story.ago(hours=6.6),
            description="Po prihlásení sa zobrazí chyba 503. Stojí celá fakturácia.",
        )
        .step(
            story.ago(hours=6.3),
            "martin",
            "Riešime to, výpadok vidíme aj v dohľade.",
            status="In Progress",
            assigned_to="martin",
            fields={"Impact": "high", "Urgency": "high"},
        )
        .private(story.ago(hours=3), "martin", "Zlyhal aj záložný uzol, volám dodávateľa cloudu.")
    )
    (
        story.ticket(
            "Sklad nezobrazuje rezervácie",
            by="tomas",
            at=story.ago(hours=26),
            description="Rezervácie zo včerajška chýbajú.",
        ).step(
            story.ago(hours=22),
            "martin",
            "Ospravedlňujeme sa za neskorú odpoveď, pozeráme sa na to.",
            status="In Progress",
            assigned_to="martin",
            fields={"Impact": "medium", "Urgency": "high"},
        )
    )
    (
        story.ticket(
            "Chýba zaokrúhlenie na dobropise",
            by="jana",
            at=story.ago(hours=30, served="phone"),
            description="Dobropis sa líši od faktúry o 0,01 EUR.",
        ).note(story.ago(hours=27, served="phone"), "martin", "Ďakujeme, overíme to testom.")
    )
    story.ticket(
        "Pomalé vyhľadávanie partnerov",
        by="tomas",
        at=story.ago(hours=3, served="technical"),
        tracker="Support",
        fields={"Impact": "low", "Urgency": "low"},
    )
