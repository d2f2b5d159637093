"""Matches the names that other apps give exercises to those of the library.

Only a name that is the same but for spelling, plurals and the order of its words is taken for an
exercise. Names that are merely alike are offered: a hack squat is no back squat, however alike the
two are to a computer (source project).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from tui.domain.model.library.catalog import Library
from tui.domain.model.library.search import plain
from tui.domain.model.values import Exercise, Kind

MOST_NEAR = 5
# Short forms and misspellings that every lifter reads the same way.
SPELLINGS = {
    "db": "dumbbell",
    "dumbell": "dumbbell",
    "bb": "barbell",
    "kb": "kettlebell",
    "kettleball": "kettlebell",
    "calves": "calf",
    "ups": "up",
    "flie": "fly",
    "flye": "fly",
    "ezbar": "ez",
    "1": "single",
    "one": "single",
    "legged": "leg",
    "armed": "arm",
}
# Words that say what an exercise is done with: two that differ in them are two exercises.
TOOLS = {
    "barbell": "barbell",
    "dumbbell": "dumbbells",
    "kettlebell": "kettlebell",
    "cable": "cable",
    "machine": "machine",
    "smith": "smith-machine",
    "band": "band",
    "landmine": "landmine",
    "trx": "suspension",
    "ez": "ez-bar",
    "hex": "hex-bar",
    "trap": "hex-bar",
}
# Words without which a name means the same.
FILLERS = frozenset({"the", "a", "with", "on", "of", "bodyweight", "bar", "weighted"})
Words = tuple[str, ...]


class Match(Struct, frozen=True):
    """What a name may mean: the id of the ``exercise``, or None, and the ids of exercises with
    ``near`` names, the nearest first, which the runner may be asked about."""

    exercise: str | None = None
    near: tuple[str, ...] = ()


class NameIndex:
    """The names and aliases of a library's exercises, to look up many names of other apps."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._same: defaultdict[object, dict[str, None]] = defaultdict(dict)
        self._bare: defaultdict[Words, dict[str, None]] = defaultdict(dict)
        for exercise in library.exercises.values():
            for label in (exercise.id, exercise.name, *exercise.aliases):
                words = stems(label)
                for key in _keys(words):
                    self._same[key][exercise.id] = None
                if core := _core(words):
                    self._bare[core][exercise.id] = None

    def match(self, name: str) -> Match:
        """What another app's ``name`` for an exercise means here."""
        words = stems(name)
        if not words:
            return Match()
        for key in _keys(words):
            found = self._same.get(key)
            if found is not None:
                ids = tuple(found)
                return Match(ids[0]) if len(ids) == 1 else Match(near=ids[:MOST_NEAR])
        return Match(near=tuple(self._near(words))[:MOST_NEAR])

    def _near(self, words: Words) -> Iterator[str]:
        """The exercises that differ only by a tool that one of both names leaves open, then those
        that differ by a typing error."""
        tools = {TOOLS[word] for word in words if word in TOOLS}
        core = _core(words)
        near = dict.fromkeys(
            id_
            for id_ in (self._bare.get(core, ()) if core else ())
            if self._may_be(self._library.exercises[id_], tools)
        )
        yield from near
        for key, ids in self._same.items():
            if isinstance(key, tuple) and len(key) == len(words) and _misspelt(words, key):
                yield from (id_ for id_ in ids if id_ not in near)

    @staticmethod
    def _may_be(exercise: Exercise, tools: set[str]) -> bool:
        """Whether an exercise may be done with all of these tools, as far as its entry says."""
        named = {TOOLS[word] for word in stems(exercise.name) if word in TOOLS}
        own = {*exercise.equipment, *named} & set(TOOLS.values())
        if not own:
            # Nothing but the body, or nobody says with what.
            return not tools or exercise.kind is Kind.LOADED
        return not tools or tools <= own


@lru_cache(maxsize=8192)
def stems(name: str) -> Words:
    """The words of a name in the singular and in one spelling: "Bulgarian Split-Squats (DB)" is
    bulgarian, split, squat, dumbbell."""
    return tuple(_stem(word) for word in plain(name.replace("'s", "s").replace("’s", "s")).split())


def _stem(word: str) -> str:
    word = SPELLINGS.get(word, word)
    if re.search(r"(?:ch|sh|ss|x)es$", word):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return SPELLINGS.get(word, word)


def _keys(words: Words) -> Iterator[object]:
    """What two names have in common if they are the same: their letters in order, or their words in
    any order."""
    if words:
        yield "".join(words)
        yield tuple(sorted(words))


def _core(words: Words) -> Words:
    """The words of a name that say what is done, not what with."""
    return tuple(sorted(word for word in words if word not in TOOLS and word not in FILLERS))


def _misspelt(words: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two names differ in one word only, and in that by one letter."""
    left, right = sorted(words), sorted(others)
    only = [word for word in left if word not in right], [w for w in right if w not in left]
    return len(only[0]) == len(only[1]) == 1 and _one_letter(only[0][0], only[1][0])


def _one_letter(one: str, other: str) -> bool:
    """Whether two words of some length differ by one letter: another one, one more, or two that
    changed places."""
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, more = one[start:], other[start:]
    return (
        rest[1:] == more[1:]
        or rest[1:] == more
        or rest == more[1:]
        or (rest[2:] == more[2:] and sorted(rest[:2]) == sorted(more[:2]))
    )
