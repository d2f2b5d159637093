"""``stridelift merge``: takes another copy of the runner's files into the log."""

from __future__ import annotations

from pathlib import Path

from tui.app.merging import merge
from tui.app.write_access import ReadOnly
from tui.cli.base import CommandError, Options, Parser, as_json, logbook, note, say, say_json
from tui.domain.model.text import number_of

HELP = """Bring another copy of your log, settings or own exercises into yours. Of two versions of
one thing the one edited later counts; nothing that only one copy has is lost, and merging the same
copy again changes nothing. PATH is a file such as log/2026.json or a copy of it, another data
folder (a USB stick), or a backup.

  stridelift merge "log/2026 old.json"
  stridelift merge /media/stick/stridelift --dry-run
  stridelift merge backups/stridelift-2026-11-29T181500.zip"""


def options(parser: Parser) -> None:
    """PATH, --dry-run, --json."""
    parser.add_argument("path", metavar="PATH", help="the file, folder or backup")
    parser.add_argument("--dry-run", action="store_true", help="only say what would come")
    as_json(parser)


def run(options: Options) -> int:
    """Merge, and say what came, what gave way and what was left out; 1 if anything was left out."""
    with logbook(options, write=not options.dry_run, read=False) as book:
        try:
            brought, left_out = merge(book, Path(options.path), dry_run=options.dry_run)
        except ReadOnly as refusal:
            raise CommandError(str(refusal)) from refusal
    if options.json:
        say_json(
            {
                "sets": brought.log.sets,
                "records": brought.log.records,
                "deleted": brought.log.gone,
                "settings": brought.settings,
                "library": brought.entries,
                "gave_way": brought.gave_way,
                "left_out": list(left_out),
            }
        )
    else:
        came = brought.words()
        would = "would come" if options.dry_run else "came"
        lines = [f"{came} {would} from it" if came else "It has nothing that you do not have."]
        if brought.gave_way:
            ways = f"{number_of(brought.gave_way, 'version')} of yours or of the copy"
            kept = "would give way to later ones" if options.dry_run else "gave way to later ones"
            lines.append(f"{ways} {kept}; merged/ keeps them")
        say(lines)
    for line in left_out:
        note(f"left out: {line}")
    return 1 if left_out else 0
