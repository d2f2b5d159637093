"""What to fetch for a session."""

from __future__ import annotations

from msgspec.structs import replace

from tests.ui.driver import shipped
from tui.domain.calculator.loads import Inventory
from tui.domain.model.values import Goal, Level, Measures, SetPlan, Side
from tui.domain.planning.today import item as item_of
from tui.domain.session.live import Item
from tui.present.fetch import fetched


def item(name: str, *loads: float) -> Item:
    """An exercise with a set for each load."""
    made = item_of(shipped().exercises[name], Level.INTERMEDIATE)
    sets = [
        SetPlan(number=n, goals=(Goal(side=Side.BOTH, measures=Measures(reps=5, load_kg=load)),))
        for n, load in enumerate(loads, start=1)
    ]
    return replace(made, now=replace(made.now, sets=tuple(sets))) if sets else made


def words(*items: Item, unit: str = "kg") -> list[str]:
    return fetched(items, shipped(), Inventory(), unit)


def test_each_thing_once_in_the_order_of_the_exercises() -> None:
    names = ("wall-lean-hold", "glute-sling", "towel-hamstring-eccentric", "glute-sling")
    assert words(*map(item, names)) == ["mini-band", "band", "towel"]


def test_the_heaviest_load_is_named() -> None:
    assert "17.5 kg dumbbell" in " ".join(words(item("seated-calf-raise", 12.5, 17.5, 15)))
    assert "dumbbells" in words(item("seated-calf-raise"))


def test_a_bar_is_named_with_its_plates() -> None:
    found = words(item("back-squat", 60, 62.5))
    assert "barbell (20 + 1.25 each side)" in found
    assert "plates" not in found


def test_what_the_library_lacks_needs_nothing() -> None:
    assert words(replace(item("back-squat"), exercise="gone")) == []
