"""Build a service calendar and ask it questions. Run it: python examples/build_a_calendar.py"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla import ServiceCalendar, Target

BUDAPEST = ZoneInfo("Europe/Budapest")

calendar = ServiceCalendar(
    timezone="Europe/Budapest",
    hours="Mo-Fr 09:00-17:00",
    holidays="HU",
    special_days={date(2026, 12, 31): "09:00-12:00"},
)


def main() -> None:
    reported = datetime(2026, 10, 22, 16, 30, tzinfo=BUDAPEST)  # Thursday; Friday is a holiday
    print("Reported", reported)

    for text in ("4bh", "24ch", "2bd", "nbd"):
        target = Target.parse(text)
        due = target.due(calendar, reported)
        assert due is not None
        print(f"{target!s:<18} due {due.astimezone(BUDAPEST):%a %Y-%m-%d %H:%M %Z}")

    until = reported + timedelta(days=7)
    print("Service time in the week after:", calendar.elapsed(reported, until))
    for opens, closes in calendar.windows(reported, until):
        print(f"  {opens.astimezone(BUDAPEST):%a %H:%M} to {closes.astimezone(BUDAPEST):%H:%M}")

    friday = calendar.day(date(2026, 10, 23))
    print(f"{friday.date}: {friday.hours}, {friday.kind}, {friday.label} ({friday.source})")
    print("Open at New Year?", calendar.is_open(datetime(2027, 1, 1, 10, tzinfo=UTC)))


if __name__ == "__main__":
    main()
