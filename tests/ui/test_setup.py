"""The first setup: offered while there is nothing to go by, seven enters, one step to take back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.driver import Books, Driver, running
from tui.app.first_setup import is_first_time, usual_unit
from tui.domain.planning.diary import RunKind
from tui.ui.screens.base_screen import BaseScreen
from tui.ui.screens.settings import SettingsScreen
from tui.ui.screens.setup import SetupScreen

LISTS = ("races", "weekly", "runs")
OFFER = "New here?  0 asks seven"


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_CH.UTF-8")


def settings(ui: Driver) -> dict[str, Any]:
    """What is set, without that it was asked."""
    held = ui.book.profile.store.histories()
    return {key: values[-1][1] for key, values in held.items() if key not in ("setup", *LISTS)}


async def type_line(ui: Driver, line: str) -> None:
    top = ui.app.screen
    assert isinstance(top, BaseScreen)
    top.prompt.write(line)
    await ui.press("enter")


async def test_seven_enters_are_the_defaults_and_u_takes_them_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        assert OFFER in ui.text()
        await ui.press("0", *["enter"] * 7)
        assert ui.app.screen is ui.main
        assert ui.said == "Set up. u takes it all back; 0 changes any of it."
        assert settings(ui) == {
            "unit": "kg",
            "level": "intermediate",
            "equipment": "all",
            "programme": "trail-speed",
            "slots": "none",
        }
        assert OFFER not in ui.text()
        await ui.press("u")
        assert settings(ui) == {}
        assert ui.said == "Undone: the setup. 0 asks it again."
        assert OFFER in ui.text()


async def test_what_is_answered_counts_at_once(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("0", "l", "3", "h", "d", "m", "enter")
        assert "needs a bar" in ui.text()
        await ui.press("5", "2", "4", "2", "enter")
        await type_line(ui, "tue speed, sun long")
        await type_line(ui, "14 feb Ridge Ultra")
        assert settings(ui)["equipment"] == ["band", "mini-band"]
        assert (settings(ui)["unit"], settings(ui)["slots"]) == ("lb", "thu")
        assert ui.book.profile.programme.id == "daily-bodyweight"
        assert "Hip Series" in ui.text()
        weekly = ui.book.profile.diary.weekly
        assert [run.kind for run in weekly] == [RunKind.SPEED, RunKind.LONG]
        [race] = ui.book.profile.setup.calendar.races
        assert (race.name, race.day.isoformat()) == ("Ridge Ultra", "2027-02-14")
        await ui.press("u")
        assert settings(ui) == {}
        assert ui.book.profile.diary.weekly == ()
        assert ui.book.profile.setup.calendar.races == ()


async def test_sizes_are_typed_and_a_wrong_line_stays(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("0", "k", "1", "h", "n", "enter")
        await type_line(ui, "big ones")
        assert "! Dumbbells takes " in ui.text()
        await type_line(ui, "5..25/2.5")
        await ui.press("q")
        assert settings(ui)["dumbbells"] == ["5..25/2.5"]
        assert settings(ui)["equipment"] == ["dumbbells"]
        assert "slots" not in settings(ui)


async def test_leaving_it_ends_the_offer_and_sets_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("0")
        assert isinstance(ui.app.screen, SetupScreen)
        await ui.press("q")
        assert settings(ui) == {}
        assert OFFER not in ui.text()
        await ui.press("0")
        assert isinstance(ui.app.screen, SettingsScreen)


async def test_u_is_about_the_session_once_there_is_one(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("0", *["enter"] * 7, "enter", "X", "y", "u")
        assert settings(ui) != {}
        assert ui.book.recorder.live is not None


async def test_a_session_that_is_there_needs_no_setup(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        assert OFFER not in ui.text()
        await ui.press("0")
        assert isinstance(ui.app.screen, SettingsScreen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_questions_fit(books: Books, size: tuple[int, int]) -> None:
    async with running(books.open(), books.clock, size) as ui:
        assert OFFER in ui.text()
        await ui.press("0")
        for key in ("k", "2", "h"):
            await ui.press(key)
            assert "…" not in ui.text().replace("as it is", "")[200:]
        assert "exercise ball" in ui.text()
        await ui.press("enter", "enter")
        assert "Blocks" in ui.text()


def test_nothing_is_offered_to_who_only_looks(books: Books) -> None:
    books.open()
    assert not is_first_time(books.open().read_all())


def test_nothing_is_offered_before_the_log_is_read(books: Books) -> None:
    book = books.open()
    assert not is_first_time(book)
    assert is_first_time(book.read_all())


@pytest.mark.parametrize(
    ("env", "unit"),
    [
        ({"LANG": "en_US.UTF-8"}, "lb"),
        ({"LANG": "en_US.UTF-8", "LC_MEASUREMENT": "de_DE.UTF-8"}, "kg"),
        ({"LC_ALL": "en_US", "LANG": "fr_FR"}, "lb"),
        ({"LANG": "C.UTF-8"}, "kg"),
        ({}, "kg"),
    ],
)
def test_pounds_are_usual_where_runners_weigh_in_pounds(env: dict[str, str], unit: str) -> None:
    assert usual_unit(env) == unit
