from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from tests.domain.review.review_logs import MARCH, ROPE, SPLIT, SQUAT, TODAY, lines, logs
from tests.strategies import examples
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State, fold
from tui.domain.calculator.advice import Calendar, Dated, Priority, Profile, Race
from tui.domain.calculator.morning_pain import morning
from tui.domain.model.readiness import Ready, readiness
from tui.domain.model.values import Entry, Measures, Record, Session, SetEntry, SetKind, Side
from tui.domain.planning.placement import Placed, Wanted
from tui.domain.planning.today import item
from tui.domain.review.baseline import usual_sets
from tui.domain.review.context import ReviewContext
from tui.domain.review.week import coming, week_review_of
from tui.domain.review.weeks import WEEKS, Change, Overview, first_monday, overview
from tui.domain.session.live import Item
from tui.present.overview import overview_report
from tui.present.report import Section, markdown, plain_lines, table_lines
from tui.present.week import week_report

LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
M = Measures
WORDS = ("sets", "tonnage_kg", "hold_s", "contacts", "distance_m")


def look(log: list[Session], records: tuple[Record, ...] = (), **how: Any) -> Overview:
    setup, today = how.get("setup", SETUP), how.get("today", TODAY)
    state = how.get("state", State())
    made = ReviewContext(sessions=log, records=records, setup=setup, state=state, today=today)
    return overview(made)


def overview_lines(seen: Overview, unit: str = "kg") -> list[str]:
    return plain_lines(overview_report(seen, LIBRARY, unit))


def row(done: Measures, number: int = 1, side: Side = Side.BOTH, **how: Any) -> SetEntry:
    return SetEntry(id=f"{number}{side}", edited="", number=number, side=side, done=done, **how)


def session(exercise: str, *rows: SetEntry, at: str = "2027-01-05T18:00+01:00") -> Session:
    entry = Entry(id="e", edited="", exercise=exercise, sets=rows)
    return Session(id=at, edited="", started=datetime.fromisoformat(at), entries=(entry,))


# -- against a slow count --------------------------------------------------------------------------


def slow_contacts(line: dict[str, Any]) -> int:
    """A rope skip lands on two feet; what was logged as contacts stays as it is."""
    done = line["done"]
    if line["exercise"] == ROPE and done.contacts is None:
        return int((done.reps or 0) * (LIBRARY.exercises[ROPE].jump_feet or 1))
    return done.contacts or 0


def slow_week(log: list[Session], first: date) -> dict[str, Any]:
    days = [first + timedelta(days=n) for n in range(7)]
    mine = [line for line in lines(log) if line["day"] in days]
    found: dict[str, Any] = dict.fromkeys(WORDS, 0)
    found["days"] = len({line["day"] for line in mine})
    found["sessions"] = len({line["session"] for line in mine})
    hard = (SQUAT, SPLIT)
    found["legs"] = len({line["session"] for line in mine if line["exercise"] in hard})
    found["sets"] = len({(n["session"], n["entry"], n["number"]) for n in mine})
    tonnage: dict[str, float] = defaultdict(float)
    tiers: dict[str, int] = defaultdict(int)
    for line in mine:
        done, known = line["done"], LIBRARY.exercises.get(line["exercise"])
        lifted = (done.load_kg or 0) * (done.reps or 0)
        found["tonnage_kg"] += lifted
        tonnage[known.category if known else "other"] += lifted
        found["hold_s"] += (done.hold_s or 0) * (1 if done.holds is None else done.holds)
        found["distance_m"] += done.distance_m or 0
        found["contacts"] += slow_contacts(line)
        tiers["low" if line["exercise"] == ROPE else "other"] += slow_contacts(line)
    pains: dict[str, int] = {}
    for line in lines(log, work=False):
        if line["day"] in days and line["kind"] is SetKind.WORK and line["pain"] is not None:
            known = LIBRARY.exercises.get(line["exercise"])
            region = known.region if known else "other"
            pains[region] = max(line["pain"], pains.get(region, 0))
    found["pain"] = max(pains.values(), default=None)
    found["regions"] = sorted(name for name in pains if pains[name] == found["pain"])
    found["by_category"] = {name: value for name, value in tonnage.items() if value}
    found["by_tier"] = {name: value for name, value in tiers.items() if value}
    return found


def test_the_exercises_of_the_logs_are_what_the_slow_count_takes_them_for() -> None:
    known = LIBRARY.exercises
    assert {name for name in (SQUAT, SPLIT, ROPE, MARCH) if known[name].leg_load >= 2} == {
        SQUAT,
        SPLIT,
    }
    assert (known[ROPE].jump_tier, known[ROPE].jump_feet) == ("low", 2)


@given(logs)
@examples(80)
def test_weeks_agree_with_a_slow_count(log: list[Session]) -> None:
    seen = look(log)
    assert [week.monday for week in seen.weeks] == [
        date(2027, 1, 4) - timedelta(weeks=n) for n in range(WEEKS)
    ]
    for week in seen.weeks:
        slow = slow_week(log, week.monday)
        assert (week.days, week.legs, week.sums.sessions) == (
            slow["days"],
            slow["legs"],
            slow["sessions"],
        )
        for name in WORDS:
            assert getattr(week.sums, name) == pytest.approx(slow[name]), name
        assert dict(week.tonnage_kg) == pytest.approx(slow["by_category"])
        assert dict(week.contacts) == slow["by_tier"]
        assert (week.pain, list(week.regions)) == (slow["pain"], slow["regions"])
    assert seen.trained == sum(week.days > 0 for week in seen.weeks)


@given(logs)
@examples(100)
def test_four_weeks_are_compared_day_for_day(log: list[Session]) -> None:
    def slow(what: str, newest: int) -> float:
        days = [TODAY - timedelta(days=newest + n) for n in range(28)]
        mine = [line for line in lines(log) if line["day"] in days]
        if what == "sessions":
            return len({line["session"] for line in mine})
        if what == "sets":
            return len({(n["session"], n["entry"], n["number"]) for n in mine})
        if what == "contacts":
            return sum(map(slow_contacts, mine))
        if what == "tonnage_kg":
            return sum((n["done"].load_kg or 0) * (n["done"].reps or 0) for n in mine)
        return sum(
            (n["done"].hold_s or 0) * (1 if n["done"].holds is None else n["done"].holds)
            for n in mine
        )

    for one in look(log).changes:
        assert one.now == pytest.approx(slow(one.what, 0)), one.what
        assert one.before == pytest.approx(slow(one.what, 28)), one.what


def numbers(words: Iterable[str]) -> set[str]:
    """The numbers in a text; "a day" counts as one."""
    return set(re.findall(r"\d[\d,.:-]*\d|\d", " ".join(words).replace(" 0 planned", "")))


def cell_words(section: Section) -> list[str]:
    return [] if section.table is None else [word for row in section.table.rows for word in row]


def same(section: Section) -> bool:
    """Whether table and sentences give the same numbers; a zero may be a word."""
    return numbers(cell_words(section)) - {"0"} == numbers(section.statements) - {"0"}


@given(logs)
@examples(100)
def test_every_line_fits_and_ends_where_it_says_so(log: list[Session]) -> None:
    seen = look(log)
    for unit in ("kg", "lb"):
        report = overview_report(seen, LIBRARY, unit)
        assert all(len(line) <= 80 for line in (*plain_lines(report), *table_lines(report)))
        # A zero of a week is written as a word.
        assert numbers(cell_words(report.sections[0])) <= {
            "0",
            *numbers(report.sections[0].statements),
        }
        assert all(same(one) for one in report.sections[1:] if one.table)
    plans = [coming(Placed(wanted=Wanted(part="a", name="A"), day=TODAY), ())]
    week = week_review_of(log, plans, TODAY, LIBRARY.exercises)
    report = week_report(week, LIBRARY, "lb")
    assert all(len(line) <= 80 for line in (*plain_lines(report), *table_lines(report)))
    assert all(same(one) for one in report.sections if one.table)


@given(logs)
@examples(100)
def test_one_week_agrees_with_a_slow_count(log: list[Session]) -> None:
    past = [s for s in log if s.started.date() <= TODAY]
    found = week_review_of(past, (), TODAY, LIBRARY.exercises)
    slow = slow_week(log, date(2027, 1, 4))
    assert len(found.done) == slow["sessions"]
    for name in WORDS:
        assert getattr(found.done_sums, name) == pytest.approx(slow[name]), name
    sets: dict[str, set[Any]] = defaultdict(set)
    for line in lines(log):
        if line["day"] >= date(2027, 1, 4):
            sets[line["exercise"]].add((line["session"], line["entry"], line["number"]))
    assert {name: done for name, (done, _) in found.sets.items()} == {
        name: len(every) for name, every in sets.items()
    }
    days = [each.day for each, _ in found.done]
    assert days == sorted(days)


# -- what a count does not show --------------------------------------------------------------------


def test_percent_is_of_what_was_before() -> None:
    assert Change("sets", 110, 100).percent == pytest.approx(10)
    assert Change("sets", 50, 100).percent == pytest.approx(-50)
    assert Change("sets", 5, 0).percent is None
    assert Change("sets", 5, 1, known=False).percent is None


def on(day: date) -> Session:
    return session(SQUAT, row(M(load_kg=60, reps=5)), at=f"{day}T23:59+13:00")


def test_four_weeks_are_28_days_to_the_day() -> None:
    log = [on(TODAY - timedelta(days=n)) for n in (0, 27, 28, 29, 55, 56)]
    changes = {one.what: (one.now, one.before) for one in look(log).changes}
    assert (changes["sessions"], changes["sets"]) == ((2, 3), (2, 3))


@pytest.mark.parametrize(("oldest", "percent"), [(55, 900), (54, None)])
def test_nothing_is_compared_with_days_before_the_log_began(
    oldest: int, percent: float | None
) -> None:
    log = [on(TODAY - timedelta(days=n)) for n in (*range(0, 20, 2), oldest)]
    seen = look(log)
    assert {one.percent for one in seen.changes if one.now} == {percent}
    said = "+900 %" if percent else "the log began later"
    assert f"  sessions: 10, before 1: {said}" in overview_lines(seen)
    gone = session(SQUAT, row(M(), undone="time"), at=f"{TODAY - timedelta(days=60)}T18:00+01:00")
    assert look([*log, gone]).changes == seen.changes


def test_a_week_goes_from_monday_to_sunday_over_the_turn_of_the_year() -> None:
    days = [date(2026, 12, 27), date(2026, 12, 28), date(2027, 1, 3), date(2027, 1, 4)]
    log = [on(day) for day in days]
    assert [week.days for week in look(log, today=date(2027, 1, 10)).weeks[:3]] == [1, 2, 1]
    found = week_review_of(log, (), date(2027, 1, 1), LIBRARY.exercises)
    assert [done.day for done, _ in found.done] == days[1:3]


def test_weeks_before_the_log_began_are_no_weeks_missed() -> None:
    squat = row(M(load_kg=60, reps=5))
    log = [session(SQUAT, squat, at=f"2026-12-{d}T18:00+01:00") for d in (16, 28)]
    seen = look(log)
    assert (seen.known, seen.trained) == (4, 2)
    text = overview_lines(seen)
    assert "You trained in 2 of the 4 weeks since you began." in text
    assert [line[:18] for line in text if line.startswith("Week")][-1] == "Week of 2026-12-14"
    older = session(SQUAT, squat, at="2025-01-10T18:00+01:00")
    assert "You trained in 2 of the last 12 weeks." in overview_lines(look([older, *log]))


def test_the_year_is_told_by_months_and_in_weeks_in_a_row() -> None:
    log = [on(TODAY - timedelta(days=n)) for n in (0, 1, 2, 7, 14, 100, 368)]
    seen = look(log)
    text = overview_lines(seen)
    months = text.index("Days trained in the last year, by month")
    assert text[months + 1 : months + 4] == [
        "  January 2027: 3 days",
        "  December 2026: 2 days",
        "  September 2026: 1 day",
    ]
    assert not any(": 0 days" in line for line in text)
    assert not any("August" in line for line in text)
    [early] = [
        line for line in overview_lines(look([*log, on(date(2026, 1, 7))])) if "on: " in line
    ]
    assert early == "  January 2026, from Mon 2026-01-05 on: 1 day"
    row = "You have trained 3 weeks in a row."
    assert row in text
    assert not any("in a row" in line for line in overview_lines(look(log[:3])))


def test_what_was_prescribed_and_both_sides_stand_beside_what_was_done() -> None:
    asked = M(load_kg=60, reps=10)
    lifted = session(SQUAT, row(M(load_kg=60, reps=5), prescribed=asked))
    category = LIBRARY.exercises[SQUAT].category
    held = [
        session(
            "side-plank",
            row(M(hold_s=left), 1, Side.LEFT),
            row(M(hold_s=40), 1, Side.RIGHT),
            at=f"2027-01-0{day}T18:00+01:00",
        )
        for day, left in ((2, 32), (4, 36), (6, 40))
    ]
    report = overview_report(look([lifted, *held[:2]]), LIBRARY)
    text = plain_lines(report)
    assert f"  {category}: 300 kg of 600 kg, 50 %" in text
    place = text.index("Left against right")
    assert text[place + 1 :] == [
        "  Side Plank: now left 90 % of right; left 80 % of right on Sat 2027-01-02",
        "  Sides that differ by 5 to 15 % are normal.",
    ]
    assert "| Side Plank | left 90 % of right | left 80 % of right | Sat 2027-01-02 |" in markdown(
        report
    )
    alike = overview_lines(look(held))
    assert "  Side Plank: now alike; left 80 % of right on Sat 2027-01-02" in alike


def test_nothing_at_all_is_no_reproach() -> None:
    title, *said = overview_lines(look([]))
    assert title == "The 12 weeks up to Wed 2027-01-06"
    assert said == ["Nothing was logged in the last 12 weeks. Begin whenever you like."]


def test_pain_of_mornings_and_days_counts_as_that_of_sets() -> None:
    told = (
        morning(date(2027, 1, 4), "knee", 4, ""),
        readiness(Ready(day=date(2027, 1, 5), legs=3, sleep=3, pain=4, region="hip"), ""),
        morning(date(2027, 1, 7), "back", 9, ""),  # still to come
        replace(morning(date(2027, 1, 5), "back", 9, ""), deleted=True),
    )
    week = look([], told).weeks[0]
    assert (week.pain, week.regions) == (4, ("hip", "knee"))
    hurt = session(SQUAT, row(M(), pain=6, undone="pain"), row(M(load_kg=60, reps=5), 2))
    week = look([hurt], told).weeks[0]
    assert (week.pain, week.regions) == (6, (LIBRARY.exercises[SQUAT].region,))
    [_, line, *_] = overview_lines(look([hurt]))
    assert line.startswith("Week of 2027-01-04: 1 day, 1 leg session; 1 set (usual: -); 300 kg")


def test_a_morning_that_makes_no_sense_says_nothing() -> None:
    said: list[dict[str, Any]] = [
        {"region": "knee", "pain": True},
        {"region": 3, "pain": 3},
        {"region": "knee"},
        {"region": "knee", "pain": 11},
    ]
    broken = [
        Record(id=str(n), edited="", type="morning", day=TODAY, values=values)
        for n, values in enumerate(said)
    ]
    strange = Record(id="x", edited="", type="metric", day=TODAY, values={"region": "a", "pain": 2})
    assert look([], (*broken, strange)).weeks[0].pain is None


def test_what_is_special_about_a_week_is_marked() -> None:
    profile = Profile(
        programmes=(
            Dated(date(2026, 10, 1), "trail-speed"),
            Dated(date(2026, 12, 30), "lift-and-spring"),
            Dated(date(2027, 1, 5), "lift-and-spring"),
        )
    )
    races = (Race(day=date(2027, 1, 3), name="Ridge", priority=Priority.B),)
    calendar = Calendar(races=races, step_down=frozenset({date(2027, 1, 4)}))
    seen = look([], setup=replace(SETUP, profile=profile, calendar=calendar))
    marks = [[(mark.kind, mark.name) for mark in week.marks] for week in seen.weeks]
    assert marks[:2] == [
        [("step_down", "")],
        [("race", "Ridge (B)"), ("programme", "Lift and Spring")],
    ]
    assert marks[2:] == [[]] * (WEEKS - 2)


def test_the_weeks_begin_on_the_monday_eleven_weeks_ago() -> None:
    assert first_monday(TODAY) == date(2026, 10, 19)
    assert first_monday(date(2027, 1, 10)) == date(2026, 10, 19)
    assert first_monday(date(2027, 1, 11)) == date(2026, 10, 26)


# -- the usual number ------------------------------------------------------------------------------


def followed(programme: str, part: str, day: str) -> State:
    one = session(SQUAT, row(M(load_kg=60, reps=5)), at=f"{day}T18:00+01:00")
    return fold(SETUP, [replace(one, programme=programme, part=part)])


def test_the_usual_sets_are_those_of_the_programmes_week() -> None:
    speed = LIBRARY.programmes["trail-speed"]
    state = followed("trail-speed", speed.parts[0].id, "2026-12-16")
    # Once a week five exercises of three sets.
    assert usual_sets(SETUP, state, TODAY) == 15
    assert usual_sets(SETUP, state, date(2026, 12, 15)) is None
    assert usual_sets(SETUP, State(), TODAY) is None
    paused = replace(SETUP, profile=Profile(paused=(Dated(date(2026, 12, 20), value=True),)))
    assert usual_sets(paused, state, TODAY) is None
    gone = replace(SETUP, profile=Profile(programmes=(Dated(date(2026, 1, 1), "gone"),)))
    assert usual_sets(gone, state, TODAY) is None


def test_parts_that_take_turns_have_the_usual_share() -> None:
    for programme in LIBRARY.programmes.values():
        profile = Profile(programmes=(Dated(date(2026, 1, 1), programme.id),))
        setup = replace(SETUP, profile=profile)
        state = followed(programme.id, programme.parts[0].id, "2027-01-04")
        usual = usual_sets(setup, state, TODAY)
        schedule = programme.schedules[0]
        phase = schedule.phases[0]
        assert usual, programme.id
        whole = sum(
            item(LIBRARY.exercises[name], setup.profile.level(TODAY), slot).plan.sets[-1].number
            for part_id in phase.parts
            for part in programme.parts
            if part.id == part_id
            for slot in part.slots
            if slot.kind is SetKind.WORK
            for name in slot.exercises[: slot.pick]
        )
        assert usual <= whole
        assert (usual == whole) == (schedule.per_week in (None, len(phase.parts)))


# -- what is planned -------------------------------------------------------------------------------


def made_item(name: str, number: int) -> Item:
    made = item(LIBRARY.exercises[name], Profile().level(TODAY))
    return replace(made, id=str(number))


def test_a_planned_session_adds_up_like_a_done_one() -> None:
    placed = Placed(wanted=Wanted(part="a", name="Lift"), day=date(2027, 1, 8))
    warm = made_item(SQUAT, 3)
    sets = tuple(replace(one, kind=SetKind.WARMUP) for one in warm.now.sets)
    warm = replace(warm, now=replace(warm.now, sets=sets))
    split = made_item(SPLIT, 1)
    plans = [coming(placed, (split, made_item(ROPE, 2), warm))]
    done = session(SPLIT, row(M(load_kg=20, reps=5), 1, Side.LEFT))
    found = week_review_of([done], plans, TODAY, LIBRARY.exercises)
    rope = made_item(ROPE, 2).now.sets
    contacts = sum(goal.measures.contacts or 0 for one in rope for goal in one.goals)
    assert (found.planned_sums.sets, found.planned_sums.contacts) == (
        len(split.now.sets) + len(rope),
        contacts,
    )
    assert contacts > 0
    assert found.sets == {SPLIT: (1, len(split.now.sets)), ROPE: (0, len(rope))}
    text = plain_lines(week_report(found, LIBRARY))
    assert "  Tue 2027-01-05: Split Squat: 1 set, 100 kg lifted" in text
    assert f"  Split Squat: 1 done, {len(split.now.sets)} planned" in text
