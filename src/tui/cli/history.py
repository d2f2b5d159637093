"""``stridelift history``: prints past sessions, or the sets of one exercise."""

from __future__ import annotations

from tui.cli.base import Options, Parser, logbook, logged_exercise, typed_day
from tui.cli.forms import forms, say_in_form
from tui.present.history import (
    exercise_history_doc,
    exercise_history_report,
    history_doc,
    history_report,
)

HELP = "Sessions by week with their sums, newest first; with EXERCISE its sets by date."


def options(parser: Parser) -> None:
    """EXERCISE, --since, and the output formats."""
    parser.add_argument("exercise", metavar="EXERCISE", nargs="?", help="only this one")
    parser.add_argument("--since", metavar="DATE", help="only from this date on")
    forms(parser)


def run(options: Options) -> int:
    """Print it."""
    with logbook(options) as book:
        sessions = book.reader.sessions()
        if options.since is not None:
            since = typed_day(options.since, book.now().date())
            sessions = [s for s in sessions if s.day >= since]
        library, unit = book.profile.library, book.profile.unit
        if options.exercise is None:
            say_in_form(
                options,
                lambda: history_report(sessions, library, unit, sunday=book.profile.sunday_first),
                lambda: history_doc(sessions, library, unit),
            )
        else:
            name = logged_exercise(book, options.exercise)
            say_in_form(
                options,
                lambda: exercise_history_report(sessions, name, library, unit),
                lambda: exercise_history_doc(sessions, name, library, unit),
            )
    return 0
