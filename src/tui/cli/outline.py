"""What can be typed after each command, read from its own parser; completion and the manual are
made from it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from tui.cli import ABOUT, COMMANDS, parser_of

# Metavars that stand for something on disk.
FILES = frozenset({"FILE", "PATH"})
FOLDERS = frozenset({"DIR"})
# Metavars that stand for one of a list (see completion.py).
LISTS = frozenset({"EXERCISE", "PROGRAMME", "ROUTINE", "METRIC", "REGION", "KEY"})
# What is typed as it stands: the other words of a metavar stand for something.
LITERAL = re.compile(r"[a-z][a-z-]*|[A-Z]")
MANY = frozenset({"*", "+"})


class Place(Struct, frozen=True):
    """What may be typed in one place: ``words`` as they are, one of the ``lists``, a file or a
    folder. Empty where anything may be."""

    words: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    files: bool = False
    folders: bool = False


class Option(Struct, frozen=True):
    """An option by its names, and what it ``takes``; None if it takes nothing."""

    names: tuple[str, ...]
    takes: Place | None
    metavar: str
    help: str


class Outline(Struct, frozen=True):
    """A command, its options, its ``arguments`` as they are written in help, and their places; the
    last place is every further one if it ``repeats``. An empty name is no command."""

    name: str
    summary: str
    about: str
    arguments: str
    options: tuple[Option, ...]
    places: tuple[Place, ...]
    repeats: bool


def outlines() -> list[Outline]:
    """All commands, in the order of the help, first what can be typed without one."""
    return [_outline("", ""), *(_outline(name, words) for name, words in COMMANDS.items())]


def valued(outlines: Iterable[Outline]) -> list[str]:
    """Each option that waits for a value, behind its command: ``log --on``."""
    return [
        f"{one.name} {name}"
        for one in outlines
        for option in one.options
        if option.takes is not None
        for name in option.names
    ]


def _outline(name: str, summary: str) -> Outline:
    command, parser = parser_of(name)
    # What help does not show is for the program itself.
    shown = [one for one in parser.arguments if one.help != argparse.SUPPRESS]
    arguments = [one for one in shown if not one.option_strings]
    return Outline(
        name=name,
        summary=summary,
        about=command.HELP if name else ABOUT,
        arguments=" ".join(map(_written, arguments)),
        options=tuple(_option(one) for one in shown if one.option_strings),
        places=tuple(place for one in arguments for place in _places(one)),
        repeats=bool(arguments) and arguments[-1].nargs in MANY,
    )


def _written(action: argparse.Action) -> str:
    """An argument as it is written in help: in brackets if it may be left out."""
    word = str(action.metavar or action.dest)
    shown = f"{word} ..." if action.nargs in MANY else word
    return f"[{shown}]" if action.nargs in ("?", "*") else shown


def _option(action: argparse.Action) -> Option:
    takes = None if action.nargs == 0 else next(_places(action))
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    if takes is not None and not metavar:
        metavar = "|".join(takes.words) or action.dest.upper()
    return Option(tuple(action.option_strings), takes, metavar, action.help or "")


def _places(action: argparse.Action) -> Iterator[Place]:
    """The places of an argument: one for each word of its metavar (``KEY VALUE``)."""
    if action.choices is not None:
        yield Place(words=tuple(map(str, action.choices)))
        return
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    for word in metavar.split() or [""]:
        said = word.split("|")
        yield Place(
            words=tuple(one for one in said if LITERAL.fullmatch(one)),
            lists=tuple(one for one in said if one in LISTS),
            files=not FILES.isdisjoint(said),
            folders=not FOLDERS.isdisjoint(said),
        )
