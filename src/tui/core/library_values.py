"""The library as a whole: what :mod:`tui.core.library` makes of its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.core.model import Exercise, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an entry comes from: an article, or this project."""

    title: str
    author: str
    publisher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Exercises, programmes and sources by id, in the order of their files."""

    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
