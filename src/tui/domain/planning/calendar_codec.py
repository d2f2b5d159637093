"""Reads and writes the calendar in profile.json: races, runs, days away, easier weeks.

Each list is a table of documents by id. The ids say what a document is about, so that a race added
on two machines is one race. The file may have been edited by hand: an invalid document is reported
and left out, but stays in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any, Generic, TypeVar

from msgspec import Struct

from tui.domain.calculator.advice import Calendar, Priority, Race
from tui.domain.model.codec import Doc
from tui.domain.model.date_parser import in_log_years, weekday_of
from tui.domain.model.dates import DAYS, monday
from tui.domain.model.ids import derived
from tui.domain.model.library.checks import EQUIPMENT
from tui.domain.model.validation import BadDocument, choice, day, instant, need, number, said, text
from tui.domain.model.versions import canonical
from tui.domain.planning.diary import Away, Diary, Opening, Run, RunKind, WeeklyRun
from tui.domain.planning.run_parser import (
    MOST_CLIMB_M,
    MOST_M,
    MOST_S,
    openings,
    planned_id,
    week_sort_key,
)
from tui.domain.planning.setting_values import at_hand
from tui.domain.planning.settings import Stored, Tell, ignore_notice

T = TypeVar("T")


class Listed(Struct, Generic[T], frozen=True):
    """One list of the calendar: its ``key`` in profile.json, how to ``read`` a document (raises
    BadDocument), how to write its fields (``doc``), its id (``name``), and its sort key
    (``order``)."""

    key: str
    read: Callable[[Any], T]
    doc: Callable[[T], Doc]
    name: Callable[[T], str]
    order: Callable[[T], Any]


# -- single values ---------------------------------------------------------------------------------


def _object(value: Any, holds: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadDocument(f"{holds}, not {said(value)}")
    return value


def _day(doc: Mapping[str, Any], key: str) -> date:
    return in_log_years(day(doc, key))


def _time(doc: Mapping[str, Any], key: str) -> time | None:
    """The time of day at ``key``, local to the runner, or None if absent."""
    value = text(doc, key)
    try:
        found = time.fromisoformat(value) if value else None
    except ValueError:
        raise BadDocument(f"{key} must be a time such as 07:00, not {said(value)}") from None
    if found and found.tzinfo:
        raise BadDocument(f"{key} has no UTC offset, as it has in {said(value)}")
    return found


def _clock(start: time | None) -> str | None:
    return None if start is None else start.isoformat().removesuffix(":00")


def _amount(doc: Mapping[str, Any], key: str, most: float) -> float | None:
    found = number(doc, key, 0, most)
    return None if found is None else float(found)


def _whole(amount: float | None) -> float | None:
    return int(amount) if amount is not None and amount == int(amount) else amount


def _known(**fields: Any) -> Doc:
    """The fields that are not empty."""
    return {key: value for key, value in fields.items() if value not in (None, "")}


def _race(value: Any) -> Race:
    doc = _object(value, "a race has a day, a name and a priority")
    priority = text(doc, "priority", Priority.A).upper()
    if priority not in tuple(Priority):
        raise BadDocument(f"priority is A, B or C, not {said(priority)}")
    return Race(day=_day(doc, "day"), name=text(doc, "name"), priority=Priority(priority))


def _race_doc(race: Race) -> Doc:
    return {"day": race.day.isoformat(), "name": race.name, "priority": race.priority.value}


def _race_name(race: Race) -> str:
    return derived(_midnight(race.day), f"race {race.day} {race.name.casefold()}")


def _monday(value: Any) -> date:
    return monday(_day(_object(value, "a step-down week has a monday"), "monday"))


def _monday_doc(first: date) -> Doc:
    return {"monday": first.isoformat()}


def _run(value: Any) -> Run:
    doc = _object(value, "a run has a day and a kind")
    when, start = _day(doc, "day"), _time(doc, "time")
    return Run(
        id=text(doc, "id") or planned_id(when, start),
        day=when,
        kind=choice(doc, "kind", RunKind, RunKind.EASY),
        start=start,
        at=None if doc.get("at") is None else instant(doc, "at"),
        distance_m=_amount(doc, "distance_m", MOST_M),
        climb_m=_amount(doc, "climb_m", MOST_CLIMB_M),
        duration_s=_amount(doc, "duration_s", MOST_S),
        name=text(doc, "name"),
    )


def _run_doc(run: Run) -> Doc:
    return _known(
        id=run.id,
        day=run.day.isoformat(),
        kind=run.kind.value,
        time=_clock(run.start),
        at=run.at and run.at.isoformat(),
        distance_m=_whole(run.distance_m),
        climb_m=_whole(run.climb_m),
        duration_s=_whole(run.duration_s),
        name=run.name,
    )


def _weekly(value: Any) -> WeeklyRun:
    doc = _object(value, "a weekly run has a weekday and a kind")
    weekday = weekday_of(need(doc, "weekday").casefold())
    if weekday is None:
        raise BadDocument(f"weekday must be one such as tue, not {said(doc['weekday'])}")
    return WeeklyRun(weekday, choice(doc, "kind", RunKind, RunKind.EASY), _time(doc, "time"))


def _weekly_doc(run: WeeklyRun) -> Doc:
    weekday = DAYS[run.weekday].lower()
    return _known(weekday=weekday, kind=run.kind.value, time=_clock(run.start))


def _weekly_name(run: WeeklyRun) -> str:
    return derived(0, f"weekly run {DAYS[run.weekday]} {_clock(run.start)} {run.kind.value}")


def _away(value: Any) -> Away:
    doc = _object(value, "days away have a first and a last")
    first = _day(doc, "first")
    last = first if doc.get("last") is None else _day(doc, "last")
    if last < first:
        raise BadDocument(f"last must be {first} or later, not {last}")
    equipment = at_hand([] if doc.get("equipment") is None else doc["equipment"])
    return Away(first, last, EQUIPMENT if equipment is None else equipment)


def _away_doc(away: Away) -> Doc:
    return {
        "first": away.first.isoformat(),
        "last": away.last.isoformat(),
        "equipment": sorted(away.equipment),
    }


def _away_name(away: Away) -> str:
    return derived(_midnight(away.first), f"away {away.first} {away.last}")


def _midnight(when: date) -> int:
    """The start of a day in UTC, in milliseconds since 1970; ids made of it sort by day."""
    return int(datetime.combine(when, time(), UTC).timestamp() * 1000)


# -- lists -----------------------------------------------------------------------------------------

RACES = Listed("races", _race, _race_doc, _race_name, lambda race: (race.day, race.name))
STEP_DOWN = Listed("step_down", _monday, _monday_doc, date.isoformat, lambda first: first)
RUNS = Listed(
    "runs",
    _run,
    _run_doc,
    lambda run: run.id,
    lambda run: (run.day, run.start or time.min, run.id),
)
WEEKLY = Listed(
    "weekly_runs",
    _weekly,
    _weekly_doc,
    _weekly_name,
    lambda run: (*week_sort_key(run.weekday, run.start), run.kind),
)
AWAY = Listed("away", _away, _away_doc, _away_name, lambda away: (away.first, away.last))
CALENDAR = (RACES.key, RUNS.key, WEEKLY.key, STEP_DOWN.key, AWAY.key)


def listed(stored: Stored, kind: Listed[T], tell: Tell = ignore_notice) -> list[T]:
    """The valid items of a list, sorted; ``tell`` gets a line for each invalid one."""
    return _read(_documents(stored, kind), kind, tell)


def changed(
    documents: Mapping[str, Doc],
    kind: Listed[T],
    *,
    drop: Callable[[T], bool] = lambda _: False,
    add: Iterable[T] = (),
) -> dict[str, Doc | None]:
    """The changes to a list, by id: the items that ``drop`` is true for go (None), those of ``add``
    come in. Everything else stays as it is, also what is not valid."""
    changes = dict[str, Doc | None]()
    for name, doc in documents.items():
        with suppress(BadDocument):
            if drop(kind.read(doc)):
                changes[name] = None
    taken = documents.keys() - changes.keys()
    for value in add:
        doc = kind.doc(value)
        name = free_name(kind.name(value), doc, taken)
        taken.add(name)
        changes[name] = {**doc, "id": name}
    return changes


def free_name(name: str, doc: Any, taken: Container[str]) -> str:
    """An id for a document: ``name``, unless another document has it; then one made of what it
    holds, the same on every machine."""
    return derived(0, f"{name} {canonical(doc)}") if name in taken else name


def _documents(stored: Stored, kind: Listed[T]) -> Sequence[Any]:
    held = stored.get(kind.key, ())
    return held[-1][1] if held else ()


def _read(documents: Iterable[Any], kind: Listed[T], tell: Tell) -> list[T]:
    made = []
    for item in documents:
        try:
            made.append(kind.read(item))
        except BadDocument as bad:
            tell(f"profile.json: {kind.key}: {bad}; it is left out")
    return sorted(made, key=kind.order)


# -- the whole calendar ----------------------------------------------------------------------------


def calendar_of(stored: Stored, tell: Tell = ignore_notice) -> Calendar:
    """The races by date and the easier weeks in ``stored``; ``tell`` gets a line for each invalid
    item."""
    races, mondays = listed(stored, RACES, tell), listed(stored, STEP_DOWN, tell)
    return Calendar(races=tuple(races), step_down=frozenset(mondays))


def diary_of(stored: Stored, tell: Tell = ignore_notice, since: date | None = None) -> Diary:
    """The runs, days away and free times in ``stored``; ``tell`` as in :func:`calendar_of`.

    With ``since``, runs before that day are skipped by comparing their text, so that years of old
    runs cost next to nothing.
    """
    runs = _documents(stored, RUNS)
    if since is not None:
        first = since.isoformat()
        runs = [item for item in runs if not _before(item, first)]
    return Diary(
        runs=tuple(_read(runs, RUNS, tell)),
        weekly=tuple(listed(stored, WEEKLY, tell)),
        away=tuple(listed(stored, AWAY, tell)),
        openings=_openings(stored, tell),
    )


def _before(item: Any, day: str) -> bool:
    when = item.get("day") if isinstance(item, dict) else None
    return isinstance(when, str) and when < day


def _openings(stored: Stored, tell: Tell) -> tuple[Opening, ...]:
    held = stored.get("slots", ())
    try:
        return openings(held[-1][1]) if held else ()
    except BadDocument as bad:
        tell(f"profile.json: slots takes {bad}; it is left out")
        return ()
