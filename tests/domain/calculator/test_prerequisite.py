"""What must go well before an exercise's first time (klein-six: the lunge before the rear foot)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State, advance, prescribe
from tui.domain.calculator.loads import Inventory
from tui.domain.model.values import (
    Entry,
    Measures,
    Prerequisite,
    Session,
    SetEntry,
    SetKind,
    Side,
)

LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
RAISED = LIBRARY.exercises["rear-foot-elevated-split-squat"]
DAY = date(2026, 11, 28)


def session(
    name: str, ago: int, *, load: float | None = None, flags: tuple[str, ...] = ()
) -> Session:
    rows = tuple(
        SetEntry(
            id=f"{n}{side.value}",
            edited="",
            number=n,
            side=side,
            done=Measures(reps=8, load_kg=load),
            prescribed=Measures(reps=8, load_kg=load),
            kind=SetKind.WORK,
            flags=flags,
        )
        for n in (1, 2, 3)
        for side in (Side.LEFT, Side.RIGHT)
    )
    entry = Entry(id="e", edited="", exercise=name, sets=rows)
    started = datetime.combine(DAY - timedelta(days=ago), time(18), UTC)
    return Session(id=f"{name}{ago}", edited="", started=started, entries=(entry,))


def state(*log: Session) -> State:
    folded = State()
    for one in log:
        folded = advance(SETUP, folded, one)
    return folded


@pytest.mark.parametrize(
    "log",
    [
        (),
        (session("lunge", 7),),
        (session("lunge", 7), session("split-squat", 4, load=10.0, flags=("form",))),
    ],
)
def test_the_easier_one_stands_in_until_two_sessions_were_clean(log: tuple[Session, ...]) -> None:
    said = prescribe(SETUP, state(*log), RAISED, DAY)
    assert said.variant == "split-squat"
    assert said.reasons[0].code == "MASTER_FIRST"
    assert said.plan.sets


@pytest.mark.parametrize("names", [("lunge", "lunge"), ("lunge", "split-squat")])
def test_two_clean_sessions_of_any_of_them_open_it(names: tuple[str, str]) -> None:
    log = [
        session(name, 8 - 4 * n, load=10.0 if name == "split-squat" else None)
        for n, name in enumerate(names)
    ]
    said = prescribe(SETUP, state(*log), RAISED, DAY)
    assert said.variant == RAISED.id


def test_who_did_it_before_goes_on() -> None:
    said = prescribe(SETUP, state(session(RAISED.id, 5, load=10.0)), RAISED, DAY)
    assert said.variant == RAISED.id


def test_without_what_it_needs_the_hold_stands_in_all_the_same() -> None:
    bare = Setup(library=LIBRARY, inventory=Inventory(equipment=frozenset()))
    assert prescribe(bare, State(), RAISED, DAY).variant == "single-leg-squat-hold"


def test_what_comes_first_is_one_of_those_it_asks_for() -> None:
    needed = Prerequisite(exercises=("pallof-press",), clean_sessions=2)
    own = replace(LIBRARY.exercises["split-squat"], prerequisite=needed)
    library = replace(LIBRARY, exercises={**LIBRARY.exercises, own.id: own})
    setup = replace(SETUP, library=library)
    said = prescribe(setup, State(), own, DAY)
    assert (said.variant, said.reasons[0].code) == ("pallof-press", "MASTER_FIRST")
