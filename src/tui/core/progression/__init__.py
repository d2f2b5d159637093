"""The calculator: what to do next of an exercise, and why.

Values in, values out. A log is folded into a :class:`State` (``fold``, or ``advance`` for one more
session); ``prescribe`` answers from it. See docs/training.md for the rules and their sources.
"""

from tui.core.progression.fold import advance, fold, in_order
from tui.core.progression.in_session import after_set
from tui.core.progression.jump_day import session_jumps
from tui.core.progression.prescribe import prescribe
from tui.core.progression.state import Setup, State
from tui.core.progression.values import Advice

__all__ = [
    "Advice",
    "Setup",
    "State",
    "advance",
    "after_set",
    "fold",
    "in_order",
    "prescribe",
    "session_jumps",
]
