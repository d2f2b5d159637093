"""The output forms of a report; in all of them, text from the log stays plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

from tests.strategies import examples
from tui.domain.model.text import clean
from tui.present.report import Report, Section, markdown, plain_lines, table_lines
from tui.present.table import Table, table

HOSTILE = [
    *("# x", "#", "x #", "## x", "| a |", "a | b", "|---|", "||", "\\|", "\\\\|", "\\", "a\\"),
    *("<script>alert(1)</script>", "<b>", "<!-- x", "&lt;", "&#124;", "&amp", "<http://y.org>"),
    *("![x](http://y.org)", "[a](b)", "[a]", "[a]: http://y.org", "[^1]", "[ ] todo", "]("),
    *("`", "``", "```", "a`b`c", "~~~", "~~a~~", "*", "**b**", "_i_", "__", "$x$"),
    *("\n- x", "- x", "-", "- - -", "---", "***", "___", "+ x", "+", "* x", "> q", "===", "--"),
    *(
        "1. x",
        "1)",
        "1.",
        "123456789. x",
        "62.5kg",
        "-5 %",
        "+16 %",
        "    code",
        "\tcode",
        "\u2003x",
    ),
    *("http://y.org", "HTTPS://Y.ORG", "www.y.org", "WWW.y.org", "a@b.org", "@ana", "@@", "://"),
    *("mailto:a@b.org", "://@www.", "`@`", "a@`", "\u202egnp.exe", "\x1b[2J", "\x9b31m", "\ud800"),
    *("\u200b", "\r\n# x", "x\u2028# y", "a" * 100, "膝 " * 60, "膝" * 90, "e" + "\u0301" * 50),
]
words = st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=30)
texts = st.lists(words, max_size=3).map(" ".join) | st.lists(words, max_size=3).map("".join)
statements = st.lists(texts, max_size=3).map(tuple)
cells = texts | st.sampled_from(["", "12", "1,200", "+5 %", "3:05", "62.5kg", "Mon 2026-11-02"])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 5))
    rows = st.tuples(*[cells] * width)
    return Table(draw(st.tuples(*[texts] * width)), tuple(draw(st.lists(rows, max_size=3))))


sections = st.builds(
    Section,
    title=st.just("") | texts,
    statements=statements,
    table=st.none() | tables(),
    notes=statements,
)
reports = st.builds(Report, title=texts, sections=st.lists(sections, max_size=3).map(tuple))


def seen(text: str) -> str:
    """The words of a text, as they should be read back."""
    return " ".join(clean(text).split())


# -- lines -----------------------------------------------------------------------------------------


@given(reports)
@examples(300)
def test_no_line_is_wider_than_80_cells_or_acts_on_a_terminal(report: Report) -> None:
    for line in (*plain_lines(report), *table_lines(report)):
        assert cell_len(line) <= 80, line
        assert clean(line) == line


@given(reports)
@examples(200)
def test_plain_lines_leave_out_no_letter(report: Report) -> None:
    every = [report.title]
    for one in report.sections:
        every += [one.title, *one.statements, *one.notes]
    found = "".join("".join(plain_lines(report)).split())
    assert found == "".join("".join(clean(words).split()) for words in every)


SMALL = Report(
    title="Squat",
    sections=(
        Section(statements=("2 sessions.",)),
        Section(
            title="Bests",
            statements=("load: 60 kg, on Monday, with " + "a word more " * 5, "reps: 8"),
            table=Table(("Of", "kg", "膝"), (("load", "60", "膝 x"), ("reps", "8.5", ""))),
            notes=("That is all.",),
        ),
        Section(statements=("The end.",)),
    ),
)


def test_a_report_in_lines() -> None:
    assert plain_lines(SMALL) == [
        "Squat",
        "2 sessions.",
        "",
        "Bests",
        "  load: 60 kg, on Monday, with a word more a word more a word more a word more a",
        "    word more",
        "  reps: 8",
        "  That is all.",
        "",
        "The end.",
    ]


def test_a_report_in_tables() -> None:
    assert table_lines(SMALL) == [
        "Squat",
        "2 sessions.",
        "",
        "Bests",
        "  Of     kg  膝",
        "  ----  ---  ----",
        "  load   60  膝 x",
        "  reps  8.5",
        "  That is all.",
        "",
        "The end.",
    ]


def test_the_widest_text_is_cut_and_no_number_or_day_is() -> None:
    rows = ("Mon 2026-11-02 from 13:00", "a name", "膝" * 60, "1,234,567")
    shown = table_lines(
        Report(title="T", sections=(Section(table=Table(("On", "Of", "Note", "kg"), (rows,))),))
    )
    head, _, line = shown[2:]
    assert cell_len(line) in (77, 78)  # A wide letter more or less.
    assert line.startswith("Mon 2026-11-02 from 13:00  a name  膝膝")
    assert line.endswith(("…   1,234,567", "…  1,234,567"))
    assert head.endswith("         kg")


def test_numbers_that_cannot_be_cut_may_be_wider() -> None:
    row = tuple("1" * 9 for _ in range(9))
    lines = table_lines(Report(title="T", sections=(Section(table=Table(row, (row,))),)))
    assert "  ".join(row) == lines[-1]


def test_a_table_has_no_column_without_a_word() -> None:
    assert table(("A", "B", "C"), [("1", "", ""), ("2", "", "x")]) == Table(
        ("A", "C"), (("1", ""), ("2", "x"))
    )
    assert table(("A", "B"), []) is None


# -- Markdown --------------------------------------------------------------------------------------


def parsed(text: str) -> list[Token]:
    """The text parsed as CommonMark with tables, strikethrough and links for anything that looks
    like an address."""
    reader = MarkdownIt("gfm-like")
    assert reader.linkify is not None
    # GitHub recognises addresses by their prefix, not by their top-level domain.
    reader.linkify.set({"fuzzy_link": False})
    return reader.parse(text)


BLOCKS = {
    f"{name}_{end}"
    for name in (
        *("heading", "bullet_list", "list_item", "paragraph"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    )
    for end in ("open", "close")
} | {"inline"}
# What a backslash made of a sign, and an address as code, are text.
INLINE = {"text", "text_special", "code_inline"}


def blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Each text with the block it is in (h1, li, td ...)."""
    inside: list[str] = []
    for token in tokens:
        assert token.type in BLOCKS, token
        if token.nesting > 0:
            inside.append(token.tag)
        elif token.nesting < 0:
            inside.pop()
        else:
            assert token.children is not None
            assert {child.type for child in token.children} <= INLINE, token
            place = inside[-2] if inside[-1] == "p" else inside[-1]
            yield place, "".join(child.content for child in token.children)


def expected(report: Report) -> Iterator[tuple[str, str]]:
    """The expected blocks and texts, without empty texts."""
    yield "h1", report.title
    for one in report.sections:
        if one.title:
            yield "h2", one.title
        if one.table:
            yield from (("th", word) for word in one.table.columns)
            yield from (("td", word) for row in one.table.rows for word in row)
        else:
            yield from (("li", words) for words in one.statements)
        yield from (("li", words) for words in one.notes)


@given(reports)
@examples(500)
def test_a_text_is_read_as_itself_and_as_nothing_else(report: Report) -> None:
    found = [(place, " ".join(text.split())) for place, text in blocks(parsed(markdown(report)))]
    wanted = [(place, seen(text)) for place, text in expected(report)]
    assert [one for one in found if one[1]] == [one for one in wanted if one[1]]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_read_as_itself_everywhere(text: str) -> None:
    rows = Table((text, "B"), ((text, "1"), ("x", text)))
    test_a_text_is_read_as_itself_and_as_nothing_else.hypothesis.inner_test(  # type: ignore[attr-defined]  # put there by given
        Report(
            title=text,
            sections=(
                Section(title=text, statements=(text, text), notes=(text,)),
                Section(title=text, table=rows, notes=(text,)),
                Section(statements=(text,)),
            ),
        )
    )


@given(reports)
def test_no_line_of_markdown_acts_on_a_terminal(report: Report) -> None:
    text = markdown(report)
    assert text.endswith("\n")
    assert all(clean(line) == line for line in text.split("\n"))
    # Nor does it contain an address that a renderer could turn into a link.
    assert not re.search(r"www\.|\w(?:://|@)\w", text, re.IGNORECASE)


def test_a_report_in_markdown() -> None:
    assert markdown(SMALL).splitlines() == [
        "# Squat",
        "",
        "- 2 sessions.",
        "",
        "## Bests",
        "",
        "| Of | kg | 膝 |",
        "| --- | ---: | --- |",
        "| load | 60 | 膝 x |",
        "| reps | 8.5 |  |",
        "",
        "- That is all.",
        "",
        "- The end.",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("3x8 60kg rir3", "3x8 60kg rir3"),
        ("+16 % from 2026-01-02", "+16 % from 2026-01-02"),
        ("62.5kg", "62.5kg"),
        ("1. first", r"1\. first"),
        ("- x", r"\- x"),
        ("a@b.org", "a`@`b.org"),
        ("see www.y.org", "see www`.`y.org"),
        ("*x*", r"\*x\*"),
    ],
)
def test_what_needs_no_escape_has_none(text: str, written: str) -> None:
    made = markdown(Report(title="T", sections=(Section(statements=(text,)),)))
    assert made == f"# T\n\n- {written}\n"
