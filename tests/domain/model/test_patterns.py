"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from tui.domain.model.patterns import regex


def test_it_does_what_the_compiled_one_does() -> None:
    text, flags = r"(?P<n>\d+)kg", re.IGNORECASE
    mine, real = regex(text, flags), re.compile(text, flags)
    for typed in ("60kg", "60KG", "kg", "8 60kg"):
        found, wanted = mine.search(typed), real.search(typed)
        assert (found and found["n"]) == (wanted and wanted["n"])
        assert bool(mine.fullmatch(typed)) == bool(real.fullmatch(typed))
        assert mine.sub(r"\1", typed) == real.sub(r"\1", typed)
    assert mine.pattern == text
    assert mine.flags == real.flags


def test_nothing_is_compiled_before_it_is_used() -> None:
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.match("")
