"""Workouts of other apps as sessions: units, holds, help, numbers, and ids that stay the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.driver import shipped
from tui.domain.model.library.activity_names import LONGEST_HOLD_S, Endurance
from tui.domain.model.units import to_kg
from tui.domain.model.values import Measures, Session, SetKind, Side
from tui.formats.other_apps.conversion import (
    Converted,
    Target,
    Timed,
    converted,
    needs_unit,
)
from tui.formats.other_apps.workouts import (
    OtherEntry,
    OtherLog,
    OtherMetric,
    OtherSet,
    OtherWorkout,
    merged,
)

EVENING = datetime(2026, 3, 2, 18, 5)  # noqa: DTZ001  wall-clock time
HERE = timezone(timedelta(hours=2))


def here(moment: datetime) -> datetime:
    return moment.replace(tzinfo=HERE)


def row(line: int = 2, **values: Any) -> OtherSet:
    return OtherSet(line=line, **values)


def entry(name: str, *rows: OtherSet, **more: Any) -> OtherEntry:
    return OtherEntry(name=name, sets=rows, **more)


def workout(*entries: OtherEntry, started: datetime = EVENING, **more: Any) -> OtherWorkout:
    return OtherWorkout(started=started, entries=entries, **more)


def log(*workouts: OtherWorkout, **more: Any) -> OtherLog:
    return OtherLog(app="App", workouts=workouts, **more)


def convert(
    there: OtherLog,
    unit: str = "",
    zone: timezone = HERE,
    **targets: Target | Endurance | None,
) -> Converted:
    """Each name as the exercise with that id, but for the ``targets``."""
    names = {one.name for made in there.workouts for one in made.entries}
    known = shipped().exercises
    every = {name: targets[name] if name in targets else Target(known[name]) for name in names}
    return converted(there, every, unit, lambda moment: moment.replace(tzinfo=zone))


def done(name: str, asked: str = "", /, **values: Any) -> Measures:
    """What a single row of an exercise comes to."""
    [session] = convert(log(workout(entry(name, row(**values)))), asked).sessions
    return session.entries[0].sets[0].done


def ids(made: Converted) -> list[str]:
    return [
        *(session.id for session in made.sessions),
        *(one.id for session in made.sessions for one in session.entries),
        *(one.id for s in made.sessions for one_entry in s.entries for one in one_entry.sets),
    ]


# --- weights --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "unit", "asked", "kilograms"),
    [
        (60, "kg", "", 60),
        (62.5, "", "kg", 62.5),
        (135, "lb", "", 61.235),
        (135, "", "lb", 61.235),
        # What the file says counts, whatever the runner says of the rest.
        (60, "kg", "lb", 60),
        (135, "lb", "kg", 61.235),
        # Kilograms that were pounds once: 50, 30, 45, 137.5 lb.
        (22.68, "kg", "", 22.68),
        (13.6077711, "kg", "", 13.608),
        (20.41, "kg", "", 20.412),
        (62.37, "kg", "", 62.369),
        # And those that were not.
        (65.181223569, "kg", "", 65.181),
        (61.25, "kg", "", 61.25),
        (12.5, "kg", "", 12.5),
        (41.23, "kg", "", 41.23),
    ],
)
def test_weights(weight: float, unit: str, asked: str, kilograms: float) -> None:
    made = done("back-squat", asked, weight=weight, unit=unit, reps=5)
    assert made == Measures(load_kg=kilograms, reps=5)


@given(st.integers(1, 2000).map(lambda halves: halves / 2))
def test_pounds_rounded_to_hundredths_of_kilograms_are_pounds_again(pounds: float) -> None:
    exact = to_kg(pounds, "lb")
    made = done("back-squat", weight=round(exact, 2), unit="kg", reps=5).load_kg
    assert made is not None
    # Ten pounds and a bit are as near to a plain tenth of a kilogram: that is left alone.
    assert made == exact or round(made, 1) == made or round(made * 4) == made * 4


def test_each_side_of_a_machine() -> None:
    both = Target(shipped().exercises["back-squat"], 2)
    [session] = convert(
        log(workout(entry("Press", row(weight=20, unit="lb", reps=8)))), Press=both
    ).sessions
    assert session.entries[0].sets[0].done.load_kg == to_kg(40, "lb")


def test_help_by_a_minus_and_by_the_name() -> None:
    made = done("back-squat", weight=-18.14, unit="kg", reps=8)
    assert made == Measures(assist_kg=18.144, reps=8)
    assisted = Target(shipped().exercises["push-up"])
    there = log(workout(entry("Dip (Assisted)", row(weight=20, unit="kg", reps=8), row(reps=6))))
    found = converted(there, {"Dip (Assisted)": assisted}, "", here)
    [helped, alone] = found.sessions[0].entries[0].sets
    assert helped.done == Measures(assist_kg=20, reps=8)
    assert alone.done == Measures(reps=6)
    assert found.counts["assisted"] == 1


def test_the_unit_is_needed_for_what_comes_in_alone() -> None:
    squat = Target(shipped().exercises["back-squat"])
    heavy = log(workout(entry("X", row(weight=60, reps=5))))
    assert needs_unit(heavy, {"X": squat})
    assert not needs_unit(heavy, {"X": None})
    assert not needs_unit(heavy, {"X": Endurance.RUN})
    assert not needs_unit(log(workout(entry("X", row(weight=60, unit="lb", reps=5)))), {"X": squat})
    assert not needs_unit(log(workout(entry("X", row(reps=5)))), {"X": squat})
    far = log(workout(entry("X", row(distance=5, seconds=1500))))
    assert needs_unit(far, {"X": Endurance.RUN})
    assert not needs_unit(far, {"X": Endurance.OTHER})


# --- what was done --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "seconds", "held"),
    [
        ("plank", 45, True),
        ("plank", LONGEST_HOLD_S, True),
        # Longer than anybody holds: it was timed.
        ("plank", LONGEST_HOLD_S + 1, False),
        ("dead-bug-squeeze", 10, True),
        ("back-squat", 45, False),
        ("calf-foam-roll", 60, False),
    ],
)
def test_seconds_are_a_hold_by_the_exercise(name: str, seconds: float, *, held: bool) -> None:
    made = done(name, seconds=seconds)
    assert (made.hold_s, made.duration_s) == ((seconds, None) if held else (None, seconds))


def test_seconds_are_a_hold_by_the_apps_name() -> None:
    there = log(workout(entry("Squat Hold", row(seconds=30), row(reps=8))))
    found = converted(there, {"Squat Hold": Target(shipped().exercises["back-squat"])}, "", here)
    [held, counted] = found.sessions[0].entries[0].sets
    assert (held.done, counted.done) == (Measures(hold_s=30), Measures(reps=8))
    assert found.counts["holds"] == 1


def test_reps_of_a_hold_are_noted() -> None:
    there = log(
        workout(entry("plank", row(seconds=30, reps=3, note="hips"), row(seconds=30, reps=1)))
    )
    [first, second] = convert(there).sessions[0].entries[0].sets
    assert (first.done, first.note) == (Measures(hold_s=30), "hips\n3 reps")
    assert (second.done, second.note) == (Measures(hold_s=30), "")


def test_contacts_of_jumps() -> None:
    assert done("box-jump", reps=5).contacts == 10
    assert done("hop", reps=5).contacts == 5


def test_carries_and_distances() -> None:
    made = done("farmers-carry", weight=24, unit="kg", distance_m=40)
    assert made == Measures(load_kg=24, distance_m=40)
    assert done("farmers-carry", "lb", distance=0.1).distance_m == 160.93
    assert done("farmers-carry", "kg", distance=0.1).distance_m == 100
    # A plank goes nowhere.
    assert done("plank", seconds=30, distance_m=10) == Measures(hold_s=30)


def test_sets_are_numbered_by_kind_and_side() -> None:
    warm, drop = SetKind.WARMUP, SetKind.DROP
    rows = [
        row(kind=warm, reps=5),
        row(kind=warm, reps=5),
        row(reps=5, rir=1.5),
        row(kind=drop, reps=9),
        row(reps=5),
        row(reps=5, side=Side.LEFT),
        row(reps=5, side=Side.RIGHT),
    ]
    made = convert(log(workout(entry("back-squat", *rows))))
    sets = made.sessions[0].entries[0].sets
    assert [(one.kind.value, one.side.value, one.number) for one in sets] == [
        ("warmup", "both", 1),
        ("warmup", "both", 2),
        ("work", "both", 1),
        ("drop", "both", 1),
        ("work", "both", 2),
        ("work", "left", 1),
        ("work", "right", 1),
    ]
    assert [one.rir for one in sets] == [None, None, 1.5, None, None, None, None]
    assert {key: made.counts[key] for key in ("work", "warmup", "drop")} == {
        "work": 4, "warmup": 2, "drop": 1
    }  # fmt: skip


def test_notes_stand_once() -> None:
    one = entry("plank", row(seconds=30, note="hips"), row(seconds=30), note="every day")
    [session] = convert(log(workout(one, name="Core", note="tired"))).sessions
    assert session.note == "Core\ntired"
    assert [done.note for done in session.entries[0].sets] == ["every day\nhips", ""]


def test_an_exercise_done_twice_is_two_entries() -> None:
    there = log(
        workout(
            entry("plank", row(seconds=30), superset="1"),
            entry("back-squat", row(reps=5), superset="1"),
            entry("plank", row(seconds=40)),
        )
    )
    [session] = convert(there).sessions
    assert [(one.exercise, one.superset, one.order) for one in session.entries] == [
        ("plank", "1", 0),
        ("back-squat", "1", 1),
        ("plank", None, 2),
    ]
    assert len(set(ids(convert(there)))) == 1 + 3 + 3


# --- times ----------------------------------------------------------------------------------------


def test_times() -> None:
    noon = datetime(2026, 3, 3)  # noqa: DTZ001  a day
    there = log(
        workout(
            entry("plank", row(seconds=30, at=EVENING)), finished=EVENING + timedelta(minutes=40)
        ),
        workout(entry("plank", row(seconds=30)), started=noon, dated=True),
        workout(entry("plank", row(seconds=30)), started=datetime(2026, 3, 4, 7, tzinfo=UTC)),
    )
    evening, dated, aware = convert(there).sessions
    assert evening.started.isoformat() == "2026-03-02T18:05:00+02:00"
    assert evening.finished == evening.started + timedelta(minutes=40)
    assert evening.entries[0].sets[0].at == "2026-03-02T18:05:00+02:00"
    # A day alone: at noon, so that no time zone makes it another day.
    assert dated.started.isoformat() == "2026-03-03T12:00:00+02:00"
    assert (dated.finished, dated.entries[0].sets[0].at) == (None, "")
    assert aware.started.isoformat() == "2026-03-04T07:00:00+00:00"


# --- ids ------------------------------------------------------------------------------------------


SETS = st.builds(row, reps=st.integers(1, 20), weight=st.sampled_from([None, 8, 8.0, 60.5]))
ENTRIES = st.builds(
    lambda name, rows: entry(name, *rows),
    st.sampled_from(["back-squat", "plank", "push-up"]),
    st.lists(SETS, min_size=1, max_size=3),
)
WORKOUTS = st.builds(
    lambda entries, day: workout(*entries, started=EVENING + timedelta(days=day)),
    st.lists(ENTRIES, min_size=1, max_size=4),
    st.integers(0, 3),
)


@given(st.lists(WORKOUTS, max_size=4))
def test_ids_differ_and_are_the_same_in_a_later_export(workouts: list[OtherWorkout]) -> None:
    first = ids(convert(log(*workouts), "kg"))
    assert len(set(first)) == len(first)
    later = workout(entry("plank", row(seconds=30)), started=EVENING + timedelta(days=9))
    assert set(first) < set(ids(convert(log(*workouts, later), "kg")))
    # In another time zone, with the unit corrected.
    assert ids(convert(log(*workouts), "lb", UTC)) == first


def test_ids_are_of_the_instant_where_the_file_has_a_zone() -> None:
    def at(moment: str) -> list[str]:
        when = datetime.fromisoformat(moment)
        return ids(convert(log(workout(entry("plank", row(seconds=30)), started=when))))

    assert at("2026-03-02T18:05:00+02:00") == at("2026-03-02T16:05:00+00:00")
    assert at("2026-03-02T18:05:00+02:00") != at("2026-03-02T18:05:00+00:00")


def test_two_exports_of_one_app_are_one_log() -> None:
    old = log(workout(entry("plank", row(seconds=30)), entry("push-up", row(reps=8))), rows=2)
    new = log(
        workout(entry("plank", row(seconds=30), row(seconds=40)), entry("plank", row(seconds=9))),
        workout(entry("plank", row(seconds=30)), started=EVENING - timedelta(days=1)),
        rows=4,
    )
    whole = merged([old, new])
    assert [[(one.name, len(one.sets)) for one in made.entries] for made in whole.workouts] == [
        [("plank", 1)],
        [("plank", 2), ("push-up", 1), ("plank", 1)],
    ]
    assert whole.rows == 6
    assert merged([old, old]).workouts == old.workouts
    # Two workouts at one time within a file stay two.
    twice = log(*old.workouts, *old.workouts)
    assert merged([twice, old]).workouts == twice.workouts


# --- beside strength work -------------------------------------------------------------------------


def test_what_is_no_strength_work() -> None:
    there = log(
        workout(
            entry("plank", row(seconds=30)),
            entry("Run", row(seconds=600, distance=1), row(seconds=300, distance=0.5)),
            entry("Bike", row(seconds=600), row(seconds=600)),
            entry("Walk", row(seconds=60)),
            entry("Watched", row(seconds=60, at=EVENING + timedelta(hours=2))),
            entry("Nothing", row(reps=5)),
        ),
        workout(
            entry("Run", row(distance_m=5000)), started=EVENING + timedelta(days=1), dated=True
        ),
    )
    walk, other = Endurance.WALK, Endurance.OTHER
    made = convert(
        there, "kg", Run=Endurance.RUN, Walk=walk, Watched=walk, Bike=other, Nothing=None
    )
    assert [len(session.entries) for session in made.sessions] == [1]
    assert (made.counts["endurance"], made.counts["left_out"]) == (2, 1)
    assert made.timed == (
        Timed(started=here(EVENING), dated=False, name="Run", distance_m=1500, duration_s=900),
        # They follow each other, but where the file says when it was.
        *(
            Timed(started=here(at), dated=False, name=name, distance_m=None, duration_s=60)
            for name, at in (
                ("Walk", EVENING + timedelta(minutes=15)),
                ("Watched", EVENING + timedelta(hours=2)),
            )
        ),
        Timed(
            started=here(EVENING.replace(hour=12, minute=0) + timedelta(days=1)),
            dated=True,
            name="Run",
            distance_m=5000,
            duration_s=None,
        ),
    )


def test_body_measurements() -> None:
    def metric(value: float, line: int, day: int = 1) -> OtherMetric:
        return OtherMetric(line=line, day=date(2026, 3, day), metric="body-weight-kg", value=value)

    made = convert(log(metrics=(metric(70, 2), metric(70, 3), metric(71, 4), metric(70, 5, day=2))))
    assert [(one.day.day, one.values["value"]) for one in made.records] == [
        (1, 70),
        (1, 71),
        (2, 70),
    ]
    assert len({one.id for one in made.records}) == 3


def test_an_empty_log() -> None:
    made = convert(log())
    assert (made.sessions, made.records, made.timed) == ((), (), ())
    assert isinstance(made.sessions, tuple)


def test_every_stamp_is_older_than_the_import() -> None:
    """What the runner corrects later must win over the same set in a later export."""
    [session] = convert(log(workout(entry("plank", row(seconds=30))))).sessions
    assert isinstance(session, Session)
    assert {one.edited for one in session.entries[0].sets} == {"2026-03-02T18:05:00+02:00"}
