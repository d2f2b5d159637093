"""The main screen: moving between panes, sizes, mouse, palette, restart, a second instance."""

from __future__ import annotations

import random
import string
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.driver import Books, key_name, open_page, running
from tui.domain.session.clock import Cue
from tui.present.setting_rows import ROWS
from tui.store.journal import pending
from tui.store.repository import Repository
from tui.ui.app import Stridelift
from tui.ui.commands import COMMANDS, EVERYWHERE, LIST, at
from tui.ui.screens.find import FindScreen
from tui.ui.screens.main import MainScreen
from tui.ui.screens.palette import PaletteScreen
from tui.ui.screens.season import SeasonScreen
from tui.ui.screens.settings import SettingsScreen
from tui.ui.screens.side import Side
from tui.ui.widgets.header import ORDER

# --- going between panes ------------------------------------------------------------------------


async def test_numbers_and_tab_lead_to_the_panes(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        assert "2 TODAY" in ui.lines()[0]
        for key, name in (("1", "library"), ("3", "history"), ("2", "today")):
            await ui.press(key)
            assert ui.main.current == name
            assert name.upper() in ui.lines()[0]
            assert ui.app.focused is ui.main.pane().query_one("VirtualList")
        await ui.press("tab")
        assert ui.main.current == "history"
        await ui.press("tab", "tab", "shift+tab")
        assert ui.main.current == "library"


async def test_side_by_side_all_three_are_seen(books: Books) -> None:
    async with running(books.open(), books.clock, (160, 40)) as ui:
        text = ui.text()
        assert "Achilles Twist" in text
        assert "Wall Lean Hip Flexor Hold" in text
        assert "No sessions yet." in text
        assert text.count("›") == 1
        await ui.press("enter", "F", "enter", "q")
        assert "Mon 2 Nov" in ui.text()


@pytest.mark.parametrize(("key", "shown"), [("1", "Library"), ("2", "Glute Sling"), ("3", "Week")])
async def test_in_a_wide_terminal_the_pane_is_beside_its_detail(
    books: Books, key: str, shown: str
) -> None:
    books.train()
    books.clock.forward(86_400)
    async with running(books.open(), books.clock, (120, 40)) as ui:
        await ui.press(key, "j")
        assert any(shown in line[:77] for line in ui.lines())
        side = [line[78:] for line in ui.lines()]
        wanted = {"1": "Ankle Circle", "2": "Glute Sling", "3": "Mon 2 Nov"}[key]
        assert wanted in side[2]
        assert any("This week" in line for line in side)
        assert any("Trail Speed" in line for line in side)
        await ui.resize(119, 40)
        assert "This week" not in ui.text()


async def test_no_second_of_the_clock_draws_the_side(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock, (120, 40)) as ui:
        await ui.press("space")
        drawn: list[object] = []
        monkeypatch.setattr(Side, "show", lambda *_, **__: drawn.append(None))
        await ui.pass_time(3)
        assert drawn == []
        await ui.press("j")
        assert len(drawn) == 1


@pytest.mark.parametrize(
    ("key", "words", "seconds"),
    [("u", "Nothing to undo here.", 4), ("U", "Nothing to do again.", 2)],
)
async def test_what_was_said_stands_until_the_first_key_after_one_could_read_it(
    books: Books, key: str, words: str, seconds: float
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(key)
        assert words in ui.lines()[-2]
        assert "log set" in ui.lines()[-1]
        ui.pace = seconds / 2 - 0.1
        await ui.press("j", "k")
        assert words in ui.lines()[-2]
        ui.pace = 0.3
        await ui.press("j")
        assert ui.said == ""
        assert ui.lines()[-2] == ""
        assert "log set" in ui.lines()[-1]


async def test_all_of_a_long_word_can_be_read(books: Books) -> None:
    words = " ".join(f"word{n}" for n in range(40))
    async with running(books.open(), books.clock) as ui:
        ui.main.say(words)
        await ui.settle()
        assert set(words.split()) <= set(ui.text().split())
        await ui.press("j")
        assert not set(words.split()) & set(ui.text().split())
        assert ui.lines()[0].startswith(" 1 Library")


async def test_help_names_every_key_there_is(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "?")
        assert open_page(ui) == "Keys"
        body: Any = ui.app.screen.query_one("#page-body")
        text = body.plain()
        assert text.startswith("Marks\n  ○                 to do")
        assert all(c.words in text and c.shown in text for c in COMMANDS)
        top = ui.text()
        await ui.press("j", "j", "j")
        assert ui.text() != top
        await ui.press("k", "k", "k")
        assert ui.text() == top
        await ui.press("q")
        assert ui.main.current == "history"
        assert not open_page(ui)


async def test_quit_leaves_the_session_where_it_is(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "q")
        assert ui.app._exit
        assert books.on_disk() == ui.book.recorder.live


# --- sizes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(10, 3), (1, 1), (29, 24), (80, 9)])
async def test_too_small_is_said_in_words_and_passes(books: Books, size: tuple[int, int]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        before = ui.text()
        await ui.resize(*size)
        if size != (1, 1):
            assert " ".join(ui.text().split()).startswith("Too small:")
        await ui.press("1", "?", "q", "2")
        await ui.resize(80, 24)
        assert ui.text() == before
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●●○"


async def test_what_is_being_typed_survives_another_size(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("e", "right", "backspace")
        await ui.resize(10, 3)
        await ui.resize(130, 40)
        assert ui.prompt().endswith("What was different? 8x5s/sid")
        await ui.press("e", "enter")
        assert ui.done("1", 1) == "8x5s/side"


async def test_any_size_shows_something_and_keeps_the_cursor_in_view(books: Books) -> None:
    chance = random.Random(5)
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "end", "3", "2", "end")
        for _ in range(15):
            width, height = chance.randint(60, 200), chance.randint(20, 60)
            await ui.resize(width, height)
            lines = ui.lines()
            assert len(lines) == height
            assert all(len(line) <= width for line in lines)
            assert any("› Dead Bug" in line for line in lines), (width, height)


async def test_the_last_exercise_of_a_long_session_is_seen(books: Books) -> None:
    async with running(books.open(), books.clock, (60, 20)) as ui:
        for word in ("plank", "lunge", "bridge", "bound", "step up"):
            await ui.press("a", *word, "enter", "enter")
        assert any("›" in line for line in ui.lines())
        await ui.press("home")
        assert any("› Wall" in line for line in ui.lines())
        await ui.press("end")
        assert any("›" in line for line in ui.lines())


# --- a mouse ------------------------------------------------------------------------------------


async def test_a_click_gives_the_keys_to_what_was_clicked(books: Books) -> None:
    async with running(books.open(), books.clock, (160, 40)) as ui:
        await ui.pilot.click("#exercises", offset=(5, 3))
        await ui.settle()
        assert ui.main.current == "library"
        assert "LIBRARY" in ui.lines()[0]
        assert ui.main.library.rows.cursor == 3
        await ui.press("enter")
        assert open_page(ui)


async def test_a_click_beside_a_prompt_leaves_it(books: Books) -> None:
    async with running(books.open(), books.clock, (130, 40)) as ui:
        await ui.press("e", "9")
        await ui.pilot.click("#items", offset=(5, 1))
        await ui.settle()
        assert ui.prompt() == ""
        await ui.press("enter")
        assert ui.week_annotations()["glute-sling"] == "●○○"


# --- wrong keys ---------------------------------------------------------------------------------

PRINTABLE = [c for c in string.printable if c.isprintable()]
OTHERS = ["escape", "f1", "f5", "delete", "backspace", "insert", "ctrl+x", "ctrl+l", "alt+q"]


@pytest.mark.parametrize("pane", ORDER)
async def test_a_key_that_means_nothing_does_nothing(books: Books, pane: str) -> None:
    bound = {key for c in at(pane, EVERYWHERE, LIST) for key in c.keys.split(",")}
    free = [key for key in [*PRINTABLE, *OTHERS] if key_name(key) not in bound]
    assert len(free) > 30
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", str(ORDER.index(pane) + 1))
        live, text = ui.live, ui.text()
        for key in free:
            await ui.press(key)
            assert ui.live is live, key
            assert ui.text() == text, key


@pytest.mark.parametrize("pane", ORDER)
async def test_every_key_once_breaks_nothing(books: Books, pane: str) -> None:
    keys = [key for key in PRINTABLE if key != "q"]
    random.Random(pane).shuffle(keys)
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", str(ORDER.index(pane) + 1))
        for key in keys:
            await ui.press(key)
            if open_page(ui):
                await ui.press("q")
            if ui.prompt():
                await ui.press("tab")
            if pending(books.paths):
                assert books.on_disk() == ui.live, key
        assert ui.app.is_running


KEYS = st.sampled_from(
    [
        *("enter", "space", "tab", "left", "right", "up", "down", "home", "end", "backspace"),
        *"123jk+-[]rpfsvaAWSKJdnNuFE/?ebBto.,cgixhl",
    ]
)
ANSWERS = st.sampled_from(["5", "12 40kg rir2", "L40s R30s", "time", "pain", "x", "[/b]", "easier"])
STEPS = st.lists(
    st.one_of(
        KEYS.map(lambda key: ("press", key)),
        ANSWERS.map(lambda words: ("answer", words)),
        st.integers(1, 200).map(lambda seconds: ("wait", seconds)),
    ),
    min_size=20,
    max_size=60,
)


@settings(max_examples=8, deadline=None)
@given(STEPS)
async def test_whatever_is_pressed_a_restart_finds_what_the_screen_shows(
    steps: list[tuple[str, Any]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        books = Books(Path(folder) / "data")
        async with running(books.open(), books.clock) as ui:
            for what, value in steps:
                if what == "wait":
                    await ui.pass_time(value, step=value)
                elif what == "press":
                    await ui.press(value)
                elif ui.prompt():
                    await ui.answer(value)
            assert ui.app.is_running
            live, filed = ui.book.recorder.live, ui.book.reader.sessions()
            assert ui.today.session.live == live or live is None
        books.close()
        again = books.open()
        assert again.recorder.live == live
        assert again.read_all().reader.sessions() == filed
        books.close()


# --- a new start --------------------------------------------------------------------------------


async def test_a_start_in_a_hold_goes_on_in_the_hold(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "space")
        await ui.pass_time(5)
        left = ui.live
        await ui.press("q")
    books.close()
    books.clock.forward(2)
    async with running(books.open(), books.clock) as ui:
        assert ui.live == left
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        assert ui.clock_words() == "HOLD left 1/8, 0:03"
        assert ui.said == (
            "Goes on where it was: 1 of 14 sets, next is Wall Lean Hip Flexor Hold set 2."
        )
        await ui.pass_time(200, step=50)
        assert ui.week_annotations()["wall-lean-hold"] == "●◐○"


async def test_a_start_in_the_rest_goes_on_in_the_rest(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "q")
    books.close()
    books.clock.forward(20)
    async with running(books.open(), books.clock) as ui:
        assert ui.clock_words() == "REST 0:40"
        assert "1 of 14 sets, next is Wall Lean Hip Flexor Hold set 2." in ui.said


async def test_a_start_after_the_rest_says_that_it_is_over(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space", "q")
    books.close()
    books.clock.forward(600)
    async with running(books.open(), books.clock) as ui:
        assert ui.said.startswith("Goes on where it was: 0 of 14 sets, next is ")
        assert ui.clock_words().startswith("REST over 7 min")
        assert ui.week_annotations()["wall-lean-hold"] == "◐○○"
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"


async def test_a_start_with_the_clock_paused_says_so(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        await ui.pass_time(5)
        await ui.press("space", "q")
    books.close()
    books.clock.forward(600)
    async with running(books.open(), books.clock) as ui:
        assert "The clock is paused." in ui.said
        assert "PAUSED" in ui.clock_words()


async def test_a_start_rings_no_bell_of_the_past(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space", "q")
    books.close()
    rung = listen(monkeypatch)
    books.clock.forward(51.5)
    async with running(books.open(), books.clock) as ui:
        books.clock.forward(0.1)
        ui.today.clock.tick()
        assert rung == []


async def test_undo_reaches_back_through_a_restart(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "enter", "q")
    books.close()
    async with running(books.open(), books.clock) as ui:
        await ui.press("u", "u")
        assert ui.week_annotations()["wall-lean-hold"] == "○○○"


# --- two at once --------------------------------------------------------------------------------


async def test_the_second_one_only_looks_until_the_first_has_gone(books: Books) -> None:
    first = books.open()
    async with running(first, books.clock) as ui:
        await ui.press("enter")
    async with running(books.open(), books.clock) as ui:
        assert ui.lines()[0].endswith("LOOKING ONLY")
        assert "Another window logs this session" in ui.said
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        for key in ("enter", "space", "u", "]", "E"):
            await ui.press(key)
            assert ui.said.startswith(
                ("Another window logs this session", "A session is under way")
            )
        await ui.press("e")
        await ui.answer("7x5s/side")
        assert ui.said.removeprefix("! ").startswith("Another window logs")
        assert books.on_disk() == first.recorder.live
        first.close()
        await ui.press("enter")
        assert "The other window is closed. This one logs now; press it again." in ui.said
        assert "LOOKING ONLY" not in ui.text()
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●▼○"
        assert books.on_disk() == ui.live


async def test_an_enter_that_was_refused_is_no_first_of_two(books: Books) -> None:
    first = books.open()
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        first.close()
        ui.pace = 0.1
        await ui.press("enter")
        assert "This one logs now" in ui.said


async def test_the_second_one_sees_what_the_first_did_meanwhile(books: Books) -> None:
    first = books.open()
    async with running(books.open(), books.clock) as ui:
        plan = first.read_all().planner.next_plan(books.clock().date())
        first.recorder.start(plan)
        first.recorder.finish()
        books.clock.forward(60)
        first.close()
        done = books.train()
        await ui.press("enter")
        assert ui.said.startswith("The other window is closed")
        assert [s.id for s in ui.book.read_all().reader.sessions()] == [done]


async def test_what_the_other_one_holds_can_still_be_looked_through(books: Books) -> None:
    books.train()
    first = books.open()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "x")
        assert ui.said.removeprefix("! ").startswith("Another window logs")
        await ui.press("u")
        assert ui.said.removeprefix("! ").startswith("Another window logs")
        await ui.press("1", "enter", "q", "2", "w", "q", "b")
        assert len(Repository(books.paths, writable=False).sessions(2026)[0].live()) == 5
    first.close()


# --- keys, palette, bells -----------------------------------------------------------------------


async def test_the_palette_lists_the_commands_and_does_one(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("ctrl+p")
        palette = ui.app.screen
        assert isinstance(palette, PaletteScreen)
        offered = [entry.command.id for entry in palette.entries if entry.command is not None]
        assert offered == [c.id for c in at("today", EVERYWHERE) if c.id != "palette"]
        assert [entry.row for entry in palette.entries if entry.row is not None] == [*ROWS]
        await ui.press(*"log", "enter")
        assert ui.app.screen is ui.main
        assert ui.done("1", 1) == "8x5s/side"


async def test_the_palette_lands_on_a_setting(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("ctrl+p", *"dumb", "enter")
        settings = ui.app.screen
        assert isinstance(settings, SettingsScreen)
        assert settings.rows.value.label == "Dumbbells"


async def test_the_palette_tells_what_was_said(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("u", "ctrl+p", *"what was said", "enter")
        assert open_page(ui) == "What was said"
        assert "othing to undo" in ui.text()


async def test_what_the_palette_does_not_know_may_be_an_exercise(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("ctrl+p", *"calf")
        assert "Find exercise “calf” …" in ui.text()
        await ui.press("enter")
        assert isinstance(ui.app.screen, FindScreen)
        assert ui.app.screen.word == "calf"


async def test_the_palette_opens_on_its_key(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("ctrl+p")
        assert [type(screen) for screen in ui.app.screen_stack] == [MainScreen, PaletteScreen]
        await ui.press("ctrl+p", "tab")
        assert ui.app.screen is ui.main
        await ui.press("4", "ctrl+p", "escape")
        assert [type(screen) for screen in ui.app.screen_stack] == [MainScreen, SeasonScreen]


async def test_the_runners_own_keys_take_the_place_of_ours(books: Books) -> None:
    book = books.open()
    book.profile.set("keys", {"log": "z", "quit": "ctrl+q", "nonsense": "y", "help": 7})
    async with running(book, books.clock) as ui:
        assert "local.json: keys: no command is called nonsense" in ui.said
        assert "local.json: keys: help must name a key, such as ctrl+l" in ui.said
        await ui.press("enter")
        assert ui.book.recorder.live is None
        assert "z log set" in ui.lines()[-1]
        await ui.press("z")
        assert ui.done("1", 1) == "8x5s/side"
        await ui.press("q")
        assert ui.app.is_running
        await ui.press("?")
        assert open_page(ui) == "Keys"
        body: Any = ui.app.screen.query_one("#page-body")
        assert "  z                 Log the set as prescribed" in body.plain()


def listen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record each ring, immediate or delayed."""
    rung: list[str] = []

    def later(_: Stridelift, seconds: float, callback: Any) -> None:
        assert 0 < seconds < 0.5
        callback()

    monkeypatch.setattr(Stridelift, "bell", lambda _: rung.append("ring"))
    monkeypatch.setattr(Stridelift, "set_timer", later)
    return rung


async def test_a_change_rings_twice_and_a_count_once(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        rung = listen(monkeypatch)
        await ui.press("space", ".")
        assert rung == []
        heard = []
        for _ in range(6):
            await ui.pass_time(1)
            heard.append(len(rung))
            rung.clear()
        assert heard == [0, 1, 1, 1, 2, 0]
        ui.main.bells.ring(Cue.REST_OVER)
        assert len(rung) == 2


@pytest.mark.parametrize(
    ("key", "name", "heard"), [("b", "change", [0, 1, 1, 1, 0]), ("B", "count", [0, 0, 0, 0, 2])]
)
async def test_each_bell_is_switched_and_stays_so(
    books: Books, monkeypatch: pytest.MonkeyPatch, key: str, name: str, heard: list[int]
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(key)
        assert ui.said.endswith(" off.")
    books.close()
    async with running(books.open(), books.clock) as ui:
        assert ui.main.bells.on[name] is False
        rung = listen(monkeypatch)
        await ui.press("space", ".")
        counted = []
        for _ in heard:
            await ui.pass_time(1)
            counted.append(len(rung))
            rung.clear()
        assert counted == heard
        await ui.press(key)
        assert ui.said.endswith(" on.")
        assert ui.book.profile.store.get("bells") == {"change": True, "count": True}


# --- over the panes -----------------------------------------------------------------------------


async def test_who_only_looks_on_finds_the_way_from_a_trend_to_its_session(books: Books) -> None:
    trained = books.train()
    books.open()  # It has the lock.
    async with running(books.open(), books.clock) as ui:
        assert not ui.book.access.granted
        await ui.press("T", "enter", "e")
        assert ui.main.history.opened == trained
        assert "Mon 2 Nov, 18:05 to 18:33" in ui.text()


async def test_a_session_that_is_gone_is_said_to_be(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.app.navigation.open_in_history("gone")
        await ui.settle()
        assert ui.said == "That session is no longer in the log."


async def test_a_screen_below_a_page_is_shown_anew_once_the_log_is_read(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        ui.book.reader.forget()
        await ui.press("5")
        assert "Your log is being read." in ui.text()
        await ui.press("?")
        ui.main.read_log()
        await ui.settle()
        await ui.press("q")
        assert "Your first week" in ui.text()
        assert "reading" not in ui.text()
