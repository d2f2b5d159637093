"""The terminal driver's parser survives whatever a terminal sends."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events

from tui.ui.driver import Parser

NUMBERS = st.integers(-1, 10**12).map(str)
# Random numbers and separators in the forms in which terminals report keys, mouse and size.
SEQUENCES = st.tuples(
    st.sampled_from(["\x1b[", "\x1b[<", "\x1b[?", "\x1b[48;", "\x1b[M", "\x1bO", "\x1b"]),
    st.lists(NUMBERS | st.sampled_from([";", ":", "$"]), max_size=9).map("".join),
    st.sampled_from([*"uABCDEFHPQRSMmty~$", "", "$y", "200~", "201~"]),
).map("".join)
SENT = st.lists(SEQUENCES | st.text(max_size=5), max_size=6).map("".join)


@given(SENT)
@settings(max_examples=150)
def test_whatever_is_sent_a_key_behind_it_is_taken(sent: str) -> None:
    parser = Parser()
    # Then end anything it may have begun: a paste, or an unfinished sequence.
    for text in (sent, "\x1b[201~" * 2, "0" * 40):
        if text:
            list(parser.feed(text))
    keys = [message for message in parser.feed("j") if isinstance(message, events.Key)]
    assert [key.key for key in keys] == ["j"]
