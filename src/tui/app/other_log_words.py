"""What the log of another app brings, in lines for the runner."""

from __future__ import annotations

from collections.abc import Iterator

from tui.app.other_logs import Incoming, Plan
from tui.domain.model.dates import day_text
from tui.domain.model.library.catalog import Library, exercise_name
from tui.domain.model.text import clean, number_of
from tui.formats.other_apps.naming import FoundName

# How many names a line has before it says how many more there are.
SHOWN = 6
# The sides of sets of each kind, as they are counted: one, and several.
KINDS = (
    ("warmup", "warm-up", "warm-ups"),
    ("failure", "set to failure", "sets to failure"),
    ("drop", "drop set", "drop sets"),
    ("holds", "hold", "holds"),
    ("assisted", "set with help", "sets with help"),
)


def summary(what: Plan) -> Iterator[str]:
    """Lines about what comes in, beginning with how much and of which days."""
    workouts = number_of(len(what.joined.sessions), "workout")
    line = f"{clean(what.log.app)}: {number_of(what.sets, 'set')} in {workouts}"
    if what.days is not None:
        first, last = what.days
        line += f", {day_text(first)}" + (f" to {day_text(last)}" if last != first else "")
    yield line
    if there := _there(what):
        yield there
    kinds = [
        f"{count:,} {one if count == 1 else many}"
        for key, one, many in KINDS
        if (count := what.counts.get(key, 0))
    ]
    if kinds:
        yield f"In the file: {', '.join(kinds)}"
    if passed := _passed_over(what):
        yield f"Left out: {', '.join(passed)}"
    if what.metrics:
        yield number_of(what.metrics, "body measurement")
    if what.exercises:
        names = [str(one["name"]) for one in what.exercises]
        yield f"{number_of(len(names), 'new exercise')} of your own: {_some(names)}"
    if what.runs:
        many = "run or walk" if len(what.runs) == 1 else "runs and walks"
        yield f"{len(what.runs)} {many} for your diary"


def _there(what: Plan) -> str:
    said = []
    if what.duplicate:
        said.append(f"{number_of(what.duplicate, 'set')} there already")
    if what.elsewhere:
        said.append(
            f"{number_of(what.elsewhere, 'workout')} that your log has from elsewhere at that time"
        )
    return "; ".join(said)


def _passed_over(what: Plan) -> list[str]:
    log, counts = what.log, what.counts
    others = counts.get("left_out", 0)
    found = (
        (log.rests, "rest", "rests"),
        (log.skipped, "skipped set", "skipped sets"),
        (log.empty, "row of nothing done", "rows of nothing done"),
        (counts.get("endurance", 0), "row of other endurance work", "rows of other endurance work"),
        (others, "set of names you leave out", "sets of names you leave out"),
        (0 if what.runs else what.offered, "run or walk", "runs and walks"),
    )
    return [f"{count:,} {one if count == 1 else many}" for count, one, many in found if count]


def asked(there: Incoming, library: Library) -> Iterator[str]:
    """A line for each name that the runner may be asked about: what it may be."""
    for one in there.open_names:
        yield f"{clean(one.name)} ({number_of(one.sets, 'set')}): {_may_be(one, library)}"


def _may_be(one: FoundName, library: Library) -> str:
    near = [f"{exercise_name(library, id_)} ({id_})" for id_ in one.match.near]
    if one.match.exercise is not None:
        near = [f"{exercise_name(library, one.match.exercise)} ({one.match.exercise})"]
    parts = [f"may be {' or '.join(near)}"] if near else []
    if one.each_side:
        parts.append("is its weight that of one side?")
    return "; ".join(parts)


def _some(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(map(clean, names[:SHOWN]))}{more}"
