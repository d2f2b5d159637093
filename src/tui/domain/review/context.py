"""The input of all reviews, and how they count sessions, sets, foot contacts and kilograms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.jump_fold import contacts_of
from tui.domain.calculator.state import Setup, State
from tui.domain.model.phases import HARD_LEG_LOAD
from tui.domain.model.sums import Sums, counted, sums
from tui.domain.model.values import Exercise, Kind, Measures, Record, Session, SetEntry
from tui.domain.planning.diary import Diary

OTHER = "other"


class ReviewContext(Struct, frozen=True, kw_only=True):
    """The input of a review: the log (only days up to ``today`` count), the settings, the
    calculator's state on that day, and the diary with the days away."""

    sessions: Sequence[Session]
    records: Sequence[Record]
    setup: Setup
    state: State
    today: date
    diary: Diary = Diary()


def worked(session: Session) -> bool:
    """True for a session that is not deleted and has a work set done."""
    return not session.deleted and any(counted(entry) for entry in session.live())


def landings(exercise: Exercise | None, row: SetEntry) -> int:
    """Foot contacts of a set: for jumps as the calculator counts them, so that jumps logged as reps
    count too; otherwise as logged."""
    if exercise is None or exercise.kind is not Kind.PLYOMETRIC:
        return row.done.contacts or 0
    return contacts_of(exercise, row)


def summed(session: Session, known: Mapping[str, Exercise]) -> Sums:
    """The sums of a session, with foot contacts from :func:`landings`; zero if it is deleted."""
    if session.deleted:
        return Sums()
    contacts = sum(landings(exercise, row) for exercise, _, row in work_sets(known, session))
    return replace(sums(session), contacts=contacts)


def total(sessions: Iterable[Session], known: Mapping[str, Exercise]) -> Sums:
    """The total of several sessions, each from :func:`summed`."""
    return sum((summed(session, known) for session in sessions), Sums())


def work_sets(
    known: Mapping[str, Exercise], session: Session
) -> Iterator[tuple[Exercise | None, str, SetEntry]]:
    """The work sets done in a session, each with its exercise (or None) and category."""
    for entry in session.live():
        exercise = known.get(entry.exercise)
        category = OTHER if exercise is None else exercise.category
        for row in counted(entry):
            yield exercise, category, row


def hard_on_legs(session: Session, known: Mapping[str, Exercise]) -> bool:
    """True if a session has a work set done of an exercise that is hard on the legs."""
    return any(
        exercise is not None and exercise.leg_load >= HARD_LEG_LOAD
        for exercise, _, _ in work_sets(known, session)
    )


def lifted_kg(done: Measures) -> float:
    """Load times reps, in kilograms; zero if either is unknown."""
    return (done.load_kg or 0) * (done.reps or 0)
