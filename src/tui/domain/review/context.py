"""What a look back rests on, and how what was done is counted wherever it is looked at."""

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
    """What a look back rests on: the log (of it only what lies on or before ``today`` counts), the
    settings, what the calculator knows on that day, and the days away."""

    sessions: Sequence[Session]
    records: Sequence[Record]
    setup: Setup
    state: State
    today: date
    diary: Diary = Diary()


def worked(session: Session) -> bool:
    """True for a session that is not deleted and has a work set that was done."""
    return not session.deleted and any(counted(entry) for entry in session.live())


def landings(exercise: Exercise | None, row: SetEntry) -> int:
    """Foot contacts of a set: of a jump as the calculator counts them, so that jumps which are
    logged in reps count as well; else as logged."""
    if exercise is None or exercise.kind is not Kind.PLYOMETRIC:
        return row.done.contacts or 0
    return contacts_of(exercise, row)


def summed(session: Session, known: Mapping[str, Exercise]) -> Sums:
    """The sums of a session with its foot contacts as :func:`landings` counts them; nothing for a
    deleted one."""
    if session.deleted:
        return Sums()
    contacts = sum(landings(exercise, row) for exercise, _, row in work_sets(known, session))
    return replace(sums(session), contacts=contacts)


def total(sessions: Iterable[Session], known: Mapping[str, Exercise]) -> Sums:
    """What several sessions add up to, each as :func:`summed` counts it."""
    return sum((summed(session, known) for session in sessions), Sums())


def work_sets(
    known: Mapping[str, Exercise], session: Session
) -> Iterator[tuple[Exercise | None, str, SetEntry]]:
    """The work sets of a session that were done, with their exercise and its category."""
    for entry in session.live():
        exercise = known.get(entry.exercise)
        category = OTHER if exercise is None else exercise.category
        for row in counted(entry):
            yield exercise, category, row


def hard_on_legs(session: Session, known: Mapping[str, Exercise]) -> bool:
    """True for a session with a work set done of an exercise that is hard on the legs."""
    return any(
        exercise is not None and exercise.leg_load >= HARD_LEG_LOAD
        for exercise, _, _ in work_sets(known, session)
    )


def lifted_kg(done: Measures) -> float:
    """Load times reps, in kilograms; nothing where either is not known."""
    return (done.load_kg or 0) * (done.reps or 0)
