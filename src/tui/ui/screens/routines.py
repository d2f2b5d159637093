"""The routines screen: what each is today; starts one, or puts it before or after the session."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from tui.domain.model.cells import cell_width, fitted, padded
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.notation import Form
from tui.domain.model.values import Routine
from tui.domain.planning.routines import DayRoutine
from tui.domain.planning.today import Plan
from tui.domain.session.actions import Refused
from tui.present.routine import NOTHING, caution_words, dose_text, kind_words, left_out
from tui.present.session_questions import YES_OR_NO
from tui.ui.commands import ROUTINES, bindings
from tui.ui.panes.today_lines import unread
from tui.ui.panes.today_rows import LONG_FROM
from tui.ui.screens.list_screen import ListScreen
from tui.ui.widgets.styled_text import Line, Lines, spread, wrapped
from tui.ui.widgets.virtual_list import VirtualList

EDGES = 4


class RoutinesScreen(ListScreen):
    """All routines, and below the list the one under the cursor as it would be done today."""

    BINDINGS = bindings(ROUTINES)
    place = ROUTINES
    called = "ROUTINES"
    DEFAULT_CSS = """
    RoutinesScreen #routines-title { height: 2; padding: 0 1; }
    RoutinesScreen.-short #routines-title { height: 1; }
    RoutinesScreen VirtualList { height: auto; max-height: 50%; margin: 0 1; max-width: 96; }
    RoutinesScreen.-short VirtualList { max-height: 30%; }
    RoutinesScreen #routine { height: 1fr; margin: 1 0 0 0; padding: 0 1; overflow: hidden; }
    """

    def compose(self) -> ComposeResult:
        """Title, routines, the one under the cursor, the bottom line."""
        yield from self.top()
        yield Lines(id="routines-title")
        yield VirtualList(self._draw, id="routine-list")
        yield Lines(id="routine")
        yield from self.bottom()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Redraw from the library and the log; the cursor stays."""
        title: Line = [
            ("Routines", "loud"),
            ("  a few minutes, alone or beside today's session", "dim"),
        ]
        self.query_one("#routines-title", Lines).set([title, []])
        self.rows.show(list(self.book.profile.library.routines.values()))
        self._show_routine()

    def _draw(self, one: Routine, width: int) -> Line:
        kind = "work" if one.work else "easy"
        right = [(f"  {kind}", "" if one.work else "dim"), (f"{one.minutes:>4} min ", "dim")]
        return spread([(f" {fitted(one.name, width - 18)}", "")], right, width)

    @property
    def day(self) -> DayRoutine | None:
        """The routine under the cursor as it would be done today; None until the log is read."""
        one: Routine | None = self.rows.value
        if one is None or not self.book.planner.is_known():
            return None
        return self.book.planner.routine(one, self.book.now().date())

    def _show_routine(self) -> None:
        day = self.day
        width = max(20, self.size.width - EDGES)
        lines = [[(unread(self.book), "dim")]] if day is None else self._routine_lines(day, width)
        self.query_one("#routine", Lines).set(lines)

    def _routine_lines(self, day: DayRoutine, width: int) -> list[Line]:
        """What speaks against it, its exercises, and in a low terminal last of all what it is."""
        library, unit = self.book.profile.library, self.book.profile.unit
        lines: list[Line] = []
        for words in caution_words(day):
            lines += wrapped(words, width, "warn")
        names = [exercise_name(library, item.exercise) for item in day.plan.items]
        room = max(map(cell_width, names), default=0) + 2
        for name, item in zip(names, day.plan.items, strict=True):
            dose = dose_text(item, unit, Form.LONG if width >= LONG_FROM else Form.SHORT)
            if room + cell_width(dose) <= width:
                lines.append([(padded(name, room), "strong"), (dose, "")])
            else:
                lines += [*wrapped(name, width, "strong"), *wrapped(dose, width, indent="  ")]
        if not day.plan.items:
            lines += wrapped(NOTHING, width)
        for words in left_out(day, library):
            lines += wrapped(words, width, "dim")
        lines += [[], *wrapped(day.routine.about, width, "dim")]
        return [*lines, *wrapped(f"It is {kind_words(day.routine)}.", width, "dim")]

    def on_virtual_list_moved(self) -> None:
        """Show the routine now under the cursor."""
        self._show_routine()

    # -- keys ----------------------------------------------------------------------------------

    def action_start(self) -> None:
        """Start the routine as a session of its own; if it is better left, ask first."""
        with self.guarded():
            day = self._ready()
            if self.book.recorder.live is not None:
                raise Refused("A session is under way. b puts this before what is there, a after.")
            self._once_sure(day, lambda: self.navigator.begin(day.plan))

    def action_insert(self, before: int) -> None:
        """Put the routine before (1) or after (0) the exercises of today's session."""
        with self.guarded():
            day = self._ready()
            live = self.book.recorder.live
            plan = self.book.planner.next_plan(self.book.now().date())
            if live is None and not (plan.items and self._is_for_today(plan)):
                raise Refused("No session is planned today. enter starts the routine by itself.")
            items = day.plan.items
            self._once_sure(day, lambda: self.navigator.insert(items, before=bool(before)))

    def _is_for_today(self, plan: Plan) -> bool:
        return plan.due is None or plan.due.day == self.book.now().date()

    def _ready(self) -> DayRoutine:
        """The routine under the cursor, with something to do. Raises Refused."""
        if self.rows.value is None:
            raise Refused("There is no routine here.")
        day = self.day
        if day is None:
            raise Refused(unread(self.book))
        if not day.plan.items:
            raise Refused(NOTHING)
        return day

    def _once_sure(self, day: DayRoutine, go: Callable[[], None]) -> None:
        """Go on; if the routine is better left for another day, once the runner says so."""
        if not day.cautions:
            go()
            return

        def answer(key: str) -> None:
            if key == "y":
                go()

        why = " ".join(caution_words(day))
        self.ask_key("All the same?", YES_OR_NO, answer, usual="n", why=why)
