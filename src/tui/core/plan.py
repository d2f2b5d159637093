"""Where in a week the strength sessions go (:func:`plan_week`).

Hard rules, never broken: no lifting before a hard run of the day; 48 h from one session on the legs
to the next (two days where a time is not known); nothing in race week; no high jumps in the day
before a hard run; one light session at most in the week after a race. What cannot be placed so is
given up, with the reason: less is better than none, and nothing is made up for. All else is a cost,
and the cheapest week wins (clarke-runrun and trailrunner-lift; the costs are the project's).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import permutations

from msgspec import Struct
from msgspec.structs import replace

from tui.core.progression.guards import AFTER_DAYS
from tui.core.progression.values import Calendar, Reason
from tui.core.season.days import is_hard, race_behind, race_rest, runs_on
from tui.core.season.spots import (
    RACE_IN_LEGS_DAYS,
    Spot,
    later,
    lift_spots,
    snack_spots,
    starts,
)
from tui.core.season.values import Diary

LEG_HOURS, LEG_DAYS = 48, 2
DROPPED = 1000.0
# Two sessions a week lie best so: Monday and Thursday, Tuesday and Friday, Wednesday and Saturday.
PAIRS = ((0, 3), (1, 4), (2, 5))
NOT_A_PAIR, WRONG_GAP, NO_EASY_DAY, LATER = 0.7, 4.0, 5.0, 0.01
LIGHT_FIRST = 3.0  # After a race the light session comes first.
MOST_A_WEEK = 7
# What keeps the search short: so many places of a day, and orders of so many sessions.
MOST_A_DAY, MOST_TO_REORDER = 4, 4


class Wanted(Struct, frozen=True, kw_only=True):
    """A session that the programme asks for in the week. ``legs``: it has work that is hard on the
    legs; ``leg_work``: it has any for them; ``high``: it has high jumps; ``snack``: a few minutes
    after a run."""

    part: str
    name: str
    legs: bool = False
    leg_work: bool = False
    high: bool = False
    snack: bool = False


class Done(Struct, frozen=True, kw_only=True):
    """A session that was done. ``start`` is the runner's wall clock."""

    day: date
    start: time | None = None
    legs: bool = False
    snack: bool = False


class Placed(Struct, frozen=True, kw_only=True):
    """A session on its day: at ``start`` where that is known, else not before ``not_before``.
    ``light``: the light one after a race."""

    wanted: Wanted
    day: date
    start: time | None = None
    not_before: time | None = None
    light: bool = False
    reasons: tuple[Reason, ...] = ()


class GivenUp(Struct, frozen=True):
    """A session that found no place, and why."""

    wanted: Wanted
    reason: Reason


class WeekPlan(Struct, frozen=True, kw_only=True):
    """A week from its Monday: the sessions by day, and those given up."""

    monday: date
    placed: tuple[Placed, ...] = ()
    given_up: tuple[GivenUp, ...] = ()


def plan_week(
    monday: date,
    wanted: Sequence[Wanted],
    diary: Diary,
    calendar: Calendar,
    *,
    done: Sequence[Done] = (),
    today: date | None = None,
    gap_days: tuple[int, int] | None = None,
    c_race_week: bool = True,
) -> WeekPlan:
    """The sessions ``wanted`` in the week from ``monday``, in their order, on its days from
    ``today`` on. ``done`` are sessions of this week and of the days before it; ``gap_days`` the
    least and most days between two sessions that the programme asks for. A plan always comes out.
    """
    week = _Week(monday, diary, calendar, done, today or monday, gap_days, c_race_week)
    lifts = [one for one in wanted if not one.snack]
    snacks = [one for one in wanted if one.snack]
    made = week.best(lifts[:MOST_A_WEEK], week.spots(snacks=False))
    taken = week.best(snacks[:MOST_A_WEEK], week.spots(snacks=True), beside=made)
    placed = [week.placed(one, spot, made) for one, spot in [*made, *taken]]
    left = Counter(wanted) - Counter(one for one, _ in [*made, *taken])
    return WeekPlan(
        monday=monday,
        placed=tuple(sorted(placed, key=_when)),
        given_up=tuple(GivenUp(one, week.why_not(one, made)) for one in left.elements()),
    )


def _when(placed: Placed) -> tuple[date, time, bool]:
    return placed.day, placed.start or placed.not_before or time.min, placed.wanted.snack


Chosen = list[tuple[Wanted, Spot]]


class _Week:
    """One week that is planned."""

    def __init__(
        self,
        monday: date,
        diary: Diary,
        calendar: Calendar,
        done: Sequence[Done],
        today: date,
        gap_days: tuple[int, int] | None,
        c_week: bool,
    ) -> None:
        self.monday, self.calendar, self.c_week = monday, calendar, c_week
        self.days = [monday + timedelta(days=n) for n in range(7)]
        self.first = max(monday, today)
        self.diary = _around(diary, monday)
        self.done = [d for d in done if -9 <= (d.day - monday).days < 7]
        self.gap_days = gap_days
        self.after_race = race_behind(calendar, monday, AFTER_DAYS) is not None

    # -- the places that there are -------------------------------------------------------------

    def spots(self, *, snacks: bool) -> list[Spot]:
        """Every place of the days that are left, the bad ones as well."""
        days = [
            day
            for day in self.days
            if day >= self.first and race_rest(self.calendar, day, c_week=self.c_week) is None
        ]
        if snacks:
            return [spot for day in days for spot in snack_spots(self.diary, day)]
        return [
            spot
            for day in days
            for spot in sorted(
                lift_spots(self.diary, self.calendar, day), key=lambda spot: spot.cost
            )[:MOST_A_DAY]
        ]

    def best(
        self, wanted: Sequence[Wanted], spots: Sequence[Spot], beside: Chosen | None = None
    ) -> Chosen:
        """The cheapest way to place them: in their order, or, where that leaves one out, in
        another that does not."""
        cost, chosen = self._in_order(wanted, spots, beside)
        if cost < DROPPED or len(wanted) > MOST_TO_REORDER:
            return chosen
        ways = [self._in_order(order, spots, beside) for order in permutations(wanted)]
        return min(((cost, chosen), *ways), key=lambda way: way[0])[1]

    def _in_order(
        self, wanted: Sequence[Wanted], spots: Sequence[Spot], beside: Chosen | None
    ) -> tuple[float, Chosen]:
        """The cheapest way to place them, each on a later day than the one before it, and what it
        costs."""
        found: tuple[float, Chosen] = (DROPPED * len(wanted) + 1, [])

        def go_on(at: int, chosen: Chosen, cost: float) -> None:
            nonlocal found
            if cost >= found[0]:
                return
            if at == len(wanted):
                cost += self._cost_of_all(chosen, beside)
                if cost < found[0]:
                    found = (cost, list(chosen))
                return
            for spot in spots:
                if self._fits(wanted[at], spot, chosen):
                    more = self._cost(wanted[at], spot, chosen, beside)
                    place = self._later(wanted[at], spot, chosen)
                    go_on(at + 1, [*chosen, (wanted[at], place)], cost + more)
            go_on(at + 1, chosen, cost + DROPPED)

        go_on(0, [], 0.0)
        return found

    # -- hard rules ----------------------------------------------------------------------------

    def _fits(self, one: Wanted, spot: Spot, chosen: Chosen) -> bool:
        if chosen and spot.day <= chosen[-1][1].day:
            return False
        if any(d.day == spot.day and d.snack is one.snack for d in self.done):
            return False
        if one.high and self._hard_soon(spot):
            return False
        if one.snack:
            return not (one.leg_work and (self._hard_soon(spot) or self._race_in_legs(spot)))
        if spot.after_race and self._since_race(spot, chosen):
            return False
        return not one.legs or self._legs_rested(spot, chosen)

    def _legs_rested(self, spot: Spot, chosen: Chosen) -> bool:
        return all(apart((spot.day, spot.start), other) for other in self._legs(chosen))

    def _legs(self, chosen: Chosen) -> list[tuple[date, time | None]]:
        """The days of leg sessions, done and chosen, and when they begin at the earliest."""
        found = [(d.day, d.start) for d in self.done if d.legs]
        return [*found, *((s.day, s.start or s.not_before) for one, s in chosen if one.legs)]

    def _race_in_legs(self, spot: Spot) -> bool:
        return race_behind(self.calendar, spot.day, RACE_IN_LEGS_DAYS) is not None

    def _hard_soon(self, spot: Spot) -> bool:
        """True where a hard run begins within the day that follows."""
        begin = starts(spot)
        for day in (spot.day, spot.day + timedelta(days=1)):
            for run in runs_on(self.diary, day):
                if not is_hard(run):
                    continue
                if run.start is None or begin is None:
                    # On the same day the session comes after the run.
                    if day != spot.day:
                        return True
                elif 0 <= (datetime.combine(day, run.start) - begin).total_seconds() < 86400:
                    return True
        return False

    def _since_race(self, spot: Spot, chosen: Chosen) -> bool:
        """True where the light session after the race was done or is placed already."""
        days = [d.day for d in self.done if not d.snack] + [other.day for _, other in chosen]
        return any(
            race.day < day <= spot.day
            for race in self.calendar.races
            for day in days
            if 0 < (spot.day - race.day).days <= AFTER_DAYS
        )

    # -- costs ---------------------------------------------------------------------------------

    def _cost(self, one: Wanted, spot: Spot, chosen: Chosen, beside: Chosen | None) -> float:
        cost = spot.cost + LATER * (spot.day - self.monday).days
        if self.after_race and not one.snack and not spot.after_race:
            cost += LIGHT_FIRST
        if one.legs or one.high:
            cost += spot.cost_before
        if beside is not None:
            cost += sum(other.day == spot.day for _, other in beside)
        if self.gap_days is not None and chosen:
            gap = (spot.day - chosen[-1][1].day).days
            cost += 0 if self.gap_days[0] <= gap <= self.gap_days[1] else WRONG_GAP
        elif self.gap_days is not None and beside is None:
            # How long ago the last one was is no matter, how short is.
            days = [d.day for d in self.done if not d.snack and d.day < spot.day]
            soon = bool(days) and (spot.day - max(days)).days < self.gap_days[0]
            cost += WRONG_GAP if soon else 0
        return cost

    def _cost_of_all(self, chosen: Chosen, beside: Chosen | None) -> float:
        if beside is not None:
            return 0.0
        cost = 0.0
        days = sorted({s.day for _, s in chosen} | {d.day for d in self._mine()})
        if len(days) == 2 and tuple(day.weekday() for day in days) not in PAIRS:
            cost += NOT_A_PAIR
        if not any(self._easy(day) for day in self.days if day not in days):
            cost += NO_EASY_DAY
        return cost

    def _mine(self) -> list[Done]:
        """The sessions that were done in this week."""
        return [d for d in self.done if d.day >= self.monday and not d.snack]

    def _easy(self, day: date) -> bool:
        return not any(map(is_hard, runs_on(self.diary, day)))

    # -- reasons -------------------------------------------------------------------------------

    def placed(self, one: Wanted, spot: Spot, made: Chosen) -> Placed:
        """A session on its day, with what speaks for the place."""
        reasons = list(spot.reasons)
        days = sorted({s.day for _, s in made} | {d.day for d in self._mine()})
        if one.legs and not one.snack:
            before = [d.day for d in [*self.done] if d.legs and d.day < spot.day]
            before += [s.day for w, s in made if w.legs and s.day < spot.day]
            if before:
                reasons.append(Reason("LEGS_RESTED", {"days": (spot.day - max(before)).days}))
        if len(days) == 2 and spot.day in days and not one.snack:
            pair = tuple(day.weekday() for day in days)
            if pair in PAIRS:
                reasons.append(Reason("GOOD_PAIR", {"days": (days[1] - days[0]).days}))
        return Placed(
            wanted=one,
            day=spot.day,
            start=spot.start,
            not_before=spot.not_before,
            light=spot.after_race and not one.snack,
            reasons=tuple(reasons),
        )

    def _later(self, one: Wanted, spot: Spot, chosen: Chosen) -> Spot:
        """A place without a time, begun no sooner than 48 h after the last session on the legs."""
        two_days_ago = [
            begin
            for day, begin in self._legs(chosen)
            if begin is not None and (spot.day - day).days == LEG_DAYS
        ]
        if spot.start is not None or not one.legs or not two_days_ago:
            return spot
        return later(spot, max(two_days_ago))

    def why_not(self, one: Wanted, made: Chosen) -> Reason:
        """Why a session found no place, the nearest cause."""
        facts = {"session": one.name}
        days = [day for day in self.days if day >= self.first]
        races = [race_rest(self.calendar, day, c_week=self.c_week) for day in days]
        free = self.spots(snacks=one.snack)
        if one.snack and one.leg_work and all(map(self._race_in_legs, free)) and any(races):
            free = []
        if not free and any(races):
            race = next(race for race in races if race is not None)
            return Reason("RACE_WEEK_NONE", {**facts, "race": race.name or "your race"})
        if not free:
            return Reason("NO_TIME_LEFT", facts)
        if not one.snack and all(s.after_race and self._since_race(s, made) for s in free):
            return Reason("AFTER_RACE_ONE", facts)
        alone = replace(one, high=False, leg_work=False)
        if any(self._fits(alone, s, []) and not self._fits(one, s, []) for s in free):
            return Reason("HARD_RUN_SOON", facts)
        if one.legs and not all(self._legs_rested(s, made) for s in free):
            return Reason("PLAN_REDUCED", {**facts, "hours": LEG_HOURS})
        return Reason("NO_DAY_LEFT", facts)


def apart(one: tuple[date, time | None], other: tuple[date, time | None]) -> bool:
    """True where two leg sessions leave 48 h from start to start; two days where a time is not
    known (trailrunner-lift)."""
    if one[1] is None or other[1] is None:
        return abs((one[0] - other[0]).days) >= LEG_DAYS
    between = datetime.combine(one[0], one[1]) - datetime.combine(other[0], other[1])
    return abs(between.total_seconds()) >= LEG_HOURS * 3600


def _around(diary: Diary, monday: date) -> Diary:
    """The diary of a week and the days beside it."""
    near = (run for run in diary.runs if -2 <= (run.day - monday).days <= 8)
    return replace(diary, runs=tuple(near))
