"""Text of the season screen: today and why, the week day by day, and what was given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from tui.domain.calculator.advice import Race
from tui.domain.calculator.state import Setup
from tui.domain.model.cells import fitted
from tui.domain.model.text import as_sentence
from tui.domain.model.values import Programme
from tui.domain.planning.calendar_changes import NO_GYM
from tui.domain.planning.calendar_queries import race_rest
from tui.domain.planning.diary import Away, Diary
from tui.domain.planning.easier_weeks import stand_in
from tui.domain.planning.horizon import Ahead
from tui.domain.planning.outlook import Outlook, rest_from, rest_word
from tui.domain.planning.placement import Placed
from tui.domain.planning.wording import (
    clauses,
    given_up_words,
    next_words,
    placed_name,
    placed_words,
    run_words,
    short_day,
    waits_words,
)
from tui.present.planned_week import Week, away_words, race_name
from tui.ui.widgets.styled_text import Line, Span, cut, spread, width_of

DONE, PLANNED, LIGHT, NOTHING = "●", "○", "◌", "–"
DAY_WIDTH = 14
REASONS_FROM = 108
LEAST_SESSIONS, LEAST_OTHER, GAP = 30, 20, 2
LABEL = 10


class Season(Struct, frozen=True, kw_only=True):
    """The data of the season screen: the weeks from this one on, the season they belong to, and
    whether a session is under way (``live``). ``rests`` says why all of today's session rests."""

    weeks: tuple[Ahead, ...]
    outlook: Outlook
    programme: Programme
    diary: Diary
    setup: Setup
    today: date
    live: bool = False
    rests: str = ""
    hours: int = 24

    def week(self, number: int) -> Week:
        """A week by its number, counted from this one, 0."""
        return Week(
            week=self.weeks[number],
            programme=self.programme,
            diary=self.diary,
            setup=self.setup,
            today=self.today,
            hours=self.hours,
        )

    @property
    def next(self) -> Placed | None:
        """The first session after today, or None."""
        every = (placed for week in self.weeks for placed in week.plan.placed)
        return next((placed for placed in every if placed.day > self.today), None)


# -- the top ---------------------------------------------------------------------------------------


def top_line(season: Season, width: int) -> Line:
    """The race and the days until it; the programme's week and phase."""
    week = season.weeks[0]
    right = f"{season.programme.name}, week {week.number}"
    if week.phase.name:
        right = f"week {week.number}, {week.phase.name}"
    race = _race_words(season)
    if width_of([(race, ""), (right, "")]) > width - 4:
        right = f"week {week.number}"
    race = fitted(race, width - len(right) - 4)
    return spread([(" ", ""), (race or "Season", "strong")], [(right, "dim"), (" ", "")], width)


def _race_words(season: Season) -> str:
    race = season.outlook.race
    if race is None:
        return ""
    return f"{race_name(race)}, {short_day(race.day)}, {days_off(race.day, season.today)}"


def days_off(day: date, today: date) -> str:
    """How far ahead a day is: ``in 12 days``, ``tomorrow``, ``today``."""
    left = (day - today).days
    return f"in {left} days" if left > 1 else "tomorrow" if left else "today"


def today_line(season: Season, width: int) -> Line:
    """What to do today."""
    words = fitted(_today(season, season.week(0)), width - LABEL - 2)
    return [(" ", ""), (f"{'Today':<{LABEL}}", "dim"), (words, "strong")]


def _today(season: Season, week: Week) -> str:
    today = season.today
    day = week.on(today)
    if season.live:
        return "a session is under way; enter goes on with it"
    if day.races:
        return f"race day, {' and '.join(map(race_name, day.races))}. Good legs!"
    if day.placed and season.rests:
        return f"rest. {season.rests}"
    if day.placed:
        return "; ".join(session_words(one, season.hours) for one in day.placed)
    race = _race_rest(season)
    if race is not None:
        rest = rest_word(race, rest_from(race, c_week=season.setup.profile.c_race_week))
        return f"{', '.join(dict.fromkeys([rest, 'rest']))}; mobility, if you like"
    done = list(dict.fromkeys(week.name(one) for one in day.done))
    head = f"{' and '.join(done)} done." if done else "rest."
    coming = season.next
    if coming is None:
        return head
    return f"{head} Next is {next_words(coming, season.hours)}"


def _race_rest(season: Season) -> Race | None:
    c_week = season.setup.profile.c_race_week
    return race_rest(season.setup.calendar, season.today, c_week=c_week)


def _why(season: Season, week: Week) -> str:
    day = week.on(season.today)
    said = [clauses(one.reasons) for one in day.placed]
    if not day.placed:
        said = [clauses(week.week.marks) or "an easy day between the others"]
        coming = season.next
        if coming is not None and coming.reasons and _race_rest(season) is None:
            said.append(waits_words(coming, season.today))
    if day.away is not None:
        said.append(away_text(day.away))
    easier = stand_in(season.setup, season.today)
    if easier is not None:
        said.append(f"{easier.name.lower()} alone will do: Z")
    return "; ".join(filter(None, said))


def away_text(away: Away) -> str:
    """Days away in words; a single day without equipment is "no gym"."""
    if away.first == away.last and not away.equipment:
        return NO_GYM
    return away_words(away)


def session_words(placed: Placed, hours: int) -> str:
    """A session and its time of day: ``Lift, from 13:00``."""
    return ", ".join(filter(None, [placed_name(placed), placed_words(placed, hours)]))


# -- the week --------------------------------------------------------------------------------------


def head_lines(season: Season, number: int, width: int, most: int) -> list[Line]:
    """The heading: which week is shown, unless it is this one, and what is special about it, in at
    most ``most`` lines; empty if there is nothing to say."""
    found = clauses(season.weeks[number].marks)
    marks = as_sentence(found) if found else ""
    left = [] if not number else _which(season, number)
    if marks and width_of([*left, ("   ", ""), (marks, "")]) <= width:
        return [[*left, ("  " if left else " ", ""), (marks, "")]]
    told: list[Line] = [[(" ", ""), (words, "")] for words in cut(marks, width - 2, most)]
    return [*([left] if left else []), *told]


def _which(season: Season, number: int) -> list[Span]:
    """Which week is shown."""
    week = season.weeks[number]
    last = week.monday + timedelta(days=6)
    first = f"{week.monday.day}"
    if week.monday.month != last.month:
        first = f"{first} {week.monday:%b}"
    name = "Next week" if number == 1 else f"In {number} weeks"
    dates = f"  {first} to {last.day} {last:%b}"
    left: list[Span] = [(" ", ""), (name, "loud"), (dates, "strong")]
    return [*left, (f"  week {week.number}", "dim")]


class Columns(Struct, frozen=True):
    """The column widths of a day's row, in cells: sessions, other entries, reasons (0: none)."""

    sessions: int
    other: int
    reasons: int


def columns(week: Week, width: int) -> Columns:
    """The column widths for a week in a width of cells; reasons only on a wide screen."""
    room = width - DAY_WIDTH
    needed = max(width_of(_sessions(week, day)) for day in week.days) + GAP
    other = max(width_of(_other(week, day)) for day in week.days) + GAP
    if width < REASONS_FROM:
        least = min(needed, room - min(other, LEAST_OTHER))
        sessions = max(least, min(room // 2, room - other))
        return Columns(sessions, room - sessions, 0)
    sessions = max(LEAST_SESSIONS, min(needed, room // 3))
    other = max(LEAST_OTHER, min(other, room // 2))
    return Columns(sessions, other, room - sessions - other)


def day_line(week: Week, day: date, width: int) -> Line:
    """A day: what is done or planned, races, runs, days away."""
    shared = columns(week, width)
    today = day == week.today
    past = day < week.today
    label = f"{day:%a} {day.day:>2}"
    line: list[Span] = [(f" {label}", "strong" if today else "dim" if past else "")]
    line.append((f" {'today' if today else '':<{DAY_WIDTH - len(label) - 2}}", "strong"))
    line += _cut_line(_sessions(week, day), shared.sessions)
    line += _cut_line(_other(week, day), shared.other)
    if shared.reasons:
        why = "; ".join(filter(None, (clauses(one.reasons) for one in week.on(day).placed)))
        line.append((fitted(why, shared.reasons - 1), "dim"))
    return line


def _sessions(week: Week, day: date) -> list[Span]:
    found: list[Line] = []
    seen = week.on(day)
    for done in seen.done:
        found.append([(DONE, "good"), (f" {week.name(done)}", "")])
    for one in seen.placed:
        sign = LIGHT if one.light else PLANNED
        found.append([(sign, "strong"), (f" {session_words(one, week.hours)}", "")])
    return _apart(found) or [(NOTHING, "dim")]


def _apart(found: Sequence[Line]) -> list[Span]:
    """Several parts in one line, two blanks between them."""
    line: list[Span] = []
    for one in found:
        line += [("  ", ""), *one] if line else one
    return line


def _other(week: Week, day: date) -> list[Span]:
    seen = week.on(day)
    found: list[Line] = [[(f"RACE {race_name(race)}", "loud")] for race in seen.races]
    found += [[(run_words(run, week.hours), "")] for run in seen.runs]
    if seen.away is not None:
        found.append([(away_words(seen.away), "dim")])
    return _apart(found)


def _cut_line(line: Sequence[Span], width: int) -> list[Span]:
    """A line cut or padded to ``width`` cells, with at least one blank at its end."""
    shown: list[Span] = []
    for words, role in line:
        left = width - 1 - width_of(shown)
        if left > 0:
            shown.append((fitted(words, left), role))
    return [*shown, (" " * (width - width_of(shown)), "")]


def detail_lines(season: Season, week: Week, day: date, width: int, count: int) -> list[Line]:
    """Why the day under the cursor is as it is, in exactly ``count`` lines."""
    words = _why(season, week) if day == week.today else _detail(week, day)
    said = cut(as_sentence(words), width - 3, count)
    return [[("  ", ""), (words, "")] for words in [*said, *[""] * (count - len(said))]]


def _detail(week: Week, day: date) -> str:
    said = []
    seen = week.on(day)
    for one in seen.placed:
        name = f"{one.wanted.name}: " if len(seen.placed) > 1 else ""
        said.append(f"{name}{clauses(one.reasons)}")
    if seen.done:
        said.insert(0, "done: well done")
    if not said:
        said.append(_empty(week, day))
    if seen.away is not None:
        said.append(away_words(seen.away))
    words = "; ".join(filter(None, said))
    return f"{short_day(day)}: {words}" if words else ""


def _empty(week: Week, day: date) -> str:
    """The text for a day without a session."""
    if day < week.today:
        return "no session that day; nothing is made up for"
    if week.week.marks:
        return clauses(week.week.marks)
    return "no strength: a day to run, or to rest"


def given_up_lines(week: Week, width: int) -> list[Line]:
    """The sessions that found no place in the week, a line each."""
    given_up = (given_up_words(one).removesuffix(".") for one in week.week.plan.given_up)
    return [[("  ", ""), (fitted(words, width - 2), "dim")] for words in given_up]
