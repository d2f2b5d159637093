"""An earlier state of a log that is made to count again: it shows, also in other copies."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.model.test_joining import BEGUN, CLOCKS, Machine
from tests.store.examples import a_record, stamp
from tests.strategies import examples
from tui.domain.model.joining import joined, later_record
from tui.domain.model.reinstating import reinstated, reinstated_record
from tui.domain.model.values import Session
from tui.domain.model.visible import visible


def shown(session: Session) -> object:
    """What a session shows, without ids of documents that show nothing, and without stamps."""
    seen = visible(session)
    if seen.deleted:
        return None
    head = replace(seen, edited="", replaces=(), entries=())
    rows = {
        row.id: (entry.exercise, replace(row, edited="", replaces=()))
        for entry in seen.live()
        for row in entry.live()
    }
    return head, rows


@given(st.integers(0, 1 << 30), st.integers(2, 25), st.integers(1, 25), st.integers(-9000, 9000))
@examples(300)
def test_an_old_state_counts_again_whatever_was_done_since_and_whatever_the_clock_says(
    seed: int, before: int, since: int, minutes: int
) -> None:
    chance = Random(seed)
    serial = iter(range(1, 1 << 20))
    machines = [Machine(offset, chance, serial) for offset in CLOCKS]
    mine = machines[0]

    def grow(steps: int, first: int) -> None:
        for minute in range(first, first + steps):
            if chance.random() < 0.2:
                mine.log = joined(mine.log, chance.choice(machines).log)
            else:
                chance.choice(machines[:2]).act(BEGUN + timedelta(minutes=minute))

    grow(before, 0)
    old = {one.id: one for one in mine.log}
    grow(since, before)
    now = (BEGUN + timedelta(minutes=minutes)).isoformat()
    there = joined(mine.log, old.values())
    again = [reinstated(old.get(one.id), one, now) for one in there]
    for one in again:
        was = old.get(one.id)
        assert shown(one) == (None if was is None else shown(was))
    # Also in a copy that knows only what was there before.
    assert joined(mine.log, again) == joined(again)
    assert [reinstated(old.get(one.id), one, now) for one in again] == again


def test_a_record_says_again_what_it_said() -> None:
    old, now = a_record(pain=2), a_record(pain=5, edited=stamp(9))
    again = reinstated_record(old, now, stamp(3))
    assert again.values == old.values
    assert later_record(now, again) == again
    assert again.replaces == (now.edited,)
    gone = reinstated_record(None, now, stamp(3))
    assert gone.deleted
    assert later_record(now, gone) == gone
    assert reinstated_record(old, replace(old), stamp(3)) == old
    assert reinstated_record(None, gone, stamp(20)) == gone
    assert not reinstated_record(old, gone, stamp(3)).deleted
