"""Times a backup of ten years, and what the first finish of a day does of it before it goes on in
a thread.

The floor reads the same files and packs them with zlib, without hashes, parsing, a manifest or
reading anything back.
"""

from __future__ import annotations

import argparse
import tempfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from _made import make_log
from _measure import busy, interleaved, table
from saving import opened

from tui.app.backups import backup
from tui.store.archive import describe, pack, read
from tui.store.backups import gather
from tui.store.paths import Paths

SESSIONS = 1560
FLOOR = "floor: read and zlib"


def timed(work: Callable[[], object]) -> float:
    """How long a call takes, in ms."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1e3


def zipped(paths: Paths) -> list[bytes]:
    """The files of the log, each packed."""
    return [zlib.compress(path.read_bytes()) for path in sorted(paths.log_dir.iterdir())]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Backing up ten years.")
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="stridelift-bench-") as name:
        paths = Paths(Path(name) / "data")
        make_log(paths.root, SESSIONS)
        book = opened(paths.root)
        made = backup(book, paths.root / "log.zip")
        files = gather(paths).files
        told = partial(describe, files, {}, made=made.manifest.made, version="0")
        found = interleaved(
            {
                FLOOR: partial(timed, partial(zipped, paths)),
                "backup, on disk and read back": partial(timed, partial(backup, book)),
                "  gather (the screen waits)": partial(timed, partial(gather, paths)),
                "  hash, parse and count": partial(timed, told),
                "  pack": partial(timed, partial(pack, files, made.manifest)),
                "  read, unpack and check hashes": partial(timed, partial(read, made.path)),
            },
            rounds,
        )
        size = sum(map(len, files.values()))
        least = sum(map(len, zipped(paths)))
        table("a backup of ten years", "ms", found, FLOOR)
        print(
            f"\n  {made.manifest.sessions} sessions, {made.manifest.sets} sets: {size / 1e6:.1f} MB"
            f", backup {made.size / 1e3:.0f} kB, {made.size / least:.3f} of zlib alone"
        )
        book.close()
    print(f"\n{busy()}")


if __name__ == "__main__":
    main()
