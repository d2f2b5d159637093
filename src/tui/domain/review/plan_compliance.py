"""Compares kilograms lifted with kilograms prescribed, by exercise category."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from tui.domain.calculator.bouts import work_rows
from tui.domain.model.values import SetEntry
from tui.domain.review.context import OTHER, ReviewContext, lifted_kg


class Compliance(Struct, frozen=True):
    """Kilograms lifted (``done``) and prescribed (``asked``) in one category (``name``)."""

    name: str
    done: float
    asked: float


def compliance(context: ReviewContext, since: date) -> tuple[Compliance, ...]:
    """Kilograms lifted and prescribed from ``since`` to today, by category (source project).

    Both cover the same work sets: those with a prescribed load and reps, including the ones left
    out. So ``done`` below ``asked`` means that sets were left out, lighter or shorter; above it,
    that load or reps were added. A set without a prescription, or with its load left to the
    runner, counts in neither: extra work in one place would hide missing work in another.
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
