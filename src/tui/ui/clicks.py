"""What a click on a line means: the key that is named where it hit, or a mark.

On every line a key is a span in the role of keys, and its words follow it up to the next key or a
gap.
"""

from __future__ import annotations

from textual.events import Key

from tui.ui.commands import NAMES
from tui.ui.widgets.styled_text import Line, width_of

# The actions that change the log by themselves. A slip of the mouse must not, so they are done by
# key alone.
BY_KEY_ALONE = frozenset(
    {
        *("log", "skip", "leave_out", "discard", "finish", "reopen", "undo", "redo"),
        *("delete", "remove", "drop", "go_on"),
    }
)
MARKS = "○●▲▼◐–∘•"
_KEYS = {shown: key for key, shown in NAMES.items()}
_CHARACTERS = {"space": " "}


def label_at(line: Line, column: int) -> str:
    """The key named in a column of a line, as it is shown; empty if none is."""
    start, found = 0, ""
    for words, role in line:
        end = start + width_of([(words, role)])
        if role == "accent":
            names = words.split()
            before = len(words[: max(0, column - start) + 1].split()) if column < end else 1
            found = names[max(0, before - 1)] if names else ""
        elif words.isspace():
            found = ""
        if column < end:
            return found
        start = end
    return ""


def key_of(label: str) -> Key:
    """The press of a key, by what it is called on the screen; ``[y]``, which enter stands for, is
    y."""
    name = label.strip("[]") or label
    char = name if len(name) == 1 else _CHARACTERS.get(name)
    return Key(_KEYS.get(name, name), char)


def mark_at(line: Line, column: int, marks: int) -> int | None:
    """Which of the last ``marks`` marks of a row is in a column, from 0; None if none is."""
    text = "".join(words for words, _ in line)
    places = [place for place, char in enumerate(text) if char in MARKS][-marks:]
    return places.index(column) if column in places else None
