"""Pain guards: how reported pain in a body region lowers or stops exercises (source project, after
the pain-monitoring model).

Pain reported with a set, in the morning or with readiness counts alike. The latest report of a
region counts until another one clears it or a fortnight has passed. From six up, every exercise
that loads the region rests, as do all jumps if it is a region of the leg. Below six, pain eases the
exercises that list the region, and keeps jumps low.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tui.domain.calculator.advice import Action, Facts, Reason
from tui.domain.calculator.guard import Guard
from tui.domain.calculator.state import OFTEN_DAYS, PAIN_LESS, PainReport, Setup, State
from tui.domain.model.library.checks import LEG_REGIONS
from tui.domain.model.regions import eased_for, loaded
from tui.domain.model.values import Exercise, Kind

PAIN_HOLD, PAIN_STOP = 3, 6
CLEARS = 2  # Pain up to this clears a region; up to the baseline if the runner's is higher.
COUNTS_DAYS = 14  # Without a new report, work returns, lightened, after this many days.
OFTEN = 3
RETURNS = 2
FORGOTTEN_DAYS = 56  # After so long, the days away alone say how to come back.


def pain_guards(setup: Setup, state: State, exercise: Exercise, day: date) -> list[Guard]:
    """The guards that reported pain sets for an exercise on a day."""
    if not state.aches:
        return []
    sore = _sore(setup, state, day)
    fired = _stops(exercise, sore, day) if sore else []
    told = {
        region: [ache for ache in state.aches[region] if ache.day <= day]
        for region in eased_for(exercise)
        if region in state.aches
    }
    if not fired:
        own = _own_days(state, exercise, day)
        bands = [_eased(setup, exercise, region, aches, own, day) for region, aches in told.items()]
        bands.sort(key=_strictness, reverse=True)
        fired = [guard for band in bands for guard in band]
        fired += _low_jumps(setup, state, exercise, sore, day, fired)
    for region, aches in told.items():
        if _often(aches, day):
            often: Facts = {
                "region": region,
                "times": len(_sore_days(aches, day)),
                "days": OFTEN_DAYS,
            }
            fired.append(Guard(action=Action.HOLD, reason=Reason("PAIN_OFTEN", often)))
    return fired


# -- reports ---------------------------------------------------------------------------------------


def _sore(setup: Setup, state: State, day: date) -> dict[str, PainReport]:
    """The regions whose latest report still counts and calls for less work, the worst first."""
    found: dict[str, PainReport] = {}
    for region, aches in state.aches.items():
        ache = _latest(setup, [ache for ache in aches if ache.day <= day], day)
        if ache is not None and ache.pain >= PAIN_LESS:
            found[region] = ache
    return dict(sorted(found.items(), key=lambda one: (-one[1].pain, one[0])))


def _latest(setup: Setup, aches: Sequence[PainReport], day: date) -> PainReport | None:
    """The latest report if it still counts."""
    ache = next((ache for ache in reversed(aches) if ache.told), None)
    if ache is None or not _counts(setup, ache, day):
        return None
    return ache


def _counts(setup: Setup, ache: PainReport, day: date) -> bool:
    return not clears(setup, ache) and (day - ache.day).days < COUNTS_DAYS


def clears(setup: Setup, ache: PainReport) -> bool:
    """Whether a report takes back the ones before it: pain of at most two, or of at most the
    runner's usual pain if that is more (source project)."""
    return ache.pain <= max(CLEARS, setup.profile.pain_baseline)


def _told(region: str, ache: PainReport, day: date) -> Facts:
    """The facts of a pain report for its sentence: where, how much and when."""
    if ache.waking:
        when = "this morning" if ache.day == day else f"on the morning of {ache.day:%d %b}"
    else:
        when = "today" if ache.before and ache.day == day else "last time"
    return {"region": region, "pain": ache.pain, "when": when}


# -- rest ------------------------------------------------------------------------------------------


def _stops(exercise: Exercise, sore: Mapping[str, PainReport], day: date) -> list[Guard]:
    """A guard for rest for each region that hurts too much and is loaded by the exercise."""
    bad = {region: ache for region, ache in sore.items() if ache.pain >= PAIN_STOP}
    regions = loaded(exercise) if bad else frozenset()
    return [
        Guard(action=Action.REST, reason=Reason("PAIN_STOP", _told(region, ache, day)), stop=True)
        for region, ache in bad.items()
        if region in regions
    ]


# -- less ------------------------------------------------------------------------------------------


def _own_days(state: State, exercise: Exercise, day: date) -> list[date] | None:
    """The days of the last sessions of an exercise, oldest first; None if it was never done. The
    way back is its own: a quiet hold for the region is no session of a heavy squat."""
    if exercise.kind is Kind.PLYOMETRIC:
        return [jump.day for jump in state.jumps if jump.day <= day] or None
    history = state.histories.get(exercise.id)
    if history is None:
        return None
    return sorted({history.last.day, *(bout.day for bout in history.bouts)})


def _eased(
    setup: Setup,
    exercise: Exercise,
    region: str,
    aches: Sequence[PainReport],
    own: Sequence[date] | None,
    day: date,
) -> list[Guard]:
    """The guards, short of rest, for pain in one of the regions that an exercise lists; ``aches``
    are that region's, ``own`` the days of the exercise."""
    if not any(a.pain >= PAIN_HOLD for a in aches):
        return []
    trained = [n for n, ache in enumerate(aches) if ache.trained]
    since = _since(setup, aches[trained[-1] + 1 if trained else 0 :], day)
    woke = next((ache for ache in reversed(since) if ache.waking), None)
    # A bad morning asks for one step more than the same pain in a session does.
    usual = max(setup.profile.pain_baseline + 1, CLEARS)
    bad = woke is not None and woke.pain > usual and region == exercise.region
    swap = bad and exercise.kind is not Kind.MOBILITY
    fired: list[Guard] = []
    for ache in (_latest(setup, aches, day), _awaited(setup, aches, own, day)):
        if ache is not None and not (swap and ache is woke):
            when = str(_told(region, ache, day)["when"])
            if ache.trained and (ache is not aches[trained[-1]] or (own and own[-1] > ache.day)):
                when = f"on {ache.day:%d %b}"
            fired = max(fired, _band(exercise, region, ache, when), key=_strictness)
    if woke is not None and bad and (swap or not fired):
        facts: Facts = {"region": region, "pain": woke.pain}
        action = Action.VARIANT_DOWN if swap else Action.HOLD
        fired.insert(0, Guard(action=action, reason=Reason("PAIN_MORNING", facts), swap=swap))
    if not fired and _hurt_before(setup, aches, own, day) is not None:
        fired.append(Guard(action=Action.HOLD, reason=Reason("PAIN_RETURN", {"region": region})))
    return fired


def _awaited(
    setup: Setup, aches: Sequence[PainReport], own: Sequence[date] | None, day: date
) -> PainReport | None:
    """A report since which the exercise has not been done, that let it rest or that nothing has
    cleared in a fortnight: the next session is a lighter one."""
    last = own[-1] if own else date.min
    recent = [
        ache
        for ache in aches
        if ache.told and (ache.day > last or (ache.day == last and ache.trained))
    ]
    told = [ache for ache in recent if not clears(setup, ache)]
    rested = next((ache for ache in reversed(told) if ache.pain >= PAIN_STOP), None)
    lapsed = bool(told) and told[-1] is recent[-1] and (day - told[-1].day).days >= COUNTS_DAYS
    return rested or (told[-1] if lapsed and told[-1].pain >= PAIN_LESS else None)


def _since(setup: Setup, aches: Sequence[PainReport], day: date) -> Sequence[PainReport]:
    """The reports since the last session that still count on a day: those from the last clearing
    one on."""
    known = [ache for ache in aches if ache.told and (day - ache.day).days < COUNTS_DAYS]
    clear = [n for n, ache in enumerate(known) if clears(setup, ache)]
    return known[clear[-1] :] if clear else known


def _band(exercise: Exercise, region: str, ache: PainReport, when: str) -> list[Guard]:
    """The guard that a level of pain sets for an exercise of its region; empty for low pain."""
    told: Facts = {"region": region, "pain": ache.pain, "when": when}
    if ache.pain >= PAIN_LESS:
        jumps = exercise.kind is Kind.PLYOMETRIC
        action = Action.SUBSTITUTE if jumps else Action.DECREASE
        reason = Reason("PAIN_LESS", told)
        return [Guard(action=action, reason=reason, load=0.8, one_less=True, swap=jumps)]
    if ache.pain >= PAIN_HOLD:
        return [Guard(action=Action.HOLD, reason=Reason("PAIN_HOLD", told))]
    return []


def _strictness(band: Sequence[Guard]) -> tuple[bool, float, bool]:
    """A sort key for how strict the guards of a pain band are."""
    swaps = any(guard.swap for guard in band)
    return swaps, 1 - min((guard.load for guard in band), default=1.0), bool(band)


def _low_jumps(
    setup: Setup,
    state: State,
    exercise: Exercise,
    sore: Mapping[str, PainReport],
    day: date,
    fired: Sequence[Guard],
) -> list[Guard]:
    """Only low jumps, and no increase, while a region of the leg hurts and in the first two jump
    sessions after that; empty if the exercise is swapped out anyway."""
    if exercise.kind is not Kind.PLYOMETRIC or any(g.swap for g in fired):
        return []
    found = next(((region, sore[region]) for region in sore if region in LEG_REGIONS), None)
    if found is None:
        jumped = _own_days(state, exercise, day)
        for region in sorted(LEG_REGIONS & state.aches.keys()):
            aches = [ache for ache in state.aches[region] if ache.day <= day]
            if (hurt := _hurt_before(setup, aches, jumped, day)) is not None:
                found = region, hurt
                break
    if found is None:
        return []
    region, ache = found
    action = Action.HOLD if exercise.jump_tier in (None, "low") else Action.SUBSTITUTE
    facts = dict(_told(region, ache, day))
    if ache.trained and ache.day != state.last:
        facts["when"] = f"on {ache.day:%d %b}"
    return [Guard(action=action, reason=Reason("PAIN_JUMPS", facts), low_jumps=True)]


def _hurt_before(
    setup: Setup, aches: Sequence[PainReport], own: Sequence[date] | None, day: date
) -> PainReport | None:
    """The last report that called for less, if fewer than two sessions with next to no pain have
    followed it: of the exercise itself, whose days are ``own``, or of the region if it was never
    done. None otherwise."""
    hurt = next((a for a in reversed(aches) if a.told and a.pain >= PAIN_LESS), None)
    if hurt is None or clears(setup, hurt) or (day - hurt.day).days >= FORGOTTEN_DAYS:
        return None
    days = own if own is not None else sorted({a.day for a in aches if a.trained})
    sore = {a.day for a in aches if a.trained and a.told and not clears(setup, a)}
    calm = [
        d for d in days if (d > hurt.day or (d == hurt.day and not hurt.trained)) and d not in sore
    ]
    return hurt if len(calm) < RETURNS else None


def _often(aches: Sequence[PainReport], day: date) -> bool:
    """Whether there was pain on several days of a fortnight: progress stops, and a professional
    should have a look."""
    return len(_sore_days(aches, day)) >= OFTEN


def _sore_days(aches: Sequence[PainReport], day: date) -> set[date]:
    recent = (ache for ache in aches if (day - ache.day).days < OFTEN_DAYS)
    return {ache.day for ache in recent if ache.pain >= PAIN_LESS}
