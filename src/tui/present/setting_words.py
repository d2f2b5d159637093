"""The values of settings in plain words, and what is typed on their rows as it is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from tui.domain.calculator.equipment import RANGE, typed, weight
from tui.domain.model.dates import DAYS
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.checks import EQUIPMENT, HOUSEHOLD
from tui.domain.model.library.parser import Library
from tui.domain.model.text import number_of
from tui.domain.model.units import plain
from tui.domain.model.validation import BadDocument, said
from tui.domain.model.values import Programme
from tui.domain.planning.run_parser import openings
from tui.domain.planning.settings import SETTINGS, Setting, Stored
from tui.present.setting_rows import Choice, Row, Way

NOT_TOLD = "not told"
# What counts while nothing is stored, where the words of the shell are not those of the screen.
USUAL = {
    "slots": "any day",
    "barbell.kg": "20 kg",
    "hex_bar.kg": "20 kg",
    "dumbbells": "every 2.5 kg",
    "kettlebells": "every 4 kg, 8 to 48",
    "equipment": "all that a gym has",
    "pain_baseline": "none",
    "backup.to": "nowhere",
    "enter_guard": "400 ms",
}
# The same where weights are stamped in pounds.
USUAL_LB = USUAL | {
    "barbell.kg": "45 lb",
    "hex_bar.kg": "45 lb",
    "dumbbells": "every 5 lb",
    "kettlebells": "every 5 lb, 15 to 100",
}

# A range as it is shown.
STEPS = re.compile(
    r"(\d+(?:\.\d+)?) to (\d+(?:\.\d+)?) ?(kg|lb)? in steps of (\d+(?:\.\d+)?)(?: ?(?:kg|lb))?",
    re.IGNORECASE,
)
# A comma in one weight is a decimal comma; in a list it may be none.
ONE_WEIGHT = ("body_weight", "barbell.kg", "hex_bar.kg", "max.EXERCISE")


class Known(Struct, frozen=True, kw_only=True):
    """What the rows show besides the settings ``stored``: the programme followed and whether it is
    paused, how many races are to come and how many runs a week are planned, the ``folder``, and how
    ``sync`` stands, in words."""

    stored: Stored
    library: Library
    unit: str
    programme: Programme
    schedule: str
    paused: bool
    races: int
    weekly: int
    folder: str
    sync: str


def current(row: Row, known: Known) -> Any:
    """The JSON stored for a row, or None."""
    held = known.stored.get(row.id, ())
    return held[-1][1] if held else None


def lifts(known: Known) -> Mapping[str, Any]:
    """The best lifts told, as stored, by exercise."""
    return {
        key.removeprefix("max."): held[-1][1]
        for key, held in known.stored.items()
        if key.startswith("max.") and held
    }


def value_words(row: Row, known: Known) -> str:
    """The value of a row in plain words."""
    shown = ELSEWHERE.get(row.id)
    if shown is not None:
        return shown(known)
    setting = SETTINGS.get(row.id)
    if setting is None:
        return ""
    value = current(row, known)
    if value is None:
        return _usual(row, setting, known.unit)
    try:
        setting.read(value)
    except BadDocument:
        return f"{said(value)}: means nothing"
    if row.part:
        return "on" if setting.read(value)[row.part] else "off"
    if row.way is Way.CHOICE:
        return chosen(row, setting.show(value)).words
    if show := SHOWN.get(row.id):
        return show(value)
    return setting.show(value)


def _usual(row: Row, setting: Setting, unit: str) -> str:
    if row.part:
        return "on" if setting.read(setting.usual)[row.part] else "off"
    if row.way is Way.CHOICE:
        return chosen(row, setting.usual).words
    usual = USUAL_LB if unit == "lb" else USUAL
    return usual.get(row.id) or setting.usual or NOT_TOLD


def chosen(row: Row, typed: str) -> Choice:
    """The choice of a row that is typed so in the shell, else the one that forgets it, else the
    first."""
    found = [one for one in row.choices if one.typed == typed]
    return (found or [one for one in row.choices if not one.typed] or [*row.choices])[0]


def usual_key(row: Row, known: Known) -> str:
    """The key of the choice that stands."""
    words = value_words(row, known)
    return next(one.key for one in row.choices if one.words == words)


# -- values ----------------------------------------------------------------------------------------


def weight_words(value: Any) -> str:
    """A stored weight with its unit: ``62.5 kg``."""
    found = weight(value)
    return f"{plain(found.value)} {found.unit}"


def weights_words(items: Any) -> str:
    """A stored list of weights and ranges: ``5 to 30 kg in steps of 2.5``, ``8, 10 and 12 kg``."""
    parts: list[str] = []
    loose: list[str] = []
    for item in items:
        match = RANGE.fullmatch(typed(item))
        if match is None:
            loose.append(weight_words(item))
            continue
        unit = match[2] or match[4] or match[6] or "kg"
        parts.append(f"{match[1]} to {match[3]} {unit} in steps of {match[5]}")
    # The unit once, if all have the same.
    for unit in ("kg", "lb"):
        if loose and all(words.endswith(unit) for words in loose):
            loose = [words.removesuffix(f" {unit}") for words in loose]
            loose = [*loose[:-1], f"{loose[-1]} {unit}"]
    return "; ".join(filter(None, [" ".join(loose), *parts])) or "none"


def plates_words(items: Any) -> str:
    """Stored plates: ``20×2 10×2``."""
    return " ".join(str(item).replace("x", "×") for item in items) or "none"


def lift_words(value: Any) -> str:
    """A stored best lift: ``80 kg × 5``."""
    load, _, reps = typed(value).partition("x")
    return weight_words(load) + (f" × {reps}" if reps else "")


def kit_words(value: Any) -> str:
    """The equipment at hand, as stored."""
    if value in ("all", None):
        return USUAL["equipment"]
    return ", ".join(name for name in value if name not in HOUSEHOLD) or "what every home has"


def days_words(value: Any) -> str:
    """Free times: ``Tue 13:00, Fri``."""
    free = openings(value)
    named = [f"{DAYS[one.weekday]}{f' {one.start:%H:%M}' if one.start else ''}" for one in free]
    return ", ".join(named) or "any day"


def _lifts_words(known: Known) -> str:
    told = lifts(known)
    if not told:
        return NOT_TOLD
    first, *more = told
    try:
        shown = f"{exercise_name(known.library, first).lower()} {lift_words(told[first])}"
    except BadDocument:
        return number_of(len(told), "lift")
    return shown + (f", and {len(more)} more" if more else "")


def _programme_words(known: Known) -> str:
    schedules = {one.id: one for one in known.programme.schedules}
    schedule = schedules.get(known.schedule, known.programme.schedules[0])
    paused = ", paused" if known.paused else ""
    return f"{known.programme.name}, {schedule.name.lower()}{paused}"


def _season_words(known: Known) -> str:
    races = number_of(known.races, "race") if known.races else "no race"
    runs = f"{number_of(known.weekly, 'run')} a week" if known.weekly else "no weekly runs"
    return f"{races}, {runs}"


def _keys_words(known: Known) -> str:
    own = current_of(known, "keys")
    return f"{len(own)} of your own" if isinstance(own, dict) and own else "as they come"


def current_of(known: Known, key: str) -> Any:
    """The JSON stored under a key, or None."""
    held = known.stored.get(key, ())
    return held[-1][1] if held else None


ELSEWHERE: Mapping[str, Callable[[Known], str]] = {
    "max.EXERCISE": _lifts_words,
    "programme-screen": _programme_words,
    "season-screen": _season_words,
    "keys.COMMAND": _keys_words,
    "folder": lambda known: known.folder,
    "sync-now": lambda known: known.sync,
    "import": lambda _: "Strong, Hevy, a watch …",
}
SHOWN: Mapping[str, Callable[[Any], str]] = {
    "body_weight": weight_words,
    "barbell.kg": weight_words,
    "hex_bar.kg": weight_words,
    "barbell.plates": plates_words,
    "dumbbells": weights_words,
    "kettlebells": weights_words,
    "bands": weights_words,
    "equipment": kit_words,
    "slots": days_words,
    "enter_guard": lambda value: f"{value} ms" if value else "no",
}


# -- what is typed ---------------------------------------------------------------------------------


def standing(row: Row, value: Any, unit: str) -> str:
    """What is stored, as it can be typed again by a runner with this unit."""
    if value is None:
        return ""
    setting = SETTINGS[row.id]
    text = value if isinstance(value, str) else setting.show(value)
    # Bare numbers are kilograms in the file, and pounds to who lifts in pounds.
    return _with_unit(text, "kg") if row.weighs and unit == "lb" else text


def stored_value(row: Row, line: str, unit: str) -> Any:
    """What is typed on a row as the JSON to store; None forgets the setting. Raises BadDocument
    with what can be typed."""
    if row.forgets and line.casefold() in ("none", "-"):
        return None
    text = line.replace("×", "x")
    if row.weighs:
        text = STEPS.sub(r"\1..\2\3/\4", text)
        if row.id in ONE_WEIGHT:
            text = re.sub(r"(?<=\d),(?=\d)", ".", text)
        if unit == "lb":
            text = _with_unit(text, "lb")
    try:
        return SETTINGS[row.id].parse(text)
    except BadDocument as bad:
        raise BadDocument(f"{row.label} takes {bad}.") from bad


def _with_unit(text: str, unit: str) -> str:
    """Typed weights with a unit after the first number of each item that names none."""
    return " ".join(
        item if re.search("kg|lb", item) else re.sub(r"^(\d+(?:\.\d+)?)", rf"\1{unit}", item)
        for item in typed(text).split()
    )


def chosen_value(row: Row, choice: Choice, stored: Any) -> Any:
    """A choice as the JSON to store; None forgets the setting."""
    setting = SETTINGS[row.id]
    if row.part:
        parts = setting.read(setting.usual if stored is None else stored)
        return {**parts, row.part: choice.typed == "on"}
    return setting.parse(choice.typed) if choice.typed else None


def kit_value(has: frozenset[str]) -> Any:
    """Toggled equipment as the JSON to store."""
    return "all" if has >= EQUIPMENT else sorted(has)
