"""What a log tells whoever asks for it, through the program's own reading commands.

Each set, record, setting and item of the calendar is one fact, a line of JSON. Ids and times are
left out, as two runs of one command do not share them; a fact that stands twice is counted twice.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from _forked import Ran, forked

from tui.bootstrap import open_logbook
from tui.cli import main as run_command
from tui.cli.base import parse_date
from tui.domain.session.live import Live
from tui.domain.session.replay import to_session
from tui.formats.setlog_writer import render

TODAY = "2026-11-02"
LISTS = ("config", "race", "run", "away", "step-down")
ASKED = (("history", "--json"), ("export",), *((name, "list", "--json") for name in LISTS))
# What differs between two runs of one command.
NOT_COMPARED = {"id", "session", "entry", "edited", "time", "offset", "started", "finished", "at"}
NOT_COMPARED |= {"replaces", "was", "entry_order"}
LOOKED = ("the session under way",)
UNDER_WAY = "a session is under way"

Facts = Counter[str]


class Told(NamedTuple):
    """The facts, and what went wrong in telling them, in words."""

    facts: Facts
    bad: list[str]


def options(folder: Path) -> tuple[str, ...]:
    """The options that make a command work on this data directory, on the day of the benches."""
    return ("--data-dir", str(folder), "--today", TODAY)


def told(folder: Path) -> Told:
    """Ask the log in ``folder``, in a process of its own."""
    ran = forked(lambda: _ask(folder))
    bad = trouble("asking the log", ran)
    if bad:
        return Told(Counter(), bad)
    answers = [Ran(*answer) for answer in json.loads(ran.out)]
    facts: Facts = Counter()
    for words, answer in zip((*ASKED, LOOKED), answers, strict=True):
        bad += trouble(" ".join(words), answer)
        if answer.code == 0:
            facts.update(_facts(words[0], answer.out))
    return Told(facts, bad)


def _ask(folder: Path) -> int:
    """Print all answers, each with its exit code and what it said to stderr."""
    asked = [partial(run_command, [*words, *options(folder)]) for words in ASKED]
    answers = [captured(ask) for ask in (*asked, partial(_print_live, folder))]
    print(json.dumps(answers))
    return 0


def captured(ask: Callable[[], int]) -> Ran:
    """Run something in this process, and keep what it prints."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        return Ran(ask(), out.getvalue(), err.getvalue())


def _facts(name: str, out: str) -> Iterable[str]:
    """What a command printed, as facts."""
    if name == "history":  # The same sets as the export has.
        return ()
    if name == "export":
        return (fact(json.loads(line)) for line in out.splitlines())
    return out.splitlines() if name in LOOKED else _listed(name, json.loads(out))


def trouble(what: str, ran: Ran) -> list[str]:
    """What is wrong with a run that should have been able to answer, in words."""
    if ran.fault:
        return [f"{what}: {ran.fault}"]
    return [] if ran.code == 0 else [f"{what}: exit code {ran.code}: {ran.err.strip()}"]


def fact(doc: Mapping[str, Any]) -> str:
    """A line of an export as a fact."""
    kept = {key: value for key, value in doc.items() if key not in NOT_COMPARED}
    return json.dumps(kept, sort_keys=True)


def of_live(live: Live | None) -> list[str]:
    """The facts of a session under way: the same as those of its sets in the log."""
    if live is None or live.finished is not None:
        return []
    return [UNDER_WAY, *(fact(json.loads(line)) for line in render([to_session(live)], []))]


def differences(wanted: Facts, found: Facts, words: str) -> list[str]:
    """What of ``wanted`` is not in ``found``, in words."""
    return [f"{words}{n} x {one}" for one, n in sorted((wanted - found).items())]


def _listed(name: str, answer: Mapping[str, Iterable[Any]]) -> list[str]:
    """The items that a command lists, as facts."""
    return [f"{name} {json.dumps(one, sort_keys=True)}" for each in answer.values() for one in each]


def _print_live(folder: Path) -> int:
    book = open_logbook(str(folder), parse_date(TODAY), write=False)
    for line in of_live(book.recorder.live):
        print(line)
    return 0
