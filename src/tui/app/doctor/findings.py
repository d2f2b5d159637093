"""What the doctor found: one thing that is wrong, or that the runner should know."""

from __future__ import annotations

from msgspec import Struct


class Finding(Struct, frozen=True, kw_only=True):
    """``code`` names the kind, for scripts. ``where`` is the file or folder, relative to the data
    folder, and ``about`` the id of the document in it, if it is about one. ``words`` say what is
    wrong and, where only the runner can mend it, what to type; ``repair`` says what ``--repair``
    does, if anything. A ``note`` is good to know, but nothing is wrong."""

    code: str
    where: str
    words: str
    repair: str = ""
    about: str = ""
    note: bool = False
