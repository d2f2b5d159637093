"""The events of a calendar file (iCalendar), each with the line on which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from tui.domain.model.ids import derived
from tui.domain.model.validation import BadDocument
from tui.domain.planning.run_titles import means_run, race_named, sport_named
from tui.formats.ics_recurrence import bounded, moment
from tui.formats.ics_writer import OWN
from tui.formats.run_file import named

BLOCK = re.compile(r"(BEGIN|END):\s*([\w-]+)\s*$", re.IGNORECASE)
ZONES = re.compile(r"(?ims)^BEGIN:VTIMEZONE\s*$.*?^END:VTIMEZONE\s*$")
# Twenty years of a full calendar; more takes too long to read.
MOST_LINES, MOST_BYTES = 500_000, 20_000_000
SMALLER = "export the calendar of your runs alone"
# What is longer is no title, and takes time.
LONGEST_TITLE, LONGEST_ABOUT = 300, 2000


class Event(Struct, frozen=True, kw_only=True):
    """An event of the library and the line it begins on, and what its words say: its ``uid``, which
    all of a series share, and which may be empty; ``is_run`` and ``is_race``, whether it is a run,
    and sounds like a race. ``off``: the whole file cancels its events."""

    line: int
    event: Any
    off: bool
    uid: str
    title: str
    about: str
    is_run: bool
    is_race: bool

    def text(self, key: str) -> str:
        """The text at a key, several values joined; empty if there is none."""
        return _said_at(self.event, key)

    @property
    def sequence(self) -> int:
        """How often it was changed."""
        text = self.text("SEQUENCE").strip()
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    @property
    def moved(self) -> bool:
        """Whether it is one of a series, moved to another time than its rule gives."""
        return "RECURRENCE-ID" in self.event

    @property
    def onwards(self) -> bool:
        """Whether it changes not one of a series but all from that one on."""
        value = self.event.get("RECURRENCE-ID")
        params = getattr(value, "params", {})
        return str(params.get("RANGE", "")).upper() == "THISANDFUTURE"

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
            which += f" {named(self.text('SUMMARY'))}"
        return derived(0, f"calendar {self.uid} {which}")


def events_of(data: bytes) -> list[Event]:
    """The events of a file in order, each in its latest version. Raises BadDocument."""
    if len(data) > MOST_BYTES:
        most = f"{MOST_BYTES // 1_000_000} MB"
        raise BadDocument(
            f"is a calendar larger than {most}; export the calendar of your runs alone"
        )
    return list(_latest(list(_events(_text(data)))))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = data.count(b"\n", 0, bad.start) + 1
        raise BadDocument(f"line {line}: is not UTF-8 text; export it again") from None


def _events(text: str) -> Iterator[Event]:
    lines = _begins(text)
    calendars = _parsed(text)
    found = [(calendar, event) for calendar in calendars for event in calendar.walk("VEVENT")]
    if not calendars or len(lines) != len(found):
        raise BadDocument("is not a calendar: BEGIN:VCALENDAR is missing; export it again")
    for line, (calendar, event) in zip(lines, found, strict=True):
        title = _said_at(event, "SUMMARY")[:LONGEST_TITLE]
        about = _said_at(event, "DESCRIPTION")[:LONGEST_ABOUT]
        categories = _said_at(event, "CATEGORIES")[:LONGEST_TITLE]
        called = str(calendar.get("X-WR-CALNAME") or calendar.get("NAME") or "")[:LONGEST_TITLE]
        yield Event(
            line=line,
            event=event,
            off=str(calendar.get("METHOD", "")).upper() == "CANCEL",
            uid=_said_at(event, "UID"),
            title=title,
            about=about,
            is_run=means_run(title, categories, about, of_runs=sport_named(called) is True),
            is_race=race_named(title),
        )


def _said_at(event: Any, key: str) -> str:
    from icalendar import vCategory

    value = event.get(key, "")
    words: list[object] = []
    for each in value if isinstance(value, list) else [value]:
        words += each.cats if isinstance(each, vCategory) else [each]
    return " ".join(map(str, words))


def _begins(text: str) -> list[int]:
    """The lines on which events begin. Raises BadDocument if a block does not end, since a file
    that is cut off would read as a shorter one."""
    open_blocks: list[tuple[int, str]] = []
    events = []
    number = 0
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
    if number > MOST_LINES:
        raise BadDocument(f"is a calendar of more than {MOST_LINES} lines; {SMALLER}")
    return events


def _parsed(text: str) -> list[Any]:
    """The calendars of a text. If one of the time zones that it defines cannot be used, they are
    all read by their names alone. Raises BadDocument."""
    from icalendar import Calendar
    from icalendar.timezone import tzp

    for each in (text, ZONES.sub("", text)):
        # The library remembers zones that a file defines; another file may mean others by a name.
        tzp.use_default()
        try:
            calendars = list(Calendar.from_ical(each, multiple=True))
            for calendar in calendars:
                for zone in calendar.walk("VTIMEZONE"):
                    for part in zone.subcomponents:
                        bounded(part, frozenset({"YEARLY"}))
        except Exception:  # noqa: BLE001, S112  the parser may raise anything
            continue
        return calendars
    raise BadDocument("is not a calendar that can be read; export it again")


def _latest(events: Iterable[Event]) -> Iterator[Event]:
    """The events without those of which there is a later version. Programs that do not count
    versions give one UID to several events; these all stay."""
    newest: dict[tuple[str, str, bool], int] = {}
    keyed = [(event, (event.uid, _which(event), event.onwards)) for event in events]
    for event, key in keyed:
        newest[key] = max(newest.get(key, 0), event.sequence)
    for event, key in keyed:
        if not event.uid or event.sequence == newest[key]:
            yield event


def _which(event: Event) -> str:
    """Which of its series an event is; empty if it is none."""
    if not event.moved:
        return ""
    try:
        which = moment(event.event, "RECURRENCE-ID")
    except BadDocument:
        return event.text("RECURRENCE-ID")
    if isinstance(which, datetime) and which.tzinfo is not None:
        which = which.astimezone(UTC)
    return which.isoformat()
