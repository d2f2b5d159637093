"""Which regions of the body the shipped exercises work, and what the regions are called."""

from __future__ import annotations

import pytest

from tui.bootstrap import shipped_library
from tui.domain.model.library.checks import LEG_REGIONS, REGIONS
from tui.domain.model.regions import ALIASES, eased_for, loaded, region_named
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
    "shin": "rope-skipping pogo hop calf-raise heel-drop lunge back-squat deadlift farmers-carry "
    "single-leg-balance toe-walk step-down-heel-tap duck-walk",
    "foot": "rope-skipping bound calf-raise calf-hold lunge back-squat deadlift toe-walk "
    "single-leg-balance wall-lean-hold lateral-band-walk bodyweight-squat achilles-twist",
    "ankle-calf": "calf-raise calf-hold bodyweight-squat lunge duck-walk step-down-heel-tap pogo "
    "wall-lean-hold achilles-twist toe-walk single-leg-balance back-squat box-jump",
    "hamstring": "deadlift good-morning glute-bridge hip-thrust lunge bound rope-skipping",
    "back": "deadlift romanian-deadlift back-squat goblet-squat good-morning farmers-carry plank "
    "single-leg-deadlift dumbbell-row depth-jump",
    "shoulder": "push-up overhead-press plank-shoulder-tap side-plank side-plank-leg-raise "
    "farmers-carry pallof-press single-arm-farmers-march",
}
QUIET = {
    "knee": "clamshell side-plank push-up quad-stretch ankle-circle pallof-press",
    "hip": "push-up plank-shoulder-tap pallof-press leg-swing calf-hold seated-calf-raise",
    "ankle-calf": "clamshell side-plank push-up calf-stretch ankle-circle glute-bridge glute-sling",
    "shin": "clamshell side-plank push-up ankle-circle glute-bridge glute-sling dead-bug",
    "foot": "clamshell side-plank push-up calf-stretch glute-bridge glute-sling dead-bug",
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
    assert loaded(exercise) >= {*exercise.regions}
    if exercise.leg_load:
        assert "knee" in loaded(exercise)
    if exercise.kind is Kind.PLYOMETRIC or exercise.leg_load >= 2:
        assert loaded(exercise) >= LEG_REGIONS


# For whose sake a coach would ask for less, at pain of four or five.
EASED = {
    "knee": "back-squat split-squat lunge step-up wall-sit squat-jump hex-bar-deadlift",
    "hip": "back-squat split-squat rear-foot-elevated-split-squat deadlift hip-thrust clamshell",
    "back": "back-squat goblet-squat deadlift romanian-deadlift farmers-carry plank hip-thrust",
    "hamstring": "deadlift romanian-deadlift good-morning hip-thrust glute-bridge bound",
    "ankle-calf": "calf-raise seated-calf-raise single-leg-squat rope-skipping",
    "shin": "calf-raise heel-drop rope-skipping pogo squat-jump depth-jump",
    "foot": "calf-raise toe-walk single-leg-balance rope-skipping lateral-bound",
    "shoulder": "push-up side-plank overhead-press farmers-carry",
}
AS_USUAL = {
    "knee": "hip-thrust glute-bridge calf-raise romanian-deadlift plank",
    "hip": "calf-raise push-up plank pogo",
    "back": "lunge split-squat wall-sit calf-raise",
    "hamstring": "wall-sit calf-raise back-squat push-up",
    "ankle-calf": "back-squat deadlift hip-thrust lunge",
    "shin": "back-squat lunge deadlift",
    "foot": "back-squat lunge hip-thrust",
    "shoulder": "back-squat lunge calf-raise",
}


@pytest.mark.parametrize("region", EASED)
def test_what_a_coach_would_ease_lists_the_region(region: str) -> None:
    missed = [n for n in EASED[region].split() if region not in eased_for(LIBRARY.exercises[n])]
    assert missed == []


@pytest.mark.parametrize("region", AS_USUAL)
def test_what_goes_on_as_usual_does_not(region: str) -> None:
    found = [n for n in AS_USUAL[region].split() if region in eased_for(LIBRARY.exercises[n])]
    assert found == []


@pytest.mark.parametrize(
    ("name", "regions"),
    [
        ("rope-skipping", ("ankle-calf", "knee", "foot")),
        ("back-squat", ("knee", "hip", "back")),
        ("calf-raise", ("ankle-calf", "foot", "shin")),
    ],
)
def test_the_main_region_comes_first(name: str, regions: tuple[str, ...]) -> None:
    assert LIBRARY.exercises[name].regions == regions


@pytest.mark.parametrize(
    ("word", "region"),
    [
        ("achilles", "ankle-calf"),
        ("itb", "knee"),
        ("heel", "foot"),
        ("Calf", "ankle-calf"),
        ("ankle", "ankle-calf"),
        ("plantar fasciitis", "foot"),
        ("shin  splints", "shin"),
        ("IT band", "knee"),
        ("lower back", "back"),
        ("elbow", None),
        ("", None),
        ("-", None),
    ],
)
def test_runners_have_names_of_their_own_for_them(word: str, region: str | None) -> None:
    assert region_named(word) == region


def test_another_name_means_one_region_and_is_none_itself() -> None:
    assert set(ALIASES.values()) <= set(REGIONS)
    assert not set(ALIASES) & {part for region in REGIONS for part in (region, *region.split("-"))}
    assert all(region_named(name) == region for name, region in ALIASES.items())
