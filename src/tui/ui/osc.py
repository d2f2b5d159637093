"""What a terminal is told besides the picture: the title of its window, and a notification.

Each is a sequence of control characters around a text. What cannot take it passes it over. In tmux
and screen a notification is wrapped, so that it gets through to the terminal outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import PurePath

from tui.domain.model.text import clean, clip
from tui.present.cue_words import NAME

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
LONGEST = 120
# screen passes on no longer piece, in bytes, its ends included.
MOST_BYTES = 768
# The notification that takes the place of the one before, where terminals can do that.
KITTY_ID = "stridelift"
# The form that a terminal takes, by what it sets for the programs in it. Its TERM is the surest:
# the rest is also handed down to a terminal that is started from it.
BY_TERM = {"xterm-kitty": "99", "xterm-ghostty": "777", "wezterm": "9"}
BY_TERM_FAMILY = {"foot": "777", "rxvt": "777"}
BY_PROGRAM = {"iTerm.app": "9", "iTerm2": "9", "WezTerm": "9", "ghostty": "777"}
BY_MARK = {"KITTY_WINDOW_ID": "99", "WEZTERM_PANE": "9", "WT_SESSION": "9"}


class Layer(StrEnum):
    """What lies between the program and the terminal."""

    NONE = "none"
    TMUX = "tmux"
    SCREEN = "screen"


def layer_of(environ: Mapping[str, str]) -> Layer:
    """The innermost layer there is. TERM alone tells it over ssh; both set ``screen`` there, and
    what is meant for screen is passed over by tmux, but not the other way round."""
    term = environ.get("TERM", "")
    if "TMUX" in environ or term.startswith("tmux"):
        return Layer.TMUX
    return Layer.SCREEN if "STY" in environ or term.startswith("screen") else Layer.NONE


def form_of(environ: Mapping[str, str]) -> str:
    """The form of notification that the terminal takes, as far as it can be told: ``9``, ``777``
    or ``99``; empty if it is not known."""
    term = environ.get("TERM", "")
    program = environ.get("TERM_PROGRAM") or environ.get("LC_TERMINAL") or ""
    told = [
        BY_TERM.get(term, ""),
        BY_TERM_FAMILY.get(term.partition("-")[0], ""),
        BY_PROGRAM.get(program, ""),
        *(form for mark, form in BY_MARK.items() if mark in environ),
    ]
    return next(filter(None, told), "")


# -- the title -------------------------------------------------------------------------------------


def title(words: str, layer: Layer) -> str:
    """Gives the window a title; in tmux the pane."""
    if layer is Layer.SCREEN:
        return f"{ESC}k{_harmless(words)}{ST}"
    return f"{ESC}]2;{_harmless(words)}{BEL}"


def title_kept(layer: Layer) -> str:
    """Has the terminal keep the title that the window has."""
    return "" if layer is Layer.SCREEN else f"{ESC}[22;2t"


def title_restored(layer: Layer, environ: Mapping[str, str]) -> str:
    """Gives the window the title back that was kept. screen keeps none: there it is what screen
    calls a new window, the name of the shell."""
    if layer is Layer.SCREEN:
        return title(PurePath(environ.get("SHELL", "")).name, layer)
    # Emptied before, for terminals that keep none: they go back to their own.
    return f"{ESC}]2;{BEL}{ESC}[23;2t"


# -- notifications ---------------------------------------------------------------------------------


def notification(words: str, form: str, layer: Layer) -> str:
    """Asks for a notification in a form: ``9``, ``777`` or ``99``."""
    text = _harmless(words)
    if form == "99":
        asked = f"{ESC}]99;i={KITTY_ID};{NAME}: {text}{BEL}"
    elif form == "777":
        asked = f"{ESC}]777;notify;{NAME};{text}{BEL}"
    else:
        # Never a number first: 9;4 is the progress of ConEmu and others.
        asked = f"{ESC}]9;{NAME}: {text}{BEL}"
    return wrapped(asked, layer)


def wrapped(sequence: str, layer: Layer) -> str:
    """A sequence as it gets through a layer to the terminal outside."""
    if layer is Layer.TMUX:
        return f"{ESC}Ptmux;{sequence.replace(ESC, ESC + ESC)}{ST}"
    if layer is Layer.SCREEN:
        return "".join(f"{ESC}P{piece}{ST}" for piece in _pieces(sequence))
    return sequence


def _pieces(sequence: str) -> Iterator[str]:
    room = MOST_BYTES - len(f"{ESC}P{ST}")
    piece, size = "", 0
    for char in sequence:
        more = len(char.encode())
        if size + more > room:
            yield piece
            piece, size = "", 0
        piece, size = piece + char, size + more
    yield piece


def _harmless(words: str) -> str:
    """A text that can neither end the sequence it stands in nor be taken for two parts of it."""
    return clip(clean(words).replace(";", ","), LONGEST)
