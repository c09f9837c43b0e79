"""The whole job on a real Redmine: `python -m examples.demo start`, and `stop` to remove it."""
