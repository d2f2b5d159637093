"""Reads runs from GPX files: tracks, with their distance, climb and time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from math import isfinite
from typing import TYPE_CHECKING, Any

from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.diary import Run
from tui.domain.planning.run_titles import sport_named
from tui.formats.run_file import Found, is_run, run_of
from tui.formats.xml_runs import xml_text

if TYPE_CHECKING:
    from gpxpy.gpx import GPX, GPXTrack, GPXTrackPoint

TIME = re.compile(r"<(?:\w+:)?time>([^<]*)<")


def read(data: bytes, zone: tzinfo) -> Found:
    """The runs of a GPX file: each track that has times and is not another sport. A track without a
    sport is a run unless its name says otherwise. The distance is the one on the map; the climb is
    gpxpy's, which is smoothed. Raises BadDocument."""
    gpx = _parsed(xml_text(data))
    if not gpx.tracks:
        raise BadDocument("holds no track; export the activity, not a route or waypoints")
    running = [_is_running(track) for track in gpx.tracks]
    runs = [
        _run(f"track {number}", track, zone)
        for number, track in enumerate(gpx.tracks, start=1)
        if running[number - 1]
    ]
    return Found(runs=tuple(runs), others=running.count(False))


def _parsed(text: str) -> GPX:
    import gpxpy
    from gpxpy.gpx import GPXException

    try:
        gpx = gpxpy.parse(text)
    except (GPXException, ValueError) as bad:
        raise BadDocument(f"{clean(str(bad))}; export it again") from None
    # gpxpy silently ignores a time that it cannot read.
    if any(point.time is None for point, *_ in gpx.walk()):
        for found in TIME.finditer(text):
            if not _is_time(found[1].strip()):
                line = text.count("\n", 0, found.start()) + 1
                raise BadDocument(
                    f"line {line}: time must be one such as 2026-11-02T17:05:00Z, "
                    f"not {said(found[1])}; correct it or export the file again"
                )
    return gpx


def _is_time(text: str) -> bool:
    from gpxpy.gpx import GPXException
    from gpxpy.gpxfield import parse_time

    try:
        return parse_time(text) is not None
    except (GPXException, ValueError):
        return False


def _is_running(track: GPXTrack) -> bool:
    sport: Any = track.type  # gpxpy types it only as its initial None
    if sport:
        return is_run(str(sport))
    return sport_named(track.name or "") is not False


def _run(where: str, track: GPXTrack, zone: tzinfo) -> Run:
    points = [point for segment in track.segments for point in segment.points]
    first = next((point for point in points if point.time is not None), None)
    if first is None:
        raise BadDocument(
            f"{where}: has no times, so it is a route, not a run; export the activity itself"
        )
    for number, point in enumerate(points, start=1):
        if not _on_earth(point):
            raise BadDocument(f"{where}, point {number}: is nowhere on Earth; export it again")
    try:
        return run_of(
            _instant(first),
            zone,
            name=track.name or "",
            distance_m=track.length_2d(),
            climb_m=track.get_uphill_downhill().uphill,
            duration_s=_duration(track),
        )
    except (ValueError, OverflowError) as bad:
        # An impossible UTC offset in the file makes arithmetic on times fail.
        raise BadDocument(f"{where}: {bad}; export it again") from None


def _duration(track: GPXTrack) -> float:
    """The seconds recorded: a pause separates one segment from the next."""
    total = 0.0
    for segment in track.segments:
        times = [_instant(point) for point in segment.points if point.time is not None]
        total += (times[-1] - times[0]).total_seconds() if times else 0
    return total


def _instant(point: GPXTrackPoint) -> datetime:
    """The time of a point; GPX times without an offset are UTC."""
    assert point.time is not None
    return point.time if point.time.tzinfo else point.time.replace(tzinfo=UTC)


def _on_earth(point: GPXTrackPoint) -> bool:
    height = point.elevation or 0
    return abs(point.latitude) <= 90 and abs(point.longitude) <= 180 and isfinite(height)
