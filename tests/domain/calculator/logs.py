"""Random training logs as runners write them: mostly as prescribed, with the usual trouble."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from tests.strategies import FIRST_DAY, calendars, inventories, profiles
from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, Setup, State, advance, prescribe
from tui.domain.calculator.advice import Priority, Race
from tui.domain.calculator.bouts import amount, plan_of
from tui.domain.calculator.log_fold import Happening
from tui.domain.model.library.parser import Library
from tui.domain.model.values import (
    FLAGS,
    UNDONE,
    Entry,
    Exercise,
    Kind,
    Measures,
    Prescription,
    Record,
    Session,
    SetEntry,
    Side,
)
from tui.domain.planning.today import item

LIBRARY = shipped_library()
IDS = list(LIBRARY.exercises)
WITH_LOAD = [e.id for e in LIBRARY.exercises.values() if e.kind in (Kind.LOADED, Kind.CARRY)]
WITH_REPS = [e.id for e in LIBRARY.exercises.values() if e.kind in (Kind.LOADED, Kind.BODYWEIGHT)]
WHOLE = ("reps", "holds", "contacts")
PARTS = ("hold_s", "distance_m", "duration_s")


class Deed(Struct, frozen=True, kw_only=True):
    """One exercise on one day, ``gap`` days after the last: ``which`` of the runner's exercises,
    the ``share`` of the prescribed amount done (``right``: on the right side), the share of the
    prescribed ``load`` (``kg`` if none was prescribed), and what was reported. ``told`` is False if
    the log lacks the prescription; ``woke`` is the pain of that morning. Unless she ``follows`` the
    calculator, she does the library's dose."""

    gap: int = 3
    which: int = 0
    follows: bool = True
    share: float = 1.0
    right: float = 1.0
    load: float = 1.0
    kg: float | None = 20.0
    side: Side | None = None
    rir: float | None = 2
    effort: float | None = None
    pain: int | None = None
    flag: str | None = None
    undone: str | None = None
    told: bool = True
    woke: int | None = None


class Case(Struct, frozen=True, kw_only=True):
    """A runner, her log, and a question: what to do of ``exercise`` on ``today``. The log was made
    from ``deeds``."""

    setup: Setup
    log: tuple[Happening, ...]
    exercise: Exercise
    today: date
    deload: bool = False
    deeds: tuple[tuple[str, Deed], ...] = ()

    def __repr__(self) -> str:
        """What is needed to reproduce it, without the whole library."""
        about = replace(self.setup, library=Library())
        rest = f"{self.exercise.id!r}, {self.today}, deload={self.deload}"
        return f"Case({about}, {list(self.deeds)}, {rest})"

    def state(self) -> State:
        """The state folded from the log in order."""
        state = State()
        for happening in self.log:
            state = advance(self.setup, state, happening)
        return state

    def advice(self, state: State | None = None) -> Advice:
        """The answer."""
        known = self.state() if state is None else state
        return prescribe(self.setup, known, self.exercise, self.today, deload=self.deload)

    def rows(self, happening: Happening, exercise: str) -> list[SetEntry]:
        """The sets of an exercise in a session, without those that are empty and not
        prescribed."""
        entries = happening.entries if isinstance(happening, Session) else ()
        mine = [row for entry in entries if entry.exercise == exercise for row in entry.sets]
        kind = LIBRARY.exercises[exercise].kind
        return [r for r in mine if r.undone is not None or amount(kind, plan_of(r)) != 0]

    def last(self, exercise: str) -> list[SetEntry]:
        """The sets done of an exercise on the last day with any."""
        days = self._days(exercise)
        return days[max(days)] if days else []

    def on(self, exercise: str, day: date) -> list[SetEntry]:
        """The sets done of an exercise on a day."""
        return self._days(exercise).get(day, [])

    def _days(self, exercise: str) -> dict[date, list[SetEntry]]:
        days: dict[date, list[SetEntry]] = {}
        for happening in self.log:
            done = [row for row in self.rows(happening, exercise) if row.undone is None]
            if done:
                days.setdefault(happening.day, []).extend(done)
        return days


# -- making logs -----------------------------------------------------------------------------------


def trained(setup: Setup, exercises: Sequence[Exercise], deeds: Sequence[Deed]) -> list[Happening]:
    """The log of a runner with these deeds, in order."""
    state, log = State(), list[Happening]()
    moment = datetime.combine(FIRST_DAY, time(7), UTC)
    for number, deed in enumerate(deeds):
        moment += timedelta(days=deed.gap, minutes=5)
        exercise = exercises[deed.which % len(exercises)]
        made: list[Happening] = [session(setup, state, exercise, deed, moment, number)]
        # A morning comes before all sessions of its day.
        if deed.woke is not None and deed.gap:
            values = {"region": exercise.region, "pain": deed.woke}
            record = Record(
                id=f"m{number}", edited="", type="morning", day=moment.date(), values=values
            )
            made.insert(0, record)
        for happening in made:
            state = advance(setup, state, happening)
        log += made
    return log


def session(
    setup: Setup, state: State, exercise: Exercise, deed: Deed, moment: datetime, number: int
) -> Session:
    """The session in which a deed was done."""
    done, plan = exercise, item(exercise, setup.profile.level(moment.date())).plan
    if deed.follows:
        said = prescribe(setup, state, exercise, moment.date())
        if said.plan.sets:
            done, plan = setup.library.exercises[said.variant], said.plan
    entry = Entry(id="e", edited="", exercise=done.id, sets=tuple(rows(done, plan, deed)))
    return Session(id=f"s{number}", edited="", started=moment, finished=moment, entries=(entry,))


def rows(exercise: Exercise, plan: Prescription, deed: Deed) -> list[SetEntry]:
    """The sets of a deed; any trouble is in the last one."""
    made = []
    for one in plan.sets:
        for goal in one.goals:
            if deed.side not in (None, goal.side) and goal.side is not Side.BOTH:
                continue
            last = one.number == len(plan.sets)
            undone = deed.undone if last else None
            made.append(
                SetEntry(
                    id=f"{one.number}{goal.side}",
                    edited="",
                    number=one.number,
                    side=goal.side,
                    done=Measures() if undone else did(exercise, goal.measures, goal.side, deed),
                    prescribed=goal.measures if deed.told else None,
                    rir=deed.rir,
                    effort=deed.effort,
                    pain=deed.pain if last else None,
                    flags=(deed.flag,) if last and deed.flag else (),
                    undone=undone,
                )
            )
    return made


def did(exercise: Exercise, asked: Measures, side: Side, deed: Deed) -> Measures:
    """What was done in a set."""
    share = deed.share * (deed.right if side is Side.RIGHT else 1.0)
    kilograms = asked.load_kg if asked.load_kg is not None else deed.kg
    found = asked
    if exercise.kind in (Kind.LOADED, Kind.CARRY):
        found = replace(found, load_kg=None if kilograms is None else kilograms * deed.load)
    for name in WHOLE:
        if (value := getattr(asked, name)) is not None:
            found = replace(found, **{name: int(value * share)})
    for name in PARTS:
        if exercise.kind is not Kind.CLUSTER and (value := getattr(asked, name)) is not None:
            found = replace(found, **{name: value * share})
    return found


def swapped(log: Sequence[Happening]) -> tuple[Happening, ...]:
    """The same log with left and right exchanged."""
    return tuple(_swapped(one) if isinstance(one, Session) else one for one in log)


OTHER = {Side.BOTH: Side.BOTH, Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def _swapped(session: Session) -> Session:
    entries = tuple(
        replace(entry, sets=tuple(replace(row, side=OTHER[row.side]) for row in entry.sets))
        for entry in session.entries
    )
    return replace(session, entries=entries)


# -- drawing them ----------------------------------------------------------------------------------


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Mostly the usual value, sometimes another."""
    return st.sampled_from([usual] * (3 * len(others)) + list(others))


deeds = st.builds(
    Deed,
    gap=st.sampled_from([0, 1, 2, 2, 3, 3, 3, 4, 5, 7, 12, 20, 30, 50, 90]),
    which=st.integers(0, 1),
    follows=mostly(True, False),
    share=st.sampled_from([1.0] * 12 + [0.0, 0.5, 0.85, 0.95, 1.3, 3.0]),
    right=mostly(1.0, 0.8, 0.95),
    load=st.sampled_from([1.0] * 12 + [0.0, 0.8, 0.95, 1.1, 2.0]),
    kg=st.sampled_from([None, 0.0, 2.5, 8.0, 20.0, 41.3, 100.0, 999.0]),
    side=mostly(None, Side.LEFT, Side.RIGHT),
    rir=st.sampled_from([None, None, 0, 1, 2, 2, 3, 4, 5]),
    effort=st.sampled_from([None] * 6 + [4, 7, 8, 9, 10]),
    pain=st.sampled_from([None] * 12 + [0, 1, 2, 3, 4, 5, 6, 10]),
    flag=st.sampled_from([None] * 30 + list(FLAGS)),
    undone=st.sampled_from([None] * 16 + list(UNDONE)),
    told=mostly(True, False),
    woke=st.sampled_from([None] * 12 + [0, 1, 2, 3, 5]),
)


@st.composite
def cases(
    draw: st.DrawFn, *, names: Sequence[str] = IDS, least: int = 0, eased: bool = False
) -> Case:
    """Runners, deeds of one or two of the exercises ``names``, and a question about one of them.
    ``eased``: there is a race, an easier week or pain at that time."""
    named = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    calendar, since = draw(calendars), draw(st.sampled_from([1, 2, 3, 3, 4, 5, 7, 12, 20, 30, 90]))
    done = draw(st.lists(deeds, min_size=least, max_size=9))
    deload = draw(mostly(False, True))
    today = FIRST_DAY + timedelta(days=since + sum(deed.gap for deed in done))
    if eased:
        match draw(st.sampled_from(["pain", "pain", "race", "step-down", "deload"])):
            case "pain":
                done[-1] = replace(done[-1], pain=draw(st.integers(3, 10)))
            case "race":
                day = today + timedelta(days=draw(st.integers(0, 14)))
                race = Race(day=day, priority=draw(st.sampled_from(Priority)))
                calendar = replace(calendar, races=(*calendar.races, race))
            case "step-down":
                monday = today - timedelta(days=today.weekday())
                calendar = replace(calendar, step_down=calendar.step_down | {monday})
            case _:
                deload = True
    setup = Setup(
        library=LIBRARY,
        profile=draw(profiles(named)),
        inventory=draw(inventories),
        calendar=calendar,
    )
    chosen = [LIBRARY.exercises[name] for name in named]
    return Case(
        setup=setup,
        log=tuple(trained(setup, chosen, done)),
        exercise=chosen[draw(st.integers(0, len(chosen) - 1))],
        today=today,
        deload=deload,
        deeds=tuple((chosen[deed.which % len(chosen)].id, deed) for deed in done),
    )
