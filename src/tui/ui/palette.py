"""The palette of Textual, with page keys that may come before its list is drawn."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette


class Palette(CommandPalette):
    """Every command by name."""

    def _action_command_list(self, action: str) -> None:
        if self._drawn():
            super()._action_command_list(action)
        else:
            self.call_after_refresh(self._once_drawn, action)

    def _once_drawn(self, action: str) -> None:
        # Where there is no room for a row, there is none to go to.
        if self.is_attached and self._drawn():
            super()._action_command_list(action)

    def _drawn(self) -> bool:
        """Whether the list has its rows; before, Textual looks for them in vain."""
        return self.query_one(CommandList).size.height > 0
