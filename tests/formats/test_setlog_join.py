"""A file laid over a log: newer wins, the same adds nothing, what is deleted stays so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.test_setlog import EXAMPLE, line, read
from tui.domain.model.values import Record, Session
from tui.formats.setlog_fields import place
from tui.formats.setlog_join import Joined, join
from tui.formats.setlog_writer import render

Log = tuple[list[Session], list[Record]]
EARLY, MIDDLE, LATE = (f"2026-11-0{n}T08:00:00+00:00" for n in (3, 4, 5))


def laid(log: Log, *lines: str) -> tuple[Log, Joined]:
    """The log after these lines, and what came of them."""
    joined = join(*log, read(*lines))
    sessions = {s.id: s for s in (*log[0], *joined.sessions)}
    records = {r.id: r for r in (*log[1], *joined.records)}
    return (list(sessions.values()), list(records.values())), joined


def log_of(*lines: str) -> Log:
    return laid(([], []), *lines)[0]


def counts(joined: Joined) -> tuple[int, int]:
    return joined.imported, joined.duplicate


def exported(log: Log) -> list[dict[str, Any]]:
    return [json.loads(text) for text in render(*log)]


def reps(log: Log) -> list[int]:
    return [doc["reps"] for doc in exported(log) if "reps" in doc]


def grave(dead: str, edited: str) -> str:
    return json.dumps({"type": "deleted", "id": dead, "edited": edited})


def test_the_same_file_twice_adds_nothing() -> None:
    log, first = laid(([], []), EXAMPLE, line(set=2))
    again, second = laid(log, EXAMPLE, line(set=2))
    assert (counts(first), counts(second)) == ((2, 0), (0, 2))
    assert again == log


def test_a_line_that_stands_in_a_file_twice_counts_once() -> None:
    _, joined = laid(([], []), EXAMPLE, EXAMPLE)
    assert counts(joined) == (1, 1)


def test_sets_without_a_session_join_the_one_of_their_day() -> None:
    log = log_of(EXAMPLE)
    log, joined = laid(log, line(set=2), line(exercise="side-plank", reps=None, hold_s=40))
    assert counts(joined) == (2, 0)
    [session] = log[0]
    assert [(e.exercise, len(e.sets)) for e in session.entries] == [
        ("back-squat", 2),
        ("side-plank", 1),
    ]


def places(log: Log) -> list[list[tuple[int, int | None]]]:
    """The number and the reps of each set, by entry."""
    return [[(s.number, s.done.reps) for s in e.live()] for one in log[0] for e in one.live()]


def test_a_set_in_the_place_of_another_makes_a_second_entry() -> None:
    log = log_of(EXAMPLE, line(set=2))
    log, joined = laid(log, line(reps=7), line(set=2, reps=6), line(set=3, reps=5))
    assert counts(joined) == (3, 0)
    assert places(log) == [[(1, 8), (2, 8), (3, 5)], [(1, 7), (2, 6)]]
    again, joined = laid(log, line(reps=7), line(set=2, reps=6), line(set=3, reps=5))
    assert (again, counts(joined)) == (log, (0, 3))


def test_a_line_that_names_its_entry_takes_no_place_of_another_either() -> None:
    log = log_of(line(id="A", session="S", entry="E"))
    log, _ = laid(log, line(id="B", session="S", entry="E", reps=7))
    assert places(log) == [[(1, 8)], [(1, 7)]]


def test_a_set_that_names_no_entry_goes_where_its_place_is_free() -> None:
    log = log_of(line(session="S", entry="E"))
    log, _ = laid(log, line(session="S", set=2))
    assert places(log) == [[(1, 8), (2, 8)]]


def test_a_correction_that_takes_the_place_of_another_set_makes_a_second_entry() -> None:
    log = log_of(line(id="A", edited=EARLY), line(id="B", set=2, edited=EARLY, reps=7))
    moving = line(id="A", set=2, edited=LATE, reps=9)
    moved, _ = laid(log, moving)
    assert places(moved) == [[(2, 7)], [(2, 9)]]
    # With both in the file they change places, and nothing is in the way.
    swapped, _ = laid(log, moving, line(id="B", set=1, edited=LATE, reps=7))
    assert places(swapped) == [[(2, 9), (1, 7)]]


def test_a_set_that_came_in_the_way_stays_deleted_with_its_entry() -> None:
    log = log_of(line(id="A", session="S", entry="E", edited=EARLY))
    lines = [line(id="B", session="S", entry="E", edited=EARLY, reps=7), grave("E", LATE)]
    log, _ = laid(log, *lines)
    assert places(log) == []


def test_two_sets_that_a_log_has_in_one_place_stay_as_they_are() -> None:
    """A work set that was corrected to a warm-up may stand beside another one."""
    one, two = line(id="A", session="S", entry="E"), line(id="B", session="S", entry="E", reps=7)
    log = log_of(one, two)
    assert places(log) == [[(1, 8), (1, 7)]]
    again, joined = laid(log, *render(*log))
    assert (again, counts(joined)) == (log, (0, 2))


def together(sessions: Iterable[Session]) -> set[frozenset[str]]:
    """Pairs of sets that have one place in one entry."""
    pairs = (pair for s in sessions for e in s.live() for pair in combinations(e.live(), 2))
    return {frozenset({a.id, b.id}) for a, b in pairs if place(a) == place(b)}


lines_of_two = st.lists(
    st.builds(
        lambda number, reps, entry, named: line(
            set=number, reps=reps, session="S", entry=entry, id=named
        ),
        st.integers(1, 3),
        st.integers(1, 3),
        st.sampled_from([None, "E", "F"]),
        st.none() | st.sampled_from("ABCD"),
    ),
    max_size=6,
)


@given(lines_of_two, lines_of_two)
def test_no_set_of_a_file_takes_the_place_of_one_of_the_log(
    first: list[str], second: list[str]
) -> None:
    log = log_of(*first)
    meant = together(log[0]) | together(read(*second).sessions)
    log, _ = laid(log, *second)
    assert together(log[0]) <= meant
    again, joined = laid(log, *second)
    assert (again, joined.imported) == (log, 0)


@pytest.mark.parametrize(("edited", "then"), [(EARLY, [8]), (MIDDLE, [8]), (LATE, [9])])
def test_a_copy_counts_only_if_it_is_newer(edited: str, then: list[int]) -> None:
    log = log_of(line(id="A", edited=MIDDLE, reps=8))
    log, joined = laid(log, line(id="A", edited=edited, reps=9))
    assert reps(log) == then
    assert joined.imported == (then == [9])


def test_an_older_copy_of_the_file_undoes_no_correction() -> None:
    log = log_of(line(id="A", edited=EARLY, reps=8), line(id="B", set=2, edited=EARLY, reps=7))
    old = list(render(*log))
    log, _ = laid(log, line(id="A", edited=LATE, reps=10))
    log, joined = laid(log, *old)
    assert reps(log) == [10, 7]
    assert counts(joined) == (0, 2)


def test_a_deleted_line_deletes_a_set_and_is_exported_itself() -> None:
    log = log_of(line(id="A", edited=EARLY), line(id="B", set=2, edited=EARLY, reps=7))
    log, joined = laid(log, grave("A", LATE))
    assert counts(joined) == (1, 0)
    assert reps(log) == [7]
    meant = {"exercise": "back-squat", "at": "2026-11-02T18:05:00+01:00"}
    assert exported(log)[-1] == {"type": "deleted", "id": "A", **meant, "edited": LATE}
    assert counts(laid(log, grave("A", LATE))[1]) == (0, 1)


def test_a_correction_leaves_what_is_deleted_beside_it_deleted() -> None:
    log = log_of(line(id="A", edited=EARLY), line(id="B", set=2, edited=EARLY, reps=7))
    log, _ = laid(log, grave("B", MIDDLE))
    log, _ = laid(log, line(id="A", edited=LATE, reps=9))
    assert reps(log) == [9]
    meant = {"exercise": "back-squat", "at": "2026-11-02T18:05:00+01:00"}
    assert exported(log)[-1] == {"type": "deleted", "id": "B", **meant, "edited": MIDDLE}


def test_a_deletion_older_than_the_set_does_nothing() -> None:
    log = log_of(line(id="A", edited=LATE))
    log, joined = laid(log, grave("A", EARLY))
    assert counts(joined) == (0, 1)
    assert reps(log) == [8]


@pytest.mark.parametrize("kind", ["session", "entry", "id"])
def test_what_was_deleted_does_not_come_back_with_an_old_file(kind: str) -> None:
    old = line(id="A", session="S", entry="E", edited=EARLY)
    dead = {"session": "S", "entry": "E", "id": "A"}[kind]
    # Deleted in a log that held it, in one that never did, and within one file.
    held, _ = laid(log_of(old), grave(dead, LATE))
    never = log_of(grave(dead, LATE))
    for log in (held, never):
        after, joined = laid(log, old)
        assert reps(after) == []
        assert counts(joined) == (0, 1)
    assert reps(log_of(old, grave(dead, LATE))) == []


def test_a_set_written_anew_after_its_deletion_lives() -> None:
    log = log_of(line(id="A", edited=EARLY), grave("A", MIDDLE))
    log, joined = laid(log, line(id="A", edited=LATE, reps=9))
    assert counts(joined) == (1, 0)
    assert [doc.get("type", "set") for doc in exported(log)] == ["set"]


def test_a_deleted_session_stays_deleted() -> None:
    log = log_of(line(id="A", session="S", edited=EARLY))
    log, _ = laid(log, grave("S", MIDDLE))
    log, joined = laid(log, line(id="A", session="S", edited=LATE))
    assert counts(joined) == (0, 1)
    assert [s.deleted for s in log[0]] == [True]


def test_a_note_on_a_session_comes_in_and_a_newer_one_replaces_it() -> None:
    def noted(note: str, edited: str) -> str:
        doc = {"type": "session", "id": "S", "date": "2026-11-02", "time": "18:00", "note": note}
        return json.dumps({**doc, "edited": edited})

    log = log_of(line(session="S", id="A", edited=EARLY), noted("tired", MIDDLE))
    assert [s.note for s in log[0]] == ["tired"]
    assert counts(laid(log, noted("wide awake", EARLY))[1]) == (0, 1)
    log, joined = laid(log, noted("very tired", LATE))
    assert counts(joined) == (1, 0)
    assert [s.note for s in log[0]] == ["very tired"]
    assert reps(log) == [8]


def test_records_merge_like_sets() -> None:
    def morning(pain: int, edited: str) -> str:
        doc = {"type": "morning", "id": "M", "date": "2026-11-03", "region": "hip", "pain": pain}
        return json.dumps({**doc, "edited": edited})

    log = log_of(morning(4, MIDDLE))
    assert counts(laid(log, morning(1, EARLY))[1]) == (0, 1)
    log, _ = laid(log, morning(2, LATE))
    assert [r.values["pain"] for r in log[1]] == [2]
    log, _ = laid(log, grave("M", LATE))
    assert [r.deleted for r in log[1]] == [True]
    assert counts(laid(log, morning(4, EARLY))[1]) == (0, 1)


def test_a_set_whose_id_is_that_of_an_entry_is_a_set() -> None:
    log = log_of(line(id="A", entry="E"))
    log, joined = laid(log, line(id="E", set=2, reps=5))
    assert joined.imported == 1
    assert sorted(reps(log)) == [5, 8]


def test_what_is_added_to_a_session_makes_it_younger() -> None:
    log = log_of(line(id="A", session="S", edited=EARLY))
    log, _ = laid(log, line(id="B", set=2, session="S", edited=LATE))
    [session] = log[0]
    assert (session.edited, session.entries[0].edited) == (LATE, LATE)
