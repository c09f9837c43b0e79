"""Run redmine-sla from a checkout: `python cli.py sync`."""

from redmine_sla.cli import main

if __name__ == "__main__":
    main()
