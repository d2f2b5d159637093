"""The settings screen: rows, changes in the grammar of prompts, undo, finding, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ui.driver import Books, Driver, running
from tui.app.exporting import FIT, FORMS
from tui.present.setting_rows import ROWS, Row, Way
from tui.ui.screens.base_screen import BaseScreen
from tui.ui.screens.import_screen import ImportScreen
from tui.ui.screens.kit import KitScreen
from tui.ui.screens.pick import PickScreen
from tui.ui.screens.programmes import ProgrammesScreen
from tui.ui.screens.settings import SettingsScreen
from tui.ui.screens.settings_files import EXPORTS


def screen(ui: Driver) -> SettingsScreen:
    found = ui.app.screen
    assert isinstance(found, SettingsScreen)
    return found


def said(ui: Driver) -> str:
    top = ui.app.screen
    assert isinstance(top, BaseScreen)
    return "" if top.said is None else top.said[0]


def row(label: str) -> Row:
    return next(one for one in ROWS if one.label == label)


def shown(ui: Driver, label: str) -> str:
    """What a row on the screen says of its value."""
    [line] = [line for line in ui.lines() if line[2:].strip().startswith(label)]
    return line.partition(label)[2].strip()


async def on(ui: Driver, label: str) -> None:
    """Open the settings and put the cursor on a row."""
    if not isinstance(ui.app.screen, SettingsScreen):
        await ui.press("0")
    rows = screen(ui).rows
    rows.go(rows.values.index(row(label)))
    await ui.settle()


async def type_line(ui: Driver, line: str) -> None:
    top = ui.app.screen
    assert isinstance(top, BaseScreen)
    assert top.prompt.is_open
    top.prompt.write(line)
    await ui.press("enter")


def stored(ui: Driver, key: str) -> Any:
    return ui.book.profile.store.get(key)


@pytest.fixture
def told(books: Books) -> Books:
    """With a setting, so that 0 opens the settings."""
    book = books.open()
    book.profile.set("tips", False)
    book.close()
    return books


async def test_it_opens_on_its_key_and_its_own_key_leaves(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await ui.press("0")
        assert "Weights in" in ui.text()
        assert "more ↓" in ui.text()
        assert "stridelift config set unit lb" in ui.text()
        await ui.press("à")
        assert ui.app.screen is ui.main
        await ui.press("4", "0")
        assert [type(one).__name__ for one in ui.app.screen_stack] == [
            "MainScreen",
            "SettingsScreen",
        ]


async def test_a_choice_is_made_undone_and_made_again(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Weights in")
        await ui.press("enter", "l")
        assert stored(ui, "unit") == "lb"
        assert said(ui) == "Weights in: lb. u takes it back."
        assert shown(ui, "Weights in") == "lb"
        await ui.press("u")
        assert stored(ui, "unit") is None
        assert said(ui) == "Undone: Weights in, lb. U does it again."
        await ui.press("U")
        assert stored(ui, "unit") == "lb"
        await ui.press("u", "u")
        assert said(ui) == "Nothing to undo here."


async def test_enter_takes_what_stands_and_leaving_changes_nothing(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        for keys in (["enter"], ["q"], ["tab"]):
            await on(ui, "Lifting for")
            await ui.press("enter", *keys)
        assert stored(ui, "level") in (None, "intermediate")
        assert isinstance(ui.app.screen, SettingsScreen)


async def test_a_wrong_line_stays_with_what_can_be_typed(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Plates")
        await ui.press("enter")
        await type_line(ui, "heavy ones")
        assert said(ui).startswith("! Plates takes plates such as 20x2")
        assert screen(ui).prompt.field.value == "heavy ones"
        await type_line(ui, "20x2 10x2")
        assert shown(ui, "Plates") == "20×2 10×2"
        assert stored(ui, "barbell.plates") == ["20x2", "10x2"]
        await ui.press("enter", "right")
        assert screen(ui).prompt.field.value == "20x2 10x2"


async def test_pain_is_told_by_a_digit_that_a_second_one_corrects(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Pain on a usual morning")
        ui.pace = 0.5
        await ui.press("enter", "2", "3")
        assert stored(ui, "pain_baseline") == 3
        await ui.press("u")
        assert stored(ui, "pain_baseline") is None


async def test_a_french_keyboard_answers_with_its_digits(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Lifting for")
        await ui.press("enter", '"')
        assert stored(ui, "level") == "advanced"
        await on(ui, "Pain on a usual morning")
        await ui.press("enter", "&")
        ui.pace = 0.5
        await ui.press("à")
        assert stored(ui, "pain_baseline") == 10


async def test_the_palette_lands_on_a_row_of_the_settings_that_are_open(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await ui.press("0", "/", *"unit", "tab", "ctrl+p", *"kettle", "enter")
        assert screen(ui).rows.value is row("Kettlebells")
        assert len(ui.app.screen_stack) == 2
        await ui.press("?", "ctrl+p", *"plates", "enter")
        assert screen(ui).rows.value is row("Plates")


async def test_what_is_at_hand_is_toggled(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "At hand")
        await ui.press("enter")
        kit = ui.app.screen
        assert isinstance(kit, KitScreen)
        name = kit.rows.value
        await ui.press("enter")
        assert name not in stored(ui, "equipment")
        await ui.press("space")
        assert stored(ui, "equipment") == "all"
        await ui.press("enter", "q", "u")
        assert stored(ui, "equipment") == "all"


async def test_a_best_lift_is_found_and_typed(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Best lifts")
        await ui.press("enter")
        assert isinstance(ui.app.screen, PickScreen)
        await ui.press(*"back sq", "enter")
        await type_line(ui, "80 x 5")
        assert stored(ui, "max.back-squat") == "80x5"
        assert shown(ui, "Best lifts") == "back squat 80 kg × 5"
        assert said(ui) == "Back Squat: 80 kg × 5. u takes it back."
        await ui.press("u")
        assert shown(ui, "Best lifts") == "not told"


async def test_a_word_finds_and_enter_changes(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await ui.press("0", "/", *"lighten", "enter", "y")
        assert stored(ui, "taper") == "lighten"
        await ui.press("/")
        await type_line(ui, "nothing so called")
        assert said(ui) == "! No setting is called “nothing so called”."
        await ui.press("tab", "q")
        assert "Weights in" in ui.text()
        await ui.press("q")
        assert ui.app.screen is ui.main


async def test_other_screens_open_from_their_rows(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Programme")
        await ui.press("enter")
        assert isinstance(ui.app.screen, ProgrammesScreen)
        await ui.press("p", "q")
        assert shown(ui, "Programme").startswith("Trail Speed, one session a week, paused")


async def test_a_bell_sounds_as_it_is_set(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Sound at changes")
        await ui.press("enter", "n")
        assert ui.main.bells.on == {"change": False, "count": True}
        await on(ui, "Sound, last 3 s")
        assert shown(ui, "Sound, last 3 s") == "on"


async def test_colours_change_at_once(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        before = ui.app.theme
        await on(ui, "Colours")
        await ui.press("enter", "c")
        assert ui.app.theme == "contrast"
        await ui.press("u")
        assert ui.app.theme == before


async def test_a_looking_window_changes_nothing(told: Books) -> None:
    first = told.open()
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Weights in")
        await ui.press("enter", "l")
        assert said(ui).startswith("! ")
        assert stored(ui, "unit") is None
    first.close()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_every_row_reads_at_every_size(told: Books, size: tuple[int, int]) -> None:
    async with running(told.open(), told.clock, size) as ui:
        await ui.press("0", "end")
        assert "Second copy in" in ui.text()
        assert "more ↓" not in ui.text()
        assert "help" in ui.lines()[-1]


# -- files -----------------------------------------------------------------------------------------


async def test_the_row_of_the_import_opens_it(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Import a file")
        await ui.press("enter")
        assert isinstance(ui.app.screen, ImportScreen)


async def test_each_form_is_exported_by_a_key(told: Books, tmp_path: Path) -> None:
    told.train()
    async with running(told.open(), told.clock) as ui:
        for key, (word, form) in EXPORTS.items():
            file = tmp_path / word
            await on(ui, "Export")
            await ui.press("enter", key)
            await type_line(ui, str(file))
            assert said(ui).endswith(f"{file}.")
            if form == FIT:
                assert len(list(file.iterdir())) == 1
            else:
                assert file.read_bytes() == FORMS[form].make(ui.book, key == "a").data
    assert {form for _, form in EXPORTS.values()} == {FIT, *FORMS}


async def test_a_backup_is_made(told: Books) -> None:
    async with running(told.open(), told.clock) as ui:
        await on(ui, "Backup")
        await ui.press("enter")
        assert said(ui).startswith("Backup: ")
        assert any(told.paths.backups_dir.iterdir())


def test_every_way_of_a_row_is_known() -> None:
    assert {one.way for one in ROWS} == {*Way}


async def test_a_pane_called_from_the_help_over_the_settings_ends_nothing(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        for _ in range(20):
            await ui.press("0", "?", "5")
            assert "REVIEW" in ui.text()
            await ui.press("2")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (40, "Fetches and sends. To set up, once: stridelift sync --to you@home:log.git."),
        (20, "Fetches and sends. To set up, once: stride…"),
    ],
)
async def test_on_a_phone_what_a_setting_is_for_has_both_rows(
    told: Books, rows: int, words: str
) -> None:
    async with running(told.open(), told.clock, (45, rows)) as ui:
        await on(ui, "Sync now")
        assert words in " ".join(" ".join(ui.lines()).split())
