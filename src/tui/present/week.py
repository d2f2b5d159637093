"""Presents one week, done and planned: sessions, sums, sets by exercise; in words and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import asdict, replace

from tui.domain.model.codec import Doc
from tui.domain.model.dates import day_text
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.sums import Sums
from tui.domain.model.text import number_of
from tui.domain.planning.placement import Placed
from tui.domain.planning.wording import placed_name, placed_words
from tui.domain.review.week import WeekReview
from tui.present.report import Report, Section
from tui.present.table import table
from tui.present.words import session_title, sum_cells, sum_columns, sums_words

SETS = "Sets by exercise"


def week_report(seen: WeekReview, library: Library, unit: str = "kg", hours: int = 24) -> Report:
    """A week as a report: done, planned, sets by exercise; loads in ``unit``, times of a clock of
    ``hours``."""
    sections = [_done(seen, library, unit), _planned(seen, unit, hours)]
    if seen.sets:
        sections.append(_sets(seen, library))
    return Report(title=f"Week of {day_text(seen.monday)}", sections=tuple(sections))


def _done(seen: WeekReview, library: Library, unit: str) -> Section:
    told = [
        (day_text(session.day), session_title(session, library), made)
        for session, made in seen.done
    ]
    section = _told("Done", told, seen.done_sums, unit)
    left = seen.left_out
    return replace(section, notes=(f"Left out: {_listed(left, unit)}.",)) if left.sets else section


def _planned(seen: WeekReview, unit: str, hours: int) -> Section:
    told = [(_when(placed, hours), placed_name(placed), made) for placed, made in seen.planned]
    return _told("Planned", told, seen.planned_sums, unit)


def _told(title: str, told: Sequence[tuple[str, str, Sums]], of_all: Sums, unit: str) -> Section:
    """Sessions, each with its time, name and sums."""
    return Section(
        title=f"{title}: {_in_all(len(told), of_all, unit)}.",
        statements=tuple(f"{when}: {name}: {_listed(made, unit)}" for when, name, made in told),
        table=table(
            ("On", "Session", *sum_columns(unit)),
            [(when, name, *sum_cells(made, unit)) for when, name, made in told],
        ),
    )


class WeekSets(Struct, frozen=True, kw_only=True):
    """The sets of an exercise in a week, done and still planned."""

    exercise: str
    name: str
    done: int
    planned: int


def week_sets(seen: WeekReview, library: Library) -> list[WeekSets]:
    """The sets of a week by exercise."""
    return [
        WeekSets(exercise=one, name=exercise_name(library, one), done=done, planned=planned)
        for one, (done, planned) in seen.sets.items()
    ]


def _sets(seen: WeekReview, library: Library) -> Section:
    told = week_sets(seen, library)
    return Section(
        title=SETS,
        statements=tuple(
            f"{one.name}: {one.done} done{f', {one.planned} planned' if one.planned else ''}"
            for one in told
        ),
        table=table(
            ("Exercise", "Done", "Planned"),
            [(one.name, str(one.done), str(one.planned or "")) for one in told],
        ),
    )


def _in_all(count: int, of_all: Sums, unit: str) -> str:
    if not count:
        return "no session"
    return ", ".join([number_of(count, "session"), _listed(of_all, unit)])


def _listed(made: Sums, unit: str) -> str:
    return ", ".join(sums_words(made, unit))


def _when(placed: Placed, hours: int) -> str:
    return " ".join(filter(None, [day_text(placed.day), placed_words(placed, hours)]))


# -- as JSON ---------------------------------------------------------------------------------------


def week_look_doc(seen: WeekReview, library: Library) -> Doc:
    """One week as JSON, done and planned."""
    return {
        "monday": seen.monday.isoformat(),
        "done": [
            {
                "session": session.id,
                "date": session.day.isoformat(),
                "name": session_title(session, library),
                "sums": asdict(made),
            }
            for session, made in seen.done
        ],
        "planned": [_planned_doc(placed, made) for placed, made in seen.planned],
        "done_sums": asdict(seen.done_sums),
        "planned_sums": asdict(seen.planned_sums),
        "left_out": asdict(seen.left_out),
        "exercises": list(map(asdict, week_sets(seen, library))),
    }


def _planned_doc(placed: Placed, made: Sums) -> Doc:
    return {
        "date": placed.day.isoformat(),
        "start": placed.start and f"{placed.start:%H:%M}",
        "part": placed.wanted.part,
        "name": placed.wanted.name,
        "light": placed.light,
        "sums": asdict(made),
    }
