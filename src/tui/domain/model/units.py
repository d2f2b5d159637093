"""Convert and format weights: kilograms internally, pounds only for input and display."""

from __future__ import annotations

import re

KG_PER_LB = 0.45359237
UNITS = ("kg", "lb")
HALF_GRAM_LB = 0.00111  # Half a gram, rounded up, in pounds.


def to_kg(value: float, unit: str) -> float:
    """A load given in ``unit`` (kg or lb), in kilograms, to the gram."""
    return round(value * KG_PER_LB, 3) if unit == "lb" else value


def from_kg(kilograms: float, unit: str) -> float:
    """Kilograms in ``unit`` (kg or lb), rounded to the gram or to a tenth of a pound. Quarters of a
    pound survive: one that was stored to the gram comes back as that quarter."""
    if unit != "lb":
        return round(kilograms, 3)
    pounds = kilograms / KG_PER_LB
    return round(4 * pounds) / 4 if _is_quarter(pounds) else round(pounds, 1)


def shown_load(kilograms: float, unit: str) -> float:
    """A load in ``unit`` as it is said to people: one that was born in pounds to a tenth of a
    kilogram, as nobody owns 45.359 kg."""
    exact = from_kg(kilograms, unit)
    if unit == "lb" or exact == round(exact, 2) or not _is_quarter(kilograms / KG_PER_LB):
        return exact
    return round(exact, 1)


def _is_quarter(pounds: float) -> bool:
    return abs(round(4 * pounds) / 4 - pounds) <= HALF_GRAM_LB


LOAD = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s*(kg|lb|lbs)?", re.IGNORECASE)


def typed_load(text: str, unit: str) -> float | None:
    """A weight as a person types it where only a weight is asked: ``20``, ``62,5``, ``45 lb``; in
    kilograms. A bare number is in ``unit``. None if it is none."""
    found = LOAD.fullmatch(text.strip())
    if found is None:
        return None
    named = (found[2] or unit).lower().rstrip("s")
    return to_kg(float(found[1].replace(",", ".")), named)


def plain(value: float) -> str:
    """A number as a person writes it: no trailing zeros, no exponent."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def load_text(kilograms: float, unit: str = "kg") -> str:
    """A load in the notation, exactly: ``62.5kg`` or ``135lb``."""
    return f"{plain(from_kg(kilograms, unit))}{unit}"


def load_words(kilograms: float, unit: str = "kg") -> str:
    """A load in a sentence: ``62.5 kg`` or ``135 lb``."""
    return f"{plain(shown_load(kilograms, unit))} {unit}"
