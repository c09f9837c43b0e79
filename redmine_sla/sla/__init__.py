"""Judging: problem classes, clocks and their ledgers."""
