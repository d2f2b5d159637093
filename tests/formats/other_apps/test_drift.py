"""Exports drift with the versions of an app: the same rows in another dress are the same log."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.formats.other_apps.exports import EXPORTS
from tui.formats.other_apps.apps import read_log
from tui.formats.other_apps.workouts import OtherLog

BERLIN = ZoneInfo("Europe/Berlin")
Rows = list[list[str]]
# Their first row is no header.
TABLES = [
    name
    for name, export in EXPORTS.items()
    if export.app not in ("wger", "Garmin", "Alpha Progression") and "UTF-16" not in name
]
# Names with commas that nobody quotes leave their row longer than the header.
RAGGED = ("fitnotes", "fitnotes without comments")
# What tells sets and their loads apart is where the columns are.
BY_PLACE = ("stronglifts", "stronglifts in pounds", "stronglifts of old", "strong in French",
            "strong in German", "gymbook")  # fmt: skip


def table(name: str) -> tuple[Rows, str]:
    """The rows of an export, and what stands between cells."""
    text = EXPORTS[name].data.decode("utf-8-sig")
    mark = max(",;", key=text.partition("\n")[0].count)
    return list(csv.reader(StringIO(text, newline=""), delimiter=mark)), mark


def written(rows: Rows, mark: str, *, quoting: int = csv.QUOTE_MINIMAL, end: str = "\n") -> str:
    out = StringIO()
    csv.writer(out, delimiter=mark, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]  # the constants are plain numbers
    return out.getvalue()


def log_of(data: bytes) -> OtherLog:
    """The log without the lines, which a blank one moves."""
    log = read_log(data, BERLIN)
    assert log is not None
    assert log.problems == ()
    workouts = tuple(
        replace(
            workout,
            entries=tuple(
                replace(entry, sets=tuple(replace(one, line=0) for one in entry.sets))
                for entry in workout.entries
            ),
        )
        for workout in log.workouts
    )
    return replace(log, workouts=workouts, metrics=tuple(replace(m, line=0) for m in log.metrics))


def with_header(change: Callable[[str], str]) -> Callable[[Rows, str], bytes]:
    def dress(rows: Rows, mark: str) -> bytes:
        return written([[change(cell) for cell in rows[0]], *rows[1:]], mark).encode()

    return dress


DRESSES: dict[str, Callable[[Rows, str], bytes]] = {
    "a mark of byte order": lambda rows, mark: b"\xef\xbb\xbf" + written(rows, mark).encode(),
    "UTF-16": lambda rows, mark: written(rows, mark).encode("utf-16"),
    "CRLF": lambda rows, mark: written(rows, mark, end="\r\n").encode(),
    "all in quotes": lambda rows, mark: written(rows, mark, quoting=csv.QUOTE_ALL).encode(),
    "capitals": with_header(str.upper),
    "small letters": with_header(str.lower),
    "spaces around the header": with_header(lambda cell: f" {cell} "),
    "blank lines": lambda rows, mark: ("\n" + written(rows, mark) + "\n\n").encode(),
    "rows of empty cells": lambda rows, mark: written([*rows, [""] * len(rows[0])], mark).encode(),
    "no end of the last line": lambda rows, mark: written(rows, mark).rstrip("\n").encode(),
}
MOVED: dict[str, Callable[[Rows, str], bytes]] = {
    "a column more": lambda rows, mark: written(
        [[*rows[0], "Mood"], *([*row, "fine"] for row in rows[1:])], mark
    ).encode(),
    "columns the other way round": lambda rows, mark: written(
        [row[::-1] for row in rows], mark
    ).encode(),
}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("name", TABLES)
def test_the_same_log_in_another_dress(name: str, dress: str) -> None:
    rows, mark = table(name)
    assert log_of(DRESSES[dress](rows, mark)) == log_of(EXPORTS[name].data)


@pytest.mark.parametrize("dress", MOVED)
@pytest.mark.parametrize("name", [one for one in TABLES if one not in (*RAGGED, *BY_PLACE)])
def test_the_same_log_with_columns_elsewhere(name: str, dress: str) -> None:
    rows, mark = table(name)
    assert log_of(MOVED[dress](rows, mark)) == log_of(EXPORTS[name].data)
