"""Reports, and their three output forms: plain lines, tables and Markdown.

A plain line makes sense on its own, also read aloud. All output is cleaned of terminal control
characters; in Markdown, notes and names are escaped so that they stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tui.domain.model.cells import folded
from tui.domain.model.text import clean
from tui.present.table import NUMBER, Column, Table, all_are, fitting_columns, row_text

WIDTH = 80
INDENT = "  "
# Markdown's special characters: code, emphasis, links, HTML, headings, table cells, math.
MARKUP = re.compile(r"[\\`*_\[\]<>#|~&$]")
# An address turns into a link and an @name into a mention, even after a backslash. As code they
# do not, and every character stays as it is.
ADDRESS = re.compile(r"(?:@|://|(?<=www)\.)+", re.IGNORECASE)
# What starts a list or a rule at the beginning of a line.
BULLET = re.compile(r"(?:[-+](?=[-+\s]|$)|\d{1,9}(?=[.)](?:\s|$)))")


class Section(Struct, frozen=True, kw_only=True):
    """A section of a report: ``statements``, each complete on its own, and the same as a ``table``
    if there is one; ``notes`` go below either."""

    title: str = ""
    statements: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """A report: a title and its sections."""

    title: str
    sections: tuple[Section, ...]


def plain_lines(report: Report) -> list[str]:
    """One statement per line, folded at 80 columns, without tables."""
    return _lines(report, tables=False)


def table_lines(report: Report) -> list[str]:
    """The table of each section that has one, else its statements. Tables are at most 80 columns
    wide, with the widest texts cut, unless the numbers and days alone take more."""
    return _lines(report, tables=True)


def _lines(report: Report, *, tables: bool) -> list[str]:
    lines = statement_lines([report.title])
    layouts = _layouts(report) if tables else {}
    for number, section in enumerate(report.sections):
        shown = section.table if tables else None
        if number or section.title or shown:
            lines.append("")
        lines += statement_lines([section.title])
        indent = INDENT if section.title else ""
        if shown:
            lines += _table(shown, layouts[shown.columns], indent)
        else:
            lines += statement_lines(section.statements, indent)
        lines += statement_lines(section.notes, indent)
    return lines


def statement_lines(statements: Iterable[str], indent: str = "") -> list[str]:
    """Statements folded at 80 columns, without splitting words, single-spaced."""
    return [
        line
        for words in statements
        for line in folded(
            " ".join(clean(words).split()), WIDTH, indent, f"{indent}{INDENT}", hyphens=False
        )
    ]


def _layouts(report: Report) -> dict[tuple[str, ...], list[Column]]:
    """The columns of each kind of table. Tables with the same columns share their widths, so that
    they line up."""
    rows: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for section in report.sections:
        if section.table:
            rows.setdefault(section.table.columns, []).extend(section.table.rows)
    room = WIDTH - len(INDENT)
    return {
        columns: fitting_columns(Table(columns, tuple(found)), room)
        for columns, found in rows.items()
    }


def _table(shown: Table, columns: Sequence[Column], indent: str) -> list[str]:
    rule = ["-" * column.width for column in columns]
    every = [row_text(row, columns) for row in (shown.columns, rule, *shown.rows)]
    return [f"{indent}{line}".rstrip() for line in every]


def markdown(report: Report) -> str:
    """The report as Markdown (CommonMark with GitHub's tables), ending in a newline. Text from the
    log, the library and the settings is escaped: it cannot make a heading, list, table, link,
    picture, code or HTML."""
    return "\n".join([f"# {_inline(report.title)}", *map(_part, report.sections)]) + "\n"


def _part(section: Section) -> str:
    lines = ["", f"## {_inline(section.title)}"] if section.title else []
    if section.table:
        lines += ["", *_pipes(section.table)]
    listed = section.notes if section.table else (*section.statements, *section.notes)
    if listed:
        lines += ["", *map(_item, listed)]
    return "\n".join(lines)


def _item(words: str) -> str:
    return f"- {_inline(words)}"


def _pipes(shown: Table) -> Iterator[str]:
    every = map(shown.column, range(len(shown.columns)))
    rule = ["---:" if all_are(NUMBER, words) else "---" for words in every]
    escaped = [[_inline(word) for word in row] for row in (shown.columns, *shown.rows)]
    for words in (escaped[0], rule, *escaped[1:]):
        yield f"| {' | '.join(words)} |"


def _inline(words: str) -> str:
    """Words escaped for Markdown, on one line."""
    text = " ".join(clean(words).split())
    found = BULLET.match(text)
    parts, start = [], 0
    for address in ADDRESS.finditer(text):
        parts += [MARKUP.sub(r"\\\g<0>", text[start : address.start()]), f"`{address[0]}`"]
        start = address.end()
    made = "".join([*parts, MARKUP.sub(r"\\\g<0>", text[start:])])
    if found is None:
        return made
    # Escape the sign itself, or the one after the number; nothing before it was changed.
    at = found.end() if text[0].isdigit() else 0
    return f"{made[:at]}\\{made[at:]}"
