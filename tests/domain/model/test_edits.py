"""An edit says only what its runner changed: what came meanwhile, from whomever, stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from tui.domain.model.edits import edit_of_record, edit_of_session, taken_back
from tui.domain.model.values import Entry, Measures, Record, Session, SetEntry, Side
from tui.domain.model.visible import visible

BEGUN = datetime(2026, 11, 2, 18, tzinfo=UTC)


def at(minute: int) -> str:
    return (BEGUN + timedelta(minutes=minute)).isoformat()


def row(name: str, number: int, reps: int = 8, minute: int = 0) -> SetEntry:
    done = Measures(reps=reps)
    return SetEntry(id=name, edited=at(minute), number=number, side=Side.BOTH, done=done)


def session(*rows: SetEntry) -> Session:
    entry = Entry(id="E", edited=at(0), exercise="push-up", sets=rows)
    return Session(id="S", edited=at(0), started=BEGUN, entries=(entry,))


def with_reps(one: Session, name: str, reps: int, minute: int) -> Session:
    """The session with one set corrected."""
    entry = one.entries[0]
    sets = tuple(
        replace(r, done=Measures(reps=reps), edited=at(minute)) if r.id == name else r
        for r in entry.sets
    )
    return replace(one, entries=(replace(entry, sets=sets),))


def reps(one: Session) -> dict[str, int | None]:
    return {r.id: r.done.reps for e in visible(one).live() for r in e.live()}


SEEN = session(row("A", 1), row("B", 2))


def test_what_did_not_change_keeps_its_version() -> None:
    assert edit_of_session(SEEN, SEEN, at(9)) == SEEN
    edit = edit_of_session(with_reps(SEEN, "A", 5, 9), SEEN, at(9))
    assert (edit.edited, edit.entries[0].edited, edit.entries[0].sets[1]) == (
        SEEN.edited,
        SEEN.entries[0].edited,
        SEEN.entries[0].sets[1],
    )
    assert edit.entries[0].sets[0].replaces == (at(0),)


def test_what_another_changed_meanwhile_stays() -> None:
    stored = edit_of_session(with_reps(SEEN, "B", 3, 5), SEEN, at(5))
    stored = replace(
        stored,
        entries=(replace(stored.entries[0], sets=(*stored.entries[0].sets, row("C", 3))),),
        note="theirs",
        edited=at(5),
    )
    edit = edit_of_session(with_reps(SEEN, "A", 5, 9), stored, at(9), SEEN)
    assert reps(edit) == {"A": 5, "B": 3, "C": 8}
    assert edit.note == "theirs"


def test_deleting_a_set_that_another_corrected_deletes_it() -> None:
    stored = edit_of_session(with_reps(SEEN, "A", 3, 5), SEEN, at(5))
    entry = SEEN.entries[0]
    gone = replace(entry.sets[0], deleted=True, edited=at(9))
    new = replace(SEEN, entries=(replace(entry, sets=(gone, entry.sets[1])),))
    edit = edit_of_session(new, stored, at(9), SEEN)
    assert reps(edit) == {"B": 8}
    assert edit.entries[0].sets[0].done.reps == 3, "its tombstone has what it said last"


def test_a_set_that_another_deleted_stays_deleted_if_it_was_not_touched() -> None:
    entry = SEEN.entries[0]
    gone = replace(entry.sets[1], deleted=True, edited=at(5))
    stored = replace(SEEN, entries=(replace(entry, sets=(entry.sets[0], gone)),))
    edit = edit_of_session(with_reps(SEEN, "A", 5, 9), stored, at(9), SEEN)
    assert reps(edit) == {"A": 5}


def test_an_undo_takes_back_only_its_own_change() -> None:
    written = edit_of_session(with_reps(SEEN, "A", 5, 9), SEEN, at(9))
    stored = edit_of_session(with_reps(written, "B", 3, 11), written, at(11))
    undone = edit_of_session(taken_back(SEEN, written), stored, at(12), written)
    assert reps(undone) == {"A": 8, "B": 3}


def test_a_record_said_again_is_no_new_version() -> None:
    one = Record(id="M", edited=at(0), type="morning", day=BEGUN.date(), values={"pain": 1})
    assert edit_of_record(replace(one, edited=at(3)), one, at(3)) == one
    changed = edit_of_record(replace(one, values={"pain": 2}), one, at(-9))
    assert (changed.edited > one.edited, changed.replaces) == (True, (at(0),))
