"""``stridelift today``: the session that is next or under way."""

from __future__ import annotations

from tui.cli.base import Options, Parser, as_json, logbook, say, say_json
from tui.present.json_documents import today_doc
from tui.present.today_text import Today, today_lines

HELP = "Today's session, with the reasons for it. Changes nothing."


def options(parser: Parser) -> None:
    """--json."""
    as_json(parser)


def run(options: Options) -> int:
    """Print it."""
    with logbook(options, read=False) as book:
        day = book.now().date()
        plan = book.next_plan(day)
        items = plan.items if book.live is None else book.live.items
        book.read_back_to({item.exercise for item in items})
        state = Today(
            day=day,
            plan=plan,
            live=book.live,
            log=book.sessions(),
            library=book.library,
            unit=book.unit,
        )
        if options.json:
            say_json(today_doc(state))
        else:
            say(today_lines(state))
    return 0
