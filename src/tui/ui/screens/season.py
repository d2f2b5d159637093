"""The season screen: what to do today and why, the week, and all weeks up to the race."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.domain.calculator.advice import Calendar
from tui.domain.calculator.reasons import sentence
from tui.domain.model.date_parser import WEEKDAYS
from tui.domain.model.dates import monday
from tui.domain.model.library.parser import Library
from tui.domain.model.text import as_sentence
from tui.domain.planning.calendar_changes import (
    Change,
    easier_week,
    gym_or_none,
    typed_change,
    usual_week,
    without,
)
from tui.domain.planning.calendar_codec import AWAY, RACES, RUNS, STEP_DOWN, WEEKLY
from tui.domain.planning.diary import Diary, Run, WeeklyRun
from tui.domain.planning.outlook import outlook, weeks_to_show
from tui.domain.planning.run_parser import run_text
from tui.domain.planning.today import Plan
from tui.domain.planning.wording import RUNS as RUN_NAMES
from tui.domain.planning.wording import short_day
from tui.present.planned_week import Week
from tui.ui.commands import SEASON, bindings
from tui.ui.host import Navigator
from tui.ui.panes.today_lines import unread
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.season_bars import dates_line, drawing, fitting, short_line, view
from tui.ui.screens.season_lines import (
    Season,
    day_line,
    detail_lines,
    given_up_lines,
    head_lines,
    today_line,
    top_line,
)
from tui.ui.undo import NOTHING_AGAIN, NOTHING_TO_UNDO, again_words, undone_words
from tui.ui.widgets.ranked import Ranked, kept, ranked
from tui.ui.widgets.styled_text import Line, Lines, cut
from tui.ui.widgets.virtual_list import VirtualList

DAYS = 7
# The ranks of the second lines of reasons.
REASONS = (6, 7)


class SeasonScreen(ListScreen):
    """A week as a list of days, with lines above and below it that are dropped one by one in a low
    terminal."""

    BINDINGS = bindings(SEASON)
    place = tab = SEASON
    DEFAULT_CSS = f"""
    SeasonScreen #season {{ height: 1fr; overflow: hidden; }}
    SeasonScreen #season-days {{ height: {DAYS}; }}
    """

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self.season: Season | None = None
        self.number = 0

    def compose(self) -> ComposeResult:
        """The lines above the week, its days, the lines below, the bottom line."""
        yield from self.top()
        with Vertical(id="season"):
            yield Lines(id="season-top")
            yield VirtualList(self._draw, id="season-days")
            yield Lines(id="season-below")
        yield from self.bottom()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Plan all weeks again and show them; at first the cursor is on today."""
        first = self.season is None
        self.season = season = self._read()
        if season is None:
            self.rows.show([])
            words: Line = [("  ", ""), (unread(self.book), "dim")]
            self.query_one("#season-top", Lines).set([[(" ", ""), ("Season", "loud")], [], words])
            self.query_one("#season-below", Lines).set([])
            return
        self.number = min(self.number, len(season.weeks) - 1)
        self.rows.show(self.week.days, season.today.weekday() if first else None)
        self._show_lines()

    def _read(self) -> Season | None:
        """The data to draw; None until the whole log is read."""
        book, today = self.book, self.book.now().date()
        if not book.planner.is_fully_loaded:
            return None
        setup = book.profile.setup
        weeks = book.planner.ahead(today, weeks_to_show(setup.calendar, today))
        c_week = setup.profile.c_race_week
        plan = book.planner.planned(today)
        return Season(
            rests=rests_words(plan, book.profile.library, book.profile.unit),
            weeks=tuple(weeks),
            outlook=outlook(weeks, book.reader.sessions(), setup.calendar, today, c_week=c_week),
            programme=book.profile.programme,
            diary=book.profile.diary,
            setup=setup,
            today=today,
            live=book.recorder.live is not None,
            hours=book.profile.hours,
        )

    @property
    def week(self) -> Week:
        """The week shown; only valid once there is a season."""
        assert self.season is not None
        return self.season.week(self.number)

    def _draw(self, day: date, width: int) -> Line:
        return day_line(self.week, day, width)

    def _show_lines(self) -> None:
        """Draw the lines above and below the days, as many as fit."""
        season = self.season
        if season is None:
            return
        room = self.body_rows - DAYS
        # Give reasons two lines; if those do not fit, one.
        for most in (2, 1):
            above, below = self._above(season, most), self._below(season, most)
            stays = kept([*above, *below], room)
            lines = list(zip([*above, *below], stays, strict=True))
            if all(stay for (rank, _), stay in lines if rank in REASONS):
                break
        shown = [line for (_, line), stay in lines if stay]
        split = sum(stays[: len(above)])
        self.query_one("#season-top", Lines).set(shown[:split])
        self.query_one("#season-below", Lines).set(shown[split:])

    def _above(self, season: Season, most: int) -> list[Ranked]:
        width = self.size.width
        head = head_lines(season, self.number, width, most)
        return [
            *ranked(0, [top_line(season, width)]),
            *ranked(0, [today_line(season, width)]),
            *ranked(9, [[]]),
            *ranked(0, head[:1]),
            *ranked(6, head[1:]),
        ]

    def _below(self, season: Season, most: int) -> list[Ranked]:
        week, day, width = self.week, self.day, self.size.width
        reasons = [] if day is None else detail_lines(season, week, day, width, most)
        seen = view(season.outlook, season.today, width)
        drawn = drawing(seen, season.programme.name, season.today, week.week.monday)
        dates = cut(dates_line(season.outlook, season.today), width - 1, 2)
        note = short_line(seen)
        return [
            *ranked(15, [[]]),
            *ranked(0, reasons[:1]),
            *ranked(7, reasons[1:]),
            *ranked(2, given_up_lines(week, width)),
            *ranked(8, [[]]),
            *ranked(11, [[]]),
            *ranked(8, [drawn.months]),
            *ranked(3, [drawn.weeks]),
            *ranked(0, [drawn.band]),
            *ranked(18, [[]]),
            *ranked(0, drawn.stack),
            *ranked(16, [[]]),
            *ranked(4, [fitting(drawn.legend, width)]),
            *ranked(17, [[]]),
            *ranked(0, ([(" ", ""), (line, "strong")] for line in dates)),
            *ranked(0, [[(" ", ""), (note, "dim")]] if note else []),
        ]

    @property
    def day(self) -> date | None:
        """The day under the cursor; None until the log is read."""
        value: date | None = self.rows.value
        return value

    def on_virtual_list_moved(self) -> None:
        """Show the reasons of the day now under the cursor."""
        self._show_lines()

    # -- looking -------------------------------------------------------------------------------

    def open_row(self) -> None:
        """Open the week of the day under the cursor."""
        if self.day is not None:
            self.navigator.open_week(self.day)

    def action_week(self, by: int) -> None:
        """Go a week on (1) or back (-1), between this week and the last one planned."""
        if self.season is None:
            return
        wanted = self.number + by
        if not 0 <= wanted < len(self.season.weeks):
            self.say("Earlier weeks: History (3)." if by < 0 else "No week further is planned.")
            return
        self.number = wanted
        self.rows.show(self.week.days)
        self._show_lines()

    # -- changing ------------------------------------------------------------------------------

    def action_add(self) -> None:
        """Ask what to add, a race, a run, days away or an easier week, then for it in one line."""
        self.ask_key("Add what?", {key: one.name for key, one in ADDED.items()}, self._ask_for)

    def _ask_for(self, key: str) -> None:
        one, today = ADDED[key], self.book.now().date()
        self.ask(
            one.label,
            lambda typed: self._change(typed_change(typed, today, one.kind)),
            why=one.why,
        )

    def action_remove(self) -> None:
        """Remove what is on the day under the cursor; if there are several things, ask which."""
        season, day = self.season, self.day
        if season is None or day is None:
            return
        found = found_on(season.diary, season.setup.calendar, day)
        if not found:
            self.say(f"Nothing of yours is on {day:%A} to remove.")
            return
        if len(found) == 1:
            self._change(found[0].change)
            return
        options = {str(number): label for number, label in enumerate(labels(found), start=1)}
        self.ask_key("Remove what?", options, lambda key: self._change(found[int(key) - 1].change))

    def action_easier(self) -> None:
        """Make the week shown one of easier running, or a usual one again."""
        if self.season is not None:
            monday = self.week.week.monday
            easier = monday in self.season.setup.calendar.step_down
            if easier:
                self._change(usual_week(monday))
            else:
                words = f"an easier week from {short_day(monday)}"
                self._change(easier_week(monday), words)

    def action_no_gym(self) -> None:
        """Plan today without a gym, or with it again."""
        self._change(gym_or_none(self.book.profile.diary, self.book.now().date()))

    def action_routines(self) -> None:
        """Open the routines."""
        self.navigator.open("routines")

    def _change(self, change: Change, words: str = "") -> None:
        """Save a change of the calendar, and plan again; say ``words``, or those of the change."""
        with self.guarded():
            self.book.profile.change_calendar(change)
            self.show()
            self.say(f"{as_sentence(words or change.words)} u takes it back.", "good")

    def action_undo(self) -> None:
        """Undo the last change of the calendar."""
        with self.guarded():
            key = self.book.profile.unkeep()
            if key is None:
                self.say(NOTHING_TO_UNDO)
                return
            self.show()
            self.say(undone_words(f"{CALLED.get(key, key)} as before"), "good")

    def action_redo(self) -> None:
        """Do the last change of the calendar again that was undone."""
        with self.guarded():
            key = self.book.profile.rekeep()
            if key is None:
                self.say(NOTHING_AGAIN)
                return
            self.show()
            self.say(again_words(f"{CALLED.get(key, key)} changed"), "good")


# -- what can be added -----------------------------------------------------------------------------


class Added(Struct, frozen=True):
    """What can be added: its name, the first word of a typed line, the question, and its help."""

    name: str
    kind: str
    label: str
    why: str


ADDED = {
    "r": Added(
        "race",
        "race",
        "Race?",
        "A date and a name: 14 feb Ridge Ultra. Then its weight in your year, A, B or C.",
    ),
    "n": Added(
        "run", "run", "Run?", "A weekday or a date, a time and a kind: tue 07:00 speed, or 14 feb."
    ),
    "w": Added(
        "days away",
        "away",
        "Days away?",
        "The first and the last, and what is there: 20 dec to 27 dec band dumbbells.",
    ),
    "e": Added("easier week", "easy", "An easier week?", "Any day in it: 7 dec."),
}


# -- what can be removed from a day ----------------------------------------------------------------

# The lists of the calendar, as named in "... as before" after an undo.
CALLED = {
    RACES.key: "the races are",
    RUNS.key: "the runs are",
    WEEKLY.key: "the weekly runs are",
    AWAY.key: "days away are",
    STEP_DOWN.key: "the easier weeks are",
}


def rests_words(plan: Plan | None, library: Library, unit: str) -> str:
    """Why all of today's session rests, in the words of its first reason; empty if it does not."""
    if plan is None or plan.items or not plan.resting or not plan.resting[0].reasons:
        return ""
    return sentence(plan.resting[0].reasons[0], library, unit)


class Found(Struct, frozen=True, kw_only=True):
    """Something that can be removed from a day: the names it goes by, the shortest first, and the
    change that removes it."""

    names: tuple[str, ...]
    change: Change


def found_on(diary: Diary, calendar: Calendar, day: date) -> list[Found]:
    """What can be removed from a day: its runs, races and days away, and the easing of its
    week."""
    runs: Sequence[Run | WeeklyRun] = [run for run in diary.runs if run.day == day]
    runs = runs or [run for run in diary.weekly if run.weekday == day.weekday()]
    found = [_found_run(run) for run in runs]
    for race in calendar.races:
        if race.day == day:
            change = without(RACES, [race], f"{race.name or 'the race'} is removed")
            found.append(Found(names=("race", race.name), change=change))
    for away in diary.away:
        if away.first <= day <= away.last:
            words = f"days away from {short_day(away.first)} are removed"
            names = ("away", away.first.isoformat())
            found.append(Found(names=names, change=without(AWAY, [away], words)))
    if monday(day) in calendar.step_down:
        found.append(Found(names=("easy", "week"), change=usual_week(day)))
    return found


def _found_run(run: Run | WeeklyRun) -> Found:
    start = "any time" if run.start is None else f"{run.start:%H:%M}"
    names = ("run", run.kind.value, start)
    if isinstance(run, Run):
        return Found(names=names, change=without(RUNS, [run], f"{run_text(run)} is removed"))
    words = f"the {RUN_NAMES[run.kind]} of every {WEEKDAYS[run.weekday].capitalize()} is removed"
    return Found(names=names, change=without(WEEKLY, [run], words))


def labels(found: Sequence[Found]) -> list[str]:
    """A unique label for each of them."""
    every = [name for one in found for name in one.names]
    made = []
    for number, one in enumerate(found, start=1):
        own = (name for name in one.names if name and every.count(name) == 1)
        made.append(next(own, f"{one.names[0]} {number}"))
    return made
