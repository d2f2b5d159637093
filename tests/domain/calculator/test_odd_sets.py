"""One wrong set of an exercise without a tracker does not decide what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, Setup, fold, prescribe
from tui.domain.calculator.advice import Action
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side, Sides

LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
DAY = date(2026, 10, 5)


def session(exercise: str, done: Sequence[Measures], after: int, *, sure: bool = False) -> Session:
    day = DAY + timedelta(days=after)
    one = LIBRARY.exercises[exercise].sides is Sides.BOTH
    rows = tuple(
        SetEntry(
            id=f"{number}{side}",
            edited="",
            number=number,
            side=side,
            done=measures,
            effort=6,
            confirmed=sure,
        )
        for number, measures in enumerate(done, start=1)
        for side in ((Side.BOTH,) if one else (Side.LEFT, Side.RIGHT))
    )
    started = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    entry = Entry(id="e", edited="", exercise=exercise, sets=rows)
    return Session(id=str(after), edited="", started=started, finished=started, entries=(entry,))


def following(exercise: str, *sessions: Session) -> Advice:
    last = max(one.day for one in sessions)
    state = fold(SETUP, sessions)
    return prescribe(SETUP, state, LIBRARY.exercises[exercise], last + timedelta(days=3))


def first(advice: Advice, name: str) -> float:
    return float(getattr(advice.plan.sets[0].goals[0].measures, name) or 0)


CASES: list[tuple[str, str, dict[str, Any], float]] = [
    ("wall-sit", "hold_s", {"hold_s": 45}, 5),
    ("push-up", "reps", {"reps": 10}, 1),
    ("glute-bridge", "reps", {"reps": 16}, 1),
    ("seated-calf-raise", "reps", {"reps": 20, "load_kg": 40}, 1),
    ("single-arm-farmers-march", "distance_m", {"distance_m": 30, "load_kg": 16}, 10),
    ("towel-hamstring-eccentric", "tempo_s", {"reps": 5, "tempo_s": 8}, 2),
]


@pytest.mark.parametrize("planned", [False, True], ids=["no plan", "planned"])
@pytest.mark.parametrize("factor", [10, 0.1, 3])
@pytest.mark.parametrize(("exercise", "name", "usual", "step"), CASES)
def test_one_wrong_amount_moves_the_next_dose_by_a_step_at_most(
    exercise: str, name: str, usual: dict[str, Any], step: float, factor: float, *, planned: bool
) -> None:
    right = Measures(**usual)
    wrong = replace(right, **{name: max(1, type(usual[name])(usual[name] * factor))})
    before = [session(exercise, [right] * 3, 3 * n) for n in range(3)]
    typed = session(exercise, [right, wrong, right], 9)
    honest = session(exercise, [right] * 3, 9)
    if planned:
        typed, honest = (with_plan(one, right) for one in (typed, honest))
    sound, odd = (following(exercise, *before, one) for one in (honest, typed))
    if sound.variant == odd.variant == exercise:
        assert abs(first(odd, name) - first(sound, name)) <= max(step, 5)
        assert first(odd, name) >= 0.6 * usual[name]


def with_plan(one: Session, asked: Measures) -> Session:
    [entry] = one.entries
    rows = tuple(replace(row, prescribed=asked) for row in entry.sets)
    return replace(one, entries=(replace(entry, sets=rows),))


@pytest.mark.parametrize(("exercise", "name", "usual", "step"), CASES)
def test_after_a_slip_honest_sets_count_again(
    exercise: str, name: str, usual: dict[str, Any], step: float
) -> None:
    del step
    right = Measures(**usual)
    slip = replace(right, **{name: max(1, int(usual[name] / 10))})
    log = [session(exercise, [right] * 3, 0), session(exercise, [right, slip, right], 3)]
    log += [session(exercise, [right] * 3, 6 + 3 * n) for n in range(3)]
    said = following(exercise, *log)
    assert said.action is not Action.VARIANT_DOWN
    if said.variant == exercise:
        assert first(said, name) >= 0.6 * usual[name]


@pytest.mark.parametrize(("factor", "most", "least"), [(10, 42.5, 40), (0.1, 40, 37.5)])
def test_a_wrong_load_counts_as_one_owned_step(factor: float, most: float, least: float) -> None:
    right = Measures(reps=20, load_kg=40)
    wrong = replace(right, load_kg=40 * factor)
    before = [session("seated-calf-raise", [right] * 3, 3 * n) for n in range(3)]
    for done in ([right, wrong, right], [wrong] * 3):
        said = following("seated-calf-raise", *before, session("seated-calf-raise", done, 9))
        assert least <= first(said, "load_kg") <= most


def test_what_is_confirmed_counts_as_it_is() -> None:
    right, other = Measures(reps=20, load_kg=10), Measures(reps=20, load_kg=30)
    before = [session("seated-calf-raise", [right] * 3, 3 * n) for n in range(3)]
    doubted = following("seated-calf-raise", *before, session("seated-calf-raise", [other] * 3, 9))
    sure = session("seated-calf-raise", [other] * 3, 9, sure=True)
    assert first(following("seated-calf-raise", *before, sure), "load_kg") == 30
    assert first(doubted, "load_kg") == 12.5
