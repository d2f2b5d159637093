"""The rows of a list of exercises: name, last time, next time, and what it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import is_

from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.model.cells import fitted, padded
from tui.domain.model.notation import Form, planned, show, written
from tui.domain.model.sums import counted
from tui.domain.model.values import Exercise, Prescription
from tui.ui.widgets.styled_text import Line

# Below this width there is room for what comes next only, and below that for the name.
ROOM_FOR_LAST, ROOM_FOR_NEXT = 58, 36
LONGEST_NAME = 42
DAY = 8
# The shares of name, last time and next time in a row, with and without what it needs.
SHARES, WITH_KIT = (0.34, 0.34, 0.32), (0.31, 0.28, 0.24, 0.17)
NARROW = (0.6, 0.4)


class ExerciseRows:
    """Draws exercises; ``coming`` gives the sets that come next of one, None if that is not known.
    What was found out is kept until the log, the library or the day is another. ``kit``: with what
    an exercise needs."""

    def __init__(
        self,
        book: Logbook,
        coming: Callable[[Exercise], Prescription | None],
        *,
        kit: bool = False,
    ) -> None:
        self.book = book
        self.coming = coming
        self.kit = kit
        self._told: dict[str, tuple[str, str]] = {}
        self._counts: tuple[int, bool, date] | None = None
        self._things: tuple[object, ...] = ()

    def draw(self, exercise: Exercise, width: int) -> Line:
        """The row of an exercise in ``width`` cells."""
        last, coming = self._facts(exercise)
        if width < ROOM_FOR_NEXT:
            return [(fitted(exercise.name, width), "")]
        if width < ROOM_FOR_LAST:
            return _cells(width, NARROW, (exercise.name, ""), (coming, "dim"))
        cells = [(exercise.name, ""), (last, "dim"), (coming, "")]
        if not self.kit:
            return _cells(width, SHARES, *cells)
        return _cells(width, WITH_KIT, *cells, (", ".join(exercise.equipment), "dim"))

    def _facts(self, exercise: Exercise) -> tuple[str, str]:
        """Last time and next time of an exercise, in words."""
        book = self.book
        counts = (book.reader.changes, book.planner.is_known(), book.now().date())
        things = (book.recorder.live, book.profile.setup)
        same = counts == self._counts and all(map(is_, things, self._things))
        if not same:
            self._told, self._counts, self._things = {}, counts, things
        if exercise.id not in self._told:
            self._told[exercise.id] = (self._last(exercise), self._next(exercise))
        return self._told[exercise.id]

    def _last(self, exercise: Exercise) -> str:
        found = self.book.reader.last_entry(exercise.id)
        if found is None:
            return ""
        day, entry = found
        rows = (
            replace(written(row), rir=None, effort=None, pain=None, flags=(), note="")
            for row in counted(entry)
        )
        unit = self.book.profile.unit
        done = show(rows, unit, Form.SHORT, way=exercise.way)
        return f"{_day(day, self.book.now().date()):<{DAY}}{done}"

    def _next(self, exercise: Exercise) -> str:
        plan = self.coming(exercise)
        if plan is None:
            return ""
        unit = self.book.profile.unit
        return planned(plan.sets, unit, Form.SHORT, way=exercise.way) or "rest"


def _day(day: date, today: date) -> str:
    """A day of this year, else its year alone."""
    return f"{day:%d %b}" if day.year == today.year else f"{day.year}"


def _cells(width: int, shares: tuple[float, ...], *cells: tuple[str, str]) -> Line:
    """Texts in columns of these shares of the width; what a name does not need goes to the rest."""
    sizes = [int(share * width) for share in shares]
    spare = max(0, sizes[0] - LONGEST_NAME)
    sizes[0] -= spare
    sizes[-1] += width - sum(sizes)
    return [(padded(words, size), role) for (words, role), size in zip(cells, sizes, strict=True)]
