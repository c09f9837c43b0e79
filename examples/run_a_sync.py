"""Run a sync from a program: pull, judge, plan, write into Redmine.

Run it: REDMINE_SLA_API_KEY=… python examples/run_a_sync.py /etc/redmine-sla
"""

import sys

from redmine_sla import SlaError, sync_folder


def main(folder: str) -> int:
    try:
        report = sync_folder(folder)
    except SlaError as error:  # no key, no Redmine, another run under way…
        print(error, file=sys.stderr)
        return error.exit_code

    for outcome in report.applied.outcomes:
        print(f"{outcome.result}: {outcome.change.contract}, {outcome.change.why}")
    for finding in report.findings:
        print(f"look at this: {finding}")
    cost = report.requests
    print(f"{report.seconds:.1f} s, {cost.reads} reads, {cost.writes} writes")
    return 0 if report.went_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
