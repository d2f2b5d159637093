"""What the exercise names in another app's log mean in the runner's library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from tui.domain.model.library.activity_names import (
    Endurance,
    Shape,
    endurance_of,
    is_assisted,
    kind_of,
    region_of,
)
from tui.domain.model.library.catalog import Library, NameChoice
from tui.domain.model.library.name_matching import Match, NameIndex
from tui.domain.model.text import clean, clip
from tui.domain.model.validation import TEXT_LENGTHS
from tui.domain.model.values import Kind
from tui.formats.other_apps.workouts import OtherEntry, OtherLog

# The weight may be that of one side of a machine.
EACH_SIDE = re.compile(r"\beach\W+side\b", re.IGNORECASE)
# What an app means by a name that may be several things elsewhere.
PRESS = {"overhead press": "Overhead Press (Barbell)"}
OF_APPS: Mapping[str, Mapping[str, str]] = {"StrongLifts": PRESS, "Liftosaur": PRESS}


class FoundName(Struct, frozen=True, kw_only=True):
    """A name in another app's log: how many ``sets`` it has and of what ``shape``. ``match`` is
    what it means in the library, ``choice`` what the runner has said of it, if anything.
    ``endurance`` is set for runs, walks and other work that is no strength. ``each_side``: the
    weight may be that of one side of a machine, and only the runner knows."""

    name: str
    sets: int
    shape: Shape
    match: Match
    choice: NameChoice | None = None
    endurance: Endurance | None = None
    each_side: bool = False

    @property
    def open(self) -> bool:
        """Whether the runner should be asked about it."""
        if self.choice is not None or self.endurance is not None:
            return False
        return self.each_side or bool(self.match.near)

    @property
    def kind(self) -> Kind:
        """The kind of the exercise that it becomes if it is a new one."""
        return kind_of(self.name, self.shape)

    @property
    def region(self) -> str:
        """The main region of the exercise that it becomes; empty if nothing says."""
        return region_of(self.name)


def names_in(log: OtherLog, library: Library) -> list[FoundName]:
    """The names of all exercises in a log, in the order in which they first occur."""
    every: dict[str, list[OtherEntry]] = {}
    for workout in log.workouts:
        for entry in workout.entries:
            every.setdefault(entry.name, []).append(entry)
    index = NameIndex(library)
    said = OF_APPS.get(log.app, {})
    return [
        _found(name, index.match(_alone(said.get(name.casefold(), name))), entries, library)
        for name, entries in every.items()
    ]


def _found(name: str, match: Match, entries: list[OtherEntry], library: Library) -> FoundName:
    rows = [row for entry in entries for row in entry.sets]
    shape = Shape(
        load=not is_assisted(name) and any((row.weight or 0) > 0 for row in rows),
        reps=_most(row.reps is not None for row in rows),
        seconds=any(row.seconds for row in rows),
        distance=any(row.distance_m or row.distance for row in rows),
    )
    choice = library.names.get(name)
    if choice is not None and choice.exercise and choice.exercise not in library.exercises:
        choice = None
    endurance = None
    if choice is None and match.exercise is None:
        endurance = endurance_of(name, entries[0].category, shape)
    return FoundName(
        name=name,
        sets=len(rows),
        shape=shape,
        match=match,
        choice=choice,
        endurance=endurance,
        each_side=shape.load and EACH_SIDE.search(name) is not None,
    )


def _alone(name: str) -> str:
    """A name without the words that only say how its weight is given."""
    return EACH_SIDE.sub(" ", name)


def _most(truths: Iterable[bool]) -> bool:
    every = list(truths)
    return 2 * sum(every) > len(every)


def own_name(name: str, taken: Iterable[str]) -> str:
    """The name that an own exercise gets: the app's, in one line, of a length that fits, and not
    ``taken`` (names in lower case)."""
    shown = clip(" ".join(clean(name).split()), TEXT_LENGTHS["name"]) or "Exercise"
    there, n, made = set(taken), 2, shown
    while made.casefold() in there:
        made = f"{clip(shown, TEXT_LENGTHS['name'] - 4)} {n}"
        n += 1
    return made
