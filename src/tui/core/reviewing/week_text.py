"""One week as plain lines: its sessions and their sums, and the sets of each exercise."""

from __future__ import annotations

from tui.core.library import Library
from tui.core.plaintext import day_text, exercise_name, session_title
from tui.core.review import Sums, sums_words
from tui.core.reviewing.week import WeekLook
from tui.core.reviewing.words import INDENT, counted, folded
from tui.core.season.wishes import Placed
from tui.core.season.words import placed_words


def week_look_lines(seen: WeekLook, library: Library, unit: str = "kg") -> list[str]:
    """A week for a person: done, planned, sets by exercise; loads in ``unit``."""
    lines = [f"Week of {day_text(seen.monday)}", ""]
    lines += folded(f"Done: {_in_all(len(seen.done), seen.done_sums, unit)}.")
    for session, made in seen.done:
        words = f"{session_title(session, library)}: {_listed(made, unit)}"
        lines += folded(f"{day_text(session.day)}: {words}", INDENT)
    lines += folded(f"Planned: {_in_all(len(seen.planned), seen.planned_sums, unit)}.")
    for placed, made in seen.planned:
        lines += folded(_planned_words(placed, made, unit), INDENT)
    if seen.sets:
        lines += ["", "Sets by exercise"]
    for name, (done, planned) in seen.sets.items():
        to_come = f", {planned} planned" if planned else ""
        lines += folded(f"{exercise_name(library, name)}: {done} done{to_come}", INDENT)
    return lines


def _in_all(count: int, of_all: Sums, unit: str) -> str:
    if not count:
        return "no session"
    return ", ".join([counted(count, "session"), _listed(of_all, unit)])


def _listed(made: Sums, unit: str) -> str:
    return ", ".join(sums_words(made, unit))


def _planned_words(placed: Placed, made: Sums, unit: str) -> str:
    when = " ".join(filter(None, [day_text(placed.day), placed_words(placed)]))
    light = ", light" if placed.light else ""
    return f"{when}: {placed.wanted.name}{light}: {_listed(made, unit)}"
