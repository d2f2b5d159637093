"""Today and history in words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace
from rich.cells import cell_len

from tests.strategies import new_id, set_entries
from tests.strategies import sessions as any_session
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, fold
from tui.domain.calculator.advice import Best as Max
from tui.domain.calculator.advice import Calendar, Dated, Priority, Profile, Race
from tui.domain.model.last_times import last_times
from tui.domain.model.logged import with_sets
from tui.domain.model.notation import Form, parse, planned
from tui.domain.model.sums import Best
from tui.domain.model.values import Level, Measures, Session, SetEntry, SetKind, Side
from tui.domain.planning.placement import Placed, Wanted
from tui.domain.planning.today import plan, prescription
from tui.domain.session.live import Live
from tui.present.history import (
    exercise_history_doc,
    exercise_history_report,
    history_doc,
    history_report,
    session_report,
)
from tui.present.library import exercise_page, library_lines
from tui.present.report import WIDTH, markdown, plain_lines, table_lines
from tui.present.table import Table
from tui.present.today import Today, today_doc, today_lines
from tui.present.words import reserve_text, rest_text, session_title, sets_text, source_text

LIBRARY = shipped_library()
DAY = date(2026, 11, 20)


def session(text: str, *, days_ago: int = 2, exercise: str = "back-squat", **about: str) -> Session:
    started = datetime(2026, 11, 20, 18, tzinfo=UTC) - timedelta(days=days_ago)
    found = LIBRARY.exercises[exercise]
    empty = Session(id=f"S{days_ago}", edited="", started=started, **about)  # type: ignore[arg-type]  # only texts
    return with_sets(empty, found, parse(text, found.kind), edited="", at="", new_id=new_id)[0]


def rows(text: str) -> list[SetEntry]:
    return list(session(text).entries[0].sets)


def today(log: list[Session], programme: str = "trail-speed", **more: Any) -> Today:
    setup = Setup(library=LIBRARY, **more)
    known = fold(setup, [s for s in log if s.day <= DAY])
    made = plan(setup, known, LIBRARY.programmes[programme], DAY)
    return Today(day=DAY, plan=made, live=None, last=last_times(log), library=LIBRARY)


# --- sets ---------------------------------------------------------------------------------------


def test_warm_ups_stand_before_the_work_and_are_no_part_of_it() -> None:
    every = rows("3x5 60kg; 5 20kg warmup")
    assert sets_text(every) == "5 × 20 kg, warm-up; 3 × 5 · 60 kg"
    assert sets_text(every, form=Form.COMPACT) == "5 20kg warmup; 3x5 60kg"


def test_what_was_left_out_is_counted_by_its_reason() -> None:
    done, second, third = rows("3x5 60kg")
    left = [replace(second, undone="pain"), replace(third, undone="pain")]
    assert sets_text([done, *left]) == "5 × 60 kg; 2 left out (pain)"
    assert sets_text(left) == "2 left out (pain)"


def test_what_was_left_out_after_slow_sets_says_so() -> None:
    done, second, third = rows("3x5 60kg")
    left = replace(third, undone="other", flags=("slow",))
    assert sets_text([done, second, left]) == "2 × 5 · 60 kg; 1 left out (slow)"


def test_loads_are_shown_in_pounds_where_wanted() -> None:
    assert sets_text(rows("8 135lb"), "lb") == "8 × 135 lb"


@given(set_entries)
def test_any_set_has_words(row: SetEntry) -> None:
    if row.undone is not None or row.done:
        sets_text([row])


def test_a_plan_with_warm_ups_names_them_first() -> None:
    found = LIBRARY.exercises["back-squat"]
    work = prescription(2, found.doses[Level.BEGINNER].measures, found.sides, 150)
    warm = replace(work.sets[0], kind=SetKind.WARMUP)
    assert planned([*work.sets, warm]) == "5 warmup; 2x5"


def test_reps_in_reserve_and_rest_are_told_in_words() -> None:
    assert reserve_text(3) == "3 to spare"
    assert (rest_text(45), rest_text(150)) == ("rest 0:45", "rest 2:30")


# --- today --------------------------------------------------------------------------------------


def test_the_first_session_says_so() -> None:
    assert "This is the first session of Trail Speed." in today([]).reasons


def test_a_day_of_rest_is_no_first_session() -> None:
    race = Race(day=DAY + timedelta(days=5), name="Ridge", priority=Priority.A)
    made = today([], calendar=Calendar(races=(race,)))
    assert not made.plan.items
    assert not any("first session" in words for words in made.reasons)


FAST = [("gym-and-snacks", "runners-legs"), ("blocks", "power-a"), ("blocks", "power-b")]


def part_today(programme: str, part: str) -> Today:
    """A part of a programme, for a runner who knows some of its lifts."""
    setup = Setup(library=LIBRARY)
    due = Placed(wanted=Wanted(part=part, name=part), day=DAY)
    made = plan(setup, fold(setup, [session("3x5 80kg")]), LIBRARY.programmes[programme], DAY, due)
    return Today(day=DAY, plan=made, live=None, last={}, library=LIBRARY)


@pytest.mark.parametrize(("programme", "part"), FAST)
def test_lifts_that_are_moved_fast_say_what_ends_a_set(programme: str, part: str) -> None:
    made = part_today(programme, part)
    found = {one["exercise"]: one["stop"] for one in today_doc(made)["exercises"]}
    heavy = [
        name
        for name in found
        if LIBRARY.exercises[name].loading == "heavy" and name != "hip-thrust"
    ]
    assert heavy and all(found[name] == "stop when a rep slows" for name in heavy)
    assert {stop for name, stop in found.items() if name not in heavy} == {None}
    told = " ".join(" ".join(today_lines(made)).split())
    assert told.count("stop when a rep slows") == len(heavy)


def test_lifts_of_a_strength_block_do_not() -> None:
    assert not any("slows" in line for line in today_lines(part_today("blocks", "strength-a")))


def test_only_the_first_heavy_lift_lists_its_light_sets() -> None:
    made = part_today("gym-and-snacks", "runners-legs")
    listed = [one["exercise"] for one in today_doc(made)["exercises"] if one["warmup"]]
    assert listed == ["back-squat"]
    [line] = [line for line in today_lines(made) if "ramp: " in line]
    assert line.strip().startswith("ramp: 6 × 20 kg, ")
    [squat] = [one for one in today_doc(made)["exercises"] if one["exercise"] == "back-squat"]
    assert {row["kind"] for row in squat["plan"]} == {"work"}


def test_a_session_of_the_programme_without_its_name_is_not_forgotten() -> None:
    """As the command line logs it: with exercises alone."""
    every = LIBRARY.programmes["trail-speed"].parts[0].slots
    cluster = {"wall-lean-hold", "dead-bug-squeeze"}
    names = [slot.exercises[0] for slot in every]
    done = [session("3x8x5s" if n in cluster else "3x5", exercise=n) for n in names]
    log = [replace(done[0], entries=tuple(one.entries[0] for one in done))]
    [turn] = today(log).reasons
    assert turn.startswith("The last was Trail Speed, on 2026-11-18; ")


def test_a_programme_chosen_again_is_not_done_for_the_first_time() -> None:
    log = [session("8 60kg", days_ago=9, programme="six-patterns", part="pattern-a")]
    since = [DAY - timedelta(days=n) for n in (20, 6, 1)]
    names = ("six-patterns", "blocks", "six-patterns")
    chosen = tuple(Dated(day, name) for day, name in zip(since, names, strict=True))
    [turn] = today(log, "six-patterns", profile=Profile(programmes=chosen)).reasons
    assert turn == "Six Patterns begins anew."


@pytest.mark.parametrize(
    ("ahead", "priority", "head", "words"),
    [
        (0, "A", "race day", "Ridge is today; good legs."),
        (5, "A", "race week", "Ridge is on Wed 25 Nov; mobility only from Wed 18 Nov."),
        (12, "B", "taper", "Taper for Ridge on Wed 2 Dec: same weight, fewer sets."),
        (-2, "C", "after the race", "Ridge is still in the legs: no lifting before Sat 21 Nov."),
        (-3, "B", "after the race", "After Ridge: one light session, if you like."),
        (-6, "A", "", ""),
        (12, "C", "", ""),
    ],
)
def test_a_day_is_headed_with_what_a_race_makes_of_it(
    ahead: int, priority: str, head: str, words: str
) -> None:
    race = Race(day=DAY + timedelta(days=ahead), name="Ridge", priority=Priority(priority))
    lines = today_lines(today([], "six-patterns", calendar=Calendar(races=(race,))))
    start = " · ".join(filter(None, ["Six Patterns", "Lunge, Hinge, Core", "week 1", head]))
    assert re.fullmatch(f"{start}( · about [0-9]+ min)?", lines[0])
    assert lines[2] == words


def test_the_light_session_after_a_race_is_told_until_it_is_done() -> None:
    race = Race(day=DAY - timedelta(days=5), name="Ridge", priority=Priority.B)
    log = [session("8 60kg", days_ago=2, programme="six-patterns", part="pattern-b")]
    lines = today_lines(today(log, "six-patterns", calendar=Calendar(races=(race,))))
    assert not any("Ridge" in line for line in lines)


def test_a_c_race_that_takes_three_days_makes_no_race_week() -> None:
    race = Race(day=DAY + timedelta(days=3), name="Ridge", priority=Priority.C)
    made = today([], calendar=Calendar(races=(race,)), profile=Profile(c_race_week=False))
    assert today_lines(made)[0] == "Trail Speed · week 1 · before the race"


def test_the_reason_names_the_part_before() -> None:
    parts = LIBRARY.programmes["six-patterns"].parts
    log = [session("8 60kg", programme="six-patterns", part=parts[0].id)]
    [turn] = today(log, "six-patterns").reasons
    assert turn.startswith(f"The last was {parts[0].name}, on 2026-11-18; ")


def test_the_first_heavy_lift_is_led_up_to_and_its_sets_are_counted_without() -> None:
    maxes = {"deadlift": (Dated(DAY, Max(100.0)),), "calf-raise": (Dated(DAY, Max(60.0)),)}
    made = today([], "lift-and-spring", profile=Profile(maxes=maxes))
    lines = today_lines(made)
    [ramp] = [line for line in lines if "ramp:" in line]
    assert lines.index(ramp) == lines.index("Deadlift") + 2
    docs = {one["exercise"]: one for one in today_doc(made)["exercises"]}
    warm = docs["deadlift"]["warmup"]
    assert [one["load_kg"] for one in warm] == sorted(one["load_kg"] for one in warm)
    assert all(one["load_kg"] < docs["deadlift"]["plan"][0]["load_kg"] for one in warm)
    assert all(one["kind"] == "work" for one in docs["deadlift"]["plan"])
    assert docs["calf-raise"]["warmup"] == docs["calf-raise"]["advice"]["warmup"] == []


def test_every_exercise_stands_with_its_dose_and_its_last_time() -> None:
    log = [session("3x25 20kg rir3", exercise="seated-calf-raise")]
    lines = today_lines(today(log))
    place = lines.index("Seated Weighted Calf Raise")
    assert lines[place + 1].startswith("  3 × 25 · 20 kg · 3 to spare · rest 1:15 · ")
    assert lines[place + 2] == "  last 2026-11-18: 3 × 25 · 20 kg, 3 spare"


def test_lines_fit_a_terminal_of_80_columns() -> None:
    for programme in LIBRARY.programmes:
        assert max(map(len, today_lines(today([], programme)))) <= WIDTH


def test_a_session_of_nothing_has_no_empty_headings() -> None:
    nothing = Live(id="S", started=datetime(2026, 11, 20, 18, tzinfo=UTC))
    lines = today_lines(replace(today([]), live=nothing))
    assert lines == ["A session of your own", "Under way since 18:00: 0 of 0 sets done."]


def test_every_source_that_is_named_is_a_name() -> None:
    for programme in LIBRARY.programmes:
        found = today([], programme).sources
        assert found
        assert all(source_text(LIBRARY, source) != source for source in found)
    assert source_text(LIBRARY, "nonsuch") == "nonsuch"


# --- history ------------------------------------------------------------------------------------


def test_a_session_is_called_by_its_programme_or_its_exercises() -> None:
    assert session_title(session("8 60kg", programme="trail-speed", part="whole"), LIBRARY) == (
        "Trail Speed"
    )
    spring = session("8 60kg", programme="lift-and-spring", part="spring")
    assert session_title(spring, LIBRARY) == "Lift and Spring: Spring"
    assert session_title(session("8 60kg"), LIBRARY) == "Back Squat"
    assert session_title(replace(session("8"), entries=()), LIBRARY) == "Session"


def test_the_note_of_a_set_stands_behind_it() -> None:
    log = [session("8 60kg # felt light"), session("8 50kg", days_ago=4)]
    report = exercise_history_report(log, "back-squat", LIBRARY)
    assert plain_lines(report) == [
        "Back Squat",
        "Wed 2026-11-18: 8 × 60 kg; note: felt light",
        "Mon 2026-11-16: 8 × 50 kg",
    ]
    assert report.sections[0].table == Table(
        ("On", "Sets", "Note"),
        (("Wed 2026-11-18", "8 × 60 kg", "felt light"), ("Mon 2026-11-16", "8 × 50 kg", "")),
    )


def test_deleted_sessions_are_not_shown() -> None:
    gone = session("8 60kg").tombstone("")
    assert plain_lines(history_report([gone], LIBRARY)) == ["History", "Nothing is logged yet."]
    of_it = exercise_history_report([gone], "back-squat", LIBRARY)
    assert plain_lines(of_it) == ["Back Squat", "Nothing of it is logged yet."]


def test_weeks_are_laid_out_alike_as_tables() -> None:
    log = [
        session("2x8 60kg", days_ago=2),
        session("10/side", days_ago=9, exercise="glute-sling", note="slow"),
    ]
    assert table_lines(history_report(log, LIBRARY)) == [
        "History",
        "",
        "Week of 2026-11-16: 1 session, 2 sets, 960 kg lifted",
        "  On              Session      Sets  kg lifted  Note",
        "  --------------  -----------  ----  ---------  ----",
        "  Wed 2026-11-18  Back Squat      2        960",
        "",
        "Week of 2026-11-09: 1 session, 1 set",
        "  On              Session      Sets  kg lifted  Note",
        "  --------------  -----------  ----  ---------  ----",
        "  Wed 2026-11-11  Glute Sling     1             slow",
    ]


def test_a_session_to_share_says_what_was_done_and_what_was_not() -> None:
    done = session(
        "3x8 60kg rir2 # firm", programme="trail-speed", part="whole", note="a *good* day"
    )
    [entry] = done.entries
    undone = replace(entry.sets[-1], undone="time", done=Measures())
    done = replace(done, entries=(replace(entry, sets=(*entry.sets[:-1], undone)),))
    best = Best("back-squat", "load", Side.BOTH, 60, "8 60kg", "8 × 60 kg")
    sides = [
        Best("split-squat", "load", side, 20, "8 20kg", "8 × 20 kg")
        for side in (Side.LEFT, Side.RIGHT)
    ]
    alone = Best("split-squat", "reps", Side.LEFT, 9, "9", "9")
    report = session_report(done, LIBRARY, bests=[best, *sides, alone])
    assert plain_lines(report) == [
        "Wed 2026-11-18: Trail Speed",
        "2 sets, 960 kg lifted.",
        "Note: a *good* day",
        "",
        "Sets",
        "  Back Squat: 2 × 8 · 60 kg, 2 spare; 1 left out (time); note: firm",
        "",
        "Bests",
        "  Back Squat: load 8 × 60 kg",
        "  Split Squat: load 8 × 20 kg",
        "  Split Squat left: reps 9",
    ]
    assert "- Note: a \\*good\\* day\n" in markdown(report)
    assert "132.3 lb" in "".join(table_lines(session_report(done, LIBRARY, "lb")))


def test_jumps_that_were_logged_in_reps_are_contacts_wherever_they_are_told_of() -> None:
    one = session("20", exercise="rope-skipping")
    [entry] = one.entries
    sets = (replace(entry.sets[0], done=Measures(reps=20)),)  # On two feet.
    one = replace(one, entries=(replace(entry, sets=sets),))
    assert plain_lines(history_report([one], LIBRARY))[2:] == [
        "Week of 2026-11-16: 1 session, 1 set, 40 contacts",
        "  Wed 2026-11-18: Rope Skipping: 1 set, 40 contacts",
    ]
    assert plain_lines(session_report(one, LIBRARY))[1] == "1 set, 40 contacts."
    [week] = history_doc([one], LIBRARY)["weeks"]
    assert [made["sums"]["contacts"] for made in (week, *week["sessions"])] == [40, 40]


def sound(found: Session) -> Session:
    """The session with only such sets as say something."""
    entries = (
        replace(e, sets=tuple(s for s in e.sets if s.done or s.undone)) for e in found.entries
    )
    return replace(found, entries=tuple(entries))


@given(any_session)
def test_any_session_can_be_shown(found: Session) -> None:
    log = [sound(found)]
    for report in (
        history_report(log, LIBRARY),
        exercise_history_report(log, "back-squat", LIBRARY),
        session_report(log[0], LIBRARY),
    ):
        assert all(cell_len(line) <= WIDTH for line in plain_lines(report))
        assert table_lines(report)
        assert markdown(report)
    history_doc(log, LIBRARY)
    exercise_history_doc(log, "back-squat", LIBRARY, "kg")
    today_lines(today(log))
    today_doc(today(log))


# --- library ------------------------------------------------------------------------------------


def test_every_exercise_has_a_page_that_fits() -> None:
    for exercise in LIBRARY.exercises.values():
        lines = exercise_page(exercise, LIBRARY)
        assert exercise.id in lines[0]
        assert max(map(len, lines)) <= WIDTH


def test_the_list_names_everything_once() -> None:
    lines = library_lines(LIBRARY)
    for name in (*LIBRARY.exercises, *LIBRARY.programmes):
        assert sum(line.split()[:1] == [name] and line[0] == " " for line in lines) == 1
