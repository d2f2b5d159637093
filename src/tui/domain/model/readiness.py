"""How a runner is before a session: legs, sleep and pain, told in three keys (source project).

A day is low when legs or sleep are at their worst, or both together near it. Then a lighter session
is offered, never imposed; two low days of the last three that were told speak for an easier week.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from msgspec import Struct

from tui.domain.model.ids import derived
from tui.domain.model.library.checks import REGIONS
from tui.domain.model.validation import BadDocument, need, whole
from tui.domain.model.values import Record

TYPE = "readiness"
LEAST, MOST = 1, 5
MOST_PAIN = 9  # One digit, so that no key has to end it.
WHERE_FROM = 3  # From so much pain on it matters where.
LOW_SUM = 4
LIGHTER_WORDS = "A lighter one today: half the sets, a tenth off. It counts in full."
AS_PLANNED_WORDS = "The session stays as planned."


class Ready(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was told of a day: ``legs`` and ``sleep`` from 1 to 5, ``pain`` from 0 to 9 and the
    ``region`` that hurts; ``light`` where the runner took the lighter session."""

    day: date
    legs: int
    sleep: int
    pain: int = 0
    region: str = ""
    light: bool = False

    @property
    def low(self) -> bool:
        """Whether the day is one for a lighter session (source project)."""
        return LEAST in (self.legs, self.sleep) or self.legs + self.sleep <= LOW_SUM

    @property
    def hurts(self) -> bool:
        """Whether it hurts so much, and somewhere, that the plan goes by it."""
        return bool(self.region) and self.pain >= WHERE_FROM


def readiness(ready: Ready, edited: str) -> Record:
    """The record of a day's readiness; a second one of the same day takes its place."""
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
    """What the fields of a line or a record say; raises BadDocument for anything out of bounds."""
    told: dict[str, int] = {}
    for name, low, high in (("legs", LEAST, MOST), ("sleep", LEAST, MOST), ("pain", 0, MOST_PAIN)):
        value = whole(doc, name, low, high)
        if value is None:
            raise BadDocument(f"{name} is missing")
        told[name] = value
    region = need(doc, "region") if doc.get("region") is not None else ""
    if region and region not in REGIONS:
        raise BadDocument(f"region can be {', '.join(REGIONS)}, not {region}")
    light = doc.get("light")
    if light is not None and not isinstance(light, bool):
        raise BadDocument("light must be true or false")
    return Ready(day=day, region=region, light=bool(light), **told)


def read(record: Record) -> Ready | None:
    """What a record says of a day; None for another record and for one that makes no sense."""
    if record.type != TYPE:
        return None
    try:
        return checked(record.day, record.values)
    except BadDocument:
        return None


def with_day(known: Sequence[Ready], new: Ready, kept: int) -> tuple[Ready, ...]:
    """The last ``kept`` days that were told, with a new one in the place of what was said of it
    before."""
    return (*(one for one in known if one.day != new.day), new)[-kept:]


def of_day(known: Sequence[Ready], day: date) -> Ready | None:
    """What was told of a day; None where nothing was."""
    return next((one for one in known if one.day == day), None)


def words(ready: Ready, called: str) -> str:
    """What was told in one line; ``called`` is the region as a person calls it."""
    where = f" {called}" if ready.region else ""
    told = f"legs {ready.legs}  sleep {ready.sleep}  pain {ready.pain}{where}"
    return f"{told}: lighter today" if ready.light else told
