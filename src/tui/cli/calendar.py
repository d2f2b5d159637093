"""Shared by the calendar commands: races, runs, days away, step-down weeks.

Each edits one or two lists in profile.json (:mod:`tui.domain.planning.calendar_codec`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct

from tui.app.logbook import Logbook
from tui.cli.base import CommandError, Options, Parser, Usage, as_json, logbook
from tui.domain.model.date_parser import Lean, leading_day
from tui.domain.model.validation import BadDocument

T = TypeVar("T")
SHOWN = 5


class Action(Struct, frozen=True):
    """What may follow the name of an action: how many words (at least, at most), what they mean,
    and which of the command's options."""

    least: int
    most: float
    takes: str
    options: frozenset[str] = frozenset()


Actions = Mapping[str, Action]
LIST = Action(0, 0, "nothing more", frozenset({"json"}))


def add_options(parser: Parser, actions: Actions, words: str) -> None:
    """Add the arguments for the action, its words and --json."""
    parser.add_argument("action", metavar="|".join(actions), choices=list(actions))
    parser.add_argument("words", metavar=words, nargs="*")
    as_json(parser)


def check(options: Options, command: str, actions: Actions) -> None:
    """Raise Usage if an action has the wrong words, or an option of another action."""
    action = actions[options.action]
    if not action.least <= len(options.words) <= action.most:
        raise Usage(f"{command} {options.action} takes {action.takes}")
    every = frozenset[str]().union(*(each.options for each in actions.values()))
    for name in sorted(every - action.options):
        if getattr(options, name):
            owners = " and ".join(n for n, each in actions.items() if name in each.options)
            given = name.replace("_", "-")
            raise Usage(f"{command} {options.action} takes no --{given}; use it with {owners}")


def perform(
    options: Options,
    command: str,
    actions: Actions,
    does: Mapping[str, Callable[[Logbook, Options], None]],
) -> int:
    """Check the arguments and do the action asked for. Returns the exit code."""
    check(options, command, actions)
    with logbook(options, write=options.action != "list", read=False) as book:
        does[options.action](book, options)
    return 0


def coming_day(words: Sequence[str], today: date) -> tuple[date, list[str]]:
    """The day that the first words say, from ``today`` on if they say no year, and the words after
    it. Raises Usage."""
    try:
        return leading_day(words, today, Lean.FUTURE)
    except BadDocument as bad:
        raise Usage(str(bad)) from None


def one_coming_day(words: Sequence[str], today: date) -> date:
    """The day that all words say. Raises Usage."""
    day, more = coming_day(words, today)
    if more:
        raise Usage(f"one DATE at a time, not also {' '.join(more)}")
    return day


def one_line(found: Sequence[T], text: Callable[[T], str], none: str, more: str) -> str:
    """What is about to be removed, in one line. Raises CommandError if there is nothing (``none``)
    or if several different things match (``more`` says what to do)."""
    lines = list(dict.fromkeys(map(text, found)))
    if not lines:
        raise CommandError(none)
    if len(lines) > 1:
        few = "; ".join(lines[:SHOWN]) + ("; ..." if len(lines) > SHOWN else "")
        raise CommandError(f"{len(lines)} match: {few}; {more}")
    return lines[0]


def coming_first(values: Iterable[T], last: Callable[[T], date], today: date) -> list[T]:
    """Upcoming values, soonest first, then past ones, latest first; ``last`` returns the last day
    of a value."""
    by_day = sorted(values, key=last)
    coming = [value for value in by_day if last(value) >= today]
    return [*coming, *(value for value in reversed(by_day) if last(value) < today)]
