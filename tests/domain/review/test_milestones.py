"""Milestones: announced only the first time, only if true, and never out of noise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import exp, log

import pytest
from msgspec.structs import replace

from tests.strategies import new_id
from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, State
from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bouts import Bout, Grade
from tui.domain.calculator.rep_max import Belief
from tui.domain.calculator.state import ExerciseHistory
from tui.domain.calculator.tracker import Tracker
from tui.domain.model.logged import with_sets
from tui.domain.model.notation import parse
from tui.domain.model.values import Measures, Prescription, Session
from tui.domain.review.milestones import StateComparison, has_improved, milestones

LIBRARY = shipped_library()
DAY = datetime(2026, 11, 2, 18, tzinfo=UTC)
NOTHING = StateComparison(then=State(), before=State(), after=State())


def session(*done: tuple[str, str], days_ago: int = 0) -> Session:
    begun = DAY - timedelta(days=days_ago)
    made = Session(id=f"S{days_ago}", edited="", started=begun, finished=begun)
    for exercise, sets in done:
        found = LIBRARY.exercises[exercise]
        made, _ = with_sets(made, found, parse(sets, found.kind), edited="", at="", new_id=new_id)
    return made


def reached(
    mine: Session, *earlier: Session, known: StateComparison = NOTHING, weight: float | None = None
) -> list[str]:
    return milestones(mine, earlier, known, LIBRARY, weight)


@pytest.mark.parametrize(
    ("before", "told"),
    [(8, []), (9, ["10 sessions"]), (10, []), (24, ["25 sessions"]), (99, ["100 sessions"])],
)
def test_sessions_are_counted(before: int, told: list[str]) -> None:
    plank = [("plank", "30s")]
    earlier = [session(*plank, days_ago=n) for n in range(1, before + 1)]
    assert reached(session(*plank), *earlier) == told


def test_deleted_sessions_do_not_count() -> None:
    earlier = [session(("plank", "30s"), days_ago=n) for n in range(1, 10)]
    earlier[0] = earlier[0].tombstone("x")
    assert reached(session(("plank", "30s")), *earlier) == []


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [("60s", "55s", True), ("65s", "", True), ("59s", "", False), ("70s", "60s", False)],
)
def test_a_minute_is_told_the_first_time(now: str, before: str, told: bool) -> None:
    earlier = [session(("plank", before), days_ago=3)] if before else []
    assert ("Plank: held for 60 seconds" in reached(session(("plank", now)), *earlier)) is told


def test_short_holds_in_a_row_are_no_minute() -> None:
    assert reached(session(("wall-lean-hold", "1x60s/side"))) == []


def test_a_hundred_contacts_are_told_the_first_time() -> None:
    jumps = session(("squat-jump", "10x5"))
    assert reached(jumps) == ["100 foot contacts in a session"]
    assert reached(jumps, session(("squat-jump", "10x5"), days_ago=4)) == []
    assert reached(session(("squat-jump", "9x5"))) == []
    [entry] = jumps.entries
    in_reps = (replace(row, done=Measures(reps=5)) for row in entry.sets)
    older = replace(jumps, entries=(replace(entry, sets=tuple(in_reps)),))
    assert reached(older) == reached(jumps)


@pytest.mark.parametrize(
    ("load", "before", "weight", "told"),
    [(70, 67.5, 70, True), (72.5, 67.5, 70, True), (67.5, 60, 70, False), (75, 70, 70, False),
     (70, 60, None, False)],
)  # fmt: skip
def test_the_runners_own_weight_on_the_bar(
    load: float, before: float, weight: float | None, told: bool
) -> None:
    mine = session(("back-squat", f"3x5 {load}kg"))
    earlier = session(("back-squat", f"3x5 {before}kg"), days_ago=3)
    words = reached(mine, earlier, weight=weight)
    assert words == (["Back Squat: your own weight, 70 kg"] if told else [])


def test_a_carry_of_ones_own_weight_is_no_lift() -> None:
    assert reached(session(("farmers-carry", "40m 70kg")), weight=70) == []


# -- stronger --------------------------------------------------------------------------------------


def tracker(kilograms: float, spread: float = 0.02, *, informed: bool = True) -> Tracker:
    day = date(2026, 10, 1)
    told = day if informed else None
    belief = Belief(z=log(kilograms), kept=0.5, zz=spread**2, zb=0, bb=1)
    return Tracker(belief=belief, dial=0, last=day, first_kg=20, told=told)


def lifting(*trackers: Tracker | None) -> StateComparison:
    def state(one: Tracker | None) -> State:
        if one is None:
            return State()
        bout = Bout(day=DAY.date(), grade=Grade.CLEAN, asked=Measures(), done=Measures())
        history = ExerciseHistory(first=DAY.date(), last=bout, trackers={"both": one})
        return State(histories={"back-squat": history})

    then, before, after = map(state, trackers)
    return StateComparison(then=then, before=before, after=after)


SQUAT = session(("back-squat", "3x5 80kg rir2"))


def stronger(*trackers: Tracker | None) -> list[str]:
    return [words for words in reached(SQUAT, known=lifting(*trackers)) if "stronger" in words]


def test_a_rise_beyond_its_noise_is_told_once() -> None:
    told = ["Back Squat: some 15 % stronger than four weeks ago"]
    assert stronger(tracker(100), tracker(108), tracker(115)) == told
    assert stronger(tracker(100), tracker(115), tracker(116)) == []


@pytest.mark.parametrize(
    ("then", "after"),
    [
        (tracker(100), tracker(105)),
        (tracker(100, 0.1), tracker(115)),
        (tracker(100, informed=False), tracker(130)),
        (None, tracker(130)),
        (tracker(115), tracker(100)),
    ],
)
def test_noise_is_no_gain(then: Tracker | None, after: Tracker) -> None:
    assert stronger(then, then, after) == []


def test_two_spreads_of_the_difference_are_asked_for() -> None:
    spread = 2 * (tracker(1).sd ** 2 + tracker(1).sd ** 2) ** 0.5
    assert not has_improved(tracker(100), tracker(100 * exp(spread - 1e-6)))
    assert has_improved(tracker(100), tracker(100 * exp(spread + 1e-6)))


# -- the top of a range ----------------------------------------------------------------------------


def advice(*codes: str) -> Advice:
    reasons = tuple(Reason(code) for code in codes)
    rest = Prescription(sets=(), rest_s=0)
    return Advice(exercise="plank", variant="plank", action=Action.HOLD, plan=rest, reasons=reasons)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (["LONGER"], ["CAP_TWICE"], True),
        (["CAP_TWICE"], ["CAP_TWICE", "AT_CEILING"], False),
        (["LONGER"], ["CONFIRM_TOP"], False),
    ],
)
def test_the_top_of_a_range_is_told_when_it_is_confirmed(
    before: Sequence[str], after: Sequence[str], told: bool
) -> None:
    known = replace(NOTHING, advice={"plank": (advice(*before), advice(*after))})
    words = reached(session(("plank", "45s")), known=known)
    assert words == (["Plank: the top of its range, confirmed"] if told else [])
