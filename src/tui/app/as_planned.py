"""What is planned for one exercise today, for a runner who did just that."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice
from tui.domain.calculator.reasons import brief
from tui.domain.model.values import Exercise, Prescription
from tui.domain.session.actions import Refused
from tui.present.words import sets_text


class Planned(Struct, frozen=True):
    """The exercise to do and its sets; it is another one than was asked about where that has to be
    replaced today."""

    exercise: Exercise
    plan: Prescription


def planned_for(book: Logbook, exercise: Exercise, day: date) -> Planned:
    """What is planned for an exercise on a day, which is today: its sets in the session that comes
    next or, if it is no part of that, what ``next`` says. Raises Refused if it rests, or if sets of
    it are logged for that day: what is planned then is for the next time."""
    _refuse_twice(book, exercise, day)
    found = _in_session(book, exercise, day) or _advised(book, exercise, day)
    _refuse_twice(book, found.exercise, day)
    return found


def _refuse_twice(book: Logbook, exercise: Exercise, day: date) -> None:
    rows = [
        row
        for session in book.reader.sessions()
        if session.day == day and not session.deleted
        for entry in session.live()
        if entry.exercise == exercise.id
        for row in entry.live()
        if row.undone is None
    ]
    if rows:
        raise Refused(
            f"{exercise.name} is logged today already ({sets_text(rows, book.profile.unit)}); "
            "if you did more, type the sets"
        )


def _in_session(book: Logbook, exercise: Exercise, day: date) -> Planned | None:
    plan = book.planner.next_plan(day)
    for item in plan.items:
        advice = plan.advice.get(item.id)
        if exercise.id in (item.exercise, None if advice is None else advice.exercise):
            return Planned(book.profile.library.exercises[item.exercise], item.now)
    for advice in plan.resting:
        if advice.exercise == exercise.id:
            raise _rests(book, exercise, advice)
    return None


def _advised(book: Logbook, exercise: Exercise, day: date) -> Planned:
    advice = book.planner.advise(exercise, day)
    if not advice.plan.sets:
        raise _rests(book, exercise, advice)
    return Planned(book.profile.library.exercises[advice.variant], advice.plan)


def _rests(book: Logbook, exercise: Exercise, advice: Advice) -> Refused:
    why = brief(advice, book.profile.library, book.profile.unit)
    return Refused(f"{exercise.name} rests today: {why} If you did it, type the sets")
