"""What git has of the runner's files: the commits that its names stand for, with their files.

Each of them is another copy of the files in the data folder, whichever of them the runner's own use
of git left there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from tui.domain.model.text import clean
from tui.store.errors import StoreError
from tui.store.git import Git, GitFailed
from tui.store.git_memory import Memory, is_as_left, state_of
from tui.store.git_names import BRANCH, HOME, LOGS, STOPPED, TREE, File, Files
from tui.store.git_objects import Objects

# What git keeps of a longer piece of work by the runner, which must be ended first.
WORKS = {
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "BISECT_LOG": "bisect",
}
# How many versions of a damaged file are tried.
VERSIONS = 10
# How many of the last places of HEAD are looked at.
REFLOG = 50
ID = r"[0-9a-f]{40,64}"


class Head(Struct, frozen=True):
    """A commit with its files by path."""

    commit: str
    files: Files


class Heads(Struct, frozen=True, kw_only=True):
    """The commits that hold copies of the runner's files. ``main`` is the branch that is synced,
    ``home`` that of the remote as it was last seen, ``here`` what the runner has checked out.
    ``parents`` are those that none of the others contains, ``copies`` are all. ``index`` has the
    paths that git has noted for the next commit, ``sides`` those of a merge that stopped.
    ``settled`` says that nothing has stopped half way."""

    main: Head | None
    home: Head | None
    here: Head | None
    parents: tuple[Head, ...]
    copies: tuple[Head, ...]
    index: Files
    sides: tuple[tuple[str, str], ...]
    settled: bool
    on_main: bool


def under_way(root: Path) -> str:
    """What the runner has begun in git and must end before a sync: ``rebase``, ``bisect``; else
    empty."""
    # Unlike Path.exists this raises nothing where the folder is closed to us; git says so then.
    begun = (word for name, word in WORKS.items() if os.path.exists(root / ".git" / name))  # noqa: PTH110
    return next(begun, "")


def read_heads(git: Git, root: Path, memory: Memory) -> Heads:
    """The commits that hold copies of the runner's files. While git is as it was in ``memory``,
    this asks it nothing. Raises GitFailed."""
    folder = root / ".git"
    if is_as_left(folder, memory):
        last_made = Head(memory.commit, memory.files)
        return Heads(
            main=last_made,
            home=None,
            here=last_made,
            parents=(last_made,),
            copies=(last_made,),
            index=memory.files,
            sides=(),
            settled=True,
            on_main=True,
        )
    stopped = [one for name in STOPPED for one in _words(folder / name)]
    last = memory.commit if re.fullmatch(ID, memory.commit) else ""
    names = ["HEAD", BRANCH, HOME, "refs/stash", *stopped, *filter(None, [last])]
    found = _commits(git, names)
    main, home, here = found.get(BRANCH), found.get(HOME), found.get("HEAD")
    left: Mapping[str, Head] = {}
    if any(memory.state.get(name) != now for name, now in state_of(folder).items() if name in LOGS):
        left = _commits(git, _left_behind(git, folder, main))
    merging = [found[one] for one in _words(folder / "MERGE_HEAD") if one in found]
    ends = [one for one in (main, home, here, *merging, *left.values()) if one is not None]
    index, sides = _index(git)
    return Heads(
        main=main,
        home=home,
        here=here,
        parents=_independent(git, ends),
        copies=tuple({one.commit: one for one in (*found.values(), *left.values())}.values()),
        index=index,
        sides=sides,
        settled=not any((folder / name).exists() for name in (*STOPPED, "SQUASH_MSG", "MERGE_MSG")),
        on_main=_words(folder / "HEAD") == ["ref:", BRANCH],
    )


def heads_of(git: Git) -> tuple[Head | None, Head | None]:
    """The branch, and that of the remote as it was last seen. Raises GitFailed."""
    found = _commits(git, (BRANCH, HOME))
    return found.get(BRANCH), found.get(HOME)


def files_of(git: Git, commit: str) -> Files:
    """All files of a commit by path. Raises GitFailed."""
    return _listed(git.run("ls-tree", "-r", "-z", "--full-tree", commit))


def read_blobs(git: Git, ids: Collection[str], most: int) -> dict[str, bytes]:
    """The bytes of files by their ids. Raises GitFailed, or StoreError if one has more than
    ``most`` bytes or is not there."""
    objects = Objects(git.root / ".git", next(iter(ids), ""))
    found = {id_: data for id_ in ids if (data := objects.blob(id_, most)) is not None}
    if packed := [id_ for id_ in ids if id_ not in found]:
        found |= {name: data for name, _, data in _objects(git, packed)}
    for name in ids:
        if len(found.get(name, b"")) > most or name not in found:
            what = "too large" if name in found else "missing"
            raise StoreError(
                f"a file in {clean(str(git.root))}/.git is {what} ({name[:12]}): nothing was "
                "joined or sent. stridelift doctor says more."
            )
    return found


def larger(git: Git, ids: Collection[str], most: int) -> set[str]:
    """Those of these files that have more than ``most`` bytes. Raises GitFailed."""
    asked = "".join(f"{id_}\n" for id_ in ids).encode()
    said = git.run("cat-file", "--batch-check", data=asked).decode() if ids else ""
    told = [line.split() for line in said.splitlines()]
    return {words[0] for words in told if words[-1].isdecimal() and int(words[-1]) > most}


def versions_before(git: Git, commit: str, path: str, most: int) -> list[bytes]:
    """The last versions of a file up to a commit, the newest first. Raises GitFailed, or
    StoreError."""
    said = git.run("rev-list", f"--max-count={VERSIONS}", commit, "--", path).decode()
    asked = "".join(f"{one}:{path}\n" for one in said.split()).encode()
    found = git.run("cat-file", "--batch-check", data=asked).decode("utf-8", "replace")
    ids = [line.split()[0] for line in found.splitlines() if line.split()[1] == "blob"]
    blobs = read_blobs(git, dict.fromkeys(ids), most)
    return [blobs[id_] for id_ in ids]


def merge_base(git: Git, one: str, other: str) -> str:
    """The last commit that both contain; empty if there is none. Raises GitFailed."""
    return git.run("merge-base", one, other, ok=(0, 1)).decode().strip()


def _words(path: Path) -> list[str]:
    """The words in a small file of git's; none if it is not there."""
    try:
        return path.read_text("utf-8", "replace").split()
    except OSError:
        return []


def _left_behind(git: Git, folder: Path, main: Head | None) -> list[str]:
    """The last commits that HEAD or the branch was at and that the branch does not contain: the
    runner reset it, or was somewhere else."""
    seen: dict[str, None] = {}
    for name in LOGS:
        with suppress(OSError):
            for line in (folder / name).read_text("utf-8", "replace").splitlines()[-REFLOG:]:
                seen |= dict.fromkeys(line.split()[:2])
    candidates = [one for one in seen if re.fullmatch(ID, one) and int(one, 16)]
    if not candidates:
        return []
    behind = ["--not", main.commit] if main else []
    said = git.run("rev-list", "--ignore-missing", "--max-count=1000", *candidates, *behind)
    found = said.decode().split()
    return [one for one in found if one in seen]


def _independent(git: Git, heads: Sequence[Head]) -> tuple[Head, ...]:
    """Those that no other contains, in the order given."""
    by_commit = {one.commit: one for one in heads}
    if len(by_commit) < 2:
        return tuple(by_commit.values())
    said = git.run("merge-base", "--independent", *by_commit)
    found = said.decode().split()
    return tuple(one for commit, one in by_commit.items() if commit in found)


def _index(git: Git) -> tuple[Files, tuple[tuple[str, str], ...]]:
    """The files in git's index, and path and id of each side where a merge stopped. Nothing if a
    power cut left an index that cannot be read: it is made anew of the branch."""
    files: Files = {}
    sides: list[tuple[str, str]] = []
    listed = b""
    with suppress(GitFailed):
        listed = git.run("ls-files", "-s", "-z")
    for line in listed.split(b"\0"):
        about, _, path = line.decode("utf-8", "surrogateescape").partition("\t")
        if path:
            mode, id_, stage = about.split()
            if stage == "0":
                files[path] = File(mode, id_)
            else:
                sides.append((path, id_))
    return files, tuple(sides)


def _commits(git: Git, names: Collection[str]) -> dict[str, Head]:
    """The commits of these names, those that there are, with their files."""
    if not names:
        return {}
    asked = [f"{name}{part}" for name in names for part in ("^{commit}", "^{tree}", ":log")]
    said = {name: (id_, data) for name, id_, data in _objects(git, asked)}
    found: dict[str, Head] = {}
    known: dict[str, Head] = {}
    for name in names:
        commit = said.get(f"{name}^{{commit}}")
        if commit is None:
            continue
        if commit[0] not in known:
            known[commit[0]] = _head(git, commit[0], said, name)
        found[name] = known[commit[0]]
    return found


def _head(git: Git, commit: str, said: Mapping[str, tuple[str, bytes]], name: str) -> Head:
    raw = len(commit) // 2
    root = _entries(said[f"{name}^{{tree}}"][1], raw)
    folder = "log" in root and root["log"].mode == TREE
    inside = _entries(said[f"{name}:log"][1], raw) if folder else {}
    plain = all(file.mode != TREE for path, file in root.items() if path != "log")
    if plain and all(file.mode != TREE for file in inside.values()):
        files = {path: file for path, file in root.items() if file.mode != TREE}
        return Head(commit, files | {f"log/{path}": file for path, file in inside.items()})
    return Head(commit, files_of(git, commit))


def _entries(tree: bytes, raw: int) -> Files:
    """The entries of a tree as git stores it; ids are of ``raw`` bytes."""
    found: Files = {}
    place = 0
    while place < len(tree):
        end = tree.index(b"\0", place)
        mode, _, name = tree[place:end].decode("utf-8", "surrogateescape").partition(" ")
        found[name] = File(mode, tree[end + 1 : end + 1 + raw].hex())
        place = end + 1 + raw
    return found


def _listed(lines: bytes) -> Files:
    found: Files = {}
    for line in lines.split(b"\0"):
        about, _, path = line.decode("utf-8", "surrogateescape").partition("\t")
        if path:
            mode, _, id_ = about.split()
            found[path] = File(mode, id_)
    return found


def _objects(git: Git, names: Iterable[str]) -> Iterable[tuple[str, str, bytes]]:
    """Name, id and bytes of each object that there is."""
    names = list(names)
    said = git.run("cat-file", "--batch", data="\n".join(names).encode() + b"\n")
    place = 0
    for name in names:
        end = said.index(b"\n", place)
        about = said[place:end].decode("utf-8", "replace").split()
        place = end + 1
        if len(about) == 3 and about[2].isdecimal():
            size = int(about[2])
            yield name, about[0], said[place : place + size]
            place += size + 1
