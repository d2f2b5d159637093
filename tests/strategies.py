"""Hypothesis strategies shared by several test modules: values of the model, notation, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from itertools import count
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.domain.calculator.advice import Best, Calendar, Dated, Priority, Profile, Race, Taper
from tui.domain.calculator.loads import Inventory, Plate, Weight
from tui.domain.model.ids import sortable
from tui.domain.model.library.parser import EQUIPMENT
from tui.domain.model.notation import Written
from tui.domain.model.values import (
    FLAGS,
    UNDONE,
    Entry,
    Kind,
    Level,
    Measures,
    Record,
    Session,
    SetEntry,
    SetKind,
    Side,
    Sides,
)
from tui.domain.planning.diary import Diary, Opening, Run, RunKind, WeeklyRun
from tui.domain.planning.placement import Done, Wanted
from tui.domain.planning.today import prescription
from tui.domain.session.event_codec import event_from_doc, event_to_doc
from tui.domain.session.events import Event, Start
from tui.domain.session.live import Item


def examples(count: int, **more: int) -> settings:
    """Settings for ``count`` examples per hundred of the profile's (conftest.py): fewer in CI, many
    more under torture."""
    profile = settings.default or settings()
    return settings(max_examples=max(5, count * profile.max_examples // 100), **more)  # type: ignore[arg-type]  # by name


# JSON can carry any text but a lone surrogate.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
# Nested deeper than the interpreter can walk.
deep: list[Any] = []
for _ in range(5000):
    deep = [deep]
# Keys of another program; none of ours begins like this.
extras = st.dictionaries(texts.map("x-{}".format), json_values, max_size=2)

zones = st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
moments = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001  # the zone comes from its own strategy
    datetime(2099, 12, 31),  # noqa: DTZ001
    timezones=zones,
)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values of the strategy, or None."""
    return st.none() | strategy


def thousandths(most: int) -> st.SearchStrategy[float]:
    """Numbers from 0 to ``most`` with up to three decimals, as one can type them."""
    return st.integers(0, most * 1000).map(lambda n: n / 1000)


measures = st.builds(
    Measures,
    load_kg=maybe(st.floats(0, 1000)),
    reps=maybe(st.integers(0, 200)),
    holds=maybe(st.integers(0, 40)),
    hold_s=maybe(st.floats(0, 600)),
    tempo_s=maybe(st.integers(1, 20)),
    pause_s=maybe(st.integers(1, 10)),
    contacts=maybe(st.integers(0, 200)),
    distance_m=maybe(st.floats(0, 400)),
    duration_s=maybe(st.floats(0, 3600)),
)
measures |= st.builds(
    lambda m, help_kg: replace(m, load_kg=None, assist_kg=help_kg),
    measures,
    st.floats(0.5, 100),
)
set_entries = st.builds(
    SetEntry,
    id=names,
    edited=texts,
    number=st.integers(1, 999),
    side=st.sampled_from(Side),
    done=measures,
    kind=st.sampled_from(SetKind),
    prescribed=maybe(measures),
    rir=maybe(st.floats(0, 10)),
    effort=maybe(st.floats(0, 10)),
    pain=maybe(st.integers(0, 10)),
    flags=st.lists(st.sampled_from(FLAGS), unique=True, max_size=3).map(tuple),
    undone=maybe(st.sampled_from(UNDONE)),
    confirmed=st.booleans(),
    note=texts,
    at=texts,
    deleted=st.booleans(),
    extra=extras,
)
entries = st.builds(
    Entry,
    id=names,
    edited=texts,
    # Few exercises, so that sessions share some.
    exercise=st.sampled_from(["back-squat", "lunge", "wall-sit"]) | names,
    sets=st.lists(set_entries, max_size=4).map(tuple),
    superset=maybe(names),
    deleted=st.booleans(),
    extra=extras,
)
sessions = st.builds(
    Session,
    id=names,
    edited=texts,
    started=moments,
    finished=maybe(moments),
    programme=maybe(names),
    part=maybe(names),
    note=texts,
    entries=st.lists(entries, max_size=3).map(tuple),
    deleted=st.booleans(),
    extra=extras,
)
# Sessions as Stridelift writes them, without fields of other programs.
trainings = st.builds(
    Session,
    id=names,
    edited=st.just(""),
    started=moments,
    finished=maybe(moments),
    deleted=st.integers(0, 5).map(lambda n: n == 0),
    entries=st.lists(
        st.builds(
            Entry,
            id=names,
            edited=st.just(""),
            exercise=st.sampled_from(["back-squat", "lunge", "wall-sit"]),
            deleted=st.integers(0, 5).map(lambda n: n == 0),
            sets=st.lists(
                st.builds(
                    SetEntry,
                    id=names,
                    edited=st.just(""),
                    number=st.integers(1, 4),
                    side=st.sampled_from(Side),
                    done=measures,
                    kind=st.sampled_from(SetKind),
                    undone=st.sampled_from([None, None, *UNDONE]),
                    deleted=st.integers(0, 5).map(lambda n: n == 0),
                ),
                max_size=4,
            ).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
)
records = st.builds(
    Record,
    id=names,
    edited=texts,
    type=st.sampled_from(["morning", "metric"]),
    day=st.dates(),
    values=extras,
    deleted=st.booleans(),
)

_halves = st.integers(0, 20).map(lambda n: n / 2)
# The load or the help of a set.
_loads: st.SearchStrategy[dict[str, float]] = (
    st.just({})
    | thousandths(400).map(lambda kg: {"load_kg": kg})
    | st.integers(500, 100_000).map(lambda grams: {"assist_kg": grams / 1000})
)


def _amounts(kind: Kind | None) -> st.SearchStrategy[Measures]:
    """The amount of a set that the notation can express; seconds are a hold if ``kind`` is None,
    else a duration."""
    timed = "hold_s" if kind is None else "duration_s"
    return st.one_of(
        st.builds(Measures, reps=st.integers(0, 500)),
        st.builds(Measures, holds=st.integers(0, 40), hold_s=thousandths(600)),
        thousandths(900).map(lambda seconds: Measures(**{timed: seconds})),  # type: ignore[arg-type]  # both are seconds
        st.builds(Measures, distance_m=thousandths(900)),
        st.builds(Measures, contacts=st.integers(0, 300)),
    )


# Tempo (seconds of lowering) of a set, and its marks: RIR, effort, pain, flags.
_told = st.tuples(
    maybe(thousandths(60)),
    st.fixed_dictionaries(
        {
            "rir": maybe(_halves),
            "effort": maybe(_halves),
            "pain": maybe(st.integers(0, 10)),
            "flags": st.sets(st.sampled_from(FLAGS), max_size=3).map(
                lambda found: tuple(flag for flag in FLAGS if flag in found)
            ),
        }
    ),
)


@st.composite
def lines(draw: st.DrawFn) -> tuple[tuple[Written, ...], Kind | None]:
    """Rows that the notation can express, in its order, and the kind of work to parse them with."""
    kind = draw(st.sampled_from([None, Kind.CARRY]))
    amounts = _amounts(kind)
    rows: list[Written] = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        if draw(st.booleans()) and rows:
            # Repeat the set before, which the notation's short forms are for.
            last = [row for row in rows if row.number == number - 1]
            rows += [replace(row, number=number) for row in last]
            continue
        sides = draw(st.sampled_from([[Side.BOTH], [Side.LEFT, Side.RIGHT], [Side.LEFT]]))
        worked = draw(st.sampled_from(SetKind))
        same, alike = draw(st.booleans()), draw(st.booleans())
        first, load, told = draw(amounts), draw(_loads), draw(_told)
        for side in sides:
            m = first if same else draw(amounts)
            heavy = load if same else draw(_loads)
            tempo, marks = told if alike else draw(_told)
            pause = draw(maybe(thousandths(9)))
            done = replace(m, tempo_s=tempo, pause_s=pause, **heavy)
            rows.append(Written(number=number, side=side, measures=done, kind=worked, **marks))
    return tuple(row for of in SetKind for row in _numbered(rows, of)), kind


def _numbered(rows: list[Written], kind: SetKind) -> list[Written]:
    """The rows of one kind, their sets numbered from 1."""
    mine = [row for row in rows if row.kind is kind]
    places = {number: n for n, number in enumerate(dict.fromkeys(r.number for r in mine), 1)}
    return [replace(row, number=places[row.number]) for row in mine]


START = datetime(2026, 11, 3, 18, 0, tzinfo=timezone(timedelta(hours=1)))


def item(
    exercise: str, kind: Kind, sides: Sides, sets: int, rest_s: int = 60, **how: float
) -> Item:
    """An exercise of a session: equal sets with the measures ``how``."""
    plan = prescription(sets, Measures(**how), sides, rest_s)  # type: ignore[arg-type]  # by name
    feet = 2 if kind is Kind.PLYOMETRIC else None
    return Item(id="0", exercise=exercise, kind=kind, sides=sides, plan=plan, now=plan, feet=feet)


HOLDS = item("wall-lean-hold", Kind.CLUSTER, Sides.ALTERNATING, 3, holds=8, hold_s=5)
SLING = item("glute-sling", Kind.LOADED, Sides.PER_SIDE, 3, reps=25)
TOWEL = item("towel-hamstring-eccentric", Kind.ECCENTRIC, Sides.PER_SIDE, 3, 90, reps=5, tempo_s=10)
CALF = item("seated-calf-raise", Kind.LOADED, Sides.BOTH, 3, reps=25, load_kg=40)
SQUEEZE = item("dead-bug-squeeze", Kind.CLUSTER, Sides.ALTERNATING, 3, holds=8, hold_s=5)
JUMP = item("squat-jump", Kind.PLYOMETRIC, Sides.BOTH, 4, 120, contacts=10)
CARRY = item("single-arm-farmers-march", Kind.CARRY, Sides.PER_SIDE, 2, distance_m=40, load_kg=16)
PLANK = item("side-plank", Kind.HOLD, Sides.PER_SIDE, 2, 30, hold_s=40)
WALL_SIT = item("wall-sit", Kind.HOLD, Sides.BOTH, 2, 45, hold_s=45)
SQUAT = item("back-squat", Kind.LOADED, Sides.BOTH, 3, 150, reps=8, load_kg=60)
# A load that the journal refuses to read back.
TOO_HEAVY = item("deadlift", Kind.LOADED, Sides.BOTH, 3, reps=3, load_kg=110_000)
POOL = (HOLDS, SLING, TOWEL, CALF, SQUEEZE, JUMP, CARRY, PLANK, WALL_SIT, SQUAT)
TRAIL_SPEED = (HOLDS, SLING, TOWEL, CALF, SQUEEZE)


def start(*items: Item) -> Start:
    """The event that begins a session of these exercises, with ids from 1."""
    numbered = tuple(replace(each, id=str(n)) for n, each in enumerate(items, start=1))
    return Start(at=START, id="S", items=numbered, programme="trail-speed", part="whole")


def as_read(made: Iterable[Event]) -> list[Event]:
    """Events as they are read back from the journal on disk."""
    return [event_from_doc(json.loads(json.dumps(event_to_doc(event)))) for event in made]


# -- input of the calculator -----------------------------------------------------------------------

FIRST_DAY = date(2026, 1, 1)
_days = st.integers(0, 90).map(lambda n: FIRST_DAY + timedelta(days=n))
_units = st.sampled_from(["kg", "kg", "kg", "lb"])
_kilograms = st.sampled_from([1.0, 2.5, 5.0, 7.5, 8.0, 10.0, 12.0, 16.0, 20.0, 24.0, 32.0, 45.0])
_weights = st.lists(st.builds(Weight, _kilograms, _units), max_size=6).map(tuple)
_plates = st.lists(
    st.builds(
        Plate,
        st.sampled_from([0.5, 1.25, 2.5, 5.0, 10.0, 20.0, 45.0]),
        _units,
        st.sampled_from([1, 2, 2, 4, 8]),
    ),
    max_size=5,
).map(tuple)

inventories = st.builds(
    Inventory,
    bar=st.sampled_from([Weight(20.0), Weight(15.0), Weight(45.0, "lb")]),
    plates=maybe(_plates),
    dumbbells=maybe(_weights),
    kettlebells=maybe(_weights),
    bands=maybe(_weights),
    equipment=st.sampled_from([None, None, frozenset(EQUIPMENT), frozenset()])
    | st.frozensets(st.sampled_from(sorted(EQUIPMENT))),
)
calendars = st.builds(
    Calendar,
    races=st.lists(
        st.builds(Race, day=_days, name=st.just("the race"), priority=st.sampled_from(Priority)),
        max_size=2,
    ).map(tuple),
    step_down=st.frozensets(_days.map(lambda day: day - timedelta(days=day.weekday())), max_size=2),
)


def dated(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Dated[Any], ...]]:
    """A setting with up to two values, each valid from a day on."""
    found = st.lists(st.builds(Dated, _days, values), max_size=2)
    return found.map(lambda all_: tuple(sorted(all_, key=lambda one: one.since)))


def profiles(exercises: list[str]) -> st.SearchStrategy[Profile]:
    """Runners, some of whom state a maximum for some of the ``exercises``."""
    stated = st.builds(
        Best, st.sampled_from([30.0, 60.0, 100.0, 180.0]), st.sampled_from([1, 1, 5])
    )
    return st.builds(
        Profile,
        levels=dated(st.sampled_from(Level)),
        maxes=st.dictionaries(st.sampled_from(exercises), dated(stated).filter(bool), max_size=2),
        extra_set=dated(st.booleans()),
        pain_baseline=st.sampled_from([0, 0, 1, 2]),
        taper=st.sampled_from(Taper),
        c_race_week=st.booleans(),
    )


# -- the season ------------------------------------------------------------------------------------

WEEK = date(2026, 1, 5)  # the Monday of the week to plan
_clocks = st.sampled_from([time(0), time(6), time(7), time(7, 30), time(12), time(13), time(18)])
_some_clocks = maybe(_clocks | st.sampled_from([time(20, 30), time(23, 30)]))
_kinds = st.sampled_from(RunKind)


def days_around(first: int, last: int) -> st.SearchStrategy[date]:
    """Days from ``first`` to ``last``, both included, counted from the Monday of the week."""
    return st.integers(first, last).map(lambda n: WEEK + timedelta(days=n))


runs = st.builds(
    Run,
    id=st.just(""),
    day=days_around(-2, 8),
    kind=_kinds,
    start=_some_clocks,
    duration_s=maybe(st.sampled_from([600.0, 1800.0, 3600.0, 5 * 3600.0, 14 * 3600.0])),
)
diaries = st.builds(
    Diary,
    runs=st.lists(runs, max_size=5).map(tuple),
    weekly=st.lists(st.builds(WeeklyRun, st.integers(0, 6), _kinds, _some_clocks), max_size=4).map(
        tuple
    ),
    openings=st.lists(st.builds(Opening, st.integers(0, 6), maybe(_clocks)), max_size=6).map(tuple),
)
wishes = st.builds(
    Wanted,
    part=st.sampled_from("ab"),
    name=st.just("the session"),
    **{name: st.booleans() for name in ("legs", "leg_work", "high")},
) | st.builds(
    Wanted,
    part=st.sampled_from("cd"),
    name=st.just("the snack"),
    leg_work=st.booleans(),
    snack=st.just(True),
)


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, Any]:
    """Keyword arguments for ``plan_week``; sessions done are before today."""
    today = draw(maybe(days_around(-2, 8)))
    newest = WEEK - timedelta(days=1) if today is None else today
    races = st.builds(
        Race, day=days_around(-9, 15), name=st.just("it"), priority=st.sampled_from(Priority)
    )
    past = st.builds(
        Done,
        day=st.integers(0, 9).map(lambda n: newest - timedelta(days=n)),
        start=maybe(_clocks),
        legs=st.booleans(),
        snack=st.just(False),
    )
    return {
        "monday": WEEK,
        "wanted": draw(st.lists(wishes, max_size=5)),
        "diary": draw(diaries),
        "calendar": Calendar(races=tuple(draw(st.lists(races, max_size=2)))),
        "done": draw(st.lists(past, max_size=3)),
        "today": today,
        "gap_days": draw(st.sampled_from([None, (1, 2), (2, 3), (2, 4)])),
        "c_race_week": draw(st.booleans()),
    }


_ids = count(1)


def new_id() -> str:
    """An id that no other call gives; they sort in the order of the calls."""
    return sortable(1_000, next(_ids))
