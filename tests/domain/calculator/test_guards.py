"""The guards that outrank progress, and how several lower a dose together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.domain.calculator.logs import LIBRARY
from tui.domain.calculator import Advice, Setup, State, fold, prescribe
from tui.domain.calculator.advice import Action, Calendar, Priority, Profile, Race, Taper
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.guards import gap_days, gap_share, guards
from tui.domain.calculator.log_fold import Happening
from tui.domain.model.values import (
    Entry,
    Exercise,
    Measures,
    Record,
    Session,
    SetEntry,
    Side,
    Sides,
)

DAY = date(2026, 3, 2)
SQUAT = LIBRARY.exercises["back-squat"]
LUNGE = LIBRARY.exercises["lunge"]
JUMP = LIBRARY.exercises["squat-jump"]
CALF = LIBRARY.exercises["seated-calf-raise"]
WALK = LIBRARY.exercises["duck-walk"]


def days(count: int) -> timedelta:
    return timedelta(days=count)


def session(
    exercise: Exercise, day: date, *, pain: int | None = None, sets: int = 3, **how: float
) -> Session:
    """A session of one exercise, the same on both sides."""
    sides = (Side.BOTH,) if exercise.sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)
    rows = tuple(
        SetEntry(
            id=f"{number}{side}",
            edited="",
            number=number,
            side=side,
            done=Measures(**how),  # type: ignore[arg-type]  # by name
            pain=pain if number == sets else None,
        )
        for number in range(1, sets + 1)
        for side in sides
    )
    started = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    entry = Entry(id="e", edited="", exercise=exercise.id, sets=rows)
    return Session(id=f"{day}{exercise.id}", edited="", started=started, entries=(entry,))


def morning(day: date, pain: int) -> Record:
    values = {"region": "knee", "pain": pain}
    return Record(id=f"m{day}", edited="", type="morning", day=day, values=values)


def lunges(day: date, pain: int | None = None) -> Session:
    return session(LUNGE, day, pain=pain, reps=10)


def fired(
    log: list[Happening],
    today: date,
    exercise: Exercise = LUNGE,
    *,
    calendar: Calendar | None = None,
    profile: Profile | None = None,
) -> Guards:
    setup = set_up(calendar, profile)
    return guards(setup, fold(setup, log), exercise, today)


def set_up(calendar: Calendar | None = None, profile: Profile | None = None) -> Setup:
    return Setup(library=LIBRARY, profile=profile or Profile(), calendar=calendar or Calendar())


def codes(found: Guards) -> list[str]:
    return [guard.reason.code for guard in found.fired]


# -- pain ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pain", "wanted"),
    [
        (None, []),
        (0, []),
        (2, []),
        (3, ["PAIN_HOLD"]),
        (4, ["PAIN_LESS"]),
        (5, ["PAIN_LESS"]),
        (6, ["PAIN_STOP"]),
        (10, ["PAIN_STOP"]),
    ],
)
def test_the_bands_of_pain(pain: int | None, wanted: list[str]) -> None:
    assert codes(fired([lunges(DAY, pain)], DAY + days(3))) == wanted


def test_pain_is_of_the_region_and_of_no_other() -> None:
    log: list[Happening] = [lunges(DAY, 5)]
    assert codes(fired(log, DAY + days(3), SQUAT)) == ["PAIN_LESS"]
    assert codes(fired(log, DAY + days(3), CALF)) == []


def test_more_comes_back_after_two_sessions_without() -> None:
    log: list[Happening] = [lunges(DAY, 4)]
    seen = []
    for n in range(1, 4):
        seen.append(codes(fired(log, DAY + days(3 * n))))
        log.append(lunges(DAY + days(3 * n), 1))
    assert seen == [["PAIN_LESS"], ["PAIN_RETURN"], []]


def test_a_set_left_out_for_pain_counts_with_the_pain_it_was_told_with() -> None:
    hurt = lunges(DAY, 5)
    [entry] = hurt.entries
    out = replace(
        hurt,
        entries=(
            replace(
                entry,
                sets=tuple(replace(row, done=Measures(), undone="pain") for row in entry.sets),
            ),
        ),
    )
    assert codes(fired([out], DAY + days(3))) == ["PAIN_LESS"]
    calm = lunges(DAY + days(3), 0)
    [entry] = calm.entries
    told = replace(
        calm,
        entries=(
            replace(
                entry,
                sets=tuple(replace(row, done=Measures(), undone="time") for row in entry.sets),
            ),
        ),
    )
    assert codes(fired([out, told], DAY + days(6))) == ["PAIN_RETURN"]


@pytest.mark.parametrize(
    ("baseline", "woke", "told"),
    [(0, 1, []), (0, 2, []), (0, 3, ["PAIN_MORNING"]), (2, 3, ["PAIN_HOLD"])],
)
def test_a_bad_morning_asks_for_a_step_further(baseline: int, woke: int, told: list[str]) -> None:
    log: list[Happening] = [lunges(DAY, 1), morning(DAY + days(1), woke)]
    found = fired(log, DAY + days(3), profile=Profile(pain_baseline=baseline))
    assert codes(found) == told
    assert any(guard.swap for guard in found.fired) == ("PAIN_MORNING" in told)


def test_a_calm_morning_ends_a_stop_and_else_a_fortnight_does() -> None:
    stopped: list[Happening] = [lunges(DAY, 8)]
    assert codes(fired(stopped, DAY + days(13))) == ["PAIN_STOP", "LAYOFF_11_17"]
    assert codes(fired(stopped, DAY + days(14))) == ["PAIN_LESS", "LAYOFF_11_17"]
    assert codes(fired([*stopped, morning(DAY + days(1), 0)], DAY + days(2))) == ["PAIN_LESS"]


def test_pain_on_three_days_of_a_fortnight_holds() -> None:
    log: list[Happening] = [lunges(DAY + days(n), pain) for n, pain in ((0, 4), (3, 4), (6, 4))]
    log += [lunges(DAY + days(9), 0), lunges(DAY + days(10), 0)]
    assert codes(fired(log, DAY + days(12))) == ["PAIN_OFTEN"]
    assert codes(fired(log, DAY + days(15))) == []


# -- races -----------------------------------------------------------------------------------------


def race(priority: Priority) -> Calendar:
    return Calendar(races=(Race(day=DAY + days(100), priority=priority),))


@pytest.mark.parametrize(
    ("priority", "left", "wanted", "sets"),
    [
        (Priority.A, 15, [], 1.0),
        (Priority.A, 14, ["TAPER"], 0.5),
        (Priority.A, 8, ["TAPER"], 0.5),
        (Priority.A, 7, ["RACE_WEEK"], 1.0),
        (Priority.A, 0, ["RACE_WEEK"], 1.0),
        (Priority.B, 14, ["TAPER"], 0.67),
        (Priority.B, 7, ["RACE_WEEK"], 1.0),
        (Priority.C, 14, [], 1.0),
        (Priority.C, 7, ["RACE_WEEK"], 1.0),
        (Priority.A, -1, ["AFTER_RACE"], 0.5),
        (Priority.C, -5, ["AFTER_RACE"], 0.5),
        (Priority.A, -6, [], 1.0),
    ],
)
def test_the_weeks_around_a_race(
    priority: Priority, left: int, wanted: list[str], sets: float
) -> None:
    today = DAY + days(100 - left)
    found = fired([], today, calendar=race(priority))
    assert (codes(found), found.sets) == (wanted, sets)
    assert codes(fired([], today, WALK, calendar=race(priority))) == []


def test_a_small_race_may_rest_three_days_only() -> None:
    small = race(Priority.C)
    for left, wanted in ((4, []), (3, ["RACE_WEEK"]), (0, ["RACE_WEEK"])):
        today = DAY + days(100 - left)
        found = fired([], today, calendar=small, profile=Profile(c_race_week=False))
        assert codes(found) == wanted


def test_a_taper_keeps_the_load_unless_it_is_to_lighten() -> None:
    today = DAY + days(90)
    assert fired([], today, calendar=race(Priority.A)).load == 1.0
    light = Profile(taper=Taper.LIGHTEN)
    assert fired([], today, calendar=race(Priority.A), profile=light).load == 0.9


def test_one_light_session_after_a_race_is_enough() -> None:
    calendar = Calendar(races=(Race(day=DAY),))
    log: list[Happening] = [lunges(DAY - days(12)), lunges(DAY + days(2))]
    assert "AFTER_RACE" in codes(fired(log[:1], DAY + days(2), calendar=calendar))
    assert codes(fired(log, DAY + days(5), calendar=calendar)) == []


def test_days_of_rest_for_a_race_are_no_gap() -> None:
    setup = set_up(Calendar(races=(Race(day=DAY + days(10)),)))
    assert gap_days(setup, DAY, DAY + days(20)) == 12
    assert gap_days(setup, DAY + days(11), DAY + days(31)) == 20


# -- gaps and easier weeks -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "share", "code"),
    [
        (10, 1.0, None),
        (11, 1.0, "LAYOFF_11_17"),
        (17, 1.0, "LAYOFF_11_17"),
        (18, 0.95, "LAYOFF_18_27"),
        (27, 0.95, "LAYOFF_18_27"),
        (28, 0.90, "LAYOFF_28_41"),
        (41, 0.90, "LAYOFF_28_41"),
        (42, 0.80, "LAYOFF_42_83"),
        (83, 0.80, "LAYOFF_42_83"),
        (84, 0.70, "LAYOFF_84"),
        (900, 0.70, "LAYOFF_84"),
    ],
)
def test_a_gap_takes_its_share(gap: int, share: float, code: str | None) -> None:
    found = fired([lunges(DAY)], DAY + days(gap))
    assert (codes(found), found.load) == ([code] if code else [], share)
    assert gap_share(gap) == share
    assert found.one_less == (gap >= 28)


def test_a_gap_is_that_of_the_same_exercise_and_of_jumps_together() -> None:
    jumps = session(JUMP, DAY, contacts=10)
    log: list[Happening] = [jumps, lunges(DAY + days(30))]
    assert codes(fired(log, DAY + days(33), LUNGE)) == []
    assert codes(fired(log, DAY + days(33), JUMP)) == ["LAYOFF_JUMPS"]
    assert codes(fired(log, DAY + days(33), LIBRARY.exercises["pogo"])) == ["LAYOFF_JUMPS"]
    assert codes(fired(log, DAY + days(17), JUMP)) == ["LAYOFF_JUMPS_SAME"]
    assert codes(fired(log, DAY + days(33), SQUAT)) == []


def test_a_week_of_easier_running_is_one_of_easier_strength() -> None:
    monday = DAY
    calendar = Calendar(step_down=frozenset({monday}))
    for day, wanted in ((-1, []), (0, ["STEP_DOWN"]), (6, ["STEP_DOWN"]), (7, [])):
        assert codes(fired([], monday + days(day), calendar=calendar)) == wanted


# -- together --------------------------------------------------------------------------------------


def test_the_smallest_share_is_taken_once_and_the_first_names_the_action() -> None:
    """Pain takes 20 %, the gap 10 %, the easier week half the sets: the 20 % and the half apply."""
    today = DAY + days(35)
    calendar = Calendar(step_down=frozenset({today - days(today.weekday())}))
    log: list[Happening] = [session(CALF, DAY, pain=5, load_kg=50, reps=20)]
    advice = asked(log, today, CALF, calendar)
    assert advice.action is Action.DECREASE
    assert [reason.code for reason in advice.reasons][:3] == [
        "PAIN_LESS",
        "LAYOFF_28_41",
        "STEP_DOWN",
    ]
    # Three sets halved and rounded up are two, and one fewer.
    assert len(advice.plan.sets) == 1
    [goal] = advice.plan.sets[0].goals
    # The easier week leaves two reps more in reserve.
    assert (goal.measures.load_kg, goal.measures.reps) == (40, 18)


def test_race_week_comes_before_a_gap_and_after_pain() -> None:
    calendar = Calendar(races=(Race(day=DAY + days(35)),))
    log: list[Happening] = [session(CALF, DAY, pain=5, load_kg=50, reps=20)]
    advice = asked(log, DAY + days(30), CALF, calendar)
    assert (advice.action, advice.plan.sets) == (Action.REST, ())
    assert [reason.code for reason in advice.reasons][:2] == ["PAIN_LESS", "RACE_WEEK"]


def asked(
    log: list[Happening], today: date, exercise: Exercise, calendar: Calendar | None = None
) -> Advice:
    setup = set_up(calendar)
    return prescribe(setup, fold(setup, log), exercise, today)


def test_nothing_known_has_no_guard() -> None:
    assert not guards(set_up(), State(), SQUAT, DAY).fired


@pytest.mark.parametrize(
    ("gap", "left", "one_less", "spare", "jumps", "anew"),
    [
        (11, 1.0, False, 1, 1.0, False),
        (17, 1.0, False, 1, 1.0, False),
        (18, 0.95, False, 0, 0.75, False),
        (27, 0.95, False, 0, 0.75, False),
        (28, 0.90, True, 1, 1.0, True),
        (41, 0.90, True, 1, 1.0, True),
        (42, 0.80, True, 0, 1.0, True),
        (83, 0.80, True, 0, 1.0, True),
        (84, 0.70, True, 0, 1.0, True),
    ],
)
def test_what_a_gap_takes_at_each_of_its_bounds(
    gap: int, left: float, one_less: bool, spare: int, jumps: float, anew: bool
) -> None:
    """The layoff table of docs/training.md: share of the load, a set less, reps spared, jumps."""
    setup = Setup(library=LIBRARY)
    state = fold(setup, [session(SQUAT, DAY, load_kg=60.0, reps=5)])
    [guard] = guards(setup, state, SQUAT, DAY + days(gap)).fired
    assert (guard.load, guard.one_less, guard.spare) == (left, one_less, spare)
    assert (guard.contacts, guard.jumps_anew) == (jumps, anew)
