"""Reads runs from Garmin Training Center files (TCX): activities, summed over their laps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from tui.domain.model.validation import BadDocument, instant
from tui.domain.planning.diary import Run
from tui.formats.run_file import Found, is_run, number, run_of
from tui.formats.xml_runs import xml_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def read(data: bytes, zone: tzinfo) -> Found:
    """The activities with sport Running in a TCX file. The climb comes from the trackpoints,
    smoothed as for GPX. Raises BadDocument."""
    from xml.etree.ElementTree import fromstring

    root = fromstring(xml_text(data))  # noqa: S314  as above
    activities = list(_all(root, "Activity"))
    if not activities:
        raise BadDocument("holds no Activity; export the activity, not a course or a workout")
    runs = []
    for n, activity in enumerate(activities, start=1):
        if not is_run(activity.get("Sport") or ""):
            continue
        try:
            runs.append(_run(activity, zone))
        except BadDocument as bad:
            raise BadDocument(f"activity {n}: {bad}; export it again") from None
    return Found(runs=tuple(runs), others=len(activities) - len(runs))


def _run(activity: Element, zone: tzinfo) -> Run:
    laps = list(_all(activity, "Lap"))
    if not laps:
        raise BadDocument("has no Lap")
    return run_of(
        _start(activity, laps[0]),
        zone,
        name=next((e.text or "" for e in activity if _tag(e) == "Name"), ""),
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
    from gpxpy.geo import calculate_uphill_downhill

    heights = [
        number(f"lap {n}: AltitudeMeters", element.text)
        for n, lap in enumerate(laps, start=1)
        for element in _all(lap, "AltitudeMeters")
    ]
    return calculate_uphill_downhill(heights)[0]


def _all(root: Element, tag: str) -> Iterator[Element]:
    return (element for element in root.iter() if _tag(element) == tag)


def _tag(element: Element) -> str:
    """The name of an element without its namespace, since programs use different ones."""
    return str(element.tag).rpartition("}")[2]
