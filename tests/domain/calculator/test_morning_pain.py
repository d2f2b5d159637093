"""Morning pain: which region a word names, when it is asked for, and how it is written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State, advance
from tui.domain.calculator.advice import Profile
from tui.domain.calculator.morning_pain import (
    morning,
    morning_questions,
    pain_of,
    region_of,
    regions_to_ask_about,
    stale_regions,
)
from tui.domain.calculator.state import PainReport
from tui.domain.model.library.checks import REGIONS
from tui.domain.model.values import Record

SESSION = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("word", "region"),
    [
        *((region, region) for region in REGIONS),
        ("calf", "ankle-calf"),
        ("ankle", "ankle-calf"),
        (" Kn ", "knee"),
        ("ham", "hamstring"),
        ("achilles", "ankle-calf"),
        ("ach", "ankle-calf"),
        ("ITB", "knee"),
        ("hee", "foot"),
        ("shin splints", "shin"),
        ("shi", "shin"),
        ("sh", None),
        ("a", "ankle-calf"),
        ("t", None),
        ("h", None),
        ("elbow", None),
        ("", None),
        ("ankle-", None),
    ],
)
def test_a_region_by_its_name_or_a_part_of_it(word: str, region: str | None) -> None:
    assert region_of(word) == region


@pytest.mark.parametrize(
    ("word", "pain"),
    [("0", 0), ("10", 10), ("11", None), ("-1", None), ("2.5", None), ("", None), ("²", None),
     ("٣", None), ("0" * 5000, None)],
)  # fmt: skip
def test_pain_is_a_whole_number_to_ten(word: str, pain: int | None) -> None:
    assert pain_of(word) == pain


def test_a_morning_told_again_takes_the_place_of_the_first() -> None:
    first = morning(SESSION, "knee", 3, "a")
    assert first.values == {"region": "knee", "pain": 3}
    assert morning(SESSION, "knee", 5, "b").id == first.id
    others = [morning(SESSION, "hip", 3, "a"), morning(SESSION + timedelta(1), "knee", 3, "a")]
    assert first.id not in {other.id for other in others}


def state(*aches: tuple[str, date, int, bool]) -> State:
    regions = {region for region, *_ in aches}
    return State(
        last=SESSION,
        aches={
            region: tuple(
                PainReport(day, pain, waking) for r, day, pain, waking in aches if r == region
            )
            for region in regions
        },
    )


@pytest.mark.parametrize(
    ("days", "asked"), [(0, False), (1, True), (2, True), (3, False), (-1, False)]
)
def test_it_is_asked_for_on_the_two_days_after(days: int, asked: bool) -> None:
    hurt = state(("knee", SESSION, 1, False))
    assert bool(regions_to_ask_about(hurt, SESSION + timedelta(days))) is asked


def test_the_worst_comes_first_and_what_did_not_hurt_not_at_all() -> None:
    hurt = state(
        ("hip", SESSION, 2, False), ("knee", SESSION, 4, False), ("back", SESSION, 0, False)
    )
    assert list(regions_to_ask_about(hurt, SESSION + timedelta(1))) == ["knee", "hip"]


def test_what_hurt_before_the_last_session_is_not_asked_for() -> None:
    assert (
        regions_to_ask_about(
            state(("knee", SESSION - timedelta(3), 4, False)), SESSION + timedelta(1)
        )
        == {}
    )
    assert regions_to_ask_about(State(), SESSION) == {}


def test_a_morning_told_since_answers_and_one_of_before_does_not() -> None:
    setup = Setup(library=shipped_library())
    hurt = state(("knee", SESSION, 4, False), ("hip", SESSION, 2, False))
    next_day = SESSION + timedelta(1)

    def after(record: Record) -> list[str]:
        return list(regions_to_ask_about(advance(setup, hurt, record), next_day))

    assert after(morning(next_day, "knee", 0, "")) == ["hip"]
    assert after(morning(SESSION, "knee", 0, "")) == ["knee", "hip"]


@pytest.mark.parametrize(
    ("days", "asked"), [(2, False), (11, False), (12, True), (14, True), (20, True), (21, False)]
)
def test_what_was_silent_for_a_fortnight_is_asked_for_again(days: int, asked: bool) -> None:
    setup = Setup(library=shipped_library())
    hurt = state(("knee", SESSION, 4, False), ("hip", SESSION, 2, False))
    today = SESSION + timedelta(days)
    assert list(stale_regions(setup, hurt, today)) == ["knee"] * asked
    assert ("knee" in morning_questions(setup, hurt, today)) is (asked or days == 2)
    usual = Setup(library=setup.library, profile=Profile(pain_baseline=4))
    assert stale_regions(usual, hurt, today) == {}
    # Sessions that say nothing of it are no answer, any report is.
    untold = PainReport(SESSION + timedelta(1), 0, told=False)
    silent = State(last=SESSION, aches={"knee": (*hurt.aches["knee"], untold)})
    assert list(stale_regions(setup, silent, today)) == ["knee"] * asked
    told = advance(setup, hurt, morning(SESSION + timedelta(10), "knee", 5, ""))
    assert stale_regions(setup, told, SESSION + timedelta(14)) == {}
