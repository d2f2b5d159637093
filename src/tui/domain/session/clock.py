"""The cadence clock: what the timer shows, computed from a timeline and the seconds elapsed on it.

A timeline is a tuple of phases (see :mod:`tui.domain.session.cadence`). Elapsed time only grows,
and every control (skip, repeat, add) is a pure edit of the timeline at an elapsed time. So a pause,
a killed terminal or a restart is nothing but arithmetic on elapsed time.
"""

from __future__ import annotations

from enum import StrEnum
from math import ceil, floor, inf
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.values import Side
from tui.domain.session.cadence import WORKING, Phase, PhaseKind, Timeline, exact


class Cue(StrEnum):
    """The meaning of a bell: a change of phase, a countdown of the last 3 s, or the end of rest."""

    CHANGE = "change"
    COUNT = "count"
    REST_OVER = "rest-over"


MINUTE_S = 60
# A repeat this soon after a change means the phase before the change, if it is one of AGAIN.
JUST_BEGUN_S = 1.0
AGAIN = WORKING | {PhaseKind.REST}
# Phases at least this long end with a countdown of 3, 2, 1.
COUNTED_S = 5.0
# After a longer gap than this the machine was asleep: nobody wants all the missed bells.
ASLEEP_S = 3.0
# The share of its target that a hold or a lowering must reach to count as done.
COUNTS_FROM = {PhaseKind.HOLD: 0.9, PhaseKind.LOWER: 0.8}


class Span(NamedTuple):
    """A phase with its place on the timeline: from ``start`` up to, not including, ``end``."""

    place: int
    phase: Phase
    start: float
    end: float

    def share(self, at: float) -> float:
        """The share of the span that lies before ``at``, 0..1; 0 for an open one."""
        if at >= self.end or self.phase.kind is PhaseKind.DONE:
            return 1.0
        if at <= self.start or self.end == inf:
            return 0.0
        return (at - self.start) / (self.end - self.start)

    @property
    def counts(self) -> bool:
        """Whether it is work of the set and not a restarted attempt."""
        return self.phase.kind in WORKING and not self.phase.void


def spans(timeline: Timeline) -> list[Span]:
    """The span of every phase, then an endless DONE, so that any elapsed time falls into one."""
    found, start = [], 0.0
    for index, phase in enumerate((*timeline, Phase(PhaseKind.DONE))):
        end = inf if phase.seconds is None else start + phase.seconds
        found.append(Span(index, phase, start, end))
        start = end
    return found


def _find(timeline: Timeline, elapsed: float) -> tuple[float, list[Span], Span]:
    """The exact elapsed time, all spans, and the span it falls into."""
    at, placed = exact(elapsed), spans(timeline)
    return at, placed, next(span for span in placed if at < span.end)


def _replaced(timeline: Timeline, place: int, phase: Phase) -> Timeline:
    return (*timeline[:place], phase, *timeline[place + 1 :])


def skip(timeline: Timeline, elapsed: float) -> Timeline:
    """The timeline with the current phase, even an open one, ended at ``elapsed`` (s). After the
    last phase nothing changes."""
    at, _, here = _find(timeline, elapsed)
    if here.phase.kind is PhaseKind.DONE:
        return timeline
    return _replaced(timeline, here.place, replace(here.phase, ended_s=at - here.start))


def repeat(timeline: Timeline, elapsed: float) -> Timeline:
    """The timeline with the current phase broken off at ``elapsed`` (s) and run again in full.
    Within 1 s of its start, everything from the work (or rest) before it runs again. The first
    attempts become void."""
    at, _, here = _find(timeline, elapsed)
    first = here.place
    if at - here.start <= JUST_BEGUN_S:
        before = (i for i, p in enumerate(timeline[:first]) if p.kind in AGAIN and not p.void)
        first = max(before, default=first)
    if first == len(timeline):
        return timeline
    again = (replace(p, added_s=0.0, ended_s=None) for p in timeline[first:] if not p.void)
    tried = (replace(p, void=True) for p in timeline[first : here.place])
    # The time between the end of the timeline and this instant was rest.
    now = Phase(PhaseKind.REST) if here.phase.kind is PhaseKind.DONE else here.phase
    broken = replace(now, ended_s=at - here.start, void=True)
    return (*timeline[:first], *tried, broken, *again)


def add(timeline: Timeline, elapsed: float, seconds: float) -> Timeline:
    """The timeline with the current phase ``seconds`` longer; its target does not change.

    A rest that is over is extended from now on. An open phase and a finished set without rest do
    not change. A phase never becomes shorter than the time already elapsed in it."""
    at, placed, here = _find(timeline, elapsed)
    if here.phase.kind is PhaseKind.DONE and timeline and timeline[-1].kind is PhaseKind.REST:
        here = placed[-2]
    target = here.phase.target_s
    if target is None:
        return timeline
    length = max(at, max(at, here.end) + seconds) - here.start
    longer = replace(here.phase, added_s=length - target, ended_s=None)
    return _replaced(timeline, here.place, longer)


def work_ends_at(timeline: Timeline) -> float | None:
    """The elapsed time (s) at which the last work ends: 0 without any work, None while an open
    work phase is running or still to come."""
    end = max((span.end for span in spans(timeline) if span.counts), default=0.0)
    return None if end == inf else end


def next_tick(timeline: Timeline, elapsed: float) -> float:
    """The elapsed time (s), after ``elapsed``, at which what is shown next changes. After a rest
    that is each full minute, after a set without one never (infinite)."""
    at, _, here = _find(timeline, elapsed)
    if here.phase.kind is PhaseKind.DONE:
        return here.start + (_minutes(here, at) + 1) * MINUTE_S if _rested(timeline) else inf
    digits = _digits(here, at)
    return here.start + digits + 1 if here.end == inf else here.end - digits + 1


def cues(timeline: Timeline, before: float, after: float) -> tuple[Cue, ...]:
    """The bells due after ``before`` and up to ``after`` (elapsed s), oldest first. If more than
    3 s lie between, as after the machine was suspended, only the last one."""
    low, high = exact(before), exact(after)
    bells: dict[float, Cue] = {}
    for _, phase, start, end in spans(timeline):
        if phase.ended_s is None and start + COUNTED_S <= end < inf:
            bells |= {end - left: Cue.COUNT for left in (3, 2, 1)}
        resting = phase.kind is PhaseKind.REST and not phase.void
        bells[end] = Cue.REST_OVER if resting else Cue.CHANGE
    due = tuple(cue for at, cue in bells.items() if low < at <= high)
    return due[-1:] if high - low > ASLEEP_S else due


class End(Struct, frozen=True):
    """The end of an effort or of a rest; ``last`` if no work of the set is left after it."""

    phase: Phase
    last: bool


def ends(timeline: Timeline, before: float, after: float) -> tuple[End, ...]:
    """The efforts and rests that end after ``before`` and up to ``after`` (elapsed s), oldest
    first; as with :func:`cues`, only the last one of those missed while the machine slept."""
    low, high = exact(before), exact(after)
    placed = spans(timeline)
    work_over = max((span.end for span in placed if span.counts), default=0.0)
    due = tuple(
        End(span.phase, last=span.end >= work_over)
        for span in placed
        if low < span.end <= high
        and (span.counts or (span.phase.kind is PhaseKind.REST and not span.phase.void))
    )
    return due[-1:] if high - low > ASLEEP_S else due


class View(Struct, frozen=True, kw_only=True):
    """What the clock shows at one instant.

    ``phase`` is the index in the timeline (its length once all is done). ``seconds`` count down in
    a timed phase, and up in an open one and after the end. ``time`` is what is told of them in
    words, ``big`` as a number: bare seconds below a minute, which second of a lowering it is, how
    many minutes a rest is over; empty if there is nothing to wait for. ``set_fraction`` is the
    share of the set's work that is done, 0..1, ``fraction`` that of the phase. ``next`` reads
    "then HOLD right 1/8" or is empty. ``over_s`` is the time since the end in seconds.
    ``working_done`` means that no work is left, only rest; ``rested`` that a rest is over.
    """

    kind: PhaseKind
    phase: int
    side: Side
    label: str
    seconds: int
    time: str
    big: str
    set_fraction: float
    fraction: float
    next: str
    over_s: float
    working_done: bool
    rested: bool

    def words(self) -> str:
        """The phase and its time on one line: ``REST 1:32``, ``LOWER left 2/5, 7 of 10 s``."""
        gap = ", " if self.label[-1].isdigit() else " "
        return f"{self.label}{gap}{self.time}" if self.time else self.label


def show(timeline: Timeline, elapsed: float) -> View:
    """What to show at ``elapsed`` (s). Any number is valid: below 0 counts as 0."""
    at, placed, here = _find(timeline, elapsed)
    work = [span for span in placed if span.counts]
    over = here.phase.kind is PhaseKind.DONE
    rested = over and _rested(timeline)
    digits = _digits(here, at)
    return View(
        kind=here.phase.kind,
        phase=here.place,
        side=here.phase.side,
        label="REST over" if rested else here.phase.label,
        seconds=digits,
        time=_over(here, at, rested=rested) if over else _time(here, digits),
        big=_over(here, at, rested=rested, sign="+") if over else _big(here, digits),
        set_fraction=sum(s.share(at) for s in work) / len(work) if work else 1.0,
        fraction=here.share(at),
        next=f"then {timeline[here.place + 1].label}" if here.place + 1 < len(timeline) else "",
        over_s=at - here.start if over else 0.0,
        working_done=all(span.end <= at for span in work),
        rested=rested,
    )


def _rested(timeline: Timeline) -> bool:
    return bool(timeline) and timeline[-1].kind is PhaseKind.REST


def _minutes(here: Span, at: float) -> int:
    """The full minutes since the span began."""
    return floor((at - here.start) / MINUTE_S)


def _over(here: Span, at: float, *, rested: bool, sign: str = "") -> str:
    """For how many minutes a rest is over; empty in the first one, and after a set without rest."""
    minutes = _minutes(here, at) if rested else 0
    if not minutes:
        return ""
    return f"{sign}{minutes}" if sign else f"{minutes} min"


def _big(here: Span, digits: int) -> str:
    if here.phase.kind is PhaseKind.LOWER and here.end < inf:
        return _time(here, digits).split()[0]
    if here.phase.kind is PhaseKind.REST or digits >= MINUTE_S:
        return clock_text(digits)
    return str(digits)


def _digits(here: Span, at: float) -> int:
    return floor(at - here.start) if here.end == inf else ceil(here.end - at)


def _time(here: Span, digits: int) -> str:
    if here.phase.kind is PhaseKind.LOWER and here.end < inf:
        whole = ceil(here.end - here.start)
        return f"{whole - digits + 1} of {whole} s"
    return clock_text(digits)


def clock_text(seconds: float) -> str:
    """Seconds as clock time, rounded down: ``0:05``, ``1:32``, ``1:02:05``."""
    minutes, second = divmod(floor(exact(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


class Performed(Struct, frozen=True, kw_only=True):
    """What one side did according to the clock; None is what the clock cannot know. ``holds`` and
    ``reps`` include only those that count. ``ended`` means that no work is left on this side."""

    side: Side
    holds: int | None = None
    hold_s: float | None = None
    reps: int | None = None
    tempo_s: float | None = None
    duration_s: float | None = None
    ended: bool = False


def performed(timeline: Timeline, elapsed: float) -> tuple[Performed, ...]:
    """What was really done up to ``elapsed`` (s): one value for each side with work, in order.

    A hold counts from 90 % of its target, a lowering from 80 %, an open one once it has ended.
    ``hold_s`` of several holds is their target. For a single hold it is, like ``duration_s``, the
    target or, if that was missed, the whole seconds it lasted.
    """
    sides: dict[Side, list[Span]] = {}
    for span in spans(timeline):
        if span.counts:
            sides.setdefault(span.phase.side, []).append(span)
    return tuple(_performed(work, exact(elapsed)) for work in sides.values())


def _performed(work: list[Span], at: float) -> Performed:
    """The result of one side's work phases, which all have the same kind and target."""
    phase = work[0].phase
    kind, target = phase.kind, phase.target_s
    lasted = [max(0.0, min(at, span.end) - span.start) for span in work]
    if target is None:
        count, length = sum(span.end <= at for span in work), float(floor(lasted[0]))
    else:
        enough = exact(target * COUNTS_FROM.get(kind, 1.0))
        count = sum(seconds >= enough for seconds in lasted)
        length = target if lasted[0] >= exact(target) else floor(lasted[0])
    holding, lowering = kind is PhaseKind.HOLD, kind is PhaseKind.LOWER
    return Performed(
        side=phase.side,
        holds=count if holding else None,
        hold_s=(length if phase.of == 1 else target) if holding else None,
        reps=count if lowering else None,
        tempo_s=target if lowering else None,
        duration_s=length if kind is PhaseKind.WORK and target is not None else None,
        ended=work[-1].end <= at,
    )


class Stopwatch(Struct, frozen=True):
    """When a timeline was started (epoch seconds) and how long it has been paused (seconds)."""

    started: float
    paused_s: float = 0.0
    paused_at: float | None = None

    def elapsed(self, now: float) -> float:
        """Seconds elapsed up to ``now``, without pauses; 0 if the clock was set back."""
        until = now if self.paused_at is None else self.paused_at
        return max(0.0, until - self.started - self.paused_s)

    def pause(self, now: float) -> Stopwatch:
        """Paused at ``now``; unchanged if already paused."""
        return self if self.paused_at is not None else replace(self, paused_at=now)

    def resume(self, now: float) -> Stopwatch:
        """Running again from ``now``; unchanged if running."""
        if self.paused_at is None:
            return self
        still = max(0.0, now - self.paused_at)
        return replace(self, paused_s=self.paused_s + still, paused_at=None)
