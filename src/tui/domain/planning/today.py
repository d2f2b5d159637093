"""Plans today's session: the next part of the programme, with its exercises, sets and loads.

The parts of a programme take turns in their order in the week, unless the week plan
(:mod:`tui.domain.planning.week_plan`) has another one for the day. The phase follows from the weeks
since the first session. A missed day changes nothing. The calculator
(:mod:`tui.domain.calculator`) prescribes each exercise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.calculator import Advice, Setup, State, prescribe, session_jumps
from tui.domain.calculator.adherence import followed_on, is_paused, phase_on, week_marks
from tui.domain.calculator.advice import Action, Reason, Terrain
from tui.domain.calculator.emphasis import Work, adapt_session, preferred, suits_terrain
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.guards import guards
from tui.domain.calculator.jumps import Share, pain_block
from tui.domain.calculator.prescribe import keeps_dose
from tui.domain.calculator.reasons import LOG_GAP, sources_of
from tui.domain.calculator.state import Followed
from tui.domain.model.library.parser import dose_for
from tui.domain.model.library.substitutes import substitutes
from tui.domain.model.phases import (
    DELOAD,
    HARD_LEG_LOAD,
    SNACK_MINUTES,
    Stage,
    filled,
    is_snack,
    schedule_of,
    stage_of,
    turn,
)
from tui.domain.model.values import (
    Dose,
    Exercise,
    Goal,
    Kind,
    Level,
    Measures,
    Part,
    Phase,
    Prescription,
    Programme,
    SetKind,
    SetPlan,
    Side,
    Sides,
    Slot,
    Turn,
)
from tui.domain.planning.duration import session_minutes
from tui.domain.planning.placement import Placed
from tui.domain.planning.race_weeks import day_mark
from tui.domain.session.live import Item

LIFT_TURNS = 8
SLOW_KINDS = frozenset({Kind.LOADED, Kind.BODYWEIGHT})
ENOUGH = frozenset({"ENOUGH", "ENOUGH_HOLD", "ENOUGH_JUMPS"})
NOTHING = Prescription(sets=(), rest_s=0)


class Plan(Struct, frozen=True, kw_only=True):
    """The next session: its programme, part, week of the programme (from 1), phase and exercises.
    ``advice`` is the calculator's, by the id of the item; ``resting`` is its advice on exercises
    that rest. ``due`` is the session's place in the week plan, or None; ``paused`` is true if the
    programme is paused. ``marks`` are what is special about the day. ``followed`` is the progress
    since the programme was chosen, ``known`` whether it was ever followed."""

    programme: Programme
    part: Part
    week: int
    phase: Phase
    items: tuple[Item, ...]
    advice: Mapping[str, Advice] = field(default_factory=dict)
    resting: tuple[Advice, ...] = ()
    due: Placed | None = None
    paused: bool = False
    marks: tuple[Reason, ...] = ()
    followed: Followed | None = None
    known: bool = False

    @property
    def has_gap(self) -> bool:
        """Whether it rests on a log of which a part cannot be read."""
        said = (reason for advice in self.advice.values() for reason in advice.reasons)
        return any(reason.code == LOG_GAP for reason in said)

    @property
    def minutes(self) -> int:
        """About how many minutes it takes."""
        return session_minutes(self.items)

    @property
    def advised(self) -> list[Advice]:
        """All advice: first on exercises to do, then on those that rest."""
        return [*self.advice.values(), *self.resting]


def plan(
    setup: Setup, state: State, programme: Programme, today: date, due: Placed | None = None
) -> Plan:
    """The next session of ``programme``, given the ``state`` folded from the log: the one ``due``
    in the week plan, else the one whose turn it is."""
    week, phase, part = upcoming(setup, state, programme, today, due)
    deload = phase.name == DELOAD
    work = session_work(setup, state, programme, part, today, deload=deload)
    if is_snack(setup.library, part):
        setup = _without_gym(setup, part)
    asked = [(one.exercise, one.dose) for one in work if one.slot.kind is SetKind.WORK]
    shares = session_jumps(setup, state, asked, today, deload=deload)
    names = {one.exercise.id for one in work if one.slot.kind is SetKind.WORK}
    if is_snack(setup.library, part):
        every = setup.library.exercises.values()
        names |= {one.id for one in every if one.leg_load >= HARD_LEG_LOAD}
    items: list[Item] = []
    advice: dict[str, Advice] = {}
    resting: list[Advice] = []
    sore: list[Reason] = []
    for one in work:
        if one.slot.kind is SetKind.WARMUP:
            found = guards(setup, state, one.exercise, today)
            if _warms_up(found, one.exercise):
                items.append(item(one.exercise, setup.profile.level(today), one.slot))
            else:
                sore += [g.reason for g in found.fired if "region" in g.reason.facts]
            continue
        said = _asked(setup, state, one, today, shares.get(one.exercise.id), names, deload=deload)
        if any(said.variant == other.variant for other in advice.values()):
            # The same variant does not stand in twice.
            twice = Reason("STANDS_IN", {"exercise": said.variant})
            reasons = (*said.reasons[:1], twice)
            said = replace(
                said, variant=one.exercise.id, action=Action.REST, plan=NOTHING, reasons=reasons
            )
        if not said.plan.sets:
            resting.append(said)
            continue
        jumps = one.exercise.kind is Kind.PLYOMETRIC  # Dosed by contacts, not by sets.
        if said.variant != one.exercise.id and one.slot.dose and not jumps:
            said = replace(said, plan=_first_sets(said.plan, one.dose.sets))
        if one.slot.fast and said.plan.sets[0].goals[0].measures.reps is not None:
            said = replace(said, plan=replace(said.plan, fast=True))
        said = with_reasons(_said_once(said, advice.values()), one)
        if any(other.warmup for other in advice.values()):
            said = replace(said, warmup=())  # The first heavy lift warms up for the others.
        items.append(advised_item(setup.library.exercises[said.variant], said))
        advice[str(len(items))] = said
    if is_snack(setup.library, part):
        items, advice, late = _in_snack_time(state, items, advice)
        resting += late
    return Plan(
        programme=programme,
        part=part,
        week=week,
        phase=phase,
        items=_numbered(items) if advice else (),
        advice=advice,
        resting=tuple(resting),
        due=due,
        paused=is_paused(setup.profile, today),
        marks=(*_marks(setup, state, programme, today), *(_left_out(sore) if advice else ())),
        followed=followed_on(setup, state, programme.id, today),
        known=programme.id in state.followed,
    )


def _in_snack_time(
    state: State, items: Sequence[Item], advice: Mapping[str, Advice]
) -> tuple[list[Item], dict[str, Advice], list[Advice]]:
    """The items of a snack, with their advice by place, that fit its ten minutes (clarke-runrun):
    as exercises take longer, those done last wait for the next time, and rest."""

    def last(place: str) -> date:
        known = state.histories.get(advice[place].variant)
        return date.min if known is None else known.last.day

    kept = [str(n) for n in range(1, len(items) + 1) if str(n) not in advice]
    waiting = []
    for place in sorted(advice, key=last):
        fuller = [*kept, place]
        if session_minutes(items[int(n) - 1] for n in fuller) <= SNACK_MINUTES or fuller == [place]:
            kept = fuller
        else:
            waiting.append(place)
    full = Reason("SNACK_FULL", {"minutes": SNACK_MINUTES})
    rest = [
        replace(advice[place], action=Action.REST, plan=NOTHING, reasons=(full,))
        for place in sorted(waiting, key=int)
    ]
    order = sorted(kept, key=int)
    told = {str(n): advice[at] for n, at in enumerate(order, start=1) if at in advice}
    return [items[int(n) - 1] for n in order], told, rest


def _marks(setup: Setup, state: State, programme: Programme, today: date) -> tuple[Reason, ...]:
    """What is special about a day: a race near it, and what became of the programme's week."""
    c_week = setup.profile.c_race_week
    race = day_mark(setup.calendar, today, state.lately, c_week=c_week)
    followed = followed_on(setup, state, programme.id, today)
    weeks = week_marks(setup, programme, followed, state.strength_count, today)
    return (*([race] if race else ()), *weeks)


def _left_out(sore: Sequence[Reason]) -> tuple[Reason, ...]:
    """That warm-ups are left out for a region that hurts, if they are."""
    regions = dict.fromkeys(str(one.facts["region"]) for one in sore)
    return (Reason("WARMUP_SORE", {"region": ", ".join(regions)}),) if regions else ()


def _said_once(said: Advice, before: Iterable[Advice]) -> Advice:
    """Advice that does not repeat what was said ``before`` in the session: that this is enough."""
    told = {reason.code for other in before for reason in other.reasons}
    if not told & ENOUGH:
        return said
    alike = (Reason("AS_BEFORE") if r.code in ENOUGH else r for r in said.reasons)
    return replace(said, reasons=tuple(alike))


def _warms_up(found: Guards, exercise: Exercise) -> bool:
    """True if no guard stops this warm-up. One that loads the legs also needs regions that hurt
    little: nobody warms up on what the work is eased for."""
    if exercise.kind is Kind.PLYOMETRIC:
        return not (found.stops or found.swaps or pain_block(found, exercise))
    eased = any(guard.reason.code == "PAIN_LESS" for guard in found.fired)
    return not (found.stops or (exercise.leg_load and (found.swaps or eased)))


def _asked(
    setup: Setup,
    state: State,
    one: Work,
    today: date,
    share: Share | None,
    names: set[str],
    *,
    deload: bool,
) -> Advice:
    """The calculator's advice on one line of a session whose exercises are ``names``."""
    up = None if share is None else share.up
    said = prescribe(
        setup,
        state,
        up or one.exercise,
        today,
        one.dose if up is None else None,
        deload=deload,
        share=share,
        avoid=frozenset(names - {one.exercise.id}),
    )
    if up is None:
        return said
    # What takes its place is told of its first time only.
    new = (Reason("VARIANT", {"exercise": up.id}),) if said.action is Action.VARIANT_UP else ()
    return replace(said, exercise=one.exercise.id, reasons=(*said.reasons, *new))


def _without_gym(setup: Setup, part: Part) -> Setup:
    """The setup with only the equipment that the snack's own exercises need, so that no variant
    needs a gym."""
    own = {
        word
        for slot in part.slots
        for name in slot.every
        for word in setup.library.exercises[name].equipment
    }
    there = setup.inventory.equipment
    at_hand = frozenset(own if there is None else own & there)
    return replace(setup, inventory=replace(setup.inventory, equipment=at_hand))


def _first_sets(made: Prescription, count: int) -> Prescription:
    """A variant's prescription, with at most as many work sets as the programme's slot gives."""
    kept = tuple(s for s in made.sets if s.kind is not SetKind.WORK or s.number <= count)
    return replace(made, sets=kept)


def upcoming(
    setup: Setup, state: State, programme: Programme, today: date, due: Placed | None = None
) -> tuple[int, Phase, Part]:
    """The week of a programme (from 1), its phase, and the part that is due or whose turn it is.
    A session is dosed for the week in which it is done, whatever day it was planned for."""
    followed = followed_on(setup, state, programme.id, today)
    week, phase = phase_on(setup, programme, followed, state.strength_count, today)
    parts = {part.id: part for part in programme.parts}
    done = followed.parts if followed is not None else ()
    name = turn(filled(setup.library, programme, phase), done)
    return week, phase, parts[name if due is None else due.wanted.part]


def session_work(
    setup: Setup,
    state: State,
    programme: Programme,
    part: Part,
    today: date,
    *,
    deload: bool = False,
) -> list[Work]:
    """The exercises of a part for its next turn, with the programme's doses adjusted to the goal's
    terrain and the cycle's lean."""
    followed = followed_on(setup, state, programme.id, today)
    turns = followed.turns.get(part.id, 0) if followed is not None else 0
    week, phase = phase_on(setup, programme, followed, state.strength_count, today)
    stage = stage_of(schedule_of(programme, setup.profile.schedule), week, phase)
    level = setup.profile.level(today)
    chosen = [
        _slowed(
            Work(
                slot=slot,
                exercise=exercise,
                dose=dose_for(exercise, level, slot),
                reasons=_chosen_for(setup, slot, exercise),
            ),
            stage,
        )
        for slot in part.slots
        for exercise in _picked(setup, slot, turns, stage)
        if not exercise.blank
    ]

    def counts(exercise: Exercise, dose: Dose) -> int:
        said = prescribe(setup, state, exercise, today, dose, deload=deload)
        return sum(one.kind is SetKind.WORK for one in said.plan.sets)

    return adapt_session(setup.profile, chosen, counts)


def _slowed(work: Work, stage: Stage) -> Work:
    """A line with its slow lowerings, if it has them and the phase is in its second half."""
    seconds = work.slot.slow_s
    if seconds is None or not stage.late or work.exercise.kind not in SLOW_KINDS:
        return work
    dose = replace(work.dose, measures=replace(work.dose.measures, tempo_s=seconds))
    return replace(
        work, dose=dose, reasons=(*work.reasons, Reason("SLOW_HALF", {"seconds": seconds}))
    )


def _chosen_for(setup: Setup, slot: Slot, exercise: Exercise) -> tuple[Reason, ...]:
    """The reason if the goal's terrain decided which of several exercises was chosen."""
    if exercise.id not in slot.exercises:
        return (Reason("TERRAIN_CHOICE", {"terrain": setup.profile.terrain.value}),)
    listed = _listed(setup, slot)
    fewer = len(preferred(setup.profile, listed, slot.pick)) < len(listed)
    if slot.pick >= len(listed) or not fewer or not suits_terrain(exercise, setup.profile.terrain):
        return ()
    return (Reason("TERRAIN_CHOICE", {"terrain": setup.profile.terrain.value}),)


def with_reasons(said: Advice, work: Work) -> Advice:
    """Advice with the reasons from the goal's terrain and the cycle's lean, and their sources."""
    more = work.reasons
    if not more or not said.plan.sets:
        return said
    sources = dict.fromkeys((*said.sources, *sources_of(more, work.exercise)))
    return replace(said, reasons=(*said.reasons, *more), sources=tuple(sources))


def _numbered(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(replace(one, id=str(n)) for n, one in enumerate(items, start=1))


def _listed(setup: Setup, slot: Slot) -> list[Exercise]:
    """The exercises of a slot on the goal's course: those for which the equipment is there, if they
    are enough, as they come before whatever would stand in."""
    courses = {Terrain.STEEP: slot.steep, Terrain.FLAT: slot.flat}
    names = courses.get(setup.profile.terrain) or slot.exercises
    listed = [setup.library.exercises[name] for name in names]
    able = [one for one in listed if setup.inventory.can_do(one)]
    return able if len(able) >= slot.pick else listed


def _picked(setup: Setup, slot: Slot, turns: int, stage: Stage) -> list[Exercise]:
    """The exercises of a slot for this turn: the next ones each session, block or cycle. From
    session to session, heavy lifts stay for eight of them: a lift trained only every third week
    does not progress (source project)."""
    listed = _listed(setup, slot)
    if slot.pick >= len(listed):
        return listed
    listed = preferred(setup.profile, listed, slot.pick)
    if slot.turn is Turn.BLOCK:
        turns = stage.block
    elif slot.turn is Turn.CYCLE:
        turns = stage.cycle
    elif any(exercise.loading == "heavy" for exercise in listed):
        turns //= LIFT_TURNS
    start = turns * slot.pick % len(listed)
    return [listed[(start + i) % len(listed)] for i in range(slot.pick)]


def advised_item(exercise: Exercise, said: Advice) -> Item:
    """An exercise ready for a session, as the calculator prescribes it."""
    return _item(exercise, said.plan)


def item(exercise: Exercise, level: Level, slot: Slot | None = None) -> Item:
    """An exercise ready for a session, with the library's dose for the level, overridden by the
    programme's slot."""
    dose = dose_for(exercise, level, slot)
    measures = dose.measures
    if exercise.kind is Kind.PLYOMETRIC and exercise.jump_feet and measures.reps is not None:
        measures = replace(measures, contacts=measures.reps * exercise.jump_feet)
    made = prescription(dose.sets, measures, exercise.sides, dose.rest_s, dose.target_rir)
    if slot is not None and slot.kind is SetKind.WARMUP:
        made = replace(made, sets=tuple(replace(s, kind=SetKind.WARMUP) for s in made.sets))
    return _item(exercise, made)


def _item(exercise: Exercise, made: Prescription) -> Item:
    return Item(
        id="0",
        exercise=exercise.id,
        kind=exercise.kind,
        sides=exercise.sides,
        feet=exercise.jump_feet,
        plan=made,
        now=made,
    )


def prescription(
    sets: int, measures: Measures, sides: Sides, rest_s: int, target_rir: int | None = None
) -> Prescription:
    """Equal sets; an exercise with sides gets a left and a right goal in each."""
    who = (Side.BOTH,) if sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)
    goals = tuple(Goal(side=side, measures=measures) for side in who)
    plans = tuple(SetPlan(number=n, goals=goals) for n in range(1, sets + 1))
    return Prescription(sets=plans, rest_s=rest_s, target_rir=target_rir)


def slot_work(
    setup: Setup,
    state: State,
    programme: Programme,
    part: str | None,
    exercise: Exercise,
    day: date,
    *,
    deload: bool = False,
) -> Work | None:
    """The line of a programme's part that has this exercise on a day, with its dose, or None."""
    found = next((each for each in programme.parts if each.id == part), None)
    if found is None:
        return None
    work = session_work(setup, state, programme, found, day, deload=deload)
    for one in work:
        if one.exercise.id == exercise.id and one.slot.kind is SetKind.WORK:
            return one
    slots = [s for s in found.slots if exercise.id in s.every and s.kind is SetKind.WORK]
    if not slots:
        return _stood_in_for(setup, work, exercise)
    dose = dose_for(exercise, setup.profile.level(day), slots[0])
    return Work(slot=slots[0], exercise=exercise, dose=dose)


def _stood_in_for(setup: Setup, work: Sequence[Work], exercise: Exercise) -> Work | None:
    """The line of a heavy lift for which another stands in, without the equipment, with its dose;
    or None."""
    able = setup.inventory.can_do
    for one in work:
        asked = one.exercise
        if one.slot.kind is SetKind.WARMUP or able(asked) or not keeps_dose(asked, exercise):
            continue
        if exercise in substitutes(setup.library, asked, able):
            return one
    return None
