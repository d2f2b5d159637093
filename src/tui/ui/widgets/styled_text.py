"""Styled text, and the widget that draws lines of it.

A line is a list of spans; a span is a text and its role (``""`` plain, ``dim``, ``strong``,
``good``, ``warn``, ``accent``, ``loud``). Everything shown passes through here, so this is where
text from files is made harmless: markup is never parsed, control characters never reach the
terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.domain.model.cells import cell_width, clusters, exactly, fitted, folded
from tui.domain.model.text import clean

Span = tuple[str, str]
Line = Sequence[Span]
ROLES = ("dim", "strong", "good", "warn", "accent", "loud")


# The styles of the roles are in app.tcss, in one place for a theme.
ROLE_CLASSES = {f"role--{role}" for role in ROLES} | {"role--cursor"}


def styled_strip(widget: Widget, line: Line, width: int, *, cursor: bool = False) -> Strip:
    """A line as a strip of exactly ``width`` cells, in the role styles of ``widget``."""
    ground = _own(widget.get_component_rich_style("role--cursor") if cursor else widget.rich_style)
    segments: list[Segment] = []
    left = width
    for words, role in line:
        shown = clean(words)
        size = cell_width(shown)
        if size > left:
            shown = exactly(fitted(shown.rstrip(), left), left)
            size = left
        bare = shown.lstrip(" ")
        if bare != shown:
            # Blanks look the same in any role, but an exported picture drops them at the start of a
            # span, so they go to the end of the span before.
            before = segments.pop() if segments else Segment("", ground)
            segments.append(Segment(before.text + shown[: len(shown) - len(bare)], before.style))
            shown = bare
        segments.append(Segment(shown, ground + _of(widget, role) if role else ground))
        left -= size
        if left <= 0:
            break
    if left > 0:
        segments.append(Segment(" " * left, ground))
    return Strip(segments, width)


def _of(widget: Widget, role: str) -> Style:
    """A role's colour and weight, without its background."""
    style = widget.get_component_rich_style(f"role--{role}")
    return _own(Style(color=style.color, bold=style.bold, dim=style.dim))


@lru_cache(maxsize=256)
def _own(style: Style) -> Style:
    """A style without the terminal's own colours: naming them would cost bytes and change
    nothing."""
    ink, ground = style.color, style.bgcolor
    return Style(
        color=None if ink is None or ink.is_default else ink,
        bgcolor=None if ground is None or ground.is_default else ground,
        bold=style.bold,
        dim=style.dim,
        reverse=style.reverse,
    )


class Lines(Widget):
    """A few lines of text that repaints only the cells that changed."""

    COMPONENT_CLASSES = ROLE_CLASSES
    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[Line] = []

    def set(self, lines: Sequence[Line]) -> None:
        """Show these lines; cells that stay the same are not repainted. A widget as high as its
        lines is laid out again when there are more or fewer of them, which repaints everything."""
        old, self._lines = self._lines, [list(line) for line in lines]
        if len(old) != len(self._lines) and self.styles.is_auto_height:
            self.refresh(layout=True)
            return
        for y, (before, after) in enumerate(zip_longest(old, self._lines, fillvalue=())):
            changed = None if before == after else _changed(before, after)
            if changed is not None:
                start, end = changed
                self.refresh(Region(start, y, end - start, 1))

    def line(self, y: int) -> Line:
        """The line in a row; empty below the last."""
        return self._lines[y] if y < len(self._lines) else []

    def plain(self) -> str:
        """The lines as plain text."""
        return "\n".join("".join(words for words, _ in line) for line in self._lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines."""
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """Draw a row."""
        return styled_strip(self, self.line(y), self.size.width)


def _cells(line: Line) -> list[Span]:
    """A line with one entry per cell, so that two lines can be compared by column."""
    cells: list[Span] = []
    for words, role in line:
        for cluster, width in clusters(clean(words)):
            cells += [(cluster, role), *[("", role)] * (width - 1)] if width else []
    return cells


def _changed(before: Line, after: Line) -> tuple[int, int] | None:
    """The columns in which two lines differ, as first and last + 1; None if they do not."""
    old, new = _cells(before), _cells(after)
    width = max(len(old), len(new))
    blank = (" ", "")
    old += [blank] * (width - len(old))
    new += [blank] * (width - len(new))
    differing = [x for x in range(width) if old[x] != new[x]]
    return (differing[0], differing[-1] + 1) if differing else None


def width_of(line: Line) -> int:
    """The width of a line in cells."""
    return sum(cell_width(clean(words)) for words, _ in line)


def wrapped(words: str, width: int, role: str = "", indent: str = "") -> list[Line]:
    """Running text as lines of at most ``width`` cells."""
    return [[(line, role)] for line in folded(words, width, indent)]


def cut(words: str, width: int, most: int) -> list[str]:
    """Running text in at most ``most`` lines of ``width`` cells, ending in an ellipsis if cut."""
    lines = folded(words, max(1, width))
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fitted(" ".join(lines[most - 1 :]), width)]


def spread(left: Line, right: Line, width: int) -> list[Span]:
    """A line with text at both ends, ``right`` flush with the edge. If both do not fit, ``right``
    is dropped."""
    gap = width - width_of(left) - width_of(right)
    if gap < 1:
        return list(left)
    return [*left, (" " * gap, ""), *right]
