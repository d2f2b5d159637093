"""How a programme was followed: restarts, pauses, its weeks, its parts, the last days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import dated
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State, fold
from tui.domain.calculator.adherence import (
    KEPT_PARTS,
    chosen_on,
    easier_week,
    follow,
    followed_on,
    is_paused,
    lately,
    programme_week,
    weeks_paused,
)
from tui.domain.calculator.advice import Dated, Profile
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
    old = Followed(first=day(0), parts=("lift", "lift"), turns={"lift": 2})
    # While another is followed nothing is lost, and nothing of it counts once it is chosen again.
    assert followed_on(setup, state, SPRING, day(10)) == old
    assert followed_on(setup, state, SPRING, day(14)) is None
    state = follow_on(setup, state, session(16))
    assert state.followed[SPRING] == Followed(first=day(16), parts=("lift",), turns={"lift": 1})
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


def test_a_pause_of_some_days_moves_no_week() -> None:
    setup, followed = runner(paused=[(9, True), (11, False)]), Followed(first=day(1))
    assert [programme_week(setup, followed, day(n)) for n in (6, 7, 13, 14, 20, 21)] == [
        *(1, 2, 2, 3, 3, 4)
    ]


@pytest.mark.parametrize(
    ("first", "on", "week"),
    [(0, 0, 1), (0, 6, 1), (0, 7, 2), (6, 6, 1), (6, 7, 2), (0, 34, 5), (3, 34, 5)],
)
def test_weeks_are_those_of_the_calendar_from_the_first_session(
    first: int, on: int, week: int
) -> None:
    assert programme_week(runner(), Followed(first=day(first)), day(on)) == week


def test_before_the_first_session_it_is_the_first_week() -> None:
    assert programme_week(runner(paused=PAUSES), None, day(60)) == 1


def test_while_it_is_paused_a_programme_stands_in_its_week() -> None:
    setup, followed = runner(paused=[(7, True), (21, False)]), Followed(first=day(1))
    weeks = {n: programme_week(setup, followed, day(n)) for n in range(35)}
    assert {weeks[n] for n in range(7)} == {1}
    assert {weeks[n] for n in range(7, 28)} == {2}
    assert {weeks[n] for n in range(28, 35)} == {3}


@given(dated(st.booleans()), st.integers(0, 60), st.integers(0, 60))
def test_no_week_goes_back_and_none_is_left_out(
    paused: tuple[Dated[bool], ...], start: int, later: int
) -> None:
    setup = Setup(library=LIBRARY, profile=Profile(paused=paused))
    followed = Followed(first=date(2026, 1, 1) + timedelta(days=start))
    on = followed.first + timedelta(days=later)
    week = programme_week(setup, followed, on)
    assert programme_week(setup, followed, on + timedelta(days=1)) - week in (0, 1)
    monday = on - timedelta(days=on.weekday())
    if all(is_paused(setup.profile, monday + timedelta(days=n)) for n in range(7)):
        assert programme_week(setup, followed, monday + timedelta(days=7)) == week
    if not paused:
        monday = followed.first - timedelta(days=followed.first.weekday())
        assert week == (on - monday).days // 7 + 1


# -- easier weeks ----------------------------------------------------------------------------------


def test_blocks_have_an_easier_week_after_each_four() -> None:
    setup = runner()
    state = fold(setup, [session(2, "hypertrophy-a", BLOCKS)])
    easier = [n + 1 for n in range(33) if easier_week(setup, state, BLOCKS, day(7 * n + 3))]
    assert easier == [5, 10, 15, 20, 25, 30]


def test_a_pause_puts_the_easier_week_off() -> None:
    setup = runner(paused=[(7, True), (14, False)])
    state = fold(setup, [session(2, "hypertrophy-a", BLOCKS)])
    assert [n + 1 for n in range(8) if easier_week(setup, state, BLOCKS, day(7 * n))] == [6]


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
            first=day(0), parts=("lift", "lift", "spring"), turns={"lift": 2, "spring": 1}
        ),
        SPEED: Followed(first=day(30), parts=("whole",), turns={"whole": 1}),
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
