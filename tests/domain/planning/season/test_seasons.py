"""Whole seasons of each programme: compared with golden texts, and rules that hold for all.

The texts in ``golden`` were read line by line against docs/training.md. After an intended change,
``python -m tests.domain.planning.season.simulate`` rewrites them: read the diff.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest
from msgspec.structs import replace

from tests.domain.planning.season.simulate import (
    A_RACE,
    B_RACE,
    DIARY,
    GOLDEN,
    LIBRARY,
    Lived,
    Trained,
    at_level,
    season,
    text,
)
from tui.domain.calculator.guards import JUMPS_LEFT
from tui.domain.calculator.jumps import BANDS
from tui.domain.model.values import Kind, Level
from tui.domain.planning.calendar_queries import is_hard, runs_on
from tui.domain.planning.diary import Diary, Opening, RunKind, WeeklyRun
from tui.domain.planning.week_rules import apart

PROGRAMMES = sorted(LIBRARY.programmes)
LEVELS = list(Level)
DIARIES = {
    "usual": DIARY,
    "none": Diary(),
    "evenings": Diary(
        weekly=(
            WeeklyRun(1, RunKind.SPEED, time(18, 30)),
            WeeklyRun(3, RunKind.HILLS, time(19)),
            WeeklyRun(6, RunKind.LONG),
        ),
    ),
    "two openings": replace(DIARY, openings=(Opening(1, time(18)), Opening(4))),
}
# The reason codes that lower the jumps of a session.
EASED = ("STEP_DOWN", "DELOAD", "TAPER", "AFTER_RACE", "LAYOFF")


@cache
def lived(programme: str, level: Level, diary: str) -> list[Lived]:
    return season(programme, at_level(level), DIARIES[diary])


def every(weeks: list[Lived]) -> Iterator[Trained]:
    for week in weeks:
        yield from week.trained


# Each programme at every level in the usual weeks, and in every other kind of week at one level.
# Each kind of week is lived at all levels, by some programme or other.
SEASONS = [(p, level, "usual") for p in PROGRAMMES for level in LEVELS] + [
    (p, LEVELS[(at + number) % len(LEVELS)], diary)
    for at, p in enumerate(PROGRAMMES)
    for number, diary in enumerate(one for one in DIARIES if one != "usual")
]
seasons = pytest.mark.parametrize(("programme", "level", "diary"), SEASONS)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_season_reads_as_it_did(programme: str, level: Level) -> None:
    golden = (GOLDEN / f"{programme}-{level.value}.txt").read_text("utf-8")
    assert text(lived(programme, level, "usual")) == golden


@seasons
def test_the_legs_have_two_days_between_sessions(programme: str, level: Level, diary: str) -> None:
    hard = [
        (one.placed.day, one.placed.start)
        for one in every(lived(programme, level, diary))
        if any(
            LIBRARY.exercises[entry.exercise].leg_load >= 2
            for entry in one.session.entries
            if any(row.kind.value == "work" for row in entry.sets)
        )
    ]
    # Short sessions, and beginners' lowerings on both legs, are not hard on them.
    if programme not in ("daily-bodyweight", "trail-speed"):
        assert len(hard) >= 15
    for before, after in pairwise(hard):
        assert apart(before, after), (before, after)


@seasons
def test_nothing_is_lifted_before_a_hard_run(programme: str, level: Level, diary: str) -> None:
    for one in every(lived(programme, level, diary)):
        for run in runs_on(DIARIES[diary], one.placed.day):
            begin = one.placed.start or one.placed.not_before
            if not is_hard(run) or run.start is None:
                continue
            assert begin is not None
            assert begin > run.start


@seasons
def test_race_week_has_no_work(programme: str, level: Level, diary: str) -> None:
    for one in every(lived(programme, level, diary)):
        for race in (A_RACE, B_RACE):
            assert not 0 <= (race.day - one.placed.day).days <= 7, one.placed.day


@seasons
def test_the_days_after_a_race_have_one_light_session(
    programme: str, level: Level, diary: str
) -> None:
    for race in (A_RACE, B_RACE):
        after = [
            one
            for one in every(lived(programme, level, diary))
            if 0 < (one.placed.day - race.day).days <= 5 and not one.placed.wanted.snack
        ]
        assert len(after) <= 1
        assert all(one.placed.light for one in after)
        assert all((one.placed.day - race.day).days > 2 for one in after)


def contacts(one: Trained) -> tuple[int, bool]:
    """The foot contacts of a session, warm-ups not counted, and whether something eased them."""
    total, eased = 0, False
    for item in one.plan.items:
        said = one.plan.advice.get(item.id)
        if said is None or item.kind is not Kind.PLYOMETRIC:
            continue
        total += sum(g.measures.contacts or 0 for s in item.plan.sets for g in s.goals)
        eased = eased or any(r.code.startswith(EASED) for r in said.reasons)
    return total, eased


@seasons
def test_jumps_stay_in_the_band_of_the_level(programme: str, level: Level, diary: str) -> None:
    """A session is smaller where a jump is new or comes back, as each goes by its own history. The
    few jumps of Blocks, beside the lifts, are a part of the band."""
    floor, top = BANDS[level]
    full = 0
    for one in every(lived(programme, level, diary)):
        total, eased = contacts(one)
        assert total <= top, (one.placed.day, total)
        if programme == "blocks":
            assert total < top / 2  # A few jumps beside the lifting.
        elif total and not eased:
            full += total >= floor
            # After a layoff at the floor, what is left of it is done twice.
            assert total >= JUMPS_LEFT * floor, (one.placed.day, total)
    if programme in ("lift-and-spring", "gym-and-snacks"):
        assert full >= 3


@seasons
def test_high_jumps_stay_away_from_hard_runs(programme: str, level: Level, diary: str) -> None:
    for one in every(lived(programme, level, diary)):
        tiers = {LIBRARY.exercises[item.exercise].jump_tier for item in one.plan.items}
        if "high" not in tiers:
            continue
        begin = datetime.combine(
            one.placed.day, one.placed.start or one.placed.not_before or time(23, 59)
        )
        for run in runs_on(DIARIES[diary], one.placed.day + timedelta(days=1)):
            if is_hard(run) and run.start is not None:
                assert datetime.combine(run.day, run.start) - begin >= timedelta(days=1)
            else:
                assert not is_hard(run)


@seasons
def test_a_taper_and_an_easier_week_add_nothing(programme: str, level: Level, diary: str) -> None:
    for one in every(lived(programme, level, diary)):
        for said in one.plan.advice.values():
            codes = [reason.code for reason in said.reasons]
            if any(code.startswith(("TAPER", "STEP_DOWN", "DELOAD")) for code in codes):
                assert said.action.value not in ("INCREASE", "VARIANT_UP"), (one.placed.day, said)


@seasons
def test_no_week_doubles_up(programme: str, level: Level, diary: str) -> None:
    for week in lived(programme, level, diary):
        days: list[date] = [one.placed.day for one in week.trained if not one.placed.wanted.snack]
        assert len(days) == len(set(days))
        assert len(days) <= len(week.week.phase.parts)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_weeks_after_an_illness_go_on_lighter(programme: str) -> None:
    weeks = lived(programme, Level.INTERMEDIATE, "usual")
    back = next(week for week in weeks[16:] if week.trained)
    codes = {r.code for one in back.trained for a in one.plan.advice.values() for r in a.reasons}
    assert any(code.startswith("LAYOFF") for code in codes)
