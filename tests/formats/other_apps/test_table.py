"""Tables in text files, and what stands in front of, behind and between their rows."""

from __future__ import annotations

import pytest

from tui.app.local_time import LocalZone
from tui.domain.model.validation import BadDocument
from tui.formats.other_apps.apps import read_log
from tui.formats.other_apps.columns import typed
from tui.formats.other_apps.table import table_of, text_of

HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE"
)
ROW = "2026-03-02 18:04:11,Evening,1h,Squat (Barbell),{},80.0,12,0,0,,,"


def problems(text: str) -> list[tuple[int, str]]:
    log = read_log(text.encode(), LocalZone())
    assert log is not None
    return [(one.line, one.message.partition(";")[0]) for one in log.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_found_with_and_without_a_mark(encoding: str) -> None:
    assert text_of("Date;Übung\n".encode(encoding)) == "Date;Übung\n"


def test_the_line_that_tells_excel_the_separator_is_passed_over() -> None:
    table = table_of("sep=;\nDate;Reps\n2026-03-02;8\n")
    assert (table.header, [row for _, row in table.rows]) == (
        ("Date", "Reps"),
        [["2026-03-02", "8"]],
    )


def test_a_row_with_a_comma_too_many_is_named() -> None:
    shifted = ROW.format(1).replace("80.0", "62,5")
    assert problems(f"{HEADER}\n{shifted}\n{ROW.format(2)}\n") == [
        (2, "has 13 cells where the header has 12")
    ]


def test_a_last_row_that_is_cut_off_is_named() -> None:
    whole = f"{HEADER}\n{ROW.format(1)}\n{ROW.format(2)}"
    assert problems(whole) == []
    assert problems(whole[: whole.rindex("80.0") + 6]) == [(3, "is cut off")]


def test_a_column_is_named_once() -> None:
    with pytest.raises(BadDocument, match="reps is named twice"):
        typed("reps=Count, reps=Load", ("Count", "Load"))
