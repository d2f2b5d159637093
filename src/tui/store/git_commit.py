"""Makes a commit of the runner's files as they lie in the folder, and leaves git tidy behind it.

No file in the folder is touched by git: it is told what they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from tui.store.errors import refused
from tui.store.git import Git
from tui.store.git_heads import BRANCH, File, Head, Heads

INDEX = "stridelift.index"
AUTHOR = "GIT_COMMITTER_IDENT"


def commit(
    git: Git,
    parents: Iterable[Head],
    files: Mapping[str, File | bytes],
    message: str,
) -> str:
    """Have the branch at a commit of these files by path, each as git has it or as bytes, that
    contains all ``parents``; returns the commit's id. Raises GitFailed, also if somebody else moved
    the branch meanwhile."""
    commits = [one.commit for one in parents]
    lines: list[bytes] = []
    marks: dict[str, bytes] = {}
    for path, held in files.items():
        if isinstance(held, bytes):
            marks[path] = b":%d" % (len(marks) + 1)
            lines += [b"blob\nmark %s\n" % marks[path], _data(held)]
    ident = git.run("var", AUTHOR).strip()
    lines += [b"commit %s\nmark :%d\n" % (BRANCH.encode(), len(marks) + 1)]
    lines += [b"committer %s\n" % ident, _data(message.encode())]
    lines += [b"%s %s\n" % (b"merge" if n else b"from", c.encode()) for n, c in enumerate(commits)]
    lines.append(b"deleteall\n")
    for path, held in files.items():
        mode, id_ = ("100644", marks[path]) if isinstance(held, bytes) else (held.mode, held.id)
        which = id_ if isinstance(id_, bytes) else id_.encode()
        lines.append(b"M %s %s %s\n" % (mode.encode(), which, _quoted(path)))
    lines.append(b"get-mark :%d\ndone\n" % (len(marks) + 1))
    # Without done a stream that was cut off would count as a whole one.
    asked = ("fast-import", "--quiet", "--done", "--date-format=raw")
    return git.run(*asked, data=b"".join(lines)).decode().strip()


def move_branch(git: Git, to: str, main: Head | None) -> None:
    """Have the branch at a commit that contains it. Raises GitFailed, also if somebody else moved
    it meanwhile."""
    old = main.commit if main else "0" * len(to)
    git.run("update-ref", "-m", "stridelift", BRANCH, to, old)


def tidy(git: Git, root: Path, heads: Heads, *, moved: bool) -> None:
    """Have git on the branch, with nothing half done and an index that has what the branch has, so
    that ``git status`` finds nothing to say. Raises GitFailed or StoreError."""
    if not heads.on_main:
        git.run("symbolic-ref", "-m", "stridelift", "HEAD", BRANCH)
    here = heads.main.files if heads.main else {}
    if moved or not heads.on_main or not heads.settled or heads.sides or heads.index != here:
        folder = root / ".git"
        own = folder / INDEX
        clear_index(root)
        # In an index of our own: one that a kill left locked is nobody else's.
        git.run("reset", "-q", index=own)
        if not (folder / "index.lock").exists():
            try:
                own.replace(folder / "index")
            except OSError as error:
                raise refused(own, error) from error


def clear_index(root: Path) -> None:
    """Remove an index of our own that a kill left behind."""
    for name in (INDEX, f"{INDEX}.lock"):
        with suppress(OSError):
            (root / ".git" / name).unlink()


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


def _quoted(path: str) -> bytes:
    """A path as git reads it in a stream."""
    raw = path.encode("utf-8", "surrogateescape")
    if raw.isalnum() or all(32 < byte < 127 and byte not in b'"\\' for byte in raw):
        return raw
    return b'"%s"' % b"".join(b"\\%03o" % byte for byte in raw)
