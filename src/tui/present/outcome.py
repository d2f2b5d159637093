"""Says how far a set differs from what was prescribed, and how much of it the clock has seen."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.model.notation import HELP
from tui.domain.model.outcome import telling
from tui.domain.model.units import from_kg, plain
from tui.domain.model.values import SetEntry
from tui.domain.session.cadence import PhaseKind, Timeline
from tui.domain.session.clock import performed, spans

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
    if found.what == "assist_kg":
        how = "more" if found.done < found.planned else "less"
        done, planned = (plain(from_kg(-value, unit)) for value in (found.done, found.planned))
        return f"{how} {HELP}: {done}, not {planned} {unit}"
    loaded, less = found.what == "load_kg", found.done < found.planned
    done, planned = (
        plain(from_kg(value, unit) if loaded else value) for value in (found.done, found.planned)
    )
    after = f" {unit}" if loaded else UNITS[found.what]
    if less:
        return f"{'lighter' if loaded else 'fell short'}: {done} of {planned}{after}"
    return f"{'heavier' if loaded else 'more'}: {done}, not {planned}{after}"


COUNTED = {PhaseKind.HOLD: "holds", PhaseKind.LOWER: "reps"}


def seen_words(timeline: Timeline, elapsed: float) -> str:
    """How much of a set the clock had seen by ``elapsed`` (s): ``2 of 16 holds``, ``12 of 45 s``.
    Empty if all of it, or if the clock cannot know."""
    work = [span for span in spans(timeline) if span.counts]
    if any(span.phase.target_s is None for span in work) or all(s.end <= elapsed for s in work):
        return ""
    if len(work) == 1:
        lasted = max(0.0, elapsed - work[0].start)
        return f"{int(lasted)} of {plain(work[0].phase.target_s or 0.0)} s"
    sides = performed(timeline, elapsed)
    done = sum(side.holds or side.reps or 0 for side in sides)
    return f"{done} of {len(work)} {COUNTED.get(work[0].phase.kind, 'parts')}"
