"""Plans a week: puts the strength sessions on the best days around the runs (:func:`plan_week`).

Hard rules, never broken: no lifting before a hard run on the same day; 48 h between leg sessions
(two days if a time is unknown); nothing in race week; no high jumps on the day before a hard run;
no lifting on the two days after a race, then at most one light session in the days after it, never
beside a hard run. A session that does not fit is given up, with
the reason: less is fine, and nothing is made up for. Everything else has a cost, and the cheapest
week wins (clarke-runrun and trailrunner-lift; the costs are the project's).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, time
from itertools import permutations

from tui.domain.calculator.advice import Calendar, Reason
from tui.domain.calculator.guards import AFTER_DAYS
from tui.domain.planning.calendar_queries import is_hard, race_behind, runs_on
from tui.domain.planning.diary import Diary
from tui.domain.planning.placement import Done, GivenUp, Placed, Wanted, WeekPlan
from tui.domain.planning.time_slots import TimeSlot
from tui.domain.planning.week_rules import Chosen, Week

DROPPED = 1000.0
# The best days for two sessions a week: Monday and Thursday, Tuesday and Friday, Wednesday and
# Saturday.
PAIRS = ((0, 3), (1, 4), (2, 5))
NOT_A_PAIR, WRONG_GAP, NO_EASY_DAY, LATER = 0.7, 4.0, 5.0, 0.01
JUMPS_APART = 0.4  # Jumps go with tempo runs (running-power).
LIGHT_FIRST, NO_JUMPS_FIRST = 15.0, 20.0  # After a race: first a light session, without jumps.
MOST_A_WEEK = 7
# Try other orders for at most this many sessions; keeps the search short.
MOST_TO_REORDER = 4


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
    """Place the sessions ``wanted``, in their order, on the days of the week from ``monday`` that
    are not before ``today``. ``done`` are the sessions of this week and the days before it;
    ``gap_days`` is the least and most days that the programme asks for between two sessions.
    Always returns a plan.
    """
    rules = Week(monday, diary, calendar, done, today or monday, c_week=c_race_week)
    search = _Search(rules, gap_days)
    lifts = [one for one in wanted if not one.snack]
    snacks = [one for one in wanted if one.snack]
    made = search.best(lifts[:MOST_A_WEEK], rules.spots(snacks=False))
    taken = search.best(snacks[:MOST_A_WEEK], rules.spots(snacks=True), beside=made)
    placed = [search.placed(one, spot, made) for one, spot in [*made, *taken]]
    left = Counter(wanted) - Counter(one for one, _ in [*made, *taken])
    return WeekPlan(
        monday=monday,
        placed=tuple(sorted(placed, key=_when)),
        given_up=tuple(GivenUp(one, rules.why_not(one, made)) for one in left.elements()),
    )


def _when(placed: Placed) -> tuple[date, time, bool]:
    return placed.day, placed.start or placed.not_before or time.min, placed.wanted.snack


class _Search:
    """The search for the cheapest week that breaks no rule."""

    def __init__(self, rules: Week, gap_days: tuple[int, int] | None) -> None:
        self.rules, self.gap_days = rules, gap_days

    def best(
        self, wanted: Sequence[Wanted], spots: Sequence[TimeSlot], beside: Chosen | None = None
    ) -> Chosen:
        """The cheapest placement: in the given order or, if that drops a session, in any order."""
        cost, chosen = self._in_order(wanted, spots, beside)
        if cost < DROPPED or len(wanted) > MOST_TO_REORDER:
            return chosen
        ways = [self._in_order(order, spots, beside) for order in permutations(wanted)]
        return min(((cost, chosen), *ways), key=lambda way: way[0])[1]

    def _in_order(
        self, wanted: Sequence[Wanted], spots: Sequence[TimeSlot], beside: Chosen | None
    ) -> tuple[float, Chosen]:
        """The cheapest placement with each session on a later day than the one before, with its
        cost."""
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
                if self.rules.fits(wanted[at], spot, chosen):
                    more = self._cost(wanted[at], spot, chosen, beside)
                    place = self.rules.later_for(wanted[at], spot, chosen)
                    go_on(at + 1, [*chosen, (wanted[at], place)], cost + more)
            go_on(at + 1, chosen, cost + DROPPED)

        go_on(0, [], 0.0)
        return found

    # -- costs ---------------------------------------------------------------------------------

    def _cost(self, one: Wanted, spot: TimeSlot, chosen: Chosen, beside: Chosen | None) -> float:
        cost = spot.cost + LATER * (spot.day - self.rules.monday).days
        if not one.snack and not spot.after_race and self._had_light_days(spot.day):
            cost += LIGHT_FIRST
        if spot.after_race and one.jumps:
            cost += NO_JUMPS_FIRST
        if one.legs or one.high:
            cost += spot.cost_before
        if one.jumps and not spot.speed:
            cost += JUMPS_APART
        if beside is not None:
            cost += sum(other.day == spot.day for _, other in beside)
        if self.gap_days is not None and chosen:
            gap = (spot.day - chosen[-1][1].day).days
            cost += 0 if self.gap_days[0] <= gap <= self.gap_days[1] else WRONG_GAP
        elif self.gap_days is not None and beside is None:
            # Only too short a gap to the last session costs; a long one does not.
            days = [d.day for d in self.rules.done if not d.snack and d.day < spot.day]
            soon = bool(days) and (spot.day - max(days)).days < self.gap_days[0]
            cost += WRONG_GAP if soon else 0
        return cost

    def _had_light_days(self, day: date) -> bool:
        """Whether a race lies before a day, in this week or so near to it that the light session
        after it is due in this week."""
        rules = self.rules
        return race_behind(rules.calendar, day, (day - rules.monday).days + AFTER_DAYS) is not None

    def _cost_of_all(self, chosen: Chosen, beside: Chosen | None) -> float:
        if beside is not None:
            return 0.0
        cost = 0.0
        days = sorted({s.day for _, s in chosen} | {d.day for d in self._done_this_week()})
        if len(days) == 2 and tuple(day.weekday() for day in days) not in PAIRS:
            cost += NOT_A_PAIR
        if not any(self._no_hard_run(day) for day in self.rules.days if day not in days):
            cost += NO_EASY_DAY
        return cost

    def _done_this_week(self) -> list[Done]:
        """The sessions done this week, without snacks."""
        return [d for d in self.rules.done if d.day >= self.rules.monday and not d.snack]

    def _no_hard_run(self, day: date) -> bool:
        return not any(map(is_hard, runs_on(self.rules.diary, day)))

    # -- reasons -------------------------------------------------------------------------------

    def placed(self, one: Wanted, spot: TimeSlot, made: Chosen) -> Placed:
        """A session on its day, with the reasons for the slot."""
        reasons = list(spot.reasons)
        days = sorted({s.day for _, s in made} | {d.day for d in self._done_this_week()})
        if one.legs and not one.snack:
            before = [d.day for d in self.rules.done if d.legs and d.day < spot.day]
            before += [s.day for w, s in made if w.legs and s.day < spot.day]
            if before:
                reasons.append(Reason("LEGS_RESTED", {"days": (spot.day - max(before)).days}))
        if one.jumps and spot.speed:
            reasons.append(Reason("JUMPS_WITH_SPEED"))
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
