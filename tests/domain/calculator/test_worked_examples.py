"""The worked examples of the kinds without a tracker, asked of the calculator itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, Setup, fold, prescribe
from tui.domain.calculator.advice import Action
from tui.domain.calculator.loads import Inventory, Weight
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side

LIBRARY = shipped_library()
DAY = date(2026, 3, 2)
CALF, MARCH = "seated-calf-raise", "single-arm-farmers-march"
Done = Sequence[Measures]
BELLS = Inventory(kettlebells=tuple(Weight(kg) for kg in (8, 12, 16, 20, 24)))


def each(name: str, *amounts: float, **more: float) -> list[Measures]:
    """A set for each amount of one measure."""
    return [Measures(**{name: amount, **more}) for amount in amounts]  # type: ignore[arg-type]  # by name


def asked(
    exercise: str,
    sides: dict[Side, Done],
    *,
    times: int = 1,
    plan: Measures | None = None,
    rir: float | None = None,
    effort: float | None = None,
    inventory: Inventory | None = None,
) -> Advice:
    """The advice three days after the last of some equal sessions, three days apart."""
    sets = tuple(
        SetEntry(
            id=f"{number}{side}", edited="", number=number, side=side, done=done,
            prescribed=plan, rir=rir, effort=effort,
        )
        for side, rows in sides.items()
        for number, done in enumerate(rows, start=1)
    )  # fmt: skip
    days = [DAY + timedelta(days=3 * n) for n in range(times)]
    log = [
        Session(
            id=f"{day}",
            edited="",
            started=datetime(day.year, day.month, day.day, 18, tzinfo=UTC),
            entries=(Entry(id="e", edited="", exercise=exercise, sets=sets),),
        )
        for day in days
    ]
    setup = Setup(library=LIBRARY, inventory=inventory or Inventory())
    today = days[-1] + timedelta(days=3)
    return prescribe(setup, fold(setup, log), LIBRARY.exercises[exercise], today)


def both(rows: Done) -> dict[Side, Done]:
    return {Side.BOTH: rows}


def sided(left: Done, right: Done) -> dict[Side, Done]:
    return {Side.LEFT: left, Side.RIGHT: right}


def goals(said: Advice, side: Side) -> list[Measures]:
    return [g.measures for one in said.plan.sets for g in one.goals if g.side is side]


def codes(said: Advice) -> list[str]:
    return [reason.code for reason in said.reasons]


@pytest.mark.parametrize(
    ("reps", "rir", "times", "owned", "load", "wanted", "code"),
    [
        pytest.param(23, 3, 1, (), 40, 24, "MORE_REPS", id="H1"),
        pytest.param(25, 2, 2, (), 42.5, 21, "NEXT_LOAD", id="H2"),
        pytest.param(25, 2, 2, (40, 50), 40, 26, "REP_EXTEND", id="H3"),
        pytest.param(29, 2, 2, (40, 50), 50, 18, "NEXT_LOAD", id="after H3"),
    ],
)
def test_high_reps(
    reps: int, rir: float, times: int, owned: Sequence[float], load: float, wanted: int, code: str
) -> None:
    inventory = Inventory(dumbbells=tuple(Weight(kg) for kg in owned) or None)
    done = both(each("reps", reps, reps, reps, load_kg=40))
    said = asked(CALF, done, times=times, rir=rir, inventory=inventory)
    assert said.action is Action.INCREASE
    assert goals(said, Side.BOTH) == each("reps", *[wanted] * 3, load_kg=load)
    assert codes(said) == [code]


def test_e07_the_weaker_side_holds_both() -> None:
    left, right = each("hold_s", 40, 40, 40), each("hold_s", 40, 40, 38)
    said = asked("side-plank", sided(left, right), plan=Measures(hold_s=40))
    assert said.action is Action.HOLD
    assert goals(said, Side.LEFT) == goals(said, Side.RIGHT) == each("hold_s", 40, 40, 40)
    told = [reason.facts for reason in said.reasons if reason.code == "WEAK_SIDE"]
    assert told == [{"side": "right", "percent": 98}]
    assert not {"IMBALANCE_WATCH", "IMBALANCE_SET"} & set(codes(said))


def test_e09_the_next_rung_of_a_cluster() -> None:
    done = each("hold_s", 5, 5, 5, holds=8)
    said = asked("wall-lean-hold", sided(done, done), times=2, effort=6)
    assert said.action is Action.INCREASE
    assert goals(said, Side.LEFT) == each("hold_s", 6, 6, 6, holds=8)


def test_e16_a_set_more_for_the_weak_side() -> None:
    done = sided(each("reps", 8, 8, 8), each("reps", 10, 10, 10))
    said = asked("single-leg-squat", done, times=2)
    assert goals(said, Side.LEFT) == each("reps", 8, 8, 8, 8)
    assert goals(said, Side.RIGHT) == each("reps", 8, 8, 8)


def test_e17_the_next_kettlebell_from_the_shortest_way() -> None:
    done = each("distance_m", 40, 40, 40, load_kg=16)
    said = asked(MARCH, sided(done, done), times=2, inventory=BELLS)
    assert said.action is Action.INCREASE
    assert goals(said, Side.LEFT) == each("distance_m", 20, 20, 20, load_kg=20)
