"""Metrics a runner tests from time to time: jump height, pace at a fixed effort, body weight and
single-leg tests (source running-power).

Lengths are in centimetres, weights in kilograms, pace in seconds per kilometre. A metric found in
the log but not defined here goes by its id: ``waist-cm`` is the waist, in centimetres.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.ids import derived
from tui.domain.model.stamps import edited_at
from tui.domain.model.validation import BadDocument, choice, is_id, need, number
from tui.domain.model.values import Record, Side

TYPE = "metric"
FARTHEST = 1e9  # The bounds for a metric that is not defined here.


class Better(StrEnum):
    """Whether a higher or a lower value is better; for body weight, neither."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Metric(Struct, frozen=True, kw_only=True):
    """A metric: ``unit`` of its values, the range ``low`` to ``high`` that can be typed, and
    ``sides`` if each leg has its own value."""

    id: str
    name: str
    unit: str = ""
    low: float = -FARTHEST
    high: float = FARTHEST
    better: Better = Better.NEITHER
    sides: bool = False


BODY_WEIGHT = "body-weight-kg"
METRICS: Mapping[str, Metric] = {
    metric.id: metric
    for metric in (
        Metric(
            id="vertical-jump-cm",
            name="Vertical jump",
            unit="cm",
            low=5,
            high=150,
            better=Better.HIGHER,
        ),
        Metric(
            id="pace-at-effort-s-per-km",
            name="Pace at a fixed effort",
            unit="s/km",
            low=120,
            high=1200,
            better=Better.LOWER,
        ),
        Metric(id=BODY_WEIGHT, name="Body weight", unit="kg", low=20, high=350),
        Metric(
            id="single-leg-heel-raises",
            name="Single-leg heel raises",
            unit="reps",
            low=0,
            high=200,
            better=Better.HIGHER,
            sides=True,
        ),
        Metric(
            id="single-leg-hop-cm",
            name="Single-leg hop",
            unit="cm",
            low=5,
            high=400,
            better=Better.HIGHER,
            sides=True,
        ),
        Metric(
            id="single-leg-squats",
            name="Single-leg squats",
            unit="reps",
            low=0,
            high=200,
            better=Better.HIGHER,
            sides=True,
        ),
    )
}


# The unit of a metric that is not defined here, by the last word of its id.
UNITS = {
    **{unit: unit for unit in ("cm", "mm", "in", "kg", "lb", "bpm")},
    "inches": "in",
    "kgs": "kg",
    "lbs": "lb",
    "percent": "%",
}


def undefined(name: str, *, sides: bool = False) -> Metric:
    """The metric with an id that is not defined here. One in words, with or without a unit at the
    end, is called by them; any other by its id."""
    *words, last = name.split("-")
    if not words or not is_id(name):
        return Metric(id=name, name=name, sides=sides)
    unit = UNITS.get(last, "")
    called = " ".join(words if unit else [*words, last])
    return Metric(id=name, name=called.capitalize(), unit=unit, sides=sides)


class Point(Struct, frozen=True):
    """One day's values of a metric by side, with the note made then."""

    day: date
    values: Mapping[Side, float]
    note: str = ""

    @property
    def mean(self) -> float:
        """One number to plot: the value, or the mean of both sides."""
        return sum(self.values.values()) / len(self.values)


class Series(Struct, frozen=True):
    """A metric with its measured points, oldest first."""

    metric: Metric
    points: tuple[Point, ...] = ()

    @property
    def last(self) -> Point | None:
        """The latest point, or None."""
        return self.points[-1] if self.points else None


# -- from the log ----------------------------------------------------------------------------------


class _Said(Struct, frozen=True):
    """One value with the record it was read from."""

    record: Record
    metric: str
    side: Side
    value: float


def read(record: Record) -> _Said | None:
    """The measured value in a record, or None if the record is of another type or invalid."""
    values = record.values
    if record.type != TYPE or record.deleted:
        return None
    try:
        metric = need(values, "metric")
        side = choice(values, "side", Side, Side.BOTH)
        value = number(values, "value", -FARTHEST, FARTHEST)
    except BadDocument:
        return None
    return None if value is None else _Said(record, metric, side, float(value))


def weighed(record: Record) -> float | None:
    """The body weight in kg measured in a record, or None."""
    said = read(record) if record.type == TYPE else None
    if said is None or said.metric != BODY_WEIGHT:
        return None
    span = METRICS[BODY_WEIGHT]
    return said.value if span.low <= said.value <= span.high else None


def series(records: Iterable[Record]) -> list[Series]:
    """Every metric defined here, in order, then those found only in the log. If a side has two
    values on one day, the one edited last counts."""
    found: dict[str, dict[tuple[date, Side], _Said]] = {name: {} for name in METRICS}
    for record in records:
        if (one := read(record)) is None:
            continue
        place = (record.day, one.side)
        known = found.setdefault(one.metric, {}).get(place)
        if known is None or _age(one) > _age(known):
            found[one.metric][place] = one
    unknown = sorted(found.keys() - METRICS.keys())
    return [_series(name, found[name].values()) for name in (*METRICS, *unknown)]


def _age(one: _Said) -> tuple[float, str]:
    return edited_at(one.record.edited), one.record.id


def _series(name: str, values: Iterable[_Said]) -> Series:
    days: dict[date, list[_Said]] = {}
    for one in values:
        days.setdefault(one.record.day, []).append(one)
    order = list(Side)
    points = []
    for day in sorted(days):
        mine = sorted(days[day], key=lambda one: order.index(one.side))
        notes = (one.record.values.get("note") for one in mine)
        note = next((note for note in notes if isinstance(note, str) and note), "")
        points.append(Point(day, {one.side: one.value for one in mine}, note))
    sides = any(Side.BOTH not in point.values for point in points)
    return Series(METRICS.get(name) or undefined(name, sides=sides), tuple(points))


def named(known: Sequence[Series], word: str) -> Series | None:
    """The metric that ``word`` names: by its id, or by a prefix of just one id or name; or None."""
    wanted = word.strip().casefold().replace(" ", "-")
    for one in known:
        if wanted == one.metric.id.casefold():
            return one
    begin = [one for one in known if wanted and any(_begins(w, wanted) for w in _words(one))]
    return begin[0] if len(begin) == 1 else None


def _words(one: Series) -> tuple[str, str]:
    return one.metric.id, one.metric.name.replace(" ", "-")


def _begins(word: str, wanted: str) -> bool:
    return word.casefold().startswith(wanted)


# -- to the log ------------------------------------------------------------------------------------


def with_metric_value(
    records: Iterable[Record],
    metric: Metric,
    day: date,
    values: Mapping[Side, float],
    edited: str,
) -> list[Record]:
    """The records that set a metric to ``values`` on a day; each reuses the record that its side
    already has."""
    old = {one.side: one.record for one in _of_day(records, metric, day)}
    made = []
    for side, value in values.items():
        kept = old[side] if side in old else _blank(metric, day, side)
        whole = int(value) if value == int(value) else value
        made.append(replace(kept, edited=edited, values={**kept.values, "value": whole}))
    return made


def _blank(metric: Metric, day: date, side: Side) -> Record:
    midnight = int(datetime.combine(day, time(), UTC).timestamp() * 1000)
    values: dict[str, Any] = {"metric": metric.id, "value": 0}
    if side is not Side.BOTH:
        values["side"] = side.value
    name = f"metric {metric.id} of {day.isoformat()} {side.value}"
    return Record(id=derived(midnight, name), edited="", type=TYPE, day=day, values=values)


def without_metric_value(
    records: Iterable[Record], metric: Metric, day: date, edited: str, side: Side | None = None
) -> list[Record]:
    """Tombstones for a metric's values on a day, or for one side only."""
    mine = (one for one in _of_day(records, metric, day) if side in (None, one.side))
    return [replace(one.record, edited=edited, deleted=True) for one in mine]


def reverted_records(records: Iterable[Record], changed: Iterable[Record]) -> list[Record]:
    """The records that undo a change, not yet stamped: the earlier version of each changed record
    from ``records``, and a tombstone for each that was new."""
    before = {record.id: record for record in records}
    return [before.get(new.id, replace(new, deleted=True)) for new in changed]


def _of_day(records: Iterable[Record], metric: Metric, day: date) -> list[_Said]:
    """The logged values of a metric on a day, the one edited last at the end."""
    found = (read(record) for record in records if record.day == day)
    return sorted((one for one in found if one is not None and one.metric == metric.id), key=_age)
