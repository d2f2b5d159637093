from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import examples, trainings
from tui.domain.model.codec import session_to_doc
from tui.domain.model.dates import monday
from tui.domain.model.sums import (
    LEAST_HELP,
    Best,
    Sums,
    bests,
    counted,
    last_leg_session,
    new_bests,
    sums,
    weeks,
)
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side
from tui.domain.review.context import total
from tui.present.words import sums_words

M = Measures
BOTH, LEFT, RIGHT = Side.BOTH, Side.LEFT, Side.RIGHT
ZONE = timezone(timedelta(hours=1))


def row(done: Measures, number: int = 1, side: Side = BOTH, **how: Any) -> SetEntry:
    return SetEntry(id=f"{number}{side}", edited="", number=number, side=side, done=done, **how)


def session(*rows: SetEntry, at: str = "2026-11-02T18:00+01:00", exercise: str = "x") -> Session:
    return Session(
        id=at,
        edited="",
        started=datetime.fromisoformat(at),
        entries=(Entry(id="e", edited="", exercise=exercise, sets=rows),),
    )


# -- sums ------------------------------------------------------------------------------------------


def test_a_session_adds_up() -> None:
    done = Session(
        id="t",
        edited="",
        started=datetime(2026, 11, 2, 18, 0, tzinfo=ZONE),
        finished=datetime(2026, 11, 2, 18, 42, 40, tzinfo=ZONE),
        entries=(
            Entry(
                id="1",
                edited="",
                exercise="squat",
                sets=(
                    row(M(load_kg=30, reps=5), kind=SetKind.WARMUP),
                    row(M(load_kg=60, reps=8)),
                    row(M(load_kg=60, reps=7), 2),
                    row(M(), 3, undone="time"),
                    row(M(load_kg=500, reps=5), 4, deleted=True),
                ),
            ),
            Entry(
                id="2",
                edited="",
                exercise="holds",
                sets=(
                    row(M(holds=8, hold_s=5), 1, LEFT),
                    row(M(holds=7, hold_s=5), 1, RIGHT),
                    row(M(hold_s=30.5), 2),
                    row(M(holds=0, hold_s=5), 3),
                ),
            ),
            Entry(
                id="3",
                edited="",
                exercise="march",
                sets=(
                    row(M(distance_m=40, load_kg=16), 1, LEFT),
                    row(M(distance_m=40, load_kg=16), 1, RIGHT),
                    row(M(contacts=20, reps=10), 2),
                ),
            ),
            Entry(id="4", edited="", exercise="x", sets=(row(M(contacts=99)),), deleted=True),
        ),
    )
    assert sums(done) == Sums(
        sessions=1,
        sets=7,
        tonnage_kg=900,
        hold_s=105.5,
        contacts=20,
        distance_m=80,
        minutes=43,
    )
    assert sums_words(sums(done)) == [
        "7 sets",
        "900 kg lifted",
        "1:45 held",
        "20 contacts",
        "80 m carried",
        "43 min",
    ]


def test_little_is_said_of_little() -> None:
    assert sums_words(sums(session(row(M(reps=8))))) == ["1 set"]
    assert sums_words(Sums(sets=2, tonnage_kg=1240.4, hold_s=3600)) == [
        "2 sets",
        "1,240 kg lifted",
        "60:00 held",
    ]
    assert sums_words(Sums(sets=1, distance_m=12.25)) == ["1 set", "12.25 m carried"]
    assert total([], {}) == Sums()


def test_a_clock_that_was_set_back_makes_no_time_less_than_none() -> None:
    one = session(row(M(reps=8)))
    assert sums(replace(one, finished=one.started - timedelta(hours=1))).minutes == 0


def slow_sums(docs: list[Any]) -> dict[str, float]:
    """The same sums from the documents on disk, one measure at a time."""
    found: dict[str, float] = defaultdict(float)
    for doc in docs:
        if doc.get("deleted"):
            continue
        found["sessions"] += 1
        if "finished" in doc:
            begun, over = (datetime.fromisoformat(doc[key]) for key in ("started", "finished"))
            found["minutes"] += max(0, round((over - begun).total_seconds() / 60))
        for place, entry in enumerate(doc["entries"]):
            numbers = set()
            for line in entry["sets"]:
                if entry.get("deleted") or line.get("deleted") or "undone" in line:
                    continue
                kind = line.get("kind", "work")
                if kind == "warmup":
                    continue
                numbers.add((place, kind, line["number"]))
                found["tonnage_kg"] += line.get("load_kg", 0) * line.get("reps", 0)
                found["hold_s"] += line.get("holds", 1) * line.get("hold_s", 0)
                found["contacts"] += line.get("contacts", 0)
                found["distance_m"] += line.get("distance_m", 0)
            found["sets"] += len(numbers)
    return found


@given(st.lists(trainings, max_size=4))
@examples(80)
def test_sums_agree_with_a_slow_count_of_what_is_on_disk(log: list[Session]) -> None:
    quick, slow = total(log, {}), slow_sums([session_to_doc(each) for each in log])
    for name in Sums.__struct_fields__:
        assert getattr(quick, name) == pytest.approx(slow[name]), name


# -- weeks -----------------------------------------------------------------------------------------


def test_a_week_goes_on_over_the_turn_of_the_year() -> None:
    days = ["2026-12-27", "2026-12-28", "2026-12-31", "2027-01-01", "2027-01-03", "2027-01-04"]
    log = [session(at=f"{day}T18:00+01:00") for day in days]
    found = weeks(log)
    assert [(first, [s.day.isoformat() for s in some]) for first, some in found] == [
        (date(2027, 1, 4), days[5:]),
        (date(2026, 12, 28), days[4:0:-1]),
        (date(2026, 12, 21), days[:1]),
    ]


def test_a_week_is_there_once_however_far_one_travels() -> None:
    # Monday morning far in the east is earlier than Sunday evening far in the west.
    log = [
        session(at="2026-11-08T20:00-10:00"),
        session(at="2026-11-09T06:30+14:00"),
        session(at="2026-11-07T18:00+01:00"),
    ]
    assert [first for first, _ in weeks(log)] == [date(2026, 11, 9), date(2026, 11, 2)]


@given(st.lists(trainings, max_size=6), st.booleans())
@examples(60)
def test_each_session_is_in_the_week_of_its_day(log: list[Session], sunday: bool) -> None:
    found = weeks(log, sunday=sunday)
    firsts = [first for first, _ in found]
    assert firsts == sorted(set(firsts), reverse=True)
    assert all(first.isoweekday() == (7 if sunday else 1) for first in firsts)
    for first, some in found:
        assert all(first <= each.day < first + timedelta(days=7) for each in some)
    kept = [each for each in log if not each.deleted]
    assert sum(len(some) for _, some in found) == len(kept)


@given(st.dates())
def test_monday_is_the_first_day_of_the_iso_week(day: date) -> None:
    assert monday(day).isocalendar()[:2] == day.isocalendar()[:2]
    assert monday(day).isoweekday() == 1


# -- bests -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "measures"),
    [
        (M(load_kg=60, reps=8), {"load": 60, "reps at 60 kg": 8}),
        (M(reps=12), {"reps": 12}),
        (M(reps=12, load_kg=0), {"reps": 12}),
        (M(hold_s=40), {"hold": 40}),
        (M(hold_s=40, load_kg=10), {"hold at 10 kg": 40}),
        (M(holds=8, hold_s=5), {"holds of 5 s": 8, "hold": 5}),
        (M(holds=0, hold_s=5), {}),
        (M(reps=5, tempo_s=10), {"lowering": 10}),
        (M(distance_m=40, load_kg=16), {"load": 16, "distance at 16 kg": 40}),
        (M(load_kg=16, duration_s=60), {"load": 16}),
        (M(load_kg=100, reps=0), {}),
        (M(contacts=40), {}),
        (M(), {}),
    ],
)
def test_a_best_is_in_a_measure_of_the_work(done: Measures, measures: dict[str, float]) -> None:
    found = bests([session(row(done))])
    assert {key[1]: best.value for key, best in found.items()} == measures
    assert all(key == (best.exercise, best.measure, best.side) for key, best in found.items())


@given(st.lists(trainings, max_size=5))
@examples(80)
def test_no_row_beats_the_best_and_one_reaches_it(log: list[Session]) -> None:
    found = bests(log)
    every = defaultdict(list)
    for one in log:
        for entry in () if one.deleted else one.live():
            for each in counted(entry):
                # The best of a log of this row alone is what this row reached.
                alone = Entry(id="e", edited="", exercise=entry.exercise, sets=(each,))
                single = Session(id="s", edited="", started=one.started, entries=(alone,))
                for key, best in bests([single]).items():
                    every[key].append(best.value)
    assert {key: best.value for key, best in found.items()} == {
        key: min(values) if key[1] == LEAST_HELP else max(values) for key, values in every.items()
    }


def test_warm_ups_and_sets_left_undone_are_no_bests() -> None:
    rows = (
        row(M(reps=50), kind=SetKind.WARMUP),
        row(M(reps=40), 2, undone="pain"),
        row(M(reps=30), 3, deleted=True),
    )
    assert bests([session(*rows)]) == {}
    assert counted(session(*rows).entries[0]) == []


def test_drop_sets_and_those_to_failure_count_as_sets_of_their_own() -> None:
    made = session(
        row(M(load_kg=60, reps=8)),
        row(M(load_kg=60, reps=7), kind=SetKind.FAILURE),
        row(M(load_kg=40, reps=10), kind=SetKind.DROP),
        row(M(load_kg=20, reps=10), kind=SetKind.WARMUP),
    )
    found = sums(made)
    assert (found.sets, found.tonnage_kg) == (3, 60 * 15 + 400)


def test_a_best_says_how_it_was_done() -> None:
    found = bests([session(row(M(load_kg=62.5, reps=5, tempo_s=3), 1, LEFT))])
    assert found["x", "load", LEFT] == Best(
        "x", "load", LEFT, 62.5, "5 62.5kg t3", "5 × 62.5 kg, 3 s down"
    )
    again = bests([session(row(M(load_kg=60, reps=8)), row(M(load_kg=60, reps=5), 2))])
    assert again["x", "load", BOTH].shown == "8 60kg"


def test_only_what_beats_something_is_a_new_best() -> None:
    earlier = bests([session(row(M(load_kg=60, reps=8)), row(M(hold_s=40), 2, LEFT))])
    assert new_bests(session(row(M(load_kg=60, reps=8))), earlier) == []
    assert new_bests(session(row(M(load_kg=60, reps=9)), exercise="y"), earlier) == []
    assert new_bests(session(row(M(hold_s=60), 1, RIGHT)), earlier) == []
    # More reps with less weight than ever is a first time, no best.
    assert new_bests(session(row(M(load_kg=40, reps=20))), earlier) == []
    better = session(row(M(load_kg=60, reps=9)), row(M(load_kg=65, reps=5), 2),
                     row(M(hold_s=41), 3, LEFT))  # fmt: skip
    assert [(best.measure, best.value, best.shown) for best in new_bests(better, earlier)] == [
        ("hold", 41, "41s"),
        ("load", 65, "5 65kg"),
        ("reps at 60 kg", 9, "9 60kg"),
    ]


def test_less_help_is_better_and_no_help_is_another_thing() -> None:
    earlier = bests([session(row(M(assist_kg=20, reps=8)), row(M(reps=3), 2))])
    assert {key[1]: best.value for key, best in earlier.items()} == {
        "least help": 20,
        "reps with 20 kg help": 8,
        "reps": 3,
    }
    assert new_bests(session(row(M(assist_kg=30, reps=12))), earlier) == []
    less = session(row(M(assist_kg=15, reps=6)), row(M(assist_kg=20, reps=9), 2))
    assert [(best.measure, best.shown) for best in new_bests(less, earlier)] == [
        ("least help", "6 a15kg"),
        ("reps with 20 kg help", "9 a20kg"),
    ]
    assert sums(less).tonnage_kg == 0
    assert sums(less).sets == 2


def test_new_bests_come_in_the_order_of_the_session() -> None:
    def of(reps: int) -> Session:
        names = ("squat", "bridge", "lunge")
        made = [
            Entry(id=name, edited="", exercise=name, sets=(row(M(reps=reps)),)) for name in names
        ]
        return Session(
            id="t", edited="", started=datetime(2026, 11, 2, tzinfo=ZONE), entries=tuple(made)
        )

    found = new_bests(of(9), bests([of(8)]))
    assert [best.exercise for best in found] == ["squat", "bridge", "lunge"]


def test_the_last_session_for_the_legs_is_found() -> None:
    hard = frozenset({"squat"})
    monday_session = session(row(M(reps=8)), exercise="squat")
    log = [
        session(row(M(reps=8)), exercise="squat", at="2026-10-01T18:00+01:00"),
        monday_session,
        session(row(M(hold_s=40)), exercise="plank", at="2026-11-03T18:00+01:00"),
        session(row(M(), undone="time"), exercise="squat", at="2026-11-04T18:00+01:00"),
        session(row(M(reps=5), kind=SetKind.WARMUP), exercise="squat", at="2026-11-05T18:00+01:00"),
        session(row(M(reps=8)), exercise="squat", at="2026-11-06T18:00+01:00").tombstone("later"),
    ]
    assert last_leg_session(log, hard) == monday_session
    assert last_leg_session(log[2:], hard) is None
