"""The last weeks at a glance, and how steadily there was training in them.

Counts and sums only, and how they changed; nothing in them says how likely an injury is, because
nothing of it follows from them (source project).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from tui.core.model import Exercise, Kind, Record, Session, SetEntry
from tui.core.phases import HARD_LEG_LOAD
from tui.core.progression.bouts import work_rows
from tui.core.progression.fold_jumps import TIERS, contacts_of
from tui.core.progression.followed import DEFAULT_PROGRAMME
from tui.core.progression.state import Setup, State
from tui.core.readiness import read
from tui.core.review import Sums, counted, monday, sums
from tui.core.reviewing.usual import usual_sets

WEEKS = 12
SPAN_DAYS = 28
LOW, OTHER = "low", "other"
COMPARED = ("sessions", "sets", "contacts", "hold_s", "tonnage_kg")


class Look(Struct, frozen=True, kw_only=True):
    """What a look back rests on: the log (of it only what lies on or before ``today`` counts), the
    settings, and what the calculator knows on that day."""

    sessions: Sequence[Session]
    records: Sequence[Record]
    setup: Setup
    state: State
    today: date


class Mark(Struct, frozen=True, kw_only=True):
    """What is special about a week: a ``race``, a ``step_down`` of the running, a ``programme``
    that was taken up; ``name`` says which."""

    kind: str
    day: date
    name: str = ""


class Week(Struct, frozen=True, kw_only=True):
    """One week from its Monday. Sessions without a work set that was done count for nothing.

    ``days`` were trained on, ``legs`` of the sessions were hard on the legs; ``usual`` are the sets
    that the programme has in such a week (None: not known). Contacts are by tier, kilograms lifted
    by category of the exercises, both only where there are some. ``pain`` is the most that was told
    of sets, mornings and days (None: nothing was), in these ``regions``.
    """

    monday: date
    days: int = 0
    legs: int = 0
    sums: Sums = Sums()
    usual: int | None = None
    contacts: Mapping[str, int] = field(default_factory=dict)
    tonnage_kg: Mapping[str, float] = field(default_factory=dict)
    pain: int | None = None
    regions: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


class Change(Struct, frozen=True):
    """A sum of the last four weeks beside that of the four before."""

    what: str
    now: float
    before: float

    @property
    def percent(self) -> float | None:
        """By how much it changed, in per cent; None where there was nothing before."""
        return 100 * (self.now - self.before) / self.before if self.before else None


class Overview(Struct, frozen=True, kw_only=True):
    """The last weeks, newest first. ``known`` of them are of the time since the log begins, and in
    ``trained`` of them there was a session. ``changes`` compare the 28 days up to today, so that a
    week that has only begun makes nothing look less."""

    weeks: tuple[Week, ...]
    known: int
    trained: int
    changes: tuple[Change, ...]
    today: date


def first_monday(today: date) -> date:
    """The Monday on which the weeks of an overview begin."""
    return monday(today) - timedelta(weeks=WEEKS - 1)


def overview(look: Look) -> Overview:
    """The last twelve weeks, that of today among them. ``look.sessions`` have to reach back as far
    as :func:`first_monday`, and to one session before it where there is any."""
    first = first_monday(look.today)
    by_week: dict[date, list[Session]] = {}
    begun = look.today
    for session in look.sessions:
        if session.day <= look.today and worked(session):
            begun = min(begun, session.day)
            if session.day >= first:
                by_week.setdefault(monday(session.day), []).append(session)
    pains = _pains(look, first)
    weeks = [
        _week(look, day, by_week.get(day, ()), pains.get(day, {}))
        for day in (monday(look.today) - timedelta(weeks=n) for n in range(WEEKS))
    ]
    return Overview(
        weeks=tuple(weeks),
        known=min(WEEKS, (monday(look.today) - monday(begun)).days // 7 + 1),
        trained=sum(week.days > 0 for week in weeks),
        changes=_changes(look, [one for found in by_week.values() for one in found]),
        today=look.today,
    )


def worked(session: Session) -> bool:
    """True for a session that is not deleted and has a work set that was done."""
    return not session.deleted and any(counted(entry) for entry in session.live())


def landings(exercise: Exercise | None, row: SetEntry) -> int:
    """Foot contacts of a set: of a jump as the calculator counts them, so that jumps which are
    logged in reps count as well; else as logged."""
    if exercise is None or exercise.kind is not Kind.PLYOMETRIC:
        return row.done.contacts or 0
    return contacts_of(exercise, row)


def summed(session: Session, known: Mapping[str, Exercise]) -> Sums:
    """The sums of a session with its foot contacts as :func:`landings` counts them."""
    contacts = sum(landings(exercise, row) for exercise, _, row in _rows(known, session))
    return replace(sums(session), contacts=contacts)


def _week(look: Look, day: date, found: Sequence[Session], pains: Mapping[str, int]) -> Week:
    known = look.setup.library.exercises
    contacts, tonnage = dict.fromkeys((*TIERS, OTHER), 0), dict[str, float]()
    legs = 0
    for session in found:
        hard = False
        for exercise, name, row in _rows(known, session):
            hard = hard or (exercise is not None and exercise.leg_load >= HARD_LEG_LOAD)
            contacts[_tier(exercise)] += landings(exercise, row)
            lifted = (row.done.load_kg or 0) * (row.done.reps or 0)
            tonnage[name] = tonnage.get(name, 0) + lifted
        legs += hard
    most = max(pains.values(), default=None)
    return Week(
        monday=day,
        days=len({session.day for session in found}),
        legs=legs,
        sums=sum((summed(session, known) for session in found), Sums()),
        usual=usual_sets(look.setup, look.state, min(day + timedelta(days=6), look.today)),
        contacts={tier: count for tier, count in contacts.items() if count},
        tonnage_kg={name: tonnage[name] for name in sorted(tonnage) if tonnage[name]},
        pain=most,
        regions=tuple(sorted(name for name, pain in pains.items() if name and pain == most)),
        marks=tuple(_marks(look.setup, day)),
    )


def _rows(
    known: Mapping[str, Exercise], session: Session
) -> Iterator[tuple[Exercise | None, str, SetEntry]]:
    """The work sets of a session that were done, with their exercise and its category."""
    for entry in session.live():
        exercise = known.get(entry.exercise)
        category = OTHER if exercise is None else exercise.category
        for row in counted(entry):
            yield exercise, category, row


def _tier(exercise: Exercise | None) -> str:
    if exercise is None or exercise.kind is not Kind.PLYOMETRIC:
        return OTHER
    return exercise.jump_tier or LOW


# -- pain ------------------------------------------------------------------------------------------


def _pains(look: Look, first: date) -> dict[date, dict[str, int]]:
    """The most pain by week and region. A set that was left out for pain is one that hurt."""
    found: dict[date, dict[str, int]] = {}
    known = look.setup.library.exercises
    told = [_told(record) for record in look.records if not record.deleted]
    for session in look.sessions:
        if session.deleted or session.day < first:
            continue
        for entry in session.live():
            exercise = known.get(entry.exercise)
            region = OTHER if exercise is None else exercise.region
            hurt = [row.pain for row in work_rows(entry.sets) if row.pain is not None]
            told += [(session.day, region, pain) for pain in hurt]
    for one in told:
        if one is not None and first <= one[0] <= look.today:
            day, region, pain = one
            week = found.setdefault(monday(day), {})
            week[region] = max(pain, week.get(region, 0))
    return found


def _told(record: Record) -> tuple[date, str, int] | None:
    """The pain of a morning, or told before a session; None for another record."""
    if (ready := read(record)) is not None:
        return ready.day, ready.region, ready.pain
    region, pain = record.values.get("region"), record.values.get("pain")
    if record.type != "morning" or not isinstance(region, str):
        return None
    if not isinstance(pain, int | float) or isinstance(pain, bool) or not 0 <= pain <= 10:
        return None
    return record.day, region, int(pain)


# -- marks and changes -----------------------------------------------------------------------------


def _marks(setup: Setup, first: date) -> Iterator[Mark]:
    days = [first + timedelta(days=n) for n in range(7)]
    for race in sorted(setup.calendar.races, key=lambda race: race.day):
        if race.day in days:
            name = f"{race.name} ({race.priority.value})" if race.name else race.priority.value
            yield Mark(kind="race", day=race.day, name=name)
    if first in setup.calendar.step_down:
        yield Mark(kind="step_down", day=first)
    before = DEFAULT_PROGRAMME
    for dated in setup.profile.programmes:
        if dated.value != before and dated.since in days:
            programme = setup.library.programmes.get(dated.value)
            name = dated.value if programme is None else programme.name
            yield Mark(kind="programme", day=dated.since, name=name)
        before = dated.value


def _changes(look: Look, found: Iterable[Session]) -> tuple[Change, ...]:
    now, before = dict.fromkeys(COMPARED, 0.0), dict.fromkeys(COMPARED, 0.0)
    for session in found:
        days = (look.today - session.day).days
        if days < 2 * SPAN_DAYS:
            side = now if days < SPAN_DAYS else before
            mine = summed(session, look.setup.library.exercises)
            for name in COMPARED:
                side[name] += getattr(mine, name)
    return tuple(Change(name, now[name], before[name]) for name in COMPARED)
