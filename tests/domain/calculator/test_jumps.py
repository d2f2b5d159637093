"""Jumps: what an exercise's own history allows, and what a session's budget gives it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.calculator.logs import LIBRARY, Case, cases
from tests.strategies import examples
from tui.domain.calculator import Advice, Setup, State, advance, fold, prescribe, session_jumps
from tui.domain.calculator.advice import Action, Calendar, Dated, Priority, Profile, Race
from tui.domain.calculator.guards import gap_days, guards, jumps_left
from tui.domain.calculator.jump_fold import TIERS
from tui.domain.calculator.jumps import BANDS
from tui.domain.model.values import (
    Dose,
    Entry,
    Exercise,
    Kind,
    Level,
    Measures,
    Part,
    Programme,
    Session,
    SetEntry,
    Side,
    Sides,
)
from tui.domain.planning.placement import Placed, Wanted
from tui.domain.planning.today import plan
from tui.present.advice import total_contacts

JUMPS = [e.id for e in LIBRARY.exercises.values() if e.kind is Kind.PLYOMETRIC]
GATED = [name for name in JUMPS if LIBRARY.exercises[name].jump_tier == "high"]
UNGATED = [name for name in JUMPS if name not in GATED]
SETUP = Setup(library=LIBRARY)
DAY = date(2026, 3, 2)
FEWER = examples(100)


def jumped(name: str, after: int, *contacts: int, flag: str = "") -> Session:
    """One session of a jump, with the contacts of each set."""
    rows = tuple(
        SetEntry(
            id=f"{n}",
            edited="",
            number=n,
            side=Side.BOTH,
            done=Measures(contacts=one),
            flags=(flag,) if flag else (),
        )
        for n, one in enumerate(contacts, start=1)
    )
    started = datetime.combine(DAY + timedelta(days=after), datetime.min.time(), UTC)
    entry = Entry(id=name, edited="", exercise=name, sets=rows)
    return Session(id=f"{name}{after}", edited="", started=started, entries=(entry,))


def asked(name: str, after: int, *log: Session, setup: Setup = SETUP) -> Advice:
    day = DAY + timedelta(days=after)
    return prescribe(setup, fold(setup, log), LIBRARY.exercises[name], day)


def codes(said: Advice) -> list[str]:
    return [reason.code for reason in said.reasons]


# -- whatever the log ------------------------------------------------------------------------------


def own_days(case: Case, name: str) -> list[tuple[date, int, int]]:
    """The days on which a jump was done, with its contacts and those of its largest set."""
    exercise = LIBRARY.exercises[name]
    days: dict[date, tuple[int, int]] = {}
    for one in case.log:
        sets: dict[int, int] = {}
        for row in case.rows(one, name):
            amount = row.done.contacts
            count = (row.done.reps or 0) * (exercise.jump_feet or 1) if amount is None else amount
            if row.undone is None:
                sets[row.number] = sets.get(row.number, 0) + count
        if sum(sets.values()):
            total, largest = days.get(one.day, (0, 0))
            days[one.day] = total + sum(sets.values()), max(largest, *sets.values())
    return [(day, *found) for day, found in sorted(days.items())]


def least(exercise: Exercise) -> int:
    """The contacts of one jump, on each side."""
    return 2 if exercise.jump_feet == 2 or exercise.sides.value != "both" else 1


@FEWER
@given(cases(names=JUMPS, least=1))
def test_after_a_gap_no_jump_is_done_more_than_last_time(case: Case) -> None:
    said = case.advice()
    known = own_days(case, said.variant) if said.variant in JUMPS else []
    if not known or gap_days(case.setup, known[-1][0], case.today) < 18:
        return
    most = max(known[-1][1], least(LIBRARY.exercises[said.variant]))
    assert total_contacts(said.plan) <= most


@FEWER
@given(cases(names=JUMPS, least=1), st.booleans())
def test_no_jump_gets_more_than_a_tenth_or_a_set_more_than_last_time(
    case: Case, lifts: bool
) -> None:
    said = case.advice(strong(case.state(), yes=lifts))
    known = own_days(case, said.variant) if said.variant in JUMPS else []
    if not known or not said.plan.sets:
        return
    whole = {one.day for one in case.state().jumped[said.variant] if not one.guarded}
    full = [one for one in known if one[0] in whole][-1:]
    most = max(max(count * 1.1, count + largest) for _, count, largest in [known[-1], *full])
    _, top = BANDS[case.setup.profile.level(case.today)]
    wanted = max(min(most, top), least(LIBRARY.exercises[said.variant]))
    assert total_contacts(said.plan) <= wanted


def strong(state: State, *, yes: bool = True) -> State:
    """The state, with enough strength work behind it for high jumps if ``yes``."""
    return replace(state, strength=DAY - timedelta(days=365), strength_count=60) if yes else state


def planned(case: Case, names: list[str], state: State | None = None) -> dict[str, int]:
    """The contacts of a session with these jumps, by the exercise asked for."""
    level, state = case.setup.profile.level(case.today), state or case.state()
    work = [(LIBRARY.exercises[name], LIBRARY.exercises[name].doses[level]) for name in names]
    shares = session_jumps(case.setup, state, work, case.today, deload=case.deload)
    made = {}
    for exercise, dose in work:
        share = shares[exercise.id]
        said = prescribe(
            case.setup,
            state,
            share.up or exercise,
            case.today,
            dose if share.up is None else None,
            deload=case.deload,
            share=share,
            avoid=frozenset(names) - {exercise.id},
        )
        jump = LIBRARY.exercises[said.variant].kind is Kind.PLYOMETRIC
        made[exercise.id] = total_contacts(said.plan) if jump else 0
    return made


parts = st.lists(st.sampled_from(JUMPS), min_size=1, max_size=5, unique=True)


@FEWER
@given(cases(names=JUMPS), parts, st.booleans())
def test_the_jumps_of_a_session_are_never_above_the_band(
    case: Case, names: list[str], lifts: bool
) -> None:
    _, top = BANDS[case.setup.profile.level(case.today)]
    assert sum(planned(case, names, strong(case.state(), yes=lifts)).values()) <= top


@FEWER
@given(
    cases(names=UNGATED),
    st.lists(st.sampled_from(UNGATED), min_size=1, max_size=4, unique=True),
    st.sampled_from(GATED),
)
def test_a_jump_that_waits_hands_nothing_on(case: Case, names: list[str], gated: str) -> None:
    alone, beside = planned(case, names), planned(case, [*names, gated])
    for name in names:
        assert beside[name] <= alone[name] + 2, name  # The contacts are dealt out in pairs.


SESSIONS = [
    (programme, part)
    for programme in LIBRARY.programmes.values()
    for part in programme.parts
    if any(name in JUMPS for slot in part.slots for name in slot.every)
]


def most_of_its_own(case: Case, name: str) -> int:
    """The most contacts that a jump's own history allows: a tenth or one set more than its last
    session or its last full one; after a gap its last ones times what the gap leaves, once."""
    known = case.state().jumped[name]
    last, full = known[-1], ([one for one in known if not one.guarded] or known)[-1]
    away = gap_days(case.setup, last.day, case.today)
    if away >= 18:
        before = gap_days(case.setup, known[-2].day, last.day) if len(known) > 1 else 0
        left = int(full.contacts * jumps_left(gap_days(case.setup, full.day, case.today)))
        again = jumps_left(before) <= jumps_left(away)
        return last.contacts if again else min(last.contacts, left)
    return int(max(max(o.contacts * 1.1, o.contacts + o.largest) for o in (last, full)))


@FEWER
@given(cases(names=JUMPS), st.sampled_from(SESSIONS), st.booleans())
def test_in_no_programme_are_there_more_jumps_than_band_and_history_allow(
    case: Case, session: tuple[Programme, Part], lifts: bool
) -> None:
    programme, part = session
    floor, top = BANDS[case.setup.profile.level(case.today)]
    due = Placed(wanted=Wanted(part=part.id, name=part.name), day=case.today)
    found = plan(case.setup, strong(case.state(), yes=lifts), programme, case.today, due)
    jumps = [said for said in found.advised if said.exercise in JUMPS]
    made = {
        said.variant: total_contacts(said.plan)
        for said in jumps
        if said.plan.sets and said.variant in JUMPS
    }
    assert sum(made.values()) <= top
    for name, contacts in made.items():
        if case.state().jumped.get(name):
            assert contacts <= max(most_of_its_own(case, name), least(LIBRARY.exercises[name]))
        else:
            # Its equal share of the floor, the jumps that wait counted.
            assert contacts <= max(floor / len(jumps), least(LIBRARY.exercises[name]))


# -- examples --------------------------------------------------------------------------------------


def test_e11_a_tenth_more_up_to_the_band() -> None:
    beginner = replace(SETUP, profile=Profile(levels=(Dated(DAY, Level.BEGINNER),)))
    once = jumped("rope-skipping", 0, 24, 24, 24, 24)
    said = asked("rope-skipping", 3, once, setup=beginner)
    assert (said.action, total_contacts(said.plan)) == (Action.INCREASE, 100)
    twice = [jumped("rope-skipping", n, 20, 20, 20, 20, 20) for n in (0, 4)]
    said = asked("rope-skipping", 7, *twice, setup=beginner)
    assert (said.action, said.variant) == (Action.VARIANT_UP, "squat-jump")
    assert [one.goals[0].measures.contacts for one in said.plan.sets] == [10] * 8


def test_e12_depth_jumps_wait_for_strength() -> None:
    beginner = replace(SETUP, profile=Profile(levels=(Dated(DAY, Level.BEGINNER),)))
    said = asked("depth-jump", 15, setup=beginner)
    assert (said.action, said.variant) == (Action.SUBSTITUTE, "rope-skipping")
    assert total_contacts(said.plan) == 80
    assert "HIGH_PLYO_GATE" in codes(said)


def test_squat_jumps_of_three_eights_do_not_come_back_as_six_tens() -> None:
    """What gated jumps leave over is not handed on, least of all after a gap."""
    done = [jumped(name, 0, 8, 8, 8) for name in ("squat-jump", "box-jump")]
    names = ["squat-jump", "box-jump", "hop", "bound", "lateral-bound"]
    for gap, most in ((4, 20), (20, 18), (90, 16)):
        case = Case(
            setup=SETUP,
            log=tuple(done),
            exercise=LIBRARY.exercises["squat-jump"],
            today=DAY + timedelta(days=gap),
        )
        made = planned(case, names)
        assert made["squat-jump"] <= most
        assert made["hop"] == made["bound"] == made["lateral-bound"] == 0


def test_a_smaller_session_says_why() -> None:
    squat, bound = LIBRARY.exercises["squat-jump"], LIBRARY.exercises["bound"]
    work: list[tuple[Exercise, Dose]] = [(e, e.doses[Level.INTERMEDIATE]) for e in (squat, bound)]
    shares = session_jumps(SETUP, State(), work, DAY)
    said = prescribe(SETUP, State(), squat, DAY, share=shares["squat-jump"])
    assert (total_contacts(said.plan), codes(said)) == (50, ["BAND", "JUMPS_WAIT"])
    rests = prescribe(SETUP, State(), bound, DAY, share=shares["bound"])
    assert codes(rests) == ["HIGH_PLYO_GATE"]


def test_one_jump_goes_by_its_own_history_and_not_by_that_of_others() -> None:
    log = [jumped("rope-skipping", 0, 20, 20, 20, 20, 20, 20), jumped("squat-jump", 0, 10, 10, 10)]
    said = asked("squat-jump", 4, *log)
    assert (said.action, total_contacts(said.plan)) == (Action.INCREASE, 40)
    assert codes(said) == ["MORE_CONTACTS"]


@pytest.mark.parametrize(("gap", "now"), [(17, 50), (18, 30), (40, 30), (90, 28)])
def test_a_jumps_own_gap_takes_its_share_though_others_were_done(gap: int, now: int) -> None:
    log = [jumped("squat-jump", 0, 10, 10, 10, 10), jumped("pogo", gap - 3, 20, 20)]
    said = asked("squat-jump", gap, *log)
    assert total_contacts(said.plan) == now
    assert (said.action is Action.LAYOFF) is (gap >= 18)
    assert (codes(said) == ["LAYOFF_JUMP"]) is (gap >= 18)


def test_who_jumps_every_three_weeks_does_not_end_at_nothing() -> None:
    log = [jumped("squat-jump", 0, 10, 10, 10, 10)]
    for n in range(1, 6):
        said = asked("squat-jump", 20 * n, *log)
        made = [one.goals[0].measures.contacts or 0 for one in said.plan.sets]
        assert sum(made) == 30
        log.append(jumped("squat-jump", 20 * n, *made))


def test_jumps_of_an_easier_week_are_no_ceiling() -> None:
    easy = replace(SETUP, calendar=Calendar(step_down=frozenset({DAY + timedelta(days=7)})))
    log = [jumped("squat-jump", 0, *[10] * 10), jumped("squat-jump", 8, *[10] * 5)]
    said = asked("squat-jump", 14, *log, setup=easy)
    assert (said.action, total_contacts(said.plan)) == (Action.INCREASE, 110)
    without = asked("squat-jump", 14, *log)
    assert total_contacts(without.plan) == 60


def test_bad_landings_of_one_jump_hold_the_others_and_say_so() -> None:
    log = [jumped("pogo", 0, *[10] * 5, flag="landing"), jumped("squat-jump", 0, *[10] * 5)]
    work = [(LIBRARY.exercises[n], Dose(sets=5, measures=Measures(contacts=10), rest_s=120))
            for n in ("pogo", "squat-jump")]  # fmt: skip
    state, day = fold(SETUP, log), DAY + timedelta(days=4)
    shares = session_jumps(SETUP, state, work, day)
    said = [prescribe(SETUP, state, e, day, d, share=shares[e.id]) for e, d in work]
    assert [total_contacts(one.plan) for one in said] == [50, 50]
    assert [codes(one) for one in said] == [["HOLD_LANDING"], ["JUMPS_HELD"]]


# -- from session to session -----------------------------------------------------------------------

BOX, ROPE = "box-jump", "rope-skipping"
DOSES = st.lists(st.sampled_from([(2, 10), (2, 20), (3, 10), (4, 10), (3, 16)]), min_size=4,
                 max_size=4)  # fmt: skip


def dosed(names: list[str], doses: list[tuple[int, int]]) -> list[tuple[Exercise, Dose]]:
    return [
        (LIBRARY.exercises[n], Dose(sets=sets, measures=Measures(contacts=each), rest_s=120))
        for n, (sets, each) in zip(names, doses, strict=False)
    ]


def session_of(
    setup: Setup, state: State, work: list[tuple[Exercise, Dose]], day: date
) -> list[Advice]:
    """The advice on each jump of a session, as the plan of the day asks for it."""
    shares = session_jumps(setup, state, work, day)
    names = {exercise.id for exercise, _ in work}
    return [
        prescribe(
            setup,
            state,
            shares[exercise.id].up or exercise,
            day,
            dose if shares[exercise.id].up is None else None,
            share=shares[exercise.id],
            avoid=frozenset(names - {exercise.id}),
        )
        for exercise, dose in work
    ]


def in_turn(
    setup: Setup,
    turns: list[list[tuple[Exercise, Dose]]],
    times: int,
    *,
    state: State | None = None,
) -> list[list[Advice]]:
    """What a runner is told who does all that is asked and lands it well, a week apart."""
    state, made = state or strong(State()), []
    for n in range(times):
        day = DAY + timedelta(days=7 * n)
        said = session_of(setup, state, turns[n % len(turns)], day)
        made.append(said)
        done = tuple(
            Entry(id=one.variant, edited="", exercise=one.variant, sets=tuple(as_told(one)))
            for one in said
        )
        started = datetime.combine(day, datetime.min.time(), UTC)
        state = advance(setup, state, Session(id=f"{n}", edited="", started=started, entries=done))
        state = strong(state)
    return made


def as_told(said: Advice) -> Iterator[SetEntry]:
    for one in said.plan.sets:
        for goal in one.goals:
            yield SetEntry(
                id=f"{one.number}{goal.side}",
                edited="",
                number=one.number,
                side=goal.side,
                done=goal.measures,
                prescribed=goal.measures,
                effort=5,
            )


LOW_OR_MEDIUM = [name for name in UNGATED if name != BOX]


@FEWER
@given(
    st.sampled_from(Level),
    st.lists(st.sampled_from(LOW_OR_MEDIUM), min_size=4, max_size=4, unique=True),
    DOSES,
    st.booleans(),
)
def test_who_does_all_that_is_asked_in_turn_gets_harder_jumps_in_the_end(
    level: Level, names: list[str], doses: list[tuple[int, int]], box: bool
) -> None:
    """Two sessions with other jumps each, with box jumps or without: neither the turns nor the
    limit of box jumps keep the sessions from the top of the band."""
    setup = replace(SETUP, profile=Profile(levels=(Dated(DAY, level),)))
    boxes = [BOX] if box else []
    turns = [dosed([*names[:2], *boxes], doses), dosed([*names[2:], *boxes], doses)]
    tiers = {max(TIERS[e.jump_tier or "low"] for e, _ in turn) for turn in turns}
    if len(tiers) > 1:
        return  # A session with easier jumps does not confirm the harder ones.
    made = in_turn(setup, turns, 24)
    told = [{reason.code for one in said for reason in one.reasons} for said in made]
    assert any(codes_ & {"NEW_TIER", "ENOUGH_JUMPS"} for codes_ in told)


@FEWER
@given(
    st.sampled_from(Level),
    st.lists(st.sampled_from(JUMPS), min_size=1, max_size=5, unique=True),
    DOSES,
)
def test_enough_is_said_once_and_there_is_never_nothing_harder(
    level: Level, names: list[str], doses: list[tuple[int, int]]
) -> None:
    setup = replace(SETUP, profile=Profile(levels=(Dated(DAY, level),)))
    made = in_turn(setup, [dosed(names, [*doses, (2, 10)])], 20)
    for said in made:
        told = [reason.code for one in said for reason in one.reasons]
        assert "AT_CEILING" not in told
        assert told.count("ENOUGH_JUMPS") + told.count("TIER_UP") <= 1
        assert not {"ENOUGH_JUMPS", "TIER_UP"} <= set(told)


def test_the_last_tier_is_enough_for_a_jump_asked_about_alone() -> None:
    log = [jumped("depth-jump", 7 * n, *[10] * 12) for n in range(2)]
    state, day = strong(fold(SETUP, log)), DAY + timedelta(days=14)
    said = prescribe(SETUP, state, LIBRARY.exercises["depth-jump"], day)
    assert (said.action, total_contacts(said.plan), codes(said)) == (
        Action.HOLD,
        120,
        ["ENOUGH_JUMPS"],
    )


@FEWER
@given(
    st.lists(st.sampled_from([name for name in JUMPS if name != BOX]), min_size=2, max_size=4,
             unique=True),
    st.lists(st.integers(9, 13), min_size=5, max_size=5),
)  # fmt: skip
def test_jumps_that_go_well_do_not_fall_by_a_rounding_step(
    names: list[str], pairs: list[int]
) -> None:
    """Unless none of the others gets more, so that none can give it the contacts."""
    last = {name: 2 * n for name, n in zip([*names, BOX], pairs, strict=False)}
    log = []
    for name, contacts in last.items():
        sides = 1 if LIBRARY.exercises[name].sides is Sides.BOTH else 2
        log.append(jumped(name, 0, *[contacts // sides] * sides))
    work = dosed(list(last), [(2, 10)] * 5)
    said = session_of(SETUP, strong(fold(SETUP, log)), work, DAY + timedelta(days=7))
    if any("NEW_TIER" in codes(one) for one in said):
        return
    more = [total_contacts(one.plan) - last[one.variant] for one in said if one.variant in last]
    assert not any(-2 <= n < 0 for n in more) or not any(n >= 2 for n in more), more


def test_box_jumps_do_not_go_back_and_forth() -> None:
    """Two dozen were done of two, and twenty of three that are newer: the new ones rise."""
    done = {"squat-jump": 24, BOX: 24, "hop": 20, "bound": 20, "lateral-bound": 20}
    log = [jumped(name, 0, *[contacts // 2] * 2) for name, contacts in done.items()]
    work = dosed(list(done), [(2, 10), (2, 10), (2, 5), (2, 10), (2, 10)])
    said = session_of(SETUP, strong(fold(SETUP, log)), work, DAY + timedelta(days=7))
    assert total_contacts(said[1].plan) == 24
    assert said[1].action is Action.HOLD


def test_after_the_step_up_a_tier_contacts_go_up_by_steps_too() -> None:
    made = in_turn(SETUP, [dosed(["pogo", "squat-jump"], [(2, 20), (2, 20)])], 8)
    sums = [sum(total_contacts(one.plan) for one in said) for said in made]
    up = next(n for n, said in enumerate(made) if said[1].variant == "depth-jump")
    assert sums[up - 1 : up + 3] == [120, 70, 80, 90]  # A high jump begins with a few.


@FEWER
@given(cases(names=JUMPS, least=1, eased=True), st.booleans())
def test_less_is_less_than_last_time_and_more_is_more(case: Case, lifts: bool) -> None:
    said = case.advice(strong(case.state(), yes=lifts))
    known = own_days(case, said.variant) if said.variant == case.exercise.id else []
    if not known:
        return
    now, last = total_contacts(said.plan), known[-1][1]
    assert said.action is not Action.DECREASE or case_guarded(case) or now < last
    assert said.action is not Action.INCREASE or now > last
    if "LAYOFF_JUMPS_SAME" in codes(said) and said.plan.sets:
        assert now <= last


def case_guarded(case: Case) -> bool:
    """Whether a guard names the action."""
    return bool(guards(case.setup, case.state(), case.exercise, case.today, deload=case.deload))


RACE = Race(day=DAY + timedelta(days=20), priority=Priority.B)


@pytest.mark.parametrize(
    ("done", "code"), [(5, "LAYOFF_JUMPS_ON"), (10, "LAYOFF_JUMPS_SAME")], ids=["eased", "full"]
)
def test_days_without_jumps_are_told_as_the_calendar_has_them(done: int, code: str) -> None:
    """The rest for a race is no layoff, but a day of it is a day. After a taper it goes on from
    the last full session, which is more than was last done."""
    taper = replace(SETUP, calendar=Calendar(races=(RACE,)))
    log = [jumped("squat-jump", 0, *[10] * 10), jumped("squat-jump", 8, *[10] * done)]
    said = asked("squat-jump", 29, *log, setup=taper)
    assert (said.action, total_contacts(said.plan)) == (Action.HOLD, 100)
    assert [(r.code, r.facts["days"]) for r in said.reasons] == [(code, 21)]


def test_an_easier_week_after_a_pause_is_an_easier_week() -> None:
    """A guard that only holds beside it does not make its jumps the measure of what comes."""
    easy = replace(SETUP, calendar=Calendar(step_down=frozenset({DAY + timedelta(days=7)})))
    log = [jumped("squat-jump", 0, *[10] * 10), jumped("squat-jump", 11, *[10] * 5)]
    said = asked("squat-jump", 14, *log, setup=easy)
    assert (said.action, total_contacts(said.plan)) == (Action.INCREASE, 110)


def test_on_the_way_back_to_the_last_full_session_nothing_decreases() -> None:
    """It was long ago, so not all of it; but it is more than the easier session since."""
    easy = replace(SETUP, calendar=Calendar(step_down=frozenset({DAY + timedelta(days=14)})))
    log = [
        jumped("squat-jump", 0, *[10] * 10),
        jumped("squat-jump", 14, *[10] * 5),
        jumped("pogo", 25, *[10] * 5),
    ]
    said = asked("squat-jump", 29, *log, setup=easy)
    assert (said.action, total_contacts(said.plan)) == (Action.HOLD, 90)
    assert [(r.code, r.facts["days"]) for r in said.reasons] == [("FULL_LONG_AGO", 29)]
