"""What commands are called where they are looked for by name, in plain words, with the words they
are found by as well.

The registry's own words fit in a line of help; these say the same to who does not know the word.
"""

from __future__ import annotations

from collections.abc import Mapping

# By the id of the command: what it is called, and by which words else it is found.
PLAIN: Mapping[str, tuple[str, str]] = {
    "log": ("Log the set as shown", "done next enter"),
    "edit": ("It was different: edit the set", "change correct"),
    "rir": ("How many more could I have done", "rir reserve rpe spare reps left"),
    "pain": ("It hurt", "pain knee ache"),
    "flag": ("Something went wrong: slow, form, landing …", "flag technique wobble knee hips"),
    "fail": ("The set fell short", "fail failed could not finish"),
    "skip": ("Skip this set", "miss next leave out"),
    "leave-out": ("Leave this exercise out today", "remove drop delete skip"),
    "discard": ("Throw this session away", "discard cancel delete"),
    "finish": ("Finish the session", "end stop done save"),
    "variant": ("Easier or harder", "variant regress progress"),
    "swap": ("Do something else instead", "swap substitute exchange another"),
    "add": ("Add an exercise", "more insert"),
    "add-set": ("One more set", "extra"),
    "warm-up": ("Warm-up sets first", "ramp"),
    "superset": ("Superset with the next exercise", "pair group circuit"),
    "no-gym-today": ("No gym today: use what every home has", "travel hotel home away"),
    "readiness": ("How I am today: legs, sleep, pain", "readiness tired ill sick sore"),
    "morning": ("How it hurts this morning", "pain stiff"),
    "snack": ("Ten minutes after a run", "snack short micro"),
    "metrics": ("Weigh-in and tests: jump, pace, weight", "metrics measure body weight"),
    "programmes": ("Change programme", "plan pause schedule follow"),
    "routines": ("Routines: warm-up, cool-down, mobility", "stretch"),
    "undo": ("Undo the last step", "back mistake"),
    "redo": ("Do again what was undone", "redo"),
    "why": ("Why this number", "reason source explain"),
    "how": ("How to do it", "cues technique form"),
    "trend": ("How it goes: last time, trend, sides", "progress chart graph"),
    "note": ("Note on the set", "comment write"),
    "session-note": ("Note on the session", "comment write"),
    "add-past": ("Log a session that I forgot", "past earlier missed yesterday"),
    "start": ("Another date or time for a session", "move wrong day"),
    "deleted": ("Bring back what was deleted", "restore recover trash"),
    "flag-set": ("Something went wrong in a logged set", "flag technique wobble knee hips"),
    "empty": ("A session of my own", "empty start blank"),
    "season": (
        "Season: week, races, runs",
        "calendar add a race run days away holiday vacation an easier week deload",
    ),
    "library": ("Exercise library", "exercises list browse"),
    "history": ("History", "past sessions log before add a past session date"),
    "settings": ("Settings", "options preferences config setup"),
    "find-anywhere": ("Find an exercise", "search look exercise"),
    "load-up": ("One load step more", "heavier weight increase"),
    "load-down": ("One load step less", "lighter weight decrease"),
    "reps-up": ("One rep or step more", "increase longer"),
    "reps-down": ("One rep or step less", "decrease shorter"),
    "move-up": ("Move the exercise up", "order earlier"),
    "move-down": ("Move the exercise down", "order later"),
    "bell-change": ("Bell at changes: on or off", "sound beep mute ring"),
    "bell-count": ("Bell in the last 3 s: on or off", "sound beep mute ring"),
    "review": ("Review: the weeks, the year", "progress stats"),
    "add-day": (
        "Add a race, a run, days away, an easier week",
        "holiday deload vacation travel",
    ),
    "step-down": ("An easier week, or as usual again", "deload"),
    "clock": ("Start or pause the clock", "timer countdown stopwatch"),
    "sync-now": ("Sync now", "git server machines home push pull"),
    "notices": ("What is wrong with my files", "damage errors warnings"),
    "help": ("All keys", "keyboard shortcuts"),
    "quit": ("Quit; the session goes on next time", "exit leave close"),
    "suspend": ("To the shell; fg comes back", "background terminal"),
}
