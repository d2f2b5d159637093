"""The tip of the week: one a week, and none twice in a year."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tui.bootstrap import shipped_library
from tui.domain.planning.tips import TIPS, tip_of_week

WEEK = timedelta(weeks=1)
DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))
FIRST = date(2026, 11, 26)


@given(first=DAYS, day=DAYS, apart=st.integers(1, 51))
def test_none_comes_twice_in_a_year(first: date, day: date, apart: int) -> None:
    assert tip_of_week(day, first) != tip_of_week(day + apart * WEEK, first)


@given(first=DAYS, day=DAYS)
def test_it_stays_for_the_iso_week(first: date, day: date) -> None:
    same = {
        tip_of_week(other, first)
        for other in (day + timedelta(days=n) for n in range(-6, 7))
        if other.isocalendar()[:2] == day.isocalendar()[:2]
    }
    assert len(same) == 1


def test_a_beginners_first_weeks_have_the_trainer_soreness_and_the_run_coach() -> None:
    told = [tip_of_week(FIRST + n * WEEK, FIRST).id for n in range(4)]
    assert told == ["trainer", "soreness", "run-coach", "pain-early"]


def test_before_the_first_session_it_is_the_first_one() -> None:
    assert tip_of_week(FIRST, None) == tip_of_week(FIRST + 30 * WEEK, None) == TIPS[0]


def test_every_tip_has_an_article_and_is_short() -> None:
    assert len({tip.id for tip in TIPS}) == len({tip.text for tip in TIPS}) == len(TIPS) > 52
    articles = shipped_library().sources.keys() - {"project"}
    for tip in TIPS:
        assert tip.source in articles, tip.id
        assert tip.text.endswith(".") and len(tip.text) <= 120, tip.id
        assert "injur" not in tip.text.lower(), tip.id
