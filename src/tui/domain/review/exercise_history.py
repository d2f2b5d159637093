"""The history of one exercise: what was done in each session, and its bests with their dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.sums import (
    Best,
    Sums,
    bests,
    counted,
    is_better,
    work_of,
)
from tui.domain.model.values import Exercise, Session, SetEntry, Side
from tui.domain.review.context import summed


class Trained(Struct, frozen=True, kw_only=True):
    """One exercise in one session; ``session`` holds only its entries. ``rows`` are the work sets
    done, ``left_out`` those that were not. ``sums`` cover both sides and all sets done;
    ``load_kg`` is the heaviest load (:func:`heaviest_kg`), ``assist_kg`` the least help
    (:func:`least_help_kg`), ``reps`` the total, ``rir`` the mean
    of those logged, ``pain`` the most (:func:`most_pain`, including ``left_out``).
    """

    session: Session
    rows: tuple[SetEntry, ...]
    sums: Sums
    left_out: tuple[SetEntry, ...] = ()
    load_kg: float | None = None
    assist_kg: float | None = None
    reps: int = 0
    rir: float | None = None
    pain: int | None = None

    @property
    def day(self) -> date:
        """The local date of the session."""
        return self.session.day


class DatedBest(Struct, frozen=True):
    """A best and the day on which it was first reached."""

    best: Best
    day: date


def trained(
    sessions: Iterable[Session], name: str, exercise: Exercise | None, today: date
) -> list[Trained]:
    """The sessions up to ``today`` with a work set done of the exercise with id ``name``, oldest
    first; ``exercise`` is the library's, or None if it has been removed."""
    found = []
    for session in sessions:
        if session.deleted:
            continue
        mine = tuple(e for e in session.entries if e.exercise == name and not e.deleted)
        rows = tuple(row for entry in mine for row in counted(entry)) if mine else ()
        if rows and session.day <= today:
            known = {} if exercise is None else {name: exercise}
            found.append(_one(replace(session, entries=mine), rows, known))
    # By day first: on a trip across the date line, the later instant may be the earlier day.
    return sorted(found, key=lambda one: (one.day, one.session.started))


def _one(session: Session, rows: tuple[SetEntry, ...], known: Mapping[str, Exercise]) -> Trained:
    told = [row.rir for row in rows if row.rir is not None]
    every = [row for entry in session.entries for row in work_of(entry)]
    return Trained(
        session=session,
        rows=rows,
        left_out=tuple(row for row in every if row.undone is not None),
        sums=summed(session, known),
        load_kg=heaviest_kg(rows),
        assist_kg=least_help_kg(rows),
        reps=sum(row.done.reps or 0 for row in rows),
        rir=sum(told) / len(told) if told else None,
        pain=most_pain(every),
    )


def heaviest_kg(rows: Iterable[SetEntry]) -> float | None:
    """The heaviest load of sets done, in kilograms, ignoring sets of zero reps; None without a
    load."""
    moved = (row.done.load_kg for row in rows if row.done.reps != 0)
    return max((load for load in moved if load is not None), default=None)


def least_help_kg(rows: Iterable[SetEntry]) -> float | None:
    """The least help in sets done with help, in kilograms, ignoring sets of zero reps; None if none
    was."""
    helped = (row.done.assist_kg for row in rows if row.done.reps != 0)
    return min((one for one in helped if one is not None), default=None)


def most_pain(rows: Iterable[SetEntry]) -> int | None:
    """The most pain logged on work sets, 0 to 10, or None if none was logged. A set left out for
    pain counts too."""
    return max((row.pain for row in rows if row.pain is not None), default=None)


def dated_bests(found: Sequence[Trained], unit: str = "kg") -> list[DatedBest]:
    """The bests of ``found`` (oldest first), each with the day on which it was first reached;
    heaviest loads first, then newest first."""
    held: dict[tuple[str, str, Side], DatedBest] = {}
    for one in found:
        for key, best in bests([one.session], unit).items():
            if key not in held or is_better(best.measure, best.value, held[key].best.value):
                held[key] = DatedBest(best, one.day)
    newest = sorted(held.values(), key=lambda one: (one.best.measure, one.best.side))
    newest.sort(key=lambda one: one.day, reverse=True)
    return sorted(newest, key=lambda one: one.best.measure != "load")
