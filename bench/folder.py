"""Takes the folder away under a session, spoils its journal, or sets the clock, and finishes.

    python bench/folder.py [--harms NAME,NAME] [--cases NAME,NAME] [--fault NAME]

Each harm comes down on a session with two sets, in a logbook and in the real full screen. Then the
session is finished at once, or after another set; what was taken away is put back; what was refused
is pressed again; and the program is started anew. Each set that was confirmed must be in the log
once, a session whose finish was confirmed must not be under way, and no traceback may show. The
exit status is 1 if not. ``--fault boasting`` confirms a step that was refused, to check
that this is noticed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from _forked import Ran, forked, warm
from _made import make_log
from _screen import Screen
from _told import TODAY, UNDER_WAY, Facts, Told, differences, fact, of_live, options, told

from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.bootstrap import make_clock, open_logbook, shipped_library
from tui.cli import main as run_command
from tui.cli.base import parse_date
from tui.domain.session.actions import Log, Refused
from tui.store.errors import StoreError
from tui.store.paths import Paths

SESSIONS, SETS = 3, 2
HOUR_S = 3600
LISTED = 60
STILL_REFUSED = "the finish was refused, though all was put back"
HEADS = ("confirmed", "refused", "losses", "doubles", "tracebacks")

Act = Callable[[], object]


class Harm(NamedTuple):
    """What befalls the folder ``root``, and how it is put back. ``for_good``: what was in the log
    before is gone by the runner's own hand. ``clock`` is by how much the clock is set, in s."""

    do: Callable[[Path], object]
    mend: Callable[[Path], object] = lambda _: None
    for_good: bool = False
    clock: int = 0


class Case(NamedTuple):
    """What came of a case: sets confirmed, steps refused, and what was wrong, in words."""

    confirmed: int
    refused: int
    lost: Sequence[str] = ()
    twice: Sequence[str] = ()
    faults: Sequence[str] = ()


# -- the harms -------------------------------------------------------------------------------------


def beside(path: Path) -> Path:
    """Where a folder is while it is away."""
    return path.with_name(f"{path.name}-away")


def emptied_in_place(path: Path) -> None:
    """The folder moved away, and an empty one in its place."""
    path.rename(beside(path))
    path.mkdir(0o700)


def put_back(path: Path) -> None:
    """What stands in the folder's place goes, the folder comes back."""
    shutil.rmtree(path, ignore_errors=True)
    beside(path).rename(path)


def unlinked(root: Path) -> None:
    """A disk unmounted: an empty mount point on another device."""
    beside(root).symlink_to(root.readlink())
    root.unlink()
    root.mkdir(0o700)


def linked_again(root: Path) -> None:
    """The disk mounted again, over what was written into the mount point."""
    shutil.rmtree(root)
    beside(root).rename(root)


def contents_removed(root: Path) -> None:
    """All that is in the folder removed, the folder left."""
    for path in root.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def journals(root: Path) -> Iterator[Path]:
    """The journals of the sessions under way."""
    return (root / "live").glob("*.jsonl")


def each_journal(do: Callable[[Path], object]) -> Callable[[Path], None]:
    """The same for every journal."""

    def done(root: Path) -> None:
        for path in [*journals(root)]:
            do(path)

    return done


def replaced(path: Path, data: bytes) -> None:
    """Another file under the name, as programs that sync folders do it."""
    other = path.with_name("other")
    other.write_bytes(data)
    other.replace(path)


def without_last(path: Path) -> bytes:
    """A journal without its last line."""
    return b"".join(path.read_bytes().splitlines(keepends=True)[:-1])


def halved(path: Path) -> None:
    """A journal cut in the middle of a line."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


HARMS = {
    "nothing": Harm(lambda _: None),
    "moved away": Harm(lambda root: root.rename(beside(root)), put_back),
    "the folder above moved away": Harm(
        lambda root: root.parent.rename(beside(root.parent)), lambda root: put_back(root.parent)
    ),
    "unmounted (another device)": Harm(unlinked, linked_again),
    # On the same disk it is the runner's own new folder: the session goes on there.
    "an empty one in its place": Harm(emptied_in_place, for_good=True),
    "an empty one above": Harm(
        lambda root: emptied_in_place(root.parent), lambda root: put_back(root.parent)
    ),
    "removed": Harm(shutil.rmtree, lambda root: root.mkdir(0o700, exist_ok=True), for_good=True),
    "its contents removed": Harm(contents_removed, for_good=True),
    "live removed": Harm(lambda root: shutil.rmtree(root / "live")),
    "the lock removed": Harm(lambda root: (root / "writer.lock").unlink()),
    "journal removed": Harm(each_journal(Path.unlink)),
    "journal emptied": Harm(each_journal(lambda path: os.truncate(path, 0))),
    "journal cut in half": Harm(each_journal(halved)),
    "journal replaced by an older one": Harm(
        each_journal(lambda path: replaced(path, without_last(path)))
    ),
    "journal replaced by another": Harm(
        each_journal(lambda path: replaced(path, b'{"e":"start"}\n'))
    ),
    "clock set back 1 h": Harm(lambda _: None, clock=-HOUR_S),
    "clock set forward 1 h": Harm(lambda _: None, clock=HOUR_S),
}
OTHER_DISK = "unmounted (another device)"


class Room:
    """A folder for each case, and what its log tells before it."""

    def __init__(self, folder: Path, *, boasting: bool) -> None:
        self.root, self.boasting = folder / "disk" / "data", boasting
        self.folder = folder
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        make_log(folder / "made", SESSIONS)
        self.before, bad = told(folder / "made")
        assert not bad, bad

    @contextmanager
    def case(self, name: str) -> Iterator[Path]:
        """The data directory, fresh, on a disk as the harm needs it."""
        shutil.rmtree(self.root.parent, ignore_errors=True)
        self.root.parent.mkdir()
        if name != OTHER_DISK:
            shutil.copytree(self.folder / "made", self.root)
            yield self.root
            return
        with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="stridelift-folder-") as disk:
            shutil.copytree(self.folder / "made", Path(disk) / "data")
            self.root.symlink_to(Path(disk) / "data")
            yield self.root

    def kept(self, name: str) -> Facts:
        """What of the log before a harm must be there after it."""
        return Counter() if HARMS[name].for_good else self.before


def anew(root: Path) -> Told:
    """Start the program anew, and ask the log before and after that."""
    first = told(root)
    ran = forked(lambda: started(root))
    left, bad = told(root)
    # The finish says of each set that was open why it was not done.
    done = Counter({one: n for one, n in left.items() if '"undone"' not in one})
    return Told(done, [*first.bad, *([ran.fault or ran.err] if ran.code else []), *bad])


def started(root: Path) -> int:
    """A start of the full screen, which resumes or files what it finds."""
    open_logbook(str(root), parse_date(TODAY), write=True).read_all().close()
    return 0


# -- in a logbook ----------------------------------------------------------------------------------


class Sitting:
    """A session in a logbook; ``boasting`` confirms a finish even if it was refused."""

    def __init__(self, root: Path, *, boasting: bool) -> None:
        self.boasting = boasting
        self.shift, clock = 0, make_clock(parse_date(TODAY))
        self.refused = 0
        self.confirmed: list[str] = []
        self.boasts: list[str] = []
        self.book = Logbook(
            Paths(root),
            shipped_library(),
            now=lambda: clock() + timedelta(seconds=self.shift),
            random_bits=lambda: int.from_bytes(os.urandom(10)),
        )
        self.book.open(write=True)
        self.book.read_all()

    def try_to(self, act: Act) -> bool:
        """Take a step; False if it was refused."""
        try:
            act()
        except (StoreError, ReadOnly, Refused):
            self.refused += 1
            return False
        return True

    def log(self) -> None:
        """Log the next set, if it is taken."""

        def act() -> None:
            live = self.book.recorder.live
            item = None if live is None else live.suggested()
            assert item is not None
            self.confirmed = of_live(self.book.recorder.do(Log(item.id)))

        self.try_to(act)

    def finish(self) -> None:
        """Finish, if it is taken."""
        if self.try_to(self.book.recorder.finish):
            self.confirmed = [one for one in self.confirmed if one != UNDER_WAY]
        elif self.boasting:
            self.boasts.append(fact({"exercise": "none", "kind": "work", "set": self.refused}))


def in_a_logbook(root: Path, harm: Harm, *, a_set_more: bool, boasting: bool) -> int:
    """A session that the harm comes down on; prints what was confirmed in the end."""
    sitting = Sitting(root, boasting=boasting)
    recorder = sitting.book.recorder
    recorder.start(sitting.book.planner.next_plan(sitting.book.now().date()))
    for _ in range(SETS):
        sitting.log()
    harm.do(root)
    sitting.shift = harm.clock
    if a_set_more:
        sitting.log()
    sitting.finish()
    harm.mend(root)
    if recorder.live is not None:
        if recorder.live.finished is None:
            sitting.log()
        sitting.finish()
    sitting.book.close()
    confirmed = [*sitting.confirmed, *sitting.boasts]
    print(json.dumps({"confirmed": confirmed, "refused": sitting.refused}))
    return 0


def logbook_case(room: Room, name: str, *, a_set_more: bool) -> Case:
    """A case in a logbook, in a process of its own."""
    with room.case(name) as root:
        boasting = room.boasting
        ran = forked(
            lambda: in_a_logbook(root, HARMS[name], a_set_more=a_set_more, boasting=boasting)
        )
        if ran.code:
            return Case(0, 0, faults=[ran.fault or ran.err])
        end = json.loads(ran.out)
        confirmed = Counter(end["confirmed"])
        left, faults = anew(root)
        # Finished in the end, whatever befell it in between.
        faults += [STILL_REFUSED] if UNDER_WAY in confirmed else []
        sets = {set_of(one) for one in confirmed if one != UNDER_WAY}
        return Case(
            len(sets),
            end["refused"],
            differences(confirmed + room.kept(name), left, ""),
            differences(left, confirmed + room.before, ""),
            faults,
        )


# -- in the full screen ----------------------------------------------------------------------------


def screen_case(room: Room, name: str, *, a_set_more: bool) -> Case:
    """A case in the full screen."""
    harm = HARMS[name]
    with room.case(name) as root:
        screen = Screen(root)
        took = [screen.add() for _ in range(SETS)]
        faults = []
        if harm.clock:
            faults.append(screen.leave())
            screen = Screen(root, harm.clock)
        harm.do(root)
        if a_set_more:
            took.append(screen.add())
        ended = [screen.end()]
        harm.mend(root)
        if not ended[0]:
            took.append(screen.add())
            ended.append(screen.end())
        faults.append(screen.leave())
        if not ended[-1]:
            faults.append(STILL_REFUSED)
        left, bad = anew(root)
        sides = Counter({one: n for one, n in left.items() if f'"date": "{TODAY}"' in one})
        sets = {set_of(one) for one in sides}
        lost = ["a set that was shown as done"] * (sum(took) - len(sets))
        return Case(
            sum(took),
            [*took, *ended].count(False),
            [*lost, *differences(room.kept(name), left, "")],
            differences(left, Counter(sides.keys()) + room.before, ""),
            [*filter(None, faults), *bad],
        )


def set_of(told: str) -> tuple[str, ...]:
    """Which set a fact is of: its sides are facts of their own."""
    doc = json.loads(told)
    return doc["exercise"], doc["kind"], str(doc["set"])


# -- in commands -----------------------------------------------------------------------------------

TYPED = (
    ("log", "back-squat", "2x5 60kg"),
    ("log", "back-squat", "1x3 70kg"),
    ("log", "deadlift", "2x5 80kg", "--on", "2026-10-28"),
    ("morning", "knee", "3"),
    ("morning", "knee", "5"),
    ("ready", "4", "4", "0"),
    ("ready", "2", "3", "4", "knee"),
    ("metric", "add", "vertical-jump", "40"),
    ("metric", "add", "vertical-jump", "42"),
    ("config", "set", "unit", "lb"),
    ("config", "set", "unit", "kg"),
    ("race", "add", "2027-05-09", "Ridge", "Race"),
    ("log", "back-squat", "1x2 75kg"),
)


def shifted(words: Sequence[str], root: Path, shift: int) -> Ran:
    """Run a command with the clock set by ``shift`` seconds."""

    def work() -> int:
        real = time.time
        time.time = lambda: real() + shift
        return run_command([*words, *options(root)])

    return forked(work)


def command_case(room: Room, name: str) -> Case:
    """The same commands, the clock set before every second one, and not: both logs must tell the
    same after each."""
    told_after: list[list[Facts]] = []
    faults = []
    for shift in (0, HARMS[name].clock):
        with room.case(name) as root:
            told_after.append([])
            for number, words in enumerate(TYPED):
                ran = shifted(words, root, shift * (number % 2))
                faults += [ran.fault or ran.err] if ran.code else []
                facts, bad = told(root)
                faults += bad
                told_after[-1].append(facts)
    lost, twice = [], []
    for words, plain, other in zip(TYPED, *told_after, strict=True):
        lost += differences(plain, other, f"{' '.join(words)}: ")
        twice += differences(other, plain, f"{' '.join(words)}: ")
    return Case(len(TYPED), 0, lost, twice, faults)


# -- the table -------------------------------------------------------------------------------------


def cases(room: Room, name: str) -> Iterator[tuple[str, Callable[[], Case]]]:
    """Every case of a harm, by its name."""
    for after, more in (("finish", False), ("set, finish", True)):
        yield f"logbook: {after}", partial(logbook_case, room, name, a_set_more=more)
        yield f"screen: {after}", partial(screen_case, room, name, a_set_more=more)
    if HARMS[name].clock:
        yield "commands", partial(command_case, room, name)


def second_disk() -> bool:
    """Whether there is a folder on another device than the one for temporary files."""
    place = Path("/dev/shm")  # Memory, where Linux has it.
    temporary = Path(tempfile.gettempdir())
    return os.access(place, os.W_OK) and place.stat().st_dev != temporary.stat().st_dev


def main() -> int:
    """Let each harm come down on a session, print the table, and return 1 if anything is lost."""
    parser = argparse.ArgumentParser(description="Take the folder away under a session.")
    parser.add_argument("--harms", default="", help="only these, parted by commas")
    parser.add_argument("--cases", default="", help="only those that begin so, parted by commas")
    parser.add_argument("--fault", choices=("none", "boasting"), default="none")
    chosen = parser.parse_args()
    warm()
    begun = perf_counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="stridelift-folder-") as folder:
        room = Room(Path(folder), boasting=chosen.fault == "boasting")
        print(f"{'':52}{''.join(f'{head:>11}' for head in HEADS)}", flush=True)
        for name in chosen.harms.split(",") if chosen.harms else HARMS:
            if name == OTHER_DISK and not second_disk():
                print(f"{name}: not run: this machine has no second disk")
                continue
            for what, run in cases(room, name):
                if not what.startswith(tuple(chosen.cases.split(","))):
                    continue
                case = run()
                bad = (case.lost, case.twice, case.faults)
                figures = (case.confirmed, case.refused, *map(len, bad))
                head = f"{name}: {what}"
                print(f"{head:52}{''.join(f'{n:11}' for n in figures)}", flush=True)
                for kind, lines in zip(HEADS[2:], bad, strict=True):
                    wrong += [f"{head}: {kind}: {line}" for line in lines]
    print(f"in {perf_counter() - begun:.0f} s; wrong: {len(wrong)}")
    for line in wrong[:LISTED]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
