"""Times importing the log of another app of 10,000 rows, against a bare pass of csv.DictReader.

Each pass has a process of its own. Memory is how much the peak of the process grows while it reads
the file and keeps what comes of it, against the size of the file. Exits with 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path
from time import process_time
from typing import NamedTuple

from _exports import MADE, ROWS, export
from _measure import BENCH, ENVIRONMENT, busy, interleaved

from tui.app.file_import import Request, brought, gather
from tui.app.import_files import Piped
from tui.app.local_time import LocalZone
from tui.app.logbook import Logbook
from tui.bootstrap import open_logbook
from tui.formats.other_apps.apps import read_log

FLOOR, PARSE, WHOLE = "csv.DictReader", "parse", "import"
MOST_TIMES, MOST_GROWTH = 10, 20


class Pass(NamedTuple):
    """Processor time in milliseconds, and by how many bytes the peak of memory grew."""

    ms: float
    grew: int


def bare(data: bytes, _: Logbook) -> int:
    """A pass over all rows that keeps nothing."""
    text = data.decode()
    mark = ";" if text.partition("\n")[0].count(";") > 3 else ","
    return sum(1 for _ in csv.DictReader(StringIO(text, newline=""), delimiter=mark))


def parse(data: bytes, _: Logbook) -> object:
    """The log of another app in the form that all of them are read into."""
    log = read_log(data, LocalZone())
    assert log is not None
    assert log.rows >= ROWS
    assert not log.problems, log.problems[0]
    return log


def whole(data: bytes, book: Logbook) -> object:
    """What the log would bring: names matched, sets made and joined, nothing written."""
    request = Request(unit="kg")
    came = brought(book, gather(book, Piped(data), request), request, dry_run=True)
    assert came.plan is not None
    assert came.plan.sets >= ROWS * 0.9, came.plan.sets
    return came


PASSES: dict[str, Callable[[bytes, Logbook], object]] = {FLOOR: bare, PARSE: parse, WHOLE: whole}


def child(mode: str, path: Path) -> None:
    """One pass in this process; print a Pass as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        book = open_logbook(folder, None, write=False).read_all()
        first = path.read_bytes().split(b"\n", 3)
        # All modules are loaded, and all caches are there.
        parse_few = b"\n".join(first[:2]) + b"\n"
        if mode != FLOOR:
            read_log(parse_few, LocalZone())
            request = Request(unit="kg")
            brought(book, gather(book, Piped(parse_few), request), request, dry_run=True)
        del first
        before = resident("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        begun = process_time()
        data = path.read_bytes()
        kept = PASSES[mode](data, book)
        took = (process_time() - begun) * 1e3
        print(json.dumps(Pass(took, resident("VmHWM") - before)))
        del kept


def resident(what: str) -> int:
    """The memory of this process in bytes: VmRSS now, or VmHWM at most (Linux)."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split(f"{what}:")[1].split()[0]) * 1024


def run(mode: str, path: Path) -> Pass:
    """:func:`child` in a process of its own."""
    args = [sys.executable, str(BENCH / "importing.py"), "--child", mode, str(path)]
    done = subprocess.run(args, check=True, env=ENVIRONMENT, capture_output=True, text=True)
    return Pass(*json.loads(done.stdout))


def main() -> int:
    """Measure and print; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description="Importing 10,000 rows of each app.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="the name of one export")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], Path(options.child[1]))
        return 0
    print(busy())
    print(f"\n{ROWS:,} rows: times a pass of {FLOOR} of the same file; memory, times the file")
    print(f"  {'':16}    parse   import   parse mem  import mem    file")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in [options.only] if options.only else MADE:
            path = Path(folder, "export")
            path.write_bytes(export(name))
            size = path.stat().st_size
            cases = {mode: partial(run, mode, path) for mode in PASSES}
            found = interleaved(cases, options.rounds)
            least = {mode: min(one.ms for one in passes) for mode, passes in found.items()}
            grew = {mode: min(one.grew for one in passes) / size for mode, passes in found.items()}
            times = {mode: least[mode] / least[FLOOR] for mode in PASSES}
            over = times[PARSE] > MOST_TIMES or max(grew[PARSE], grew[WHOLE]) > MOST_GROWTH
            missed += over
            print(
                f"  {name:16} {times[PARSE]:8.1f} {times[WHOLE]:8.1f} {grew[PARSE]:11.1f} "
                f"{grew[WHOLE]:11.1f} {size / 1e6:6.2f} MB{'  missed' if over else ''}",
                flush=True,
            )
    print(f"\nbars: parse {MOST_TIMES} times, memory {MOST_GROWTH} times the file; {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
