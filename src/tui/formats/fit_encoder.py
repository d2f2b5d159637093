"""Encodes FIT files: a header, messages with their definitions, a checksum.

The libraries that write FIT bring a whole profile with them, and Garmin's has a licence of its own;
what we write needs no more than this.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from msgspec import Struct

HEADER_BYTES, PROTOCOL, PROFILE = 14, 0x20, 21205
DEFINITION = 0x40
# As many kinds of messages may be defined at once.
LOCALS = 16
# The longest text; Garmin's devices cut names off sooner.
LONGEST = 120
NIBBLES = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
)  # fmt: skip


class _Base(NamedTuple):
    """A base type: its number in a definition, its letter for struct, what stands for no value."""

    number: int
    letter: str
    unset: int


class Base(Enum):
    """The base types of FIT that we write."""

    ENUM = _Base(0x00, "B", 0xFF)
    UINT8 = _Base(0x02, "B", 0xFF)
    UINT16 = _Base(0x84, "H", 0xFFFF)
    UINT32 = _Base(0x86, "I", 0xFFFFFFFF)
    UINT32Z = _Base(0x8C, "I", 0)
    STRING = _Base(0x07, "s", 0)


class Field(Struct, frozen=True):
    """A field of a message by its number in FIT's profile. A number beyond its base type is written
    as the nearest that it can hold; None as no value."""

    number: int
    base: Base
    value: int | str | None


class Message(Struct, frozen=True):
    """A message by its number in FIT's profile."""

    number: int
    fields: tuple[Field, ...]


def file_of(messages: Iterable[Message]) -> bytes:
    """A FIT file of messages, each defined before it is first used. Raises ValueError for more than
    16 kinds of messages."""
    body = bytearray()
    locals_of: dict[int, int] = {}
    defined: dict[int, bytes] = {}
    for message in messages:
        local = locals_of.setdefault(message.number, len(locals_of))
        if local >= LOCALS:
            raise ValueError("FIT has room for 16 kinds of messages")
        values = [_bytes(field) for field in message.fields]
        definition = struct.pack("<BBHB", 0, 0, message.number, len(values)) + b"".join(
            struct.pack("<BBB", field.number, len(value), field.base.value.number)
            for field, value in zip(message.fields, values, strict=True)
        )
        if defined.get(local) != definition:
            defined[local] = definition
            body += bytes([DEFINITION | local]) + definition
        body += bytes([local]) + b"".join(values)
    head = struct.pack("<BBHI4s", HEADER_BYTES, PROTOCOL, PROFILE, len(body), b".FIT")
    head += struct.pack("<H", checksum(head))
    return head + body + struct.pack("<H", checksum(head + body))


def checksum(data: bytes) -> int:
    """The CRC-16 that FIT uses, worked out by halves of bytes."""
    crc = 0
    for byte in data:
        crc = crc >> 4 ^ NIBBLES[crc & 15] ^ NIBBLES[byte & 15]
        crc = crc >> 4 ^ NIBBLES[crc & 15] ^ NIBBLES[byte >> 4]
    return crc


def _bytes(field: Field) -> bytes:
    base, value = field.base.value, field.value
    if isinstance(value, str):
        # Cut between characters, never inside one.
        whole = value.encode()[:LONGEST].decode(errors="ignore").encode()
        return whole + b"\0"
    most = (1 << 8 * struct.calcsize(base.letter)) - 1
    # For most types the highest number stands for no value.
    highest = most - 1 if base.unset else most
    return struct.pack("<" + base.letter, base.unset if value is None else min(value, highest))
