"""What to watch: the flags that fit an exercise."""

from __future__ import annotations

import pytest

from tui.bootstrap import shipped_library
from tui.domain.model.values import FLAGS, Kind
from tui.domain.model.watching import watched
from tui.present.library import exercise_page

LIBRARY = shipped_library()
EVERY = LIBRARY.exercises


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("back-squat", ("slow", "form", "knee", "hips")),
        ("squat-jump", ("landing", "knee")),
        ("towel-hamstring-eccentric", ("tempo", "form")),
        ("push-up", ("form",)),
        ("leg-swing", ()),
    ],
)
def test_what_to_watch_fits_the_exercise(name: str, flags: tuple[str, ...]) -> None:
    found = watched(EVERY[name])
    assert found[: len(flags)] == flags and bool(found) is bool(flags)


@pytest.mark.parametrize("name", EVERY)
def test_every_exercise_but_mobility_says_what_to_watch(name: str) -> None:
    flags = watched(EVERY[name])
    assert set(flags) <= set(FLAGS) and len(set(flags)) == len(flags)
    assert bool(flags) is (EVERY[name].kind is not Kind.MOBILITY)
    page = " ".join(" ".join(exercise_page(EVERY[name], LIBRARY)).split())
    assert (f"{', '.join(flags)}: the flags to give a set" in page) is bool(flags)
