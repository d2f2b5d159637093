"""Sixteen weeks of three invented runners, told session by session with the whole reasons.

One is 55 and trains with her body alone, one has dumbbells of up to 20 kg at home, one a full gym
and two races. They start with guesses, get tired, have a sore knee or a bad fortnight, and end
where their strength ends.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from tests.domain.planning.season.simulate import DIARY, GOLDEN, LIBRARY, START, Runner, live, text
from tui.domain.calculator import Setup
from tui.domain.calculator.advice import Best, Calendar, Dated, Priority, Profile, Race
from tui.domain.calculator.loads import Inventory, Weight
from tui.domain.model.values import Level
from tui.domain.planning.diary import Diary, RunKind, WeeklyRun

WEEKS = 16
ILL = (START + timedelta(weeks=8), START + timedelta(weeks=8, days=6))


def _on(week: int, day: int) -> date:
    """A day of the sixteen weeks: ``week`` from 1, ``day`` from 0 for Monday."""
    return START + timedelta(weeks=week - 1, days=day)


BODY_ALONE = Runner(
    setup=Setup(
        library=LIBRARY,
        profile=Profile(levels=(Dated(START, Level.BEGINNER),), body_weight_kg=62.0),
        inventory=Inventory(
            dumbbells=(), kettlebells=(), plates=(), bands=(), equipment=frozenset()
        ),
    ),
    diary=Diary(weekly=(WeeklyRun(1, RunKind.EASY), WeeklyRun(5, RunKind.LONG))),
    weeks=WEEKS,
    able={
        "single-leg-squat": (3, 0.3),
        "step-down-heel-tap": (14, 0.5),
        "single-leg-calf-raise": (12, 0.5),
        "push-up": (6, 0.3),
        "incline-push-up": (14, 0.5),
        "side-plank": (35, 2),
        "plank": (50, 2),
        "wall-sit": (45, 2),
        "single-leg-wall-sit": (12, 1),
    },
    ill=ILL,
)
DUMBBELLS = Runner(
    setup=Setup(
        library=LIBRARY,
        profile=Profile(body_weight_kg=70.0),
        inventory=Inventory(
            dumbbells=tuple(Weight(2.5 * n) for n in range(1, 9)),
            kettlebells=(),
            plates=(),
            equipment=frozenset({"dumbbells", "bench", "box", "band", "mini-band", "jump-rope"}),
        ),
    ),
    diary=DIARY,
    weeks=WEEKS,
    maxes={
        "split-squat": 34.0,
        "rear-foot-elevated-split-squat": 28.0,
        "step-up": 26.0,
        "single-leg-deadlift": 30.0,
        "calf-raise": 45.0,
    },
)
FULL_GYM = Runner(
    setup=Setup(
        library=LIBRARY,
        profile=Profile(
            body_weight_kg=70.0,
            # One guess far too low, one a little too high, of the calf raise none.
            maxes={
                "back-squat": (Dated(START, Best(40.0)),),
                "deadlift": (Dated(START, Best(130.0)),),
            },
        ),
        calendar=Calendar(
            races=(
                Race(day=_on(8, 6), name="Lake Ten", priority=Priority.B),
                Race(day=_on(15, 6), name="Ridge Ultra", priority=Priority.A),
            )
        ),
    ),
    diary=Diary(
        weekly=(
            WeeklyRun(1, RunKind.SPEED, time(7)),
            WeeklyRun(3, RunKind.EASY, time(18)),
            WeeklyRun(6, RunKind.LONG, time(8)),
        )
    ),
    weeks=WEEKS,
    maxes={"back-squat": 95.0, "deadlift": 115.0, "split-squat": 36.0, "calf-raise": 50.0},
)
RUNNERS = {
    "body-alone": ("daily-bodyweight", BODY_ALONE),
    "dumbbells": ("lift-and-spring", DUMBBELLS),
    "full-gym": ("lift-and-spring", FULL_GYM),
}


def told(name: str) -> str:
    """The sixteen weeks of a runner as text, with the reasons in words."""
    programme, runner = RUNNERS[name]
    return text(live(programme, runner), words=True)


if __name__ == "__main__":
    for each in RUNNERS:
        (GOLDEN / f"runner-{each}.txt").write_text(told(each), "utf-8")
