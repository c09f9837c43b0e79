"""Key figures where there is nothing better than a table."""

from __future__ import annotations

from redmine_sla.page.document import Column, KeyFigure, Strong, Table, line


def side_by_side(figures: tuple[KeyFigure, ...]) -> Table:
    """The labels as titles, below them the numbers, below those the words."""
    numbers = tuple(line(Strong(figure.value)) for figure in figures)
    notes = tuple(line(figure.note) for figure in figures)
    rows = (numbers, notes) if any(notes) else (numbers,)
    return Table(tuple(Column(figure.label) for figure in figures), rows)
