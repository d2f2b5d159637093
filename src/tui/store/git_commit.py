"""Makes a commit of the runner's files as they lie in the folder, and leaves git tidy behind it.

No file in the folder is touched by git: it is told what they hold. What is new goes into its store
first; only then git itself moves the branch there, if nobody has moved it meanwhile. So a kill
leaves at most objects that nothing leads to, which git clears away in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from tui.store.errors import refused
from tui.store.git import Git
from tui.store.git_heads import Head, Heads
from tui.store.git_names import BRANCH, Files
from tui.store.git_objects import Objects, index_of

INDEX = "stridelift.index"


def commit(
    git: Git,
    main: Head | None,
    parents: Iterable[Head],
    files: Files,
    fresh: Mapping[str, bytes],
    message: str,
) -> str:
    """Have the branch, which is at ``main``, at a commit of these files by path that contains all
    ``parents``; ``fresh`` has the bytes by id of those that git may not have. Returns the commit's
    id. Git's index has just these files then. Raises GitFailed, also if somebody else moved the
    branch meanwhile, or StoreError."""
    older = [one.commit for one in parents]
    like = older[0] if older else empty_id(git)
    objects = Objects(git.root / ".git", like)
    for id_, data in fresh.items():
        objects.put_blob(id_, data)
    new = objects.put_commit(objects.put_tree(files), older, git.author(), message)
    move_branch(git, new, main)
    own = git.root / ".git" / INDEX
    try:
        # Not synced to disk: it can be made again at any time.
        own.write_bytes(index_of(files, like))
    except OSError as error:
        raise refused(own, error) from error
    _put_index(git.root)
    return new


def empty_id(git: Git) -> str:
    """The id of nothing, to know how long the ids of a repository are. Raises GitFailed."""
    return git.run("hash-object", "--stdin").decode().strip()


def move_branch(git: Git, to: str, main: Head | None) -> None:
    """Have the branch at a commit that contains it. Raises GitFailed, also if somebody else moved
    it meanwhile."""
    old = main.commit if main else "0" * len(to)
    git.run("update-ref", "-m", "stridelift", BRANCH, to, old)


def tidy(git: Git, heads: Heads, *, moved: bool) -> None:
    """Have git on the branch, with nothing half done and an index that has what the branch has, so
    that ``git status`` finds nothing to say. ``moved``: the branch is elsewhere now, and the index
    was not made with it. Raises GitFailed or StoreError."""
    if not heads.on_main:
        git.run("symbolic-ref", "-m", "stridelift", "HEAD", BRANCH)
    here = heads.main.files if heads.main else {}
    if moved or not heads.on_main or not heads.settled or heads.sides or heads.index != here:
        clear_index(git.root)
        # In an index of our own: one that a kill left locked is nobody else's.
        git.run("reset", "-q", index=git.root / ".git" / INDEX, synced=False)
        _put_index(git.root)


def _put_index(root: Path) -> None:
    """Give our own index to git, unless git is just writing one."""
    own, index = root / ".git" / INDEX, root / ".git" / "index"
    if not index.with_name("index.lock").exists():
        try:
            own.replace(index)
        except OSError as error:
            raise refused(own, error) from error


def clear_index(root: Path) -> None:
    """Remove an index of our own that a kill left behind."""
    for name in (INDEX, f"{INDEX}.lock"):
        with suppress(OSError):
            (root / ".git" / name).unlink()
