"""Which machine this is: one word, kept in the machine's own folder so that no copy of the log
carries it to another machine."""

from __future__ import annotations

import os
import re
from contextlib import suppress

from tui.domain.model.ids import ALPHABET, derived
from tui.store.atomic import fill, make_folder, sync_folder, temp_of
from tui.store.errors import refused
from tui.store.paths import Paths

# One hyphen, so that no name that a sync program makes of this one is a device too.
DEVICE = re.compile(r"[a-z0-9_]{1,24}-[0-9a-hjkmnp-tv-z]{10}")
ID_LENGTH = 10


def this_device(paths: Paths) -> str:
    """The word of this machine, such as ``laptop-5k0v9w2hxm``. Until :func:`make_device` could keep
    one it is made of the host name, the same each time. Writes nothing. Raises StoreError if there
    is a word that cannot be read, as this machine's session would then seem to be another's."""
    try:
        word = _kept(paths)
    except (NotADirectoryError, PermissionError):
        word = ""
    except OSError as error:
        raise refused(paths.device, error, "read") from error
    if DEVICE.fullmatch(word):
        return word
    host = os.uname().nodename
    return f"{_host_word(host)}-{derived(0, host)[-ID_LENGTH:].lower()}"


def make_device(paths: Paths) -> str:
    """:func:`this_device`, with a random part that is kept from now on where the disk lets us."""
    known = this_device(paths)
    with suppress(OSError):
        if known != _kept(paths):
            _keep(paths, f"{_host_word(os.uname().nodename)}-{_chance()}")
    return this_device(paths)


def name_of(device: str) -> str:
    """The name of a machine by its word, to show: the host name it had."""
    return device.rpartition("-")[0].replace("_", "-")


def _kept(paths: Paths) -> str:
    try:
        return paths.device.read_text("ascii", "replace").strip()
    except FileNotFoundError:
        return ""


def _keep(paths: Paths, word: str) -> None:
    """Write the word, unless another process was first. Raises OSError."""
    path = paths.device
    make_folder(path.parent)
    temp = temp_of(path)
    try:
        fill(temp, f"{word}\n".encode())
        if path.exists():
            temp.replace(path)  # It holds no word.
        else:
            try:
                path.hardlink_to(temp)
            except FileExistsError:
                return
            except OSError:
                temp.replace(path)  # A file system without hard links.
        sync_folder(path.parent)
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def _host_word(host: str) -> str:
    word = re.sub(r"[^a-z0-9]+", "_", host.partition(".")[0].lower()).strip("_")
    return word[:24] or "machine"


def _chance() -> str:
    return "".join(ALPHABET[byte & 31] for byte in os.urandom(ID_LENGTH)).lower()
