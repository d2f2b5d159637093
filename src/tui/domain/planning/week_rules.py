"""The hard rules of the week plan: which time slots a week has, and which rules exclude them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from msgspec.structs import replace

from tui.domain.calculator.advice import Calendar, Reason
from tui.domain.calculator.guards import AFTER_DAYS
from tui.domain.planning.calendar_queries import (
    is_hard,
    openings_on,
    race_behind,
    race_rest,
    runs_on,
)
from tui.domain.planning.diary import Diary
from tui.domain.planning.placement import LEG_DAYS, Done, Wanted
from tui.domain.planning.time_slots import (
    RACE_IN_LEGS_DAYS,
    TimeSlot,
    earliest_start,
    lift_time_slots,
    postponed,
    snack_time_slots,
)

LEG_HOURS = 48
DAY_S = 86400
MOST_A_DAY = 4  # Slots per day to try; keeps the search short.
Chosen = list[tuple[Wanted, TimeSlot]]


class Week:
    """A week with its runs and races, the sessions done in it and just before it, and the first day
    to plan (``today``)."""

    def __init__(
        self,
        monday: date,
        diary: Diary,
        calendar: Calendar,
        done: Sequence[Done],
        today: date,
        *,
        c_week: bool,
    ) -> None:
        self.monday, self.calendar, self.c_week = monday, calendar, c_week
        self.days = [monday + timedelta(days=n) for n in range(7)]
        self.left = [day for day in self.days if day >= today]
        self.diary = _around(diary, monday)
        self.done = [d for d in done if -9 <= (d.day - monday).days < 7]

    # -- slots ---------------------------------------------------------------------------------

    def spots(self, *, snacks: bool) -> list[TimeSlot]:
        """All slots of the days left, including poor ones; none on days that rest for a race."""
        days = [
            day for day in self.left if race_rest(self.calendar, day, c_week=self.c_week) is None
        ]
        if snacks:
            return [spot for day in days for spot in snack_time_slots(self.diary, day)]
        return [
            spot
            for day in days
            for spot in sorted(self._lift_spots(day), key=lambda spot: spot.cost)[:MOST_A_DAY]
        ]

    def _lift_spots(self, day: date) -> list[TimeSlot]:
        return [*lift_time_slots(self.diary, self.calendar, day)]

    def later_for(self, one: Wanted, spot: TimeSlot, chosen: Chosen) -> TimeSlot:
        """The slot; if it has no fixed time, it starts 48 h after the last leg session or later."""
        two_days_ago = [
            begin
            for day, begin in self.legs(chosen)
            if begin is not None and (spot.day - day).days == LEG_DAYS
        ]
        if spot.start is not None or not one.legs or not two_days_ago:
            return spot
        return postponed(spot, max(two_days_ago))

    # -- hard rules ----------------------------------------------------------------------------

    def fits(self, one: Wanted, spot: TimeSlot, chosen: Chosen) -> bool:
        """True if no rule excludes the slot and its day is later than those chosen."""
        if chosen and spot.day <= chosen[-1][1].day:
            return False
        return not self.against(one, spot, chosen)

    def against(self, one: Wanted, spot: TimeSlot, chosen: Chosen) -> list[str]:
        """The reason codes of the rules that exclude a slot, the main one first; empty if it
        fits."""
        found = []
        if not one.snack and spot.after_race and self._since_race(spot, chosen):
            found.append("AFTER_RACE_ONE")
        if one.snack and one.leg_work and self._race_in_legs(spot):
            found.append("RACE_IN_LEGS")
        if (one.high or (one.snack and one.leg_work)) and self._hard_soon(spot):
            found.append("HARD_RUN_SOON")
        if one.legs and not self._legs_rested(spot, chosen):
            found.append("PLAN_REDUCED")
        if any(d.day == spot.day and d.snack is one.snack for d in self.done):
            found.append("NO_DAY_LEFT")
        return found

    def _legs_rested(self, spot: TimeSlot, chosen: Chosen) -> bool:
        return all(apart((spot.day, spot.start), other) for other in self.legs(chosen))

    def legs(self, chosen: Chosen) -> list[tuple[date, time | None]]:
        """The days and earliest starts of the leg sessions, done and chosen."""
        found = [(d.day, d.start) for d in self.done if d.legs]
        return [*found, *((s.day, s.start or s.not_before) for one, s in chosen if one.legs)]

    def _race_in_legs(self, spot: TimeSlot) -> bool:
        return race_behind(self.calendar, spot.day, RACE_IN_LEGS_DAYS) is not None

    def _no_slot(self, spot: TimeSlot, *, snack: bool) -> str:
        """The code for a day without a slot."""
        if self._race_in_legs(spot):
            return "AFTER_RACE_ONE"
        after = not snack and race_behind(self.calendar, spot.day, AFTER_DAYS) is not None
        hard = any(map(is_hard, runs_on(self.diary, spot.day)))
        return "AFTER_RACE_RUNS" if after and hard else "NO_TIME_BESIDE_RUNS"

    def _hard_soon(self, spot: TimeSlot) -> bool:
        """True if a hard run begins within 24 hours after the slot."""
        begin = earliest_start(spot)
        for day in (spot.day, spot.day + timedelta(days=1)):
            for run in runs_on(self.diary, day):
                if not is_hard(run):
                    continue
                if run.start is None or begin is None:
                    # On the same day the session comes after the run.
                    if day != spot.day:
                        return True
                elif 0 <= (datetime.combine(day, run.start) - begin).total_seconds() < DAY_S:
                    return True
        return False

    def _since_race(self, spot: TimeSlot, chosen: Chosen) -> bool:
        """True if the light session after the race has been done or placed already."""
        days = [d.day for d in self.done if not d.snack] + [other.day for _, other in chosen]
        return any(
            race.day < day <= spot.day
            for race in self.calendar.races
            for day in days
            if 0 < (spot.day - race.day).days <= AFTER_DAYS
        )

    # -- what was given up ---------------------------------------------------------------------

    def why_not(self, one: Wanted, made: Chosen) -> Reason:
        """Why a session was given up: the main rule against the slot that breaks the fewest."""
        facts = {"session": one.name}
        nearest = min(self._all_against(one, made), key=len, default=["NO_TIME_LEFT"])
        match nearest[0] if nearest else "NO_DAY_LEFT":
            case "RACE_WEEK_NONE":
                races = (race_rest(self.calendar, day, c_week=self.c_week) for day in self.left)
                name = next(race.name or "your race" for race in races if race is not None)
                return Reason("RACE_WEEK_NONE", {**facts, "race": name})
            case "PLAN_REDUCED":
                return Reason("PLAN_REDUCED", {**facts, "hours": LEG_HOURS})
            case code:
                return Reason(code, facts)

    def _all_against(self, one: Wanted, made: Chosen) -> Iterator[list[str]]:
        """The codes of the rules against each free time left in the week, given what is placed."""
        mine = [(other, spot) for other, spot in made if other.snack is one.snack]
        for day in self.left:
            make = [*snack_time_slots(self.diary, day)] if one.snack else self._lift_spots(day)
            free = make or [TimeSlot(day=day) for _ in openings_on(self.diary, day)]
            for spot in free:
                found = []
                if race_rest(self.calendar, day, c_week=self.c_week) is not None:
                    found.append("RACE_WEEK_NONE")
                elif not make:
                    found.append(self._no_slot(spot, snack=one.snack))
                found += self.against(one, spot, mine)
                if any(other.day == day for _, other in mine):
                    found.append("NO_DAY_LEFT")
                yield found


def apart(one: tuple[date, time | None], other: tuple[date, time | None]) -> bool:
    """True if two leg sessions start at least 48 h apart, or two days apart if a time is unknown
    (trailrunner-lift)."""
    if one[1] is None or other[1] is None:
        return abs((one[0] - other[0]).days) >= LEG_DAYS
    between = datetime.combine(one[0], one[1]) - datetime.combine(other[0], other[1])
    return abs(between.total_seconds()) >= LEG_HOURS * 3600


def _around(diary: Diary, monday: date) -> Diary:
    """The diary with only the runs of a week and the two days on either side."""
    near = (run for run in diary.runs if -2 <= (run.day - monday).days <= 8)
    return replace(diary, runs=tuple(near))
