"""The zip of a backup: which files are in it, its manifest, how it is packed and how it is read.

It may come from anywhere, so it is read by name: only members with one of our names are opened, and
nothing is extracted to a name from the archive. What is read is bounded and checked by hash.
"""

from __future__ import annotations

import json
import os
import re
import stat
import struct
import zlib
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import msgspec
from msgspec import Struct

from tui.domain.model.text import clean, clip
from tui.store.errors import NewerSchema, StoreError, refused
from tui.store.files import open_file, refuse_size
from tui.store.journal_lines import scan_lines
from tui.store.migrations import VERSION
from tui.store.table_file import Damaged, parse
from tui.store.tables import SESSIONS

# The format of the zip. Raise it if an older program could misread a newer backup.
FORMAT = 1
MANIFEST, README = "MANIFEST.json", "README.txt"
PROFILE, LIBRARY = "profile.json", "library.json"
YEAR = re.compile(r"log/([0-9]{4})\.json")
JOURNAL = re.compile(r"live/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}\.jsonl")
# A name that leads nowhere else. Others may have zipped the files again and added some of theirs.
PLAIN = re.compile(r"(?!/)(?!.*\.\.)[^\\:\x00-\x1f]+")

MOST_FILE_BYTES = 64_000_000
MOST_BYTES = 256_000_000
MOST_DIRECTORY_BYTES = 1_000_000
# Logs shrink to a twentieth; deflate cannot pack more than 1032 bytes into one.
MOST_RATIO = 1000
CHUNK = 1 << 20

# The record at the end of a zip: signature, disk numbers, counts, size and place of the directory.
END = struct.Struct("<4s4H2LH")
END_SIGNATURE, END_64_SIGNATURE = b"PK\5\6", b"PK\6\7"
LOCATOR_64_BYTES = 20
SEALED = 0x1 | 0x40 | 0x2000
UNREADABLE = (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, struct.error, LookupError)

TEXT = """\
This is a backup of a Stridelift log, a strength log for runners.

You do not need Stridelift to read it. All files are text (UTF-8).

  log/2026.json   the sessions of that year: each has its entries (exercises), each entry its sets.
                  Also mornings, readiness and metrics, under "records".
  live/*.jsonl    a session that was under way, one event a line; often there is none
  profile.json    settings, races, runs, days away
  library.json    exercises and programmes of your own, if there are any
  MANIFEST.json   SHA-256 hash and size (bytes) of each file, sessions and sets of each year,
                  and when this was made

Loads are in kilograms, distances in metres, times in seconds; dates are year-month-day. What was
deleted is still there and says "deleted": true.

With Stridelift, "stridelift restore FILE" brings it back; --preview says first what that does.
Without it, unzip this file and open the .json files with any text editor or spreadsheet program
that reads JSON.
"""


class Filed(Struct, frozen=True):
    """The hash of a file, and its size in bytes."""

    sha256: str
    size: int


class Counts(Struct, frozen=True):
    """Sessions and sets that are not deleted; left and right are one set, one left out is none."""

    sessions: int
    sets: int


class Manifest(Struct, frozen=True, kw_only=True):
    """What a backup holds. ``made`` is an ISO time; ``not_parsed`` names files that are in it as
    they are but damaged, ``not_read`` those that the disk did not give, and why."""

    format: int
    schema: int
    version: str
    made: str
    files: dict[str, Filed]
    years: dict[str, Counts]
    not_parsed: list[str]
    not_read: dict[str, str]

    @property
    def whole(self) -> bool:
        """Whether every file is in it, and undamaged."""
        return not self.not_parsed and not self.not_read

    @property
    def sessions(self) -> int:
        return sum(year.sessions for year in self.years.values())

    @property
    def sets(self) -> int:
        return sum(year.sets for year in self.years.values())


class Archive(NamedTuple):
    """The contents of a backup, by name."""

    manifest: Manifest
    files: dict[str, bytes]


class Unfit(ValueError):
    """The file is no backup, or not as it was made; the message says why."""


def ours(name: str) -> bool:
    """Whether a file of the data folder belongs in a backup, by its name relative to that."""
    return name in (PROFILE, LIBRARY) or bool(YEAR.fullmatch(name) or JOURNAL.fullmatch(name))


# -- making ------------------------------------------------------------------------------------


def describe(
    files: Mapping[str, bytes], not_read: Mapping[str, str], *, made: str, version: str
) -> Manifest:
    """The manifest of these files, which are parsed and counted for it."""
    years: dict[str, Counts] = {}
    not_parsed = []
    for name, data in sorted(files.items()):
        try:
            if year := YEAR.fullmatch(name):
                years[year[1]] = counts(data, name)
            else:
                check(data, name)
        except (Damaged, NewerSchema):
            not_parsed.append(name)
    return Manifest(
        format=FORMAT,
        schema=VERSION,
        version=version,
        made=made,
        files={
            name: Filed(sha256(data).hexdigest(), len(data))
            for name, data in sorted({**files, README: TEXT.encode()}.items())
        },
        years=years,
        not_parsed=not_parsed,
        not_read=dict(sorted(not_read.items())),
    )


def counts(data: bytes, name: str) -> Counts:
    """The sessions and sets in the file of a year. Raises Damaged or NewerSchema."""
    sessions = _kept(list(parse(data, Path(name)).tables.get(SESSIONS, {}).values()))
    entries = [_kept(entry.get("sets")) for one in sessions for entry in _kept(one.get("entries"))]
    # Counted as they are stored: making values of ten years would take as long as all the rest.
    sets = sum(len({_place(row) for row in rows if "undone" not in row}) for rows in entries)
    return Counts(sum(map(_shown, sessions)), sets)


def _shown(session: dict[str, Any]) -> bool:
    """Whether there is anything left in a session; one that was emptied is not shown."""
    return bool(session.get("note")) or any(
        _kept(entry.get("sets")) for entry in _kept(session.get("entries"))
    )


def _kept(documents: object) -> list[dict[str, Any]]:
    """The documents of a list that are not deleted."""
    listed = documents if isinstance(documents, list) else []
    return [doc for doc in listed if isinstance(doc, dict) and doc.get("deleted") is not True]


def _place(row: Mapping[str, Any]) -> tuple[str, int]:
    """Kind and number of a set, which its two sides have in common."""
    kind, number = row.get("kind"), row.get("number")
    return kind if isinstance(kind, str) else "", number if isinstance(number, int) else 0


def check(data: bytes, name: str) -> None:
    """Raises Damaged or NewerSchema if a file other than a year's is not what it should be."""
    if name == PROFILE:
        parse(data, Path(name))
    elif name == LIBRARY:
        try:
            json.loads(data)
        except (ValueError, RecursionError) as error:
            raise Damaged(str(error)) from None
    elif scan_lines(data).damaged:
        raise Damaged("a line is damaged")


def pack(files: Mapping[str, bytes], manifest: Manifest) -> bytes:
    """The zip of these files: the same bytes for the same files and manifest."""
    told = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in [(README, TEXT.encode()), (MANIFEST, told), *sorted(files.items())]:
            info = ZipInfo(name)
            info.create_system = 3  # Unix, so that the mode counts
            info.external_attr = (stat.S_IFREG | 0o600) << 16
            # A file that a crash filled with zeros would shrink so well that it looks like a bomb.
            info.compress_type = ZIP_STORED if name in manifest.not_parsed else ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


# -- reading -----------------------------------------------------------------------------------


def read(path: Path) -> Archive:
    """The contents of a backup, each file checked against the manifest's hash. Raises StoreError if
    the file cannot be read, is no backup or is not as it was made; NewerSchema if a newer version
    made it."""
    with _opened(path) as file:
        try:
            with ZipFile(_bounded(file)) as archive:
                members = _members(archive)
                manifest = _manifest(archive, members, path)
                files = {name: _content(archive, info) for name, info in members.items()}
            _verify(manifest, files)
        except OSError as error:
            raise refused(path, error, "read") from error
        except UNREADABLE as error:
            raise unfit(path, error) from error
    del files[README]
    return Archive(manifest, files)


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup, without reading the rest. Raises as :func:`read` does."""
    with _opened(path) as file:
        try:
            with ZipFile(_bounded(file)) as archive:
                return _manifest(archive, _members(archive), path)
        except OSError as error:
            raise refused(path, error, "read") from error
        except UNREADABLE as error:
            raise unfit(path, error) from error


def unfit(path: Path, why: Exception) -> StoreError:
    """The error for a file that is no good backup."""
    what = str(why) if isinstance(why, Unfit) else "it is damaged, or no zip file"
    return StoreError(
        f"{clean(str(path))} cannot be used as a backup: {clean(what)}. "
        "stridelift backup list names others."
    )


def _opened(path: Path) -> BinaryIO:
    try:
        file = os.fdopen(open_file(path, os.O_RDONLY, "read"), "rb")
        try:
            refuse_size(path, os.fstat(file.fileno()).st_size, MOST_BYTES, "read")
        except BaseException:
            file.close()
            raise
    except FileNotFoundError as error:
        raise StoreError(
            f"{clean(str(path))} is not there. stridelift backup list names those there are."
        ) from error
    except OSError as error:
        raise refused(path, error, "read") from error
    return file


def _bounded(file: BinaryIO) -> BinaryIO:
    """The file, if its directory is small. zipfile would read as many names as there are before
    anyone could count them."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END.size - LOCATOR_64_BYTES))
    tail = file.read()
    if len(tail) < END.size:
        raise Unfit("it is no zip file")
    signature, *_, directory, place, _ = END.unpack(tail[-END.size :])
    if signature != END_SIGNATURE:
        raise Unfit("it is no zip file, or cut off")
    if tail.startswith(END_64_SIGNATURE) or directory > MOST_DIRECTORY_BYTES:
        raise Unfit("it has more files than any backup")
    if place + directory + END.size != size:
        raise Unfit("something was added to it or is missing")
    return file


def _members(archive: ZipFile) -> dict[str, ZipInfo]:
    """The members with our names, without opening any. Raises Unfit."""
    members: dict[str, ZipInfo] = {}
    for info in archive.infolist():
        # The name as it stands there; zipfile's own is cut off at a zero byte.
        name = info.orig_filename
        if not PLAIN.fullmatch(name):
            raise Unfit(f"the name {clip(name, 40)} leads out of it")
        if not (ours(name) or name in (MANIFEST, README)):
            continue
        if name in members:
            raise Unfit(f"{name} is in it twice")
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise Unfit(f"{name} is no plain file")
        if info.flag_bits & SEALED or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Unfit(f"{name} is encrypted or packed in an unusual way")
        if info.file_size > min(MOST_FILE_BYTES, MOST_RATIO * info.compress_size):
            raise Unfit(f"{name} is too large")
        members[name] = info
    if sum(info.file_size for info in members.values()) > MOST_BYTES:
        raise Unfit("it is too large")
    return members


def _content(archive: ZipFile, info: ZipInfo) -> bytes:
    """The bytes of a member, no more than it says it has. Raises Unfit or one of UNREADABLE."""
    data = bytearray()
    with archive.open(info) as member:
        while len(data) <= info.file_size and (chunk := member.read(CHUNK)):
            data += chunk
    if len(data) != info.file_size:
        raise Unfit(f"{info.filename} does not have the size it should have")
    return bytes(data)


def _manifest(archive: ZipFile, members: dict[str, ZipInfo], path: Path) -> Manifest:
    """The manifest, taken out of ``members``. Raises as :func:`read`, or one of UNREADABLE."""
    if MANIFEST not in members:
        raise Unfit(f"it has no {MANIFEST}")
    info = members.pop(MANIFEST)
    if info.file_size > MOST_DIRECTORY_BYTES:
        raise Unfit(f"{MANIFEST} is too large")
    try:
        manifest = msgspec.json.decode(_content(archive, info), type=Manifest)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Unfit(f"{MANIFEST} is not understood") from error
    if manifest.format > FORMAT:
        raise NewerSchema(
            f"{clean(str(path))} was made by a newer stridelift (format {manifest.format}, this "
            f"one knows {FORMAT}). Update stridelift."
        )
    return manifest


def _verify(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Raises Unfit if these are not the files of the manifest."""
    if odd := sorted(manifest.files.keys() ^ files.keys()):
        raise Unfit(f"{clip(odd[0], 40)} is {'not listed' if odd[0] in files else 'missing'}")
    if README not in files:
        raise Unfit(f"it has no {README}")
    for name, data in files.items():
        if manifest.files[name] != Filed(sha256(data).hexdigest(), len(data)):
            raise Unfit(f"{name} is damaged: its hash is not the one that was saved")
