"""The local half of a sync: everything that git has of the runner's files is joined into them, and
they are committed as they lie then. Nothing here uses the network."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from tui.app.absorbing import Book as Log
from tui.app.copies import read_copy
from tui.app.sync_others import ATTRIBUTES, FIXED, joined_others
from tui.app.taking_in import keep_lost
from tui.domain.model.codec import Doc
from tui.domain.model.text import clean
from tui.domain.model.values import Record, Session
from tui.store.atomic import write
from tui.store.device import name_of, this_device
from tui.store.errors import NewerSchema, StoreError
from tui.store.files import Identity, identity_of, read_file
from tui.store.git import Git
from tui.store.git_commit import commit, empty_id, move_branch, tidy
from tui.store.git_heads import (
    Heads,
    merge_base,
    read_blobs,
    read_heads,
    under_way,
    versions_before,
)
from tui.store.git_memory import Memory, recall, remember, state_of
from tui.store.git_names import OURS, PLAIN, YEAR, File, Files, blob_id
from tui.store.json_bytes import dumps
from tui.store.repository import understood
from tui.store.table_file import MOST_BYTES, Damaged, encoded, tables_of, written
from tui.store.tables import Tables

INDEX = "index"
LIBRARY, PROFILE = "library.json", "profile.json"
# What a host for git puts into a new repository.
STARTER = re.compile(r"(?:README|LICEN[CS]E|\.git)[^/]*", re.IGNORECASE)
# What the runner types to end what was begun.
ENDED_BY = {"rebase": "git rebase --continue or --abort", "bisect": "git bisect reset"}


class Joined(Struct, frozen=True):
    """The commit that holds everything now, and a line for each thing the runner should know."""

    commit: str
    notes: tuple[str, ...]


class _Work(NamedTuple):
    """A file as it lies in the folder. ``data`` is what is in it, if that was read, and ``tables``
    what that means, if it was looked into."""

    file: File
    data: bytes | None = None
    tables: Tables | None = None

    @classmethod
    def of(cls, data: bytes, like: str) -> _Work:
        """What was read, in a repository that has an id ``like`` this one."""
        return cls(File(PLAIN, blob_id(data, like)), data)


class _Found(Struct):
    """What other copies have and the folder has not, or has otherwise."""

    sessions: list[Session]
    records: list[Record]
    plain: dict[int, Tables]
    profiles: list[Tables]
    libraries: list[Doc]
    notes: list[str]

    def add(self, value: Session | Record) -> None:
        """Add what was found of the log."""
        if isinstance(value, Session):
            self.sessions.append(value)
        else:
            self.records.append(value)

    def __bool__(self) -> bool:
        return bool(self.sessions or self.records or self.plain or self.profiles or self.libraries)


def joined(book: Log, git: Git) -> Joined:
    """Join every copy of the runner's files that git has into those in the folder, commit these,
    and leave git tidy. The caller holds the right to write. A kill at any moment loses nothing: the
    same call again completes it.

    Raises ReadOnly, GitFailed or StoreError; if a copy was written by a newer version or cannot be
    read, nothing has been written then.
    """
    root = book.paths.root
    book.access.check()
    if word := under_way(root):
        raise StoreError(
            f"git has a {word} under way in {clean(str(root))}: end it there first "
            f"({ENDED_BY[word]}), then sync again."
        )
    memory, before = recall(root / ".git"), state_of(root / ".git")
    heads = read_heads(git, root, memory)
    _refuse_strange(git, heads)
    like = heads.parents[0].commit if heads.parents else empty_id(git)
    # Of what no name leads to git may have thrown a part away.
    held = {file.id for head in heads.parents for file in head.files.values()}
    work = _files(book, memory, held, like)
    found = _unlike(book, git, heads, memory, work)
    if found:
        _take(book, found)
        work = _files(book, memory, held, like)
    work |= {path: _Work.of(data, like) for path, data in _emptied(book, heads, work).items()}
    others, notes = joined_others(git, root, heads)
    for path, other in others.items():
        work[path] = _Work(other) if isinstance(other, File) else _Work.of(other, like)
    files = {path: one.file for path, one in work.items()}
    read = [one for one in work.values() if one.file.id not in held]
    fresh = {one.file.id: one.data for one in read if one.data is not None}
    made = _committed(book, git, heads, files, fresh)
    remember(root, made, files, before)
    return Joined(made, (*found.notes, *notes, *_told(heads)))


def _files(book: Log, memory: Memory, held: Collection[str], like: str) -> dict[str, _Work]:
    """The runner's files by their path in the folder, each as the program writes it: what was
    changed outside the program or damaged is mended first. One that lies there as it was when it
    was last committed is not read, if git has it (``held``). Raises StoreError."""
    paths = book.paths
    every = [paths.year(year) for year in sorted(book.reader.repository.years())]
    work: dict[str, _Work] = {}
    for path in (*every, paths.profile, paths.library):
        name = path.relative_to(paths.root).as_posix()
        known = memory.files.get(name)
        if known and known.id in held and _is_as_seen(path, memory.seen.get(name)):
            work[name] = _Work(known)
            continue
        one = _read(path, like)
        if path != paths.library and (one is None or one.file != known):
            if one is None or (tables := _as_written(book, one, path)) is None:
                _mend(book, path, there=one is not None)
                one = _read(path, like)
            else:
                one = one._replace(tables=tables)
        if one is not None:
            work[name] = one
    return work


def _mend(book: Log, path: Path, *, there: bool) -> None:
    """Have a year or the profile as the program writes it. Raises StoreError."""
    if path != book.paths.profile:
        book.reader.repository.settle(int(path.stem))
    elif there:
        book.profile.store.settle()
    else:
        # What a deleted file leaves is read from its copy.
        book.profile.store.stored()


def _is_as_seen(path: Path, seen: Identity | None) -> bool:
    try:
        return seen is not None and identity_of(path.stat()) == seen
    except OSError:
        return False


def _read(path: Path, like: str) -> _Work | None:
    data = _bytes(path)
    return None if data is None else _Work.of(data, like)


def _as_written(book: Log, one: _Work, path: Path) -> Tables | None:
    """What is in a file that is as the program writes it; None if it is not."""
    data, year = one.data or b"", path != book.paths.profile
    known = book.reader.repository.at_hand(int(path.stem), data) if year else None
    return written(data, path) if known is None else known


def _bytes(path: Path) -> bytes | None:
    found = read_file(path, MOST_BYTES)
    return found and found[1]


def _unlike(book: Log, git: Git, heads: Heads, memory: Memory, work: Mapping[str, _Work]) -> _Found:
    """What the copies in git have and the folder has not. Raises NewerSchema, StoreError."""
    wanted: dict[tuple[str, str], str] = {}
    for head in heads.copies:
        for path, file in head.files.items():
            if OURS.fullmatch(path):
                wanted.setdefault((path, file.id), head.commit)
    for path, id_ in heads.sides:
        if OURS.fullmatch(path):
            wanted.setdefault((path, id_), INDEX)
    ours = {(path, one.file.id) for path, one in work.items()}
    unlike = {key: where for key, where in wanted.items() if key not in ours}
    blobs = read_blobs(git, {id_ for _, id_ in unlike}, MOST_BYTES)
    found = _Found([], [], {}, [], [], [])
    mine: dict[str, Tables] = {}
    for (path, id_), where in unlike.items():
        if path == LIBRARY:
            whence = "from home" if _is_news(heads, where) else f"of {where[:12]} in git"
            _compare_library(book, found, blobs[id_], Path(f"{path} {whence}"))
            continue
        last = memory.files.get(path)
        if last is not None and last.id == id_:
            # Our own, as it was committed here: it was looked through then.
            theirs = tables_of(blobs[id_], Path(path))
        else:
            theirs = _tables(git, heads, blobs[id_], path, where)
        if path not in mine:
            mine[path] = _mine(book.paths.root / path, work.get(path))
        if path == PROFILE:
            if dumps(theirs) != dumps(mine[path]):
                found.profiles.append(theirs)
            continue
        _compare_year(found, int(Path(path).stem), mine[path], theirs)
        if _is_news(heads, where):
            _find_strays(found, mine[path], theirs)
    return found


def _mine(path: Path, one: _Work | None) -> Tables:
    """What is in a file in the folder."""
    if one is not None and one.tables is not None:
        return one.tables
    data = (one and one.data) or _bytes(path)
    return tables_of(data, path) if data else {}


def _tables(git: Git, heads: Heads, data: bytes, path: str, where: str) -> Tables:
    """What a file of a commit holds. Of one that was damaged when it was committed here, its last
    version that can be read. Raises NewerSchema, StoreError."""
    name = Path(f"{path} of {where[:12]}")
    try:
        return _documents(data, name)
    except NewerSchema as newer:
        raise NewerSchema(f"{newer} Nothing was joined or sent.") from None
    except Damaged as damaged:
        if _is_news(heads, where):
            raise StoreError(
                f"what came from home has a {path} that cannot be read ({damaged}): nothing was "
                "joined or sent. Sync on the machine that it came from, then here."
            ) from None
    for before in () if where == INDEX else versions_before(git, where, path, MOST_BYTES):
        with suppress(Damaged):
            return _documents(before, name)
    return {}


def _documents(data: bytes, name: Path) -> Tables:
    """The documents of a file by table. Raises Damaged, also if something else is among them, or
    what could not be written again; or NewerSchema."""
    tables = tables_of(data, name)
    if not all(isinstance(doc, dict) for table in tables.values() for doc in table.values()):
        raise Damaged("not a table of objects")
    try:
        dumps(tables)
    except TypeError as error:
        raise Damaged("too many objects in one another") from error
    return tables


def _compare_library(book: Log, found: _Found, data: bytes, name: Path) -> None:
    try:
        libraries = read_copy(data, name, book.now()).libraries
        if libraries:
            book.profile.own_library.joined(*found.libraries, *libraries)
            found.libraries += libraries
    except NewerSchema:
        raise
    except StoreError as refusal:
        found.notes.append(f"{name} is left out: {refusal}")


def _is_news(heads: Heads, commit: str) -> bool:
    """Whether a commit came from home and is not in the branch yet."""
    home = heads.home
    if home is None or home.commit != commit or home not in heads.parents:
        return False
    return heads.main is None or heads.main.commit != commit


def _refuse_strange(git: Git, heads: Heads) -> None:
    """Refuse a home of something else, such as a mistyped address leads to: it would come into the
    log, and the log into it. Raises GitFailed, StoreError."""
    home, main = heads.home, heads.main
    if home is None or home not in heads.parents:
        return
    mark = home.files.get(ATTRIBUTES)
    # A log in which nothing is yet has this at least.
    is_log = mark is not None and mark.id == blob_id(FIXED[ATTRIBUTES], mark.id)
    if is_log or any(OURS.fullmatch(path) for path in home.files):
        return
    if all(STARTER.fullmatch(path) for path in home.files):
        return
    if main is None or not merge_base(git, main.commit, home.commit):
        raise StoreError(
            "what is at home is no log but something else: nothing was joined or sent. Sync with "
            "an empty repository: stridelift sync --to you@home:log.git"
        )


def _find_strays(found: _Found, mine: Tables, theirs: Tables) -> None:
    """Find what we have in a year and they have not. It may be new; or it lies in two years here,
    since a move between them was broken off. Joined once more it is only where it belongs, as on
    every other machine."""
    for table, documents in mine.items():
        for key in documents.keys() - theirs.get(table, {}).keys():
            value = understood(table, key, documents[key])
            if value is not None:
                found.add(value)


def _compare_year(found: _Found, year: int, mine: Tables, theirs: Tables) -> None:
    for table, documents in theirs.items():
        there = mine.get(table, {})
        for key, doc in documents.items():
            if key in there and dumps(doc) == dumps(there[key]):
                continue
            value = understood(table, key, doc)
            if value is not None:
                found.add(value)
            # What nobody understands takes no place of what is understood here, however late it is.
            elif key not in there or understood(table, key, there[key]) is None:
                found.plain.setdefault(year, defaultdict(dict))[table][key] = doc


def _take(book: Log, found: _Found) -> None:
    """Join what was found into the files. Raises StoreError."""
    repository = book.reader.repository
    try:
        keep_lost(book.paths, repository.put_many(found.sessions, found.records), book.notice)
        for year, tables in found.plain.items():
            repository.put_plain(year, tables)
    finally:
        book.reader.forget()
    profile = book.profile
    for tables in found.profiles:
        profile.store.join(tables)
    if found.libraries:
        profile.own_library.join(*found.libraries, ordered=True)
    if found.profiles or found.libraries:
        profile.reload()


def _emptied(book: Log, heads: Heads, work: Mapping[str, _Work]) -> dict[str, bytes]:
    """The files that git has and the folder has not, since nothing is in them any more. They are
    written as well, so that every machine has the same."""
    made: dict[str, bytes] = {}
    for path in sorted({path for head in heads.copies for path in head.files} - work.keys()):
        if YEAR.fullmatch(path) or path == PROFILE:
            made[path] = encoded({}, {})
            write(book.paths.root / path, made[path])
    return made


def _committed(book: Log, git: Git, heads: Heads, files: Files, fresh: Mapping[str, bytes]) -> str:
    """The commit that the branch is at, which has these files and contains all parents."""
    if len(heads.parents) == 1 and (one := heads.parents[0]).files == files:
        moved = heads.main is None or heads.main.commit != one.commit
        if moved:
            move_branch(git, one.commit, heads.main)
        tidy(git, heads, moved=moved)
        return one.commit
    ordered = sorted(heads.parents, key=lambda one: one != heads.main)
    message = f"Log on {name_of(this_device(book.paths))}"
    new = commit(git, heads.main, ordered, files, fresh, message)
    if not (heads.on_main and heads.settled):
        tidy(git, heads, moved=False)
    return new


def _told(heads: Heads) -> list[str]:
    if heads.on_main or heads.here is None:
        return []
    return ["git had another branch or an old commit checked out here; it is back on main"]
