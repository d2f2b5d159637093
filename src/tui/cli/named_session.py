"""Finds the session that a word of a command means: by its id, a part of that, or its date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui.cli.base import CommandError
from tui.domain.model.date_parser import day_of
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Session

# How many of the sessions that a word may mean an error names.
NAMED = 5


def named_session(sessions: Sequence[Session], word: str, today: date, there: str) -> Session:
    """The session with this id, the only one on this date (the last one if it has no year), or the
    only one whose id begins or ends so. ``there`` says where it was looked for. Raises
    CommandError."""
    found = [one for one in sessions if one.id == word]
    if not found and (day := _date(word, today)) is not None:
        found = [one for one in sessions if one.day == day]
    elif not found and (part := word.casefold()):
        ids = [(one, one.id.casefold()) for one in sessions]
        found = [one for one, id_ in ids if id_.startswith(part) or id_.endswith(part)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError(f"there is no session {clean(word)} {there}")
    named = ", ".join(one.id for one in found[:NAMED])
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    raise CommandError(f"{clean(word)} may be any of {clean(named)}{more}; name one by its id")


def _date(word: str, today: date) -> date | None:
    try:
        return day_of(word, today)
    except BadDocument:
        return None
