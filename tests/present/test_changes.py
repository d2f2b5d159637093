"""What a change of the log was, in words."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from tests.ui.driver import shipped
from tests.ui.review_logs import LEFT, SQUAT, session
from tui.domain.model.deleted import Deleted, deletions
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind
from tui.present.changes import change_words, deleted_words, set_name

DAY = session(date(2026, 11, 27), SQUAT, LEFT)
TITLE = "Fri 27 Nov, Trail Speed"


def words(before: Session | None, after: Session) -> str:
    return change_words(before, after, shipped(), "kg")


def with_row(index: int, row: SetEntry) -> Session:
    """The session with a set of its first exercise replaced."""
    first, *others = DAY.entries
    sets = [row if place == index else old for place, old in enumerate(first.sets)]
    return replace(DAY, entries=(replace(first, sets=tuple(sets)), *others))


SECOND = DAY.entries[0].sets[1]
WITHOUT = with_row(1, replace(SECOND, deleted=True))


def test_sessions() -> None:
    gone = replace(DAY, deleted=True)
    assert words(DAY, gone) == f"deleting {TITLE}"
    assert words(gone, DAY) == f"bringing back {TITLE}"
    moved = replace(DAY, started=DAY.started - timedelta(days=1))
    assert words(DAY, moved) == f"moving {TITLE} to Thu 26 Nov"
    later = replace(DAY, started=DAY.started + timedelta(hours=2))
    assert words(DAY, later) == f"moving {TITLE} to 09:00"
    assert words(DAY, replace(DAY, note="hot")) == f"the note on {TITLE}"


def test_sets_of_each_kind_have_names_of_their_own() -> None:
    names = {
        SetKind.WORK: "set 2",
        SetKind.WARMUP: "warm-up 2",
        SetKind.DROP: "drop set 2",
        SetKind.FAILURE: "set to failure 2",
    }
    assert {kind: set_name(replace(SECOND, kind=kind)) for kind in SetKind} == names


def test_sets() -> None:
    assert words(DAY, WITHOUT) == "deleting Back Squat set 2, 5 × 60 kg"
    assert words(WITHOUT, DAY) == "bringing back Back Squat set 2, 5 × 60 kg"
    heavier = with_row(1, replace(SECOND, done=Measures(reps=4, load_kg=65)))
    assert words(DAY, heavier) == "changing Back Squat set 2 to 4 × 65 kg"
    left_out = with_row(1, replace(SECOND, done=Measures(), undone="time"))
    assert words(DAY, left_out) == "changing Back Squat set 2"


def test_new_sets() -> None:
    alone = replace(DAY, entries=DAY.entries[:1])
    assert words(None, alone) == "Back Squat 2 × 5 · 60 kg"
    warm = replace(SECOND, id="new", number=1, kind=SetKind.WARMUP)
    more = replace(alone.entries[0], sets=(*alone.entries[0].sets, warm))
    assert words(alone, replace(alone, entries=(more,))).startswith(
        "Back Squat warm-up 1, 5 × 60 kg"
    )


def test_what_was_deleted() -> None:
    [one] = deletions([replace(DAY, deleted=True)])
    assert deleted_words(one, shipped()) == "Trail Speed, 4 sets"
    [part] = deletions([WITHOUT])
    assert deleted_words(part, shipped()) == "Trail Speed, set 2 of Back Squat"
    strange = Entry(id="x", edited="", exercise="hill-sit", sets=())
    both = Deleted(DAY, "", strange, (SECOND, replace(SECOND, number=3)))
    assert deleted_words(both, shipped()) == "Trail Speed, 2 sets of hill-sit"
