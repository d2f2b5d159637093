"""Sets with times: which belong to one workout, and which to one entry of it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.sittings import Timed, gather
from tui.formats.other_apps.workouts import OtherSet, OtherWorkout

START = datetime.fromisoformat("2025-03-01 07:00")


def timed(
    minutes: float,
    name: str = "Squat",
    number: int | None = None,
    workout: str = "",
    note: str = "",
) -> Timed:
    at = START + timedelta(minutes=minutes)
    return Timed(
        at=at, name=name, number=number, workout=workout, done=OtherSet(line=1, reps=5, note=note)
    )


def workouts(*sets: Timed) -> tuple[OtherWorkout, ...]:
    gathering = Gathering("App")
    gather(gathering, sets)
    return gathering.log().workouts


def entries(*sets: Timed) -> list[tuple[str, int]]:
    [one] = workouts(*sets)
    return [(entry.name, len(entry.sets)) for entry in one.entries]


def test_a_gap_of_more_than_three_hours_ends_a_workout() -> None:
    morning, evening = workouts(timed(0), timed(180), timed(361))
    assert (morning.started, morning.finished) == (START, START + timedelta(hours=3))
    assert evening.started == START + timedelta(minutes=361)
    assert evening.finished is None


def test_midnight_does_not_end_a_workout() -> None:
    late = 16 * 60 + 50
    assert len(workouts(timed(late), timed(late + 20))) == 1


def test_another_name_of_a_workout_is_another_workout() -> None:
    legs, arms = workouts(
        timed(0, workout="Legs"), timed(5), timed(9, workout="Arms"), timed(10, workout="Legs")
    )
    assert (legs.name, arms.name) == ("Legs", "Arms")
    assert legs.finished == START + timedelta(minutes=10)
    assert sum(len(entry.sets) for entry in legs.entries) == 3


def test_newest_first_is_turned_also_within_a_minute() -> None:
    [one] = workouts(timed(2, "Row"), timed(0, "Squat", note="second"), timed(0, note="first"))
    assert [entry.name for entry in one.entries] == ["Squat", "Row"]
    assert [done.note for done in one.entries[0].sets] == ["first", "second"]


def test_newest_workout_first_keeps_the_order_within_them() -> None:
    early, late = workouts(
        timed(1000, "Row"), timed(1000, "Squat"), timed(0, "Row"), timed(0, "Squat")
    )
    assert early.started < late.started
    assert [entry.name for entry in early.entries] == ["Row", "Squat"]


def test_an_exercise_that_comes_again_is_a_second_entry() -> None:
    again = entries(timed(0), timed(1), timed(2, "Row"), timed(3, "Row"), timed(4))
    assert again == [("Squat", 2), ("Row", 2), ("Squat", 1)]


def test_exercises_done_in_turns_have_one_entry_each() -> None:
    turns = [timed(n, "Row" if n % 2 else "Squat") for n in range(6)]
    assert entries(*turns) == [("Squat", 3), ("Row", 3)]


def test_numbers_tell_whether_an_exercise_begins_again() -> None:
    turns = [timed(n, "Row" if n % 2 else "Squat", 1 + n // 2) for n in range(6)]
    assert entries(*turns) == [("Squat", 3), ("Row", 3)]
    at_once = entries(timed(0, number=1), timed(1, number=2), timed(2, number=1))
    assert at_once == [("Squat", 2), ("Squat", 1)]
    later = entries(timed(0, number=1), timed(1, "Row", 1), timed(2, number=1))
    assert later == [("Squat", 1), ("Row", 1), ("Squat", 1)]
    # The same number twice in a row is a slip of the app.
    assert entries(timed(0, number=1), timed(1, number=1), timed(2, number=2)) == [("Squat", 3)]


def test_a_note_that_is_repeated_is_written_once() -> None:
    [one] = workouts(timed(0, note="slow"), timed(1, note="slow"), timed(2, note="hard"))
    assert [done.note for done in one.entries[0].sets] == ["slow", "", "hard"]


def test_times_with_and_without_a_zone_are_put_in_order() -> None:
    aware = datetime(2025, 3, 1, 7, 5, tzinfo=timezone(timedelta(hours=2)))
    zoned = Timed(at=aware, name="Squat", done=OtherSet(line=1, reps=5))
    [one] = workouts(timed(10), zoned, timed(0))
    assert [entry.name for entry in one.entries] == ["Squat"]
    assert one.finished == START + timedelta(minutes=10)
    # From a time without a zone to one with it, nobody knows how long it was.
    assert workouts(timed(0), zoned)[0].finished is None


SOME = st.builds(
    timed,
    st.integers(0, 2000),
    st.sampled_from(["Squat", "Row", "Plank"]),
    st.none() | st.integers(1, 5),
    st.sampled_from(["", "Legs"]),
)


@given(st.lists(SOME, max_size=30))
def test_no_set_is_lost(sets: list[Timed]) -> None:
    found = workouts(*sets)
    kept = [one for workout in found for entry in workout.entries for one in entry.sets]
    assert len(kept) == len(sets)
    assert [one.started for one in found] == sorted(one.started for one in found)
