"""Readiness: a runner's legs, sleep and pain before a session, three key presses (source project).

A day is low if legs or sleep are at their worst, or both together are near it. Then a lighter
session is offered, never imposed. Two low days among the last three reported suggest an easier
week.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from msgspec import Struct

from tui.domain.model.ids import derived
from tui.domain.model.regions import region_in
from tui.domain.model.validation import BadDocument, whole
from tui.domain.model.values import Record

TYPE = "readiness"
LEAST, MOST = 1, 5
MOST_PAIN = 10
WHERE_FROM = 3  # From this much pain on it matters where it hurts.
LOW_SUM = 4
LIGHTER_WORDS = "A lighter one today: fewer sets, a tenth less weight. It counts in full."
AS_PLANNED_WORDS = "The session stays as planned."


class Ready(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The readiness reported for a day: ``legs`` and ``sleep`` from 1 (worst) to 5, ``pain`` from 0
    to 10, the ``region`` that hurts, and ``light`` if the runner took the lighter session."""

    day: date
    legs: int
    sleep: int
    pain: int = 0
    region: str = ""
    light: bool = False

    @property
    def low(self) -> bool:
        """Whether a lighter session should be offered (source project)."""
        return LEAST in (self.legs, self.sleep) or self.legs + self.sleep <= LOW_SUM

    @property
    def hurts(self) -> bool:
        """Whether a region hurts enough to change the plan."""
        return bool(self.region) and self.pain >= WHERE_FROM


def readiness(ready: Ready, edited: str) -> Record:
    """The record of a day's readiness; its id is that of the day, so a second one replaces it."""
    midnight = int(datetime.combine(ready.day, time(), UTC).timestamp() * 1000)
    values: dict[str, Any] = {"legs": ready.legs, "sleep": ready.sleep, "pain": ready.pain}
    if ready.region:
        values["region"] = ready.region
    return Record(
        id=derived(midnight, f"readiness of {ready.day.isoformat()}"),
        edited=edited,
        type=TYPE,
        day=ready.day,
        values={**values, "light": ready.light},
    )


def checked(day: date, doc: Mapping[str, Any]) -> Ready:
    """The readiness in the fields of a line or record; raises BadDocument for a wrong value."""
    told: dict[str, int] = {}
    for name, low, high in (("legs", LEAST, MOST), ("sleep", LEAST, MOST), ("pain", 0, MOST_PAIN)):
        value = whole(doc, name, low, high)
        if value is None:
            raise BadDocument(f"{name} is missing")
        told[name] = value
    region = region_in(doc) if doc.get("region") is not None else ""
    light = doc.get("light")
    if light is not None and not isinstance(light, bool):
        raise BadDocument("light must be true or false")
    return Ready(day=day, region=region, light=bool(light), **told)


def read(record: Record) -> Ready | None:
    """The readiness in a record, or None if the record is of another type or invalid."""
    if record.type != TYPE:
        return None
    try:
        return checked(record.day, record.values)
    except BadDocument:
        return None


def with_day(known: Sequence[Ready], new: Ready, kept: int) -> tuple[Ready, ...]:
    """The last ``kept`` days reported; ``new`` replaces an earlier report of its day."""
    return (*(one for one in known if one.day != new.day), new)[-kept:]


def of_day(known: Sequence[Ready], day: date) -> Ready | None:
    """The readiness reported for a day, or None."""
    return next((one for one in known if one.day == day), None)


def words(ready: Ready, called: str) -> str:
    """The report as one line; ``called`` is the region's name in plain words."""
    where = f" {called}" if ready.region else ""
    told = f"legs {ready.legs}, sleep {ready.sleep}, pain {ready.pain}{where}"
    return f"{told}: a lighter session today" if ready.light else told
