"""``stridelift step-down``: the weeks of easier running."""

from __future__ import annotations

from datetime import date, timedelta

from tui.app.logbook import Logbook
from tui.cli.base import CommandError, Options, Parser, say, say_json
from tui.cli.calendar import LIST, Action, add_options, coming_first, one_coming_day, perform
from tui.domain.model.dates import day_text, monday
from tui.domain.planning.calendar_changes import easier_week, usual_week
from tui.domain.planning.calendar_codec import STEP_DOWN, listed

HELP = """The weeks in which you step your running down; strength gets easier too.

  add DATE        the week of that day, Monday to Sunday
  list            upcoming ones, then past ones
  remove DATE     any day of the week

  stridelift step-down add 2026-12-07"""
ACTIONS = {"add": Action(1, 3, "one DATE"), "list": LIST, "remove": Action(1, 3, "one DATE")}


def options(parser: Parser) -> None:
    """The action, the week, --json."""
    add_options(parser, ACTIONS, "DATE")


def run(options: Options) -> int:
    """Do what was asked."""
    return perform(options, "step-down", ACTIONS, {"add": _add, "list": _list, "remove": _remove})


def _add(book: Logbook, options: Options) -> None:
    first = monday(one_coming_day(options.words, book.now().date()))
    book.profile.change_calendar(easier_week(first))
    say([_text(first)])


def _remove(book: Logbook, options: Options) -> None:
    first = monday(one_coming_day(options.words, book.now().date()))
    if first not in listed(book.profile.store.histories(), STEP_DOWN, book.notice):
        raise CommandError(
            f"the week of {day_text(first)} is not a step-down week; "
            "stridelift step-down list shows all"
        )
    book.profile.change_calendar(usual_week(first))
    say([f"Week of {day_text(first)}: as usual"])


def _list(book: Logbook, options: Options) -> None:
    mondays = set(listed(book.profile.store.histories(), STEP_DOWN, book.notice))
    weeks = coming_first(mondays, lambda first: first + timedelta(days=6), book.now().date())
    if options.json:
        say_json({"weeks": [{"monday": first.isoformat()} for first in weeks]})
    else:
        say(map(_text, weeks) if weeks else ["No step-down weeks."])


def _text(first: date) -> str:
    return f"Week of {day_text(first)}: easier running, and easier strength"
