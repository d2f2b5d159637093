"""While a heavy lift with a bar is new, the advice sends to someone who can check it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.calculator.logs import LIBRARY, Case, Deed, trained
from tests.strategies import FIRST_DAY
from tui.domain.calculator import Setup
from tui.domain.calculator.bar_lifts import is_bar_lift
from tui.domain.calculator.reasons import WORDS
from tui.present.library import FORM_WORDS, exercise_page

SETUP = Setup(library=LIBRARY)


def codes(name: str, sessions: int) -> list[str]:
    exercise = LIBRARY.exercises[name]
    log = trained(SETUP, [exercise], [Deed()] * sessions)
    today = FIRST_DAY + timedelta(days=3 * sessions + 3)
    case = Case(setup=SETUP, log=tuple(log), exercise=exercise, today=today)
    return [reason.code for reason in case.advice().reasons]


@pytest.mark.parametrize("name", ["back-squat", "deadlift", "hex-bar-deadlift", "hip-thrust"])
def test_it_is_said_for_three_sessions_and_never_first(name: str) -> None:
    for sessions in range(3):
        told = codes(name, sessions)
        assert "TRAINER" in told[1:], (sessions, told)
    assert "TRAINER" not in codes(name, 3)


@pytest.mark.parametrize("name", ["split-squat", "plank", "seated-calf-raise"])
def test_other_work_has_no_such_line(name: str) -> None:
    assert "TRAINER" not in codes(name, 0)


def test_the_page_of_such_an_exercise_says_it_too() -> None:
    for exercise in LIBRARY.exercises.values():
        page = " ".join(" ".join(exercise_page(exercise, LIBRARY)).split())
        assert (FORM_WORDS in page) is is_bar_lift(exercise), exercise.id


def test_pain_sends_to_a_professional_from_four_on() -> None:
    for code in ("PAIN_LESS", "PAIN_STOP", "PAIN_OFTEN"):
        assert "professional" in WORDS[code].text, code
