"""Every prompt of every screen: a refused answer keeps the prompt and its text, and no key typed
into a prompt reaches a command.

``ASKED`` is the table of all prompts; a test reads the source for any that are missing.
"""

from __future__ import annotations

import ast
import errno
import os
import random
import string
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct
from textual import events

import tui.ui
from tests.ui.driver import Books, Driver, key_name, running, work
from tui.domain.session.actions import Flag, Log, Mark
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.text_page import TextPage
from tui.ui.widgets.prompt import Prompt
from tui.ui.widgets.styled_text import Lines
from tui.ui.widgets.virtual_list import VirtualList

CALF = ("home", "j", "j", "j")
# Every kind of key that a line of text does not take, among them the runner's own keys for commands
# that change something.
OWN_KEYS = {
    "clock": "f5",
    "bell-change": "f6",
    "step-down": "f7",
    "no-gym": "f8",
    "pause": "f9",
    "schedule": "f2",
    "remove-value": "f3",
    "remove-line": "f4",
    "line-down": "f10",
    "palette": "ctrl+g",
    "help": "ctrl+l",
    "next-pane": "ctrl+n",
}
OTHERS = (
    *OWN_KEYS.values(),
    *("f1", "shift+tab", "ctrl+p", "pageup", "pagedown", "insert", "ctrl+b", "alt+q"),
)
SMALLEST = (60, 20)
ASKS = ("ask", "ask_key", "ask_digit", "_ask_mark")
MARKS, DIGITS = "12345", "0123456789"
LETTERS = string.ascii_letters + string.digits + " .,:;-+/#%&@[](){}!?é²½中"


class Asked(Struct, frozen=True, kw_only=True):
    """A prompt: the function that asks (``by``, as module:name), the ``keys`` that open it, and a
    ``right`` answer. ``spoil`` makes a wrong answer of any text; None if every answer is accepted.
    ``at_once``: the keys that answer it without enter. ``writes``: the answer goes to disk;
    ``leaves``: the screen is closed before that."""

    by: str
    keys: tuple[str, ...]
    right: str
    spoil: Callable[[str], str] | None = "?{}".format
    before: Callable[[Books], None] | None = None
    at_once: str = ""
    writes: bool = True
    leaves: bool = False


def trained(books: Books) -> None:
    books.train(note="muddy")


def hurt_yesterday(books: Books) -> None:
    """A session on the day before, in which the calf hurt."""
    book = books.open()
    book.recorder.start(book.read_all().planner.next_plan(books.clock().date()))
    book.recorder.do(Log("4"))
    book.recorder.do(Mark(work("4", 1), "pain", 3))
    book.recorder.finish()
    book.close()
    books.clock.forward(24 * 3600)


def hip_once(books: Books) -> None:
    """A runner who named her hip."""
    book = books.open()
    book.profile.set("old_injuries", ["hip"])
    book.close()


def one_slow_set(books: Books) -> None:
    """A session under way with a slow set of calf raises, a minute ago."""
    book = books.open()
    book.recorder.start(book.read_all().planner.next_plan(books.clock().date()))
    book.recorder.do(Log("4"))
    book.recorder.do(Flag(work("4", 1), "slow"))
    book.close()
    books.clock.forward(60)


def too_long(words: str) -> str:
    return f"{'long ' * 13}{words}"


def too_long_a_note(words: str) -> str:
    return f"{'long ' * 60}{words}"


def no_exercise(words: str) -> str:
    return f"zzqxzz {words}"


def a_set_log(books: Books) -> None:
    """A session in the log, and a file with another one."""
    trained(books)
    line = '{"date": "2026-10-05", "exercise": "back-squat", "set": 1, "reps": 5, "load_kg": 60}'
    (Path.home() / "sets.jsonl").write_text(line + "\n")


SETTINGS, FILES = "screens/settings.py", "screens/settings_files.py"
TODAY, READY = "panes/today.py", "panes/readiness.py"
MORNING, HISTORY = "panes/morning.py", "panes/history.py"
EXCHANGE, CARD = "panes/exchange.py", "screens/card.py"
FIND, FORM = "screens/find.py", "screens/exercise_form.py"
NAMED = ("1", "n", *"Mine", "enter")
PICK, SEASON, METRICS = "screens/pick.py", "screens/season.py", "screens/metrics.py"
PROGRAMMES, EDITOR = "screens/programmes.py", "screens/editor.py"
EDITED = ("P", "e", "enter")
RACE_AND_RUN = ("a", *"run mon 07:00", "enter", "a", *"race 2026-11-02 Park C", "enter")

ASKED = {
    "set": Asked(by=f"{TODAY}:_type", keys=("e",), right="7x5s/side"),
    "odd set": Asked(
        by="panes/sure.py:ask_if_sure",
        keys=(*CALF, "e", "end", "ctrl+u", *"15 600kg", "enter"),
        right="y",
        at_once="yen",
    ),
    "set logged": Asked(by=f"{TODAY}:_type", keys=(*CALF, "enter", "e"), right="9 20kg rir1"),
    "fell short": Asked(by=f"{TODAY}:_type", keys=("f",), right="2x5s/side"),
    "reps left": Asked(by=f"{TODAY}:action_rate", keys=("enter", "r"), right="2"),
    "went wrong": Asked(
        by="panes/flags.py:ask_flags", keys=("enter", "c"), right="k", at_once="sflkhat"
    ),
    "slow twice": Asked(
        by=f"{TODAY}:_offer_end",
        keys=(*CALF, "enter", "c", "s"),
        right="y",
        at_once="yn",
        before=one_slow_set,
    ),
    "pain": Asked(by=f"{TODAY}:action_rate", keys=("enter", "p"), right="3"),
    "skip": Asked(by=f"{TODAY}:action_skip", keys=("s",), right="pain"),
    "note": Asked(by=f"{TODAY}:action_note", keys=("enter", "n"), right="slow", spoil=None),
    "session note": Asked(
        by=f"{TODAY}:action_session_note", keys=("enter", "N"), right="hot", spoil=None
    ),
    "variant": Asked(by=f"{EXCHANGE}:offer_variants", keys=("j", "v"), right="e"),
    "finish": Asked(by=f"{TODAY}:action_finish", keys=("enter", "F"), right="time"),
    "what was injured once": Asked(
        by="panes/old_injuries.py:_ask", keys=("enter", "F", "enter"), right="2", before=hip_once
    ),
    "where it hurts": Asked(by=f"{MORNING}:_ask_of", keys=("m",), right="knee 3"),
    "the morning after": Asked(
        by=f"{MORNING}:_ask_of", keys=("m",), right="4", before=hurt_yesterday
    ),
    "legs": Asked(
        by=f"{READY}:_ask_legs", keys=("R",), right="4", at_once=MARKS, writes=False
    ),
    "sleep": Asked(
        by=f"{READY}:_ask_sleep", keys=("R", "4"), right="4", at_once=MARKS, writes=False
    ),
    "pain anywhere": Asked(
        by=f"{READY}:_ask_pain", keys=("R", "4", "4"), right="0", at_once=DIGITS
    ),
    "where": Asked(by=f"{READY}:_ask_where", keys=("R", "4", "4", "3"), right="knee"),
    "lighter": Asked(
        by=f"{READY}:_offer", keys=("R", "1", "1", "0"), right="y", at_once="yn"
    ),
    "find in history": Asked(
        by=f"{HISTORY}:action_find", keys=("3", "/"), right="mud", spoil=None, writes=False
    ),
    "only some": Asked(
        by=f"{HISTORY}:action_filter",
        keys=("3", "f"),
        right="note",
        spoil="cat ?{}".format,
        before=trained,
        writes=False,
    ),
    "when in history": Asked(
        by="panes/session_changes.py:ask_start",
        keys=("3", "D"),
        right="1 nov 17:00",
        before=trained,
    ),
    "past session": Asked(
        by=f"{HISTORY}:action_add", keys=("3", "a"), right="yesterday 18:00", writes=False
    ),
    "sets of a past session": Asked(
        by="panes/session_changes.py:ask_sets",
        keys=("3", "enter", "a", *"back squat", "enter"),
        right="3x8 60kg",
        before=trained,
    ),
    "odd set of a past session": Asked(
        by="panes/sure.py:ask_if_sure",
        keys=("3", "enter", "a", *"back squat", "enter", *"8 600kg", "enter"),
        right="y",
        at_once="yen",
        before=trained,
    ),
    "went wrong in history": Asked(
        by="panes/flags.py:ask_flags",
        keys=("3", "enter", "c"),
        right="k",
        at_once="sflkhat",
        before=trained,
    ),
    "note in history": Asked(
        by="panes/session_changes.py:ask_note",
        keys=("3", "enter", "home", "e"),
        right="dry",
        spoil=None,
        before=trained,
    ),
    "set in history": Asked(
        by="panes/session_changes.py:ask_set",
        keys=("3", "enter", "e"),
        right="7x5s/side",
        before=trained,
    ),
    "date": Asked(
        by=f"{HISTORY}:action_date",
        keys=("3", "g"),
        right="mon",
        before=trained,
        writes=False,
    ),
    "find": Asked(
        by=f"{FIND}:action_find", keys=("/",), right="calf", spoil=no_exercise, writes=False
    ),
    "exercise to add": Asked(
        by=f"{FIND}:action_find", keys=("a",), right="plank", spoil=no_exercise, leaves=True
    ),
    "name of an exercise": Asked(
        by=f"{FORM}:_ask_line", keys=("1", "n"), right="Mine", spoil=too_long, writes=False
    ),
    "kind of an exercise": Asked(
        by=f"{FORM}:_ask_choice", keys=NAMED, right="3", at_once="12345678", writes=False
    ),
    "sides of an exercise": Asked(
        by=f"{FORM}:_ask_choice", keys=(*NAMED, "3"), right="y", at_once="ynt", writes=False
    ),
    "note on an exercise": Asked(
        by=f"{CARD}:action_note", keys=("d", "n"), right="knees out", spoil=too_long_a_note
    ),
    "another of its kind": Asked(
        by=f"{PICK}:action_find", keys=("V", "/"), right="hold", spoil=no_exercise, leaves=True
    ),
    "add to a programme": Asked(
        by=f"{PICK}:action_find", keys=(*EDITED, "a"), right="plank", spoil=no_exercise, leaves=True
    ),
    "race or run": Asked(
        by=f"{SEASON}:action_add", keys=("4", "a"), right="race 2026-12-20 Ridge Ultra A"
    ),
    "remove": Asked(by=f"{SEASON}:action_remove", keys=("4", *RACE_AND_RUN, "x"), right="ra"),
    "measured": Asked(by=f"{METRICS}:action_measure", keys=("M", "enter"), right="42"),
    "better left for another day": Asked(
        by="screens/routines.py:_once_sure",
        keys=("Z", "j", "j", "j", "enter"),
        right="y",
        at_once="yn",
        before=trained,
    ),
    "copy": Asked(by=f"{PROGRAMMES}:_ask_copy", keys=("P", "c"), right="Mine", spoil=too_long),
    "copied first": Asked(
        by=f"{PROGRAMMES}:_ask_copy", keys=("P", "e"), right="Mine", spoil=too_long
    ),
    "dose": Asked(
        by=f"{EDITOR}:action_edit", keys=(*EDITED, "j", "j", "e"), right="2x12/side rest 45"
    ),
    "name of a session": Asked(
        by=f"{EDITOR}:action_rename", keys=(*EDITED, "n"), right="Monday", spoil=too_long
    ),
    "file of a session": Asked(
        by="sharing.py:save",
        keys=("3", "Y"),
        right="~/there.md",
        spoil="~/?{}x".format,
        before=trained,
    ),
    "file of a review": Asked(
        by="sharing.py:save",
        keys=("5", "Y"),
        right="~/there.txt",
        spoil="~/?{}x".format,
        before=trained,
    ),
    "choice of a setting": Asked(
        by=f"{SETTINGS}:_choose", keys=("0", "enter"), right="l", at_once="klq", before=trained
    ),
    "line of a setting": Asked(
        by=f"{SETTINGS}:_ask_line", keys=("0", "end", "enter"), right="/media/nas", before=trained
    ),
    "digit of a setting": Asked(
        by=f"{SETTINGS}:_ask_digit",
        keys=("0", "/", *"ordinary", "enter"),
        right="3",
        at_once="0123456789q",
        before=trained,
    ),
    "best lift": Asked(
        by=f"{SETTINGS}:_ask_lift",
        keys=("0", "/", *"max", "enter", *"back squat", "enter"),
        right="80x5",
        before=trained,
    ),
    "find a setting": Asked(
        by=f"{SETTINGS}:action_find",
        keys=("0", "/"),
        right="level",
        spoil=no_exercise,
        before=trained,
        writes=False,
    ),
    "file to import": Asked(
        by=f"{FILES}:_ask_import",
        keys=("0", "/", *"import", "enter"),
        right="~/sets.jsonl",
        before=a_set_log,
        writes=False,
    ),
    "import": Asked(
        by=f"{FILES}:_count",
        keys=("0", "/", *"import", "enter", *"~/sets.jsonl", "enter"),
        right="y",
        at_once="ynq",
        before=a_set_log,
    ),
    "file to export to": Asked(
        by=f"{FILES}:_ask_export",
        keys=("0", "/", *"export", "enter"),
        right="~/there.jsonl",
        spoil="~/no folder/{}".format,
        before=trained,
    ),
    "palette": Asked(
        by="screens/palette.py:on_mount",
        keys=("ctrl+g",),
        right="what was said",
        spoil=None,
        writes=False,
    ),
    **{
        f"setup: {name}": Asked(
            by=f"screens/setup.py:_ask_{name}",
            keys=("0", *keys),
            right=right,
            at_once=at_once,
            writes=name == "race",
        )
        for name, keys, right, at_once in (
            ("unit", "", "k", "klq"),
            ("level", "k", "1", "123q"),
            ("place", "k2", "g", "ghnq"),
            ("things", "k2h", "o", "bdknmxeoq"),
            ("sizes", "k2ho", "5..30/2.5", ""),
            ("programme", "k2g", "2", "123456q"),
            ("days", "k2g2", "o", "1234567oq"),
            ("runs", "k2g2o", "tue speed", ""),
            ("race", ("k", "2", "g", "2", "o", "enter"), "2027-02-14 Ridge Ultra", ""),
        )
    },
}  # fmt: skip
WRONG = {name: asked for name, asked in ASKED.items() if asked.spoil is not None}
every = pytest.mark.parametrize("name", ASKED)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


def on_disk(books: Books) -> dict[str, bytes]:
    """The content of each file below the data and home folders."""
    root = books.paths.root.parent
    return {str(p): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def prompt(ui: Driver) -> Prompt:
    """The prompt of the screen on top."""
    return ui.app.screen.query_one(Prompt)


def said(ui: Driver) -> str:
    """The message at the bottom of that screen; its beginning must be visible."""
    shown = ui.app.screen.query_one("#message", Lines)
    if not shown.display:
        return ""
    assert any(shown.plain().split("\n")[0].rstrip() == line for line in ui.lines()[-7:])
    return " ".join(shown.plain().split())


async def burst(ui: Driver, *keys: str) -> None:
    """Keys that arrive at once, as on a slow line."""
    for key in keys:
        ui.type(events.Key(key_name(key), key if len(key) == 1 else None))
    await ui.settle()


async def paste(ui: Driver, words: str) -> None:
    """Paste words in place of the prompt's text."""
    await ui.press("end", "ctrl+u")
    ui.app.post_message(events.Paste(words))
    await ui.settle()


def asks(ui: Driver, text: str) -> None:
    """The prompt is open with this text, the cursor at its end, and has the focus."""
    assert prompt(ui).is_open
    field = prompt(ui).field
    assert field.value == text
    assert field.cursor_position == len(text)
    assert ui.app.focused is field


async def opened(ui: Driver, asked: Asked) -> None:
    await ui.press(*asked.keys)
    question = prompt(ui).question
    assert question is not None
    assert question.answer.__code__.co_filename.endswith(asked.by.partition(":")[0])


# --- the table ----------------------------------------------------------------------------------


def prompts_of_the_source() -> Counter[str]:
    """Module and function of each place in the source that opens a prompt."""
    root = Path(tui.ui.__path__[0])
    found: Counter[str] = Counter()

    def look(node: ast.AST, where: str, inside: str) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            # A nested function counts as the one around it.
            inside = inside or node.name
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in ASKS:
            found[f"{where}:{inside}"] += inside not in ASKS
        for child in ast.iter_child_nodes(node):
            look(child, where, inside)

    for path in sorted(root.rglob("*.py")):
        where = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for child in node.body:
                    look(child, where, "")
            elif isinstance(node, ast.Module):
                for child in node.body:
                    if not isinstance(child, ast.ClassDef):
                        look(child, where, "")
    return +found


def test_each_prompt_of_the_source_is_in_the_table() -> None:
    covered = Counter(asked.by for asked in ASKED.values())
    source = prompts_of_the_source()
    assert covered.keys() == source.keys()
    assert {by for by in source if covered[by] < source[by]} == set()


# --- what was seen ------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", ["5", "s", "u", "q", "x"])
async def test_a_rating_that_will_not_do_asks_on_and_its_correction_is_text(
    books: Books, keys: str
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "r", *"1 5", "enter")
        before = ui.live
        await ui.press(keys)
        asks(ui, f"1 5{keys}")
        assert "a whole number, please" in said(ui)
        assert len(ui.app.screen_stack) == 1
        await ui.press(*["backspace"] * 3, "enter")
        assert ui.live != before
        assert ui.prompt() == ""
        assert {row.rir for row in ui.live.rows[work("1", 1)]} == {1}


async def test_enter_on_a_reason_that_will_not_do_logs_no_set(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "s")
        before = ui.live
        await ui.answer("because")
        await ui.press("enter", "enter")
        assert ui.live is before
        asks(ui, "because")


async def test_a_line_of_the_season_that_will_not_do_makes_no_week_easier(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "a", *"rac", "enter", "s", "g")
        asks(ui, "racsg")
        assert not ui.book.profile.setup.calendar.step_down
        assert ui.book.profile.diary.away == ()


# --- all of them --------------------------------------------------------------------------------


@every
async def test_what_will_not_do_stays_until_it_is_put_right(
    books: Books, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked, chance = ASKED[name], random.Random(name)
    if asked.before:
        asked.before(books)
    book = books.open()
    book.profile.set("keys", OWN_KEYS)
    async with running(book, books.clock, SMALLEST) as ui:
        await opened(ui, asked)
        screens, question = list(ui.app.screen_stack), prompt(ui).question
        held, live = on_disk(books), book.recorder.live

        def nothing_changed() -> None:
            assert ui.app.screen_stack == screens
            assert prompt(ui).question is question
            assert on_disk(books) == held
            assert book.recorder.live is live

        for _ in range(2 if asked.spoil else 0):
            assert asked.spoil is not None
            typed = wrong(asked, chance)
            await paste(ui, typed)
            more = "5s" if not asked.at_once else "x" if "s" in asked.at_once else "s"
            await burst(ui, "enter", *more)
            asks(ui, more if asked.at_once else typed + more)
            assert said(ui)
            await ui.press("enter")
            asks(ui, more if asked.at_once else typed + more)
            assert said(ui)
            nothing_changed()
        # Keys that are not text do nothing, whatever their command.
        text = prompt(ui).field.value
        for key in OTHERS:
            await ui.press(key)
        asks(ui, text)
        nothing_changed()
        if asked.writes and not asked.leaves:
            with monkeypatch.context() as patch:
                patch.setattr(os, "fsync", full)
                await paste(ui, asked.right)
                await ui.press("enter")
                asks(ui, asked.right)
                assert "the disk is full" in said(ui)
                assert ui.app.screen_stack == screens
            await ui.press("enter")
        else:
            await paste(ui, asked.right)
            await ui.press("enter")
        assert prompt_of(screens[-1]).question is not question
        assert (on_disk(books) != held) is asked.writes


def wrong(asked: Asked, chance: random.Random) -> str:
    """A wrong answer; a single key if a single key answers."""
    assert asked.spoil is not None
    if asked.at_once:
        return chance.choice([c for c in string.ascii_letters if c.lower() not in asked.at_once])
    return asked.spoil("".join(chance.choices(LETTERS, k=chance.randint(1, 9))))


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def prompt_of(screen: object) -> Prompt:
    assert hasattr(screen, "prompt")
    assert isinstance(screen.prompt, Prompt)
    return screen.prompt


# --- what else may come between -----------------------------------------------------------------


async def wrong_set(ui: Driver) -> None:
    """Type a set that is refused."""
    await ui.press("e", "ctrl+u", *"lots", "enter")
    asks(ui, "lots")


async def test_it_is_left_as_ever_and_says_no_more(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        for leave in (("tab",), ("escape",), ("ctrl+u", "enter")):
            await wrong_set(ui)
            assert said(ui).startswith("“lots”?")
            await ui.press(*leave)
            assert ui.prompt() == ui.said == ""
            assert said(ui).startswith("enter log set")
            assert ui.app.focused is ui.today.rows
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"


async def test_the_next_question_says_nothing_of_the_last(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R", "9")
        assert said(ui).startswith("one of these keys")
        await ui.press("4")
        assert ui.prompt().startswith("sleep")
        assert said(ui) == ""


async def test_the_clock_runs_on_below_a_line_that_will_not_do(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        await wrong_set(ui)
        words = said(ui)
        await ui.pass_time(130, step=10)
        assert ui.week_annotations()["wall-lean-hold"] == "◐○○"
        asks(ui, "lots")
        assert said(ui) == words
        ui.main.show()
        ui.main.read_log()
        await ui.settle()
        asks(ui, "lots")
        assert said(ui) == words


async def test_what_the_clock_has_to_say_is_seen_over_a_prompt(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space", "N", *"hot")
        monkeypatch.setattr(os, "fsync", full)
        await ui.pass_time(130, step=65)
        assert "the disk is full" in said(ui)
        asks(ui, "hot")


async def test_it_waits_in_a_terminal_that_is_too_small(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await wrong_set(ui)
        words = said(ui)
        await ui.resize(50, 19)
        await ui.press("space", "5", "1", "G", "enter", "tab", "ctrl+p", "shift+tab")
        assert len(ui.app.screen_stack) == 1
        assert ui.book.recorder.live is None
        await ui.resize(60, 20)
        asks(ui, "lots")
        assert said(ui) == words
        await ui.resize(130, 40)
        asks(ui, "lots")


async def test_it_waits_while_the_keys_are_in_another_window(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await wrong_set(ui)
        ui.app.post_message(events.AppBlur())
        await ui.settle()
        await ui.press("5")
        asks(ui, "lots5")
        assert ui.book.recorder.live is None


async def test_a_click_on_a_row_leaves_it_and_the_row_has_the_keys(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "a", *"rac", "enter")
        asks(ui, "rac")
        await ui.pilot.click("#season-days", offset=(5, 3))
        await ui.settle()
        screen = ui.app.screen
        assert isinstance(screen, ListScreen)
        assert not screen.prompt.is_open
        assert screen.said is None
        assert ui.app.focused is screen.rows
        assert screen.rows.cursor == 3


async def test_of_lines_that_are_pasted_the_first_is_taken_and_none_is_a_command(
    books: Books,
) -> None:
    async with running(books.open(), books.clock) as ui:
        await wrong_set(ui)
        await paste(ui, "7x5s/side\n5\ns\n")
        asks(ui, "7x5s/side")
        await ui.press("enter")
        assert ui.done("1", 1) == "7x5s/side"


async def test_arrows_stay_on_what_is_asked_about(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await wrong_set(ui)
        await ui.press("down", "down")
        assert ui.today.rows.cursor == 0
        await ui.press("tab", "/", "down", "down")
        assert ui.app.screen.query_one(VirtualList).cursor == 2


async def test_who_writes_from_now_on_has_not_lost_the_line(books: Books) -> None:
    writer = books.open()
    async with running(books.open(), books.clock) as ui:
        await ui.press("e", "ctrl+u", *"7x5s/side", "enter")
        assert "Another window logs this session" in said(ui)
        writer.close()
        await ui.press("enter")
        assert "this one writes now" in said(ui)
        asks(ui, "7x5s/side")
        await ui.press("enter")
        assert ui.done("1", 1) == "7x5s/side"


async def test_one_key_takes_the_place_of_one_that_will_not_do(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R")
        await burst(ui, "8", "enter", "q", "5")
        assert ui.prompt().startswith(("legs", "sleep"))
        assert len(ui.app.screen_stack) == 1
        await ui.press("tab", "R", "9", "?", "q", "4", "x", "3", "0")
        assert ui.prompt() == ""
        assert ui.said == "noted: legs 4  sleep 3  pain 0"


async def test_a_key_answers_one_question_however_late_it_is_told_of(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R")
        prompt(ui).field.value = "4"
        prompt(ui).take("4")
        await ui.settle()
        assert ui.prompt() == "sleep (aim: 7-9 h, Wyles), 1 poor to 5 good? "


@pytest.mark.parametrize("typed", ["dead", "quad", "enter"])
async def test_letters_that_come_before_one_can_type_are_no_commands(
    books: Books, typed: str
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*EDITED)
        held = on_disk(books)
        await burst(ui, "a", *([typed] if typed == "enter" else typed))
        assert prompt(ui).is_open
        assert not isinstance(ui.app.screen, TextPage)
        assert on_disk(books) == held


async def test_the_palette_waits_until_nothing_is_asked(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await wrong_set(ui)
        await ui.press("ctrl+p")
        assert len(ui.app.screen_stack) == 1
        await ui.press("tab", "ctrl+p")
        assert len(ui.app.screen_stack) == 2
