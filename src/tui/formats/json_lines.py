"""Reads untrusted JSON lines (JSONL): one object per line, or what is wrong with it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from tui.domain.model.codec import Doc
from tui.domain.model.text import clean, clip
from tui.domain.model.validation import BadDocument

# A set is a few hundred characters; this leaves room for a very long note.
LONGEST = 1_000_000
DEEPEST = 20
# The largest whole number a year file can hold.
LARGEST = 2**63 - 1
MESSAGE = 160
BOM = b"\xef\xbb\xbf"


class Problem(Struct, frozen=True):
    """What is wrong with one line; lines are numbered from 1."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


def problem(line: int, message: object) -> Problem:
    """A problem, with its message shortened and made safe to show."""
    return Problem(line, clip(clean(str(message)), MESSAGE))


def objects(data: Iterable[bytes]) -> Iterator[tuple[int, Doc | Problem]]:
    """The number of each line and the object it holds, or what is wrong with it.

    A byte order mark, Windows line ends and empty lines are skipped. A line that is too long ends
    the reading, so that a hostile file is never held in memory: pass lines of at most
    ``LONGEST + 2`` bytes, in pieces if need be.
    """
    for number, raw in enumerate(data, start=1):
        line = raw.removeprefix(BOM) if number == 1 else raw
        if len(line) > LONGEST:
            yield number, problem(number, f"is longer than {LONGEST:,} characters")
            return
        if not line.strip():
            continue
        try:
            yield number, object_in(line)
        except BadDocument as bad:
            yield number, problem(number, bad)


def dump(doc: Doc) -> str:
    """An object as one line, without the line end; ASCII only, so safe to show and to send."""
    return json.dumps(doc, separators=(",", ":"), allow_nan=False)


def canonical(doc: Doc) -> str:
    """An object as text that does not depend on field order, on how numbers are written (60 or
    60.0), or on whether a missing field is null or left out."""
    return json.dumps(_plain(doc), separators=(",", ":"), allow_nan=False, sort_keys=True)


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items() if inner is not None}
        case list():
            return [_plain(inner) for inner in value]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


def object_in(data: bytes, deepest: int = DEEPEST) -> Doc:
    """The JSON object in some bytes. Raises BadDocument if they hold none, or one that is nested
    deeper than ``deepest`` or that a year's file could not hold."""
    try:
        doc = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_constant)
    except UnicodeDecodeError:
        raise BadDocument("is not UTF-8 text") from None
    except RecursionError:
        raise BadDocument("is nested too deep") from None
    except json.JSONDecodeError as error:
        raise BadDocument(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except BadDocument:
        raise
    except ValueError:
        # A number of thousands of digits; Python's own message would not help the runner.
        raise BadDocument("holds a number that is too large") from None
    if not isinstance(doc, dict):
        raise BadDocument("must be a JSON object, as in {...}")
    _check(doc, 1, deepest)
    return doc


def _once(pairs: list[tuple[str, Any]]) -> Doc:
    doc = dict(pairs)
    if len(doc) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadDocument(f"has {twice} twice")
    return doc


def _constant(name: str) -> Any:
    raise BadDocument(f"holds {name}, which is not a number")


def _check(value: Any, depth: int, deepest: int) -> None:
    """Raise BadDocument for a value that a year file could not hold."""
    if depth > deepest:
        raise BadDocument("is nested too deep")
    match value:
        case dict():
            for key, inner in value.items():
                _check(key, depth, deepest)
                _check(inner, depth + 1, deepest)
        case list():
            for inner in value:
                _check(inner, depth + 1, deepest)
        case str():
            if any("\ud800" <= char <= "\udfff" for char in value):
                raise BadDocument("holds half a character (a lone surrogate)")
        case int() if not -LARGEST - 1 <= value <= LARGEST:
            raise BadDocument("holds a number that is too large")
        case float() if not math.isfinite(value):
            raise BadDocument("holds a number that is too large")
