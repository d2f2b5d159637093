"""The rows of a list of exercises: name, last time, next time, and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from operator import is_

from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.model.cells import cell_width, fitted, padded
from tui.domain.model.library.catalog import exercise_name, way_of
from tui.domain.model.notation import Form, planned, show, written
from tui.domain.model.sums import counted
from tui.domain.model.values import Exercise, Prescription
from tui.present.words import thing_name
from tui.ui.widgets.styled_text import Line

# Below these widths there is no room for what an exercise needs, for last time, for next time.
ROOM_FOR_KIT, ROOM_FOR_LAST, ROOM_FOR_NEXT = 72, 58, 36
LONGEST_NAME = 42
DAY, NEXT, KIT = 8, 25, 17
# The shares of the name, and of what is done next beside it alone.
NAME, NAME_AND_NEXT = 0.36, 0.6
MORE = " …"

# Words with their role and the width of their column.
Cell = tuple[str, str, int]


def stands_unasked(book: Logbook, exercise: Exercise) -> bool:
    """Whether an exercise is listed before anything is searched: one of the gym's is once it has
    been done."""
    return not exercise.bare or book.reader.knows(exercise.id)


class ExerciseRows:
    """Draws exercises; ``coming`` gives what to do next for one and its sets, None if not known.
    What was found out is kept until the log, the library or the day is another. ``kit``: with what
    an exercise needs, and of last time only its day."""

    def __init__(
        self,
        book: Logbook,
        coming: Callable[[Exercise], tuple[str, Prescription] | None],
        *,
        kit: bool = False,
    ) -> None:
        self.book = book
        self.coming = coming
        self.kit = kit
        self._told: dict[str, tuple[str, str, str]] = {}
        self._counts: tuple[int, bool, date] | None = None
        self._things: tuple[object, ...] = ()

    def draw(self, exercise: Exercise, width: int) -> Line:
        """The row of an exercise in ``width`` cells."""
        day, done, coming = self._facts(exercise)
        room = width - 1
        if room < ROOM_FOR_NEXT:
            return [(f" {fitted(exercise.name, room)}", "")]
        if room < ROOM_FOR_LAST:
            name = int(NAME_AND_NEXT * room)
            return _cells((exercise.name, "", name), (coming, "dim", room - name))
        if self.kit and room >= ROOM_FOR_KIT:
            name = min(LONGEST_NAME, room - DAY - NEXT - KIT)
            things = _whole(
                [thing_name(one) for one in exercise.equipment], room - name - DAY - NEXT
            )
            needs = (things, "dim", room - name - DAY - NEXT)
            return _cells((exercise.name, "", name), (day, "dim", DAY), (coming, "", NEXT), needs)
        name = min(LONGEST_NAME, int(NAME * room))
        last = (room - name - DAY) // 2
        return _cells(
            (exercise.name, "", name),
            (day, "dim", DAY),
            (done, "dim", last),
            (coming, "", room - name - DAY - last),
        )

    def _facts(self, exercise: Exercise) -> tuple[str, str, str]:
        """The last day, what was done on it and what comes next of an exercise, in words."""
        book = self.book
        counts = (book.reader.changes, book.planner.is_known(), book.now().date())
        things = (book.recorder.live, book.profile.setup)
        same = counts == self._counts and all(map(is_, things, self._things))
        if not same:
            self._told, self._counts, self._things = {}, counts, things
        if exercise.id not in self._told:
            self._told[exercise.id] = (*self._last(exercise), self._next(exercise))
        return self._told[exercise.id]

    def _last(self, exercise: Exercise) -> tuple[str, str]:
        found = self.book.reader.last_entry(exercise.id)
        if found is None:
            return "", ""
        day, entry = found
        rows = (
            replace(written(row), rir=None, effort=None, pain=None, flags=(), note="")
            for row in counted(entry)
        )
        unit = self.book.profile.unit
        done = show(rows, unit, Form.SHORT, way=exercise.way)
        return _day(day, self.book.now().date()), done

    def _next(self, exercise: Exercise) -> str:
        found = self.coming(exercise)
        if found is None:
            return ""
        name, plan = found
        library, unit = self.book.profile.library, self.book.profile.unit
        sets = planned(plan.sets, unit, Form.SHORT, way=way_of(library, name))
        if sets and name != exercise.id:
            return f"→ {exercise_name(library, name)}"
        return sets or "rest"


def _day(day: date, today: date) -> str:
    """A day of this year, else its year alone."""
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.year}"


def _cells(*cells: Cell) -> Line:
    """Texts in columns, after a blank; of a dose too long for its own the first sets."""
    return [(" ", ""), *((padded(_first(words, size), size), role) for words, role, size in cells)]


def _first(dose: str, width: int) -> str:
    """As many whole parts of a dose as fit, each with the same done in all its sets."""
    return _whole(dose.split("; "), width, "; ")


def _whole(parts: Sequence[str], width: int, between: str = ", ") -> str:
    """As many whole parts as fit into a column, at least one, and a mark for others."""
    for count in range(len(parts), 1, -1):
        words = between.join(parts[:count]) + (MORE if count < len(parts) else "")
        if cell_width(words) < width:
            return words
    return "".join(parts[:1]) + (MORE if len(parts) > 1 else "")
