"""The rows of the screen of one exercise: its sessions and its bests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tui.domain.model.cells import fitted, padded
from tui.domain.model.sums import bests
from tui.domain.model.values import Side
from tui.domain.review.exercise_history import DatedBest, Trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.present.words import sets_text, sided_words
from tui.ui.exercise_review_lines import day_words
from tui.ui.widgets.styled_text import Line, Span, width_of

DATE = 13
# Sessions above the bests; those before them stand below.
LATELY = 5
MOST_OF_BEST = 26


class Held(Struct, frozen=True):
    """A best, and of which sides it is, where it has any."""

    one: DatedBest
    sides: tuple[Side, ...]


def rows_of(seen: ExerciseReview) -> list[object]:
    """The last sessions, all bests, the sessions before; headings between them. The bests take a
    pass over all sessions."""
    newest = list(reversed(seen.found))
    rows: list[object] = []
    for title, values in (
        ("Last sessions", newest[:LATELY]),
        ("Bests", _held(seen.bests)),
        ("Sessions before", newest[LATELY:]),
    ):
        if values:
            rows += [title, *values]
    return rows


def apart(rows: Sequence[object]) -> list[object]:
    """The same rows with a blank above each heading but the first."""
    spread_out: list[object] = []
    for row in rows:
        spread_out += ["", row] if isinstance(row, str) and spread_out else [row]
    return spread_out


def _held(every: Sequence[DatedBest]) -> list[Held]:
    """Bests, those that left and right reached alike as one."""
    alike: dict[tuple[str, str, date], list[DatedBest]] = {}
    for one in every:
        alike.setdefault((one.best.measure, one.best.shown, one.day), []).append(one)
    return [Held(same[0], tuple(one.best.side for one in same)) for same in alike.values()]


def row_line(seen: ExerciseReview, value: object, width: int) -> Line:
    """A session with its sets in the notation, a best, or a heading."""
    match value:
        case Trained():
            sets = fitted(sets_text(value.rows, seen.unit), width - DATE)
            notes = dict.fromkeys(row.note for row in value.rows if row.note)
            words = "; ".join([*notes, *filter(None, [value.session.note])])
            line = [_date(seen, value.day), (sets, "")]
            room = width - width_of(line) - 4
            return [*line, (f"  # {fitted(words, room)}" if words and room > 0 else "", "dim")]
        case Held():
            best = value.one.best
            name = f"{best.measure[:1].upper()}{best.measure[1:]}"
            return [
                _date(seen, value.one.day),
                (padded(name, min(MOST_OF_BEST, (width - DATE) // 2)), ""),
                (best.shown, "strong"),
                (f"  {sided_words(value.sides)}", "dim"),
            ]
        case _:
            return [(str(value), "accent")]


def _date(seen: ExerciseReview, day: date) -> Span:
    return (f"{day_words(day, seen.today):<{DATE}}", "dim")


def session_of(seen: ExerciseReview, value: object) -> str | None:
    """The id of the session that a row is about: itself, or the one that reached a best first."""
    if isinstance(value, Trained):
        return value.session.id
    if isinstance(value, Held):
        best = value.one.best
        those = (one.session for one in seen.found if one.day == value.one.day)
        reached = (s.id for s in those if best in bests([s], seen.unit).values())
        return next(reached, None)
    return None
