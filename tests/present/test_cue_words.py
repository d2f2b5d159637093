"""What the title of the window and a notification say of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tui.domain.model.values import Goal, Kind, Measures, SetKind, SetPlan, Side, Sides
from tui.domain.session.cadence import Phase, PhaseKind, Timeline, compile_set, rest_only
from tui.domain.session.clock import End, Stopwatch
from tui.domain.session.live import Key, Running
from tui.present.cue_words import end_words, title_words

BEGUN = datetime(2026, 11, 2, 18, 5, tzinfo=UTC)
_, LEFT, RIGHT = Side
SIDES = tuple(Goal(side=side, measures=Measures(holds=2, hold_s=5)) for side in (LEFT, RIGHT))
# Ready 0-5, left 5-10 and 12-17, change 17-22, right 22-27 and 29-34, rest 34-94.
TWO = compile_set(SetPlan(number=1, goals=SIDES), Kind.CLUSTER, Sides.PER_SIDE, 60)


def titled(timeline: Timeline, seconds: float, *, paused: bool = False) -> str:
    watch = Stopwatch(BEGUN.timestamp())
    moment = BEGUN + timedelta(seconds=seconds)
    if paused:
        watch = watch.pause(moment.timestamp())
    clock = Running(key=Key("a", SetKind.WORK, 1), timeline=timeline, watch=watch, led=True)
    return title_words(clock, moment)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "get ready · Stridelift"),
        (6, "hold 1/2 L · Stridelift"),
        (11, ""),
        (13, "hold 2/2 L · Stridelift"),
        (18, "change to right · Stridelift"),
        (23, "hold 1/2 R · Stridelift"),
        (34, "rest 1:00 · Stridelift"),
        (48.5, "rest 0:50 · Stridelift"),
        (50, "rest 0:45 · Stridelift"),
        (93.5, "rest 0:05 · Stridelift"),
        (95, "rest over · Stridelift"),
    ],
)
def test_the_title_tells_the_phase(seconds: float, words: str) -> None:
    assert titled(TWO, seconds) == words


def test_the_title_without_a_clock_paused_and_of_both_sides() -> None:
    assert title_words(None, BEGUN) == "Stridelift"
    assert titled(TWO, 13, paused=True) == "hold 2/2 L paused · Stridelift"
    assert titled((Phase(PhaseKind.HOLD, 30.0),), 1) == "hold · Stridelift"
    assert titled((Phase(PhaseKind.HOLD, 30.0),), 31) == "set over · Stridelift"
    assert titled(rest_only(30), 1) == "rest 0:30 · Stridelift"


def test_a_notification_says_what_is_over() -> None:
    hold = Phase(PhaseKind.HOLD, 30.0, side=LEFT)
    assert end_words(End(hold, last=False), "Side Plank") == "Side Plank: hold left over."
    assert end_words(End(hold, last=True), "Side Plank") == "Side Plank: set over."
    assert end_words(End(Phase(PhaseKind.REST, 60.0), last=True), "") == "The rest is over."
