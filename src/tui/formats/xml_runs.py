"""Checks the XML of GPX and TCX files for attacks and damage before a parser sees it."""

from __future__ import annotations

import codecs
import re

from tui.domain.model.validation import BadDocument, said
from tui.formats.run_file import BOMS

# The encodings devices and programs write; others could let a file be read as two different texts.
ENCODINGS = frozenset({"utf-8", "utf-16", "ascii", "iso8859-1", "cp1252"})
DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
ENCODING = re.compile(rb"^\s*<\?xml\b[^>]*\bencoding\s*=\s*[\"']([\w.-]{1,20})[\"']")
# Watch extensions nest about ten deep; parsers walk them recursively.
DEEPEST = 50


def xml_text(data: bytes) -> str:
    """The XML of a file as text without its declaration; line numbers stay the same.

    It is well formed and has no document type, so it can declare no entity: none that expands
    without limit and none that fetches a file. Raises BadDocument with the line.
    """
    text = DECLARATION.sub(_lines, _decoded(data), count=1)
    _check(text)
    return text


def _lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _decoded(data: bytes) -> str:
    declared = ENCODING.match(data)
    name = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if data.startswith(BOMS[1:]):
        name = "utf-16"
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    if known not in ENCODINGS:
        raise BadDocument(f"line 1: cannot be read as {said(name)}; save it as UTF-8")
    try:
        return data.decode("utf-8-sig" if known == "utf-8" else known)
    except UnicodeDecodeError as bad:
        line = data.count(b"\n", 0, bad.start) + 1
        raise BadDocument(f"line {line}: is not {name} text; export it again") from None


def _check(text: str) -> None:
    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator="}")  # as in ElementTree
    depth = 0

    def place() -> str:
        return f"line {parser.CurrentLineNumber}"

    def doctype(*_: object) -> None:
        raise BadDocument(f"{place()}: declares a document type, which no file of runs needs")

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise BadDocument(f"{place()}: is nested deeper than any file of runs")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as bad:
        raise BadDocument(
            f"line {bad.lineno}: is damaged or cut off ({expat.ErrorString(bad.code)}); "
            "export it again"
        ) from None
    except UnicodeEncodeError:
        raise BadDocument("holds half a character; export it again") from None
