"""Which app a file is from, and its log."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import tzinfo
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from tui.domain.model.validation import BadDocument
from tui.formats.json_lines import Problem, problem
from tui.formats.other_apps.table import BadRow, Table, table_of, text_of
from tui.formats.other_apps.workouts import OtherLog
from tui.formats.run_file import MOST_BYTES

# How a format is named where one is asked for; the tables of apps, more particular ones first.
WGER, GARMIN, TABLE = "wger", "garmin", "table"
# A table of sets has no fewer columns.
FEWEST_COLUMNS = 3
NO_ROW: tuple[int, list[str]] = (0, [])
ACTIVITY = re.compile("a(?:c|k|t)?tivi|ativid")


class Reader(NamedTuple):
    """A format of tables: its name where one is asked for, the app's name for people, and what
    tells and reads it. In a ``ragged`` one rows may be longer or shorter than the header; in an
    ``exact`` one none is longer, not even by an empty cell."""

    id: str
    app: str
    fits: Callable[[Sequence[str]], bool]
    read: Callable[[Table], OtherLog]
    ragged: bool = False
    exact: bool = False


class UnknownColumns(BadDocument):
    """A table of no known app, whose columns the runner must name; ``header`` has them, and
    ``first`` what stands in its first row; ``file`` is the name of the file, once it is known."""

    def __init__(
        self, header: Sequence[str], message: str, first: Sequence[str], file: str = ""
    ) -> None:
        super().__init__(message)
        self.header, self.first, self.file = tuple(header), tuple(first), file


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
        Reader("strong", strong.APP, strong.fits, strong.read, exact=True),
        Reader("hevy", hevy.APP, hevy.fits, hevy.read, exact=True),
        Reader("fitnotes", fitnotes.APP, fitnotes.fits, fitnotes.read, ragged=True),
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
            ragged=True,
        ),
        Reader("liftosaur", liftosaur.APP, liftosaur.fits, liftosaur.read),
        Reader("liftlog", liftlog.APP, liftlog.fits, liftlog.read),
    )


FORMATS = (
    *("strong", "hevy", "fitnotes", "fitbod", "stronglifts", "gymbook", "gymrun"),
    *("alpha-progression", "liftosaur", "liftlog", WGER, GARMIN, TABLE),
)


def read_log(
    data: bytes, zone: tzinfo, *, wanted: str = "", columns: str = "", known: Sequence[str] = ()
) -> OtherLog | None:
    """The log of another app that a file holds, by its content or in the ``wanted`` format; None if
    it is the log of none. ``columns`` names those of a table of no known app, as
    :func:`tui.formats.other_apps.columns.typed` reads them; without them, the first of the
    ``known`` ones that fit it.

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
    return _table(table_of(text_of(data)), wanted, columns, known)


def _fit(data: bytes, zone: tzinfo, wanted: str) -> OtherLog | None:
    from tui.formats.other_apps.garmin_fit import read

    if wanted not in ("", GARMIN):
        raise BadDocument(f"is a FIT file, not in the format {wanted}")
    log = read(data, zone)
    if wanted and not log.rows:
        raise BadDocument("holds no sets; without --format garmin it is read as a run")
    return log if log.rows else None


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


def _table(table: Table, wanted: str, columns: str, known: Sequence[str]) -> OtherLog | None:
    for reader in readers():
        if wanted in ("", reader.id) and not columns and reader.fits(table.plain):
            if reader.ragged:
                return reader.read(table)
            return _checked(table, reader.read, exact=reader.exact)
    if wanted not in ("", TABLE):
        raise BadDocument(f"line 1: is not the first line of an export in the format {wanted}")
    from tui.formats.other_apps.columns import guess, missing, read, typed

    columns = columns or next((one for one in known if _suffice(one, table.header)), "")
    found = typed(columns, table.header) if columns else guess(table.header)
    if not wanted and not columns and ("reps" not in found.places or lists_activities(table.plain)):
        if len(table.header) < FEWEST_COLUMNS or lists_activities(table.plain):
            return None
        raise UnknownColumns(table.header, _unknown(("reps",)), _first_of(table))
    if lacking := missing(found):
        raise UnknownColumns(table.header, _unknown(lacking), _first_of(table))
    first = next(table.rows, NO_ROW)
    whole = replace(table, rows=chain([first] if first[1] else [], table.rows))
    try:
        return _checked(whole, lambda sound: read(sound, found))
    except BadRow:
        raise
    except BadDocument as bad:
        # Such as dates that can be read in two ways.
        raise UnknownColumns(table.header, str(bad), first[1]) from bad


def _first_of(table: Table) -> Sequence[str]:
    with suppress(BadRow):
        return next(table.rows, NO_ROW)[1]
    return ()


def _checked(table: Table, read: Callable[[Table], OtherLog], *, exact: bool = False) -> OtherLog:
    """The log in a table, with a problem for each row that does not fit the header."""
    wrong: list[Problem] = []
    log = read(replace(table, rows=_sound(table, wrong, exact=exact)))
    return replace(log, rows=log.rows + len(wrong), problems=(*log.problems, *wrong))


def _sound(table: Table, wrong: list[Problem], *, exact: bool) -> Iterator[tuple[int, list[str]]]:
    """The rows that fit the header or, unless ``exact``, the first of them, as some programs end
    each row with a separator. One that is longer has a comma that is none, and the last one may be
    cut off."""
    width = len(table.header)
    last: tuple[int, list[str]] | None = None
    for line, row in table.rows:
        if last is None and not exact and not any(map(str.strip, row[width:])):
            width = max(width, len(row))
        if len(row) > width:
            words = f"has {len(row)} cells where the header has {width}; put text with commas, and "
            wrong.append(problem(line, f"{words}numbers with a decimal comma, in quotes"))
            continue
        if last is not None:
            yield last
        last = line, row
    if last is not None and len(last[1]) < len(table.header) and not table.ended:
        wrong.append(problem(last[0], "is cut off; export it again"))
    elif last is not None:
        yield last


def _suffice(columns: str, header: Sequence[str]) -> bool:
    """Whether a header has all of these columns, and they are enough."""
    from tui.formats.other_apps.columns import missing, typed

    try:
        return not missing(typed(columns, header))
    except BadDocument:
        return False


def lists_activities(header: Sequence[str]) -> bool:
    """Whether a table lists activities of a platform, each with an id: runs, not sets."""
    first = header[0] if header else ""
    return first.endswith("id") or bool(ACTIVITY.search(first))


def _unknown(lacking: Sequence[str]) -> str:
    return (
        f"is a table of no app we know, without a column known for {' and '.join(lacking)}; name "
        "its columns: --columns 'date=NAME, exercise=NAME, reps=NAME'"
    )
