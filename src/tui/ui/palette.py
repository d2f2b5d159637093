"""Textual's command palette, made safe for list keys that arrive before its list is drawn."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette


class Palette(CommandPalette):
    """The command palette."""

    def _action_command_list(self, action: str) -> None:
        if self._drawn():
            super()._action_command_list(action)
        else:
            self.call_after_refresh(self._once_drawn, action)

    def _once_drawn(self, action: str) -> None:
        # Still not drawn: the terminal has no room for a row.
        if self.is_attached and self._drawn():
            super()._action_command_list(action)

    def _drawn(self) -> bool:
        """Whether the list has its rows. Before that, Textual fails to find them."""
        return self.query_one(CommandList).size.height > 0
