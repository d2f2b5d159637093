"""Three windows on one log that take the session from each other, are killed and are stopped.

By hand: ``python -m tests.machines.hand_over SECONDS SEED``; ``lying`` behind it makes the locks of
the disk lie. Each window writes down what was confirmed to it. At the end every confirmed line must
be in a journal, none twice, numbered from 1 without a gap.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tui.app.logbook import Logbook
from tui.app.taking_over import POLL_S, Answer, TakingOver
from tui.app.write_access import ReadOnly
from tui.bootstrap import open_logbook
from tui.domain.session.actions import SessionNote
from tui.store.journal import journal_path
from tui.store.journal_lines import scan_lines
from tui.store.paths import Paths
from tui.store.repository import Repository

WINDOWS = 3
# As the screen does it.
LOOK_S = 1.0
NAME, LYING = "WINDOW_NAME", "WINDOW_LYING"
# A window has this long to answer, with everything else that the machine does.
WAIT_S = 60


# -- one window ------------------------------------------------------------------------------------


class Window:
    """What a screen does to its log, without the screen: a step at a key, a look each second."""

    def __init__(self, root: Path) -> None:
        # Not by its pid, which another one may have later.
        self.name = os.environ[NAME]
        self.chance = random.Random(self.name)
        self.root = root
        self.told = os.open(
            root.with_name("told") / self.name, os.O_WRONLY | os.O_CREAT | os.O_APPEND
        )
        self.count = 0
        self.idle = False
        self.book: Logbook = open_logbook(str(root), None, write=True).read_all()

    def run(self) -> None:
        look = time.monotonic() + LOOK_S * self.chance.random()
        self.say({"ready": os.getpid()})
        while True:
            pause = 9.0 if self.idle else self.chance.choice((0.002, 0.01, 0.05, 0.2))
            wait = max(0.0, min(look - time.monotonic(), pause))
            if select.select([0], [], [], wait)[0]:
                line = os.read(0, 1)
                if not line:
                    return
                self.hear(line)
            elif time.monotonic() >= look:
                look = time.monotonic() + LOOK_S
                self.book.hand_over()
                self.book.look_around()
            elif not self.idle:
                self.book.hand_over()
                self.step()

    def hear(self, word: bytes) -> None:
        if word == b"o":
            self.take()
        elif word == b"f":
            self.finish()
        elif word == b"s":
            self.step()
        elif word == b"i":
            self.idle = not self.idle
        if word != b"o":
            self.say({"heard": word.decode()})

    def step(self) -> None:
        """One more line, written down once it is confirmed."""
        book = self.book
        if not book.access.granted:
            return
        self.count += 1
        words = f"{self.name}-{self.count}"
        with suppress(ReadOnly):
            if book.recorder.live is None:
                book.recorder.start(None)
            book.recorder.do(SessionNote(words))
            os.write(self.told, f"{words}\n".encode())

    def finish(self) -> None:
        """Finish the session, with a copy of its journal for the count at the end."""
        self.book.hand_over()
        live = self.book.recorder.live
        if live is None or not self.book.access.granted:
            return
        path = journal_path(self.book.paths, live.id)
        copy = self.root.with_name("finished") / path.name
        copy.with_suffix(".tmp").write_bytes(path.read_bytes())
        copy.with_suffix(".tmp").replace(copy)
        self.book.recorder.finish()

    def take(self) -> None:
        """What O does, and K if the other does not answer."""
        begun, ended = time.monotonic(), False
        if self.book.access.granted:
            self.say({"answer": "granted", "seconds": 0, "ended": False})
            return
        attempt = TakingOver(self.book)
        while True:
            answer = attempt.look()
            if answer is Answer.SILENT and not ended and attempt.end():
                ended = True
            elif answer is not Answer.NONE_YET:
                break
            time.sleep(POLL_S)
        self.say({"answer": answer.name, "seconds": time.monotonic() - begun, "ended": ended})
        if answer is Answer.TAKEN:
            self.step()

    @staticmethod
    def say(words: dict[str, Any]) -> None:
        os.write(1, json.dumps(words).encode() + b"\n")


def lie() -> None:
    """A disk whose locks let everyone in, and do not say so."""
    import fcntl

    from tui.store.lock import WriterLock

    fcntl.flock = lambda *_: None
    WriterLock._really_locks = lambda *_: True  # type: ignore[method-assign]  # it lies


# -- the three together ----------------------------------------------------------------------------


class Result(NamedTuple):
    """What was seen: the seconds of each hand-over by a living window, how often which thing
    happened, how many lines were confirmed, and what is wrong."""

    seconds: list[float]
    happened: Counter[str]
    confirmed: int
    wrong: list[str]


class Machine:
    """The windows, each a process of its own."""

    def __init__(self, folder: Path, seed: int, *, lying: bool) -> None:
        self.chance = random.Random(seed)
        self.root = folder / "data"
        self.lying = lying
        self.begun = 0
        self.seconds: list[float] = []
        self.happened: Counter[str] = Counter()
        for name in ("told", "finished"):
            (folder / name).mkdir()
        self.env = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
        self.windows = [self.start()]
        # There is one session before the others come, also where each may begin its own.
        tell(self.windows[0], b"s")
        self.windows += [self.start() for _ in range(WINDOWS - 1)]

    def start(self) -> subprocess.Popen[bytes]:
        self.begun += 1
        env = {**self.env, NAME: f"{self.begun}-{self.chance.randrange(1000)}"}
        window = subprocess.Popen(
            [sys.executable, "-m", __spec_name__, "window", str(self.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=env | ({LYING: "1"} if self.lying else {}),
            start_new_session=True,
        )
        assert "ready" in answer(window)
        return window

    def run(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.hand_over()
        while time.monotonic() < end:
            what = self.chance.choices(
                (self.hand_over, self.kill, self.stop, self.end, self.both, self.finish),
                (60, 25, 11, 0 if self.lying else 1.5, 6, 0 if self.lying else 4),
            )[0]
            what()
            time.sleep(self.chance.choice((0, 0.01, 0.05, 0.1)))

    def holder(self) -> subprocess.Popen[bytes] | None:
        with suppress(OSError, ValueError):
            pid = json.loads((self.root / "writer.lock").read_bytes())["pid"]
            return next((one for one in self.windows if one.pid == pid), None)
        return None

    def other(self) -> subprocess.Popen[bytes]:
        holder = self.holder()
        return self.chance.choice([one for one in self.windows if one is not holder])

    def hand_over(self) -> None:
        """From one that lives; at times from one at which no key is pressed."""
        holder, taker = self.holder(), self.other()
        idle = holder is not None and self.chance.random() < 0.3
        if idle and holder is not None:
            tell(holder, b"i")
        self.take(taker, living=True)
        if idle and holder is not None:
            tell(holder, b"i")

    def take(self, taker: subprocess.Popen[bytes], *, living: bool) -> dict[str, Any]:
        said = tell(taker, b"o")
        self.happened[said["answer"]] += 1
        if living and said["answer"] == "TAKEN":
            self.seconds.append(said["seconds"])
        return said

    def kill(self) -> None:
        """The one that writes dies at some moment; another goes on."""
        holder = self.holder()
        if holder is None:
            return
        time.sleep(self.chance.random() * 0.05)
        self.bury(holder)
        self.happened["killed"] += 1
        if self.chance.random() < 0.5:
            self.take(self.chance.choice(self.windows), living=False)

    def bury(self, window: subprocess.Popen[bytes]) -> None:
        window.kill()
        window.wait()
        close(window)
        self.windows[self.windows.index(window)] = self.start()

    def stop(self) -> None:
        """The one that writes stands still for a while; meanwhile another asks."""
        holder, taker = self.holder(), self.other()
        if holder is None:
            return
        holder.send_signal(signal.SIGSTOP)
        self.happened["stopped"] += 1
        send(taker, b"o")
        time.sleep(self.chance.random() * 1.5)
        holder.send_signal(signal.SIGCONT)
        self.happened[answer(taker)["answer"]] += 1

    def end(self) -> None:
        """The one that writes stands still, and is ended by the one that asks."""
        holder, taker = self.holder(), self.other()
        if holder is None:
            return
        holder.send_signal(signal.SIGSTOP)
        self.happened["stopped"] += 1
        said = self.take(taker, living=False)
        if said["ended"]:
            self.happened["ended"] += 1
            self.bury(holder)
        else:
            holder.send_signal(signal.SIGCONT)

    def both(self) -> None:
        """Two ask at once."""
        holder = self.holder()
        others = [one for one in self.windows if one is not holder][:2]
        for one in others:
            send(one, b"o")
        answers = [answer(one)["answer"] for one in others]
        self.happened["both"] += 1
        self.happened.update(answers)

    def finish(self) -> None:
        if (holder := self.holder()) is not None:
            tell(holder, b"f")
            self.happened["finished"] += 1

    def close(self) -> None:
        for window in self.windows:
            window.kill()
            window.wait()
            close(window)

    # -- the count -----------------------------------------------------------------------------

    def wrong(self) -> Iterator[str]:
        paths = Paths(self.root)
        told = [line for path in self.root.with_name("told").iterdir() for line in lines_in(path)]
        live = {path.name: path for path in paths.live_dir.glob("*.jsonl")}
        finished = self.root.with_name("finished").glob("*.jsonl")
        journals = {path.name: path for path in finished} | live
        written: Counter[str] = Counter()
        for path in journals.values():
            scan = scan_lines(path.read_bytes())
            numbers = [event["n"] for event in scan.events]
            if scan.damaged or numbers != list(range(1, len(numbers) + 1)):
                yield f"{path.name} is not numbered from 1 without a gap: {numbers}"
            written.update(event["text"] for event in scan.events if "text" in event)
        yield from (f"{words} is missing" for words in told if not written[words])
        yield from (
            f"{words} is there {times} times" for words, times in written.items() if times > 1
        )
        filed = {one.id: one for year in years(paths) for one in year}
        for name in journals:
            session = name.partition(".")[0]
            if name not in live and session not in filed:
                yield f"{session} was finished and is not in the log"
        if aside := [*self.root.glob("live/*damaged*")]:
            yield f"set aside: {aside}"

    def confirmed(self) -> int:
        return sum(len(lines_in(path)) for path in self.root.with_name("told").iterdir())


def years(paths: Paths) -> Iterator[list[Any]]:
    log = Repository(paths, writable=False)
    year = datetime.now(UTC).astimezone().year
    for one in (year - 1, year, year + 1):
        yield log.sessions(one)


def lines_in(path: Path) -> list[str]:
    return path.read_text("ascii").splitlines()


def send(window: subprocess.Popen[bytes], word: bytes) -> None:
    assert window.stdin is not None
    window.stdin.write(word)


def answer(window: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert window.stdout is not None
    assert select.select([window.stdout], [], [], WAIT_S)[0], "a window hangs"
    line = window.stdout.readline()
    assert line, f"a window has ended: {window.wait()}"
    said: dict[str, Any] = json.loads(line)
    return said


def tell(window: subprocess.Popen[bytes], word: bytes) -> dict[str, Any]:
    send(window, word)
    return answer(window)


def close(window: subprocess.Popen[bytes]) -> None:
    for pipe in (window.stdin, window.stdout):
        if pipe is not None:
            pipe.close()


def run(seconds: float, seed: int, *, lying: bool = False) -> Result:
    """Let three windows take the session from each other for so many seconds."""
    folder = Path(tempfile.mkdtemp(prefix="hand-over-"))
    machine = Machine(folder, seed, lying=lying)
    try:
        machine.run(seconds)
    finally:
        machine.close()
    wrong, confirmed = [*machine.wrong()], machine.confirmed()
    if wrong:
        wrong.append(f"left in {folder}")
    else:
        shutil.rmtree(folder)
    return Result(machine.seconds, machine.happened, confirmed, wrong)


__spec_name__ = "tests.machines.hand_over"

if __name__ == "__main__":
    if sys.argv[1] == "window":
        if os.environ.get(LYING):
            lie()
        Window(Path(sys.argv[2])).run()
    else:
        found = run(float(sys.argv[1]), int(sys.argv[2]), lying="lying" in sys.argv)
        lines = [
            f"{dict(found.happened)}, {found.confirmed} lines confirmed",
            f"{len(found.seconds)} hand-overs by a living window",
            f"median {median(found.seconds):.3f} s, longest {max(found.seconds):.3f} s",
            *(found.wrong or ["none twice, none missing, numbered 1..n"]),
        ]
        sys.stdout.write("\n".join([*lines, ""]))
        sys.exit(bool(found.wrong))
