"""``stridelift history``: what was done."""

from __future__ import annotations

from tui.cli.base import (
    Options,
    Parser,
    a_day,
    as_json,
    logbook,
    logged_exercise,
    say,
    say_json,
)
from tui.core.plaintext import exercise_lines, history_lines
from tui.core.shapes import exercise_history_doc, history_doc

HELP = "Sessions by week with their sums, newest first; with EXERCISE its sets by date."


def options(parser: Parser) -> None:
    """EXERCISE, --since, --json."""
    parser.add_argument("exercise", metavar="EXERCISE", nargs="?", help="only this one")
    parser.add_argument("--since", metavar="DATE", type=a_day, help="only from this date on")
    as_json(parser)


def run(options: Options) -> int:
    """Print it."""
    with logbook(options) as book:
        sessions = [s for s in book.sessions() if options.since is None or s.day >= options.since]
        unit = book.unit
        if options.exercise is None:
            if options.json:
                say_json(history_doc(sessions, book.library, unit))
            else:
                say(history_lines(sessions, book.library, unit))
        else:
            name = logged_exercise(book, options.exercise)
            if options.json:
                say_json(exercise_history_doc(sessions, name, book.library, unit))
            else:
                say(exercise_lines(sessions, name, unit))
    return 0
