"""Reads runs from FIT files, recorded by watches from Garmin, Coros, Suunto, Wahoo and others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from msgspec import Struct

from tui.domain.model.validation import BadDocument
from tui.domain.planning.diary import Run
from tui.formats.run_file import Found, is_run, run_of

# FIT counts seconds from here; smaller numbers count from when the device was switched on.
EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
FIRST = 0x10000000
QUARTER = 15 * 60
FARTHEST = 14 * 3600


class _Message(Struct, frozen=True):
    """One FIT message: its index in the file, from 1, its kind and its fields."""

    index: int
    kind: str
    fields: Mapping[str, Any]


def read(data: bytes, zone: tzinfo) -> Found:
    """The running sessions in a FIT file, including chained files. Wall-clock times are the watch's
    own if the file has them, else those of ``zone``. The name is that of the workout followed, as
    FIT has no other. Raises BadDocument, with the index of the message, for a file that is cut off
    or damaged."""
    messages = list(_messages(data))
    sessions = [message for message in messages if message.kind == "session"]
    if not sessions:
        raise BadDocument("holds no session; export the activity itself, not a workout or a course")
    here = _offset(messages) or zone
    workouts = [message.fields.get("wkt_name") for message in messages if message.kind == "workout"]
    name = workouts[0] if len(workouts) == 1 and isinstance(workouts[0], str) else ""
    runs = []
    for session in sessions:
        if not is_run(str(session.fields.get("sport"))):
            continue
        try:
            runs.append(_run(session.fields, name, here))
        except BadDocument as bad:
            raise BadDocument(f"message {session.index}: {bad}; export it again") from None
    return Found(runs=tuple(runs), others=len(sessions) - len(runs))


def _run(session: Mapping[str, Any], name: str, zone: tzinfo) -> Run:
    start = _seconds(session, "start_time")
    if start is None:
        raise BadDocument("the session has no start_time")
    return run_of(
        EPOCH + timedelta(seconds=start),
        zone,
        name=name,
        distance_m=_number(session, "total_distance"),
        climb_m=_number(session, "total_ascent"),
        duration_s=_number(session, "total_timer_time"),
    )


def _messages(data: bytes) -> Iterator[_Message]:
    """The messages we need, from a file whose checksums are right. Raises BadDocument."""
    from fitdecode import CrcCheck, ErrorHandling, FitDataMessage, FitReader

    index = 0
    try:
        # Fields of apps on the watch are often declared badly, and we need none of them.
        # Without a processor, times stay numbers, which we check ourselves.
        lenient = ErrorHandling.IGNORE
        with FitReader(
            data, processor=None, check_crc=CrcCheck.RAISE, error_handling=lenient
        ) as frames:
            for frame in frames:
                if not isinstance(frame, FitDataMessage):
                    continue
                index += 1
                if frame.name in {"session", "activity", "workout"}:
                    fields = {field.name: field.value for field in frame.fields}
                    yield _Message(index, frame.name, fields)
    except Exception as error:  # noqa: BLE001  on bad bytes the decoder may raise anything
        raise BadDocument(
            f"after message {index}: is damaged or cut off ({type(error).__name__}); copy it from "
            "the watch again"
        ) from None


def _offset(messages: list[_Message]) -> timezone | None:
    """The UTC offset of the watch's clock, to a quarter of an hour; None if the file has none."""
    for message in messages:
        local = _seconds(message.fields, "local_timestamp")
        utc = _seconds(message.fields, "timestamp")
        if message.kind == "activity" and local is not None and utc is not None:
            offset = round((local - utc) / QUARTER) * QUARTER
            if abs(offset) <= FARTHEST:
                return timezone(timedelta(seconds=offset))
    return None


def _seconds(fields: Mapping[str, Any], key: str) -> int | None:
    value = fields.get(key)
    return value if isinstance(value, int) and value >= FIRST else None


def _number(fields: Mapping[str, Any], key: str) -> float | None:
    value = fields.get(key)
    return float(value) if isinstance(value, int | float) else None
