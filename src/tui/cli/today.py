"""``stridelift today``: prints the session that is next or under way."""

from __future__ import annotations

from tui.app.weekly_tip import tip_of_today
from tui.cli.base import Options, Parser, Usage, as_json, logbook, note, say, say_json
from tui.domain.calculator.morning_pain import stale_note, stale_regions
from tui.present.today import Today, today_doc, today_lines
from tui.present.today_short import UNREADABLE, short_line
from tui.store.errors import StoreError

HELP = "Today's session, with the reasons for it. Changes nothing."


def options(parser: Parser) -> None:
    """--short or --json."""
    as_json(parser)
    parser.add_argument("--short", action="store_true", help="one short line, for a status bar")


def run(options: Options) -> int:
    """Print it."""
    if options.short:
        if options.json:
            raise Usage("today: --short or --json, not both")
        say([_short(options)])
        return 0
    return show(options)


def show(options: Options) -> int:
    """Print it whole, as lines or JSON. Returns the exit code."""
    with logbook(options, read=False) as book:
        day = book.now().date()
        plan = book.planner.next_plan(day)
        items = plan.items if book.recorder.live is None else book.recorder.live.items
        state = Today(
            day=day,
            plan=plan,
            live=book.recorder.live,
            last=book.planner.last_times({item.exercise for item in items}, day),
            library=book.profile.library,
            unit=book.profile.unit,
            hours=book.profile.hours,
            stand_in=book.planner.stand_in(day),
            tip=tip_of_today(book),
        )
        if options.json:
            say_json(today_doc(state))
        else:
            say(today_lines(state))
        silent = stale_regions(book.profile.setup, book.planner.state(day), day)
    if silent:
        note(stale_note(silent))
    return 0


def _short(options: Options) -> str:
    """The line for a status bar, which has no place for an error or a note: what is wrong is told
    by ``stridelift doctor``."""
    try:
        with logbook(options, read=False, notes=False) as book:
            day = book.now().date()
            plan, live = book.planner.next_plan(day), book.recorder.live
            return short_line(day, plan, live, book.profile.hours)
    except (StoreError, OSError):
        return UNREADABLE
