"""Reads runs from GPX files: tracks, with their distance, climb and time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from math import isfinite
from typing import TYPE_CHECKING, Any

from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.diary import Run
from tui.domain.planning.run_titles import sport_named
from tui.formats.climb import climb_m
from tui.formats.run_file import Found, begun, run_of, unknown
from tui.formats.runners_pace import Passed, unlike_a_run
from tui.formats.sports import is_running
from tui.formats.xml_runs import xml_text

if TYPE_CHECKING:
    from gpxpy.gpx import GPX, GPXTrack, GPXTrackPoint

TIME = re.compile(r"<(?:\w+:)?time>([^<]*)<")
# A time with blanks in it or around it, which gpxpy does not read.
BLANKS_IN_TIME = re.compile(r"(<(?:\w+:)?time>)([^<]*\s[^<]*)(?=<)")


def read(data: bytes, zone: tzinfo, now: datetime) -> Found:
    """The runs of a GPX file: each track that has times and is not another sport. A track without a
    sport is a run unless its name says otherwise, or no runner is that fast or that slow; a note
    names it then. Points out of order are put in order. The distance is the one on the map. Raises
    BadDocument."""
    gpx = _parsed(xml_text(data))
    if not gpx.tracks:
        raise BadDocument("holds no track; export the activity, not a route or waypoints")
    runs, unknowns, notes = [], [], []
    for number, track in enumerate(gpx.tracks, start=1):
        said_sport: Any = track.type  # gpxpy types it only as its initial None
        sport = str(said_sport or "").strip()
        running = is_running(sport) if sport else sport_named(track.name or "") is not False
        if running is None:
            unknowns.append(unknown(track.name or "", sport))
        if not running:
            continue
        where = f"track {number}"
        _check(where, track)
        run = _run(where, track, zone, now)
        unlike = "" if sport else unlike_a_run(list(map(_passed, track.segments)), run.climb_m or 0)
        if unlike:
            notes.append(
                f"{where}{_titled(run)} says no sport and is {unlike}, so it was taken for no run; "
                "give it its sport where it was recorded if it is one"
            )
        else:
            runs.append(run)
    others = len(gpx.tracks) - len(runs)
    return Found(runs=tuple(runs), others=others, unknown=tuple(unknowns), notes=tuple(notes))


def _titled(run: Run) -> str:
    return f" “{run.name}”" if run.name else ""


def _parsed(text: str) -> GPX:
    import gpxpy
    from gpxpy.gpx import GPXException

    try:
        gpx = gpxpy.parse(BLANKS_IN_TIME.sub(_without_blanks, text))
    except (GPXException, ValueError) as bad:
        raise BadDocument(f"{clean(str(bad))}; export it again") from None
    # gpxpy silently ignores a time that it cannot read.
    if any(point.time is None for point, *_ in gpx.walk()):
        for found in TIME.finditer(text):
            if found[1].strip() and not _is_time(_joined(found[1])):
                line = text.count("\n", 0, found.start()) + 1
                raise BadDocument(
                    f"line {line}: time must be one such as 2026-11-02T17:05:00Z, "
                    f"not {said(found[1])}; correct it or export the file again"
                )
    return gpx


def _without_blanks(found: re.Match[str]) -> str:
    return found[1] + _joined(found[2])


def _joined(time: str) -> str:
    """A time without the blanks around it, before its offset or in place of its T."""
    day, *rest = time.split() or [""]
    return day + ("T" if rest and "T" not in day else "") + "".join(rest)


def _is_time(text: str) -> bool:
    from gpxpy.gpx import GPXException
    from gpxpy.gpxfield import parse_time

    try:
        return parse_time(text) is not None
    except (GPXException, ValueError):
        return False


def _check(where: str, track: GPXTrack) -> None:
    """Put the points of each segment in order of time. Raises BadDocument for a track that cannot
    be read."""
    points = [point for segment in track.segments for point in segment.points]
    if all(point.time is None for point in points):
        raise BadDocument(
            f"{where}: has no times, so it is a route, not a run; export the activity itself"
        )
    for number, point in enumerate(points, start=1):
        if not _on_earth(point):
            raise BadDocument(f"{where}, point {number}: is nowhere on Earth; export it again")
    try:
        for segment in track.segments:
            segment.points = _in_order(segment.points)
        track.segments.sort(key=lambda segment: _known_times(segment.points)[:1])
    except (ValueError, OverflowError) as bad:
        # An impossible UTC offset in the file makes arithmetic on times fail.
        raise BadDocument(f"{where}: {bad}; export it again") from None


def _in_order(points: Sequence[GPXTrackPoint]) -> list[GPXTrackPoint]:
    """Points by time; one without a time stays behind the one before it."""
    known = _known_times(points)
    if not known:
        return list(points)
    made, last = [], known[0]
    for point in points:
        last = _instant(point) if point.time is not None else last
        made.append((last, point))
    return [point for _, point in sorted(made, key=lambda each: each[0])]


def _known_times(points: Sequence[GPXTrackPoint]) -> list[datetime]:
    return [_instant(point) for point in points if point.time is not None]


def _run(where: str, track: GPXTrack, zone: tzinfo, now: datetime) -> Run:
    times = [time for segment in track.segments for time in _known_times(segment.points)]
    try:
        return run_of(
            begun(min(times), zone, now),
            zone,
            name=track.name or "",
            distance_m=track.length_2d(),
            climb_m=_climb(track),
            duration_s=_duration(track),
        )
    except (ValueError, OverflowError) as bad:
        raise BadDocument(f"{where}: {bad}; export it again") from None


def _climb(track: GPXTrack) -> float:
    """The climb in metres, over the pauses too: a watch that stops at each light would lose the
    beginning of each climb otherwise."""
    return climb_m(
        [
            (_instant(point).timestamp(), point.elevation)
            for segment in track.segments
            for point in segment.points
            if point.time is not None and point.elevation is not None
        ]
    )


def _passed(segment: Any) -> list[Passed]:
    """Where a segment was, and when."""
    return [
        (_instant(point).timestamp(), point.latitude, point.longitude)
        for point in segment.points
        if point.time is not None
    ]


def _duration(track: GPXTrack) -> float:
    """The seconds recorded: a pause separates one segment from the next."""
    total = 0.0
    for segment in track.segments:
        times = _known_times(segment.points)
        total += (times[-1] - times[0]).total_seconds() if times else 0
    return total


def _instant(point: GPXTrackPoint) -> datetime:
    """The time of a point; GPX times without an offset are UTC."""
    assert point.time is not None
    return point.time if point.time.tzinfo else point.time.replace(tzinfo=UTC)


def _on_earth(point: GPXTrackPoint) -> bool:
    height = point.elevation or 0
    return abs(point.latitude) <= 90 and abs(point.longitude) <= 180 and isfinite(height)
