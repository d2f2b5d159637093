"""The sequences for titles and notifications, byte by byte."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.osc import (
    MOST_BYTES,
    Layer,
    form_of,
    layer_of,
    notification,
    title,
    title_kept,
    title_restored,
    wrapped,
)

NONE, TMUX, SCREEN = Layer
OVER = "The rest is over."
# What ends, begins or splits a sequence, in seven bits and in eight, among what does not.
NASTY = "aé界·;:\\]4\x1b\x07\n\t\x18\x90\x9b\x9c\x9d\u202e\ud800"


@pytest.mark.parametrize(
    ("form", "layer", "sent"),
    [
        ("9", NONE, b"\x1b]9;Stridelift: The rest is over.\x07"),
        ("777", NONE, b"\x1b]777;notify;Stridelift;The rest is over.\x07"),
        ("99", NONE, b"\x1b]99;i=stridelift;Stridelift: The rest is over.\x07"),
        ("9", TMUX, b"\x1bPtmux;\x1b\x1b]9;Stridelift: The rest is over.\x07\x1b\\"),
        ("777", TMUX, b"\x1bPtmux;\x1b\x1b]777;notify;Stridelift;The rest is over.\x07\x1b\\"),
        ("99", SCREEN, b"\x1bP\x1b]99;i=stridelift;Stridelift: The rest is over.\x07\x1b\\"),
    ],
)
def test_each_form_of_notification_in_each_layer(form: str, layer: Layer, sent: bytes) -> None:
    assert notification(OVER, form, layer).encode() == sent


def test_the_title_is_kept_given_and_restored() -> None:
    for layer in (NONE, TMUX):
        assert title_kept(layer) == "\x1b[22;2t"
        assert title("rest 0:45", layer) == "\x1b]2;rest 0:45\x07"
        assert title_restored(layer, {}) == "\x1b]2;\x07\x1b[23;2t"
    assert title_kept(SCREEN) == ""
    assert title("rest 0:45", SCREEN) == "\x1bkrest 0:45\x1b\\"
    assert title_restored(SCREEN, {"SHELL": "/usr/bin/fish"}) == "\x1bkfish\x1b\\"
    assert title_restored(SCREEN, {}) == "\x1bk\x1b\\"


@given(st.text(NASTY, max_size=200), st.sampled_from(["9", "777", "99"]))
def test_no_text_ends_its_sequence_or_splits_it(words: str, form: str) -> None:
    sent = notification(words, form, NONE)
    inside = sent.removeprefix("\x1b]").removesuffix("\x07")
    assert not any(category(char) in ("Cc", "Cf", "Cs") for char in inside)
    assert inside.count(";") == {"9": 1, "777": 3, "99": 2}[form]
    given_title = title(words, NONE)
    assert given_title.count("\x1b") == given_title.count("\x07") == 1
    assert title(words, SCREEN).count("\x1b") == 2


@given(st.text(alphabet="aé界;", max_size=3000))
def test_screen_gets_pieces_that_it_can_pass_on(words: str) -> None:
    sent = wrapped(words, SCREEN)
    pieces = sent.removesuffix("\x1b\\").split("\x1b\\")
    assert all(piece.startswith("\x1bP") for piece in pieces)
    assert all(len(f"{piece}\x1b\\".encode()) <= MOST_BYTES for piece in pieces)
    assert "".join(piece.removeprefix("\x1bP") for piece in pieces) == words


@pytest.mark.parametrize(
    ("environ", "layer"),
    [
        ({"TERM": "xterm-256color"}, NONE),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, TMUX),
        ({"TERM": "tmux-256color"}, TMUX),
        ({"TERM": "screen.xterm-256color", "STY": "1.pts-0"}, SCREEN),
        ({"TERM": "screen-256color"}, SCREEN),
        ({}, NONE),
    ],
)
def test_what_lies_between(environ: dict[str, str], layer: Layer) -> None:
    assert layer_of(environ) is layer


@pytest.mark.parametrize(
    ("environ", "form"),
    [
        ({"TERM": "xterm-kitty"}, "99"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, "99"),
        ({"TERM": "foot"}, "777"),
        ({"TERM": "foot-extra"}, "777"),
        ({"TERM": "rxvt-unicode-256color"}, "777"),
        ({"TERM": "xterm-ghostty"}, "777"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "9"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "9"),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "9"),
        ({"TERM": "xterm-256color", "WT_SESSION": "a-b"}, "9"),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "KITTY_WINDOW_ID": "1"}, "99"),
        ({"TERM": "foot", "KITTY_WINDOW_ID": "1"}, "777"),
        # Over ssh, and on terminals that take none or are not known.
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "linux", "ConEmuPID": "1"}, ""),
        ({}, ""),
    ],
)
def test_the_form_is_guessed_or_not_known(environ: dict[str, str], form: str) -> None:
    assert form_of(environ) == form
