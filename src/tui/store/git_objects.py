"""Git's own forms: a tree and a commit as objects, its index, and where an object is kept.

Git makes all of them too, by a process each, which takes ten times as long as the work in it.
"""

from __future__ import annotations

import os
import time
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from struct import pack

from tui.store.atomic import fill
from tui.store.errors import StoreError, refused
from tui.store.files import read_file
from tui.store.git_names import TREE, File, Files, checksum

# As git compresses what is on its own: it is packed better later.
LEVEL = 1
# The most that stands before the bytes of a file.
HEADER = 32


class Objects:
    """The objects of the repository in git's folder ``git``, whose ids are ``like`` this one."""

    def __init__(self, git: Path, like: str) -> None:
        self._folder = git / "objects"
        self._like = like

    def put_blob(self, id_: str, data: bytes) -> None:
        """Keep the bytes of a file by their id. Raises StoreError."""
        self._put(id_, b"blob %d\0" % len(data) + data)

    def blob(self, id_: str, most: int) -> bytes | None:
        """The bytes of a file of at most ``most`` bytes, if git has not packed it yet; None if it
        is not here, or not what it should be: then git knows what to say."""
        try:
            found = read_file(self._folder / id_[:2] / id_[2:], most)
            stream = zlib.decompressobj()
            whole = stream.decompress(found[1], most + HEADER) if found else b""
        except (StoreError, zlib.error):
            return None
        header, _, data = whole.partition(b"\0")
        # At its end zlib has compared the bytes with a checksum; git asks no more either.
        return data if stream.eof and header == b"blob %d" % len(data) else None

    def put_tree(self, files: Files) -> str:
        """Keep the folder of these files by path, and those in it; returns its id. Raises
        StoreError."""
        entries: Files = {}
        inside: dict[str, Files] = defaultdict(dict)
        for path, file in files.items():
            name, slash, rest = path.partition("/")
            if slash:
                inside[name][rest] = file
            else:
                entries[name] = file
        for name, below in inside.items():
            entries[name] = File(TREE, self.put_tree(below))
        # Git sorts a folder as if its name ended in a slash.
        ordered = sorted(
            (_raw(name) + b"/" * (file.mode == TREE), _raw(name), file)
            for name, file in entries.items()
        )
        lines = (
            b"%s %s\0%s" % (file.mode.encode(), name, bytes.fromhex(file.id))
            for _, name, file in ordered
        )
        return self._made("tree", b"".join(lines))

    def put_commit(self, tree: str, parents: Iterable[str], who: str, message: str) -> str:
        """Keep a commit that ``who`` ("Name <address>") makes now; returns its id. Raises
        StoreError."""
        now = int(time.time())
        stamp = f"{who} {now} {time.strftime('%z', time.localtime(now))}"
        lines = [f"tree {tree}", *(f"parent {one}" for one in parents)]
        lines += [f"author {stamp}", f"committer {stamp}", "", message, ""]
        return self._made("commit", "\n".join(lines).encode("utf-8", "replace"))

    def _made(self, kind: str, data: bytes) -> str:
        whole = f"{kind} {len(data)}\0".encode() + data
        id_ = checksum(whole, self._like).hex()
        self._put(id_, whole)
        return id_

    def _put(self, id_: str, whole: bytes) -> None:
        """Have an object on disk. One that is there already is replaced, so it is whole, and young
        enough that git does not take it for garbage."""
        path = self._folder / id_[:2] / id_[2:]
        # Of this name git takes away what a kill left behind.
        temp = self._folder / f"tmp_obj_{os.getpid()}"
        try:
            path.parent.mkdir(exist_ok=True)
            fill(temp, zlib.compress(whole, LEVEL))
            temp.replace(path)
        except OSError as error:
            raise refused(path, error) from error


def index_of(files: Files, like: str) -> bytes:
    """Git's index (version 2) with just these files by path, in a repository that has an id
    ``like`` this one. Git compares the files themselves when it is asked for the first time."""
    entries = []
    for name, file in sorted((_raw(path), file) for path, file in files.items()):
        # Times, device and inode; owner and size: not known.
        entry = bytes(24) + pack(">I", int(file.mode, 8)) + bytes(12) + bytes.fromhex(file.id)
        entry += pack(">H", min(len(name), 0xFFF)) + name
        entries.append(entry + bytes(8 - len(entry) % 8))
    data = b"DIRC" + pack(">II", 2, len(entries)) + b"".join(entries)
    return data + checksum(data, like)


def _raw(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
