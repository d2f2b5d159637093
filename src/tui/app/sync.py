"""Syncs the data folder with its home, a git repository on another machine or disk: fetch, join,
commit, send, and again if somebody else was first."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from tui.app.sync_join import Joined
from tui.domain.model.text import clean, number_of
from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.git import Git, GitFailed
from tui.store.git_heads import Head, heads_of, merge_base, read_blobs
from tui.store.git_memory import remember_sent
from tui.store.git_names import BRANCH, OURS, File, same
from tui.store.json_bytes import dumps
from tui.store.sync_home import REMOTE
from tui.store.sync_lock import cleared_at, one_sync
from tui.store.table_file import MOST_BYTES, Damaged, parse
from tui.store.tables import SESSIONS, Tables

ROUNDS = 5
# Between two rounds, in seconds: at random, so that machines that met do not meet again.
PAUSE_S = (0.1, 1.0)
# How long to wait for a sync that is under way, in seconds.
PATIENCE_S = 90.0
FETCH = ("fetch", "-q", "--prune", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance")
EVERYTHING = f"+refs/heads/*:refs/remotes/{REMOTE}/*"
# Garbage is collected once there are so many loose objects: 3 sessions a week make 600 a year.
LOOSE_OBJECTS = 256
# What is as it should be: away from home.
OFFLINE = ("offline", "hanging")


class Change(Struct, frozen=True):
    """How two commits differ: the ids of the sessions that are otherwise or only in the later one,
    and whether anything else of the runner's files is."""

    sessions: frozenset[str] = frozenset()
    others: bool = False

    def __bool__(self) -> bool:
        return bool(self.sessions) or self.others

    def __or__(self, other: Change) -> Change:
        return Change(self.sessions | other.sessions, self.others or other.others)

    def words(self) -> str:
        """What it is, in words; empty if nothing."""
        return (
            number_of(len(self.sessions), "session") if self.sessions else self.others * "changes"
        )


class Synced(Struct, frozen=True, kw_only=True):
    """How a sync went: what came from home, what was sent, and what could not be sent and waits.
    ``trouble`` is why home was not reached; None if it was. ``notes`` has a line for each thing
    that the runner should know besides."""

    came: Change = Change()
    sent: Change = Change()
    waiting: Change = Change()
    trouble: GitFailed | None = None
    notes: tuple[str, ...] = ()

    def words(self) -> str:
        """How it went, in one line."""
        came, sent = self.came.words(), self.sent.words()
        said = [f"{came} from {REMOTE}"] if came else []
        if sent:
            said.append(f"{len(self.sent.sessions) or sent} sent" if came else f"{sent} sent")
        if self.trouble is not None:
            waiting = self.waiting.words()
            wait = "waits" if waiting.startswith("1 ") else "wait"
            said = [*said, f"{waiting} {wait} here" if waiting else "nothing waits here"]
            told = str(self.trouble).removesuffix(".")
            if self.trouble.kind in OFFLINE:
                return f"{told}; {', '.join(said)}"
            # Last, as it may end with what to type.
            return f"{', '.join(said)}; {told}"
        return ", ".join(said) or "nothing new"


def sync(
    root: Path,
    git: Git,
    join: Callable[[], Joined | None],
    *,
    begun: Callable[[], None] = lambda: None,
    wait: Callable[[float], object] = time.sleep,
) -> Synced:
    """Sync the data folder with its home. ``join`` joins what git has into the files and commits
    them, or has the process do it that may write, and then returns None. ``begun`` is called once
    no other sync works here any more.

    That home cannot be reached is no error: the local half is done. Raises StoreError.
    """
    came = sent = Change()
    notes: list[str] = []
    with one_sync(root, PATIENCE_S, wait) as cleared:
        begun()
        notes += cleared
        for left in reversed(range(ROUNDS)):
            before, last = heads_of(git)
            trouble = _fetched(git, known=last is not None)
            joined = join()
            notes += joined.notes if joined else ()
            main, home = heads_of(git)
            if joined is None and not _contains(git, main, home):
                raise StoreError(
                    "the window that has this log open could not take in what came; it says why"
                )
            if home and (before is None or before.commit != home.commit):
                new = between(git, before, home)
                now = between(git, before, main)
                came |= Change(new.sessions & now.sessions, new.others and now.others)
            if trouble is None and main and (home is None or home.commit != main.commit):
                trouble = _sent(git, main)
                if trouble is None:
                    remember_sent(root)
                    sent |= between(git, home, main)
                elif trouble.kind == "locked" and left and (gone := _unlocked(git)):
                    notes += gone
                    continue
                elif trouble.kind == "rejected" and left:
                    wait(random.uniform(*PAUSE_S))  # noqa: S311  this keeps no secret
                    continue
            break
        waiting = between(git, home, main) if trouble else Change()
    with suppress(GitFailed):
        # What can be done later is no trouble.
        git.run("-c", f"gc.auto={LOOSE_OBJECTS}", "gc", "--auto", "-q")
    told = tuple(dict.fromkeys(notes))
    return Synced(came=came, sent=sent, waiting=waiting, trouble=trouble, notes=told)


def between(git: Git, before: Head | None, after: Head | None) -> Change:
    """How the runner's files in two commits differ. Raises StoreError."""
    return _change(git, before.files if before else {}, after.files if after else {})


def unsent(root: Path, git: Git) -> Change:
    """What lies in the folder and is not at home yet, as far as is known. Raises StoreError."""
    _, home = heads_of(git)
    work = {
        path.relative_to(root).as_posix(): found[1]
        for path in (*sorted((root / "log").glob("*.json")), *sorted(root.glob("*.json")))
        if (found := read_file(path, MOST_BYTES)) is not None
    }
    return _change(git, home.files if home else {}, work)


def _change(
    git: Git, before: Mapping[str, File | bytes], after: Mapping[str, File | bytes]
) -> Change:
    unlike = [
        path
        for path, now in after.items()
        if OURS.fullmatch(path) and not same(now, before.get(path))
    ]
    both = [side[path] for path in unlike for side in (before, after) if path in side]
    blobs = read_blobs(git, {one.id for one in both if isinstance(one, File)}, MOST_BYTES)

    def tables(side: Mapping[str, File | bytes], path: str) -> Tables:
        held = side.get(path, b"")
        try:
            return parse(blobs[held.id] if isinstance(held, File) else held, Path(path)).tables
        except (Damaged, StoreError):
            return {}

    sessions: set[str] = set()
    others = False
    for path in unlike:
        if not path.startswith("log/"):
            others = True
            continue
        was, now = tables(before, path), tables(after, path)
        for table, documents in now.items():
            known = was.get(table, {})
            new = {
                key
                for key, doc in documents.items()
                if key not in known or dumps(doc) != dumps(known[key])
            }
            if table == SESSIONS:
                sessions |= new
            elif new:
                others = True
    return Change(frozenset(sessions), others)


def _contains(git: Git, main: Head | None, home: Head | None) -> bool:
    if main is None or home is None:
        return home is None
    return merge_base(git, main.commit, home.commit) == home.commit


def _fetched(git: Git, *, known: bool) -> GitFailed | None:
    try:
        remote = git.remote()
        if remote and remote.local and known and not Path(remote.path).exists():
            # A stick that is not plugged in.
            return GitFailed("offline", f"{clean(remote.path)} is not there")
        try:
            git.network(*FETCH, "--", REMOTE, EVERYTHING)
        except GitFailed as failed:
            if "cannot lock ref" not in str(failed):
                raise
            # A push that outlived its sync has just noted where home is.
            git.network(*FETCH, "--", REMOTE, EVERYTHING)
    except GitFailed as failed:
        return failed
    return None


def _unlocked(git: Git) -> list[str]:
    """Remove locks at a home on this disk that a killed git, or a power cut, left; a line if there
    were any."""
    remote = git.remote()
    return cleared_at(Path(remote.path)) if remote and remote.local else []


def _sent(git: Git, main: Head) -> GitFailed | None:
    try:
        git.network("push", "-q", "--", REMOTE, f"{main.commit}:{BRANCH}")
    except GitFailed as failed:
        return failed
    return None
