"""Strength in FIT files: sets and rests, the names of exercises, the watch's own clock."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.formats.runfiles import activity_message, fit, message, seconds, session
from tui.domain.model.validation import BadDocument
from tui.formats.other_apps import garmin_fit
from tui.formats.other_apps.workouts import OtherLog

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 11, 3, 17, 0, tzinfo=UTC)
TRAINING = 10
ACTIVE, RESTING = 1, 0
NONE = 0xFFFF
CALF_RAISE, PLANK, SQUAT, UNKNOWN = 1, 19, 28, 65534


def done(
    after: float | None,
    *,
    ms: int = 30_000,
    reps: int = NONE,
    weight: int = NONE,
    kind: int = ACTIVE,
    what: tuple[int, ...] = (SQUAT,),
    which: tuple[int, ...] = (NONE,),
    step: int = NONE,
) -> bytes:
    """A set message that began so many seconds after the activity. A weight is in 1/16 kg."""
    began = None if after is None else AT + timedelta(seconds=after)
    return message(
        225,
        (254, 0x86, "I", seconds(began)),
        (0, 0x86, "I", ms),
        (3, 0x84, "H", reps),
        (4, 0x84, "H", weight),
        (5, 0x00, "B", kind),
        (6, 0x86, "I", seconds(began)),
        (7, 0x84, f"{2 * len(what)}s", struct.pack(f"<{len(what)}H", *what)),
        (8, 0x84, f"{2 * len(which)}s", struct.pack(f"<{len(which)}H", *which)),
        (10, 0x84, "H", 0),
        (11, 0x84, "H", step),
    )


def title(what: int, which: int, name: bytes) -> bytes:
    return message(264, (0, 0x84, "H", what), (1, 0x84, "H", which), (2, 0x07, "20s", name))


def read(*messages: bytes) -> OtherLog:
    return garmin_fit.read(fit(*messages), BERLIN)


def names(*messages: bytes) -> list[tuple[str, str, int]]:
    [workout] = read(*messages, session(AT, TRAINING)).workouts
    return [(one.name, one.category, len(one.sets)) for one in workout.entries]


def test_everything_is_counted() -> None:
    log = read(
        done(0, reps=8, weight=1000),
        done(30, kind=RESTING, ms=90_000),
        done(120, reps=8, weight=1000),
        done(150, kind=RESTING, ms=90_000),
        done(240, ms=45_500, what=(PLANK,)),
        done(300, ms=0, weight=1000),
        done(310, ms=100_000_001),
        session(AT, TRAINING),
    )
    assert (log.rows, log.rests, log.empty, log.skipped) == (7, 2, 1, 0)
    assert [str(one) for one in log.problems] == [
        "line 7: the duration in seconds must be from 0 to 100000, not 100000"
    ]
    [workout] = log.workouts
    assert [[s.line for s in e.sets] for e in workout.entries] == [[1, 3], [5]]


def test_a_duration_counts_only_where_nothing_was_repeated() -> None:
    [workout] = read(
        done(0, reps=8, weight=1001), done(60, ms=45_500, reps=0, weight=0), session(AT, TRAINING)
    ).workouts
    [first, second] = workout.entries[0].sets
    assert (first.reps, first.seconds, first.weight, first.unit) == (8, None, 62.5625, "kg")
    assert (second.reps, second.seconds, second.weight, second.unit) == (None, 45.5, None, "")
    assert first.at == AT + timedelta(seconds=30)


def test_the_watchs_own_clock_counts() -> None:
    files = done(0, reps=8), session(AT, TRAINING), activity_message(AT, -5 * 3600)
    [workout] = read(*files).workouts
    assert workout.started.isoformat() == "2026-11-03T12:00:00-05:00"
    [here] = read(*files[:2]).workouts
    assert here.started.isoformat() == "2026-11-03T18:00:00+01:00"
    assert (here.dated, here.finished) == (False, None)


def test_the_end_of_the_activity() -> None:
    whole = message(18, (2, 0x86, "I", seconds(AT)), (7, 0x86, "I", 1_800_000))
    named = message(26, (8, 0x07, "16s", b"Leg day"))
    [workout] = read(done(0, reps=8), named, whole).workouts
    assert (workout.finished, workout.name) == (AT + timedelta(minutes=30), "Leg day")


@pytest.mark.parametrize(
    ("what", "which", "name", "category"),
    [
        ((CALF_RAISE,), (18,), "Standing Calf Raise", "Calf Raise"),
        ((CALF_RAISE,), (15,), "Single Leg Standing Calf Raise", "Calf Raise"),
        ((CALF_RAISE,), (0,), "3 Way Calf Raise", "Calf Raise"),
        # What a newer watch knows is no more than its category here.
        ((CALF_RAISE,), (9999,), "Calf Raise", "Calf Raise"),
        ((SQUAT,), (NONE,), "Squat", "Squat"),
        ((60_000,), (3,), "Unknown exercise", ""),
        ((UNKNOWN,), (NONE,), "Unknown exercise", ""),
        ((NONE,), (NONE,), "Unknown exercise", ""),
        # A watch that guessed: the likeliest first, then what fills the list.
        ((PLANK, SQUAT), (43, 5), "Plank", "Plank"),
        ((NONE, SQUAT), (NONE, 6), "Barbell Back Squat", "Squat"),
    ],
)
def test_an_exercise_is_named_as_the_profile_does(
    what: tuple[int, ...], which: tuple[int, ...], name: str, category: str
) -> None:
    assert names(done(0, reps=8, what=what, which=which)) == [(name, category, 1)]


def test_the_files_own_title_comes_first() -> None:
    titles = title(SQUAT, 6, b"Kniebeuge"), title(UNKNOWN, 2, b"Heel Drop"), title(SQUAT, 7, b" ")
    sets = (
        done(0, reps=8, which=(6,)),
        done(60, reps=8, what=(UNKNOWN,), which=(2,)),
        done(120, reps=8, which=(7,)),
    )
    # The titles may come after the sets.
    assert [name for name, _, _ in names(*sets, *titles)] == [
        "Kniebeuge",
        "Heel Drop",
        "Barbell Box Squat",
    ]


def test_a_circuit_is_one_entry_an_exercise() -> None:
    squat, plank = done(0, reps=8), done(0, what=(PLANK,))
    circuit = names(squat, plank, squat, plank)
    assert circuit == [("Squat", "Squat", 2), ("Plank", "Plank", 2)]


def test_another_step_of_a_workout_is_another_entry() -> None:
    first, second, last = (done(0, reps=8, step=step) for step in (0, 1, 5))
    plank = done(0, what=(PLANK,), step=3)
    # Steps one after the other are the sets of one exercise, however many steps there are.
    assert names(first, second, plank, first, last) == [
        ("Squat", "Squat", 4),
        ("Plank", "Plank", 1),
    ]
    assert names(first, plank, last) == [
        ("Squat", "Squat", 1),
        ("Plank", "Plank", 1),
        ("Squat", "Squat", 1),
    ]


def test_two_activities_in_a_file() -> None:
    later = AT + timedelta(hours=2)
    log = read(done(0, reps=8), session(AT), done(7300, reps=5), session(later))
    assert [one.started for one in log.workouts] == [AT, later]
    assert [one.entries[0].sets[0].reps for one in log.workouts] == [8, 5]


def test_without_an_activity_the_first_set_begins() -> None:
    log = read(done(60, reps=8), done(120, reps=7), done(None, reps=6))
    [workout] = log.workouts
    assert workout.started == AT + timedelta(seconds=60)
    assert [str(one) for one in log.problems] == ["line 3: has no time, nor has its activity"]


def test_an_instant_that_fit_cannot_count_is_none() -> None:
    far = message(225, (3, 0x84, "H", 8), (6, 0x8F, "Q", 2**40))
    [workout] = read(far, session(AT)).workouts
    assert (workout.started, workout.entries[0].sets[0].at) == (AT, None)


def test_an_activity_without_sets_is_an_empty_log() -> None:
    log = read(session(AT))
    assert (log.rows, log.workouts, log.problems) == (0, (), ())


def test_damage_is_told_of() -> None:
    with pytest.raises(BadDocument, match="is damaged or cut off"):
        garmin_fit.read(fit(done(0, reps=8), session(AT))[:-9], BERLIN)
