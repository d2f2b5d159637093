"""Charts in cells: their size, the order of their values, and a few as the runner sees them."""

from __future__ import annotations

from datetime import date, timedelta
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.values import Side
from tui.present.chart.values import Chart, Drawn, Event, Point, Series
from tui.ui.widgets.plot import EIGHTHS, plot
from tui.ui.widgets.styled_text import ROLES, width_of

TODAY = date(2026, 11, 21)
RACE = Event(date(2026, 10, 11), "!", "race Ridge (A)")


def series(side: Side, *told: tuple[int, float], noise: float = 0) -> Series:
    """A series of (days ago, value)."""
    return Series(
        side,
        tuple(
            Point(TODAY - timedelta(days=ago), v, *((v - noise, v + noise) if noise else ()))
            for ago, v in told
        ),
    )


def chart(*shown: Series, days: int = 84, **how: Any) -> Chart:
    told = {"measure": "load", "title": "", "short": "", "unit": "kg", "drawn": Drawn.POINTS, **how}
    return Chart(series=shown, first=TODAY - timedelta(days=days - 1), last=TODAY, **told)


def text(shown: Chart, width: int, height: int) -> list[str]:
    return ["".join(words for words, _ in line).rstrip() for line in plot(shown, width, height)]


def drawn(lines: str) -> list[str]:
    return dedent(lines).strip("\n").split("\n")


# -- whatever is in it -----------------------------------------------------------------------------

values = st.floats(0, 20_000) | st.integers(0, 12).map(float)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    days = draw(st.sampled_from([1, 2, 10, 84, 365, 7300]))
    sides = draw(st.lists(st.sampled_from(Side), unique=True))
    made = []
    for side in sides:
        ago = sorted(draw(st.sets(st.integers(0, days - 1), max_size=12)), reverse=True)
        noise = draw(st.sampled_from([0, 0, 0.5, 40]))
        made.append(series(side, *((n, draw(values)) for n in ago), noise=noise))
    name = draw(st.sampled_from(["race", "力力力力力力", "a\x1b[2J\nb", "x" * 90, ""]))
    count = draw(st.sampled_from([0, 1, 3, 40]))
    events = tuple(Event(TODAY - timedelta(days=n % days), "!", name) for n in range(count))
    return chart(
        *made,
        days=days,
        events=events,
        drawn=draw(st.sampled_from(Drawn)),
        unit=draw(st.sampled_from(["kg", "reps", "of 10", "contacts", "力", ""])),
        measure=draw(st.sampled_from(["load", "rir", "pain"])),
        usual=draw(st.sampled_from([None, (85.0, 100.0)])),
    )


@given(charts(), st.integers(0, 130), st.integers(0, 30))
def test_it_has_its_lines_and_none_is_too_wide(shown: Chart, width: int, height: int) -> None:
    lines = plot(shown, width, height)
    assert len(lines) == height
    assert all(width_of(line) <= width for line in lines)
    assert {role for line in lines for _, role in line} <= {"", *ROLES}


def cells(shown: Chart, width: int, height: int, signs: set[str]) -> list[tuple[int, int]]:
    """The positions of these signs between the axes: (column, row from the top), by column."""
    rows = text(shown, width, height)[1:-2]
    edge = min(row.index(next(c for c in row if c in "│┤")) for row in rows)
    return sorted(
        (x, y)
        for y, row in enumerate(rows)
        for x, char in enumerate(row)
        if x > edge and char in signs
    )


@given(st.lists(values, min_size=1, max_size=8), st.integers(40, 120), st.integers(6, 30))
def test_every_point_stands_and_more_is_no_lower(
    told: list[float], width: int, height: int
) -> None:
    days = [(10 * (len(told) - n), value) for n, value in enumerate(told)]
    found = cells(chart(series(Side.BOTH, *days)), width, height, {"●"})
    assert len({x for x, _ in found}) == len(told)
    ranked = [y for _, (_, y) in sorted(zip(told, found, strict=True), key=lambda one: one[0])]
    # Higher values are never in a lower row; equal ones share a row.
    assert ranked == sorted(ranked, reverse=True)
    if max(told) - min(told) > 1:
        assert len(set(ranked)) > 1


@given(st.lists(values, min_size=1, max_size=8), st.integers(40, 120), st.integers(6, 30))
def test_a_bar_that_says_more_is_no_shorter_and_one_that_says_something_is_seen(
    told: list[float], width: int, height: int
) -> None:
    days = [(10 * (len(told) - n), value) for n, value in enumerate(told)]
    shown = chart(series(Side.BOTH, *days), drawn=Drawn.BARS)
    found = cells(shown, width, height, set(EIGHTHS[1:]))
    rows = text(shown, width, height)[1:-2]
    eighths: dict[int, int] = {}
    for x, y in found:
        eighths[x] = eighths.get(x, 0) + EIGHTHS.index(rows[y][x])
    assert len(eighths) == sum(value > 0 for value in told)
    heights = [eighths[x] for x in sorted(eighths)]
    ranked = [high for _, high in sorted(zip((v for v in told if v > 0), heights, strict=True))]
    assert ranked == sorted(ranked)


def test_twenty_years_leave_a_mark_in_every_column() -> None:
    days = 20 * 365
    told = [(n, 60 + 20 * (days - n) / days) for n in range(days - 1, -1, -3)]
    found = cells(chart(series(Side.BOTH, *told), days=days), 76, 11, {"●"})
    assert sorted({x for x, _ in found}) == list(range(len("80┤"), 76))
    assert [y for _, y in found] == sorted((y for _, y in found), reverse=True)


# -- as a reader sees it ---------------------------------------------------------------------------


def test_a_best_single_with_its_noise_and_a_race() -> None:
    told = ((80, 80.0), (70, 82.0), (61, 83.0), (50, 86.0), (40, 85.0), (12, 88.0), (2, 90.0))
    assert text(chart(series(Side.BOTH, *told, noise=6), events=(RACE,)), 60, 10) == drawn("""
         kg                               ░ likely  ! race Ridge (A)
        100┤                            ┊
           │                            ┊         ░░░░░░░░░░░░░░░░░
         90┤        ░░░░░░░░░░░░░░░░░░░░┊░░░░░░░░░░░░░░░···●······●
           │  ░░░░░░░░░░░··●······●·····●···············░░░░░░░░░░░
         80┤  ●······●···░░░░░░░░░░░░░░░┊░░░░░░░░░░░░░░░░░░░░
           │  ░░░░░░░░░░░░░░░           ┊
         70┤                            ┊
           └─┬───────────────────┬──────!─────────────┬─────────────
            Sep                 Oct                  Nov
    """)


def test_left_and_right_are_letters_and_one_sign_where_they_are_alike() -> None:
    left = series(Side.LEFT, (70, 30), (50, 34), (30, 36), (5, 40))
    right = series(Side.RIGHT, (70, 36), (50, 38), (30, 36), (5, 42))
    assert text(chart(left, right, unit="s"), 60, 9) == drawn("""
         s                                   L left  R right  ● both
        50┤
          │
        40┤                   ···R···               ············●
          │         R············L·············●······
        30┤         L········
          │
          └─┬────────────────────┬────────────────────┬─────────────
           Sep                  Oct                  Nov
    """)


def test_amounts_are_bars_from_zero() -> None:
    told = ((70, 80), (60, 100), (50, 100), (40, 112), (20, 60), (5, 120))
    shown = chart(series(Side.BOTH, *told), drawn=Drawn.BARS, unit="contacts", events=(RACE,))
    assert text(shown, 60, 9) == drawn("""
        contacts                                    ! race Ridge (A)
        150┤                            ┊
           │                            ▄                       ▆
        100┤         ▂     █      █     █                       █
           │         █     █      █     █             ▃         █
         50┤         █     █      █     █             █         █
           │         █     █      █     █             █         █
          0┴─┬───────────────────┬──────!─────────────┬─────────────
            Sep                 Oct                  Nov
    """)


def test_the_weaker_side_is_one_course_in_its_usual_range() -> None:
    shown = chart(
        series(Side.BOTH, (70, 99.6), (10, 100)),
        series(Side.LEFT, (40, 92)),
        series(Side.RIGHT, (55, 88), (25, 95)),
        unit="%",
        measure="sides",
        usual=(85, 100),
    )
    assert text(shown, 60, 9) == drawn("""
          %                        L left  R right  ● alike  ┄ usual
        100┤┄┄┄┄┄┄┄┄┄●·┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄····●┄┄┄┄┄┄┄
           │           ·····              ········R·····
         90┤                ···R········L·
           │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
         80┤
           │
           └─┬───────────────────┬────────────────────┬─────────────
            Sep                 Oct                  Nov
    """)


def test_a_pause_stays_empty() -> None:
    told = ((360, 60), (340, 65), (320, 70), (40, 62.5), (20, 65), (1, 67.5))
    assert text(chart(series(Side.BOTH, *told), days=365), 76, 9) == drawn("""
        kg
          │         ●
        68┤       ··                                                               ●
          │      ·                                                              ···
        64┤    ·●                                                           ···●
          │  ··                                                            ●
        60┤ ●
          └──┬─────┬─────┬─────┬─────┬─────┬─────┬─────┬─────┬─────┬─────┬─────┬────
            Dec  2026   Feb   Mar   Apr   May   Jun   Jul   Aug   Sep   Oct   Nov
    """)


def test_a_first_day_in_little_room() -> None:
    assert text(chart(series(Side.BOTH, (0, 62.5)), days=1), 40, 6) == drawn("""
        kg
        80┤
        70┤
        60┤                  ●
          └──────────────────┬──────────────────
                          21 Nov
    """)


def test_nothing_yet() -> None:
    assert text(chart(), 40, 6) == drawn("""
         kg
          1┤
        0.5┤
          0┤
           └─┬───────────┬─────────────┬────────
            Sep         Oct           Nov
    """)


@pytest.mark.parametrize(("width", "height"), [(23, 20), (80, 5), (80, 2)])
def test_without_room_to_draw_the_last_values_stand_in_words(width: int, height: int) -> None:
    shown = chart(series(Side.LEFT, (9, 60), (2, 62.5)), series(Side.RIGHT, (2, 64.25)))
    lines = text(shown, width, height)
    assert lines[:2] == ["left 62.5 kg, 19 Nov", "right 64.2 kg, 19 Nov"]
    assert not any(lines[2:])


# -- colour is never all ---------------------------------------------------------------------------


def roles(shown: Chart, sign: str) -> set[str]:
    lines = plot(shown, 60, 9)
    return {role for line in lines for words, role in line if sign in words}


def test_signs_have_their_roles() -> None:
    left, right = series(Side.LEFT, (30, 60)), series(Side.RIGHT, (30, 90))
    shown = chart(left, right, events=(RACE,))
    assert "accent" in roles(shown, "L")
    assert "loud" in roles(shown, "R")
    assert roles(shown, "!") == {"warn"}
    assert roles(shown, "┊") == {"dim"}


def test_many_races_are_no_fence_and_are_counted() -> None:
    events = tuple(
        Event(TODAY - timedelta(days=7 * n), "!", f"race {n}") for n in (9, 6, 3, 2, 1, 0)
    )
    few, many = (chart(series(Side.BOTH, (30, 60)), events=e) for e in (events[:2], events))
    assert any("┊" in line for line in text(few, 60, 9))
    assert not any("┊" in line for line in text(many, 60, 9))
    assert text(many, 60, 9)[-2].count("!") == 6
    assert text(many, 60, 9)[0].endswith("! race 0 and 5 more")
