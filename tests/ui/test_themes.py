"""Themes: each can be read on each of its grounds, and they change at once."""

from __future__ import annotations

from itertools import product

import pytest
from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tests.ui.driver import Books, Driver, running
from tui.domain.planning import settings
from tui.ui.themes import PLAIN, THEMES, theme_name

LEAST_CONTRAST = 4.3
RED, GREEN, YELLOW = 1, 2, 3
OWN_GROUND = [theme for theme in THEMES.values() if not theme.ansi]


def grounds(theme: Theme) -> set[str]:
    """What text stands on: the screen, strip and hints, the row under the cursor."""
    return {str(theme.background), str(theme.surface), theme.variables["cursor"]}


def inks(theme: Theme) -> set[str]:
    named = {theme.foreground, theme.primary, theme.success, theme.accent, theme.warning}
    return {*map(str, named), str(theme.error), theme.variables["dim"]}


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in Color.parse(color).normalized
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def of_256(color: str) -> str:
    """The colour in its place where a terminal has 256."""
    number = RichColor.parse(color).downgrade(ColorSystem.EIGHT_BIT).number
    assert number is not None
    red, green, blue = EIGHT_BIT_PALETTE[number]
    return f"#{red:02x}{green:02x}{blue:02x}"


@pytest.mark.parametrize("theme", OWN_GROUND, ids=lambda theme: theme.name)
def test_each_colour_can_be_read_on_each_ground(theme: Theme) -> None:
    for ink, ground in product(inks(theme), grounds(theme)):
        assert contrast(ink, ground) >= LEAST_CONTRAST, (ink, ground)
        assert contrast(of_256(ink), of_256(ground)) >= LEAST_CONTRAST, (ink, ground)


def test_the_settings_name_the_themes() -> None:
    assert set(settings.THEMES) == set(THEMES) - {PLAIN}


@pytest.mark.parametrize("setting", [*settings.THEMES, "purple"])
def test_where_no_colour_is_wanted_no_setting_brings_any(setting: str) -> None:
    assert theme_name(setting, no_color=True, sixteen=False) == PLAIN
    assert theme_name(setting, no_color=False, sixteen=True) == "auto"


def styles(ui: Driver) -> list[Style]:
    return [part.style for line in ui.strips() for part in line if part.style is not None]


async def test_auto_paints_no_ground_and_uses_the_terminals_own_colours(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        assert all(s.bgcolor is None or s.bgcolor.is_default for s in styles(ui))
        inks = {s.color.number for s in styles(ui) if s.color and not s.color.is_default}
        assert inks <= {RED, GREEN, YELLOW}
        row = next(line for line in ui.strips() if "›" in line.text)
        assert all(part.style and part.style.bold for part in row if part.text.strip(" ○")), row


async def test_a_theme_changes_at_once_and_on_each_screen_below(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "a")
        for name in ("light", "contrast", "dark"):
            ui.book.profile.set("theme", name)
            ui.app.navigation.apply_theme()
            await ui.settle()
            ground = Color.parse(str(THEMES[name].background)).rich_color
            assert ground in {s.bgcolor for s in styles(ui)}
            assert ui.app.screen.prompt.is_open  # type: ignore[attr-defined]
        await ui.press("tab", "q")
        assert ground in {s.bgcolor for s in styles(ui)}


async def test_colours_change_where_they_are_set(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("0", "slash", *"colours", "enter", "l")
        assert ui.app.theme == "light"
        await ui.press("u")
        assert ui.app.theme == "auto"
