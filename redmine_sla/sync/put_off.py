"""The mirror's notes of what Redmine did not take, so that it is not written again and again."""

from __future__ import annotations

from collections.abc import Mapping

from redmine_sla.mirror import Mirror
from redmine_sla.plan import PutOff
from redmine_sla.sync.apply import PUT_OFF


def put_off_in(mirror: Mirror) -> dict[int, PutOff]:
    """By ticket. Raises `MirrorError`."""
    with mirror.reading() as view:
        remembered = view.remembered(PUT_OFF)
    notes = {ticket: PutOff.decoded(text) for ticket, text in remembered.items()}
    return {ticket: note for ticket, note in notes.items() if note is not None}


def remember_put_off(mirror: Mirror, put_off: Mapping[int, PutOff]) -> None:
    """Raises `MirrorError`."""
    with mirror.writing() as batch:
        batch.remember(PUT_OFF, {ticket: note.encoded() for ticket, note in put_off.items()})
