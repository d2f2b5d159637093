from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import (
    CALF,
    CARRY,
    HOLDS,
    JUMP,
    PLANK,
    SLING,
    SQUAT,
    START,
    TOO_HEAVY,
    TOWEL,
    TRAIL_SPEED,
    WALL_SIT,
    as_read,
    item,
    new_id,
    start,
)
from tui.domain.calculator.loads import Loads
from tui.domain.model.notation import parse
from tui.domain.model.values import (
    FLAGS,
    Kind,
    Measures,
    Prescription,
    Session,
    SetEntry,
    SetKind,
    Side,
    Sides,
)
from tui.domain.session.actions import (
    AddSet,
    AddWarmups,
    Adjust,
    Clock,
    Command,
    EndSlow,
    Finish,
    Flag,
    Log,
    Mark,
    Move,
    Put,
    Redo,
    Refused,
    Remove,
    SessionNote,
    Skip,
    Superset,
    Swap,
    Tick,
    Undo,
    Write,
)
from tui.domain.session.autoregulation import Replan
from tui.domain.session.clock import work_ends_at
from tui.domain.session.event_codec import event_to_doc
from tui.domain.session.events import Event
from tui.domain.session.events import Undo as Undone
from tui.domain.session.live import Item, Key, Live
from tui.domain.session.replay import replay, session_of
from tui.domain.session.steps import step

M = Measures
LEFT, RIGHT, BOTH = Side.LEFT, Side.RIGHT, Side.BOTH


class Gym:
    """A session under way with its journal and a clock that only this class moves."""

    def __init__(self, *items: Item) -> None:
        self.events: list[Event] = [start(*items)]
        live = replay(self.events)
        assert live is not None
        self.live: Live = live
        self.now = START

    def do(self, *commands: Command, after: float = 1) -> Live:
        """Take steps, ``after`` seconds before each."""
        for command in commands:
            self.now += timedelta(seconds=after)
            self.live, events = step(self.live, command, self.now, new_id)
            self.events += events
        return self.live

    def refuses(self, command: Command, says: str) -> None:
        """The step is refused with a message, and nothing changes."""
        with pytest.raises(Refused, match=says) as caught:
            step(self.live, command, self.now, new_id)
        message = str(caught.value)
        assert message.isprintable()
        assert len(message) < 90

    def restart(self) -> Live:
        """Restart as after a kill: only the journal is left."""
        live = replay(as_read(self.events))
        assert live == self.live
        assert live is not None
        self.live = live
        return live

    def rows(self, item: str, number: int = 1, kind: SetKind = SetKind.WORK) -> list[SetEntry]:
        return list(self.live.rows[Key(item, kind, number)])

    def done(self, item: str, number: int = 1) -> list[Measures]:
        return [row.done for row in self.rows(item, number)]

    def ends(self) -> float:
        """The seconds until the work of the running set is over."""
        assert self.live.clock is not None
        ends = work_ends_at(self.live.clock.timeline)
        assert ends is not None
        return ends - self.live.clock.watch.elapsed(self.now.timestamp())

    def finished(self) -> Session:
        self.do(Finish())
        session = session_of(as_read(self.events))
        assert session is not None
        return session


def key(item: str, number: int = 1, kind: SetKind = SetKind.WORK) -> Key:
    return Key(item, kind, number)


def typed(item: str, text: str, number: int = 1) -> Write:
    return Write(key(item, number), parse(text, single=True))


# -- a whole session -------------------------------------------------------------------------------

TRAIL_SPEED_DONE = {
    "wall-lean-hold": (2, M(holds=8, hold_s=5)),
    "glute-sling": (2, M(reps=25)),
    "towel-hamstring-eccentric": (2, M(reps=5, tempo_s=10)),
    "seated-calf-raise": (1, M(reps=25, load_kg=40)),
    "dead-bug-squeeze": (2, M(holds=8, hold_s=5)),
}


def assert_trail_speed(session: Session) -> None:
    assert [entry.exercise for entry in session.entries] == list(TRAIL_SPEED_DONE)
    for entry in session.entries:
        sides, done = TRAIL_SPEED_DONE[entry.exercise]
        assert [row.number for row in entry.sets] == [n for n in (1, 2, 3) for _ in range(sides)]
        assert all(row.done == row.prescribed == done for row in entry.sets)
        assert all(row.undone is None for row in entry.sets)
    ids = [row.id for entry in session.entries for row in entry.sets]
    assert len(set(ids)) == len(ids) == 27


def test_a_session_as_prescribed_costs_one_key_a_set() -> None:
    gym = Gym(*TRAIL_SPEED)
    presses = 0
    coming: Item | None = gym.live.suggested()
    while coming is not None:
        gym.do(Log(coming.id), after=60)
        presses += 1
        coming = gym.live.suggested(coming.id)
    assert presses == 15
    assert gym.live.pending == ()
    assert gym.live.clock is None
    assert_trail_speed(gym.finished())


def test_timed_sets_need_nothing_but_the_clock() -> None:
    gym = Gym(*TRAIL_SPEED)
    coming: Item | None = gym.live.suggested()
    while coming is not None:
        gym.do(Clock("space", coming.id))
        if coming.kind is Kind.LOADED:
            gym.do(Log(coming.id), after=40)
        else:
            gym.do(Tick(), after=gym.ends())
            assert gym.live.pending[-1].item == coming.id
        coming = gym.live.suggested(coming.id)
    assert len(gym.live.pending) == 1
    assert_trail_speed(gym.finished())


def test_the_calf_set_is_planned_and_logged_as_one() -> None:
    gym = Gym(CALF)
    gym.do(Log("1"))
    [row] = gym.rows("1")
    assert (row.side, row.number) == (BOTH, 1)
    assert row.at == row.edited == (START + timedelta(seconds=1)).isoformat()


# -- the clock -------------------------------------------------------------------------------------


@pytest.mark.parametrize("late_s", [0, 0.4, 7, 3600, 90_000])
def test_a_set_that_ran_out_is_marked_at_the_instant_it_did(late_s: float) -> None:
    gym = Gym(WALL_SIT, CALF)
    gym.do(Clock("space", "1"))
    over = gym.now + timedelta(seconds=gym.ends())
    gym.restart()
    gym.do(Tick(), after=gym.ends() + late_s)
    assert gym.live.pending == (key("1"),)
    [row] = gym.rows("1")
    assert row.done == M(hold_s=45)
    assert row.at == row.edited == over.isoformat()
    assert event_to_doc(gym.events[-1])["pending"] is True


def test_a_second_before_the_end_nothing_is_marked() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space", "1"))
    gym.do(Tick(), after=gym.ends() - 1)
    assert gym.live.rows == {}
    assert step(gym.live, Tick(), gym.now, new_id) == (gym.live, [])


def test_after_the_set_the_rest_runs_by_itself() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space", "1"))
    gym.do(Tick(), after=gym.ends() + 5)
    assert gym.live.clock is not None
    assert gym.live.clock.view(gym.now).words() == "REST 0:40"


def test_enter_confirms_what_ran_out_and_no_more() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space", "1"))
    gym.do(Tick(), after=gym.ends())
    rows, clock = gym.rows("1"), gym.live.clock
    gym.do(Log("1"))
    assert gym.live.pending == ()
    assert (gym.rows("1"), gym.live.clock) == (rows, clock)
    assert key("1", 2) not in gym.live.rows
    gym.do(Log("1"))
    assert key("1", 2) in gym.live.rows


@pytest.mark.parametrize(
    "then",
    [Clock("space", "1"), Log("2"), typed("2", "20 40kg"), Skip((key("2"),), "time")],
)
def test_going_on_confirms_what_ran_out(then: Command) -> None:
    gym = Gym(WALL_SIT, CALF)
    gym.do(Clock("space", "1"))
    gym.do(Tick(), after=gym.ends())
    gym.do(then)
    assert gym.live.pending == ()
    assert gym.done("1") == [M(hold_s=45)]


def test_a_correction_confirms_what_ran_out() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space", "1"))
    gym.do(Tick(), after=gym.ends())
    gym.do(typed("1", "38s rir0"))
    assert gym.live.pending == ()
    assert gym.done("1") == [M(hold_s=38)]


def test_a_command_that_comes_late_finds_the_set_marked() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space", "1"))
    gym.do(Clock("space", "1"), after=gym.ends() + 20)
    assert gym.done("1") == [M(hold_s=45)]
    assert gym.live.clock is not None
    assert gym.live.clock.key == key("1", 2)


def test_a_pause_moves_the_end() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space", "1"))
    gym.do(Clock("space", "1"), after=20)
    assert gym.live.clock is not None
    assert gym.live.clock.watch.paused_at == gym.now.timestamp()
    gym.do(Tick(), after=5000)
    assert gym.live.rows == {}
    gym.restart()
    gym.do(Clock("space", "1"))
    over = gym.now + timedelta(seconds=gym.ends())
    gym.do(Tick(), after=gym.ends() + 2)
    assert gym.rows("1")[0].at == over.isoformat()


def test_holds_that_were_cut_short_are_not_counted() -> None:
    gym = Gym(replace(HOLDS, kind=Kind.CLUSTER))
    gym.do(Clock("space", "1"))
    gym.do(Clock("skip"), after=5)  # "ready" is over by then: this hold ends at once
    gym.do(Clock("space"), Clock("space"))
    gym.do(Tick(), after=gym.ends())
    assert sorted(m.holds or 0 for m in gym.done("1")) == [7, 8]
    assert all(row.prescribed == M(holds=8, hold_s=5) for row in gym.rows("1"))


def test_a_hold_that_was_let_go_counts_for_as_long_as_it_lasted() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space", "1"))
    gym.do(Clock("skip"), after=5 + 30)
    gym.do(Tick())
    assert gym.done("1") == [M(hold_s=30)]


def test_a_set_skipped_through_was_not_done() -> None:
    gym = Gym(TOWEL)
    gym.do(Clock("space", "1"))
    while not gym.live.rows:
        gym.do(Clock("skip"), after=0.25)
    assert gym.done("1") == [M(reps=0, tempo_s=10)] * 2


def test_time_added_is_no_part_of_what_was_done() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space", "1"))
    gym.do(Clock("add"), after=20)
    assert gym.ends() == pytest.approx(45)
    gym.do(Tick(), after=gym.ends())
    assert gym.done("1") == [M(hold_s=45)]


def test_a_set_at_the_runners_own_pace_is_ended_by_enter() -> None:
    gym = Gym(SQUAT)
    gym.do(Clock("space", "1"))
    gym.do(Tick(), after=600)
    assert gym.live.rows == {}
    gym.do(Log("1"))
    assert gym.live.pending == ()
    assert gym.live.clock is not None
    assert gym.live.clock.view(gym.now).words() == "REST 2:30"


def test_the_last_set_of_the_session_has_no_rest() -> None:
    gym = Gym(CALF)
    assert gym.do(Log("1"), Log("1")).clock is not None
    assert gym.do(Log("1")).clock is None
    gym.refuses(Log("1"), "All sets of this exercise are done")
    gym.refuses(Clock("space", "1"), "All sets are done. F finishes")


@pytest.mark.parametrize("op", ["skip", "repeat", "add", "stop"])
def test_a_clock_that_does_not_run_cannot_be_turned(op: str) -> None:
    Gym(CALF).refuses(Clock(op), "stands still")


def test_the_clock_can_be_stopped_and_started_anew() -> None:
    gym = Gym(HOLDS)
    assert gym.do(Clock("space"), Clock("repeat"), Clock("stop")).clock is None
    gym.do(Clock("space"))
    assert gym.live.clock is not None
    assert gym.live.clock.watch.elapsed(gym.now.timestamp()) == 0
    gym.refuses(Clock("dance"), "unknown clock event")


# -- what is written -------------------------------------------------------------------------------


def test_what_is_typed_for_a_one_sided_exercise_is_both_sides() -> None:
    gym = Gym(PLANK)
    gym.do(typed("1", "35s rir1"))
    assert [(row.side, row.done, row.rir) for row in gym.rows("1")] == [
        (LEFT, M(hold_s=35), 1),
        (RIGHT, M(hold_s=35), 1),
    ]
    gym.do(typed("1", "L40s R38s"))
    assert [(row.side, row.done, row.rir) for row in gym.rows("1")] == [
        (LEFT, M(hold_s=40), None),
        (RIGHT, M(hold_s=38), None),
    ]


def test_a_set_keeps_its_ids_however_often_it_is_done() -> None:
    gym = Gym(PLANK, CALF)
    gym.do(Log("1"))
    ids = [row.id for row in gym.rows("1")]
    assert len(set(ids)) == 2
    gym.do(typed("1", "L40s R38s"), Mark(key("1"), "pain", 2))
    assert [row.id for row in gym.rows("1")] == ids
    gym.do(Skip((key("1", 2),), "time"))
    undone = [row.id for row in gym.rows("1", 2)]
    gym.do(Skip((key("1", 2),), "pain"))
    assert [row.id for row in gym.rows("1", 2)] == undone
    gym.do(typed("1", "L40s R38s", 2))
    assert [row.id for row in gym.rows("1", 2)] == undone


def test_a_set_done_anew_after_an_undo_is_another_set() -> None:
    gym = Gym(PLANK, CALF)
    gym.do(Log("1"))
    ids = {row.id for row in gym.rows("1")}
    gym.do(Undo())
    assert gym.live.rows == {}
    gym.do(Clock("space", "1"))
    gym.do(Tick(), after=gym.ends())
    assert ids.isdisjoint(row.id for row in gym.rows("1"))


def test_a_correction_keeps_the_time_of_the_set_and_its_note() -> None:
    gym = Gym(SQUAT)
    gym.do(Log("1"), Mark(key("1"), "note", "belt"))
    at = gym.rows("1")[0].at
    gym.do(typed("1", "7 60kg slow"), after=30)
    [row] = gym.rows("1")
    assert (row.at, row.edited, row.note) == (at, gym.now.isoformat(), "belt")
    assert (row.done, row.flags) == (M(reps=7, load_kg=60), ("slow",))
    assert row.prescribed == M(reps=8, load_kg=60)


def test_several_sets_cannot_be_written_as_one() -> None:
    gym = Gym(SQUAT)
    gym.refuses(Write(key("1"), parse("60kg x 8,8")), "rows must be one for both sides")


@pytest.mark.parametrize(
    ("name", "value"), [("rir", 2), ("effort", 7.5), ("pain", 3), ("note", "hips high")]
)
def test_how_it_was_is_said_of_both_sides(name: Any, value: float | str) -> None:
    gym = Gym(PLANK)
    gym.refuses(Mark(key("1"), name, value), "No set is logged yet")
    gym.do(Log("1"), Mark(key("1"), name, value))
    assert [getattr(row, name) for row in gym.rows("1")] == [value, value]


def test_a_mark_does_not_confirm() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space"))
    gym.do(Tick(), after=gym.ends())
    gym.do(Mark(key("1"), "pain", 1))
    assert gym.live.pending == (key("1"),)


def test_a_mark_out_of_range_is_refused_in_words() -> None:
    gym = Gym(SQUAT)
    gym.do(Log("1"))
    gym.refuses(Mark(key("1"), "pain", 11), "pain must be from 0 to 10")


def test_jumps_are_counted_in_contacts_of_the_feet_that_land() -> None:
    gym = Gym(JUMP)
    gym.do(Log("1"), typed("1", "6", 2), typed("1", "8c", 3))
    assert [gym.done("1", n)[0] for n in (1, 2, 3)] == [
        M(contacts=10),
        M(reps=6, contacts=12),
        M(contacts=8),
    ]
    gym.do(Adjust("1", steps=1), Log("1"))
    assert gym.done("1", 4) == [M(contacts=12)]


# -- left undone -----------------------------------------------------------------------------------


def test_a_set_is_skipped_for_a_reason() -> None:
    gym = Gym(CARRY)
    gym.do(Skip((key("1"), key("1", 2)), "pain"))
    for number in (1, 2):
        assert [(row.undone, row.done) for row in gym.rows("1", number)] == [("pain", M())] * 2
        assert gym.rows("1", number)[0].prescribed == M(distance_m=40, load_kg=16)
    gym.do(Skip((key("1"),), "time"))
    assert gym.rows("1")[0].undone == "time"
    gym.do(typed("1", "40m 16kg"))
    assert gym.rows("1")[0].undone is None


def test_a_set_that_is_logged_cannot_be_skipped() -> None:
    gym = Gym(SQUAT)
    gym.do(Log("1"))
    gym.refuses(Skip((key("1"),), "pain"), "is logged already")
    gym.do(Skip((key("1"), key("1", 2)), "pain"))
    assert gym.done("1") == [M(reps=8, load_kg=60)]


def test_a_set_that_ran_out_alone_can_be_skipped() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space"))
    gym.do(Tick(), after=gym.ends())
    gym.do(Skip((key("1"),), "pain"))
    assert gym.rows("1")[0].undone == "pain"
    assert gym.live.pending == ()
    assert gym.live.clock is None


@pytest.mark.parametrize("name", [flag for flag in FLAGS if flag != "aborted"])
def test_a_flag_is_given_and_taken_back(name: str) -> None:
    gym = Gym(SLING)
    gym.do(typed("1", "25/side Lform"), Flag(key("1"), name))
    assert all(name in row.flags for row in gym.rows("1"))
    assert "form" in gym.rows("1")[0].flags
    gym.restart()
    gym.do(Flag(key("1"), name))
    assert not any(name in row.flags for row in gym.rows("1"))


def test_only_what_was_done_is_flagged() -> None:
    gym = Gym(SQUAT)
    gym.refuses(Flag(key("1"), "slow"), "No set is logged yet")
    gym.do(Skip((key("1"),), "time"))
    gym.refuses(Flag(key("1"), "slow"), "No set is logged yet")
    gym.do(Log("1"))
    gym.refuses(Flag(key("1", 2), "lazy"), "flags can be slow")


def test_two_slow_sets_in_a_row_may_end_the_exercise() -> None:
    gym = Gym(item("back-squat", Kind.LOADED, Sides.BOTH, 4, 150, reps=5, load_kg=60))
    gym.do(Log("1"), Flag(key("1"), "slow"), Log("1"))
    gym.refuses(EndSlow("1"), "No two slow sets in a row")
    gym.do(Flag(key("1", 2), "slow"))
    assert gym.live.slowed(gym.live.items[0]) == [key("1", 3), key("1", 4)]
    gym.do(EndSlow("1"))
    for number in (3, 4):
        [left] = gym.rows("1", number)
        assert (left.undone, left.flags) == ("other", ("slow",))
    gym.restart()
    gym.refuses(EndSlow("1"), "No two slow sets in a row")
    gym.do(Undo())
    assert gym.live.open_keys(gym.live.items[0]) == [key("1", 3), key("1", 4)]


def test_a_quick_set_between_slow_ones_ends_nothing() -> None:
    gym = Gym(item("back-squat", Kind.LOADED, Sides.BOTH, 4, 150, reps=5, load_kg=60))
    gym.do(typed("1", "5 60kg slow"), typed("1", "5 60kg", 2), typed("1", "5 60kg slow", 3))
    gym.refuses(EndSlow("1"), "No two slow sets in a row")


def test_a_reason_must_be_one_of_the_four() -> None:
    Gym(SQUAT).refuses(Skip((key("1"),), "tired"), "undone can be pain, time, equipment, other")


def test_finish_leaves_what_is_open_undone() -> None:
    gym = Gym(SQUAT, PLANK)
    gym.do(AddWarmups("1", round), Log("2"))
    session = gym.finished()
    squat, plank = session.entries
    assert [(row.kind, row.number, row.undone) for row in squat.sets] == [
        (SetKind.WORK, n, "time") for n in (1, 2, 3)
    ]
    assert [(row.number, row.side, row.undone) for row in plank.sets] == [
        (1, LEFT, None),
        (1, RIGHT, None),
        (2, LEFT, "time"),
        (2, RIGHT, "time"),
    ]
    assert session.finished == gym.now
    assert session.started == START
    assert (session.programme, session.part) == ("trail-speed", "whole")
    gym.refuses(Undo(), "finished")


def test_finish_confirms_what_ran_out() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space"))
    gym.do(Finish("equipment"), after=gym.ends() + 1)
    assert gym.live.pending == ()
    assert [gym.rows("1", n)[0].undone for n in (1, 2)] == [None, "equipment"]


@pytest.mark.parametrize(
    "steps", [(), (Log("1"), Undo()), (Clock("space"),), (Adjust("1", load_kg=5), AddSet("1"))]
)
def test_a_session_in_which_nothing_was_logged_is_none(steps: tuple[Command, ...]) -> None:
    gym = Gym(SQUAT)
    gym.do(*steps, Finish())
    assert session_of(gym.events) is None


def test_a_note_alone_is_worth_keeping() -> None:
    gym = Gym(SQUAT)
    gym.do(SessionNote("flu"))
    session = gym.finished()
    assert (session.note, session.entries) == ("flu", ())


# -- the plan --------------------------------------------------------------------------------------


def test_lighter_than_planned_stays_visible() -> None:
    gym = Gym(SQUAT)
    gym.do(Log("1"), Adjust("1", load_kg=-2.5), Adjust("1", steps=-2), Log("1"))
    [row] = gym.rows("1", 2)
    assert row.done == M(reps=6, load_kg=57.5)
    assert row.prescribed == M(reps=8, load_kg=60)
    assert gym.done("1") == [M(reps=8, load_kg=60)]


@pytest.mark.parametrize(
    ("planned", "steps", "then"),
    [
        (HOLDS, 1, M(holds=9, hold_s=5)),
        (HOLDS, -99, M(holds=1, hold_s=5)),
        (WALL_SIT, 2, M(hold_s=55)),
        (WALL_SIT, -99, M(hold_s=5)),
        (CARRY, -1, M(distance_m=35, load_kg=16)),
        (TOWEL, 3, M(reps=8, tempo_s=10)),
        (JUMP, -2, M(contacts=6)),
        (JUMP, -99, M(contacts=2)),
    ],
)
def test_one_step_is_one_of_what_the_set_is_counted_in(
    planned: Item, steps: int, then: Measures
) -> None:
    gym = Gym(planned)
    gym.do(Adjust("1", steps=steps))
    goals = {goal.measures for plan in gym.live.items[0].now.sets for goal in plan.goals}
    assert goals == {then}
    assert gym.live.items[0].plan == planned.plan


def test_less_of_a_very_short_hold_is_not_more() -> None:
    gym = Gym(WALL_SIT)
    short = replace(gym.live.items[0], id="0", plan=_holding(3), now=_holding(3))
    gym.do(Put(short), Adjust("2", steps=-1))
    assert gym.live.items[1].now.sets[0].goals[0].measures == M(hold_s=3)


def _holding(seconds: float) -> Any:
    plan = WALL_SIT.plan.sets[0]
    goal = replace(plan.goals[0], measures=M(hold_s=seconds))
    return replace(WALL_SIT.plan, sets=(replace(plan, goals=(goal,)),))


def test_a_load_goes_down_to_nothing_and_no_further() -> None:
    gym = Gym(SQUAT)
    gym.do(Adjust("1", load_kg=-100))
    assert gym.live.items[0].now.sets[0].goals[0].measures.load_kg == 0
    gym.refuses(Adjust("1", load_kg=1e6), "load_kg must be from 0")


@pytest.mark.parametrize(
    ("planned", "by", "then"),
    [
        (60, 1, 60),
        (50, 1, 60),
        (55, 1, 60),
        (50, -1, 42.5),
        (42.5, -1, 42.5),
        (10, -1, 10),
        (61, -1, 60),
    ],
)
def test_a_load_steps_through_what_is_owned(planned: float, by: int, then: float) -> None:
    owned = Loads(owned=(42.5, 50.0, 60.0))
    gym = Gym(with_load(SQUAT, planned))
    if then == planned:
        word = "heaviest" if by > 0 else "lightest"
        gym.refuses(Adjust("1", load_kg=2.5 * by, loads=owned), f"Your {word} already")
        return
    gym.do(Adjust("1", load_kg=2.5 * by, loads=owned))
    assert {s.goals[0].measures.load_kg for s in gym.live.items[0].now.sets} == {then}


def test_with_nothing_owned_named_a_load_steps_from_the_bar() -> None:
    gym = Gym(SLING)
    bar = Loads(lightest_kg=20)
    gym.do(Adjust("1", load_kg=2.5, loads=bar), Adjust("1", load_kg=2.5, loads=bar))
    assert gym.live.items[0].now.sets[0].goals[0].measures.load_kg == 22.5
    gym.do(Adjust("1", load_kg=-2.5, loads=bar))
    gym.refuses(Adjust("1", load_kg=-2.5, loads=bar), "Your lightest already")


def with_load(item: Item, load_kg: float) -> Item:
    sets = tuple(
        replace(
            s,
            goals=tuple(replace(g, measures=replace(g.measures, load_kg=load_kg)) for g in s.goals),
        )
        for s in item.plan.sets
    )
    plan = replace(item.plan, sets=sets)
    return replace(item, plan=plan, now=plan)


def test_the_first_load_is_planned_for_the_sets_that_follow() -> None:
    gym = Gym(SLING)
    gym.do(typed("1", "25 10kg"), Log("1"))
    assert gym.done("1", 2) == [M(reps=25, load_kg=10)] * 2
    assert gym.rows("1", 2)[0].prescribed == M(reps=25)
    gym.do(Undo(), Undo())
    assert gym.live.items[0].now == SLING.now


def test_the_first_help_is_planned_for_the_sets_that_follow_and_comes_down_by_steps() -> None:
    gym = Gym(SLING)
    gym.do(typed("1", "12/side a20kg"))
    goals = [one.goals[0].measures for one in gym.live.items[0].now.sets]
    assert [(m.load_kg, m.assist_kg) for m in goals] == [(None, 20)] * 3
    gym.do(Adjust("1", load_kg=2.5))
    assert gym.live.items[0].now.sets[1].goals[0].measures.assist_kg == 17.5
    gym.do(Adjust("1", load_kg=-5))
    assert gym.live.items[0].now.sets[1].goals[0].measures.assist_kg == 22.5
    gym.do(Adjust("1", load_kg=50))
    m = gym.live.items[0].now.sets[1].goals[0].measures
    assert (m.load_kg, m.assist_kg) == (None, None)
    assert gym.rows("1")[0].done.assist_kg == 20


def test_the_load_of_a_warm_up_is_not_that_of_the_work() -> None:
    gym = Gym(SLING)
    gym.do(AddWarmups("1", round))
    gym.do(Write(key("1", 1, SetKind.WARMUP), parse("5 4kg", single=True)))
    planned = {(s.kind, s.number): s.goals[0].measures.load_kg for s in gym.live.items[0].now.sets}
    assert planned[SetKind.WARMUP, 1] == 4
    assert planned[SetKind.WORK, 1] is None


def test_a_set_more_was_never_prescribed() -> None:
    gym = Gym(CALF)
    gym.do(AddSet("1"), Log("1"), Log("1"), Log("1"), Log("1"))
    assert [gym.rows("1", n)[0].prescribed for n in (1, 4)] == [M(reps=25, load_kg=40), None]
    assert gym.rows("1", 4)[0].number == 4
    gym.refuses(Adjust("1", load_kg=5), "All sets of this exercise are done")


def test_a_set_more_is_numbered_among_its_own_kind() -> None:
    gym = Gym(SQUAT)
    gym.do(AddWarmups("1", lambda kg: 2.5 * (kg // 2.5), bar_kg=5, heavy=True))
    sets = gym.live.items[0].now.sets
    work = sum(s.kind is SetKind.WORK for s in sets)
    assert len(sets) - work > work, "one count for both would skip a number"
    gym.do(*(AddSet("1") for _ in range(2)))
    added = gym.live.items[0].now.sets[len(sets) :]
    assert [(s.kind, s.number) for s in added] == [
        (SetKind.WORK, work + 1),
        (SetKind.WORK, work + 2),
    ]


def test_what_could_not_be_read_from_the_journal_again_is_refused() -> None:
    gym = Gym(JUMP, with_load(SQUAT, 60))
    gym.refuses(Put(TOO_HEAVY), "load_kg must be from 0 to 100000, not 110000")
    gym.refuses(Swap("2", TOO_HEAVY), "load_kg must be from 0 to 100000, not 110000")
    gym.refuses(Adjust("2", steps=10**6), "reps must be from 0 to 100000")
    gym.refuses(typed("1", "90000"), "contacts must be from 0 to 100000, not 180000")
    last = replace(SQUAT.plan.sets[-1], number=999)
    longest = replace(SQUAT.plan, sets=(last,))
    gym = Gym(replace(SQUAT, plan=longest, now=longest))
    gym.refuses(AddSet("1"), "number must be from 1 to 999, not 1000")


def test_warm_ups_come_first_and_are_numbered_apart() -> None:
    gym = Gym(SQUAT)
    gym.do(AddWarmups("1", lambda kg: 2.5 * (kg // 2.5)))
    assert gym.live.items[0].keys() == [
        *(key("1", n, SetKind.WARMUP) for n in (1, 2)),
        *(key("1", n) for n in (1, 2, 3)),
    ]
    gym.do(Log("1"), Log("1"), Log("1"))
    first, second = (gym.rows("1", n, SetKind.WARMUP)[0] for n in (1, 2))
    assert (first.number, first.done, first.prescribed) == (1, M(reps=5, load_kg=30), None)
    assert (second.number, second.done) == (2, M(reps=3, load_kg=40))
    ids = {first.id, second.id, gym.rows("1")[0].id}
    assert len(ids) == 3
    gym.refuses(AddWarmups("1", round), "warm-up sets already")
    assert len({row.id for row in gym.finished().entries[0].sets}) == 5


def test_a_warm_up_can_be_skipped_to_get_to_the_work() -> None:
    gym = Gym(SQUAT)
    gym.do(AddWarmups("1", round))
    gym.do(Skip(tuple(key("1", n, SetKind.WARMUP) for n in (1, 2)), "time"), Log("1"))
    assert gym.done("1") == [M(reps=8, load_kg=60)]


def test_another_exercise_takes_the_place_of_what_is_open() -> None:
    gym = Gym(SQUAT, CALF)
    gym.do(Log("1"), Swap("1", WALL_SIT))
    assert [(item.id, item.exercise) for item in gym.live.items] == [
        ("1", "back-squat"),
        ("3", "wall-sit"),
        ("2", "seated-calf-raise"),
    ]
    assert [len(item.keys()) for item in gym.live.items] == [1, 2, 3]
    gym.do(Log("3"), Log("3"))
    session = gym.finished()
    assert [(e.exercise, len(e.sets)) for e in session.entries[:2]] == [
        ("back-squat", 1),
        ("wall-sit", 2),
    ]
    gym = Gym(SQUAT)
    gym.do(Log("1"), Log("1"), Log("1"))
    gym.refuses(Swap("1", WALL_SIT), "All sets of this exercise are done")


def test_an_exercise_not_yet_begun_is_replaced_as_a_whole() -> None:
    gym = Gym(SQUAT, CALF)
    gym.do(Clock("space", "1"), Swap("1", PLANK))
    assert [item.exercise for item in gym.live.items] == ["side-plank", "seated-calf-raise"]
    assert gym.live.clock is None
    gym.do(Undo())
    assert gym.live.items[0].exercise == "back-squat"


def test_after_warm_ups_as_many_sets_are_swapped_as_there_was_work() -> None:
    gym = Gym(SQUAT)
    gym.do(AddWarmups("1", round), Log("1"), Swap("1", replace(JUMP)))
    assert [len(item.keys()) for item in gym.live.items] == [1, 3]


def test_exercises_move_and_are_put_where_they_are_wanted() -> None:
    gym = Gym(SQUAT, CALF)
    gym.do(Move("2", -1), Put(PLANK), Put(JUMP, 0))
    assert [(item.id, item.exercise) for item in gym.live.items] == [
        ("4", "squat-jump"),
        ("2", "seated-calf-raise"),
        ("1", "back-squat"),
        ("3", "side-plank"),
    ]
    gym.refuses(Move("4", -1), "is the first already")
    gym.refuses(Move("3", 1), "is the last already")


def test_a_superset_takes_turns_and_rests_after_the_round() -> None:
    gym = Gym(SQUAT, CALF, PLANK)
    gym.do(Superset("1"))
    order = []
    coming: Item | None = gym.live.suggested()
    for _ in range(6):
        assert coming is not None
        gym.do(Log(coming.id), after=60)
        rest = gym.live.clock.view(gym.now).words() if gym.live.clock else "on"
        order.append((coming.id, rest))
        coming = gym.live.suggested(coming.id)
    assert order == [("1", "on"), ("2", "REST 1:00")] * 3
    assert coming is not None
    assert coming.id == "3"
    assert [entry.superset for entry in gym.finished().entries] == ["s1", "s1", None]


def test_a_superset_of_unequal_length_goes_on_alone() -> None:
    gym = Gym(CALF, PLANK)
    gym.do(Superset("1"))
    order = []
    coming = gym.live.suggested()
    while coming is not None:
        gym.do(Log(coming.id), after=60)
        order.append(coming.id)
        coming = gym.live.suggested(coming.id)
    assert order == ["1", "2", "1", "2", "1"]


def test_what_is_swapped_stays_in_its_superset() -> None:
    gym = Gym(SQUAT, CALF)
    gym.do(Superset("1"), Swap("2", PLANK))
    assert [item.superset for item in gym.live.items] == ["s1", "s1"]


def grouped(gym: Gym) -> list[str]:
    """The superset of each exercise, by letter; a dot for none."""
    letters: dict[str, str] = {}
    return [
        letters.setdefault(item.superset, chr(65 + len(letters))) if item.superset else "."
        for item in gym.live.items
    ]


def test_a_superset_takes_the_next_exercise_until_there_is_none() -> None:
    gym = Gym(SQUAT, CALF, PLANK)
    gym.refuses(Superset("3"), "the one below it")
    gym.do(Superset("2"))
    assert grouped(gym) == [".", "A", "A"]
    gym.do(Superset("1"))
    assert grouped(gym) == ["A", "A", "A"]
    # The next one is in it already, so the key leaves.
    gym.do(Superset("1"))
    assert grouped(gym) == [".", "A", "A"]
    gym.do(Superset("3"))
    assert grouped(gym) == [".", ".", "."]


def test_who_leaves_a_superset_in_the_middle_leaves_no_exercise_alone_in_it() -> None:
    gym = Gym(SQUAT, CALF, PLANK, SLING)
    gym.do(Superset("1"), Superset("2"), Superset("3"))
    assert grouped(gym) == ["A", "A", "A", "A"]
    gym.do(Superset("2"))
    assert grouped(gym) == [".", ".", "A", "A"]
    gym.do(Remove("4"))
    assert grouped(gym) == [".", ".", "."]


def test_two_supersets_never_share_an_id() -> None:
    gym = Gym(SQUAT, CALF, PLANK, SLING, SQUAT)
    gym.do(Superset("3"), Superset("4"))
    gym.do(Remove("3"), Remove("1"), Remove("2"), Put(CALF), Put(PLANK))
    assert [item.id for item in gym.live.items] == ["4", "5", "3", "6"]
    gym.do(Superset("3"))
    assert grouped(gym) == ["A", "A", "B", "B"]


def test_an_exercise_is_taken_out_only_while_nothing_of_it_is_logged() -> None:
    gym = Gym(SQUAT, CALF)
    gym.do(Remove("2"))
    assert [item.id for item in gym.live.items] == ["1"]
    gym.do(Undo(), Log("2"))
    gym.refuses(Remove("2"), "s leaves out")


@pytest.mark.parametrize(
    "command",
    [
        Log("9"),
        typed("9", "8"),
        typed("1", "8", 9),
        Mark(key("1", 9), "rir", 1),
        Skip((key("1"), key("9")), "time"),
        Adjust("9"),
        Swap("9", CALF),
        Move("9", 1),
        AddSet("9"),
        AddWarmups("9", round),
        Superset("9"),
    ],
)
def test_what_is_no_longer_there_is_refused_in_words(command: Command) -> None:
    Gym(SQUAT).refuses(command, "no longer in this session")


# -- undo ------------------------------------------------------------------------------------------


def test_there_is_nothing_to_undo_at_the_beginning() -> None:
    gym = Gym(SQUAT)
    gym.refuses(Undo(), "Nothing to undo")
    gym.do(Clock("space"))
    gym.refuses(Undo(), "Nothing to undo")


@pytest.mark.parametrize(
    "command",
    [
        Log("1"),
        typed("1", "7 55kg"),
        typed("2", "25 10kg"),
        Skip((key("1"), key("1", 2), key("2")), "pain"),
        Adjust("1", load_kg=5, steps=1),
        Put(JUMP),
        Swap("1", JUMP),
        Move("1", 1),
        AddSet("2"),
        AddWarmups("1", round),
        Superset("1"),
        SessionNote("tired"),
        Clock("space", "2"),
    ],
)
def test_one_undo_takes_one_step_back(command: Command) -> None:
    gym = Gym(SQUAT, SLING, WALL_SIT)
    gym.do(Clock("space", "3"))
    gym.do(Tick(), after=gym.ends())  # so that most steps also confirm
    before = gym.live
    gym.do(command)
    assert gym.live != before
    gym.do(Undo())
    assert data(gym.live) == data(before)
    gym.restart()


def data(live: Live) -> tuple[object, ...]:
    return live.items, live.rows, live.pending, live.note


def test_what_the_clock_marked_is_not_marked_again_after_undo() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Clock("space"))
    gym.do(Tick(), after=gym.ends())
    gym.do(Undo(), Tick())
    assert gym.live.rows == {}
    assert gym.live.clock is None


def test_undo_of_a_logged_set_ends_its_rest() -> None:
    gym = Gym(SQUAT)
    gym.do(Log("1"), Undo())
    assert gym.live.clock is None
    gym.do(Log("1"), Mark(key("1"), "rir", 2), Undo())
    assert gym.live.clock is not None


def test_a_clock_that_still_leads_goes_on_through_undo() -> None:
    gym = Gym(WALL_SIT, CALF)
    gym.do(SessionNote("x"), Clock("space", "1"))
    clock = gym.live.clock
    gym.do(Undo())
    assert gym.live.clock == clock


def test_the_clock_of_a_set_that_undo_takes_away_stops() -> None:
    gym = Gym(WALL_SIT)
    gym.do(Log("1"), Log("1"), AddSet("1"), Clock("space", "1"), Undo())
    assert gym.live.clock is None
    gym.do(Tick(), after=600)
    assert len(gym.live.rows) == 2


def test_a_load_is_not_taken_from_what_has_none() -> None:
    gym = Gym(*TRAIL_SPEED)
    gym.refuses(Adjust("1", load_kg=-2.5), "no weight to take off")


def test_a_load_step_leaves_warm_ups_without_a_load_alone() -> None:
    gym = Gym(*TRAIL_SPEED)
    gym.do(AddWarmups("2", light=lambda kg: kg), typed("2", "25 40kg"), Adjust("2", load_kg=2.5))
    loads = {s.kind: s.goals[0].measures.load_kg for s in gym.live.item("2").now.sets}
    assert loads == {SetKind.WARMUP: None, SetKind.WORK: 42.5}


def test_warm_ups_go_by_the_sets_that_have_a_load() -> None:
    gym = Gym(*TRAIL_SPEED)
    gym.do(Log("2"), typed("2", "25 40kg", 2), AddWarmups("2", light=lambda kg: kg))
    warm = [s.goals[0].measures for s in gym.live.item("2").now.sets if s.kind is SetKind.WARMUP]
    assert [(m.reps, m.load_kg) for m in warm] == [(5, 20), (3, 28)]


GYM = Loads(lightest_kg=20)


@pytest.mark.parametrize(
    ("work_kg", "ramp"),
    [
        (100, [(20, 8), (50, 5), (70, 3), (85, 2)]),
        (60, [(20, 8), (30, 5), (40, 3), (50, 2)]),
        (50, [(20, 8), (25, 5), (35, 3)]),
        (40, [(20, 5), (27.5, 3)]),
        (30, [(20, 5)]),
        (22.5, [(20, 5)]),
    ],
)
def test_a_heavy_lift_is_led_up_to_by_loads_that_rise(
    work_kg: float, ramp: list[tuple[float, int]]
) -> None:
    gym = Gym(with_load(SQUAT, work_kg))
    gym.do(AddWarmups("1", GYM.down, heavy=True, bar_kg=20))
    warm = [s for s in gym.live.items[0].now.sets if s.kind is SetKind.WARMUP]
    assert [(s.goals[0].measures.load_kg, s.goals[0].measures.reps) for s in warm] == ramp
    assert [s.number for s in warm] == list(range(1, len(ramp) + 1))


def test_nothing_leads_up_to_the_lightest_load() -> None:
    gym = Gym(with_load(SQUAT, 20))
    gym.refuses(AddWarmups("1", GYM.down, heavy=True, bar_kg=20), "nothing lighter")


def test_loads_that_are_one_and_the_same_are_lifted_once() -> None:
    gym = Gym(with_load(SLING, 16))
    gym.do(AddWarmups("1", Loads(owned=(8.0, 16.0)).down))
    warm = [s for s in gym.live.items[0].now.sets if s.kind is SetKind.WARMUP]
    assert [{g.measures.load_kg for g in s.goals} for s in warm] == [{8}]


def test_a_ramp_has_no_more_reps_than_the_work_or_than_five() -> None:
    sets = tuple(
        replace(s, goals=tuple(replace(g, measures=M(reps=3, load_kg=100)) for g in s.goals))
        for s in SQUAT.plan.sets
    )
    plan = replace(SQUAT.plan, sets=sets)
    gym = Gym(replace(SQUAT, plan=plan, now=plan))
    gym.do(AddWarmups("1", GYM.down, heavy=True, bar_kg=20))
    warm = [s for s in gym.live.items[0].now.sets if s.kind is SetKind.WARMUP]
    assert [s.goals[0].measures.reps for s in warm] == [5, 5, 3, 2]


# -- lighter after a hard set ----------------------------------------------------------------------


def lighter_by(kilograms: float) -> Replan:
    """A rule that takes this many kilograms off every set not done yet."""

    def replan(
        _live: Live, _item: Item, plan: Prescription, rows: Sequence[SetEntry]
    ) -> Prescription | None:
        if rows[-1].rir != 0:
            return None
        done = {row.number for row in rows}
        sets = tuple(
            s
            if s.number in done
            else replace(
                s,
                goals=tuple(
                    replace(
                        g,
                        measures=replace(g.measures, load_kg=(g.measures.load_kg or 0) - kilograms),
                    )
                    for g in s.goals
                ),
            )
            for s in plan.sets
        )
        return replace(plan, sets=sets)

    return replan


def loads(gym: Gym, *, planned: bool = False) -> list[float | None]:
    item = gym.live.items[0]
    sets = item.plan.sets if planned else item.now.sets
    return [s.goals[0].measures.load_kg for s in sets if s.kind is SetKind.WORK]


def ease(gym: Gym, command: Command, kilograms: float = 5) -> None:
    gym.now += timedelta(seconds=60)
    gym.live, events = step(gym.live, command, gym.now, new_id, lighter_by(kilograms))
    gym.events += events


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ((), typed("1", "8 60kg rir0")),
        ((Log("1"),), Mark(key("1"), "rir", 0)),
        ((Log("1"),), typed("1", "6 60kg rir0")),
    ],
)
def test_a_hard_set_makes_those_left_lighter_in_the_same_step(
    first: tuple[Command, ...], then: Command
) -> None:
    gym = Gym(SQUAT)
    gym.do(*first)
    before = gym.live
    ease(gym, then)
    assert loads(gym) == loads(gym, planned=True) == [60, 55, 55]
    gym.restart()
    gym.do(Log("1"))
    assert gym.rows("1", 2)[0].done == gym.rows("1", 2)[0].prescribed == M(reps=8, load_kg=55)
    gym.do(Undo(), Undo())
    assert data(gym.live) == data(before)
    gym.restart()


def test_what_is_said_of_other_things_makes_nothing_lighter() -> None:
    gym = Gym(SQUAT, CALF)
    gym.do(typed("1", "8 60kg rir0"))
    for command in (Mark(key("1"), "pain", 2), Log("2"), SessionNote("x"), AddSet("2")):
        ease(gym, command)
    assert loads(gym) == [60, 60, 60]


def test_sets_changed_by_hand_stay_as_the_runner_wants_them() -> None:
    gym = Gym(SQUAT)
    gym.do(Adjust("1", load_kg=2.5), AddSet("1"))
    ease(gym, typed("1", "8 62.5kg rir0"))
    assert loads(gym) == [62.5] * 4
    assert loads(gym, planned=True) == [60, 60, 60]


def test_a_set_out_of_turn_makes_nothing_lighter() -> None:
    gym = Gym(SQUAT)
    ease(gym, typed("1", "8 60kg rir0", 2))
    assert loads(gym) == [60, 60, 60]


def test_warm_ups_are_neither_read_nor_changed() -> None:
    gym = Gym(SQUAT)
    gym.do(AddWarmups("1", GYM.down), Log("1"), Log("1"))
    ease(gym, Mark(Key("1", SetKind.WARMUP, 2), "rir", 0))
    assert loads(gym) == [60, 60, 60]
    ease(gym, typed("1", "8 60kg rir0"))
    assert loads(gym) == [60, 55, 55]
    assert [s.kind for s in gym.live.items[0].now.sets[:2]] == [SetKind.WARMUP] * 2


def test_a_set_left_out_has_the_same_id_in_whichever_copy_the_session_is_finished() -> None:
    here, there = Gym(PLANK, CALF), Gym(PLANK, CALF)
    here.do(Log("1"), Finish())
    there.do(Log("1"), Finish(), after=90)
    assert [row.id for row in here.rows("2")] == [row.id for row in there.rows("2")]
    ids = [row.id for rows in here.live.rows.values() for row in rows]
    assert len(set(ids)) == len(ids)


# -- redo ------------------------------------------------------------------------------------------


def test_a_finish_that_was_undone_is_not_half_done_again() -> None:
    gym = Gym(SQUAT, CALF)
    gym.do(Log("1"), Finish("time"))
    events = [*gym.events, Undone(at=gym.now)]
    live = replay(events)
    assert live is not None and live.finished is None
    assert len(live.rows) == 1
    assert live.after is None


def test_redo_does_each_undone_step_again_until_another_is_taken() -> None:
    gym = Gym(SQUAT, CALF)
    states = [gym.do(one) for one in (Log("1"), Adjust("1", 2.5), Mark(key("1"), "rir", 2))]
    gym.do(Undo(), Undo(), Undo())
    for state in states:
        live = gym.do(Redo())
        assert (live.items, live.pending, live.note) == (state.items, state.pending, state.note)
        assert gym.rows("1") == [replace(row, edited=ANY) for row in state.rows[key("1")]]
    gym.refuses(Redo(), "Nothing to do again")
    gym.restart()
    gym.do(Undo(), SessionNote("hot"))
    gym.refuses(Redo(), "Nothing to do again")


STEPS: list[Command] = [
    *(Log("1"), Log("2"), Log("3"), Adjust("1", 2.5), AddSet("2"), AddWarmups("1", round)),
    *(Skip((key("2"),), "time"), Mark(key("1"), "pain", 3), Flag(key("2"), "slow")),
    *(Move("1", 1), Swap("3", CALF), Superset("1"), SessionNote("hot"), Put(CALF, None)),
]


@given(steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=8), back=st.integers(1, 8))
def test_undo_and_redo_come_back_to_the_same_session(steps: list[Command], back: int) -> None:
    gym = Gym(SQUAT, CALF, PLANK)
    for one in steps:
        with suppress(Refused):
            gym.do(one)
    before, times = bare(gym.live), min(back, gym.live.steps)
    for _ in range(times):
        gym.do(Undo())
    for _ in range(times):
        gym.do(Redo())
    assert bare(gym.live) == before


def bare(live: Live) -> tuple[object, ...]:
    """What a session is, without the stamps of its rows and its clock."""
    rows = {at: [replace(row, edited="") for row in rows] for at, rows in live.rows.items()}
    return live.items, rows, live.pending, live.note
