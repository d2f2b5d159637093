"""The clock depends only on the timeline and the elapsed time."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.domain.model.values import Goal, Kind, Measures, SetPlan, Side, Sides
from tui.domain.session.cadence import (
    WORKING,
    Phase,
    PhaseKind,
    Timeline,
    compile_set,
    exact,
    rest_only,
)
from tui.domain.session.clock import (
    Cue,
    Performed,
    Stopwatch,
    add,
    clock_text,
    cues,
    ends,
    next_tick,
    performed,
    repeat,
    show,
    skip,
    spans,
    work_ends_at,
)

READY, HOLD, RELEASE, SWITCH, LOWER, RESET, WORK, REST, DONE = PhaseKind
BOTH, LEFT, RIGHT = Side
# A start as it is read from a system clock: here a float resolves no more than 2.4e-7 s.
STARTED = 1_793_638_800.123457


def next_change(timeline: Timeline, elapsed: float) -> float | None:
    """The elapsed time at which the current phase ends by itself; None if it never does."""
    end = next(span.end for span in spans(timeline) if exact(elapsed) < span.end)
    return None if end == inf else end


def per_leg(measures: Measures, right: Measures | None = None) -> SetPlan:
    left = Goal(side=LEFT, measures=measures)
    return SetPlan(number=1, goals=(left, Goal(side=RIGHT, measures=right or measures)))


def eight_fives(rest_s: float = 60) -> Timeline:
    plan = per_leg(Measures(holds=8, hold_s=5))
    return compile_set(plan, Kind.CLUSTER, Sides.ALTERNATING, rest_s)


def lowerings() -> Timeline:
    plan = per_leg(Measures(reps=5, tempo_s=10))
    return compile_set(plan, Kind.ECCENTRIC, Sides.PER_SIDE, 60)


def both(kind: Kind, measures: Measures, rest_s: float = 60) -> Timeline:
    plan = SetPlan(number=1, goals=(Goal(side=BOTH, measures=measures),))
    return compile_set(plan, kind, Sides.BOTH, rest_s)


def squats() -> Timeline:
    return both(Kind.LOADED, Measures(reps=8, load_kg=60))


# Two holds a leg, small enough to think through: ready 0-5, left 5-10, change 10-12, right 12-17,
# change 17-19, left 19-24, change 24-26, right 26-31, rest 31-91.
TWO = compile_set(per_leg(Measures(holds=2, hold_s=5)), Kind.CLUSTER, Sides.ALTERNATING, 60)


# What is shown


def test_three_sets_of_eight_fives_a_leg_by_a_fake_clock() -> None:
    now = STARTED
    for _ in range(3):
        timeline, watch, shown = eight_fives(), Stopwatch(now), []
        while (view := show(timeline, watch.elapsed(now))).kind is not DONE:
            if view.kind is HOLD:
                shown.append((view.label, view.seconds))
            now = watch.started + next_tick(timeline, watch.elapsed(now))
        expected = [
            (f"HOLD {side} {n}/8", second)
            for n in range(1, 9)
            for side in ("left", "right")
            for second in (5, 4, 3, 2, 1)
        ]
        assert shown == expected
        assert now - watch.started == pytest.approx(5 + 16 * 5 + 15 * 2 + 60)


@pytest.mark.parametrize(
    ("elapsed", "words", "then"),
    [
        (0, "GET READY 0:05", "then HOLD left 1/2"),
        (4.999, "GET READY 0:01", "then HOLD left 1/2"),
        (5, "HOLD left 1/2, 0:05", "then CHANGE to right"),
        (9.2, "HOLD left 1/2, 0:01", "then CHANGE to right"),
        (10, "CHANGE to right 0:02", "then HOLD right 1/2"),
        (12.5, "HOLD right 1/2, 0:05", "then CHANGE to left"),
        (30.5, "HOLD right 2/2, 0:01", "then REST"),
        (31, "REST 1:00", ""),
        (90.5, "REST 0:01", ""),
        (91, "REST over", ""),
        (150.9, "REST over", ""),
        (151, "REST over 1 min", ""),
    ],
)
def test_words(elapsed: float, words: str, then: str) -> None:
    view = show(TWO, elapsed)
    assert (view.words(), view.next) == (words, then)


@pytest.mark.parametrize(
    ("elapsed", "words", "seconds"),
    [
        (5, "LOWER left 1/5, 1 of 10 s", 10),
        (11.5, "LOWER left 1/5, 7 of 10 s", 4),
        (14.9, "LOWER left 1/5, 10 of 10 s", 1),
        (15, "RESET 0:03", 3),
    ],
)
def test_a_lowering_says_which_second_it_is_in(elapsed: float, words: str, seconds: int) -> None:
    view = show(lowerings(), elapsed)
    assert (view.words(), view.seconds) == (words, seconds)


@pytest.mark.parametrize(
    ("timeline", "elapsed", "big"),
    [
        (TWO, 5, "5"),
        (TWO, 31, "1:00"),
        (TWO, 61, "0:30"),
        (TWO, 91, ""),
        (TWO, 151, "+1"),
        (TWO, 91 + 72 * 60, "+72"),
        (both(Kind.HOLD, Measures(hold_s=92)), 5, "1:32"),
        (both(Kind.HOLD, Measures(hold_s=92)), 38, "59"),
        (both(Kind.ECCENTRIC, Measures(reps=5, tempo_s=10)), 11.5, "7"),
        (both(Kind.HOLD, Measures(hold_s=45), rest_s=0), 500, ""),
    ],
)
def test_the_number_of_the_clock(timeline: Timeline, elapsed: float, big: str) -> None:
    assert show(timeline, elapsed).big == big


def test_a_rest_that_is_over_changes_once_a_minute() -> None:
    assert next_tick(TWO, 91) == 151
    assert next_tick(TWO, 150.99) == 151
    assert next_tick(TWO, 151) == 211


def test_the_share_of_a_rest() -> None:
    assert [show(TWO, at).fraction for at in (31, 46, 91)] == [0, 0.25, 1.0]


def test_one_lowering_of_both_legs() -> None:
    timeline = both(Kind.ECCENTRIC, Measures(reps=1, tempo_s=10))
    assert show(timeline, 11.5).words() == "LOWER 7 of 10 s"


def test_open_work_counts_up_and_never_ends_by_itself() -> None:
    timeline = squats()
    assert [show(timeline, at).words() for at in (5, 5.9, 6, 70, 1e6)] == [
        "WORK 0:00",
        "WORK 0:00",
        "WORK 0:01",
        "WORK 1:05",
        "WORK 277:46:35",
    ]
    assert next_change(timeline, 1000) is None
    assert work_ends_at(timeline) is None


def test_a_set_without_rest_is_done_when_its_work_is() -> None:
    timeline = both(Kind.HOLD, Measures(hold_s=45), rest_s=0)
    assert show(timeline, 49.5).words() == "HOLD 0:01"
    assert show(timeline, 53).words() == "DONE"
    assert show((), 3).words() == "DONE"
    assert next_tick(timeline, 53) == next_tick((), 3) == inf


def test_fractions_over_time_and_side() -> None:
    halfway = show(TWO, 14.5)
    assert (halfway.side, halfway.set_fraction) == (RIGHT, 1.5 / 4)
    change = show(TWO, 11)
    assert (change.side, change.set_fraction) == (RIGHT, 0.25)
    resting = show(TWO, 46)
    assert (resting.side, resting.set_fraction) == (BOTH, 1.0)
    over = show(TWO, 96)
    assert (over.phase, over.set_fraction, over.over_s) == (len(TWO), 1.0, 5.0)
    assert show(rest_only(60), 30).set_fraction == 1.0


def test_working_is_done_at_the_instant_the_last_hold_ends() -> None:
    assert work_ends_at(TWO) == 31.0
    assert [show(TWO, at).working_done for at in (30.99, 31, 91, 200)] == [False, True, True, True]
    assert work_ends_at(rest_only(60)) == 0.0
    assert show(rest_only(60), 0).working_done


def test_an_open_phase_closes_the_work_only_when_all_of_it_is_closed() -> None:
    timeline = compile_set(per_leg(Measures(reps=8)), Kind.LOADED, Sides.PER_SIDE, 60)
    left_closed = skip(timeline, 40)
    assert show(left_closed, 40).words() == "WORK right 0:00"
    assert work_ends_at(left_closed) is None
    all_closed = skip(left_closed, 75.25)
    assert work_ends_at(all_closed) == 75.25
    assert show(all_closed, 75.25).words() == "REST 1:00"


@pytest.mark.parametrize("elapsed", [-1e-9, -5, -inf, nan])
def test_before_the_beginning_is_the_beginning(elapsed: float) -> None:
    assert show(TWO, elapsed) == show(TWO, 0)


@pytest.mark.parametrize("elapsed", [1e300, inf])
def test_the_far_future_is_over(elapsed: float) -> None:
    assert show(TWO, elapsed).kind is DONE
    assert show(squats(), elapsed).kind is WORK


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (5, "0:05"),
        (59.9, "0:59"),
        (60, "1:00"),
        (92, "1:32"),
        (720, "12:00"),
        (3725, "1:02:05"),
        (-3, "0:00"),
        (nan, "0:00"),
    ],
)
def test_clock_text(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


# Controls


def test_skip_ends_the_phase_and_the_next_one_has_its_full_time() -> None:
    skipped = skip(TWO, 6.3)
    assert show(skipped, 6.3).words() == "CHANGE to right 0:02"
    assert show(skipped, exact(6.3) + 2).words() == "HOLD right 1/2, 0:05"
    assert skip(TWO, 500) == TWO


def test_skips_at_one_instant_go_on_one_phase_each() -> None:
    timeline, kinds = TWO, []
    for _ in range(len(TWO)):
        timeline = skip(timeline, 7.7)
        kinds.append(show(timeline, 7.7).kind)
    assert kinds == [SWITCH, HOLD, SWITCH, HOLD, SWITCH, HOLD, REST, DONE, DONE]


def test_skip_at_an_elapsed_time_from_epoch_seconds_never_falls_back() -> None:
    now = STARTED + 6.3
    skipped = skip(TWO, Stopwatch(STARTED).elapsed(now))
    for started, at in ((STARTED, now), (STARTED - 2.4e-7, now), (STARTED, now + 0.001)):
        assert show(skipped, Stopwatch(started).elapsed(at)).words() == "CHANGE to right 0:02"


def test_repeat_puts_the_phase_again_in_full() -> None:
    again = repeat(TWO, 8)
    assert show(again, 8).words() == "HOLD left 1/2, 0:05"
    assert show(again, 13).words() == "CHANGE to right 0:02"
    assert again[2:] == TWO[1:]
    assert work_ends_at(again) == 34.0


def test_repeat_just_after_a_change_puts_the_work_before_it_again() -> None:
    in_the_change = repeat(TWO, 10.5)
    assert show(in_the_change, 10.5).words() == "HOLD left 1/2, 0:05"
    in_the_next_hold = repeat(TWO, 12.5)
    assert show(in_the_next_hold, 12.5).words() == "HOLD left 1/2, 0:05"
    assert in_the_next_hold[4:] == TWO[1:]
    twice = repeat(repeat(TWO, 20.5), 21)
    assert show(twice, 21).words() == "HOLD right 1/2, 0:05"
    assert twice[-6:] == TWO[3:]


def test_repeat_later_than_a_second_after_a_change_puts_the_change_again() -> None:
    assert show(repeat(TWO, 11), 11).words() == "HOLD left 1/2, 0:05"
    assert show(repeat(TWO, 11.01), 11.01).words() == "CHANGE to right 0:02"


def test_repeat_at_the_very_beginning_starts_again() -> None:
    assert show(repeat(TWO, 0.5), 0.5).words() == "GET READY 0:05"
    assert show(repeat(TWO, 5.5), 5.5).words() == "HOLD left 1/2, 0:05"


def test_repeat_when_all_is_over() -> None:
    assert repeat(TWO, 95) == TWO
    rest_again = repeat(TWO, 91.5)
    assert show(rest_again, 91.5).words() == "REST 1:00"
    assert work_ends_at(rest_again) == 31.0
    no_rest = both(Kind.HOLD, Measures(hold_s=45), rest_s=0)
    again = repeat(no_rest, 50.5)
    assert show(again, 50.5).words() == "HOLD 0:45"
    assert show(again, 50.25).kind is REST
    assert performed(again, 95.5) == (Performed(side=BOTH, holds=1, hold_s=45, ended=True),)


def test_repeat_forgets_what_was_added_and_skipped() -> None:
    again = repeat(add(TWO, 6, 15), 8)
    assert next_change(again, 8) == 13.0
    skipped = skip(TWO, 7)
    assert next_change(repeat(skipped, 7.5), 7.5) == 12.5


def test_add_lengthens_the_phase_and_leaves_its_target() -> None:
    longer = add(TWO, 40, 15)
    assert show(longer, 40).words() == "REST 1:06"
    assert longer[-1].target_s == 60
    assert next_change(longer, 40) == 106.0
    assert work_ends_at(longer) == 31.0


def test_add_when_the_rest_is_over_counts_from_now() -> None:
    assert show(add(TWO, 100, 15), 100).words() == "REST 0:15"
    cut_short = skip(TWO, 40)
    assert show(add(cut_short, 50, 15), 50).words() == "REST 0:15"


def test_add_has_nothing_to_lengthen_in_open_work_or_after_a_set_without_rest() -> None:
    assert add(squats(), 20, 15) == squats()
    no_rest = both(Kind.HOLD, Measures(hold_s=45), rest_s=0)
    assert add(no_rest, 60, 15) == no_rest
    assert add((), 5, 15) == ()


def test_less_than_what_has_gone_by_cannot_be_left() -> None:
    assert show(add(TWO, 40, -15), 40).words() == "REST 0:36"
    assert show(add(TWO, 40, -1000), 40).words() == "REST over"


def test_time_added_to_a_lowering_shows_in_its_words() -> None:
    assert show(add(lowerings(), 6, 15), 17.5).words() == "LOWER left 1/5, 13 of 25 s"


# Pausing, and a killed program


def test_a_pause_stops_elapsed_and_nothing_else() -> None:
    watch = Stopwatch(STARTED).pause(STARTED + 7)
    assert watch.elapsed(STARTED + 7) == watch.elapsed(STARTED + 1000) == pytest.approx(7)
    assert watch.pause(STARTED + 50) == watch
    running = watch.resume(STARTED + 1007)
    assert running.elapsed(STARTED + 1010) == pytest.approx(10)
    assert running.resume(STARTED + 2000) == running


def test_a_clock_set_back_never_gives_less_than_nothing() -> None:
    assert Stopwatch(100.0).elapsed(40.0) == 0.0
    assert Stopwatch(100.0, paused_at=110.0).resume(105.0) == Stopwatch(100.0)


def test_a_restart_shows_what_the_killed_program_would_have_shown() -> None:
    events = [(skip, 6.3), (repeat, 14.0), (skip, 15.5), (repeat, 30.2)]

    def lived(until: float) -> Timeline:
        timeline = eight_fives()
        for control, at in events:
            if at <= until:
                timeline = control(timeline, at)
        return timeline

    watched = eight_fives()
    for now in range(120):
        for control, at in events:
            if now - 1 < at <= now:
                watched = control(watched, at)
        show(watched, now)
        assert show(lived(now), now) == show(watched, now)


# Bells


def bells(timeline: Timeline, until: float, step: float = 0.25) -> list[tuple[float, Cue]]:
    """The bells of a clock read every ``step`` seconds, each with its time."""
    steps = [n * step for n in range(int(until / step) + 1)]
    return [(b, cue) for a, b in pairwise(steps) for cue in cues(timeline, a, b)]


def test_bells_of_a_short_set() -> None:
    hold = [Cue.COUNT, Cue.COUNT, Cue.COUNT, Cue.CHANGE]
    heard = bells(TWO, 120)
    assert [cue for _, cue in heard] == [
        *hold,
        *hold,
        *(3 * [Cue.CHANGE, *hold]),
        *(3 * [Cue.COUNT]),
        Cue.REST_OVER,
    ]
    assert [at for at, _ in heard][:9] == [2, 3, 4, 5, 7, 8, 9, 10, 12]


def test_open_work_has_no_bells() -> None:
    assert bells(squats(), 100)[3:] == [(5, Cue.CHANGE)]
    assert len(bells(squats(), 100)) == 4


def test_a_bell_rings_when_it_is_reached_and_not_again() -> None:
    assert cues(TWO, 9.9, 10) == (Cue.CHANGE,)
    assert cues(TWO, 10, 10.5) == ()
    assert cues(TWO, 10, 9) == ()


def test_after_a_long_sleep_only_the_last_bell() -> None:
    assert cues(TWO, 6, 13) == (Cue.CHANGE,)
    assert cues(TWO, 40, 500) == (Cue.REST_OVER,)
    assert cues(TWO, 7.5, 10.5) == (Cue.COUNT, Cue.COUNT, Cue.CHANGE)


def test_skipped_phases_do_not_count_down() -> None:
    skipped = skip(TWO, 40)
    assert cues(skipped, 36.9, 39.9) == ()
    assert cues(skipped, 39.9, 40) == (Cue.REST_OVER,)
    assert cues(skip(TWO, 9.5), 9.4, 9.5) == (Cue.CHANGE,)


def test_efforts_and_rests_end_and_the_gaps_between_them_do_not() -> None:
    def told(timeline: Timeline, before: float, after: float) -> list[tuple[PhaseKind, bool]]:
        return [(end.phase.kind, end.last) for end in ends(timeline, before, after)]

    assert told(TWO, 4, 6) == [], "a set that begins"
    assert told(TWO, 9.9, 12) == [(HOLD, False)]
    assert told(TWO, 30, 31) == [(HOLD, True)]
    assert told(TWO, 31, 90.9) == []
    assert told(TWO, 90, 91) == [(REST, True)]
    assert told(TWO, 0, 500) == [(REST, True)], "after a sleep only the last"
    again = repeat(TWO, 60)
    assert told(again, 59.9, 60) == [], "a rest started again"
    assert told(again, 119.9, 120) == [(REST, True)]
    assert told(rest_only(60), 59, 60) == [(REST, True)]


def test_a_rest_started_again_is_not_over() -> None:
    again = repeat(TWO, 60)
    assert cues(again, 59.9, 60) == (Cue.CHANGE,)
    assert cues(again, 119.9, 120) == (Cue.REST_OVER,)


# What was performed


def holds(count: int, side: Side = LEFT, *, ended: bool = False) -> Performed:
    return Performed(side=side, holds=count, hold_s=5, ended=ended)


def test_a_whole_set_by_the_clock() -> None:
    end = 5 + 16 * 5 + 15 * 2
    assert performed(eight_fives(), end) == (holds(8, ended=True), holds(8, RIGHT, ended=True))
    side = {"reps": 5, "tempo_s": 10, "ended": True}
    assert performed(lowerings(), 1000) == (
        Performed(side=LEFT, **side),  # type: ignore[arg-type]  # one value a field
        Performed(side=RIGHT, **side),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(("elapsed", "counted"), [(5, 0), (9.49, 0), (9.5, 1), (10, 1), (11, 1)])
def test_a_hold_counts_from_nine_tenths(elapsed: float, counted: int) -> None:
    assert performed(TWO, elapsed) == (holds(counted), holds(0, RIGHT))
    assert performed(skip(TWO, elapsed), elapsed)[0] == holds(counted)


def test_nine_tenths_of_any_target_are_enough() -> None:
    timeline = both(Kind.CLUSTER, Measures(holds=2, hold_s=7))
    assert performed(skip(timeline, 5 + 6.3), 12)[0].holds == 1


@pytest.mark.parametrize(("elapsed", "counted"), [(12.9, 0), (13, 1)])
def test_a_lowering_counts_from_eight_tenths(elapsed: float, counted: int) -> None:
    assert performed(lowerings(), elapsed)[0].reps == counted


def test_skipped_and_repeated_holds_do_not_count() -> None:
    skipped = skip(TWO, 6)
    assert performed(skipped, 100) == (holds(1, ended=True), holds(2, RIGHT, ended=True))
    again = repeat(TWO, 9.9)
    assert performed(again, 10)[0] == holds(0)
    assert performed(again, 100) == (holds(2, ended=True), holds(2, RIGHT, ended=True))


@pytest.mark.parametrize(
    ("stopped", "held", "counted"), [(5, 0, 0), (35.7, 30, 0), (46, 41, 1), (50, 45, 1)]
)
def test_a_single_hold_is_worth_the_seconds_it_lasted(
    stopped: float, held: int, counted: int
) -> None:
    timeline = skip(both(Kind.HOLD, Measures(hold_s=45)), stopped)
    done = performed(timeline, stopped)[0]
    assert (done.hold_s, done.holds) == (held, counted)


def test_time_beyond_the_target_is_kept_apart() -> None:
    longer = add(both(Kind.HOLD, Measures(hold_s=45)), 40, 15)
    assert performed(longer, 100) == (Performed(side=BOTH, holds=1, hold_s=45, ended=True),)


def test_a_target_of_part_seconds_is_given_back_as_it_was() -> None:
    assert performed(both(Kind.HOLD, Measures(hold_s=2.3)), 60)[0].hold_s == 2.3


def test_timed_work_lasts_what_it_lasted() -> None:
    timeline = both(Kind.PLYOMETRIC, Measures(duration_s=30))
    assert performed(timeline, 25.5) == (Performed(side=BOTH, duration_s=20),)
    assert performed(timeline, 60) == (Performed(side=BOTH, duration_s=30, ended=True),)


def test_of_reps_the_clock_knows_only_that_they_are_over() -> None:
    timeline = compile_set(per_leg(Measures(reps=8)), Kind.LOADED, Sides.PER_SIDE, 60)
    assert performed(skip(timeline, 40), 50) == (
        Performed(side=LEFT, ended=True),
        Performed(side=RIGHT),
    )


def test_holds_of_no_stated_length_count_once_closed() -> None:
    timeline = both(Kind.CLUSTER, Measures(holds=2))
    assert performed(timeline, 30)[0].holds == 0
    assert performed(skip(timeline, 30), 31) == (Performed(side=BOTH, holds=1),)
    to_failure = both(Kind.HOLD, Measures(holds=1))
    assert performed(skip(to_failure, 42.5), 43) == (
        Performed(side=BOTH, holds=1, hold_s=37, ended=True),
    )


def test_nothing_is_performed_in_a_rest() -> None:
    assert performed(rest_only(60), 100) == ()


# For every plan and every course of a set

seconds = st.floats(min_value=0.01, max_value=120)
counts = st.integers(min_value=1, max_value=6)
goal_measures = st.one_of(
    st.builds(Measures, holds=counts, hold_s=seconds),
    st.builds(Measures, hold_s=seconds),
    st.builds(Measures, reps=counts, tempo_s=seconds),
    st.builds(Measures, duration_s=seconds),
    st.builds(Measures, reps=counts),
    st.just(Measures()),
)
plans = st.one_of(
    st.builds(per_leg, goal_measures, goal_measures),
    st.builds(lambda m: SetPlan(number=1, goals=(Goal(side=BOTH, measures=m),)), goal_measures),
)
fresh = st.builds(
    compile_set, plans, st.sampled_from(Kind), st.sampled_from(Sides), st.just(0) | seconds
)
gaps = st.floats(min_value=0, max_value=40)
controls = st.sampled_from(["skip", "repeat", "add"])


def edited(timeline: Timeline, control: str, elapsed: float) -> Timeline:
    if control == "add":
        return add(timeline, elapsed, 15)
    return skip(timeline, elapsed) if control == "skip" else repeat(timeline, elapsed)


@st.composite
def courses(draw: st.DrawFn) -> tuple[Timeline, float]:
    """A timeline after some controls at growing elapsed times, and the last of these."""
    timeline, at = draw(fresh), 0.0
    for control, gap in draw(st.lists(st.tuples(controls, gaps), max_size=6)):
        at += gap
        timeline = edited(timeline, control, at)
    return timeline, at


elapsed_times = st.floats(min_value=0, max_value=600) | st.floats(min_value=0, max_value=1e6)


@given(courses(), st.floats())
def test_the_clock_always_shows_something_sound(
    course: tuple[Timeline, float], elapsed: float
) -> None:
    timeline, _ = course
    view = show(timeline, elapsed)
    assert view.words().startswith(view.label)
    assert 0 <= view.set_fraction <= 1
    assert view.seconds >= 0
    assert (view.kind is DONE) == (view.phase == len(timeline))
    if view.kind is not DONE and timeline[view.phase].seconds is not None:
        assert view.seconds >= 1
    assert all(phase.seconds is None or phase.seconds >= 0 for phase in timeline)
    before = sum(phase.seconds or 0.0 for phase in timeline[: view.phase])
    assert before <= exact(elapsed)


@given(courses(), elapsed_times, gaps)
def test_time_only_leads_on(course: tuple[Timeline, float], elapsed: float, later: float) -> None:
    timeline, _ = course
    first, second = show(timeline, elapsed), show(timeline, elapsed + later)
    assert first.phase <= second.phase
    assert first.set_fraction <= second.set_fraction
    assert first.over_s <= second.over_s
    assert first.working_done <= second.working_done


@given(courses(), gaps)
def test_skip_leads_to_the_next_phase_at_once(course: tuple[Timeline, float], gap: float) -> None:
    timeline, at = course
    before = show(timeline, at + gap)
    after = show(skip(timeline, at + gap), at + gap)
    assert after.phase == min(before.phase + 1, len(timeline))


@given(courses(), gaps)
def test_repeat_leaves_the_same_work_to_count(course: tuple[Timeline, float], gap: float) -> None:
    timeline, at = course
    again = repeat(timeline, at + gap)

    def counting(phases: Timeline) -> list[tuple[PhaseKind, Side, int]]:
        return [(p.kind, p.side, p.index) for p in phases if p.kind in WORKING and not p.void]

    assert counting(again) == counting(timeline)
    view = show(again, at + gap)
    assume(view.kind is not DONE)
    assert not any(phase.void for phase in again[view.phase :])
    assert again[view.phase].seconds in (None, exact(again[view.phase].target_s or 0.0))


@given(courses(), gaps)
def test_add_gives_15_seconds_and_leaves_all_else(
    course: tuple[Timeline, float], gap: float
) -> None:
    timeline, at = course
    at += gap
    longer = add(timeline, at, 15)
    assert [p.target_s for p in longer] == [p.target_s for p in timeline]
    end = next_change(timeline, at)
    if end is not None:
        assert next_change(longer, at) == end + 15
        assert show(longer, at).phase == show(timeline, at).phase


@given(courses(), gaps, controls)
def test_what_was_is_not_changed_by_what_is_pressed_later(
    course: tuple[Timeline, float], gap: float, control: str
) -> None:
    timeline, at = course
    after = edited(timeline, control, at + gap)
    for past in (at / 3, at, at + gap / 2):
        if exact(past) < exact(at + gap) and show(timeline, past).kind is not DONE:
            assert show(after, past).phase == show(timeline, past).phase


@given(courses(), elapsed_times)
def test_what_is_shown_changes_at_the_next_tick_and_not_before(
    course: tuple[Timeline, float], elapsed: float
) -> None:
    timeline, _ = course

    def shown(at: float) -> tuple[int, str, str]:
        view = show(timeline, at)
        return view.phase, view.words(), view.big

    tick, now = next_tick(timeline, elapsed), show(timeline, elapsed)
    if now.kind is DONE and not now.rested:
        assert tick == inf
        assert shown(elapsed + 86_400) == shown(elapsed)
        return
    assert elapsed < tick <= exact(elapsed) + (60 if now.rested else 1)
    assert shown(tick - 1 / 1024) == shown(elapsed)
    assert shown(tick) != shown(elapsed)


@given(courses(), elapsed_times)
def test_the_next_change_is_where_the_phase_changes(
    course: tuple[Timeline, float], elapsed: float
) -> None:
    timeline, _ = course
    end = next_change(timeline, elapsed)
    phase = show(timeline, elapsed).phase
    if end is None:
        assert show(timeline, inf).phase == phase
    else:
        assert show(timeline, end - 1 / 1024).phase == phase < show(timeline, end).phase


@given(courses(), elapsed_times, st.floats(0, 1.4), st.floats(0, 1.4))
def test_bells_neither_double_nor_get_lost_between_two_looks(
    course: tuple[Timeline, float], start: float, first: float, second: float
) -> None:
    timeline, _ = course
    middle, end = start + first, start + first + second
    parted = cues(timeline, start, middle) + cues(timeline, middle, end)
    assert parted == cues(timeline, start, end)
    parted_ends = ends(timeline, start, middle) + ends(timeline, middle, end)
    assert parted_ends == ends(timeline, start, end)


@given(courses(), elapsed_times, elapsed_times)
def test_a_sleep_rings_at_most_once(
    course: tuple[Timeline, float], start: float, length: float
) -> None:
    timeline, _ = course
    assume(length > 3.01)
    assert len(cues(timeline, start, start + length)) <= 1


@given(courses(), elapsed_times, gaps)
def test_what_is_performed_only_grows_and_never_passes_the_plan(
    course: tuple[Timeline, float], elapsed: float, later: float
) -> None:
    timeline, _ = course
    for before, after in zip(
        performed(timeline, elapsed), performed(timeline, elapsed + later), strict=True
    ):
        assert before.side == after.side
        planned = [p for p in timeline if p.side is after.side and p.kind in WORKING and not p.void]
        assert (before.holds or 0) <= (after.holds or 0) <= len(planned)
        assert (before.reps or 0) <= (after.reps or 0) <= len(planned)
        assert before.ended <= after.ended
        target = planned[0].target_s
        assert target is None or (after.hold_s or after.duration_s or 0) <= target


@given(courses())
def test_work_that_ends_is_done_at_that_instant(course: tuple[Timeline, float]) -> None:
    timeline, _ = course
    end = work_ends_at(timeline)
    if end is None:
        assert not show(timeline, 1e9).working_done
    else:
        assert show(timeline, end).working_done
        assert not show(timeline, end - 1 / 1024).working_done or end == 0.0


@given(
    st.lists(st.tuples(gaps, gaps), max_size=5),
    gaps,
    st.floats(min_value=1.7e9, max_value=2e9),
)
def test_elapsed_is_the_time_it_ran(
    stints: list[tuple[float, float]], last: float, started: float
) -> None:
    watch, now = Stopwatch(started), started
    for ran, paused in stints:
        watch = watch.pause(now + ran)
        watch = watch.resume(now + ran + paused)
        now += ran + paused
    assert watch.elapsed(now + last) == pytest.approx(sum(r for r, _ in stints) + last, abs=1e-5)


def test_a_phase_is_a_value() -> None:
    assert Phase(HOLD, 5, LEFT, 1, 8) == Phase(HOLD, 5, LEFT, 1, 8)
    assert hash(eight_fives()) == hash(eight_fives())
