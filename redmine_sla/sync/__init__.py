"""The run: pull, assess, plan, apply."""
