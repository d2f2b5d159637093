from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.text import UNSAFE, clean, clip
from tui.domain.model.units import from_kg, load_text, plain, to_kg

anything = st.text(st.characters(), max_size=40)


@given(anything)
def test_nothing_that_a_terminal_could_act_on_is_left(text: str) -> None:
    shown = clean(text)
    assert not {unicodedata.category(char) for char in shown} & (UNSAFE | {"Zl", "Zp"})
    assert len(shown) <= len(text)
    assert clean(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Back squat", "Back squat"),
        ("Kniebeuge – tief, 3×8", "Kniebeuge – tief, 3×8"),
        ("膝つき 🏃", "膝つき 🏃"),
        ("\x1b[31mred\x07", "·[31mred·"),
        ("one\ntwo\ttab", "one two tab"),
        ("\u202egnp.exe", "·gnp.exe"),
        ("zero\u200bwidth", "zero·width"),
        ("\ud800", "·"),
        ("", ""),
    ],
)
def test_words_stay_and_controls_are_shown_as_dots(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_tower_of_marks_is_cut_to_three() -> None:
    assert clean("e" + "\u0301" * 50 + "a\u0308") == "e" + "\u0301" * 3 + "a\u0308"


@given(anything, st.integers(-1, 50))
def test_a_clipped_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    shown = clip(text, width)
    assert len(shown) <= max(0, width)
    if len(text) <= width:
        assert shown == text
    elif width > 0:
        assert shown == text[: width - 1] + "…"


@pytest.mark.parametrize(
    ("value", "shown"), [(60.0, "60"), (62.5, "62.5"), (0, "0"), (1.125, "1.125"), (100, "100")]
)
def test_numbers_are_written_plainly(value: float, shown: str) -> None:
    assert plain(value) == shown


@given(st.integers(0, 20_000).map(lambda tenths: tenths / 10))
def test_pounds_come_back_as_they_were_given(pounds: float) -> None:
    kilograms = to_kg(pounds, "lb")
    assert kilograms == pytest.approx(pounds * 0.45359237, abs=0.0005)
    assert from_kg(kilograms, "lb") == pounds


def test_a_load_says_its_unit() -> None:
    assert load_text(62.5) == "62.5kg"
    assert load_text(to_kg(135, "lb"), "lb") == "135lb"
    assert to_kg(60, "kg") == 60
