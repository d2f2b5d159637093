"""The runner's settings: what each means, and how it is typed, stored and shown.

Values are stored as JSON close to what was typed: kilograms as a number, pounds as text
(``45lb``), lists item by item. The file may have been edited by hand, so an invalid value is
reported and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct

from tui.domain.calculator.advice import Dated, Lean, Profile, Taper, Terrain
from tui.domain.calculator.equipment import (
    SIZES,
    WEIGHTS,
    plate_items,
    plates,
    typed,
    weight,
    weight_items,
    weights,
)
from tui.domain.calculator.loads import BAR, BARS, Inventory, Weight
from tui.domain.model.text import clean
from tui.domain.model.units import UNITS, plain
from tui.domain.model.validation import BadDocument, said
from tui.domain.model.values import Level
from tui.domain.planning.run_parser import openings, openings_text
from tui.domain.planning.setting_values import (
    as_typed,
    at_hand,
    bells,
    cues,
    folder,
    key_names,
    maximum,
    named,
    of_bells,
    of_cues,
    of_max,
    old_regions,
    one_of,
    pain,
    pause_ms,
    switch,
    with_unit,
)

T = TypeVar("T")
# Every value ever set, by key: day and value, oldest first.
Stored = Mapping[str, Sequence[tuple[date, Any]]]
Tell = Callable[[str], None]


class Setting(Struct, frozen=True, kw_only=True):
    """One setting. ``parse`` turns typed text into the JSON to store, ``read`` turns that JSON into
    the value; both raise BadDocument with what can be typed. ``show`` formats the JSON as a
    person would type it. ``usual`` names the default."""

    key: str
    meaning: str
    usual: str
    parse: Callable[[str], Any]
    read: Callable[[Any], Any]
    show: Callable[[Any], str]


def _weight_json(value: Any, low: float, high: float) -> float | str:
    """A weight from ``low`` to ``high`` kilograms, as it is stored."""
    found = weight(value)
    if not low <= found.kg <= high:
        raise BadDocument(f"a weight from {low:g} to {high:g} kg, not {said(value)}")
    [item] = weight_items(value)
    return item


def _kept_max(value: str) -> float | str:
    maximum(value)
    return typed(value) if "x" in typed(value) else _weight_json(value, 1, 1000)


def _kept_equipment(value: str) -> list[str] | str:
    found = at_hand(value)
    return "all" if found is None else sorted(found)


def _kept_regions(value: str) -> list[str]:
    return list(old_regions(value))


def _kept_slots(value: str) -> str:
    return openings_text(openings(value))


def _setting(
    key: str, usual: str, read: Callable[[Any], Any], meaning: str, **ways: Any
) -> Setting:
    ways = {"parse": read, "show": as_typed, **ways}
    return Setting(key=key, usual=usual, meaning=meaning, read=read, **ways)


def _weighed(key: str, usual: str, low: float, high: float, meaning: str) -> Setting:
    def parse(value: str) -> float | str:
        return _weight_json(value, low, high)

    def read(value: Any) -> Any:
        return weight(_weight_json(value, low, high))

    return _setting(key, usual, read, meaning, parse=parse, show=with_unit)


def _listed(key: str, usual: str, meaning: str) -> Setting:
    return _setting(key, usual, weights, f"{meaning}: {WEIGHTS}", parse=weight_items)


LEVELS = tuple(level.value for level in Level)
TAPERS = tuple(taper.value for taper in Taper)
TERRAINS = tuple(terrain.value for terrain in Terrain)
# The hours of the clock, and the first day of a week, as they are shown.
CLOCKS = ("24", "12")
WEEK_STARTS = ("mon", "sun")
LEANS = tuple(lean.value for lean in Lean)
THEMES = ("auto", "dark", "light", "contrast")
# When this machine syncs: never, only when told to, or by itself.
SYNC_OFF, SYNC_BY_HAND, SYNC_BY_ITSELF = SYNCS = ("off", "by hand", "start+finish")
# The sequences by which terminals are asked for a notification: OSC 9, 777 or 99.
NOTIFIED_BY = ("auto", "9", "777", "99")
_ALL = (
    _setting("level", "intermediate", one_of(LEVELS), "beginner, intermediate or advanced"),
    _weighed("body_weight", "", 20, 400, "your weight: 70 or 154lb"),
    _setting("unit", "kg", one_of(UNITS), "what loads are shown in: kg or lb"),
    _setting(
        "max.EXERCISE",
        "",
        maximum,
        "your best single, or a load you can lift n times: 100, 225lb, 80x5",
        parse=_kept_max,
        show=of_max,
    ),
    _setting("extra_set", "by programme", switch, "one set more every second week: on or off"),
    _weighed("barbell.kg", plain(BAR.kg) + "kg", 1, 100, "your barbell without plates: 20 or 45lb"),
    _weighed("hex_bar.kg", plain(BAR.kg) + "kg", 1, 100, "your hex bar without plates: 20 or 45lb"),
    _setting(
        "barbell.plates", "what a gym has", plates, f"your plates: {SIZES}", parse=plate_items
    ),
    _listed("dumbbells", "every 2.5kg", "your dumbbells, one of each pair"),
    _listed("kettlebells", "every 4kg, 8 to 48", "your kettlebells"),
    _listed("bands", "", "how hard your bands pull"),
    _setting(
        "equipment",
        "all",
        at_hand,
        "what is at hand: all, none, or a list: barbell, rack, plates",
        parse=_kept_equipment,
    ),
    _setting(
        "taper", "keep", one_of(TAPERS), "the load before a race: keep, or lighten by a tenth"
    ),
    _setting("race_week", "on", switch, "rest the whole week of a C race: on or off"),
    _setting("pain_baseline", "0", pain, "the pain you wake up with on an ordinary day, 0 to 10"),
    _setting(
        "old_injuries",
        "none",
        old_regions,
        "what was injured once, to begin easier there: knee achilles",
        parse=_kept_regions,
    ),
    _setting("programme", "trail-speed", named, "the programme you follow, by its id"),
    _setting("schedule", "its first", named, "which of its schedules, by its id"),
    _setting("pause", "off", switch, "pause the programme, its weeks too: on or off"),
    _setting("terrain", "mixed", one_of(TERRAINS), "your goal's course: steep, flat or mixed"),
    _setting("lean", "even", one_of(LEANS), "what this cycle leans to: lift, run or even"),
    _setting(
        "slots",
        "any day",
        openings,
        "when you have time for strength: tue 13:00 fri, or none",
        parse=_kept_slots,
    ),
    _setting("tips", "on", switch, "a tip of the week in review and today: on or off"),
    _setting("clock", "24", one_of(CLOCKS), "how times of day are shown: 24 or 12 (6:05 pm)"),
    _setting(
        "week_starts", "mon", one_of(WEEK_STARTS), "the first day of a week in history: mon or sun"
    ),
    _setting("bells", "on", bells, "the bell: on, off, or only change or count", show=of_bells),
    _setting(
        "cues",
        "none",
        cues,
        "what tells of the end of a hold or rest besides the bell: title, notify, flash, or none",
        show=of_cues,
    ),
    _setting(
        "notify_by",
        "auto",
        one_of(NOTIFIED_BY),
        "how your terminal is asked to notify you: auto, or OSC 9, 777 or 99",
    ),
    _setting("cursor", "off", switch, "show the terminal's cursor, on the selected row: on or off"),
    _setting(
        "theme",
        "auto",
        one_of(THEMES),
        "the colours: auto (those of your terminal), dark, light or contrast",
    ),
    _setting("mouse", "on", switch, "the mouse: on, or off so that the terminal selects text"),
    _setting(
        "enter_guard",
        "400",
        pause_ms,
        "how long after a logged set another enter does nothing, in ms; 0 never waits",
    ),
    _setting(
        "sync",
        SYNC_BY_HAND,
        one_of(SYNCS),
        "when this machine syncs: off, by hand, or start+finish (by itself)",
    ),
    _setting("backup.to", "", folder, "a folder on another disk for a second copy of each backup"),
    _setting(
        "keys.COMMAND", "see docs/keys.md", key_names, "your own keys for a command: ctrl+l or l,L"
    ),
)
SETTINGS: Mapping[str, Setting] = {setting.key: setting for setting in _ALL}
# Settings with one key for each exercise or command, by the prefix of the key.
FAMILIES = {key.partition(".")[0] + ".": SETTINGS[key] for key in ("max.EXERCISE", "keys.COMMAND")}


def setting_of(key: str) -> Setting | None:
    """The setting with this key (``max.back-squat`` too), or None."""
    head, dot, rest = key.partition(".")
    family = FAMILIES.get(head + dot)
    return (family if rest else None) if family else SETTINGS.get(key)


# -- stored values, for the calculator --------------------------------------------------------


def ignore_notice(_: str) -> None:
    """A :data:`Tell` that drops the message."""


def _held(stored: Stored, key: str, tell: Tell) -> tuple[Dated[Any], ...]:
    """The valid values of ``key``, with their days."""
    setting = setting_of(key)
    assert setting is not None, key
    made = []
    for since, value in stored.get(key, ()):
        try:
            made.append(Dated(since, setting.read(value)))
        except BadDocument as bad:
            tell(f"profile.json: {clean(key)} takes {bad}; it is left out")
    return tuple(made)


def _now(stored: Stored, key: str, default: T, tell: Tell) -> T:
    """The current value of ``key``, or the default if it is missing or invalid."""
    held = _held({key: stored.get(key, ())[-1:]}, key, tell)
    return held[0].value if held else default


def profile_of(stored: Stored, tell: Tell = ignore_notice) -> Profile:
    """The runner's profile from ``stored``; ``tell`` gets a line for each invalid value."""
    maxes = [key for key in stored if setting_of(key) is SETTINGS["max.EXERCISE"]]
    told = {key: _held(stored, key, tell) for key in maxes}
    body: Weight | None = _now(stored, "body_weight", None, tell)
    return Profile(
        levels=tuple(Dated(d.since, Level(d.value)) for d in _held(stored, "level", tell)),
        maxes={key.removeprefix("max."): dated for key, dated in told.items() if dated},
        extra_set=_held(stored, "extra_set", tell),
        body_weight_kg=body.kg if body else None,
        pain_baseline=_now(stored, "pain_baseline", 0, tell),
        schedule=_now(stored, "schedule", None, tell),
        taper=Taper(_now(stored, "taper", Taper.KEEP.value, tell)),
        c_race_week=_now(stored, "race_week", True, tell),
        programmes=_held(stored, "programme", tell),
        paused=_held(stored, "pause", tell),
        terrain=Terrain(_now(stored, "terrain", Terrain.MIXED.value, tell)),
        lean=Lean(_now(stored, "lean", Lean.EVEN.value, tell)),
        old_injuries=_now(stored, "old_injuries", (), tell),
    )


def inventory_of(stored: Stored, tell: Tell = ignore_notice) -> Inventory:
    """The runner's equipment from ``stored``; ``tell`` gets a line for each invalid value."""
    # A wrong unit is told of where it is shown.
    unit = _now(stored, "unit", "kg", ignore_notice)
    return Inventory(
        bar=_now(stored, "barbell.kg", BARS[unit], tell),
        hex_bar=_now(stored, "hex_bar.kg", BARS[unit], tell),
        plates=_now(stored, "barbell.plates", None, tell),
        dumbbells=_now(stored, "dumbbells", None, tell),
        kettlebells=_now(stored, "kettlebells", None, tell),
        bands=_now(stored, "bands", None, tell),
        equipment=_now(stored, "equipment", None, tell),
        unit=unit,
    )
