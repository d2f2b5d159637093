"""Compare left and right: which side is weaker, and how the plan responds (source project).

A difference of a few per cent is normal. It is shown as a trend in one exercise, never as a risk.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bouts import symmetry
from tui.domain.calculator.step import RuleContext, Step, even, working
from tui.domain.model.values import Side, Sides

WATCH, MORE = 90.0, 85.0  # The weaker side as a percentage of the stronger.
SESSIONS = 2


class Balance(Struct, frozen=True, kw_only=True):
    """How the sides compare: the weaker side of the last session, if any, whether the stronger side
    waits for it (``holds``), and whether it gets an extra set (``more``)."""

    weak: Side | None = None
    holds: bool = False
    more: bool = False
    reasons: tuple[Reason, ...] = ()
    # For a lift, the load in kg and reps of each set of the stronger side's last session, which it
    # does not exceed while the weaker side catches up.
    frozen: tuple[tuple[float, int], ...] = ()

    def held(self, context: RuleContext, step: Step) -> Step:
        """The step, no higher than the last session while the stronger side waits."""
        if not self.holds or not context.bouts or step.action is Action.DECREASE:
            return step
        if step.action is Action.HOLD:
            return replace(step, reasons=())
        return replace(step, sets=even(working(context.bouts), len(step.sets)), reasons=())


def balance(context: RuleContext) -> Balance:
    """How the sides of an exercise compare, according to the log."""
    history = context.history
    if history is None or context.exercise.sides is Sides.BOTH or not history.ratios:
        return Balance()
    now = history.ratios[-1]
    percent = symmetry(1.0, now)
    if percent is None or abs(now - 1) < 1e-6:
        return Balance()
    weak = Side.RIGHT if now < 1 else Side.LEFT
    facts = {"side": weak.value, "percent": round(percent)}
    # Rounded, so that 90 % is the same for either side.
    both = [round(100 * (one if weak is Side.RIGHT else 1 / one), 6) for one in history.ratios]
    if len(both) < SESSIONS or any(one >= WATCH for one in both):
        return Balance(weak=weak, reasons=(Reason("WEAK_SIDE", facts),))
    more = all(one < MORE for one in both)
    strong = history.trackers.get(Side.LEFT if weak is Side.RIGHT else Side.RIGHT)
    code = "IMBALANCE_SET" if more else "IMBALANCE_WATCH"
    return Balance(
        weak=weak,
        holds=True,
        more=more,
        reasons=(Reason("WEAK_SIDE", facts), Reason(code)),
        frozen=strong.sets if strong is not None else (),
    )
