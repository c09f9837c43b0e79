"""List the tickets with a broken promise, from what the last sync left in the mirror.

Run it: python examples/list_what_is_late.py /etc/redmine-sla
"""

import sys
from datetime import timedelta
from zoneinfo import ZoneInfo

from redmine_sla import SlaError, late


def main(folder: str) -> int:
    try:
        tickets = late(folder)
    except SlaError as error:
        print(error, file=sys.stderr)
        return error.exit_code

    for judged in tickets:
        reading = judged.assessment.worst
        assert reading is not None
        assert reading.due is not None
        assert reading.measured is not None
        due = reading.due.astimezone(ZoneInfo(judged.contract.timezone))
        hours = -reading.measured.remaining / timedelta(hours=1)
        print(f"#{judged.number} {judged.ticket.subject}: {reading.title} ({judged.contract.name})")
        print(f"  was due {due:%Y-%m-%d %H:%M %Z}, {hours:.1f} hours of service time ago")
    print(f"{len(tickets)} late")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
