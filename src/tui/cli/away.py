"""``stridelift away``: days away from the usual gym, and what is at hand there."""

from __future__ import annotations

from tui.app.logbook import Logbook
from tui.cli.base import Options, Parser, Usage, say, say_json
from tui.cli.calendar import (
    LIST,
    Action,
    add_options,
    coming_day,
    coming_first,
    one_coming_day,
    one_line,
    perform,
)
from tui.domain.model.dates import day_text
from tui.domain.model.validation import BadDocument
from tui.domain.planning.calendar_changes import away_of, with_away, without
from tui.domain.planning.calendar_codec import AWAY, listed
from tui.domain.planning.diary import Away
from tui.domain.planning.setting_values import at_hand

HELP = """Days away from your usual gym. Sessions planned for then use what is at hand there.

  add FIRST [LAST]     without equipment, or --with "dumbbells band"
  list                 upcoming ones, then past ones
  remove FIRST         those that begin on that day

  stridelift away add 20 dec 3 jan --with "dumbbells band\""""
ACTIONS = {
    "add": Action(1, 6, "a FIRST day and, if there are more, a LAST", frozenset({"with"})),
    "list": LIST,
    "remove": Action(1, 3, "the FIRST day"),
}


def options(parser: Parser) -> None:
    """The action, the days, --with, --json."""
    add_options(parser, ACTIONS, "FIRST LAST")
    parser.add_argument("--with", metavar="WORDS", help="what is at hand")


def run(options: Options) -> int:
    """Do what was asked."""
    return perform(options, "away", ACTIONS, {"add": _add, "list": _list, "remove": _remove})


def _add(book: Logbook, options: Options) -> None:
    first, more = coming_day(options.words, book.now().date())
    last = one_coming_day(more, first) if more else first
    typed = getattr(options, "with")
    try:
        equipment = at_hand("none" if typed is None else typed)
    except BadDocument as bad:
        raise Usage(f"--with takes {bad}") from bad
    try:
        away = away_of(first, last, equipment)
    except BadDocument as bad:
        raise Usage(f"away add takes {bad}") from bad
    book.profile.change_calendar(with_away(away))
    say([_text(away)])


def _remove(book: Logbook, options: Options) -> None:
    first = one_coming_day(options.words, book.now().date())
    every = listed(book.profile.store.histories(), AWAY, book.notice)
    found = [away for away in every if away.first == first]
    none = f"no days away begin on {day_text(first)}; stridelift away list shows all"
    lines = one_line(found[:1], _text, none, "")
    book.profile.change_calendar(without(AWAY, found))
    say([f"{lines}: removed"])


def _list(book: Logbook, options: Options) -> None:
    every = listed(book.profile.store.histories(), AWAY, book.notice)
    ordered = coming_first(every, lambda away: away.last, book.now().date())
    if options.json:
        say_json({"away": list(map(AWAY.doc, ordered))})
    else:
        say(map(_text, ordered) if ordered else ["No days away."])


def _text(away: Away) -> str:
    days = day_text(away.first)
    if away.last > away.first:
        days = f"{days} to {day_text(away.last)}"
    return f"{days}: {', '.join(sorted(away.equipment)) or 'nothing at hand'}"
