"""The floor for a clock tick: a plain Textual program that updates one Static once a second."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Ticking(App[None]):
    """An app that shows one line of time and nothing else."""

    def compose(self) -> ComposeResult:
        """The one line."""
        yield Static("REST 10:00", id="time")

    def on_mount(self) -> None:
        """Start the count."""
        self.left = 600
        self.set_interval(1, self.count)

    def count(self) -> None:
        """Count down one second."""
        self.left -= 1
        self.query_one("#time", Static).update(f"REST {self.left // 60}:{self.left % 60:02}")


if __name__ == "__main__":
    Ticking().run()
