"""Profile cloud-erp: incidents by impact and urgency, defects delivered in a version, opinions."""

from __future__ import annotations

from examples.demo.story import Story


def tell(story: Story) -> None:
    _incidents(story)
    _defects(story)
    _changes(story)


def _incidents(story: Story) -> None:
    """Answered within half an hour, restored within eight hours: kept, and broken."""
    for share, subject, answered, ended, opinion in (
        (0.1, "Sklad je nedostupný na všetkých pobočkách", "07:25", "11:40", "5"),
        (0.65, "Nedá sa prihlásiť do ERP", "08:05", "18:30", "2"),
    ):
        week = story.week_of_last_quarter(share)
        (
            story.ticket(
                subject,
                by="jana",
                at=f"{week.tue} 07:10",
                fields={"Impact": "high", "Urgency": "high"},
            )
            .step(
                answered,
                "martin",
                "Výpadok vidíme, pracujeme na obnove.",
                status="In Progress",
                assigned_to="martin",
                priority="Immediate",
                fields={"Impact": "high", "Urgency": "high"},
            )
            .private("09:30", "martin", "Zaplnený disk databázy, chýba upozornenie.")
            .book(ended, "martin", 4.5, activity="Support")
            .step(ended, "martin", "Služba je obnovená.", status="Resolved", done_ratio=100)
            .step(
                "+1d 09:00",
                "jana",
                "Ďakujeme.",
                status="Closed",
                fields={"Satisfaction": opinion},
            )
        )


def _defects(story: Story) -> None:
    """Confirmed by testing, announced with its version, delivered; one came back."""
    for share, subject, version, again in (
        (0.2, "Odpisy sa počítajú aj po vyradení majetku", "8.1", False),
        (0.45, "Kontrolný výkaz vynechá dobropisy", "8.1", True),
        (0.7, "Kurzový rozdiel sa účtuje dvakrát", "8.2", False),
    ):
        week = story.week_of_last_quarter(share)
        ticket = (
            story.ticket(
                subject,
                by="tomas",
                at=f"{week.mon} 09:30",
                fields={"Impact": "medium", "Urgency": "medium"},
            )
            .step(
                "10:10",
                "martin",
                "Overíme testom.",
                status="In Progress",
                assigned_to="martin",
                fields={"Impact": "medium", "Urgency": "medium"},
            )
            .step("13:00", "martin", "Pošlete zostavu?", status="Waiting for customer")
            .note("+1d 09:20", "tomas", "V prílohe.")
            .step("+1d 11:00", "martin", "Chyba je potvrdená.", status="Confirmed")
            .step("15:00", "martin", f"Oprava bude vo verzii {version}.", version=version)
            .book("+1d 16:00", "martin", 3.5)
            .step("+4d 12:00", "martin", "Nasadené.", status="Resolved", done_ratio=100)
        )
        if again:
            ticket.step("15:00", "tomas", "Jeden dobropis stále chýba.", status="In Progress")
            ticket.book("+1d 10:00", "martin", 1.25)
            ticket.step("11:00", "martin", "Opravené.", status="Resolved")
        ticket.step(
            "+1d 10:00", "tomas", "Potvrdzujeme.", status="Closed", fields={"Satisfaction": "4"}
        )


def _changes(story: Story) -> None:
    for share, subject, version in (
        (0.3, "Tlač objednávky v angličtine", "8.1"),
        (0.6, "Prehľad zásob podľa šarží", "8.2"),
    ):
        week = story.week_of_last_quarter(share)
        (
            story.ticket(subject, by="jana", at=f"{week.wed} 10:00", tracker="Feature")
            .step(
                "11:00",
                "martin",
                "Zaradené do verzie.",
                status="In Progress",
                assigned_to="martin",
                version=version,
            )
            .book("+5d 15:00", "martin", 6.0, activity="Design")
            .book("+2d 15:00", "martin", 7.5)
            .step("+3d 14:00", "martin", "Odovzdané.", status="Closed", done_ratio=100)
        )
