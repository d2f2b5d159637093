"""A data directory, a clock and a way to open books on them; timers that only write down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.driver import Books
from tui.ui.panes.today import TodayPane


class NoTimer:
    """What an armed timer gives back."""

    def stop(self) -> None:
        pass


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of all colours, whatever runs the tests."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def armed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds for which the clock asked to be woken; no test is ever woken by them."""
    asked: list[float] = []

    def set_timer(_: TodayPane, seconds: float, callback: Callable[[], None]) -> NoTimer:
        assert callback.__name__ == "tick"
        asked.append(seconds)
        return NoTimer()

    monkeypatch.setattr(TodayPane, "set_timer", set_timer)
    return asked
