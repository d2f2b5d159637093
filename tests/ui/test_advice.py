"""The calculator's advice on the screen: why, rest, the bar, hard sets, mornings, milestones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.calendars import keep
from tests.strategies import new_id
from tests.ui.driver import Books, Driver, open_page, running
from tui.app.exercise_card import card_of
from tui.app.log_reader import LogReader
from tui.app.logbook import Logbook
from tui.app.planner import Planner
from tui.domain.calculator.advice import Reason
from tui.domain.calculator.morning_pain import PAIN_WORDS
from tui.domain.model.logged import id_of_day, with_sets
from tui.domain.model.notation import parse
from tui.domain.model.values import Session, SetKind
from tui.store.repository import Repository
from tui.ui.panes.today_lines import warm_up_line
from tui.ui.why import why_lines

SQUAT = "back-squat"
GYM: Mapping[str, Any] = {"programme": "gym-and-snacks", "max.back-squat": 100}
SQUATS = ("65kg x 5,5,5 rir3", "70kg x 8,7,6 rir3", "75kg x 8,8,7 rir3", "82.5kg x 7,6,5 rir2")


def log(books: Books, exercise: str, sets: str, days_ago: int) -> None:
    """Log sets on an earlier day through the command line."""
    book = books.open()
    found = books.library.exercises[exercise]
    begun = books.clock() - timedelta(days=days_ago)
    book.read_all()
    old = book.reader.session(id_of_day(begun.date()))
    session = old or Session(id=id_of_day(begun.date()), edited="", started=begun, finished=begun)
    changed, _ = with_sets(
        session,
        found,
        parse(sets, found.kind),
        edited=begun.isoformat(),
        at=begun.isoformat(),
        new_id=new_id,
    )
    book.recorder.put(changed)
    book.close()


def settled(
    books: Books, settings: Mapping[str, Any] = GYM, races: list[dict[str, Any]] | None = None
) -> Logbook:
    """A book with settings in force since long ago, and races."""
    book = books.open()
    now = books.clock.time
    books.clock.time = datetime.fromisoformat("2026-09-01T12:00:00+01:00")
    for key, value in settings.items():
        book.profile.set(key, value)
    keep(book, "races", races or [])
    books.clock.time = now
    book.close()
    return books.open()


@pytest.fixture
def squatting(books: Books) -> Logbook:
    """Four sessions of squats, the last three days ago."""
    for days, sets in zip((14, 11, 7, 3), SQUATS, strict=True):
        log(books, SQUAT, sets, days)
    return settled(books)


async def to(ui: Driver, exercise: str) -> None:
    """Move the cursor to an exercise."""
    names = [i.exercise for i in ui.today.session.live.items]
    await ui.press("home", *["j"] * names.index(exercise))


def words(ui: Driver) -> str:
    """The screen as running text."""
    return " ".join(ui.text().split())


def squat_loads(ui: Driver) -> list[float | None]:
    item = next(i for i in ui.live.items if i.exercise == SQUAT)
    return [s.goals[0].measures.load_kg for s in item.now.sets if s.kind is SetKind.WORK]


# --- why ----------------------------------------------------------------------------------------


async def test_why_tells_reasons_sessions_sureness_and_sources(
    books: Books, squatting: Logbook
) -> None:
    async with running(squatting, books.clock, (80, 50)) as ui:
        await to(ui, SQUAT)
        await ui.press("w", "w")
        assert open_page(ui) == "Why: Back Squat"
        shown = words(ui)
        assert "5 × 80, 80, 77.5 kg, 2 to spare, rest 2:00, stop when a rep slows" in shown
        assert "Your best single today is near 100 kg" in shown
        assert "Every set was done in the last 4 sessions." in shown
        assert (
            "30 Oct 2026 7, 6, 5 · 82.5 kg, 2 spare 26 Oct 2026 8, 8, 7 · 75 kg, 3 spare" in shown
        )
        assert "22 Oct" not in shown
        assert "How sure: fairly." in shown
        assert "Should Trail Runners Strength Train?" in shown
        assert "Noticed" not in shown


async def test_why_in_a_session_says_the_same_and_what_the_runner_changed(
    books: Books, squatting: Logbook
) -> None:
    async with running(squatting, books.clock, (80, 50)) as ui:
        await to(ui, SQUAT)
        await ui.press("w", "w")
        planned = words(ui)
        await ui.press("q", "+", "w", "w")
        shown = words(ui)
        assert "You made it 5 × 82.5, 82.5, 80 kg. Noticed" in shown
        assert shown.split("Your best")[1] == planned.split("Your best")[1]


async def test_why_notices_what_was_done_otherwise_than_planned(books: Books) -> None:
    async with running(books.open(), books.clock, (80, 50)) as ui:
        await ui.press("e")
        await ui.answer("L6x5s R6x5s")
        await ui.press("F", "t", "q")
        books.clock.forward(3 * 86_400)
        ui.main.show()
        await ui.settle()
        await ui.press("home", "w", "w")
        assert "2 Nov 2026" in ui.text()
        assert "Not all of it was as planned: noticed" in words(ui)


async def test_why_of_a_warm_up_says_whose_it_is(books: Books, squatting: Logbook) -> None:
    async with running(squatting, books.clock) as ui:
        await ui.press("w")
        assert "As Gym and Snacks has it." in ui.text()
        await ui.press("w")
        assert "A warm-up, as Gym and Snacks has it." in ui.text()


async def test_a_variant_stands_in_the_row_and_why_says_what_for(books: Books) -> None:
    book = settled(books, {"programme": "trail-speed", "level": "beginner"})
    async with running(book, books.clock) as ui:
        await ui.press("j", "j", "w", "w")
        assert "It stands for Single-Leg Hamstring Eccentric with Towel." in words(ui)
        assert "Both legs first, then one." in words(ui)
        await ui.press("q")
        assert "Single-Leg Hamstring Eccentric with Towel" not in ui.text()
        await ui.press("enter", "w", "w")
        assert "It stands for Single-Leg Hamstring Eccentric with Towel." in words(ui)


async def test_a_harder_variant_rests_on_the_sessions_of_the_one_before(books: Books) -> None:
    for days in (7, 3):
        log(books, "wall-sit", "3x60s effort6", days)
    async with running(books.open(), books.clock) as ui:
        await ui.press("E", "a", *"wall sit", "enter")
        said = ui.book.planner.advise(books.library.exercises["wall-sit"], books.clock().date())
        assert said.variant == "single-leg-wall-sit"
        card = card_of(ui.book, books.library.exercises[said.variant], said)
        lines = why_lines(card, ui.book.reader.sessions(), 76)
        shown = "\n".join("".join(text for text, _ in line) for line in lines)
        assert "30 Oct 2026  Wall Sit 3 × 1:00, effort 6" in shown
        assert "It stands for Wall Sit." in shown


async def test_how_to_do_it_tells_what_is_next(books: Books, squatting: Logbook) -> None:
    async with running(squatting, books.clock) as ui:
        await to(ui, SQUAT)
        await ui.press("d")
        here = words(ui).partition("stridelift")[2]
        assert "Next 5 × 80, 80, 77.5 kg, 2 to spare" in here
        await ui.press("q", "1", "/", *"back squat", "enter", "enter")
        assert open_page(ui) == "Back Squat"
        assert words(ui).partition("stridelift")[2] == here


# --- rest ---------------------------------------------------------------------------------------


def race(books: Books, days: int) -> Logbook:
    day = (books.clock().date() + timedelta(days=days)).isoformat()
    return settled(books, {}, [{"day": day, "name": "Hill Race", "priority": "A"}])


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_where_all_rests_there_is_calm_and_a_reason(
    books: Books, size: tuple[int, int]
) -> None:
    async with running(race(books, 5), books.clock, size) as ui:
        shown = words(ui)
        assert "RACE WEEK Hill Race (A), Sat 7 Nov, in 5 days" in shown
        assert "The work is done. Now rest is what makes you faster on Saturday." in shown
        assert "space starts" not in shown
        assert "begins" not in shown
        await ui.press("w")
        assert open_page(ui) == "Why: rest today"
        assert "Hill Race is 5 days away: no strength work, only mobility." in words(ui)
        assert "Wall Lean Hip Flexor Hold, Glute Sling" in words(ui)
        await ui.press("q", "a", *"plank", "enter")
        assert [item.exercise for item in ui.live.items] == ["plank"]
        assert "Set 1 of" in ui.text()


async def test_what_rests_alone_stands_below_with_its_reason(books: Books) -> None:
    log(books, "plank", "40s pain7", 3)
    async with running(books.open(), books.clock) as ui:
        assert "Dead Bug Ball Squeeze: rest. Your back hurt 7 of ten last time" in ui.text()
        assert "Dead Bug Ball Squeeze" not in {ui.book.profile.library.exercises[i.exercise].name
                                 for i in ui.today.session.live.items}  # fmt: skip
        await ui.press("end")
        assert "Dead Bug Ball Squeeze rests." in ui.text()
        await ui.press("e")
        assert ui.said.startswith("This exercise rests today")
        await ui.press("enter")
        assert ui.prompt().startswith("Trail Speed is for")
        await ui.press("n")
        assert ui.book.recorder.live is None
        await ui.press("w", "w")
        assert open_page(ui) == "Why: Dead Bug Ball Squeeze"
        assert "A calm morning brings the work back: m tells." in words(ui)
        await ui.press("q", "d")
        assert open_page(ui) == "Dead Bug Ball Squeeze"
        await ui.press("q", "home", "enter", "y")
        assert "Dead Bug Ball Squeeze: rest" not in ui.text()


# --- the bar ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_what_goes_on_the_bar_stands_under_the_set(
    books: Books, squatting: Logbook, size: tuple[int, int]
) -> None:
    async with running(squatting, books.clock, size) as ui:
        await to(ui, SQUAT)
        lines = ui.lines()
        at = next(i for i, line in enumerate(lines) if "On the bar" in line)
        assert "Set 1 of 3" in lines[at - 6]
        bar = "20 bar + 20 + 10" if size[0] >= 80 else "20 + 10"
        assert lines[at].strip() == f"On the bar  {bar} each side  Stop when a rep slows."
        told = [line.strip() for line in lines[at + 1 :] if line.strip()]
        assert told[0].startswith("Ramp: 5 × 20 kg, 5 × 40 kg")
        assert told[1].startswith("Last time")
        await to(ui, "romanian-deadlift")
        assert "5 each side" in ui.text()
        await to(ui, "split-squat")
        assert "On the bar" not in ui.text()


async def test_a_load_that_cannot_be_put_together_is_told_as_the_one_below(books: Books) -> None:
    log(books, SQUAT, "60kg x 5,5,5 rir3", 3)
    book = settled(books, {**GYM, "barbell.plates": "20x2 10x2"})
    async with running(book, books.clock) as ui:
        await to(ui, SQUAT)
        await ui.press("e")
        await ui.answer("5 70kg")
        item = ui.today.item
        assert item is not None
        await ui.press("A", "+", "right", "right", "right", "left", "right")
        loads = {s.goals[0].measures.load_kg for s in ui.live.item(item.id).now.sets}
        assert loads <= {20, 40, 60, 80}
        await ui.press("W")
        assert "∘" in ui.week_annotations()[SQUAT]


# --- warm-ups -----------------------------------------------------------------------------------


async def test_warm_ups_lead_up_to_a_lift_with_what_is_owned(
    books: Books, squatting: Logbook
) -> None:
    async with running(squatting, books.clock) as ui:
        await to(ui, SQUAT)
        await ui.press("W")
        assert ui.week_annotations()[SQUAT] == "∘∘∘∘○○○"
        assert "Warm-up 1 of 4  5 × 20 kg" in ui.text()
        assert "empty bar" in ui.text()
        await ui.press("enter", "enter", "enter")
        assert "20 + 2.5 + 1.25 each side" in ui.text()


# --- a set that was harder than planned ---------------------------------------------------------


@pytest.mark.parametrize("how", [["enter", "r", "=0"], ["e", "=5 80kg rir0"], ["f", "=4 80kg"]])
async def test_a_hard_set_makes_the_next_lighter_and_one_undo_takes_both_back(
    books: Books, squatting: Logbook, how: list[str]
) -> None:
    async with running(squatting, books.clock) as ui:
        await to(ui, SQUAT)
        for key in how:
            await (ui.answer(key[1:]) if key.startswith("=") else ui.press(key))
        eased = squat_loads(ui)
        assert eased[0] == 80
        assert all(load is not None and load < 80 for load in eased[1:])
        assert ui.said.endswith(f"That set was harder than planned: {eased[1]:g} kg for the next.")
        assert books.on_disk() == ui.live
        item = ui.today.item
        assert item is not None and item.plan == item.now
        await ui.press("u")
        assert squat_loads(ui) == [80, 80, 77.5]


async def test_a_set_as_planned_changes_nothing_of_the_rest(
    books: Books, squatting: Logbook
) -> None:
    async with running(squatting, books.clock) as ui:
        await to(ui, SQUAT)
        await ui.press("enter", "r")
        await ui.answer("3")
        assert squat_loads(ui) == [80, 80, 77.5]
        assert ui.said == "3 spare in Back Squat set 1. Another digit changes it."
        await ui.press("enter")
        assert [e["e"] for e in books.events()] == [
            "start", "sets", "clock", "sets", "sets", "clock"]  # fmt: skip


async def test_a_restart_needs_no_calculator_for_what_got_lighter(
    books: Books, squatting: Logbook
) -> None:
    async with running(squatting, books.clock) as ui:
        await to(ui, SQUAT)
        await ui.press("enter", "r")
        await ui.answer("0")
        before = ui.live
    assert books.on_disk() == before


async def test_why_says_where_the_answer_has_changed_since_the_beginning(
    books: Books, squatting: Logbook
) -> None:
    async with running(squatting, books.clock) as ui:
        await to(ui, SQUAT)
        await ui.press("A", "m")
        await ui.answer("knee 4")
        await ui.press("w")
        assert "Asked anew it would be Shallow Wall Sit, 3 × 30 s." in words(ui)
        assert "harder than planned" not in words(ui)


async def test_why_says_that_a_set_was_harder(books: Books, squatting: Logbook) -> None:
    async with running(squatting, books.clock) as ui:
        await to(ui, SQUAT)
        await ui.press("enter", "r")
        await ui.answer("0")
        await ui.press("w")
        assert "It was 5 × 80, 80, 77.5 kg, until a set was harder than planned." in words(ui)


# --- mornings -----------------------------------------------------------------------------------


def mornings(books: Books) -> list[tuple[Any, Any]]:
    found = Repository(books.paths, writable=False).records(2026)
    return [(r.values["region"], r.values["pain"]) for r in found]


async def test_the_morning_after_pain_is_asked_for_and_the_plan_goes_by_it(books: Books) -> None:
    log(books, "seated-calf-raise", "3x15 20kg pain3", 1)
    async with running(books.open(), books.clock) as ui:
        asks = "Your calf or ankle hurt 3 yesterday. How is it this morning? m tells"
        assert asks in ui.text()
        before = ui.today.session.live.items
        await ui.press("m")
        assert ui.prompt() == "Calf or ankle this morning, 0 none to 10 worst? "
        await ui.press("4")
        assert ui.said == "Noted: calf or ankle 4 this morning."
        assert mornings(books) == [("ankle-calf", 4)]
        assert asks not in ui.text()
        assert ui.today.session.live.items != before
        assert "Calf Hold" in ui.text()
        assert ui.book.recorder.live is None
        await ui.press("m")
        assert ui.prompt() == "What hurts this morning, and how much? "
        await ui.answer("calf 0")
        assert mornings(books) == [("ankle-calf", 0)]
        assert "Calf Hold" not in ui.text()


async def test_of_several_regions_each_is_asked_the_worst_first(books: Books) -> None:
    log(books, "seated-calf-raise", "15 20kg pain2", 1)
    log(books, "step-up", "8 20kg pain4", 1)
    async with running(books.open(), books.clock) as ui:
        await ui.press("m")
        assert ui.prompt().startswith("Knee this morning")
        await ui.answer("6")
        assert ui.prompt().startswith("Calf or ankle this morning")
        await ui.press("0")
        assert ui.said.endswith(PAIN_WORDS)
        assert sorted(mornings(books)) == [("ankle-calf", 0), ("knee", 6)]


async def test_with_nothing_to_ask_where_and_how_much_are_typed(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("m")
        for typed, says in (
            ("elbow 3", "! Where and how much?"),
            ("3", "! Where and how much?"),
            ("knee", "! Where and how much?"),
            ("knee 11", "! 0 to 10, please."),
            ("knee x", "! 0 to 10, please."),
        ):
            await ui.answer(typed)
            assert ui.said.startswith(says)
            assert ui.prompt().endswith(typed)
        assert mornings(books) == []
        await ui.answer("Ankle 7")
        assert ui.said.endswith(PAIN_WORDS)
        assert mornings(books) == [("ankle-calf", 7)]
        await ui.press("m")
        await ui.answer("shin splints 2")
        assert ui.said == "Noted: shin 2 this morning."


@pytest.mark.parametrize("days", [0, 3])
async def test_it_is_asked_for_no_longer_than_two_days(books: Books, days: int) -> None:
    log(books, "step-up", "8 20kg pain4", days)
    async with running(books.open(), books.clock) as ui:
        assert "knee hurt 4" not in ui.text()


async def test_after_a_fortnight_of_silence_it_is_asked_for_once_more(books: Books) -> None:
    log(books, "step-up", "8 20kg pain4", 13)
    async with running(books.open(), books.clock) as ui:
        day = (books.clock() - timedelta(days=13)).date()
        assert (
            f"Your knee hurt 4 on {day.day} {day:%b}. How is it this morning? m tells" in ui.text()
        )
        await ui.press("m")
        assert ui.prompt().startswith("Knee this morning")
        await ui.answer("0")
        assert mornings(books) == [("knee", 0)]
        assert "m tells" not in ui.text()


async def test_it_fits_a_small_terminal_and_is_gone_once_a_session_runs(books: Books) -> None:
    log(books, "seated-calf-raise", "3x15 20kg pain3", 2)
    async with running(books.open(), books.clock, (60, 20)) as ui:
        assert "Calf or ankle hurt 3 on Saturday. This morning? m tells" in ui.text()
        await ui.press("enter", "y")
        assert "m tells" not in ui.text()


async def test_a_morning_of_a_new_year_leaves_the_plan_on_the_screen(books: Books) -> None:
    books.clock.time = datetime.fromisoformat("2027-01-01T09:00:00+01:00")
    log(books, "step-up", "8 20kg pain4", 1)
    async with running(books.open(), books.clock) as ui:
        await ui.press("m")
        await ui.answer("1")
        assert "Wall Lean Hip Flexor Hold" in ui.text()


# --- the end ------------------------------------------------------------------------------------


async def test_the_tenth_session_is_told_at_its_end(books: Books) -> None:
    for days in range(9):
        log(books, "plank", "30s", 2 + days)
    async with running(books.open(), books.clock) as ui:
        await ui.press("E", "a", *"plank", "enter", "e")
        await ui.answer("60s")
        await ui.press("F", "t")
        assert "★ 10 sessions" in ui.text()
        assert "★ Plank: held for 60 seconds" in ui.text()


async def test_a_best_of_both_sides_is_one_line(books: Books) -> None:
    log(books, "side-plank", "30s", 5)
    async with running(books.open(), books.clock) as ui:
        await ui.press("E", "a", *"side plank", "enter", "e")
        await ui.answer("35s")
        await ui.press("A", "e")
        await ui.answer("L40s R35s")
        await ui.press("F", "t")
        assert "★ Side Plank left: longest hold, 40 s" in ui.text()
        assert "★ Side Plank right: longest hold, 35 s" in ui.text()
        await ui.press("q", "u", "u", "F", "t")
        assert "★ Side Plank: longest hold, 35 s" in ui.text()


# --- before the log is read ---------------------------------------------------------------------


async def test_until_the_log_is_read_no_number_is_shown(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        with monkeypatch.context() as patch:
            patch.setattr(Planner, "planned", lambda *_: None)
            patch.setattr(LogReader, "complete", False)
            ui.main.show()
            await ui.settle()
            assert "Your log is being read." in ui.text()
            assert "Wall Lean" not in ui.text()
            for key in ("enter", "space", "m", "e"):
                await ui.press(key)
                assert ui.said == "Your log is still being read. A moment."
            await ui.press("w", "d")
            assert not open_page(ui)
        ui.main.show()
        await ui.settle()
        assert "Wall Lean" in ui.text()
        assert ui.book.recorder.live is None


# --- much pain ----------------------------------------------------------------------------------

LEGS = {"wall-lean-hold", "glute-sling", "towel-hamstring-eccentric", "seated-calf-raise"}


async def test_much_pain_in_the_morning_leaves_the_legs_out_and_u_brings_them_back(
    books: Books,
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        done = ui.live.item(next(iter(ui.live.rows)).item).exercise
        await ui.press("m")
        await ui.answer("knee 9")
        assert ui.said.endswith(PAIN_WORDS)
        left = {item.exercise for item in ui.live.items if ui.live.open_keys(item)}
        assert left == {"dead-bug-squeeze"}
        rows = [row for rows in ui.live.rows.values() for row in rows]
        assert {row.undone for row in rows} == {None, "pain"}
        assert done in LEGS  # Sets already done stay.
        await ui.press("u")
        assert {item.exercise for item in ui.live.items if ui.live.open_keys(item)} > left


async def test_a_session_begun_after_it_has_nothing_for_the_legs(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("m")
        await ui.answer("knee 9")
        assert "Your knee hurt 9 of ten this morning" in ui.text()
        await ui.press("enter")
        assert [item.exercise for item in ui.live.items] == ["dead-bug-squeeze"]


def test_that_warm_ups_are_left_out_for_what_hurts_is_said_on_today(books: Books) -> None:
    plan = books.open().read_all().planner.next_plan(books.clock().date())
    assert warm_up_line(plan, 80) == []
    sore = replace(plan, marks=(Reason("WARMUP_SORE", {"region": "knee"}),))
    words = "Knee hurts: no warm-up that loads it, and watch it in every set."
    assert warm_up_line(sore, 80) == [(words, "warn")]
