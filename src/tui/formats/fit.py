"""Reads runs from FIT files, recorded by watches from Garmin, Coros, Suunto, Wahoo and others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from msgspec import Struct

from tui.domain.model.validation import BadDocument
from tui.domain.planning.diary import Run
from tui.formats.run_file import Found, run_of, unknown
from tui.formats.sports import is_running

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


def read(data: bytes, zone: tzinfo, now: datetime) -> Found:
    """The running sessions in a FIT file, including chained files. Wall-clock times are the watch's
    own if the file has them, else those of ``zone``. The name is that of the workout followed, as
    FIT has no other.

    A session is written when the activity is over, so one that is there counts, with a note if the
    file is cut off behind it or its checksum is wrong. Raises BadDocument, with the index of the
    message, for a file without one."""
    messages, damage = _messages(data)
    sessions = [message for message in messages if message.kind == "session"]
    if not sessions:
        raise BadDocument(
            f"{damage}, and holds no whole activity; copy it from the watch again, or export the "
            "activity as .gpx from its app"
            if damage
            else "holds no session; export the activity itself, not a workout or a course"
        )
    here = _offset(messages) or zone
    workouts = [message.fields.get("wkt_name") for message in messages if message.kind == "workout"]
    name = workouts[0] if len(workouts) == 1 and isinstance(workouts[0], str) else ""
    runs, unknowns = [], []
    for session in sessions:
        sport = str(session.fields.get("sport") or "")
        running = is_running(sport)
        if running is None:
            unknowns.append(unknown(name, sport))
        if not running:
            continue
        if _unset(session.fields):
            raise BadDocument(
                f"message {session.index}: the watch's clock was not set, so nobody can tell when "
                "this run was; give it its date where it was uploaded and export it from there, or "
                "type it in with stridelift run add"
            )
        try:
            runs.append(_run(session.fields, name, here, now))
        except BadDocument as bad:
            raise BadDocument(f"message {session.index}: {bad}; export it again") from None
    notes = (f"{damage}; its run came in, look whether it is right",) if damage and runs else ()
    others = len(sessions) - len(runs)
    return Found(runs=tuple(runs), others=others, unknown=tuple(unknowns), notes=notes)


def _unset(session: Mapping[str, Any]) -> bool:
    """Whether a session began by a clock that counted from when the watch was switched on."""
    return session.get("start_time") is not None and _seconds(session, "start_time") is None


def _run(session: Mapping[str, Any], name: str, zone: tzinfo, now: datetime) -> Run:
    start = _seconds(session, "start_time")
    if start is None:
        raise BadDocument("the session has no start_time")
    return run_of(
        EPOCH + timedelta(seconds=start),
        zone,
        now,
        name=name,
        distance_m=_number(session, "total_distance"),
        climb_m=_number(session, "total_ascent"),
        duration_s=_number(session, "total_timer_time") or _number(session, "total_elapsed_time"),
    )


def _messages(data: bytes) -> tuple[list[_Message], str]:
    """The messages we need, as far as the file can be read, and what is wrong with it; empty if
    nothing is."""
    from fitdecode import CrcCheck, ErrorHandling, FitCRC, FitDataMessage, FitReader

    index, damage = 0, ""
    found: list[_Message] = []
    try:
        # Fields of apps on the watch are often declared badly, and we need none of them.
        # Without a processor, times stay numbers, which we check ourselves.
        lenient = ErrorHandling.IGNORE
        with FitReader(
            data, processor=None, check_crc=CrcCheck.READONLY, error_handling=lenient
        ) as frames:
            for frame in frames:
                if isinstance(frame, FitCRC) and not frame.matched:
                    damage = "has a wrong checksum, so some of it may be damaged"
                if not isinstance(frame, FitDataMessage):
                    continue
                index += 1
                if frame.name in {"session", "activity", "workout"}:
                    fields = {field.name: field.value for field in frame.fields}
                    found.append(_Message(index, frame.name, fields))
    except Exception:  # noqa: BLE001  on bad bytes the decoder may raise anything
        damage = f"is damaged or cut off after message {index}"
    return found, damage


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
