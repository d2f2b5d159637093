"""The big field: what is drawn, and how little of it changes from second to second."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.widgets.big_digits import MIDDLE, SMALL, TALL
from tui.ui.widgets.big_field import Field, field_lines, height_in
from tui.ui.widgets.styled_text import width_of

HOLD = Field(head=[("HOLD left 3/8, 0:04", "")], number="4", words=("HOLD", "LEFT"), role="loud")


def drawn(field: Field, height: int = MIDDLE, width: int = 78) -> list[str]:
    lines = field_lines(field, height, width)
    return ["".join(words for words, _ in line).rstrip() for line in lines]


def test_a_hold_with_its_side() -> None:
    assert drawn(HOLD) == [
        "HOLD left 3/8, 0:04",
        "  ██  ██",
        "  ██  ██          █  █ ▄▀▀▄ █    █▀▀▄    █    █▀▀▀ █▀▀▀ ▀▀█▀▀",
        "  ██████          █▀▀█ █  █ █    █  █    █    █▀▀  █▀▀    █",
        "      ██          █  █ ▀▄▄▀ █▄▄▄ █▄▄▀    █▄▄▄ █▄▄▄ █      █",
        "      ██",
        "",
    ]


def test_a_rest_in_minutes_and_seconds() -> None:
    assert drawn(Field(head=(), number="1:32", words=("REST",)))[1:6] == [
        "      ██      ██████  ██████",
        "      ██  ██      ██      ██   █▀▀▄ █▀▀▀ ▄▀▀▀ ▀▀█▀▀",
        "      ██      ██████  ██████   █▄▄▀ █▀▀   ▀▀▄   █",
        "      ██  ██      ██  ██       █ ▀▄ █▄▄▄ ▄▄▄▀   █",
        "      ██      ██████  ██████",
    ]


def test_a_load_with_a_small_unit() -> None:
    assert drawn(Field(head=(), number="5 × 62.5", unit="kg"))[1:6] == [
        "  ██████                  ██████  ██████      ██████",
        "  ██          ██  ██      ██          ██      ██",
        "  ██████        ██        ██████  ██████      ██████",
        "      ██      ██  ██      ██  ██  ██              ██",
        "  ██████                  ██████  ██████  ██  ██████  kg",
    ]


def test_in_seven_rows_the_words_stand_one_above_the_other() -> None:
    assert drawn(HOLD, TALL)[2:9] == [
        "  ██    ██                 █  █ ▄▀▀▄ █    █▀▀▄",
        "  ██    ██                 █▀▀█ █  █ █    █  █",
        "  ██    ██                 █  █ ▀▄▄▀ █▄▄▄ █▄▄▀",
        "  ████████",
        "        ██                 █    █▀▀▀ █▀▀▀ ▀▀█▀▀",
        "        ██                 █    █▀▀  █▀▀    █",
        "        ██                 █▄▄▄ █▄▄▄ █      █",
    ]


def test_where_phase_and_side_do_not_both_fit_the_side_is_the_big_word() -> None:
    assert drawn(HOLD, width=58)[3] == "  ██████          █    █▀▀  █▀▀    █"
    assert drawn(HOLD, width=20)[3] == "  ██████"


def test_a_number_too_wide_is_drawn_small_or_not_at_all() -> None:
    wide = Field(head=(), number="12 × 102.25", unit="kg, each side")
    assert drawn(wide)[1].startswith("  ▀█  ▀▀█")
    assert drawn(wide, width=20) == [""] * 7


@pytest.mark.parametrize(
    ("size", "height"),
    [((80, 24), MIDDLE), ((119, 40), MIDDLE), ((120, 30), TALL), ((45, 17), SMALL)],
)
def test_the_height_of_digits(size: tuple[int, int], height: int) -> None:
    assert height_in(*size) == height


@given(
    st.from_regex(
        r"\+?[0-9]{1,3}|[0-9]{1,2}:[0-9]{2}|[0-9]{1,3} × [0-9]{1,3}(\.[0-9]{1,2})?", fullmatch=True
    ),
    st.sampled_from(
        [
            ("kg", ()),
            ("jumps, 16 contacts", ()),
            ("", ("REST",)),
            ("", ("CHANGE", "RIGHT")),
            ("", ("LOWER", "LEFT")),
            ("", ("REST", "DONE")),
        ]
    ),
    st.sampled_from([SMALL, MIDDLE, TALL]),
    st.integers(min_value=1, max_value=130),
)
def test_it_always_fits(
    number: str, beside: tuple[str, tuple[str, ...]], height: int, width: int
) -> None:
    unit, words = beside
    lines = field_lines(Field(head=(), number=number, unit=unit, words=words), height, width)
    assert len(lines) == height + (4 if height == TALL else 2)
    assert all(width_of(line) <= width for line in lines)


@given(st.integers(min_value=2, max_value=59), st.sampled_from([MIDDLE, TALL]))
def test_a_second_changes_the_digits_alone(second: int, height: int) -> None:
    """From the second's own digits on, all cells stay."""
    now, then = (
        drawn(Field(head=(), number=str(s), words=("HOLD", "LEFT")), height)
        for s in (second, second - 1)
    )
    width = 18 if height == MIDDLE else 27
    assert [row[width:] for row in now] == [row[width:] for row in then]
