"""Days as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import examples
from tui.domain.model.date_parser import WEEKDAYS, Lean, day_of, leading_day
from tui.domain.model.validation import BadDocument

TODAY = date(2026, 11, 30)  # A Monday.
PAST, FUTURE = Lean.PAST, Lean.FUTURE


@pytest.mark.parametrize(
    ("typed", "past", "future"),
    [
        ("14 feb", date(2026, 2, 14), date(2027, 2, 14)),
        ("14. February", date(2026, 2, 14), date(2027, 2, 14)),
        ("feb 14", date(2026, 2, 14), date(2027, 2, 14)),
        ("14feb", date(2026, 2, 14), date(2027, 2, 14)),
        ("14.2.", date(2026, 2, 14), date(2027, 2, 14)),
        ("14.2", date(2026, 2, 14), date(2027, 2, 14)),
        ("02-14", date(2026, 2, 14), date(2027, 2, 14)),
        ("29 feb", date(2024, 2, 29), date(2028, 2, 29)),
        ("30 nov", TODAY, TODAY),
        ("14.2.2027", date(2027, 2, 14), date(2027, 2, 14)),
        ("14 feb 2025", date(2025, 2, 14), date(2025, 2, 14)),
        ("nov 2, 2025", date(2025, 11, 2), date(2025, 11, 2)),
        ("2027-02-14", date(2027, 2, 14), date(2027, 2, 14)),
        ("mon", TODAY, TODAY),
        ("Tuesday", date(2026, 11, 24), date(2026, 12, 1)),
        ("sun", date(2026, 11, 29), date(2026, 12, 6)),
        ("today", TODAY, TODAY),
        ("yesterday", date(2026, 11, 29), date(2026, 11, 29)),
        ("tomorrow", date(2026, 12, 1), date(2026, 12, 1)),
        ("-3", date(2026, 11, 27), date(2026, 11, 27)),
    ],
)
def test_a_day_is_the_last_or_the_next_as_is_asked(typed: str, past: date, future: date) -> None:
    assert day_of(typed, TODAY) == past
    assert day_of(f" {typed.upper()} ", TODAY, FUTURE) == future


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "su",
        "31 nov",
        "30 feb",
        "32.1.",
        "2026-13-01",
        "2026-02-29",
        "14 fx",
        "-",
        "0.0.",
        "-999999",
        "1.1.1.1",
        "14 feb 27",
        "٣ feb",
        "14/2",
    ],
)
def test_what_is_no_day_is_refused_with_what_may_be_typed(typed: str) -> None:
    for lean in Lean:
        with pytest.raises(BadDocument, match="A day is 14 feb"):
            day_of(typed, TODAY, lean)


def test_a_day_is_in_the_years_of_a_log() -> None:
    with pytest.raises(BadDocument, match="1900 to 2999"):
        day_of("1066-10-14", TODAY)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.integers(0, 365))
@examples(50)
def test_without_a_year_it_is_the_nearest_on_its_side(today: date, days: int) -> None:
    for lean in Lean:
        meant = today + lean.value * timedelta(days=days)
        for typed in (f"{meant.day} {meant:%b}", f"{meant.day}.{meant.month}.", f"{meant:%m-%d}"):
            found = day_of(typed, today, lean)
            assert (found.month, found.day) == (meant.month, meant.day)
            assert 0 <= (found - today).days * lean.value <= days
        found = day_of(WEEKDAYS[meant.weekday()][:3], today, lean)
        assert 0 <= (found - today).days * lean.value < 7


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("14 feb Ridge Ultra", "Ridge Ultra"),
        ("14 feb 2027 Ridge Ultra", "Ridge Ultra"),
        ("2027-02-14 Ridge", "Ridge"),
        ("14.2. 10k", "10k"),
        ("14.2.2027", ""),
    ],
)
def test_a_day_stands_before_other_words(typed: str, rest: str) -> None:
    assert leading_day(typed.split(), TODAY, FUTURE) == (date(2027, 2, 14), rest.split())
    with pytest.raises(BadDocument):
        leading_day(["Ridge", *typed.split()], TODAY, PAST)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-02", date(2026, 11, 2)),
        ("2027-01-31", date(2027, 1, 31)),
        ("11-02", date(2026, 11, 2)),
        ("11-06", date(2026, 11, 6)),
        ("11-07", date(2025, 11, 7)),
        ("2-9", date(2026, 2, 9)),
        ("02-29", date(2024, 2, 29)),
        ("2 nov", date(2026, 11, 2)),
        (" 2  November ", date(2026, 11, 2)),
        ("2nov", date(2026, 11, 2)),
        ("nov 2", date(2026, 11, 2)),
        ("24 dec", date(2025, 12, 24)),
        ("24. dec 2019", date(2019, 12, 24)),
        ("dec 24, 2019", date(2019, 12, 24)),
        ("mon", date(2026, 11, 2)),
        ("Friday", date(2026, 11, 6)),
        ("sat", date(2026, 10, 31)),
        ("-30", date(2026, 10, 7)),
        ("-0", date(2026, 11, 6)),
    ],
)
def test_a_day_in_short(typed: str, day: date) -> None:
    assert day_of(typed, date(2026, 11, 6)) == day


@pytest.mark.parametrize(
    "typed",
    ["", "x", "30", "2026-02-30", "02-30", "31 feb", "13-01", "2 xyz", "29 feb 2026", "mo", "--3",
     "-99999999", "0000-01-01", "٢ nov", "2026-11"],
)  # fmt: skip
def test_no_day_says_what_may_be_typed(typed: str) -> None:
    with pytest.raises(BadDocument, match="A day is 14 feb"):
        day_of(typed, date(2026, 11, 6))


def test_a_day_before_all_days_is_refused() -> None:
    with pytest.raises(BadDocument):
        day_of("-99999", date(200, 1, 1))
