"""``stridelift backup``: saves the log as one file, and lists the backups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui.app.backups import Backup, backup
from tui.bootstrap import paths
from tui.cli.base import Options, Parser, as_json, logbook, note, say, say_json
from tui.domain.model.text import clean, number_of
from tui.store.archive import Manifest, read_manifest
from tui.store.backups import listed
from tui.store.errors import StoreError

HELP = """Save your log, settings and own exercises as one zip file, and check that it can be read.
It goes to the folder backups in your data folder, or to a new FILE. One is made by itself at the
first finish of a day; the last ten are kept, and the last of each month for a year.

  list             the backups in your data folder, newest first

  stridelift backup
  stridelift backup /media/stick/log.zip
  stridelift config set backup.to /media/nas"""
LIST = "list"


def options(parser: Parser) -> None:
    """The file or ``list``, --json."""
    parser.add_argument("file", metavar="FILE|list", nargs="?", help="a file that is not there yet")
    as_json(parser)


def run(options: Options) -> int:
    """Make a backup or list them; 1 if a file of the log is not in it."""
    if options.file == LIST:
        list_backups(options)
        return 0
    with logbook(options, write=True, read=False) as book:
        made = backup(book, None if options.file is None else Path(options.file))
    if options.json:
        say_json(_doc(made.path, made.size, made.manifest) | {"copy": _text(made.copy)})
    else:
        say(_lines(made))
    for words in (*made.notes, made.no_folder):
        if words:
            note(words)
    return 1 if made.manifest.not_read else 0


def _lines(made: Backup) -> list[str]:
    lines = [f"{clean(str(made.path))}: {_facts(made.size, made.manifest)}"]
    if made.copy is not None:
        lines.append(f"{clean(str(made.copy))}: the same")
    return lines


def list_backups(options: Options) -> None:
    """Print the backups in the data folder, newest first."""
    rows: list[tuple[Path, int, Manifest | StoreError]] = []
    for path in listed(paths(options.data_dir).backups_dir):
        try:
            rows.append((path, path.stat().st_size, read_manifest(path)))
        except StoreError as bad:
            rows.append((path, path.stat().st_size, bad))
    if options.json:
        say_json(
            {
                "backups": [
                    {"path": str(path), "size": size, "problem": str(found)}
                    if isinstance(found, StoreError)
                    else _doc(path, size, found)
                    for path, size, found in rows
                ]
            }
        )
    elif rows:
        say(
            str(found) if isinstance(found, StoreError) else f"{path.name}  {_facts(size, found)}"
            for path, size, found in rows
        )
    else:
        say(["No backups."])


def _facts(size: int, manifest: Manifest) -> str:
    """Size, sessions and sets, and what is amiss, in words."""
    facts = [
        f"{-(-size // 1000):,} kB",
        number_of(manifest.sessions, "session"),
        number_of(manifest.sets, "set"),
    ]
    if manifest.not_read:
        facts.append(f"without {', '.join(manifest.not_read)}")
    if manifest.not_parsed:
        facts.append(f"damaged: {', '.join(manifest.not_parsed)}")
    return ", ".join(facts)


def _doc(path: Path, size: int, manifest: Manifest) -> dict[str, Any]:
    return {
        "path": str(path),
        "size": size,
        "made": manifest.made,
        "sessions": manifest.sessions,
        "sets": manifest.sets,
        "years": {
            year: {"sessions": counts.sessions, "sets": counts.sets}
            for year, counts in manifest.years.items()
        },
        "not_parsed": manifest.not_parsed,
        "not_read": manifest.not_read,
    }


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
