"""Strong's CSV: what is written is read back as the same sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from msgspec.structs import replace

from tests.formats import workout_examples
from tests.strategies import examples
from tui.domain.model.library.catalog import Library
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side
from tui.formats import strong_writer
from tui.formats.other_apps import strong
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog

STARTED = datetime(2026, 4, 8, 16, 50, 7, tzinfo=UTC)


def row(
    number: int, side: Side = Side.BOTH, kind: SetKind = SetKind.WORK, **did: float
) -> SetEntry:
    done = Measures(**did)  # type: ignore[arg-type]  # by name
    return SetEntry(
        id=f"{kind}{number}{side}", edited="", number=number, side=side, kind=kind, done=done
    )


def session(*rows: SetEntry, **more: object) -> Session:
    entry = Entry(id="e", edited="", exercise="lunge", sets=rows)
    made = Session(id="s", edited="", started=STARTED, entries=(entry,))
    return replace(made, **more)


def read(text: str) -> OtherLog:
    table = table_of(text)
    assert strong.fits(table.plain)
    return strong.read(table)


def test_a_file_as_its_importers_expect_it() -> None:
    one = session(
        row(1, kind=SetKind.WARMUP, reps=8, load_kg=20),
        replace(row(1, Side.LEFT, reps=8, load_kg=62.5), rir=1.5, note="=1+1"),
        replace(row(1, Side.RIGHT, reps=7, load_kg=62.5), rir=6),
        replace(row(2, holds=8, hold_s=5), note="-slow"),
        row(4, distance_m=40),
        replace(row(5, reps=3), undone="time"),
        row(6, load_kg=60, reps=0),
        row(1, kind=SetKind.DROP, reps=9),
        row(2, kind=SetKind.FAILURE, contacts=6, assist_kg=12.5),
        finished=STARTED + timedelta(hours=1, minutes=2, seconds=10),
        note="@home",
    )
    head = "2026-04-08 16:50:07,Own session,1h 2m,lunge,"
    header, *rows = strong_writer.render([one], Library()).splitlines()
    assert header == (
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
        "Workout Notes,RPE"
    )
    assert rows == [
        f"{head}W,20,8,0,0,,'@home,",
        f"{head}1,62.5,8,0,0,Left side · =1+1,'@home,8.5",
        f"{head}1,62.5,7,0,0,Right side,'@home,",
        f"{head}2,0,0,0,40,8 × 5 s · -slow,'@home,",
        f"{head}3,0,0,0.04,0,,'@home,",
        f"{head}F,-12.5,6,0,0,,'@home,",
        f"{head}D,0,9,0,0,,'@home,",
    ]


def test_no_note_begins_like_a_formula() -> None:
    one = session(replace(row(1, reps=8), note="-slow"))
    text = strong_writer.render([one], Library())
    assert ",'-slow," in text
    assert read(text).workouts[0].entries[0].sets[0].note == "-slow"


def test_a_deleted_session_and_one_without_a_set_are_left_out() -> None:
    none = [session(row(1, reps=8), deleted=True), session(), session(row(1, reps=0))]
    assert len(strong_writer.render(none, Library()).splitlines()) == 1


def test_a_session_that_ended_in_another_zone_or_before_its_start() -> None:
    ended = (STARTED + timedelta(minutes=30)).astimezone(timezone(timedelta(hours=3)))
    lengths = [
        strong_writer.render([session(row(1, reps=8), finished=end)], Library()).split(",")[13]
        for end in (ended, STARTED - timedelta(hours=1), None)
    ]
    assert lengths == ["30m", "0m", "0m"]


@examples(40)
@given(workout_examples.sessions())
def test_what_is_written_is_read_back(sessions: list[Session]) -> None:
    library = Library()
    log = read(strong_writer.render(sessions, library))
    assert workout_examples.came_back(log) == workout_examples.held(sessions, library)
