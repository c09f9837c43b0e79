"""Real Redmine servers for the tests: see README.md beside this file."""
