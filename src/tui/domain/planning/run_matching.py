"""Matches imported runs to the diary: the kind of each run, and which are there already."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.planning.diary import Run, RunKind, WeeklyRun
from tui.domain.planning.run_titles import kind_named

LONG_S = 90 * 60
LONG_SHARE = 1.5
LAST_RUNS = 10
FEWEST_RUNS = 5
HILLY_M_PER_KM = 30
# Two records of one run are seldom started apart, and two watches seldom differ by more.
SAME_RECORDED_START = timedelta(minutes=2)
SAME_RECORDED_LENGTH = 0.1
SAME_PLANNED_START = timedelta(minutes=5)
SAME_PLANNED_LENGTH = 0.02
DAY = timedelta(days=1)


class NewRuns(Struct, frozen=True, kw_only=True):
    """The runs of a file to add (``new``), the planned runs of the diary that they replace
    (``replaced``), and how many the diary has already (``duplicates``)."""

    new: tuple[Run, ...]
    replaced: tuple[Run, ...]
    duplicates: int


def kind_of(run: Run, weekly: Sequence[WeeklyRun], earlier: Sequence[Run]) -> RunKind:
    """The kind of a run (source project). The kind in its name; else that of the weekly run on
    that weekday, the nearest in time; else long from 90 minutes, or from 1.5 times the median of
    the last ten ``earlier`` runs if at least five are known; else hills from 30 m of climb per
    kilometre; else easy."""
    named = kind_named(run.name)
    if named is not None:
        return named
    habits = [habit for habit in weekly if habit.weekday == run.day.weekday()]
    if habits:
        return min(habits, key=lambda habit: _apart(run.start, habit.start)).kind
    if (run.duration_s or 0) >= LONG_S or _much_longer(run, earlier):
        return RunKind.LONG
    if run.climb_m and run.distance_m and run.climb_m * 1000 >= HILLY_M_PER_KM * run.distance_m:
        return RunKind.HILLS
    return RunKind.EASY


def _apart(one: time | None, other: time | None) -> int:
    """The minutes between two times of day; an unknown time counts as a day apart."""
    if one is None or other is None:
        return 24 * 60
    return abs((one.hour - other.hour) * 60 + one.minute - other.minute)


def _much_longer(run: Run, earlier: Sequence[Run]) -> bool:
    """Whether a run is much longer than the last ones, by metres or else by seconds."""
    before = sorted((r for r in earlier if r.id != run.id), key=moment)
    for length, known in (
        (run.distance_m, [r.distance_m for r in before if r.distance_m]),
        (run.duration_s, [r.duration_s for r in before if r.duration_s]),
    ):
        last = sorted(known[-LAST_RUNS:])
        if length and len(last) >= FEWEST_RUNS:
            middle = (last[(len(last) - 1) // 2] + last[len(last) // 2]) / 2
            return length >= LONG_SHARE * middle
    return False


def match_new_runs(found: Iterable[Run], known: Iterable[Run]) -> NewRuns:
    """Match the runs of a file (``found``) to those of the diary (``known``) (source project).

    Two runs are the same if they have the same id. Two recorded runs (with ``at``) are also the
    same if their times overlap by at least half of the shorter or, if a duration is missing, if
    they begin within two minutes of each other and their distances, where known, are within 10 %.
    If one of them is planned, they are the same if they begin within five minutes of each other or,
    if a time is missing, are on the same day with distances within 2 %.

    A recorded run replaces one planned run of its day, the nearest in time, and takes over its
    kind unless its own name states one; so a plan imported after its run is not new. A planned run
    that has changed replaces its old version.
    """
    diary = _Diary(known)
    runs = sorted(found, key=_order)
    before = [run for each in diary.days.values() for run in each if run.at is not None]
    # Changed plans go first: another run may take the time they had.
    plans, had = [run for run in runs if run.at is None], frozenset(diary.by_id)
    for run in sorted(plans, key=lambda run: run.id not in had):
        diary.plan(run)
    for run in runs:
        if run.at is not None:
            diary.record(run)
    for run in sorted(before, key=_order):
        diary.recall(run)
    new = tuple(sorted(diary.new.values(), key=_order))
    return NewRuns(new=new, replaced=tuple(diary.replaced), duplicates=diary.duplicates)


class _Diary:
    """The diary's runs by day while new ones are matched to them."""

    def __init__(self, known: Iterable[Run]) -> None:
        self.by_id: dict[str, Run] = {}
        self.days: dict[date, list[Run]] = {}
        self.new: dict[str, Run] = {}
        self.replaced: list[Run] = []
        self.duplicates = 0
        for run in known:
            self.keep(run)

    def plan(self, run: Run) -> None:
        """Take in a planned run, new or changed."""
        old = self.by_id.get(run.id)
        if old is None and not self.has(run, planned=True):
            self.add(run)
        elif old is not None and old.at is None and _changed(run, old):
            self.drop(old)
            self.add(run)
        else:
            self.duplicates += 1

    def record(self, run: Run) -> None:
        """Take in a recorded run, in place of its planned one if any."""
        if run.id in self.by_id or self.has(run, planned=False):
            self.duplicates += 1
            return
        plan = self.plan_of(run)
        if plan is not None:
            self.drop(plan)
            run = run if kind_named(run.name) else replace(run, kind=plan.kind)
        self.add(run)

    def recall(self, run: Run) -> None:
        """Drop a plan that just came in if the diary had its recorded run before."""
        plan = self.plan_of(run, self.new)
        if plan is not None:
            self.drop(plan)

    def plan_of(self, run: Run, among: Container[str] | None = None) -> Run | None:
        """The plan of a recorded run: the nearest on its day or at its time, or None."""
        plans = [
            plan
            for plan in self.near(run, planned=True)
            if (among is None or plan.id in among) and (plan.day == run.day or _same(plan, run))
        ]
        return min(plans, key=lambda plan: _apart(run.start, plan.start), default=None)

    def has(self, run: Run, *, planned: bool) -> bool:
        return any(_same(run, other) for other in self.near(run, planned=planned))

    def near(self, run: Run, *, planned: bool) -> Iterator[Run]:
        """The planned or the recorded runs of a day and the days beside it: the same instant may
        have another date in another time zone."""
        for day in (run.day, run.day - DAY, run.day + DAY):
            yield from (other for other in self.days.get(day, ()) if (other.at is None) == planned)

    def add(self, run: Run) -> None:
        self.new[run.id] = run
        self.keep(run)

    def keep(self, run: Run) -> None:
        self.by_id[run.id] = run
        self.days.setdefault(run.day, []).append(run)

    def drop(self, old: Run) -> None:
        """Take out a planned run: a diary run counts as replaced, a new one as a duplicate."""
        self.days[old.day].remove(old)
        if self.new.pop(old.id, None) is None:
            self.replaced.append(old)
        else:
            self.duplicates += 1


def _same(one: Run, other: Run) -> bool:
    """Whether two records are of the same run."""
    if one.at is not None and other.at is not None:
        return _same_recorded(one, one.at, other, other.at)
    if one.start is not None and other.start is not None:
        return abs(moment(one) - moment(other)) <= SAME_PLANNED_START
    return one.day == other.day and _as_far(one, other, SAME_PLANNED_LENGTH, unknown=False)


def _same_recorded(one: Run, one_at: datetime, other: Run, other_at: datetime) -> bool:
    """Whether two recorded runs, begun at these instants, are the same. A start alone is no proof:
    a false start is stopped, and the long run begins minutes later."""
    if not one.duration_s or not other.duration_s:
        together = abs(one_at - other_at) <= SAME_RECORDED_START
        return together and _as_far(one, other, SAME_RECORDED_LENGTH, unknown=True)
    later = (other_at - one_at).total_seconds()
    shared = min(one.duration_s, later + other.duration_s) - max(0.0, later)
    return shared >= min(one.duration_s, other.duration_s) / 2


def _as_far(one: Run, other: Run, share: float, *, unknown: bool) -> bool:
    """Whether the distances of two runs differ by at most ``share`` of the longer; ``unknown`` if
    one is not known."""
    if not one.distance_m or not other.distance_m:
        return unknown
    longer = max(one.distance_m, other.distance_m)
    return abs(one.distance_m - other.distance_m) <= share * longer


def _changed(one: Run, old: Run) -> bool:
    """Whether a planned run has changed, apart from its kind, which the runner may have set."""
    return replace(one, kind=old.kind) != old


def _order(run: Run) -> tuple[datetime, str]:
    return moment(run), run.id


def moment(run: Run) -> datetime:
    """When a run begins, in local time; midnight if its time is unknown."""
    return datetime.combine(run.day, run.start or time())
