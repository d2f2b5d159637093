"""What holds for any pain, whoever told of it, in any region that an exercise works."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.calculator.test_pain import DAY, EVERY, SETUP, TELLERS, report, seasoned
from tests.strategies import examples
from tui.domain.calculator import Advice, Setup, State, advance, prescribe
from tui.domain.calculator.advice import Action, Profile
from tui.domain.calculator.guard import Guards
from tui.domain.calculator.guards import guards
from tui.domain.model.library.checks import REGIONS
from tui.domain.model.values import Exercise, Kind

KNOWN = seasoned(SETUP)
MORE = {Action.INCREASE, Action.VARIANT_UP}
FEW = examples(40)
tellers = st.sampled_from(TELLERS)
regions = st.sampled_from([region for region in REGIONS if region != "other"])
# Five days ago the runner trained without pain, which clears what was told before.
since = st.integers(0, 4).map(lambda days: timedelta(days=days))


def rising(state: State) -> set[str]:
    """The exercises that get more on the day, of those in which the runner has got on."""
    said = (prescribe(SETUP, state, one, DAY) for one in EVERY.values())
    return {one.exercise for one in said if one.action in MORE}


def total(said: Advice) -> float:
    """All repetitions, seconds, landings and metres of the work sets, times the load."""
    return sum(
        (done.load_kg or 1.0)
        * (done.reps or done.contacts or done.distance_m or done.duration_s or done.holds or 1)
        * (done.hold_s or 1.0)
        for one in said.plan.sets
        for goal in one.goals
        for done in (goal.measures,)
    )


def strictness(found: Guards) -> tuple[bool, ...]:
    return found.stops, found.stops or found.swaps, bool(found)


def after(state: State, teller: str, region: str, pain: int, ago: timedelta) -> State:
    return advance(SETUP, state, report(teller, region, pain, DAY - ago))


def test_without_pain_there_is_progress_in_each_region() -> None:
    """Without this the next property could not fail."""
    up = rising(KNOWN)
    assert {region for name in up for region in EVERY[name].regions} >= {*REGIONS} - {"other"}


@FEW
@given(tellers, regions, st.integers(3, 9), since, st.sampled_from([0, 1, 4]))
def test_pain_that_counts_lets_nothing_rise(
    teller: str, region: str, pain: int, ago: timedelta, baseline: int
) -> None:
    if pain <= baseline:
        return
    setup = replace(SETUP, profile=Profile(pain_baseline=baseline))
    state = advance(setup, KNOWN, report(teller, region, pain, DAY - ago))
    for one in EVERY.values():
        lands = one.kind is Kind.PLYOMETRIC
        shaken = region in ("shin", "foot", one.region)
        if shaken if lands else region in one.regions:
            said = prescribe(setup, state, one, DAY)
            assert said.action not in MORE, one.id


@FEW
@given(tellers, regions, st.integers(0, 8), since, st.booleans())
def test_more_pain_never_asks_for_more(
    teller: str, region: str, pain: int, ago: timedelta, known: bool
) -> None:
    """Of two runners, the one whose region hurts more does no more in any exercise."""
    base = KNOWN if known else State()
    less, more = (after(base, teller, region, pain + n, ago) for n in (0, 1))
    for one in EVERY.values():
        first, second = (guards(SETUP, state, one, DAY) for state in (less, more))
        assert strictness(first) <= strictness(second), one.id
        # A swap stands instead of a lighter load.
        assert second.load <= first.load or second.swaps or second.stops, one.id
        _no_more(SETUP, less, more, one)


def _no_more(setup: Setup, less: State, more: State, one: Exercise) -> None:
    first, second = (prescribe(setup, state, one, DAY) for state in (less, more))
    assert first.plan.sets or not second.plan.sets, one.id
    if first.variant == second.variant:
        assert total(second) <= total(first), one.id


@FEW
@given(tellers, regions, st.integers(6, 9), since)
def test_from_six_what_is_done_instead_loads_it_as_little(
    teller: str, region: str, pain: int, ago: timedelta
) -> None:
    state = after(KNOWN, teller, region, pain, ago)
    for one in EVERY.values():
        said = prescribe(SETUP, state, one, DAY)
        doing = EVERY[said.variant]
        if said.plan.sets and not (doing.kind is Kind.MOBILITY and doing.leg_load == 0):
            assert region not in doing.regions, one.id
