"""The one registry of commands: key bindings, palette, help and docs/keys.md are made from it.

``python -m tui.ui.commands`` prints docs/keys.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding, BindingType

NO_KEYS: Mapping[str, str] = {}
EVERYWHERE = "everywhere"
LIBRARY, TODAY, HISTORY, LIST = "library", "today", "history", "lists"
PLACES = {
    EVERYWHERE: "Everywhere",
    TODAY: "Today",
    LIBRARY: "Library",
    HISTORY: "History",
    LIST: "In lists",
}


class Command(Struct, frozen=True):
    """One thing a key does. ``id`` names it in the runner's own key settings, ``keys`` are
    Textual's names, ``hint`` a word for the bottom line (empty: not shown there)."""

    id: str
    keys: str
    action: str
    words: str
    place: str
    hint: str = ""

    @property
    def shown(self) -> str:
        """The keys as a person calls them."""
        return " ".join(NAMES.get(key, key) for key in self.keys.split(","))


NAMES = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "full_stop": ".",
    "comma": ",",
    "equals_sign": "=",
    "underscore": "_",
    "pageup": "page up",
    "pagedown": "page down",
    "shift+tab": "shift+tab",
}

COMMANDS = (
    Command("library", "1", "pane('library')", "Exercise library", EVERYWHERE),
    Command("today", "2", "pane('today')", "Today's session", EVERYWHERE),
    Command("history", "3", "pane('history')", "History", EVERYWHERE),
    Command("next-pane", "tab", "next_pane(1)", "Next pane", EVERYWHERE),
    Command("previous-pane", "shift+tab", "next_pane(-1)", "Previous pane", EVERYWHERE),
    Command("clock", "space", "clock('space')", "Start or pause the clock", EVERYWHERE, "clock"),
    Command("clock-skip", "full_stop", "clock('skip')", "Clock: next phase", EVERYWHERE, "next"),
    Command("clock-repeat", "comma", "clock('repeat')", "Clock: phase again", EVERYWHERE, "again"),
    Command("clock-add", "t", "clock('add')", "Clock: 15 seconds more", EVERYWHERE, "+15 s"),
    Command("clock-stop", "o", "clock('stop')", "Clock: off", EVERYWHERE, "off"),
    Command("bell-change", "b", "bell_setting('change')", "Bell at changes", EVERYWHERE),
    Command("bell-count", "B", "bell_setting('count')", "Bell in the last 3 s", EVERYWHERE),
    Command("help", "question_mark", "help", "All keys", EVERYWHERE, "help"),
    Command("palette", "ctrl+p", "command_palette", "Find a command", EVERYWHERE),
    Command("suspend", "ctrl+z", "app.suspend_process", "To the shell; fg comes back", EVERYWHERE),
    Command("quit", "q,ctrl+q", "quit", "Quit; the session stays and resumes", EVERYWHERE, "quit"),
    Command("log", "enter", "log", "Log the set as prescribed, or confirm it", TODAY, "log set"),
    Command("edit", "e", "edit", "Edit the set in one line", TODAY, "edit"),
    Command("set-before", "left,h", "pick(-1)", "The set before, to edit or rate it", TODAY),
    Command("set-after", "right,l", "pick(1)", "The set after", TODAY),
    Command("load-up", "plus,equals_sign", "adjust(1, 0)", "One load step more", TODAY),
    Command("load-down", "minus,underscore", "adjust(-1, 0)", "One load step less", TODAY),
    Command("reps-up", "right_square_bracket", "adjust(0, 1)", "One rep or step more", TODAY),
    Command("reps-down", "left_square_bracket", "adjust(0, -1)", "One rep or step less", TODAY),
    Command("rir", "r", "rate('rir')", "Reps left in reserve (RIR)", TODAY, "reps left"),
    Command("pain", "p", "rate('pain')", "Pain, 0 to 10", TODAY),
    Command("fail", "f", "fail", "Failed, or could not finish", TODAY),
    Command("skip", "s", "skip", "Skip the set", TODAY),
    Command("variant", "v", "variant", "An easier or harder variant", TODAY),
    Command("add", "a", "add", "Add an exercise", TODAY, "add"),
    Command("add-set", "A", "add_set", "One more set", TODAY),
    Command("warm-up", "W", "warm_up", "Warm-up sets first", TODAY),
    Command("superset", "S", "superset", "Superset with the next exercise", TODAY),
    Command("move-up", "K", "move(-1)", "Move the exercise up", TODAY),
    Command("move-down", "J", "move(1)", "Move the exercise down", TODAY),
    Command("why", "w", "why", "Why this number", TODAY),
    Command("how", "d", "how", "How to do it", TODAY, "how"),
    Command("morning", "m", "morning", "How much it hurts this morning", TODAY),
    Command("note", "n", "note", "Note on the set", TODAY),
    Command("session-note", "N", "session_note", "Note on the session", TODAY),
    Command("undo", "u", "undo", "Undo the last step", TODAY, "undo"),
    Command("finish", "F", "finish", "Finish the session", TODAY, "finish"),
    Command("empty", "E", "empty", "Start an empty session", TODAY),
    Command("find", "slash", "find", "Find an exercise", TODAY),
    Command("open-exercise", "enter", "open", "Open the exercise", LIBRARY, "open"),
    Command("how-exercise", "d", "open", "How to do it", LIBRARY),
    Command("add-exercise", "a", "add", "Add it to today", LIBRARY, "add to today"),
    Command("find-exercise", "slash", "find", "Find by name", LIBRARY, "find"),
    Command("category", "c", "choose('category')", "Only one category", LIBRARY, "category"),
    Command("equipment", "g", "choose('equipment')", "Only one equipment (gear)", LIBRARY, "gear"),
    Command("kind", "i", "choose('kind')", "Only one kind of work", LIBRARY, "kind"),
    Command("all-exercises", "x", "everything", "All exercises again", LIBRARY),
    Command("open-session", "enter", "open", "Open the session, or close it", HISTORY, "open"),
    Command("close-session", "left,backspace", "back", "Back to the list", HISTORY),
    Command("edit-set", "e", "edit", "Edit the set in one line", HISTORY, "edit"),
    Command("delete", "x,delete", "delete", "Delete the session or set", HISTORY, "delete"),
    Command("undo-change", "u", "undo", "Undo the last change", HISTORY, "undo"),
    Command("find-session", "slash", "find", "Find by exercise or note", HISTORY, "find"),
    Command("down", "down,j", "move(1)", "Down", LIST),
    Command("up", "up,k", "move(-1)", "Up", LIST),
    Command("page-down", "pagedown", "page(1)", "A page down", LIST),
    Command("page-up", "pageup", "page(-1)", "A page up", LIST),
    Command("top", "home", "end(-1)", "To the top", LIST),
    Command("bottom", "end", "end(1)", "To the bottom", LIST),
)


def bindings(place: str) -> list[BindingType]:
    """The bindings of one place, for a widget's ``BINDINGS``."""
    return [
        Binding(c.keys, c.action, c.words, id=c.id, show=False)
        for c in COMMANDS
        if c.place == place
    ]


def at(*places: str, own: Mapping[str, str] = NO_KEYS) -> Iterable[Command]:
    """The commands of some places, in their order, with the keys that ``own`` gives by id."""
    found = (c for place in places for c in COMMANDS if c.place == place)
    return (replace(c, keys=own.get(c.id, c.keys)) for c in found)


def keys_page() -> str:
    """docs/keys.md."""
    lines = [
        "# Keys",
        "",
        "Made from `src/tui/ui/commands.py` by `make keys`. Each can be changed: the name in the",
        "last column goes into `keys` of `profile.json` (see docs/format.md).",
    ]
    for place, title in PLACES.items():
        lines += ["", f"## {title}", "", "| key | does | name |", "| --- | --- | --- |"]
        for c in at(place):
            shown = " or ".join(f"`{NAMES.get(key, key)}`" for key in c.keys.split(","))
            lines.append(f"| {shown} | {c.words} | {c.id} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(keys_page())  # noqa: T201  the page is the output of this module
