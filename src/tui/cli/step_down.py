"""``stridelift step-down``: the weeks in which running is eased."""

from __future__ import annotations

from datetime import date, timedelta

from tui.cli.base import Options, Parser, Trouble, logbook, say, say_json
from tui.cli.calendar import LIST, Action, add_options, check, coming_first, day_of, rewrite
from tui.core.plaintext import day_text
from tui.core.season.kept import STEP_DOWN, listed
from tui.logbook import Logbook

HELP = """The weeks in which you step your running down. Strength is eased with it.

  add DATE        the week of that day, Monday to Sunday
  list            those to come, then those behind you
  remove DATE     any day of the week

  stridelift step-down add 2026-12-07"""
ACTIONS = {"add": Action(1, 1, "one DATE"), "list": LIST, "remove": Action(1, 1, "one DATE")}


def options(parser: Parser) -> None:
    """What to do, with which week, --json."""
    add_options(parser, ACTIONS, "DATE")


def run(options: Options) -> int:
    """Do what was asked."""
    check(options, "step-down", ACTIONS)
    with logbook(options, write=options.action != "list", read=False) as book:
        if options.action == "list":
            _list(book, as_json=options.json)
            return 0
        day = day_of(options.words[0])
        monday = day - timedelta(days=day.weekday())
        if options.action == "add":
            rewrite(book, STEP_DOWN, drop=monday.__eq__, add=[monday])
            say([_text(monday)])
        else:
            _remove(book, monday)
    return 0


def _remove(book: Logbook, monday: date) -> None:
    if monday not in listed(book.profile.histories(), STEP_DOWN, book.notice):
        raise Trouble(
            f"the week of {day_text(monday)} is no step-down week; "
            "stridelift step-down list shows all"
        )
    rewrite(book, STEP_DOWN, drop=monday.__eq__)
    say([f"Week of {day_text(monday)}: as usual"])


def _list(book: Logbook, *, as_json: bool) -> None:
    mondays = set(listed(book.profile.histories(), STEP_DOWN, book.notice))
    weeks = coming_first(mondays, lambda monday: monday + timedelta(days=6), book.now().date())
    if as_json:
        say_json({"weeks": [{"monday": monday.isoformat()} for monday in weeks]})
    else:
        say(map(_text, weeks) if weeks else ["No step-down weeks."])


def _text(monday: date) -> str:
    return f"Week of {day_text(monday)}: running is eased, so strength is"
