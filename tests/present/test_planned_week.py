"""The week in words and as JSON: every reason in full, every line fit for a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import examples, texts, weeks
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State
from tui.domain.calculator.advice import (
    Calendar,
    Dated,
    Facts,
    Lean,
    Priority,
    Profile,
    Race,
    Reason,
)
from tui.domain.calculator.state import RecentSession
from tui.domain.model.text import clean
from tui.domain.planning.diary import Away, Diary, Opening, Run, RunKind, WeeklyRun
from tui.domain.planning.horizon import weeks_ahead
from tui.domain.planning.placement import GivenUp, Placed, Wanted
from tui.domain.planning.run_parser import a_run, openings
from tui.domain.planning.week_plan import plan_week
from tui.domain.planning.wording import (
    WORDS,
    clause,
    clauses,
    given_up_words,
    placed_words,
    run_words,
    short_day,
    sources,
)
from tui.present.planned_week import Week, week_doc, week_lines
from tui.present.report import WIDTH

LIBRARY = shipped_library()
MONDAY = date(2026, 11, 2)
RACE_DAY = "2027-02-14"
REST_DAY = "2026-11-21"
LIFT = Wanted(part="lift", name="Lift", legs=True, leg_work=True)
NUMBERS = re.compile(r"\d+(?:\.\d+)?")
# Each reason with the facts that the planner gives with it.
FACTS: dict[str, Facts] = {
    "HOURS_AFTER_RUN": {"run": "speed", "hours": 6},
    "SOON_AFTER_RUN": {"run": "hills", "hours": 4, "best": 6},
    "AFTER_RUN": {"run": "long"},
    "DAY_AFTER_RUN": {"run": "long"},
    "EASY_RUN_DAY": {},
    "NO_RUN_DAY": {},
    "DAY_BEFORE_RUN": {"run": "speed"},
    "AFTER_RACE_LIGHT": {"race": "Ridge"},
    "LEGS_RESTED": {"days": 3},
    "GOOD_PAIR": {"days": 3},
    "JUMPS_WITH_SPEED": {},
    "WARMUP_SORE": {"region": "knee"},
    "SNACK_AFTER_RUN": {"run": "easy"},
    "SNACK_ANY_TIME": {},
    "RACE_WEEK_NONE": {"session": "Lift", "race": "Ridge"},
    "AFTER_RACE_ONE": {"session": "Lift"},
    "PLAN_REDUCED": {"session": "Lift", "hours": 48},
    "HARD_RUN_SOON": {"session": "Spring"},
    "NO_TIME_BESIDE_RUNS": {"session": "Lift"},
    "RACE_IN_LEGS": {"session": "Lift"},
    "NO_TIME_LEFT": {"session": "Lift"},
    "NO_DAY_LEFT": {"session": "Lift"},
    "RACE": {"race": "Ridge", "day": RACE_DAY, "rest": REST_DAY},
    "RACE_REST": {"race": "Ridge", "day": RACE_DAY, "rest": REST_DAY},
    "TAPER_WEEK": {"race": "Ridge", "day": RACE_DAY, "rest": REST_DAY},
    "AFTER_RACE_WEEK": {"race": "Ridge", "day": RACE_DAY, "rest": REST_DAY},
    "STEP_DOWN_WEEK": {},
    "DELOAD_WEEK": {},
    "FEWER_NEAR_RACE": {"sessions": 1},
    "LEAN_RUN_WEEK": {},
    "WEEKS_BACK": {"days": 24, "week": 3},
    "COURSE_CHOICE": {"terrain": "steep", "exercises": "Explosive Step-Up, Pogo Jump"},
    "COURSE_SETS": {"terrain": "flat", "more": "Dead Bug", "less": "Calf Raise"},
    "PHASE_WAITS": {"phase": "lifting and jumps", "sessions": 6, "done": 4},
    "MISSED_IN_TAPER": {"session": "Lift"},
    "AFTER_RACE_RUNS": {"session": "Lift"},
    "RACE_NEAR": {"race": "Ridge", "day": RACE_DAY, "rest": REST_DAY},
    "RACE_DAY": {"race": "Ridge", "day": RACE_DAY, "rest": REST_DAY},
    "AFTER_RACE_REST": {"race": "Ridge", "day": RACE_DAY, "rest": REST_DAY},
    "PAUSED": {},
    "LEGS_WORKED": {"session": "No gym", "hours": 48},
    "HARD_RUN_NEXT": {"session": "No gym", "run": "speed"},
}


def told(reason: Reason) -> set[str]:
    """Every number in the words of a reason."""
    return set(NUMBERS.findall(clause(reason)))


def known(facts: Facts) -> set[str]:
    """Every number in the facts of a reason; for a date, its day of the month."""
    found = {str(date.fromisoformat(str(facts["day"])).day)} if "day" in facts else set()
    return found | {word for value in facts.values() for word in NUMBERS.findall(str(value))}


# -- reasons ---------------------------------------------------------------------------------------


def test_every_reason_that_has_words_is_given_by_someone() -> None:
    assert set(WORDS) == set(FACTS)


@pytest.mark.parametrize("code", FACTS)
def test_each_reason_is_told_with_its_facts_and_no_number_of_its_own(code: str) -> None:
    text = WORDS[code].text
    assert not NUMBERS.search(text)
    assert {name for _, name, _, _ in Formatter().parse(text) if name} <= set(FACTS[code])
    reason = Reason(code, FACTS[code])
    words = clause(reason)
    assert words and not set("{}") & set(words) and not words.endswith((".", ";"))
    assert told(reason) <= known(FACTS[code])
    assert "injur" not in words.lower() and "fail" not in words.lower()
    assert set(sources([reason])) <= LIBRARY.sources.keys()


@examples(60)
@given(weeks())
def test_the_reasons_of_any_plan_can_be_told(asked: dict[str, Any]) -> None:
    plan = plan_week(**asked)
    every = [r for one in plan.placed for r in one.reasons] + [g.reason for g in plan.given_up]
    for reason in every:
        assert told(reason) <= known(reason.facts)
        assert set(reason.facts) == set(FACTS[reason.code])
    for one in plan.placed:
        assert one.reasons
    for left in plan.given_up:
        assert left.wanted.name.lower() in given_up_words(left).lower()


def marked(profile: Profile, calendar: Calendar, programme: str, count: int) -> list[Reason]:
    setup = Setup(library=LIBRARY, profile=profile, calendar=calendar)
    found = weeks_ahead(setup, State(), Diary(), LIBRARY.programmes[programme], MONDAY, count)
    return [mark for each in found for mark in each.marks]


def test_what_is_special_about_a_week_can_be_told() -> None:
    day = timedelta(days=1)
    calendar = Calendar(
        races=(
            Race(day=MONDAY + 19 * day, name="10k", priority=Priority.C),
            Race(day=MONDAY + 49 * day),
        ),
        step_down=frozenset({MONDAY}),
    )
    marks = marked(Profile(lean=Lean.RUN), calendar, "six-patterns", 9)
    marks += marked(Profile(), Calendar(), "blocks", 5)
    marks += marked(Profile(paused=(Dated(MONDAY, True),)), calendar, "blocks", 1)
    assert {mark.code for mark in marks} == {
        *("RACE", "RACE_REST", "TAPER_WEEK", "AFTER_RACE_WEEK", "STEP_DOWN_WEEK", "DELOAD_WEEK"),
        *("FEWER_NEAR_RACE", "LEAN_RUN_WEEK", "PAUSED"),
    }
    for mark in marks:
        assert set(mark.facts) == set(FACTS[mark.code])
        assert told(mark) <= known(mark.facts)


def test_what_a_race_is_called_is_never_read_as_words_of_ours() -> None:
    odd = Reason("RACE_WEEK_NONE", {"session": "{race}", "race": "{0} {session} %s"})
    assert clause(odd).startswith("{race} rests for {0} {session} %s")


def test_several_reasons_are_one_sentence() -> None:
    found = [Reason(code, FACTS[code]) for code in ("HOURS_AFTER_RUN", "GOOD_PAIR")]
    assert (
        clauses(found) == "6 h after the speed run, so easy days stay easy; 3 days between sessions"
    )
    assert clauses([]) == ""


def test_sources_stand_once_and_our_own_last() -> None:
    codes = ["NO_RUN_DAY", "LEGS_RESTED", "GOOD_PAIR", "AFTER_RUN", "TAPER_WEEK"]
    found = sources(Reason(code, FACTS[code]) for code in codes)
    assert sorted(found[:-1]) == ["clarke-runrun", "klein-six", "trailrunner-lift"]
    assert found[-1] == "project"
    assert sources([]) == []


# -- times and runs --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({}, ""),
        ({"start": time(13)}, "13:00"),
        ({"not_before": time(9, 5)}, "from 09:05"),
        ({"start": time(13), "not_before": time(9)}, "13:00"),
    ],
)
def test_when_a_session_is_on_its_day(times: dict[str, Any], words: str) -> None:
    assert placed_words(Placed(wanted=LIFT, day=MONDAY, **times)) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-11-29", "easy run"),
        ("2026-11-29 07:00 speed", "speed run 07:00"),
        ("2026-11-29 long 24km +900m 2:30h", "long run 24 km"),
        ("2026-11-29 6pm hills 8.25km", "hill run 18:00 8.2 km"),
    ],
)
def test_a_run_in_words(typed: str, words: str) -> None:
    found = a_run(typed, MONDAY)
    assert isinstance(found, Run)
    assert run_words(found) == words


def test_a_day_in_words_and_what_was_given_up_as_a_sentence() -> None:
    assert short_day(date(2027, 2, 4)) == "Thu 4 Feb"
    given_up = GivenUp(LIFT, Reason("NO_DAY_LEFT", {"session": "lift"}))
    assert given_up_words(given_up).startswith("Lift is left out") and "." in given_up_words(
        given_up
    )


# -- the week --------------------------------------------------------------------------------------

RUNS = (WeeklyRun(1, RunKind.SPEED, time(7)), WeeklyRun(6, RunKind.LONG))
FREE = openings("tue 13:00 fri")


def a_week(
    number: int = 0,
    *,
    programme: str = "lift-and-spring",
    today: date = MONDAY,
    free: tuple[Opening, ...] = FREE,
    state: State | None = None,
    away: tuple[Away, ...] = (),
    races: Iterable[Race] = (),
    profile: Profile | None = None,
) -> Week:
    """The week this many weeks ahead of a runner with a speed run on Tuesdays and a long run on
    Sundays."""
    calendar = Calendar(races=tuple(races))
    setup = Setup(library=LIBRARY, profile=profile or Profile(), calendar=calendar)
    diary = Diary(weekly=RUNS, openings=free, away=away)
    chosen = LIBRARY.programmes[programme]
    found = weeks_ahead(setup, state or State(), diary, chosen, today, number + 1)
    return Week(week=found[number], programme=chosen, diary=diary, setup=setup, today=today)


def race(number: int, name: str = "Ridge", priority: Priority = Priority.A) -> Race:
    return Race(day=MONDAY + timedelta(days=number), name=name, priority=priority)


def test_a_week_as_it_is_printed() -> None:
    assert week_lines(a_week()) == [
        "Lift and Spring · week 1 · lifting",
        "Mon 2 Nov to Sun 8 Nov",
        "",
        "> Mon  -",
        "  Tue  speed run 07:00; Lift 13:00",
        "        6 h after the speed run, so easy days stay easy; 3 days between sessions",
        "  Wed  -",
        "  Thu  -",
        "  Fri  Lift",
        "        no run that day; 3 days after the last leg session; 3 days between",
        "        sessions",
        "  Sat  -",
        "  Sun  long run",
    ]


def test_a_week_that_is_to_come_has_no_mark_of_today() -> None:
    assert not any(line.startswith(">") for line in week_lines(a_week(1)))
    [line] = [
        each for each in week_lines(a_week(today=MONDAY + timedelta(days=4))) if each[0:1] == ">"
    ]
    assert line.startswith("> Fri  ")


def test_a_race_week_says_what_rests_and_how_far_the_race_is() -> None:
    text = "\n".join(week_lines(a_week(3, races=[race(26)])))
    assert "Ridge on Sat 28 Nov; mobility only from Sat 21 Nov." in text
    assert text.count("Lift rests for Ridge; mobility is fine.") == 2
    assert "  Sat  RACE Ridge" in text
    flat = " ".join(text.split())
    assert "Ridge (A), Sat 28 Nov, in 26 days" in flat
    assert "the taper begins Sat 14 Nov; race week begins Sat 21 Nov." in flat


@pytest.mark.parametrize(
    ("race_week", "words"), [(True, "race week begins Wed 4 Nov"), (False, "rest begins Sun 8 Nov")]
)
def test_only_a_whole_week_of_rest_is_called_a_race_week(race_week: bool, words: str) -> None:
    week = a_week(races=[race(9, priority=Priority.C)], profile=Profile(c_race_week=race_week))
    flat = " ".join(" ".join(week_lines(week)).split())
    assert f"Ridge (C), Wed 11 Nov, in 9 days; {words}." in flat


@pytest.mark.parametrize(("ahead", "words"), [(2, "in 2 days"), (1, "in 1 day;"), (0, "today")])
def test_the_days_to_a_race_are_counted_as_one_says_it(ahead: int, words: str) -> None:
    text = " ".join(" ".join(week_lines(a_week(races=[race(ahead)]))).split())
    assert words in text
    assert "the taper began" in text and "race week began" in text


@pytest.mark.parametrize(
    ("one", "profile"),
    [
        # Early in the week, so that the light session after it is in the same one.
        (race(1), Profile()),
        # Only the last three days before it are kept free.
        (race(5, priority=Priority.C), Profile(c_race_week=False)),
    ],
)
def test_a_week_with_a_session_is_not_said_to_have_none(one: Race, profile: Profile) -> None:
    week = a_week(races=[one], profile=profile)
    assert [each for each in week.week.plan.placed if not each.wanted.snack]
    assert "no strength" not in "\n".join(week_lines(week))


def test_what_was_done_and_where_she_is_stand_with_their_day() -> None:
    done = (
        RecentSession(MONDAY, time(18, 5), "lift-and-spring", "lift", True),
        RecentSession(MONDAY, time(20), None, None, False),
    )
    away = (Away(MONDAY + timedelta(days=5), MONDAY + timedelta(days=6), frozenset({"band"})),)
    week = a_week(today=MONDAY + timedelta(days=1), state=State(lately=done), away=away)
    lines = week_lines(week)
    assert "  Mon  Lift done; A session of your own done" in lines
    assert "  Sat  away, with band" in lines
    assert "  Sun  long run; away, with band" in lines
    doc = week_doc(week)
    assert doc["days"][0]["done"] == [
        {"programme": "lift-and-spring", "part": "lift", "start": "18:05"},
        {"programme": None, "part": None, "start": "20:00"},
    ]
    assert doc["days"][5]["away"] == ["band"]
    # One of the two lifts is done.
    assert sum(len(each["sessions"]) for each in doc["days"]) == 1


def test_a_light_session_is_called_light() -> None:
    week = a_week(races=[race(-1)])
    [doc] = [one for each in week_doc(week)["days"] for one in each["sessions"]]
    assert doc["light"] is True and "AFTER_RACE_LIGHT" in doc["reasons"]
    assert any("Lift, light" in line for line in week_lines(week))


@pytest.mark.parametrize(
    ("on", "head"),
    [(6, "race week"), (13, "taper"), (-1, "after the race"), (40, "")],
)
def test_a_week_is_headed_with_what_a_race_makes_of_it(on: int, head: str) -> None:
    first = week_lines(a_week(races=[race(on)]))[0]
    assert first == " · ".join(filter(None, ["Lift and Spring", "week 1", "lifting", head]))


NAMES = [
    "\x1b[31mRed\x1b[0m\x07 Race\x9b2J",
    "\u202egnol\u202c zero\u200bwidth",
    "two\nlines\tand\ra half",
    "Ridge " * 16 + "Race",
    "R" * 100,
    "{session} {0}",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_lines_are_narrow_whatever_a_race_is_called(name: str) -> None:
    for number in range(5):
        for line in week_lines(a_week(number, races=[race(19, name)])):
            # The caller cleans lines before printing.
            assert len(clean(line)) <= WIDTH, line


@examples(40)
@given(texts, st.integers(-7, 30), st.sampled_from(Priority))
def test_any_week_is_told_whatever_a_race_is_called(
    name: str, ahead: int, priority: Priority
) -> None:
    week = a_week(1, races=[race(ahead, name[:60], priority)])
    assert week_lines(week)
    doc = json.loads(json.dumps(week_doc(week)))
    assert [each["date"] for each in doc["days"]] == [
        (MONDAY + timedelta(days=7 + n)).isoformat() for n in range(7)
    ]


@pytest.mark.parametrize("programme", LIBRARY.programmes)
def test_text_and_json_tell_the_same_sessions(programme: str) -> None:
    for number in (0, 5):
        week = a_week(number, programme=programme, free=(), races=[race(33)])
        doc, text = week_doc(week), " ".join(" ".join(week_lines(week)).split())
        every = [one for each in doc["days"] for one in each["sessions"]]
        for one in every:
            assert one["name"] in text and one["why"] in text
        for one in [*doc["marks"], *doc["given_up"]]:
            assert one["why"][1:] in text
        given = [one["reason"] for one in doc["given_up"]]
        marks = [one["code"] for one in doc["marks"]]
        codes = [code for one in every for code in one["reasons"]]
        assert set(doc["sources"]) == {WORDS[c].source for c in [*codes, *given, *marks]}
