"""Reads runs from Garmin Training Center files (TCX): activities, summed over their laps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from tui.domain.model.validation import BadDocument, instant
from tui.domain.planning.diary import Run
from tui.formats.climb import climb_m
from tui.formats.run_file import Found, begun, number, run_of, unknown
from tui.formats.sports import is_running
from tui.formats.xml_runs import xml_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def read(data: bytes, zone: tzinfo, now: datetime) -> Found:
    """The activities in a TCX file whose sport is running. The climb comes from the trackpoints, as
    for GPX. Raises BadDocument."""
    from xml.etree.ElementTree import fromstring

    root = fromstring(xml_text(data))  # noqa: S314  as above
    activities = list(_all(root, "Activity"))
    if not activities:
        raise BadDocument("holds no Activity; export the activity, not a course or a workout")
    runs, unknowns = [], []
    for n, activity in enumerate(activities, start=1):
        sport = activity.get("Sport") or ""
        running = is_running(sport)
        if running is None:
            unknowns.append(unknown(_name(activity), sport))
        if not running:
            continue
        try:
            runs.append(_run(activity, zone, now))
        except BadDocument as bad:
            raise BadDocument(f"activity {n}: {bad}; export it again") from None
    others = len(activities) - len(runs)
    return Found(runs=tuple(runs), others=others, unknown=tuple(unknowns))


def _name(activity: Element) -> str:
    return next((element.text or "" for element in activity if _tag(element) == "Name"), "")


def _run(activity: Element, zone: tzinfo, now: datetime) -> Run:
    laps = list(_all(activity, "Lap"))
    if not laps:
        raise BadDocument("has no Lap")
    return run_of(
        begun(_start(activity, laps[0]), zone, now),
        zone,
        name=_name(activity),
        distance_m=_sum(laps, "DistanceMeters"),
        climb_m=_climb(laps),
        duration_s=_sum(laps, "TotalTimeSeconds"),
    )


def _start(activity: Element, lap: Element) -> datetime:
    """The start time of the first lap, else the one in the activity's Id; raises BadDocument."""
    ident = next((e.text for e in activity if _tag(e) == "Id"), None)
    return instant({"StartTime": (lap.get("StartTime") or ident or "").strip()}, "StartTime")


def _sum(laps: list[Element], tag: str) -> float:
    """The sum over laps of the number in their child element ``tag``."""
    total = 0.0
    for n, lap in enumerate(laps, start=1):
        for element in lap:
            if _tag(element) == tag:
                total += number(f"lap {n}: {tag}", element.text) or 0
    return total


def _climb(laps: list[Element]) -> float:
    """The climb over all trackpoints that have a height; those without a time count as a second
    apart. Raises BadDocument."""
    track: list[tuple[float, float]] = []
    for n, lap in enumerate(laps, start=1):
        for point in _all(lap, "Trackpoint"):
            said = {_tag(element): element.text for element in point}
            height = number(f"lap {n}: AltitudeMeters", said.get("AltitudeMeters"))
            if height is not None:
                track.append((_second(said.get("Time"), track), height))
    return climb_m(track)


def _second(text: str | None, before: list[tuple[float, float]]) -> float:
    """When a trackpoint was passed, in seconds, never earlier than the one before it."""
    last = before[-1][0] if before else None
    try:
        when = instant({"Time": (text or "").strip()}, "Time").timestamp()
    except BadDocument:
        return 0.0 if last is None else last + 1
    return when if last is None else max(last, when)


def _all(root: Element, tag: str) -> Iterator[Element]:
    return (element for element in root.iter() if _tag(element) == tag)


def _tag(element: Element) -> str:
    """The name of an element without its namespace, since programs use different ones."""
    return str(element.tag).rpartition("}")[2]
