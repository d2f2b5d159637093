"""Three machines that share one home by sync, at random: what they do, how they are killed, and
what must hold at the end.

``python -m tests.machines.clones RUNS SEED`` makes a long run and prints what it did.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from tui import bootstrap
from tui.app.logbook import Logbook
from tui.app.sync import Synced, sync
from tui.app.sync_join import Joined, joined
from tui.app.sync_setup import set_up
from tui.app.sync_turn import in_turn
from tui.domain.model.joining import Documents
from tui.domain.model.library.own_entries import join_libraries
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import parse
from tui.domain.model.values import Kind, Level, Record, SetKind
from tui.domain.planning.calendar_changes import typed_change
from tui.domain.planning.own_exercises import exercise_entry, with_exercise
from tui.domain.planning.profile_joining import Tables, join_profiles
from tui.domain.planning.today import item
from tui.domain.session.actions import Put, Write
from tui.domain.session.live import Key
from tui.store.git import Git
from tui.store.paths import Paths

DAY = datetime(2026, 12, 28, 18, tzinfo=UTC)
STEPS = 40
# Their clocks, in minutes.
CLOCKS = {"laptop": 0, "tower": -10, "phone": 7}
EXERCISES = ("back-squat", "deadlift", "box-jump", "plank")
GIT = shutil.which("git") or "git"
# Counts its calls, and at one of them ends the process that syncs: before, after or amid it.
WRAPPER = """#!/bin/sh
. "$0.told"
n=$(($(cat "$0.count") + 1))
echo $n > "$0.count"
[ $n = $AT ] || exec {git} "$@"
[ $HOW = before ] || timeout -s KILL $SECONDS_LEFT {git} "$@"
kill -9 $VICTIM
exit 137
"""
# What a process asks the system for where it changes files or starts others.
TOUCHED = {"open", "os.rename", "os.link", "os.remove", "os.truncate", "subprocess.Popen"}


@cache
def library() -> Library:
    """The shipped library, parsed once."""
    return bootstrap.shipped_library()


class Machine:
    """One machine: its data folder, its state folder, and its clock."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.name = name
        self.paths = Paths(world.folder / name)
        self.state = world.folder / f"state-{name}"
        self.off = timedelta(minutes=CLOCKS[name])
        self.sides = 0

    def now(self) -> datetime:
        return self.world.now + self.off

    @contextmanager
    def here(self) -> Iterator[None]:
        """Be on this machine."""
        before = os.environ.get("XDG_STATE_HOME")
        os.environ["XDG_STATE_HOME"] = str(self.state)
        try:
            yield
        finally:
            os.environ["XDG_STATE_HOME"] = before or ""

    @contextmanager
    def book(self, *, write: bool = True) -> Iterator[Logbook]:
        book = Logbook(
            self.paths,
            library(),
            now=self.now,
            random_bits=lambda: self.world.random.getrandbits(80),
            shipped=library,
        )
        book.profile.reload()
        book.open(write=write)
        try:
            yield book
        finally:
            book.close()

    def said(self, *args: str) -> str:
        """What git says in the data folder, also to complain."""
        done = subprocess.run(
            [GIT, *args],
            cwd=self.paths.root,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.stdout

    def git(self, *args: str) -> int:
        """What the runner types in the data folder; the exit code."""
        who = ("-c", "user.name=Anna", "-c", "user.email=anna@localhost", "-c", "gc.auto=0")
        done = subprocess.run(
            [GIT, *who, *args], cwd=self.paths.root, capture_output=True, check=False
        )
        return done.returncode

    def sync(self) -> Synced:
        """A sync as the command makes it."""
        git = Git(self.paths.root, may_ask=False, patience_s=20)

        def join() -> Joined | None:
            with self.book(write=False) as book:
                return in_turn(book, lambda: joined(book, git), lambda _: None)

        return sync(self.paths.root, git, join, wait=lambda _: None)


class World:
    """Three machines, their home, and everything that any of them has confirmed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.now = DAY
        self.did = Counter[str]()
        self.log = Documents()
        self.profile: Tables = {}
        self.library: dict[str, object] = {}
        self.home = folder / "home.git"
        self.wrapped = folder / "wrapped"
        self.wrapped.mkdir(parents=True)
        wrapper = self.wrapped / "git"
        wrapper.write_text(WRAPPER.format(git=GIT))
        wrapper.chmod(0o700)
        subprocess.run([GIT, "init", "-q", "--bare", "-b", "main", str(self.home)], check=True)
        self.machines = [Machine(self, name) for name in CLOCKS]
        for machine in self.machines:
            with machine.here():
                # Each has a log of its own before the first sync.
                self.edit(machine)
                git = Git(machine.paths.root, may_ask=False, patience_s=20)
                set_up(machine.paths, git, str(self.home), anyway=False)

    # -- what a runner does --------------------------------------------------------------------

    def step(self) -> None:
        """Something happens on one of the machines."""
        machine = self.random.choice(self.machines)
        self.now += timedelta(minutes=self.random.choice((1, 7, 60, 60 * 24)))
        doing: dict[Callable[[Machine], None], int] = {
            self.burst: 10,
            self.synced: 6,
            self.killed: 9,
            self.offline: 2,
            self.plain: 4,
        }
        [act] = self.random.choices([*doing], [*doing.values()])
        with machine.here():
            act(machine)

    def burst(self, machine: Machine) -> None:
        for _ in range(self.random.choice((1, 1, 2, 3))):
            self.edit(machine)

    def edit(self, machine: Machine) -> None:
        """One change of the log, the settings or the own library, which is confirmed after."""
        changes = [self._log, self._train, self._correct, self._delete, self._delete_set]
        changes += [self._restore, self._move, self._tell, self._setting, self._race, self._own]
        with machine.book() as book:
            book.read_all()
            self.random.choice([*changes, self._log, self._log, self._correct])(book)
        self.did["edit"] += 1
        self.confirm(machine)

    def _log(self, book: Logbook) -> None:
        exercise = library().exercises[self.random.choice(EXERCISES)]
        days = self.random.choice((0, 0, 0, -1, -9, -400))
        typed = parse(self._typed(exercise.kind), exercise.kind)
        book.recorder.log(exercise, typed, book.now() + timedelta(days=days))

    def _typed(self, kind: Kind) -> str:
        count, much = self.random.randint(1, 3), self.random.randint(1, 12)
        if kind is Kind.HOLD:
            return f"{count}x{much * 5}s"
        return f"{count}x{much}" + (f" {much * 10}kg" if kind is Kind.LOADED else "")

    def _train(self, book: Logbook) -> None:
        book.recorder.start(None)
        squat = item(library().exercises["back-squat"], Level.BEGINNER)
        live = book.recorder.do(Put(squat, None))
        key = Key(live.items[0].id, SetKind.WORK, 1)
        reps = self.random.randint(1, 20)
        book.recorder.do(Write(key, tuple(parse(f"{reps} 60kg", Kind.LOADED))))
        book.recorder.finish()

    def _correct(self, book: Logbook) -> None:
        done = [
            (session, entry, row)
            for session in book.reader.sessions()
            for entry in session.live()
            for row in entry.live()
        ]
        if done:
            session, entry, row = self.random.choice(done)
            kind = library().exercises[entry.exercise].kind
            typed = self._typed(kind).partition("x")[2]
            book.recorder.correct(session, [row], parse(typed, kind))

    def _delete(self, book: Logbook) -> None:
        if sessions := [one for one in book.reader.sessions() if not one.deleted]:
            book.recorder.delete(self.random.choice(sessions))

    def _delete_set(self, book: Logbook) -> None:
        if sessions := [one for one in book.reader.sessions() if one.live()]:
            session = self.random.choice(sessions)
            book.recorder.delete_set(session, [self.random.choice(session.live()).live()[0]])

    def _restore(self, book: Logbook) -> None:
        repository = book.reader.repository
        every = [one for year in repository.years() for one in repository.sessions(year)]
        if gone := [one for one in every if one.deleted]:
            book.recorder.restore(self.random.choice(gone).id)

    def _move(self, book: Logbook) -> None:
        if sessions := [one for one in book.reader.sessions() if one.live()]:
            session = self.random.choice(sessions)
            days = self.random.choice((-1, 4, 9, 366, -366, -30))
            book.recorder.move(session, session.started + timedelta(days=days))

    def _tell(self, book: Logbook) -> None:
        day = book.now().date() - timedelta(days=self.random.choice((0, 1, 400)))
        stamp = book.now().isoformat()
        told = {"pain": self.random.randint(0, 9), "region": "knee"}
        book.recorder.tell(
            Record(id=f"morning-{day}", edited=stamp, type="morning", day=day, values=told)
        )

    def _setting(self, book: Logbook) -> None:
        key, values = self.random.choice(
            (
                ("level", ("beginner", "intermediate", "advanced")),
                ("body_weight", (60, 61.5, "154lb")),
                ("unit", ("kg", "lb")),
            )
        )
        book.profile.set(key, self.random.choice(values))

    def _race(self, book: Logbook) -> None:
        day = book.now().date() + timedelta(days=self.random.randint(30, 400))
        book.profile.change_calendar(typed_change(f"race {day} Ridge", book.now().date()))

    def _own(self, book: Logbook) -> None:
        shipped = library().exercises["back-squat"]
        number = self.random.randint(1, 4)
        made = replace(shipped, id=f"own-{number}", name=f"Own {number}", aliases=())
        entry = {**exercise_entry(made), "name": f"Own {number} of {self.random.randint(1, 9)}"}
        book.profile.change_library(lambda own: with_exercise(own, entry))

    def confirm(self, machine: Machine) -> None:
        """What lies on this machine now was confirmed to the runner."""
        with machine.book(write=False) as book:
            repository = book.reader.repository
            for year in repository.years():
                self.log.take(repository.stored(year), repository.records(year))
            self.profile = join_profiles(self.profile, book.profile.store.stored())
            self.library = join_libraries(self.library, book.profile.own_library.stored()).library

    # -- syncs ---------------------------------------------------------------------------------

    def synced(self, machine: Machine) -> None:
        """A whole sync."""
        self._age(machine)
        done = machine.sync()
        self.did["sync" if done.trouble is None else f"trouble {done.trouble.kind}"] += 1

    def offline(self, machine: Machine) -> None:
        """A sync while home is not there."""
        away = self.home.with_name("away.git")
        self._age(machine)
        self.home.rename(away)
        try:
            assert machine.sync().trouble is not None
        finally:
            away.rename(self.home)
        self.did["offline"] += 1

    def killed(self, machine: Machine) -> None:
        """A sync that is killed on its way: at a call of git, at a change of a file, or at any
        moment."""
        self._age(machine)
        how = self.random.choice(("git", "git", "file", "file", "moment"))
        sys.stdout.flush()
        pid = os.fork()
        if not pid:
            with suppress(BaseException):
                os.setsid()
                null = os.open(os.devnull, os.O_RDWR)
                for stream in range(3):
                    os.dup2(null, stream)
                getattr(self, f"_at_{how}")()
                machine.sync()
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        self.did[f"killed at a {how}" if os.WIFSIGNALED(status) else f"not killed at {how}"] += 1

    def _at_git(self) -> None:
        told: dict[str, object] = {
            "AT": self.random.randint(1, 13),
            "HOW": self.random.choice(("before", "amid", "after")),
            "VICTIM": os.getpid(),
        }
        told["SECONDS_LEFT"] = self.random.uniform(0, 0.006) if told["HOW"] == "amid" else 9
        Path(f"{self.wrapped}/git.told").write_text(
            "".join(f"{name}={value}\n" for name, value in told.items())
        )
        Path(f"{self.wrapped}/git.count").write_text("0\n")
        os.environ["PATH"] = f"{self.wrapped}:{os.environ['PATH']}"

    def _at_file(self) -> None:
        left = self.random.randint(1, 110)

        def hook(event: str, _: object) -> None:
            nonlocal left
            if event in TOUCHED:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)

    def _at_moment(self) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, self.random.uniform(0.001, 0.09))

    def _age(self, machine: Machine) -> None:
        """A minute goes by since the last sync: what it left locked counts as left behind."""
        self.random.random()
        for lock in machine.paths.root.glob(".git/**/*.lock"):
            with suppress(OSError):
                os.utime(lock, (1, 1))
                self.did["lock left"] += lock.name != "stridelift.lock"

    # -- plain git -----------------------------------------------------------------------------

    def plain(self, machine: Machine) -> None:
        """The runner uses git beside it."""
        name = self.random.choice(
            ("pull", "commit", "detach", "side", "index", "reset", "stash", "amend", "notes")
        )
        self.did[f"git: {name}"] += 1
        git = machine.git
        match name:
            case "pull":
                git("pull", "-q", "--no-edit")
            case "commit":
                git("add", "-A")
                git("commit", "-q", "-m", "by hand")
            case "detach":
                git("checkout", "-q", self.random.choice(("HEAD~1", "HEAD~2", "HEAD")))
            case "side":
                machine.sides += 1
                git("checkout", "-q", "-b", f"{machine.name}-{machine.sides}")
                self.edit(machine)
                git("commit", "-q", "-a", "-m", "aside")
                git("push", "-q", "home", "HEAD")
            case "index":
                (machine.paths.root / ".git" / "index").unlink(missing_ok=True)
            case "reset":
                if not git("commit", "-q", "-a", "-m", "before a reset"):
                    git("reset", "-q", "--hard", "HEAD~2")
            case "stash":
                git("stash", "-q")
            case "amend":
                git("commit", "-q", "-a", "--amend", "-m", "amended")
            case "notes":
                notes = machine.paths.root / "notes.md"
                notes.write_text(f"{self.random.random()}\n")
                git("add", "-f", "notes.md")

    # -- the end -------------------------------------------------------------------------------

    def end(self) -> None:
        """All sync until nothing is new; then all must have the same, and all of it."""
        quiet, last = 0, ""
        for machine in self.machines * 8:
            self.now += timedelta(minutes=1)
            with machine.here():
                self._age(machine)
                done = machine.sync()
            assert done.trouble is None, f"{machine.name}: {done.trouble}"
            before, last = last, machine.said("rev-parse", "main")
            quiet = quiet + 1 if before == last else 0
            if quiet == len(self.machines):
                break
        assert quiet == len(self.machines), "they never come to rest"
        first = self.machines[0]
        for machine in self.machines:
            assert files(machine) == files(first), f"{machine.name} has other bytes"
            self._check_git(machine)
        with first.here(), first.book(write=False) as book:
            repository = book.reader.repository
            there = Documents()
            for year in repository.years():
                there.take(repository.stored(year), repository.records(year))
            assert there.sessions() == self.log.sessions()
            assert there.records == self.log.records
            assert filled(book.profile.store.stored()) == filled(self.profile)
            own = book.profile.own_library.stored()
            assert join_libraries(own, own).library == self.library
        assert not [*self.home.glob("**/*.lock")], "the server is locked"

    def _check_git(self, machine: Machine) -> None:
        for args, words in (
            (("status", "--porcelain"), ""),
            (("symbolic-ref", "HEAD"), "refs/heads/main\n"),
            (("fsck", "--no-dangling", "--no-progress"), ""),
        ):
            assert machine.said(*args) == words, f"{machine.name}: git {args[0]}"


def filled(tables: Tables) -> Tables:
    """The tables that have anything in them."""
    return {name: table for name, table in tables.items() if table}


def files(machine: Machine) -> dict[str, bytes]:
    """What is synced, as it lies on a machine. Notes that git was not told of, or was made to
    forget, stay where they are."""
    root = machine.paths.root
    every = [*root.glob("log/*.json"), *root.glob("*.json")]
    told = subprocess.run([GIT, "ls-files"], cwd=root, capture_output=True, text=True, check=True)
    every += [root / name for name in told.stdout.split() if not name.endswith(".json")]
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(every) if path.exists()
    }


def run(folder: Path, seed: int, steps: int = STEPS) -> Counter[str]:
    """One run; what was done in it. Raises AssertionError if anything does not hold."""
    with no_config():
        world = World(folder, seed)
        for _ in range(steps):
            world.step()
        world.end()
        return world.did


@contextmanager
def no_config() -> Iterator[None]:
    """Within the block git has no configuration of this machine or user."""
    told = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    before = {name: os.environ.get(name) for name in (*told, "XDG_STATE_HOME")}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def main(runs: int, seed: int, steps: int = STEPS) -> int:
    """Make so many runs from a seed on, and print what they did; 1 if one went wrong."""
    did, begun = Counter[str](), time.monotonic()
    for number in range(seed, seed + runs):
        folder = Path(tempfile.mkdtemp(prefix=f"clones-{number}-"))
        try:
            did += run(folder, number, steps)
        except Exception:
            say(f"seed {number}, see {folder}")
            raise
        shutil.rmtree(folder)
        if (number - seed) % 10 == 9:
            kills = sum(count for name, count in did.items() if name.startswith("killed"))
            say(f"{number - seed + 1} runs, {kills} killed")
    say(f"{runs} runs of {steps} steps in {time.monotonic() - begun:.0f} s")
    kills = sum(count for name, count in did.items() if name.startswith("killed"))
    say(f"{kills} killed; " + ", ".join(f"{n} {c}" for n, c in sorted(did.items())))
    return 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
