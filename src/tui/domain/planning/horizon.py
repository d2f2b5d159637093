"""Plans the weeks ahead: which sessions the programme asks for in each, and on which days.

Each week follows from the one before: a placed session counts as done for the next week, so the
order of parts and the legs' rest carry over the weekend.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator import session_jumps
from tui.domain.calculator.adherence import (
    followed_on,
    is_paused,
    phase_on,
    week_marks,
    with_session,
)
from tui.domain.calculator.advice import Lean, Priority, Reason
from tui.domain.calculator.emphasis import Work
from tui.domain.calculator.guards import RACE_WEEK_DAYS, TAPER_DAYS
from tui.domain.calculator.state import Followed, RecentSession, Setup, State
from tui.domain.model.dates import monday
from tui.domain.model.library.parser import Library
from tui.domain.model.phases import (
    DELOAD,
    HARD_LEG_LOAD,
    filled,
    hardest_on_legs,
    is_snack,
    schedule_of,
    turn,
)
from tui.domain.model.values import Kind, Part, Phase, Programme, SetKind
from tui.domain.planning.diary import Diary
from tui.domain.planning.placement import Done, GivenUp, Wanted, WeekPlan
from tui.domain.planning.race_weeks import WeekKind, day_kind, race_mark, week_kind
from tui.domain.planning.time_slots import RACE_IN_LEGS_DAYS
from tui.domain.planning.today import session_work
from tui.domain.planning.week_plan import plan_week

HIGH = "high"


class Ahead(Struct, frozen=True, kw_only=True):
    """One week ahead: its number in the programme, its phase, the plan of its sessions, those done
    already, and what is special about it (``marks``)."""

    monday: date
    number: int
    phase: Phase
    plan: WeekPlan
    done: tuple[RecentSession, ...] = ()
    marks: tuple[Reason, ...] = ()


def weeks_ahead(
    setup: Setup, state: State, diary: Diary, programme: Programme, today: date, count: int
) -> list[Ahead]:
    """The week of ``today`` and those after it, ``count`` in all, as the programme continues."""
    followed = followed_on(setup, state, programme.id, today)
    strength = state.strength_count
    done = [
        Done(day=one.day, start=one.start, legs=one.legs, snack=one.snack) for one in state.lately
    ]
    found: list[Ahead] = []
    for number in range(count):
        first = monday(today) + timedelta(weeks=number)
        mine = tuple(one for one in state.lately if first <= one.day <= first + timedelta(days=6))
        week = _week(setup, state, diary, programme, followed, strength, first, today, done, mine)
        found.append(week)
        done += [
            Done(
                day=p.day,
                start=p.start or p.not_before,
                legs=p.wanted.legs,
                snack=p.wanted.snack,
            )
            for p in week.plan.placed
        ]
        for placed in week.plan.placed:
            followed = with_session(setup, programme, followed, placed.wanted.part, placed.day)
            strength += placed.wanted.legs
    return found


def _week(
    setup: Setup,
    state: State,
    diary: Diary,
    programme: Programme,
    followed: Followed | None,
    strength: int,
    first: date,
    today: date,
    done: Sequence[Done],
    mine: tuple[RecentSession, ...],
) -> Ahead:
    day = max(first, today)
    number, phase = phase_on(setup, programme, followed, strength, day)
    schedule = schedule_of(programme, setup.profile.schedule)
    parts = [one.part or "" for one in mine if one.programme == programme.id]
    before = followed.parts if followed is not None else ()
    names, fewer = _wanted(setup, programme, phase, before, parts, first)
    asked = {part.id: part for part in programme.parts if part.id in (*names, *parts)}
    works = {n: session_work(setup, state, programme, part, day) for n, part in asked.items()}
    wishes = {n: asked_for(setup, state, part, day, works[n]) for n, part in asked.items()}
    wanted = [wishes[name] for name in names]
    paused = is_paused(setup.profile, day)
    c_week = setup.profile.c_race_week

    def placed(wanted: Sequence[Wanted], done: Sequence[Done], today: date) -> WeekPlan:
        return plan_week(
            first,
            () if paused else wanted,
            diary,
            setup.calendar,
            done=done,
            today=today,
            gap_days=schedule.gap_days,
            c_race_week=c_week,
        )

    missed: list[Wanted] = []
    if day > first and day_kind(setup.calendar, day, c_week=c_week)[0] is WeekKind.TAPER:
        did = [wishes[name] for name in parts if name in wishes]
        as_of_monday = placed([*did, *wanted], [one for one in done if one.day < first], first)
        wanted, missed = _without_missed(wanted, did, as_of_monday, day)
    plan = placed(wanted, done, day)
    left_out = tuple(
        GivenUp(one, Reason("MISSED_IN_TAPER", {"session": one.name})) for one in missed
    )
    plan = replace(plan, given_up=(*plan.given_up, *left_out))
    race = race_mark(setup.calendar, first, c_week=setup.profile.c_race_week)
    marks = [
        *([race] if race else ()),
        *week_marks(setup, programme, followed, strength, day),
        *fewer,
    ]
    if first in setup.calendar.step_down:
        marks.append(Reason("STEP_DOWN_WEEK"))
    if phase.name == DELOAD:
        marks.append(Reason("DELOAD_WEEK"))
    marks += course_marks(setup, [one for name in works for one in works[name]])
    if paused:
        marks = [Reason("PAUSED")]
    return Ahead(monday=first, number=number, phase=phase, plan=plan, done=mine, marks=tuple(marks))


def _without_missed(
    wanted: Sequence[Wanted], did: Sequence[Wanted], as_of_monday: WeekPlan, today: date
) -> tuple[list[Wanted], list[Wanted]]:
    """The sessions of a taper week still to do, and those left out: as many as were planned on its
    Monday for days before ``today`` and not done. The last session of the week may still be done
    later; there it pushes nothing together (source project)."""
    keep, missed = list[Wanted](), list[Wanted]()
    for snack in (False, True):
        mine = [one for one in wanted if one.snack is snack]
        due = sum(p.day < today and p.wanted.snack is snack for p in as_of_monday.placed)
        late = max(0, due - sum(one.snack is snack for one in did))
        stay = max(min(1, len(mine)), len(mine) - late)
        keep += mine[:stay]
        missed += mine[stay:]
    return keep, missed


def _count(setup: Setup, programme: Programme, first: date, usual: int) -> tuple[int, list[Reason]]:
    """How many sessions a week has without snacks, ``usual`` at most, and the reasons for fewer."""
    profile, most = setup.profile, schedule_of(programme, setup.profile.schedule).near_race
    if _after_race(setup, first):
        return min(1, usual), []
    near = (race for race in setup.calendar.races if race.priority is not Priority.C)
    tapers = any(RACE_WEEK_DAYS <= (race.day - first).days <= TAPER_DAYS for race in near)
    count = usual if most is None or not tapers else min(most, usual)
    leans = profile.lean is Lean.RUN and count > 1
    fewer = count < usual
    count = (count + 1) // 2 if leans else count
    reasons = [Reason("FEWER_NEAR_RACE", {"sessions": count})] if fewer else []
    return count, [*reasons, Reason("LEAN_RUN_WEEK")] if leans else reasons


def _after_race(setup: Setup, first: date) -> bool:
    """Whether a week has one light session at most: one after a race, or one with a race early
    enough for the light session after it."""
    if week_kind(setup.calendar, first, c_week=setup.profile.c_race_week) is WeekKind.AFTER:
        return True
    light = RACE_IN_LEGS_DAYS + 1
    return any(0 <= (race.day - first).days < 7 - light for race in setup.calendar.races)


def _wanted(
    setup: Setup,
    programme: Programme,
    phase: Phase,
    before: Sequence[str],
    done: Sequence[str],
    first: date,
) -> tuple[list[str], list[Reason]]:
    """The parts still to do in a week, lifts and snacks each in turn, and the reasons if there are
    fewer than in the programme."""
    library, parts = setup.library, {part.id: part for part in programme.parts}
    snacks = [name for name in phase.parts if is_snack(library, parts[name])]
    lifts = [name for name in phase.parts if name not in snacks]
    many = len(snacks)
    # The day of a part that is not filled in goes to the next in turn.
    there = filled(library, programme, phase).parts
    snacks = [name for name in snacks if name in there]
    per_week = schedule_of(programme, setup.profile.schedule).per_week
    usual = len(lifts) if per_week is None or not lifts else per_week
    count, reasons = _count(setup, programme, first, usual)
    calm = [name for name in lifts if not _jumps(library, parts[name])]
    # The light session after a race has no jumps if the programme has such a part.
    chosen = calm if calm and _after_race(setup, first) else lifts
    left = count - sum(name in lifts for name in done)
    wanted = _turns(replace(phase, parts=tuple(chosen)), before, left)
    left = many - sum(name in snacks for name in done)
    return [*wanted, *_turns(replace(phase, parts=tuple(snacks)), before, left)], reasons


def _turns(phase: Phase, before: Sequence[str], count: int) -> list[str]:
    """The next ``count`` parts of a phase, in turn."""
    order, found = list(before), list[str]()
    for _ in range(max(0, count)):
        name = turn(phase, order)
        order.append(name)
        found.append(name)
    return found


def course_marks(setup: Setup, work: Sequence[Work]) -> list[Reason]:
    """What the goal's course changed in a week's sessions: other exercises, and moved sets."""

    def names(code: str) -> str:
        told = [one for one in work if code in {reason.code for reason in one.reasons}]
        return ", ".join(dict.fromkeys(one.exercise.name for one in told))

    terrain = {"terrain": setup.profile.terrain.value}
    chosen, more, less = map(names, ("TERRAIN_CHOICE", "TERRAIN_MORE", "TERRAIN_LESS"))
    marks = [Reason("COURSE_CHOICE", {**terrain, "exercises": chosen})] if chosen else []
    if more and less:
        marks.append(Reason("COURSE_SETS", {**terrain, "more": more, "less": less}))
    return marks


def asked_for(setup: Setup, state: State, part: Part, day: date, work: Sequence[Work]) -> Wanted:
    """What placing a part in the week of ``day`` depends on: leg work, jumps, snack or not.
    ``work`` are its lines."""
    library = setup.library
    asked = [(one.exercise, one.dose) for one in work if one.slot.kind is SetKind.WORK]
    raised = [share.up for share in session_jumps(setup, state, asked, day).values()]
    every = [exercise for exercise, _ in asked] + [up for up in raised if up is not None]
    moving = [one for one in every if one.kind is not Kind.MOBILITY]
    return Wanted(
        part=part.id,
        name=part.name,
        legs=hardest_on_legs(library, part) >= HARD_LEG_LOAD,
        leg_work=any(one.leg_load > 0 for one in moving),
        jumps=any(one.kind is Kind.PLYOMETRIC for one in every),
        high=any(one.jump_tier == HIGH for one in every),
        snack=is_snack(library, part),
    )


def _jumps(library: Library, part: Part) -> bool:
    names = (n for slot in part.slots if slot.kind is SetKind.WORK for n in slot.exercises)
    return any(library.exercises[name].kind is Kind.PLYOMETRIC for name in names)
