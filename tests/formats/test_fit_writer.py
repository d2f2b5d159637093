"""Sessions as FIT activities, decoded again by a decoder that is not ours."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tui.bootstrap import shipped_library
from tui.domain.model.library.catalog import Library
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side
from tui.formats import fit_writer
from tui.formats.fit_messages import EPOCH
from tui.formats.other_apps import garmin_fit

ZONE = timezone(timedelta(hours=5, minutes=45))
LIBRARY = shipped_library()
START = datetime(2026, 11, 3, 18, 0, tzinfo=ZONE)


def done(after: float | None = None, side: Side = Side.BOTH, /, **amount: Any) -> SetEntry:
    """A set logged so many seconds after the start."""
    at = "" if after is None else (START + timedelta(seconds=after)).isoformat()
    return SetEntry(id="s", edited="", number=1, side=side, done=Measures(**amount), at=at)


def entry(exercise: str, *sets: SetEntry) -> Entry:
    return Entry(id=exercise, edited="", exercise=exercise, sets=sets)


def session(*entries: Entry, minutes: float | None = 30) -> Session:
    finished = None if minutes is None else START + timedelta(minutes=minutes)
    return Session(id="x", edited="", started=START, finished=finished, entries=entries)


def decoded(one: Session, library: Library | None = None) -> list[tuple[str, dict[str, Any]]]:
    """The name and fields of each message of a session's file."""
    from fitdecode import CrcCheck, FitDataMessage, FitReader

    data = fit_writer.render(one, library or Library())
    with FitReader(data, processor=None, check_crc=CrcCheck.RAISE) as frames:
        return [
            (frame.name, {field.name: field.value for field in frame.fields})
            for frame in frames
            if isinstance(frame, FitDataMessage)
        ]


def sets(one: Session) -> list[tuple[Any, ...]]:
    """Type, start in seconds, length, repetitions and weight of each set message."""
    start = round((START - EPOCH).total_seconds())
    keys = ("duration", "repetitions", "weight")
    return [
        (fields["set_type"], fields["start_time"] - start, *(fields[key] for key in keys))
        for name, fields in decoded(one)
        if name == "set"
    ]


def test_the_messages_of_an_activity() -> None:
    found = decoded(session(entry("calf-raise", done(60, reps=8, load_kg=20))), LIBRARY)
    assert [name for name, _ in found] == [
        "file_id",
        "file_creator",
        "device_info",
        "event",
        "exercise_title",
        "set",
        "event",
        "lap",
        "session",
        "activity",
    ]
    by_name = dict(found)
    whole, activity = by_name["session"], by_name["activity"]
    assert (whole["sport"], whole["sub_sport"]) == ("training", "strength_training")
    assert (whole["total_elapsed_time"], whole["timestamp"] - whole["start_time"]) == (1800, 1800)
    assert activity["local_timestamp"] - activity["timestamp"] == 5.75 * 3600
    title = by_name["exercise_title"]
    assert title["wkt_step_name"] == "Calf Raise"
    # The library's own alias, Standing calf raise, is what FIT calls it.
    assert (title["exercise_category"], title["exercise_name"]) == ("calf_raise", 18)


def test_rests_are_between_sets_whose_times_are_known() -> None:
    found = sets(
        session(
            entry("squat", done(60, reps=8, load_kg=62.5), done(180, reps=8, load_kg=62.5)),
            entry("plank", done(300, hold_s=45.5)),
        )
    )
    assert found == [
        ("active", 36, 24, 8, 62.5),
        ("rest", 60, 96, None, None),
        ("active", 156, 24, 8, 62.5),
        ("rest", 180, 74.5, None, None),
        ("active", 254, 45.5, None, None),
    ]


def test_sets_are_in_the_order_in_which_they_were_done() -> None:
    found = sets(
        session(
            entry("squat", done(60, reps=8), done(200, reps=7)),
            entry("plank", done(120, hold_s=30)),
        )
    )
    assert [row[2:4] for row in found if row[0] == "active"] == [(24, 8), (30, None), (21, 7)]


def test_both_sides_logged_at_once_keep_their_holds() -> None:
    left, right = (
        done(60, side, hold_s=held) for side, held in [(Side.LEFT, 30), (Side.RIGHT, 20)]
    )
    assert [row[2] for row in sets(session(entry("plank", left, right)))] == [30, 20]


@pytest.mark.parametrize("after", [None, -5, 4000])
def test_without_times_there_are_no_rests(after: float | None) -> None:
    found = sets(session(entry("squat", done(after, reps=8), done(after, reps=8))))
    assert [row[:2] for row in found] == [("active", 0), ("active", 24)]


@pytest.mark.parametrize(
    ("amount", "got"),
    [
        ({"reps": 6, "tempo_s": 5}, (30, 6, None)),
        ({"holds": 5, "hold_s": 10}, (50, 5, None)),
        ({"contacts": 20}, (60, 20, None)),
        ({"duration_s": 90}, (90, None, None)),
        ({"distance_m": 40, "load_kg": 24}, (0, None, 24)),
        ({"reps": 1, "load_kg": 62.53}, (3, 1, 62.5)),
        ({"reps": 1, "load_kg": 5000}, (3, 1, 4095.875)),
    ],
)
def test_what_a_set_has_of_an_amount(amount: dict[str, float], got: tuple[Any, ...]) -> None:
    [row] = sets(session(entry("x", done(600, **amount))))
    assert row[2:] == got


def test_deleted_and_empty_sets_stay_behind() -> None:
    gone = SetEntry(
        id="s", edited="", number=1, side=Side.BOTH, done=Measures(reps=3), deleted=True
    )
    assert sets(session(entry("x", gone, done(60), done(90, reps=2)))) == [
        ("active", 84, 6, 2, None)
    ]


def test_exercises_that_fit_does_not_know_have_titles_of_their_own() -> None:
    one = session(
        entry("heel-drop", done(reps=8)), entry("achilles-twist", done(reps=8)), minutes=None
    )
    titles = [fields for name, fields in decoded(one, LIBRARY) if name == "exercise_title"]
    assert [(t["exercise_category"], t["exercise_name"], t["wkt_step_name"]) for t in titles] == [
        ("unknown", 0, "Heel Drop"),
        ("unknown", 1, "Achilles Twist"),
    ]


@pytest.mark.parametrize("year", [1950, 2300])
def test_fit_cannot_count_every_year(year: int) -> None:
    one = Session(id="x", edited="", started=START.replace(year=year))
    with pytest.raises(BadDocument, match=f"no time for a session of {year}"):
        fit_writer.render(one, Library())


amounts = st.one_of(
    st.builds(
        Measures,
        reps=st.integers(1, 200),
        load_kg=st.none() | st.integers(1, 8000).map(lambda sixteenths: sixteenths / 16),
    ),
    st.builds(Measures, hold_s=st.integers(1, 600_000).map(lambda ms: ms / 1000)),
)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 1800), amounts), max_size=8))
def test_what_is_written_is_read_again(rows: list[tuple[str, int, Measures]]) -> None:
    rows = sorted(rows, key=lambda row: row[1])
    entries = [
        Entry(
            id=name,
            edited="",
            exercise=name,
            sets=tuple(
                SetEntry(
                    id="s",
                    edited="",
                    number=1,
                    side=Side.BOTH,
                    done=amount,
                    at=(START + timedelta(seconds=after)).isoformat(),
                )
                for own, after, amount in rows
                if own == name
            ),
        )
        for name in "abc"
    ]
    log = garmin_fit.read(fit_writer.render(session(*entries), Library()), ZONE)
    assert (log.problems, log.empty) == ((), 0)
    assert [one.started for one in log.workouts] == [START] * bool(rows)
    got = {one.name: one.sets for workout in log.workouts for one in workout.entries}
    for one in entries:
        assert [(s.reps, s.seconds, s.weight) for s in got.get(one.exercise, ())] == [
            (s.done.reps, s.done.hold_s, s.done.load_kg) for s in one.sets
        ]


@given(strategies.sessions)
def test_any_session_is_a_file_that_can_be_read(one: Session) -> None:
    found = [fields for name, fields in decoded(one) if name == "set"]
    done = [one for entry in one.live() for one in entry.live() if one.done]
    assert [fields["set_type"] for fields in found].count("active") == len(done)
    assert [fields["message_index"] for fields in found] == list(range(len(found)))
