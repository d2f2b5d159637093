"""Totals and personal bests of a session, a week or a whole log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from tui.domain.model.dates import week_start
from tui.domain.model.notation import HELP, Form, Written, show
from tui.domain.model.units import load_words, plain
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side

LEAST_HELP = f"least {HELP}"


class Sums(Struct, frozen=True, kw_only=True):
    """Totals of work sets, drop sets and sets to failure; warm-ups and sets left undone do not
    count.

    ``sets`` counts left and right as one set. ``tonnage_kg`` is load times reps over both sides,
    ``hold_s`` the seconds held, ``contacts`` the landings, ``distance_m`` the metres carried,
    ``minutes`` the time from start to finish.
    """

    sessions: int = 0
    sets: int = 0
    tonnage_kg: float = 0
    hold_s: float = 0
    contacts: int = 0
    distance_m: float = 0
    minutes: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            sessions=self.sessions + other.sessions,
            sets=self.sets + other.sets,
            tonnage_kg=self.tonnage_kg + other.tonnage_kg,
            hold_s=self.hold_s + other.hold_s,
            contacts=self.contacts + other.contacts,
            distance_m=self.distance_m + other.distance_m,
            minutes=self.minutes + other.minutes,
        )


def work_of(entry: Entry) -> list[SetEntry]:
    """The rows of an entry that are no warm-ups: work sets, drop sets and those to failure."""
    return [s for s in entry.live() if s.kind is not SetKind.WARMUP]


def counted(entry: Entry) -> list[SetEntry]:
    """The rows of an entry that are no warm-ups and were done."""
    return [s for s in work_of(entry) if s.undone is None]


def by_set(rows: Iterable[SetEntry]) -> list[tuple[SetEntry, ...]]:
    """Rows grouped by set, so that both sides of a set are together, in order of appearance."""
    sets: dict[tuple[SetKind, int], list[SetEntry]] = {}
    for row in rows:
        sets.setdefault((row.kind, row.number), []).append(row)
    return [tuple(group) for group in sets.values()]


def sums(session: Session) -> Sums:
    """The totals of one session as it was logged; zero for a deleted one. To show them, use
    :func:`tui.domain.review.context.summed`, which also counts jumps logged in reps as landings."""
    if session.deleted:
        return Sums()
    sets = 0
    tonnage = hold = distance = 0.0
    contacts = 0
    for entry in session.live():
        rows = counted(entry)
        sets += len(by_set(rows))
        for row in rows:
            m = row.done
            tonnage += (m.load_kg or 0) * (m.reps or 0)
            hold += (m.hold_s or 0) * (1 if m.holds is None else m.holds)
            contacts += m.contacts or 0
            distance += m.distance_m or 0
    length = (session.finished - session.started).total_seconds() if session.finished else 0
    return Sums(
        sessions=1,
        sets=sets,
        tonnage_kg=tonnage,
        hold_s=hold,
        contacts=contacts,
        distance_m=distance,
        minutes=max(0, round(length / 60)),
    )


def weeks(sessions: Iterable[Session], *, sunday: bool = False) -> list[tuple[date, list[Session]]]:
    """Sessions, except deleted ones, grouped by the Monday of their week, or by its ``sunday``,
    newest first."""
    # Sort by day first: across the date line, the later instant may be on the earlier day.
    kept = (s for s in sessions if not s.deleted)
    ordered = sorted(kept, key=lambda s: (s.day, s.started), reverse=True)
    begun = groupby(ordered, key=lambda s: week_start(s.day, sunday=sunday))
    return [(day, list(group)) for day, group in begun]


class Best(Struct, frozen=True, order=True):
    """A personal best of an exercise in one ``measure``; ``value`` is in the measure's unit.
    ``shown`` is the set in compact notation, ``words`` as a person reads it."""

    exercise: str
    measure: str
    side: Side
    value: float
    shown: str
    words: str


def is_better(measure: str, value: float, than: float) -> bool:
    """Whether a value of a measure is better ``than`` another: more of anything but help."""
    return value < than if measure == LEAST_HELP else value > than


def bests(sessions: Iterable[Session], unit: str = "kg") -> Mapping[tuple[str, str, Side], Best]:
    """The best values in a log by exercise, measure and side.

    Measures are the load, the least help and, at each load, with each help or without either, reps,
    hold, holds of a length, lowering and distance: those compare only sets with the same load or
    help. Foot contacts are a dose, so more of
    them is not a best. Loads are worded in ``unit``."""
    found: dict[tuple[str, str, Side], Best] = {}
    for session in sessions:
        if session.deleted:
            continue
        for entry in session.live():
            for row in counted(entry):
                for measure, value in _values(row.done, unit):
                    key = (entry.exercise, measure, row.side)
                    if key not in found or is_better(measure, value, found[key].value):
                        found[key] = Best(*key, value, *_shown(row, unit))
    return found


def _values(m: Measures, unit: str) -> Iterable[tuple[str, float]]:
    at = f" at {load_words(m.load_kg, unit)}" if m.load_kg else ""
    if m.assist_kg:
        at = f" with {load_words(m.assist_kg, unit)} {HELP}"
        if m.reps or m.hold_s:
            yield LEAST_HELP, m.assist_kg
    if m.load_kg and (m.reps or m.distance_m or m.duration_s):
        yield "load", m.load_kg
    if m.hold_s and m.holds:
        yield f"holds of {plain(m.hold_s)} s{at}", m.holds
    if m.hold_s and m.holds != 0:
        yield f"hold{at}", m.hold_s
    elif m.reps and m.tempo_s:
        yield f"lowering{at}", m.tempo_s
    elif m.reps:
        yield f"reps{at}", m.reps
    if m.distance_m:
        yield f"distance{at}", m.distance_m


def _shown(row: SetEntry, unit: str) -> tuple[str, str]:
    """A set without its marks, in compact notation and in words. A side is said elsewhere."""
    bare = [Written(number=1, side=Side.BOTH, measures=row.done)]
    return show(bare, unit), show(bare, unit, Form.LONG)


def new_bests(
    session: Session, earlier: Mapping[tuple[str, str, Side], Best], unit: str = "kg"
) -> list[Best]:
    """The values of a session that beat the ``earlier`` bests, in the order of its exercises. The
    first time, and the first time at a load, is not a best: there is nothing to compare it with."""
    mine = bests([session], unit)
    beaten = [
        best
        for key, best in mine.items()
        if key in earlier and is_better(best.measure, best.value, earlier[key].value)
    ]
    place = {entry.exercise: i for i, entry in enumerate(session.entries)}
    return sorted(beaten, key=lambda best: (place[best.exercise], best.measure, best.side))


def last_leg_session(sessions: Sequence[Session], hard: frozenset[str]) -> Session | None:
    """The last of ``sessions`` (oldest first) with a work set of an exercise in ``hard``, those
    hard on the legs, or None."""
    legs = (
        s
        for s in reversed(sessions)
        if not s.deleted and any(entry.exercise in hard and counted(entry) for entry in s.live())
    )
    return next(legs, None)
