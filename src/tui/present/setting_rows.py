"""The rows of the settings screen: what each setting is called, what it does and how it is asked.

Every key of :data:`tui.domain.planning.settings.SETTINGS` has a row, or is set on the screen that
a row opens.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from tui.domain.planning.settings import SETTINGS


class Group(StrEnum):
    """The headings of the list."""

    YOU = "You"
    KIT = "What you have"
    TRAINING = "Training"
    SCREEN = "Screen"
    DATA = "Data"


class Way(StrEnum):
    """How a row is changed."""

    CHOICE = "choice"  # One key of ``choices``.
    LINE = "line"
    DIGIT = "digit"  # 0 to 10.
    KIT = "kit"  # Toggles of the equipment at hand.
    LIFTS = "lifts"  # An exercise, then what can be lifted.
    SCREEN = "screen"  # Another screen, by name.
    DATA = "data"  # Something done with the files.


class Choice(Struct, frozen=True):
    """One answer of a row: its key, its words, and what is typed for it in the shell; empty if the
    setting is forgotten, so that the usual value counts."""

    key: str
    words: str
    typed: str


class Row(Struct, frozen=True, kw_only=True):
    """One row. ``id`` is the key of its setting; if it has none, its own name. ``part`` is the part
    of a setting that has two rows. ``finds`` are words it is found by as well, ``example`` shows
    what can be typed, ``opens`` names a screen and ``key`` its key. With ``forgets``, ``none``
    makes the setting as if it was never told. ``weighs`` says that bare numbers are weights, in
    the runner's unit."""

    id: str
    group: Group
    label: str
    explains: str
    way: Way
    finds: str = ""
    choices: tuple[Choice, ...] = ()
    example: str = ""
    part: str = ""
    opens: str = ""
    key: str = ""
    script: str = ""
    forgets: bool = False
    weighs: bool = False
    covers: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the settings that are changed here or on the screen that it opens."""
        return self.covers or ((self.id,) if self.id in SETTINGS else ())

    @property
    def command(self) -> str:
        """What does the same in a script; empty if nothing does."""
        return f"stridelift {self.script}" if self.script else ""

    def matches(self, word: str) -> bool:
        """Whether each part of what was typed begins a word of the row."""
        words = f"{self.label} {self.finds} {self.id}".casefold().replace(".", " ").split()
        return all(any(w.startswith(part) for w in words) for part in word.casefold().split())


def _yes_no(yes: str, no: str, on: str = "on", off: str = "off") -> tuple[Choice, ...]:
    return Choice("y", yes, on), Choice("n", no, off)


ROWS = (
    Row(
        id="unit",
        group=Group.YOU,
        label="Weights in",
        explains="The unit for weights, shown and typed. The log itself keeps kilograms.",
        finds="unit weigh kg lb kilograms pounds",
        way=Way.CHOICE,
        choices=(Choice("k", "kg", "kg"), Choice("l", "lb", "lb")),
        script="config set unit lb",
    ),
    Row(
        id="level",
        group=Group.YOU,
        label="Lifting for",
        explains="How long you have lifted sets the first doses and how much you jump.",
        finds="level experience beginner intermediate advanced",
        way=Way.CHOICE,
        choices=(
            Choice("1", "new: less than six months", "beginner"),
            Choice("2", "some: six months to two years", "intermediate"),
            Choice("3", "years: more than two", "advanced"),
        ),
        script="config set level advanced",
    ),
    Row(
        id="body_weight",
        group=Group.YOU,
        label="Body weight",
        explains="What you lift of yourself is counted from it. A weigh-in (M) goes before it.",
        finds="weigh kg lb mass",
        way=Way.LINE,
        example="70, 154lb, or none",
        forgets=True,
        weighs=True,
        script="config set body_weight 70",
    ),
    Row(
        id="max.EXERCISE",
        group=Group.YOU,
        label="Best lifts",
        explains="What you can lift, so that a lift begins there: find it, then 80x5 or 100.",
        finds="max maximum record strength one rm 1rm pr",
        way=Way.LIFTS,
        example="80x5, 100, or none",
        forgets=True,
        weighs=True,
        script="config set max.back-squat 80x5",
    ),
    Row(
        id="old_injuries",
        group=Group.YOU,
        label="Once injured",
        explains="Exercises for it begin easier there, and ask how it is after a session.",
        finds="old injuries injury knee achilles pain hurt",
        way=Way.LINE,
        example="knee achilles, or none",
        script="config set old_injuries knee",
    ),
    Row(
        id="equipment",
        group=Group.KIT,
        label="At hand",
        explains="The plan names nothing that you do not have.",
        finds="equipment gym home gear kit box bench band cable",
        way=Way.KIT,
        script="config set equipment barbell rack plates",
    ),
    Row(
        id="barbell.kg",
        group=Group.KIT,
        label="Barbell",
        explains="The weight of the bar alone. Loads are built on it.",
        finds="bar",
        way=Way.LINE,
        example="20, 45lb",
        weighs=True,
        script="config set barbell.kg 20",
    ),
    Row(
        id="hex_bar.kg",
        group=Group.KIT,
        label="Hex bar",
        explains="The weight of the hex bar alone.",
        finds="trap bar",
        way=Way.LINE,
        example="25, 45lb",
        weighs=True,
        script="config set hex_bar.kg 25",
    ),
    Row(
        id="barbell.plates",
        group=Group.KIT,
        label="Plates",
        explains="Size and how many in all. Loads are those that you can put on the bar.",
        finds="discs bar",
        way=Way.LINE,
        example="20x2 10x2 1.25x2, or none",
        weighs=True,
        script='config set barbell.plates "20x2 10x2 1.25x2"',
    ),
    Row(
        id="dumbbells",
        group=Group.KIT,
        label="Dumbbells",
        explains="One of each pair. Loads go up in steps that you own.",
        way=Way.LINE,
        example="8 10 12.5, or 5..30/2.5, or none",
        weighs=True,
        script="config set dumbbells 5..30/2.5",
    ),
    Row(
        id="kettlebells",
        group=Group.KIT,
        label="Kettlebells",
        explains="Those you own.",
        way=Way.LINE,
        example="12 16 24, or none",
        weighs=True,
        script="config set kettlebells 12 16 24",
    ),
    Row(
        id="bands",
        group=Group.KIT,
        label="Bands",
        explains="How hard each pulls.",
        finds="elastic loop",
        way=Way.LINE,
        example="5 10 20, or none",
        weighs=True,
        script="config set bands 5 10",
    ),
    Row(
        id="programme-screen",
        group=Group.TRAINING,
        label="Programme",
        explains="Which sessions come, in which schedule, and whether it is paused.",
        finds="plan schedule pause change sessions a week follow",
        way=Way.SCREEN,
        opens="programmes",
        key="P",
        script="config set programme six-patterns",
        covers=("programme", "schedule", "pause"),
    ),
    Row(
        id="slots",
        group=Group.TRAINING,
        label="Days for strength",
        explains="When you have time for it. Strength goes around your hard runs.",
        finds="slots week time free",
        way=Way.LINE,
        example="tue 13:00 fri, or none for any day",
        script='config set slots "tue 13:00 fri"',
    ),
    Row(
        id="season-screen",
        group=Group.TRAINING,
        label="Races and runs",
        explains="Strength tapers before a race, and keeps clear of your hard runs.",
        finds="race run season calendar away holiday",
        way=Way.SCREEN,
        opens="season",
        key="4",
        script="race add 2027-02-14 Ridge Ultra",
    ),
    Row(
        id="extra_set",
        group=Group.TRAINING,
        label="Extra set",
        explains="One set more of each exercise every second week.",
        finds="extra set every other week volume",
        way=Way.CHOICE,
        choices=(
            *_yes_no("every second week", "never"),
            Choice("p", "as the programme has it", ""),
        ),
        script="config set extra_set on",
    ),
    Row(
        id="taper",
        group=Group.TRAINING,
        label="Lighten before a race",
        explains="Before a race there are fewer sets; this takes a tenth off the load as well.",
        finds="taper weigh lighter",
        way=Way.CHOICE,
        choices=_yes_no(
            "yes: a tenth less weight", "no: same weights, fewer sets", "lighten", "keep"
        ),
        script="config set taper lighten",
    ),
    Row(
        id="race_week",
        group=Group.TRAINING,
        label="Rest before small races",
        explains="Whether the week of a C race is free of strength, as before a larger one.",
        finds="race week c",
        way=Way.CHOICE,
        choices=_yes_no("yes, the whole week", "no, only before larger ones"),
        script="config set race_week off",
    ),
    Row(
        id="terrain",
        group=Group.TRAINING,
        label="My course",
        explains="Steep: more for hips and calves. Flat: more hinges and core.",
        finds="terrain hills mountain trail road",
        way=Way.CHOICE,
        choices=(
            Choice("s", "steep", "steep"),
            Choice("f", "flat", "flat"),
            Choice("m", "mixed", "mixed"),
        ),
        script="config set terrain steep",
    ),
    Row(
        id="lean",
        group=Group.TRAINING,
        label="This cycle leans to",
        explains="Lifting: a set more of the main lift. Running: a set less of what has many.",
        finds="lean emphasis focus strength running",
        way=Way.CHOICE,
        choices=(
            Choice("l", "lifting", "lift"),
            Choice("r", "running", "run"),
            Choice("e", "both alike", "even"),
        ),
        script="config set lean run",
    ),
    Row(
        id="pain_baseline",
        group=Group.TRAINING,
        label="Pain on a usual morning",
        explains="Only pain above it holds a session back.",
        finds="pain baseline hurt ordinary",
        way=Way.DIGIT,
        script="config set pain_baseline 1",
    ),
    Row(
        id="tips",
        group=Group.TRAINING,
        label="Tip of the week",
        explains="A line with a source, in Review and on Today.",
        finds="tips advice hint",
        way=Way.CHOICE,
        choices=_yes_no("yes", "no"),
        script="config set tips off",
    ),
    Row(
        id="theme",
        group=Group.SCREEN,
        label="Colours",
        explains="Auto takes those of your terminal, on light and dark alike.",
        finds="theme dark light contrast color",
        way=Way.CHOICE,
        choices=(
            Choice("a", "auto", "auto"),
            Choice("d", "dark", "dark"),
            Choice("l", "light", "light"),
            Choice("c", "contrast", "contrast"),
        ),
        script="config set theme dark",
    ),
    Row(
        id="bells",
        part="change",
        group=Group.SCREEN,
        label="Sound at changes",
        explains="The terminal's bell when a hold, a rest or a side ends.",
        finds="bell bells beep ring noise mute",
        way=Way.CHOICE,
        choices=_yes_no("on", "off"),
        script="config set bells off",
    ),
    Row(
        id="bells",
        part="count",
        group=Group.SCREEN,
        label="Sound, last 3 s",
        explains="The terminal's bell in each of the last three seconds.",
        finds="bell bells beep ring noise mute count",
        way=Way.CHOICE,
        choices=_yes_no("on", "off"),
        script="config set bells change",
    ),
    Row(
        id="cues",
        part="title",
        group=Group.SCREEN,
        label="Window's title",
        explains="The title of the terminal tells the hold or the rest: hold 3/8 L, rest 0:45.",
        finds="cue cues title tab terminal window",
        way=Way.CHOICE,
        choices=_yes_no("on", "off"),
        script="config set cues title notify",
    ),
    Row(
        id="cues",
        part="notify",
        group=Group.SCREEN,
        label="Notification",
        explains="At the end of a set or rest. In tmux it needs: set -g allow-passthrough on.",
        finds="cue cues notify notifications desktop message",
        way=Way.CHOICE,
        choices=_yes_no("on", "off"),
        script="config set cues notify",
    ),
    Row(
        id="notify_by",
        group=Group.SCREEN,
        label="Notified by",
        explains="Auto sees which terminal this is. Over ssh it often cannot: say it here.",
        finds="cue notification osc terminal ssh iterm2 wezterm foot urxvt ghostty kitty windows",
        way=Way.CHOICE,
        choices=(
            Choice("a", "auto", "auto"),
            Choice("i", "iTerm2, WezTerm: OSC 9", "9"),
            Choice("f", "foot, urxvt, ghostty: OSC 777", "777"),
            Choice("k", "kitty: OSC 99", "99"),
        ),
        script="config set notify_by 777",
    ),
    Row(
        id="cues",
        part="flash",
        group=Group.SCREEN,
        label="Flash",
        explains="The first row flashes once when a hold or a rest ends.",
        finds="cue cues blink visual bell deaf",
        way=Way.CHOICE,
        choices=_yes_no("on", "off"),
        script="config set cues flash",
    ),
    Row(
        id="cursor",
        group=Group.SCREEN,
        label="Cursor in sight",
        explains="It always stands on the selected row. On shows it: some magnifiers need that.",
        finds="cursor screen reader magnifier braille blind accessibility",
        way=Way.CHOICE,
        choices=_yes_no("on", "off"),
        script="config set cursor on",
    ),
    Row(
        id="mouse",
        group=Group.SCREEN,
        label="Mouse",
        explains="Off gives text selection back to the terminal, from the next start.",
        finds="click select",
        way=Way.CHOICE,
        choices=_yes_no("on", "off"),
        script="config set mouse off",
    ),
    Row(
        id="enter_guard",
        group=Group.SCREEN,
        label="Second enter waits",
        explains="So long after a set enter logs no other: ms, 0 for scripts.",
        finds="enter guard double key",
        way=Way.LINE,
        example="400 (ms), or 0",
        script="config set enter_guard 0",
    ),
    Row(
        id="week_starts",
        group=Group.SCREEN,
        label="Week starts on",
        explains="How weeks are shown. Their numbers stay those of the calendar (ISO).",
        finds="monday sunday calendar",
        way=Way.CHOICE,
        choices=(Choice("m", "Monday", "mon"), Choice("s", "Sunday", "sun")),
        script="config set week_starts sun",
    ),
    Row(
        id="clock",
        group=Group.SCREEN,
        label="Time of day",
        explains="How times are shown: 18:05 or 6:05 pm.",
        finds="clock 12 24 hours am pm",
        way=Way.CHOICE,
        choices=(Choice("f", "24 hours, 18:05", "24"), Choice("a", "12 hours, 6:05 pm", "12")),
        script="config set clock 12",
    ),
    Row(
        id="keys.COMMAND",
        group=Group.SCREEN,
        label="My keys",
        explains="All keys, and the name each is changed by in the shell.",
        finds="keyboard shortcuts bindings remap",
        way=Way.SCREEN,
        opens="help",
        key="?",
        script="config set keys.log l",
    ),
    Row(
        id="folder",
        group=Group.DATA,
        label="Folder",
        explains="Where your log lies.",
        finds="locate path directory files data",
        way=Way.DATA,
        script="locate",
    ),
    Row(
        id="import",
        group=Group.DATA,
        label="Import a file",
        explains="Years of training, from any app or watch. You see first what would come in.",
        finds="load strong hevy fitnotes wger strava garmin fit gpx calendar ics csv json zip",
        way=Way.SCREEN,
        opens="import",
        script="import FILE",
    ),
    Row(
        id="export",
        group=Group.DATA,
        label="Export",
        explains="All your sets in one file, for other programs.",
        finds="save jsonl json csv ics calendar markdown download share",
        way=Way.DATA,
        script="export --format csv -o FILE",
    ),
    Row(
        id="sync",
        group=Group.DATA,
        label="Sync",
        explains="With your other machines by git: at each start and after each change, or not.",
        finds="git server machines home push pull automatic offline",
        way=Way.CHOICE,
        choices=(
            Choice("b", "by itself: start, finish, changes", "start+finish"),
            Choice("h", "by hand", "by hand"),
            Choice("o", "off", "off"),
        ),
        script="config set sync start+finish",
    ),
    Row(
        id="sync-now",
        group=Group.DATA,
        label="Sync now",
        explains="Fetches and sends. To set up, once: stridelift sync --to you@home:log.git.",
        finds="git server machines home push pull fetch send status waiting",
        way=Way.DATA,
        script="sync",
    ),
    Row(
        id="backup",
        group=Group.DATA,
        label="Backup",
        explains="Log, settings and own exercises in one file. One a day is made by itself.",
        finds="save copy zip",
        way=Way.DATA,
        script="backup",
    ),
    Row(
        id="backup.to",
        group=Group.DATA,
        label="Second copy in",
        explains="A folder on another disk for a copy of each backup.",
        finds="backup to disk nas stick",
        way=Way.LINE,
        example="/media/nas, or none",
        forgets=True,
        script="config set backup.to /media/nas",
    ),
)


def rows_with(word: str) -> Iterator[Row]:
    """The rows that what was typed finds; all of them for nothing."""
    return (row for row in ROWS if row.matches(word))
