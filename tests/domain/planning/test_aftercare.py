"""The one line about food or sleep after a session: the first that fits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator.state import State
from tui.domain.model.readiness import Ready
from tui.domain.model.values import ROUTINE, SNACK, Entry, Measures, Session, SetEntry, Side
from tui.domain.planning.aftercare import (
    WORDS,
    aftercare,
    aftercare_source,
    aftercare_words,
)
from tui.domain.planning.diary import Run, RunKind

LIBRARY = shipped_library()
DAY = date(2026, 11, 24)
BEGUN = datetime.combine(DAY, time(18), UTC)
USED_TO = State(strength=DAY - timedelta(days=60), last=DAY - timedelta(days=3))
SLOW = "towel-hamstring-eccentric"


def session(*exercises: str, minutes: int = 40, tempo: float | None = None) -> Session:
    done = Measures(reps=5, tempo_s=tempo)
    rows = SetEntry(id="s", edited="", number=1, side=Side.BOTH, done=done)
    return Session(
        id="a",
        edited="",
        started=BEGUN,
        finished=BEGUN + timedelta(minutes=minutes),
        entries=tuple(
            Entry(id=str(n), edited="", exercise=name, sets=(rows,))
            for n, name in enumerate(exercises or ("back-squat",))
        ),
    )


def run(kind: RunKind, day: date, at: time | None) -> Run:
    return Run(id="r", day=day, kind=kind, start=at)


def code(done: Session, before: State = USED_TO, *runs: Run) -> str | None:
    found = aftercare(done, LIBRARY, before, runs)
    return None if found is None else found.code


TOMORROW = DAY + timedelta(days=1)
SPEED = run(RunKind.SPEED, TOMORROW, time(7))
POORLY = replace(USED_TO, ready=(Ready(day=DAY, legs=3, sleep=2),))


def test_after_an_ordinary_session_it_is_food_within_two_hours() -> None:
    assert code(session()) == "EAT_SOON"


@pytest.mark.parametrize(("pain", "says"), [(5, "SORE_FIRST"), (6, "HURT"), (10, "HURT")])
def test_pain_of_six_comes_before_sore_muscles(pain: int, says: str) -> None:
    one = session()
    [entry] = one.entries
    hurt = replace(entry, sets=tuple(replace(row, pain=pain) for row in entry.sets))
    assert code(replace(one, entries=(hurt,)), State()) == says


def test_the_first_session_of_all_says_that_sore_is_normal() -> None:
    assert code(session(minutes=90), State(), SPEED) == "SORE_FIRST"


def test_after_more_than_a_fortnight_it_names_the_days() -> None:
    away = replace(USED_TO, last=DAY - timedelta(days=15))
    found = aftercare(session(), LIBRARY, away, ())
    assert found is not None and "15 days" in aftercare_words(found)
    assert code(session(), replace(USED_TO, last=DAY - timedelta(days=14))) == "EAT_SOON"


@pytest.mark.parametrize("done", [session(SLOW), session("back-squat", tempo=3.0)])
def test_new_slow_lowering_comes_before_a_hard_run(done: Session) -> None:
    assert code(done, USED_TO, SPEED) == "SORE_SLOW"


def test_a_pace_that_is_not_slow_is_nothing_new() -> None:
    assert code(session("back-squat", tempo=2.0)) == "EAT_SOON"


@pytest.mark.parametrize(
    ("coming", "words"),
    [
        (SPEED, "Speed run tomorrow 07:00"),
        (run(RunKind.LONG, TOMORROW, None), "Long run tomorrow"),
        (run(RunKind.HILLS, DAY, time(20)), "Hill run today 20:00"),
    ],
)
def test_a_hard_run_within_a_day_is_named_with_its_time(coming: Run, words: str) -> None:
    found = aftercare(session(minutes=90), LIBRARY, POORLY, [coming])
    assert found is not None and aftercare_words(found).startswith(words)


@pytest.mark.parametrize(
    "other",
    [
        run(RunKind.EASY, TOMORROW, time(7)),
        run(RunKind.SPEED, DAY, time(8)),
        run(RunKind.SPEED, DAY, None),
        run(RunKind.SPEED, TOMORROW, time(19)),
    ],
)
def test_other_runs_are_not(other: Run) -> None:
    assert code(session(), USED_TO, other) == "EAT_SOON"


def test_a_poor_night_comes_before_a_long_session() -> None:
    assert code(session(minutes=61), POORLY) == "SLEPT_POORLY"
    assert code(session(minutes=61)) == "LONG_SESSION"
    assert code(session(minutes=60)) == "EAT_SOON"


@pytest.mark.parametrize(
    "done",
    [
        session("ankle-circle"),
        replace(session(), programme=ROUTINE),
        replace(session(), programme=SNACK, part=SNACK),
        replace(session(), entries=()),
    ],
)
def test_after_a_few_easy_minutes_nothing_is_said(done: Session) -> None:
    assert code(done, State()) is None


def test_every_line_has_a_source_of_the_library_and_says_nothing_of_injuries() -> None:
    facts = {"days": 15, "run": "speed run", "when": "tomorrow"}
    for name, words in WORDS.items():
        said = words.text.format(**facts)
        assert words.source in LIBRARY.sources, name
        assert "injur" not in said.lower() and "calorie" not in said.lower(), name
    found = aftercare(session(), LIBRARY, USED_TO, ())
    assert found is not None and aftercare_source(found) == "running-power"
