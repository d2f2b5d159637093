"""Parse the equipment settings: weights, lists and ranges of weights, plates.

Readers take typed text as well as the stored JSON: kilograms as numbers, pounds as text, lists item
by item. They raise BadDocument with a message that shows what to write.
"""

from __future__ import annotations

import re
from typing import Any

from tui.domain.calculator.loads import Plate, Weight
from tui.domain.model.patterns import regex
from tui.domain.model.units import plain
from tui.domain.model.validation import BadDocument, said

NUMBER = r"(\d{1,4}(?:\.\d{1,3})?)"
WEIGHT = regex(NUMBER + r"(kg|lb)?")
RANGE = regex(NUMBER + r"(kg|lb)?\.\." + NUMBER + r"(kg|lb)?/" + NUMBER + r"(kg|lb)?")
PLATES = regex(r"(.+?)x(\d{1,3})")
MOST_KG = 1000
# Far beyond any rack: keeps a typing error or a hostile file from filling the memory.
MOST_WEIGHTS = 200
MOST_PLATES = 100
LONGEST = 2000
WEIGHTS = "8 10 12.5, 25lb, 5..30/2.5, or none"
SIZES = "20x2 10x2 1.25x2 (how many in all), 45lbx2, or none"


def typed(value: Any) -> str:
    """A typed or stored item as normalised text, without insignificant spaces."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_KG:
        return plain(value)
    if not isinstance(value, str) or len(value) > LONGEST:
        return ""
    close = re.sub(r"\s*(x|/|\.\.)\s*", r"\1", value.strip().casefold())
    return re.sub(r"(?<=[\d.])\s+(?=(?:kg|lb)s?\b|(?:kg|lb)s?x)", "", close).replace("lbs", "lb")


def split(value: Any) -> list[Any]:
    """The items of a typed (separated by spaces) or stored list; ``none`` is an empty list."""
    if isinstance(value, list):
        return list(_few(value, MOST_WEIGHTS, value))
    # A comma inside a number may be a decimal comma: leave it in, so that it is refused.
    words = [word.rstrip(",") for word in re.sub(r",\s", " ", typed(value)).split()]
    if not words:
        raise BadDocument(f"a list, or none, not {said(value)}")
    return [] if words == ["none"] else words


def weight(value: Any) -> Weight:
    """One weight; a bare number is in kilograms."""
    match = WEIGHT.fullmatch(typed(value))
    found = Weight(float(match[1]), match[2] or "kg") if match else None
    if found is None or not 0 < found.kg <= MOST_KG:
        raise BadDocument(f"a weight such as 20, 12.5kg or 45lb, not {said(value)}")
    return found


def weights(value: Any) -> tuple[Weight, ...]:
    """A list of weights; a range in it, lowest..highest/step, is expanded."""
    made = [each for item in split(value) for each in _each(item)]
    return tuple(dict.fromkeys(_few(made, MOST_WEIGHTS, value)))


def weight_items(value: Any) -> list[float | str]:
    """The weights and ranges of a typed list in the form that is stored."""
    weights(value)
    return [_item(each) for each in split(value)]


def plates(value: Any) -> tuple[Plate, ...]:
    """A list of plates, each a size and the total number of that size."""
    made = []
    for item in split(value):
        match = PLATES.fullmatch(typed(item))
        if match is None or not 1 <= int(match[2]) <= MOST_PLATES:
            raise BadDocument(f"plates such as {SIZES}; not {said(item)}")
        size = weight(match[1])
        made.append(Plate(size.value, size.unit, int(match[2])))
    return tuple(made)


def plate_items(value: Any) -> list[str]:
    """The plates of a typed list in the form that is stored."""
    return [f"{_item(size)}x{size.count}" for size in plates(value)]


def _item(item: Any) -> float | str:
    if not isinstance(item, Weight):
        if isinstance(item, str) and ".." in item:
            return typed(item)
        item = weight(item)
    if item.unit == "lb":
        return f"{plain(item.value)}lb"
    return int(item.value) if item.value == int(item.value) else item.value


def _each(item: Any) -> list[Weight]:
    """The weights of one list item: a single weight or an expanded range."""
    match = RANGE.fullmatch(typed(item))
    if match is None and ".." not in typed(item):
        return [weight(item)]
    low, high, step = (float(match[n]) if match else 0 for n in (1, 3, 5))
    units = {match[n] for n in (2, 4, 6)} - {None} if match else set()
    if not (0 < low <= high <= MOST_KG and step > 0) or len(units) > 1:
        raise BadDocument(f"a range such as 5..30/2.5 (from, to, step), not {said(item)}")
    steps = int((high - low) / step + 1e-9)
    _few(range(steps + 1), MOST_WEIGHTS, item)
    unit = next(iter(units), "kg")
    return [Weight(round(low + n * step, 3), unit) for n in range(steps + 1)]


def _few(made: Any, most: int, value: Any) -> Any:
    if len(made) > most:
        raise BadDocument(f"at most {most} of them, not {said(value)}")
    return made
