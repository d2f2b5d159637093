"""Makes sessions of another app's workouts, once it is known what their exercise names mean.

Ids are derived from the app, the time and the place of a set, so that a later export of the same
app, which has the same workouts and more, adds only what is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.model.ids import derived
from tui.domain.model.library.activity_names import (
    LONGEST_HOLD_S,
    Endurance,
    is_assisted,
    is_hold_name,
)
from tui.domain.model.logged import with_contacts
from tui.domain.model.metrics import TYPE
from tui.domain.model.units import KG_PER_LB, to_kg
from tui.domain.model.values import (
    Entry,
    Exercise,
    Kind,
    Measures,
    Record,
    Session,
    SetEntry,
    SetKind,
    Side,
)
from tui.formats.other_apps.values import LENGTHS_M
from tui.formats.other_apps.workouts import OtherEntry, OtherLog, OtherSet, OtherWorkout

# What apps that keep kilograms to the hundredth make of half and whole pounds, in kilograms.
HUNDREDTH = 0.0051
HELD = (Kind.HOLD, Kind.CLUSTER)
# A file that says neither the unit of weight nor that of distance is asked for once.
FAR_M = {"kg": LENGTHS_M["km"], "lb": LENGTHS_M["mi"]}


class Target(Struct, frozen=True):
    """What a name means: an exercise, of which ``weights`` times the app's weight was lifted."""

    exercise: Exercise
    weights: int = 1


class Timed(Struct, frozen=True, kw_only=True):
    """A run or walk in a log of strength work, all its rows together; ``dated``: only its day is
    known."""

    started: datetime
    dated: bool
    name: str
    distance_m: float | None
    duration_s: float | None


class Converted(Struct, frozen=True, kw_only=True):
    """The sessions and records made of a log, and its runs and walks (``timed``).

    ``counts`` has how many sides of sets are of each kind: ``warmup``, ``work``, ``drop``,
    ``failure``, and of all these ``holds`` and ``assisted``; ``endurance`` counts rows of other
    endurance work, and ``left_out`` those of names that the runner leaves out."""

    sessions: tuple[Session, ...]
    records: tuple[Record, ...]
    timed: tuple[Timed, ...]
    counts: Mapping[str, int] = field(default_factory=dict)


def converted(
    log: OtherLog,
    targets: Mapping[str, Target | Endurance | None],
    unit: str,
    localise: Callable[[datetime], datetime],
) -> Converted:
    """A log with each name as its target: an exercise, an endurance activity, or None to leave it
    out. ``unit`` is that of weights whose unit the file does not say, such distances are then in
    kilometres or miles; ``localise`` adds the local offset to a time that has none."""
    made = _Conversion(log.app, targets, unit, localise)
    sessions = [session for workout in log.workouts if (session := made.session(workout))]
    return Converted(
        sessions=tuple(sessions),
        records=tuple(_metrics(log)),
        timed=tuple(made.timed),
        counts=dict(made.counts),
    )


def needs_unit(log: OtherLog, targets: Mapping[str, Target | Endurance | None]) -> bool:
    """Whether some weight or distance that would come in has no unit."""
    return any(
        (row.weight and not row.unit and isinstance(target, Target)) or row.distance
        for workout in log.workouts
        for entry in workout.entries
        if (target := targets[entry.name]) not in (None, Endurance.OTHER)
        for row in entry.sets
    )


class _Conversion:
    def __init__(
        self,
        app: str,
        targets: Mapping[str, Target | Endurance | None],
        unit: str,
        localise: Callable[[datetime], datetime],
    ) -> None:
        self.app, self.targets, self.unit, self.localise = app, targets, unit, localise
        self.counts: Counter[str] = Counter()
        self.timed: list[Timed] = []
        self._starts: Counter[datetime] = Counter()

    def session(self, workout: OtherWorkout) -> Session | None:
        """The session of a workout; None if nothing of it comes in."""
        naive = workout.started
        if workout.dated:
            naive = datetime.combine(naive.date(), time(12))
        started = self._placed(naive)
        self._starts[started] += 1
        milliseconds = int(started.timestamp()) * 1000
        # By the wall clock, so that moving to another time zone does not make it another session.
        when = workout.started.replace(tzinfo=None).isoformat()
        session_id = derived(milliseconds, f"{self.app} {when} {self._starts[started]}")
        seen: Counter[str] = Counter()
        entries = []
        for place, entry in enumerate(workout.entries):
            seen[entry.name] += 1
            target = self.targets[entry.name]
            if isinstance(target, Target):
                entry_id = derived(milliseconds, f"{session_id} {entry.name} {seen[entry.name]}")
                rows = tuple(self._rows(entry, target, entry_id, milliseconds, started))
                entries.append(
                    Entry(
                        id=entry_id,
                        edited="",
                        order=place,
                        exercise=target.exercise.id,
                        sets=rows,
                        superset=entry.superset or None,
                    )
                )
            else:
                self._beside(entry, target, started, workout.dated)
        if not entries:
            return None
        words = [workout.name, workout.note]
        return Session(
            id=session_id,
            edited="",
            started=started,
            finished=None if workout.finished is None else self._placed(workout.finished),
            note="\n".join(filter(None, words)),
            entries=tuple(entries),
        )

    def _placed(self, moment: datetime) -> datetime:
        return self.localise(moment) if moment.tzinfo is None else moment

    def _beside(
        self, entry: OtherEntry, target: Endurance | None, started: datetime, dated: bool
    ) -> None:
        """Count, or note as a run, an entry that is no strength work here."""
        if target is None:
            self.counts["left_out"] += len(entry.sets)
        elif target is Endurance.OTHER:
            self.counts["endurance"] += len(entry.sets)
        else:
            at = next((row.at for row in entry.sets if row.at is not None), None)
            self.timed.append(
                Timed(
                    started=started if at is None else self._placed(at),
                    dated=dated,
                    name=entry.name,
                    distance_m=sum(_metres(row, self.unit) or 0 for row in entry.sets) or None,
                    duration_s=sum(row.seconds or 0 for row in entry.sets) or None,
                )
            )

    def _rows(
        self,
        entry: OtherEntry,
        target: Target,
        entry_id: str,
        milliseconds: int,
        started: datetime,
    ) -> Iterator[SetEntry]:
        numbers: Counter[tuple[SetKind, Side]] = Counter()
        assisted = is_assisted(entry.name)
        stamp = started.isoformat()
        for place, row in enumerate(entry.sets):
            numbers[row.kind, row.side] += 1
            done, said = _measures(row, entry.name, target, self.unit, assisted)
            self.counts[row.kind.value] += 1
            self.counts["holds"] += done.hold_s is not None
            self.counts["assisted"] += done.assist_kg is not None
            notes = (entry.note if place == 0 else "", row.note, said)
            yield SetEntry(
                id=derived(milliseconds, f"{entry_id} {place}"),
                edited=stamp,
                number=numbers[row.kind, row.side],
                side=row.side,
                done=done,
                kind=row.kind,
                rir=row.rir,
                note="\n".join(filter(None, notes)),
                at="" if row.at is None else self._placed(row.at).isoformat(),
            )


def _measures(
    row: OtherSet, name: str, target: Target, unit: str, assisted: bool
) -> tuple[Measures, str]:
    """The measures of a set, and a note of what they cannot say. ``unit`` is that of what has none
    in the file. Seconds are a hold if that is what the exercise is, or what its name says, and no
    hold lasts so long."""
    exercise = target.exercise
    weight = row.weight or 0
    kilograms = _kilograms(abs(weight) * target.weights, row.unit or unit)
    helped = weight < 0 or assisted
    reps, seconds, note = row.reps, row.seconds, ""
    held = exercise.kind in HELD or (seconds is not None and is_hold_name(name))
    if seconds is not None and held and seconds <= LONGEST_HOLD_S:
        if reps is not None and reps > 1:
            note = f"{reps} reps"
        hold_s, duration_s, reps = seconds, None, None
    else:
        hold_s, duration_s = None, seconds
    far = None if hold_s is not None else _metres(row, unit)
    done = Measures(
        load_kg=None if helped else kilograms,
        assist_kg=kilograms if helped else None,
        reps=reps,
        hold_s=hold_s,
        duration_s=duration_s,
        distance_m=far,
    )
    return with_contacts(exercise.kind, exercise.jump_feet, done), note


def _metres(row: OtherSet, unit: str) -> float | None:
    if row.distance is None or unit not in FAR_M:
        return row.distance_m
    return round(row.distance * FAR_M[unit], 2)


def _kilograms(weight: float, unit: str) -> float | None:
    """A weight in kilograms to the gram; None for none. Kilograms that are half or whole pounds to
    the hundredth were pounds once."""
    if not weight:
        return None
    if unit == "lb":
        return to_kg(weight, unit)
    if round(weight, 1) != round(weight, 3) and round(weight * 4) / 4 != round(weight, 3):
        pounds = round(weight / KG_PER_LB * 2) / 2
        if abs(to_kg(pounds, "lb") - weight) <= HUNDREDTH:
            return to_kg(pounds, "lb")
    return round(weight, 3)


def _metrics(log: OtherLog) -> Iterator[Record]:
    """The measured values as records; of one metric on one day, each value that differs."""
    for one in dict.fromkeys(replace(metric, line=0) for metric in log.metrics):
        midnight = datetime.combine(one.day, time()).isoformat() + "+00:00"
        milliseconds = int(datetime.fromisoformat(midnight).timestamp()) * 1000
        yield Record(
            id=derived(milliseconds, f"{log.app} {one.metric} {one.value:g}"),
            edited=midnight,
            type=TYPE,
            day=one.day,
            values={"metric": one.metric, "value": one.value},
        )
