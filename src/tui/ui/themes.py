"""The colour themes. ``auto`` paints no ground and uses the terminal's own colours, so it suits
light and dark terminals alike; the others bring colours of their own, which can be read as well
where a terminal has but 256 (tmux).

Next to Textual's names a theme has these variables of ours: ``dim`` and ``dim-style`` for words of
the second rank, ``cursor`` and ``cursor-style`` for the row under the cursor, ``rule`` for lines
and scrollbars.
"""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

AUTO = "auto"
# Where there is no colour: bold and shape only.
PLAIN = "plain"


def _variables(
    dim: str, cursor: str, rule: str, dim_style: str = "none", cursor_style: str = "none"
) -> dict[str, str]:
    return {
        "dim": dim,
        "dim-style": dim_style,
        "cursor": cursor,
        "cursor-style": cursor_style,
        "rule": rule,
    }


def _own_colours(name: str, key: str, work: str, warn: str) -> Theme:
    """A theme on the terminal's own ground, with these of its colours."""
    faint = "none" if name == PLAIN else "dim"
    return Theme(
        name=name,
        ansi=True,
        primary=work,
        success=work,
        accent=key,
        warning=warn,
        error=warn,
        foreground="ansi_default",
        background="ansi_default",
        variables={
            **BUILTIN_THEMES["ansi-dark"].variables,
            **_variables(
                "ansi_default", "ansi_default", "ansi_bright_black", faint, cursor_style="bold"
            ),
        },
    )


_ALL = (
    _own_colours(AUTO, key="ansi_yellow", work="ansi_green", warn="ansi_red"),
    _own_colours(PLAIN, *["ansi_default"] * 3),
    Theme(
        name="dark",
        dark=True,
        primary="#7fd1ae",
        success="#7fd1ae",
        accent="#e8c170",
        warning="#f2a65a",
        error="#f2a65a",
        foreground="#dfe3e6",
        background="#12171b",
        surface="#1a2126",
        variables=_variables(dim="#999ea1", cursor="#2c343a", rule="#3a4147"),
    ),
    Theme(
        name="light",
        dark=False,
        primary="#1c6b4c",
        success="#1c6b4c",
        accent="#855600",
        warning="#aa2e00",
        error="#aa2e00",
        foreground="#22282c",
        background="#faf8f3",
        surface="#f2f0ee",
        variables=_variables(dim="#545c62", cursor="#ebe9e6", rule="#c9c2b2"),
    ),
    Theme(
        name="contrast",
        dark=True,
        primary="#5dffb0",
        success="#5dffb0",
        accent="#ffd84d",
        warning="#ffb347",
        error="#ffb347",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        # Reversed, a role stands in black on its own colour.
        variables=_variables(
            dim="#ffffff", cursor="#000000", rule="#ffffff", cursor_style="reverse"
        ),
    ),
)
THEMES = {theme.name: theme for theme in _ALL}


def theme_name(setting: str, *, no_color: bool, sixteen: bool) -> str:
    """The theme to show for the setting ``theme``: in a terminal with sixteen colours its own ones,
    and where no colour is wanted none, whatever the setting says."""
    if no_color:
        return PLAIN
    return AUTO if sixteen or setting not in THEMES else setting
