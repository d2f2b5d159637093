"""A runner who does everything as planned: always something new, until it is enough."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.calculator.logs import LIBRARY, Deed, rows
from tests.strategies import FIRST_DAY, examples, inventories
from tui.domain.calculator import Advice, Setup, State, advance, prescribe
from tui.domain.calculator.advice import Action, Calendar, Dated, Profile
from tui.domain.calculator.bouts import size
from tui.domain.calculator.climb import climbs
from tui.domain.calculator.loads import Inventory
from tui.domain.model.values import Entry, Exercise, Kind, Level, Measures, Session
from tui.domain.planning.today import ENOUGH

# An example is weeks of training: a tenth of the usual number of them.
FEWER = examples(10)
CLIMBING = [
    e.id for e in LIBRARY.exercises.values() if not e.bare and (climbs(e) or e.kind is Kind.CARRY)
]
SESSIONS, APART = 40, timedelta(days=3)
# So often in a row the same may be asked: the first time, to confirm it, and once sore muscles
# held it.
ALIKE = 3
EASY = Deed(rir=4, kg=None)
START = datetime.combine(FIRST_DAY, time(18), UTC)
GAPS = {"LAYOFF_11_17", "LAYOFF_18_27", "EASED_LONG"}


def runner(level: Level, inventory: Inventory) -> Setup:
    profile = Profile(levels=(Dated(FIRST_DAY, level),))
    return Setup(library=LIBRARY, profile=profile, inventory=inventory)


def first(said: Advice) -> Measures:
    return said.plan.sets[0].goals[0].measures


def amount(said: Advice) -> tuple[float, ...]:
    return size(LIBRARY.exercises[said.variant].kind, first(said))


def codes(said: Advice) -> set[str]:
    return {reason.code for reason in said.reasons}


def done(setup: Setup, state: State, said: Advice, moment: datetime) -> State:
    """The state after doing just what was said, with reps to spare."""
    exercise = LIBRARY.exercises[said.variant]
    sets = tuple(rows(exercise, said.plan, EASY))
    entry = Entry(id="e", edited="", exercise=exercise.id, sets=sets)
    made = Session(id=f"{moment}", edited="", started=moment, entries=(entry,))
    return advance(setup, state, made)


def climbed(setup: Setup, exercise: Exercise, sessions: int) -> tuple[State, list[Advice]]:
    """The state after so many sessions done as planned, and what was planned in each."""
    state, made = State(), list[Advice]()
    for number in range(sessions):
        moment = START + number * APART
        made.append(prescribe(setup, state, exercise, moment.date()))
        state = done(setup, state, made[-1], moment)
    return state, made


levels = st.sampled_from(Level)
climbing = st.sampled_from(CLIMBING)


@FEWER
@given(levels, inventories, climbing)
def test_who_does_everything_is_never_stuck(level: Level, inventory: Inventory, name: str) -> None:
    _, made = climbed(runner(level, inventory), LIBRARY.exercises[name], SESSIONS)
    alike = 0
    for before, said in pairwise(made):
        if said.variant not in CLIMBING:
            return
        same = (said.variant, said.plan.sets) == (before.variant, before.plan.sets)
        alike = alike + 1 if same else 0
        assert alike < ALIKE or codes(said) & ENOUGH, (said.variant, first(said))


@FEWER
@given(levels, inventories, climbing)
def test_it_is_enough_only_when_every_rung_was_used(
    level: Level, inventory: Inventory, name: str
) -> None:
    _, made = climbed(runner(level, inventory), LIBRARY.exercises[name], 2 * SESSIONS)
    assert not any("AT_CEILING" in codes(said) for said in made if said.variant in CLIMBING)
    ends = [said for said in made if codes(said) & ENOUGH]
    if not ends:
        return
    assert all(said.action in (Action.HOLD, Action.SUBSTITUTE) for said in ends)
    variant = LIBRARY.exercises[ends[0].variant]
    way = [said for said in made if said.variant == variant.id]
    usual = variant.doses[level].sets
    assert {len(said.plan.sets) for said in way} >= {usual, usual + 1}
    if variant.kind in (Kind.BODYWEIGHT, Kind.LOADED):
        assert any(first(said).tempo_s == 3 and first(said).pause_s is None for said in way)
        assert any(first(said).pause_s == 2 for said in way)
    if variant.kind is Kind.BODYWEIGHT and inventory.added() is not None:
        assert any(first(said).load_kg for said in way)


@FEWER
@given(levels, inventories, climbing, st.integers(2, 20), st.integers(1, 2))
@example(Level.BEGINNER, Inventory(), "dead-bug-squeeze", 8, 1)
def test_eased_sessions_are_felt_and_neither_a_ceiling_nor_a_step(
    level: Level, inventory: Inventory, name: str, sessions: int, easy: int
) -> None:
    """Each is less than the last full session; after them comes at most what would have come
    without them, and at least that session again."""
    setup, exercise = runner(level, inventory), LIBRARY.exercises[name]
    state, made = climbed(setup, exercise, sessions)
    moment, last = START + sessions * APART, made[-1]
    usual = prescribe(setup, state, exercise, moment.date())
    monday = moment.date() - timedelta(days=moment.weekday())
    weeks = frozenset(monday + timedelta(weeks=n) for n in range(easy))
    eased = replace(setup, calendar=Calendar(step_down=weeks))
    if not {last.variant, usual.variant} <= set(CLIMBING):
        return
    for _ in range(easy):
        said = prescribe(eased, state, exercise, moment.date())
        if said.variant == last.variant:
            assert amount(said) < amount(last)
        state = done(eased, state, said, moment)
        moment += timedelta(days=7)
    after = prescribe(eased, state, exercise, moment.date())
    if codes(after) & GAPS or after.variant != usual.variant:
        return
    assert amount(after) <= amount(usual)
    # With more of a load that nobody typed there are fewer reps, with one more set a rung less.
    if last.variant == after.variant and not codes(after) & {"TAKE_MORE", "MORE_SETS"}:
        assert amount(after) >= amount(last)
