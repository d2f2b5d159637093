"""Reads runs from other programs' files: detects the format and calls its reader.

A file with any error gives no runs at all, unless it is asked to keep going.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo

from msgspec.structs import replace

from tui.domain.model.text import clean, clip, number_of
from tui.domain.model.validation import BadDocument
from tui.domain.planning.diary import Run
from tui.formats.run_file import BOMS, Found, Window

# A full day on foot, recorded every second, fits many times over.
MOST_BYTES = 100_000_000
# Tracks pack to a tenth or a twentieth; what packs far better is made to fill a memory. Below this
# size it may be a short file.
MOST_RATIO, SMALL = 200, 1_000_000
MESSAGE = 300
# A watch that loses count of the GPS weeks is 19.6 years behind, one whose clock was never set even
# more (source project).
OLD = timedelta(days=15 * 365)
GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
ROOT = re.compile(r"<(?:\w+:)?(gpx|TrainingCenterDatabase)\b")
KINDS = ".ics, activities.csv, .fit, .gpx or .tcx, each plain or as .gz"


class BadFile(ValueError):
    """One line for the runner: which file, where in it, what is wrong, what to do. ``rest`` says
    that the file holds runs that could come in nevertheless."""

    def __init__(self, line: str, *, rest: bool = False) -> None:
        super().__init__(line)
        self.rest = rest


def read_runs(
    name: str,
    data: bytes,
    zone: tzinfo,
    window: Window,
    now: datetime,
    *,
    keep_going: bool = False,
) -> Found:
    """The runs in a file: a calendar, Strava's activities.csv, FIT, GPX or TCX, plain or gzipped.
    The format is detected from the content, else from ``name``.

    Wall-clock times are those of ``zone`` unless the file has its own. Each run is left as easy;
    :func:`tui.domain.planning.run_matching.kind_of` sets its kind. A calendar is read from the
    first to the last day of ``window``, as an event may repeat forever. A recorded run that begins
    after ``now`` is wrong, one from long before it is noted. Notes, and what was refused, name the
    file. Raises BadFile, which names the file and the place in it; with ``keep_going`` only if the
    file as a whole cannot be read.
    """
    try:
        found = _read(name, data, zone, window, now)
    except BadDocument as bad:
        raise BadFile(_told(name, str(bad))) from None
    refused = tuple(_told(name, line) for line in found.refused)
    if refused and not keep_going:
        raise BadFile(refused[0], rest=bool(found.runs))
    notes = [*found.notes, *_long_ago(found.runs, now)]
    return replace(
        found,
        runs=tuple(sorted(found.runs, key=_order)),
        notes=tuple(_told(name, note) for note in notes),
        refused=refused,
    )


def _told(name: str, words: str) -> str:
    return f"{clip(clean(name), MESSAGE)}: {clip(clean(words), MESSAGE)}"


def _long_ago(runs: Sequence[Run], now: datetime) -> Iterator[str]:
    """A note on runs that were recorded so long ago that the watch's clock may have been wrong."""
    days = sorted(run.day for run in runs if run.at is not None and run.at < now - OLD)
    if days:
        which = f"{days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]}"
        yield (
            f"{number_of(len(days), 'run')} of {which}, more than 15 years ago; if that is the "
            f"clock of a watch, stridelift run remove {days[0]} takes it out"
        )


def _order(run: Run) -> tuple[date, str, str]:
    return run.day, run.start.isoformat() if run.start else "", run.id


def _read(name: str, data: bytes, zone: tzinfo, window: Window, now: datetime) -> Found:
    if data.startswith(GZIP):
        data = _unpacked(data)
        name = name.removesuffix(".gz")
    if len(data) > MOST_BYTES:
        raise BadDocument(f"is larger than {MOST_BYTES // 1_000_000} MB; import a shorter part")
    if not data.strip():
        raise BadDocument("is empty; export it again")
    match _format(name, data):
        case "fit":
            from tui.formats.fit import read

            return read(data, zone, now)
        case "ics":
            from tui.formats.ics import read as read_calendar

            return read_calendar(data, zone, window)
        case "gpx":
            from tui.formats.gpx import read as read_gpx

            return read_gpx(data, zone, now)
        case "tcx":
            from tui.formats.tcx import read as read_tcx

            return read_tcx(data, zone, now)
        case "csv":
            from tui.formats.strava import read as read_strava

            return read_strava(data, zone, now)
        case "zip":
            raise BadDocument("is a zip archive; unpack it and import a file from it")
        case _:
            raise BadDocument(f"is not a file of runs; import {KINDS}")


def _unpacked(data: bytes) -> bytes:
    """The content of a gzip file, at most one byte more than the limit."""
    import zlib
    from gzip import GzipFile
    from io import BytesIO

    most = min(MOST_BYTES, max(MOST_RATIO * len(data), SMALL))
    try:
        with GzipFile(fileobj=BytesIO(data)) as file:
            plain = file.read(most + 1)
    except (OSError, EOFError, zlib.error):
        raise BadDocument("is damaged or cut off inside its .gz; export it again") from None
    if most < len(plain) <= MOST_BYTES:
        raise BadDocument("unpacks to far more than a file of runs; leave it out")
    if plain.startswith(GZIP):
        raise BadDocument("is packed twice; unpack it once and import that")
    return plain


def _format(name: str, data: bytes) -> str:
    """The format of a file, by its first bytes, else by its suffix."""
    if data[8:12] == b".FIT":
        return "fit"
    if data.startswith(ZIP):
        return "zip"
    start = _start(data)
    if start.upper().startswith("BEGIN:VCALENDAR"):
        return "ics"
    if start.startswith("<") and (root := ROOT.search(start)):
        return "gpx" if root[1] == "gpx" else "tcx"
    if start.lstrip('"').startswith("Activity ID"):
        return "csv"
    suffix = name.lower().rpartition(".")[2]
    return suffix if suffix in {"fit", "ics", "gpx", "tcx", "csv"} else ""


def _start(data: bytes) -> str:
    head = data[:4096]
    wide = head.startswith(BOMS[1:])
    text = head.decode("utf-16" if wide else "utf-8-sig", "replace")
    return text.lstrip()
