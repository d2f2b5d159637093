"""The registry: one list of commands feeds bindings, palette, help and docs/keys.md."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from textual.binding import Binding

from tests.ui.driver import key_name
from tui.ui.app import Stridelift
from tui.ui.commands import (
    COMMANDS,
    EVERYWHERE,
    LIST,
    NAMES,
    OVER_PANES,
    PLACES,
    Command,
    at,
    bindings,
    clashing,
    is_key,
    keys_page,
)
from tui.ui.panes.history import HistoryPane
from tui.ui.panes.library import LibraryPane
from tui.ui.panes.today import TodayPane
from tui.ui.plain_words import PLAIN
from tui.ui.screens.base_screen import hint_line
from tui.ui.screens.card import CardScreen
from tui.ui.screens.editor import EditorScreen
from tui.ui.screens.exercise_review import ExerciseScreen
from tui.ui.screens.find import FindScreen
from tui.ui.screens.import_columns import ColumnsScreen
from tui.ui.screens.import_names import NamesScreen
from tui.ui.screens.import_screen import ImportScreen
from tui.ui.screens.kit import KitScreen
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.main import MainScreen
from tui.ui.screens.metrics import MetricsScreen
from tui.ui.screens.pick import PickScreen
from tui.ui.screens.programmes import ProgrammesScreen
from tui.ui.screens.review import ReviewScreen
from tui.ui.screens.routines import RoutinesScreen
from tui.ui.screens.season import SeasonScreen
from tui.ui.screens.settings import SettingsScreen
from tui.ui.screens.summary_page import SummaryPage
from tui.ui.screens.week_review import WeekScreen
from tui.ui.widgets.styled_text import width_of
from tui.ui.widgets.virtual_list import VirtualList

HOMES = {
    EVERYWHERE: MainScreen,
    "today": TodayPane,
    "summary": SummaryPage,
    "library": LibraryPane,
    "history": HistoryPane,
    "find": FindScreen,
    "card": CardScreen,
    "season": SeasonScreen,
    "review": ReviewScreen,
    "week": WeekScreen,
    "trend": ExerciseScreen,
    "metrics": MetricsScreen,
    "programmes": ProgrammesScreen,
    "routines": RoutinesScreen,
    "editor": EditorScreen,
    "pick": PickScreen,
    "settings": SettingsScreen,
    "kit": KitScreen,
    "import": ImportScreen,
    "names": NamesScreen,
    "columns": ColumnsScreen,
    OVER_PANES: ListScreen,
    LIST: VirtualList,
}
# Keys that every description of the program promises, with the id of their command.
CONTRACT = {
    "1": "library", "2": "today", "3": "history", "tab": "next-pane", "space": "clock",
    "?": "help", "ctrl+p": "palette", "q": "quit",
    "enter": "log", "e": "edit", "+": "load-up", "-": "load-down", "[": "reps-down",
    "]": "reps-up", "r": "rir", "p": "pain", "f": "fail", "s": "skip", "v": "variant", "a": "add",
    "w": "why", "d": "how", "n": "note", "u": "undo", "F": "finish", "/": "find",
}  # fmt: skip


def test_each_command_has_a_name_of_its_own() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1


@pytest.mark.parametrize("place", ["today", "library", "history"])
def test_no_two_commands_that_work_together_share_a_key(place: str) -> None:
    keys = [key for command in at(place, EVERYWHERE, LIST) for key in command.keys.split(",")]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


@pytest.mark.parametrize(
    "place", [p for p in HOMES if p != OVER_PANES and issubclass(HOMES[p], ListScreen)]
)
def test_no_command_of_a_screen_takes_a_key_of_all_screens(place: str) -> None:
    keys = [key for command in at(place, OVER_PANES) for key in command.keys.split(",")]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


@pytest.mark.parametrize(("key", "name"), CONTRACT.items())
def test_a_key_that_is_promised_is_there(key: str, name: str) -> None:
    [command] = [c for c in at("today", EVERYWHERE) if key_name(key) in c.keys.split(",")]
    assert command.id == name


@pytest.mark.parametrize("place", PLACES)
def test_each_command_can_be_carried_out_where_it_works(place: str) -> None:
    home = HOMES[place]
    for command in at(place):
        action = command.action.partition("(")[0].removeprefix("app.")
        assert any(hasattr(kind, f"action_{action}") for kind in (home, Stridelift)), command.id


@pytest.mark.parametrize("place", PLACES)
def test_a_place_has_the_bindings_of_the_registry_and_no_other(place: str) -> None:
    made = {b.id: b.key for b in bindings(place) if isinstance(b, Binding)}
    own = {b.id: b.key for b in HOMES[place].__dict__["BINDINGS"]}
    assert made == own
    assert made.items() >= {command.id: command.keys for command in at(place)}.items()


def test_nothing_needs_a_key_that_terminals_lose() -> None:
    for command in COMMANDS:
        first = command.keys.split(",")[0]
        assert not re.match(r"alt\+|f\d|escape|ctrl\+(enter|shift)", first), first


def test_every_command_says_what_it_does() -> None:
    for command in COMMANDS:
        assert command.place in PLACES
        assert command.words[0].isupper()
        assert len(command.words) <= 42
        assert len(command.hint) <= 14


def test_plain_words_are_of_commands_that_there_are() -> None:
    assert {*PLAIN} <= {command.id for command in COMMANDS}
    assert all(words[0].isupper() and len(words) <= 48 for words, _ in PLAIN.values())


@pytest.mark.parametrize("place", ["today", "history", "season", "week"])
def test_brackets_have_keys_that_need_no_altgr(place: str) -> None:
    keys = [command.keys.split(",") for command in at(place)]
    assert sum("[" in map(NAMES.get, each) for each in keys) == 1
    for each in keys:
        assert ("left_square_bracket" in each) == ("less_than_sign" in each)
        assert ("right_square_bracket" in each) == ("greater_than_sign" in each)


def test_a_french_keyboard_needs_no_shift_for_the_panes() -> None:
    for ours, theirs in zip("012345", "à&é\"'(", strict=True):
        for place in (EVERYWHERE, OVER_PANES):
            assert any(
                {key_name(ours), key_name(theirs)} <= {*c.keys.split(",")} for c in at(place)
            )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_no_key_is_taken_where_another_command_works(command: Command) -> None:
    assert clashing(command.id, {}) == []


def test_an_own_key_clashes_where_both_work() -> None:
    assert [c.id for c in clashing("log", {"log": "q"})] == ["quit"]
    assert [c.id for c in clashing("log", {"log": "?"})] == ["help"]
    assert clashing("log", {"log": "Q"}) == []
    assert [c.id for c in clashing("measure", {"measure": "0,q"})] == [
        "leave-metrics",
        "to-settings",
    ]
    assert "log" in [c.id for c in clashing("down", {"down": "enter"})]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        *((name, True) for name in ("l", "ctrl+l", "slash", "é", "f2", "+")),
        *((name, False) for name in ("foo", "f99", "", "strg+l")),
    ],
)
def test_keys_are_known_by_their_names(name: str, known: bool) -> None:
    assert is_key(name) is known


def test_own_keys_take_the_place_of_ours() -> None:
    shown = {c.id: c.shown for c in at("today", own={"log": "z,slash"})}
    assert shown["log"] == "z /"
    assert shown["edit"] == "e"


def test_the_page_of_keys_is_the_registrys() -> None:
    page = Path(__file__).parents[2] / "docs" / "keys.md"
    assert page.read_text(encoding="utf-8") == keys_page() + "\n", "make keys writes it anew"
    for command in COMMANDS:
        assert f"| {command.words} | {command.id} |" in keys_page()


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("place", sorted({one.place for one in COMMANDS}))
def test_help_is_in_every_line_of_hints_however_narrow(place: str, width: int) -> None:
    hinted = [one for one in COMMANDS if one.place == place and one.hint]
    if not hinted:
        return
    words = "".join(span for span, _ in hint_line(hinted, width))
    assert width_of([(words.rstrip(), "")]) <= width
    helping = [one for one in hinted if one.action == "help"]
    assert all(one.hint in words for one in (*helping, hinted[-1]))
