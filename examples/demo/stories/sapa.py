"""Profile information-system: dates agreed in Russian and Kazakh, kept and broken; development."""

from __future__ import annotations

from datetime import date, timedelta

from examples.demo.everyday import Topic, Voice, everyday
from examples.demo.story import Story

VOICE = Voice(
    looking="Смотрим.",
    question="В каком разделе это происходит? Пришлите, пожалуйста, снимок экрана.",
    answer="В разделе «Договоры», снимок приложен.",
    done="Исправлено, просим проверить.",
    thanks="Спасибо, работает.",
    again="Ошибка появилась снова.",
    inside="Надо обновить и наш стенд, там та же ошибка.",
)
FAULT = {"Kind": "incident"}
REQUEST = {"Kind": "request"}
TOPICS = (
    Topic("Как выгрузить реестр за год?", "Support", fields=REQUEST),
    Topic("Новый пользователь для отдела закупок", "Support", fields=REQUEST),
    Topic("Есеп қалай басып шығарылады?", "Support", fields=REQUEST),
    Topic("Консультация по архиву базы данных", "Support", fields=REQUEST),
    Topic("Изменилась форма отчёта по закону", "Support", fields=REQUEST),
    Topic("Жаңа қызметкерге рұқсат беру", "Support", fields=REQUEST),
)


def tell(story: Story) -> None:
    _a_date_kept(story)
    _a_date_broken(story)
    _a_failure(story)
    _development(story)
    _now(story)
    everyday(story, TOPICS, VOICE, monthly=4)


def _a_date_kept(story: Story) -> None:
    """Within two hours a date is proposed, the customer agrees, and it is kept."""
    week = story.weeks_ago(5)
    (
        story.ticket(
            "Не открывается отчёт за квартал",
            by="aospanov",
            at=f"{week.tue} 09:40",
            priority="High",
            description="При открытии отчёта появляется ошибка 500.",
        )
        .step(
            "10:30",
            "engineer",
            "Предлагаем исправить до четверга.",
            status="In Progress",
            assigned_to="engineer",
            fields=FAULT,
            due_date=week.thu,
        )
        .step("11:15", "aospanov", "Согласен.", fields={"Date agreed": "1"})
        .step("+2d 15:30", "engineer", "Исправлено и передано.", status="Resolved", done_ratio=100)
        .step("17:00", "aospanov", "Принято.", status="Closed")
    )


def _a_date_broken(story: Story) -> None:
    """No pause moves a date that was agreed: the vendor's delay is the provider's."""
    week = story.weeks_ago(3)
    (
        story.ticket(
            "Келісімшарттар тізімі ашылмайды",
            by="gulnara",
            at=f"{week.mon} 10:05",
            priority="Urgent",
            description="Тізім ашылғанда терезе бос қалады.",
        )
        .step(
            "11:20",
            "engineer",
            "Сәрсенбіге дейін түзетеміз.",
            status="In Progress",
            assigned_to="engineer",
            fields=FAULT,
            due_date=week.wed,
        )
        .step("12:00", "aospanov", "Келісемін.", fields={"Date agreed": "1"})
        .step(
            "+1d 16:00", "engineer", "Дерекқор жеткізушісін күтудеміз.", status="Waiting for vendor"
        )
        .private("16:10", "engineer", "Поставщик СУБД обещает исправление только к пятнице.")
        .step("+3d 14:30", "engineer", "Түзетілді.", status="Resolved", done_ratio=100)
    )


def _a_failure(story: Story) -> None:
    """The engineer on site within three hours, then a report of causes and measures."""
    week = story.weeks_ago(4)
    began, ended = f"{week.thu} 13:10", f"{week.thu} 17:45"
    (
        story.ticket(
            "Система недоступна для всех",
            by="aospanov",
            at=f"{week.thu} 13:20",
            priority="Immediate",
            description="Сервер приложений не отвечает. Просим приехать.",
            fields={"Visit ordered at": f"{week.thu} 13:25"},
        )
        .step(
            "13:50",
            "engineer",
            "Выезжаем, восстановим сегодня.",
            status="In Progress",
            assigned_to="engineer",
            fields=FAULT | {"Outage began at": began},
            due_date=week.thu,
        )
        .step("14:00", "aospanov", "Согласовано.", fields={"Date agreed": "1"})
        .step(
            "17:50",
            "engineer",
            "Система работает.",
            status="Resolved",
            fields={"Arrived at": f"{week.thu} 15:40", "Outage ended at": ended},
        )
        .step(
            "+4d 12:00",
            "engineer",
            "Отчёт о причинах заполнен.",
            fields={
                "Failure cause": "Закончилось место под журналы транзакций.",
                "Failure measures": "Место расширено, добавлено предупреждение при 80 %.",
            },
        )
        .step("15:00", "aospanov", "Принято.", status="Closed")
    )


def _development(story: Story) -> None:
    """Hours on features use up the development budget; customers never see the rates."""
    months = story.today() - timedelta(days=150)
    _feature(story, "Модуль электронной подписи", months, weeks=9, hours=8)
    _feature(story, "Личный кабинет поставщика", months + timedelta(days=60), weeks=7, hours=7)
    _feature(story, "Қазақша интерфейс", months + timedelta(days=110), weeks=4, hours=5)


def _feature(story: Story, subject: str, since: date, *, weeks: int, hours: float) -> None:
    week = story.week_before(since)
    feature = story.ticket(
        subject,
        by="aospanov",
        at=f"{week.mon} 10:00",
        tracker="Feature",
        estimated_hours=weeks * hours,
    ).step(
        "10:40",
        "engineer",
        status="In Progress",
        assigned_to="engineer",
        fields={"Kind": "change"},
    )
    feature.book("+1d 17:00", "engineer", 12, activity="Design", comment="Эскиз")
    for _ in range(weeks):
        feature.book("+7d 17:00", "engineer", hours, comment="Разработка")


def _now(story: Story) -> None:
    """A date agreed, one broken, one that waits for assent, and a fault without a date."""
    week = story.weeks_ago(1)
    (
        story.ticket(
            "Неверная сумма в реестре платежей",
            by="gulnara",
            at=f"{week.mon} 11:00",
            priority="High",
        )
        .step(
            "11:50",
            "engineer",
            "Исправим до пятницы.",
            status="In Progress",
            assigned_to="engineer",
            fields=FAULT,
            due_date=week.fri,
        )
        .step("12:30", "aospanov", "Согласен.", fields={"Date agreed": "1"})
        .private("+3d 16:00", "engineer", "Не успеваем: нужна помощь второго разработчика.")
    )
    proposed = story.ago(hours=7, served="office")
    story.ticket(
        "Баспаға шығару кезінде қате шығады",
        by="gulnara",
        at=story.ago(hours=8, served="office"),
        priority="Normal",
    ).step(
        proposed,
        "engineer",
        "Келесі жұма күніне дейін түзетеміз, келісесіз бе?",
        status="In Progress",
        assigned_to="engineer",
        fields=FAULT,
        due_date=story.today() + timedelta(days=6),
    )
    story.ticket(
        "Ошибка при входе по ключу",
        by="aospanov",
        at=story.ago(hours=1.6, served="office"),
        priority="Urgent",
        description="После ввода пароля ключа окно закрывается.",
        fields=FAULT,
    )
    (
        story.ticket(
            "Медленно открывается карточка договора",
            by="aospanov",
            at=story.ago(hours=15, served="office"),
        )
        .step(
            story.ago(hours=14, served="office"),
            "engineer",
            "Предлагаем исправить в течение недели.",
            status="In Progress",
            assigned_to="engineer",
            fields=FAULT,
            due_date=story.today() + timedelta(days=4),
        )
        .step(
            story.ago(hours=13, served="office"),
            "aospanov",
            "Согласен.",
            fields={"Date agreed": "1"},
        )
    )
