"""The runner's own exercises: whatever is answered passes the library's own checks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.ui.driver import shipped
from tui.domain.model.library.checks import CATEGORIES, EQUIPMENT, REGIONS
from tui.domain.model.library.parser import overlay
from tui.domain.model.notation import NotationError
from tui.domain.model.validation import is_id
from tui.domain.model.values import Exercise, Kind, Level, Sides
from tui.domain.planning.own_exercises import (
    Draft,
    dose_example,
    dose_shown,
    dose_text,
    dosed,
    exercise_entry,
    exercise_of,
    named,
    needing,
    own_exercise,
    with_exercise,
    without_exercise,
)
from tui.domain.session.actions import Refused

EVERY = shipped().exercises
NAMES = [one.name for one in EVERY.values()]
names = st.text(min_size=1, max_size=60).filter(str.strip)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Some questions answered in any way, on top of any exercise or none."""
    base: Exercise | None = draw(maybe(st.sampled_from(list(EVERY.values()))))  # type: ignore[assignment]
    keeps_id = base is not None and draw(st.booleans())
    if base is not None and keeps_id:
        # One of the runner's own, that no programme names.
        base = replace(base, id="mine", name="Mine")
    draft = Draft(
        base=base,
        keeps_id=keeps_id,
        kind=draw(maybe(st.sampled_from(list(Kind)))),  # type: ignore[arg-type]
        sides=draw(maybe(st.sampled_from(list(Sides)))),  # type: ignore[arg-type]
        category=draw(maybe(st.sampled_from(CATEGORIES))),  # type: ignore[arg-type]
        region=draw(maybe(st.sampled_from(REGIONS))),  # type: ignore[arg-type]
        equipment=draw(  # type: ignore[arg-type]
            maybe(st.lists(st.sampled_from(sorted(EQUIPMENT)), max_size=8, unique=True).map(tuple))
        ),
        leg_load=draw(maybe(st.integers(0, 3))),  # type: ignore[arg-type]
    )
    try:
        return named(draft, draw(names), NAMES)
    except Refused:
        return named(draft, "Plain Name", NAMES)


@given(drafts(), st.booleans())
def test_whatever_is_answered_the_library_takes_it(draft: Draft, typed: bool) -> None:
    if typed:
        draft = dosed(draft, dose_example(exercise_of(draft, EVERY)), EVERY)
    made = exercise_of(draft, EVERY)
    assert is_id(made.id)
    assert made.id not in EVERY
    assert (made.id == "mine") is draft.keeps_id
    library, problems = overlay(shipped(), with_exercise({}, exercise_entry(made)))
    assert problems == []
    assert library.exercises[made.id] == made
    for name in ("kind", "sides", "category", "region", "equipment", "leg_load"):
        if (answer := getattr(draft, name)) is not None:
            assert getattr(made, name) == answer


@given(drafts(), st.sampled_from(list(Level)))
def test_the_dose_offered_can_be_typed_and_changes_nothing(draft: Draft, level: Level) -> None:
    made = exercise_of(draft, EVERY)
    offered = made.doses[level]
    for words in (dose_text, dose_shown):
        again = dosed(draft, words(draft, EVERY, level), EVERY).dose
        assert again is not None
        assert again.measures == offered.measures
        assert (again.sets, again.rest_s, again.reps_top) == (
            *(offered.sets, offered.rest_s),
            offered.reps_top if offered.reps_top != offered.measures.reps else None,
        )


@given(drafts(), st.text(max_size=20) | st.from_regex(r"\d{1,3}x\d{1,4}(s|m|c)?", fullmatch=True))
def test_a_dose_is_sound_or_refused(draft: Draft, typed: str) -> None:
    try:
        made = exercise_of(dosed(draft, typed, EVERY), EVERY)
    except (Refused, NotationError):
        return
    assert overlay(shipped(), with_exercise({}, exercise_entry(made)))[1] == []


@pytest.mark.parametrize("name", EVERY)
def test_an_entry_says_all_of_an_exercise(name: str) -> None:
    made, problems = overlay(shipped(), with_exercise({}, exercise_entry(EVERY[name])))
    assert problems == []
    assert made.exercises[name] == EVERY[name]


def test_a_name_must_be_new_and_may_stay() -> None:
    plank = EVERY["plank"]
    with pytest.raises(Refused, match="There is a plank already"):
        named(Draft(), "plank", NAMES)
    assert named(Draft(base=plank, keeps_id=True), "Plank", NAMES).name == "Plank"
    assert exercise_of(named(Draft(), "Plank, Long", NAMES), EVERY).id == "plank-long"


@pytest.mark.parametrize(
    ("typed", "things"),
    [
        ("bench", ("bench",)),
        ("Bench, bands", ("bench", "band")),
        ("mini band and step", ("mini-band", "step")),
        ("dumbbell", ("dumbbells",)),
        ("nothing", ()),
        ("kettle", ("kettlebell",)),
    ],
)
def test_things_are_named_in_plain_words(typed: str, things: tuple[str, ...]) -> None:
    assert needing(Draft(), typed).equipment == things


@pytest.mark.parametrize(("typed", "near"), [("dumbels", "dumbbells"), ("*", "bench")])
def test_a_misspelt_thing_says_what_to_write(typed: str, near: str) -> None:
    with pytest.raises(Refused, match=rf"”\? Write things like {near}, or nothing."):
        needing(Draft(), typed)


def test_a_thing_may_be_one_that_is_not_known() -> None:
    assert needing(Draft(), "Smith machine, log press").equipment == ("smith-machine", "log-press")


@pytest.mark.parametrize("rest", ["rest 45", ", rest 0:45", " rest 0:45"])
def test_the_rest_is_read_as_it_is_shown(rest: str) -> None:
    draft = Draft(name="Long Plank", kind=Kind.HOLD, sides=Sides.PER_SIDE)
    dose = dosed(draft, f"3x20s/side {rest}", EVERY).dose
    assert dose is not None
    assert (dose.sets, dose.measures.hold_s, dose.rest_s) == (3, 20, 45)


def test_few_reps_with_weights_are_a_heavy_lift() -> None:
    draft = Draft(name="Zercher Squat", kind=Kind.LOADED)
    assert exercise_of(draft, EVERY).loading == "high-rep"
    assert exercise_of(dosed(draft, "3x5", EVERY), EVERY).loading == "heavy"


def test_a_copy_stands_on_no_ladder_and_its_cues_stay() -> None:
    base = next(one for one in EVERY.values() if one.easier and one.harder)
    made = exercise_of(Draft(base=base, name="Mine"), EVERY)
    assert (made.easier, made.harder, made.aliases) == (None, None, ())
    assert (made.cues, made.doses, made.sources) == (base.cues, base.doses, base.sources)


def test_an_entry_comes_and_goes_alone() -> None:
    made = exercise_entry(replace(EVERY["plank"], id="mine", name="Mine"))
    other = {"id": "theirs", "unknown": 1}
    own = with_exercise({"exercises": [other, 5], "programmes": []}, made)
    assert own_exercise(own, "mine") == made
    assert own_exercise(own, "ours") is None
    assert without_exercise(own, "mine") == {"exercises": [other, 5], "programmes": []}


@pytest.mark.parametrize("regions", [None, ["other"], ["knee", "hip"]])
def test_a_bare_one_stays_bare_when_it_is_written(regions: list[str] | None) -> None:
    entry = {"id": "mine", "name": "Mine", "kind": "loaded", "equipment": ["machine"]}
    entry |= {} if regions is None else {"regions": regions}
    made = overlay(shipped(), with_exercise({}, entry))[0].exercises["mine"]
    written = exercise_entry(made)
    assert overlay(shipped(), with_exercise({}, written))[0].exercises["mine"] == made
    assert made.bare
