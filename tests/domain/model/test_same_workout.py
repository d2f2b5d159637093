"""Whether two sessions from different sources are one workout."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tui.domain.model.same_workout import Workouts, same_workout
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side

SIX = datetime(2026, 3, 2, 18, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def session(
    started: datetime, minutes: int | None, *exercises: str, reps: tuple[int, ...] = (8, 8)
) -> Session:
    name = f"{started} {minutes} {exercises} {reps}"
    entries = tuple(
        Entry(
            id=f"{name} {exercise}",
            edited="",
            exercise=exercise,
            sets=tuple(
                SetEntry(
                    id=f"{name} {exercise} {place}",
                    edited="",
                    number=place,
                    side=Side.BOTH,
                    done=Measures(reps=count, load_kg=60.0),
                )
                for place, count in enumerate(reps, 1)
            ),
        )
        for exercise in exercises
    )
    finished = None if minutes is None else started + timedelta(minutes=minutes)
    return Session(id=name, edited="", started=started, finished=finished, entries=entries)


HOUR = session(SIX, 60, "back-squat", "plank")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (session(SIX + timedelta(minutes=3), 55, "back-squat"), True),
        (session(SIX + timedelta(minutes=40), 60, "back-squat"), False),
        (session(SIX + timedelta(minutes=40), 10, "back-squat"), True),
        # In the same hour something else: the rest of the workout, kept in another app.
        (session(SIX, 60, "deadlift"), False),
        (session(SIX, None, "plank"), True),
        (session(SIX + timedelta(minutes=2), None, "plank"), False),
        (session(SIX + timedelta(days=1), 60, "back-squat", "plank"), False),
        # An app that knows only the day.
        (session(NOON, None, "back-squat", "plank"), True),
        (session(NOON, None, "back-squat", "plank", reps=(5, 5)), False),
        (session(NOON, None, "back-squat", reps=(8, 5)), True),
        (session(NOON + timedelta(days=1), None, "back-squat", "plank"), False),
    ],
)
def test_one_workout_from_two_sources(other: Session, same: bool) -> None:
    assert same_workout(HOUR, other) is same
    assert same_workout(other, HOUR) is same
    assert Workouts([other]).have(HOUR) is same


def test_what_a_watch_takes_an_exercise_for_says_nothing() -> None:
    watch = session(SIX + timedelta(minutes=2), 50, "unknown-exercise")
    assert not Workouts([HOUR]).have(watch)
    assert Workouts([HOUR]).have(watch, by_watch=True)
    assert not Workouts([HOUR.tombstone("2026-03-03T00:00:00+00:00")]).have(watch, by_watch=True)
