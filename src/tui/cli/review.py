"""``stridelift review``: the last weeks at a glance, one exercise, one week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tui.cli.base import (
    Options,
    Parser,
    Usage,
    a_day,
    as_json,
    logbook,
    logged_exercise,
    say,
    say_json,
)
from tui.core.review import monday

if TYPE_CHECKING:
    from tui.core.model import Record, Session
    from tui.core.reviewing.exercise_text import ExerciseReview
    from tui.core.reviewing.week import WeekLook
    from tui.core.reviewing.weeks import Overview
    from tui.logbook import Logbook

HELP = """What came of it: counts and sums, bests, trends, what comes next. Changes nothing.

  stridelift review                      the last twelve weeks at a glance
  stridelift review back-squat           all of one exercise
  stridelift review --week               this week, done and planned
  stridelift review --week --of DATE     the week of that day"""
MOST_AHEAD = 52


def options(parser: Parser) -> None:
    """EXERCISE, --week, --of, --json."""
    parser.add_argument("exercise", metavar="EXERCISE", nargs="?", help="only this one")
    parser.add_argument("--week", action="store_true", help="one week, done and planned")
    parser.add_argument("--of", metavar="DATE", type=a_day, help="with --week: that of this day")
    as_json(parser)


def run(options: Options) -> int:
    """Print it."""
    if options.week and options.exercise is not None:
        raise Usage("review: an EXERCISE or --week, not both")
    if options.of is not None and not options.week:
        raise Usage("review: --of takes --week")
    with logbook(options, read=False) as book:
        if options.week:
            _say_week(book, options)
        elif options.exercise is not None:
            _say_exercise(book, options)
        else:
            _say_overview(book, options)
    return 0


def _read_back_to(book: Logbook, day: date) -> None:
    """Read the years from that of ``day`` on, and one before where there is any."""
    while (year := book.read_year()) is not None and year >= day.year:
        pass


def _say_overview(book: Logbook, options: Options) -> None:
    from tui.core.reviewing.documents import overview_doc
    from tui.core.reviewing.words import overview_lines

    seen = _overview(book)
    if options.json:
        say_json(overview_doc(seen))
    else:
        say(overview_lines(seen, book.unit))


def _overview(book: Logbook) -> Overview:
    from tui.core.reviewing.weeks import Look, first_monday, overview

    today = book.now().date()
    _read_back_to(book, first_monday(today))
    look = Look(
        sessions=book.sessions(),
        records=book.records(),
        setup=book.setup,
        state=book.state(today),
        today=today,
    )
    return overview(look)


def _say_exercise(book: Logbook, options: Options) -> None:
    from tui.core.reviewing.documents import exercise_review_doc
    from tui.core.reviewing.exercise_text import exercise_review_lines

    book.read_all()
    seen = _of_exercise(book, logged_exercise(book, options.exercise))
    if options.json:
        say_json(exercise_review_doc(seen))
    else:
        say(exercise_review_lines(seen))


def _of_exercise(book: Logbook, name: str) -> ExerciseReview:
    from tui.core.reviewing.exercise import trained
    from tui.core.reviewing.exercise_text import ExerciseReview
    from tui.core.reviewing.singles import HEAVY, since, singles

    today = book.now().date()
    exercise = book.library.exercises.get(name)
    found = trained(book.sessions(), name, exercise, today)
    if exercise is None:
        return ExerciseReview(
            name=name, library=book.library, found=found, today=today, unit=book.unit
        )
    lifts = []
    if exercise.loading == HEAVY:
        first = since(found, today)
        every: list[Session | Record] = [*book.sessions(), *book.records()]
        happened = [one for one in every if first < one.day <= today]
        lifts = singles(book.setup, book.state(first), happened, exercise)
    return ExerciseReview(
        name=name,
        library=book.library,
        found=found,
        today=today,
        lifts=lifts,
        advice=book.advise(exercise, today),
        unit=book.unit,
    )


def _say_week(book: Logbook, options: Options) -> None:
    from tui.core.reviewing.documents import week_look_doc
    from tui.core.reviewing.week_text import week_look_lines

    seen = _week(book, options.of or book.now().date())
    if options.json:
        say_json(week_look_doc(seen, book.library))
    else:
        say(week_look_lines(seen, book.library, book.unit))


def _week(book: Logbook, day: date) -> WeekLook:
    from tui.core.reviewing.week import coming, week_look
    from tui.core.today import plan

    today = book.now().date()
    number = (monday(day) - monday(today)) // timedelta(weeks=1)
    if number > MOST_AHEAD:
        raise Usage(f"--of {day}: a week is planned for a year ahead at most")
    _read_back_to(book, monday(day))
    sessions = [session for session in book.sessions() if session.day <= today]
    plans = []
    if number >= 0:
        state = book.state(today)
        for placed in book.ahead(today, number + 1)[number].plan.placed:
            made = plan(book.setup_on(placed.day), state, book.programme, placed.day, placed)
            plans.append(coming(placed, made.items))
    return week_look(sessions, plans, day, book.library.exercises)
