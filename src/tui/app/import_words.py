"""What imported files bring, in lines for the runner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.app.file_import import Brought
from tui.app.imports import AHEAD, BACK, ImportedRuns
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


def lines(what: Brought, *, dry_run: bool) -> Iterator[str]:
    """Lines about all that comes in or, with ``dry_run``, would."""
    if what.plan is not None:
        yield from log_lines(what.plan)
    elif what.imported or what.duplicate or what.runs is None:
        would = "would be " if dry_run else ""
        yield f"{number_of(what.imported, 'line')} {would}imported; {what.duplicate} already there"
    if what.odd:
        look = "looks" if what.odd == 1 else "look"
        yield f"{what.odd} of them {look} like a typing error: e in History corrects it"
    if what.runs is not None:
        yield from run_lines(what.runs, what.passed_over, dry_run=dry_run)
    elif what.passed_over:
        yield _passed_by(what.passed_over)


def run_lines(found: ImportedRuns, passed_over: int, *, dry_run: bool) -> Iterator[str]:
    """How many runs come in, in one line, and what became of the rest."""
    came = f"{number_of(found.imported, 'run')} {'would be ' if dry_run else ''}imported"
    words = [came, f"{found.duplicate} already there"]
    if found.replaced:
        words.append(f"{found.replaced} in place of planned ones")
    if found.cancelled:
        words.append(f"{found.cancelled} cancelled")
    others = found.no_run
    words.append(
        "1 activity was not a run" if others == 1 else f"{others} activities were not runs"
    )
    yield "; ".join(words)
    if found.outside:
        ahead = f"{BACK.days} days ago or {AHEAD.days} days ahead"
        yield f"{number_of(found.outside, 'run')} of a calendar left out: beyond {ahead}"
    if found.unknown:
        one = len(found.unknown) == 1
        which = "1 activity of a sport" if one else f"{len(found.unknown)} activities of sports"
        yield f"{which} we do not know: {_some(list(dict.fromkeys(found.unknown)))}"
    if passed_over:
        yield _passed_by(passed_over)


def _passed_by(count: int) -> str:
    return f"{number_of(count, 'file')} passed over: hidden, or nothing to import by name"


def log_lines(what: Plan) -> Iterator[str]:
    """Lines about the log of another app, beginning with how much and of which days."""
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


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(map(clean, names[:SHOWN]))}{more}"
