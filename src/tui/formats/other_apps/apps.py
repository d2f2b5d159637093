"""Which app a file is from, and its log."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import NamedTuple

from tui.domain.model.validation import BadDocument
from tui.formats.other_apps.table import Table, table_of, text_of
from tui.formats.other_apps.workouts import OtherLog

MOST_BYTES = 200_000_000
# How a format is named where one is asked for; the tables of apps, more particular ones first.
WGER, GARMIN, TABLE = "wger", "garmin", "table"
# A table of sets has no fewer columns.
FEWEST_COLUMNS = 3
ACTIVITY = re.compile("a(?:c|k|t)?tivi|ativid")


class Reader(NamedTuple):
    """A format of tables: its name where one is asked for, the app's name for people, and what
    tells and reads it."""

    id: str
    app: str
    fits: Callable[[Sequence[str]], bool]
    read: Callable[[Table], OtherLog]


class UnknownColumns(BadDocument):
    """A table of no known app, whose columns the runner must name; ``header`` has them."""

    def __init__(self, header: Sequence[str], message: str) -> None:
        super().__init__(message)
        self.header = tuple(header)


def readers() -> tuple[Reader, ...]:
    """The formats of tables, in the order in which they are tried."""
    from tui.formats.other_apps import (
        alpha_progression,
        fitbod,
        fitnotes,
        gymbook,
        gymrun,
        hevy,
        liftlog,
        liftosaur,
        strong,
        stronglifts,
        stronglifts_old,
    )

    return (
        Reader("strong", strong.APP, strong.fits, strong.read),
        Reader("hevy", hevy.APP, hevy.fits, hevy.read),
        Reader("fitnotes", fitnotes.APP, fitnotes.fits, fitnotes.read),
        Reader("fitbod", fitbod.APP, fitbod.fits, fitbod.read),
        Reader("stronglifts", stronglifts.APP, stronglifts.fits, stronglifts.read),
        Reader("stronglifts", stronglifts_old.APP, stronglifts_old.fits, stronglifts_old.read),
        Reader("gymbook", gymbook.APP, gymbook.fits, gymbook.read),
        Reader("gymrun", gymrun.APP, gymrun.fits, gymrun.read),
        Reader(
            "alpha-progression",
            alpha_progression.APP,
            alpha_progression.fits,
            alpha_progression.read,
        ),
        Reader("liftosaur", liftosaur.APP, liftosaur.fits, liftosaur.read),
        Reader("liftlog", liftlog.APP, liftlog.fits, liftlog.read),
    )


FORMATS = (
    *("strong", "hevy", "fitnotes", "fitbod", "stronglifts", "gymbook", "gymrun"),
    *("alpha-progression", "liftosaur", "liftlog", WGER, GARMIN, TABLE),
)


def read_log(data: bytes, zone: tzinfo, *, wanted: str = "", columns: str = "") -> OtherLog | None:
    """The log of another app that a file holds, by its content or in the ``wanted`` format; None if
    it is the log of none. ``columns`` names those of a table of no known app, as
    :func:`tui.formats.other_apps.columns.typed` reads them.

    Raises UnknownColumns if it is such a table and they are not known, BadDocument if the file
    cannot be read or is not in the wanted format."""
    if len(data) > MOST_BYTES:
        raise BadDocument(f"is larger than {MOST_BYTES // 1_000_000} MB; export a shorter part")
    if data[8:12] == b".FIT":
        return _fit(data, zone, wanted)
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return _json(data, wanted)
    if wanted in (WGER, GARMIN):
        raise BadDocument(f"is not in the format {wanted}")
    return _table(table_of(text_of(data)), wanted, columns)


def _fit(data: bytes, zone: tzinfo, wanted: str) -> OtherLog | None:
    from tui.formats.other_apps.garmin_fit import read

    if wanted not in ("", GARMIN):
        raise BadDocument(f"is a FIT file, not in the format {wanted}")
    log = read(data, zone)
    return log if log.rows or wanted else None


def _json(data: bytes, wanted: str) -> OtherLog | None:
    from tui.formats.other_apps.wger import fits, read

    if wanted not in ("", WGER):
        raise BadDocument(f"is JSON, not in the format {wanted}")
    try:
        value = json.loads(text_of(data))
    except (ValueError, RecursionError):
        if wanted:
            raise BadDocument("is not JSON that can be read; export it again") from None
        return None
    if not fits(value) and not wanted:
        return None
    return read(value, {})


def _table(table: Table, wanted: str, columns: str) -> OtherLog | None:
    for reader in readers():
        if wanted in ("", reader.id) and not columns and reader.fits(table.plain):
            return reader.read(table)
    if wanted not in ("", TABLE):
        raise BadDocument(f"line 1: is not the first line of an export in the format {wanted}")
    from tui.formats.other_apps.columns import guess, missing, read, typed

    found = typed(columns, table.header) if columns else guess(table.header)
    if not wanted and not columns and ("reps" not in found.places or lists_activities(table.plain)):
        if len(table.header) < FEWEST_COLUMNS or lists_activities(table.plain):
            return None
        raise UnknownColumns(table.header, _unknown(("reps",)))
    if lacking := missing(found):
        raise UnknownColumns(table.header, _unknown(lacking))
    return read(table, found)


def lists_activities(header: Sequence[str]) -> bool:
    """Whether a table lists activities of a platform, each with an id: runs, not sets."""
    first = header[0] if header else ""
    return first.endswith("id") or bool(ACTIVITY.search(first))


def _unknown(lacking: Sequence[str]) -> str:
    return (
        f"is a table of no app we know, without a column known for {' and '.join(lacking)}; name "
        "its columns: --columns 'date=NAME, exercise=NAME, reps=NAME'"
    )
