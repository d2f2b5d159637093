"""The forms for people: what they look like, and that they can be typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.model.test_notation import sayable
from tests.strategies import examples, lines
from tui.domain.model.notation import Form, NotationError, Written, parse, planned, show
from tui.domain.model.notation_show import seconds_text
from tui.domain.model.values import Goal, Kind, Measures, SetKind, SetPlan, Side, Way

LONG, SHORT = Form.LONG, Form.SHORT


@pytest.mark.parametrize(
    ("compact", "long", "short"),
    [
        ("3x8 60kg", "3 × 8 · 60 kg", "3×8 60 kg"),
        ("3x8x5s/side", "3 × (8 × 5 s) each side", "3×8×5 s each side"),
        ("3x5/side t10", "3 × 5 each side, 10 s down", "3×5 each side, 10 s down"),
        ("60kg x 8,8,7", "8, 8, 7 · 60 kg", "8, 8, 7 60 kg"),
        ("5 62.5kg", "5 × 62.5 kg", "5×62.5 kg"),
        ("8/side 10kg", "8 each side × 10 kg", "8 each side × 10 kg"),
        ("5 20kg; 5 30kg; 5 40kg", "5 × 20, 30, 40 kg", "5×20, 30, 40 kg"),
        ("5 20kg; 5 30kg", "5 × 20 kg, 30 kg", "5×20 kg, 30 kg"),
        ("2x5/side 20kg; 5/side 30kg", "5 each side × 20, 20, 30 kg", None),
        ("L40s R38s", "40 s left, 38 s right", "40 s left, 38 s right"),
        ("L6x10s R5x10s", "6 × 10 s left, 5 × 10 s right", "6×10 s left, 5×10 s right"),
        ("L2x8 R8,7 20kg", "2 × 8 left, 8, 7 right · 20 kg", None),
        ("3x40m 16kg", "3 × 40 m · 16 kg", "3×40 m 16 kg"),
        ("3x40m/side 16kg", "3 × 40 m each side · 16 kg", "3×40 m each side 16 kg"),
        ("L8 L20kg R8 R22kg", "8 each side · 20 kg left, 22 kg right", None),
        ("1x8x5s 5kg; 1x8x5s 10kg", "(8 × 5 s) · 5 kg; (8 × 5 s) · 10 kg", None),
        ("8 60kg rir2.5", "8 × 60 kg, 2.5 spare", "8×60 kg, 2.5 spare"),
        ("8/side Lrir2.5 Rrir0.5", "8 each side, 2.5 spare left, 0.5 right", None),
        ("25/side Lrir2 Rrir4", "25 each side, 2 spare left, 4 right", None),
        ("8/side Rrir0 Rpain3 Rknee", "8 each side, 0 spare right, pain 3 right, knee right", None),
        ("5 40kg warmup; 3x5 80kg rir2", "5 × 40 kg, warm-up; 3 × 5 · 80 kg, 2 spare", None),
        ("3x8 a20kg", "3 × 8 · 20 kg help", "3×8 20 kg help"),
        ("8 a20kg", "8 · 20 kg help", "8 20 kg help"),
        ("8 a22.5kg rir2", "8 · 22.5 kg help, 2 spare", "8 22.5 kg help, 2 spare"),
        ("8/side a10kg", "8 each side · 10 kg help", "8 each side 10 kg help"),
        ("L8 La10kg R8 Ra12kg", "8 each side · 10 kg help left, 12 kg help right", None),
        ("8 a20kg; 6", "8 · 20 kg help; 6", "8 20 kg help; 6"),
        ("8 t3 p2 effort6", "8, 3 s down, 2 s pause, effort 6", None),
        ("16c", "16 contacts", "16 contacts"),
        ("3x90s", "3 × 1:30", "3×1:30"),
    ],
)  # fmt: skip
def test_sets_are_written_out_for_people(compact: str, long: str, short: str | None) -> None:
    rows = parse(compact, single=";" not in compact and compact[:2] not in ("3x", "60", "L2"))
    assert show(rows) == compact
    assert show(rows, form=LONG) == long
    assert short is None or show(rows, form=SHORT) == short


def test_a_weight_in_each_hand_is_called_so() -> None:
    rows, farmer = parse("3x40m 16kg"), Way(hands=True)
    for form, words in ((LONG, "3 × 40 m · 16 kg each hand"), (SHORT, "3×40 m 16 kg each hand")):
        assert show(rows, form=form, way=farmer) == words
        assert parse(words) == rows
    assert show(parse("3x40m"), form=LONG, way=farmer) == "3 × 40 m"


def test_no_weight_is_the_body_and_never_nothing() -> None:
    rows = parse("3x8 0kg")
    assert show(rows, form=LONG) == "3 × 8 · bodyweight"
    assert parse("3 × 8 · bodyweight") == rows
    assert parse("8 bw")[0].measures.load_kg is None


def test_whole_minutes_of_work_are_minutes_and_those_of_a_hold_are_not() -> None:
    assert show(parse("180s", Kind.CARRY), form=LONG) == "3 min"
    assert show(parse("180s", Kind.HOLD), form=LONG) == "3:00"
    assert [seconds_text(s, minutes=True) for s in (59, 60, 90, 90.5)] == [
        *("59 s", "1 min", "1:30", "90.5 s")
    ]


def test_jumps_are_counted_with_their_contacts() -> None:
    goal = Goal(side=Side.BOTH, measures=Measures(contacts=16))
    plan = [SetPlan(number=n, goals=(goal,)) for n in range(1, 6)]
    assert planned(plan, form=LONG) == "5 × 16 contacts"
    assert planned(plan, form=LONG, way=Way(feet=2)) == "5 × 8 jumps (80 contacts)"
    assert planned(plan, form=SHORT, way=Way(feet=2)) == "5×8 jumps (80)"
    assert planned(plan, way=Way(feet=2)) == "5x16c"


@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=5),
    st.sampled_from([[Side.BOTH], [Side.LEFT, Side.RIGHT], [Side.RIGHT]]),
    st.sampled_from([1, 2]),
    st.booleans(),
)
@examples(50)
def test_jumps_are_read_back_with_their_contacts(
    jumps: list[int], sides: list[Side], feet: int, alike: bool
) -> None:
    rows = tuple(
        Written(number=n, side=side, measures=Measures(reps=reps, contacts=reps * feet))
        for n, reps in enumerate(jumps, start=1)
        for side, reps in ((each, reps if alike else reps + (each is Side.LEFT)) for each in sides)
    )
    for form in (LONG, SHORT):
        text = show(rows, form=form)
        assert "jumps" in text
        assert parse(text, Kind.PLYOMETRIC, single=len(jumps) == 1) == rows


@given(lines(), st.sampled_from(["kg", "lb"]), st.sampled_from([LONG, SHORT]))
@examples(150)
def test_what_people_are_shown_can_be_typed(
    case: tuple[tuple[Written, ...], Kind | None], unit: str, form: Form
) -> None:
    sets, kind = case
    sets = tuple(sayable(row, unit) for row in sets)
    single = len({(row.kind, row.number) for row in sets}) == 1
    text = show(sets, unit, form)
    assert parse(text, kind, single=single) == sets
    assert show(sets[::-1], unit, form) == text


@pytest.mark.parametrize(
    ("text", "compact"),
    [
        ("3 * 8 · 60 kg", "3x8 60kg"),
        ("3 × 8, 60 kg", "3x8 60kg"),
        ("8, 8, 7, 60 kg", "60kg x 8,8,7"),
        ("8,60kg", "8 60kg"),
        ("8 62,5 kg", "8 62.5kg"),
        ("8 1,25kg", "8 1.25kg"),
        ("5 reps, 60 kg, 3 to spare", "5 60kg rir3"),
        ("8 60kg, 2,5 spare", "8 60kg rir2.5"),
        ("8,8,7 60kg, 2.5 to spare", "60kg x 8,8,7 rir2.5"),
        ("8 60kg rir2,5", "8 60kg rir2.5"),
        ("8 60kg rpe7,5", "8 60kg rir2.5"),
        ("8/side Lrir2,5 Rrir0,5", "8/side Lrir2.5 Rrir0.5"),
        ("8, 5 spare", "8 rir5"),
        ("8,2 spare", "8 rir2"),
        ("left 40 s, right 38 s", "L40s R38s"),
        ("40s left 38s right", "L40s R38s"),
        ("10 per leg 6s down", "10/side t6"),
        ("8 each hand 12 kg", "8/side 12kg"),
        ("3 x 1:30", "3x90s"),
        ("60kgx5x3", "3x5 60kg"),
        ("60 kg x 5 x 3", "3x5 60kg"),
        ("60kg x 3x8", "3x8 60kg"),
        ("8 jumps (16 contacts)", "8"),
        ("8, 8, 7 · 22.5 kg help", "8,8,7 a22.5kg"),
        ("8 × 62,5 kg help", "8 a62.5kg"),
        ("20kg assistance x 8,7", "8,7 a20kg"),
    ],
)
def test_it_is_read_as_people_write_it(text: str, compact: str) -> None:
    assert show(parse(text)) == compact


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("abc", "“abc”? Write reps and weight, like 8 60kg."),
        ("600x8", "600 sets? For weight and reps write 8 60kg."),
        ("3x8@60", "“3x8@60”? Write 3x8 60kg."),
        ("8 20kg,30lb", "“30lb” says it twice. Of each side write L20kg R22kg, or Lrir2 Rrir1."),
        ("@135lb", "“@135lb”? Write 8 135lb."),
        ("8,8 20kg,30kg,40kg", "3 weights for 2 sets? For weight and reps write 8 60kg."),
        ("8 a20kg 10kg", "A weight or help, not both: 8 a20kg has 20 kg of help."),
        ("8 a0kg", "Help of 0? Leave it out: 8 alone was done without."),
        ("8 jumps (17 contacts)", "17 contacts of 8 jumps? Leave them out."),
    ],
)
def test_it_is_refused_with_what_to_write(text: str, says: str) -> None:
    with pytest.raises(NotationError) as refused:
        parse(text)
    assert str(refused.value) == says


def test_each_kind_of_work_has_its_own_example() -> None:
    for kind, says in (
        (Kind.HOLD, "Write the seconds, like 40s."),
        (Kind.CARRY, "Write metres and weight, like 40m 16kg."),
    ):
        with pytest.raises(NotationError, match=says):
            parse("abc", kind)


def test_a_warm_up_alone_is_named() -> None:
    assert show(parse("8 warmup"), form=LONG) == "8, warm-up"
    assert parse("8, warm-up")[0].kind is SetKind.WARMUP
