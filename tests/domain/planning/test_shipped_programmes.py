"""The shipped programmes against their articles: what each asks is there, in the time it states,
with the loads and jumps it allows. Simulated weeks of each programme, schedule and level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import groupby, pairwise

import pytest
from msgspec.structs import replace

from tests.domain.planning.season.simulate import (
    DIARY,
    LIBRARY,
    MAXES,
    SETUP,
    START,
    Lived,
    Runner,
    Trained,
    live,
)
from tui.domain.calculator import Advice, Setup, advance, fold
from tui.domain.calculator.advice import Best, Calendar, Dated, Terrain
from tui.domain.calculator.jumps import BANDS
from tui.domain.calculator.loads import Inventory
from tui.domain.calculator.morning_pain import morning
from tui.domain.calculator.state import State
from tui.domain.calculator.system_load import USUAL_WEIGHT_KG
from tui.domain.model.phases import SNACK_MINUTES, is_snack
from tui.domain.model.values import Exercise, Goal, Kind, Level, Part, Programme
from tui.domain.planning.today import plan, session_work, slot_work
from tui.domain.session.live import Item
from tui.present.library import part_minutes, programme_page, whole_programme_doc

PROGRAMMES = LIBRARY.programmes
COURSES = [
    (programme.id, schedule.id)
    for programme in PROGRAMMES.values()
    for schedule in programme.schedules
]
EVERY = [(*course, level) for course in COURSES for level in Level]
PARTS = [(programme, part) for programme in PROGRAMMES.values() for part in programme.parts]
ARTICLES = {"kawamoto-speed", "klein-six", "trailrunner-lift", "clarke-runrun", "wyles-runrun"} | {
    "running-power"
}
GYM, DUMBBELLS = None, frozenset({"dumbbells", "bench", "box", "band"})
DUMBBELL_MAXES = {**MAXES, "single-leg-deadlift": 40.0}


def runner(level: Level, *, stated: bool = True, terrain: Terrain = Terrain.MIXED) -> Setup:
    """A runner without races, whose best singles are known or not."""
    profile = replace(SETUP.profile, levels=(Dated(START, level),), terrain=terrain)
    return replace(
        SETUP, profile=profile if stated else replace(profile, maxes={}), calendar=Calendar()
    )


def on_schedule(setup: Setup, schedule: str) -> Setup:
    return replace(setup, profile=replace(setup.profile, schedule=schedule))


def lived(programme: str, setup: Setup, weeks: int) -> list[Lived]:
    """So many weeks as planned and done, by a runner who is never away."""
    diary = replace(DIARY, away=())
    return live(programme, Runner(setup=setup, diary=diary, weeks=weeks, maxes=MAXES))


@cache
def weeks(programme: str, schedule: str, level: Level) -> list[Lived]:
    """Ten weeks, or the whole of the blocks."""
    count = 15 if programme == "blocks" else 10
    return lived(programme, on_schedule(runner(level), schedule), count)


def sessions(programme: str, schedule: str, level: Level) -> Iterator[Trained]:
    for week in weeks(programme, schedule, level):
        yield from week.trained


def blank(part: Part) -> bool:
    return any(LIBRARY.exercises[name].blank for slot in part.slots for name in slot.exercises)


# -- what the articles ask -------------------------------------------------------------------------


def test_each_exercise_of_an_article_stands_in_a_programme_or_a_routine() -> None:
    planned = {name for _, part in PARTS for slot in part.slots for name in slot.every}
    planned |= {n for one in LIBRARY.routines.values() for slot in one.slots for n in slot.every}
    reached: set[str] = set()
    while planned - reached:
        name = (planned - reached).pop()
        reached.add(name)
        exercise = LIBRARY.exercises[name]
        # From there up or down its ladder, or to its stand-in without a gym.
        planned |= {n for n in (exercise.easier, exercise.harder, exercise.no_gym) if n}
    named = {one.id for one in LIBRARY.exercises.values() if ARTICLES & set(one.sources)}
    assert named <= reached


def test_each_part_belongs_to_a_schedule() -> None:
    for programme in PROGRAMMES.values():
        phases = [phase for schedule in programme.schedules for phase in schedule.phases]
        assert {name for phase in phases for name in phase.parts} == {p.id for p in programme.parts}


@pytest.mark.parametrize("programme", PROGRAMMES.values(), ids=lambda one: one.id)
def test_each_line_says_what_its_article_asks_and_what_the_runner_gets(
    programme: Programme,
) -> None:
    text = " ".join(" ".join(programme_page(programme, LIBRARY, Level.BEGINNER)).split())
    doc = whole_programme_doc(programme, LIBRARY, Level.BEGINNER)
    for part, told in zip(programme.parts, doc["parts"], strict=True):
        for slot, line in zip(part.slots, told["slots"], strict=True):
            assert slot.asks.endswith(".") and slot.ours.endswith(".")
            assert (line["asks"], line["ours"]) == (slot.asks, slot.ours)
            assert f"the article: {slot.asks}" in text
            assert f"you get: {slot.ours}" in text


# -- in the time it states -------------------------------------------------------------------------


def seconds(goal: Goal) -> float:
    """The seconds of a goal: three for a rep at one's own pace, one for a contact or a metre."""
    does = goal.measures
    if does.holds:
        return does.holds * ((does.hold_s or 0) + 2)
    if does.reps:
        return does.reps * ((does.tempo_s + 1.5 if does.tempo_s else 3) + (does.pause_s or 0))
    return (
        (does.hold_s or 0) + (does.duration_s or 0) + (does.contacts or 0) + (does.distance_m or 0)
    )


def counted(items: tuple[Item, ...]) -> float:
    """The minutes of sets, rests, changes of side and of exercise."""
    whole = 0.0
    for item in items:
        for one in item.plan.sets:
            whole += 5 + sum(map(seconds, one.goals)) + 5 * (len(one.goals) - 1)
        whole += item.plan.rest_s * (len(item.plan.sets) - 1)
    return (whole + 45 * (len(items) - 1)) / 60


def near(one: float, other: float) -> bool:
    """Within a tenth, or a minute of a short session."""
    return abs(one - other) <= max(1.0, 0.1 * max(one, other))


@pytest.mark.parametrize(("programme", "schedule", "level"), EVERY)
def test_a_session_takes_the_minutes_it_states(programme: str, schedule: str, level: Level) -> None:
    for trained in sessions(programme, schedule, level):
        assert near(trained.plan.minutes, counted(trained.plan.items)), trained.plan.part.id
        if is_snack(LIBRARY, trained.plan.part):
            assert trained.plan.minutes <= SNACK_MINUTES


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(("programme", "part"), PARTS, ids=lambda one: one.id)
def test_the_programme_states_the_minutes_of_its_first_whole_session(
    programme: Programme, part: Part, level: Level
) -> None:
    stated = part_minutes(part, LIBRARY, level)
    if level is Level.INTERMEDIATE and not blank(part):
        assert part.minutes == stated
    done = [
        trained.plan
        for schedule in programme.schedules
        for trained in sessions(programme.id, schedule.id, level)
        if trained.plan.part.id == part.id and trained.plan.phase.name != "deload"
    ]
    assert done or blank(part)
    # The first times are shorter: new lifts and slow lowerings have a set less.
    assert not done or any(near(one.minutes, stated) for one in done[:6])


# -- jumps -----------------------------------------------------------------------------------------


def contacts(trained: Trained) -> dict[str, tuple[int, int]]:
    """The contacts of each jump of a session, and of its largest set."""
    found: dict[str, tuple[int, int]] = {}
    for item in trained.plan.items:
        if item.id in trained.plan.advice and LIBRARY.exercises[item.exercise].jump_feet:
            sets = [sum(g.measures.contacts or 0 for g in one.goals) for one in item.plan.sets]
            found[item.exercise] = sum(sets), max(sets)
    return found


@pytest.mark.parametrize(("programme", "schedule", "level"), EVERY)
def test_contacts_stay_in_the_band_and_rise_by_a_tenth_or_a_set(
    programme: str, schedule: str, level: Level
) -> None:
    last: dict[str, tuple[int, int]] = {}
    for trained in sessions(programme, schedule, level):
        made = contacts(trained)
        assert sum(count for count, _ in made.values()) <= BANDS[level][1]
        for name, (count, _) in made.items():
            if name in last:
                before, size = last[name]
                assert count <= max(1.1 * before, before + size), name
            else:
                assert count <= BANDS[level][0]
        # An easier session is no ceiling.
        eased = trained.placed.light or trained.plan.phase.name == "deload"
        last |= {n: had for n, had in made.items() if not (eased and n in last)}


@pytest.mark.parametrize(("programme", "schedule", "level"), EVERY)
def test_nobody_jumps_on_pain_of_six(programme: str, schedule: str, level: Level) -> None:
    setup = on_schedule(runner(level), schedule)
    log = [trained.session for trained in sessions(programme, schedule, level)]
    day = max(one.day for one in log) + timedelta(days=2)
    before = fold(setup, log)
    for region in ("knee", "ankle-calf", "hip"):
        sore = advance(setup, before, morning(day, region, 6, ""))
        made = plan(setup, sore, PROGRAMMES[programme], day)
        jumps = [one.exercise for one in made.items if LIBRARY.exercises[one.exercise].jump_feet]
        assert not jumps, region


# -- blocks ----------------------------------------------------------------------------------------


class Heavy:
    """A heavy lift of a session: its week, phase and top load in system kg, and the estimate."""

    def __init__(self, week: Lived, item: Item, said: Advice) -> None:
        self.exercise = LIBRARY.exercises[item.exercise]
        self.week, self.phase = week.week.number, week.week.phase.name
        loads = [g.measures.load_kg or 0 for one in item.plan.sets for g in one.goals]
        self.loads, self.top = loads, system(self.exercise, max(loads))
        best = None if said.estimate is None else said.estimate.one_rm_kg
        self.best = None if best is None else system(self.exercise, best)


def system(exercise: Exercise, load: float) -> float:
    return exercise.implements * load + exercise.body_share * USUAL_WEIGHT_KG


@cache
def lifts(level: Level, owned: frozenset[str] | None, *, stated: bool) -> dict[str, list[Heavy]]:
    """The heavy lifts of the first two blocks, or what stands in for them, by exercise."""
    maxes = MAXES if owned is None else DUMBBELL_MAXES
    setup = replace(runner(level, stated=stated), inventory=Inventory(equipment=owned))
    known = {name: (Dated(START, Best(kg)),) for name, kg in maxes.items()}
    if stated:
        setup = replace(setup, profile=replace(setup.profile, maxes=known))
    lived = live("blocks", Runner(setup=setup, diary=replace(DIARY, away=()), weeks=9, maxes=maxes))
    found: dict[str, list[Heavy]] = {}
    for week in lived:
        for trained in week.trained:
            for item in trained.plan.items:
                said = trained.plan.advice.get(item.id)
                asked = LIBRARY.exercises[said.exercise if said is not None else item.exercise]
                heavy = LIBRARY.exercises[item.exercise].loading == asked.loading == "heavy"
                if said is not None and heavy and item.exercise in maxes:
                    found.setdefault(item.exercise, []).append(Heavy(week, item, said))
    return found


@pytest.mark.parametrize("stated", [True, False])
@pytest.mark.parametrize("owned", [GYM, DUMBBELLS])
@pytest.mark.parametrize("level", Level)
def test_strength_is_heavier_than_hypertrophy_and_heavy_by_its_third_week(
    level: Level, owned: frozenset[str] | None, stated: bool
) -> None:
    found = lifts(level, owned, stated=stated)
    assert len(found) >= (4 if owned is None else 3)
    for done in found.values():
        light = [one for one in done if one.phase == "hypertrophy"]
        strong = [one for one in done if one.phase == "strength"]
        assert all(len(set(one.loads)) == 1 for one in light[1:])  # One load for all sets.
        if stated:
            assert strong[0].top > max(one.top for one in light)
        assert strong[1].top > max(one.top for one in light)
        for before, after in pairwise(strong[:3]):
            assert after.best is not None
            # As heavy as asked, or as the cap of a tenth allows with steps of 2.5 kg.
            capped = after.top + 2.5 * after.exercise.implements > 1.1 * before.top
            assert after.top >= 0.8 * after.best or capped
        if stated and owned is None:
            third = strong[2]
            assert third.best is not None and third.top >= 0.8 * third.best


def test_a_lift_that_stands_in_has_the_dose_of_the_line_also_set_by_set() -> None:
    programme, part = PROGRAMMES["six-patterns"], "pattern-a"
    dose = {"sets": 2, "reps": 6, "reps_top": 9}
    slots = tuple(
        replace(slot, dose=dose) if slot.exercises == ("landmine-deadlift",) else slot
        for slot in programme.parts[0].slots
    )
    mine = replace(programme, parts=(replace(programme.parts[0], slots=slots),))
    lift, row = LIBRARY.exercises["single-leg-deadlift"], LIBRARY.exercises["dumbbell-row"]
    setup = replace(runner(Level.BEGINNER), inventory=Inventory(equipment=DUMBBELLS))
    asked = slot_work(setup, State(), mine, part, lift, START)
    assert asked is not None
    assert (asked.exercise.id, asked.dose.measures.reps) == ("landmine-deadlift", 6)
    # With a landmine nothing stands in, and a lift of another role never does.
    assert slot_work(runner(Level.BEGINNER), State(), mine, part, lift, START) is None
    assert slot_work(setup, State(), mine, part, row, START) is None


def test_what_a_line_has_for_the_equipment_comes_before_a_stand_in() -> None:
    setup = replace(runner(Level.BEGINNER), inventory=Inventory(equipment=DUMBBELLS))
    blocks = PROGRAMMES["blocks"]
    for part, lift in (("strength-a", "split-squat"), ("strength-b", "single-leg-deadlift")):
        found = next(one for one in blocks.parts if one.id == part)
        names = [one.exercise.id for one in session_work(setup, State(), blocks, found, START)]
        assert lift in names


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    """The block, the part and the exercises of each session of the blocks."""
    for trained in sessions("blocks", "weekly", Level.INTERMEDIATE):
        names = [item.exercise for item in trained.plan.items if item.id in trained.plan.advice]
        yield trained.plan.phase.name, trained.plan.part.id, names


def test_a_block_keeps_its_exercises_and_the_next_takes_others() -> None:
    told = [(phase, part, names) for phase, part, names in blocks() if phase != "deload"]
    first: dict[str, list[str]] = {}
    for part, found in groupby(sorted(told, key=lambda one: one[1]), key=lambda one: one[1]):
        every = [names for _, _, names in found]
        assert all(names == every[0] for names in every)
        first[part] = every[0]
    for day in "ab":
        grown, strong = set(first[f"hypertrophy-{day}"]), set(first[f"strength-{day}"])
        assert grown - strong and strong - grown
        assert strong & grown  # Its main lifts stay, so that strength can be heavier.
    assert any("heel-drop" in names for names in first.values())


def test_the_second_half_of_hypertrophy_lowers_one_lift_slowly() -> None:
    for trained in sessions("blocks", "weekly", Level.INTERMEDIATE):
        if trained.plan.phase.name != "hypertrophy":
            continue
        slow = {
            item.exercise
            for item in trained.plan.items
            if LIBRARY.exercises[item.exercise].kind is Kind.LOADED
            and any(g.measures.tempo_s for one in item.plan.sets for g in one.goals)
        }
        assert len(slow) == (trained.plan.week in (3, 4))


def test_each_day_of_power_has_one_light_jump() -> None:
    power = [names for phase, _, names in blocks() if phase == "power"]
    assert power
    for names in power:
        jumps = [LIBRARY.exercises[name] for name in names if LIBRARY.exercises[name].jump_feet]
        assert [one.jump_tier for one in jumps] == ["low"]
    assert any("dip-jump" in names for names in power)


# -- terrain ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("terrain", [Terrain.STEEP, Terrain.FLAT])
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_week_says_what_the_course_changed(programme: str, terrain: Terrain) -> None:
    setup = runner(Level.INTERMEDIATE, terrain=terrain)
    setup = on_schedule(setup, PROGRAMMES[programme].schedules[0].id)
    [first] = lived(programme, setup, weeks=1)
    told = {
        (reason.code, LIBRARY.exercises[trained.plan.advice[item.id].exercise].name)
        for trained in first.trained
        for item in trained.plan.items
        if item.id in trained.plan.advice
        for reason in trained.plan.advice[item.id].reasons
        if reason.code.startswith("TERRAIN")
    }
    warm = {
        LIBRARY.exercises[item.exercise].name
        for trained in first.trained
        for item in trained.plan.items
        if item.id not in trained.plan.advice
    }
    marks = {mark.code: mark.facts for mark in first.week.marks}
    assert told
    said = [("TERRAIN_CHOICE", "COURSE_CHOICE", "exercises")]
    said += [("TERRAIN_MORE", "COURSE_SETS", "more"), ("TERRAIN_LESS", "COURSE_SETS", "less")]
    for code, mark, fact in said:
        names = {name for changed, name in told if changed == code}
        found = set(str(marks.get(mark, {}).get(fact, "")).split(", ")) - {""}
        assert names <= found <= names | warm
