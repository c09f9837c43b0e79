"""Profile outsourced-it: an ordered visit with its arrival, and a device taken in for repair."""

from __future__ import annotations

from examples.demo.everyday import Topic, Voice, everyday
from examples.demo.story import Story

VOICE = Voice(
    looking="Sprawdzamy.",
    question="Czy po ponownym uruchomieniu problem nadal występuje?",
    answer="Tak, nadal.",
    done="Gotowe, prosimy o sprawdzenie.",
    thanks="Dziękujemy, działa.",
    again="Problem powrócił.",
    inside="Ten laptop ma już pięć lat, zaproponować wymianę.",
)
TOPICS = (
    Topic("Drukarka na parterze nie drukuje"),
    Topic("Powolny internet w księgowości"),
    Topic("Nie działa skaner"),
    Topic("Program antywirusowy zgłasza ostrzeżenie"),
    Topic("Wygasła licencja programu Płatnik"),
    Topic("Konto pocztowe dla nowej pracownicy", tracker="Support"),
    Topic("Jak udostępnić folder w sieci?", tracker="Support"),
    Topic("Instalacja drugiego monitora", tracker="Support"),
)


def tell(story: Story) -> None:
    _visits(story)
    _devices(story)
    _now(story)
    everyday(story, TOPICS, VOICE, monthly=4)


def _visits(story: Story) -> None:
    """Ordered by the contract's contact: four hours. Anybody else's order starts nothing."""
    week = story.weeks_ago(4)
    (
        story.ticket(
            "Nie działa serwer plików",
            by="anowak",
            at=f"{week.wed} 08:40",
            description="Nikt w biurze nie może otworzyć dokumentów. Hot-line nie pomogła.",
            fields={"Visit ordered at": f"{week.wed} 08:55"},
        )
        .step("09:05", "kowalski", "Jadę do Państwa.", status="In Progress", assigned_to="kowalski")
        .step("13:30", "kowalski", fields={"Arrived at": f"{week.wed} 11:20"})
        .book("13:35", "kowalski", 2.25, comment="Wymiana zasilacza serwera")
        .step("13:40", "kowalski", "Zasilacz wymieniony.", status="Resolved", done_ratio=100)
        .step("14:30", "anowak", "Potwierdzam wykonanie.", status="Closed")
    )
    late = story.weeks_ago(2)
    (
        story.ticket(
            "Brak sieci na pierwszym piętrze",
            by="anowak",
            at=f"{late.mon} 08:15",
            description="Zamawiam wizytę.",
            fields={"Visit ordered at": f"{late.mon} 08:20"},
        )
        .step("09:10", "kowalski", status="In Progress", assigned_to="kowalski")
        .private("09:15", "kowalski", "Przede mną jeszcze awaria u innego klienta, nie zdążę.")
        .step("15:30", "kowalski", fields={"Arrived at": f"{late.mon} 14:05"})
        .step("16:00", "kowalski", "Przełącznik wymieniony.", status="Closed", done_ratio=100)
    )
    (
        story.ticket(
            "Proszę o przyjazd, telefon nie działa",
            by="wisniewski",
            at=f"{late.thu} 10:05",
            fields={"Visit ordered at": f"{late.thu} 10:10"},
        ).step(
            "10:40",
            "kowalski",
            "Wizytę może zamówić pani Anna Nowak. Pomogliśmy zdalnie.",
            status="Closed",
        )
    )


def _devices(story: Story) -> None:
    """A repair that takes longer than 72 hours needs a replacement in the customer's hands."""
    week = story.weeks_ago(5)
    (
        story.ticket("Laptop dyrektora nie uruchamia się", by="anowak", at=f"{week.mon} 09:00")
        .step(
            "11:00",
            "kowalski",
            "Zabieram laptop do serwisu.",
            status="In Progress",
            assigned_to="kowalski",
            fields={"Device taken at": f"{week.mon} 10:45"},
        )
        .step("13:00", "kowalski", "Serwis czeka na część.", status="Waiting for vendor")
        .step(
            "+2d 14:00",
            "kowalski",
            "Przekazałem laptop zastępczy.",
            fields={"Replacement handed at": f"{week.wed} 13:30"},
        )
        .step("+5d 10:00", "kowalski", "Laptop naprawiony.", status="Closed", done_ratio=100)
    )


def _now(story: Story) -> None:
    taken = story.ago(hours=61)
    (
        story.ticket(
            "Komputer w recepcji wyłącza się",
            by="anowak",
            at=story.ago(hours=63),
            description="Kilka razy dziennie, bez ostrzeżenia.",
        )
        .step(
            story.ago(hours=60.5),
            "kowalski",
            "Komputer zabrany do serwisu.",
            status="In Progress",
            assigned_to="kowalski",
            fields={"Device taken at": taken},
        )
        .step(
            story.ago(hours=55), "kowalski", "Serwis szuka przyczyny.", status="Waiting for vendor"
        )
    )
    story.ticket(
        "Awaria zasilania w serwerowni",
        by="anowak",
        at=story.ago(hours=1.4),
        description="UPS piszczy, hot-line nie pomogła. Zamawiam wizytę.",
        fields={"Visit ordered at": story.ago(hours=1.3)},
    ).step(
        story.ago(hours=1.1),
        "kowalski",
        "Wyjeżdżam.",
        status="In Progress",
        assigned_to="kowalski",
    )
    (
        story.ticket(
            "Kasa fiskalna nie łączy się z siecią",
            by="anowak",
            at=story.ago(hours=12, served="hot-line"),
            description="Zamawiam wizytę.",
            fields={"Visit ordered at": story.ago(hours=11.9, served="hot-line")},
        )
        .step(
            story.ago(hours=11.5, served="hot-line"),
            "kowalski",
            status="In Progress",
            assigned_to="kowalski",
        )
        .step(
            story.ago(hours=8, served="hot-line"),
            "kowalski",
            "Na miejscu wymieniony kabel.",
            status="Resolved",
            done_ratio=100,
        )
    )
