"""Says how far a set differs from what was prescribed."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.model.outcome import telling
from tui.domain.model.units import from_kg, plain
from tui.domain.model.values import SetEntry

UNITS = {
    "reps": "",
    "holds": " holds",
    "hold_s": " s",
    "contacts": " contacts",
    "distance_m": " m",
    "duration_s": " s",
}


def outcome_words(rows: Iterable[SetEntry], unit: str) -> str:
    """In what one set, all its sides, differs from its prescription, loads in ``unit``: ``fell
    short: 3 of 5``, ``heavier: 65, not 62.5 kg``. Empty if it was done as planned."""
    found = telling(rows)
    if found is None:
        return ""
    loaded, less = found.what == "load_kg", found.done < found.planned
    done, planned = (
        plain(from_kg(value, unit) if loaded else value) for value in (found.done, found.planned)
    )
    after = f" {unit}" if loaded else UNITS[found.what]
    if less:
        return f"{'lighter' if loaded else 'fell short'}: {done} of {planned}{after}"
    return f"{'heavier' if loaded else 'more'}: {done}, not {planned}{after}"
