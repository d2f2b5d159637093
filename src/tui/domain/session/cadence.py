"""Compile a planned set into its timeline: the hold, rest and lowering phases the clock runs."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import chain, zip_longest

from msgspec import Struct

from tui.domain.model.values import Goal, Kind, SetPlan, Side, Sides

# More than this is a typing error: the set is then left open, at the runner's own pace.
LONGEST_S = 86_400
MOST = 99
FAR_S = 1e9


class PhaseKind(StrEnum):
    """What the runner does in a phase. DONE comes after the last one."""

    READY = "ready"
    HOLD = "hold"
    RELEASE = "release"
    SWITCH = "switch"
    LOWER = "lower"
    RESET = "reset"
    WORK = "work"
    REST = "rest"
    DONE = "done"


WORKING = frozenset({PhaseKind.HOLD, PhaseKind.LOWER, PhaseKind.WORK})


def exact(seconds: float) -> float:
    """``seconds`` rounded to the nearest 1/1024 s and clamped to 0..1e9.

    Floats on that grid add and subtract without error, so a boundary is hit exactly even though
    elapsed time is a difference of epoch seconds. No epsilon is needed anywhere else.
    """
    return round(min(max(0.0, seconds), FAR_S) * 1024) / 1024


class Phase(Struct, frozen=True):
    """One phase of a set. ``target_s`` is its planned length in seconds (None: until skipped) and
    never changes. ``index`` of ``of`` numbers it within its side. For SWITCH, ``side`` is the side
    to change to. ``void`` marks an attempt that was restarted and does not count."""

    kind: PhaseKind
    target_s: float | None = None
    side: Side = Side.BOTH
    index: int = 1
    of: int = 1
    added_s: float = 0.0
    ended_s: float | None = None
    void: bool = False

    @property
    def seconds(self) -> float | None:
        """Its current length in seconds; None while it is open-ended."""
        if self.ended_s is not None:
            return exact(self.ended_s)
        return None if self.target_s is None else exact(self.target_s + self.added_s)

    @property
    def label(self) -> str:
        """Its name for the runner: ``GET READY``, ``HOLD left 3/8``, ``CHANGE to right``."""
        if self.kind is PhaseKind.READY:
            return "GET READY"
        if self.kind is PhaseKind.SWITCH:
            return f"CHANGE to {self.side}"
        if self.kind not in WORKING:
            return self.kind.name
        side = "" if self.side is Side.BOTH else f" {self.side}"
        return f"{self.kind.name}{side}" + (f" {self.index}/{self.of}" if self.of > 1 else "")


Timeline = tuple[Phase, ...]


class Pace(Struct, frozen=True, kw_only=True):
    """Seconds between efforts: ``ready_s`` before the set, ``release_s`` between holds on a side,
    ``reset_s`` between lowerings, ``turn_s`` to change sides after each hold, ``change_s`` to
    change sides once a whole side is done. 0 leaves a gap out."""

    ready_s: float = 5
    release_s: float = 2
    reset_s: float = 3
    turn_s: float = 2
    change_s: float = 5


USUAL = Pace()


def compile_set(
    plan: SetPlan, kind: Kind, sides: Sides, rest_s: float, pace: Pace = USUAL
) -> Timeline:
    """The phases of one planned set, followed by ``rest_s`` seconds of rest (0: none).

    Works for any plan: what cannot be timed becomes an open WORK phase. Alternating sides switch
    after each hold as long as both have holds left; alternating reps are one phase for both sides.
    """
    tracks = [_efforts(goal, kind) for goal in plan.goals]
    in_turns = sides is Sides.ALTERNATING and any(len(track) > 1 for track in tracks)
    order = chain.from_iterable(zip_longest(*tracks)) if in_turns else chain(*tracks)
    efforts = [effort for effort in order if effort is not None]
    # In alternating lunges there is no time to press a key at every change of leg.
    if not efforts or (sides is Sides.ALTERNATING and len(efforts) > 1 and _all_open(efforts)):
        efforts = [Phase(PhaseKind.WORK)]
    phases = [*_gap(PhaseKind.READY, pace.ready_s), efforts[0]]
    for effort in efforts[1:]:
        phases += [*_between(phases[-1], effort, in_turns, pace), effort]
    return (*phases, *rest_only(rest_s))


def rest_only(rest_s: float) -> Timeline:
    """The timeline of just a rest of ``rest_s`` seconds (0: none), for a set logged by hand."""
    return _gap(PhaseKind.REST, rest_s)


def _efforts(goal: Goal, kind: Kind) -> Timeline:
    """The working phases of one goal, without the gaps between them."""
    m, side = goal.measures, goal.side
    tempo_s, hold_s = _timed(m.tempo_s), _timed(m.hold_s)
    if kind is Kind.ECCENTRIC and tempo_s:
        return _series(PhaseKind.LOWER, tempo_s, side, m.reps or 1)
    # Reps with a pause are still reps, done at the runner's own pace.
    if (hold_s or m.holds) and not m.reps:
        return _series(PhaseKind.HOLD, hold_s, side, m.holds or 1)
    return (Phase(PhaseKind.WORK, _timed(m.duration_s), side),)


def _series(kind: PhaseKind, seconds: float | None, side: Side, times: int) -> Timeline:
    if not 1 <= times <= MOST:
        return (Phase(PhaseKind.WORK, None, side),)
    return tuple(Phase(kind, seconds, side, n, times) for n in range(1, times + 1))


def _between(last: Phase, coming: Phase, in_turns: bool, pace: Pace) -> Timeline:
    """The gap between two efforts. None before an open one: it begins when the runner does."""
    if coming.target_s is None:
        return ()
    lowering = coming.kind is PhaseKind.LOWER
    if coming.side is last.side:
        if lowering:
            return _gap(PhaseKind.RESET, pace.reset_s, coming.side)
        return _gap(PhaseKind.RELEASE, pace.release_s, coming.side)
    # Getting back up from a lowering takes time, whichever leg is next.
    turn_s = max(pace.turn_s, pace.reset_s) if lowering else pace.turn_s
    return _gap(PhaseKind.SWITCH, turn_s if in_turns else pace.change_s, coming.side)


def _gap(kind: PhaseKind, seconds: float, side: Side = Side.BOTH) -> Timeline:
    length = _timed(seconds)
    return () if length is None else (Phase(kind, length, side),)


def _timed(seconds: float | None) -> float | None:
    """The seconds, or None if the clock cannot time them."""
    return seconds if seconds is not None and 0 < seconds <= LONGEST_S else None


def _all_open(efforts: Iterable[Phase]) -> bool:
    return all(e.kind is PhaseKind.WORK and e.target_s is None for e in efforts)
