"""Profile outsourced-it: visits ordered, in time and late; devices replaced in time and late."""

from __future__ import annotations

from examples.demo.story import Story


def tell(story: Story) -> None:
    _visits(story)
    _devices(story)
    _care(story)


def _visits(story: Story) -> None:
    for share, subject, arrived, work, hours in (
        (0.1, "Serwer wydruku nie odpowiada", "11:05", "Wymieniona karta sieciowa.", 1.75),
        (0.4, "Nie działa centrala telefoniczna", "10:20", "Przywrócona konfiguracja.", 2.5),
        (0.65, "Zalana stacja robocza w recepcji", "14:35", "Stanowisko przeniesione.", 3.0),
    ):
        week = story.week_of_last_quarter(share)
        (
            story.ticket(
                subject,
                by="anowak",
                at=f"{week.tue} 08:20",
                description="Hot-line nie pomogła, zamawiam wizytę.",
                fields={"Visit ordered at": f"{week.tue} 08:30"},
            )
            .step("08:50", "kowalski", "Przyjadę.", status="In Progress", assigned_to="kowalski")
            .step("15:30", "kowalski", fields={"Arrived at": f"{week.tue} {arrived}"})
            .book("15:40", "kowalski", hours, activity="Support", comment=work)
            .step("15:45", "kowalski", work, status="Resolved", done_ratio=100)
            .step("+1d 09:00", "anowak", "Potwierdzam wykonanie.", status="Closed")
        )


def _devices(story: Story) -> None:
    for share, subject, handed in (
        (0.25, "Monitor w księgowości miga", 2),
        (0.55, "Laptop handlowca nie ładuje baterii", 4),
    ):
        week = story.week_of_last_quarter(share)
        (
            story.ticket(subject, by="anowak", at=f"{week.mon} 09:10")
            .step(
                "10:30",
                "kowalski",
                "Zabieram urządzenie do serwisu.",
                status="In Progress",
                assigned_to="kowalski",
                fields={"Device taken at": f"{week.mon} 10:15"},
            )
            .step("12:00", "kowalski", "Czekamy na serwis.", status="Waiting for vendor")
            .step(
                f"+{handed}d 11:00",
                "kowalski",
                "Przekazałem urządzenie zastępcze.",
                fields={"Replacement handed at": f"{week[handed]} 10:40"},
            )
            .book("11:15", "kowalski", 1.25, activity="Support")
            .step("+5d 12:00", "kowalski", "Urządzenie naprawione.", status="Closed")
        )


def _care(story: Story) -> None:
    """Help by phone, a wait for the customer, and something that came back."""
    week = story.week_of_last_quarter(0.75)
    (
        story.ticket("Powolny komputer w kadrach", by="wisniewski", at=f"{week.mon} 08:30")
        .step(
            "09:15",
            "kowalski",
            "Prosimy zostawić komputer włączony po pracy, wgramy aktualizacje.",
            status="Waiting for customer",
            assigned_to="kowalski",
        )
        .note("+1d 15:00", "wisniewski", "Zostawiam dzisiaj.")
        .step("+1d 08:10", "kowalski", "Aktualizacje wgrane.", status="Resolved", done_ratio=100)
        .book("08:20", "kowalski", 1.5, activity="Support")
        .step("+1d 10:00", "wisniewski", "Nadal powolny.", status="In Progress")
        .book("13:00", "kowalski", 1.0, activity="Support", comment="Wymiana dysku")
        .step("13:30", "kowalski", "Dysk wymieniony na SSD.", status="Closed", done_ratio=100)
    )
    for share, subject in (
        (0.15, "Jak ustawić stopkę w poczcie?"),
        (0.5, "Skąd pobrać certyfikat do e-faktur?"),
        (0.9, "Czy aktualizacja systemu jest bezpieczna?"),
    ):
        week = story.week_of_last_quarter(share)
        (
            story.ticket(subject, by="wisniewski", at=f"{week.fri} 10:05", tracker="Support")
            .book("10:20", "kowalski", 0.25, activity="Phone information")
            .step("10:25", "kowalski", "Pomogliśmy telefonicznie.", status="Closed")
        )
