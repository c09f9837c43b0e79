"""Profile help-desk: work started in time and late, small entries, and what users thought of it."""

from __future__ import annotations

from examples.demo.story import Story


def tell(story: Story) -> None:
    _whole_company(story)
    _business_area(story)
    _users(story)
    _small_entries(story)


def _whole_company(story: Story) -> None:
    """One hour for what reaches the whole company: kept once, missed once."""
    for share, subject, started, ended in (
        (0.1, "Egyik telephelyen sincs hálózat", "08:40", "11:15"),
        (0.6, "Nem érhetők el a közös meghajtók", "10:25", "12:10"),
    ):
        week = story.week_of_last_quarter(share)
        (
            story.ticket(subject, by="akiss", at=f"{week.wed} 08:15", category="Network")
            .step(started, "eva", "Dolgozunk rajta.", status="In Progress", assigned_to="eva")
            .book(ended, "eva", 2.25, activity="Support")
            .book(ended, "gabor", 1.5, activity="Support")
            .step(ended, "eva", "Helyreállt.", status="Resolved", done_ratio=100)
            .step("16:00", "akiss", "Rendben.", status="Closed", fields={"Satisfaction": "4"})
        )


def _business_area(story: Story) -> None:
    week = story.week_of_last_quarter(0.35)
    (
        story.ticket(
            "A raktárban senki sem tud bevételezni",
            by="bnagy",
            at=f"{week.tue} 09:05",
            fields={"Problem class": "system"},
        )
        .step(
            "10:20",
            "gabor",
            status="In Progress",
            assigned_to="gabor",
            fields={"Problem class": "system"},
        )
        .step("10:50", "gabor", "Melyik raktári kóddal?", status="Waiting for customer")
        .note("14:10", "bnagy", "A 04-essel.")
        .step("14:20", "gabor", status="In Progress")
        .book("16:10", "gabor", 2.0, activity="Support")
        .step("16:15", "gabor", "Javítva.", status="Resolved", done_ratio=100)
        .step("+1d 08:30", "bnagy", "Ma reggel megint nem megy.", status="In Progress")
        .book("10:00", "gabor", 1.25, activity="Support")
        .step("10:05", "gabor", "A jogosultság is javítva.", status="Closed")
    )
    week = story.week_of_last_quarter(0.8)
    (
        story.ticket(
            "A könyvelésen nem indul a bérprogram",
            by="bnagy",
            at=f"{week.thu} 08:50",
            category="Accounting",
        )
        .step("14:40", "eva", "Elnézést a késésért.", status="In Progress", assigned_to="eva")
        .step("15:10", "eva", "A gyártóra várunk.", status="Waiting for vendor")
        .step("+1d 09:40", "eva", "Megjött a javítás.", status="In Progress")
        .book("11:00", "eva", 1.75, activity="Support")
        .step("11:10", "eva", "Elindul.", status="Resolved", done_ratio=100)
        .step("15:00", "bnagy", "", status="Closed", fields={"Satisfaction": "2"})
    )


def _users(story: Story) -> None:
    for share, subject, started, opinion in (
        (0.2, "Nem látszik a naptáram a telefonon", "09:50", "5"),
        (0.5, "Eltűnt egy oszlop a táblázatból", "13:30", "5"),
        (0.7, "Nem nyomtat kétoldalasan", "16:20", "3"),
    ):
        week = story.week_of_last_quarter(share)
        (
            story.ticket(subject, by="ctoth", at=f"{week.mon} 08:40")
            .step(started, "gabor", status="In Progress", assigned_to="gabor")
            .book("16:30", "gabor", 0.75, activity="Support")
            .step("16:35", "gabor", "Kész.", status="Resolved", done_ratio=100)
            .step(
                "+1d 09:00",
                "ctoth",
                "Köszönöm.",
                status="Closed",
                fields={"Satisfaction": opinion},
            )
        )


def _small_entries(story: Story) -> None:
    """Less than a quarter of an hour counts as one, but for information by phone."""
    week = story.week_of_last_quarter(0.45)
    for day, subject, hours, activity in (
        (week.mon, "Jelszó visszaállítása", 0.1, "Support"),
        (week.tue, "Nyomtatási sor törlése", 0.2, "Support"),
        (week.wed, "Távoli segítség: képernyő beállítása", 0.4, "Support"),
        (week.thu, "Hol találom a szabadságlapot?", 0.1, "Phone information"),
    ):
        (
            story.ticket(subject, by="ctoth", at=f"{day} 09:05", tracker="Support")
            .step("09:20", "gabor", status="In Progress", assigned_to="gabor")
            .book("09:30", "gabor", hours, activity=activity)
            .step("09:35", "gabor", "Kész.", status="Closed", done_ratio=100)
        )
