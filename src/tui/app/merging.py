"""Merges what the runner names into the log: a copy of a file, another data folder, a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from tui.app.copies import Brought, Copy, UnderWay, read_copy, take_copy
from tui.app.logbook import Logbook
from tui.domain.model.text import clean
from tui.store.archive import read
from tui.store.conflict_copies import candidates, copies_in
from tui.store.errors import NewerSchema, StoreError
from tui.store.files import identity_of, read_file
from tui.store.merged import move
from tui.store.table_file import MOST_BYTES

Read = Callable[[], bytes | None]


def merge(book: Logbook, path: Path, *, dry_run: bool) -> tuple[Brought, tuple[str, ...]]:
    """Take in all that is at ``path`` or, if some of it does not fit, nothing; with ``dry_run``
    only say what would come. Returns what came, and a line for each thing that was left out. A copy
    that lies beside the runner's own files is moved to ``merged/`` then. Raises ReadOnly or
    StoreError."""
    if path.is_dir():
        if _same(path, book.paths.root) or _same(path, book.paths.log_dir):
            raise StoreError(f"{clean(str(path))} is this log itself; name another copy of it.")
        copy = _all_of(path, [(one, partial(_bytes, one)) for one in copies_in(path)], book.now())
    elif path.suffix == ".zip":
        files = read(path).files
        copy = _all_of(path, [(path / n, partial(files.get, n)) for n in files], book.now())
    else:
        return _merge_file(book, path, dry_run=dry_run)
    return take_copy(book, copy, dry_run=dry_run), copy.left_out


def _merge_file(book: Logbook, path: Path, *, dry_run: bool) -> tuple[Brought, tuple[str, ...]]:
    found = read_file(path, MOST_BYTES)
    if found is None:
        raise StoreError(f"{clean(str(path))} is not there; check its name.")
    copy = read_copy(found[1], path, book.now())
    brought = take_copy(book, copy, dry_run=dry_run)
    beside = not dry_run and any(_same(one.path, path) for one in candidates(book.paths))
    # One that was replaced meanwhile holds something else.
    if beside and identity_of(path.stat()) == found[0]:
        move(path, book.paths.merged_dir)
        book.absorb_copies()
    return brought, copy.left_out


def _all_of(where: Path, files: Iterable[tuple[Path, Read]], now: datetime) -> Copy:
    """What several files hold. One that cannot be read or is not over is left out; one of a newer
    version keeps all from being joined."""
    copy, read_any = Copy(), False
    for path, data_of in files:
        try:
            data = data_of()
            if data is not None:
                copy += read_copy(data, path, now)
                read_any = True
        except NewerSchema:
            raise
        except UnderWay as refusal:
            again = "merge again once it is finished, or twelve hours later"
            copy += Copy(left_out=(f"{refusal}; {again}",))
        except StoreError as refusal:
            copy += Copy(left_out=(str(refusal),))
    if not read_any:
        why = copy.left_out[0] if copy.left_out else f"{clean(str(where))} holds no copy of a log."
        raise StoreError(why)
    return copy


def _bytes(path: Path) -> bytes | None:
    found = read_file(path, MOST_BYTES)
    return found and found[1]


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
