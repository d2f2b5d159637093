"""``stridelift review``: reviews the last weeks, one exercise, or one week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    logbook,
    logged_exercise,
    say,
    typed_day,
)
from tui.cli.forms import forms, say_in_form
from tui.domain.model.validation import BadDocument

if TYPE_CHECKING:
    from tui.app.logbook import Logbook
    from tui.domain.review.exercise_review import ExerciseReview

HELP = """How training is going: counts, sums, bests, trends, what comes next. Changes nothing.

  stridelift review                      the last twelve weeks at a glance
  stridelift review back-squat           all of one exercise
  stridelift review back-squat --svg     its first chart, as a picture
  stridelift review --week               this week, done and planned
  stridelift review --week --of DATE     the week of that day"""


def options(parser: Parser) -> None:
    """EXERCISE, --week, --of, and the output formats."""
    parser.add_argument("exercise", metavar="EXERCISE", nargs="?", help="only this one")
    parser.add_argument("--week", action="store_true", help="one week, done and planned")
    parser.add_argument("--of", metavar="DATE", help="with --week: the week of this day")
    forms(parser).add_argument(
        "--svg", action="store_true", help="with EXERCISE: print its chart as SVG"
    )


def run(options: Options) -> int:
    """Print it."""
    if options.week and options.exercise is not None:
        raise Usage("review: an EXERCISE or --week, not both")
    if options.of is not None and not options.week:
        raise Usage("review: --of needs --week")
    if options.svg and options.exercise is None:
        raise Usage("review: --svg needs an EXERCISE, as in review back-squat --svg")
    with logbook(options, read=False) as book:
        if options.week:
            _say_week(book, options)
        elif options.exercise is not None:
            _say_exercise(book, options)
        else:
            _say_overview(book, options)
    return 0


def _say_overview(book: Logbook, options: Options) -> None:
    from tui.app.review_queries import overview_of
    from tui.app.weekly_tip import tip_of
    from tui.present.overview import overview_doc, overview_report

    seen, tip = overview_of(book), tip_of(book)
    say_in_form(
        options,
        lambda: overview_report(seen, book.profile.library, book.profile.unit, tip),
        lambda: overview_doc(seen, tip),
    )


def _say_exercise(book: Logbook, options: Options) -> None:
    from tui.app.review_queries import exercise_of
    from tui.present.exercise import exercise_report, exercise_review_doc

    seen = exercise_of(book, logged_exercise(book.read_all(), options.exercise))
    if options.svg:
        _say_chart(seen)
    else:
        say_in_form(options, lambda: exercise_report(seen), lambda: exercise_review_doc(seen))


def _say_chart(seen: ExerciseReview) -> None:
    from tui.present.chart.svg import svg
    from tui.present.exercise_charts import charts, first_period

    found = charts(seen, first_period(seen))
    if not found:
        raise CommandError(f"{seen.name} has nothing to draw yet; log some sets of it first")
    say(svg(found[0]).splitlines())


def _say_week(book: Logbook, options: Options) -> None:
    from tui.app.review_queries import week_of
    from tui.present.week import week_look_doc, week_report

    try:
        today = book.now().date()
        seen = week_of(book, today if options.of is None else typed_day(options.of, today))
    except BadDocument as bad:
        raise Usage(f"--of {bad}") from None
    say_in_form(
        options,
        lambda: week_report(seen, book.profile.library, book.profile.unit, book.profile.hours),
        lambda: week_look_doc(seen, book.profile.library),
    )
