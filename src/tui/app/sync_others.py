"""Other files that the runner keeps in git beside the log: of two versions the changed one counts,
and where both changed ours stays and theirs lies beside it."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from tui.domain.model.text import clean
from tui.store.atomic import fill, make_folder, temp_of
from tui.store.errors import StoreError, refused
from tui.store.files import read_file
from tui.store.git import Git
from tui.store.git_heads import Heads, files_of, larger, merge_base, read_blobs
from tui.store.git_names import OURS, PLAIN, RUN, File, Files, blob_id
from tui.store.table_file import MOST_BYTES

ATTRIBUTES, IGNORE = ".gitattributes", ".gitignore"
# Of our own files git must not make one of two: it does not know what a document is.
FIXED = {
    ATTRIBUTES: b"*.json -text -merge\n",
    IGNORE: (
        b"*\n!/log/\n!/log/*.json\n!/profile.json\n!/library.json\n!/.gitattributes\n!/.gitignore\n"
    ),
}
# The first part of the names of what belongs to one machine or to the log, and the ends of what is
# kept beside.
MACHINES = {
    "live",
    "log",
    "cache",
    "crash",
    "merged",
    "backups",
    "writer.lock",
    "writer.claim",
    "sync.request",
    "write.request",
}
ENDS = (".bak", ".tmp", ".lock", ".other")
# What a name that every disk takes has not, and how many bytes it has at most, as others are made
# of it.
UNFIT = re.compile(r"[\x00-\x1f\x7f\\]")
LONGEST = 200


def joined_others(git: Git, root: Path, heads: Heads) -> tuple[dict[str, File | bytes], list[str]]:
    """The runner's other files by path, as the next commit has them, and a line for each that both
    sides changed. What came is in the folder then. Raises GitFailed or StoreError."""
    for name, data in FIXED.items():
        if _read(root, name) is None:
            _write(root, name, data, PLAIN)
    main = heads.main.files if heads.main else {}
    tracked = [path for path in {**FIXED, **main, **heads.index} if _other(path)]
    ours: dict[str, File | bytes] = {}
    notes: list[str] = []
    for path in tracked:
        kept = main.get(path) or heads.index.get(path)
        try:
            held = _read(root, path)
        except StoreError as refusal:
            # It stays as git has it, and the log is synced all the same.
            notes.append(str(refusal))
            if kept is not None:
                ours[path] = kept
            continue
        if held is None:
            # A link or a submodule stays as git has it; a file that is gone was removed.
            if kept is not None and kept.mode not in (PLAIN, RUN):
                ours[path] = kept
            continue
        id_ = blob_id(held, kept.id if kept else "")
        mode = kept.mode if kept and kept.mode in (PLAIN, RUN) else PLAIN
        same = kept is not None and kept.id == id_
        ours[path] = File(mode, id_) if same else held
    for head in heads.parents:
        if heads.main is None or head.commit != heads.main.commit:
            _join(git, root, heads, head.files, head.commit, ours, notes)
    return ours, notes


def _join(
    git: Git,
    root: Path,
    heads: Heads,
    theirs: Files,
    commit: str,
    ours: dict[str, File | bytes],
    notes: list[str],
) -> None:
    unlike = {
        path
        for path in theirs.keys() | ours.keys()
        if _other(path) and _id(ours.get(path), commit) != _id(theirs.get(path), commit)
    }
    if not unlike:
        return
    shared = merge_base(git, heads.main.commit, commit) if heads.main else ""
    base = files_of(git, shared) if shared else {}
    plain = {p: theirs[p] for p in unlike if p in theirs and theirs[p].mode in (PLAIN, RUN)}
    large = larger(git, {file.id for file in plain.values()}, MOST_BYTES)
    for path in [path for path, file in plain.items() if file.id in large]:
        del plain[path]
        notes.append(f"{clean(path)} is too large and does not come along")
    blobs = read_blobs(git, {file.id for file in plain.values()}, MOST_BYTES)
    for path in sorted(unlike):
        if path in plain and path not in ours:
            try:
                lying = _read(root, path)
            except StoreError:
                continue
            # Git was not told of it here.
            ours |= {path: lying} if lying is not None else {}
        mine, other = _id(ours.get(path), commit), _id(theirs.get(path), commit)
        was = _id(base.get(path), commit)
        if other == was or (path in FIXED and path not in theirs):
            continue
        if mine in (was, ""):
            ours.pop(path, None)
            # Links and other repositories do not travel: they could lead anywhere.
            if path in plain and _write(root, path, blobs[plain[path].id], plain[path].mode):
                ours[path] = plain[path]
        elif mine != other and path in plain:
            _write(root, f"{path}.other", blobs[plain[path].id], PLAIN)
            notes.append(
                f"{clean(path)} was changed on two machines: yours stays, the other is beside it: "
                f"{clean(PurePosixPath(path).name)}.other"
            )


def _id(file: File | bytes | None, like: str) -> str:
    if isinstance(file, bytes):
        return blob_id(file, like)
    return file.id if file else ""


def _other(path: str) -> bool:
    """Whether a path is one that the runner may keep in git beside the log."""
    parts = PurePosixPath(path).parts
    if (
        not parts
        or str(PurePosixPath(path)) != path
        or {"..", ".", "/"} & {*parts}
        or {*parts[:1]} & MACHINES
    ):
        return False
    if UNFIT.search(path) or any(len(os.fsencode(part)) > LONGEST for part in parts):
        return False
    if any(OURS.fullmatch("/".join(parts[:n])) for n in range(1, len(parts) + 1)):
        return False
    hidden = any(part.lower().startswith(".git") for part in parts)
    return path in FIXED or not (hidden or path.endswith(ENDS))


def _read(root: Path, path: str) -> bytes | None:
    """A file's bytes; None if there is none, or a link or a folder. Raises StoreError."""
    where = root / path
    try:
        if where.is_symlink() or not _inside(root, where) or not where.is_file():
            return None
    except OSError as error:
        raise refused(where, error, "read") from error
    found = read_file(where, MOST_BYTES)
    return found and found[1]


def _write(root: Path, path: str, data: bytes, mode: str) -> bool:
    """Write a file that came, and say whether it could be: not where a link or a folder stands."""
    where = root / path
    if not _inside(root, where) or where.is_symlink() or where.is_dir():
        return False
    temp = temp_of(where)
    try:
        make_folder(where.parent)
        fill(temp, data)
        if mode == RUN:
            temp.chmod(0o700)
        temp.replace(where)
    except (NotADirectoryError, FileExistsError):
        return False
    except OSError as error:
        raise refused(where, error) from error
    return True


def _inside(root: Path, where: Path) -> bool:
    """Whether no link leads out of the folder."""
    return where.parent.resolve().is_relative_to(root.resolve())
