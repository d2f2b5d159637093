"""``stridelift today``: prints the session that is next or under way."""

from __future__ import annotations

from tui.app.weekly_tip import tip_of_today
from tui.cli.base import Options, Parser, as_json, logbook, note, say, say_json
from tui.domain.calculator.morning_pain import stale_note, stale_regions
from tui.present.today import Today, today_doc, today_lines

HELP = "Today's session, with the reasons for it. Changes nothing."


def options(parser: Parser) -> None:
    """--json."""
    as_json(parser)


def run(options: Options) -> int:
    """Print it."""
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
