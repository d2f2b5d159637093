"""The first setup: what the answers mean as settings, and which programme fits them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.bootstrap import shipped_library
from tui.domain.calculator.loads import Inventory
from tui.domain.model.library.checks import EQUIPMENT
from tui.domain.model.values import Level
from tui.domain.planning.first_setup import (
    THINGS,
    Answers,
    Place,
    can_be_done,
    fitting_programme,
    lacking,
)
from tui.domain.planning.settings import SETTINGS

LIBRARY = shipped_library()
answers = st.builds(
    Answers,
    unit=st.none() | st.sampled_from(["kg", "lb"]),
    level=st.none() | st.sampled_from(Level),
    place=st.none() | st.sampled_from(Place),
    things=st.frozensets(st.sampled_from(sorted(THINGS))),
    programme=st.none() | st.sampled_from(sorted(LIBRARY.programmes)),
    days=st.none() | st.frozensets(st.integers(0, 6)),
)


@given(answers)
def test_answers_are_settings_as_they_are_stored(given: Answers) -> None:
    values = given.settings()
    for key, value in values.items():
        SETTINGS[key].read(value)
    assert ("equipment" in values) == (given.place is not None)
    assert ("slots" in values) == (given.days is not None)


@given(answers)
def test_the_programme_that_fits_can_be_done(given: Answers) -> None:
    programme = LIBRARY.programmes[fitting_programme(given, LIBRARY)]
    assert lacking(programme, LIBRARY, given.equipment) == ""


@given(st.frozensets(st.sampled_from(sorted(EQUIPMENT))), st.sampled_from([*LIBRARY.programmes]))
def test_what_a_programme_lacks_is_told_just_if_it_cannot_be_done(
    equipment: frozenset[str], name: str
) -> None:
    programme = LIBRARY.programmes[name]
    assert (lacking(programme, LIBRARY, equipment) == "") == can_be_done(
        programme, LIBRARY, equipment
    )


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        (Answers(), "trail-speed"),
        (Answers(place=Place.GYM, level=Level.BEGINNER), "trail-speed"),
        (Answers(place=Place.GYM, level=Level.ADVANCED), "lift-and-spring"),
        (Answers(place=Place.HOME, things=frozenset("dn")), "daily-bodyweight"),
        (Answers(place=Place.HOME, things=frozenset("dnme")), "trail-speed"),
        (Answers(place=Place.NOTHING, level=Level.ADVANCED), "daily-bodyweight"),
    ],
)
def test_each_has_a_programme_that_fits(given: Answers, fits: str) -> None:
    assert fitting_programme(given, LIBRARY) == fits


def test_nothing_at_home_is_what_every_home_has() -> None:
    given = Answers(place=Place.NOTHING)
    assert given.settings() == {"equipment": []}
    assert not Inventory(equipment=given.equipment).can_do(LIBRARY.exercises["back-squat"])


def test_six_patterns_needs_a_bar() -> None:
    programme = LIBRARY.programmes["six-patterns"]
    assert lacking(programme, LIBRARY, frozenset({"band"})) == "needs a bar"
    assert lacking(programme, LIBRARY, frozenset({"barbell"})) == "needs more kit"
