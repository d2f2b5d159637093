"""When each exercise was done last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.domain.model.last_times import last_times
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side

AT = datetime(2026, 11, 2, 18, tzinfo=UTC)


def entry(exercise: str, reps: int = 5, undone: str | None = None) -> Entry:
    done = Measures(reps=reps)
    row = SetEntry(id="1", edited="", number=1, side=Side.BOTH, done=done, undone=undone)
    return Entry(id=f"{exercise} {reps}", edited="", exercise=exercise, sets=(row,))


def session(days: int, *entries: Entry) -> Session:
    return Session(
        id=f"S{days}", edited="", started=AT + timedelta(days=days), entries=tuple(entries)
    )


def test_each_exercise_has_its_latest_session_with_its_entry_alone() -> None:
    log = [
        session(3, entry("back-squat", 3), entry("calf-raise", 3)),
        session(5, entry("calf-raise", 5)),
        session(1, entry("side-plank", 1), entry("back-squat", 1)),
    ]
    found = last_times(log)
    assert {name: (one.id, one.entries) for name, one in found.items()} == {
        "back-squat": ("S3", (entry("back-squat", 3),)),
        "calf-raise": ("S5", (entry("calf-raise", 5),)),
        "side-plank": ("S1", (entry("side-plank", 1),)),
    }


def test_what_was_not_done_or_is_deleted_is_no_time() -> None:
    squat = entry("back-squat")
    deleted_row = replace(squat, sets=(replace(squat.sets[0], deleted=True),))
    log = [
        session(1, squat),
        session(2, entry("back-squat", undone="time")),
        session(3, replace(squat, deleted=True)),
        session(4, squat).tombstone(""),
        session(5, deleted_row),
    ]
    assert [one.id for one in last_times(log).values()] == ["S1"]
    assert last_times(log[1:]) == {}


def test_of_two_entries_in_one_session_the_first_one_done_counts() -> None:
    one = session(1, entry("dip", 1, undone="time"), entry("dip", 2), entry("dip", 3))
    assert last_times([one])["dip"].entries == (entry("dip", 2),)


logs = st.lists(
    st.builds(
        session,
        st.integers(0, 400),
        st.builds(entry, st.sampled_from("abc"), st.integers(1, 9)),
        st.builds(entry, st.sampled_from("abc"), st.integers(1, 9)),
    ),
    max_size=8,
)


@given(logs, logs)
def test_it_can_be_carried_on_from_what_was_found(
    before: list[Session], after: list[Session]
) -> None:
    assert last_times([*last_times(before).values(), *after]) == last_times([*before, *after])
