"""Parse and show the one-line set notation that a runner types and the app shows everywhere.

    3x8 60kg rir3        three sets of eight with 60 kg, three reps in reserve
    60kg x 8,8,7         three sets with one load
    3x25/side            25 on the left and 25 on the right
    3x8x5s/side          clusters: eight five-second holds per side
    L40s R38s            one set, each side with its own amount
    3x5 t10              ten seconds on the way down
    3x8/side t3 p2       three seconds down, a stop of two at the hard point
    3x40m 16kg/side      carries
    3x8 a20kg            20 kg of help, by a machine or a band
    60kg x 8; 55kg x 8,7 groups of sets, one after another

This is the compact form, which files keep. People are shown, and may type, a longer one:

    3 × 8 · 60 kg                       8, 8, 7 · 62,5 kg          5 × 20, 30, 40 kg
    3 × (8 × 5 s) each side             40 s left, 38 s right      1:30
    3 × 5 each side, 10 s down          5 × 62.5 kg, 2 spare       5 × 8 jumps (80 contacts)
    3 × 8 · 20 kg help

A set may be followed by ``rir2`` or ``rpe8``, ``effort7``, ``pain3``, ``warmup``, ``drop``,
``failure``, a flag (slow, form, landing, knee, hips, ankle, tempo, aborted) and, after ``#``, a
note. A side's letter in front limits a word to that side: ``8/side 20kg Lrir3 Rrir0 Rknee``.
``/side`` applies to reps, holds or metres; a load is always per implement.
"""

from __future__ import annotations

from msgspec.structs import replace

from tui.domain.model.notation_group import MOST_SETS, Group, NotationError, Written, example
from tui.domain.model.notation_show import HELP, WARM_UP, Form, amount, place, planned, show
from tui.domain.model.text import clean
from tui.domain.model.validation import LIMIT
from tui.domain.model.values import MEASURES, Kind, SetEntry

__all__ = [
    "HELP",
    "WARM_UP",
    "Form",
    "NotationError",
    "Written",
    "amount",
    "parse",
    "planned",
    "show",
    "written",
]

# The longest possible set takes 380 characters, so whatever show returns can be parsed again.
LONGEST = 400 * MOST_SETS


def parse(text: str, kind: Kind | None = None, *, single: bool = False) -> tuple[Written, ...]:
    """The typed sets as rows, one for each side of each set: warm-ups first, then work sets, each
    kind numbered from 1.

    ``kind`` tells holds from other timed work. With ``single`` the text is one set, so that
    ``8x5s`` is a cluster and not eight sets. Raises NotationError.
    """
    body, _, note = text.partition("#")
    if len(body) > LONGEST:
        raise NotationError(f"Too long for a line of sets. {example(kind)}")
    rows: list[Written] = []
    for group in body.split(";"):
        more = Group(group, kind, single).rows()
        start = max((row.number for row in rows if row.kind is more[0].kind), default=0)
        rows += [replace(row, number=row.number + start, note=clean(note.strip())) for row in more]
    rows.sort(key=lambda row: (*place(row), row.side))
    sets = len({place(row) for row in rows})
    if sets > MOST_SETS:
        raise NotationError(f"More than {MOST_SETS} sets in one line. For a weight write 60kg x 5.")
    if single and sets > 1:
        raise NotationError("That is more than one set. Write one, like 8 60kg rir2.")
    if any((getattr(row.measures, name) or 0) > LIMIT for row in rows for name in MEASURES):
        raise NotationError(f"A number is too big to be true. {example(kind)}")
    return tuple(rows)


def written(row: SetEntry) -> Written:
    """A logged row in the form it would have been typed."""
    return Written(
        number=row.number,
        side=row.side,
        measures=row.done,
        kind=row.kind,
        rir=row.rir,
        effort=row.effort,
        pain=row.pain,
        flags=row.flags,
        note=row.note,
    )
