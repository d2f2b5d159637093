"""Reads sets of strength training from FIT files, as Garmin's watches and Stridelift write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from tui.domain.model.validation import BadDocument
from tui.formats.fit_exercises import category_of, names_of
from tui.formats.fit_messages import EPOCH, Message, instant, measure, offset, readable
from tui.formats.other_apps.gathering import Gathering
from tui.formats.other_apps.values import MOST_REPS, MOST_SECONDS, MOST_WEIGHT
from tui.formats.other_apps.workouts import OtherLog, OtherSet

APP = "Garmin"
KINDS = {"session", "activity", "workout", "set", "exercise_title"}
REST = {"rest", 0}
NAMELESS = "Unknown exercise"

Key = tuple[object, object]


class _Workout(NamedTuple):
    """An activity in the file: its start and its end, if these are known."""

    started: datetime
    finished: datetime | None
    name: str


class _Entries:
    """Tells the entries of an exercise apart. In a circuit its sets alternate with others, and are
    one entry, unless the watch followed a workout and says that they were another step of it."""

    def __init__(self) -> None:
        self._last: tuple[_Workout | None, Key] | None = None
        self._entry = self._count = 0
        self._steps: dict[tuple[_Workout | None, Key], dict[object, int]] = {}

    def of(self, workout: _Workout | None, key: Key, step: object) -> int:
        """The entry of a set of the exercise with this key; sets are asked for in their order."""
        steps = self._steps.setdefault((workout, key), {})
        if self._last != (workout, key):
            self._last = workout, key
            known = steps.get(step) if step is not None else next(iter(steps.values()), None)
            if known is None:
                known = self._count = self._count + 1
            self._entry = known
        steps.setdefault(step, self._entry)
        return self._entry


def read(data: bytes, zone: tzinfo) -> OtherLog:
    """The sets of strength training in a FIT file; none for an activity without sets. The line of a
    set is its place among the sets. Times are those of the watch's own clock if the file has it,
    else those of ``zone``.

    A watch times every set, so that a duration only counts where nothing was repeated. Raises
    BadDocument, with the index of the message, for a file that is cut off or damaged."""
    found, damage = readable(data, KINDS)
    # A damaged file without sets is one of a run, whose reader says what is wrong.
    if damage and any(message.kind == "set" for message in found):
        raise BadDocument(f"{damage}; copy it from the watch again")
    here = offset(found) or zone
    titles = _titles(found)
    workouts = _workouts(found, here)
    entries = _Entries()
    gathering = Gathering(APP)
    for message in found:
        if message.kind != "set":
            continue
        gathering.rows += 1
        if message.fields.get("set_type") in REST:
            gathering.rests += 1
            continue
        try:
            _add(gathering, message.fields, titles, workouts, entries, here)
        except BadDocument as bad:
            gathering.wrong(gathering.rows, bad)
    return gathering.log()


def _add(
    gathering: Gathering,
    fields: Mapping[str, Any],
    titles: Mapping[Key, str],
    workouts: Sequence[_Workout],
    entries: _Entries,
    zone: tzinfo,
) -> None:
    length = _within("the duration in seconds", measure(fields, "duration"), MOST_SECONDS)
    count = _within("repetitions", measure(fields, "repetitions"), MOST_REPS)
    load = _within("the weight in kilograms", measure(fields, "weight"), MOST_WEIGHT)
    if count is None and length is None:
        gathering.empty += 1
        return
    began = _moment(instant(fields, "start_time"), zone)
    ended = _moment(instant(fields, "timestamp"), zone)
    at = began + timedelta(seconds=length or 0) if began else ended
    workout = _workout_at(workouts, began or at)
    started = workout.started if workout else began or at
    if started is None:
        raise BadDocument("has no time, nor has its activity")
    gathering.begin(
        workout,
        started,
        finished=workout.finished if workout else None,
        name=workout.name if workout else "",
    )
    done = OtherSet(
        line=gathering.rows,
        weight=load,
        unit="kg" if load else "",
        reps=None if count is None else int(count),
        seconds=length if count is None else None,
        at=at,
    )
    key, name, category = _exercise(fields, titles)
    entry = entries.of(workout, key, fields.get("wkt_step_index"))
    gathering.add(workout, entry, done, name=name, category=category)


def _exercise(fields: Mapping[str, Any], titles: Mapping[Key, str]) -> tuple[Key, str, str]:
    """What tells an exercise from others, its name and its category: the title that the file has
    for it, else the name of FIT's profile, else that of its category."""
    categories, subtypes = _listed(fields.get("category")), _listed(fields.get("category_subtype"))
    # A watch that guessed the exercise lists what it may have been, the likeliest first.
    rank = next((rank for rank, one in enumerate(categories) if one is not None), 0)
    key = category_of(categories[rank]), subtypes[rank] if rank < len(subtypes) else None
    name, category = names_of(*key)
    return key, titles.get(key) or name or category or NAMELESS, category


def _titles(found: Sequence[Message]) -> dict[Key, str]:
    """The names that the file itself has for exercises."""
    titles: dict[Key, str] = {}
    for message in found:
        name = next(iter(_listed(message.fields.get("wkt_step_name"))), None)
        if message.kind == "exercise_title" and isinstance(name, str) and name.strip():
            category = category_of(message.fields.get("exercise_category"))
            titles[category, message.fields.get("exercise_name")] = name.strip()
    return titles


def _workouts(found: Sequence[Message], zone: tzinfo) -> list[_Workout]:
    """The activities of the file, in the order of their starts."""
    names = [message.fields.get("wkt_name") for message in found if message.kind == "workout"]
    name = names[0] if len(names) == 1 and isinstance(names[0], str) else ""
    workouts = []
    for message in found:
        if message.kind != "session":
            continue
        started = _moment(instant(message.fields, "start_time"), zone)
        if started is not None:
            length = measure(message.fields, "total_elapsed_time")
            known = length is not None and 0 < length <= MOST_SECONDS
            finished = started + timedelta(seconds=length or 0) if known else None
            workouts.append(_Workout(started, finished, name))
    return sorted(workouts, key=lambda one: one.started)


def _workout_at(workouts: Sequence[_Workout], at: datetime | None) -> _Workout | None:
    """The activity that a set belongs to: the last that began before it, else the first; None if
    there is none."""
    begun = [one for one in workouts if at and one.started <= at]
    return begun[-1] if begun else next(iter(workouts), None)


def _moment(seconds: int | None, zone: tzinfo) -> datetime | None:
    if seconds is None:
        return None
    return (EPOCH + timedelta(seconds=seconds)).astimezone(zone)


def _within(what: str, value: float | None, most: float) -> float | None:
    """A value, None for none or 0. Raises BadDocument beyond ``most``."""
    if value is not None and not 0 <= value <= most:
        raise BadDocument(f"{what} must be from 0 to {most:g}, not {value:g}")
    return value or None


def _listed(value: object) -> list[Any]:
    """The values of a field that may be a list."""
    return list(value) if isinstance(value, tuple | list) else [value]
