"""Who is let in: by token, by the name that was asked for, by the page that asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.web.guard import Guard, is_loopback

GUARD = Guard(["Home.local", "192.0.2.7"])


def test_a_token_is_long_and_never_the_same() -> None:
    tokens = {Guard([]).token for _ in range(20)}
    assert len(tokens) == 20
    # 6 bits a character.
    assert min(map(len, tokens)) * 6 >= 128


@given(st.text())
def test_nothing_but_the_token_is_the_token(text: str) -> None:
    assert not GUARD.has_token(text, None, GUARD.token[:-1], GUARD.token + "a")
    assert GUARD.has_token(text, GUARD.token)


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1:8765", True),
        ("localhost:9000", True),
        ("LOCALHOST", True),
        ("[::1]:8765", True),
        ("192.168.178.20:8765", True),
        ("home.local:8765", True),
        ("home.local.:8765", True),
        ("evil.example:8765", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1@evil.example", False),
        ("evil.example#127.0.0.1", False),
        ("[evil]:8765", False),
        ("", False),
    ],
)
def test_only_names_of_this_machine_are_known(host: str, known: bool) -> None:
    assert GUARD.knows(host) is known


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        ("http://127.0.0.1:8765", True),
        ("https://127.0.0.1:8765", True),
        ("http://127.0.0.1:8766", False),
        ("http://127.0.0.1", False),
        ("http://evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_a_page_is_ours_if_it_came_from_the_host_it_asks(origin: str, ours: bool) -> None:
    assert GUARD.is_ours(origin, "127.0.0.1:8765") is ours


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.178.20", False),
        ("home.local", False),
    ],
)
def test_what_others_can_reach_is_no_loopback(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
