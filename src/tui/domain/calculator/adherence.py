"""Track how far a training programme has been followed: its week, pauses and parts done.

Programme weeks are weeks trained: ISO weeks with a session of the programme that is no snack, the
first of them week 1 (source project). A programme that is chosen again starts over with its next
session.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from tui.domain.calculator.advice import Facts, Profile, Reason, holding
from tui.domain.calculator.bouts import work_rows
from tui.domain.calculator.guards import STREAK_DAYS, gap_days
from tui.domain.calculator.state import Followed, RecentSession, Setup, State
from tui.domain.model.dates import monday
from tui.domain.model.library.catalog import Library
from tui.domain.model.phases import DELOAD, is_snack, phase_of, schedule_of, turn
from tui.domain.model.values import ROUTINE, SNACK, Part, Phase, Programme, Session, SetKind, Slot

KEPT_PARTS = 24
KEPT_WEEKS = 106  # Two years, as far as a review looks back.
AWAY_DAYS, FORTNIGHT = STREAK_DAYS, 14
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
    """The programme week of a day, counted from 1: the weeks trained before it and its own. After
    :data:`AWAY_DAYS` without a session it goes back by a week for each full fortnight, but not
    below the first (source project)."""
    if followed is None:
        return 1
    week = monday(day)
    # The newest first: nearly always it is the one.
    before = next((one for one in reversed(followed.trained) if monday(one[0]) <= week), None)
    if before is None:
        return 1
    last, number = before
    if monday(last) == week:
        return number
    return max(1, number + 1 - _weeks_lost(setup, last, day))


def _weeks_lost(setup: Setup, last: date, day: date) -> int:
    """The weeks that a programme goes back after the time since its last session; rest for races,
    which it asks for itself, does not count."""
    gap = gap_days(setup, last, day)
    return gap // FORTNIGHT if gap >= AWAY_DAYS else 0


def phase_on(
    setup: Setup, programme: Programme, followed: Followed | None, strength: int, day: date
) -> tuple[int, Phase]:
    """The programme week of a day (from 1) and its phase, after ``strength`` sessions of
    strength."""
    week = programme_week(setup, followed, day)
    return week, phase_of(schedule_of(programme, setup.profile.schedule), week, strength)


def week_marks(
    setup: Setup, programme: Programme, followed: Followed | None, strength: int, day: date
) -> list[Reason]:
    """What is special about the programme's week of a day, as reasons to show: that it went back
    some weeks, or that its phase waits for sessions of strength."""
    week, phase = phase_on(setup, programme, followed, strength, day)
    marks = []
    if followed is not None and followed.trained:
        last, number = followed.trained[-1]
        if monday(day) > monday(last) and week <= number:
            marks.append(Reason("WEEKS_BACK", {"days": (day - last).days, "week": week}))
    due = phase_of(schedule_of(programme, setup.profile.schedule), week)
    if due != phase:
        facts: Facts = {"phase": due.name, "sessions": due.sessions, "done": strength}
        marks.append(Reason("PHASE_WAITS", facts))
    return marks


def easier_week(setup: Setup, state: State, name: str | None, day: date) -> bool:
    """Whether the programme with the id ``name`` plans an easier week on a day."""
    programme = setup.library.programmes.get(name or "")
    if programme is None:
        return False
    followed = followed_on(setup, state, programme.id, day)
    if followed is None:
        return False
    _, phase = phase_on(setup, programme, followed, state.strength_count, day)
    return phase.name == DELOAD


def part_of(setup: Setup, state: State, session: Session) -> tuple[str | None, str | None]:
    """The programme and part that a session counts for: its own, or, if it names no programme, the
    best-matching part of the programme followed then, if at least half of that was done; of a
    snack, whose minutes leave exercises out, also if at least half of what was done belongs to it
    (source project). The programme is None if the session belongs to none."""
    if session.programme is not None:
        return session.programme, session.part
    name = holding(setup.profile.programmes, session.day, DEFAULT_PROGRAMME)
    programme = setup.library.programmes.get(name)
    if programme is None:
        return None, session.part
    done = {e.exercise for e in session.live() if any(r.undone is None for r in work_rows(e.sets))}
    parts = {part.id: part for part in programme.parts}
    shares = {name: _share(setup.library, part, done) for name, part in parts.items()}
    followed = followed_on(setup, state, name, session.day)
    _, phase = phase_on(setup, programme, followed, state.strength_count, session.day)
    first = turn(phase, followed.parts if followed is not None else ())
    # On a tie, the part whose turn it is wins, then those of the phase.
    order = dict.fromkeys([first, *phase.parts, *shares])
    best = max(order, key=lambda part: shares[part])
    its = {name for slot in parts[best].slots for name in slot.every}
    snack = is_snack(setup.library, parts[best]) and len(done & its) >= LEAST_SHARE * len(done) > 0
    return (name, best) if snack or shares[best] >= LEAST_SHARE else (None, session.part)


def _share(library: Library, part: Part, done: Collection[str]) -> float:
    """The share of a part's exercises that were done, or others of the same role in their place,
    out of those to pick."""
    left, found, wanted = set(done), 0, 0
    short: list[tuple[Slot, int]] = []
    for slot in part.slots:
        if slot.kind is not SetKind.WORK:
            continue
        pick = min(slot.pick, len(slot.exercises))
        own = [name for name in slot.every if name in left][:pick]
        left.difference_update(own)
        wanted, found = wanted + pick, found + len(own)
        short.append((slot, pick - len(own)))
    known = library.exercises
    for slot, missing in short:
        roles = {known[name].role for name in slot.exercises if name in known}
        mates = [n for n in sorted(left) if n in known and known[n].role in roles][:missing]
        left.difference_update(mates)
        found += len(mates)
    return found / wanted if wanted else 0.0


def follow(setup: Setup, state: State, session: Session) -> Mapping[str, Followed]:
    """The progress in all programmes after one more session. It counts for its programme if it has
    at least one work set done and its part belongs to the programme."""
    name, own = part_of(setup, state, session)
    known, part = state.followed, own or ""
    trained = any(row.undone is None for e in session.live() for row in work_rows(e.sets))
    if name is None or not trained:
        return known
    programme = setup.library.programmes.get(name)
    if programme is not None and part and part not in {p.id for p in programme.parts}:
        return known
    before = followed_on(setup, state, name, session.day)
    return {**known, name: with_session(setup, programme, before, part, session.day)}


def with_session(
    setup: Setup, programme: Programme | None, before: Followed | None, part: str, day: date
) -> Followed:
    """The progress in a programme after one more session on a day."""
    known = before or Followed(first=day)
    trained = known.trained
    if _makes_week(setup, programme, part):
        number = programme_week(setup, before, day)
        if trained and monday(trained[-1][0]) == monday(day):
            trained = trained[:-1]
        trained = (*trained, (day, number))[-KEPT_WEEKS:]
    return Followed(
        first=known.first,
        last=day,
        parts=(*known.parts, part)[-KEPT_PARTS:],
        turns={**known.turns, part: known.turns.get(part, 0) + 1},
        trained=trained,
    )


def _makes_week(setup: Setup, programme: Programme | None, part: str) -> bool:
    """Whether a session of a part makes its week a week trained: not a snack, unless the programme
    has nothing else."""
    parts = () if programme is None else programme.parts
    snacks = {one.id for one in parts if is_snack(setup.library, one)}
    return part not in snacks or len(snacks) == len(parts)


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
    snack = name == ROUTINE or ((snack or name == SNACK) and not legs)
    one = RecentSession(day, start, name, part, legs, snack)
    return (*kept, one)
