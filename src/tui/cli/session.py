"""``stridelift session``: lists sessions, moves one to another date, deletes it, brings it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tui.app.logbook import Logbook
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    as_json,
    logbook,
    say,
    say_json,
    typed_day,
)
from tui.cli.named_session import named_session
from tui.domain.model.dates import day_text
from tui.domain.model.deleted import deletions
from tui.domain.model.ids import short_forms
from tui.domain.model.text import number_of
from tui.domain.model.values import Session
from tui.domain.review.context import summed
from tui.domain.session.actions import Refused
from tui.present.words import session_title

HELP = """Your sessions, one by one. A session is named by its date, if it is the only one of that
day, or by its id or the beginning or end of that.

  list             every session with the end of its id, newest first; --deleted: the deleted ones
  date ID NEWDATE  move it to another day; times of day and sets stay as they are
  delete ID        delete it; it can be brought back at any time
  restore ID       bring a deleted one back, with all that was in it

  stridelift session list
  stridelift session date 2026-11-02 2026-11-01
  stridelift session delete 2026-11-02"""
# What each action takes after its name, and how many words that is.
TAKES: Mapping[str, tuple[int, str]] = {
    "list": (0, "nothing more, or --deleted"),
    "date": (2, "a session and its new date"),
    "delete": (1, "one session"),
    "restore": (1, "one session"),
}
LISTED = "stridelift session list names all"
DELETED = "stridelift session list --deleted the deleted ones"


def options(parser: Parser) -> None:
    """The action, the session, --deleted, --json."""
    parser.add_argument("action", metavar="list|date|delete|restore", choices=list(TAKES))
    parser.add_argument("words", metavar="ID|DATE", nargs="*", help="the session")
    parser.add_argument("--deleted", action="store_true", help="list the deleted ones")
    as_json(parser)


def run(options: Options) -> int:
    """Do what was asked."""
    words, (takes, what) = options.words, TAKES[options.action]
    if options.action == "date":  # 14 feb is one date.
        words = [*words[:1], *filter(None, [" ".join(words[1:])])]
    if len(words) != takes:
        raise Usage(f"session {options.action} takes {what}")
    if options.action != "list" and (options.deleted or options.json):
        raise Usage("--deleted and --json go with session list")
    act: Mapping[str, Callable[[Logbook, Sequence[str]], str]] = {
        "date": _move,
        "delete": _delete,
        "restore": _restore,
    }
    with logbook(options, write=options.action != "list") as book:
        if options.action == "list":
            _list(book, options)
        else:
            say([act[options.action](book, words)])
    return 0


def _move(book: Logbook, words: Sequence[str]) -> str:
    session = _there(book, words[0])
    day = typed_day(words[1], book.now().date())
    if day > book.now().date():
        raise Usage(f"{day} is still to come; a session is logged when it is done")
    if day == session.day:
        return f"{_title(book, session)} is on that day already"
    book.recorder.move(session, session.started + (day - session.day))
    back = f"stridelift session date {session.id} {session.day}"
    return f"{_title(book, session)} is now on {day_text(day)}; to undo it: {back}"


def _delete(book: Logbook, words: Sequence[str]) -> str:
    session = _there(book, words[0])
    book.recorder.delete(session)
    back = f"stridelift session restore {session.id}"
    return f"{_title(book, session)}: deleted; to undo it: {back}"


def _restore(book: Logbook, words: Sequence[str]) -> str:
    gone = named_session(
        _deleted(book),
        words[0],
        book.now().date(),
        "among the deleted ones; stridelift session list --deleted names them",
    )
    try:
        back = book.recorder.restore(gone.id)
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal
    return f"{_title(book, back)}, {_sets(book, back)}: back in your log"


def _there(book: Logbook, word: str) -> Session:
    return named_session(
        book.reader.sessions(), word, book.now().date(), f"in your log; {LISTED}, {DELETED}"
    )


def _deleted(book: Logbook) -> list[Session]:
    """The sessions that were deleted, as they are once they are brought back; also those of which
    another machine's later sets are shown."""
    found = deletions(book.reader.everything()[0])
    return [one.session for one in found if not one.rows]


def _list(book: Logbook, options: Options) -> None:
    found = _deleted(book) if options.deleted else book.reader.sessions()
    found = sorted(found, key=lambda one: (one.started, one.id), reverse=True)
    if options.json:
        say_json({"sessions": [_doc(book, one, deleted=options.deleted) for one in found]})
    elif found:
        short = short_forms(one.id for one in found)
        wide = max(map(len, short.values()))
        say(f"{short[one.id]:<{wide}}  {_title(book, one)}, {_sets(book, one)}" for one in found)
    else:
        say(["No session was deleted." if options.deleted else "Nothing is logged yet."])


def _title(book: Logbook, session: Session) -> str:
    return f"{day_text(session.day)}  {session_title(session, book.profile.library)}"


def _sets(book: Logbook, session: Session) -> str:
    return number_of(summed(session, book.profile.library.exercises).sets, "set")


def _doc(book: Logbook, session: Session, *, deleted: bool) -> dict[str, Any]:
    return {
        "id": session.id,
        "date": session.day.isoformat(),
        "started": session.started.isoformat(),
        "finished": None if session.finished is None else session.finished.isoformat(),
        "programme": session.programme,
        "part": session.part,
        "note": session.note,
        "sets": summed(session, book.profile.library.exercises).sets,
        "deleted": deleted,
    }
