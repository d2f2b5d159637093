"""The manual page, docs/stridelift.1, made from the commands' parsers by ``make manual``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.cli.base import COMMON
from tui.cli.outline import Option, Outline, outlines

# The day the words below were last looked over, which man shows.
REVISED = "2026-11-30"
COMMON_NAMES = frozenset({*COMMON, "--help"})
FILES = """\
.TP
.I ~/.local/share/stridelift
The log on Linux, one JSON file a year, with settings, own exercises and the session under way.
.B stridelift locate
prints where it is on your system."""
ENVIRONMENT = """\
.TP
.B STRIDELIFT_HOME
The folder of the log, in place of the usual one.
.TP
.B TERM
With
.I dumb
or
.I unknown
the full screen is not opened, and today's session is printed."""
STATUS = """\
.TP
.B 0
Done.
.TP
.B 1
It failed, found something wrong, or had to leave something out; one line on stderr says what.
.TP
.B 2
The command was not understood.
.TP
.B 130
Ended by ctrl+c."""


def manual() -> str:
    """The page as roff, in the macros of man."""
    bare, *commands = outlines()
    common = [one for one in bare.options if not COMMON_NAMES.isdisjoint(one.names)]
    parts = [
        f'.TH STRIDELIFT 1 {REVISED} Stridelift "User Commands"',
        ".SH NAME",
        r"stridelift \- a full\-screen terminal strength log for runners",
        ".SH SYNOPSIS",
        ".B stridelift",
        "[command] [options]",
        ".SH DESCRIPTION",
        *_about(bare.about),
        ".SH OPTIONS",
        *_options([one for one in bare.options if one not in common]),
        ".PP",
        "Every command takes these as well:",
        *_options(common),
        ".SH COMMANDS",
    ]
    for command in commands:
        parts += _command(command, common)
    parts += [".SH FILES", FILES, ".SH ENVIRONMENT", ENVIRONMENT, ".SH EXIT STATUS", STATUS]
    return "\n".join(parts) + "\n"


def _command(command: Outline, common: Sequence[Option]) -> Iterator[str]:
    """What a command is for, and its own options."""
    yield f".SS {_roff(f'stridelift {command.name} {command.arguments}'.strip())}"
    yield from _about(command.about)
    yield from _options([one for one in command.options if one not in common])


def _options(options: Sequence[Option]) -> Iterator[str]:
    for option in options:
        value = "" if option.takes is None else rf" \fI{_roff(option.metavar)}\fR"
        yield ".TP"
        yield ", ".join(rf"\fB{_roff(name)}\fR" for name in option.names) + value
        yield _roff(option.help)


def _about(text: str) -> Iterator[str]:
    """Help as paragraphs below a heading; lines that begin with spaces stand as they are."""
    for number, part in enumerate(text.split("\n\n")):
        if number:
            yield ".PP"
        lines = map(_roff, part.splitlines())
        yield from (".nf", *lines, ".fi") if part.startswith(" ") else lines


def _roff(text: str) -> str:
    """Text that roff shows as it is: in ASCII, and no line of it is a request."""
    plain = text.replace("\\", r"\e").replace("-", r"\-")
    named = "".join(one if one.isascii() else rf"\[u{ord(one):04X}]" for one in plain)
    return rf"\&{named}" if named.startswith((".", "'")) else named


if __name__ == "__main__":
    print(manual(), end="")
