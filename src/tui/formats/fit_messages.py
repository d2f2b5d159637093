"""Decodes the messages of FIT files, recorded by watches or made of sessions of strength."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from msgspec import Struct

# FIT counts seconds from here; smaller numbers count from when the device was switched on.
EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
FIRST, LAST = 0x10000000, 0xFFFFFFFE
QUARTER = 15 * 60
FARTHEST = 14 * 3600


class Message(Struct, frozen=True):
    """One FIT message: its index in the file, from 1, its kind and its fields."""

    index: int
    kind: str
    fields: Mapping[str, Any]


def readable(data: bytes, kinds: Collection[str]) -> tuple[list[Message], str]:
    """The messages of some ``kinds``, as far as a file can be read, and what is wrong with it, with
    the index of the message; empty if nothing is."""
    from fitdecode import CrcCheck, ErrorHandling, FitCRC, FitDataMessage, FitReader

    index, damage = 0, ""
    found: list[Message] = []
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
                if frame.name in kinds:
                    fields = {field.name: field.value for field in frame.fields}
                    found.append(Message(index, frame.name, fields))
    except Exception:  # noqa: BLE001  on bad bytes the decoder may raise anything
        damage = f"is damaged or cut off after message {index}"
    return found, damage


def offset(messages: Sequence[Message]) -> timezone | None:
    """The UTC offset of the watch's clock, to a quarter of an hour; None if the file has none."""
    for message in messages:
        local = instant(message.fields, "local_timestamp")
        utc = instant(message.fields, "timestamp")
        if message.kind == "activity" and local is not None and utc is not None:
            ahead = round((local - utc) / QUARTER) * QUARTER
            if abs(ahead) <= FARTHEST:
                return timezone(timedelta(seconds=ahead))
    return None


def instant(fields: Mapping[str, Any], key: str) -> int | None:
    """A field that is an instant, in seconds from EPOCH; None if it is unset."""
    value = fields.get(key)
    return value if isinstance(value, int) and FIRST <= value <= LAST else None


def measure(fields: Mapping[str, Any], key: str) -> float | None:
    """A field that is a measure, in the unit of FIT's profile; None if it is unset."""
    value = fields.get(key)
    return float(value) if isinstance(value, int | float) else None
