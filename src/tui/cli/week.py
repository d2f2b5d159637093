"""``stridelift week``: prints the planned week and the reasons, or writes it as a calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    as_json,
    logbook,
    say,
    say_json,
    typed_day,
)
from tui.domain.model.text import clean
from tui.present.planned_week import Week, week_doc, week_lines
from tui.store.new_file import write_new

if TYPE_CHECKING:
    from tui.app.logbook import Logbook

HELP = """The planned week: runs, sessions, why each is where it is, and what was left out.

  stridelift week                        this week
  stridelift week --of 2026-11-30        the week of a later day
  stridelift week --ics -o week.ics      for your phone's calendar"""
MOST_WEEKS = 53


def options(parser: Parser) -> None:
    """--of, --json, --ics, -o."""
    parser.add_argument("--of", metavar="DATE", help="the week of this day")
    parser.add_argument("--ics", action="store_true", help="write it as a calendar file")
    parser.add_argument("-o", metavar="FILE", dest="file", help="write to a file instead of stdout")
    as_json(parser)


def run(options: Options) -> int:
    """Print it, or write it as a calendar."""
    if options.file is not None and not options.ics:
        raise Usage("week: -o needs --ics")
    if options.ics and options.json:
        raise Usage("week: --ics or --json, not both")
    with logbook(options, read=False) as book:
        week = _week(book, options)
        if options.ics:
            _calendar(week, book.now(), options.file)
        elif options.json:
            say_json(week_doc(week))
        else:
            say(week_lines(week))
    return 0


def _week(book: Logbook, options: Options) -> Week:
    today = book.now().date()
    day = today if options.of is None else typed_day(options.of, today, future=True)
    monday = today - timedelta(days=today.weekday())
    number = (day - monday).days // 7
    if not 0 <= number < MOST_WEEKS:
        raise Usage(
            f"--of {day}: weeks are planned from this one on, for a year; for past ones see history"
        )
    found = book.planner.ahead(today, number + 1)[number]
    return Week(
        week=found,
        programme=book.profile.programme,
        diary=book.profile.diary,
        setup=book.profile.setup,
        today=today,
        hours=book.profile.hours,
    )


def _calendar(week: Week, now: datetime, file: str | None) -> None:
    from tui.app.week_calendar import events
    from tui.formats.ics_writer import render  # icalendar is slow to load

    planned = events(week)
    if not planned:
        # A calendar file must have at least one event (RFC 5545).
        day = week.week.monday
        raise CommandError(
            f"no session is planned in that week; stridelift week --of {day} says why"
        )
    data = render(planned, now.astimezone(UTC))
    if file is None:
        print(data.decode(), end="")
    else:
        write_new(Path(file), data, over=True)
        print(f"the week from {week.week.monday} is in {clean(file)}")
