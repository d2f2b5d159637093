"""Settings that name what there is not: the commands go on without them and say so."""

from __future__ import annotations

from collections.abc import Iterator

from tui.app.logbook import Logbook
from tui.app.profile import unknown_setting_notice
from tui.domain.calculator.adherence import DEFAULT_PROGRAMME
from tui.domain.model.units import UNITS


def unknown(book: Logbook) -> Iterator[str]:
    """A line for each setting of profile.json whose value means nothing: which one, what it may
    be. A programme that is none is among the notices of ``book`` from now on."""
    programme = book.profile.programme
    if programme.id == book.profile.setting("programme", DEFAULT_PROGRAMME):
        schedule = book.profile.setting("schedule", "")
        # That of a programme which was left waits there until it is chosen again.
        every = {
            one.id for each in book.profile.library.programmes.values() for one in each.schedules
        }
        if schedule and schedule not in every:
            own = ", ".join(one.id for one in programme.schedules)
            yield unknown_setting_notice("schedule", schedule, f"{programme.id} has {own}")
    unit = book.profile.setting("unit", "kg")
    if unit not in UNITS:
        yield unknown_setting_notice("unit", unit, f"{', '.join(UNITS)} are")
