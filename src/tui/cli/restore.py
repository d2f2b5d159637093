"""``stridelift restore``: brings back what is in a backup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from tui.app.backup_reader import find_backup, open_backup
from tui.app.restoring import (
    BACK,
    DELETED,
    DIFFERS,
    GONE,
    HERE,
    Changed,
    Named,
    Plan,
    carry_out,
    plan,
)
from tui.bootstrap import make_clock, paths
from tui.cli.backup import list_backups
from tui.cli.base import Options, Parser, Usage, as_json, logbook, note, say, say_json
from tui.cli.named_session import named_session
from tui.domain.model.dates import day_text
from tui.domain.model.text import clean, number_of
from tui.domain.model.visible import visible

HELP = """Bring back what is in a backup: a FILE, or the newest whole one of a day (DATE). What is
missing in your log is added; of two versions, the one edited last counts; what was deleted since
stays deleted. Without FILE, the backups are listed.

  stridelift restore 2026-11-29 --preview
  stridelift restore 2026-11-29
  stridelift restore 2026-11-29 --only 2026-11-02
  stridelift restore /media/stick/log.zip --replace"""
# How many settings or own exercises a line names.
NAMED = 8
HEADS = {
    BACK: ("comes back", "come back"),
    DIFFERS: ("differs", "differ"),
    GONE: ("is not in the backup: deleted", "are not in the backup: deleted"),
    DELETED: ("was deleted since and stays so", "were deleted since and stay so"),
    HERE: ("is only in your log and stays", "are only in your log and stay"),
}


def options(parser: Parser) -> None:
    """The backup, --preview, --only, --replace, --json."""
    parser.add_argument("file", metavar="FILE|DATE", nargs="?", help="the backup")
    parser.add_argument("--preview", action="store_true", help="only say what would happen")
    parser.add_argument(
        "--only",
        metavar="SESSION",
        help="bring back this session alone (its date or id) as it was, even if it was deleted "
        "or changed since",
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="make everything as it was, and delete what is newer; first backs up what is there",
    )
    as_json(parser)


def run(options: Options) -> int:
    """List the backups, or say what one brings back and write it; 1 if part of it cannot be."""
    if options.file is None:
        if options.preview or options.only is not None or options.replace:
            raise Usage("restore needs a FILE or DATE; stridelift restore lists the backups")
        list_backups(options)
        return 0
    if options.only is not None and options.replace:
        raise Usage("--only brings back one session, --replace everything: give one of them")
    path = find_backup(paths(options.data_dir).backups_dir, options.file)
    old = open_backup(path)
    only = ""
    if options.only is not None:
        today = make_clock(options.today)().date()
        held = {**old.sessions, **old.under_way}.values()
        alive = [one for one in map(visible, held) if not one.deleted]
        only = named_session(alive, options.only, today, "in this backup; --preview names them").id
    with logbook(options, write=not options.preview) as book:
        planned = plan(book, old, replacing=options.replace, only=only)
        saved = None if options.preview else carry_out(book, planned)
    if options.json:
        say_json(_doc(planned, saved))
    else:
        say(_lines(planned, saved, written=not options.preview))
    for line in planned.lacks:
        note(line)
    return 1 if planned.lacks else 0


def _lines(planned: Plan, saved: Path | None, *, written: bool) -> Iterator[str]:
    yield f"{clean(planned.old.path.name)}, made {_when(planned.old.made)}"
    for what, (one, many) in HEADS.items():
        found = [each for each in planned.changed if each.what == what]
        if found:
            sets = sum(each.back + each.here + each.gone for each in found)
            counted = "" if what == DIFFERS else f", {number_of(sets, 'set')}"
            say_of = one if len(found) == 1 else many
            yield f"{number_of(len(found), 'session')} {say_of}{counted}"
            yield from (f"  {_line(each)}" for each in found)
    if any(planned.records.values()):
        yield f"mornings, readiness, metrics: {_counted(planned.records)}"
    yield from _names("settings and calendar", planned.settings)
    yield from _names("own library", planned.library)
    if not planned:
        yield "Nothing to bring back."
    elif not written:
        yield "Nothing has changed yet. Leave out --preview to do it."
    else:
        yield "Done."
    if saved is not None:
        yield f"Your log as it was before: stridelift restore {clean(saved.name)} --replace"


def _when(made: str) -> str:
    """The day and time of a backup as it was on the clock of its machine."""
    try:
        at = datetime.fromisoformat(made)
    except ValueError:
        return clean(made)
    return f"{day_text(at.date())} {at:%H:%M}"


def _line(one: Changed) -> str:
    facts = [_counted(asdict(one))] if one.what == DIFFERS else [number_of(_all(one), "set")]
    if one.head:
        facts.append(f"date, programme or note: {_counts(one.head)}")
    if one.what == DELETED:
        again = f"--only {one.id}" if one.emptied else f"stridelift session restore {one.id}"
        facts.append(f"{again} brings it back")
    return "; ".join([f"{day_text(one.day)}  {one.id}", *(fact for fact in facts if fact)])


def _all(one: Changed) -> int:
    return one.back + one.old + one.now + one.here + one.gone


def _counts(which: str) -> str:
    return "the backup counts" if which == "old" else "your log counts"


def _counted(counts: Mapping[str, Any]) -> str:
    words = {
        "back": "back",
        "old": "as in the backup",
        "now": "not as in the backup, edited later",
        "here": "only in your log",
        "gone": "deleted",
        "deleted": "deleted since",
    }
    return ", ".join(f"{counts[key]} {said}" for key, said in words.items() if counts.get(key))


def _names(what: str, named: Named) -> Iterator[str]:
    """A line on what changes and what only differs."""
    parts = []
    if named.change:
        parts.append(f"as in the backup: {_some(named.change)}")
    if named.stay:
        parts.append(f"as they are now: {_some(named.stay)}")
    if parts:
        yield f"{what}: {'; '.join(parts)}"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _doc(planned: Plan, saved: Path | None) -> dict[str, Any]:
    return {
        "backup": str(planned.old.path),
        "made": planned.old.made,
        "sessions": [{**asdict(one), "day": one.day.isoformat()} for one in planned.changed],
        "records": dict(planned.records),
        "settings": asdict(planned.settings),
        "library": asdict(planned.library),
        "lacks": list(planned.lacks),
        "writes": bool(planned),
        "saved": None if saved is None else str(saved),
    }
