from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import examples, lines
from tui.domain.model.notation import (
    Form,
    NotationError,
    Written,
    amount,
    parse,
    planned,
    show,
    written,
)
from tui.domain.model.units import shown_load, to_kg
from tui.domain.model.values import FLAGS, Goal, Kind, Measures, SetEntry, SetKind, SetPlan, Side

M = Measures


def sayable(row: Written, unit: str) -> Written:
    """The row with its load, or its help, as it can be said in a unit."""
    kilograms = {"load_kg": row.measures.load_kg, "assist_kg": row.measures.assist_kg}
    said = {
        name: to_kg(round(n, 1), unit) if unit == "lb" else shown_load(n, unit)
        for name, n in kilograms.items()
        if n is not None
    }
    return replace(row, measures=replace(row.measures, **said))


BOTH, LEFT, RIGHT = Side.BOTH, Side.LEFT, Side.RIGHT


def rows(*values: tuple[int, Side, Measures], **marks: object) -> tuple[Written, ...]:
    return tuple(
        Written(number=number, side=side, measures=done, **marks)  # type: ignore[arg-type]  # marks by name
        for number, side, done in values
    )


def times(sets: int, done: Measures, **marks: object) -> tuple[Written, ...]:
    return rows(*((n, BOTH, done) for n in range(1, sets + 1)), **marks)


def each_side(sets: int, done: Measures) -> tuple[Written, ...]:
    return rows(*((n, side, done) for n in range(1, sets + 1) for side in (LEFT, RIGHT)))


PROMISED = {
    "3x8 60kg rir3": times(3, M(load_kg=60, reps=8), rir=3),
    "60kg x 8,8,7": rows(
        (1, BOTH, M(load_kg=60, reps=8)),
        (2, BOTH, M(load_kg=60, reps=8)),
        (3, BOTH, M(load_kg=60, reps=7)),
    ),
    "3x25/side": each_side(3, M(reps=25)),
    "3x8x5s/side": each_side(3, M(holds=8, hold_s=5)),
    "L40s R38s": rows((1, LEFT, M(hold_s=40)), (1, RIGHT, M(hold_s=38))),
    "3x5 t10": times(3, M(reps=5, tempo_s=10)),
    "3x8 t3 p2": times(3, M(reps=8, tempo_s=3, pause_s=2)),
    "3x40m 16kg/side": each_side(3, M(load_kg=16, distance_m=40)),
}


@pytest.mark.parametrize("text", PROMISED)
def test_what_the_manual_shows_means_what_it_says(text: str) -> None:
    assert parse(text) == PROMISED[text]
    assert parse(show(PROMISED[text])) == PROMISED[text]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("8 60kg rir2", rows((1, BOTH, M(load_kg=60, reps=8)), rir=2)),
        ("8x5s", rows((1, BOTH, M(holds=8, hold_s=5)))),
        ("8x5s/side", each_side(1, M(holds=8, hold_s=5))),
        ("1x8x5s", rows((1, BOTH, M(holds=8, hold_s=5)))),
        ("L8 R7 20kg pain3", rows((1, LEFT, M(load_kg=20, reps=8)),
                                  (1, RIGHT, M(load_kg=20, reps=7)), pain=3)),
        ("L8 L20kg R8 R16kg", rows((1, LEFT, M(load_kg=20, reps=8)),
                                   (1, RIGHT, M(load_kg=16, reps=8)))),
        ("8 L20kg R16kg", rows((1, LEFT, M(load_kg=20, reps=8)),
                               (1, RIGHT, M(load_kg=16, reps=8)))),
        ("8/side 20kg Lrir3 Rrir 0 rpain6 Rknee slow", (
            Written(number=1, side=LEFT, measures=M(load_kg=20, reps=8), rir=3, flags=("slow",)),
            Written(number=1, side=RIGHT, measures=M(load_kg=20, reps=8), rir=0, pain=6,
                    flags=("slow", "knee")),
        )),
        ("8/side rpe8 L rir 0 r pain 4", (
            Written(number=1, side=LEFT, measures=M(reps=8), rir=0),
            Written(number=1, side=RIGHT, measures=M(reps=8), rir=2, pain=4),
        )),
        ("L5 R5 Rt8 t10", rows((1, LEFT, M(reps=5, tempo_s=10)), (1, RIGHT, M(reps=5, tempo_s=8)))),
        ("8/side Rpain3", (Written(number=1, side=LEFT, measures=M(reps=8)),
                   Written(number=1, side=RIGHT, measures=M(reps=8), pain=3))),
        ("8/side p2 r p 3", rows((1, LEFT, M(reps=8, pause_s=2)),
                                 (1, RIGHT, M(reps=8, pause_s=3)))),
        ("R12", rows((1, RIGHT, M(reps=12)))),
        ("45s", rows((1, BOTH, M(hold_s=45)))),
        ("0 100kg", rows((1, BOTH, M(load_kg=100, reps=0)))),
        ("5x60kg", rows((1, BOTH, M(load_kg=60, reps=5)))),
        ("60kg x 5", rows((1, BOTH, M(load_kg=60, reps=5)))),
        ("20c", rows((1, BOTH, M(contacts=20)))),
        ("8 rpe8.5", rows((1, BOTH, M(reps=8)), rir=1.5)),
        ("8 effort7 slow form slow", rows((1, BOTH, M(reps=8)), effort=7, flags=("slow", "form"))),
        ("5 30kg warmup", rows((1, BOTH, M(load_kg=30, reps=5)), kind=SetKind.WARMUP)),
        ("8 # felt heavy; knee #2", rows((1, BOTH, M(reps=8)), note="felt heavy; knee #2")),
        ("8 135lb", rows((1, BOTH, M(load_kg=61.235, reps=8)))),
        ("8 bw", rows((1, BOTH, M(reps=8)))),
        ("8 REPS 60 Kg  RIR 2 p2", rows((1, BOTH, M(load_kg=60, reps=8, pause_s=2)), rir=2)),
        ("10 × 22.5 kilos", rows((1, BOTH, M(load_kg=22.5, reps=10)))),
        ("40 m 16 kg / hand", each_side(1, M(load_kg=16, distance_m=40))),
        ("l 40 secs r 38 seconds", rows((1, LEFT, M(hold_s=40)), (1, RIGHT, M(hold_s=38)))),
    ],
)  # fmt: skip
def test_one_set_as_people_write_it(text: str, meaning: tuple[Written, ...]) -> None:
    assert parse(text, single=True) == meaning


def test_the_kind_of_work_tells_what_seconds_are() -> None:
    assert parse("3x45s") == parse("3x45s", Kind.HOLD) == times(3, M(hold_s=45))
    for kind in (Kind.CARRY, Kind.PLYOMETRIC, Kind.MOBILITY):
        assert parse("3x45s", kind) == times(3, M(duration_s=45))
    assert parse("2x1.5min") == times(2, M(duration_s=90))
    assert parse("2min", Kind.HOLD) == times(1, M(hold_s=120))
    assert parse("8x5s") == times(8, M(hold_s=5))
    assert parse("8x5s", Kind.CLUSTER) == times(1, M(holds=8, hold_s=5))


@pytest.mark.parametrize("kind", [Kind.HOLD, Kind.CLUSTER])
def test_a_hold_is_never_taken_for_reps(kind: Kind) -> None:
    for text in ("90", "3x8", "L8 R8"):
        with pytest.raises(NotationError, match="written in seconds"):
            parse(text, kind)


def test_groups_follow_one_another() -> None:
    assert parse("60kg x 8; 55kg x 8,7 rir1") == (
        *rows((1, BOTH, M(load_kg=60, reps=8))),
        *rows((2, BOTH, M(load_kg=55, reps=8)), (3, BOTH, M(load_kg=55, reps=7)), rir=1),
    )


def test_a_side_with_fewer_sets_leaves_the_numbers_of_the_next_group_alone() -> None:
    assert parse("L8,8,8 R8; 5/side") == rows(
        (1, LEFT, M(reps=8)),
        (1, RIGHT, M(reps=8)),
        (2, LEFT, M(reps=8)),
        (3, LEFT, M(reps=8)),
        (4, LEFT, M(reps=5)),
        (4, RIGHT, M(reps=5)),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Nothing to log"),
        ("  # only a note", "Nothing to log"),
        ("60kg", "How many reps"),
        ("3x8 at 60kg", "“at”"),
        ("8 8 60kg", "“8” stands beside"),
        ("L8 20kg R8 22.5kg", "“22.5kg” says it twice"),
        ("8 60kg 70kg", "“70kg” says it twice"),
        ("5 t10 t5", "“t5” says it twice"),
        ("8 rir3 rir5", "“rir5” says it twice"),
        ("8 L8", "one amount, or L and R"),
        ("L8 R20kg", "no amount"),
        ("60x8", "60 sets?"),
        ("0x8", "0 sets?"),
        ("31x8", "31 sets?"),
        ("16x8; 15x8", "More than 30 sets"),
        ("7.5", "whole numbers"),
        ("2.5x8", "whole numbers"),
        ("3x8x2x1", "“3x8x2x1”"),
        ("3x5x5m", "Holds are written"),
        ("8 rir11", "Rir goes from 0 to 10"),
        ("8 rpe11", "Rir goes from 0 to 10"),
        ("8 effort12", "Effort goes"),
        ("8 pain12", "Pain goes"),
        ("8 pain2.5", "Pain is a whole number"),
        ("L8 Rpain3", "no amount"),
        ("8 65kg rir2 Rknee", "8/side"),
        ("8/side rir2 rpe8", "write one of them"),
        ("8/side Rpain12", "Pain goes"),
        ("8/side Rrir1 Rrir2", "says it twice"),
        ("-8", "“-8”"),
        ("999999", "too big to be true"),
        ("8 999999kg", "too big to be true"),
        ("99999min", "too big to be true"),
        ("1234567", "“1234567”"),
        ("8 " * 7000, "Too long"),
        ("8," * 1500, "Too long"),
        ("8,8.5" + ",8" * 100, "…”"),
        ("\x1b[31m8", "·[31m8"),
        ("8 \u202e", "“·”"),
    ],
)
def test_what_is_no_set_is_refused_in_one_plain_line(text: str, says: str) -> None:
    with pytest.raises(NotationError, match=re.escape(says)) as caught:
        parse(text)
    assert_plain(str(caught.value))


def assert_plain(message: str) -> None:
    assert message.isprintable()
    assert len(message) < 120


@pytest.mark.parametrize("text", ["3x8", "8,8", "8; 8", "L8,8 R8"])
def test_where_one_set_is_asked_for_several_are_refused(text: str) -> None:
    assert len(parse(text)) > 1
    with pytest.raises(NotationError, match="more than one set"):
        parse(text, single=True)


WORDS = [
    *("3x8", "8", "x", "X", "×", "60kg", "kg", "135lb", "/side", "/", ",", ";", "L40s", "R38s"),
    *("l", "r", "t10", "rir3", "rir", "rpe9", "pain", "p3", "5x5s", "3x8x5s", "40m", "2min", "20c"),
    *("warmup", "bw", "#", ".", "-", "0", "1e9", "٣", "²", "½", "\x00", "\x1b", "999999", *FLAGS),
]
scraps = st.lists(st.sampled_from(WORDS) | st.text(st.characters(), max_size=3), max_size=12)


@given(scraps, st.sampled_from(["", " "]), st.none() | st.sampled_from(Kind), st.booleans())
@examples(600)
def test_nonsense_is_read_or_refused_and_never_more(
    words: list[str], between: str, kind: Kind | None, single: bool
) -> None:
    try:
        found = parse(between.join(words), kind, single=single)
    except NotationError as refused:
        assert_plain(str(refused))
        return
    assert len({(row.number, row.side) for row in found}) == len(found)
    assert {row.number for row in found} == set(range(1, found[-1].number + 1))
    assert found[-1].number <= (1 if single else 30)


def one_set(sets: tuple[Written, ...]) -> bool:
    return len({(row.kind, row.number) for row in sets}) == 1


@given(lines())
@examples(200)
def test_what_is_shown_is_read_back_the_same(case: tuple[tuple[Written, ...], Kind | None]) -> None:
    sets, kind = case
    single = one_set(sets)
    assert parse(show(sets), kind, single=single) == sets
    assert parse(show(reversed(sets)), kind, single=single) == sets


def full(number: int, side: Side) -> Written:
    """One side of a set with every field, each number as long as allowed."""
    work = M(load_kg=99999.999 - number - (side is LEFT), holds=99999 - (side is LEFT),
             hold_s=99999.999, tempo_s=99999.999, pause_s=99999.999 - (side is LEFT))  # fmt: skip
    marks = {"rir": 9.125, "effort": 9.125, "pain": 10, "flags": FLAGS, "kind": SetKind.WARMUP}
    return Written(number=number, side=side, measures=work, **marks)  # type: ignore[arg-type]  # marks by name


def test_the_longest_line_that_can_be_shown_is_read_back() -> None:
    alike = tuple(
        replace(row, number=n, measures=replace(row.measures, holds=99999 - n, load_kg=None))
        for n in range(1, 31)
        for row in (full(1, LEFT), full(1, RIGHT))
    )
    for form in Form:
        assert parse(show(alike, form=form)) == alike
    every = tuple(full(number, side) for number in range(1, 31) for side in (LEFT, RIGHT))
    assert len(show(every)) > 4500
    for count in (2, 3, 30):
        sets = every[: 2 * count]
        for form in Form:
            assert parse(show(sets, form=form)) == sets


@given(lines())
@examples(100)
def test_in_pounds_what_was_given_in_pounds_comes_back(
    case: tuple[tuple[Written, ...], Kind | None],
) -> None:
    sets, kind = case
    sets = tuple(sayable(row, "lb") for row in sets)
    assert parse(show(sets, "lb"), kind, single=one_set(sets)) == sets


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("8,8,8 60kg", "3x8 60kg"),
        ("8,8,7 60kg", "60kg x 8,8,7"),
        ("L25 R25", "25/side"),
        ("L8,8 R8,7 20kg", "L2x8 R8,7 20kg"),
        ("3x8x5s/leg", "3x8x5s/side"),
        ("1x8x5s 5kg; 1x8x5s 10kg", "1x8x5s 5kg; 1x8x5s 10kg"),
        ("5 40kg warmup; 3x5 80kg rir2", "5 40kg warmup; 3x5 80kg rir2"),
        ("3x5 t10 pain1 effort6 form", "3x5 t10 effort6 pain1 form"),
        ("8 #a note", "8"),
    ],
)
def test_it_is_shown_the_short_way(text: str, shortest: str) -> None:
    assert show(parse(text)) == shortest
    assert show(parse(shortest)) == shortest


def test_a_set_left_undone_shows_no_amount() -> None:
    assert show(rows((1, LEFT, M()), (1, RIGHT, M()), (2, LEFT, M()), (2, RIGHT, M()))) == ""
    assert show(rows((1, LEFT, M(reps=8)), (1, RIGHT, M()))) == "L8"
    assert show(rows((1, BOTH, M(reps=8)), (2, BOTH, M()), (3, BOTH, M(reps=7)))) == "8; 7"


@pytest.mark.parametrize(
    ("done", "shown"),
    [
        (M(reps=8, load_kg=60), "8"),
        (M(holds=8, hold_s=5), "8x5s"),
        (M(hold_s=40), "40s"),
        (M(distance_m=40), "40m"),
        (M(duration_s=90), "90s"),
        (M(contacts=20), "20c"),
        (M(reps=10, contacts=20), "10"),
        (M(), ""),
    ],
)
def test_an_amount_is_said_in_its_own_measure(done: Measures, shown: str) -> None:
    assert amount(done) == shown


def test_a_logged_row_and_a_plan_are_shown_as_they_are_typed() -> None:
    row = SetEntry(id="s", edited="", number=1, side=BOTH, done=M(load_kg=60, reps=8), rir=2,
                   pain=1, flags=("slow",), note="hm")  # fmt: skip
    assert show([written(row)]) == "8 60kg rir2 pain1 slow"
    assert replace(written(row), note="") == parse("8 60kg rir2 pain1 slow")[0]
    goals = tuple(Goal(side=side, measures=M(holds=8, hold_s=5)) for side in (LEFT, RIGHT))
    plan = [SetPlan(number=n, goals=goals) for n in (1, 2, 3)]
    assert planned(plan) == "3x8x5s/side"
    assert planned(plan[:1]) == "8x5s/side"
