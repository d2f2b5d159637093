"""Two copies of a log that grew apart on one day: what each holds is in both after a merge, as what
it is. Their ids count places, so one id may be two sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import examples, new_id
from tests.ui.driver import shipped
from tui.domain.model.corrections import correct, without
from tui.domain.model.logged import id_of_day, with_sets
from tui.domain.model.notation import parse as parse_sets
from tui.domain.model.values import Kind, Record, Session, SetEntry
from tui.formats.setlog_join import join
from tui.formats.setlog_reader import parse
from tui.formats.setlog_writer import render

BEGUN = datetime(2026, 11, 2, 18, tzinfo=UTC)
EXERCISES = ("back-squat", "box-jump")
# What was done: its exercise and its reps, which no other set has.
Done = tuple[str, int]
ACTS = ("log", "log", "log", "correct", "delete")


class Copy:
    """One copy of the log, with one session, and the sets that were deleted or corrected in it."""

    def __init__(self, other: Copy | None = None) -> None:
        self.sessions: list[Session] = list(other.sessions) if other else []
        self.records: list[Record] = list(other.records) if other else []
        self.gone: set[Done] = set()

    def sets(self) -> dict[Done, SetEntry]:
        return {
            (entry.exercise, row.done.reps or 0): row
            for session in self.sessions
            if not session.deleted
            for entry in session.live()
            for row in entry.live()
        }

    def session(self) -> Session:
        new = Session(id=id_of_day(BEGUN.date()), edited="", started=BEGUN, finished=BEGUN)
        return self.sessions[0] if self.sessions else new

    def act(self, what: str, exercise: str, reps: int, now: str) -> None:
        session, known = self.session(), self.sets()
        typed = parse_sets(f"{reps}", Kind.BODYWEIGHT)
        if what == "log":
            found = shipped().exercises[exercise]
            self.sessions[:1] = [
                with_sets(session, found, typed, edited=now, at=now, new_id=new_id)[0]
            ]
        elif known:
            done, row = sorted(known.items())[reps % len(known)]
            self.gone.add(done)
            change: Callable[..., Session] = partial(without, session, [row], now)
            if what == "correct":
                found = shipped().exercises[done[0]]
                change = partial(correct, session, [row], typed, found, now)
            self.sessions[0] = change()

    def lines(self) -> list[bytes]:
        return [line.encode() for line in render(self.sessions, self.records)]

    def take(self, lines: list[bytes]) -> int:
        parsed = parse(lines, shipped(), lambda moment: moment.replace(tzinfo=UTC))
        assert not parsed.problems
        joined = join(self.sessions, self.records, parsed)
        self.sessions = list(({s.id: s for s in (*self.sessions, *joined.sessions)}).values())
        self.records = list(({r.id: r for r in (*self.records, *joined.records)}).values())
        return joined.imported


steps = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(EXERCISES)), max_size=5)


def merge(one: Copy, other: Copy) -> None:
    """Each takes in what the other holds."""
    mine, others = one.lines(), other.lines()
    one.take(others)
    other.take(mine)
    assert set(one.sets()) == set(other.sets())
    assert (one.take(others), other.take(mine)) == (0, 0), "the same file again brings nothing"
    assert (one.take(other.lines()), other.take(one.lines())) == (0, 0)
    assert set(one.sets()) == set(other.sets())
    for copy in (one, other):
        rows = [row.id for session in copy.sessions for e in session.entries for row in e.sets]
        assert len(rows) == len(set(rows)), "one id is one set"


@given(steps, st.lists(st.tuples(steps, steps), min_size=1, max_size=2))
@examples(120)
def test_what_grew_apart_is_whole_in_both(
    before: list[tuple[str, str]], rounds: list[tuple[list[tuple[str, str]], ...]]
) -> None:
    moments = (BEGUN + timedelta(minutes=n) for n in range(200))
    numbered = iter(range(1, 200))
    one = Copy()
    for what, exercise in before:
        one.act(what, exercise, next(numbered), next(moments).isoformat())
    other = Copy(one)
    for here, there in rounds:
        common = set(one.sets())
        one.gone, other.gone = set(), set()
        for copy, done in ((one, here), (other, there)):
            for what, exercise in done:
                copy.act(what, exercise, next(numbered), next(moments).isoformat())
        # Corrected or deleted in one copy and untouched in the other: then that counts.
        expected = (set(one.sets()) | set(other.sets())) - one.gone - other.gone
        # Corrected in both, or here corrected and deleted there: the later counts.
        both = one.gone & other.gone & common
        merge(one, other)
        if not both:
            assert set(one.sets()) == expected


def test_lines_of_two_copies_in_one_file_stay_apart() -> None:
    one, other, third = Copy(), Copy(), Copy()
    one.act("log", "box-jump", 6, BEGUN.isoformat())
    other.act("log", "back-squat", 5, (BEGUN + timedelta(minutes=3)).isoformat())
    third.take([*one.lines(), *other.lines()])
    assert set(third.sets()) == {("box-jump", 6), ("back-squat", 5)}


def test_a_set_that_is_added_later_joins_its_exercise() -> None:
    """The entry that it names is another exercise's in the copy that takes it in."""
    one, other = Copy(), Copy()
    one.act("log", "box-jump", 6, BEGUN.isoformat())
    for minute, reps in ((3, 5), (9, 4)):
        moment = (BEGUN + timedelta(minutes=minute)).isoformat()
        other.act("log", "back-squat", reps, moment)
        one.take(other.lines())
    entries = [(e.exercise, len(e.live())) for e in one.sessions[0].live()]
    assert entries == [("box-jump", 1), ("back-squat", 2)]


def test_what_is_logged_after_a_merge_gets_ids_that_no_other_set_has() -> None:
    one, other = Copy(), Copy()
    one.act("log", "box-jump", 6, BEGUN.isoformat())
    for reps in (5, 4, 3):
        other.act("log", "back-squat", reps, (BEGUN + timedelta(minutes=reps)).isoformat())
    merge(one, other)
    one.act("log", "box-jump", 7, (BEGUN + timedelta(minutes=30)).isoformat())
    merge(one, other)
    assert len(one.sets()) == 5


def test_a_deletion_means_the_set_that_was_deleted_and_no_other_of_its_id() -> None:
    one, other = Copy(), Copy()
    one.act("log", "box-jump", 6, BEGUN.isoformat())
    one.act("delete", "box-jump", 0, (BEGUN + timedelta(minutes=9)).isoformat())
    other.act("log", "back-squat", 5, (BEGUN + timedelta(minutes=3)).isoformat())
    other.take(one.lines())
    one.take(other.lines())
    assert set(one.sets()) == set(other.sets()) == {("back-squat", 5)}


def test_a_set_of_a_past_day_is_told_apart_by_its_exercise() -> None:
    one, other = Copy(), Copy()
    for copy, exercise in ((one, "box-jump"), (other, "deadlift")):
        copy.act("log", exercise, 6, BEGUN.isoformat())
        entry = copy.sessions[0].entries[0]
        rows = tuple(replace(row, at="") for row in entry.sets)
        copy.sessions[0] = replace(copy.sessions[0], entries=(replace(entry, sets=rows),))
    lines = one.lines()
    one.take(other.lines())
    other.take(lines)
    assert set(one.sets()) == set(other.sets()) == {("box-jump", 6), ("deadlift", 6)}
