"""Which regions of the body the shipped exercises load."""

from __future__ import annotations

import pytest

from tui.bootstrap import shipped_library
from tui.domain.model.regions import LEG_REGIONS, loaded
from tui.domain.model.values import Kind

LIBRARY = shipped_library()
# What a coach would not prescribe with pain of nine, whatever its category.
SCARY = {
    "knee": "lunge lateral-lunge step-up bodyweight-squat back-squat wall-sit single-leg-wall-sit "
    "deadlift hex-bar-deadlift romanian-deadlift duck-walk rope-skipping squat-jump hop "
    "single-arm-farmers-march farmers-carry copenhagen-plank two-leg-towel-hamstring-eccentric "
    "wobble-board-balance lateral-band-walk seated-calf-raise",
    "hip": "back-squat bodyweight-squat lunge deadlift wall-sit step-down-heel-tap duck-walk bound "
    "side-plank-leg-raise dead-bug rope-skipping clamshell",
    "ankle-calf": "calf-raise calf-hold bodyweight-squat lunge duck-walk step-down-heel-tap pogo "
    "wall-lean-hold achilles-twist toe-walk single-leg-balance back-squat box-jump",
    "hamstring": "deadlift good-morning glute-bridge hip-thrust lunge bound rope-skipping",
    "back": "deadlift romanian-deadlift back-squat goblet-squat good-morning farmers-carry plank "
    "single-leg-deadlift dumbbell-row depth-jump",
    "shoulder": "push-up overhead-press plank-shoulder-tap side-plank farmers-carry",
}
QUIET = {
    "knee": "clamshell side-plank push-up quad-stretch ankle-circle pallof-press",
    "hip": "push-up plank-shoulder-tap pallof-press leg-swing calf-hold seated-calf-raise",
    "ankle-calf": "clamshell side-plank push-up calf-stretch ankle-circle glute-bridge glute-sling",
    "hamstring": "clamshell push-up hamstring-stretch plank calf-hold seated-calf-raise",
    "back": "bodyweight-squat wall-sit calf-hold clamshell thoracic-rotation",
    "shoulder": "lunge calf-raise squat-jump clamshell dead-bug",
}


@pytest.mark.parametrize("region", SCARY)
def test_what_would_frighten_a_coach_loads_the_region(region: str) -> None:
    missed = [n for n in SCARY[region].split() if region not in loaded(LIBRARY.exercises[n])]
    assert missed == []


@pytest.mark.parametrize("region", QUIET)
def test_what_leaves_the_region_alone_does_not(region: str) -> None:
    found = [n for n in QUIET[region].split() if region in loaded(LIBRARY.exercises[n])]
    assert found == []


@pytest.mark.parametrize("name", LIBRARY.exercises)
def test_each_loads_its_own_region_and_jumps_the_whole_leg(name: str) -> None:
    exercise = LIBRARY.exercises[name]
    if exercise.kind is Kind.MOBILITY and exercise.leg_load == 0:
        assert not loaded(exercise)
        return
    assert exercise.region in loaded(exercise)
    if exercise.leg_load:
        assert "knee" in loaded(exercise)
    if exercise.kind is Kind.PLYOMETRIC or exercise.leg_load >= 2:
        assert loaded(exercise) >= LEG_REGIONS
