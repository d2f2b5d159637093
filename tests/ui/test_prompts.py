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
from tests.ui.driver import PACE_S, Books, Driver, key_name, running, work
from tui.domain.session.actions import Flag, Log, Mark
from tui.ui.screens.base_screen import LEAST_WIDTH, BaseScreen
from tui.ui.screens.exercise_form import FormScreen
from tui.ui.screens.find import FindScreen
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.palette import PaletteScreen
from tui.ui.screens.setup import SetupScreen
from tui.ui.screens.text_page import TextPage
from tui.ui.widgets.prompt import Prompt, Question
from tui.ui.widgets.styled_text import Lines
from tui.ui.widgets.virtual_list import VirtualList

# Where a file is read before the next key.
READ = "read"
CALF = ("home", "j", "j", "j")
# Enter on nothing logs without the weight that is asked for first.
SET_LOGGED = (*CALF, "enter", "enter")
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
# The screens that are closed with their prompt.
LEFT_WITH_IT = (FormScreen, FindScreen, PaletteScreen, SetupScreen)
ASKS = ("ask", "ask_key", "ask_digit")
MARKS, DIGITS, REASONS = "12345", "0123456789", "tpeo"
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


def yesterday(books: Books) -> None:
    """A session on the day before."""
    books.train()
    books.clock.forward(24 * 3600)


def hurt_yesterday(books: Books, *items: str) -> None:
    """A session on the day before, in which exercises hurt; without any, the calf raise."""
    book = books.open()
    book.recorder.start(book.read_all().planner.next_plan(books.clock().date()))
    for item in items or ("4",):
        book.recorder.do(Log(item))
        book.recorder.do(Mark(work(item, 1), "pain", 3))
    book.recorder.finish()
    book.close()
    books.clock.forward(24 * 3600)


def hurt_twice(books: Books) -> None:
    """The hip and the calf hurt on the day before."""
    hurt_yesterday(books, "1", "4")


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


def a_log_of_an_app(books: Books) -> None:
    """A session in the log, and a file of Strong's, which does not say its unit."""
    trained(books)
    (Path.home() / "strong.csv").write_text(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
        'Workout Notes,RPE\n2026-10-05 18:00:00,"Legs",40m,"Squat (Barbell)",1,60,5,0,0,"","",\n'
    )


def a_table_of_nobody(books: Books) -> None:
    """A session in the log, and a table whose columns no app has."""
    trained(books)
    table = "Wann,Was,Wieviel,Wie oft\n2026-10-05,Back Squat,60,5\n"
    (Path.home() / "mine.csv").write_text(table)


SETTINGS, FILES = "screens/settings.py", "screens/settings_files.py"
TODAY, READY = "panes/today.py", "panes/readiness.py"
WRITING, RATING = "panes/set_writing.py", "panes/set_rating.py"
MORNING, HISTORY = "panes/morning.py", "panes/history.py"
EXCHANGE, CARD = "panes/exchange.py", "screens/card.py"
IMPORTING = "screens/import_screen.py"
FIND, FORM = "screens/find.py", "screens/exercise_form.py"
NAMED = ("1", "n", *"Mine", "enter")
PICK, SEASON, METRICS = "screens/pick.py", "screens/season.py", "screens/metrics.py"
PROGRAMMES, EDITOR = "screens/programmes.py", "screens/editor.py"
EDITED = ("P", "e", "enter")
RACE_AND_RUN = ("a", "n", *"mon 07:00", "enter", "a", "r", *"2026-11-02 Park C", "enter")

ASKED = {
    "set": Asked(by=f"{WRITING}:_type", keys=("e",), right="7x5s/side"),
    "first load": Asked(by=f"{WRITING}:_ask_load", keys=(*CALF, "enter"), right="20"),
    "odd set": Asked(
        by="panes/sure.py:ask_if_sure",
        keys=(*CALF, "e", *"15 600kg", "enter"),
        right="y",
        at_once="yen",
    ),
    "set logged": Asked(by=f"{WRITING}:_type", keys=(*SET_LOGGED, "e"), right="9 20kg rir1"),
    "fell short": Asked(by=f"{WRITING}:_type", keys=("f",), right="2"),
    "reps left": Asked(
        by=f"{RATING}:rate", keys=("enter", "r"), right="2", at_once="012345"
    ),
    "pain": Asked(by=f"{RATING}:rate", keys=("enter", "p"), right="3", at_once=DIGITS),
    "went wrong": Asked(
        by="panes/flags.py:ask_flags", keys=("enter", "c"), right="k", at_once="sflkhat"
    ),
    "slow twice": Asked(
        by=f"{RATING}:offer_end",
        keys=(*SET_LOGGED, "c", "s"),
        right="y",
        at_once="yn",
        before=one_slow_set,
    ),
    "skip": Asked(by=f"{TODAY}:action_skip", keys=("s",), right="p", at_once=REASONS),
    "leave out": Asked(
        by=f"{TODAY}:action_leave_out", keys=("enter", "x"), right="e", at_once=REASONS
    ),
    "note": Asked(by=f"{RATING}:note", keys=("enter", "n"), right="slow", spoil=None),
    "session note": Asked(
        by=f"{TODAY}:action_session_note", keys=("enter", "N"), right="hot", spoil=None
    ),
    "variant": Asked(
        by=f"{EXCHANGE}:offer_variants", keys=("j", "v"), right="e", at_once="eh"
    ),
    "begin on another day": Asked(
        by=f"{TODAY}:_asks_to_begin", keys=("enter",), right="y", at_once="yn", before=yesterday
    ),
    "finish": Asked(
        by=f"{TODAY}:action_finish", keys=("enter", "F"), right="t", at_once=REASONS
    ),
    "finish nothing": Asked(
        by=f"{TODAY}:action_finish", keys=("E", "F"), right="x", at_once="xk"
    ),
    "throw away": Asked(
        by=f"{TODAY}:action_discard", keys=("enter", "X"), right="y", at_once="yn"
    ),
    "what was injured once": Asked(
        by="panes/old_injuries.py:_ask", keys=("enter", "F", "enter"), right="2", before=hip_once
    ),
    "note on what was finished": Asked(
        by="screens/summary_page.py:action_note",
        keys=("enter", "F", "enter", "n"),
        right="hot",
        spoil=None,
    ),
    "where it hurts": Asked(by=f"{MORNING}:_ask_of", keys=("m",), right="knee 3"),
    "the morning after": Asked(
        by=f"{MORNING}:_ask_of", keys=("m",), right="4", at_once=DIGITS, before=hurt_yesterday
    ),
    "the first of two in the morning": Asked(
        by=f"{MORNING}:_ask_in_a_line", keys=("m",), right="4", before=hurt_twice
    ),
    "legs": Asked(
        by=f"{READY}:_ask_legs", keys=("R",), right="4", at_once=MARKS, writes=False
    ),
    "sleep": Asked(
        by=f"{READY}:_ask_sleep", keys=("R", "4"), right="4", at_once=MARKS, writes=False
    ),
    "lighter": Asked(
        by=f"{READY}:_offer", keys=("R", "1", "1"), right="y", at_once="yn", writes=False
    ),
    "pain anywhere": Asked(
        by=f"{READY}:_ask_pain", keys=("R", "4", "4"), right="0", at_once=DIGITS
    ),
    "where": Asked(by=f"{READY}:_ask_where", keys=("R", "4", "4", "3"), right="knee"),
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
    "what to add": Asked(
        by=f"{SEASON}:action_add", keys=("4", "a"), right="r", at_once="rnwe", writes=False
    ),
    "race or run": Asked(
        by=f"{SEASON}:_ask_for", keys=("4", "a", "r"), right="2026-12-20 Ridge Ultra A"
    ),
    "remove": Asked(
        by=f"{SEASON}:action_remove",
        keys=("4", *RACE_AND_RUN, "x"),
        right="1",
        at_once="12",
    ),
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
        by=f"{SETTINGS}:_choose", keys=("0", "enter"), right="l", at_once="kl", before=trained
    ),
    "line of a setting": Asked(
        by=f"{SETTINGS}:_ask_line", keys=("0", "end", "enter"), right="/media/nas", before=trained
    ),
    "digit of a setting": Asked(
        by=f"{SETTINGS}:_ask_digit",
        keys=("0", "/", *"ordinary", "enter"),
        right="3",
        at_once="0123456789",
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
        by=f"{IMPORTING}:action_path",
        keys=("0", "/", *"import", "enter"),
        right="~/sets.jsonl",
        before=a_set_log,
        writes=False,
    ),
    "unit of a file": Asked(
        by=f"{IMPORTING}:_ask_unit",
        keys=("0", "/", *"import", "enter", *"~/strong.csv", "enter"),
        right="k",
        at_once="kl",
        before=a_log_of_an_app,
        writes=False,
    ),
    "column of a file": Asked(
        by="screens/import_columns.py:_ask_what",
        keys=("0", "/", *"import", "enter", *"~/mine.csv", "enter", READ, "j", "enter"),
        right="d",
        at_once="dmtewrncsukiypfvbol",
        before=a_table_of_nobody,
        writes=False,
    ),
    "form of an export": Asked(
        by=f"{FILES}:_ask_export",
        keys=("0", "/", *"export", "enter"),
        right="c",
        at_once="lajcshfim",
        before=trained,
        writes=False,
    ),
    "file to export to": Asked(
        by=f"{FILES}:_ask_where",
        keys=("0", "/", *"export", "enter", "l"),
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
            ("unit", "", "k", "kl"),
            ("level", "k", "1", "123"),
            ("place", "k2", "g", "ghn"),
            ("things", "k2h", "o", "bdknmxeo"),
            ("sizes", "k2ho", "5..30/2.5", ""),
            ("programme", "k2g", "2", "123456"),
            ("days", "k2g2", "o", "1234567o"),
            ("runs", "k2g2o", "tue speed", ""),
            ("race", ("k", "2", "g", "2", "o", "enter"), "2027-02-14 Ridge Ultra", ""),
        )
    },
}  # fmt: skip
WRONG = {name: asked for name, asked in ASKED.items() if asked.spoil is not None}
# Opened by time and another process, not by keys: tests/ui/test_hand_over.py tries it.
ELSEWHERE = {"screens/turns.py:_offer_end"}
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


def top(ui: Driver) -> BaseScreen[object]:
    """The screen on top."""
    assert isinstance(ui.app.screen, BaseScreen)
    return ui.app.screen


async def burst(ui: Driver, *keys: str) -> None:
    """Keys that arrive at once, as on a slow line."""
    for key in keys:
        ui.type(events.Key(key_name(key), key if len(key) == 1 else None))
    await ui.settle()


async def paste(ui: Driver, words: str) -> None:
    """Paste words in place of the prompt's text."""
    for key in ("end", "ctrl+u"):
        ui.type(events.Key(key, None))
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
    keys = list(asked.keys)
    read = keys.index(READ) if READ in keys else len(keys)
    for part in filter(None, (keys[:read], keys[read + 1 :])):
        await burst(ui, *part)
        # The backup of the day is made beside, and so are files read.
        await ui.app.workers.wait_for_complete()
        await ui.settle()
    question = prompt(ui).question
    assert question is not None
    assert question.answer.__code__.co_filename.endswith(asked.by.partition(":")[0])
    assert not top(ui).query_one("#hints").display


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
            found[f"{where}:{inside}"] += inside not in (*ASKS, "_open")
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
    assert covered.keys() == source.keys() - ELSEWHERE
    assert {by for by in source if covered[by] < source[by]} == ELSEWHERE


# --- what was seen ------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", ["9", "s", "u", "x"])
async def test_a_rating_that_will_not_do_asks_on_and_the_next_key_takes_its_place(
    books: Books, keys: str
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "r", keys)
        before = ui.live
        asks(ui, keys)
        assert said(ui) == "! 0 to 5, please."
        assert len(ui.app.screen_stack) == 1
        await ui.press("1")
        assert ui.live != before
        assert ui.prompt() == ""
        assert {row.rir for row in ui.live.rows[work("1", 1)]} == {1}


async def test_a_key_that_is_no_reason_logs_no_set(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "s")
        before = ui.live
        await ui.press("b", "enter", "enter")
        assert ui.live is before
        asks(ui, "b")


async def test_a_line_of_the_season_that_will_not_do_makes_no_week_easier(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "a", "r", *"rac", "enter", "s", "g")
        asks(ui, "racsg")
        assert not ui.book.profile.setup.calendar.step_down
        assert ui.book.profile.diary.away == ()


# --- all of them --------------------------------------------------------------------------------


@every
async def test_nothing_typed_into_it_is_a_command_and_nothing_is_lost(
    books: Books, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked, chance = ASKED[name], random.Random(name)
    if asked.before:
        asked.before(books)
    book = books.open()
    book.profile.set("keys", OWN_KEYS)
    async with running(book, books.clock, SMALLEST) as ui:
        await opened(ui, asked)
        screens, screen, question = list(ui.app.screen_stack), top(ui), prompt(ui).question
        held, live = on_disk(books), book.recorder.live

        def nothing_changed() -> None:
            assert ui.app.screen_stack == screens
            assert on_disk(books) == held
            assert book.recorder.live is live

        if not isinstance(screen, LEFT_WITH_IT):
            leave = chance.choice(("tab", "backspace", *("q" if asked.at_once else "")))
            await left_and_opened_again(ui, leave)
            nothing_changed()
        if asked.spoil:
            typed = wrong(asked, chance)
            await paste(ui, typed)
            more = "5s" if not asked.at_once else "x" if "s" in asked.at_once else "s"
            assert question is not None
            # Enter beside a key that is no answer leaves where it stands for none.
            enter = ["enter"] if question.usual or not question.options else []
            await burst(ui, *enter, *more, *enter)
            asks(ui, more if asked.at_once else typed + more)
            assert said(ui).startswith("! ")
            assert prompt(ui).question is question
            nothing_changed()
        # Keys that are not text do nothing, whatever their command.
        text = prompt(ui).field.value
        await burst(ui, *OTHERS)
        asks(ui, text)
        assert prompt(ui).question is question
        nothing_changed()
        await paste(ui, "")
        if asked.writes and not asked.leaves:
            with monkeypatch.context() as patch:
                patch.setattr(os, "fsync", full)
                await burst(ui, *asked.right, "enter")
                asks(ui, asked.right)
                assert "the disk is full" in said(ui)
                assert ui.app.screen_stack == screens
                await paste(ui, "")
        await burst(ui, *asked.right, *([] if asked.at_once else ["enter"]))
        assert prompt_of(screens[-1]).question is not question
        assert (on_disk(books) != held) is asked.writes
        if question is not None and question.options:
            await nothing_late_is_a_command(ui, question, asked.right)


async def left_and_opened_again(ui: Driver, key: str) -> None:
    """Leave the prompt by a key, which says nothing, and ask the same once more."""
    screen, question, text, undo = (
        top(ui),
        prompt(ui).question,
        prompt(ui).field.value,
        top(ui)._undo,
    )
    assert question is not None
    if key == "backspace":
        await paste(ui, "")
    await ui.press(key)
    assert not prompt(ui).is_open
    assert top(ui) is screen
    assert screen.said is None
    assert ui.app.focused is screen.home
    screen._open("Again?", text, question)
    screen._undo = undo
    await ui.settle()
    assert prompt(ui).question is question


async def nothing_late_is_a_command(ui: Driver, question: Question, key: str) -> None:
    """The rest of a word, an enter and further digits, right behind the key that was the answer."""
    screens, live = list(ui.app.screen_stack), ui.book.recorder.live
    if prompt(ui).is_open:
        return
    pane, ui.pace = ui.main.current, 0.1
    word = question.options[key].lower()
    await burst(ui, *(word[1:] if word.startswith(key) else ""))
    assert ui.book.recorder.live is live
    await burst(ui, *("103" if question.is_digit else ""), "enter")
    assert ui.app.screen_stack == screens
    assert ui.main.current == pane


def wrong(asked: Asked, chance: random.Random) -> str:
    """A wrong answer; a single key if a single key answers."""
    assert asked.spoil is not None
    if asked.at_once:
        answers = f"{asked.at_once}q"
        return chance.choice([c for c in string.ascii_letters if c.lower() not in answers])
    return asked.spoil("".join(chance.choices(LETTERS, k=chance.randint(1, 9)))).strip()


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def prompt_of(screen: object) -> Prompt:
    assert isinstance(screen, BaseScreen)
    return screen.prompt


# --- leaving ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("palette", "backspace"),
        ("find", "backspace"),
        ("name of an exercise", "backspace"),
        ("kind of an exercise", "q"),
        ("sides of an exercise", "tab"),
        ("setup: level", "q"),
        ("setup: race", "backspace"),
    ],
)
async def test_a_screen_that_only_asks_is_left_with_its_question(
    books: Books, name: str, key: str
) -> None:
    book = books.open()
    book.profile.set("keys", OWN_KEYS)
    async with running(book, books.clock, SMALLEST) as ui:
        await opened(ui, ASKED[name])
        before, over = on_disk(books), ui.app.screen_stack[:-1]
        assert isinstance(top(ui), LEFT_WITH_IT)
        # A second q, tab or backspace out of habit does no more.
        ui.pace = 0.1 if key in ("q", "backspace") else ui.pace
        await ui.press("left", *["backspace"] * len(prompt(ui).field.value))
        ui.pace = PACE_S
        await ui.press(key)
        assert ui.app.screen_stack == over
        assert ui.book.recorder.live is None
        if not name.startswith("setup"):
            assert on_disk(books) == before


async def test_a_key_that_does_not_begin_its_word_has_no_rest_of_it(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", *RACE_AND_RUN, "x")
        both = ui.book.profile.diary
        ui.pace = 0.1
        # The word of 1 is "run ...", and u is undo.
        await ui.press("1")
        assert ui.book.profile.diary != both
        await ui.press("u")
        assert ui.book.profile.diary == both


async def test_a_q_too_many_does_not_quit(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        for keys in (("s",), ("?",), ("enter", "p"), ("4",)):
            await ui.press(*keys)
            ui.pace = 0.1
            await ui.press("q", "q", "q")
            assert ui.app.return_code is None
            assert ui.app.screen is ui.main
            assert ui.prompt() == ""
            ui.pace = PACE_S
        await ui.press("q")
        assert ui.app.return_code == 0


async def test_a_q_is_a_letter_of_a_line(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.pace = 0.1
        await ui.press("enter", "s", "q", "n", *"q quad q")
        asks(ui, "q quad q")


async def test_backspace_that_is_held_down_clears_the_line_and_does_no_more(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.pace = 0.1
        await ui.press("4", "a", "r", *"rac", *["backspace"] * 9)
        asks(ui, "")
        ui.pace = 0.6
        await ui.press("backspace")
        assert not prompt(ui).is_open
        # In the season backspace leaves the screen.
        ui.pace = 0.3
        await ui.press(*["backspace"] * 5)
        season = ui.app.screen
        assert season is not ui.main
        ui.pace = 0.7
        await ui.press("backspace")
        assert ui.app.screen is ui.main


async def test_it_is_left_as_ever_and_says_no_more(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        for leave in (("tab",), ("escape",), ("ctrl+u", "backspace")):
            await wrong_set(ui)
            assert said(ui).startswith("! “lots”?")
            await ui.press(*leave)
            assert ui.prompt() == ui.said == said(ui) == ""
            assert "enter log set 1" in ui.lines()[-1]
            assert ui.app.focused is ui.today.rows
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"


async def test_a_click_on_a_row_leaves_it_and_the_row_has_the_keys(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "a", "r", *"rac", "enter")
        asks(ui, "rac")
        await ui.pilot.click("#season-days", offset=(5, 3))
        await ui.settle()
        screen = ui.app.screen
        assert isinstance(screen, ListScreen)
        assert not screen.prompt.is_open
        assert screen.said is None
        assert ui.app.focused is screen.rows
        assert screen.rows.cursor == 3


# --- what stands, and several lines -------------------------------------------------------------


@pytest.mark.parametrize("key", ["right", "up"])
async def test_what_stands_is_put_in_to_be_edited(books: Books, key: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("e", key)
        asks(ui, "8x5s/side")
        await ui.press("up")
        asks(ui, "8x5s/side")
        await ui.press("home", "delete", "7", "enter")
        assert ui.done("1", 1) == "7x5s/side"


async def test_of_lines_that_are_pasted_all_are_taken_and_none_is_a_command(books: Books) -> None:
    asked = ASKED["sets of a past session"]
    trained(books)
    async with running(books.open(), books.clock) as ui:
        await opened(ui, asked)
        await paste(ui, " 8 60kg \r\n\n7 62,5 kg\n")
        asks(ui, "8 60kg; 7 62,5 kg")
        await ui.press("enter")
        assert ui.prompt() == ""
        assert ui.said == "Added: Back Squat 8 × 60 kg; 7 × 62.5 kg. u takes it out again."
        assert len(ui.app.screen_stack) == 1


async def test_lines_pasted_into_a_choice_are_no_commands(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "s")
        before = ui.live.steps
        ui.app.post_message(events.Paste("p\nx\nF\nq\n"))
        await ui.settle()
        assert ui.live.steps == before + 1
        assert len(ui.app.screen_stack) == 1


# --- what else may come between -----------------------------------------------------------------


async def wrong_set(ui: Driver) -> None:
    """Type a set that is refused."""
    await ui.press("e", *"lots", "enter")
    asks(ui, "lots")


async def test_the_next_question_says_nothing_of_the_last(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R", "9")
        assert said(ui) == "! 1 to 5, please."
        await ui.press("4")
        assert ui.prompt().startswith("How did you sleep")
        assert said(ui) == "Aim: 7 to 9 hours (Wyles)."


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


@pytest.mark.parametrize(
    "name",
    [
        "set",
        "set in history",
        "race or run",
        "line of a setting",
        "palette",
        "find",
        "setup: race",
        "note on what was finished",
    ],
)
async def test_it_outlasts_another_size_and_whatever_another_window_does(
    books: Books, name: str
) -> None:
    asked = ASKED[name]
    if asked.before:
        asked.before(books)
    book = books.open()
    book.profile.set("keys", OWN_KEYS)
    async with running(book, books.clock) as ui:
        await opened(ui, asked)
        await paste(ui, "lots")
        question, screens = prompt(ui).question, list(ui.app.screen_stack)
        for size in ((28, 9), (130, 40), SMALLEST):
            await ui.resize(*size)
            if size[0] >= LEAST_WIDTH:
                await burst(ui, "x", "backspace")
                asks(ui, "lots")
        ui.app.post_message(events.AppBlur())
        await ui.settle()
        ui.book.profile.set("level", "new")
        ui.main.read_log()
        ui.main.show()
        await ui.settle()
        await ui.press("5")
        asks(ui, "lots5")
        assert prompt(ui).question is question
        assert ui.app.screen_stack == screens


async def test_it_waits_in_a_terminal_that_is_too_small(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await wrong_set(ui)
        words = said(ui)
        await ui.resize(29, 9)
        await ui.press("space", "5", "1", "G", "enter", "ctrl+p", "shift+tab")
        assert len(ui.app.screen_stack) == 1
        assert ui.book.recorder.live is None
        await ui.resize(60, 20)
        asks(ui, "lots")
        assert said(ui) == words


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
        await ui.press("e", *"7x5s/side", "enter")
        assert "Another window logs this session" in said(ui)
        writer.close()
        await ui.press("enter")
        assert "This one logs now" in said(ui)
        asks(ui, "7x5s/side")
        await ui.press("enter")
        assert ui.done("1", 1) == "7x5s/side"


async def test_one_key_takes_the_place_of_one_that_will_not_do(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R")
        await burst(ui, "8", "enter", "x", "5")
        assert ui.prompt().startswith("How did you sleep")
        await ui.press("tab", "R", "9", "?", "4", "x", "3", "0")
        assert ui.prompt() == ""
        assert ui.said == "Noted: legs 4, sleep 3, pain 0."


async def test_a_key_answers_one_question_however_late_it_is_told_of(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R")
        prompt(ui).field.value = "4"
        prompt(ui).take("4")
        await ui.settle()
        assert ui.prompt() == "How did you sleep, 1 poor to 5 well? [3] "


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
