"""``stridelift sync``: syncs the log with a git repository on another machine or disk."""

from __future__ import annotations

import sys
from argparse import SUPPRESS
from collections.abc import Callable
from contextlib import suppress

from tui.app.sync import OFFLINE, Synced, sync, unsent
from tui.app.sync_by_itself import HOW_TO_CHANGE, is_off, sync_by_itself
from tui.app.sync_join import Joined, joined
from tui.app.sync_record import recorded
from tui.app.sync_setup import set_up, shown
from tui.app.sync_turn import in_turn
from tui.bootstrap import closed_logbook, make_clock, open_logbook, paths
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    as_json,
    logbook,
    note,
    say,
    say_json,
)
from tui.store.errors import StoreError
from tui.store.git import Git
from tui.store.paths import Paths
from tui.store.sync_home import home_of
from tui.store.sync_queue import NextSync
from tui.store.sync_state import SyncState, read_state, state_path

HELP = """Sync your log, settings and own exercises with a git repository of yours: on a server, a
disk, a USB stick. What either side has and the other has not comes together; being offline is fine,
the next sync takes everything along. Needs git.

  stridelift sync --to you@home:log.git  once on each machine
  stridelift sync                         now
  stridelift sync status                  where to, when last, what waits

Once on the server: git init --bare -b main log.git && git -C log.git config gc.auto 256"""
BY_HAND_S = 60.0
BACKGROUND_S = 20.0
SET_UP = "sync is not set up: stridelift sync --to you@home:log.git"


def options(parser: Parser) -> None:
    """status, --to, --anyway, --strict, --json."""
    parser.add_argument(
        "action", metavar="status", nargs="?", choices=["status"], help="only say how it stands"
    )
    parser.add_argument("--to", metavar="URL", help="set up: where to, as git takes it")
    parser.add_argument(
        "--anyway", action="store_true", help="with --to: also beside another sync program"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit code 1 if the other side is not reached"
    )
    # By the program itself only.
    parser.add_argument("--background", action="store_true", help=SUPPRESS)
    as_json(parser)


def run(options: Options) -> int:
    """Set up, sync or say how it stands; 1 if something is in the way of a sync."""
    where = paths(options.data_dir)
    if options.action == "status":
        if options.to is not None or options.anyway or options.background:
            raise Usage("sync status takes --json and --strict alone")
        return _status(options, where)
    if options.json:
        raise Usage("--json goes with sync status")
    if options.anyway and options.to is None:
        raise Usage("--anyway goes with --to")
    if options.background:
        return _in_background(options, where)
    git = Git(where.root, may_ask=_may_ask(), patience_s=BY_HAND_S)
    if options.to is not None:
        say([set_up(where, git, options.to, anyway=options.anyway), *_from_now_on(options)])
    elif not home_of(where):
        raise CommandError(SET_UP)
    elif is_off(closed_logbook(options.data_dir, options.today).profile):
        raise CommandError(f"sync is off on this machine: {HOW_TO_CHANGE}")
    done = _recorded(options, where, git, lambda: None)
    say([f"sync: {done.words()}"])
    for line in done.notes:
        note(line)
    failed = done.trouble
    if failed is None:
        return 0
    return 1 if options.strict or failed.kind not in OFFLINE else 0


def _may_ask() -> bool:
    """Whether somebody is there to answer: not where input comes from a file or a pipe."""
    return sys.stdin is not None and sys.stdin.isatty()


def _from_now_on(options: Options) -> list[str]:
    """Have this machine sync by itself, and say so."""
    try:
        with logbook(options, write=True, read=False, notes=False) as book:
            line = sync_by_itself(book.profile)
    except CommandError:
        # What it is set to there would be written over from here.
        return ["A window has this log open: choose there (0, Sync) whether it syncs by itself."]
    return [f"{line}."] if line else []


def _in_background(options: Options, where: Paths) -> int:
    """Sync without a word, unless another sync waits already: that one takes everything along."""
    book = closed_logbook(options.data_dir, options.today)
    place = NextSync(where)
    if not home_of(where) or is_off(book.profile) or not place.take():
        return 0
    git = Git(where.root, may_ask=False, patience_s=BACKGROUND_S)
    with suppress(StoreError):  # How it went is in the state file.
        _recorded(options, where, git, place.leave)
    return 0


def _recorded(options: Options, where: Paths, git: Git, begun: Callable[[], None]) -> Synced:
    def join() -> Joined | None:
        book = open_logbook(options.data_dir, options.today, write=False)
        try:
            return in_turn(book, lambda: joined(book, git))
        finally:
            book.close()

    now = make_clock(options.today)
    return recorded(where, now, lambda: sync(where.root, git, join, begun=begun))


def _status(options: Options, where: Paths) -> int:
    home, state = home_of(where), read_state(state_path(where))
    git = Git(where.root, may_ask=False, patience_s=BACKGROUND_S)
    waiting = unsent(where.root, git) if home else None
    if options.json:
        say_json(
            {
                "remote": shown(home) or None,
                "synced": state.done.isoformat(timespec="seconds")
                if state and state.done
                else None,
                "tried": state.tried.isoformat(timespec="seconds") if state else None,
                "waiting": len(waiting.sessions) if waiting else 0,
                "trouble": state.words if state and state.trouble else None,
            }
        )
    elif not home:
        say([SET_UP])
    else:
        waits = (waiting.words() if waiting else "") or "nothing"
        verb = "waits" if waits == "nothing" or waits.startswith("1 ") else "wait"
        say([f"home: {shown(home)}", *_lately(state), f"{waits} {verb} here"])
    failed = not home or state is None or bool(state.trouble)
    return 1 if options.strict and failed else 0


def _lately(state: SyncState | None) -> list[str]:
    if state is None:
        return ["last sync: never"]
    done = f"{state.done:%a %Y-%m-%d %H:%M}" if state.done else "never"
    lines = [f"last sync: {done}"]
    if state.trouble:
        lines.append(f"tried {state.tried:%a %Y-%m-%d %H:%M}: {state.words.removeprefix('sync: ')}")
    return lines
