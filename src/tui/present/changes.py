"""Changes of the log in words, as they are undone, and what was deleted from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.domain.model.deleted import Deleted
from tui.domain.model.library.catalog import Library, exercise_name, way_of
from tui.domain.model.notation import written
from tui.domain.model.notation_show import Form, show
from tui.domain.model.sums import by_set
from tui.domain.model.text import number_of
from tui.domain.model.values import Entry, Session, SetEntry, SetKind
from tui.domain.planning.wording import short_day
from tui.domain.review.context import summed
from tui.present.words import session_title

SET_NAMES = {
    SetKind.WARMUP: "warm-up",
    SetKind.WORK: "set",
    SetKind.DROP: "drop set",
    SetKind.FAILURE: "set to failure",
}
Rows = Mapping[str, tuple[Entry, SetEntry]]


def session_words(session: Session, library: Library) -> str:
    """A session by its day and title: ``Fri 27 Nov, Trail Speed``."""
    return f"{short_day(session.day)}, {session_title(session, library)}"


def sets_words(entry: Entry, rows: Sequence[SetEntry], library: Library, unit: str) -> str:
    """Sets of an exercise: ``Back Squat set 2, 5 60kg``, or without a number if they are several.
    What was left out is only named."""
    name, done = _named(entry, rows, library, unit)
    one = len(by_set(rows)) == 1
    return f"{name}{', ' if one else ' '}{done}" if done else name


def done_text(
    exercise: str, rows: Iterable[SetEntry], library: Library, unit: str, form: Form = Form.LONG
) -> str:
    """What was done in sets of an exercise, without those that were left out."""
    done = (written(row) for row in rows if row.undone is None)
    return show(done, unit, form, way=way_of(library, exercise))


def _named(entry: Entry, rows: Sequence[SetEntry], library: Library, unit: str) -> tuple[str, str]:
    """The name of sets of an exercise, and what was done; empty if they were left out."""
    name, count = exercise_name(library, entry.exercise), len(by_set(rows))
    done = done_text(entry.exercise, rows, library, unit)
    if count == 1:
        return f"{name} {set_name(rows[0])}", done
    return (name, done) if done else (f"{name}, {number_of(count, 'set')}", "")


def set_name(row: SetEntry) -> str:
    """A set by its number within its kind: ``set 2``, ``warm-up 1``, ``drop set 1``."""
    return f"{SET_NAMES[row.kind]} {row.number}"


def change_words(before: Session | None, after: Session, library: Library, unit: str) -> str:
    """What a change did, to follow “Undone:”: the sets it added, or ``deleting …``, ``moving …``,
    ``changing …``, ``bringing back …``, ``the note …``."""
    title = session_words(after if before is None else before, library)
    if before is not None and before.deleted is not after.deleted:
        # A session is shown as deleted also when its last set was.
        if not after.deleted:
            return f"bringing back {title}"
        return f"deleting {title}"
    was, now = {} if before is None else _rows(before), _rows(after)
    if before is not None and before.started != after.started:
        at = f"{after.started:%H:%M}" if before.day == after.day else short_day(after.day)
        return f"moving {title} to {at}"
    if words := _rows_words(before, was, now, library, unit):
        return words
    return f"the note on {title}"


def _rows_words(before: Session | None, was: Rows, now: Rows, library: Library, unit: str) -> str:
    """What a change did with sets; empty if nothing."""
    gone = [was[id_] for id_ in was.keys() - now.keys()]
    new = [now[id_] for id_ in now.keys() - was.keys()]
    other = [now[id_] for id_ in now.keys() & was.keys() if now[id_][1] != was[id_][1]]
    # A side that a correction replaced by both is gone as well.
    changed = other or (new if gone else [])
    pairs = sorted(changed or new or gone, key=lambda pair: (pair[1].number, pair[1].side))
    if not pairs:
        return ""
    entry, rows = pairs[0][0], [row for _, row in pairs]
    if changed:
        name, done = _named(entry, rows, library, unit)
        return f"changing {name} to {done}" if done else f"changing {name}"
    words = sets_words(entry, rows, library, unit)
    if not new:
        return f"deleting {words}"
    known = {row.id for entry in before.entries for row in entry.sets} if before else set()
    return f"bringing back {words}" if new[0][1].id in known else words


def _rows(session: Session) -> Rows:
    return {row.id: (entry, row) for entry in session.live() for row in entry.live()}


def deleted_words(one: Deleted, library: Library) -> str:
    """What was deleted, without its day: ``Trail Speed, 15 sets`` or ``Trail Speed, set 2 of Glute
    Sling``."""
    title = session_title(one.session, library)
    if one.entry is None:
        return f"{title}, {number_of(summed(one.session, library.exercises).sets, 'set')}"
    name, sets = exercise_name(library, one.entry.exercise), by_set(one.rows)
    what = set_name(sets[0][0]) if len(sets) == 1 else number_of(len(sets), "set")
    return f"{title}, {what} of {name}"
