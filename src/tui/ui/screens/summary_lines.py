"""The text of a session's summary: its sums and sets, its bests, and what follows from it."""

from __future__ import annotations

from tui.app.session_summary import Summary
from tui.domain.model.library.parser import Library
from tui.domain.model.sums import by_set
from tui.domain.model.text import number_of
from tui.domain.model.values import SLOW
from tui.domain.planning.aftercare import aftercare_label, aftercare_source, aftercare_words
from tui.domain.review.context import summed
from tui.present.summary_words import then_words
from tui.present.words import short_sources, sums_words
from tui.ui.panes.done_rows import draw_done
from tui.ui.panes.today_states import best_lines, coming_line, labelled_lines
from tui.ui.widgets.styled_text import Line, wrapped

MOST_BESTS = 6


def summary_lines(
    found: Summary, library: Library, unit: str, width: int, hours: int = 24
) -> list[Line]:
    """A finished session: its sums, its sets with their marks, bests and milestones, the one thing
    that changes most, food or sleep, the next session, and the note on it."""
    session = found.session
    made = summed(session, library.exercises)
    lines: list[Line] = [*wrapped(" · ".join(sums_words(made, unit)), width, "strong"), []]
    every = session.live()
    # The blank cell before a row is where the cursor is in a list.
    lines += [[(" ", ""), *draw_done(one, every, library, unit, width - 1)] for one in every]
    if left := _left_out(found):
        lines += [[], [(f"{number_of(left, 'set')} left out", "dim")]]
    stars = [
        *best_lines(found.best, library, unit, width, MOST_BESTS),
        *([("★", "good"), (f" {words}", "")] for words in found.reached),
    ]
    for part in (stars, _follows(found, library, unit, width, hours)):
        lines += [[], *part] if part else []
    if session.note:
        lines += [[], *labelled_lines("Note", session.note, width, most=len(session.note))]
    return lines


def _left_out(found: Summary) -> int:
    """How many sets were left out, but for those ended because the reps got slow."""
    groups = (group for entry in found.session.live() for group in by_set(entry.live()))
    return sum(group[0].undone is not None and SLOW not in group[0].flags for group in groups)


def _follows(found: Summary, library: Library, unit: str, width: int, hours: int) -> list[Line]:
    lines: list[Line] = []
    if found.then is not None:
        lines += labelled_lines("Then", then_words(found.then, library, unit), width)
    if found.after is not None:
        source = short_sources(library, [aftercare_source(found.after)])
        told = f"{aftercare_words(found.after)} ({source})"
        lines += labelled_lines(aftercare_label(found.after), told, width, most=len(told))
    if found.coming is not None:
        lines.append(coming_line(found.coming, found.session.day, width, hours))
    return lines
