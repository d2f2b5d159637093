"""A file laid over a log: newer wins, the same adds nothing, what is deleted stays so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.test_setlog import EXAMPLE, line, read
from tui.domain.model.values import Record, Session
from tui.domain.model.visible import visible
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


def test_a_session_copied_by_hand_with_its_ids_stays_as_it_is() -> None:
    [session] = log_of(line(id="X", session="A"))[0]
    copied = Session(
        id="B", edited="", started=session.started.replace(day=3), entries=session.entries
    )
    log, _ = laid(([session, copied], []), line(id="X", session="A", reps=9, edited=LATE))
    assert reps(log) == [9, 8]
    assert counts(laid(log, *render(*log))[1]) == (0, 2)


def test_a_deletion_without_a_time_means_no_set_that_has_one() -> None:
    """In schema 1 the first set of a session had one id in every copy."""
    told = line(time="18:05", id="A-1-1b", session="A", entry="A-1", started=EARLY)
    log = log_of(told)
    dead = {"type": "deleted", "id": "A-1-1b", "edited": LATE, "exercise": "back-squat"}
    log, _ = laid(log, json.dumps(dead))
    assert reps(log) == [8]
    log, _ = laid(log, json.dumps(dead | {"at": "2026-11-02T18:05:00+01:00"}))
    assert reps(log) == []


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
    """The number and the reps of each set as it is shown, by entry."""
    shown = map(visible, log[0])
    return [[(s.number, s.done.reps) for s in e.live()] for one in shown for e in one.live()]


def test_a_set_in_the_place_of_another_is_numbered_on() -> None:
    log = log_of(EXAMPLE, line(set=2))
    log, joined = laid(log, line(reps=7), line(set=2, reps=6), line(set=3, reps=5))
    assert counts(joined) == (3, 0)
    [entry] = places(log)
    assert [number for number, _ in entry] == [1, 2, 3, 4, 5]
    assert sorted(reps or 0 for _, reps in entry) == [5, 6, 7, 8, 8]
    again, joined = laid(log, line(reps=7), line(set=2, reps=6), line(set=3, reps=5))
    assert (again, counts(joined)) == (log, (0, 3))


def test_a_set_that_names_no_entry_goes_into_the_one_of_its_exercise() -> None:
    log = log_of(line(session="S"), line(session="S", set=2, entry="S-back-squat"))
    assert places(log) == [[(1, 8), (2, 8)]]


def test_sets_that_change_places_stay_two() -> None:
    log = log_of(line(id="A", edited=EARLY), line(id="B", set=2, edited=EARLY, reps=7))
    moving = line(id="A", set=2, edited=LATE, reps=9)
    moved, _ = laid(log, moving)
    assert places(moved) == [[(2, 9), (3, 7)]]
    swapped, _ = laid(log, moving, line(id="B", set=1, edited=LATE, reps=7))
    assert places(swapped) == [[(1, 7), (2, 9)]]


def test_a_set_that_came_in_the_way_stays_deleted_with_its_entry() -> None:
    log = log_of(line(id="A", session="S", entry="E", edited=EARLY))
    lines = [line(id="B", session="S", entry="E", edited=EARLY, reps=7), grave("E", LATE)]
    log, _ = laid(log, *lines)
    assert places(log) == []


def test_two_sets_in_one_place_are_exported_as_they_are() -> None:
    """Two machines each logged a first set: nothing is rewritten for it."""
    one, two = line(id="A", session="S", entry="E"), line(id="B", session="S", entry="E", reps=7)
    log = log_of(one, two)
    assert places(log) == [[(1, 8), (2, 7)]]
    again, joined = laid(log, *render(*log))
    assert (again, counts(joined)) == (log, (0, 2))


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
def test_the_order_of_two_files_makes_no_difference(first: list[str], second: list[str]) -> None:
    one, _ = laid(log_of(*first), *second)
    other, _ = laid(log_of(*second), *first)
    assert one == other
    again, joined = laid(one, *second)
    assert (again, joined.imported) == (one, 0)


@pytest.mark.parametrize(("edited", "then"), [(EARLY, [8]), (LATE, [9])])
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
    assert exported(log)[-1] == {"type": "deleted", "id": "A", "edited": LATE}
    assert counts(laid(log, grave("A", LATE))[1]) == (0, 1)


def test_a_correction_leaves_what_is_deleted_beside_it_deleted() -> None:
    log = log_of(line(id="A", edited=EARLY), line(id="B", set=2, edited=EARLY, reps=7))
    log, _ = laid(log, grave("B", MIDDLE))
    log, _ = laid(log, line(id="A", edited=LATE, reps=9))
    assert reps(log) == [9]
    assert exported(log)[-1] == {"type": "deleted", "id": "B", "edited": MIDDLE}


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


def test_what_was_edited_after_its_session_was_deleted_comes_back_alone() -> None:
    """Another machine went on without knowing of the deletion."""
    log = log_of(
        line(id="A", session="S", edited=EARLY), line(id="B", session="S", set=2, edited=EARLY)
    )
    log, _ = laid(log, grave("S", MIDDLE))
    assert places(log) == []
    log, joined = laid(log, line(id="A", session="S", reps=9, edited=LATE))
    assert counts(joined) == (1, 0)
    assert places(log) == [[(1, 9)]]
    again, joined = laid(log, *render(*log))
    assert (again, counts(joined)) == (log, (0, 2))
    assert places(log_of(*render(*log))) == [[(1, 9)]]


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
