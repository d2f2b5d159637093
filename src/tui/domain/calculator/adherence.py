"""Track how far a training programme has been followed: its week, pauses and parts done.

Weeks are ISO weeks; the week of the first session is week 1. A programme that is chosen again
starts over with its next session, and while it is paused its weeks do not advance.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from tui.domain.calculator.advice import Profile, holding
from tui.domain.calculator.bouts import work_rows
from tui.domain.calculator.state import Followed, RecentSession, Setup, State
from tui.domain.model.dates import monday
from tui.domain.model.phases import DELOAD, SNACK, is_snack, phase_of, schedule_of, turn, week_of
from tui.domain.model.values import Part, Session, SetKind

KEPT_PARTS = 24
LATELY_DAYS = 14
HALF_A_WEEK = 3
LEAST_SHARE = 0.5
DEFAULT_PROGRAMME = "trail-speed"  # Followed until another one is chosen.


def chosen_on(profile: Profile, programme: str, day: date) -> date | None:
    """The day, up to ``day``, on which the runner switched to a programme from another one; None if
    it is the first one ever chosen, or not the current one."""
    chosen = [dated for dated in profile.programmes if dated.since <= day]
    for before, dated in zip(reversed(chosen[:-1]), reversed(chosen), strict=False):
        if dated.value != programme:
            return None
        if before.value != programme:
            return dated.since
    return None


def followed_on(setup: Setup, state: State, programme: str, day: date) -> Followed | None:
    """The progress in a programme up to a day; None before its first session since chosen."""
    followed = state.followed.get(programme)
    since = chosen_on(setup.profile, programme, day)
    return None if followed is None or (since and followed.first < since) else followed


def is_paused(profile: Profile, day: date) -> bool:
    """Whether the runner's programme is paused on a day."""
    paused = False
    for dated in profile.paused:
        if dated.since <= day:
            paused = dated.value
    return paused


def weeks_paused(profile: Profile, first: date, day: date) -> int:
    """The number of weeks, from that of ``first`` up to but not including that of ``day``, in which
    most days were paused. They do not count as programme weeks."""
    days: dict[date, int] = {}
    begin, end = monday(first), monday(day)
    ends = [dated.since for dated in profile.paused[1:]] + [end]
    for dated, until in zip(profile.paused, ends, strict=False):
        at = max(dated.since, begin)
        while dated.value and at < min(until, end):
            week = monday(at)
            over = min(until, end, week + timedelta(days=7))
            days[week] = days.get(week, 0) + (over - at).days
            at = over
    return sum(count > HALF_A_WEEK for count in days.values())


def programme_week(setup: Setup, followed: Followed | None, day: date) -> int:
    """The programme week of a day, counted from 1."""
    if followed is None:
        return 1
    still = 0
    if setup.profile.paused:
        still = weeks_paused(setup.profile, followed.first, day)
    return max(1, week_of(followed.first, day) - still)


def easier_week(setup: Setup, state: State, name: str | None, day: date) -> bool:
    """Whether the programme with the id ``name`` plans an easier week on a day."""
    programme = setup.library.programmes.get(name or "")
    if programme is None:
        return False
    followed = followed_on(setup, state, programme.id, day)
    if followed is None:
        return False
    week = programme_week(setup, followed, day)
    return phase_of(schedule_of(programme, setup.profile.schedule), week).name == DELOAD


def part_of(setup: Setup, state: State, session: Session) -> tuple[str | None, str | None]:
    """The programme and part that a session counts for: its own, or, if it names no programme, the
    best-matching part of the programme followed then, if at least half of that was done (source
    project). The programme is None if the session belongs to none."""
    if session.programme is not None:
        return session.programme, session.part
    name = holding(setup.profile.programmes, session.day, DEFAULT_PROGRAMME)
    programme = setup.library.programmes.get(name)
    if programme is None:
        return None, session.part
    done = {e.exercise for e in session.live() if any(r.undone is None for r in work_rows(e.sets))}
    shares = {part.id: _share(part, done) for part in programme.parts}
    followed = followed_on(setup, state, name, session.day)
    week = programme_week(setup, followed, session.day)
    phase = phase_of(schedule_of(programme, setup.profile.schedule), week)
    first = turn(phase, followed.parts if followed is not None else ())
    # On a tie, the part whose turn it is wins, then those of the phase.
    order = dict.fromkeys([first, *phase.parts, *shares])
    best = max(order, key=lambda part: shares[part])
    return (name, best) if shares[best] >= LEAST_SHARE else (None, session.part)


def _share(part: Part, done: Collection[str]) -> float:
    """The share of a part's exercises that were done, out of those to pick."""
    work = [slot for slot in part.slots if slot.kind is SetKind.WORK]
    wanted = sum(min(slot.pick, len(slot.exercises)) for slot in work)
    found = sum(min(slot.pick, len(set(slot.every) & set(done))) for slot in work)
    return found / wanted if wanted else 0.0


def follow(setup: Setup, state: State, session: Session) -> Mapping[str, Followed]:
    """The progress in all programmes after one more session. It counts for its programme if it has
    at least one set done and its part belongs to the programme."""
    name, own = part_of(setup, state, session)
    known, part = state.followed, own or ""
    trained = any(row.undone is None for entry in session.live() for row in entry.live())
    if name is None or not trained:
        return known
    programme = setup.library.programmes.get(name)
    if programme is not None and part and part not in {p.id for p in programme.parts}:
        return known
    before = followed_on(setup, state, name, session.day) or Followed(first=session.day)
    after = Followed(
        first=before.first,
        parts=(*before.parts, part)[-KEPT_PARTS:],
        turns={**before.turns, part: before.turns.get(part, 0) + 1},
    )
    return {**known, name: after}


def lately(
    setup: Setup, state: State, session: Session, *, legs: bool
) -> tuple[RecentSession, ...]:
    """The sessions of the last fortnight including a new one; ``legs``: it was hard on the legs."""
    name, part = part_of(setup, state, session)
    day = session.day
    kept = tuple(one for one in state.lately if (day - one.day).days < LATELY_DAYS)
    start = session.started.time().replace(second=0, microsecond=0)
    programme = setup.library.programmes.get(name or "")
    parts = () if programme is None else programme.parts
    snack = any(each.id == part and is_snack(setup.library, each) for each in parts)
    one = RecentSession(day, start, name, part, legs, (snack or name == SNACK) and not legs)
    return (*kept, one)
