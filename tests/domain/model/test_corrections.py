from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import examples
from tui.domain.model.corrections import correct, without
from tui.domain.model.notation import parse
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side

M = Measures
LATER = "2026-11-03T08:00:00+00:00"
LEFT, RIGHT, BOTH = Side.LEFT, Side.RIGHT, Side.BOTH


def row(number: int, side: Side, done: Measures, kind: SetKind = SetKind.WORK) -> SetEntry:
    name = f"s-1-{kind.value[0]}{number}{side.value[0]}"
    return SetEntry(id=name, edited="", number=number, side=side, done=done, kind=kind)


WARM = row(1, BOTH, M(reps=5, load_kg=30), SetKind.WARMUP)
PAIR = (row(1, LEFT, M(reps=8)), row(1, RIGHT, M(reps=8)))
LAST = row(2, BOTH, M(reps=7))
SESSION = Session(
    id="s",
    edited="",
    started=datetime(2026, 11, 2, 18, tzinfo=UTC),
    entries=(Entry(id="s-1", edited="", exercise="back-squat", sets=(WARM, *PAIR, LAST)),),
)


def rows(session: Session) -> list[SetEntry]:
    return list(session.entries[0].sets)


def typed(session: Session, of: tuple[SetEntry, ...], text: str) -> Session:
    return correct(session, of, parse(text, single=True), None, LATER)


def test_each_side_keeps_its_id_and_its_place() -> None:
    after = typed(SESSION, PAIR, "L8 R6 rir1 slow # wobbly")
    assert [r.id for r in rows(after)] == [r.id for r in rows(SESSION)]
    left, right = rows(after)[1:3]
    assert (left.done, right.done) == (M(reps=8), M(reps=6))
    assert (right.rir, right.flags, right.note, right.edited) == (1, ("slow",), "wobbly", LATER)
    assert rows(after)[0] == WARM
    assert rows(after)[3] == LAST


def test_one_amount_is_both_sides() -> None:
    after = typed(SESSION, PAIR, "7")
    assert [r.done.reps for r in rows(after)] == [5, 7, 7, 7]


def test_a_side_that_is_not_typed_any_more_leaves_a_tombstone() -> None:
    after = typed(SESSION, PAIR, "L8")
    assert [(r.side, r.deleted) for r in rows(after)[1:3]] == [(LEFT, False), (RIGHT, True)]


def test_a_warm_up_stays_one_whatever_is_typed() -> None:
    after = typed(SESSION, (WARM,), "6 35kg")
    assert rows(after)[0].kind is SetKind.WARMUP
    assert rows(after)[0].done == M(reps=6, load_kg=35)


def test_a_set_left_undone_can_be_put_right() -> None:
    left_out = replace(LAST, done=M(), undone="time")
    entry = replace(SESSION.entries[0], sets=(left_out,))
    after = typed(replace(SESSION, entries=(entry,)), (left_out,), "8")
    assert (rows(after)[0].undone, rows(after)[0].done) == (None, M(reps=8))


def test_what_was_confirmed_is_asked_again_only_when_it_changes() -> None:
    sure = replace(LAST, done=M(reps=8, load_kg=600), confirmed=True)
    entry = replace(SESSION.entries[0], sets=(sure,))
    session = replace(SESSION, entries=(entry,))
    assert rows(typed(session, (sure,), "8 600kg rir1"))[0].confirmed
    assert not rows(typed(session, (sure,), "8 700kg"))[0].confirmed
    # The other side was never asked about.
    sided = replace(session, entries=(replace(entry, sets=(replace(sure, side=LEFT),)),))
    both = rows(typed(sided, sided.entries[0].sets, "L8 R8 600kg"))
    assert [(r.side, r.confirmed) for r in both] == [(LEFT, True), (RIGHT, False)]


def test_a_deleted_set_leaves_tombstones_and_nothing_else_changes() -> None:
    after = without(SESSION, PAIR, LATER)
    assert [(r.id, r.deleted) for r in rows(after)] == [(r.id, r in PAIR) for r in rows(SESSION)]
    assert len(after.entries[0].live()) == 2


@examples(60)
@given(st.lists(st.sampled_from(["8", "L8", "R7", "L8 R8", "8 60kg"]), min_size=1, max_size=8))
def test_however_often_it_is_corrected_no_id_is_there_twice(texts: list[str]) -> None:
    session = SESSION
    for text in texts:
        now = tuple(r for r in rows(session) if r.kind is SetKind.WORK and r.number == 1)
        session = typed(session, tuple(r for r in now if not r.deleted), text)
    ids = [r.id for r in rows(session)]
    assert len(set(ids)) == len(ids)
    live = [(r.kind, r.number, r.side) for r in rows(session) if not r.deleted]
    assert len(set(live)) == len(live)
