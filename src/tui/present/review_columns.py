"""Sums as the cells of a table."""

from __future__ import annotations

from tui.domain.model.sums import Sums
from tui.domain.model.units import plain
from tui.present.review_words import held_text, lifted_cell


def sum_columns(unit: str) -> tuple[str, ...]:
    """The names of the columns of :func:`sum_cells`."""
    return ("Sets", f"{unit} lifted", "Held", "Contacts", "m carried", "Min")


def sum_cells(made: Sums, unit: str) -> tuple[str, ...]:
    """Sums by column, loads in ``unit``; empty where there are none."""
    return (
        str(made.sets),
        lifted_cell(made.tonnage_kg, unit),
        held_text(made.hold_s) if made.hold_s else "",
        str(made.contacts or ""),
        plain(made.distance_m) if made.distance_m else "",
        str(made.minutes or ""),
    )
