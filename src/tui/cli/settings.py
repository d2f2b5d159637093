"""Settings that name what there is not: the commands go on without them and say so."""

from __future__ import annotations

from collections.abc import Iterator

from tui.core.text import clean, clip
from tui.core.units import UNITS
from tui.logbook import Logbook
from tui.standing import DEFAULT_PROGRAMME

SHOWN = 40


def unknown(book: Logbook) -> Iterator[str]:
    """A line for each setting of profile.json whose value means nothing: which one, what it may
    be."""
    programmes = book.library.programmes
    programme = book.setting("programme", DEFAULT_PROGRAMME)
    if programme not in programmes:
        yield _none("programme", programme, "stridelift library list names all")
    else:
        schedules = [schedule.id for schedule in programmes[programme].schedules]
        schedule = book.setting("schedule", "")
        if schedule and schedule not in schedules:
            yield _none("schedule", schedule, f"{programme} has {', '.join(schedules)}")
    unit = book.setting("unit", "kg")
    if unit not in UNITS:
        yield _none("unit", unit, f"{', '.join(UNITS)} are")


def _none(key: str, value: str, meant: str) -> str:
    return f"profile.json: {key}: {clip(clean(value), SHOWN)} is none; {meant}"
