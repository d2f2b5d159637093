"""A set is amended by what was different alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from msgspec.structs import replace

from tests.strategies import examples, lines
from tui.domain.model.amending import AMOUNTS, amend
from tui.domain.model.notation import Form, NotationError, Written, parse, show
from tui.domain.model.values import Kind, Measures, Side

HOLD, CLUSTER, CARRY, JUMPS = Kind.HOLD, Kind.CLUSTER, Kind.CARRY, Kind.PLYOMETRIC


@pytest.mark.parametrize(
    ("standing", "typed", "kind", "amended"),
    [
        ("8 60kg", "7", Kind.LOADED, "7 60kg"),
        ("8 60kg", "62.5kg", Kind.LOADED, "8 62.5kg"),
        ("8 60kg", "62,5 kg", Kind.LOADED, "8 62.5kg"),
        ("8", "10kg", Kind.BODYWEIGHT, "8 10kg"),
        ("8 60kg", "135lb", Kind.LOADED, "8 61.235kg"),
        ("8 60kg", "rir2", Kind.LOADED, "8 60kg rir2"),
        ("8 60kg", "2,5 spare", Kind.LOADED, "8 60kg rir2.5"),
        ("8 60kg", "rir2,5", Kind.LOADED, "8 60kg rir2.5"),
        ("8 60kg", "2 spare, pain 3", Kind.LOADED, "8 60kg rir2 pain3"),
        ("8 60kg rir2 pain3", "7 slow", Kind.LOADED, "7 60kg rir2 pain3 slow"),
        ("8 60kg rir2 pain3", "7 60kg", Kind.LOADED, "7 60kg"),
        ("8 60kg rir2", "7 × 62,5 kg, 1 spare", Kind.LOADED, "7 62.5kg rir1"),
        ("8 60kg", "8,65kg", Kind.LOADED, "8 8.65kg"),
        ("8 60kg", "7,50kg", Kind.LOADED, "7 50kg"),
        ("8/side", "L8 R6", Kind.LOADED, "L8 R6"),
        ("8/side", "8 left, 6 right", Kind.LOADED, "L8 R6"),
        ("8/side", "R6", Kind.LOADED, "L8 R6"),
        ("8/side", "7", Kind.LOADED, "7/side"),
        ("8/side 20kg", "R22kg", Kind.LOADED, "L8 L20kg R8 R22kg"),
        ("8/side rir2", "Rrir0 Rknee", Kind.LOADED, "8/side Lrir2 Rrir0 Rknee"),
        ("8", "7/side", Kind.LOADED, "7/side"),
        ("8", "R6", Kind.LOADED, "L8 R6"),
        ("L8", "R6", Kind.LOADED, "L8 R6"),
        ("5/side t10", "4", Kind.ECCENTRIC, "4/side t10"),
        ("5 20kg t10", "4 22kg", Kind.ECCENTRIC, "4 22kg t10"),
        ("5 20kg t10 slow", "4 22kg t8", Kind.ECCENTRIC, "4 22kg t8"),
        ("5 t10", "8 s down", Kind.ECCENTRIC, "5 t8"),
        ("8 a20kg", "7", Kind.BODYWEIGHT, "7 a20kg"),
        ("8 a20kg", "a17,5kg", Kind.BODYWEIGHT, "8 a17.5kg"),
        ("8 a20kg", "15 kg help", Kind.BODYWEIGHT, "8 a15kg"),
        ("8 a20kg rir2", "7 15 kg help", Kind.BODYWEIGHT, "7 a15kg"),
        ("8 a20kg", "bodyweight", Kind.BODYWEIGHT, "8 0kg"),
        ("8 a20kg", "5kg", Kind.BODYWEIGHT, "8 5kg"),
        ("8 5kg", "a5kg", Kind.BODYWEIGHT, "8 a5kg"),
        ("8/side a20kg", "Ra15kg", Kind.BODYWEIGHT, "L8 La20kg R8 Ra15kg"),
        ("40s", "30", HOLD, "30s"),
        ("40s", "32.5", HOLD, "32.5s"),
        ("40s", "1:30", HOLD, "90s"),
        ("40s 5kg", "30 10kg", HOLD, "30s 10kg"),
        ("8x5s/side", "6", CLUSTER, "6x5s/side"),
        ("8x5s/side", "R6", CLUSTER, "L8x5s R6x5s"),
        ("8x5s/side", "4s", CLUSTER, "8x4s/side"),
        ("8x5s", "6x10s", CLUSTER, "6x10s"),
        ("8x5s 5kg", "6 10kg", CLUSTER, "6x5s 10kg"),
        ("40m/side 16kg", "30", CARRY, "30m/side 16kg"),
        ("40m 16kg", "30m", CARRY, "30m 16kg"),
        ("180s", "2 min", CARRY, "120s"),
        ("8", "30s", None, "30s"),
        ("5 40kg warmup", "6", Kind.LOADED, "6 40kg warmup"),
        ("5 40kg warmup", "6 45kg", Kind.LOADED, "6 45kg warmup"),
        ("8", "warm-up", Kind.LOADED, "8 warmup"),
    ],
)
def test_what_is_typed_changes_and_the_rest_stays(
    standing: str, typed: str, kind: Kind | None, amended: str
) -> None:
    assert show(amend(parse(standing, kind, single=True), typed, kind)) == amended


@pytest.mark.parametrize(
    ("standing", "typed", "feet"),
    [
        (Measures(contacts=16), "7", 2),
        (Measures(reps=8, contacts=16), "7", None),
        (Measures(reps=8, contacts=16), "7 jumps", 2),
    ],
)
def test_a_number_is_the_jumps_and_their_contacts_follow(
    standing: Measures, typed: str, feet: int | None
) -> None:
    rows = [Written(number=2, side=Side.BOTH, measures=standing)]
    (row,) = amend(rows, typed, JUMPS, feet=feet)
    assert row.measures == Measures(reps=7, contacts=14)
    assert row.number == 2


@pytest.mark.parametrize(
    ("standing", "typed", "kind", "says"),
    [
        ("8 60kg", "62,5", Kind.LOADED,
         "62.5 what? kg for a weight (62.5 kg), nothing for reps (8)."),
        ("8x5s", "6.5", CLUSTER, "6.5 what? kg for a weight (6.5 kg), nothing for holds (6)."),
        ("8", "8," * 1500, Kind.LOADED,
         "Too long for a line of sets. Write reps and weight, like 8 60kg."),
        ("8", "abc", Kind.LOADED, "“abc”? Write reps and weight, like 8 60kg."),
        ("8", "600x8", Kind.LOADED, "600 sets? For weight and reps write 8 60kg."),
        ("8", "3x8", Kind.LOADED, "That is more than one set. Write one, like 8 60kg rir2."),
        ("8", "60kgx5x3", Kind.LOADED, "That is more than one set. Write one, like 8 60kg rir2."),
        ("8", "8; 7", Kind.LOADED, "That is more than one set. Write one, like 8 60kg rir2."),
        ("8", "8, 7", Kind.LOADED, "That is more than one set. Write one, like 8 60kg rir2."),
        ("8", "20kg, 30kg", Kind.LOADED, "That is more than one set. Write one, like 8 60kg rir2."),
        ("8", "3x8@60", Kind.LOADED, "“3x8@60”? Write 3x8 60kg."),
        ("8 60kg", "Rknee", Kind.LOADED, "What is said of one side needs both: 8/side, or L8 R8."),
        ("8 60kg", "8 L7", Kind.LOADED, "Write either one amount, or L and R: L8 R6."),
        ("180s", "2", CARRY, "Say s or min, like 30s or 2min."),
        ("8", "999999", Kind.LOADED,
         "A number is too big to be true. Write reps and weight, like 8 60kg."),
        ("8", "rir11", Kind.LOADED, "Rir goes from 0 to 10."),
    ],
)  # fmt: skip
def test_it_is_refused_with_what_to_write(standing: str, typed: str, kind: Kind, says: str) -> None:
    with pytest.raises(NotationError) as refused:
        amend(parse(standing, kind, single=True), typed, kind)
    assert str(refused.value) == says


def test_the_weight_is_asked_for_in_the_runners_unit() -> None:
    with pytest.raises(NotationError, match=r"lb for a weight \(62.5 lb\)"):
        amend(parse("8"), "62.5", Kind.LOADED, unit="lb")


def test_a_note_is_added_and_nothing_typed_changes_nothing() -> None:
    rows = parse("8 60kg rir2 # deep")
    assert amend(rows, "  ") == rows
    assert amend(rows, "# high bar")[0].note == "high bar"
    assert amend(rows, "7")[0].note == "deep"


@given(lines())
@examples(100)
def test_the_set_typed_in_full_changes_nothing(
    case: tuple[tuple[Written, ...], Kind | None],
) -> None:
    sets, kind = case
    one = tuple(row for row in sets if (row.kind, row.number) == (sets[0].kind, 1))
    assume(len({_counted(row.measures) for row in one}) == 1)
    assert amend(one, show(one, form=Form.LONG), kind) == one
    assert {row.side for row in amend(one, "slow", kind)} == {row.side for row in one}
    assert amend(one, "pain 3", kind) == tuple(replace(row, pain=3) for row in one)


def _counted(m: Measures) -> tuple[str, ...]:
    """What a set is counted in: the same on both sides, except in a log of nonsense."""
    return tuple(name for name in AMOUNTS if getattr(m, name) is not None)
