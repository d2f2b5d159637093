"""Simulates a season of one invented runner: plans each week, does what is due, extends the log.

The runner lifts what her strength of the day allows, reports her reps in reserve honestly, holds
every hold she is able to and lands every jump. The one of the whole seasons runs to a weekly
pattern, has a B and an A race, eases one week of running, is ill for three weeks and has one in a
hotel without equipment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, Setup, State, advance, after_set
from tui.domain.calculator.adherence import easier_week
from tui.domain.calculator.advice import Best, Calendar, Dated, Priority, Profile, Race
from tui.domain.calculator.estimates import reps_at
from tui.domain.calculator.reasons import why
from tui.domain.calculator.rep_max import tired
from tui.domain.calculator.system_load import USUAL_WEIGHT_KG
from tui.domain.model.notation import planned
from tui.domain.model.values import (
    Entry,
    Level,
    Measures,
    Prescription,
    Session,
    SetEntry,
    SetKind,
    SetPlan,
)
from tui.domain.planning.calendar_queries import away_on
from tui.domain.planning.diary import Away, Diary, RunKind, WeeklyRun
from tui.domain.planning.horizon import Ahead, weeks_ahead
from tui.domain.planning.placement import Placed
from tui.domain.planning.today import Plan, plan, slot_work
from tui.domain.planning.wording import clause, clauses, given_up_words, placed_words, short_day
from tui.domain.session.live import Item
from tui.present.words import sets_text

GOLDEN = Path(__file__).parent / "golden"
LIBRARY = shipped_library()
START = date(2027, 1, 4)
WEEKS = 26
B_RACE = Race(day=START + timedelta(weeks=11, days=6), name="Spring Half", priority=Priority.B)
A_RACE = Race(day=START + timedelta(weeks=23, days=5), name="Ridge Ultra", priority=Priority.A)
EASED = START + timedelta(weeks=6)
ILL = (START + timedelta(weeks=13), START + timedelta(weeks=15, days=6))
HOTEL = Away(START + timedelta(weeks=18), START + timedelta(weeks=18, days=6))
MAXES = {
    "back-squat": 100.0,
    "deadlift": 120.0,
    "split-squat": 30.0,
    "calf-raise": 40.0,
    "romanian-deadlift": 90.0,
    "step-up": 28.0,
    "landmine-deadlift": 70.0,
}
DIARY = Diary(
    weekly=(
        WeeklyRun(1, RunKind.SPEED, time(7)),
        WeeklyRun(3, RunKind.EASY, time(18)),
        WeeklyRun(5, RunKind.LONG, time(8)),
        WeeklyRun(6, RunKind.EASY),
    ),
    away=(HOTEL,),
)
SETUP = Setup(
    library=LIBRARY,
    profile=Profile(maxes={name: (Dated(START, Best(kg)),) for name, kg in MAXES.items()}),
    calendar=Calendar(races=(B_RACE, A_RACE), step_down=frozenset({EASED})),
)


class Runner(Struct, frozen=True, kw_only=True):
    """A runner: what is known of her, and what she is able to do. ``maxes`` are her best singles in
    kg of one implement on the first day, growing by 20 % a year. ``able`` is the most reps or
    seconds of other exercises on the first day, and how many more each week; without an entry she
    can do whatever is asked."""

    setup: Setup
    diary: Diary = Diary()
    weeks: int = WEEKS
    maxes: Mapping[str, float] = field(default_factory=dict)
    able: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    ill: tuple[date, date] | None = None


class Trained(Struct, frozen=True):
    """One session as placed, prescribed and done."""

    placed: Placed
    plan: Plan
    session: Session


class Lived(Struct, frozen=True):
    """One week: the plan on its Monday, and what was done."""

    week: Ahead
    trained: tuple[Trained, ...]
    ill: bool = False
    hotel: bool = False


def at_level(level: Level) -> Setup:
    """The season's setup for a runner of this level."""
    return replace(SETUP, profile=replace(SETUP.profile, levels=(Dated(START, level),)))


def season(programme: str, setup: Setup = SETUP, diary: Diary = DIARY) -> list[Lived]:
    """Simulate the weeks of a season with one programme."""
    return live(programme, Runner(setup=setup, diary=diary, maxes=MAXES, ill=ILL))


def live(programme: str, runner: Runner) -> list[Lived]:
    """Simulate the weeks of a runner with one programme."""
    setup, diary = runner.setup, runner.diary
    chosen = setup.library.programmes[programme]
    state = State()
    lived = []
    for number in range(runner.weeks):
        monday = START + timedelta(weeks=number)
        ahead = weeks_ahead(setup, state, diary, chosen, monday, 1)[0]
        ill = runner.ill is not None and runner.ill[0] <= monday <= runner.ill[1]
        trained = []
        for day in (monday + timedelta(days=n) for n in range(7)):
            if ill:
                break
            today = weeks_ahead(setup, state, diary, chosen, day, 1)[0].plan.placed
            for due in (one for one in today if one.day == day):
                asked = plan(_at_hand(setup, diary, day), state, chosen, day, due)
                if not asked.items:
                    continue
                session = _done(runner, state, asked, due)
                state = advance(setup, state, session)
                trained.append(Trained(due, asked, session))
        hotel = away_on(diary, monday) is not None
        lived.append(Lived(ahead, tuple(trained), ill, hotel))
    return lived


def _at_hand(setup: Setup, diary: Diary, day: date) -> Setup:
    """The setup with the equipment of a day, at home or away."""
    away = away_on(diary, day)
    if away is None:
        return setup
    return replace(setup, inventory=replace(setup.inventory, equipment=away.equipment))


# -- doing what was asked ----------------------------------------------------------------------


def _done(runner: Runner, state: State, asked: Plan, due: Placed) -> Session:
    at = due.start or due.not_before or (time(12) if due.wanted.snack else time(17))
    begun = datetime.combine(due.day, at, UTC)
    name = f"{begun:%Y%m%d%H%M}"
    entries = tuple(
        Entry(
            id=f"{name}-{item.id}",
            edited=begun.isoformat(),
            exercise=item.exercise,
            sets=tuple(_rows(runner, state, asked, item, f"{name}-{item.id}", due.day)),
        )
        for item in asked.items
    )
    return Session(
        id=name,
        edited=begun.isoformat(),
        started=begun,
        finished=begun + timedelta(minutes=40),
        programme=asked.programme.id,
        part=asked.part.id,
        entries=entries,
    )


def _rows(
    runner: Runner, state: State, asked: Plan, item: Item, entry: str, day: date
) -> Iterator[SetEntry]:
    """The sets of an exercise as done, each as planned after those before it."""
    goals = item.plan
    done: list[SetEntry] = []
    for place in range(len(goals.sets)):
        one = goals.sets[place]
        rows = list(_set(runner, item.exercise, one, entry, day))
        yield from rows
        if one.kind is SetKind.WORK:
            done += rows
            goals = _changed(runner, state, asked, item.exercise, goals, done, day)


def _changed(
    runner: Runner,
    state: State,
    asked: Plan,
    name: str,
    goals: Prescription,
    done: list[SetEntry],
    day: date,
) -> Prescription:
    setup = runner.setup
    exercise = setup.library.exercises[name]
    if exercise.loading != "heavy":
        return goals
    work = slot_work(setup, state, asked.programme, asked.part.id, exercise, day)
    dose = None if work is None else work.dose
    deload = easier_week(setup, state, asked.programme.id, day)
    changed = after_set(setup, state, exercise, day, dose, goals, done, deload=deload)
    return goals if changed is None else changed


def _set(runner: Runner, name: str, one: SetPlan, entry: str, day: date) -> Iterator[SetEntry]:
    for goal in one.goals:
        done, left, effort = goal.measures, None, 6.0
        if one.kind is SetKind.WORK:
            done, left, effort = _performed(runner, name, one.number, goal.measures, day)
        yield SetEntry(
            id=f"{entry}-{one.kind.value[0]}{one.number}{goal.side.value[0]}",
            edited=f"{day}T12:00:00+00:00",
            number=one.number,
            side=goal.side,
            kind=one.kind,
            done=done,
            prescribed=goal.measures,
            rir=left,
            effort=None if left is not None else effort,
        )


def _performed(
    runner: Runner, name: str, number: int, aim: Measures, day: date
) -> tuple[Measures, float | None, float]:
    """What she does of a set: the measures, the reps left of a lift, and the effort."""
    weeks = (day - START).days / 7
    if name in runner.maxes and aim.load_kg is not None and aim.reps:
        return _lifted(runner, name, number, aim, weeks)
    if name not in runner.able:
        return aim, None, 6.0
    first, more = runner.able[name]
    most = (first + more * weeks) * tired(number - 1)
    what = "hold_s" if aim.hold_s is not None and aim.holds is None else "reps"
    wanted = getattr(aim, what) or 0
    effort = min(10.0, 4 + 6 * wanted / most)
    if wanted <= most:
        return aim, None, round(effort)
    return replace(aim, **{what: max(1, int(most))}), None, 10.0


def _lifted(
    runner: Runner, name: str, number: int, aim: Measures, weeks: float
) -> tuple[Measures, float, float]:
    """A set of a lift, as the maximum of the day allows: in system load, as the body counts."""
    exercise = runner.setup.library.exercises[name]
    assert aim.load_kg is not None
    assert aim.reps is not None
    body = exercise.body_share * (runner.setup.profile.body_weight_kg or USUAL_WEIGHT_KG)
    best = exercise.implements * runner.maxes[name] + body
    grown = best * (1 + 0.2 * weeks / 52)
    lifted = exercise.implements * aim.load_kg + body
    can = reps_at(100 * lifted / grown) * tired(number - 1)
    if can < aim.reps:
        return replace(aim, reps=int(can)), 0, 10.0
    return aim, min(5, int(can - aim.reps)), 7.0


# -- telling it --------------------------------------------------------------------------------


def text(lived: list[Lived], *, words: bool = False) -> str:
    """The season as lines: weeks, sessions with their reasons, exercises with their doses, and if
    wanted the reasons in ``words``, with what was done where it differed."""
    lines = []
    for one in lived:
        marks = "".join(f"  [{clause(mark)}]" for mark in one.week.marks)
        phase = f"  {one.week.phase.name}" if one.week.phase.name else ""
        lines.append(
            f"Week {one.week.number}  {short_day(one.week.monday)}{phase}"
            f"{'  (ill)' if one.ill else ''}{'  (hotel)' if one.hotel else ''}{marks}"
        )
        for trained in one.trained:
            lines += _session_lines(trained, words=words)
        lines += [f"  {given_up_words(each)}" for each in one.week.plan.given_up]
        lines.append("")
    return "\n".join(line.rstrip() for line in lines)


def _session_lines(trained: Trained, *, words: bool) -> Iterator[str]:
    placed = trained.placed
    head = [f"{placed.day:%a}", placed_words(placed), placed.wanted.name]
    light = " (light)" if placed.light else ""
    yield f"  {' '.join(filter(None, head))}{light}: {clauses(placed.reasons)}"
    for item in trained.plan.items:
        said = trained.plan.advice.get(item.id)
        yield f"    {_item_line(item, said)}"
        if words and said is not None:
            yield f"      {why(said, LIBRARY)}"
            yield from _done_line(item, trained.session)
    for said in trained.plan.resting:
        yield f"    {said.exercise:<26} {said.action.value:<12} {_codes(said)}"
        if words:
            yield f"      {why(said, LIBRARY)}"


def _done_line(item: Item, session: Session) -> Iterator[str]:
    """What was done, if it was not what was planned, or what was left."""
    rows = [
        row
        for entry in session.entries
        if entry.exercise == item.exercise
        for row in entry.sets
        if row.kind is SetKind.WORK
    ]
    as_planned = [goal.measures for one in item.plan.sets for goal in one.goals]
    if [row.done for row in rows] != as_planned or any(row.rir is not None for row in rows):
        yield f"      done: {sets_text(rows, 'kg')}"


def _item_line(item: Item, said: Advice | None) -> str:
    dose = planned(item.plan.sets)
    if said is None:
        return f"{item.exercise:<26} {'warm-up':<12} {dose}"
    asked = "" if said.exercise == item.exercise else f" for {said.exercise}"
    return f"{item.exercise:<26} {said.action.value:<12} {dose}{asked}  {_codes(said)}"


def _codes(said: Advice) -> str:
    return " ".join(reason.code for reason in said.reasons)


if __name__ == "__main__":
    for name in LIBRARY.programmes:
        for level in Level:
            told = text(season(name, at_level(level)))
            (GOLDEN / f"{name}-{level.value}.txt").write_text(told, "utf-8")
