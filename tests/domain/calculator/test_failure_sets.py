"""Sets to failure tell what comes next, drop sets do not, and neither is ever planned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import examples
from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, Setup, fold, prescribe
from tui.domain.calculator.bouts import work_rows
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side

LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
DAY = date(2026, 6, 1)
WORK, FAILURE, DROP, WARMUP = SetKind.WORK, SetKind.FAILURE, SetKind.DROP, SetKind.WARMUP
Done = tuple[SetKind, Measures]


def session(sets: Sequence[Done], after: int, exercise: str) -> Session:
    day = DAY + timedelta(days=after)
    counts: dict[SetKind, int] = {}
    rows = []
    for kind, done in sets:
        counts[kind] = number = counts.get(kind, 0) + 1
        rows.append(
            SetEntry(
                id=f"{kind}{number}", edited="", number=number, side=Side.BOTH, kind=kind, done=done
            )
        )
    started = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    entry = Entry(id="e", edited="", exercise=exercise, sets=tuple(rows))
    return Session(id=f"{after:03}", edited="", started=started, finished=started, entries=(entry,))


def following(exercise: str, sets: Callable[[int], Sequence[Done]], times: int = 1) -> Advice:
    log = [session(sets(n), 4 * n, exercise) for n in range(times)]
    day = log[-1].day + timedelta(days=4)
    return prescribe(SETUP, fold(SETUP, log), LIBRARY.exercises[exercise], day)


def plan(advice: Advice) -> list[tuple[float | None, int | None]]:
    goals = [goal.measures for one in advice.plan.sets for goal in one.goals]
    return [(m.load_kg, m.reps) for m in goals]


def reps(count: int, load_kg: float | None = None) -> Measures:
    return Measures(reps=count, load_kg=load_kg)


def test_they_are_numbered_on_behind_the_work_sets_with_nothing_in_reserve() -> None:
    made = session(
        [(WARMUP, reps(5)), (WORK, reps(8)), (FAILURE, reps(7)), (DROP, reps(6)), (WORK, reps(8))],
        0,
        "push-up",
    )
    rows = work_rows(made.entries[0].sets)
    assert [(row.number, row.kind, row.done.reps, row.rir) for row in rows] == [
        (1, WORK, 8, None),
        (2, WORK, 8, None),
        (3, FAILURE, 7, 0),
    ]
    told = [replace(row, rir=1) for row in made.entries[0].sets]
    assert work_rows(told)[2].rir == 1


def test_a_top_set_to_failure_every_time_still_has_a_sensible_next() -> None:
    def sets(_: int) -> list[Done]:
        return [(WORK, reps(20, 40)), (WORK, reps(20, 40)), (FAILURE, reps(18, 40))]

    for times in (1, 3, 8):
        advice = following("seated-calf-raise", sets, times)
        assert set(plan(advice)) == {(40, 18)}
        assert [reason.code for reason in advice.reasons] == ["HOLD_EFFORT"]


def test_a_lift_to_failure_tells_its_maximum() -> None:
    advice = following("back-squat", lambda n: [(FAILURE, reps(5, 60 + 2.5 * n))], 6)
    assert advice.estimate is not None
    # The last was 72.5 kg five times, and nothing beyond.
    assert 72.5 < advice.estimate.one_rm_kg < 86
    loads = [load or 0 for load, _ in plan(advice)]
    assert 62.5 <= min(loads) <= max(loads) <= 72.5


def test_the_most_in_one_set_is_not_asked_three_times() -> None:
    assert set(plan(following("push-up", lambda _: [(FAILURE, reps(20))], 4))) == {(None, 16)}
    # Not below the range, and with a work set beside it that one tells.
    low = LIBRARY.exercises["push-up"].doses[SETUP.profile.level(DAY)].measures.reps or 0
    assert set(plan(following("push-up", lambda _: [(FAILURE, reps(low))]))) == {(None, low)}
    both: list[Done] = [(WORK, reps(15)), (FAILURE, reps(14))]
    assert set(plan(following("push-up", lambda _: both))) == {(None, 14)}
    held = following("wall-sit", lambda _: [(FAILURE, Measures(hold_s=60))])
    assert held.plan.sets[0].goals[0].measures.hold_s == 48


def test_drop_sets_change_nothing() -> None:
    plain: list[Done] = [(WORK, reps(8, 60))] * 3
    dropped: list[Done] = [*plain, (DROP, reps(12, 40)), (DROP, reps(15, 20))]
    assert plan(following("back-squat", lambda _: dropped, 3)) == plan(
        following("back-squat", lambda _: plain, 3)
    )


KINDS = st.sampled_from([WORK, FAILURE, DROP, WARMUP])
LOGS = st.lists(
    st.lists(st.tuples(KINDS, st.integers(1, 30)), min_size=1, max_size=4), min_size=1, max_size=5
)


@given(LOGS, st.sampled_from(["back-squat", "push-up", "seated-calf-raise"]))
@examples(30)
def test_only_work_and_warm_ups_are_planned(
    log: list[list[tuple[SetKind, int]]], exercise: str
) -> None:
    advice = following(
        exercise, lambda n: [(kind, reps(count, 40)) for kind, count in log[n]], len(log)
    )
    assert {one.kind for one in (*advice.plan.sets, *advice.warmup)} <= {WORK, WARMUP}
    assert advice.plan.sets


def test_what_is_counted_otherwise_tells_nothing() -> None:
    # Another app has a plank in reps, and a carry too.
    for exercise in ("plank", "farmers-carry"):
        odd = [session([(WORK, Measures(reps=3))] * 3, 0, exercise)]
        day = DAY + timedelta(days=3)
        never, after = (
            prescribe(SETUP, fold(SETUP, log), LIBRARY.exercises[exercise], day)
            for log in ([], odd)
        )
        assert after.plan == never.plan
