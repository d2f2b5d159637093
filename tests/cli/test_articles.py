"""docs/articles.md: each command that shows what an article asks for works as it is written there,
one after the other on a new log, and each key that it names is a key."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

from tui.bootstrap import shipped_library
from tui.ui.commands import COMMANDS

PAGE = (Path(__file__).parents[2] / "docs" / "articles.md").read_text(encoding="utf-8")
MARKED = re.findall(r"`([^`]+)`", PAGE)
WITH_A_NAME = re.compile(r"\b[A-Z]{3,}\b")  # ``library show EXERCISE``: any of them.
Run = Callable[..., tuple[int, str, str]]


def test_every_command_of_the_page_works_on_a_new_log(run: Run) -> None:
    told = [shlex.split(one)[1:] for one in MARKED if one.startswith("stridelift ")]
    commands = [words for words in told if not any(map(WITH_A_NAME.search, words))]
    assert len(commands) > 60
    failed = {" ".join(words): run(*words) for words in commands}
    assert {words: said for words, said in failed.items() if said[0] != 0} == {}


def test_every_key_of_the_page_is_a_key() -> None:
    keys = {word for one in COMMANDS for word in one.shown.split()}
    named = {one for one in MARKED if len(one) == 1}
    assert len(named) >= 8
    assert named <= keys


def test_every_article_has_its_table() -> None:
    sources = {name for one in shipped_library().exercises.values() for name in one.sources}
    assert sources - {"project"} <= set(re.findall(r"^## .*\(`([a-z-]+)`\)$", PAGE, re.MULTILINE))
