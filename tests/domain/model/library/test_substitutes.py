"""What stands in for an exercise: the same job first, whatever the equipment."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.bootstrap import shipped_library
from tui.domain.calculator.loads import Inventory
from tui.domain.model.library.parser import EQUIPMENT, HOUSEHOLD
from tui.domain.model.library.substitutes import same_role, substitutes
from tui.domain.model.values import Exercise

LIBRARY = shipped_library()
GOLDEN = Path(__file__).parent / "golden" / "substitutes.txt"
PLACES: dict[str, frozenset[str]] = {
    "hotel": frozenset(),
    "dumbbells": frozenset({"dumbbells"}),
    "kettlebell": frozenset({"kettlebell"}),
    "gym without bands": frozenset(
        {"barbell", "rack", "plates", "dumbbells", "bench", "box", "cable"}
    ),
}
WORKED = sorted(
    {
        name
        for programme in LIBRARY.programmes.values()
        for part in programme.parts
        for slot in part.slots
        for name in slot.exercises
    }
)

RUNNERS = [name for name, one in LIBRARY.exercises.items() if not one.bare]
# Those that somebody may not be able to do.
EQUIPPED = [name for name in RUNNERS if not HOUSEHOLD.issuperset(LIBRARY.exercises[name].equipment)]


def found(name: str, owned: frozenset[str]) -> tuple[Exercise, ...]:
    at_hand = Inventory(equipment=owned)
    return substitutes(LIBRARY, LIBRARY.exercises[name], at_hand.can_do)


def table() -> str:
    """For each exercise of a programme, what stands in for it at each place where it cannot be
    done."""
    lines = []
    for name in WORKED:
        swaps = []
        for place, owned in PLACES.items():
            if Inventory(equipment=owned).can_do(LIBRARY.exercises[name]):
                continue
            best = found(name, owned)[:1]
            told = best[0].id if best else "nothing"
            note = "" if best and same_role(best[0], LIBRARY.exercises[name]) else " (not its role)"
            swaps.append(f"  {place:<18} {told}{note}")
        if swaps:
            lines += [f"{name}, {LIBRARY.exercises[name].role}", *swaps]
    return "\n".join(lines) + "\n"


def test_the_table_reads_as_it_did() -> None:
    """Read it as a coach would after a change: ``python -m
    tests.domain.model.library.test_substitutes`` rewrites it."""
    assert table() == GOLDEN.read_text("utf-8")


@given(st.sampled_from(EQUIPPED), st.sets(st.sampled_from(sorted(EQUIPMENT))))
def test_the_first_keeps_the_role_with_any_equipment(name: str, owned: set[str]) -> None:
    exercise = LIBRARY.exercises[name]
    assume(not Inventory(equipment=frozenset(owned)).can_do(exercise))
    others = found(name, frozenset(owned))
    assert others
    assert same_role(exercise, others[0])
    for other in others:
        assert other.id != name
        assert not other.bare
        assert same_role(exercise, other) or other.category == exercise.category
        # A cable does for a band, a kettlebell for one dumbbell.
        does = {"cable": "band", "kettlebell": "dumbbells"}
        there = HOUSEHOLD | owned | {does[one] for one in does.keys() & owned}
        assert set(other.equipment) <= there


@given(st.sampled_from(list(LIBRARY.exercises)), st.sets(st.sampled_from(sorted(EQUIPMENT))))
def test_those_of_the_role_come_before_those_of_the_pattern(name: str, owned: set[str]) -> None:
    exercise = LIBRARY.exercises[name]
    same = [same_role(exercise, other) for other in found(name, frozenset(owned))]
    assert same == sorted(same, reverse=True)


@pytest.mark.parametrize(
    ("lift", "hold"),
    [
        ("back-squat", "wall-sit"),
        ("split-squat", "single-leg-squat-hold"),
        ("calf-raise", "calf-hold"),
        ("deadlift", "single-leg-bridge-hold"),
    ],
)
def test_without_any_weight_the_article_s_hold_comes_first(lift: str, hold: str) -> None:
    assert found(lift, frozenset())[0].id == hold


def test_with_a_weight_a_lift_stays_a_lift() -> None:
    assert found("back-squat", frozenset({"dumbbells"}))[0].id == "goblet-squat"
    assert found("deadlift", frozenset({"dumbbells"}))[0].id == "single-leg-deadlift"


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(table(), "utf-8")
