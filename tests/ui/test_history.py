"""The History pane: open, correct, delete and undo; the result is on disk."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.ui.driver import Books, Driver, open_page, running
from tests.ui.review_logs import plain, session
from tui.app.session_summary import Summary
from tui.domain.model.values import Entry, Measures, Session, Side
from tui.store.repository import Repository
from tui.ui.screens.summary_lines import summary_lines


@pytest.fixture
def trained(books: Books) -> list[str]:
    """The ids of three sessions in three weeks, oldest first."""
    end = books.clock.time
    ids = []
    for weeks, word in ((2, "muddy"), (1, ""), (0, "")):
        books.clock.time = end - timedelta(weeks=weeks, hours=30)
        ids.append(books.train(note=word))
    books.clock.time = end
    return ids


def filed(books: Books) -> dict[str, Session]:
    """The sessions on disk that are not deleted."""
    found = Repository(books.paths, writable=False).sessions(2026)
    return {session.id: session for session in found if not session.deleted}


def listed(ui: Driver) -> list[str]:
    return [v.id for v in ui.main.history.rows.values if isinstance(v, Session)]


async def test_an_empty_log_says_where_to_begin(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert "No sessions yet. 2 goes to today's, a adds a past one." in ui.text()
        await ui.press("enter", "x", "e", "u", "left")
        assert ui.said == ""


async def test_weeks_with_the_newest_first(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert listed(ui) == trained[::-1]
        text = ui.text()
        assert text.index("Week 44") < text.index("Week 43") < text.index("Week 42")
        assert "Sun 1 Nov" in text


async def test_jumps_that_were_logged_in_reps_are_contacts(books: Books) -> None:
    jumped = session(books.clock().date(), ("rope-skipping", Side.BOTH, Measures(reps=10)))
    book = books.open()
    book.reader.repository.put_many([jumped], [])
    book.close()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert "2 sets  40 contacts" in ui.text()  # The sums of the week.
        await ui.press("enter")
        assert "2 sets · 40 contacts" in ui.text()
        summed_up = summary_lines(Summary(jumped, [], []), ui.book.profile.library, "kg", 80)
    assert plain(summed_up[0]) == "2 sets · 40 contacts · 40 min"


def done(entry: Entry) -> list[tuple[Measures, str]]:
    return [(row.done, row.note) for row in entry.sets]


async def test_open_correct_and_take_back(books: Books, trained: list[str]) -> None:
    before = filed(books)[trained[-1]]
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter")
        assert "Sun 1 Nov, 12:05 to 12:35" in ui.text()
        assert "Wall Lean Hip Flexor Hold" in ui.text()
        assert ui.lines()[-3].split() == ["4", "more", "↓"]
        await ui.press("j", "e")
        assert ui.prompt() == "Set 2, 8 × 6 s each side. What was different? "
        await ui.answer("L8x6s R4x6s # cramp")
        assert "8 × 6 s left, 4 × 6 s right  cramp" in ui.text()
        after = filed(books)[trained[-1]]
        assert [row.done.holds for row in after.entries[0].sets] == [8, 8, 8, 4, 8, 8]
        assert {row.note for row in after.entries[0].sets[2:4]} == {"cramp"}
        await ui.press("u")
        assert "cramp" not in ui.text()
        undone = filed(books)[trained[-1]]
        assert [done(e) for e in undone.entries] == [done(e) for e in before.entries]
        row = undone.entries[0].sets[3]
        assert row.edited > after.entries[0].sets[3].edited, "newer than what it takes back"


@pytest.mark.usefixtures("trained")
async def test_a_wrong_correction_changes_nothing(books: Books) -> None:
    before = filed(books)
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "e")
        await ui.answer("lots")
        assert ui.said.startswith("! “lots”?")
        assert ui.prompt() == "Set 1, 8 × 6 s each side. What was different? lots"
        await ui.press("x", "tab", "e", "9", "tab")
    assert filed(books) == before


async def test_delete_a_set_and_take_it_back(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "x")
        assert (
            ui.said
            == "Deleted: Wall Lean Hip Flexor Hold set 1, 8 × 6 s each side. u brings it back."
        )
        assert len(filed(books)[trained[-1]].live()[0].live()) == 4
        await ui.press("u")
        assert len(filed(books)[trained[-1]].live()[0].live()) == 6
        await ui.press("u")
        assert ui.said == "Nothing to undo here."


async def test_delete_sessions_and_take_them_back_in_turn(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "x", "x")
        assert listed(ui) == trained[:1]
        await ui.press("u")
        assert listed(ui) == trained[1::-1]
        await ui.press("u")
        assert listed(ui) == trained[::-1]
        assert len(filed(books)) == 3


async def test_changes_survive_a_restart(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "x", "enter", "e")
        await ui.answer("L7x5s R7x5s")
        assert "7 × 5 s each side" in ui.text()
    books.close()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert listed(ui) == trained[1::-1]
        await ui.press("enter")
        assert "7 × 5 s each side" in ui.text()


@pytest.mark.usefixtures("trained")
async def test_enter_and_left_lead_back_to_where_one_was(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "j")
        here = ui.main.history.rows.value
        await ui.press("enter", "j", "left")
        assert ui.main.history.rows.value == here
        await ui.press("enter", "enter")
        assert ui.main.history.rows.value == here


async def test_find_a_session_by_exercise_or_note(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "/", *"mudd")
        assert listed(ui) == trained[:1]
        await ui.press("y", "enter")
        assert listed(ui) == trained[:1]
        await ui.press("enter")
        assert "Note  muddy" in ui.text()
        await ui.press("left", "/", *["backspace"] * 5, *"glute sl", "enter")
        assert listed(ui) == trained[::-1]
        await ui.press("/", *["backspace"] * 8, *"zz", "enter")
        assert listed(ui) == []
        assert "Nothing with “zz”. / changes it, left shows all." in ui.text()
        await ui.press("/", "backspace", "backspace", "enter")
        assert listed(ui) == trained[::-1]


async def test_a_set_that_is_edited_keeps_what_its_right_side_told(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "e")
        await ui.answer("8x5s/side Rpain6 Lrir2")
        assert "8 × 5 s each side, 2 spare left, pain 6 right" in ui.text()
        # Confirming the line as offered changes nothing.
        await ui.press("e", "enter")
        [left, right] = ui.book.reader.sessions()[0].entries[0].live()[:2]
        assert (left.rir, left.pain, right.rir, right.pain) == (2, None, None, 6)


async def test_a_side_that_was_left_out_stays_so_when_the_other_is_edited(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        session = ui.book.reader.sessions()[0]
        entry = session.entries[0]
        left, right, *others = entry.sets
        right = replace(right, done=Measures(), undone="pain", pain=6)
        entries = (replace(entry, sets=(left, right, *others)), *session.entries[1:])
        ui.book.reader.repository.put_session(replace(session, entries=entries))
        ui.book.reader.forget()
        ui.main.read_log()
        await ui.settle()
        await ui.press("3", "enter", "e")
        assert ui.prompt().startswith("Set 1, 8 × 5 s left. What")
        await ui.answer("L7x5s")
        [left, right] = ui.book.reader.sessions()[0].entries[0].live()[:2]
        assert left.done.holds == 7
        assert (right.undone, right.pain) == ("pain", 6)


@pytest.mark.usefixtures("trained")
async def test_today_says_what_was_done_last_time(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        assert "legs 30 h ago" in ui.text(), "a day of rest"
    books.close()
    books.clock.forward(4 * 86_400)
    async with running(books.open(), books.clock) as ui:
        assert re.search(r"Last time .*6 ?s.*, Sun 1 Nov", ui.text())


async def test_a_load_comes_back_next_time(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("end", "k", "e")
        await ui.answer("25 30kg")
        await ui.press("enter", "enter", "F", "enter", "q")
    books.close()
    books.clock.forward(7 * 86_400)
    async with running(books.open(), books.clock) as ui:
        await ui.press("end", "k")
        assert re.search(r"Last time .*25.*30 ?kg", ui.text())


# -- going -----------------------------------------------------------------------------------------


def here(ui: Driver) -> Session:
    """The open session, or the one under the cursor."""
    pane = ui.main.history
    found = ui.book.reader.session(pane.opened) if pane.opened else pane.rows.value
    assert isinstance(found, Session)
    return found


@pytest.fixture
def twice(books: Books) -> list[str]:
    """The ids of sessions, newest first: one on 1 November, two on 25 October, one on the 18th."""
    end = books.clock.time
    ids = []
    for hours in (360, 198, 192, 30):
        books.clock.time = end - timedelta(hours=hours)
        ids.append(books.train())
    books.clock.time = end
    return ids[::-1]


async def test_from_training_day_to_training_day(books: Books, twice: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert listed(ui) == twice
        for keys, place in (("[", 1), ("[", 3), ("]", 1), ("]", 0), ("H", 1), ("j", 2), ("L", 0)):
            await ui.press(keys)
            assert here(ui).id == twice[place], keys
        await ui.press("]")
        assert ui.said == "That is the last one."
        await ui.press("[", "[", "[")
        assert here(ui).id == twice[3]
        assert ui.said == "That is the first one."


async def test_from_open_session_to_open_session(books: Books, twice: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "[")
        assert "Sun 25 Oct, 18:05" in ui.text()
        assert here(ui).id == twice[1]
        await ui.press("n")
        assert here(ui).id == twice[2]
        await ui.press("]")
        assert "Sun 1 Nov, 12:05 to 12:35" in ui.text()
        await ui.press("n", "n", "N", "left")
        assert here(ui).id == twice[1]
        assert ui.main.history.opened is None


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ("25 oct", 1, ""),
        ("10-18", 3, ""),
        ("sun", 0, ""),
        ("-8", 1, ""),
        ("-5", 1, "No session on Wed 2026-10-28. This is the last before it."),
        ("2019-01-01", 3, "No session on Tue 2019-01-01. This is the first there is."),
        ("2027-01-01", 0, "No session on Fri 2027-01-01. This is the last before it."),
    ],
)
async def test_to_a_date(books: Books, twice: list[str], typed: str, place: int, said: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "g")
        await ui.answer(typed)
        assert here(ui).id == twice[place]
        assert ui.said == said
        await ui.press("home", "enter", "g")
        await ui.answer(typed)
        assert ui.main.history.opened == twice[place]


@pytest.mark.usefixtures("trained")
async def test_what_is_no_date_goes_nowhere(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "j")
        before = here(ui)
        await ui.press("g")
        await ui.answer("someday")
        assert ui.said.startswith("! “someday”? A day is 14 feb")
        await ui.press("g", "tab")
        assert ui.prompt() == ui.said == ""
        assert here(ui) == before


async def test_going_in_an_empty_log_is_harmless(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "[", "]", "n", "N", "g")
        await ui.answer("mon")
        assert ui.said == "There is no session to go to."


# -- looking for some ------------------------------------------------------------------------------


async def noted(ui: Driver, note: str) -> None:
    """Add a note to the set under the cursor of an open session."""
    await ui.press("e", "right", *f" # {note}", "enter")


async def test_a_filter_shows_its_sessions_and_their_sums(books: Books, twice: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "j", "enter")
        await noted(ui, "pulled up")
        await ui.press("left", "f", *"note")
        assert listed(ui) == [twice[1]]
        await ui.press("enter")
        assert "1 of 4 sessions\n" in ui.text()
        [week] = [line for line in ui.lines() if "Week 43" in line]
        assert "15 sets" in week
        assert [line.strip() for line in ui.lines()[3:4]] == ["Only note"]
        await ui.press("f")
        assert ui.prompt().endswith("note")
        await ui.answer("")
        assert listed(ui) == twice
        [week] = [line for line in ui.lines() if "Week 43" in line]
        assert "29 sets" in week


async def test_a_filter_and_words_together(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "f", *"programme trail calf", "enter", "/", *"muddy", "enter")
        assert listed(ui) == trained[:1]
        assert "Only “muddy” and “calf” and programme “trail”" in ui.text()
        await ui.press("f", *" flag", "enter")
        assert listed(ui) == []
        assert "0 of 3 sessions" in ui.text()
        assert "Nothing with “muddy” and “calf” and programme “trail” and flag." in ui.text()


@pytest.mark.usefixtures("trained")
async def test_a_filter_that_means_nothing_changes_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "f")
        await ui.answer("cat nowhere")
        assert ui.said.startswith("! cat takes one of balance, calf")
        assert ui.main.history.limits == ""
        assert len(listed(ui)) == 3
        await ui.press("tab", "enter", "f", "tab")
        assert ui.main.history.opened is not None


async def test_from_match_to_match(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        for place in (0, 2):
            await ui.press("3", *["home", *["j"] * place], "enter", "j")
            await noted(ui, "Cramp again")
            await ui.press("left")
        await ui.press("/", *"again CRAMP", "enter")
        assert listed(ui) == [trained[2], trained[0]]
        await ui.press("enter")
        assert "› 2  8 × 6 s each side  Cramp again" in ui.text()
        await ui.press("home", "n")
        assert here(ui).id == trained[0]
        assert "› 2  8 × 5 s each side  Cramp again" in ui.text()
        await ui.press("n")
        assert ui.said == "That is the first one."
        await ui.press("N", "left", "n")
        assert here(ui).id == trained[0]


@pytest.mark.usefixtures("trained")
async def test_moving_builds_no_rows(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        values = ui.main.history.rows.values
        await ui.press("j", "[", "]", "n", "N", "g", *"mon", "enter", "/", "tab")
        assert ui.main.history.rows.values is values
        await ui.press("enter", "left")
        assert ui.main.history.rows.values is values


async def test_a_deleted_session_is_found_no_more(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "/", *"muddy", "enter", "x")
        assert listed(ui) == []
        await ui.press("u")
        assert listed(ui) == trained[:1]
        await ui.press("f", *"flag", "enter", "x", "e", "[", "n", "enter", "left")
        assert len(filed(books)) == 3


# -- exercises, and what follows from a correction -------------------------------------------------


@pytest.mark.usefixtures("trained")
async def test_enter_on_an_exercise_opens_its_page(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "k")
        assert "› Wall Lean Hip Flexor Hold" in ui.text()
        await ui.press("e", "x")
        assert ui.said == "x deletes the set under the cursor."
        await ui.press("enter")
        assert open_page(ui) == "Wall Lean Hip Flexor Hold"
        await ui.press("q")
        assert ui.main.history.opened is not None


async def test_what_the_library_does_not_know_has_no_page(books: Books) -> None:
    books.train()
    book = books.open()
    [done] = book.read_all().reader.sessions()
    strange = replace(done, entries=(replace(done.entries[0], exercise="hill-sit"),))
    book.recorder.put(strange)
    async with running(book, books.clock) as ui:
        await ui.press("3", "enter", "home", "j", "enter")
        assert ui.said == "The library has no exercise called hill-sit."


@pytest.mark.usefixtures("trained")
async def test_correcting_an_old_set_changes_what_today_plans(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("2", "end", "k")
        before = [line for line in ui.lines() if "Seated Weighted Calf Raise" in line]
        await ui.press("3", "enter", *["j"] * 12)
        for _ in range(3):
            await ui.press("e")
            await ui.answer("25 30kg")
            await ui.press("j")
        await ui.press("2")
        after = [line for line in ui.lines() if "Seated Weighted Calf Raise" in line]
        assert "30 kg" in after[0]
        assert "30 kg" not in before[0]
        await ui.press("3", "u", "u", "u", "2")
        assert before == [line for line in ui.lines() if "Seated Weighted Calf Raise" in line]


# -- when it was, and past sessions ----------------------------------------------------------------


async def test_a_session_moves_as_a_whole_and_back(books: Books, trained: list[str]) -> None:
    before = filed(books)[trained[-1]]
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "D")
        assert ui.prompt() == "When was it? [1 nov 12:05] "
        await ui.press(*"someday", "enter")
        assert ui.said.startswith("! “someday”? A day is")
        await ui.answer("2026-11-03")
        assert ui.said.startswith("! That is still to come.")
        await ui.answer("20 oct 07:30")
        assert ui.said == "Moved to Tue 20 Oct. u moves it back."
        assert "Tue 20 Oct, 07:30 to 08:00" in ui.text()
        moved = filed(books)[trained[-1]]
        assert moved.started - before.started == (moved.finished or moved.started) - (
            before.finished or before.started
        )
        await ui.press("u")
        assert ui.said == "Undone: moving Sun 1 Nov, Trail Speed to Tue 20 Oct. U does it again."
        await ui.press("U", "left")
        assert listed(ui) == [trained[1], trained[2], trained[0]]
        await ui.press("D")
        await ui.answer("3 nov")
        assert ui.said == "Moved to Mon 3 Nov 2025. u moves it back."
        assert "Week 45, 2025" in ui.text()
        await ui.press("D")
        await ui.answer("18:00")
        assert ui.said == "Moved to 18:00. u moves it back."


async def test_a_past_session_is_kept_set_by_set(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "a")
        await ui.answer("23 oct 18:00")
        assert "Fri 23 Oct, 18:00  A past session" in ui.text()
        assert "a add a set" in ui.lines()[-1]
        assert filed(books).keys() == {*trained}
        await ui.press("a", *"back squat", "enter")
        await ui.answer("3x8 60kg")
        assert ui.said == "Added: Back Squat 3 × 8 · 60 kg. u takes it out again."
        assert "› 1  8 × 60 kg" in ui.text()
        # Another set of the exercise under the cursor; no enter is held back here.
        await ui.press("a", "enter", "enter")
        await ui.answer("5 65kg")
        new = next(one for id_, one in filed(books).items() if id_ not in trained)
        assert [(row.number, row.done.reps) for row in new.live()[0].live()] == [
            (1, 8),
            (2, 8),
            (3, 8),
            (4, 5),
        ]
        await ui.press("u", "u")
        assert ui.said == "Undone: Back Squat 3 × 8 · 60 kg. U does it again."
        assert "No sets yet. a adds the first." in ui.text()
        assert filed(books).keys() == {*trained}
        await ui.press("left")
        assert ui.said == "Nothing logged, nothing kept."
        await ui.press("U")
        assert listed(ui) == [trained[2], trained[1], new.id, trained[0]]
        assert "Back Squat       " in ui.text(), "named by its one exercise"


async def test_a_past_session_in_which_nothing_was_logged_is_not_kept(
    books: Books, trained: list[str]
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "a")
        await ui.answer("25 oct")
        assert ui.said.endswith("It is one more on that day.")
        await ui.press("D")
        await ui.answer("24 oct")
        assert "Sat 24 Oct  A past session" in ui.text()
        await ui.press("left")
        assert ui.said == "Nothing logged, nothing kept."
        assert listed(ui) == trained[::-1]
    assert filed(books).keys() == {*trained}


async def test_the_note_of_a_session(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "home", "e")
        await ui.answer("hot")
        assert "Note  hot" in ui.text()
        await ui.press("x")
        assert "Note  none yet; e writes one" in ui.text()
        await ui.press("u")
        assert ui.said == "Undone: the note on Sun 1 Nov, Trail Speed. U does it again."
        assert filed(books)[trained[-1]].note == "hot"
        await ui.press("home", "e")
        await ui.answer("hot and " + "slow " * 20 + "at the end")
        assert "\n         slow slow" in ui.text(), "below the first line"
        assert "at the end" in ui.text()


# -- deleted, and back -----------------------------------------------------------------------------


async def test_what_was_deleted_is_listed_and_comes_back(books: Books, trained: list[str]) -> None:
    before = filed(books)
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "X")
        assert "Nothing was deleted. X goes back to all sessions." in ui.text()
        await ui.press("X", "x", "enter", "x")
    books.close()
    books.clock.forward(86_400)
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert "2 deleted: X" in ui.lines()[2]
        await ui.press("X")
        text = ui.text()
        assert "Deleted  2" in text
        assert "Sun 1 Nov   Trail Speed, 15 sets" in text
        assert "Sun 25 Oct  Trail Speed, set 1 of Wall Lean" in text
        assert text.count("deleted Mon 2 Nov") == 2
        assert "enter bring it back" in text
        await ui.press("e", "x", "D", "c", "T", "w", "[", "n", "y")
        ui.main.history.open_row()
        assert "Deleted  2" in ui.text(), "a click brings nothing back"
        assert ui.prompt() == ""
        await ui.press("home", "enter", "enter")
        assert ui.said.startswith("Back in the log: ")
        assert "Nothing was deleted." in ui.text()
        await ui.press("u")
        assert ui.said.startswith("Undone: bringing back ")
        assert "Deleted  1" in ui.text()
        await ui.press("U", "X")
        assert listed(ui) == trained[::-1]
        assert "deleted: X" not in ui.text()
    assert [
        [(row.id, row.done) for entry in one.live() for row in entry.live()]
        for one in filed(books).values()
    ] == [
        [(row.id, row.done) for entry in one.live() for row in entry.live()]
        for one in before.values()
    ]


async def test_left_shows_all_again(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "f", *"calf pain", "enter")
        assert "Nothing with “calf” and pain. f changes it, left shows all." in ui.text()
        await ui.press("left")
        assert listed(ui) == trained[::-1]


async def test_a_set_tells_what_was_planned_only_where_that_differs(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "j", "e")
        await ui.answer("L8x5s R4x5s pain3")
        [short] = [line for line in ui.lines() if "4 × 5 s right" in line]
        assert short.endswith("planned 8 × 5 s each side   ▼ !")
        await ui.press("j", "e")
        await ui.answer("9x5s/side")
        assert sum("planned" in line for line in ui.lines()) == 2
        assert sum("▲" in line for line in ui.lines()) == 1
        await ui.press("left")
        assert any("1 short, hip 3" in line for line in ui.lines())


async def test_what_went_wrong_with_a_set(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "c")
        assert ui.said.startswith("enter opens the session; then c says")
        await ui.press("enter", "c", "k")
        assert "Noted: knee." in ui.said
        await ui.press("s", "k", "enter")
        assert ui.prompt() == ""
        assert next(line for line in ui.lines() if "slow" in line).endswith("● !")
        flags = {row.flags for row in filed(books)[trained[-1]].live()[0].live()}
        assert flags == {("slow",), ()}
        await ui.press("u", "u", "u")
        assert "● !" not in ui.text()


async def test_weeks_begin_where_the_runner_has_them_begin(books: Books) -> None:
    books.clock.forward(-86_400)  # Sunday 1 November.
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert "Week 44" in ui.text()
        ui.book.profile.set("week_starts", "sun")
        await ui.press("x", "u")
        assert "Week of Sun 1 Nov" in ui.text()
