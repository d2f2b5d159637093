"""``stridelift config``: shows and changes the runner's settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from tui.app.logbook import Logbook
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    as_json,
    exercise,
    logbook,
    note,
    say,
    say_json,
)
from tui.domain.calculator.adherence import DEFAULT_PROGRAMME
from tui.domain.calculator.plausibility import doubt_of_maximum
from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.calendar_codec import calendar_of, diary_of
from tui.domain.planning.dated_values import Held
from tui.domain.planning.settings import (
    FAMILIES,
    SETTINGS,
    Setting,
    inventory_of,
    profile_of,
    setting_of,
)

HELP = """Your settings. A value applies from today on; earlier days keep their earlier values.

  list             all settings, their values and meanings
  get KEY          the value of one
  set KEY VALUE    loads are kilograms, or pounds with lb
  unset KEY        forget one, with its earlier values

  stridelift config set barbell.plates "20x2 10x2 5x2 2.5x2 1.25x2"
  stridelift config set max.back-squat 80x5"""
# How many words each action takes after its name: at least, at most.
TAKES: Mapping[str, tuple[int, float]] = {
    "list": (0, 0),
    "get": (1, 1),
    "set": (2, float("inf")),
    "unset": (1, 1),
}
FAULTS = {"list": "nothing more", "get": "one KEY", "set": "a KEY and a VALUE", "unset": "one KEY"}
KEYS = "keys"


def options(parser: Parser) -> None:
    """The action, the setting, --json."""
    parser.add_argument(
        "action", metavar="list|get|set|unset", choices=list(TAKES), nargs="?", default="list"
    )
    parser.add_argument("words", metavar="KEY VALUE", nargs="*")
    as_json(parser)


def run(options: Options) -> int:
    """Do what was asked."""
    least, most = TAKES[options.action]
    if not least <= len(options.words) <= most:
        raise Usage(f"config {options.action} takes {FAULTS[options.action]}")
    writes = options.action in ("set", "unset")
    odd = None
    with logbook(options, write=writes) as book:
        if options.action == "list":
            _list(book, as_json=options.json)
            return 0
        key, setting = _known(book, options.words[0])
        if options.action == "get":
            _get(book, key, setting, as_json=options.json)
        elif options.action == "set":
            odd = _set(book, key, setting, " ".join(options.words[1:]))
        else:
            _unset(book, key)
    if odd is not None:
        note(f"{odd}; if it is not right, set it again")
    return 0


def _list(book: Logbook, *, as_json: bool) -> None:
    stored = _stored(book)
    for make in (profile_of, inventory_of, calendar_of, diary_of):
        make(stored, book.notice)
    rows = [
        (key, setting)
        for setting in SETTINGS.values()
        for key in [k for k in stored if setting_of(k) is setting] or [setting.key]
    ]
    if as_json:
        say_json({"settings": [_doc(key, each, stored.get(key, [])) for key, each in rows]})
        return
    table = [(key, _text(each, stored.get(key, [])), each.meaning) for key, each in rows]
    wide = max(len(key) for key, _, _ in table)
    say(f"{key:<{wide}}  {value:<18}  {meaning}" for key, value, meaning in table)


def _get(book: Logbook, key: str, setting: Setting, *, as_json: bool) -> None:
    held = _stored(book).get(key, [])
    if as_json:
        say_json(_doc(key, setting, held))
    else:
        say([_text(setting, held)])


def _set(book: Logbook, key: str, setting: Setting, typed: str) -> str | None:
    """Set a value; the result is what looks odd about it."""
    odd = None
    try:
        value = setting.parse(typed)
        if setting is SETTINGS["max.EXERCISE"]:
            weight = book.profile.setup.profile.body_weight_kg
            lift = exercise(book.profile.library, key.partition(".")[2])
            odd = doubt_of_maximum(setting.read(value), lift, weight, book.profile.unit)
    except BadDocument as bad:
        raise Usage(f"{key} takes {bad}") from bad
    _check(book, key, value)
    if setting is SETTINGS["keys.COMMAND"]:
        odd = _set_keys(book, key.partition(".")[2], value)
    else:
        book.profile.set(key, value)
    say([f"{key}: {setting.show(value)}, from {book.now().date()} on"])
    return odd


def _set_keys(book: Logbook, name: str, value: str) -> str | None:
    """Set the keys of a command; the result says which other commands have them where both work.
    Raises CommandError for what is no key."""
    # This loads Textual, so do it only when keys are changed.
    from tui.ui.commands import clashing, is_key

    for key in value.split(","):
        if not is_key(key):
            raise CommandError(f"no key is called {key}; name one such as l, ctrl+l, slash or f2")
    own = {**_own_keys(book), name: value}
    book.profile.set(KEYS, own)
    others = clashing(name, own)
    if not others:
        return None
    words = ", ".join(f"{c.id} ({c.words})" for c in others)
    return f"{value} is a key of {words} as well: only one of them will work"


def _unset(book: Logbook, key: str) -> None:
    there = key in _stored(book)
    if key.startswith(f"{KEYS}."):
        left = {k: v for k, v in _own_keys(book).items() if k != key.partition(".")[2]}
        if there and left:
            book.profile.set(KEYS, left)
        elif there:
            book.profile.unset(KEYS)
    else:
        book.profile.unset(key)
    say([f"{key} is forgotten" if there else f"{key} was not set"])


def _known(book: Logbook, word: str) -> tuple[str, Setting]:
    """The setting that a word names, and its full key. An exercise or command in the key must
    exist, unless the key is stored already. Raises Usage or CommandError."""
    setting = setting_of(word)
    if setting is None:
        family = FAMILIES.get(f"{word.rstrip('.')}.")
        meant = f"did you mean {family.key}? " if family else _meant(word, SETTINGS)
        raise Usage(f"there is no setting {word}; {meant}config list shows all")
    if word in _stored(book):
        return word, setting
    head, _, rest = word.partition(".")
    if setting is SETTINGS["max.EXERCISE"]:
        return f"{head}.{exercise(book.profile.library, rest).id}", setting
    if setting is SETTINGS["keys.COMMAND"]:
        # This loads Textual, so do it only when keys are changed.
        from tui.ui.commands import COMMANDS

        _one_of(rest, [command.id for command in COMMANDS], "command", "docs/keys.md lists them")
    return word, setting


def _check(book: Logbook, key: str, value: Any) -> None:
    """Raise CommandError if ``value`` names something that is not in the library."""
    programmes = book.profile.library.programmes
    if key == "programme":
        _one_of(value, programmes, "programme", "stridelift library list names all")
    elif key == "schedule":
        wanted = book.profile.setting("programme", DEFAULT_PROGRAMME)
        programme = programmes.get(wanted, programmes[DEFAULT_PROGRAMME])
        ids = [schedule.id for schedule in programme.schedules]
        _one_of(value, ids, "schedule", f"{programme.id} has {', '.join(ids)}")


def _one_of(word: str, known: Collection[str], thing: str, hint: str) -> None:
    if word not in known:
        raise CommandError(f"there is no {thing} {word}; {_meant(word, known)}{hint}")


def _meant(word: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, known, 1)
    return f"did you mean {close[0]}? " if close else ""


def _stored(book: Logbook) -> dict[str, list[Held]]:
    """The stored settings by key, with one setting for the keys of each command."""
    store = book.profile.store
    stored = {**store.histories(), **store.local_histories()}
    held = stored.pop(KEYS, [])
    for name, value in _own_keys(book).items():
        stored[f"{KEYS}.{name}"] = [(held[-1][0], value)]
    return stored


def _own_keys(book: Logbook) -> dict[str, Any]:
    return book.profile.setting(KEYS, dict[str, Any]())


def _text(setting: Setting, held: list[Held]) -> str:
    """The current value, or the default, as text."""
    if not held:
        return setting.usual or "not set"
    value = held[-1][1]
    try:
        setting.read(value)
    except BadDocument:
        return f"{said(value)} (means nothing)"
    return setting.show(value)


def _doc(key: str, setting: Setting, held: list[Held]) -> dict[str, Any]:
    """One setting as JSON; ``value`` is null if nothing is set, ``since`` if no day is known."""
    dated = [{"value": value, "since": _iso(day)} for day, value in held]
    now = dated.pop() if dated else {"value": None, "since": None}
    words = {"text": _text(setting, held), "meaning": setting.meaning}
    return {"key": key, **now, **words, "earlier": dated}


def _iso(day: date) -> str | None:
    return None if day == date.min else day.isoformat()
