"""Simulates a season of one invented runner: plans each week, does what is due, extends the log.

The runner lifts what her strength of the day allows, reports her reps in reserve honestly, holds
every hold and lands every jump. She runs to a weekly pattern, has a B and an A race, eases one week
of running and is ill for a fortnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, Setup, State, advance
from tui.domain.calculator.advice import Best, Calendar, Dated, Priority, Profile, Race
from tui.domain.calculator.estimates import reps_at
from tui.domain.calculator.rep_max import tired
from tui.domain.model.notation import planned
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind
from tui.domain.planning.diary import Diary, RunKind, WeeklyRun
from tui.domain.planning.horizon import Ahead, weeks_ahead
from tui.domain.planning.placement import Placed
from tui.domain.planning.today import Plan, plan
from tui.domain.planning.wording import clause, clauses, given_up_words, placed_words, short_day
from tui.domain.session.live import Item

GOLDEN = Path(__file__).parent / "golden"
LIBRARY = shipped_library()
START = date(2027, 1, 4)
WEEKS = 26
B_RACE = Race(day=START + timedelta(weeks=11, days=6), name="Spring Half", priority=Priority.B)
A_RACE = Race(day=START + timedelta(weeks=23, days=5), name="Ridge Ultra", priority=Priority.A)
EASED = START + timedelta(weeks=6)
ILL = (START + timedelta(weeks=14), START + timedelta(weeks=15, days=6))
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
    )
)
SETUP = Setup(
    library=LIBRARY,
    profile=Profile(maxes={name: (Dated(START, Best(kg)),) for name, kg in MAXES.items()}),
    calendar=Calendar(races=(B_RACE, A_RACE), step_down=frozenset({EASED})),
)


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


def season(programme: str, setup: Setup = SETUP, diary: Diary = DIARY) -> list[Lived]:
    """Simulate the weeks of a season with one programme."""
    chosen = setup.library.programmes[programme]
    state = State()
    lived = []
    for number in range(WEEKS):
        monday = START + timedelta(weeks=number)
        ahead = weeks_ahead(setup, state, diary, chosen, monday, 1)[0]
        ill = ILL[0] <= monday <= ILL[1]
        trained = []
        for day in (monday + timedelta(days=n) for n in range(7)):
            if ill:
                break
            today = weeks_ahead(setup, state, diary, chosen, day, 1)[0].plan.placed
            for due in (one for one in today if one.day == day):
                asked = plan(setup, state, chosen, day, due)
                if not asked.items:
                    continue
                session = _done(asked, due)
                state = advance(setup, state, session)
                trained.append(Trained(due, asked, session))
        lived.append(Lived(ahead, tuple(trained), ill))
    return lived


# -- doing what was asked ----------------------------------------------------------------------


def _done(asked: Plan, due: Placed) -> Session:
    at = due.start or due.not_before or (time(12) if due.wanted.snack else time(17))
    begun = datetime.combine(due.day, at, UTC)
    name = f"{begun:%Y%m%d%H%M}"
    entries = tuple(
        Entry(
            id=f"{name}-{item.id}",
            edited=begun.isoformat(),
            exercise=item.exercise,
            sets=tuple(_rows(f"{name}-{item.id}", item, due.day)),
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


def _rows(entry: str, item: Item, day: date) -> Iterator[SetEntry]:
    for one in item.plan.sets:
        for goal in one.goals:
            done, left = goal.measures, None
            if one.kind is SetKind.WORK:
                done, left = _performed(item.exercise, one.number, goal.measures, day)
            yield SetEntry(
                id=f"{entry}-{one.kind.value[0]}{one.number}{goal.side.value[0]}",
                edited=f"{day}T12:00:00+00:00",
                number=one.number,
                side=goal.side,
                kind=one.kind,
                done=done,
                prescribed=goal.measures,
                rir=left,
                effort=6,
            )


def _performed(
    exercise: str, number: int, aim: Measures, day: date
) -> tuple[Measures, float | None]:
    """What she does of a set: a lift as her max of the day allows, which grows by 20 % a year."""
    if exercise not in MAXES or not aim.load_kg or not aim.reps:
        return aim, None
    best = MAXES[exercise] * (1 + 0.2 * (day - START).days / 364)
    can = reps_at(100 * aim.load_kg / best) * tired(number - 1)
    if can < aim.reps:
        return replace(aim, reps=max(1, int(can))), 0
    return aim, min(5, int(can - aim.reps))


# -- telling it --------------------------------------------------------------------------------


def text(lived: list[Lived]) -> str:
    """The season as lines: weeks, sessions with their reasons, exercises with their doses."""
    lines = []
    for one in lived:
        marks = "".join(f"  [{clause(mark)}]" for mark in one.week.marks)
        phase = f"  {one.week.phase.name}" if one.week.phase.name else ""
        lines.append(
            f"Week {one.week.number}  {short_day(one.week.monday)}{phase}"
            f"{'  (ill)' if one.ill else ''}{marks}"
        )
        for trained in one.trained:
            lines += _session_lines(trained)
        lines += [f"  {given_up_words(each)}" for each in one.week.plan.given_up]
        lines.append("")
    return "\n".join(line.rstrip() for line in lines)


def _session_lines(trained: Trained) -> Iterator[str]:
    placed = trained.placed
    words = [f"{placed.day:%a}", placed_words(placed), placed.wanted.name]
    light = " (light)" if placed.light else ""
    yield f"  {' '.join(filter(None, words))}{light}: {clauses(placed.reasons)}"
    for item in trained.plan.items:
        yield f"    {_item_line(item, trained.plan.advice.get(item.id))}"
    for said in trained.plan.resting:
        yield f"    {said.exercise:<26} {said.action.value:<12} {_codes(said)}"


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
        (GOLDEN / f"{name}.txt").write_text(text(season(name)), "utf-8")
