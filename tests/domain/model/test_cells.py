from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich._unicode_data import load
from rich.cells import cell_len

from tui.domain.model import cell_widths
from tui.domain.model.cell_widths import is_widened
from tui.domain.model.cells import (
    JOINER,
    PICTURE,
    cell_width,
    clusters,
    cut,
    exactly,
    fitted,
    folded,
    padded,
)
from tui.domain.model.text import clean

# What a reader sees as one emoji or letter: a base with marks, selectors, skin tones, joined emoji,
# flags, keycaps, syllables; and invalid sequences that only a file would have.
BASES = st.sampled_from([*"aé1#膝ｱ각ᄀकกب☃❤✈🏃👩🏽🇩🇪🏳❄·×█‹", "\u00a0", "\u3000", "\u00ad"])
FOLLOWERS = st.sampled_from(
    [PICTURE, "\ufe0e", "\u0301", "\u0308", "\u20e3", "\u093f", "\u094d", "\u1161", "🏽", "🇪"]
)
clusters_of_text = st.builds(
    lambda base, marks, more: "".join([base, *marks, *(f"{JOINER}{one}" for one in more)]),
    BASES,
    st.lists(FOLLOWERS, max_size=3),
    st.lists(st.one_of(BASES, FOLLOWERS), max_size=3),
)
anything = st.one_of(
    st.text(st.characters(), max_size=40),
    st.lists(st.one_of(clusters_of_text, FOLLOWERS, st.just(JOINER), st.just(" "))).map("".join),
)


def test_the_tables_are_those_of_rich_for_every_code_point() -> None:
    table = load("latest")
    rich, ours = bytearray([1]) * 0x110000, bytearray([1]) * 0x110000
    for first, last, width in table.widths:
        rich[first : last + 1] = bytes([width]) * (last + 1 - first)
    # Rich removes control characters before it looks up the table; cleaned text has none.
    rich[0x01:0x20], rich[0x7F:0xA0] = bytes(0x1F), bytes(0x21)
    for width, ranges in ((0, cell_widths.NO_CELL), (2, cell_widths.TWO_CELLS)):
        for points in cell_widths._ranges(ranges):
            ours[points.start : points.stop] = bytes([width]) * len(points)
    assert [f"{n:x}" for n in range(0x110000) if ours[n] != rich[n]] == []
    assert {chr(n) for n in range(0x110000) if is_widened(chr(n))} == table.narrow_to_wide


def test_every_character_at_the_edge_of_a_range_is_as_wide_as_rich_draws_it() -> None:
    edges = {n + step for ranges in (cell_widths.NO_CELL, cell_widths.TWO_CELLS)
             for points in cell_widths._ranges(ranges)
             for n in (points.start, points.stop) for step in (-1, 0)}  # fmt: skip
    for point in sorted({*range(0x3000), *edges} - {-1}):
        for text in (chr(point), f"{chr(point)}{PICTURE}"):
            assert cell_width(text) == cell_len(text), ascii(text)


@given(anything)
def test_every_text_is_as_wide_as_rich_draws_it(text: str) -> None:
    assert cell_width(text) == cell_len(text)
    assert cell_width(clean(text)) == cell_len(clean(text))


@given(anything)
def test_clusters_are_the_whole_text_and_none_but_the_first_is_without_a_cell(text: str) -> None:
    parts = list(clusters(text))
    assert "".join(part for part, _ in parts) == text
    assert sum(width for _, width in parts) == cell_width(text)
    assert all(width for _, width in parts[1:])


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("squat", 5),
        ("膝", 2),
        ("e\u0301", 1),
        ("🏃", 2),
        ("\uff41", 2),
        ("", 0),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("👩\u200d👩\u200d👧", 2),
        ("👍🏽", 2),
    ],
)
def test_a_wide_letter_takes_two_cells_and_a_mark_none(text: str, wide: int) -> None:
    assert cell_width(text) == wide
    assert [width for _, width in clusters(text)] in ([wide], [1] * wide)


@given(anything, st.integers(-1, 50))
def test_what_is_cut_is_a_beginning_that_fits_and_divides_no_cluster(text: str, width: int) -> None:
    head = cut(text, width)
    assert text.startswith(head)
    assert cell_width(head) <= max(0, width)
    rest = list(clusters(text))[len(list(clusters(head))) :]
    assert head + "".join(part for part, _ in rest) == text
    assert not rest or cell_width(head) + rest[0][1] > width


@given(anything, st.integers(-1, 50))
def test_what_is_fitted_takes_no_more_cells(text: str, width: int) -> None:
    shown = fitted(text, width)
    assert cell_width(shown) <= max(0, width)
    text = clean(text)
    assert shown == text or (shown.removesuffix("…") in text and cell_width(text) > width)


@given(anything, st.integers(1, 50))
def test_what_is_padded_takes_exactly_so_many_cells_and_ends_in_a_blank(
    text: str, width: int
) -> None:
    assert cell_width(exactly(text, width)) == width
    shown = padded(text, width)
    assert cell_width(shown) == width
    assert shown.endswith(" ")


@given(anything, st.integers(6, 30), st.booleans())
def test_a_fold_loses_no_letter_and_fits(text: str, width: int, hyphens: bool) -> None:
    lines = folded(text, width, "> ", "    ", hyphens=hyphens)
    assert all(cell_width(line) <= width for line in lines)
    assert all(line.startswith("    " if n else "> ") for n, line in enumerate(lines))
    bare = "".join(line[4 if n else 2 :] for n, line in enumerate(lines))
    assert bare.replace(" ", "") == clean(text).replace(" ", "")


def test_a_fold_parts_words_at_blanks_and_cuts_only_what_no_line_holds() -> None:
    assert folded("one two three", 8, "", "  ") == ["one two", "  three"]
    assert folded("a seventeen 膝膝膝膝", 7, "", "  ") == [
        "a",
        "  seven",
        "  teen",
        "  膝膝",
        "  膝膝",
    ]
    assert folded(" \n ", 8, "  ") == []


def test_a_fold_keeps_blanks_within_a_line_and_lines_up_below_the_indent() -> None:
    assert folded("one  two three", 10, "1  ") == ["1  one", "   two", "   three"]
    assert folded("one  two three", 11, "1  ") == ["1  one  two", "   three"]


def test_a_fold_parts_words_at_their_hyphens_and_no_range_of_numbers() -> None:
    assert folded("a single-leg hinge", 10) == ["a single-", "leg hinge"]
    assert folded("a single-leg hinge", 10, hyphens=False) == ["a", "single-leg", "hinge"]
    assert folded("do some 8-12 reps", 10) == ["do some", "8-12 reps"]
    assert folded("some 1-leg b-side", 8) == ["some", "1-leg", "b-side"]
