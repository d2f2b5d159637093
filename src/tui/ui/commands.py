"""The registry of commands: key bindings, palette, help and docs/keys.md are made from it.

``python -m tui.ui.commands`` prints docs/keys.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key

from tui.ui.plain_words import PLAIN

NO_KEYS: Mapping[str, str] = {}
EVERYWHERE = "everywhere"
LIBRARY, TODAY, HISTORY, LIST = "library", "today", "history", "lists"
PROGRAMMES, EDITOR, PICK = "programmes", "editor", "pick"
SEASON = "season"
METRICS = "metrics"
ROUTINES = "routines"
REVIEW, WEEK, TREND = "review", "week", "trend"
CARD, FIND = "card", "find"
OVER_PANES = "over-panes"
SUMMARY = "summary"
SETTINGS, KIT = "settings", "kit"
IMPORT, NAMES_IN, COLUMNS = "import", "names", "columns"
PLACES = {
    EVERYWHERE: "In every pane",
    TODAY: "Today",
    SUMMARY: "A session, after it or looked back on",
    LIBRARY: "Library",
    FIND: "Where an exercise is found",
    CARD: "The card of an exercise",
    HISTORY: "History",
    SEASON: "Season",
    REVIEW: "Review",
    WEEK: "One week",
    TREND: "One exercise: how it goes",
    ROUTINES: "Routines",
    METRICS: "What you measure",
    PROGRAMMES: "Programmes",
    EDITOR: "A programme of your own",
    PICK: "Where an exercise is chosen",
    SETTINGS: "Settings",
    KIT: "What is at hand",
    IMPORT: "Where a file is imported",
    NAMES_IN: "What the names in a file mean",
    COLUMNS: "What the columns of a file are",
    OVER_PANES: "On the screens over the panes",
    LIST: "In lists",
}
# The places that share their keys with EVERYWHERE; all others share them with OVER_PANES.
PANES = (TODAY, LIBRARY, HISTORY)
OVER = tuple(place for place in PLACES if place not in (*PANES, EVERYWHERE, OVER_PANES, LIST))
KEY_NAMES = {key.value for key in Keys} | {*KEY_NAME_REPLACEMENTS.values()}


class Command(Struct, frozen=True):
    """What a key does. ``id`` names it in the runner's own key settings, ``keys`` are Textual's key
    names separated by commas, ``hint`` is the word on the bottom line (empty: not shown there).
    ``plain`` is what it is called where it is looked for by name, ``finds`` are words it is found
    by as well."""

    id: str
    keys: str
    action: str
    words: str
    place: str
    hint: str = ""
    plain: str = ""
    finds: str = ""

    @property
    def first(self) -> str:
        """The first of its keys, by the name people use."""
        key = self.keys.split(",")[0]
        return NAMES.get(key, key)

    @property
    def shown(self) -> str:
        """The keys by the names people use."""
        return " ".join(NAMES.get(key, key) for key in self.keys.split(","))


NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "ampersand": "&",
    "quotation_mark": '"',
    "apostrophe": "'",
    "left_parenthesis": "(",
    "full_stop": ".",
    "comma": ",",
    "equals_sign": "=",
    "underscore": "_",
    "pageup": "page up",
    "pagedown": "page down",
    "shift+tab": "shift+tab",
}

# Keys that do the same, by the first that stands for them: brackets need AltGr on German and French
# keyboards, digits need shift on French ones, and F1 is help to many.
ALSO = {
    "left_square_bracket": "less_than_sign",
    "right_square_bracket": "greater_than_sign",
    "question_mark": "f1",
    "0": "à",
    "1": "ampersand",
    "2": "é",
    "3": "quotation_mark",
    "4": "apostrophe",
    "5": "left_parenthesis",
}

_COMMANDS = (
    Command("library", "1", "pane('library')", "Exercise library", EVERYWHERE),
    Command("today", "2", "pane('today')", "Today's session", EVERYWHERE),
    Command("history", "3", "pane('history')", "History", EVERYWHERE),
    Command("season", "4", "screen('season')", "The season: week, races, runs", EVERYWHERE),
    Command("review", "5", "screen('review')", "Review: the weeks, the year, the plan", EVERYWHERE),
    Command("settings", "0", "screen('settings')", "Settings; the first time: set up", EVERYWHERE),
    Command("next-pane", "tab", "next_pane(1)", "Next pane", EVERYWHERE),
    Command("previous-pane", "shift+tab", "next_pane(-1)", "Previous pane", EVERYWHERE),
    Command("clock", "space", "clock('space')", "Start or pause the clock", EVERYWHERE, "clock"),
    Command("clock-skip", "full_stop", "clock('skip')", "Clock: next phase", EVERYWHERE, "next"),
    Command("clock-repeat", "comma", "clock('repeat')", "Clock: phase again", EVERYWHERE, "again"),
    Command("clock-add", "t", "clock('add')", "Clock: 15 seconds more", EVERYWHERE, "+15 s"),
    Command("clock-stop", "o", "clock('stop')", "Clock: off", EVERYWHERE, "off"),
    Command("bell-change", "b", "bell_setting('change')", "Bell at changes", EVERYWHERE),
    Command("bell-count", "B", "bell_setting('count')", "Bell in the last 3 s", EVERYWHERE),
    Command(
        "programmes", "P", "screen('programmes')", "Programmes: choose, pause, edit", EVERYWHERE
    ),
    Command(
        "metrics", "M", "screen('metrics')", "What you measure: jump, pace, weight", EVERYWHERE
    ),
    Command(
        "routines", "Z", "screen('routines')", "Routines: warm-up, cool-down, mobility", EVERYWHERE
    ),
    Command(
        "notices", "exclamation_mark", "notices", "What is wrong with files, in full", EVERYWHERE
    ),
    Command("sync-now", "C", "sync_now", "Sync now with your other machines", EVERYWHERE),
    Command(
        "take-over",
        "O,ctrl+o",
        "take_over",
        "Log from this window; the other looks",
        EVERYWHERE,
        finds="two windows second other window pen takeover looking only",
    ),
    Command("help", "question_mark", "help", "All keys", EVERYWHERE, "help"),
    Command("find-anywhere", "ctrl+f", "find_exercise", "Find an exercise", EVERYWHERE),
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
    Command("flag", "c", "flag", "What went wrong: slow, form, knee ...", TODAY),
    Command("fail", "f", "fail", "Failed, or could not finish", TODAY),
    Command("skip", "s", "skip", "Skip the set", TODAY),
    Command("leave-out", "x", "leave_out", "Leave this exercise out", TODAY),
    Command("discard", "X", "discard", "Throw the session away; u brings it back", TODAY),
    Command("variant", "v", "variant", "An easier or harder variant", TODAY),
    Command("swap", "V", "swap", "Another exercise of its kind", TODAY),
    Command("add", "a", "add", "Add an exercise", TODAY, "add"),
    Command("add-set", "A", "add_set", "One more set", TODAY),
    Command("warm-up", "W", "warm_up", "Warm-up sets first", TODAY),
    Command("superset", "S", "superset", "Superset with the next one, or out of it", TODAY),
    Command("move-up", "K", "move(-1)", "Move the exercise up", TODAY),
    Command("move-down", "J", "move(1)", "Move the exercise down", TODAY),
    Command("why", "w", "why", "Why this number", TODAY),
    Command("how", "d", "how", "How to do it", TODAY, "how"),
    Command("trend", "T", "trend", "How it goes: last time, trend, sides", TODAY),
    Command("morning", "m", "morning", "How much it hurts this morning", TODAY),
    Command("readiness", "R", "readiness", "How you are today: legs, sleep, pain", TODAY),
    Command("note", "n", "note", "Note on the set", TODAY),
    Command("session-note", "N", "session_note", "Note on the session", TODAY),
    Command("undo", "u", "undo", "Undo the last step", TODAY, "undo"),
    Command("redo", "U", "redo", "Do it again, after undo", TODAY),
    Command("finish", "F", "finish", "Finish the session", TODAY, "finish"),
    Command("empty", "E", "empty", "Start an empty session", TODAY),
    Command("no-gym-today", "G", "no_gym", "No gym today: stand-ins; again: as usual", TODAY),
    Command("snack", "z", "snack", "A snack of 5 to 10 minutes, after a run", TODAY),
    Command("find", "slash", "find", "Find an exercise", TODAY),
    Command("copy-done", "y", "copy", "Copy what was done today", TODAY),
    Command("leave-to-today", "enter,space", "leave", "Back to where you were", SUMMARY, "today"),
    Command("correct", "e", "correct", "Correct it, in History", SUMMARY, "correct"),
    Command("note-summary", "n", "note", "Note on the session", SUMMARY, "note"),
    Command("copy-summary", "y", "copy", "Copy the session, for the clipboard", SUMMARY, "copy"),
    Command("save-summary", "Y", "save", "Save it as a file: in History", SUMMARY),
    Command("reopen", "u", "reopen", "Open it again, and go on", SUMMARY, "open it again"),
    Command("help-summary", "question_mark", "help", "All keys", SUMMARY, "help"),
    Command("leave-summary", "q,left,backspace,escape", "leave", "Back", SUMMARY, "back"),
    Command("open-exercise", "enter", "open", "Open the exercise", LIBRARY, "open"),
    Command("how-exercise", "d", "open", "How to do it", LIBRARY),
    Command(
        "trend-exercise", "T", "trend", "How it goes: last time, trend, sides", LIBRARY, "trend"
    ),
    Command("add-exercise", "a", "add", "Add it to today", LIBRARY, "add to today"),
    Command("find-exercise", "slash", "find", "Find by name", LIBRARY, "find"),
    Command("category", "c", "choose('category')", "Only one category", LIBRARY, "category"),
    Command("equipment", "g", "choose('equipment')", "Only one equipment (gear)", LIBRARY, "gear"),
    Command("kind", "i", "choose('kind')", "Only one kind of work", LIBRARY, "kind"),
    Command("all-exercises", "x", "everything", "All exercises again", LIBRARY),
    Command("new-exercise", "n", "new", "An exercise of your own", LIBRARY, "new"),
    Command("take-found", "enter", "take", "Open its card, or add it", FIND, "take"),
    Command("find-again", "slash", "find", "Another word", FIND, "find"),
    Command("card-found", "d", "card", "Its card", FIND, "card"),
    Command("add-found", "a", "add", "Add it to today", FIND, "add to today"),
    Command("help-find", "question_mark", "help", "All keys", FIND, "help"),
    Command("leave-find", "q,left,backspace,escape", "leave", "Back", FIND, "back"),
    Command("card-add", "a", "add", "Add it to the session, or to today", CARD, "add to today"),
    Command("card-trend", "T", "trend", "How it goes: charts, trend, sides", CARD, "charts"),
    Command("card-ladder", "v", "ladder", "The next harder one; then the easiest", CARD, "harder"),
    Command("card-why", "w", "why", "All reasons and sources; and back", CARD, "why in full"),
    Command("card-copy", "c", "copy", "Copy it as one of your own", CARD, "copy"),
    Command("card-edit", "e", "edit", "Change one of your own", CARD, "edit"),
    Command("card-delete", "x,delete", "delete", "Delete one of your own", CARD, "delete"),
    Command("card-undo", "u", "undo", "Undo the last change", CARD),
    Command("card-note", "n", "note", "My note on it", CARD, "my note"),
    Command("help-card", "question_mark", "help", "All keys", CARD, "help"),
    Command("leave-card", "q,left,backspace,escape", "leave", "Back", CARD, "back"),
    Command("open-session", "enter", "open", "Open the session, or close it", HISTORY, "open"),
    Command("close-session", "left,backspace", "back", "Back to the list", HISTORY),
    Command("edit-set", "e", "edit", "Edit the set or the note in one line", HISTORY, "edit"),
    Command("flag-set", "c", "flag", "What went wrong: slow, form, knee ...", HISTORY),
    Command("start", "D", "start", "Date and time of the session", HISTORY, "when"),
    Command(
        "add-past", "a", "add", "A past session; in an open one, a set", HISTORY, "past session"
    ),
    Command("delete", "x,delete", "delete", "Delete the session, set or note", HISTORY, "delete"),
    Command("deleted", "X", "deleted", "What was deleted, to bring it back", HISTORY, "deleted"),
    Command("undo-change", "u", "undo", "Undo the last change", HISTORY, "undo"),
    Command("redo-change", "U", "redo", "Do it again, after undo", HISTORY),
    Command("find-session", "slash", "find", "Find words in notes and names", HISTORY, "find"),
    Command("next-found", "n", "step(1)", "The next session listed", HISTORY),
    Command("last-found", "N", "step(-1)", "The session listed before", HISTORY),
    Command("filter-log", "f", "filter", "Only some: calf, cat hinge, pain", HISTORY, "only some"),
    Command("go-to-date", "g", "date", "Go to a date: 2 nov, mon, -30", HISTORY, "date"),
    Command("day-before", "left_square_bracket,H", "day(-1)", "The training day before", HISTORY),
    Command("day-after", "right_square_bracket,L", "day(1)", "The training day after", HISTORY),
    Command("trend-set", "T", "trend", "How the exercise goes: trend, sides", HISTORY, "trend"),
    Command("week-of-session", "w", "week", "Its week, done and planned", HISTORY, "week"),
    Command("copy-session", "y", "copy", "Copy the session, for the clipboard", HISTORY),
    Command("save-session", "Y", "save", "Save the session as a file to share", HISTORY),
    Command("open-row", "enter", "open", "Open the week or the exercise", REVIEW, "open"),
    Command("tip-away", "x", "tip_away", "Put the tip of the week away", REVIEW, "tip away"),
    Command("copy-review", "y", "copy", "Copy it, for the clipboard", REVIEW, "copy"),
    Command("save-review", "Y", "save", "Save it as a file to share", REVIEW, "save"),
    Command("help-review", "question_mark", "help", "All keys", REVIEW, "help"),
    Command("leave-review", "q,backspace,left,escape", "leave", "Back", REVIEW, "back"),
    Command("open-done", "enter", "open", "Open the session or the exercise", WEEK, "open"),
    Command(
        "earlier-week", "left_square_bracket,left,h", "week(-1)", "A week back", WEEK, "week back"
    ),
    Command("later-week", "right_square_bracket,right,l", "week(1)", "A week on", WEEK, "week on"),
    Command("help-week", "question_mark", "help", "All keys", WEEK, "help"),
    Command("copy-week", "y", "copy", "Copy it, for the clipboard", WEEK, "copy"),
    Command("save-week", "Y", "save", "Save it as a file to share", WEEK, "save"),
    Command("leave-week", "q,backspace,w,escape", "leave", "Back", WEEK, "back"),
    Command("measure-after", "right,l", "measure(1)", "The next chart", TREND, "chart"),
    Command("measure-before", "left,h", "measure(-1)", "The chart before", TREND),
    Command("sides", "s", "sides", "Left against right", TREND, "sides"),
    Command("wider", "minus,underscore", "period(1)", "A longer time", TREND, "longer"),
    Command("closer", "plus,equals_sign", "period(-1)", "A shorter time", TREND),
    Command("open-trained", "enter", "open", "Open the session", TREND, "open"),
    Command("why-next", "w", "how", "Why that is next: its card", TREND, "why"),
    Command("how-next", "d", "how", "How to do it", TREND),
    Command("help-trend", "question_mark", "help", "All keys", TREND, "help"),
    Command("copy-trend", "y", "copy", "Copy it, for the clipboard", TREND, "copy"),
    Command("save-trend", "Y", "save", "Save it, or the chart as SVG", TREND, "save"),
    Command("leave-trend", "q,T,backspace,escape", "leave", "Back", TREND, "back"),
    Command("back-to-today", "enter", "go('today')", "Today, with the plan", SEASON),
    Command("add-day", "a", "add", "Add a race, a run, days away, an easy week", SEASON, "add"),
    Command("remove-day", "x,delete", "remove", "Remove what is on the day", SEASON, "remove"),
    Command("step-down", "s", "easier", "An easier week, or a usual one", SEASON, "easier week"),
    Command("no-gym", "g", "no_gym", "No gym today, or again", SEASON, "no gym"),
    Command("week-after", "right_square_bracket,right", "week(1)", "A week on", SEASON, "later"),
    Command(
        "week-before", "left_square_bracket,left", "week(-1)", "A week back", SEASON, "earlier"
    ),
    Command("routines-season", "Z", "routines", "Routines: warm-up, cool-down, mobility", SEASON),
    Command("undo-day", "u", "undo", "Undo the last change", SEASON, "undo"),
    Command("redo-day", "U", "redo", "Do again what was undone", SEASON),
    Command("leave-season", "q,backspace,escape", "leave", "Back", SEASON, "back"),
    Command("help-season", "question_mark", "help", "All keys", SEASON, "help"),
    Command("start-routine", "enter", "start", "Start it now", ROUTINES, "start"),
    Command(
        "routine-before", "b", "insert(1)", "Put it before the session", ROUTINES, "before today"
    ),
    Command("routine-after", "a", "insert(0)", "Put it after the session", ROUTINES, "after today"),
    Command("help-routines", "question_mark", "help", "All keys", ROUTINES, "help"),
    Command("leave-routines", "q,left,backspace,Z,escape", "leave", "Back", ROUTINES, "back"),
    Command("measure", "enter", "measure", "Today's value, or put it right", METRICS, "measure"),
    Command("remove-value", "x,delete", "remove", "Remove the last value", METRICS, "remove"),
    Command("undo-value", "u", "undo", "Undo the last change", METRICS, "undo"),
    Command("redo-value", "U", "redo", "Do again what was undone", METRICS),
    Command("help-metrics", "question_mark", "help", "All keys", METRICS, "help"),
    Command("leave-metrics", "q,left,backspace,M,escape", "leave", "Back", METRICS, "back"),
    Command("follow", "enter", "follow", "Follow it from today", PROGRAMMES, "follow"),
    Command("schedule", "s", "schedule", "Next schedule of yours", PROGRAMMES, "schedule"),
    Command("pause", "p", "pause", "Pause yours, or go on with it", PROGRAMMES, "pause"),
    Command("copy", "c", "copy", "Copy it as one of your own", PROGRAMMES, "copy"),
    Command("edit-programme", "e", "edit", "Edit one of your own", PROGRAMMES, "edit"),
    Command("drop", "x,delete", "drop", "Delete one of your own", PROGRAMMES),
    Command("read-on", "space", "read(1)", "Read on", PROGRAMMES, "more"),
    Command("undo-choice", "u", "undo", "Undo the last change", PROGRAMMES, "undo"),
    Command("redo-choice", "U", "redo", "Do again what was undone", PROGRAMMES),
    Command("help-programmes", "question_mark", "help", "All keys", PROGRAMMES, "help"),
    Command("leave-programmes", "q,left,backspace,P,escape", "leave", "Back", PROGRAMMES, "back"),
    Command("dose", "e", "edit", "Its dose, in one line", EDITOR, "dose"),
    Command("exchange", "v", "exchange", "Another exercise of its kind", EDITOR, "another"),
    Command("add-line", "a", "add", "Add an exercise below", EDITOR, "add"),
    Command("remove-line", "x,delete", "remove", "Remove the exercise", EDITOR, "remove"),
    Command("line-up", "K", "shift(-1)", "Move it up", EDITOR),
    Command("line-down", "J", "shift(1)", "Move it down", EDITOR),
    Command("rename", "n", "rename", "Name the session", EDITOR, "name"),
    Command("undo-edit", "u", "undo", "Undo the last change", EDITOR, "undo"),
    Command("redo-edit", "U", "redo", "Do again what was undone", EDITOR),
    Command("help-editor", "question_mark", "help", "All keys", EDITOR, "help"),
    Command(
        "leave-editor",
        "q,enter,left,backspace,escape",
        "leave",
        "Back; all is kept",
        EDITOR,
        "back",
    ),
    Command("pick", "enter", "take", "Take it", PICK, "take"),
    Command("find-pick", "slash", "find", "Find by name", PICK, "find"),
    Command("how-pick", "d", "how", "How to do it", PICK, "how"),
    Command("leave-pick", "q,left,backspace,escape", "leave", "Back, taking none", PICK, "back"),
    Command(
        "take-over-there",
        "O,ctrl+o",
        "take_over",
        "Log from this window; the other looks",
        OVER_PANES,
    ),
    Command("find-over", "ctrl+f", "find_exercise", "Find an exercise", OVER_PANES),
    Command("change", "enter", "change", "Change it", SETTINGS, "change"),
    Command("find-setting", "slash", "find", "Find a setting", SETTINGS, "find"),
    Command("undo-setting", "u", "undo", "Undo the last change", SETTINGS, "undo"),
    Command("redo-setting", "U", "redo", "Do it again, after undo", SETTINGS),
    Command("help-settings", "question_mark", "help", "All keys", SETTINGS, "help"),
    Command("leave-settings", "q,left,backspace,escape", "leave", "Back", SETTINGS, "back"),
    Command("toggle-kit", "enter,space", "have", "Have it, or not", KIT, "have or not"),
    Command("help-kit", "question_mark", "help", "All keys", KIT, "help"),
    Command("leave-kit", "q,left,backspace,escape", "leave", "Back; all is kept", KIT, "back"),
    Command("go-on-import", "enter", "go_on", "Import it, or the next question", IMPORT, "import"),
    Command("undo-import", "u", "undo", "Take the import back", IMPORT, "undo"),
    Command("names-import", "n", "names", "What each name becomes", IMPORT, "names"),
    Command("runs-import", "r", "runs", "Runs and walks too, or not", IMPORT, "runs"),
    Command("keep-going", "g", "keep_going", "Go on without what cannot be read", IMPORT, "go on"),
    Command("other-file", "o", "path", "Another file", IMPORT, "another file"),
    Command("help-import", "question_mark", "help", "All keys", IMPORT, "help"),
    Command("leave-import", "q,tab,left,backspace,escape,ctrl+c", "leave", "Back", IMPORT, "back"),
    Command("take-name", "enter", "take", "Take the near one; Go on: go on", NAMES_IN, "take"),
    Command("new-name", "n", "new", "A new exercise of your own", NAMES_IN, "new"),
    Command("find-name", "slash,f", "find", "It is another exercise: find it", NAMES_IN, "find"),
    Command("drop-name", "x,delete", "drop", "Leave it out", NAMES_IN, "leave out"),
    Command("both-sides", "b", "both", "Its weight is of each side, or all", NAMES_IN, "each side"),
    Command("all-names", "a", "every", "All names, or those to decide", NAMES_IN, "all"),
    Command("help-names", "question_mark", "help", "All keys", NAMES_IN, "help"),
    Command("leave-names", "q,tab,left,backspace,escape", "leave", "Back", NAMES_IN, "back"),
    Command("what-column", "enter", "take", "Say what it is; Go on: go on", COLUMNS, "say what"),
    Command("help-columns", "question_mark", "help", "All keys", COLUMNS, "help"),
    Command("leave-columns", "q,tab,left,backspace,escape", "leave", "Back", COLUMNS, "back"),
    Command("to-settings", "0", "go('settings')", "Settings, or back from them", OVER_PANES),
    Command("to-library", "1", "go('library')", "Exercise library", OVER_PANES),
    Command("to-today", "2", "go('today')", "Today's session", OVER_PANES),
    Command("to-history", "3", "go('history')", "History", OVER_PANES),
    Command("to-season", "4", "go('season')", "The season, or back from it", OVER_PANES),
    Command("to-review", "5", "go('review')", "The review, or back from it", OVER_PANES),
    Command("down", "down,j", "move(1)", "Down", LIST),
    Command("up", "up,k", "move(-1)", "Up", LIST),
    Command("page-down", "pagedown", "page(1)", "A page down", LIST),
    Command("page-up", "pageup", "page(-1)", "A page up", LIST),
    Command("top", "home", "end(-1)", "To the top", LIST),
    Command("bottom", "end", "end(1)", "To the bottom", LIST),
)


def _completed(command: Command) -> Command:
    """A command with its further keys and its plain words."""
    keys = command.keys.split(",")
    plain, finds = PLAIN.get(command.id, (command.words, ""))
    also = [ALSO[key] for key in keys if key in ALSO]
    return replace(command, keys=",".join([*keys, *also]), plain=plain, finds=finds)


COMMANDS = tuple(map(_completed, _COMMANDS))


def bindings(place: str) -> list[BindingType]:
    """The bindings of a place, for a widget's ``BINDINGS``."""
    return [
        Binding(c.keys, c.action, c.words, id=c.id, show=False)
        for c in COMMANDS
        if c.place == place
    ]


def at(*places: str, own: Mapping[str, str] = NO_KEYS) -> Iterable[Command]:
    """The commands of these places, in order, with the keys from ``own`` (by id) in place of the
    defaults."""
    found = (c for place in places for c in COMMANDS if c.place == place)
    return (replace(c, keys=own.get(c.id, c.keys)) for c in found)


def is_key(name: str) -> bool:
    """Whether a key is called so: a character, or one of Textual's names with its modifiers."""
    *modifiers, base = name.split("+") if name != "+" else [name]
    if not {*modifiers} <= {"ctrl", "shift", "alt", "super", "meta", "hyper"}:
        return False
    if len(base) == 1 or base in KEY_NAMES:
        return True
    try:
        unicodedata.lookup(base.replace("_", " ").upper())
    except KeyError:
        return False
    return True


def together(place: str) -> tuple[str, ...]:
    """The places whose commands work while the keys of ``place`` do."""
    if place == LIST:
        return tuple(PLACES)
    if place in PANES or place == EVERYWHERE:
        return (*(PANES if place == EVERYWHERE else [place]), EVERYWHERE, LIST)
    return (*(OVER if place == OVER_PANES else [place]), OVER_PANES, LIST)


def clashing(name: str, own: Mapping[str, str]) -> list[Command]:
    """The commands that have a key in common with the command ``name`` where both work, with the
    keys from ``own`` (by id) in place of the defaults."""
    [here] = [c for c in at(*PLACES, own=own) if c.id == name]
    keys = set(map(_key_id, here.keys.split(",")))
    return [
        c
        for c in at(*together(here.place), own=own)
        if c.id != name and keys & set(map(_key_id, c.keys.split(",")))
    ]


def _key_id(key: str) -> str:
    """One name for a key, however it is written."""
    return _character_to_key(key) if len(key) == 1 else key


def keys_page() -> str:
    """The text of docs/keys.md."""
    lines = [
        "# Keys",
        "",
        "Made from `src/tui/ui/commands.py` by `make keys`. Each can be changed: the name in the",
        "last column goes into `keys` of this machine's `local.json` (see docs/format.md).",
    ]
    for place, title in PLACES.items():
        lines += ["", f"## {title}", "", "| key | does | name |", "| --- | --- | --- |"]
        for c in at(place):
            shown = " or ".join(f"`{NAMES.get(key, key)}`" for key in c.keys.split(","))
            lines.append(f"| {shown} | {c.words} | {c.id} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(keys_page())  # noqa: T201  the page is the output of this module
