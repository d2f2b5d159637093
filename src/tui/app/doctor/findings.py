"""What the doctor found: one thing that is wrong, or that the runner should know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace


class Finding(Struct, frozen=True, kw_only=True):
    """``code`` names the kind, for scripts. ``where`` is the file or folder, relative to the data
    folder, and ``ids`` are those of the documents in it, if it is about documents. ``words`` say
    what is wrong, ``todo`` what the runner can do, ``repair`` what ``--repair`` does. A ``note`` is
    good to know, but nothing is wrong."""

    code: str
    where: str
    words: str
    todo: str = ""
    repair: str = ""
    ids: tuple[str, ...] = ()
    note: bool = False


# How many of many things of one kind are named.
NAMED = 3


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those of one kind in one file as one, in the order of the first of them."""
    groups: dict[Finding, list[Finding]] = {}
    for one in findings:
        groups.setdefault(replace(one, words="", ids=()), []).append(one)
    return [
        replace(
            kind,
            words="; ".join(listed([one.words for one in group])),
            ids=tuple(id_ for one in group for id_ in one.ids),
        )
        for kind, group in groups.items()
    ]


def listed(words: Sequence[str]) -> list[str]:
    """The first of these words, and how many more there are."""
    more = len(words) - NAMED
    return [*words[:NAMED], f"{more} more"] if more > 0 else list(words)
