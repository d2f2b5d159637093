"""Writes finished sessions as FIT activities, a file each, into a folder."""

from __future__ import annotations

import re
from pathlib import Path

from tui.app.exporting import shown_sessions
from tui.app.logbook import Logbook
from tui.domain.model.text import clean, number_of
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Session
from tui.store.new_file import make_folder, write_new

NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]")


def write_fit(book: Logbook, folder: Path) -> str:
    """Write a file for each session into ``folder``, which is made if it is not there, and return
    how many, in words. A file that is there stays as it is. Raises BadDocument if nothing is
    logged, and StoreError if the disk refuses: then the same call again goes on."""
    from tui.formats.fit_writer import render

    sessions = shown_sessions(book)
    if not sessions:
        raise BadDocument("nothing is logged yet: FIT needs a session")
    make_folder(folder)
    written = there = left_out = 0
    for session in sessions:
        path = folder / _name(session)
        if path.exists():
            there += 1
            continue
        try:
            data = render(session, book.profile.library)
        except BadDocument:
            left_out += 1
            continue
        write_new(path, data, over=False)
        written += 1
    words = [f"{number_of(written, 'file')} in {clean(str(folder))}"]
    if there:
        words.append(f"{there} there already, left as {'it is' if there == 1 else 'they are'}")
    if left_out:
        words.append(f"{left_out} left out, as FIT has no time for that year")
    return "; ".join(words)


def _name(session: Session) -> str:
    """By day and id: the same session has the same name every time."""
    return f"{session.day}-{NOT_IN_A_NAME.sub('_', session.id)}.fit"
