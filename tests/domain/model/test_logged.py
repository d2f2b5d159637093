"""Typed sets as rows of the log: sides, contacts, numbers, ids."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import new_id
from tui.bootstrap import shipped_library
from tui.domain.model.logged import id_of_day, on_sides, with_contacts, with_sets
from tui.domain.model.notation import parse
from tui.domain.model.values import (
    Exercise,
    Kind,
    Measures,
    Session,
    SetEntry,
    SetKind,
    Side,
    Sides,
)

LIBRARY = shipped_library()
SQUAT = LIBRARY.exercises["back-squat"]
SLING = LIBRARY.exercises["glute-sling"]
JUMP = LIBRARY.exercises["squat-jump"]
EMPTY = Session(id="S", edited="", started=datetime(2026, 11, 2, 18, tzinfo=UTC))
STAMP = "2026-11-02T18:05:00+00:00"


def logged(session: Session, exercise: Exercise, text: str) -> tuple[Session, tuple[SetEntry, ...]]:
    return with_sets(
        session, exercise, parse(text, exercise.kind), edited=STAMP, at="", new_id=new_id
    )


def test_one_amount_of_a_one_sided_exercise_is_both_sides() -> None:
    _, rows = logged(EMPTY, SLING, "2x25")
    assert [(row.number, row.side.value) for row in rows] == [
        (1, "left"),
        (1, "right"),
        (2, "left"),
        (2, "right"),
    ]


def test_sides_that_were_typed_stay_as_they_are() -> None:
    typed = parse("L25 R20")
    assert on_sides(Sides.PER_SIDE, typed) == list(typed)
    assert on_sides(Sides.BOTH, typed) == list(typed)


@pytest.mark.parametrize(("feet", "contacts"), [(1, 10), (2, 20), (None, None)])
def test_a_landing_counts_each_foot(feet: int | None, contacts: int | None) -> None:
    assert with_contacts(Kind.PLYOMETRIC, feet, Measures(reps=10)).contacts == contacts
    assert with_contacts(Kind.BODYWEIGHT, feet, Measures(reps=10)).contacts is None


def test_contacts_that_were_typed_are_not_counted_again() -> None:
    _, rows = logged(EMPTY, JUMP, "3x20c")
    assert [row.done for row in rows] == [Measures(contacts=20)] * 3


def test_numbers_go_on_and_warm_ups_are_counted_apart() -> None:
    session, _ = logged(EMPTY, SQUAT, "5 20kg warmup; 2x5 60kg")
    session, rows = logged(session, SQUAT, "3 30kg warmup; 5 65kg")
    assert [(row.kind, row.number) for row in rows] == [(SetKind.WARMUP, 2), (SetKind.WORK, 3)]
    assert len(session.entries) == 1


texts = st.lists(st.sampled_from(["3x8 60kg", "5 20kg warmup", "L5 R4", "8"]), max_size=5)


@given(texts, st.lists(st.sampled_from([SQUAT, SLING]), min_size=5, max_size=5))
def test_ids_and_places_are_never_used_twice(typed: list[str], exercises: list[Exercise]) -> None:
    session = EMPTY
    for text, exercise in zip(typed, exercises, strict=False):
        session, _ = logged(session, exercise, text)
    rows = [(e.id, row) for e in session.entries for row in e.sets]
    assert len({row.id for _, row in rows}) == len(rows)
    assert len({(e, row.kind, row.number, row.side) for e, row in rows}) == len(rows)


def test_each_day_has_one_id_of_its_own() -> None:
    first, second = date(2026, 11, 2), date(2026, 11, 3)
    assert id_of_day(first) == id_of_day(first) < id_of_day(second)


def test_sides_of_a_set_share_its_number() -> None:
    _, rows = logged(EMPTY, LIBRARY.exercises["side-plank"], "L40s R38s")
    assert {(row.number, row.side) for row in rows} == {(1, Side.LEFT), (1, Side.RIGHT)}
