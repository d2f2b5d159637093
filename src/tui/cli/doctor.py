"""``stridelift doctor``: says what is wrong with the data folder, and mends it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tui.app.doctor.findings import Finding
from tui.app.doctor.looking import look
from tui.app.doctor.repair import Repair, repair
from tui.bootstrap import closed_logbook, make_clock, paths, shipped_library
from tui.cli.base import Options, Parser, as_json, await_turn, note, say, say_json
from tui.domain.model.text import clean, number_of

HELP = """Check your data folder: files, ids, values, sessions under way, settings, the disk and
the backups. Each line says what is wrong, and what --repair would do or what you can do. Nothing is
changed; the exit code is 1 if something is wrong.

With --repair what can be mended safely is mended. A backup is made before, and nothing is deleted:
what is replaced goes to the folder merged in your data folder.

  stridelift doctor
  stridelift doctor --repair"""


def options(parser: Parser) -> None:
    """--repair and --json."""
    parser.add_argument("--repair", action="store_true", help="mend what can be mended safely")
    as_json(parser)


def run(options: Options) -> int:
    """Look, and with --repair mend; 1 if something is wrong, or still is."""
    folder = paths(options.data_dir)
    found = look(folder, shipped_library, make_clock(options.today)())
    # What is well is not written to, not even the lock.
    if options.repair and any(finding.repair for finding in found):
        done = _repaired(options)
    else:
        done = Repair((), tuple(found))
    wrong = [finding for finding in done.left if not finding.note]
    if options.json:
        say_json(_doc(done, well=not wrong))
    else:
        say(_lines(folder.root, done, wrong))
    for words in (*done.notes, *(done.made.notes if done.made else ())):
        note(words)
    return 1 if wrong else 0


def _repaired(options: Options) -> Repair:
    with closing(closed_logbook(options.data_dir, options.today)) as book:
        await_turn(book, book.access.acquire)
        return repair(book, shipped_library)


def _lines(root: Path, done: Repair, wrong: Sequence[Finding]) -> list[str]:
    lines = [] if done.made is None else [f"Backed up to {clean(str(done.made.path))}."]
    lines += [f"mended: {_told(finding)} [{finding.repair}]" for finding in done.mended]
    lines += [_told(finding) + _helps(finding) for finding in wrong]
    lines += [f"note: {_told(f)}{_helps(f)}" for f in done.left if f.note]
    if not wrong:
        well = "all is well" if root.exists() else "there is no log yet"
        lines.append(f"{clean(str(root))}: {well}.")
    else:
        repairable = sum(bool(finding.repair) for finding in wrong)
        hint = f"; stridelift doctor --repair mends {repairable}" if repairable else ""
        lines.append(f"{number_of(len(wrong), 'problem')} found{hint}.")
    return lines


def _told(finding: Finding) -> str:
    return f"{clean(finding.where)}: {clean(finding.words)}"


def _helps(finding: Finding) -> str:
    """What to do about a finding, or what --repair does."""
    if finding.repair:
        return f" [--repair {finding.repair}]"
    return f"; {finding.todo}" if finding.todo else ""


def _doc(done: Repair, *, well: bool) -> dict[str, Any]:
    return {
        "well": well,
        "findings": _docs(done.left),
        "mended": _docs(done.mended),
        "backup": None if done.made is None else str(done.made.path),
        "notes": list(done.notes),
    }


def _docs(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "code": finding.code,
            "where": finding.where,
            "ids": list(finding.ids),
            "words": finding.words,
            "todo": finding.todo,
            "repair": finding.repair,
            "note": finding.note,
        }
        for finding in findings
    ]
