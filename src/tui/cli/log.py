"""``stridelift log``: logs sets, typed in the one-line notation."""

from __future__ import annotations

from datetime import datetime, time

from tui.bootstrap import localised
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    exercise,
    logbook,
    parse_date,
    past_day,
    say,
)
from tui.domain.model.dates import day_text
from tui.domain.model.notation import NotationError, parse
from tui.present.words import sets_text

HELP = """Log sets of an exercise. They go into the session of that date, or a new one.

  3x8 60kg rir3      three sets of eight with 60 kg, three reps left
  60kg x 8,8,7       three sets with the same load
  3x25/side          three sets of 25 on each side
  3x8x5s/side        eight holds of five seconds a side, three times
  L40s R38s          one set, with its own value for each side
  8/side Rpain3      what is true of one side only, after its letter
  3x5 t10            ten seconds to lower
  3x40m 16kg/side    carries"""

NOON = time(12)


def options(parser: Parser) -> None:
    """EXERCISE, SETS, --on."""
    parser.add_argument(
        "exercise", metavar="EXERCISE", help="its id, its name or the start of either"
    )
    parser.add_argument("sets", metavar="SETS", help="what was done")
    parser.add_argument("--on", metavar="DATE", type=parse_date, help="when it was done (today)")


def run(options: Options) -> int:
    """Write the sets and say what was written."""
    with logbook(options, write=True) as book:
        found = exercise(book.profile.library, options.exercise)
        try:
            typed = parse(options.sets, found.kind)
        except NotationError as wrong:
            raise Usage(f"{options.sets}: {wrong}") from wrong
        now = book.now()
        day = past_day(options.on, now.date(), "log it when it is done")
        if book.recorder.live is not None and book.recorder.live.started.date() == day:
            raise CommandError(
                f"a session of {day} is under way; log it there, or finish it first (stridelift)"
            )
        begun = now if day == now.date() else localised(datetime.combine(day, NOON))
        rows = book.recorder.log(found, typed, begun)
        say([f"{day_text(day)}  {found.name}: {sets_text(rows, book.profile.unit)}"])
    return 0
