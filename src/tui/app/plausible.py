"""What is known of an exercise, to ask about an odd set of it before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.calculator.advice import holding
from tui.domain.calculator.plausibility import Doubt, Known, doubt, known_on
from tui.domain.model.notation import Written
from tui.domain.model.values import Exercise, SetEntry
from tui.domain.session.live import Item, Key, Live


def known_before(
    book: Logbook, exercise: Exercise, day: date, live: Sequence[SetEntry] = ()
) -> Known:
    """What is known of an exercise when a set of it is logged on a day: from the log as far as it
    has been read, from the ``live`` sets of the session under way, and its best single."""
    known = known_on(day, exercise.id, book.reader.sessions(), live=live)
    return replace(known, single_kg=_best_single(book, exercise, day))


def doubt_about(
    book: Logbook, live: Live, item: Item, key: Key, rows: Sequence[Written]
) -> Doubt | None:
    """What is odd about a set of the session under way, if it was done as ``rows``."""
    exercise = book.profile.library.exercises.get(item.exercise)
    if exercise is None:
        return None
    same = {other.id for other in live.items if other.exercise == item.exercise}
    others = [k for k in live.rows if k.item in same and k != key]
    told = [row for other in others for row in live.rows[other]]
    known = known_before(book, exercise, live.started.date(), told)
    prescribed = {goal.side: goal.measures for goal in item.prescribed(key).values()}
    sure = [row.done for row in live.rows.get(key, ()) if row.confirmed]
    return doubt(rows, prescribed, known, book.profile.unit, sure=sure)


def _best_single(book: Logbook, exercise: Exercise, day: date) -> float | None:
    """The best single in kg: estimated from the log or stated, whichever is more; None if neither
    is known."""
    if exercise.loading != "heavy":
        return None
    said = book.planner.advise(exercise, day)
    estimate = said.estimate if said.variant == exercise.id else None
    told = book.profile.setup.profile.maxes.get(exercise.id, ())
    stated = holding(told, day, told[0].value).single_kg if told else 0.0
    return max(stated, 0.0 if estimate is None else estimate.one_rm_kg) or None
