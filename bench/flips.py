"""Flips single bits in the files of a log, and asks the log after each.

    python bench/flips.py [--flips 650] [--seed N]

A flip is harmless if every reading command answers as it did before. It is told of if each command
that answers otherwise, or not at all, names the file on stderr. Any other is silent: the log says
something else than what was logged, and nobody is told. The exit status is 1 if there is one, or a
command shows a traceback.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random, SystemRandom
from time import perf_counter
from typing import NamedTuple

from _forked import Ran, command, forked, warm
from _made import make_log
from _told import ASKED, TODAY, captured, options

from tui.bootstrap import open_logbook
from tui.cli import main as run_command
from tui.cli.base import parse_date
from tui.domain.session.actions import Log

COMMANDS = (
    *ASKED,
    ("metric", "list", "--json"),
    ("library", "list", "--json"),
    ("library", "show", "sled-push"),
    ("library", "check"),
    ("today", "--json"),
)
SESSIONS, SETS = 4, 3
# What a file says around a flipped bit, in bytes to each side.
CONTEXT = 18
LISTED = 40
BEFORE = (
    ("log", "back-squat", "3x5 60kg rir2 # slow, but clean"),
    ("log", "box-jump", "3x5", "--on", "2026-10-29"),
    ("morning", "ankle", "1"),
    ("ready", "4", "3", "2", "knee"),
    ("metric", "add", "vertical-jump", "40", "--on", "2026-10-01"),
    ("config", "set", "unit", "lb"),
    ("config", "set", "level", "intermediate"),
    ("race", "add", "2027-03-21", "Town", "10k"),
    ("away", "add", "2026-12-01"),
    ("step-down", "add", "2026-12-07"),
    ("run", "add", "2026-11-05", "easy", "8km"),
)
OWN = {
    "schema_version": 1,
    "exercises": [
        {
            "id": "sled-push",
            "name": "Sled push",
            "aliases": ["sled"],
            "kind": "carry",
            "category": "upper",
            "muscles": ["legs"],
            "equipment": [],
            "sides": "both",
            "doses": {
                level: {"sets": sets, "distance_m": 20, "rest_s": 90}
                for level, sets in (("beginner", 2), ("intermediate", 3), ("advanced", 4))
            },
            "cues": ["Lean into it.", "Short steps.", "Breathe all the way."],
            "why": "Force from the legs with little soreness after.",
            "leg_load": 2,
            "region": "knee",
            "sources": ["project"],
        }
    ],
}
HARMLESS, TOLD, SILENT, FAULT = "harmless", "told", "silent", "traceback"


class Flip(NamedTuple):
    """One flipped bit of a file; ``what`` came of it, and which ``command`` showed it."""

    path: Path
    byte: int
    bit: int
    what: str
    command: str


def make(folder: Path) -> None:
    """A small log with everything in it that a log can hold."""
    make_log(folder, SESSIONS)
    (folder / "library.json").write_text(json.dumps(OWN, indent=2))
    (folder / "library.json").chmod(0o600)
    for words in BEFORE:
        ran = command([*words, *options(folder)])
        assert ran.code == 0, ran.err
    ran = forked(lambda: _session(folder))
    assert ran.code == 0, ran.err


def _session(folder: Path) -> int:
    """Delete a session, correct another, and leave one under way."""
    book = open_logbook(str(folder), parse_date(TODAY), write=True).read_all()
    first, second, *_ = book.reader.sessions()
    book.recorder.delete(first)
    book.recorder.delete_set(second, second.entries[0].sets[:1])
    book.recorder.start(book.planner.next_plan(book.now().date()))
    for _ in range(SETS):
        live = book.recorder.live
        assert live is not None
        item = live.suggested()
        assert item is not None
        book.recorder.do(Log(item.id))
    book.close()
    return 0


def files(folder: Path) -> list[Path]:
    """The files that hold what the runner entered: not copies of them, the lock or the cache."""
    found = [p for p in folder.rglob("*.json*") if p.suffix in {".json", ".jsonl"}]
    return sorted(p for p in found if not p.name.startswith(".") and p.parent.name != "cache")


def ask(folder: Path) -> list[Ran]:
    """What each command answers."""
    return [answer(words, folder) for words in COMMANDS]


def answer(words: Sequence[str], folder: Path) -> Ran:
    """What a command answers, without what depends on the time of day."""
    ran = captured(lambda: run_command([*words, *options(folder)]))
    if words[0] == "today" and ran.code == 0:
        doc = json.loads(ran.out)
        return ran._replace(out=json.dumps({**doc, "due": None}))
    return ran


def verdict(path: Path, before: Sequence[Ran], after: Sequence[Ran]) -> tuple[str, str]:
    """What came of a flip in a file, and the command that showed it. A command that answers must
    name the file itself; one that refuses to answer does not mislead, but then some other must."""
    differ = [
        (" ".join(words), new)
        for words, old, new in zip(COMMANDS, before, after, strict=True)
        if (new.code, new.out) != (old.code, old.out)
    ]
    named = {words for words, ran in differ if path.name in ran.err}
    for words, ran in zip(COMMANDS, after, strict=True):
        if ran.fault:
            return FAULT, f"{' '.join(words)}: {ran.fault}"
    for asked, ran in differ:
        if asked not in named and (ran.code == 0 or not named):
            return SILENT, asked
    return (TOLD, min(named)) if differ else (HARMLESS, "")


def flip(folder: Path, path: Path, byte: int, bit: int, before: Sequence[Ran]) -> Flip:
    """Flip a bit, ask, and put it right again."""
    data = path.read_bytes()
    changed = bytearray(data)
    changed[byte] ^= 1 << bit
    path.write_bytes(changed)
    what, shown = verdict(path, before, ask(folder))
    path.write_bytes(data)
    return Flip(path, byte, bit, what, shown)


def line(one: Flip, folder: Path) -> str:
    """A flip in words: where it was, and what it made of what."""
    data = one.path.read_bytes()
    changed = bytearray(data)
    changed[one.byte] ^= 1 << one.bit
    around = slice(max(0, one.byte - CONTEXT), one.byte + CONTEXT)
    return (
        f"{one.what}: {one.path.relative_to(folder)}, byte {one.byte}, bit {one.bit}: "
        f"{data[around]!r} became {bytes(changed[around])!r}: {one.command}"
    )


def main() -> int:
    """Flip, print what came of it, and return 1 if any flip was silent."""
    parser = argparse.ArgumentParser(description="Flip single bits in a log.")
    parser.add_argument("--flips", type=int, default=650)
    parser.add_argument("--seed", type=int, default=SystemRandom().getrandbits(32))
    chosen = parser.parse_args()
    chance = Random(chosen.seed)
    print(f"seed {chosen.seed}", flush=True)
    warm()
    begun = perf_counter()
    with tempfile.TemporaryDirectory(prefix="stridelift-flips-") as name:
        folder = Path(name) / "data"
        os.environ["XDG_STATE_HOME"] = str(Path(name) / "state")
        make(folder)
        there, before = files(folder), ask(folder)
        assert not any(ran.fault or ran.err for ran in before), before
        # Each file in turn: a year is ten times as long as a profile, and no more worth.
        flips = []
        for number in range(chosen.flips):
            path = there[number % len(there)]
            byte = chance.randrange(path.stat().st_size)
            flips.append(flip(folder, path, byte, chance.randrange(8), before))
        assert ask(folder) == before, "asking changed the log"
        kinds = (HARMLESS, TOLD, SILENT, FAULT)
        print(f"{'':44}{'bytes':>8}{''.join(f'{kind:>11}' for kind in kinds)}")
        for path in there:
            counts = Counter(one.what for one in flips if one.path == path)
            figures = "".join(f"{counts[kind]:11}" for kind in kinds)
            print(f"{path.relative_to(folder)!s:44}{path.stat().st_size:8}{figures}")
        bad = [one for one in flips if one.what in {SILENT, FAULT}]
        print(f"flips {len(flips)} in {perf_counter() - begun:.0f} s; not told of: {len(bad)}")
        for one in bad[:LISTED]:
            print(line(one, folder))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
