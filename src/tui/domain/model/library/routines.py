"""Check a routine of a library file: plain JSON in, frozen values out."""

from __future__ import annotations

from tui.domain.model.library.programmes import objects, read_slot
from tui.domain.model.validation import Fields, Span
from tui.domain.model.values import Routine

MINUTES = Span("", 1, 30)


def read_routine(fields: Fields) -> Routine:
    """One routine, valid only if it added no problem. Exercise ids are not looked up here."""
    work = fields.may("work") and fields.raw["work"]
    if not isinstance(work, bool):
        fields.wrong("work", "must be true or false")
    routine = Routine(
        id=fields.ident("id"),
        name=fields.text("name"),
        about=fields.text("about"),
        minutes=fields.number("minutes", MINUTES),
        slots=tuple(read_slot(slot) for slot in objects(fields, "slots", 1, 30, "slots")),
        sources=fields.words("sources", 1, 8, "source ids", fields.is_id),
        work=work is True,
    )
    fields.close()
    return routine
