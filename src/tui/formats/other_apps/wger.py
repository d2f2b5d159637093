"""Reads the workout logs of wger's API as JSON: one page, several, or their logs alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any

from msgspec import Struct

from tui.domain.model.validation import BadDocument, is_number, said
from tui.domain.model.values import SetKind
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.values import (
    MOST_SECONDS,
    iso_moment,
    metres,
    number,
    reps,
    weight,
)
from tui.formats.other_apps.workouts import OtherLog, OtherSet

APP = "wger"
# Older versions of wger call some fields otherwise.
COUNT, COUNT_UNIT = ("repetitions", "reps"), ("repetitions_unit", "repetition_unit")
EXERCISE = ("exercise", "exercise_base")
# What wger's own fixtures define; a server may define more.
UNTIL_FAILURE = 2
REPS_UNITS = {1, UNTIL_FAILURE, 7}
SECONDS_IN = {3: 1, 4: 60}
METRES_IN = {5: 1609.344, 6: 1000, 8: 1}
WEIGHT_UNITS = {1: "kg", 2: "lb"}
# Said in the note, as none of these is a load.
OTHER_WEIGHTS = {4: "plates", 5: "km/h", 6: "mph"}
ENGLISH = 2
MOST_RIR = 10


class _Log(Struct, frozen=True):
    """A log that was read: its instant, for the order, and what it belongs to."""

    order: float
    workout: Hashable
    entry: Hashable
    name: str
    at: datetime
    dated: bool
    done: OtherSet


def fits(value: object) -> bool:
    """Whether a JSON value holds workout logs of wger, or a page of them without any."""
    first = next(filter(_is_log, _items(value)), None)
    if first is not None:
        return True
    return isinstance(value, dict) and {"count", "results"} <= set(value) and not value["results"]


def read(value: object, names: Mapping[int, str]) -> OtherLog:
    """The workouts in a JSON value of wger. The line of a set is its place among the logs.

    An exercise is called as the value itself says, be it in the log or in an object of exercises
    beside the logs, else as ``names`` say for its id. Logs of one session are one workout, else
    those of one day. Raises BadDocument if the value holds no logs."""
    if not fits(value):
        raise BadDocument("holds no workout logs of wger; save those of /api/v2/workoutlog/")
    items = list(_items(value))
    logs = [item for item in items if _is_log(item)]
    exercises = (_named(item) for item in items if not _is_log(item))
    known = {**names, **{key: name for key, name in exercises if name}}
    gathering = Gathering(APP)
    gathering.rows = len(logs)
    dropped = {_id(log.get("next_log")) for log in logs} - {None}
    found = []
    for line, log in enumerate(logs, start=1):
        try:
            one = _log(line, log, known, dropped=_id(log.get("id")) in dropped)
        except BadDocument as bad:
            gathering.wrong(line, bad)
            continue
        if one.done.reps is one.done.seconds is one.done.distance_m is None:
            gathering.empty += 1
        else:
            found.append(one)
    found.sort(key=lambda one: one.order)
    for one in found:
        gathering.begin(one.workout, one.at, dated=one.dated)
        gathering.add(one.workout, one.entry, one.done, name=one.name)
    if (whole := _count(value)) > len(logs):
        gathering.wrong(
            len(logs),
            f"holds {len(logs)} of {whole} logs; save the rest with ?limit=1000&offset={len(logs)} "
            "and put the pages into one list",
        )
    return gathering.log()


def _items(value: object) -> Iterator[dict[str, Any]]:
    """Every log and exercise of a value, in order."""
    pages = value if isinstance(value, list) else [value]
    for page in pages:
        if not isinstance(page, dict):
            continue
        lists = [page[key] for key in ("results", "exercises") if isinstance(page.get(key), list)]
        if not lists or "id" in page:
            yield page
            continue
        for items in lists:
            yield from (item for item in items if isinstance(item, dict))


def _count(value: object) -> int:
    """How many logs there are on the server, as far as the pages say."""
    pages = value if isinstance(value, list) else [value]
    counts = [
        page.get("count")
        for page in pages
        if isinstance(page, dict) and any(map(_is_log, _items(page)))
    ]
    return max((count for count in counts if isinstance(count, int)), default=0)


def _is_log(item: Mapping[str, Any]) -> bool:
    keys = set(item)
    return not keys.isdisjoint(COUNT) and not keys.isdisjoint((*EXERCISE, "exercise_name"))


def _log(line: int, log: Mapping[str, Any], known: Mapping[int, str], *, dropped: bool) -> _Log:
    name = _name(log, known)
    when = _text(log, "date")
    at = iso_moment(when)
    # Logs of before wger kept times have midnight.
    dated = at.time() == time()
    if dated:
        at = at.replace(tzinfo=None)
    unit = _id(_first(log, COUNT_UNIT)) or 1
    done = _set(line, log, unit, at=None if dated else at, dropped=dropped)
    session = _id(log.get("session"))
    workout = at.date() if session is None else session
    order = at.replace(tzinfo=at.tzinfo or UTC).timestamp()
    return _Log(order, workout, (name, _id(log.get("slot_entry"))), name, at, dated, done)


def _set(
    line: int, log: Mapping[str, Any], unit: Hashable, *, at: datetime | None, dropped: bool
) -> OtherSet:
    count = next((_text(log, key) for key in COUNT if log.get(key) is not None), "")
    amount = number("repetitions", count, MOST_SECONDS)
    if amount and not (unit in REPS_UNITS or unit in SECONDS_IN or unit in METRES_IN):
        raise BadDocument(f"repetitions_unit {said(unit)} is not known")
    load = weight(_text(log, "weight"))
    load_unit = _id(log.get("weight_unit"))
    kind = SetKind.FAILURE if unit == UNTIL_FAILURE else SetKind.WORK
    known_load = load is not None and (load_unit is None or load_unit in WEIGHT_UNITS)
    return OtherSet(
        line=line,
        kind=SetKind.DROP if dropped else kind,
        weight=load if known_load else None,
        unit=WEIGHT_UNITS.get(load_unit, "") if known_load else "",
        reps=reps(count, "repetitions") if unit in REPS_UNITS else None,
        seconds=amount * SECONDS_IN[unit] if amount and unit in SECONDS_IN else None,
        distance_m=metres(count, METRES_IN[unit]) if unit in METRES_IN else None,
        rir=number("rir", _text(log, "rir"), MOST_RIR),
        note=f"{load:g} {OTHER_WEIGHTS[load_unit]}" if load and load_unit in OTHER_WEIGHTS else "",
        at=at,
    )


def _name(log: Mapping[str, Any], known: Mapping[int, str]) -> str:
    """The name of the exercise of a log. Raises BadDocument if nothing tells which it is."""
    exercise = _first(log, EXERCISE)
    if isinstance(name := log.get("exercise_name"), str) and name.strip():
        return name.strip()
    if isinstance(exercise, dict) and (name := _named(exercise)[1]):
        return name
    found = _id(exercise)
    if isinstance(found, str) and found:
        return found
    if not isinstance(found, int):
        raise BadDocument("names no exercise")
    return known.get(found) or f"wger exercise {found}"


def _named(exercise: Mapping[str, Any]) -> tuple[Any, str]:
    """The id and name of an exercise: its own, else the English one of its translations, else the
    first."""
    translations = exercise.get("translations") or exercise.get("exercises")
    parts = [exercise, *(translations if isinstance(translations, list) else [])]
    called = [
        (part.get("language"), name.strip())
        for part in parts
        if isinstance(part, dict) and isinstance(name := part.get("name"), str) and name.strip()
    ]
    best = next((name for language, name in called if _is_english(language)), None)
    return _id(exercise.get("id")), best or next((name for _, name in called), "")


def _is_english(language: object) -> bool:
    return _id(language) == ENGLISH or (
        isinstance(language, dict) and language.get("short_name") == "en"
    )


def _first(log: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((log[key] for key in keys if log.get(key) is not None), None)


def _id(value: object) -> Any:
    """An id, a number in any guise or a text; of an object its id; None for none."""
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value) if len(value) < 20 else value
    return value if isinstance(value, int | str) and not isinstance(value, bool) else None


def _text(log: Mapping[str, Any], key: str) -> str:
    """The text or number at a key, as text; nothing for none. Raises BadDocument."""
    value = log.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if not is_number(value):
        raise BadDocument(f"{key} must be a number or text, not {said(value)}")
    return str(value)
