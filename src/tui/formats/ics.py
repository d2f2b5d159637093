"""Reads runs from calendars (iCalendar): plans from Garmin, TrainingPeaks, Final Surge and the
like, or the runner's own calendar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from msgspec import Struct

from tui.domain.model.ids import derived
from tui.domain.model.validation import BadDocument
from tui.domain.planning.diary import Run
from tui.domain.planning.run_parser import MOST_M, MOST_S
from tui.domain.planning.run_titles import (
    distance_said,
    duration_said,
    means_run,
    race_named,
    sport_named,
)
from tui.formats.ics_recurrence import Moment, moment, repeats, span, wall
from tui.formats.ics_writer import OWN
from tui.formats.run_file import Found, Window, measure, named

BLOCK = re.compile(r"(BEGIN|END):\s*([\w-]+)\s*$", re.IGNORECASE)
# Longer texts are no title, and cost time.
LONGEST_TITLE, LONGEST_ABOUT = 300, 2000


class _Event(Struct, frozen=True, kw_only=True):
    """An event and the line it begins on. ``of_runs``: its calendar is named after running;
    ``off``: the whole file cancels its events."""

    line: int
    event: Any
    of_runs: bool
    off: bool

    def text(self, key: str) -> str:
        """The text at a key, several values joined; empty if there is none."""
        from icalendar import vCategory

        value = self.event.get(key, "")
        words: list[object] = []
        for each in value if isinstance(value, list) else [value]:
            words += each.cats if isinstance(each, vCategory) else [each]
        return " ".join(map(str, words))

    @property
    def title(self) -> str:
        return self.text("SUMMARY")[:LONGEST_TITLE]

    @property
    def about(self) -> str:
        return self.text("DESCRIPTION")[:LONGEST_ABOUT]

    @property
    def is_run(self) -> bool:
        categories = self.text("CATEGORIES")[:LONGEST_TITLE]
        return means_run(self.title, categories, self.about, of_runs=self.of_runs)

    @property
    def uid(self) -> str:
        return self.text("UID")

    @property
    def moved(self) -> bool:
        """Whether it is one of a series, moved to another time than its rule gives."""
        return "RECURRENCE-ID" in self.event

    @property
    def series(self) -> bool:
        """Whether it repeats."""
        return not self.moved and ("RRULE" in self.event or "RDATE" in self.event)

    @property
    def cancelled(self) -> bool:
        """Whether it is cancelled."""
        return self.off or self.text("STATUS").upper() == "CANCELLED"

    @property
    def passed_over(self) -> bool:
        """Whether it is cancelled, or a strength session written by this program."""
        return self.cancelled or self.uid.endswith(OWN)

    def id(self, which: str) -> str:
        """The id of its run, or of the one of its runs at ``which`` time."""
        if not self.uid:
            which += f" {named(self.title)}"
        return derived(0, f"calendar {self.uid} {which}")


def read(data: bytes, zone: tzinfo, window: Window) -> Found:
    """The runs of a calendar within ``window``. A calendar does not tell planned from done, so the
    runs have no exact instant, and a recorded run replaces them.

    An event is a run if the first sport its title names, or else its categories, is running (in
    English). If neither names a sport, it is a run if its title has only training words ("Hill
    repeats", "Easy 45 min"), or a kind of run and repeats ("Speed 6x1000, Ana"). It is also a run
    if it gives a distance and either the title names a kind of run ("Easy with Ana, 12 km"), or the
    description or the calendar's name mentions running. Strength sessions written by this program
    are skipped; for cancelled events, the ids of their runs are given.

    Run ids come from event ids, so a moved event stays the same run. Raises BadDocument with the
    line on which the event begins.
    """
    every = list(_events(_text(data)))
    events = [event for event in every if not event.passed_over]
    running = [event for event in events if event.is_run]
    series = {event.uid for event in running}
    shared = Counter(event.uid for event in running if not event.moved)
    moved: dict[str, list[Moment]] = {}
    runs: list[Run] = []
    at = 0
    try:
        for event in every:
            at = event.line
            if event.moved and event.uid in series:
                moved.setdefault(event.uid, []).append(moment(event.event, "RECURRENCE-ID"))
        for event in running:
            at = event.line
            named_once = bool(event.uid) and shared[event.uid] < 2
            runs += _runs(event, zone, window, moved.get(event.uid, ()), named_once)
    except BadDocument as bad:
        raise BadDocument(f"line {at}, the event that begins there: {bad}; correct it") from None
    off = {each for event in every if event.cancelled for each in _ids(event, window)}
    maybe = [event for event in events if race_named(event.title)]
    return Found(
        runs=tuple(runs),
        others=len(events) - len(running),
        cancelled=frozenset(off - {run.id for run in runs}),
        races=tuple(run for event in maybe for run in _readable(event, zone, window)),
    )


# -- the file --------------------------------------------------------------------------------------


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = data.count(b"\n", 0, bad.start) + 1
        raise BadDocument(f"line {line}: is not UTF-8 text; export it again") from None


def _events(text: str) -> Iterator[_Event]:
    """The events of a file, in order. Raises BadDocument."""
    from icalendar import Calendar

    lines = _begins(text)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        found = [(c, event) for c in calendars for event in c.walk("VEVENT")]
    except Exception as error:  # noqa: BLE001  the parser may raise anything
        raise BadDocument(f"is not a calendar that can be read: {error}; export it again") from None
    if not calendars or len(lines) != len(found):
        raise BadDocument("is not a calendar: BEGIN:VCALENDAR is missing; export it again")
    for line, (calendar, event) in zip(lines, found, strict=True):
        name = str(calendar.get("X-WR-CALNAME") or calendar.get("NAME") or "")
        off = str(calendar.get("METHOD", "")).upper() == "CANCEL"
        yield _Event(line=line, event=event, of_runs=sport_named(name) is True, off=off)


def _begins(text: str) -> list[int]:
    """The lines on which events begin. Raises BadDocument if a block does not end, since a file
    that is cut off would read as a shorter one."""
    open_blocks: list[tuple[int, str]] = []
    events = []
    for number, line in enumerate(text.split("\n"), start=1):
        block = BLOCK.match(line)
        if block is None:
            continue
        kind = block[2].upper()
        if block[1].upper() == "BEGIN":
            open_blocks.append((number, kind))
            events += [number] if kind == "VEVENT" else []
        elif not open_blocks or open_blocks.pop()[1] != kind:
            raise BadDocument(f"line {number}: END:{kind} has no BEGIN; export it again")
    if open_blocks:
        number, kind = open_blocks[-1]
        raise BadDocument(f"line {number}: BEGIN:{kind} has no END; export it again")
    return events


# -- its runs --------------------------------------------------------------------------------------


def _runs(
    event: _Event,
    zone: tzinfo,
    window: Window,
    moved: Iterable[Moment],
    named_once: bool,
) -> Iterator[Run]:
    """The runs of one event; raises BadDocument."""
    start = moment(event.event, "DTSTART")
    distance = distance_said(event.title, event.about)
    duration = duration_said(event.title, _duration(event.event, start))
    own = start.tzinfo if isinstance(start, datetime) else None
    for begins in repeats(event.event, start, moved, window) if event.series else [start]:
        day, clock = _local(begins, zone)
        if not window[0] <= day <= window[1]:
            continue
        of_series = moment(event.event, "RECURRENCE-ID") if event.moved else begins
        once = named_once and not event.series and not event.moved
        yield Run(
            id=event.id("" if once else wall(of_series, own).isoformat()),
            day=day,
            start=clock,
            distance_m=measure("the distance in metres", distance, MOST_M),
            duration_s=measure("the duration in seconds", duration, MOST_S),
            name=named(event.title),
        )


def _readable(event: _Event, zone: tzinfo, window: Window) -> list[Run]:
    """The runs an event stands for; none if it cannot be read."""
    try:
        return list(_runs(event, zone, window, (), named_once=True))
    except BadDocument:
        return []


def _ids(event: _Event, window: Window) -> list[str]:
    """The ids of the runs of a cancelled event; without a time, the id of a single run."""
    found = [] if event.moved or not event.uid else [event.id("")]
    said = "DTSTART" if "DTSTART" in event.event or not event.moved else "RECURRENCE-ID"
    try:
        start = moment(event.event, said)
        every = [moment(event.event, "RECURRENCE-ID")] if event.moved else [start]
        if event.series:
            every = list(repeats(event.event, start, (), window))
    except BadDocument:
        return found
    own = start.tzinfo if isinstance(start, datetime) else None
    return [*found, *(event.id(wall(each, own).isoformat()) for each in every)]


def _local(begins: Moment, zone: tzinfo) -> tuple[date, time | None]:
    """The day and time by the runner's clock; a time without a zone already is."""
    if not isinstance(begins, datetime):
        return begins, None
    here = begins if begins.tzinfo is None else begins.astimezone(zone)
    return here.date(), here.time().replace(second=0, microsecond=0)


def _duration(event: Any, start: Moment) -> float | None:
    """The seconds from start to end; None for whole days. Raises BadDocument."""
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
    return past.total_seconds()
