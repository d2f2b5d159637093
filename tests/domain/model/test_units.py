"""Loads as they are shown, in kilograms and in pounds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.units import load_text, load_words, to_kg

QUARTERS = st.integers(1, 4000).map(lambda n: n / 4)
GRAMS = st.integers(0, 900_000).map(lambda n: n / 1000)


@given(QUARTERS)
def test_what_was_loaded_in_pounds_is_shown_so_or_in_tenths_of_a_kilogram(pounds: float) -> None:
    kilograms = to_kg(pounds, "lb")
    assert load_words(kilograms, "lb") == f"{pounds:.2f}".rstrip("0").rstrip(".") + " lb"
    # Two decimals may as well have been typed.
    assert re.fullmatch(r"\d+(\.\d{1,2})? kg", load_words(kilograms))


@given(GRAMS)
def test_in_the_notation_no_gram_is_lost(kilograms: float) -> None:
    assert float(load_text(kilograms).removesuffix("kg")) == kilograms


def test_a_hundred_pounds() -> None:
    assert load_words(to_kg(100, "lb")) == "45.4 kg"
    assert load_text(to_kg(100, "lb"), "lb") == "100lb"
    assert load_words(62.5) == "62.5 kg"
    assert load_words(1.125) == "1.125 kg"
