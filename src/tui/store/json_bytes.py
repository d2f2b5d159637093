"""JSON as bytes. orjson is loaded when it is first needed: with what it imports it takes 5 ms, and
many a start reads and writes none of our files."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Any

__all__ = ["JSONDecodeError", "dumps", "loads"]


def loads(data: bytes) -> Any:
    """The value of a JSON text. Raises JSONDecodeError."""
    import orjson

    return orjson.loads(data)


def dumps(value: Any, *, indent: bool = False) -> bytes:
    """A value as JSON, in one line or, with ``indent``, over several with two spaces a level.
    Raises TypeError for what JSON cannot hold."""
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else None)
