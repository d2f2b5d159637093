"""How a programme was followed: restarts, pauses, its weeks, its parts, the last days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import dated
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State, advance, fold
from tui.domain.calculator.adherence import (
    KEPT_PARTS,
    chosen_on,
    easier_week,
    follow,
    followed_on,
    is_paused,
    lately,
    part_of,
    phase_on,
    programme_week,
    week_marks,
    weeks_paused,
)
from tui.domain.calculator.advice import Calendar, Dated, Priority, Profile, Race
from tui.domain.calculator.state import Followed, RecentSession
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side

LIBRARY = shipped_library()
MONDAY = date(2026, 11, 2)
BLOCKS, SPRING, SPEED = "blocks", "lift-and-spring", "trail-speed"


def day(number: int) -> date:
    """The day this many days after the first Monday."""
    return MONDAY + timedelta(days=number)


def runner(
    chosen: list[tuple[int, str]] | None = None,
    paused: list[tuple[int, bool]] | None = None,
    **more: Any,
) -> Setup:
    """A runner who chose programmes, and paused or resumed, on these days."""
    profile = Profile(
        programmes=tuple(Dated(day(n), name) for n, name in chosen or []),
        paused=tuple(Dated(day(n), on) for n, on in paused or []),
        **more,
    )
    return Setup(library=LIBRARY, profile=profile)


def session(
    number: int,
    part: str | None = "lift",
    programme: str | None = SPRING,
    *,
    exercise: str = "back-squat",
    undone: str | None = None,
) -> Session:
    done = SetEntry(
        id="s", edited="", number=1, side=Side.BOTH, done=Measures(reps=5), undone=undone
    )
    return Session(
        id=f"{number}{part}",
        edited="",
        started=datetime.combine(day(number), time(18, 5, 31), UTC),
        programme=programme,
        part=part,
        entries=(Entry(id="e", edited="", exercise=exercise, sets=(done,)),),
    )


# -- chosen again ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "programme", "on", "since"),
    [
        ([], SPRING, 50, None),
        ([(0, SPRING)], SPRING, 50, None),
        ([(0, SPRING), (9, BLOCKS)], BLOCKS, 50, 9),
        ([(0, SPRING), (9, BLOCKS)], BLOCKS, 9, 9),
        # Not yet chosen, and not followed any more.
        ([(0, SPRING), (9, BLOCKS)], BLOCKS, 8, None),
        ([(0, SPRING), (9, BLOCKS)], SPRING, 50, None),
        ([(0, SPRING), (9, BLOCKS)], SPRING, 8, None),
        ([(0, SPRING), (9, BLOCKS), (20, SPRING)], SPRING, 50, 20),
        # Choosing the same one again does not restart it.
        ([(0, SPRING), (9, SPRING)], SPRING, 50, None),
        ([(0, SPRING), (9, BLOCKS), (20, BLOCKS)], BLOCKS, 50, 9),
    ],
)
def test_when_a_programme_was_taken_up_in_place_of_another(
    chosen: list[tuple[int, str]], programme: str, on: int, since: int | None
) -> None:
    found = chosen_on(runner(chosen).profile, programme, day(on))
    assert found == (None if since is None else day(since))


@given(dated(st.sampled_from([SPRING, BLOCKS])), st.integers(0, 100))
def test_what_is_chosen_later_changes_nothing_before_it(
    chosen: tuple[Dated[str], ...], on: int
) -> None:
    when = date(2026, 1, 1) + timedelta(days=on)
    known = tuple(one for one in chosen if one.since <= when)
    for name in (SPRING, BLOCKS):
        every, then = Profile(programmes=chosen), Profile(programmes=known)
        assert chosen_on(every, name, when) == chosen_on(then, name, when)


def test_a_programme_chosen_anew_begins_with_its_next_session() -> None:
    setup = runner([(0, SPRING), (7, BLOCKS), (14, SPRING)])
    state = fold(setup, [session(0), session(4)])
    old = Followed(
        first=day(0),
        last=day(4),
        parts=("lift", "lift"),
        turns={"lift": 2},
        trained=((day(4), 1),),
    )
    # While another is followed nothing is lost, and nothing of it counts once it is chosen again.
    assert followed_on(setup, state, SPRING, day(10)) == old
    assert followed_on(setup, state, SPRING, day(14)) is None
    state = follow_on(setup, state, session(16))
    assert state.followed[SPRING] == Followed(
        first=day(16),
        last=day(16),
        parts=("lift",),
        turns={"lift": 1},
        trained=((day(16), 1),),
    )
    assert followed_on(setup, state, BLOCKS, day(16)) is None


def test_a_session_on_the_day_of_the_choice_counts() -> None:
    setup = runner([(0, SPRING), (7, BLOCKS)])
    state = fold(setup, [session(7, "hypertrophy-a", BLOCKS)])
    followed = followed_on(setup, state, BLOCKS, day(8))
    assert followed is not None and followed.first == day(7)


def follow_on(setup: Setup, state: State, done: Session) -> State:
    return replace(state, followed=follow(setup, state, done))


# -- pauses and weeks ------------------------------------------------------------------------------

PAUSES = [(7, True), (14, False), (30, True), (33, False)]


@pytest.mark.parametrize(
    ("on", "paused"),
    [(6, False), (7, True), (13, True), (14, False), (29, False), (32, True), (33, False)],
)
def test_a_pause_lasts_from_its_day_to_the_day_before_its_end(on: int, paused: bool) -> None:
    assert is_paused(runner(paused=PAUSES).profile, day(on)) is paused
    assert not is_paused(runner().profile, day(on))


@given(dated(st.booleans()), st.integers(-5, 95), st.integers(0, 40))
def test_a_week_is_paused_where_most_of_its_days_are(
    paused: tuple[Dated[bool], ...], start: int, length: int
) -> None:
    profile = Profile(paused=paused)
    first = date(2026, 1, 1) + timedelta(days=start)
    on = first + timedelta(days=length)
    counted: dict[date, int] = {}
    week = first - timedelta(days=first.weekday())
    while week < on - timedelta(days=on.weekday()):
        counted[week] = sum(is_paused(profile, week + timedelta(days=n)) for n in range(7))
        week += timedelta(days=7)
    assert weeks_paused(profile, first, on) == sum(days >= 4 for days in counted.values())


def trained(*days: int, setup: Setup | None = None) -> Followed | None:
    """The progress after a lift on each of these days."""
    setup = setup or runner()
    return fold(setup, [session(n) for n in days]).followed.get(SPRING)


@pytest.mark.parametrize(
    ("days", "on", "week"),
    [
        ([], 60, 1),
        ([0], 0, 1),
        ([0], 6, 1),
        ([0], 7, 2),
        ([6], 7, 2),
        # Two in a week make one week, and a week without a session makes none.
        ([0, 3], 7, 2),
        ([0, 3], 14, 2),
        ([0, 14], 14, 2),
        ([0, 14], 21, 3),
        ([0, 7, 14, 21], 28, 5),
        # Of a day before, the week is what it was then.
        ([0, 7, 14, 21], 10, 2),
        ([7, 14], 3, 1),
    ],
)
def test_programme_weeks_are_weeks_trained(days: list[int], on: int, week: int) -> None:
    assert programme_week(runner(), trained(*days), day(on)) == week


@pytest.mark.parametrize(
    ("away", "week"),
    [(17, 6), (18, 5), (27, 5), (28, 4), (41, 4), (42, 3), (70, 1), (400, 1)],
)
def test_after_eighteen_days_it_goes_back_a_week_for_each_fortnight(away: int, week: int) -> None:
    setup, weeks = runner(), [0, 7, 14, 21, 28]
    assert programme_week(setup, trained(*weeks), day(28 + away)) == week
    # From there it goes on, a week for a week.
    back = [28 + away, 28 + away + 7]
    assert programme_week(setup, trained(*weeks, *back), day(28 + away + 7)) == week + 1


def test_two_lifts_and_a_month_of_illness_are_no_fifth_week() -> None:
    setup = runner()
    state = fold(setup, [session(0), session(3)])
    programme = LIBRARY.programmes[SPRING]
    week, phase = phase_on(setup, programme, state.followed[SPRING], 2, day(35))
    assert (week, phase.name) == (1, "lifting")


def test_rest_for_a_race_is_no_time_away() -> None:
    race = Race(day=day(28 + 15), name="Ridge", priority=Priority.A)
    setup = replace(runner(), calendar=Calendar(races=(race,)))
    assert programme_week(setup, trained(0, 7, 14, 21, 28, setup=setup), day(28 + 20)) == 6


@pytest.mark.parametrize(
    ("weeks", "strength", "name"),
    [(3, 9, "lifting"), (4, 5, "lifting"), (4, 6, "lifting and jumps"), (9, 5, "lifting")],
)
def test_jumps_want_four_weeks_and_six_sessions(weeks: int, strength: int, name: str) -> None:
    setup, programme = runner(), LIBRARY.programmes[SPRING]
    followed = trained(*(7 * n for n in range(weeks)))
    week, phase = phase_on(setup, programme, followed, strength, day(7 * weeks))
    assert (week, phase.name) == (weeks + 1, name)
    waits = [mark.code for mark in week_marks(setup, programme, followed, strength, day(7 * weeks))]
    assert waits == (["PHASE_WAITS"] if weeks >= 4 and strength < 6 else [])


def test_that_it_went_back_is_told_until_it_goes_on() -> None:
    setup, programme = runner(), LIBRARY.programmes[SPRING]
    [back] = week_marks(setup, programme, trained(0, 7), 9, day(27))
    assert (back.code, back.facts) == ("WEEKS_BACK", {"days": 20, "week": 2})
    assert not week_marks(setup, programme, trained(0, 7), 9, day(20))
    assert not week_marks(setup, programme, trained(0, 7, 27), 9, day(27))


def test_snacks_alone_make_no_week_but_of_snacks_alone_they_do() -> None:
    snacks = [session(7 * n, "hip-snack", "gym-and-snacks", exercise="clamshell") for n in range(4)]
    found = fold(runner(), snacks).followed["gym-and-snacks"]
    assert found.trained == () and found.turns == {"hip-snack": 4}
    assert programme_week(runner(), found, day(28)) == 1
    daily = [
        session(7 * n, "hip-series", "daily-bodyweight", exercise="clamshell") for n in range(4)
    ]
    found = fold(runner(), daily).followed["daily-bodyweight"]
    assert programme_week(runner(), found, day(28)) == 5


@given(st.lists(st.integers(0, 200), min_size=1, max_size=30), st.integers(0, 40))
def test_a_week_trained_counts_one_and_nothing_else_does(days: list[int], later: int) -> None:
    setup, on = runner(), max(days) + later
    followed = trained(*days)
    assert followed is not None
    week = programme_week(setup, followed, day(on))
    weeks = {n // 7 for n in days}
    assert 1 <= week <= len(weeks | {on // 7})
    # A session takes place in the week that was told before it.
    after = programme_week(setup, trained(*days, on), day(on))
    assert after == week
    gaps = [after - before for before, after in pairwise([*sorted(days), on])]
    if all(gap < 18 for gap in gaps):
        assert week == len(weeks | {on // 7})


# -- easier weeks ----------------------------------------------------------------------------------


def test_blocks_have_an_easier_week_after_each_four_trained() -> None:
    setup, easier = runner(), []
    state = State()
    for week in range(33):
        # The third week is missed.
        if week != 2:
            state = advance(setup, state, session(7 * week + 2, "hypertrophy-a", BLOCKS))
        if easier_week(setup, state, BLOCKS, day(7 * week + 3)):
            easier.append(week + 1)
    assert easier == [6, 11, 16, 21, 26, 31]


@pytest.mark.parametrize("name", [None, "gone", SPRING, SPEED])
def test_what_plans_no_easier_week_has_none(name: str | None) -> None:
    setup = runner()
    state = fold(setup, [session(2, "hypertrophy-a", BLOCKS), session(3)])
    assert not any(easier_week(setup, state, name, day(7 * n)) for n in range(20))


def test_before_the_first_session_no_week_is_easier() -> None:
    assert not any(easier_week(runner(), State(), BLOCKS, day(7 * n)) for n in range(16))


# -- sessions --------------------------------------------------------------------------------------


def test_sessions_count_for_their_programme_and_part() -> None:
    log = [session(0), session(4), session(28, "spring"), session(30, "whole", SPEED)]
    assert fold(runner(), log).followed == {
        SPRING: Followed(
            first=day(0),
            last=day(28),
            parts=("lift", "lift", "spring"),
            turns={"lift": 2, "spring": 1},
            # After 24 days it goes back a week, to the first.
            trained=((day(4), 1), (day(28), 1)),
        ),
        SPEED: Followed(
            first=day(30),
            last=day(30),
            parts=("whole",),
            turns={"whole": 1},
            trained=((day(30), 1),),
        ),
    }


@pytest.mark.parametrize(
    "other",
    [
        session(1, programme=None),
        session(1, undone="time"),
        replace(session(1), entries=()),
        # A part that the programme does not have.
        session(1, "whole"),
    ],
)
def test_what_is_no_session_of_the_programme_counts_for_none(other: Session) -> None:
    setup = runner()
    before = fold(setup, [session(0)])
    assert follow(setup, before, other) == before.followed
    assert follow(setup, State(), other) == {}


def unnamed(number: int, *exercises: str) -> Session:
    """A session logged by command: it names no programme."""
    made = session(number, part=None, programme=None)
    entry = made.entries[0]
    entries = (replace(entry, id=name, exercise=name) for name in exercises)
    return replace(made, entries=tuple(entries))


def test_what_stands_in_for_an_exercise_fills_its_place() -> None:
    speed = runner([(0, SPEED)])
    done = ["wall-lean-hold", "glute-sling", "two-leg-towel-hamstring-eccentric"]
    whole = unnamed(1, *done, "seated-calf-raise", "dead-bug-squeeze")
    assert part_of(speed, State(), whole) == (SPEED, "whole")


def test_a_snack_that_its_minutes_cut_short_counts() -> None:
    daily = runner([(0, "daily-bodyweight")])
    assert part_of(daily, State(), unnamed(1, "step-down-heel-tap")) == (
        "daily-bodyweight",
        "step-down",
    )
    mixed = unnamed(1, "step-down-heel-tap", "back-squat", "deadlift")
    assert part_of(daily, State(), mixed)[0] is None


def test_only_the_last_parts_are_kept_and_every_turn_is_counted() -> None:
    setup, state, many = runner(), State(), KEPT_PARTS + 5
    for number in range(many):
        state = follow_on(setup, state, session(number))
    found = state.followed[SPRING]
    assert (len(found.parts), found.turns, found.first) == (KEPT_PARTS, {"lift": many}, day(0))


def test_the_sessions_of_a_fortnight_are_kept_with_day_and_time() -> None:
    state = fold(runner(), [session(0), session(1), session(14)])
    assert [one.day for one in state.lately] == [day(1), day(14)]
    assert state.lately[-1] == RecentSession(day(14), time(18, 5), SPRING, "lift", True, False)


@pytest.mark.parametrize(
    ("done", "legs", "snack"),
    [
        (session(1), True, False),
        (session(1, "hip-series", "daily-bodyweight", exercise="clamshell"), False, True),
        (session(1, "snack", "snack", exercise="clamshell"), False, True),
        # Hard on the legs after all, whatever it was meant to be.
        (session(1, "hip-series", "daily-bodyweight", exercise="back-squat"), True, False),
        (session(1, "snack", "snack", exercise="back-squat"), True, False),
        (session(1, None, None, exercise="push-up"), False, False),
    ],
)
def test_what_was_done_is_a_snack_or_hard_on_the_legs(
    done: Session, legs: bool, snack: bool
) -> None:
    [found] = fold(runner(), [done]).lately
    assert (found.legs, found.snack) == (legs, snack)
    assert lately(runner(), State(), done, legs=legs) == (found,)
