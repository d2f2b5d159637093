"""A session line by line: what is typed, what is said, and what is in the log afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.driver import Books, work
from tui.app.lines.session import HINT, LineSession
from tui.domain.model.notation import show, written
from tui.domain.session.actions import Log
from tui.domain.session.live import Live

CALF = "4"
PACE_S = 4.0


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


class Script:
    """A runner who types lines into the session of a log; time passes only when asked."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.book = books.open().read_all()
        self.session = LineSession(self.book)
        self.opening = list(self.session.begin().lines)

    def type(self, *lines: str) -> list[str]:
        """Type lines, a few seconds apart; what is said to the last one."""
        said: tuple[str, ...] = ()
        for line in lines:
            self.books.clock.forward(PACE_S)
            said = self.session.line(line).lines
        return list(said)

    def pass_time(self, seconds: float) -> tuple[list[str], int]:
        """Let time pass, looking when the session wants to; what is said, and the bells."""
        end = self.books.clock.time + timedelta(seconds=seconds)
        said, bells = list[str](), 0
        while (wait := self.session.wait_s()) is not None and self.books.clock.time < end:
            self.books.clock.forward(min(wait, (end - self.books.clock.time).total_seconds()))
            heard = self.session.tick()
            said += heard.lines
            bells += heard.bells
        return said, bells

    @property
    def live(self) -> Live:
        assert self.book.recorder.live is not None
        return self.book.recorder.live

    def done(self, item: str, number: int) -> str:
        return show(map(written, self.live.rows[work(item, number)]))

    def to_the_calf(self) -> None:
        """Leave out what comes before the calf raise, the first with a weight."""
        self.type("x", "x", "x")


@pytest.fixture
def script(books: Books) -> Script:
    return Script(books)


# -- sets ------------------------------------------------------------------------------------------


def test_it_begins_with_the_session_what_to_fetch_and_the_first_set(script: Script) -> None:
    title, fetch, hint, exercise, first = script.opening
    assert title.startswith("Trail Speed, about ")
    assert fetch.startswith("Fetch mini-band, band, ")
    assert hint == HINT
    assert exercise == "1 of 5. Wall Lean Hip Flexor Hold."
    assert first == "Set 1 of 3: 8 × 5 s each side, in turn."
    assert script.book.recorder.live is None


def test_enter_logs_each_set_as_planned_and_says_what_is_next(script: Script) -> None:
    assert script.type("") == [
        "Logged: Wall Lean Hip Flexor Hold set 1, 8 × 5 s each side.",
        "REST, 1:00.",
        "Set 2 of 3: 8 × 5 s each side, in turn.",
    ]
    assert script.type("", "")[-2:] == [
        "2 of 5. Glute Sling.",
        "Set 1 of 3: 25 each side, 3 to spare.",
    ]


@pytest.mark.parametrize(
    ("typed", "logged"),
    [
        ("7", "7/side"),
        ("L8 R6", "L8 R6"),
        ("20 2 spare", "20/side rir2"),
        ("e 24", "24/side"),
        ("f 19", "19/side rir0"),
    ],
)
def test_what_was_different_is_typed_as_on_the_screen(
    script: Script, typed: str, logged: str
) -> None:
    script.type("x", typed)
    assert script.done("2", 1) == logged


def test_a_weight_that_nobody_knows_is_asked_for_once(script: Script) -> None:
    script.to_the_calf()
    advice, question = script.type("")
    assert advice.startswith("Take a weight you could lift 28 times, and stop at 25.")
    assert question == "Weight in kg?"
    assert script.type("heavy") == ["A weight in kg, like 20; 0 is without one."]
    assert script.type("12,5")[0].endswith("set 1, 25 × 12.5 kg.")
    assert script.type("")[0].endswith("set 2, 25 × 12.5 kg.")


def test_an_odd_weight_is_logged_only_after_a_yes(script: Script) -> None:
    script.to_the_calf()
    script.type("12.5kg")
    assert script.type("600 kg")[-1].endswith("? y yes, n no [n]")
    assert script.type("")[0] == "Not logged. Type it again."
    script.type("600 kg", "y")
    assert script.done(CALF, 2) == "25 600kg"


@pytest.mark.parametrize("typed", [["s", "p"], ["s p"], ["s", "pain"]])
def test_a_set_is_skipped_for_a_reason(script: Script, typed: list[str]) -> None:
    script.type(*typed)
    assert script.live.rows[work("1", 1)][0].undone == "pain"


def test_a_wrong_answer_keeps_the_question_and_q_leaves_it(script: Script) -> None:
    assert script.type("s", "z") == ["One of these, please: t, p, e, o. q leaves it as it was."]
    assert script.type("q") == ["Left as it was."]
    assert not script.session.over
    assert script.book.recorder.live is None


def test_how_a_set_was_is_said_behind_it_or_asked(script: Script) -> None:
    script.type("x", "", "r 2", "p", "3", "n left calf", "N hot")
    [left, right] = script.live.rows[work("2", 1)]
    assert (left.rir, left.pain, left.note, right.rir) == (2, 3, "left calf", 2)
    assert script.live.note == "hot"
    assert script.type("r 9")[0].startswith("0 to 5, please.")


def test_how_to_rate_a_set_is_said_once_for_an_exercise_counted_in_reps(script: Script) -> None:
    asked = "How many more could you have done, 0 to 5? r 2 says 2."
    assert asked not in script.type("")
    script.type("x", "e")
    assert asked in script.type("")
    assert asked not in script.type("")


def test_pain_that_is_too_much_leaves_out_what_loads_it(script: Script) -> None:
    said = script.type("", "p 9")
    assert said[0] == "Noted: Wall Lean Hip Flexor Hold set 1, pain 9."
    assert "left out for it; u brings them back." in said[1]
    assert script.live.rows[work("1", 2)][0].undone == "pain"
    assert not said[-1].endswith("(pain).")


def test_a_set_more(script: Script) -> None:
    script.type("l 5", "", "", "")
    assert script.type("l 5", "A")[0] == "Added: 1 set more of Dead Bug Ball Squeeze."
    assert script.type("")[0].startswith("Logged: Dead Bug Ball Squeeze set 4, ")


def test_two_slow_sets_in_a_row_may_end_the_exercise(script: Script) -> None:
    script.type("x", "", "c s")
    assert script.live.rows[work("2", 1)][0].flags == ("slow",)
    assert script.type("", "c", "s")[-1].startswith("Two slow sets in a row: leave out 1 set? y ")
    assert script.type("y")[0] == "Left out: Glute Sling set 3, left out."
    assert script.type("c z")[0].startswith("One of these, please: s, f, l, k, h, a, t.")


def test_the_rest_of_an_exercise_is_left_out_for_a_reason(script: Script) -> None:
    script.type("x", "")
    assert script.type("x")[0].startswith("Leave out 2 sets of Glute Sling. Why? t time, ")
    script.type("e")
    assert [script.live.rows[work("2", n)][0].undone for n in (2, 3)] == ["equipment"] * 2


def test_how_it_feels_this_morning_changes_the_plan(script: Script) -> None:
    assert script.type("m") == [
        "What hurts this morning, and how much? As in knee 3, 0 none to 10 worst."
    ]
    assert script.type("elbow 3")[0].startswith("Where and how much? As in knee 3: ")
    assert script.type("calf 3")[0] == "Noted: calf or ankle 3 this morning."
    assert script.type("m calf 8")[0].startswith("Stop what hurts")
    [record] = script.book.reader.everything()[1]
    assert record.day == script.books.clock().date()
    script.session.leave()
    script.book.close()
    resting = [line for line in Script(script.books).opening if "rests today." in line]
    assert any(line.startswith("Seated Weighted Calf Raise rests today. ") for line in resting)


def test_what_hurt_last_time_is_asked_about_at_the_beginning(books: Books) -> None:
    first = Script(books)
    first.type("", "p 3", "F", "t", "")
    first.book.close()
    books.clock.forward(24 * 3600)
    script = Script(books)
    assert "Your hip hurt 3 yesterday. How is it this morning? m tells." in script.type("y")
    assert script.type("m") == ["Hip this morning, 0 none to 10 worst?"]
    assert script.type("lots") == ["0 to 10, please."]
    assert script.type("1")[0] == "Noted: hip 1 this morning."


def test_undo_goes_back_as_far_as_one_likes_and_says_what_it_undid(script: Script) -> None:
    script.type("", "7", "u")
    assert script.type("u") == [
        "Undone: Wall Lean Hip Flexor Hold set 1, 8 × 5 s each side. U does it again.",
        "Set 1 of 3: 8 × 5 s each side, in turn.",
    ]
    assert script.type("u") == ["Nothing to undo."]
    script.type("U", "U")
    assert script.done("1", 2) == "7x5s/side"


def test_what_cannot_be_understood_changes_nothing(script: Script) -> None:
    [said] = script.type("lots")
    assert said.startswith("“lots”?")
    assert script.type("v") == ["v does nothing here. h lists what can be typed."]
    assert script.book.recorder.live is None


def test_exercises_are_listed_and_gone_to_by_number(script: Script) -> None:
    listed = script.type("", "l")
    assert len([line for line in listed if line[1:2] == "."]) == 5
    assert "1 set done: 8 × 5 s each side. You are here." in listed[0]
    assert script.type("l 5")[0] == "5 of 5. Dead Bug Ball Squeeze."
    assert script.type("l 6") == ["An exercise from 1 to 5; l lists them."]
    script.type("")
    assert work("5", 1) in script.live.rows


def test_why_and_how_are_told(script: Script) -> None:
    assert script.type("w")[-1].startswith("source: ")
    assert script.type("d")[0].startswith("1. Mini-band ")
    assert script.type("h") == script.type("?") == script.type("help")


def test_the_weight_of_the_sets_to_come_is_changed_by_a_sign(script: Script) -> None:
    script.to_the_calf()
    script.type("12.5kg")
    assert script.type("+") == ["Set 2 of 3: 25 × 15 kg, 3 to spare."]


# -- the clock -------------------------------------------------------------------------------------


def test_each_phase_is_said_once_and_bells_ring_at_changes(script: Script) -> None:
    assert script.type(" ") == ["GET READY, 5 s."]
    said, bells = script.pass_time(5 + 16 * 5 + 15 * 2 + 59)
    assert said[:4] == [
        "HOLD left 1/8, 5 s.",
        "CHANGE to right, 2 s.",
        "HOLD right 1/8, 5 s.",
        "CHANGE to left, 2 s.",
    ]
    assert said[30:] == [
        "HOLD right 8/8, 5 s.",
        "Set 1 of 3 ran its time: 8 × 5 s each side. Was it so? Enter is yes.",
        "REST, 1:00.",
    ]
    # At each change, and 3, 2, 1 before the end of each phase of 5 s, and of the rest.
    assert bells == 1 + 31 + 3 * (1 + 16) + 3
    assert script.pass_time(300)[0] == ["REST over."]
    assert script.type("")[0] == "Logged: Wall Lean Hip Flexor Hold set 1, 8 × 5 s each side."


def test_only_the_bells_that_the_setting_names_ring(books: Books) -> None:
    book = books.open()
    book.profile.set("bells", {"change": True, "count": False})
    book.close()
    script = Script(books)
    script.type(" ")
    assert script.pass_time(5) == (["HOLD left 1/8, 5 s."], 1)


def test_the_clock_is_paused_goes_on_and_is_led_by_the_keys_of_the_screen(script: Script) -> None:
    script.type(" ")
    assert script.type(" ")[-1] == "Paused. Space and enter goes on."
    assert script.session.wait_s() is None
    assert script.type(" ") == ["GET READY, 1 s."]
    assert script.type(".") == ["HOLD left 1/8, 2 s.", "CHANGE to right, 2 s."]
    assert script.type("o") == ["HOLD right 1/8, 3 s.", "Clock off."]
    assert script.type("t") == ["The clock stands still. space starts it."]


def test_enter_before_the_clock_has_run_logs_as_planned_and_f_says_how_far(script: Script) -> None:
    script.type(" ")
    script.pass_time(5 + 5 + 2 + 5)
    said = list(script.session.line("").lines)
    assert said[0] == "Logged: Wall Lean Hip Flexor Hold set 1, 8 × 5 s each side."
    assert said[1] == "The clock had seen 2 of 16 holds; f says how far it went."
    script.type("f", "")
    assert script.done("1", 1) == "1x5s/side"


def test_while_the_folder_is_gone_the_session_goes_on_and_says_where_it_is(script: Script) -> None:
    script.type("")
    root = script.books.paths.root
    root.rename(root.with_name("away"))
    said = script.type("")
    assert said[0].startswith("Logged: ")
    assert any(" is gone; this session is kept in " in line for line in said)
    assert not any(" is gone; " in line for line in script.type(""))
    root.with_name("away").rename(root)
    assert "The folder is back." in script.type("")


# -- whatever is typed -----------------------------------------------------------------------------

KEYS = "AxuUwdhFq+-.,toefsrpcnNlmyz0123456789"
WORDS = (*KEYS, "", " ", "L8 R6", "12.5kg", "2 spare", "8 slow")
TYPED = st.one_of(
    st.sampled_from(WORDS),
    st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(" ".join),
    st.text(max_size=8),
)


@settings(max_examples=15)
@given(lines=st.lists(st.tuples(TYPED, st.sampled_from((0.0, 1.0, 70.0))), max_size=25))
def test_whatever_is_typed_it_goes_on_and_the_journal_knows_all(
    lines: list[tuple[str, float]],
) -> None:
    with TemporaryDirectory() as folder:
        books = Books(Path(folder))
        script = Script(books)
        for line, seconds in lines:
            if script.session.over:
                break
            script.type(line)
            script.pass_time(seconds)
            if (live := script.book.recorder.live) is not None:
                assert books.on_disk() == live
        books.close()


# -- the end ---------------------------------------------------------------------------------------


def test_leaving_keeps_the_session_and_the_next_time_goes_on(books: Books) -> None:
    first = Script(books)
    assert first.type("", "q") == ["Session kept at 1 of 14 sets, next Wall Lean Hip Flexor Hold."]
    assert first.session.over
    first.book.close()
    assert Script(books).opening == [
        "Trail Speed.",
        "Goes on where it was: 1 of 14 sets, next is Wall Lean Hip Flexor Hold set 2.",
        "REST, 56 s.",
        "1 of 5. Wall Lean Hip Flexor Hold.",
        "Set 2 of 3: 8 × 5 s each side, in turn.",
    ]


def test_a_session_begun_on_the_screen_goes_on_where_it_was(books: Books) -> None:
    book = books.open().read_all()
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    for item in ("1", "1", "1", "2"):
        books.clock.forward(60)
        book.recorder.do(Log(item))
    book.close()
    assert Script(books).opening[-2:] == [
        "2 of 5. Glute Sling.",
        "Set 2 of 3: 25 each side, 3 to spare.",
    ]


def test_a_set_that_waits_for_a_yes_is_the_first_thing_said_next_time(books: Books) -> None:
    first = Script(books)
    first.type(" ")
    first.book.close()
    books.clock.forward(3600)
    again = Script(books)
    assert again.opening[1:] == [
        "Goes on where it was: 0 of 14 sets, next is Wall Lean Hip Flexor Hold set 1.",
        "REST over.",
        "1 of 5. Wall Lean Hip Flexor Hold.",
        "Set 1 of 3 ran its time: 8 × 5 s each side. Was it so? Enter is yes.",
    ]
    again.type("")
    assert again.done("1", 1) == "8x5s/side"


def test_finishing_with_open_sets_asks_why_and_sums_up(script: Script) -> None:
    assert script.type("", "F")[0].startswith("13 sets are open. Why? t time, ")
    said = script.type("t")
    assert said[0] == "Well done. The session is in your history."
    assert said[-1] == "Enter leaves. u opens it again."
    [session] = script.book.reader.sessions()
    assert {row.undone for entry in session.live() for row in entry.live()} == {None, "time"}
    assert script.type("u")[0] == "The session is open again."
    assert script.type("F", "e", "")[-1:] == []
    assert script.session.over


def test_finishing_without_a_set_throws_it_away(script: Script) -> None:
    assert script.type("F") == ["No session is under way. Enter begins the one planned."]
    script.type(" ", "F", "x", "")
    assert script.session.over
    assert list(script.book.reader.sessions()) == []


def test_a_session_of_another_day_begins_after_a_yes(books: Books) -> None:
    books.train()
    books.clock.forward(24 * 3600)
    script = Script(books)
    [question] = script.opening
    assert question.endswith("Begin it today all the same? y yes, n no [n]")
    script.type("y")
    assert script.type("")[0].startswith("Logged: ")
    script.book.recorder.discard()
    script.book.close()
    script = Script(books)
    script.type("")
    assert script.session.over
    assert script.book.recorder.live is None
