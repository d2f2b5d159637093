"""The week plan: rules that no week may break, the most that fits, and weeks made by hand.

The rules are written again here, from the training principles and not from the planner's code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import WEEK, days_around, examples, weeks
from tui.domain.calculator.advice import Calendar, Priority, Race
from tui.domain.planning.diary import Diary, Opening, Run, RunKind, WeeklyRun
from tui.domain.planning.placement import Done, Placed, Wanted, WeekPlan
from tui.domain.planning.run_parser import a_run, openings
from tui.domain.planning.week_plan import plan_week

Asked = dict[str, Any]
Place = tuple[date, time | None, time | None]  # A day, the start, the earliest start.
DAY = timedelta(days=1)
TWO_DAYS = timedelta(hours=48)
BEHIND_A_RUN = {"AFTER_RUN", "HOURS_AFTER_RUN", "SOON_AFTER_RUN"}
# Hills count as hard too: the project's choice.
HARD = {RunKind.SPEED, RunKind.LONG, RunKind.HILLS}
LEGS = Wanted(part="lift", name="Lift", legs=True, leg_work=True)
MORE = replace(LEGS, part="more", name="More")
SPRING = replace(LEGS, part="spring", name="Spring", high=True)
UPPER = Wanted(part="upper", name="Upper")
HIPS = Wanted(part="hips", name="Hips", leg_work=True, snack=True)
CORE = Wanted(part="core", name="Core", snack=True)

slower = examples(100)


def week(**asked: Any) -> Asked:
    plain = {"monday": WEEK, "wanted": [LEGS], "diary": Diary(), "calendar": Calendar()}
    return {**plain, **asked}


def run(weekday: int, kind: RunKind, start: time | None = None, **more: Any) -> Run:
    return Run(id="", day=WEEK + weekday * DAY, kind=kind, start=start, **more)


def race(weekday: int, priority: Priority = Priority.A) -> Race:
    return Race(day=WEEK + weekday * DAY, name="it", priority=priority)


# -- what the rules say ----------------------------------------------------------------------------


def runs_of(diary: Diary, day: date) -> list[Run]:
    """The runs of a day: its own, else the weekly ones."""
    own = [one for one in diary.runs if one.day == day]
    return own or [
        Run(id="", day=day, kind=one.kind, start=one.start)
        for one in diary.weekly
        if one.weekday == day.weekday()
    ]


def hard_runs(diary: Diary, day: date) -> list[Run]:
    return [one for one in runs_of(diary, day) if one.kind in HARD]


def over(one: Run) -> datetime:
    usual = {RunKind.EASY: 45, RunKind.SPEED: 60, RunKind.LONG: 120, RunKind.HILLS: 70}
    seconds = usual[one.kind] * 60 if one.duration_s is None else one.duration_s
    assert one.start is not None
    return datetime.combine(one.day, one.start) + timedelta(seconds=seconds)


def resting(asked: Asked, day: date) -> bool:
    """True in a race week; for a C race, that may be only the last three days."""
    short = not asked.get("c_race_week", True)
    return any(
        0 <= (one.day - day).days <= (3 if short and one.priority is Priority.C else 7)
        for one in asked["calendar"].races
    )


def after(asked: Asked, day: date) -> list[Race]:
    return [one for one in asked["calendar"].races if 1 <= (day - one.day).days <= 5]


def too_near(one: Place, other: Place) -> bool:
    """True if 48 h from start to start are impossible. With an unknown time two calendar days are
    needed, but an earliest start counts as one."""
    first, second = sorted((one, other), key=lambda place: (place[0], place[1] or time()))
    earliest, latest = first[1] or first[2], second[1]
    if earliest is None or latest is None:
        return (second[0] - first[0]).days < 2
    return datetime.combine(second[0], latest) - datetime.combine(first[0], earliest) < TWO_DAYS


def hard_within_a_day(asked: Asked, place: Place) -> bool:
    """True if a hard run or a race is on the next day, unless it is known to be 24 h later."""
    day, begin = place[0], place[1] or place[2]
    if any(one.day in {day, day + DAY} for one in asked["calendar"].races):
        return True
    for one in hard_runs(asked["diary"], day + DAY):
        if begin is None or one.start is None:
            return True
        if datetime.combine(one.day, one.start) - datetime.combine(day, begin) < DAY:
            return True
    return False


def place_of(placed: Placed) -> Place:
    return placed.day, placed.start, placed.not_before


def lifts_of(plan: WeekPlan) -> list[Placed]:
    return [one for one in plan.placed if not one.wanted.snack]


def snacks_of(plan: WeekPlan) -> list[Placed]:
    return [one for one in plan.placed if one.wanted.snack]


# -- what no week may break ------------------------------------------------------------------------


@slower
@given(weeks())
def test_a_place_is_in_what_is_left_of_the_week_and_free(asked: Asked) -> None:
    plan = plan_week(**asked)
    free = asked["diary"].openings
    for one in plan.placed:
        assert WEEK <= one.day < WEEK + 7 * DAY
        assert asked["today"] is None or one.day >= asked["today"]
        if free and not one.wanted.snack:
            assert Opening(one.day.weekday(), one.start) in free


@slower
@given(weeks())
@example(
    week(
        diary=Diary(
            runs=(run(1, RunKind.SPEED, time(18)), run(1, RunKind.HILLS)),
            openings=(Opening(1, time(7)),),
        )
    )
)
def test_no_lift_comes_before_a_hard_run_of_its_day_or_during_one(asked: Asked) -> None:
    for one in lifts_of(plan_week(**asked)):
        hard = hard_runs(asked["diary"], one.day)
        if not hard:
            continue
        assert BEHIND_A_RUN & {reason.code for reason in one.reasons}
        begin = one.start or one.not_before
        for known in hard:
            if known.start is not None and begin is not None:
                assert datetime.combine(one.day, begin) >= over(known)
        if all(known.start is not None for known in hard):
            assert begin is not None


@slower
@given(weeks())
@example(
    week(
        diary=Diary(
            runs=(run(5, RunKind.LONG, time(20), duration_s=12 * 3600.0),),
            openings=(Opening(6, time(6)),),
        )
    )
)
def test_no_lift_begins_while_a_run_is_under_way(asked: Asked) -> None:
    for one in lifts_of(plan_week(**asked)):
        for known in [*runs_of(asked["diary"], one.day - DAY), *runs_of(asked["diary"], one.day)]:
            if known.start is not None and one.start is not None:
                begin = datetime.combine(one.day, one.start)
                assert not datetime.combine(known.day, known.start) <= begin < over(known)


@slower
@given(weeks())
@example(
    week(
        wanted=[LEGS, MORE],
        diary=Diary(
            runs=(run(1, RunKind.SPEED, time(7)),), openings=(Opening(1), Opening(3, time(7)))
        ),
    )
)
def test_sessions_on_the_legs_are_48_hours_apart(asked: Asked) -> None:
    mine = [place_of(one) for one in plan_week(**asked).placed if one.wanted.legs]
    before: list[Place] = [(d.day, d.start, None) for d in asked.get("done", ()) if d.legs]
    assert not any(too_near(one, other) for one, other in combinations(mine, 2))
    assert not any(too_near(one, other) for one in mine for other in before)


@slower
@given(weeks())
def test_a_race_week_is_free_of_strength(asked: Asked) -> None:
    assert not any(resting(asked, one.day) for one in plan_week(**asked).placed)


@slower
@given(weeks())
@example(
    week(
        wanted=[SPRING],
        diary=Diary(runs=(run(2, RunKind.SPEED, time(7)),), openings=(Opening(1, time(12)),)),
    )
)
@example(week(wanted=[SPRING], diary=Diary(runs=(run(7, RunKind.LONG),), openings=(Opening(6),))))
def test_no_high_jumps_and_no_leg_snacks_the_day_before_a_hard_run(asked: Asked) -> None:
    for one in plan_week(**asked).placed:
        if one.wanted.high or (one.wanted.snack and one.wanted.leg_work):
            assert not hard_within_a_day(asked, place_of(one))


def _before(one: Run, other: Run) -> bool:
    """Whether a run may be over when the other begins."""
    return one.start is None or other.start is None or one.start < other.start


@slower
@given(weeks())
@example(
    week(
        wanted=[HIPS],
        diary=Diary(runs=(run(1, RunKind.EASY, time(23, 30)), run(1, RunKind.SPEED, time(0)))),
        today=WEEK + DAY,
    )
)
@example(
    week(
        wanted=[HIPS],
        diary=Diary(runs=(run(1, RunKind.EASY), run(1, RunKind.SPEED, time(18)))),
        today=WEEK + DAY,
    )
)
@example(
    week(
        wanted=[HIPS],
        diary=Diary(runs=(run(1, RunKind.EASY, time(23, 30)), run(1, RunKind.SPEED, time(6)))),
        today=WEEK + DAY,
    )
)
def test_a_leg_snack_on_the_day_of_a_hard_run_comes_after_it(asked: Asked) -> None:
    for one in snacks_of(plan_week(**asked)):
        if not one.wanted.leg_work:
            continue
        told = {reason.facts.get("run") for reason in one.reasons}
        behind = [known for known in runs_of(asked["diary"], one.day) if known.kind in told]
        for known in hard_runs(asked["diary"], one.day):
            if known.start is not None and one.not_before is not None:
                assert one.not_before >= known.start
            else:
                # After a hard run, or after one that is not before it.
                assert any(one.kind in HARD or not _before(one, known) for one in behind)


@slower
@given(weeks())
@example(
    week(
        wanted=[UPPER],
        diary=Diary(openings=(Opening(0),)),
        calendar=Calendar(races=(race(-7, Priority.B), race(-3, Priority.C))),
        done=[Done(day=WEEK - 6 * DAY)],
        c_race_week=False,
    )
)
@example(
    week(
        wanted=[UPPER],
        diary=Diary(openings=(Opening(0),)),
        calendar=Calendar(races=(race(-5),)),
        done=[Done(day=WEEK - 2 * DAY)],
    )
)
def test_one_light_lift_at_most_in_the_days_after_a_race(asked: Asked) -> None:
    lifts = lifts_of(plan_week(**asked))
    for one in asked["calendar"].races:
        behind = [lift for lift in lifts if one in after(asked, lift.day)]
        done = [d for d in asked.get("done", ()) if one in after(asked, d.day)]
        assert len(behind) <= max(0, 1 - len(done))
    assert all(lift.light is bool(after(asked, lift.day)) for lift in lifts)
    assert not any(race_in_legs(asked, lift.day) for lift in lifts)


@slower
@given(weeks())
@example(week(wanted=[UPPER], today=WEEK + 6 * DAY, done=[Done(day=WEEK + 6 * DAY)]))
def test_a_day_has_one_lift_and_one_snack_at_most(asked: Asked) -> None:
    plan = plan_week(**asked)
    lifts = [one.day for one in lifts_of(plan)]
    snacks = [one.day for one in snacks_of(plan)]
    assert len(set(lifts)) == len(lifts)
    assert len(set(snacks)) == len(snacks)
    assert not set(lifts) & {d.day for d in asked.get("done", ()) if not d.snack}


@slower
@given(weeks())
@example(week(wanted=[LEGS, LEGS], diary=Diary(openings=(Opening(0),))))
@example(week(wanted=[LEGS, LEGS], calendar=Calendar(races=(race(6),))))
def test_each_wish_is_placed_or_given_up_once_and_in_order(asked: Asked) -> None:
    plan = plan_week(**asked)
    wanted: Sequence[Wanted] = asked["wanted"]
    placed = [one.wanted for one in plan.placed]
    given_up = [one.wanted for one in plan.given_up]
    assert Counter(placed) + Counter(given_up) == Counter(wanted)
    # The turn is kept unless another order finds a place for more of them.
    for kind in (lifts_of(plan), snacks_of(plan)):
        mine = [one.wanted for one in kind]
        assert in_order(mine, wanted) or len(mine) > 1
    assert [one.day for one in plan.placed] == sorted(one.day for one in plan.placed)


def in_order(some: Sequence[Wanted], all_: Sequence[Wanted]) -> bool:
    rest = iter(all_)
    return all(any(one == other for other in rest) for one in some)


# -- why a session is given up ---------------------------------------------------------------------


@slower
@given(weeks())
@example(
    week(today=WEEK + 6 * DAY, done=[Done(day=WEEK + 6 * DAY, start=time(9), legs=True)]),
)
def test_a_hard_run_is_blamed_only_where_there_is_one(asked: Asked) -> None:
    days = [WEEK + n * DAY for n in range(8)]
    hard = any(hard_runs(asked["diary"], day) for day in days)
    hard = hard or any(one.day in days for one in asked["calendar"].races)
    for one in plan_week(**asked).given_up:
        if one.reason.code == "HARD_RUN_SOON":
            assert hard
            assert one.wanted.high or one.wanted.snack


@slower
@given(weeks())
def test_the_other_causes_are_blamed_only_where_they_are(asked: Asked) -> None:
    days = [WEEK + n * DAY for n in range(7)]
    for one in plan_week(**asked).given_up:
        match one.reason.code:
            case "RACE_WEEK_NONE":
                assert any(resting(asked, day) for day in days)
            case "AFTER_RACE_ONE":
                assert any(after(asked, day) for day in days)
                assert not one.wanted.snack
            case "AFTER_RACE_RUNS":
                assert any(after(asked, d) and hard_runs(asked["diary"], d) for d in days)
                assert not one.wanted.snack
            case "RACE_IN_LEGS":
                assert any(race_in_legs(asked, day) for day in days)
            case "PLAN_REDUCED":
                assert one.wanted.legs
            case code:
                assert code in {
                    "HARD_RUN_SOON",
                    "NO_TIME_LEFT",
                    "NO_DAY_LEFT",
                    "NO_TIME_BESIDE_RUNS",
                }


# -- the plan as a whole ---------------------------------------------------------------------------


@slower
@given(weeks(), st.integers(-60, 60))
def test_a_later_week_is_planned_like_an_earlier_one(asked: Asked, count: int) -> None:
    by = timedelta(weeks=count)
    diary, today = asked["diary"], asked["today"]
    later = {
        **asked,
        "monday": WEEK + by,
        "diary": replace(diary, runs=tuple(replace(r, day=r.day + by) for r in diary.runs)),
        "calendar": Calendar(
            races=tuple(replace(r, day=r.day + by) for r in asked["calendar"].races)
        ),
        "done": [replace(d, day=d.day + by) for d in asked["done"]],
        "today": None if today is None else today + by,
    }
    plan = plan_week(**asked)
    moved = tuple(replace(one, day=one.day + by) for one in plan.placed)
    assert plan_week(**later) == replace(plan, monday=WEEK + by, placed=moved)
    assert plan_week(**asked) == plan


@slower
@given(weeks(), days_around(0, 6))
def test_an_easy_run_at_no_set_time_takes_no_lift_away(asked: Asked, day: date) -> None:
    diary = asked["diary"]
    # Runs entered for a day replace its weekly ones, so those are entered too.
    kept = tuple(runs_of(diary, day))
    others = tuple(one for one in diary.runs if one.day != day)
    more = replace(diary, runs=(*others, *kept, Run(id="new", day=day)))
    before, now = plan_week(**asked), plan_week(**{**asked, "diary": more})
    assert len(lifts_of(now)) == len(lifts_of(before))


@slower
@given(weeks())
def test_as_many_lifts_are_placed_as_the_rules_allow(asked: Asked) -> None:
    wanted = [one for one in asked["wanted"] if not one.snack]
    places = list(lift_places(asked))
    assert len(lifts_of(plan_week(**asked))) == most(asked, wanted, places)


@slower
@given(weeks())
def test_as_many_snacks_are_placed_as_the_rules_allow(asked: Asked) -> None:
    wanted = [one for one in asked["wanted"] if one.snack]
    # If only the hard run's time is known, the snack may go after either.
    for n in range(7):
        runs = runs_of(asked["diary"], WEEK + n * DAY)
        easy = any(one.kind is RunKind.EASY and one.start is None for one in runs)
        assume(not easy or not any(one.kind in HARD and one.start is not None for one in runs))
    places = list(snack_places(asked))
    assert len(snacks_of(plan_week(**asked))) == most(asked, wanted, places)


def left(asked: Asked) -> Iterator[date]:
    for day in (WEEK + n * DAY for n in range(7)):
        if (asked["today"] is None or day >= asked["today"]) and not resting(asked, day):
            yield day


def race_in_legs(asked: Asked, day: date) -> bool:
    """True on the two days after a race, without any lifting: the project's choice."""
    return any(1 <= (day - one.day).days <= 2 for one in asked["calendar"].races)


def lift_places(asked: Asked) -> Iterator[Place]:
    """The free times of the week that are not before a hard run or during a run. Without a fixed
    time, they leave six hours, or three, or none, so as not to be later than nine."""
    diary = asked["diary"]
    for day in left(asked):
        hard = hard_runs(diary, day)
        # After a race the light session stands beside no hard run.
        if race_in_legs(asked, day) or (hard and after(asked, day)):
            continue
        timed = [one for one in hard if one.start is not None]
        last = max((datetime.combine(day, one.start or time()) for one in timed), default=None)
        end = max(map(over, timed), default=None)
        for free in diary.openings or [Opening(day.weekday())]:
            if free.weekday != day.weekday():
                continue
            if free.start is not None:
                begin = datetime.combine(day, free.start)
                near = [*runs_of(diary, day - DAY), *runs_of(diary, day)]
                known = [one for one in near if one.start is not None]
                during = any(
                    datetime.combine(one.day, one.start or time()) <= begin < over(one)
                    for one in known
                )
                if not during and (end is None or begin >= end):
                    yield day, free.start, None
            elif last is None or end is None:
                yield day, None, None
            else:
                begins = [max(end, last + timedelta(hours=hours)) for hours in (6, 3, 0)]
                fitting = [one for one in begins if one <= datetime.combine(day, time(21))]
                # With another hard run at an unknown time, only the day itself is known.
                if len(timed) < len(hard) and fitting:
                    yield day, None, None
                elif fitting:
                    yield day, None, fitting[0].time()


def snack_places(asked: Asked) -> Iterator[Place]:
    for day in left(asked):
        runs = runs_of(asked["diary"], day)
        ends = [over(one) if one.start is not None else None for one in runs]
        known = [end for end in ends if end is not None]
        late = max(
            (one for one in runs), key=lambda one: (one.start or time.max, one.kind), default=None
        )
        if late is None or late.start is None or len(known) < len(ends):
            yield day, None, None
        else:
            yield day, None, over(late).time() if over(late).date() == day else None


def most(asked: Asked, wanted: Sequence[Wanted], places: Sequence[Place]) -> int:
    """The most sessions that can be placed, by trying all orders (only one if there are many)."""
    orders = permutations(wanted) if len(wanted) <= 4 else [wanted]
    return max(_most(asked, order, places) for order in orders)


def _most(asked: Asked, wanted: Sequence[Wanted], places: Sequence[Place]) -> int:
    done = [(d.day, d.start, None) for d in asked["done"] if d.legs]
    taken = {d.day for d in asked["done"]}

    def try_all(at: int, chosen: list[tuple[Wanted, Place]]) -> int:
        if at == len(wanted):
            return len(chosen)
        one, best = wanted[at], try_all(at + 1, chosen)
        for place in places:
            if chosen and place[0] <= chosen[-1][1][0]:
                continue
            if (one.high or (one.snack and one.leg_work)) and hard_within_a_day(asked, place):
                continue
            races = asked["calendar"].races
            if one.snack and one.leg_work and any(0 < (place[0] - r.day).days < 3 for r in races):
                continue
            if not one.snack:
                if place[0] in taken:
                    continue
                days = [d.day for d in asked["done"]] + [other[0] for _, other in chosen]
                if any(race in after(asked, d) for race in after(asked, place[0]) for d in days):
                    continue
                legs = done + [other for wish, other in chosen if wish.legs]
                if one.legs and any(too_near(place, other) for other in legs):
                    continue
            best = max(best, try_all(at + 1, [*chosen, (one, place)]))
        return best

    return try_all(0, [])


@given(weeks())
@examples(40)
def test_a_plan_comes_out_of_absurd_weeks(asked: Asked) -> None:
    daily = tuple(race(n) for n in range(-9, 16))
    nights = tuple(WeeklyRun(n, kind, time(23, 30)) for n in range(7) for kind in RunKind)
    for calendar in (Calendar(races=daily), asked["calendar"]):
        for diary in (Diary(weekly=nights), Diary(openings=(Opening(3, time(23, 59)),))):
            absurd = {**asked, "calendar": calendar, "diary": diary}
            plan = plan_week(**absurd)
            assert len(plan.placed) + len(plan.given_up) == len(asked["wanted"])
            assert calendar is asked["calendar"] or not plan.placed


# -- weeks made by hand ----------------------------------------------------------------------------

E18 = "tue 07:00 speed, sun long"


def diary_of(runs: str, slots: str) -> Diary:
    told = [a_run(one.strip(), date(2026, 11, 2)) for one in runs.split(",") if one.strip()]
    free = openings(slots) if slots else ()
    return Diary(weekly=tuple(r for r in told if isinstance(r, WeeklyRun)), openings=free)


def said(plan: WeekPlan) -> list[str]:
    """The plan in words: each part with its day and time."""
    words = []
    for one in plan.placed:
        begin = f" {one.start:%H:%M}" if one.start else ""
        begin += f" >={one.not_before:%H:%M}" if one.not_before else ""
        words.append(
            f"{one.wanted.part} {one.day:%a}{begin}{' light' if one.light else ''}".lower()
        )
    return words + [f"{one.wanted.part} {one.reason.code}" for one in plan.given_up]


PAIR = [LEGS, MORE]
BY_HAND: dict[str, tuple[Asked, list[str]]] = {
    "free on the day of speed and on Friday": (
        week(wanted=PAIR, diary=diary_of(E18, "tue fri")),
        ["lift tue >=13:00", "more fri"],
    ),
    "free on Tuesday from one o'clock": (
        week(wanted=PAIR, diary=diary_of(E18, "tue 13:00 fri")),
        ["lift tue 13:00", "more fri"],
    ),
    "speed in the morning, lifting behind it": (
        week(diary=diary_of(E18, "")),
        ["lift tue >=13:00"],
    ),
    "speed in the evening, lifting the morning after": (
        week(diary=diary_of("tue 19:00 speed, sun 08:00 long", "tue wed thu")),
        ["lift wed"],
    ),
    "free only before the hills": (
        week(diary=diary_of("tue 07:00 hills", "tue 06:00")),
        ["lift NO_TIME_BESIDE_RUNS"],
    ),
    "hills in the morning": (
        week(diary=diary_of("tue 07:00 hills", "tue")),
        ["lift tue >=13:00"],
    ),
    "free before speed and on a quiet day": (
        week(diary=diary_of(E18, "tue 06:00 fri")),
        ["lift fri"],
    ),
    "speed too late for anything behind it": (
        week(diary=diary_of("tue 23:30 speed", "tue")),
        ["lift NO_TIME_BESIDE_RUNS"],
    ),
    "two free times 36 hours apart": (
        week(wanted=PAIR, diary=diary_of("", "mon 18:00 wed 06:00")),
        ["lift mon 18:00", "more PLAN_REDUCED"],
    ),
    "two free times 48 hours apart": (
        week(wanted=PAIR, diary=diary_of("", "mon 18:00 wed 18:00")),
        ["lift mon 18:00", "more wed 18:00"],
    ),
    "a minute less than 48 hours": (
        week(wanted=PAIR, diary=diary_of("", "mon 18:01 wed 18:00")),
        ["lift mon 18:01", "more PLAN_REDUCED"],
    ),
    "what is no work of the legs may follow the next day": (
        week(wanted=[LEGS, UPPER], diary=diary_of("", "mon tue")),
        ["lift mon", "upper tue"],
    ),
    "legs worked on Sunday evening": (
        week(
            diary=diary_of("", "mon tue 18:00 wed"),
            done=[Done(day=WEEK - DAY, start=time(19), legs=True)],
        ),
        ["lift wed"],
    ),
    "nothing else said: Monday and Thursday": (
        week(wanted=PAIR),
        ["lift mon", "more thu"],
    ),
    "Tuesday missed, seen on Thursday, with room": (
        week(wanted=PAIR, diary=diary_of("", "tue thu sat"), today=WEEK + 3 * DAY),
        ["lift thu", "more sat"],
    ),
    "Tuesday missed, seen on Thursday, without": (
        week(wanted=PAIR, diary=diary_of("", "tue fri sat"), today=WEEK + 3 * DAY),
        ["lift fri", "more PLAN_REDUCED"],
    ),
    "all missed, seen on Sunday: one, never two": (
        week(wanted=PAIR, today=WEEK + 6 * DAY),
        ["lift sun", "more PLAN_REDUCED"],
    ),
    "the first done late, the second moves back": (
        week(
            wanted=[MORE],
            diary=diary_of("", "tue fri sat"),
            done=[Done(day=WEEK + 3 * DAY, start=time(18), legs=True)],
            today=WEEK + 3 * DAY,
        ),
        ["more sat >=18:00"],
    ),
    "split in two, 2 to 3 days apart": (
        week(wanted=PAIR, diary=diary_of("", "mon wed sun"), gap_days=(2, 3)),
        ["lift mon", "more wed"],
    ),
    "split in two, further apart is better than none": (
        week(wanted=PAIR, diary=diary_of("", "mon sat"), gap_days=(2, 3)),
        ["lift mon", "more sat"],
    ),
    "not on the day before the long run": (
        week(diary=diary_of("sun 08:00 long", "fri 18:00 sat 18:00")),
        ["lift fri 18:00"],
    ),
    "less than ideal is better than none": (
        week(diary=diary_of("sun 08:00 long", "sat 18:00")),
        ["lift sat 18:00"],
    ),
    "high jumps wait until speed is over": (
        week(wanted=[SPRING], diary=diary_of("wed 07:00 speed", "tue 12:00 fri")),
        ["spring fri"],
    ),
    "high jumps with nowhere to go": (
        week(wanted=[SPRING], diary=diary_of("wed 07:00 speed", "tue 12:00")),
        ["spring HARD_RUN_SOON"],
    ),
    "high jumps a whole day before": (
        week(wanted=[SPRING], diary=diary_of("wed 12:00 speed", "tue 12:00")),
        ["spring tue 12:00"],
    ),
    "four short ones a week, behind four runs": (
        week(
            wanted=[replace(CORE, part=name) for name in "abcd"],
            diary=diary_of("mon 07:00, tue 07:00, thu 07:00, sat 07:00", ""),
            gap_days=(1, 2),
        ),
        ["a mon >=07:45", "b tue >=07:45", "c thu >=07:45", "d sat >=07:45"],
    ),
    "a snack for the hips not in the day before speed": (
        week(wanted=[HIPS], diary=diary_of("mon 07:00, tue 07:00 speed", "")),
        ["hips tue >=08:00"],
    ),
    "a snack for the core may be": (
        week(wanted=[CORE], diary=diary_of("mon 07:00, tue 07:00 speed", "")),
        ["core mon >=07:45"],
    ),
    "two lifts and two snacks, not on the same days": (
        week(
            wanted=[LEGS, HIPS, MORE, CORE],
            diary=diary_of("mon 07:00, wed 07:00, fri 07:00", "tue sat"),
        ),
        ["hips mon >=07:45", "lift tue", "core wed >=07:45", "more sat"],
    ),
    "the week of an A race": (
        week(wanted=[LEGS, CORE], calendar=Calendar(races=(race(6),))),
        ["lift RACE_WEEK_NONE", "core RACE_WEEK_NONE"],
    ),
    "the week before that of a race on a Wednesday": (
        week(wanted=PAIR, calendar=Calendar(races=(race(9),)), diary=diary_of("", "mon tue wed")),
        ["lift mon", "more PLAN_REDUCED"],
    ),
    "jumps after the speed run, where either day would do": (
        week(
            wanted=[replace(SPRING, jumps=True)],
            diary=diary_of("tue 07:00 long, thu 07:00 speed", ""),
        ),
        ["spring thu >=13:00"],
    ),
    "jumps after the speed run of the second day, with a lift before": (
        week(
            wanted=[LEGS, replace(SPRING, jumps=True)],
            diary=diary_of("tue 07:00 speed, fri 07:00 speed", "tue fri sat"),
        ),
        ["lift tue >=13:00", "spring fri >=13:00"],
    ),
    "a C race that takes its last three days": (
        week(wanted=PAIR, calendar=Calendar(races=(race(6, Priority.C),)), c_race_week=False),
        ["lift mon", "more wed"],
    ),
    "a C race that takes its week": (
        week(calendar=Calendar(races=(race(6, Priority.C),))),
        ["lift RACE_WEEK_NONE"],
    ),
    "the week after a race": (
        week(wanted=PAIR, calendar=Calendar(races=(race(-1),)), diary=diary_of("", "mon wed fri")),
        ["lift wed light", "more AFTER_RACE_ONE"],
    ),
    "the week after a race, the light one before the long run of Sunday": (
        week(
            calendar=Calendar(races=(race(-1),)),
            diary=diary_of("tue 07:00 speed, fri 07:00 hills, sun 08:00 long", "tue fri sun"),
        ),
        ["lift sun >=14:00"],
    ),
    "the light one not after the speed run of its day": (
        week(
            calendar=Calendar(races=(race(-1),)),
            diary=diary_of("wed 07:00 speed, sat long", "wed thu fri sat sun"),
        ),
        ["lift thu light"],
    ),
    "no day for the light one but beside hard runs": (
        week(calendar=Calendar(races=(race(-1),)), diary=diary_of("wed 07:00 speed", "wed")),
        ["lift AFTER_RACE_RUNS"],
    ),
    "the week after a race, the light one done": (
        week(
            calendar=Calendar(races=(race(-1),)),
            done=[Done(day=WEEK + 2 * DAY, start=time(9), legs=True)],
            today=WEEK + 3 * DAY,
        ),
        ["lift sat"],
    ),
    "a race on Wednesday before: light until Wednesday, then as ever": (
        week(wanted=PAIR, calendar=Calendar(races=(race(-5),)), diary=diary_of("", "mon thu")),
        ["lift mon light", "more thu"],
    ),
    "done today already": (
        week(today=WEEK + 6 * DAY, done=[Done(day=WEEK + 6 * DAY, start=time(9), legs=True)]),
        ["lift PLAN_REDUCED"],
    ),
    "more lifts than days": (
        week(wanted=[replace(UPPER, part=name, leg_work=True) for name in "abcdefgh"]),
        ["a mon", "b tue", "c wed", "d thu", "e fri", "f sat", "g sun", "h NO_DAY_LEFT"],
    ),
}


@pytest.mark.parametrize(("asked", "wanted"), BY_HAND.values(), ids=BY_HAND.keys())
def test_weeks_made_by_hand(asked: Asked, wanted: list[str]) -> None:
    assert said(plan_week(**asked)) == wanted
