"""Reads and writes the calendar in profile.json: races, runs, days away, easier weeks.

The file may have been edited by hand. An invalid item is reported and left out, but stays in the
file when its list is written again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any, Generic, TypeVar

from msgspec import Struct

from tui.domain.calculator.advice import Calendar, Priority, Race
from tui.domain.model.dates import DAYS
from tui.domain.model.library.checks import EQUIPMENT
from tui.domain.model.validation import BadDocument, choice, day, instant, need, number, said, text
from tui.domain.planning.diary import Away, Diary, Opening, Run, RunKind, WeeklyRun
from tui.domain.planning.run_parser import (
    MOST_CLIMB_M,
    MOST_M,
    MOST_S,
    in_log_years,
    openings,
    planned_id,
    week_sort_key,
    weekday_of,
)
from tui.domain.planning.setting_values import at_hand
from tui.domain.planning.settings import Stored, Tell, ignore_notice

T = TypeVar("T")
Doc = dict[str, Any]


class Listed(Struct, Generic[T], frozen=True):
    """One list of the calendar: its ``key`` in profile.json, how to ``read`` an item (raises
    BadDocument), how to write it as JSON (``doc``), and its sort key (``order``)."""

    key: str
    read: Callable[[Any], T]
    doc: Callable[[T], Any]
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


def _monday(value: Any) -> date:
    found = _day({"a day": value}, "a day")
    return found - timedelta(days=found.weekday())


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


# -- lists -----------------------------------------------------------------------------------------

RACES = Listed("races", _race, _race_doc, lambda race: (race.day, race.name))
STEP_DOWN = Listed("step_down", _monday, date.isoformat, lambda monday: monday)
RUNS = Listed("runs", _run, _run_doc, lambda run: (run.day, run.start or time.min, run.id))
WEEKLY = Listed(
    "weekly_runs",
    _weekly,
    _weekly_doc,
    lambda run: (*week_sort_key(run.weekday, run.start), run.kind),
)
AWAY = Listed("away", _away, _away_doc, lambda away: (away.first, away.last))


def listed(stored: Stored, kind: Listed[T], tell: Tell = ignore_notice) -> list[T]:
    """The valid items of a list, sorted; ``tell`` gets a line for each invalid one."""
    return _read(_raw(stored, kind, tell), kind, tell)


def changed(
    stored: Stored,
    kind: Listed[T],
    *,
    drop: Callable[[T], bool] = lambda _: False,
    add: Iterable[T] = (),
) -> list[Any]:
    """The JSON of a list after removing the items that ``drop`` is true for and adding ``add``.

    Sorted; other items stay as they are, invalid ones go last. Raises BadDocument if the stored
    value is not a list.
    """
    raw = _list(stored, kind)
    known: list[tuple[Any, Any]] = [(kind.order(value), kind.doc(value)) for value in add]
    strange = []
    for item in raw:
        try:
            value = kind.read(item)
        except BadDocument:
            strange.append(item)
        else:
            known += [] if drop(value) else [(kind.order(value), item)]
    known.sort(key=lambda each: each[0])
    return [*(item for _, item in known), *strange]


def _list(stored: Stored, kind: Listed[T]) -> list[Any]:
    held = stored.get(kind.key, ())
    raw = held[-1][1] if held else []
    if not isinstance(raw, list):
        raise BadDocument(f"{kind.key} takes a list, not {said(raw)}")
    return raw


def _raw(stored: Stored, kind: Listed[T], tell: Tell) -> list[Any]:
    try:
        return _list(stored, kind)
    except BadDocument as bad:
        tell(f"profile.json: {bad}; it is left out")
        return []


def _read(raw: Iterable[Any], kind: Listed[T], tell: Tell) -> list[T]:
    made = []
    for item in raw:
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
    runs = _raw(stored, RUNS, tell)
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
