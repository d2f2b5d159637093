"""Checks the repository that a data folder may be: whether sync can work with it, and whether git
still has all that was put into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tui.app.doctor.files import lacking
from tui.app.doctor.findings import Finding
from tui.app.doctor.folder import Folder, TableFile
from tui.app.sync_join import ENDED_BY
from tui.app.sync_others import FIXED
from tui.domain.model.text import clean, clip, number_of
from tui.store.errors import NewerSchema, StoreError
from tui.store.files import read_file
from tui.store.git import Git
from tui.store.git_heads import under_way
from tui.store.git_names import BRANCH, HOME, YEAR
from tui.store.paths import Paths
from tui.store.sync_home import home_of
from tui.store.sync_lock import stale_locks
from tui.store.table_file import MOST_BYTES, Content, Damaged, parse

PLACE = ".git"
# For a server; none is asked here.
PATIENCE_S = 20.0
# The first with all that sync asks for (2020).
LEAST_VERSION = (2, 29)
MOST_LOOSE = 2_000
# How many of the last merges by others than sync are looked at.
MERGES = 30
AGAIN = "move .git away, then set sync up again: stridelift sync --to {home}"


def check(folder: Folder, now: datetime) -> Iterator[Finding]:
    """The findings on the repository in the data folder; none if it is no repository."""
    paths = folder.paths
    place = paths.root / PLACE
    if place.is_file() or place.is_symlink():
        words = "leads to a repository elsewhere, which sync leaves alone"
        yield Finding(code="git", where=PLACE, words=words, note=True)
    elif place.is_dir():
        yield from _lying(paths, now)
        git = Git(paths.root, may_ask=False, patience_s=PATIENCE_S)
        try:
            yield from _asked(folder, git, now)
        except StoreError as refusal:
            yield Finding(code="git", where=PLACE, words=str(refusal))


def _lying(paths: Paths, now: datetime) -> Iterator[Finding]:
    """What can be seen without running git."""
    place = paths.root / PLACE
    if not home_of(paths):
        words = "is there, but sync is not set up"
        todo = "stridelift sync --to you@home:log.git"
        yield Finding(code="git-home", where=PLACE, words=words, todo=todo, note=True)
    if word := under_way(paths.root):
        words = f"a {word} is under way, and sync waits until it is over"
        yield Finding(code="git-under-way", where=PLACE, words=words, todo=ENDED_BY[word])
    elif (place / "MERGE_HEAD").exists():
        words = "a merge has stopped half way; the next sync takes both sides in and ends it"
        yield Finding(code="git-merging", where=PLACE, words=words, note=True)
    elif (head := _head(place)) not in ("", f"ref: {BRANCH}"):
        where = clip(clean(head.removeprefix("ref: refs/heads/")), 40)
        words = f"{where} is checked out, not main; the next sync takes it in and goes back"
        yield Finding(code="git-branch", where=PLACE, words=words, note=True)
    for lock in stale_locks(paths.root, now.timestamp()):
        yield Finding(
            code="git-lock",
            where=str(lock).removeprefix(f"{paths.root}/"),
            words="was left by a git that has ended, and keeps every other one out",
            repair="moves it to merged/",
        )
    for name in FIXED if home_of(paths) else ():
        if ours_with(paths, name) is not None:
            yield Finding(
                code="git-files",
                where=name,
                words="does not tell git what to leave alone in this folder",
                repair="adds that",
            )


def ours_with(paths: Paths, name: str) -> bytes | None:
    """What .gitignore or .gitattributes should hold: our lines, then what else is in it; None if
    they are in it, or it cannot be read."""
    try:
        found = read_file(paths.root / name, MOST_BYTES)
    except StoreError:
        return None
    there = found[1].splitlines() if found else []
    ours = FIXED[name].splitlines()
    if set(ours) <= set(there):
        return None
    return b"".join(line + b"\n" for line in [*ours, *(one for one in there if one not in ours)])


def _head(place: Path) -> str:
    """What git has checked out; empty if that cannot be read."""
    with suppress(StoreError):
        found = read_file(place / "HEAD", MOST_BYTES)
        return found[1].decode("utf-8", "replace").strip() if found else ""
    return ""


def _asked(folder: Folder, git: Git, now: datetime) -> Iterator[Finding]:
    """What git has to be asked for."""
    version = git.run("version").decode("utf-8", "replace").strip()
    found = re.search(r"(\d+)\.(\d+)", version)
    if found and (int(found[1]), int(found[2])) < LEAST_VERSION:
        least = ".".join(map(str, LEAST_VERSION))
        words = f"{clip(clean(version), 40)} is too old for sync, which needs {least}"
        yield Finding(code="git-old", where=PLACE, words=words, todo="install a newer one")
        return
    home = home_of(folder.paths)
    try:
        git.run("fsck", "--full", "--no-dangling", "--no-progress")
    except StoreError as wrong:
        yield Finding(
            code="git-damaged",
            where=PLACE,
            words=f"git does not have all that it should: {wrong}",
            todo=AGAIN.format(home=clean(home) or "URL"),
        )
        return
    yield from _loose(git, folder.paths.root)
    if home:
        yield from _unsent(git, now)
    for one in lost_in_merges(git, folder):
        yield Finding(
            code="git-merge",
            where=one.file.name,
            words=f"was merged line by line by git ({one.commit[:12]}), which lost "
            f"{number_of(one.number, 'document')}",
            repair="joins in what both sides had",
        )


def _loose(git: Git, root: Path) -> Iterator[Finding]:
    counted = git.run("count-objects", "-v").decode("utf-8", "replace")
    found = re.search(r"^count: (\d+)$", counted, re.MULTILINE)
    if found and int(found[1]) > MOST_LOOSE:
        yield Finding(
            code="git-loose",
            where=PLACE,
            words=f"has {int(found[1]):,} files that could be a few",
            todo=f"git -C {clean(str(root))} gc",
            note=True,
        )


def _unsent(git: Git, now: datetime) -> Iterator[Finding]:
    """What waits here to be sent, and since when."""
    refs = git.run("for-each-ref", "--format=%(refname)", BRANCH, HOME).decode().split()
    if BRANCH not in refs:
        return
    only = [BRANCH, f"^{HOME}"] if HOME in refs else [BRANCH]
    times = git.run("log", "--format=%ct", *only, "--").decode().split()
    if times:
        since = datetime.fromtimestamp(min(map(int, times)), now.tzinfo)
        yield Finding(
            code="git-unsent",
            where=PLACE,
            words=f"{number_of(len(times), 'change')} since {since.date()} wait to be sent",
            todo="stridelift sync",
            note=True,
        )


# -- merges by git itself -------------------------------------------------------------------------


class LostInMerge(NamedTuple):
    """A merge by git that lost documents of a year: its commit, the year's file as it is now, what
    the two sides had, and how many of these documents the log has not, or only older."""

    commit: str
    file: TableFile
    sides: tuple[Content, ...]
    number: int


def lost_in_merges(git: Git, folder: Folder) -> Iterator[LostInMerge]:
    """The merges that git itself made line by line, where the log lacks what a side had. Raises
    GitFailed."""
    lines = git.run("log", "--merges", f"-n{MERGES}", "--format=%H %P", BRANCH, "--", ok=(0, 128))
    for line in lines.decode().splitlines():
        commit, *parents = line.split()
        made, *before = [_years(git, one) for one in (commit, *parents)]
        for name, blob in made.items():
            sides = {years[name] for years in before if name in years}
            if len(sides) > 1 and blob not in sides and not _whole(git, blob, name):
                yield from _lost(git, folder, commit, name, sorted(sides))


def _lost(
    git: Git, folder: Folder, commit: str, name: str, blobs: Iterable[str]
) -> Iterator[LostInMerge]:
    file = next((one for one in folder.years.values() if one.name == name), None)
    if file is None or file.content is None:
        return
    sides = tuple(filter(None, (_content(git, blob, name) for blob in blobs)))
    ids = {id_ for side in sides for id_ in lacking(folder, file, side)}
    if ids:
        yield LostInMerge(commit, file, sides, len(ids))


def _whole(git: Git, blob: str, name: str) -> bool:
    """Whether a file is as a program wrote it: one that git merged has lines of both, and the hash
    of one."""
    content = _content(git, blob, name)
    return content is not None and content.whole


def _content(git: Git, blob: str, name: str) -> Content | None:
    with suppress(Damaged, NewerSchema):
        return parse(git.run("cat-file", "blob", blob), Path(name))
    return None


def _years(git: Git, commit: str) -> Mapping[str, str]:
    """The files of years in a commit, and the ids of their bytes."""
    listed = git.run("ls-tree", "-r", "-z", commit, "--", "log/").decode("utf-8", "replace")
    found: dict[str, str] = {}
    for entry in filter(None, listed.split("\0")):
        what, _, name = entry.partition("\t")
        if YEAR.fullmatch(name):
            found[name] = what.split()[2]
    return found
