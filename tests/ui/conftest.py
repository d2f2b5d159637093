"""Fixtures for screen tests: a data directory with a fake clock, and timers that only record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.driver import Books
from tui.ui.panes.today import TodayPane
from tui.ui.screens.main import MainScreen


class NoTimer:
    """The timer returned when the clock arms one; it never fires."""

    def stop(self) -> None:
        pass


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colours, wherever the tests run."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def armed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The delays, in seconds, after which the clock asked to be woken; the timers never fire."""
    asked: list[float] = []

    def set_timer(_: TodayPane, seconds: float, callback: Callable[[], None]) -> NoTimer:
        assert callback.__name__ == "tick"
        asked.append(seconds)
        return NoTimer()

    monkeypatch.setattr(TodayPane, "set_timer", set_timer)
    return asked


@pytest.fixture(autouse=True)
def looks(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds after which the main screen asked to look around again and again; it only does
    when a test calls it."""
    asked: list[float] = []
    really = MainScreen.set_interval

    def set_interval(screen: MainScreen, seconds: float, *rest: Any, **named: Any) -> Any:
        if rest != (screen.look_around,):
            return really(screen, seconds, *rest, **named)
        asked.append(seconds)
        return NoTimer()

    monkeypatch.setattr(MainScreen, "set_interval", set_interval)
    return asked
