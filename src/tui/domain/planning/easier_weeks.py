"""What a week of easier running offers instead of its sessions."""

from __future__ import annotations

from datetime import date

from tui.domain.calculator import Setup
from tui.domain.model.dates import monday
from tui.domain.model.values import Routine

MOBILITY = "mobility"


def stand_in(setup: Setup, day: date) -> Routine | None:
    """The routine that may stand in for a session on a day: mobility, in a week of easier running
    (clarke-runrun). None in any other week, on the day of a race, and if the library has no such
    routine."""
    calendar = setup.calendar
    if monday(day) not in calendar.step_down or any(race.day == day for race in calendar.races):
        return None
    return setup.library.routines.get(MOBILITY)
