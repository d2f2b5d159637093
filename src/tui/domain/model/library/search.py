"""Fuzzy search for exercises, programmes and routines: best match first, small typos forgiven."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from tui.domain.model.library.catalog import Library
from tui.domain.model.values import Exercise, Programme, Routine

LONGEST = 60
SUGGESTIONS = 5
# A word may differ by about one letter in four: "sqaut" is squat, "cslf" is calf.
ALIKE = 0.74
Words = tuple[str, ...]
Named = TypeVar("Named", Exercise, Programme, Routine)


def plain(text: str) -> str:
    """``text`` in lower case, with single spaces in place of anything but letters and digits."""
    return " ".join(re.findall(r"[^\W_]+", text[:LONGEST].casefold()))


@lru_cache(maxsize=4096)
def labels(exercise_id: str, name: str, aliases: Words) -> tuple[Words, ...]:
    """The id, name and aliases of an exercise, each split into words, without repeats."""
    every = (tuple(plain(text).split()) for text in (exercise_id, name, *aliases))
    return tuple(dict.fromkeys(words for words in every if words))


def find(library: Library, text: str) -> list[Exercise]:
    """The exercises that ``text`` may mean, best first; for empty text, all of them in order.

    Matches rank as follows: the whole id, name or alias; its words in another order; its beginning;
    the beginnings of its words, in any order; its initials; any part of it. Bare exercises come
    after the others, unless they are called just so. Only if nothing matches: similar words; the
    letters in that order.
    """
    return _find(library.exercises.values(), text)


def _find(among: Iterable[Named], text: str) -> list[Named]:
    query, every = tuple(plain(text).split()), list(among)
    if not query:
        return every if not text.strip() else []
    for ways in (SURE, GUESSES):
        ranked = [(rank, e) for e in every if (rank := _rank(query, e, ways)) is not None]
        if ranked:
            return [e for _, e in sorted(ranked, key=lambda pair: _place(*pair))]
    return []


def _place(rank: tuple[int, int], one: Named) -> tuple[bool, tuple[int, int]]:
    return _is_bare(one) and rank[0] >= len(WHOLE), rank


def _is_bare(one: Exercise | Programme | Routine) -> bool:
    return isinstance(one, Exercise) and one.bare


def lookup(library: Library, word: str) -> Exercise | list[Exercise]:
    """The exercise that ``word`` names by id, name or alias, whatever the order of its words, or by
    a prefix that fits only one, or one that is not bare. Otherwise up to five suggestions, best
    first."""
    return _lookup(library.exercises, word)


def lookup_programme(library: Library, word: str) -> Programme | list[Programme]:
    """The programme that ``word`` names, or up to five suggestions; see :func:`lookup`."""
    return _lookup(library.programmes, word)


def lookup_routine(library: Library, word: str) -> Routine | list[Routine]:
    """The routine that ``word`` names, or up to five suggestions; see :func:`lookup`."""
    return _lookup(library.routines, word)


def _lookup(among: Mapping[str, Named], word: str) -> Named | list[Named]:
    if found := among.get(word):
        return found
    query = tuple(plain(word).split())
    for way in (*WHOLE, _begins):
        every = [e for e in among.values() if _rank(query, e, (way,)) is not None]
        named = [e for e in every if not _is_bare(e)] or every
        if query and len(named) == 1:
            return named[0]
        if named:
            break
    return _find(among.values(), word)[:SUGGESTIONS] if query else []


def _rank(
    query: Words, one: Exercise | Programme | Routine, ways: Sequence[Way]
) -> tuple[int, int] | None:
    """How well an entry matches, lower being better, or None: the way, then how much longer the
    label is than the query."""
    called = labels(one.id, one.name, one.aliases if isinstance(one, Exercise) else ())
    for place, way in enumerate(ways):
        lengths = [len(" ".join(label)) for label in called if way(query, label)]
        if lengths:
            return place, min(lengths)
    return None


def _same(query: Words, label: Words) -> bool:
    return query == label


def _reordered(query: Words, label: Words) -> bool:
    return len(query) == len(label) and sorted(query) == sorted(label)


def _begins(query: Words, label: Words) -> bool:
    return " ".join(label).startswith(" ".join(query))


def _words(query: Words, label: Words) -> bool:
    return _each(query, label, lambda typed, word: word.startswith(typed))


def _initials(query: Words, label: Words) -> bool:
    typed = "".join(query)
    return len(typed) > 1 and "".join(word[0] for word in label).startswith(typed)


def _piece(query: Words, label: Words) -> bool:
    return " ".join(query) in " ".join(label)


def _alike(query: Words, label: Words) -> bool:
    from difflib import SequenceMatcher  # Slow to import, and few searches get this far.

    def fits(typed: str, word: str) -> bool:
        near = len(typed) > 2 and SequenceMatcher(None, typed, word).ratio() >= ALIKE
        return word.startswith(typed) or near

    return _each(query, label, fits)


def _letters(query: Words, label: Words) -> bool:
    left = iter("".join(label))
    typed = "".join(query)
    return len(typed) > 2 and all(letter in left for letter in typed)


def _each(query: Words, label: Words, fits: Callable[[str, str], bool]) -> bool:
    """Whether each typed word fits a different word of the label."""
    left = list(label)
    for typed in query:
        match = next((word for word in left if fits(typed, word)), None)
        if match is None:
            return False
        left.remove(match)
    return True


Way = Callable[[Words, Words], bool]
WHOLE: tuple[Way, ...] = (_same, _reordered)
SURE: tuple[Way, ...] = (*WHOLE, _begins, _words, _initials, _piece)
GUESSES: tuple[Way, ...] = (_alike, _letters)
