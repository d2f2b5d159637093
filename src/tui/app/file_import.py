"""Imports one file, whatever is in it: a set log, or runs."""

from __future__ import annotations

from pathlib import Path

from tui.app.imports import import_runs, import_sets
from tui.app.local_time import LocalZone, localised
from tui.app.logbook import Logbook
from tui.domain.model.text import clean, number_of
from tui.domain.model.validation import BadDocument
from tui.formats.runs import MOST_BYTES, BadFile
from tui.formats.setlog_reader import parse

SET_LOGS = (".jsonl", ".ndjson")
SHOWN = 2


def has_sets(path: Path) -> bool:
    """Whether a file of this name is a set log."""
    return path.suffix.lower() in SET_LOGS


def import_file(book: Logbook, path: Path, *, dry_run: bool) -> str:
    """Import all of a file and return the counts in words; with ``dry_run`` only count. Raises
    BadDocument if it cannot be read or a line is wrong, ReadOnly or StoreError; then nothing has
    been imported."""
    try:
        data = path.read_bytes() if has_sets(path) else _start(path)
    except OSError as error:
        raise BadDocument(f"{clean(str(path))}: {error.strerror or error}.") from error
    return _sets(book, data, dry_run) if has_sets(path) else _runs(book, path, data, dry_run)


def _start(path: Path) -> bytes:
    """The content of a file; of one that is too large, just more than the limit."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _sets(book: Logbook, data: bytes, dry_run: bool) -> str:
    parsed = parse(data.splitlines(keepends=True), book.profile.library, localised)
    if parsed.problems:
        raise BadDocument(f"{'; '.join(map(str, parsed.problems[:SHOWN]))}. Correct the file.")
    came = import_sets(book, parsed, dry_run=dry_run)
    odd = f", {came.odd} that look like typing errors" if came.odd else ""
    return f"{number_of(came.imported, 'new line')}, {came.duplicate} already there{odd}"


def _runs(book: Logbook, path: Path, data: bytes, dry_run: bool) -> str:
    try:
        came = import_runs(book, [(path.name, data)], LocalZone(), dry_run=dry_run)
    except BadFile as bad:
        raise BadDocument(f"{bad}.") from bad
    words = [number_of(came.imported, "new run"), f"{came.duplicate} already there"]
    if came.replaced:
        words.append(f"{came.replaced} in place of planned ones")
    if came.no_run:
        words.append(f"{came.no_run} not of a run")
    return ", ".join(words)
