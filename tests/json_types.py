"""Reads the types of docs/json.md, a small part of TypeScript, and holds JSON to them.

A type is a function from a value and its path to the faults found there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Faults = Iterator[str]
Check = Callable[[Any, str], Faults]

TOKEN = re.compile(r'\s+|//[^\n]*|("[^"]*"|\w+|[{}()<>|&:?,=\[\]])')
# What the comments in json.md say of these.
PATTERNS = {
    "Day": re.compile(r"\d{4}-\d\d-\d\d"),
    "Time": re.compile(r"\d\d:\d\d"),
    "Instant": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d"),
}
BASIC: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "unknown": lambda _: True,
}


@dataclass(frozen=True)
class Object:
    """An object with these fields, by name (ending in ? if it may be left out); with others too if
    it is ``open``."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    open: bool = False


@dataclass(frozen=True)
class Name:
    name: str


@dataclass(frozen=True)
class Literal:
    text: str


@dataclass(frozen=True)
class Array:
    of: Any


@dataclass(frozen=True)
class Record:
    of: Any


@dataclass(frozen=True)
class Union:
    parts: tuple[Any, ...]


@dataclass(frozen=True)
class Both:
    """An intersection of objects."""

    parts: tuple[Any, ...]


class Reader:
    """Reads types from text; raises ValueError where it is not of the part known here."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        place = 0
        while place < len(text):
            found = TOKEN.match(text, place)
            if found is None:
                raise ValueError(f"not understood: {text[place : place + 40]!r}")
            self.tokens += [found[1]] if found[1] else []
            place = found.end()
        self.tokens.append("")

    def take(self, wanted: str = "") -> str:
        token = self.tokens.pop(0)
        if wanted and token != wanted:
            raise ValueError(f"{wanted} wanted, not {token!r} before {self.tokens[:8]}")
        return token

    def has(self, *wanted: str) -> bool:
        """Take these tokens if they come next."""
        if tuple(self.tokens[: len(wanted)]) != wanted:
            return False
        del self.tokens[: len(wanted)]
        return True

    def declarations(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while self.has("type"):
            name = self.take()
            self.take("=")
            if name in made:
                raise ValueError(f"{name} is there twice")
            made[name] = self.type()
        self.take("")
        if self.tokens:
            raise ValueError(f"not understood: {self.tokens[:8]}")
        return made

    def type(self) -> Any:
        parts = [self.both()]
        while self.has("|"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Union(tuple(parts))

    def both(self) -> Any:
        parts = [self.postfix()]
        while self.has("&"):
            parts.append(self.postfix())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def postfix(self) -> Any:
        made = self.primary()
        while self.has("[", "]"):
            made = Array(made)
        return made

    def primary(self) -> Any:
        token = self.take()
        if token == "{":
            return self.object()
        if token == "(":
            made = self.type()
            self.take(")")
            return made
        if token == "Record":
            for each in ("<", "string", ","):
                self.take(each)
            made = self.type()
            self.take(">")
            return Record(made)
        if token.startswith('"'):
            return Literal(token[1:-1])
        if not token.isidentifier():
            raise ValueError(f"a type wanted, not {token!r} before {self.tokens[:8]}")
        return Name(token)

    def object(self) -> Object:
        fields: dict[str, Any] = {}
        is_open = False
        while not self.has("}"):
            if self.has("["):
                self.take()
                for each in (":", "string", "]", ":", "unknown"):
                    self.take(each)
                is_open = True
            else:
                name = self.take()
                name += "?" if self.has("?") else ""
                self.take(":")
                fields[name] = self.type()
            self.has(",")
        return Object(fields, is_open)


class Types:
    """The types declared in the ts blocks of a Markdown text."""

    def __init__(self, markdown: str) -> None:
        blocks = re.findall(r"^```ts\n(.*?)^```$", markdown, re.MULTILINE | re.DOTALL)
        self.declared = Reader("\n".join(blocks)).declarations()

    def faults(self, value: Any, written: str) -> list[str]:
        """Where a value is not of a type, in words; none if it is."""
        return list(self._faults(value, Reader(written).type(), "$"))

    def _faults(self, value: Any, kind: Any, path: str) -> Faults:
        match kind:
            case Name(name):
                yield from self._named(value, name, path)
            case Literal(text):
                if value != text:
                    yield f"{path}: {value!r} is not {text!r}"
            case Array(of):
                if not isinstance(value, list):
                    yield f"{path}: {value!r} is no list"
                    return
                for number, each in enumerate(value):
                    yield from self._faults(each, of, f"{path}[{number}]")
            case Record(of):
                if not isinstance(value, dict):
                    yield f"{path}: {value!r} is no object"
                    return
                for key, each in value.items():
                    yield from self._faults(each, of, f"{path}.{key}")
            case Union(parts):
                tried = [list(self._faults(value, part, path)) for part in parts]
                # Those of the part that was meant: the one that is at least of the right kind.
                own = f"{path}: "
                yield from min(tried, key=lambda found: (own in " ".join(found), len(found)))
            case _:
                yield from self._object(value, self._flat(kind), path)

    def _named(self, value: Any, name: str, path: str) -> Faults:
        if name in PATTERNS:
            if not (isinstance(value, str) and PATTERNS[name].fullmatch(value)):
                yield f"{path}: {value!r} is no {name}"
        elif name in BASIC:
            if not BASIC[name](value):
                yield f"{path}: {value!r} is no {name}"
        else:
            yield from self._faults(value, self.declared[name], path)

    def _object(self, value: Any, kind: Object, path: str) -> Faults:
        if not isinstance(value, dict):
            yield f"{path}: {value!r} is no object"
            return
        known = {name.removesuffix("?"): (name, each) for name, each in kind.fields.items()}
        for name, each in value.items():
            if name in known:
                yield from self._faults(each, known[name][1], f"{path}.{name}")
            elif not kind.open:
                yield f"{path}.{name}: is not documented"
        for name, (written, _) in known.items():
            if name not in value and not written.endswith("?"):
                yield f"{path}.{name}: is missing"

    def _flat(self, kind: Any) -> Object:
        """An object, or an intersection of objects as one."""
        if isinstance(kind, Name):
            return self._flat(self.declared[kind.name])
        if isinstance(kind, Both):
            parts = [self._flat(part) for part in kind.parts]
            fields = {name: each for part in parts for name, each in part.fields.items()}
            return Object(fields, any(part.open for part in parts))
        assert isinstance(kind, Object), kind
        return kind
