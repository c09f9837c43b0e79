"""Load a folder of contracts and say what each promises today.

Run it: python examples/load_contracts.py examples/contracts/crm-support
"""

import sys
from datetime import UTC, datetime

from redmine_sla import ConfigurationError, load_folder


def main(folder: str) -> int:
    try:
        configuration = load_folder(folder)
    except ConfigurationError as error:
        for problem in error.problems:  # all of them, each with its file and line
            print(problem)
        return error.exit_code

    for contract in configuration.contracts:
        terms = contract.terms_at(datetime.now(UTC))
        print(f"{contract.title}, {contract.customer}")
        if terms.current_tier:
            print(f"  level: {terms.current_tier.title}")
        for rule in terms.targets:
            if not rule.tier or terms.tier in rule.tier:
                print(f"  {rule.clock} within {rule.within} ({rule.clause})")
        for amendment in contract.amendments:
            print(f"  from {amendment.since}: {amendment.note}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
