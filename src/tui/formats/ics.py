"""Reads runs from calendars (iCalendar): plans from Garmin, TrainingPeaks, Final Surge and the
like, or the runner's own calendar."""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct, field

from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.diary import Run
from tui.domain.planning.run_parser import MOST_M, MOST_S
from tui.domain.planning.run_titles import distance_said, duration_said
from tui.formats.ics_events import SMALLER, Event, events_of
from tui.formats.ics_recurrence import (
    Moment,
    UnknownZone,
    effort,
    moment,
    place_in,
    repeats,
    span,
    wall,
)
from tui.formats.run_file import Found, Window, measure, named

# Five a day; more is no calendar of one runner, and takes long to match.
MOST_RUNS = 2000
# In days searched, as ics_recurrence.effort counts them: some seconds.
MOST_EFFORT = 2_000_000
EACH_CHANGE = 10
_Lengths = tuple[float | None, float | None]
_ALWAYS = datetime.combine(date.min, time())
# How far all of a series from one on may be moved.
FARTHEST = timedelta(days=366)
# How many unknown time zones are named.
MOST_ZONES = 5


def read(data: bytes, zone: tzinfo, window: Window) -> Found:
    """The runs of a calendar within ``window``. A calendar does not tell planned from done, so the
    runs have no exact instant, and a recorded run replaces them.

    Which events are runs, and how far and how long, :mod:`tui.domain.planning.run_titles` reads
    from their words. Strength sessions written by this program are skipped; for cancelled events,
    the ids of their runs are given. An event in a time zone that is not known is left out, and a
    note names it. A single run outside the window is counted, and a series that has none within it.

    Run ids come from event ids, so a moved event stays the same run. Raises BadDocument with the
    line on which the event begins.
    """
    with warnings.catch_warnings():
        # The libraries warn of what is decided here: guessed zones, COUNT beside UNTIL.
        warnings.simplefilter("ignore")
        return _Reading(events_of(data), zone, window).found()


class _Placed(BadDocument):
    """An error that names its place in the file already."""


class _Version(Struct, frozen=True, kw_only=True):
    """How a series is from one place in it on: its event, when that begins, and how much later than
    their places all are."""

    since: datetime
    event: Event
    start: Moment
    by: timedelta = timedelta()


class _Reading:
    """The runs of the events of a calendar while they are gathered."""

    def __init__(self, events: list[Event], zone: tzinfo, window: Window) -> None:
        self.events, self.zone, self.window = events, zone, window
        self.shared = Counter(e.uid for e in events if e.is_run and not (e.moved or e.passed_over))
        self.starts: dict[str, Moment] = {}
        for event in events:
            if event.uid and event.series:
                with suppress(BadDocument):
                    self.starts[event.uid] = moment(event.event, "DTSTART")
        self.changes: dict[str, list[Event]] = {}
        for event in events:
            if event.moved and event.uid in self.starts:
                self.changes.setdefault(event.uid, []).append(event)
        self.gathered = _Gathered()
        self.effort = 0

    def found(self) -> Found:
        """All that the calendar has; raises BadDocument."""
        for event in self.events:
            if not (event.onwards and event.uid in self.starts):
                self._gather(event)
        gathered = self.gathered
        events = [event for event in self.events if not event.passed_over]
        return Found(
            runs=tuple(gathered.runs),
            others=sum(not event.is_run for event in events),
            outside=gathered.outside,
            notes=tuple(_notes(gathered.unknown)),
            cancelled=frozenset(gathered.cancelled - {run.id for run in gathered.runs}),
            races=tuple(gathered.races),
        )

    def _gather(self, event: Event) -> None:
        """Gather the runs of an event, and of what changes it; raises BadDocument."""
        if event.cancelled:
            self.gathered.cancelled.update(self._ids(event))
        if event.passed_over:
            return
        versions = [event, *(e for e in self._changes(event) if e.onwards)]
        is_run = any(each.is_run for each in versions)
        if not is_run and not any(each.is_race for each in versions):
            return
        try:
            within = self._gather_versions(event)
            self.gathered.outside += event.is_run and not within
        except _Placed:
            raise
        except UnknownZone as unknown:
            self._leave_out(event, unknown)
        except BadDocument as bad:
            if is_run:
                raise _placed(event, bad) from None

    def _gather_versions(self, event: Event) -> bool:
        """Gather what an event stands for; returns whether any of it is within the window."""
        within = False
        lengths: dict[int, _Lengths] = {}
        for version, begins, which in self._occurrences(event):
            day, clock = _local(begins, self.zone)
            if not self.window[0] <= day <= self.window[1]:
                continue
            within = True
            id_ = event.id(which)
            if version.cancelled:
                self.gathered.cancelled.add(id_)
                continue
            if version.is_run or version.is_race:
                if version.line not in lengths:
                    lengths[version.line] = _lengths(version)
                distance, duration = lengths[version.line]
                run = Run(
                    id=id_,
                    day=day,
                    start=clock,
                    distance_m=distance,
                    duration_s=duration,
                    name=named(version.title),
                )
                self.gathered.runs += [run] if version.is_run else []
                self.gathered.races += [run] if version.is_race else []
            if len(self.gathered.runs) + len(self.gathered.races) > MOST_RUNS:
                first, last = self.window
                raise _too_much(event, f"more than {MOST_RUNS} runs from {first} to {last}")
        return within

    def _occurrences(self, event: Event) -> Iterator[tuple[Event, Moment, str]]:
        """When an event takes place, in which version, and which of its runs it is, as text."""
        start = moment(event.event, "DTSTART")
        if event.series:
            yield from self._of_series(event, start)
        elif event.moved:
            yield event, start, self._place(event, start).isoformat()
        else:
            once = bool(event.uid) and self.shared[event.uid] < 2
            yield event, start, "" if once else wall(start, _zone_of(start)).isoformat()

    def _of_series(self, event: Event, start: Moment) -> Iterator[tuple[Event, Moment, str]]:
        versions = [_Version(since=_ALWAYS, event=event, start=start)]
        moved = set()
        for change in self._changes(event):
            try:
                if change.onwards:
                    versions.append(self._version(change, start))
                else:
                    moved.add(self._place(change, start))
            except UnknownZone as unknown:
                # One that is moved alone is gathered by itself, and left out there.
                if change.onwards:
                    self._leave_out(change, unknown)
            except BadDocument as bad:
                raise _placed(change, bad) from None
        versions.sort(key=_since)
        most = max(abs(version.by) for version in versions)
        days = (self.window[0] - most, self.window[1] + most)
        for place in self._repeats(event, start, moved, days):
            version = versions[bisect_right(versions, place, key=_since) - 1]
            yield version.event, _like(version.start, place + version.by), place.isoformat()

    def _version(self, change: Event, start: Moment) -> _Version:
        """How a change makes a series from its place on; ``start``: when the series begins. Raises
        BadDocument."""
        place = self._place(change, start)
        if change.cancelled:
            return _Version(since=place, event=change, start=start)
        begins = moment(change.event, "DTSTART")
        by = wall(begins, _zone_of(begins)) - place
        if abs(by) > FARTHEST:
            raise BadDocument(f"it moves a series by more than {FARTHEST.days} days")
        return _Version(since=place, event=change, start=begins, by=by)

    def _leave_out(self, event: Event, unknown: UnknownZone) -> None:
        if event.is_run:
            self.gathered.unknown.setdefault(unknown.zone, []).append(event)

    def _repeats(
        self, event: Event, start: Moment, moved: AbstractSet[datetime], days: Window
    ) -> list[datetime]:
        """The places of a series; raises BadDocument."""
        self.effort += effort(event.event, start, days, self.zone)
        self.effort += EACH_CHANGE * len(self._changes(event))
        if self.effort > MOST_EFFORT:
            raise _too_much(event, "too many repeating events to follow")
        return repeats(event.event, start, moved, days, self.zone)

    def _changes(self, event: Event) -> list[Event]:
        """What changes one of a series, or all from one on."""
        return self.changes.get(event.uid, []) if event.series else []

    def _place(self, event: Event, start: Moment) -> datetime:
        """The place in its series of an event that was moved. If its series is not in the file,
        that begins as the event does (``start``)."""
        which = moment(event.event, "RECURRENCE-ID")
        if event.uid not in self.starts:
            return wall(which, _zone_of(start))
        return place_in(self.starts[event.uid], which, self.zone)

    def _ids(self, event: Event) -> Iterable[str]:
        """The ids of the runs of a cancelled event; without a time, the id of a single run."""
        found = [] if event.moved or not event.uid else [event.id("")]
        said_at = "DTSTART" if "DTSTART" in event.event or not event.moved else "RECURRENCE-ID"
        try:
            start = moment(event.event, said_at)
            if event.moved:
                return [*found, event.id(self._place(event, start).isoformat())]
            if event.series:
                places = self._repeats(event, start, frozenset(), self.window)
                return [*found, *(event.id(place.isoformat()) for place in places)]
            return [*found, event.id(wall(start, _zone_of(start)).isoformat())]
        except _Placed:
            raise
        except BadDocument:
            return found


class _Gathered(Struct):
    """What was gathered; ``unknown``: the events left out, by their unknown time zone."""

    runs: list[Run] = field(default_factory=list)
    races: list[Run] = field(default_factory=list)
    cancelled: set[str] = field(default_factory=set)
    outside: int = 0
    unknown: dict[str, list[Event]] = field(default_factory=dict)


def _notes(unknown: dict[str, list[Event]]) -> Iterator[str]:
    """What was left out for its time zone, a line for each of the first zones."""
    for zone, (first, *more) in list(unknown.items())[:MOST_ZONES]:
        title = said(named(first.title) or "an event")
        others = f" and {len(more)} more are" if more else " is"
        theirs, them = ("their", "them") if more else ("its", "it")
        yield (
            f"line {first.line}: {title}{others} left out: {theirs} time zone {said(named(zone))} "
            f"is not known; enter {them} by hand"
        )
    rest = sum(len(events) for events in list(unknown.values())[MOST_ZONES:])
    if rest:
        yield f"{rest} more in other time zones that are not known"


def _lengths(version: Event) -> _Lengths:
    """The metres and seconds of a run; raises BadDocument."""
    distance = distance_said(version.title, version.about)
    duration = duration_said(version.title, _block(version))
    return (
        measure("the distance in metres", distance, MOST_M),
        measure("the duration in seconds", duration, MOST_S),
    )


def _placed(event: Event, bad: BadDocument) -> _Placed:
    return _Placed(f"line {event.line}, the event that begins there: {bad}; correct it")


def _too_much(event: Event, what: str) -> _Placed:
    return _Placed(f"{what}, up to the event that begins on line {event.line}; {SMALLER}")


def _since(version: _Version) -> datetime:
    return version.since


def _zone_of(start: Moment) -> tzinfo | None:
    return start.tzinfo if isinstance(start, datetime) else None


def _like(start: Moment, wall_clock: datetime) -> Moment:
    """A wall-clock time as a moment of the same kind as ``start``: a day, or a time in its zone."""
    if not isinstance(start, datetime):
        return wall_clock.date()
    return wall_clock.replace(tzinfo=start.tzinfo)


def _local(begins: Moment, zone: tzinfo) -> tuple[date, time | None]:
    """The day and time by the runner's clock; a time without a zone already is."""
    if not isinstance(begins, datetime):
        return begins, None
    here = begins if begins.tzinfo is None else begins.astimezone(zone)
    return here.date(), here.time().replace(second=0, microsecond=0)


def _block(version: Event) -> float | None:
    """The seconds from start to end; None for whole days. Raises BadDocument."""
    event = version.event
    start = moment(event, "DTSTART")
    if not isinstance(start, datetime):
        return None
    if "DTEND" in event:
        end = moment(event, "DTEND")
        if not isinstance(end, datetime) or (end.tzinfo is None) != (start.tzinfo is None):
            raise BadDocument("DTEND must be a time of the same kind as DTSTART")
        # Across a clock change, elapsed time counts, not the difference of the clock readings.
        zoned = start.tzinfo is not None
        past = end.astimezone(UTC) - start.astimezone(UTC) if zoned else end - start
    else:
        past = span(event)
    if past < timedelta():
        raise BadDocument("it ends before it begins")
    return past.total_seconds() or None
