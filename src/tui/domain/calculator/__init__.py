"""The training calculator: what to do next in an exercise, and why.

Pure functions. A log is folded into a :class:`State` (``fold``, or ``advance`` for one more
session), from which ``prescribe`` answers. See docs/training.md for the rules and their sources.
"""

from tui.domain.calculator.advice import Advice
from tui.domain.calculator.in_session import after_set
from tui.domain.calculator.jump_day import session_jumps
from tui.domain.calculator.log_fold import advance, fold, in_order
from tui.domain.calculator.prescribe import prescribe
from tui.domain.calculator.state import Setup, State

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
