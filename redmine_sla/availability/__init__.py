"""Availability: outages as they happened, against the agreed service time."""
