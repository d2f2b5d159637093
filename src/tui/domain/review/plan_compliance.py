"""Kilograms lifted beside those that were prescribed, by category of exercise."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from tui.domain.calculator.bouts import work_rows
from tui.domain.model.values import SetEntry
from tui.domain.review.context import OTHER, ReviewContext, lifted_kg


class Compliance(Struct, frozen=True):
    """Of the exercises of one category (``name``): kilograms lifted, ``done``, and ``asked``."""

    name: str
    done: float
    asked: float


def compliance(context: ReviewContext, since: date) -> tuple[Compliance, ...]:
    """What was lifted from the day ``since`` up to today beside what was prescribed, by the names
    of the categories (source project).

    Both are of the same work sets: those of which a load and reps were prescribed, the ones left
    undone among them. So ``done`` below ``asked`` is what was left out, made lighter or shorter,
    and above it what was added to these sets. A set that nobody prescribed, or whose load was left
    to the runner, is in neither: more of one thing would hide less of another.
    """
    asked, done = dict[str, float](), dict[str, float]()
    for session in context.sessions:
        if session.deleted or not since <= session.day <= context.today:
            continue
        for entry in session.live():
            exercise = context.setup.library.exercises.get(entry.exercise)
            name = OTHER if exercise is None else exercise.category
            for row in work_rows(entry.sets):
                if wanted := _asked_kg(row):
                    lifted = lifted_kg(row.done) if row.undone is None else 0
                    asked[name] = asked.get(name, 0) + wanted
                    done[name] = done.get(name, 0) + lifted
    return tuple(Compliance(name, done[name], asked[name]) for name in sorted(asked))


def _asked_kg(row: SetEntry) -> float:
    return 0 if row.prescribed is None else lifted_kg(row.prescribed)
