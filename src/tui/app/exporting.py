"""Writes the log in a form for other programs, or all there is for another copy of this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC

from msgspec import Struct

from tui.app.logbook import Logbook
from tui.app.whole_import import shared
from tui.domain.model.codec import Doc
from tui.domain.model.text import number_of
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Session
from tui.domain.model.visible import visible

LINE, SESSION = "line", "session"
# Not one file but one for each session; see fit_export.
FIT = "fit"


class Exported(Struct, frozen=True):
    """The content of a file, and what it holds in words, such as 5 lines."""

    data: bytes
    holds: str


class Form(Struct, frozen=True):
    """A form of the log: its ``name``, the ``ending`` of its files, a word about it (``about``),
    and what makes it (raises BadDocument if there is nothing to write, or StoreError). ``whole``:
    it can hold settings, calendar and own library too."""

    name: str
    ending: str
    about: str
    make: Callable[[Logbook, bool], Exported]
    whole: bool = False


def _lines(book: Logbook, everything: bool) -> list[Doc]:
    """The lines of the whole log; with ``everything`` first those of settings, calendar and own
    library."""
    from tui.formats.setlog_writer import docs

    sessions, records = book.reader.everything()
    before = _besides(book, sessions) if everything else iter(())
    return [*before, *docs(sessions, records)]


def _besides(book: Logbook, sessions: Sequence[Session]) -> Iterator[Doc]:
    from tui.formats.setlog_whole import docs

    profile, own = book.profile, book.profile.own_library
    logged = {entry.exercise for session in sessions for entry in session.entries}
    return docs(
        shared(profile.store.stored()),
        own.joined().library if own.stored() else {},
        logged - profile.library.exercises.keys(),
    )


def _jsonl(book: Logbook, everything: bool) -> Exported:
    from tui.formats.json_lines import dump

    lines = _lines(book, everything)
    return _text("".join(f"{dump(line)}\n" for line in lines), _counted(lines), LINE)


def _json(book: Logbook, everything: bool) -> Exported:
    from tui.formats.setlog_json import render

    lines = _lines(book, everything)
    return _text(render(lines), _counted(lines), LINE)


def _counted(lines: Sequence[Doc]) -> int:
    """How many lines say something, as an import counts them: not the head of a whole export."""
    from tui.formats.setlog_whole import ALL

    return sum(line.get("type") != ALL for line in lines)


def _csv(book: Logbook, _: bool) -> Exported:
    from tui.formats.setlog_csv import render

    lines = _lines(book, False)
    return _text(render(lines), len(lines), LINE)


def shown_sessions(book: Logbook) -> list[Session]:
    """The sessions of the whole log as they are shown, oldest first. Raises StoreError if a year
    cannot be read."""
    seen = (visible(session) for session in book.reader.everything()[0])
    return sorted((s for s in seen if not s.deleted and s.live()), key=lambda s: s.started)


def _strong(book: Logbook, _: bool) -> Exported:
    from tui.formats.strong_writer import render

    sessions = shown_sessions(book)
    return _text(render(sessions, book.profile.library), len(sessions), SESSION)


def _hevy(book: Logbook, _: bool) -> Exported:
    from tui.formats.hevy_writer import render

    sessions = shown_sessions(book)
    return _text(render(sessions, book.profile.library), len(sessions), SESSION)


def _ics(book: Logbook, _: bool) -> Exported:
    from tui.app.session_events import events
    from tui.formats.sessions_ics import render

    sessions = shown_sessions(book)
    if not sessions:
        # A calendar file must have at least one event (RFC 5545).
        raise BadDocument("nothing is logged yet: a calendar needs a session")
    found = events(sessions, book.profile.library, book.profile.unit)
    return Exported(render(found, book.now().astimezone(UTC)), number_of(len(found), SESSION))


def _markdown(book: Logbook, _: bool) -> Exported:
    from tui.present.history import log_report
    from tui.present.report import markdown

    sessions = shown_sessions(book)
    report = log_report(sessions, book.profile.library, book.profile.unit)
    return _text(markdown(report), len(sessions), SESSION)


def _text(text: str, count: int, what: str) -> Exported:
    return Exported(text.encode(), number_of(count, what))


FORMS = {
    form.name: form
    for form in (
        Form("jsonl", ".jsonl", "all of the log", _jsonl, whole=True),
        Form("json", ".json", "the same as one object", _json, whole=True),
        Form("csv", ".csv", "a table", _csv),
        Form("strong", ".csv", "a table as Strong has it", _strong),
        Form("hevy", ".csv", "a table as Hevy has it", _hevy),
        Form("ics", ".ics", "a calendar", _ics),
        Form("markdown", ".md", "to read", _markdown),
    )
}
