"""The set log as one JSON object: its ``schema``, and under ``lines`` those of the JSONL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tui.domain.model.codec import Doc
from tui.domain.model.validation import BadDocument
from tui.formats.json_lines import BOM, DEEPEST, Problem, dump, object_in, problem

# That of the log whose ids and fields the lines have; see docs/format.md.
SCHEMA = 2
SCHEMA_KEY, LINES = "schema", "lines"
# A line lies two levels deep in the file.
DEEPEST_FILE = DEEPEST + 2
BEGINNING = re.compile(rb'\s*\{\s*"(?:schema|lines)"\s*:')


def fits(data: bytes) -> bool:
    """Whether a file that begins with ``data`` looks like a set log in this form."""
    return BEGINNING.match(data.removeprefix(BOM)) is not None


def render(lines: Iterable[Doc]) -> str:
    """The lines of a log as one JSON object, ending in a newline; ASCII, each line on its own."""
    written = ",\n".join(map(dump, lines))
    return f'{{"{SCHEMA_KEY}":{SCHEMA},"{LINES}":[\n{written}\n]}}\n'


def objects(data: bytes) -> Iterator[tuple[int, Doc | Problem]]:
    """The lines of a log in this form, numbered from 1 within ``lines``, or what is wrong with
    each; of a file that cannot be read at all, one problem."""
    try:
        lines = _lines(data)
    except BadDocument as bad:
        yield 1, problem(1, bad)
        return
    for number, line in enumerate(lines, start=1):
        if isinstance(line, dict):
            yield number, line
        else:
            yield number, problem(number, "must be a JSON object, as in {...}")


def _lines(data: bytes) -> list[object]:
    doc = object_in(data.removeprefix(BOM), DEEPEST_FILE)
    schema, lines = doc.get(SCHEMA_KEY), doc.get(LINES)
    if isinstance(schema, int) and schema > SCHEMA:
        raise BadDocument(
            f"was written by a newer stridelift (schema {schema}, this one knows {SCHEMA}); update "
            "stridelift"
        )
    if not isinstance(lines, list):
        raise BadDocument(f"has no {LINES}: they must be a list of objects")
    return lines
