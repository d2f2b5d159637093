"""Parses typed measurements (body weight, test results) and shows them, with change and trend."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tui.domain.model.metrics import FARTHEST, Better, Metric, Point, Series
from tui.domain.model.units import from_kg, plain, to_kg
from tui.domain.model.validation import BadDocument, said
from tui.domain.model.values import Side

LATELY_DAYS = 84
LATELY = 12
BARS = "▁▂▃▄▅▆▇█"
NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*(%|[a-z]{1,5})?", re.ASCII)
PACE = re.compile(r"(\d{1,2}):([0-5]\d)(?:\s*/\s*km)?", re.ASCII)
SIDES = re.compile(r"L\s*(\S+)\s+R\s*(\S+)|([^\s/]+)\s*/\s*([^\s/]+)", re.IGNORECASE)
ONE_SIDE = re.compile(r"([LR])\s*(\S.*)", re.IGNORECASE)


# -- typed values ----------------------------------------------------------------------------------


def typed(metric: Metric, line: str, unit: str = "kg") -> dict[Side, float]:
    """Parse a typed line into values by side: ``41``, ``5:12``, ``154lb``, ``24/22``, ``L24 R22``,
    or one side, ``L24``. A weight without a unit is in ``unit``, the runner's setting. Raises
    BadDocument with what can be typed."""
    line = line.strip()
    if not metric.sides:
        return {Side.BOTH: _value(metric, line, unit)}
    if (both := SIDES.fullmatch(line)) is not None:
        left, right = (both[1] or both[3], both[2] or both[4])
        return {
            Side.LEFT: _value(metric, left, unit),
            Side.RIGHT: _value(metric, right, unit),
        }
    if (one := ONE_SIDE.fullmatch(line)) is not None:
        side = Side.LEFT if one[1] in "Ll" else Side.RIGHT
        return {side: _value(metric, one[2], unit)}
    raise BadDocument(f"{metric.name} takes left and right, as in 24/22, or one, as in L24")


def one_side(metric: Metric, line: str, side: Side, unit: str = "kg") -> dict[Side, float]:
    """Parse the value of one side, typed without naming it. Raises BadDocument."""
    if not metric.sides:
        raise BadDocument(f"{metric.name} has no sides")
    return {side: _value(metric, line.strip(), unit)}


def _value(metric: Metric, word: str, unit: str) -> float:
    found = _seconds(word) if metric.unit == "s/km" else _number(metric, word, unit)
    whole = metric.unit != "reps" or found == int(found or 0)
    if found is None or not whole or not metric.low <= found <= metric.high:
        raise BadDocument(f"{metric.name} takes {example(metric, unit)}, not {said(word)}")
    return found


def _seconds(word: str) -> float | None:
    match = PACE.fullmatch(word)
    return 60.0 * int(match[1]) + int(match[2]) if match else None


def _number(metric: Metric, word: str, unit: str) -> float | None:
    match = NUMBER.fullmatch(word.casefold())
    if match is None:
        return None
    value, meant = float(match[1]), match[2] or ""
    if metric.unit == "kg" and meant in ("", "kg", "lb"):
        return to_kg(value, meant or unit)
    return value if meant in ("", metric.unit) else None


def example(metric: Metric, unit: str = "kg") -> str:
    """What can be typed for a metric, in words."""
    if metric.unit == "s/km":
        return "a pace per km such as 5:12"
    if metric.low == -FARTHEST:
        return f"a number of {_unit(metric, unit)}" if metric.unit else "a number"
    low, high = (_plain(metric, bound, unit) for bound in (metric.low, metric.high))
    whole = "a whole number" if metric.unit == "reps" else "a number"
    return f"{whole} from {low} to {high}{f' {_unit(metric, unit)}' if metric.unit else ''}"


# -- shown values ----------------------------------------------------------------------------------


def shown(metric: Metric, values: Mapping[Side, float], unit: str = "kg") -> str:
    """Values with their unit, weights in ``unit`` (kg or lb): ``41 cm``, ``5:12/km``,
    ``L24 R22``."""
    if metric.unit == "s/km" and set(values) == {Side.BOTH}:
        minutes, seconds = divmod(round(values[Side.BOTH]), 60)
        return f"{minutes}:{seconds:02}/km"
    words = " ".join(
        f"{'' if side is Side.BOTH else side.value[0].upper()}{_plain(metric, value, unit)}"
        for side, value in values.items()
    )
    # Reps need no unit.
    tail = _unit(metric, unit) if metric.unit != "reps" else ""
    return f"{words} {tail}".strip()


def _plain(metric: Metric, value: float, unit: str) -> str:
    return plain(round(from_kg(value, unit), 1)) if metric.unit == "kg" else plain(value)


def _unit(metric: Metric, unit: str) -> str:
    return unit if metric.unit == "kg" else metric.unit


def change(known: Series, today: date, unit: str = "kg") -> str:
    """The change from the first to the last value of the last twelve weeks, such as
    ``+3.0 cm in 8 weeks``; empty with fewer than two values."""
    pair = _pair(known, today)
    if pair is None:
        return ""
    first, last = pair
    days = (last.day - first.day).days
    weeks = round(days / 7)
    ago = f"{weeks} weeks" if weeks > 1 else "1 day" if days == 1 else f"{days} days"
    steps = " ".join(_step(known.metric, first, last, side, unit) for side in _both(first, last))
    tail = f" {_unit(known.metric, unit)}" if known.metric.unit not in ("", "reps") else ""
    return f"{steps}{tail} in {ago}"


def improved(known: Series, today: date) -> bool:
    """True if, over the last twelve weeks, at least one side got better and none got worse."""
    pair = _pair(known, today)
    sign = {Better.HIGHER: 1, Better.LOWER: -1, Better.NEITHER: 0}[known.metric.better]
    if pair is None or not sign:
        return False
    first, last = pair
    steps = [sign * (last.values[s] - first.values[s]) for s in _both(first, last)]
    return min(steps) >= 0 and max(steps) > 0


def _pair(known: Series, today: date) -> tuple[Point, Point] | None:
    late = [p for p in known.points if 0 <= (today - p.day).days <= LATELY_DAYS]
    alike = [p for p in late if _both(p, late[-1])]
    return (alike[0], alike[-1]) if len(alike) > 1 else None


def _both(first: Point, last: Point) -> list[Side]:
    return [side for side in last.values if side in first.values]


def _step(metric: Metric, first: Point, last: Point, side: Side, unit: str) -> str:
    values = (first.values[side], last.values[side])
    was, now = (from_kg(v, unit) if metric.unit == "kg" else v for v in values)
    digits = 0 if metric.unit in ("reps", "s/km") else 1 if metric.unit else 3
    step = f"{now - was:+.{digits}f}"
    if not metric.unit:
        step = step.rstrip("0").rstrip(".")
    # Show "+0", not "-0", for a change that rounds to zero.
    step = step if any(char in "123456789" for char in step) else "+0" if digits != 1 else "+0.0"
    return step if side is Side.BOTH else f"{side.value[0].upper()}{step}"


def spark(values: Sequence[float]) -> str:
    """A sparkline of the last twelve values; equal values are drawn at mid-height."""
    late = values[-LATELY:]
    if not late:
        return ""
    low, high = min(late), max(late)
    if low == high:
        return BARS[3] * len(late)
    return "".join(BARS[round((value - low) / (high - low) * (len(BARS) - 1))] for value in late)


def doc(known: Series, today: date, unit: str = "kg") -> dict[str, Any]:
    """One metric as JSON, with values in its own unit."""
    metric = known.metric
    about = {"metric": metric.id, "name": metric.name, "unit": metric.unit}
    return {
        **about,
        "better": metric.better.value,
        "sides": metric.sides,
        "change": change(known, today, unit),
        "values": [
            {"date": point.day.isoformat(), "side": side.value, "value": value, "note": point.note}
            for point in known.points
            for side, value in point.values.items()
        ],
    }
