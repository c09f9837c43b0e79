"""`python -m redmine_sla`."""

from redmine_sla.cli import main

if __name__ == "__main__":
    main()
