"""``stridelift race``: the races that strength tapers and rests for."""

from __future__ import annotations

from datetime import date
from typing import Any

from tui.app.logbook import Logbook
from tui.cli.base import Options, Parser, Usage, say, say_json
from tui.cli.calendar import (
    LIST,
    Action,
    add_options,
    coming_day,
    coming_first,
    one_line,
    perform,
)
from tui.domain.calculator.advice import Priority, Race
from tui.domain.model.date_parser import Lean, leading_day
from tui.domain.model.dates import day_text
from tui.domain.model.text import number_of
from tui.domain.model.validation import BadDocument
from tui.domain.planning.calendar_changes import race_of, same_race, with_race, without
from tui.domain.planning.calendar_codec import RACES, listed
from tui.domain.planning.outlook import rest_from, rest_word, taper_from

HELP = """Your races. Strength tapers before an A or B race and rests in race week.

  add DATE NAME           an A race; --priority B or C for a lesser one
  list                    upcoming ones, then past ones
  remove DATE or NAME     or both, if one alone matches several

  stridelift race add 9 may Ridge Race
  stridelift race add 21.3.2027 Town 10k --priority C"""
ACTIONS = {
    "add": Action(2, float("inf"), "a DATE and a NAME", frozenset({"priority"})),
    "list": LIST,
    "remove": Action(1, float("inf"), "a DATE, a NAME or both"),
}


def options(parser: Parser) -> None:
    """The action, the race, --priority, --json."""
    add_options(parser, ACTIONS, "DATE NAME")
    parser.add_argument("--priority", metavar="A|B|C", help="A if not given")


def run(options: Options) -> int:
    """Do what was asked."""
    return perform(options, "race", ACTIONS, {"add": _add, "list": _list, "remove": _remove})


def _add(book: Logbook, options: Options) -> None:
    day, name = coming_day(options.words, book.now().date())
    priority = _priority(options.priority)
    try:
        race = race_of(day, " ".join(name), priority)
    except BadDocument as bad:
        raise Usage(str(bad)) from bad
    book.profile.change_calendar(with_race(race))
    say([", ".join([_line(race, book.now().date()), *_before(book, race)])])


def _priority(word: str | None) -> Priority:
    """Parse the typed priority. Raises Usage."""
    try:
        return Priority.A if word is None else Priority(word.upper())
    except ValueError:
        raise Usage(f"--priority is A, B or C, not {word}") from None


def _remove(book: Logbook, options: Options) -> None:
    words = options.words
    races = listed(book.profile.store.histories(), RACES, book.notice)
    found = _meant(races, words, book.now().date())
    line = one_line(
        found,
        _named,
        f"there is no race {' '.join(words)}; stridelift race list shows all",
        "give its date and its name",
    )
    book.profile.change_calendar(without(RACES, found))
    say([f"{line}: removed"])


def _meant(races: list[Race], words: list[str], today: date) -> list[Race]:
    """The races that words match: by day, by name or its start, or by both."""
    name = " ".join(words)
    for lean in (Lean.PAST, Lean.FUTURE):
        try:
            day, named = leading_day(words, today, lean)
        except BadDocument:  # A name alone.
            break
        # Sun Run is a name, unless there is a race on that Sunday.
        if on_day := [race for race in races if race.day == day]:
            races, name = on_day, " ".join(named)
    exact = [race for race in races if name and same_race(race, race.day, name)]
    return exact or [r for r in races if r.name.casefold().startswith(name.casefold())]


def _list(book: Logbook, options: Options) -> None:
    today = book.now().date()
    races = listed(book.profile.store.histories(), RACES, book.notice)
    ordered = coming_first(races, lambda race: race.day, today)
    if options.json:
        say_json({"races": [_doc(book, race, today) for race in ordered]})
        return
    for race in ordered:
        say([_line(race, today)])
        if race.day >= today:
            say([f"{'':16}{', '.join(_before(book, race))}"])
    if not ordered:
        say(["No races yet; stridelift race add 2027-05-09 Ridge Race"])


def _named(race: Race) -> str:
    return f"{day_text(race.day)}  {race.name or 'a race'} ({race.priority})"


def _line(race: Race, today: date) -> str:
    days = (race.day - today).days
    when = f"in {number_of(days, 'day')}" if days > 0 else f"{number_of(-days, 'day')} ago"
    return f"{_named(race)}, {when if days else 'today'}"


def _starts(book: Logbook, race: Race) -> tuple[date | None, date]:
    """The first days of a race's taper, if it has one, and of its rest."""
    return taper_from(race), rest_from(race, c_week=book.profile.setup.profile.c_race_week)


def _before(book: Logbook, race: Race) -> list[str]:
    taper, rest = _starts(book, race)
    words = [] if taper is None else [f"taper from {day_text(taper)}"]
    return [*words, f"{rest_word(race, rest)} from {day_text(rest)}"]


def _doc(book: Logbook, race: Race, today: date) -> dict[str, Any]:
    taper, rest = _starts(book, race)
    return {
        **RACES.doc(race),
        "days": (race.day - today).days,
        "taper": None if taper is None else taper.isoformat(),
        "race_week": rest.isoformat(),
    }
