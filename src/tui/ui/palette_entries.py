"""What can be looked for by name: commands in plain words, and every setting with its value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from tui.present.setting_rows import ROWS, Row
from tui.present.setting_words import Known, value_words
from tui.ui.commands import Command


class Entry(Struct, frozen=True, kw_only=True):
    """One row of the palette: its words and its key, the words it is found by as well (``finds``),
    and the ``command`` or the settings ``row`` that it stands for, or what it ``does``."""

    words: str
    key: str = ""
    finds: str = ""
    command: Command | None = None
    row: Row | None = None
    does: Callable[[], None] | None = None


def entries(commands: Iterable[Command], known: Known, settings_key: str) -> list[Entry]:
    """The commands that can be carried out, then all settings."""
    made = [Entry(words=c.plain, key=c.first, finds=c.finds, command=c) for c in commands]
    for row in ROWS:
        value = value_words(row, known)
        words = f"{row.label}: {value}" if value else row.label
        finds = f"setting {row.finds} {row.id.replace('.', ' ')}"
        made.append(Entry(words=words, key=row.key or settings_key, finds=finds, row=row))
    return made


def found(every: Sequence[Entry], typed: str) -> list[Entry]:
    """The entries that what was typed finds: first the one with this key, then those that begin
    with it, those with words that do and, from two letters on, those found by other words. All of
    them for nothing."""
    key, typed = typed, " ".join(typed.casefold().split())
    ranks: list[list[Entry]] = [[], [], [], []]
    for entry in every:
        words = entry.words.casefold()
        if entry.key == key and entry.command is not None:
            ranks[0].append(entry)
        elif words.startswith(typed):
            ranks[1].append(entry)
        elif _begins(typed, words):
            ranks[2].append(entry)
        elif len(typed) > 1 and _begins(typed, f"{words} {entry.finds.casefold()}"):
            ranks[3].append(entry)
    return [entry for rank in ranks for entry in rank]


def _begins(typed: str, text: str) -> bool:
    """Whether each word typed begins a word of the text."""
    words = [word.strip("(,:;“”") for word in text.split()]
    return all(any(word.startswith(part) for word in words) for part in typed.split())
