"""Two full screens and a command at work on one folder, in random steps.

    python bench/together.py [--seconds 600] [--seed N] [--terminal] [--fault NAME]

Each process reports its steps. The screens take turns: one writes, the other looks, and takes over
when the first leaves. The command logs whenever it is let in. At the end each confirmed step must
be in the log once, and what was taken back or refused must not be. The exit status is 1 if not.
With ``--terminal`` the screens are real ones: sets are typed, and some screens are killed.
``--fault boasting`` reports steps that were not taken, to check that this is noticed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from random import Random, SystemRandom
from time import monotonic

from _child import Child, Message, Tell
from _forked import warm
from _made import make_log
from _mate import COMMAND, SCREENS, SETTING, Commander, Mate, Typist, is_mark
from _told import told

SESSIONS = 6
PATIENCE_S = 60.0
LISTED = 20
WORKERS = (*SCREENS, COMMAND)


def at_work(
    name: str, folder: Path, seed: int, end: float, *, boasting: bool, terminal: bool
) -> Child:
    """A process that works on the log until ``end``."""

    def work(tell: Tell) -> None:
        chance = Random(f"{seed} {name}")
        if name == COMMAND:
            Commander(name, folder, chance, tell).work(end)
        elif terminal:
            Typist(name, folder, chance, tell).work(end)
        else:
            Mate(name, folder, chance, tell, boasting=boasting).work(end)

    return Child(work)


def listen(children: dict[str, Child], end: float) -> list[str]:
    """Hear all of them out; return what went wrong, in words."""
    waiting = dict(children)
    while waiting and monotonic() < end + PATIENCE_S:
        for name, child in [*waiting.items()]:
            if child.listen(0.05, lambda message: "end" in message) or child.ended:
                del waiting[name]
    wrong = [f"{name} did not end" for name in waiting]
    for name, child in children.items():
        if not child.kill() and name not in waiting:
            wrong.append(f"{name} ended by itself; its error stands above")
    return wrong


def expected(messages: Iterable[Message]) -> tuple[set[str], str]:
    """The marks that must be there, and the last setting. The steps of all are taken in the order
    in which they were confirmed: the lock keeps them apart."""
    there: set[str] = set()
    setting = ""
    for message in sorted((m for m in messages if "done" in m), key=lambda m: m["when"]):
        step = message["done"]
        if step["step"] == "setting":
            (setting,) = step["add"]
        else:
            there = (there - set(step["remove"])) | set(step["add"])
    return there, setting


def found(folder: Path) -> tuple[dict[str, int], str, list[str]]:
    """The marks in the log, each with how often it is there; the setting; and what was wrong."""
    facts, wrong = told(folder)
    # The two sides of a set bear the same mark.
    sides: Counter[tuple[str, str]] = Counter()
    setting = ""
    for name, count in facts.items():
        if name.startswith("race ") and is_mark(race := json.loads(name[5:])["name"]):
            sides[race, ""] += count
        elif name.startswith("config "):
            doc = json.loads(name[7:])
            setting = f"{SETTING} {doc['value']}" if doc["key"] == SETTING else setting
        elif name.startswith("{"):
            doc = json.loads(name)
            if doc.get("metric"):
                sides[f"metric {doc['date']}", ""] += count
            elif is_mark(doc.get("note", "")):
                sides[doc["note"], doc["side"]] += count
    marks: dict[str, int] = {}
    for (mark, _), count in sides.items():
        marks[mark] = max(count, marks.get(mark, 0))
    return marks, setting, wrong


def main() -> int:
    """Let them work, print what they did, and return 1 if anything is lost or there twice."""
    parser = argparse.ArgumentParser(description="Two screens and a command on one log.")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=SystemRandom().getrandbits(32))
    parser.add_argument("--terminal", action="store_true", help="real screens, driven by keys")
    parser.add_argument("--fault", choices=("none", "boasting"), default="none")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    warm()
    with tempfile.TemporaryDirectory(prefix="stridelift-together-") as name:
        folder = Path(name) / "data"
        os.environ["XDG_STATE_HOME"] = str(Path(name) / "state")
        make_log(folder, SESSIONS)
        end = monotonic() + chosen.seconds
        boasting = chosen.fault == "boasting"
        children = {
            each: at_work(
                each, folder, chosen.seed, end, boasting=boasting, terminal=chosen.terminal
            )
            for each in WORKERS
        }
        wrong = listen(children, end)
        there, setting, bad = found(folder)
    messages = [message for child in children.values() for message in child.told]
    wanted, last = expected(messages)
    lost = sorted(wanted - set(there))
    twice = sorted(f"{mark}, {count} times" for mark, count in there.items() if count > 1)
    doubtful = {mark for m in messages if "doubt" in m for mark in m["doubt"]["add"]}
    nowhere = sorted(set(there) - wanted - doubtful)
    lost += [last] if last and last != setting else []
    for kind in ("done", "refused", "doubt"):
        steps = Counter((m[kind]["by"], m[kind]["step"]) for m in messages if kind in m)
        for by in WORKERS:
            names = [f"{n} {step}" for (who, step), n in sorted(steps.items()) if who == by]
            print(f"{kind:8}{by:8} {', '.join(names) or 'nothing'}")
    for kind in ("looked", "took over"):
        print(f"{kind:16} {sum(kind in message for message in messages)} times")
    print(f"confirmed and in the log: {len(wanted & set(there))} of {len(wanted)}")
    print(f"lost {len(lost)}, twice {len(twice)}, from nowhere {len(nowhere)}")
    wrong += [f"{m['blind']} could not look: {m['why']}" for m in messages if "blind" in m]
    shown = {"lost": lost, "twice": twice, "from nowhere": nowhere, "wrong": [*wrong, *bad]}
    for what, lines in shown.items():
        for line in lines[:LISTED]:
            print(f"{what}: {line}")
    return 1 if any(shown.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
