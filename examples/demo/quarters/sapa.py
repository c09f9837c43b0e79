"""Profile information-system: dates agreed, failures not all reported, development over limit."""

from __future__ import annotations

from collections.abc import Iterable

from examples.demo.story import Story
from redmine_sla.quarter import Quarter

_FAULT = {"Kind": "incident"}
_Date = tuple[float, str, str, str]
_NOW: tuple[_Date, ...] = (
    (0.08, "Не формируется акт сверки", "10:40", "+2d 15:00"),
    (0.3, "Дублируются строки в реестре", "10:20", "+3d 16:30"),
    (0.5, "Есепте қате сома көрсетіледі", "15:10", "+2d 12:00"),
    (0.75, "Не загружается выписка банка", "11:00", "+1d 17:00"),
)
_BEFORE: tuple[_Date, ...] = (
    (0.4, "Неверный итог в отчёте", "10:30", "+2d 14:00"),
    (0.6, "Не печатается накладная", "10:15", "+2d 16:00"),
    (0.75, "Тіркеу кезінде қате шығады", "11:10", "+3d 11:00"),
    (0.9, "Не сохраняется карточка договора", "10:05", "+1d 15:00"),
)


def tell(story: Story) -> None:
    for quarter in (story.last_quarter.previous.previous, story.last_quarter.previous):
        _simple_dates(story, quarter, _BEFORE)
    _dates(story)
    _failures(story)
    _by_the_hour(story)
    _at_a_price(story)


def _simple_dates(story: Story, quarter: Quarter, told: Iterable[_Date]) -> None:
    """Proposed and done then, on the Wednesday or later; the customer agreed at four."""
    for share, subject, proposed, done in told:
        week = story.week_of(quarter, share)
        if week.mon < story.contract.starts:
            continue
        (
            story.ticket(subject, by="aospanov", at=f"{week.mon} 09:50", priority="High")
            .step(
                proposed,
                "engineer",
                "Предлагаем исправить до среды.",
                status="In Progress",
                assigned_to="engineer",
                fields=_FAULT,
                due_date=week.wed,
            )
            .step("16:00", "aospanov", "Согласен.", fields={"Date agreed": "1"})
            .book("17:30", "engineer", 3.5, activity="Support")
            .step(done, "engineer", "Исправлено.", status="Resolved", done_ratio=100)
            .step("+1d 10:00", "aospanov", "Принято.", status="Closed")
        )


def _dates(story: Story) -> None:
    """Agreed and kept; agreed and broken; proposed too late; one that came back."""
    _simple_dates(story, story.last_quarter, _NOW)
    week = story.week_of_last_quarter(0.6)
    (
        story.ticket("Неверно считается пеня", by="gulnara", at=f"{week.tue} 10:30")
        .step(
            "11:20",
            "timur",
            "Пришлите, пожалуйста, пример договора.",
            status="Waiting for customer",
            assigned_to="timur",
            fields=_FAULT,
        )
        .note("+1d 09:30", "gulnara", "Договор № 118.")
        .step("10:00", "timur", "Исправим до пятницы.", status="In Progress", due_date=week.fri)
        .step("10:40", "aospanov", "Согласен.", fields={"Date agreed": "1"})
        .book("+1d 16:00", "timur", 4.0, activity="Support")
        .step("17:00", "timur", "Исправлено.", status="Resolved", done_ratio=100)
        .step("+1d 09:20", "gulnara", "Для старых договоров всё ещё неверно.", status="In Progress")
        .step("15:00", "timur", "Исправлено и для них.", status="Closed")
    )


def _failures(story: Story) -> None:
    """After each failure a report is owed; the second one is still missing."""
    for share, subject, cause, measures in (
        (
            0.2,
            "Система не отвечает",
            "Отказ диска в массиве; резервный контроллер не принял нагрузку.",
            "Диск заменён, переключение контроллера проверено, проверка внесена в план.",
        ),
        (0.85, "Нет доступа к базе данных", "", ""),
    ):
        week = story.week_of_last_quarter(share)
        ticket = (
            story.ticket(
                subject,
                by="aospanov",
                at=f"{week.wed} 10:05",
                priority="Immediate",
                description="Никто не может работать. Просим приехать.",
                fields={"Visit ordered at": f"{week.wed} 10:10"},
            )
            .step(
                "10:30",
                "engineer",
                "Выезжаем, восстановим сегодня.",
                status="In Progress",
                assigned_to="engineer",
                due_date=week.wed,
                fields=_FAULT | {"Outage began at": f"{week.wed} 09:55"},
            )
            .step("10:45", "aospanov", "Согласовано.", fields={"Date agreed": "1"})
            .book("15:30", "engineer", 5.0, activity="Support")
            .step(
                "15:40",
                "engineer",
                "Работа восстановлена.",
                status="Resolved",
                done_ratio=100,
                fields={
                    "Arrived at": f"{week.wed} 12:20",
                    "Outage ended at": f"{week.wed} 15:20",
                },
            )
        )
        if cause:
            report = {"Failure cause": cause, "Failure measures": measures}
            ticket.step("+2d 12:00", "engineer", "Отчёт о причинах готов.", fields=report)
        ticket.step("+5d 10:00", "aospanov", "Принято.", status="Closed")


def _by_the_hour(story: Story) -> None:
    """Two modules, one handed over in a version, one still being made."""
    _module(story, "Модуль «Архив договоров»", 0.05, "3.4", hours=(36, 30, 32.5), is_done=True)
    _module(story, "Обмен с порталом госзакупок", 0.4, "3.5", hours=(20, 16), is_done=False)


def _module(
    story: Story,
    subject: str,
    share: float,
    version: str,
    *,
    hours: tuple[float, ...],
    is_done: bool,
) -> None:
    week = story.week_of_last_quarter(share)
    ticket = story.ticket(
        subject,
        by="aospanov",
        at=f"{week.mon} 10:00",
        tracker="Feature",
        estimated_hours=sum(hours) + 12 if is_done else sum(hours) + 60,
    ).step(
        "11:00",
        "engineer",
        status="In Progress",
        assigned_to="timur",
        version=version,
        fields={"Kind": "change"},
    )
    ticket.book("+1d 17:00", "engineer", 12, activity="Design", comment="Проект")
    for weekly in hours:
        ticket.book("+7d 17:00", "timur", weekly, comment="Разработка")
        ticket.book("17:30", "engineer", weekly / 2, comment="Разработка и проверка")
    if is_done:
        ticket.step("18:00", "timur", "Готово к приёмке.", status="Resolved", done_ratio=100)
        ticket.step("+1d 11:00", "aospanov", "Принято.", status="Closed", fields={"Accepted": "1"})


def _at_a_price(story: Story) -> None:
    """Ordered at a fixed price, though the limit was near: booked all the same, and shown."""
    week = story.week_of_last_quarter(0.25)
    (
        story.ticket(
            "Мобильное рабочее место инспектора",
            by="aospanov",
            at=f"{week.tue} 10:00",
            tracker="Feature",
            description="Цена согласована: 3 900 000 тенге без НДС.",
        )
        .step(
            "15:00",
            "engineer",
            "Приступаем.",
            status="In Progress",
            assigned_to="timur",
            version="3.5",
            fields={"Kind": "change", "Fixed price": "3 900 000 KZT"},
        )
        .book("+7d 17:00", "timur", 28, comment="Разработка")
        .book("+7d 17:00", "timur", 31.5, comment="Разработка")
        .step("+14d 12:00", "timur", "Передано на испытания.", status="Resolved", done_ratio=100)
        .step("+2d 10:00", "aospanov", "Принято.", status="Closed", fields={"Accepted": "1"})
    )
