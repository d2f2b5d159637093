"""The Today pane: every key in a session, and the clock that leads a set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.ui.driver import Books, Driver, done, open_page, running, work
from tui.domain.calculator.morning_pain import PAIN_WORDS, morning
from tui.domain.model.library.checks import HOUSEHOLD
from tui.domain.model.regions import loaded
from tui.domain.model.values import SetKind
from tui.domain.session.live import Key
from tui.store.errors import StoreError
from tui.store.journal import Journal, pending
from tui.store.repository import Repository
from tui.ui.screens.find import FindScreen

WALL, SLING, TOWEL, CALF, BUG = "12345"
SET_S = 116.0


async def to(ui: Driver, item: str) -> None:
    """Move the cursor to an exercise with the runner's keys."""
    await ui.press("home", *["j"] * (int(item) - 1))
    here = ui.today.item
    assert here is not None and here.id == item


async def log_without_weight(ui: Driver) -> None:
    """Log the first set of an exercise whose load nobody knows: it is asked for once."""
    await ui.press("enter")
    assert ui.prompt() == "Weight in kg? "
    await ui.press("enter")
    assert ui.prompt() == ""


# --- a whole session ----------------------------------------------------------------------------


async def test_a_session_as_prescribed_costs_one_key_a_set(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        # The weight of the calf raise is asked for, the first time.
        await ui.press(*["enter"] * 8, *["enter", "2", "0", "enter"], *["enter"] * 5)
        assert set("".join(ui.week_annotations().values())) == {"●"}
        await ui.press("F")
        assert "Well done" in ui.text()
        assert "14 sets" in ui.text()
        assert ui.book.recorder.live is None
        await ui.press("q")
        assert "DONE TODAY  Trail Speed" in ui.text()
        assert ui.text().count("●") == 14, "what was done stays in sight"
    [session] = Repository(books.paths, writable=False).sessions(2026)
    assert pending(books.paths) == []
    assert {entry.exercise: done(entry) for entry in session.live()} == {
        "wall-lean-hold": [(n, s, "8x5s") for n in (1, 2, 3) for s in ("left", "right")],
        "glute-sling": [(n, s, "25") for n in (1, 2, 3) for s in ("left", "right")],
        "towel-hamstring-eccentric": [(n, s, "5") for n in (1, 2) for s in ("left", "right")],
        "seated-calf-raise": [(n, "both", "25") for n in (1, 2, 3)],
        "dead-bug-squeeze": [(n, s, "8x5s") for n in (1, 2, 3) for s in ("left", "right")],
    }
    loads = {e.exercise: {row.done.load_kg for row in e.live()} for e in session.live()}
    assert loads.pop("seated-calf-raise") == {20}
    assert set().union(*loads.values()) == {None}


async def test_nothing_is_on_disk_before_the_first_step(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("j", "k", "right", "left", "w", "q", "d", "q", "?", "q", "1", "2", "tab")
        assert pending(books.paths) == []


async def test_a_set_is_on_disk_when_the_screen_shows_it(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        assert books.on_disk() == ui.live


async def test_a_step_refused_begins_no_session(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("K")
        assert ui.said == "This exercise is the first already."
        assert ui.book.recorder.live is None
        assert pending(books.paths) == []


async def test_what_is_begun_is_what_stands_on_the_screen(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        other = ui.book.profile.library.programmes["gym-and-snacks"]
        ui.book.profile.set("programme", other.id)
        await ui.press("enter")
        assert ui.book.recorder.live is None
        assert "plan" in ui.said
        assert other.name in ui.text()
        await ui.press("enter")
        assert ui.live.programme == other.id


# --- the clock ----------------------------------------------------------------------------------


async def test_the_clock_leads_sixteen_holds_with_no_key(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        seen: list[str] = []
        while not ui.live.pending:
            await ui.pass_time(1)
            words = ui.clock_words().partition(",")[0]
            if words.startswith("HOLD") and words not in seen:
                seen.append(words)
        assert seen == [f"HOLD {side} {n}/8" for n in range(1, 9) for side in ("left", "right")]
        assert ui.week_annotations()["wall-lean-hold"] == "◐○○"
        assert "ran its time. Was it so?" in ui.text()
        assert ui.clock_words().startswith("REST 1:00")
        [*_, last] = books.events()
        assert last["e"] == "sets"
        assert last["pending"] is True
        await ui.pass_time(30)
        assert ui.clock_words().startswith("REST 0:30")
        await ui.pass_time(35)
        assert ui.clock_words().startswith("REST over")


async def after_the_set(ui: Driver) -> None:
    await ui.press("space")
    await ui.pass_time(SET_S + 10, step=30)
    assert ui.week_annotations()["wall-lean-hold"] == "◐○○"


async def test_enter_confirms_what_the_clock_marked(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await after_the_set(ui)
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        assert not ui.live.pending
        assert ui.live.clock is not None


async def test_the_next_start_confirms_and_begins_the_next_set(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await after_the_set(ui)
        await ui.press("space")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        assert not ui.live.pending
        assert ui.live.clock is not None
        assert ui.live.clock.key == work(WALL, 2)


async def test_e_corrects_what_the_clock_marked(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await after_the_set(ui)
        await ui.press("e")
        assert ui.prompt() == "Set 1, 8 × 5 s each side. What was different? "
        await ui.answer("R6")
        assert ui.done(WALL, 1) == "L8x5s R6x5s"
        assert not ui.live.pending


async def test_a_set_ends_when_it_ended_however_late_the_tick(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        began = books.clock()
        await ui.pass_time(3600, step=3600)
        [row, _] = ui.live.rows[work(WALL, 1)]
        assert row.at < (began + timedelta(seconds=SET_S)).isoformat()
        assert ui.clock_words().startswith("REST over 57 min")


async def test_the_screen_is_woken_when_the_shown_second_changes(
    books: Books, armed: list[float]
) -> None:
    async with running(books.open(), books.clock) as ui:
        assert armed == []
        await ui.press("space")
        assert armed[-1] == pytest.approx(1)
        books.clock.forward(0.25)
        ui.today.clock.tick()
        assert armed[-1] == pytest.approx(0.75)
        count = len(armed)
        await ui.press("space")
        await ui.press("j", "k")
        assert len(armed) == count


async def test_pause_and_go_on(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        await ui.pass_time(7)
        before = ui.clock_words()
        await ui.press("space")
        assert "PAUSED" in ui.clock_words()
        await ui.pass_time(120, step=60)
        await ui.press("space")
        assert ui.clock_words() == before
        await ui.pass_time(1)
        assert ui.clock_words() != before


async def test_skip_repeat_and_fifteen_more(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        await ui.press(".")
        assert ui.clock_words().startswith("HOLD left 1/8, 0:05")
        await ui.pass_time(3)
        assert ui.clock_words().startswith("HOLD left 1/8, 0:02")
        await ui.press(",")
        assert ui.clock_words().startswith("HOLD left 1/8, 0:05")
        await ui.press("t")
        assert ui.clock_words().startswith("HOLD left 1/8, 0:20")
        await ui.press("o")
        assert ui.clock_words().startswith("Set 1 of 3")
        assert books.on_disk() == ui.live


async def test_fifteen_seconds_more_of_rest(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        assert ui.clock_words() == "REST 1:00"
        await ui.press("t", "t")
        assert ui.clock_words() == "REST 1:30"


async def test_a_clock_key_without_a_clock_says_so(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        for key in (".", ",", "t", "o"):
            await ui.press(key)
            assert ui.said == "The clock is not running. space starts it."
        assert ui.book.recorder.live is None


async def test_the_clock_keys_work_from_every_pane(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "space")
        assert ui.live.clock is not None
        await ui.press("3", "space")
        assert ui.live.clock.watch.paused_at is not None


async def test_all_done_says_what_ends_the_session(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*["enter"] * 15)
        assert ui.clock_words() == "All 14 sets are done. F finishes."
        await ui.press("space")
        assert ui.said == "All sets are done. F finishes."
        await ui.press("enter")
        assert ui.said == "All 14 sets are done. F finishes."


# --- one set ------------------------------------------------------------------------------------


async def test_edit_logs_the_next_set_as_typed(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await ui.press("e")
        assert ui.prompt() == "Set 1, 25. What was different? "
        await ui.answer("20 40kg rir2 slow # hot")
        [row] = ui.live.rows[work(CALF, 1)]
        assert (row.done.reps, row.done.load_kg, row.rir) == (20, 40, 2)
        assert (row.flags, row.note) == (("slow",), "hot")
        assert ui.done(CALF, 1) == "20 40kg rir2 slow"
        assert "25 × 40 kg" in ui.text()


async def test_keys_reach_the_prompt_as_text(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await ui.press("e", *"2q4", "backspace", "backspace", "3")
        assert ui.prompt() == "Set 1, 25. What was different? 23"
        await ui.press("enter")
        assert ui.done(CALF, 1) == "23"


@pytest.mark.parametrize("leave", ["tab", "escape"])
async def test_a_prompt_is_left_with_nothing_changed(books: Books, leave: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("e", "9", leave)
        assert ui.prompt() == ""
        assert ui.book.recorder.live is None
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"


async def test_a_wrong_notation_is_one_line_and_changes_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await log_without_weight(ui)
        before = ui.live
        for typed in ("nonsense", "3x8", "62.5", "999999", "[red]8", "5x5x5x5"):
            await ui.press("e")
            await ui.answer(typed)
            # The prompt stays open, so what is typed is not a command.
            assert ui.prompt() == f"Set 2, 25. What was different? {typed}"
            assert ui.said
            assert "\n" not in ui.said
            assert ui.live == before
            await ui.press("x", "tab")
            assert ui.live == before
        assert books.on_disk() == before


async def test_left_picks_an_earlier_set_for_edit(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await log_without_weight(ui)
        await ui.press("enter", "left", "left")
        assert ui.week_annotations()["seated-calf-raise"] == "[●]●○"
        await ui.press("e")
        await ui.answer("18")
        assert (ui.done(CALF, 1), ui.done(CALF, 2)) == ("18", "25")
        assert ui.week_annotations()["seated-calf-raise"] == "▼●○"
        await ui.press("left", "left")
        assert "fell short: 18 of 25" in ui.text()


async def test_steps_of_load_change_the_open_sets(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await log_without_weight(ui)
        await ui.press("+", "+", "=")
        assert "25 × 7.5 kg" in ui.text()
        await ui.press("-", "_")
        assert "25 × 2.5 kg" in ui.text()
        await ui.press("enter")
        assert (ui.done(CALF, 1), ui.done(CALF, 2)) == ("25", "25 2.5kg")
        await ui.press("-")
        assert ui.said == "Your lightest already. 0 adds kit."


@pytest.mark.parametrize(
    ("owned", "keys", "load"),
    [
        ("8 12 20", "+", "8kg"),
        ("8 12 20", "+++", "20kg"),
        ("8 12 20", "++-", "8kg"),
        ("8 12 20", "++++", "20kg"),
        ("10lb 25lb", "++", "11.34kg"),
    ],
)
async def test_a_step_of_load_is_the_next_that_is_owned(
    books: Books, owned: str, keys: str, load: str
) -> None:
    book = books.open()
    book.profile.set("dumbbells", owned)
    async with running(book, books.clock) as ui:
        await to(ui, CALF)
        await ui.press("[", *keys)
        assert f"3 × 24 · {load.removesuffix('kg')} kg" in ui.text()
        if len(keys) > 3:
            assert ui.said == "Your heaviest already. 0 adds kit."


async def test_steps_of_reps_and_holds_change_the_open_sets(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("]")
        assert "9 × 5 s each side" in ui.text()
        await ui.press("[", "[")
        await ui.press("enter")
        assert ui.done(WALL, 1) == "7x5s/side"
        await to(ui, CALF)
        await ui.press("[")
        await log_without_weight(ui)
        assert ui.done(CALF, 1) == "24"
        [row] = ui.live.rows[work(CALF, 1)]
        assert row.prescribed is not None and row.prescribed.reps == 25


async def test_reps_left_go_to_the_set_just_logged(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await log_without_weight(ui)
        await ui.press("home", "r")
        assert ui.prompt() == "How many more could you have done, 0 to 5? "
        assert ui.said == "Seated Weighted Calf Raise set 1."
        await ui.answer("2")
        assert ui.done(CALF, 1) == "25 rir2"


@pytest.mark.parametrize(
    ("letter", "flag"),
    [
        *[("s", "slow"), ("f", "form"), ("l", "landing"), ("k", "knee"), ("h", "hips")],
        *[("a", "ankle"), ("t", "tempo")],
    ],
)
async def test_what_went_wrong_takes_two_keys(books: Books, letter: str, flag: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await log_without_weight(ui)
        await ui.press("c")
        assert ui.prompt().split("  ")[:3] == ["", "s slow", "f form"]
        assert ui.said.startswith("Seated Weighted Calf Raise set 1: what went wrong?")
        await ui.press(letter)
        assert ui.done(CALF, 1) == f"25 {flag}"
        assert f"Noted: {flag}." in ui.said
        await ui.press(letter)
        assert ui.done(CALF, 1) == "25"
        await ui.press("enter")
        assert ui.prompt() == ""
        assert ui.week_annotations()["seated-calf-raise"] == "●○○"


async def test_two_slow_sets_in_a_row_offer_the_end_of_the_exercise(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await log_without_weight(ui)
        await ui.press("c", "s", "enter")
        assert ui.prompt() == ""
        books.clock.forward(60)
        await ui.press("enter", "c", "s")
        assert ui.prompt().startswith("Two slow sets in a row: leave out 1 set?")
        await ui.press("n")
        assert ui.week_annotations()["seated-calf-raise"] == "●●○"
        await ui.press("left", "e")
        await ui.answer("25 slow")
        assert ui.prompt().startswith("Two slow sets in a row")
        await ui.press("y")
        assert ui.week_annotations()["seated-calf-raise"] == "●●–"
        row = ui.live.rows[work(CALF, 3)][0]
        assert (row.undone, row.flags) == ("other", ("slow",))
        # What is said now is said of the last set done, not of the one left out.
        await ui.press("c")
        assert ui.said.startswith("Seated Weighted Calf Raise set 2: what went wrong?")
        await ui.press("f")
        assert "Noted: slow, form." in ui.said
        await ui.press("enter", "u", "u")
        assert ui.week_annotations()["seated-calf-raise"] == "●●○"


@pytest.mark.parametrize("key", ["r", "p"])
async def test_a_wrong_rating_changes_nothing(books: Books, key: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        before = ui.live
        await ui.press(key)
        for typed in ("-", "x", "²", "["):
            await ui.press(typed)
            assert ui.prompt().endswith(typed)
            assert ui.said in ("! 0 to 5, please.", "! 0 to 10, please.")
            assert ui.live == before
        await ui.press("q")
        assert ui.prompt() == ""
        assert ui.live == before


async def test_a_digit_that_follows_corrects_the_one_before(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "p")
        ui.pace = 0.5
        await ui.press("1", "0", "enter")
        assert {row.pain for row in ui.live.rows[work(WALL, 1)]} == {10}
        assert ui.week_annotations()["wall-lean-hold"].startswith("●–")
        await ui.press("u")
        ui.pace = 3
        await ui.press("p", "8")
        ui.pace = 0.5
        await ui.press("2", "enter")
        # What the 8 had left out is open again.
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        assert {row.pain for row in ui.live.rows[work(WALL, 1)]} == {2}
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●●○"


async def test_a_digit_that_comes_too_late_says_so_before_it_is_a_command(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "r", "2", "3")
        assert ui.main.current == "today"
        assert ui.said.startswith("! Too late to change that by a digit")
        await ui.press("3")
        assert ui.main.current == "history"
        await ui.press("2", "r", "2")
        ui.pace = 20
        await ui.press("3")
        assert ui.main.current == "history"


async def test_letters_that_spell_an_answer_are_no_commands_of_what_it_opened(
    books: Books,
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "F")
        ui.pace = 0.2
        await ui.press(*"time", "enter")
        assert open_page(ui)
        assert len(ui.app.screen_stack) == 2


async def test_letters_that_spell_an_answer_are_no_commands(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.pace = 0.2
        await ui.press("s", *"time", "enter")
        assert ui.week_annotations()["wall-lean-hold"] == "–○○"
        assert len(ui.app.screen_stack) == 1


@pytest.mark.parametrize(("pain", "advice"), [("5", "Pain 5 in"), ("6", PAIN_WORDS)])
async def test_pain_from_six_says_stop(books: Books, pain: str, advice: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "p")
        await ui.answer(pain)
        assert advice in ui.said
        assert {row.pain for row in ui.live.rows[work(WALL, 1)]} == {int(pain)}


async def test_pain_from_six_leaves_out_what_loads_the_region(books: Books) -> None:
    """The wall lean loads the hip, and so do the sling, the towel and the calf raise."""
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "p")
        await ui.answer("8")
        assert "professional" in ui.said
        open_still = {ui.live.item(key.item).exercise for key in ui.live.unfinished()}
        library = ui.book.profile.library.exercises
        assert open_still
        assert not any("hip" in loaded(library[name]) for name in open_still)
        await ui.press("u")
        assert len(ui.live.unfinished()) > len(open_still)


async def test_pain_told_outside_rests_the_session_that_waits(books: Books) -> None:
    first = books.open()
    async with running(first, books.clock) as ui:
        await ui.press("enter")
    first.close()
    book = books.open()
    day = books.clock().date()
    book.recorder.tell(morning(day, "knee", 9, books.clock().isoformat()))
    book.close()
    async with running(books.open(), books.clock) as ui:
        assert "professional" in ui.said
        library = ui.book.profile.library.exercises
        still = {ui.live.item(key.item).exercise for key in ui.live.unfinished()}
        assert not any("knee" in loaded(library[name]) for name in still)


async def test_there_is_nothing_to_rate_before_the_first_set(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        for key in "rpn":
            await ui.press(key)
            assert ui.said.startswith("No set is logged yet.")
            assert ui.prompt() == ""


async def test_fail_offers_one_rep_less_with_none_left(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await ui.press("f")
        assert ui.prompt() == "Set 1: how many of 25 did you get? [24] "
        await ui.press("enter")
        assert ui.done(CALF, 1) == "24 rir0"


async def test_f_after_an_enter_too_early_is_about_the_set_it_logged(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        while not ui.clock_words().startswith("HOLD left 3/8"):
            await ui.pass_time(1)
        await ui.press("enter")
        assert ui.done(WALL, 1) == "8x5s/side"
        await ui.press("p", "3", "f")
        assert ui.prompt() == "Set 1: how far did you get? [2 × 5 s each side] "
        await ui.press("enter")
        assert ui.done(WALL, 1) == "2x5s/side pain3"
        assert ui.week_annotations()["wall-lean-hold"] == "▼○○"


async def test_undo_goes_to_the_set_that_is_open_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*["enter"] * 3)
        here = ui.today.item
        assert here is not None and here.id == SLING
        await ui.press("u", "enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●●●"
        assert ui.week_annotations()["glute-sling"] == "○○○"


async def test_fail_offers_what_the_clock_saw(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        while not ui.clock_words().startswith("HOLD left 3/8"):
            await ui.pass_time(1)
        await ui.press("f")
        assert ui.prompt() == "Set 1: how far did you get? [2 × 5 s each side] "
        await ui.press("enter")
        assert ui.done(WALL, 1) == "2x5s/side"
        assert ui.clock_words().startswith("REST")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("time", "time"), ("p", "pain"), ("Equipment", "equipment"), ("o", "other")],
)
async def test_skip_leaves_a_set_undone_for_a_reason(books: Books, typed: str, reason: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("s")
        assert ui.prompt().startswith("Skip set 1. Why?  t time  p pain  e equipment  o other")
        await ui.answer(typed)
        assert ui.week_annotations()["wall-lean-hold"] == "–○○"
        assert {row.undone for row in ui.live.rows[work(WALL, 1)]} == {reason}


async def test_skip_without_a_reason_changes_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("s")
        await ui.press("b")
        assert ui.said == "! t time, p pain, e equipment or o other."
        assert ui.book.recorder.live is None


async def test_a_logged_set_is_not_skipped(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "left", "s", "enter")
        assert ui.said == "! This set is logged already. e corrects a set."
        assert ui.done(WALL, 1) == "8x5s/side"


async def test_notes_on_the_set_and_on_the_session(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "n")
        await ui.answer("left hip stiff")
        assert {row.note for row in ui.live.rows[work(WALL, 1)]} == {"left hip stiff"}
        await ui.press("N")
        await ui.answer("tired")
        assert ui.live.note == "tired"
        await ui.press("n")
        assert ui.prompt().endswith("left hip stiff")
        await ui.press("tab", "N")
        assert ui.prompt() == "Note on this session: tired"
        await ui.press("tab", "F", "enter")
        assert "tired" in ui.text()


# --- the plan -----------------------------------------------------------------------------------


async def test_a_variant_takes_the_place_of_what_is_open(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, SLING)
        await ui.press("enter", "v")
        asked = ui.prompt()
        exercise = ui.book.profile.library.exercises["glute-sling"]
        word, other = next(
            (word, ui.book.profile.library.exercises[name])
            for word, name in (("easier", exercise.easier), ("harder", exercise.harder))
            if name
        )
        assert f"{word}: {other.name}" in asked
        await ui.press("enter")
        kept, fresh = ui.live.items[1:3]
        assert (kept.exercise, len(kept.now.sets)) == ("glute-sling", 1)
        assert (fresh.exercise, len(fresh.now.sets)) == (other.id, 2)
        assert ui.done(SLING, 1) == "25/side"


async def test_a_wrong_variant_changes_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, SLING)
        await ui.press("v")
        await ui.press("p")
        assert ui.said == "! e easier: Glute Bridge, or tab leaves it."
        assert ui.book.recorder.live is None


async def test_an_exercise_is_found_and_added(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "a")
        assert "Add to today" in ui.text()
        await ui.press(*"back sq", "enter")
        assert ui.prompt() == ""
        assert ui.main.current == "today"
        assert [i.exercise for i in ui.live.items][-1] == "back-squat"
        assert ui.today.item == ui.live.items[-1]
        await ui.press("e")
        await ui.answer("8 60kg rir3")
        assert ui.done(ui.live.items[-1].id, 1) == "8 60kg rir3"
        assert ui.done(WALL, 1) == "8x5s/side"


async def test_one_more_set(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("A")
        assert ui.week_annotations()["wall-lean-hold"] == "○○○○"
        await ui.press(*["enter"] * 4)
        assert ui.done(WALL, 4) == "8x5s/side"
        assert {row.prescribed for row in ui.live.rows[work(WALL, 4)]} == {None}


async def test_warm_up_sets_come_first_and_are_lighter(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await to(ui, CALF)
        await ui.press(*["+"] * 16, "W")
        assert ui.week_annotations()["seated-calf-raise"] == "∘∘○○○"
        await ui.press("enter", "enter")
        first, second = (Key(CALF, SetKind.WARMUP, n) for n in (1, 2))
        assert ui.live.rows[first][0].done.load_kg == 20
        assert ui.live.rows[second][0].done.load_kg == 27.5
        await ui.press("W")
        assert ui.said == "This exercise has warm-up sets already."


async def test_the_light_sets_before_the_first_heavy_lift_are_listed(books: Books) -> None:
    book = books.open()
    book.profile.set("max.back-squat", "100")
    book.profile.set("programme", "gym-and-snacks")
    async with running(book, books.clock) as ui:
        names = [item.exercise for item in ui.today.session.live.items]
        await to(ui, str(names.index("back-squat") + 1))
        assert "Ramp: 5 × 20 kg, 5 × 32.5 kg" in ui.text()
        assert "Stop when a rep slows." in ui.text()
        assert ui.week_annotations()["back-squat"] == "○○○"
        await ui.press("W")
        assert "Ramp:" not in ui.text()
        assert ui.week_annotations()["back-squat"].endswith("∘○○○")
        await ui.press("u", "enter")
        assert "Ramp:" not in ui.text()
        await ui.press("j")
        assert "Ramp:" not in ui.text()


async def test_a_superset_is_done_in_turns(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("S", "enter")
        assert ui.live.clock is None
        here = ui.today.item
        assert here is not None and here.id == SLING
        await ui.press("enter")
        assert ui.clock_words().startswith("REST")
        here = ui.today.item
        assert here is not None and here.id == WALL
        await ui.press("S")
        assert [item.superset for item in ui.live.items] == [None] * 5


async def test_exercises_move(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("J")
        assert [item.id for item in ui.live.items] == ["2", "1", "3", "4", "5"]
        here = ui.today.item
        assert here is not None and here.id == WALL
        await ui.press("K", "K")
        assert [item.id for item in ui.live.items] == ["1", "2", "3", "4", "5"]
        assert ui.said == "This exercise is the first already."
        await ui.press("end", "J")
        assert ui.said == "This exercise is the last already."


async def test_an_empty_session_is_filled_from_the_library(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("E")
        assert "Nothing planned: a adds an exercise" in ui.text()
        for key in ("enter", "e", "f", "s", "space", "+", "]", "v", "A", "W", "S", "J", "w", "d"):
            await ui.press(key)
            assert ui.prompt() == ""
        assert not open_page(ui)
        await ui.press("a", *"plank", "enter", "enter")
        assert len(ui.live.items) == 1
        assert len(ui.live.rows) == 1
        await ui.press("E")
        assert ui.said == "A session is under way. F finishes it."


async def test_undo_goes_back_step_by_step_to_the_beginning(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("+")
        states = [ui.live]

        async def step(*keys: str, answer: str = "") -> None:
            await ui.press(*keys)
            if answer:
                await ui.answer(answer)
            states.append(ui.live)

        await step("enter")
        await step("r", answer="3")
        await step("p", answer="1")
        await step("n", answer="well")
        await step("N", answer="good")
        await step("A")
        await step("]")
        await step("end", "J", "K")
        await step("home", "S")
        await step("s", answer="time")
        await step("e", answer="L8x5s R7x5s")
        await ui.press("end", "k")
        await step("W")
        await step("f", answer="5x5s/side 20kg")
        await step("v", "enter")
        for state in reversed(states):
            assert replace(ui.live, clock=None, stamp="") == replace(state, clock=None, stamp="")
            await ui.press("u")
        assert not ui.live.rows
        await ui.press("u")
        assert ui.said == "Nothing to undo. X throws the session away."
        assert books.on_disk() == ui.live


async def test_undo_takes_a_confirmation_and_the_start_after_it_apart(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await after_the_set(ui)
        await ui.press("enter", "u")
        assert ui.week_annotations()["wall-lean-hold"] == "◐○○"
        await ui.press("u")
        assert ui.week_annotations()["wall-lean-hold"] == "○○○"
        assert ui.live.clock is None
        await ui.pass_time(5)
        assert ui.week_annotations()["wall-lean-hold"] == "○○○"


# --- pages and the end --------------------------------------------------------------------------


async def test_how_and_why_open_a_page_and_close_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("d")
        assert open_page(ui) == "Wall Lean Hip Flexor Hold"
        await ui.press("q")
        assert not open_page(ui)
        await ui.press("w")
        assert open_page(ui) == "Wall Lean Hip Flexor Hold"
        assert "First time: begin here." in ui.text()
        await ui.press("w")
        assert open_page(ui) == "Why: Wall Lean Hip Flexor Hold"
        assert "3 × (8 × 5 s) each side, rest 1:00" in ui.text()
        assert "First time: begin here." in ui.text()
        assert "Do more or less, and the next plan goes on from that." in ui.text()
        assert "Strength Train For Trail Running Speed (Jon-Erik Kawamoto" in ui.text()
        await ui.press("q")
        assert not open_page(ui)
        assert ui.book.recorder.live is None


@pytest.mark.parametrize("under_way", [False, True])
async def test_the_page_of_a_warm_up_gives_its_dose_and_not_that_of_the_work(
    books: Books, under_way: bool
) -> None:
    book = books.open()
    book.profile.store.set("programme", "lift-and-spring", books.clock().date(), books.clock())
    async with running(book, books.clock) as ui:
        if under_way:
            await ui.press("enter", "home")
        rope = ui.today.item
        assert rope is not None and rope.exercise == "rope-skipping"
        await ui.press("d")
        assert "3 min, warm-up · rest 0:30" in ui.text()
        assert "jumps" not in ui.text()
        assert "As Lift and Spring has it." in ui.text()
        await ui.press("q", *["j"] * 4, "d")
        assert open_page(ui) == "Calf Raise"
        assert ", warm-up" not in ui.text()
        assert "Next      3 ×" in ui.text()
        await ui.press("q", "1", "/", *"rope-skipping", "enter", "d")
        assert open_page(ui) == "Rope Skipping"
        assert "5 × 10 jumps" in ui.text()
        assert ", warm-up" not in ui.text()


async def test_finish_with_open_sets_asks_why(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "F")
        assert ui.prompt().startswith("13 sets are open. Why?")
        await ui.press("tab")
        assert ui.book.recorder.live is not None
        await ui.press("F", "d")
        assert ui.said == "! t time, p pain, e equipment or o other."
        assert ui.book.recorder.live is not None
        await ui.press("e")
        assert "1 set" in ui.text()
    [session] = Repository(books.paths, writable=False).sessions(2026)
    left = [row.undone for entry in session.live() for row in entry.live() if row.undone]
    assert set(left) == {"equipment"}


async def test_what_stands_unconfirmed_is_done_at_the_end(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await after_the_set(ui)
        await ui.press("F", "enter")
        assert open_page(ui)
    [session] = Repository(books.paths, writable=False).sessions(2026)
    [first, *_] = session.live()
    assert done(first)[:2] == [(1, "left", "8x5s"), (1, "right", "8x5s")]


async def test_finish_before_the_beginning_says_how_to_begin(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("F")
        assert ui.said == "No session is under way. enter begins the one shown."


async def test_a_session_with_nothing_in_it_is_not_kept(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("E", "F")
        assert ui.prompt().startswith("Nothing is logged.  x throw the session away")
        await ui.press("k")
        assert ui.live.items == ()
        await ui.press("F", "enter")
        assert ui.said == "The session is thrown away. u brings it back."
        assert ui.book.recorder.live is None
        assert pending(books.paths) == []
        await ui.press("u")
        assert ui.live.items == ()


async def test_a_session_thrown_away_is_brought_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "enter", "X")
        assert ui.prompt().startswith("Throw this session away, 2 sets?")
        await ui.press("enter")
        assert len(ui.live.rows) == 2
        await ui.press("X", "y")
        assert ui.book.recorder.live is None
        assert ui.book.reader.sessions() == []
        await ui.press("u")
        assert ui.week_annotations()["wall-lean-hold"] == "●●○"
        assert books.on_disk() == ui.live
        await ui.press("F", "t")
    [session] = Repository(books.paths, writable=False).sessions(2026)
    assert not session.deleted
    assert [row.undone for row in session.live()[0].live()][:4] == [None] * 4


async def test_an_exercise_is_left_out(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "x", "p")
        assert ui.week_annotations()["wall-lean-hold"] == "●––"
        await ui.press("x")
        assert ui.said == "Glute Sling is left out. u brings it back."
        assert "glute-sling" not in ui.week_annotations()
        await ui.press("u")
        assert ui.said == "Undone: Glute Sling left out. U does it again."
        await ui.press("U")
        assert ui.said == "Done again: Glute Sling left out."
        assert "glute-sling" not in ui.week_annotations()


async def test_an_enter_too_soon_logs_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        ui.pace = 0.1
        await ui.press("enter", "enter", "enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        assert ui.said == "That set is logged. Enter again for set 2."
        ui.pace = 0.5
        await ui.press("enter", "enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●●●"
        await ui.press("enter")
        assert ui.week_annotations()["glute-sling"] == "○○○"
        assert ui.said == "That set is logged. Enter again for Glute Sling set 1."
        await ui.press("enter")
        assert ui.week_annotations()["glute-sling"] == "●○○"


async def test_the_guard_can_be_switched_off(books: Books) -> None:
    book = books.open()
    book.profile.set("enter_guard", 0)
    async with running(book, books.clock) as ui:
        ui.pace = 0.0
        await ui.press(*["enter"] * 4)
        assert ui.week_annotations()["glute-sling"] == "●○○"


async def test_enter_on_an_exercise_that_is_done_goes_on_to_the_next(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*["enter"] * 3, "k", "enter")
        assert ui.said == "Wall Lean Hip Flexor Hold is done. Next: Glute Sling."
        assert ui.week_annotations()["glute-sling"] == "○○○"
        await ui.press("enter")
        assert ui.week_annotations()["glute-sling"] == "●○○"


async def test_a_step_changes_a_warm_up_only_where_it_is_picked(books: Books) -> None:
    book = books.open()
    book.profile.set("max.back-squat", 100)
    async with running(book, books.clock) as ui:
        await ui.press("a", *"back sq", "enter", "W")
        before = ui.live.items[-1].now.sets
        await ui.press("+")
        warm = [one for one in ui.live.items[-1].now.sets if one.kind is SetKind.WARMUP]
        assert warm == [one for one in before if one.kind is SetKind.WARMUP]
        work_sets = ui.live.items[-1].now.sets[len(warm) :]
        assert work_sets != before[len(warm) :]
        await ui.press("right", "left", "+")
        changed = ui.live.items[-1].now.sets
        assert changed[: len(warm)] != tuple(warm)
        assert changed[len(warm) :] == work_sets


async def test_loads_are_shown_and_stepped_in_the_runners_own_unit(books: Books) -> None:
    book = books.open()
    book.profile.set("unit", "lb")
    async with running(book, books.clock) as ui:
        await ui.press("down", "down", "down", "e")
        await ui.answer("25 45lb")
        assert "3 × 25 · 45 lb" in ui.text()
        await ui.press("+")
        assert "50 lb" in ui.text()
        assert "kg" not in ui.text()
        row = ui.live.rows[work("4", 1)][0]
        assert row.done.load_kg == pytest.approx(20.412, abs=0.001)


async def test_a_finish_can_be_taken_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "enter", "F", "t")
        await ui.press("q")
        assert ui.book.recorder.live is None
        assert len(ui.book.reader.sessions()) == 1
        await ui.press("u")
        assert ui.said == "The session is open again."
        assert ui.week_annotations()["wall-lean-hold"] == "●●○"
        assert ui.book.reader.sessions() == []
        assert books.on_disk() == ui.live
        await ui.press("u")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        books.clock.forward(60)
        await ui.press("F", "t")
        await ui.press("q", "u")
    books.close()
    async with running(books.open(), books.clock) as ui:
        assert ui.book.recorder.live is not None
        await ui.press("F")
        await ui.answer("time")
        [session] = ui.book.reader.sessions()
        assert done(session.live()[0])[:2] == [(1, "left", "8x5s"), (1, "right", "8x5s")]


async def test_the_clock_says_whose_it_is_where_that_is_not_plain(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        assert "Wall Lean" not in ui.clock_words()
        await ui.press("j")
        assert ui.clock_words().endswith("Wall Lean Hip Flexor Hold")


async def test_what_was_done_stands_in_the_row_once_all_of_it_is(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "enter", "e")
        await ui.answer("L8x5s R6x5s effort8")
        row = next(line for line in ui.lines() if "Wall Lean" in line)
        assert "3 × (8 × 5 s) left, " in row
        assert row.endswith("●●▼")


async def test_arrows_move_in_the_list_while_one_types(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("a", *"deadlift", "down", "down", "up")
        screen = ui.app.screen
        assert isinstance(screen, FindScreen)
        first, second = screen.rows.values[0], screen.rows.value
        await ui.press("enter")
        assert ui.live.items[-1].exercise == second.id
        assert second.id != first.id


# -- no gym today --------------------------------------------------------------------------------


def gear(ui: Driver) -> set[str]:
    """The equipment the session on the screen needs beyond what every home has."""
    exercises = ui.book.profile.library.exercises
    needed = {word for i in ui.today.session.live.items for word in exercises[i.exercise].equipment}
    return needed - HOUSEHOLD


async def test_without_a_gym_the_plan_needs_none(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        before = [item.exercise for item in ui.today.session.live.items]
        assert gear(ui)
        await ui.press("G")
        assert not gear(ui)
        assert "No gym today" in ui.said
        await ui.press("G")
        assert [item.exercise for item in ui.today.session.live.items] == before


async def test_without_a_gym_what_is_open_of_a_session_finds_stand_ins(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        first = ui.today.session.live.items[0].exercise
        await ui.press("G")
        # An exercise that was begun stays in the log, with its open sets.
        assert ui.book.recorder.live is not None
        assert ui.book.recorder.live.rows
        open_now = [i for i in ui.book.recorder.live.items if ui.book.recorder.live.open_keys(i)]
        exercises = ui.book.profile.library.exercises
        assert all(HOUSEHOLD.issuperset(exercises[i.exercise].equipment) for i in open_now)
        assert ui.book.recorder.live.items[0].exercise == first


async def test_after_a_finish_and_on_resuming_the_cursor_is_where_it_goes_on(books: Books) -> None:
    book = books.open()
    async with running(book, books.clock) as ui:
        await ui.press("enter", "enter", "enter")  # All three sets of the first.
        books.clock.forward(60)
        await ui.press("enter")
    book.close()
    async with running(books.open(), books.clock) as ui:
        here = ui.today.item
        assert here is not None
        assert here.id == "2"
        await ui.press("down", "down", "F", "enter", "q")
        assert ui.today.rows.cursor == 0


# --- what a refused or delayed step must not say or do -------------------------------------------


def full(*_: object) -> None:
    raise StoreError("the disk is full")


async def test_another_digit_on_a_full_disk_leaves_the_screen_answering(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "p", "1")
        with monkeypatch.context() as disk:
            disk.setattr(Journal, "append", full)
            ui.pace = 0.3
            await ui.press("0")
            assert ui.said == "the disk is full"
        assert [row.pain for row in ui.live.rows[work(WALL, 1)]] == [1, 1]


async def test_another_digit_takes_back_no_set_that_ran_out_meanwhile(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "space", "r")
        await ui.pass_time(SET_S + 10, step=5)
        assert ui.live.pending == (work(WALL, 2),)
        ui.pace = 0.3
        await ui.press("1", "3")
        assert [row.rir for row in ui.live.rows[work(WALL, 1)]] == [3, 3]
        assert ui.live.pending == (work(WALL, 2),)
        assert ui.live.rows[work(WALL, 2)][0].undone is None


async def test_an_enter_that_was_refused_logged_nothing_and_says_so_again(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        monkeypatch.setattr(Journal, "append", full)
        await ui.press("enter")
        ui.pace = 0.1
        await ui.press("enter")
        assert ui.said == "the disk is full"
        ui.pace = 5.0
        await ui.press("down", "x")
        assert ui.said == "the disk is full"
        assert len(ui.live.items) == 5


async def test_what_was_typed_for_a_plan_that_changed_is_not_logged_for_another(
    books: Books,
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("e")
        ui.main.prompt.write("8 × 5 s")
        ui.book.profile.set("programme", "daily-bodyweight")
        await ui.press("enter")
        assert ui.said.startswith("The plan has changed meanwhile")
        assert ui.prompt() == ""
        assert ui.book.recorder.live is None


async def test_a_session_of_a_note_alone_is_kept(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("N")
        await ui.answer("ill, went home")
        await ui.press("F")
        assert ui.prompt() == ""
        [session] = ui.book.reader.sessions()
        assert session.note == "ill, went home"
