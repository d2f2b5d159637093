"""Generates a year of invented training for ``stridelift demo``; the same day gives the same year.

Two sessions a week from two programmes, as advised by the calculator, with a missed fortnight, a
taper before a race, and days on which something hurts or time runs out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from hashlib import blake2b
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator import Setup, State, advance
from tui.domain.calculator.advice import Calendar, Priority, Race
from tui.domain.calculator.estimates import reps_at
from tui.domain.calculator.rep_max import tired
from tui.domain.model.ids import derived
from tui.domain.model.library.parser import Library
from tui.domain.model.values import (
    Entry,
    Goal,
    Kind,
    Measures,
    Session,
    SetEntry,
    SetKind,
    SetPlan,
    Side,
)
from tui.domain.planning.calendar_changes import Change
from tui.domain.planning.calendar_codec import RACES, WEEKLY
from tui.domain.planning.diary import RunKind, WeeklyRun
from tui.domain.planning.settings import profile_of
from tui.domain.planning.today import plan
from tui.domain.session.live import Item

WEEKS = 52
TUESDAY, FRIDAY = 1, 4
# Weeks of the year, from 0: the first programme, then the second one up to the race.
SECOND_PROGRAMME_FROM = 28
MISSED = (19, 20)
RACE = 46
NEXT_RACE = 9  # Weeks ahead.
# This runner's stated one-rep maxima (kg) at the start; in a year they rise by a quarter.
MAXES = {"back-squat": 80.0, "deadlift": 100.0, "split-squat": 26.0, "calf-raise": 36.0}
GROWTH = 0.25
# The load she takes when the calculator leaves it to her.
USUAL_KG = 15.0
BODY_KG = 62.0
NOTES = (
    "Slept badly, kept it short.",
    "Felt strong today.",
    "Legs heavy from the long run.",
    "Hill repeats yesterday.",
    "New shoes, better grip on the step.",
)


def year_of_training(library: Library, today: date, zone: tzinfo | None) -> list[Session]:
    """About ninety finished sessions, oldest first, the last a few days before ``today`` at most;
    their times are in ``zone``."""
    monday = _first_monday(today)
    log: list[Session] = []
    setup, state = _setup(library, today), State()
    for day in _days(monday, today):
        week = (day - monday).days // 7
        wanted = "lift-and-spring" if week < SECOND_PROGRAMME_FROM else "trail-speed"
        planned = plan(setup, state, library.programmes[wanted], day)
        maker = _Maker(library, day, week, zone)
        if not planned.items:
            continue
        session = maker.session(planned.programme.id, planned.part.id, planned.items)
        state = advance(setup, state, session)
        log.append(session)
    return log


def settings() -> dict[str, Any]:
    """The runner's settings before the year, in the form of profile.json."""
    maxes = {f"max.{name}": str(kilograms) for name, kilograms in MAXES.items()}
    return {**maxes, "body_weight": f"{BODY_KG:g}"}


def calendar(today: date) -> tuple[Change, Change]:
    """The runner's races and weekly runs, as changes of an empty calendar."""
    return (
        Change(listed=RACES, drop=_none, add=_races(today)),
        Change(
            listed=WEEKLY,
            drop=_none,
            add=(
                WeeklyRun(1, RunKind.SPEED, time(7)),
                WeeklyRun(3, RunKind.EASY, time(7)),
                WeeklyRun(6, RunKind.LONG, time(8, 30)),
            ),
        ),
    )


def _none(_: object) -> bool:
    return False


def _races(today: date) -> tuple[Race, ...]:
    race = _first_monday(today) + timedelta(weeks=RACE, days=6)
    ahead = today - timedelta(days=today.weekday()) + timedelta(weeks=NEXT_RACE, days=6)
    return (
        Race(day=race, name="the Ridge Race", priority=Priority.A),
        Race(day=ahead, name="the Valley Run", priority=Priority.A),
    )


def _setup(library: Library, today: date) -> Setup:
    stored = {key: [(_first_monday(today), value)] for key, value in settings().items()}
    races = Calendar(races=_races(today))
    return Setup(library=library, profile=profile_of(stored), calendar=races)


def _first_monday(today: date) -> date:
    return today - timedelta(days=today.weekday(), weeks=WEEKS)


def _days(monday: date, today: date) -> Iterator[date]:
    for week in range(WEEKS + 1):
        if week in MISSED:
            continue
        for weekday in (TUESDAY, FRIDAY):
            day = monday + timedelta(weeks=week, days=weekday)
            # Now and then a session is missed, and not made up for.
            if day < today and _chance(f"{day} falls out") > 0.06:
                yield day


def _chance(what: str) -> float:
    """A pseudo-random number from 0 to 1, always the same for the same words."""
    return int.from_bytes(blake2b(what.encode(), digest_size=4).digest()) / 2**32


class _Maker(Struct):
    """Makes the session of one day."""

    library: Library
    day: date
    week: int
    zone: tzinfo | None

    def chance(self, what: str) -> float:
        return _chance(f"{self.day} {what}")

    def session(self, programme: str, part: str, items: tuple[Item, ...]) -> Session:
        begun = datetime.combine(self.day, time(18), self.zone)
        begun += timedelta(minutes=int(50 * self.chance("begun")))
        session_id = derived(int(begun.timestamp() * 1000), f"demo {self.day}")
        clock = begun + timedelta(minutes=4)
        short = self.chance("short of time") < 0.06
        entries = []
        for number, item in enumerate(items, start=1):
            entry_id = f"{session_id}-{number}"
            last = short and number == len(items)
            rows, clock = self.rows(entry_id, item, clock, out_of_time=last)
            if rows:
                stamp = rows[-1].edited
                entry = Entry(id=entry_id, edited=stamp, exercise=item.exercise, sets=rows)
                entries.append(entry)
        noted = self.chance("note")
        return Session(
            id=session_id,
            edited=clock.isoformat(),
            started=begun,
            finished=clock,
            programme=programme,
            part=part,
            note=NOTES[int(noted * 1000) % len(NOTES)] if noted < 0.15 else "",
            entries=tuple(entries),
        )

    def rows(
        self, entry_id: str, item: Item, clock: datetime, *, out_of_time: bool
    ) -> tuple[tuple[SetEntry, ...], datetime]:
        sets = item.plan.sets
        hurts = self.chance(f"{item.exercise} hurts") < 0.05
        rows: list[SetEntry] = []
        for planned in sets:
            clock += timedelta(seconds=45)
            undone = out_of_time and planned.number == len(sets) > 1
            rows += self.set_rows(entry_id, item, planned, clock, hurts=hurts, undone=undone)
            clock += timedelta(seconds=item.plan.rest_s)
        return tuple(rows), clock

    def set_rows(
        self,
        entry_id: str,
        item: Item,
        planned: SetPlan,
        clock: datetime,
        *,
        hurts: bool,
        undone: bool,
    ) -> Iterator[SetEntry]:
        warm = "w" if planned.kind is SetKind.WARMUP else ""
        work = planned.kind is SetKind.WORK
        for goal in planned.goals:
            aim = goal.measures
            if aim.load_kg is None and self.takes_load(item.exercise):
                aim = replace(aim, load_kg=USUAL_KG)
            done, left = self.performed(item, planned.number, goal, aim)
            yield SetEntry(
                id=f"{entry_id}-{warm}{planned.number}{goal.side.value[0]}",
                edited=clock.isoformat(),
                number=planned.number,
                side=goal.side,
                kind=planned.kind,
                done=Measures() if undone else done if work else aim,
                prescribed=aim,
                rir=left if work and not undone else None,
                pain=self.pain(item.exercise, planned.number) if hurts and not undone else None,
                undone="time" if undone else None,
                at=clock.isoformat(),
            )

    def pain(self, exercise_id: str, number: int) -> int:
        """How much an exercise hurts on a day with pain."""
        return 2 + (self.chance(f"{exercise_id} {number} hurts more") < 0.1)

    def takes_load(self, exercise_id: str) -> bool:
        """Whether an exercise has a load to choose; the pull of a band is not known."""
        exercise = self.library.exercises[exercise_id]
        return exercise.kind is Kind.LOADED and "band" not in exercise.equipment

    def lifted_kg(self, exercise_id: str, load_kg: float) -> float:
        """What a lift moves in kg: the load in both hands and the share of the body."""
        exercise = self.library.exercises[exercise_id]
        return exercise.implements * load_kg + exercise.body_share * BODY_KG

    def performed(
        self, item: Item, number: int, goal: Goal, aim: Measures
    ) -> tuple[Measures, float | None]:
        """What was done in a set, and the reps left if they are reported. Lifts follow the runner's
        strength in this week, the rest is chance; the right side is a little weaker."""
        luck = self.chance(f"{item.exercise} {number} {goal.side} tired")
        if item.exercise in MAXES and aim.load_kg is not None and aim.reps:
            best = self.lifted_kg(item.exercise, MAXES[item.exercise])
            best *= (1 + GROWTH * self.week / WEEKS) * (0.97 + 0.06 * luck)
            moved = self.lifted_kg(item.exercise, aim.load_kg)
            can = reps_at(100 * moved / best) * tired(number - 1)
            if can < aim.reps:
                return replace(aim, reps=max(1, int(can))), 0
            return aim, min(5, round(can - aim.reps))
        if luck < (0.10 if goal.side is Side.RIGHT else 0.04):
            return _less(aim), None
        rates = item.kind in (Kind.LOADED, Kind.BODYWEIGHT)
        return aim, 2 + round(2 * luck) if rates else None


def _less(aim: Measures) -> Measures:
    """The measures of a set that fell a little short."""
    if aim.holds is not None:
        return replace(aim, holds=max(1, aim.holds - 1))
    if aim.reps is not None:
        return replace(aim, reps=max(1, aim.reps - 1))
    if aim.hold_s is not None:
        return replace(aim, hold_s=max(5.0, aim.hold_s - 5))
    return aim
