from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.review.review_logs import GONE, ROPE, SPLIT, SQUAT, TODAY, lines, sessions
from tests.strategies import examples
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State
from tui.domain.calculator.adherence import is_paused
from tui.domain.calculator.advice import Calendar, Dated, Priority, Profile, Race
from tui.domain.calculator.state import Followed
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side
from tui.domain.planning.diary import Away, Diary
from tui.domain.review.context import ReviewContext
from tui.domain.review.weeks import overview
from tui.domain.review.year import Year, first_day, year
from tui.present.overview import overview_doc

LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
THIS = date(2027, 1, 4)  # the Monday of TODAY
FIRST = date(2026, 1, 5)
A_SET = SetEntry(id="s", edited="", number=1, side=Side.BOTH, done=Measures(load_kg=60, reps=5))


def seen(log: list[Session], setup: Setup = SETUP, today: date = TODAY) -> Year:
    return year(ReviewContext(sessions=log, records=(), setup=setup, state=State(), today=today))


def at(moment: str, exercise: str = SQUAT, **how: Any) -> Session:
    entry = Entry(id="e", edited="", exercise=exercise, sets=(replace(A_SET, **how),))
    return Session(id=moment, edited="", started=datetime.fromisoformat(moment), entries=(entry,))


def on(*days: date) -> list[Session]:
    return [at(f"{day}T18:00+01:00") for day in days]


def weeks(*ago: int) -> list[Session]:
    """A session on the Monday of each of these weeks, counted back from the week of TODAY."""
    return on(*(THIS - timedelta(weeks=n) for n in ago))


def with_races(*races: Race, **profile: Any) -> Setup:
    return replace(SETUP, calendar=Calendar(races=races), profile=Profile(**profile))


# -- against a slow count --------------------------------------------------------------------------


@given(st.lists(sessions(oldest=400), max_size=14))
@examples(80)
def test_days_agree_with_a_slow_count(log: list[Session]) -> None:
    found = seen(log)
    by_day: dict[date, set[Any]] = defaultdict(set)
    legs, begun = set(), {TODAY}
    for line in lines(log):
        begun.add(line["day"])
        if line["day"] >= FIRST:
            by_day[line["day"]].add((line["session"], line["entry"], line["number"]))
            legs |= {line["day"]} if line["exercise"] in (SQUAT, SPLIT) else set()
    assert dict(found.sets) == {day: len(sets) for day, sets in by_day.items()}
    assert list(found.sets) == sorted(found.sets)
    assert found.legs == legs
    since = {day.isocalendar()[:2] for day in days_from(max(min(begun), FIRST))}
    assert found.known == len(since)
    assert found.trained == len({day.isocalendar()[:2] for day in by_day})
    json.dumps(overview_doc(overview(look_of(log))))


def look_of(log: list[Session]) -> ReviewContext:
    return ReviewContext(sessions=log, records=(), setup=SETUP, state=State(), today=TODAY)


def days_from(first: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((TODAY - first).days + 1)]


moments = st.integers(-10, 380).map(lambda ago: TODAY - timedelta(days=ago))
setups = st.builds(
    lambda races, paused, c_week: Setup(
        library=LIBRARY,
        calendar=Calendar(races=tuple(races)),
        profile=Profile(
            paused=tuple(Dated(day, value=n % 2 == 0) for n, day in enumerate(sorted(paused))),
            c_race_week=c_week,
        ),
    ),
    st.lists(st.builds(Race, day=moments, priority=st.sampled_from(Priority)), max_size=4),
    st.sets(moments, max_size=6),
    st.booleans(),
)


def sign(week: date, trained: set[date], setup: Setup) -> str:
    """``x`` for a week trained, ``o`` for one that asked for nothing or is not over; else ``.``."""
    days = [week + timedelta(days=n) for n in range(7)]
    if trained & set(days):
        return "x"
    c_rest = 7 if setup.profile.c_race_week else 3
    resting, after, taper = set(), set(), set()
    for race in setup.calendar.races:
        rest = c_rest if race.priority is Priority.C else 7
        resting |= {race.day - timedelta(days=n) for n in range(rest + 1)}
        after |= {race.day + timedelta(days=n) for n in range(1, 8)}
        if race.priority is not Priority.C:
            taper |= {race.day - timedelta(days=n) for n in range(15)}
    kinds = [
        "rest"
        if day in resting
        else "taper"
        if day in taper
        else "after"
        if day in after
        else "usual"
        for day in days
    ]
    most = max(map(kinds.count, kinds))
    # Of as many days of each, what comes first in the week.
    kind = next(one for one in kinds if kinds.count(one) == most)
    race_in_it = any(race.day in days for race in setup.calendar.races)
    off = sum(is_paused(setup.profile, day) for day in days) >= 4
    return "o" if race_in_it or kind in ("rest", "after") or off or week == THIS else "."


@given(st.sets(st.integers(0, 370), max_size=30), st.integers(0, 52), setups)
@examples(300)
def test_rows_of_weeks_agree_with_a_pattern(ago: set[int], run: int, setup: Setup) -> None:
    days = {TODAY - timedelta(days=n) for n in ago}
    days |= {TODAY - timedelta(weeks=n) for n in range(3, run)}
    found = seen(on(*days), setup)
    signs = "".join(sign(FIRST + timedelta(weeks=n), days, setup) for n in range(53))
    asked = signs.replace("o", "")
    assert found.streak == len(re.search("x*$", asked)[0])  # type: ignore[index]  # always found
    assert found.longest == max(map(len, asked.split(".")))
    assert found.streak <= found.longest <= found.trained <= found.known <= 53


# -- the days --------------------------------------------------------------------------------------


def test_the_year_is_53_weeks_up_to_that_of_today() -> None:
    assert first_day(TODAY) == FIRST
    assert first_day(date(2027, 1, 10)) == FIRST
    assert first_day(date(2027, 1, 11)) == date(2026, 1, 12)
    found = seen(on(FIRST, FIRST - timedelta(days=1), TODAY, TODAY + timedelta(days=1)))
    assert (found.first, found.today) == (FIRST, TODAY)
    assert list(found.sets) == [FIRST, TODAY]
    assert (found.known, found.trained) == (53, 2)


def test_a_day_is_where_the_runner_was() -> None:
    # The first of these began later, on a Sunday west of the date line; the other is on Monday.
    west, east = at("2026-12-27T23:59-11:00"), at("2026-12-28T00:01+13:00")
    assert west.started > east.started
    found = seen([east, west])
    assert list(found.sets) == [date(2026, 12, 27), date(2026, 12, 28)]
    assert (found.trained, found.streak) == (2, 2)


def test_the_hour_that_the_clocks_give_twice_is_on_one_day() -> None:
    twice = [at("2026-10-25T02:30+02:00"), at("2026-10-25T02:30+01:00")]
    assert dict(seen(twice).sets) == {date(2026, 10, 25): 2}


def test_what_is_no_work_is_no_day_trained() -> None:
    none = [
        at("2026-12-29T18:00+01:00", kind=SetKind.WARMUP),
        at("2026-12-29T18:01+01:00", undone="time"),
        at("2026-12-29T18:02+01:00", deleted=True),
        at("2026-12-29T18:03+01:00").tombstone(""),
    ]
    found = seen(none)
    assert (dict(found.sets), found.trained, found.known, found.longest) == ({}, 0, 1, 0)
    # Nor is it where the log begins.
    older = [replace(one, started=one.started - timedelta(days=500)) for one in none]
    assert seen([*older, *weeks(1)]).known == 2


def test_only_what_is_hard_on_the_legs_marks_a_day_so() -> None:
    log = [
        at("2026-12-29T18:00+01:00", ROPE),
        at("2026-12-30T07:00+01:00", ROPE),
        at("2026-12-30T18:00+01:00", SPLIT),
        at("2026-12-31T18:00+01:00", GONE),
        at("2027-01-01T18:00+01:00", "goblet-squat"),
        at("2027-01-02T18:00+01:00", "glute-bridge"),
    ]
    assert seen(log).legs == {date(2026, 12, 30), date(2027, 1, 1)}


def test_every_week_has_its_marks() -> None:
    race = Race(day=date(2026, 5, 2), name="Ridge", priority=Priority.B)
    setup = replace(
        with_races(race, programmes=(Dated(date(2026, 1, 6), "lift-and-spring"),)),
        calendar=Calendar(races=(race,), step_down=frozenset({date(2026, 4, 27), FIRST})),
    )
    marks = seen([], setup).marks
    assert list(marks) == [FIRST + timedelta(weeks=n) for n in range(53)]
    assert {
        day: [(one.kind, one.name) for one in found] for day, found in marks.items() if found
    } == {
        FIRST: [("step_down", ""), ("programme", "Lift and Spring")],
        date(2026, 4, 27): [("race", "Ridge (B)"), ("step_down", "")],
    }


# -- streaks ---------------------------------------------------------------------------------------


def test_weeks_in_a_row_end_with_a_week_missed() -> None:
    found = seen(weeks(0, 1, 2, 4, 5, 6, 7, 9))
    assert (found.streak, found.longest, found.trained, found.known) == (3, 4, 8, 10)
    assert (seen(weeks(2, 3)).streak, seen(weeks(2, 3)).longest) == (0, 2)


def test_this_week_breaks_nothing_before_it_ends() -> None:
    log = weeks(1, 2)
    assert seen(log).streak == 2
    sunday = date(2027, 1, 10)
    assert seen(log, today=sunday).streak == 2
    assert seen(log, today=sunday + timedelta(days=1)).streak == 0
    assert seen([*log, *on(sunday)], today=sunday).streak == 3


def test_blocks_of_a_programme_are_marked_in_the_week_in_which_they_begin() -> None:
    begun = THIS - timedelta(weeks=15)
    setup = replace(SETUP, profile=Profile(programmes=(Dated(begun, "blocks"),)))
    days = [begun + timedelta(weeks=n, days=1) for n in range(15)]
    followed = Followed(first=days[0], trained=tuple((day, n) for n, day in enumerate(days, 1)))
    state = State(followed={"blocks": followed})
    look = ReviewContext(sessions=weeks(0), records=(), setup=setup, state=state, today=TODAY)
    found = {
        (THIS - monday).days // 7: [(mark.kind, mark.name) for mark in mine]
        for monday, mine in year(look).marks.items()
        if mine
    }
    assert found == {
        15: [("programme", LIBRARY.programmes["blocks"].name), ("block", "hypertrophy")],
        11: [("block", "deload")],
        10: [("block", "strength")],
        6: [("block", "deload")],
        5: [("block", "power")],
        1: [("block", "deload")],
        0: [("block", "hypertrophy")],  # The schedule starts again.
    }


def test_days_to_come_are_in_no_row() -> None:
    assert seen([*weeks(1), *on(TODAY + timedelta(days=2))]).streak == 1


def test_a_paused_week_is_left_out_of_a_row() -> None:
    log = weeks(0, 1, 4, 5)
    assert seen(log).streak == 2

    def paused(first: date, last: date) -> int:
        spans = (Dated(first, value=True), Dated(last + timedelta(days=1), value=False))
        return seen(log, with_races(paused=spans)).streak

    # The weeks without a session are those of 14 and 21 December.
    assert paused(date(2026, 12, 14), date(2026, 12, 27)) == 4
    # Four days of the first, four of the last.
    assert paused(date(2026, 12, 17), date(2026, 12, 24)) == 4
    assert paused(date(2026, 12, 18), date(2026, 12, 24)) == 2
    assert paused(date(2026, 12, 17), date(2026, 12, 23)) == 2
    # Paused until this day, after a streak that continues.
    still = with_races(paused=(Dated(date(2026, 12, 7), value=True),))
    assert seen(weeks(5, 6, 7), still).streak == 3


def test_a_week_away_is_left_out_of_a_row() -> None:
    def away(first: date, last: date) -> int:
        diary = Diary(away=(Away(first, last, frozenset({"band"})),))
        log = weeks(0, 1, 3)
        look = ReviewContext(
            sessions=log, records=(), setup=SETUP, state=State(), today=TODAY, diary=diary
        )
        return year(look).streak

    # The week without a session is that of 21 December.
    assert away(date(2026, 12, 21), date(2026, 12, 24)) == 3
    assert away(date(2026, 12, 18), date(2026, 12, 23)) == 2


def test_a_race_its_rest_and_the_week_after_it_are_left_out_of_a_row() -> None:
    # On a Thursday: most days of the week before are its rest, most of the next come after it.
    race = Race(day=date(2026, 12, 10))
    assert seen(weeks(0, 1, 2, 6, 7), with_races(race)).streak == 5
    assert seen(weeks(0, 1, 2, 6, 7)).streak == 3
    # The taper asks for sessions.
    assert seen(weeks(0, 1, 2, 7), with_races(race)).streak == 3
    # So does the week before a race that is trained through.
    through = replace(race, priority=Priority.C)
    assert seen(weeks(0, 1, 2, 5, 6), with_races(through, c_race_week=False)).streak == 5
    assert seen(weeks(0, 1, 2, 6), with_races(through, c_race_week=False)).streak == 3
    assert seen(weeks(0, 1, 2, 6), with_races(through, c_race_week=True)).streak == 4


def test_a_session_in_a_week_that_asked_for_none_counts() -> None:
    race = Race(day=date(2026, 12, 13))
    assert seen(weeks(0, 1, 2, 3, 4, 5), with_races(race)).streak == 6


def test_a_row_as_long_as_the_year_is_told_up_to_53() -> None:
    found = seen(weeks(*range(60)))
    assert (found.streak, found.longest, found.known, found.trained) == (53, 53, 53, 53)


# -- as JSON ---------------------------------------------------------------------------------------


def test_the_year_as_json() -> None:
    setup = with_races(Race(day=date(2026, 12, 27), name="Ridge"))
    log = [*weeks(0, 0, 2), at("2027-01-05T18:00+01:00", ROPE)]
    look = ReviewContext(sessions=log, records=(), setup=setup, state=State(), today=TODAY)
    made = json.loads(json.dumps(overview_doc(overview(look))))
    assert made["year"] == {
        "first": "2026-01-05",
        "known": 3,
        "trained": 2,
        "streak": 2,  # The week between comes after the race.
        "longest": 2,
        "days": {"2026-12-21": 1, "2027-01-04": 2, "2027-01-05": 1},
        "leg_days": ["2026-12-21", "2027-01-04"],
        "marks": [{"kind": "race", "date": "2026-12-27", "name": "Ridge (A)"}],
    }
