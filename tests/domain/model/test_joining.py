"""Copies of a log that grow apart on machines whose clocks disagree: joining them loses nothing,
and the order in which they are joined makes no difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import examples
from tui.domain.model.codec import session_from_doc, session_to_doc
from tui.domain.model.corrections import correct, without
from tui.domain.model.edits import edit_of_session, restored, stamps_of
from tui.domain.model.ids import sortable
from tui.domain.model.joining import Documents, joined, later_record
from tui.domain.model.logged import with_sets
from tui.domain.model.notation import parse
from tui.domain.model.stamps import edited_at
from tui.domain.model.values import (
    Entry,
    Exercise,
    Kind,
    Level,
    Measures,
    Record,
    Session,
    SetEntry,
    Side,
    Sides,
)
from tui.domain.model.visible import twins, visible

BEGUN = datetime(2026, 11, 2, 18, tzinfo=UTC)
# Minutes by which the clocks of three machines are off.
CLOCKS = (0, -10, 7)
LEVELS = dict.fromkeys(Level)


def exercise(name: str, sides: Sides) -> Exercise:
    return Exercise(
        id=name, name=name, kind=Kind.BODYWEIGHT, category="upper", role="push", muscles=(),
        sides=sides, doses={}, cues=(), why="", leg_load=0, regions=("knee",), sources=(),
    )  # fmt: skip


EXERCISES = (exercise("push-up", Sides.BOTH), exercise("lunge", Sides.PER_SIDE))


class Machine:
    """One copy of the log, changed by what the program has for it."""

    def __init__(self, offset: int, chance: Random, serial: Iterable[int]) -> None:
        self.offset, self.chance = timedelta(minutes=offset), chance
        self.log: list[Session] = []
        self.serial = iter(serial)
        # The stamp of each version that was confirmed, by document.
        self.confirmed: list[tuple[str, float]] = []

    def new_id(self) -> str:
        return sortable(1000 + self.chance.randrange(3), next(self.serial))

    def act(self, now: datetime) -> None:
        stamp = (now + self.offset).isoformat()
        if self.log and self.chance.random() < 0.1:
            self.log = joined(self.log, [restored(self.chance.choice(self.log), stamp)])
            return
        shown = [one for one in map(visible, self.log) if not one.deleted]
        acts: list[Callable[[Session, str], Session]] = [
            self.add, self.add, self.correct, self.remove, self.note, self.delete, self.move
        ]  # fmt: skip
        if not shown or self.chance.random() < 0.2:
            session = Session(id=self.new_id(), edited=stamp, started=BEGUN, finished=BEGUN)
            self.put(self.add(session, stamp), stamp)
        else:
            self.put(self.chance.choice(acts)(self.chance.choice(shown), stamp), stamp)

    def put(self, session: Session, now: str) -> None:
        stored = next((one for one in self.log if one.id == session.id), None)
        new = session if stored is None else edit_of_session(session, stored, now)
        self.log = joined(self.log, [new])
        self.confirmed += versions([new])

    def add(self, session: Session, now: str) -> Session:
        typed = parse(str(self.chance.randint(1, 20)), Kind.BODYWEIGHT)
        what = self.chance.choice(EXERCISES)
        return with_sets(session, what, typed, edited=now, at=now, new_id=self.new_id)[0]

    def rows(self, session: Session) -> list[SetEntry]:
        entries = session.live()
        if session.deleted or not entries:
            return []
        row = self.chance.choice(self.chance.choice(entries).live())
        return [row]

    def correct(self, session: Session, now: str) -> Session:
        rows = self.rows(session)
        typed = parse(f"{self.chance.randint(1, 20)}", Kind.BODYWEIGHT)
        return correct(session, rows, typed, None, now) if rows else session

    def remove(self, session: Session, now: str) -> Session:
        rows = self.rows(session)
        return without(session, rows, now) if rows else session

    def note(self, session: Session, now: str) -> Session:
        return replace(session, note=f"at {now}", edited=now)

    def delete(self, session: Session, now: str) -> Session:
        return session.tombstone(now)

    def move(self, session: Session, now: str) -> Session:
        started = BEGUN + timedelta(days=self.chance.randint(-400, 400))
        return replace(session, started=started, edited=now)


def versions(log: Iterable[Session]) -> list[tuple[str, float]]:
    documents = Documents()
    documents.take(log)
    found = [(one.id, edited_at(one.edited)) for one in documents.heads.values()]
    found += [(one.id, edited_at(one.edited)) for one in documents.entries.values()]
    return found + [(p.doc.id, edited_at(p.doc.edited)) for p in documents.sets.values()]


def grown(seed: int, steps: int) -> list[Machine]:
    """Three machines after some steps, with joins of two of them in between."""
    chance, serial = Random(seed), count(1)
    machines = [Machine(offset, chance, serial) for offset in CLOCKS]
    for minute in range(steps):
        if chance.random() < 0.2:
            one, other = chance.sample(machines, 2)
            one.log = joined(one.log, other.log)
        else:
            chance.choice(machines).act(BEGUN + timedelta(minutes=minute))
    return machines


@settings(parent=examples(4000))
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_joining_has_no_order_and_loses_nothing(seed: int, steps: int) -> None:
    machines = grown(seed, steps)
    a, b, c = (machine.log for machine in machines)
    whole = joined(a, b, c)
    assert joined(a, b) == joined(b, a)
    assert joined(joined(a, b), c) == joined(a, joined(b, c)) == joined(c, b, a) == whole
    assert joined(whole, whole) == joined(whole, a) == joined(whole) == whole
    newest = dict(versions(whole))
    for machine in machines:
        for name, stamp in machine.confirmed:
            assert newest[name] >= stamp
    # What the file says is what was joined.
    assert [session_from_doc(session_to_doc(one)) for one in whole] == whole


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_the_edit_of_what_is_shown_is_what_is_shown_next(seed: int, steps: int) -> None:
    """Whatever copies were joined before, and whatever their clocks said."""
    machines = grown(seed, steps)
    machine = machines[0]
    machine.log = joined(*(one.log for one in machines))
    for _ in range(4):
        for session in [one for one in map(visible, machine.log) if not one.deleted]:
            act = machine.chance.choice(
                (machine.add, machine.correct, machine.remove, machine.note, machine.move)
            )
            wanted = act(session, "2000-01-01T00:00:00+00:00")
            stored = next(one for one in machine.log if one.id == session.id)
            edit = edit_of_session(wanted, stored, "2000-01-01T00:00:00+00:00")
            assert told(visible(edit)) == told(visible(joined([stored], [edit])[0])) == told(wanted)
            machine.log = joined(machine.log, [edit])


def told(session: Session) -> dict[str, object]:
    """The sets a session shows; one that was numbered on may be the first again."""
    return {
        entry.id: [(row.id, row.side, row.done) for row in sorted_rows(entry)]
        for entry in session.live()
        if not session.deleted
    }


def sorted_rows(entry: Entry) -> list[SetEntry]:
    return sorted(entry.live(), key=lambda row: row.id)


# -- what a deletion covers ------------------------------------------------------------------------


def at(minute: int) -> str:
    return (BEGUN + timedelta(minutes=minute)).isoformat()


def row(name: str, minute: int = 0, number: int = 1, side: Side = Side.BOTH) -> SetEntry:
    done = Measures(reps=8)
    return SetEntry(id=name, edited=at(minute), number=number, side=side, done=done, at=at(0))


def session(*rows: SetEntry, minute: int = 0) -> Session:
    entry = Entry(id="E", edited=at(0), exercise="push-up", sets=rows)
    return Session(id="S", edited=at(minute), started=BEGUN, entries=(entry,))


def alive(one: Session) -> list[str]:
    shown = visible(one)
    return [] if shown.deleted else [r.id for entry in shown.live() for r in entry.live()]


def test_what_is_younger_than_a_deletion_survives_it_alone() -> None:
    here = edit_of_session(
        session(row("A"), row("B", number=2)).tombstone(at(5)),
        session(row("A"), row("B", number=2)),
        at(5),
    )
    there = session(row("A", minute=9), row("B", number=2))
    assert alive(here) == []
    assert alive(joined([here], [there])[0]) == ["A"]
    earlier = session(row("A", minute=5), row("B", number=2))
    assert alive(joined([here], [earlier])[0]) == []


def test_a_deletion_taken_back_brings_back_what_it_covered() -> None:
    stored = session(row("A"), row("B", number=2))
    gone = edit_of_session(stored.tombstone(at(5)), stored, at(5))
    back = restored(gone, at(1))
    assert alive(back) == ["A", "B"]
    assert [r.edited for r in back.entries[0].sets] == [at(0), at(0)], (
        "without an edit of their own"
    )


CORRECT = "correct"


@pytest.mark.parametrize("what", [CORRECT, "note"])
def test_an_edit_of_what_survived_leaves_the_rest_deleted(what: str) -> None:
    stored = joined(
        [session(row("A", minute=9), row("B", number=2))], [session(minute=5).tombstone(at(5))]
    )[0]
    shown = visible(stored)
    wanted = replace(shown, note="only this", edited=at(20))
    if what == CORRECT:
        wanted = correct(shown, [shown.live()[0].sets[0]], parse("5"), None, at(20))
    edit = edit_of_session(wanted, stored, at(20))
    assert alive(edit) == ["A"]
    assert visible(edit).note == wanted.note


@pytest.mark.parametrize("minute", [-60, 0, 60])
def test_a_deletion_is_later_than_all_it_covers(minute: int) -> None:
    stored = session(row("A", minute=30))
    gone = edit_of_session(stored.tombstone(at(minute)), stored, at(minute))
    assert alive(gone) == []
    assert edited_at(gone.edited) > max(map(edited_at, stamps_of(stored)))


# -- one place for two sets ------------------------------------------------------------------------


def numbers(one: Session) -> list[tuple[str, int]]:
    return [(r.id, r.number) for entry in visible(one).live() for r in entry.live()]


def test_sets_in_one_place_are_numbered_on_side_by_side() -> None:
    pair = [row("a", side=Side.LEFT), row("b", side=Side.RIGHT)]
    other = [row("c", side=Side.LEFT), row("d", side=Side.RIGHT), row("e", number=2)]
    both = joined([session(*pair)], [session(*other)])[0]
    assert sorted(numbers(both)) == [("a", 1), ("b", 1), ("c", 2), ("d", 2), ("e", 3)]
    assert {r.number for r in both.entries[0].sets} == {1, 2}, "nothing is rewritten for it"


def test_sides_done_at_one_time_are_one_set() -> None:
    """Also where another machine did only one side, under an id that sorts before them."""
    alone = replace(row("a", side=Side.LEFT), at=at(3))
    pair = [row("b", side=Side.LEFT), row("c", side=Side.RIGHT)]
    both = joined([session(alone)], [session(*pair)])[0]
    assert sorted(numbers(both)) == [("a", 1), ("b", 2), ("c", 2)]


def test_a_side_that_was_added_in_both_copies_is_there_once() -> None:
    stored = session(row("a", side=Side.LEFT))
    mine, theirs = (
        edit_of_session(
            correct(stored, stored.entries[0].sets, parse(text), None, at(5)), stored, at(minute)
        )
        for minute, text in ((5, "L8 R6"), (6, "L8 R7"))
    )
    [(_, left), (other, right)] = numbers(both := joined([mine], [theirs])[0])
    assert (left, right) == (1, 1)
    assert [r.done.reps for r in both.entries[0].sets if r.id == other] == [7]


def test_what_is_in_order_is_left_alone() -> None:
    one = session(row("a"), row("b", number=2))
    assert visible(one) is one


# -- edited apart ----------------------------------------------------------------------------------


def test_a_version_that_lost_to_one_that_did_not_know_it_is_told() -> None:
    stored = session(row("A"))
    mine = edit_of_session(replace(stored, note="mine", edited=at(5)), stored, at(5))
    theirs = edit_of_session(replace(stored, note="theirs", edited=at(6)), stored, at(6))
    documents = Documents()
    documents.take([mine])
    documents.take([theirs])
    [lost] = documents.lost
    assert (lost.kind, lost.doc["note"]) == ("session", "mine")


def test_a_record_told_first_on_two_machines_is_told() -> None:
    """A morning has the id of its day: both are the first version."""
    one = Record(id="M", edited=at(1), type="morning", day=BEGUN.date(), values={"pain": 1})
    documents = Documents()
    documents.take([], [one])
    documents.take([], [replace(one, edited=at(2), values={"pain": 2})])
    documents.take([], [replace(one, edited=at(3), values={"pain": 3}, replaces=(at(2),))])
    assert [lost.doc["pain"] for lost in documents.lost] == [1]


def test_a_version_that_was_replaced_is_no_loss() -> None:
    stored = session(row("A"))
    first = edit_of_session(replace(stored, note="first", edited=at(5)), stored, at(5))
    second = edit_of_session(replace(first, note="second", edited=at(6)), first, at(6))
    documents = Documents()
    documents.take([second])
    documents.take([first])
    documents.take([stored])
    assert documents.lost == []
    assert documents.heads["S"].note == "second"


# -- copies from schema 1 --------------------------------------------------------------------------


def test_of_two_versions_without_a_time_the_later_is_shown() -> None:
    old = replace(row("a"), was="S-1-1b", at="")
    new = replace(row("b", minute=3), was="S-1-1b", at="")
    both = joined([session(old)], [session(new)])[0]
    assert alive(both) == ["b"]
    assert twins(both.entries) == [(old, new)]


def test_sets_of_two_exercises_are_no_versions_of_one() -> None:
    """Two copies gave one id to what each logged first for a past day."""
    jumps = session(replace(row("a"), was="S-1-1b", at=""))
    other = session(replace(row("b", minute=3), was="S-1-1b", at=""))
    [entry] = other.entries
    other = replace(other, entries=(replace(entry, id="F", exercise="lunge"),))
    assert alive(joined([jumps], [other])[0]) == ["a", "b"]


def test_of_two_records_the_later_counts_and_of_two_equally_old_always_the_same() -> None:
    one = Record(id="M", edited=at(1), type="morning", day=BEGUN.date(), values={"pain": 1})
    later, tie = replace(one, edited=at(2), values={"pain": 2}), replace(one, values={"pain": 3})
    assert later_record(one, later) == later_record(later, one) == later
    assert later_record(one, tie) == later_record(tie, one)
