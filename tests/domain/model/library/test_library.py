"""The shipped library is complete, and an invalid one gives a clear error, never a crash."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.calculator.loads import Inventory
from tui.domain.model.cells import folded
from tui.domain.model.library.checks import FORMS
from tui.domain.model.library.parser import (
    CATEGORIES,
    Library,
    dose_for,
    find,
    lookup,
    overlay,
    parse,
    select,
)
from tui.domain.model.library.search import lookup_programme, lookup_routine
from tui.domain.model.values import (
    MEASURES,
    Dose,
    Exercise,
    Kind,
    Level,
    Measures,
    SetKind,
    Sides,
    Slot,
)

RAW: dict[str, Any] = json.loads((Path(__file__).parents[4] / "library.json").read_text("utf-8"))
LIBRARY, PROBLEMS = parse(RAW)
RUNNERS = [one for one in LIBRARY.exercises.values() if not one.bare]

EXERCISE_IDS = """wall-lean-hold glute-sling towel-hamstring-eccentric seated-calf-raise
dead-bug-squeeze lunge rear-foot-elevated-split-squat back-squat landmine-deadlift hex-bar-deadlift
deadlift single-arm-farmers-march half-kneeling-chop duck-walk split-squat calf-raise rope-skipping
squat-jump box-jump depth-jump wall-sit single-leg-wall-sit single-leg-squat side-plank
side-plank-leg-raise calf-hold single-leg-calf-hold achilles-twist step-down-heel-tap step-up
single-leg-deadlift hip-thrust romanian-deadlift glute-bridge back-extension bound hop skip
lateral-jump pogo plank wobble-board-balance leg-swing ankle-circle ride-the-pony
single-leg-squat-hold"""
PROGRAMME_IDS = [
    *("trail-speed", "six-patterns", "lift-and-spring"),
    *("gym-and-snacks", "daily-bodyweight", "blocks"),
]
ARTICLES = [
    *("kawamoto-speed", "klein-six", "trailrunner-lift"),
    *("clarke-runrun", "wyles-runrun", "running-power"),
]
BANDS = {Level.BEGINNER: (80, 100), Level.INTERMEDIATE: (100, 120), Level.ADVANCED: (120, 140)}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


def changed(change: Callable[[dict[str, Any], dict[str, Any]], object]) -> list[str]:
    """What is said of the shipped library after a change to it, made with its entries by id."""
    raw = copy.deepcopy(RAW)
    change({entry["id"]: entry for entry in _all(raw)}, raw)
    return [str(problem) for problem in parse(raw)[1]]


def _all(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return [*raw["exercises"], *raw["programmes"], *raw["routines"]]


def shipped(name: str) -> Exercise:
    return LIBRARY.exercises[name]


def test_the_shipped_library_has_no_problem() -> None:
    assert PROBLEMS == []
    assert len(LIBRARY.exercises) == len(RAW["exercises"])
    assert len(RUNNERS) == 101
    assert list(LIBRARY.programmes) == PROGRAMME_IDS


@pytest.mark.parametrize("name", EXERCISE_IDS.split())
def test_every_promised_exercise_is_there(name: str) -> None:
    assert name in LIBRARY.exercises


@pytest.mark.parametrize("source", ARTICLES)
def test_every_article_is_used(source: str) -> None:
    assert source in LIBRARY.sources
    assert any(source in exercise.sources for exercise in LIBRARY.exercises.values())


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_work_without_a_gym(category: str) -> None:
    assert select(LIBRARY.exercises.values(), category=category, equipment=())


def test_names_and_aliases_mean_one_exercise_each() -> None:
    meant: dict[str, str] = {}
    for exercise in LIBRARY.exercises.values():
        for word in {exercise.id, exercise.name, *exercise.aliases}:
            assert meant.setdefault(word.casefold(), exercise.id) == exercise.id


@pytest.mark.parametrize("exercise", RUNNERS, ids=[one.id for one in RUNNERS])
def test_how_and_why_are_short_whole_sentences(exercise: Exercise) -> None:
    for told in (*exercise.cues, exercise.why):
        assert told[0].isupper()
        assert told.endswith(".")
        assert not told.endswith("..")
    page = 76
    assert all(len(folded(cue, page, "1  ", "   ")) <= 2 for cue in exercise.cues)
    assert len(folded(exercise.why, page)) <= 3


def said_of(name: str) -> str:
    """The cues and the reason of an exercise, as one text in lower case."""
    return " ".join((*shipped(name).cues, shipped(name).why)).casefold()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("back-squat", "hold it on the way down; knees out; knee height; breathe out at the top"),
        ("back-squat", "form; trainer"),
        (
            "deadlift",
            "hold it; lock knees and hips; breathe out at the top; bar on the legs; form; trainer",
        ),
        ("split-squat", "hold it; straight down; back heel; front foot flat; hard as you can"),
        ("calf-raise", "full height; moment; under control; stretch; weight; one foot"),
        ("box-jump", "three to five jumps; rest two or three minutes; out of breath"),
        ("wall-sit", "push hard; sore knees; 45 degrees"),
        ("single-leg-wall-sit", "push hard; higher if the knee is sore"),
        ("single-leg-squat-hold", "push hard; wall; bench"),
        ("calf-hold", "push hard; wall; bench"),
        ("side-plank", "up to a minute; lift the top leg"),
        ("single-leg-squat", "tighten; low as you can; drive up; glute"),
        ("achilles-twist", "toes; outer edges; heels; inner edges"),
        ("rope-skipping", "imaginary"),
        ("towel-hamstring-eccentric", "other leg in the air; arms; whole count; lower the hips"),
        ("wall-lean-hold", "ball of the standing foot; past hip height"),
        ("glute-sling", "swap the arms; squeeze the standing glute"),
        ("seated-calf-raise", "below the edge; big toe"),
        ("dead-bug-squeeze", "navel; low back; ribs; keep crushing"),
        ("rear-foot-elevated-split-squat", "master the lunge first"),
    ],
)
def test_the_how_says_what_the_article_says(name: str, words: str) -> None:
    assert [word for word in words.split("; ") if word not in said_of(name)] == []


def test_an_exercise_names_the_articles_that_name_it() -> None:
    for name in ("wall-lean-hold", "glute-sling", "towel-hamstring-eccentric", "dead-bug-squeeze"):
        assert shipped(name).sources[0] == "kawamoto-speed"
    for exercise in LIBRARY.exercises.values():
        others = [source for source in exercise.sources if source != "project"]
        assert exercise.sources in ((*others,), (*others, "project"))
    # A rung that no article names is this project's, whatever its ladder comes from.
    for name in ("two-leg-towel-hamstring-eccentric", "shallow-wall-sit", "single-leg-calf-hold"):
        assert shipped(name).sources == ("project",)


@pytest.mark.parametrize("owned", ["band", "cable"])
def test_the_chop_can_be_done_with_a_band_or_a_cable(owned: str) -> None:
    assert Inventory(equipment=frozenset({owned})).can_do(shipped("half-kneeling-chop"))
    assert "cable" in shipped("half-kneeling-chop").cues[0]


def test_one_leg_work_is_done_on_each_side() -> None:
    single = [e for e in LIBRARY.exercises.values() if e.id.startswith("single-")]
    assert single
    assert {e.sides for e in single} == {Sides.PER_SIDE}
    assert shipped("wall-lean-hold").sides is Sides.ALTERNATING
    assert shipped("dead-bug-squeeze").sides is Sides.ALTERNATING


@pytest.mark.parametrize(
    ("name", "kind", "loading"),
    [
        ("calf-raise", Kind.LOADED, "heavy"),
        ("seated-calf-raise", Kind.LOADED, "high-rep"),
        ("glute-sling", Kind.LOADED, "high-rep"),
        ("half-kneeling-chop", Kind.LOADED, "high-rep"),
        ("step-up", Kind.LOADED, "heavy"),
        ("single-leg-squat", Kind.BODYWEIGHT, None),
        ("single-leg-squat-hold", Kind.HOLD, None),
        ("wall-lean-hold", Kind.CLUSTER, None),
        ("towel-hamstring-eccentric", Kind.ECCENTRIC, None),
        ("single-arm-farmers-march", Kind.CARRY, None),
        ("achilles-twist", Kind.MOBILITY, None),
        ("step-down-heel-tap", Kind.BODYWEIGHT, None),
    ],
)
def test_kinds_that_could_be_two_things(name: str, kind: Kind, loading: str | None) -> None:
    assert (shipped(name).kind, shipped(name).loading) == (kind, loading)


@pytest.mark.parametrize("level", Level)
def test_trail_speed_gives_the_doses_of_its_article(level: Level) -> None:
    whole = LIBRARY.programmes["trail-speed"].parts[0]
    doses = {
        name: dose_for(shipped(name), level, slot)
        for slot in whole.slots
        for name in slot.exercises
    }
    assert [dose.sets for dose in doses.values()] == [3] * 5
    # The article's doses, but for what beginners and intermediates build up to.
    reps = 15 if level is Level.BEGINNER else 25
    tempo_s = {Level.BEGINNER: 5, Level.INTERMEDIATE: 8, Level.ADVANCED: 10}[level]
    assert {name: dose.measures for name, dose in doses.items()} == {
        "wall-lean-hold": Measures(holds=8, hold_s=5),
        "glute-sling": Measures(reps=reps),
        "towel-hamstring-eccentric": Measures(reps=5, tempo_s=tempo_s),
        "seated-calf-raise": Measures(reps=reps),
        "dead-bug-squeeze": Measures(holds=8, hold_s=5),
    }


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("name", PROGRAMME_IDS)
def test_every_slot_resolves_to_work_of_its_kind(name: str, level: Level) -> None:
    for part in LIBRARY.programmes[name].parts:
        for slot in part.slots:
            for exercise in map(shipped, slot.every):
                measures = dose_for(exercise, level, slot).measures
                named = {m for m in MEASURES if getattr(measures, m) is not None}
                assert named in FORMS[exercise.kind]


def contacts(slot: Slot, name: str, level: Level) -> int:
    dose = dose_for(shipped(name), level, slot)
    legs = 1 if shipped(name).sides is Sides.BOTH else 2
    return dose.sets * (dose.measures.contacts or 0) * legs


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(
    ("programme", "part"),
    [
        ("lift-and-spring", "spring"),
        ("gym-and-snacks", "plyometrics"),
        ("gym-and-snacks", "plyometrics-one-leg"),
    ],
)
def test_jump_sessions_stay_inside_the_band(programme: str, part: str, level: Level) -> None:
    slots = next(p for p in LIBRARY.programmes[programme].parts if p.id == part).slots
    work = [s for s in slots if s.kind is SetKind.WORK]
    each = [sorted(contacts(s, name, level) for name in s.exercises) for s in work]
    low, high = BANDS[level]
    assert low <= sum(sum(c[: s.pick]) for s, c in zip(work, each, strict=True))
    assert sum(sum(c[-s.pick :]) for s, c in zip(work, each, strict=True)) <= high
    boxes = [contacts(s, "box-jump", level) for s in work if "box-jump" in s.exercises]
    assert max(boxes) <= 30


def test_no_programme_asks_for_the_hardest_jumps_before_week_seven() -> None:
    for programme in LIBRARY.programmes.values():
        hard = {
            part.id
            for part in programme.parts
            for slot in part.slots
            if any(shipped(name).jump_tier == "high" for name in slot.exercises)
        }
        for schedule in programme.schedules:
            early = {p for phase in schedule.phases if phase.first_week < 7 for p in phase.parts}
            assert not hard & early


def put(entry: str, key: str, value: object) -> Callable[[dict[str, Any], Any], object]:
    return lambda entries, _: entries[entry].update({key: value})


def drop(entry: str, key: str) -> Callable[[dict[str, Any], Any], object]:
    return lambda entries, _: entries[entry].pop(key)


def dose(key: str, value: object, name: str = "back-squat") -> Callable[[dict[str, Any], Any], Any]:
    return lambda entries, _: entries[name]["doses"]["beginner"].update({key: value})


def slots(entries: dict[str, Any]) -> Any:
    return entries["trail-speed"]["parts"][0]["slots"]


def phases(entries: dict[str, Any]) -> Any:
    return entries["lift-and-spring"]["schedules"][0]["phases"]


def lines(entries: dict[str, Any]) -> Any:
    return entries["cool-down"]["slots"]


SQUAT = "exercise back-squat: "
COOL = "routine cool-down: "
SPEED = "programme trail-speed: "
SPRING = "programme lift-and-spring: schedules.1."
WRONG: list[tuple[Callable[[dict[str, Any], Any], object], str]] = [
    (
        dose("rest_s", "long"),
        SQUAT
        + 'doses.beginner.rest_s: must be a whole number of seconds from 0 to 900, not "long"',
    ),
    (dose("sets", True), SQUAT + "doses.beginner.sets: must be a whole number from 1 to 10"),
    (
        dose("sets", 2.5),
        SQUAT + "doses.beginner.sets: must be a whole number from 1 to 10, not 2.5",
    ),
    (dose("reps", 10**9), SQUAT + "doses.beginner.reps: must be"),
    (dose("reps", None), SQUAT + "doses.beginner: a loaded dose is given in reps"),
    (dose("sets", None), SQUAT + "doses.beginner.sets: is missing"),
    (dose("reps_top", 4), SQUAT + "doses.beginner: reps_top"),
    (dose("hold_s", 5), SQUAT + "doses.beginner: a loaded dose is given in reps, not hold_s and"),
    (dose("load_kg", 60), SQUAT + "doses.beginner.load_kg: is unknown"),
    (dose("contacts", 7, "box-jump"), "exercise box-jump: doses.beginner: contacts must be"),
    (lambda e, _: e["back-squat"]["doses"].pop("advanced"), SQUAT + "doses.advanced: is missing"),
    (put("back-squat", "doses", []), SQUAT + "doses: must be an object, not a list"),
    (put("back-squat", "colour", "red"), SQUAT + "colour: is unknown"),
    (put("back-squat", "name", 7), SQUAT + "name: must be text, not 7"),
    (put("back-squat", "name", " "), SQUAT + "name: must be text"),
    (put("back-squat", "name", "x" * 61), SQUAT + "name: must be at most 60 characters"),
    (put("back-squat", "why", "a\x1b[2J"), SQUAT + "why: must not hold control"),
    (put("back-squat", "why", "a\u202eb"), SQUAT + "why: must not hold control"),
    (put("back-squat", "why", "\ud800"), SQUAT + "why: must not hold control"),
    (
        put("back-squat", "cues", ["one", "two"]),
        SQUAT + "cues: must be a list of 3 to 5 cues, not 2",
    ),
    (put("back-squat", "cues", ["a", "a", "b"]), SQUAT + "cues: names the same thing twice"),
    (put("back-squat", "kind", "lift"), SQUAT + "kind: must be one of loaded, "),
    (put("back-squat", "kind", ["loaded"]), SQUAT + "kind: must be one of loaded, "),
    (put("plank", "loading", "heavy"), "exercise plank: loading: only a loaded exercise"),
    (put("plank", "jump", {"feet": 1, "tier": "low"}), "exercise plank: jump: only a plyometric"),
    (put("bound", "jump", {"feet": 3, "tier": "low"}), "exercise bound: jump.feet: must be"),
    (put("back-squat", "category", "legs"), SQUAT + "category: must be one of lunge, "),
    (put("back-squat", "equipment", ["Log"]), SQUAT + "equipment: must be an id such as"),
    (
        put("back-squat", "equipment", ["barbel"]),
        SQUAT + "equipment: has barbel; barbell is meant?",
    ),
    (put("back-squat", "leg_load", 4), SQUAT + "leg_load: must be a whole number from 0 to 3"),
    (put("back-squat", "regions", []), SQUAT + "regions: must be a list of 1 to 9 regions, not 0"),
    (put("back-squat", "regions", ["elbow"]), SQUAT + "regions: must be one of ankle-calf, back,"),
    (put("back-squat", "regions", ["hip", "hip"]), SQUAT + "regions: names the same thing twice"),
    (put("back-squat", "region", "hip"), SQUAT + "region: must be the first of regions, knee, or"),
    (
        lambda e, _: e["back-squat"].update(regions=None, region="elbow"),
        SQUAT + "region: must be one of hip, knee, ankle-calf, shin, foot, hamstring, back,",
    ),
    (put("back-squat", "sources", ["me"]), SQUAT + "sources: there is no source called me"),
    (put("back-squat", "harder", "Front Squat"), SQUAT + "harder: must be an id"),
    (
        put("back-squat", "harder", "back-to-front"),
        SQUAT + "harder: there is no exercise called back-to-front",
    ),
    (put("back-squat", "id", "lunge"), "exercise lunge: id: is used by another entry"),
    (put("back-squat", "id", "\x1b"), "exercise number 9: id: must be an id such as"),
    (put("trail-speed", "parts", []), SPEED + "parts: must be a list of 1 to 20 parts, not 0"),
    (lambda e, _: slots(e)[0].update(pick=2), SPEED + "parts.1.slots.1.pick: must be"),
    (lambda e, _: slots(e)[0].update(exercises=["x"]), SPEED + "parts.whole.slots.1: there is no"),
    (
        lambda e, _: slots(e)[0].update(dose={"reps": 5}),
        SPEED + "parts.whole.slots.1: wall-lean-hold, beginner: a cluster dose is given in",
    ),
    (
        lambda e, _: slots(e)[0].update(dose={"expert": {}}),
        SPEED + "parts.1.slots.1.dose.expert: is unknown",
    ),
    (
        lambda e, _: slots(e)[0].update(dose={"beginner": {"sets": 0}}),
        SPEED + "parts.1.slots.1.dose.beginner.sets: must be",
    ),
    (lambda e, _: slots(e)[0].update(kind="rest"), SPEED + "parts.1.slots.1.kind: must be one of"),
    (lambda e, _: phases(e)[0].update(parts=["x"]), SPRING + "phases.1.parts: no part of this"),
    (lambda e, _: phases(e)[1].update(first_week=6), SPRING + "phases.2.first_week: must be 5"),
    (lambda e, _: phases(e)[0].update(last_week=None), SPRING + "phases.2.first_week: cannot be"),
    (lambda e, _: phases(e)[1].update(last_week=2), SPRING + "phases.2.last_week: must not be"),
    (
        lambda e, _: e["lift-and-spring"]["schedules"][0].update(gap_days=[3, 2]),
        SPRING + "gap_days: must be two numbers",
    ),
    (
        lambda e, _: e["lift-and-spring"]["schedules"][0].update(repeats=True),
        SPRING + "repeats: needs a last_week",
    ),
    (
        lambda e, _: e["trail-speed"]["parts"][0]["slots"][0].update(fast="yes"),
        SPEED + "parts.1.slots.1.fast: must be true or false",
    ),
    (
        lambda e, _: e["trail-speed"]["schedules"][1].update(id="weekly"),
        SPEED + "schedules: two of them have the same id",
    ),
    (put("cool-down", "minutes", 0), COOL + "minutes: must be"),
    (put("cool-down", "minutes", 31), COOL + "minutes: must be"),
    (drop("cool-down", "minutes"), COOL + "minutes: is missing"),
    (drop("cool-down", "about"), COOL + "about: is missing"),
    (put("cool-down", "work", "yes"), COOL + "work: must be true or false"),
    (put("cool-down", "work", 1), COOL + "work: must be true or false"),
    (put("cool-down", "colour", "red"), COOL + "colour: is unknown"),
    (put("cool-down", "slots", []), COOL + "slots: must be a list of 1 to 30 slots, not 0"),
    (put("cool-down", "sources", []), COOL + "sources: must be a list of 1 to 8 source ids, not 0"),
    (put("cool-down", "sources", ["me"]), COOL + "sources: there is no source called me"),
    (put("cool-down", "id", "no-gym"), "routine no-gym: id: is used by another entry"),
    (lambda e, _: lines(e)[0].update(exercises=["x"]), COOL + "slots.1: there is no exercise"),
    (lambda e, _: lines(e)[1].update(dose={"reps": 5, "hold_s": 5}), COOL + "slots.2: hamstring"),
    (lambda e, _: lines(e)[1].update(pick=2), COOL + "slots.2.pick: must be"),
    (lambda _, raw: raw.update(schema_version=2), "schema_version: is 2; this version reads 1"),
    (lambda _, raw: raw.pop("schema_version"), "schema_version: is missing"),
    (lambda _, raw: raw.update(schema_version=1.0), "schema_version: must be 1, not 1.0"),
    (lambda _, raw: raw.update(plans=[]), "plans: is unknown"),
    (
        lambda _, raw: raw["exercises"].append(3),
        f"exercise number {len(RAW['exercises']) + 1}: must",
    ),
    (lambda _, raw: raw["sources"].update(project={}), "sources.project.title: is missing"),
]


@pytest.mark.parametrize(("change", "told"), WRONG, ids=[told for _, told in WRONG])
def test_a_wrong_library_is_told_where_and_what(
    change: Callable[[dict[str, Any], Any], object], told: str
) -> None:
    problems = changed(change)
    assert any(line.startswith("library.json: " + told) for line in problems), problems
    assert all(line.isprintable() for line in problems)


def test_one_wrong_value_is_one_problem() -> None:
    assert len(changed(dose("rest_s", "long"))) == 1
    assert len(changed(put("back-squat", "kind", "lift"))) == 1


def test_two_entries_without_an_id_are_not_called_the_same() -> None:
    raw = {"schema_version": 1, "exercises": [{}, {}]}
    assert not any("another entry" in str(problem) for problem in parse(raw)[1])


def test_a_wrong_entry_is_left_out_and_the_others_stay() -> None:
    raw = copy.deepcopy(RAW)
    raw["exercises"][0]["leg_load"] = 9
    library, problems = parse(raw, name="mine.json")
    assert set(LIBRARY.exercises) - set(library.exercises) == {"lunge"}
    assert [str(p) for p in problems] == [
        "mine.json: exercise lunge: leg_load: must be a whole number from 0 to 3, not 9"
    ]


@given(JSON)
def test_any_json_value_is_read_without_a_crash(raw: object) -> None:
    _, problems = parse(raw)
    assert problems
    assert all(str(problem).isprintable() for problem in problems)


@given(st.sampled_from(["exercises", "programmes"]), st.data(), JSON)
def test_any_value_at_any_place_is_read_without_a_crash(
    section: str, data: st.DataObject, value: object
) -> None:
    entry = data.draw(st.sampled_from(RAW[section]))
    key = data.draw(st.sampled_from(sorted(entry)))
    library, problems = overlay(LIBRARY, {"schema_version": 1, section: [{**entry, key: value}]})
    assert all(str(problem).isprintable() for problem in problems)
    assert not problems or library is LIBRARY


def test_a_cycle_of_a_ladder_is_named() -> None:
    problems = changed(put("split-squat", "harder", "lunge"))
    assert len(problems) == 1
    assert "the ladder goes in a circle: " in problems[0]
    assert "lunge > split-squat > lunge" in problems[0]


def test_two_that_are_each_easier_than_the_other_are_a_cycle() -> None:
    assert any("circle" in line for line in changed(put("plank", "harder", "kneeling-plank")))


def own(of: str, **changes: object) -> dict[str, Any]:
    """A runner's own library with one exercise, a changed copy of a shipped one."""
    entry = next(e for e in RAW["exercises"] if e["id"] == of)
    return {"schema_version": 1, "exercises": [{**entry, **changes}]}


def test_own_entries_replace_and_add() -> None:
    merged, problems = overlay(LIBRARY, own("lunge", name="My Lunge", aliases=[]))
    assert problems == []
    assert merged.exercises["lunge"].name == "My Lunge"
    assert merged.exercises["lunge"].aliases == ()
    assert list(merged.exercises) == list(LIBRARY.exercises)
    merged, problems = overlay(LIBRARY, own("lunge", id="big-lunge", easier="lunge", harder=None))
    assert problems == []
    assert merged.exercises["big-lunge"].easier == "lunge"
    assert merged.exercises["lunge"] == shipped("lunge")


def test_an_own_exercise_may_name_its_main_region_alone() -> None:
    for changes, regions in (
        ({"regions": None, "region": "hip"}, ("hip",)),
        ({"region": "knee"}, ("knee", "hip")),
        ({"regions": ["shin", "foot"]}, ("shin", "foot")),
    ):
        merged, problems = overlay(LIBRARY, own("lunge", **changes))
        assert problems == []
        assert merged.exercises["lunge"].regions == regions
        assert merged.exercises["lunge"].region == regions[0]


def test_a_cycle_across_both_libraries_is_found() -> None:
    merged, problems = overlay(LIBRARY, own("back-squat", harder="bodyweight-squat"))
    assert merged is LIBRARY
    assert "bodyweight-squat" in problems[0].message
    assert "goblet-squat" in problems[0].message


def test_an_own_exercise_that_no_longer_fits_a_programme_is_told() -> None:
    hold = {level: {"sets": 2, "hold_s": 20, "rest_s": 60} for level in Level}
    merged, problems = overlay(LIBRARY, own("lunge", kind="hold", doses=hold))
    assert merged is LIBRARY
    assert {p.entry for p in problems} >= {"programme lift-and-spring"}


def test_a_slot_that_names_a_measure_names_them_all() -> None:
    lunge = shipped("lunge")
    plain = lunge.doses[Level.BEGINNER]
    assert dose_for(lunge, Level.BEGINNER) == plain
    assert dose_for(lunge, Level.BEGINNER, Slot(exercises=("lunge",), dose={"sets": 1})) == Dose(
        sets=1, measures=plain.measures, reps_top=plain.reps_top, rest_s=plain.rest_s
    )
    fixed = Slot(exercises=("lunge",), dose={"advanced": {"reps": 20}})
    assert dose_for(lunge, Level.BEGINNER, fixed) == plain
    assert dose_for(lunge, Level.ADVANCED, fixed).measures == Measures(reps=20)
    assert dose_for(lunge, Level.ADVANCED, fixed).reps_top is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("back-squat", "back-squat"),
        ("Back Squat", "back-squat"),
        ("rdl", "romanian-deadlift"),
        ("bulgarian", "rear-foot-elevated-split-squat"),
        ("rear foot", "rear-foot-elevated-split-squat"),
        ("RFESS", "rear-foot-elevated-split-squat"),
        ("sls", "single-leg-squat"),
        ("hkc", "half-kneeling-chop"),
        ("squat split", "split-squat"),
        ("heel tap", "step-down-heel-tap"),
        ("sqaut", "back-squat"),
        ("cslf raise", "calf-raise"),
        ("deadlfit", "deadlift"),
        ("gltsl", "glute-sling"),
        ("pony", "ride-the-pony"),
    ],
)
def test_find_puts_the_meant_one_first(typed: str, first: str) -> None:
    assert find(LIBRARY, typed)[0].id == first


def test_find_of_nothing_is_everything_and_of_nonsense_nothing() -> None:
    assert find(LIBRARY, " ") == list(LIBRARY.exercises.values())
    assert find(LIBRARY, "xqzxqz") == []
    assert find(LIBRARY, "???") == []


@given(st.text())
def test_find_takes_any_text(text: str) -> None:
    found = find(LIBRARY, text)
    assert len({e.id for e in found}) == len(found)
    assert found == find(LIBRARY, text)


def test_lookup_names_one_or_suggests() -> None:
    assert lookup(LIBRARY, "deadlift") == shipped("deadlift")
    assert lookup(LIBRARY, "HIP THRUST") == shipped("hip-thrust")
    assert lookup(LIBRARY, "trap bar") == shipped("hex-bar-deadlift")
    assert lookup(LIBRARY, "romanian") == shipped("romanian-deadlift")
    several = lookup(LIBRARY, "single-leg")
    assert isinstance(several, list)
    assert len(several) == 5
    slip = lookup(LIBRARY, "bakc-squat")
    assert isinstance(slip, list)
    assert slip[0].id == "back-squat"
    assert lookup(LIBRARY, "") == []
    assert lookup(Library(), "lunge") == []


def test_a_programme_is_looked_up_like_an_exercise() -> None:
    assert lookup_programme(LIBRARY, "six patterns") == LIBRARY.programmes["six-patterns"]
    assert lookup_programme(LIBRARY, "trail") == LIBRARY.programmes["trail-speed"]
    assert lookup_programme(LIBRARY, "blcoks") == [LIBRARY.programmes["blocks"]]


def test_a_routine_is_looked_up_like_an_exercise() -> None:
    assert lookup_routine(LIBRARY, "no gym") == LIBRARY.routines["no-gym"]
    assert lookup_routine(LIBRARY, "cool") == LIBRARY.routines["cool-down"]
    assert lookup_routine(LIBRARY, "moblity") == [LIBRARY.routines["mobility"]]
    assert lookup_routine(LIBRARY, "zzqx") == []


def test_a_runner_may_have_a_routine_of_their_own_and_change_a_shipped_one() -> None:
    entry = next(one for one in RAW["routines"] if one["id"] == "cool-down")
    mine = {
        "schema_version": 1,
        "routines": [{**entry, "id": "evening"}, {**entry, "name": "Slow"}],
    }
    merged, problems = overlay(LIBRARY, mine)
    assert problems == []
    assert list(merged.routines) == [*LIBRARY.routines, "evening"]
    assert merged.routines["evening"].slots == LIBRARY.routines["cool-down"].slots
    assert merged.routines["cool-down"].name == "Slow"
    assert merged.programmes == LIBRARY.programmes


def test_select_joins_its_filters() -> None:
    every = LIBRARY.exercises.values()
    assert select(every) == list(every)
    holds = select(every, category="core", kind=Kind.HOLD, equipment=())
    assert {e.id for e in holds} == {
        *("plank", "kneeling-plank", "side-plank", "side-plank-leg-raise")
    }
