"""Runs that come from a file: what kind each was, and which of them the diary has already."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.planning.diary import Run, RunKind, WeeklyRun

LONG_S = 90 * 60
LONG_SHARE = 1.5
LAST_RUNS = 10
FEWEST_RUNS = 5
HILLY_M_PER_KM = 30
SAME_START = timedelta(minutes=5)
SAME_LENGTH = 0.02
DAY = timedelta(days=1)

# A long run is one wherever its name says so: "easy long run", "Sunday long".
_LONG = re.compile(r"\blong\W*(?:run|jog|slow|trail|one)|\blsd\b|\blong\W*$", re.IGNORECASE)
# What makes a race a long run, unless it is only what one trains for or how fast.
_FAR = (
    r"(?:(?:half\W?)?marathon|ultra(?:\W?(?:marathon|trail|run))?)s?\b"
    r"(?!\W+(?:pace|effort|training|plan|prep\w*|block|build\w*|week|easy|slow|short|relay))"
)
# Of everything else the word that comes first: "intervals, easy jog between" is speed. A hill alone
# is often a place, and a stride or two leaves an easy run easy.
_KINDS = re.compile(
    rf"\b(?P<long>(?:races?\b(?!\W+pace).*\b)?{_FAR})|"
    r"\b(?:"
    r"(?P<hills>hills|hilly|hill\W+(?:rep|sprint|session|work|interval|train|bound|run)\w*)"
    r"|(?P<speed>tempo|intervals?|track|fartlek|threshold|repeats|reps|speed\w*|sprints?|races?"
    r"|parkrun|time\W?trial|vo2\w*|\d+\s*[x×]\s*(?:\d{3,4}m?|\d+\s*km?))"
    r"|(?P<easy>easy|recovery|shake\W?out|jog\w*)"
    r")\b",
    re.IGNORECASE,
)
# What a title says it is of; the sport that is named first counts. Words that only sound like a run
# are looked for first.
_SPORTS = re.compile(
    r"\b(?:"
    r"(?P<other>(?:dry|test|trial|school|no)\W+runs?|run\W+(?:errands?|payroll|through|over|out|by)"
    r"|(?:no|boat|horse|car|motor|drag|f1|formula|sailing)\W+(?:\d\W+)?races?|race\W+condition\w*"
    r"|(?:movie|film|tv|reading)\W+marathon|ultra\W?(?:sound|violet)"
    r"|(?:race|marathon|ultra)\W+(?:expo|briefing|meeting|registration|sign\W?up|entry|tickets?|hotel"
    r"|(?:packet|pack|number|bib|kit)(?:\W+pick\W?up)?)"
    r"|triathlon|duathlon|no running"
    r"|rides?|riding|bikes?|biking|cycl\w+|spin|swim\w*|row|rowing|hik\w+|ski\w*|yoga"
    r"|pilates|strength|weights?|gym|lift\w*|core|mobility|stretch\w*|rest|off|cross\W?train\w*"
    r"|elliptical|climbing|paddl\w*|massage|physio\w*)"
    r"|(?P<run>run|runs|running|jog|jogs|jogging|walk\W+run|parkrun|fartlek|tempo|intervals?"
    r"|(?:half\W?)?marathons?|ultra(?:\W?(?:marathon|trail))?s?|races?|time\W?trials?"
    r"|hill\W+(?:rep|sprint)\w*)"
    r"|(?P<walk>walk\w*)"
    r")\b",
    re.IGNORECASE,
)
# A race by its name, and a distance that is one beside a name: "Town 10k".
_RACE = re.compile(rf"\braces?\b(?!\W+(?:pace|effort|week|interval\w*))|\b{_FAR}", re.IGNORECASE)
_RACE_LENGTH = re.compile(r"\b(?:5|10|15|20|21|30|42|50|100)\W?k\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]{3,}")


class NewRuns(Struct, frozen=True, kw_only=True):
    """What a file brings: runs to add (``new``), planned ones of the diary that they take the place
    of (``replaced``), and how many runs of the file the diary has already (``duplicates``)."""

    new: tuple[Run, ...]
    replaced: tuple[Run, ...]
    duplicates: int


def sport_named(text: str) -> bool | None:
    """Whether the sport that a text names first, in English, is running; None if it names none."""
    found = _SPORTS.search(text)
    return found.lastgroup == "run" if found else None


def kind_named(name: str) -> RunKind | None:
    """The kind that a name says, in English; None where it says none (source project)."""
    if _LONG.search(name):
        return RunKind.LONG
    found = _KINDS.search(name)
    return RunKind(found.lastgroup) if found and found.lastgroup else None


def race_named(name: str) -> bool:
    """Whether a name, in English, sounds like that of a race: something to ask about, as it may be
    none (source project)."""
    kind, sport = kind_named(name), sport_named(name)
    if sport is False or kind in (RunKind.EASY, RunKind.HILLS) or _LONG.search(name):
        return False
    if _RACE.search(name):
        return True
    told_of = kind is not None or sport is not None
    return not told_of and bool(_RACE_LENGTH.search(name) and _NAME.search(name))


def kind_of(run: Run, weekly: Sequence[WeeklyRun], earlier: Sequence[Run]) -> RunKind:
    """The kind of a run (source project). Its name if that says one; else what the week holds on
    that weekday, the nearest in time; else long from 90 minutes, or from one and a half times the
    middle length of the last ten ``earlier`` runs if five are known; else hills from 30 m of climb
    a kilometre; else easy."""
    named = kind_named(run.name)
    if named is not None:
        return named
    habits = [habit for habit in weekly if habit.weekday == run.day.weekday()]
    if habits:
        return min(habits, key=lambda habit: _apart(run.start, habit.start)).kind
    if (run.duration_s or 0) >= LONG_S or _outlasts(run, earlier):
        return RunKind.LONG
    if run.climb_m and run.distance_m and run.climb_m * 1000 >= HILLY_M_PER_KM * run.distance_m:
        return RunKind.HILLS
    return RunKind.EASY


def _apart(one: time | None, other: time | None) -> int:
    """The minutes between two times of a day; those that are not known are a day apart."""
    if one is None or other is None:
        return 24 * 60
    return abs((one.hour - other.hour) * 60 + one.minute - other.minute)


def _outlasts(run: Run, earlier: Sequence[Run]) -> bool:
    """Whether a run is much longer than the last ones: in metres, else in seconds."""
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
    """What ``found`` brings to a diary that holds ``known`` (source project).

    Two runs are the same if they have one id, or begin within five minutes of each other, or lack
    a time, and have the same day and a length within 2 %. A recorded run (with ``at``) takes the
    place of one planned run of its day, the nearest in time, and its kind unless its own name says
    another; so a plan that comes in after its run is no news. A planned run that has changed since
    takes the place of what it was.
    """
    diary = _Diary(known)
    runs = sorted(found, key=_order)
    before = [run for each in diary.days.values() for run in each if run.at is not None]
    # What has changed goes first, for something else may come where it was.
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
    """The runs by day while others are laid beside them."""

    def __init__(self, known: Iterable[Run]) -> None:
        self.by_id: dict[str, Run] = {}
        self.days: dict[date, list[Run]] = {}
        self.new: dict[str, Run] = {}
        self.replaced: list[Run] = []
        self.duplicates = 0
        for run in known:
            self.keep(run)

    def plan(self, run: Run) -> None:
        """Take in a planned run, or what has become of one."""
        old = self.by_id.get(run.id)
        if old is None and not self.has(run, planned=True):
            self.add(run)
        elif old is not None and old.at is None and _other(run, old):
            self.drop(old)
            self.add(run)
        else:
            self.duplicates += 1

    def record(self, run: Run) -> None:
        """Take in a recorded run, for a planned one if there is one."""
        if run.id in self.by_id or self.has(run, planned=False):
            self.duplicates += 1
            return
        plan = self.plan_of(run)
        if plan is not None:
            self.drop(plan)
            run = run if kind_named(run.name) else replace(run, kind=plan.kind)
        self.add(run)

    def recall(self, run: Run) -> None:
        """Leave out a plan that just came in, where its recorded run was there before it."""
        plan = self.plan_of(run, self.new)
        if plan is not None:
            self.drop(plan)

    def plan_of(self, run: Run, among: Container[str] | None = None) -> Run | None:
        """The planned run that a recorded one was: the nearest of its day, or one at its time."""
        plans = [
            plan
            for plan in self.near(run, planned=True)
            if (among is None or plan.id in among) and (plan.day == run.day or _same(plan, run))
        ]
        return min(plans, key=lambda plan: _apart(run.start, plan.start), default=None)

    def has(self, run: Run, *, planned: bool) -> bool:
        return any(_same(run, other) for other in self.near(run, planned=planned))

    def near(self, run: Run, *, planned: bool) -> Iterator[Run]:
        """The planned or the recorded runs of a day and of its neighbours: elsewhere the same
        instant may have another date."""
        for day in (run.day, run.day - DAY, run.day + DAY):
            yield from (other for other in self.days.get(day, ()) if (other.at is None) == planned)

    def add(self, run: Run) -> None:
        self.new[run.id] = run
        self.keep(run)

    def keep(self, run: Run) -> None:
        self.by_id[run.id] = run
        self.days.setdefault(run.day, []).append(run)

    def drop(self, old: Run) -> None:
        """Take out a planned run: one of the diary is replaced, one that just came is no news."""
        self.days[old.day].remove(old)
        if self.new.pop(old.id, None) is None:
            self.replaced.append(old)
        else:
            self.duplicates += 1


def _same(one: Run, other: Run) -> bool:
    """Whether two runs are one, told by two sources."""
    if one.at is not None and other.at is not None:
        return abs(one.at - other.at) <= SAME_START
    if one.start is not None and other.start is not None:
        return abs(moment(one) - moment(other)) <= SAME_START
    if one.day != other.day or not one.distance_m or not other.distance_m:
        return False
    longer = max(one.distance_m, other.distance_m)
    return abs(one.distance_m - other.distance_m) <= SAME_LENGTH * longer


def _other(one: Run, old: Run) -> bool:
    """Whether a planned run says something else than it did; its kind is the runner's to say."""
    return replace(one, kind=old.kind) != old


def _order(run: Run) -> tuple[datetime, str]:
    return moment(run), run.id


def moment(run: Run) -> datetime:
    """When a run begins by its own wall clock; midnight where that is not known."""
    return datetime.combine(run.day, run.start or time())
