from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.calculator.loads import (
    MOST_LOADS,
    Inventory,
    Loads,
    Plate,
    Weight,
    on_each_side,
    plate_words,
)
from tui.domain.model.values import Exercise, Kind, Sides


def exercise(*equipment: str, kind: Kind = Kind.LOADED) -> Exercise:
    return Exercise(
        id="an-exercise",
        name="An exercise",
        kind=kind,
        category="lunge",
        role="single-leg",
        muscles=("legs",),
        equipment=equipment,
        sides=Sides.BOTH,
        doses={},
        cues=(),
        why="",
        leg_load=0,
        regions=("knee",),
        sources=(),
    )


SQUAT = exercise("barbell", "rack", "plates")
HEX = exercise("hex-bar", "plates")
LANDMINE = exercise("barbell", "plates", "landmine")
DUMBBELLS = exercise("dumbbells", "bench")
KETTLEBELL = exercise("kettlebell", kind=Kind.CARRY)
BAND = exercise("band")
NOTHING = Inventory()


def kilos(*sizes: float) -> tuple[Plate, ...]:
    """Two plates of each size."""
    return tuple(Plate(size) for size in sizes)


def made(inventory: Inventory, of: Exercise) -> Loads:
    loads = inventory.loads(of)
    assert loads is not None
    return loads


# --- the loads of a list --------------------------------------------------------------------------

LIST = Loads(owned=(8.0, 12.0, 16.0))


@pytest.mark.parametrize(
    ("kilograms", "down", "above"),
    [
        (0, 8, 8),
        (7.9, 8, 8),
        (8, 8, 12),
        (11.98, 8, 12),
        (12, 12, 16),
        (16, 16, None),
        (99, 16, None),
    ],
)
def test_a_list_rounds_down_and_names_the_next(
    kilograms: float, down: float, above: float | None
) -> None:
    assert LIST.down(kilograms) == down
    assert LIST.above(kilograms) == above


def test_a_load_is_itself_although_floats_miss_it_by_a_grain() -> None:
    assert LIST.down(12 - 1e-10) == 12
    assert LIST.above(12 - 1e-10) == 16
    assert Loads(lightest_kg=20).down(22.5 - 1e-10) == 22.5
    assert Loads().down(0.1 + 0.2 + 2.2) == 2.5


@pytest.mark.parametrize(
    ("kilograms", "down", "above"),
    [(0, 20, 20), (20, 20, 22.5), (22.4, 20, 22.5), (22.5, 22.5, 25), (1001, 1000, 1002.5)],
)
def test_without_a_list_every_step_can_be_made(kilograms: float, down: float, above: float) -> None:
    loads = Loads(lightest_kg=20)
    assert loads.down(kilograms) == down
    assert loads.above(kilograms) == above
    assert (loads.lightest, loads.heaviest) == (20, None)


# --- what an implement can be loaded with ---------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "lightest", "heaviest", "next_up"),
    [
        (SQUAT, 20, None, 22.5),
        (HEX, 20, None, 22.5),
        (LANDMINE, 20, None, 22.5),
        (DUMBBELLS, 2.5, None, 5),
        (KETTLEBELL, 8, 48, 12),
        (exercise("cable"), 2.5, None, 5),
        (exercise(kind=Kind.CARRY), 2.5, None, 5),
    ],
)
def test_where_nothing_was_said_the_usual_is_there(
    of: Exercise, lightest: float, heaviest: float | None, next_up: float
) -> None:
    loads = made(NOTHING, of)
    assert (loads.lightest, loads.heaviest) == (lightest, heaviest)
    assert loads.above(lightest) == next_up


@pytest.mark.parametrize(
    "of", [BAND, exercise("wall", "mini-band", kind=Kind.CLUSTER), exercise("wall", kind=Kind.HOLD)]
)
def test_what_has_no_number_has_no_loads(of: Exercise) -> None:
    assert NOTHING.loads(of) is None


def test_plates_go_on_a_bar_in_pairs_and_on_a_landmine_singly() -> None:
    owned = Inventory(
        bar=Weight(15.0), hex_bar=Weight(25.0), plates=(Plate(10.0, "kg", 3), Plate(2.5))
    )
    assert made(owned, SQUAT).owned == (15, 20, 35, 40)
    assert made(owned, HEX).owned == (25, 30, 45, 50)
    assert made(owned, LANDMINE).owned == (
        *(15, 17.5, 20, 25, 27.5, 30, 35, 37.5, 40, 45, 47.5, 50),
    )


def test_a_gym_of_pounds_adds_up_to_the_gram() -> None:
    owned = Inventory(bar=Weight(45, "lb"), plates=(Plate(45, "lb", 4), Plate(2.5, "lb")))
    loads = made(owned, SQUAT).owned
    # 135 lb are 61.235 kg, although three times 45 lb to the gram are 61.236.
    assert loads == (20.412, 22.68, 61.235, 63.503, 102.058, 104.326)


def test_lists_are_as_given_once_each_and_in_order() -> None:
    owned = Inventory(
        dumbbells=(Weight(12.5), Weight(8), Weight(25, "lb"), Weight(8)),
        kettlebells=(Weight(16),),
        bands=(Weight(20), Weight(10)),
    )
    assert made(owned, DUMBBELLS).owned == (8, 11.34, 12.5)
    assert made(owned, KETTLEBELL).owned == (16,)
    assert made(owned, BAND).owned == (10, 20)
    assert made(owned, exercise("mini-band", kind=Kind.CLUSTER)).owned == (10, 20)


def test_of_what_there_is_none_of_there_is_no_load() -> None:
    empty = Inventory(plates=(), dumbbells=(), kettlebells=(), bands=())
    assert made(empty, SQUAT).owned == (20,)
    for of in (DUMBBELLS, KETTLEBELL, BAND):
        assert empty.loads(of) is None
        assert not empty.can_do(of)
    assert empty.can_do(SQUAT)


def test_absurdly_many_plates_leave_out_only_the_finest_steps() -> None:
    sizes = [25 - 0.37 * n for n in range(40)]
    loads = made(Inventory(plates=tuple(Plate(size, "kg", 100) for size in sizes)), SQUAT)
    assert loads.owned is not None
    assert len(loads.owned) <= MOST_LOADS
    assert loads.lightest == 20
    assert 20 + 50 * 2 * 25 in loads.owned


SIZES = (20.0, 15.0, 10.0, 2.5, 1.25)
racks = st.lists(st.integers(0, 5), min_size=5, max_size=5).map(
    lambda counts: tuple(Plate(s, "kg", n) for s, n in zip(SIZES, counts, strict=True) if n)
)


@given(racks, st.sampled_from([(SQUAT, 2), (LANDMINE, 1)]))
def test_the_loads_are_all_sums_that_the_plates_allow(
    plates: tuple[Plate, ...], put: tuple[Exercise, int]
) -> None:
    of, ends = put
    ways = product(*(range(plate.count // ends + 1) for plate in plates))
    sums = {
        20 + sum(n * ends * plate.value for n, plate in zip(way, plates, strict=True))
        for way in ways
    }
    assert made(Inventory(plates=plates), of).owned == tuple(sorted(sums))


@given(racks, st.sampled_from([(SQUAT, 2), (LANDMINE, 1)]), st.floats(0, 300))
def test_the_plates_named_are_owned_and_make_the_load_rounded_down(
    plates: tuple[Plate, ...], put: tuple[Exercise, int], kilograms: float
) -> None:
    of, ends = put
    inventory = Inventory(plates=plates)
    on = on_each_side(inventory, of, kilograms)
    assert 20 + ends * sum(p.value * p.count for p in on) == made(inventory, of).down(kilograms)
    owned = {plate.value: plate.count for plate in plates}
    assert all(plate.count * ends <= owned[plate.value] for plate in on)
    assert [p.value for p in on] == sorted({p.value for p in on}, reverse=True)


# --- which plates, in words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kilograms", "words"),
    [
        (20, "empty bar"),
        (10, "empty bar"),
        (62.5, "20 + 1.25 each side"),
        (64.9, "20 + 1.25 each side"),
        (102.5, "2 x 20 + 1.25 each side"),
    ],
)
def test_a_gym_has_the_usual_plates(kilograms: float, words: str) -> None:
    assert plate_words(NOTHING, SQUAT, kilograms, "kg") == words


def test_the_largest_plate_is_left_off_where_only_that_makes_the_load() -> None:
    owned = Inventory(plates=(Plate(25.0), Plate(15.0, "kg", 4)))
    assert plate_words(owned, SQUAT, 80, "kg") == "2 x 15 each side"
    assert plate_words(owned, SQUAT, 100, "kg") == "25 + 15 each side"


def test_one_large_plate_is_chosen_before_several_small_ones() -> None:
    owned = Inventory(plates=(Plate(5.0, "kg", 8), Plate(20.0), Plate(10.0, "kg", 4)))
    assert plate_words(owned, SQUAT, 60, "kg") == "20 each side"
    assert plate_words(owned, SQUAT, 70, "kg") == "20 + 5 each side"


def test_a_landmine_has_them_on_one_end() -> None:
    owned = Inventory(plates=kilos(20.0, 5.0))
    assert plate_words(owned, LANDMINE, 65, "kg") == "2 x 20 + 5 on the end"
    assert plate_words(NOTHING, LANDMINE, 42.5, "kg") == "20 + 2.5 on the end"


def test_a_plate_names_its_unit_where_it_is_not_the_runners() -> None:
    owned = Inventory(bar=Weight(45, "lb"), plates=(Plate(45, "lb", 4), Plate(5.0)))
    assert plate_words(owned, SQUAT, 112.058, "lb") == "2 x 45 + 5kg each side"
    assert plate_words(owned, SQUAT, 112.058, "kg") == "2 x 45lb + 5 each side"


@pytest.mark.parametrize("of", [DUMBBELLS, BAND, exercise(kind=Kind.BODYWEIGHT)])
def test_what_has_no_bar_has_no_plates(of: Exercise) -> None:
    assert on_each_side(NOTHING, of, 20) == ()
    assert plate_words(NOTHING, of, 20, "kg") == ""


# --- what is at hand ------------------------------------------------------------------------------


def test_a_home_has_walls_and_steps_and_no_more_than_was_said() -> None:
    home = Inventory(equipment=frozenset({"barbell", "plates"}))
    assert home.can_do(exercise("wall", "step", "chair", "towel", "mat"))
    assert home.can_do(exercise("barbell", "plates"))
    assert not home.can_do(SQUAT)
    assert not Inventory(equipment=frozenset()).can_do(exercise("wall", "band"))
    assert NOTHING.can_do(SQUAT)
