"""Pain in a region, however it was reported: what rests for it, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from tests.domain.calculator.logs import LIBRARY
from tests.strategies import examples
from tui.domain.calculator import Advice, Setup, State, advance, fold, prescribe
from tui.domain.calculator.advice import Action, Calendar, Dated, Profile, Race
from tui.domain.calculator.bouts import Grade
from tui.domain.calculator.guards import guards
from tui.domain.calculator.loads import Inventory
from tui.domain.calculator.log_fold import Happening
from tui.domain.calculator.morning_pain import morning
from tui.domain.calculator.state import ExerciseHistory, JumpDay
from tui.domain.model.library.checks import LEG_REGIONS, REGIONS
from tui.domain.model.readiness import Ready, readiness
from tui.domain.model.regions import loaded
from tui.domain.model.values import (
    Entry,
    Exercise,
    Kind,
    Level,
    Measures,
    Part,
    Programme,
    Session,
    SetEntry,
    SetKind,
    Side,
)
from tui.domain.planning.diary import Diary, RunKind, WeeklyRun
from tui.domain.planning.micro_session import snack
from tui.domain.planning.placement import Placed, Wanted
from tui.domain.planning.today import plan
from tui.domain.session.live import Item

DAY = date(2026, 3, 2)
SETUP = Setup(library=LIBRARY)
EVERY = LIBRARY.exercises
TELLERS = ("morning", "readiness", "set", "warm-up")
AT_HAND: tuple[frozenset[str] | None, ...] = (None, frozenset(), frozenset({"dumbbells"}))
FEWER = examples(60)
PARTS = [
    (programme, part)
    for programme in LIBRARY.programmes.values()
    for part in programme.parts
    if not any(LIBRARY.exercises[name].blank for slot in part.slots for name in slot.exercises)
]


def days(count: int) -> timedelta:
    return timedelta(days=count)


def did(
    name: str,
    day: date,
    pain: int | None,
    kind: SetKind = SetKind.WORK,
    *,
    undone: str | None = None,
    hour: int = 18,
) -> Session:
    """One set of an exercise, as the library doses it."""
    done = EVERY[name].doses[Level.INTERMEDIATE].measures
    row = SetEntry(
        id="1",
        edited="",
        number=1,
        side=Side.BOTH,
        done=Measures() if undone else done,
        kind=kind,
        pain=pain,
        undone=undone,
    )
    entry = Entry(id="e", edited="", exercise=name, sets=(row,))
    started = datetime.combine(day, time(hour), UTC)
    return Session(id=f"{day}{name}{hour}", edited="", started=started, entries=(entry,))


def report(teller: str, region: str, pain: int, day: date) -> Happening:
    """Pain in a region, reported in one of the possible ways."""
    if teller == "morning":
        return morning(day, region, pain, "")
    if teller == "readiness":
        return readiness(Ready(day=day, legs=4, sleep=4, pain=pain, region=region), "")
    name = next((e.id for e in EVERY.values() if e.region == region), None)
    if name is None:  # A set never tells of a foot or a shin.
        return morning(day, region, pain, "")
    return did(name, day, pain, SetKind.WORK if teller == "set" else SetKind.WARMUP)


def codes(log: Iterable[Happening], day: date, name: str = "lunge", baseline: int = 0) -> list[str]:
    setup = replace(SETUP, profile=Profile(pain_baseline=baseline))
    return [g.reason.code for g in guards(setup, fold(setup, log), EVERY[name], day).fired]


# -- one notion ------------------------------------------------------------------------------------


@pytest.mark.parametrize("teller", TELLERS)
@pytest.mark.parametrize(
    "name", ["lunge", "deadlift", "rope-skipping", "seated-calf-raise", "duck-walk", "hop"]
)
def test_much_pain_rests_what_loads_the_region_whoever_told_of_it(teller: str, name: str) -> None:
    log = [report(teller, "knee", 6, DAY)]
    assert codes(log, DAY, name) == ["PAIN_STOP"]
    assert "PAIN_STOP" not in codes(log, DAY, "quad-stretch")
    assert codes(log, DAY, "push-up") == []


@pytest.mark.parametrize("teller", TELLERS)
@pytest.mark.parametrize("pain", [4, 5])
def test_with_some_pain_jumps_stay_low(teller: str, pain: int) -> None:
    log = [report(teller, "hamstring", pain, DAY)]
    said = prescribe(SETUP, fold(SETUP, log), EVERY["lateral-jump"], DAY + days(1))
    assert (said.variant, said.action) == ("rope-skipping", Action.SUBSTITUTE)
    assert [reason.code for reason in said.reasons].count("PAIN_JUMPS") == 1
    rope = prescribe(SETUP, fold(SETUP, log), EVERY["rope-skipping"], DAY + days(1))
    assert rope.plan.sets
    # Those that list the region go.
    own = prescribe(SETUP, fold(SETUP, log), EVERY["bound"], DAY + days(1))
    assert EVERY[own.variant].kind is not Kind.PLYOMETRIC or not own.plan.sets


@pytest.mark.parametrize("teller", ["morning", "readiness", "set"])
@pytest.mark.parametrize("name", ["rope-skipping", "pogo", "squat-jump"])
def test_no_jump_on_a_knee_that_hurts(teller: str, name: str) -> None:
    sore = fold(SETUP, [report(teller, "knee", 5, DAY)])
    said = prescribe(SETUP, sore, EVERY[name], DAY + days(1))
    assert EVERY[said.variant].kind is not Kind.PLYOMETRIC or not said.plan.sets
    clean = JumpDay(day=DAY - days(4), contacts=100, tier=0, grade=Grade.CLEAN, largest=20)
    known = State(jumps=(clean,), jumped={name: (clean,)})
    for log in ([morning(DAY, "knee", 3, "")], [morning(DAY, "foot", 3, "")]):
        state = known
        for one in log:
            state = advance(SETUP, state, one)
        again = prescribe(SETUP, state, EVERY[name], DAY + days(1))
        assert again.action not in (Action.INCREASE, Action.VARIANT_UP)


def test_pain_of_another_region_of_the_leg_adds_no_low_jumps() -> None:
    clean = JumpDay(day=DAY - days(4), contacts=100, tier=0, grade=Grade.CLEAN, largest=20)
    known = State(jumps=(clean,), jumped={"pogo": (clean,)})
    sore = advance(SETUP, known, morning(DAY, "hamstring", 4, ""))
    [fine, less] = [prescribe(SETUP, s, EVERY["pogo"], DAY) for s in (known, sore)]
    [more, same] = [
        sum(s.goals[0].measures.contacts or 0 for s in a.plan.sets) for a in (fine, less)
    ]
    assert (fine.action, more > 100) == (Action.INCREASE, True)
    assert (less.action, same) == (Action.HOLD, 100)


def test_jumps_that_pain_takes_out_hand_nothing_on() -> None:
    """Resting the other jumps must not add low jumps to a session."""
    programme = LIBRARY.programmes["lift-and-spring"]
    spring = Placed(wanted=Wanted(part="spring", name="Spring"), day=DAY)
    usual = plan(SETUP, State(), programme, DAY, spring)
    sore = fold(SETUP, [morning(DAY, "hamstring", 5, "")])
    made = plan(SETUP, sore, programme, DAY, spring)

    def low(items: Iterable[Item]) -> int:
        return sum(
            goal.measures.contacts or 0
            for item in items
            if EVERY[item.exercise].jump_tier == "low"
            for one in item.plan.sets
            for goal in one.goals
        )

    assert {EVERY[i.exercise].jump_tier for i in made.items} <= {None, "low"}
    assert [[r.code for r in said.reasons] for said in made.resting] == [["PAIN_JUMPS"]] * 2
    assert 0 < low(made.items) <= low(usual.items)


@pytest.mark.parametrize("pain", [4, 5, 9])
def test_a_warm_up_does_not_jump_on_what_hurts(pain: int) -> None:
    sore = fold(SETUP, [morning(DAY, "ankle-calf", pain, "")])
    made = plan(SETUP, sore, LIBRARY.programmes["lift-and-spring"], DAY)
    assert "rope-skipping" not in [item.exercise for item in made.items]


@pytest.mark.parametrize(("region", "pain", "there"), [
    ("knee", 3, True), ("knee", 5, False), ("knee", 9, False), ("foot", 5, False),
    ("back", 9, True),
])  # fmt: skip
def test_a_warm_up_of_the_legs_is_left_out_for_what_hurts(
    region: str, pain: int, *, there: bool
) -> None:
    sore = fold(SETUP, [morning(DAY, region, pain, "")])
    made = plan(SETUP, sore, LIBRARY.programmes["six-patterns"], DAY)
    assert ("duck-walk" in [item.exercise for item in made.items]) is there


# -- how long it counts ----------------------------------------------------------------------------


@pytest.mark.parametrize("first", TELLERS)
@pytest.mark.parametrize("then", TELLERS)
def test_the_latest_report_counts(first: str, then: str) -> None:
    def stops(*told: int) -> bool:
        reports = zip((first, then), told, strict=False)
        log = [report(who, "knee", pain, DAY + days(n)) for n, (who, pain) in enumerate(reports)]
        return "PAIN_STOP" in codes(log, DAY + days(2))

    assert stops(9)
    assert stops(3, 8)
    assert not stops(9, 2)
    assert not stops(9, 5)


@pytest.mark.parametrize(
    ("baseline", "told", "stops"), [(0, 2, False), (4, 4, False), (0, 6, True)]
)
def test_what_clears_it_goes_by_the_usual_pain(baseline: int, told: int, *, stops: bool) -> None:
    log = [morning(DAY, "knee", 8, ""), morning(DAY + days(1), "knee", told, "")]
    assert ("PAIN_STOP" in codes(log, DAY + days(1), baseline=baseline)) is stops


def test_a_morning_as_usual_says_nothing_and_one_more_than_that_its_pain() -> None:
    assert codes([morning(DAY, "knee", 4, "")], DAY, baseline=4) == []
    assert codes([morning(DAY, "knee", 4, "")], DAY, baseline=3) == ["PAIN_LESS"]


@pytest.mark.parametrize("teller", TELLERS)
def test_without_a_word_it_counts_for_a_fortnight(teller: str) -> None:
    log = [report(teller, "knee", 9, DAY)]
    assert "PAIN_STOP" in codes(log, DAY + days(13))
    after = codes(log, DAY + days(14))
    assert "PAIN_STOP" not in after
    # And even then it does not go on as if nothing had been.
    assert {"PAIN_LESS", "PAIN_RETURN"} & set(after)


@pytest.mark.parametrize("teller", ["morning", "readiness"])
def test_a_session_that_says_nothing_of_it_clears_nothing(teller: str) -> None:
    log = [report(teller, "knee", 8, DAY), did("step-up", DAY, None)]
    assert codes(log, DAY + days(2)) == ["PAIN_STOP"]
    log.append(did("step-up", DAY + days(3), None))
    assert codes(log, DAY + days(4)) == ["PAIN_STOP"]


@pytest.mark.parametrize("teller", TELLERS)
def test_after_it_two_easy_sessions_come_first(teller: str) -> None:
    log: list[Happening] = [report(teller, "knee", 7, DAY), morning(DAY + days(1), "knee", 0, "")]
    seen = []
    for n in (2, 5, 8):
        seen.append(bool({"PAIN_LESS", "PAIN_RETURN"} & set(codes(log, DAY + days(n)))))
        log.append(did("lunge", DAY + days(n), 1))
    assert seen == [True, True, False]


def test_readiness_of_little_pain_clears_its_region_and_no_other() -> None:
    hurt = [morning(DAY, "knee", 9, ""), morning(DAY, "shoulder", 9, "")]
    calm = readiness(Ready(day=DAY + days(1), legs=4, sleep=4, pain=1, region="knee"), "")
    assert "PAIN_STOP" not in codes([*hurt, calm], DAY + days(1))
    assert "PAIN_STOP" in codes([*hurt, calm], DAY + days(1), "push-up")


def test_a_set_left_out_says_nothing_unless_it_told_of_pain() -> None:
    hurt = morning(DAY, "knee", 9, "")
    assert codes([hurt, did("lunge", DAY, None, undone="time")], DAY) == ["PAIN_STOP"]
    assert "PAIN_STOP" not in codes([hurt, did("lunge", DAY, 1, undone="time")], DAY)


def test_of_two_exercises_of_a_region_the_one_that_told_counts() -> None:
    log = [did("lunge", DAY, 8, hour=7), did("wall-sit", DAY, None, hour=19)]
    assert codes(log, DAY + days(2)) == ["PAIN_STOP"]


def test_a_calm_morning_takes_back_what_was_told_before_a_session() -> None:
    told = readiness(Ready(day=DAY, legs=4, sleep=4, pain=5, region="knee"), "")
    assert codes([told], DAY) == ["PAIN_LESS"]
    assert codes([told, morning(DAY + days(1), "knee", 0, "")], DAY + days(1)) == ["PAIN_RETURN"]


def test_an_old_bad_morning_still_wants_its_two_sessions() -> None:
    log: list[Happening] = [morning(DAY, "knee", 9, "")]
    log += [did("lunge", DAY + days(n), 0) for n in (16, 19)]
    assert "PAIN_RETURN" in codes(log[:2], DAY + days(19))
    assert codes(log, DAY + days(22)) == []


@pytest.mark.parametrize("teller", TELLERS)
def test_sessions_without_a_word_of_it_do_not_clear_it(teller: str) -> None:
    log = [report(teller, "knee", 5, DAY)]
    log += [did("lunge", DAY + days(n), None) for n in (2, 5)]
    assert "PAIN_LESS" in codes(log, DAY + days(8))
    log.append(morning(DAY + days(8), "knee", 1, ""))
    assert codes(log, DAY + days(8)) == []


@pytest.mark.parametrize("teller", TELLERS)
@pytest.mark.parametrize("cleared", [False, True])
def test_after_a_rest_the_first_session_is_lighter_whoever_told_of_it(
    teller: str, *, cleared: bool
) -> None:
    log = [report(teller, "knee", 8, DAY)]
    log += [morning(DAY + days(1), "knee", 0, "")] if cleared else []
    back = DAY + days(2 if cleared else 15)
    assert "PAIN_LESS" in codes(log, back)
    log.append(did("lunge", back, 0))
    assert codes(log, back + days(3)) == ["PAIN_RETURN"]


def test_little_pain_is_no_easy_session() -> None:
    log: list[Happening] = [did("lunge", DAY, 5)]
    log += [did("lunge", DAY + days(n), pain) for n, pain in ((3, 3), (6, 2))]
    assert codes(log, DAY + days(9)) == ["PAIN_RETURN"]
    assert codes([*log, did("lunge", DAY + days(9), 2)], DAY + days(12)) == []


# -- all the regions of an exercise ----------------------------------------------------------------


@pytest.mark.parametrize("teller", ["morning", "readiness"])
@pytest.mark.parametrize(("pain", "code"), [(2, None), (3, "PAIN_HOLD"), (5, "PAIN_LESS")])
def test_pain_in_another_of_its_regions_eases_an_exercise(
    teller: str, pain: int, code: str | None
) -> None:
    for region, name in (("hip", "split-squat"), ("back", "back-squat"), ("shin", "calf-raise")):
        found = codes([report(teller, region, pain, DAY)], DAY, name)
        assert found == ([] if code is None else [code])


def test_it_does_not_go_on_for_ever_in_a_region_that_is_never_the_main_one() -> None:
    log: list[Happening] = [morning(DAY, "foot", 5, ""), morning(DAY + days(1), "foot", 0, "")]
    seen = []
    for n in (2, 5, 8):
        seen.append(codes(log, DAY + days(n), "calf-raise"))
        log.append(did("calf-raise", DAY + days(n), 0))
    assert seen == [["PAIN_RETURN"], ["PAIN_RETURN"], []]


def test_pain_told_with_a_set_belongs_to_the_main_region() -> None:
    log = [did("back-squat", DAY, 8)]
    assert codes(log, DAY + days(1), "lunge") == ["PAIN_STOP"]
    assert codes(log, DAY + days(1), "clamshell") == []


@pytest.mark.parametrize("region", ["foot", "shin"])
def test_with_a_sore_foot_or_shin_there_are_no_jumps(region: str) -> None:
    state = fold(SETUP, [morning(DAY, region, 4, "")])
    for one in EVERY.values():
        if one.kind is Kind.PLYOMETRIC:
            said = prescribe(SETUP, state, one, DAY)
            assert EVERY[said.variant].kind is not Kind.PLYOMETRIC or not said.plan.sets


def test_the_strictest_region_names_the_action() -> None:
    log: list[Happening] = [morning(DAY, "knee", 0, ""), did("lunge", DAY, 3)]
    log.append(morning(DAY + days(1), "hip", 5, ""))
    assert codes(log, DAY + days(1), "back-squat") == ["PAIN_LESS", "PAIN_HOLD"]
    said = prescribe(SETUP, fold(SETUP, log), EVERY["back-squat"], DAY + days(1))
    assert said.action is Action.DECREASE


@pytest.mark.parametrize("pain", [3, 5])
def test_the_quiet_hold_of_a_knee_is_shallow(pain: int) -> None:
    said = asked("lunge", ("knee", pain))
    assert (said.variant, said.action) == ("shallow-wall-sit", Action.VARIANT_DOWN)
    cues = " ".join(EVERY["shallow-wall-sit"].cues)
    assert "45 degrees" in cues
    assert not any(words in cues for words in ("90", "right angle", "level"))
    assert [r.code for r in said.reasons] == ["PAIN_MORNING", "ISOMETRIC"]


def test_the_quiet_hold_is_that_of_the_region_that_hurts() -> None:
    assert asked("pogo", ("foot", 5)).variant == "calf-hold"
    assert asked("squat-jump", ("knee", 5)).variant == "shallow-wall-sit"
    assert asked("rope-skipping", ("shin", 5)).plan.sets == ()


# -- what is left ----------------------------------------------------------------------------------


def asked(name: str, *pains: tuple[str, int], log: Iterable[Happening] = ()) -> Advice:
    told = [morning(DAY, region, pain, "") for region, pain in pains]
    return prescribe(SETUP, fold(SETUP, [*log, *told]), EVERY[name], DAY)


def test_no_quiet_hold_stands_in_that_loads_what_must_rest() -> None:
    assert asked("plank", ("back", 5)).variant == "side-plank"
    assert asked("plank", ("back", 5), ("hip", 9)).variant == "kneeling-plank"
    less = asked("dead-bug", ("back", 5), ("shoulder", 9))
    assert (less.variant, less.action) == ("dead-bug", Action.DECREASE)


def raises(*reps: int) -> list[Happening]:
    """Side-lying leg raises, three days apart, the last three days ago."""
    first = DAY - days(3 * len(reps))
    made = [did("side-lying-leg-raise", first + days(3 * n), 0) for n in range(len(reps))]
    return [with_reps(one, count) for one, count in zip(made, reps, strict=True)]


def with_reps(one: Session, reps: int) -> Session:
    """Three sets of these reps on each side."""
    [entry] = one.entries
    rows = [
        replace(entry.sets[0], id=f"{n}{side}", number=n, side=side, done=Measures(reps=reps))
        for n in (1, 2, 3)
        for side in (Side.LEFT, Side.RIGHT)
    ]
    return replace(one, entries=(replace(entry, sets=tuple(rows)),))


def test_no_harder_variant_that_loads_what_must_rest() -> None:
    top = EVERY["side-lying-leg-raise"].doses[Level.INTERMEDIATE].reps_top or 0
    log = raises(top, top)
    assert asked("side-lying-leg-raise", log=log).variant == "lateral-band-walk"
    here = asked("side-lying-leg-raise", ("knee", 9), log=log)
    assert (here.variant, here.action, bool(here.plan.sets)) == (
        "side-lying-leg-raise",
        Action.HOLD,
        True,
    )
    gone = [*log, did("lateral-band-walk", DAY - days(1), 0)]
    assert asked("side-lying-leg-raise", log=gone).variant == "lateral-band-walk"
    back = asked("side-lying-leg-raise", ("knee", 9), log=gone)
    assert (back.variant, bool(back.plan.sets)) == ("side-lying-leg-raise", True)
    # It is asked for as after any time away.
    late = DAY + days(20)
    sore = fold(SETUP, [*gone, morning(late, "knee", 9, "")])
    again = prescribe(SETUP, sore, EVERY["side-lying-leg-raise"], late)
    assert (again.variant, again.action) == ("side-lying-leg-raise", Action.LAYOFF)


def test_what_rests_for_pain_rests_without_a_gym_as_well() -> None:
    bare = replace(SETUP, inventory=Inventory(equipment=frozenset()))
    state = fold(bare, [morning(DAY, "back", 9, "")])
    said = prescribe(bare, state, EVERY["back-squat"], DAY)
    assert (said.action, said.plan.sets) == (Action.REST, ())
    assert [reason.code for reason in said.reasons] == ["PAIN_STOP"]


def test_a_stand_in_is_sought_that_leaves_the_sore_region_alone() -> None:
    """Holding a knee without a band means standing on one foot: work for the shin. What is left for
    a sore one has another job, and says so."""
    bare = replace(SETUP, inventory=Inventory(equipment=frozenset()))
    lean = EVERY["wall-lean-hold"]
    before = prescribe(bare, State(), lean, DAY)
    assert before.variant == "standing-knee-hold"
    assert "OTHER_ROLE" not in [reason.code for reason in before.reasons]
    said = prescribe(bare, fold(bare, [morning(DAY, "shin", 9, "")]), lean, DAY)
    assert said.plan.sets
    assert "shin" not in EVERY[said.variant].regions
    assert "OTHER_ROLE" in [reason.code for reason in said.reasons]


def test_in_a_taper_the_known_exercise_is_one_that_may_be_done() -> None:
    taper = replace(SETUP, calendar=Calendar(races=(Race(day=DAY + days(10)),)))
    log: list[Happening] = [did("plank", DAY - days(6), 0), did("dead-bug", DAY - days(4), 0)]
    new = EVERY["bird-dog"]
    assert prescribe(taper, fold(taper, log), EVERY["pallof-press"], DAY).variant == "dead-bug"
    log.append(morning(DAY, "hip", 9, ""))
    assert prescribe(taper, fold(taper, log), EVERY["pallof-press"], DAY).variant == "plank"
    assert prescribe(taper, fold(taper, log), new, DAY).action is Action.REST


def test_a_jump_of_the_region_is_told_of_its_pain_once() -> None:
    said = [reason.code for reason in asked("squat-jump", ("knee", 4)).reasons]
    assert "PAIN_MORNING" in said
    assert "PAIN_JUMPS" not in said


@pytest.mark.parametrize("later", range(12))
def test_a_snack_finds_something_else(later: int) -> None:
    day = DAY + days(later)
    made = snack(SETUP, fold(SETUP, [morning(day, "knee", 9, "")]), Diary(), day)
    categories = [EVERY[item.exercise].category for item in made.items]
    assert categories == ["hip", "core", "mobility"]


# -- whatever the programme ------------------------------------------------------------------------


class Sore(Struct, frozen=True, kw_only=True):
    """A runner with pain in a region, and the next part of a programme."""

    setup: Setup
    state: State
    programme: Programme
    part: Part
    region: str
    pain: int
    today: date

    def __repr__(self) -> str:
        return f"Sore({self.programme.id}, {self.part.id}, {self.region}, {self.pain})"

    def items(self) -> list[Exercise]:
        """All exercises of her day: the session with warm-ups, and a snack."""
        wanted = Wanted(part=self.part.id, name=self.part.name)
        due = Placed(wanted=wanted, day=self.today)
        runs = Diary(weekly=(WeeklyRun(2, RunKind.SPEED),))
        made = plan(self.setup, self.state, self.programme, self.today, due)
        if not made.items:
            assert made.resting
        found = [*made.items, *snack(self.setup, self.state, runs, self.today).items]
        return [EVERY[item.exercise] for item in found]

    def asked_alone(self) -> list[Exercise]:
        """What the calculator would have her do, asked for each exercise alone."""
        said = [prescribe(self.setup, self.state, one, self.today) for one in EVERY.values()]
        return [EVERY[one.variant] for one in said if one.plan.sets]


def seasoned(setup: Setup) -> State:
    """A runner who has done every exercise for a year, including high jumps."""
    log = [did(name, DAY - days(5), 0, hour=n % 24) for n, name in enumerate(EVERY)]
    state = fold(setup, log)
    top = JumpDay(day=DAY - days(5), contacts=120, tier=2, grade=Grade.CLEAN)
    histories: dict[str, ExerciseHistory] = {
        name: replace(c, run=3) for name, c in state.histories.items()
    }
    return replace(
        state, histories=histories, jumps=(top, top), strength=DAY - days(365), strength_count=60
    )


@st.composite
def sore(draw: st.DrawFn, least: int, most: int) -> Sore:
    programme, part = draw(st.sampled_from(PARTS))
    levels = (Dated(DAY - days(400), draw(st.sampled_from(Level))),)
    setup = replace(
        SETUP,
        profile=Profile(levels=levels),
        inventory=Inventory(equipment=draw(st.sampled_from(AT_HAND))),
    )
    region, pain = draw(st.sampled_from(REGIONS)), draw(st.integers(least, most))
    told = DAY - days(draw(st.sampled_from([0, 0, 0, 1, 3])))
    state = seasoned(setup) if draw(st.booleans()) else State()
    state = advance(setup, state, report(draw(st.sampled_from(TELLERS)), region, pain, told))
    return Sore(
        setup=setup,
        state=state,
        programme=programme,
        part=part,
        region=region,
        pain=pain,
        today=DAY,
    )


@FEWER
@given(sore(6, 9))
def test_from_six_nothing_planned_loads_the_region(case: Sore) -> None:
    for one in [*case.items(), *case.asked_alone()]:
        free = one.kind is Kind.MOBILITY and one.leg_load == 0
        assert free or case.region not in one.regions, one.id
        assert case.region not in loaded(one), one.id
        if case.region in LEG_REGIONS:
            assert one.leg_load < (1 if case.region == "knee" else 2), one.id
            assert one.kind is not Kind.PLYOMETRIC, one.id


@FEWER
@given(sore(4, 5))
def test_from_four_only_low_jumps_are_planned_and_none_of_the_region(case: Sore) -> None:
    if case.region not in LEG_REGIONS:
        return
    for one in [*case.items(), *case.asked_alone()]:
        assert one.jump_tier in (None, "low"), one.id
        assert one.kind is not Kind.PLYOMETRIC or one.region != case.region, one.id
