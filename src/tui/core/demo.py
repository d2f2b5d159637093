"""A year of training that nobody did, to try the program out on: the same for the same day.

Two lifting sessions a week by two programmes, loads and holds that grow, a missed fortnight, a
taper before a race, days on which something hurts or time runs out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from tui.core.ids import derived
from tui.core.library import Library
from tui.core.live import Item
from tui.core.model import Entry, Kind, Measures, Session, SetEntry, SetKind, SetPlan, Side
from tui.core.progression import Setup, State, advance
from tui.core.today import plan

WEEKS = 52
TUESDAY, FRIDAY = 1, 4
# Weeks of the year, counted from 0: the first programme, then the other one up to the race.
SECOND_PROGRAMME_FROM = 28
MISSED = (19, 20)
TAPER = (44, 45)
RACE = 46
STEP_KG = 2.5
START_KG = {"back-squat": 45.0, "deadlift": 55.0, "romanian-deadlift": 40.0, "hip-thrust": 50.0}
USUAL_KG = {Kind.LOADED: 15.0, Kind.CARRY: 16.0}
MOST_GROWTH = 1.5
NOTES = (
    "Slept badly, kept it short.",
    "Felt strong today.",
    "Legs heavy from the long run.",
    "Hill repeats yesterday.",
    "New shoes, better grip on the step.",
)


def year_of_training(library: Library, today: date, zone: tzinfo | None) -> list[Session]:
    """About ninety finished sessions, the last on the day before ``today`` or the days before it,
    oldest first; ``zone`` is that of their times."""
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS)
    log: list[Session] = []
    setup, state = Setup(library=library), State()
    for day in _days(monday, today):
        week = (day - monday).days // 7
        wanted = "lift-and-spring" if week < SECOND_PROGRAMME_FROM else "trail-speed"
        planned = plan(setup, state, library.programmes[wanted], day)
        maker = _Maker(library, day, week, zone)
        session = maker.session(planned.programme.id, planned.part.id, planned.items)
        state = advance(setup, state, session)
        log.append(session)
    return log


def _days(monday: date, today: date) -> Iterator[date]:
    for week in range(WEEKS + 1):
        if week in (*MISSED, RACE):
            continue
        for weekday in (TUESDAY, FRIDAY):
            day = monday + timedelta(weeks=week, days=weekday)
            # Now and then a session falls out; nobody makes up for it.
            if day < today and _chance(f"{day} falls out") > 0.06:
                yield day


def _chance(what: str) -> float:
    """A number from 0 to 1 that looks random and is always the same for the same words."""
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
        if self.week in TAPER:
            sets = sets[: max(1, len(sets) // 2)]
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
        rates = work and item.kind in (Kind.LOADED, Kind.BODYWEIGHT)
        for goal in planned.goals:
            aim = self.grown(item, goal.measures)
            tired = self.chance(f"{item.exercise} {planned.number} {goal.side} tired")
            # The right side is a little behind, as it is in most people.
            short = tired < (0.12 if goal.side is Side.RIGHT else 0.05) and work
            left = max(0, 4 - planned.number - (tired < 0.3))
            yield SetEntry(
                id=f"{entry_id}-{warm}{planned.number}{goal.side.value[0]}",
                edited=clock.isoformat(),
                number=planned.number,
                side=goal.side,
                kind=planned.kind,
                done=Measures() if undone else _less(aim) if short else aim,
                prescribed=aim,
                rir=left if rates and not undone else None,
                pain=2 + (tired < 0.4) if hurts and not undone else None,
                undone="time" if undone else None,
                at=clock.isoformat(),
            )

    def grown(self, item: Item, base: Measures) -> Measures:
        """What is aimed at in this week: the dose, with a load and a hold that grew over the year,
        faster at first, and lost a little in the missed fortnight."""
        weeks = self.week - (4 if self.week > MISSED[-1] else 0)
        growth = min(MOST_GROWTH, 1 + 0.02 * weeks - 0.0001 * weeks * weeks)
        aim = base
        bands = "band" in self.library.exercises[item.exercise].equipment
        if item.kind in USUAL_KG and not bands:
            start = START_KG.get(item.exercise, USUAL_KG[item.kind])
            aim = replace(aim, load_kg=_plates(start * growth))
        if item.kind is Kind.HOLD and base.hold_s:
            aim = replace(aim, hold_s=min(60.0, base.hold_s + 5 * (weeks // 8)))
        if item.kind is Kind.CLUSTER and base.hold_s:
            aim = replace(aim, hold_s=base.hold_s + min(3, weeks // 12))
        return aim


def _plates(kilograms: float) -> float:
    return kilograms // STEP_KG * STEP_KG


def _less(aim: Measures) -> Measures:
    """A set that fell a little short."""
    if aim.holds is not None:
        return replace(aim, holds=max(1, aim.holds - 1))
    if aim.reps is not None:
        return replace(aim, reps=max(1, aim.reps - 1))
    if aim.hold_s is not None:
        return replace(aim, hold_s=max(5.0, aim.hold_s - 5))
    return aim
