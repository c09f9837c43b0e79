"""Obligations: their occurrences, the tickets that stand for them, and what came of each."""
