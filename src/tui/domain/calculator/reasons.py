"""Explain advice in words: a sentence for each reason code, with its source.

Every number in a sentence comes from the facts of the reason. A sentence may come with what the
runner can do to change the advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tui.domain.calculator.advice import Advice, Reason, is_vague
from tui.domain.model.library.catalog import Library
from tui.domain.model.units import load_words, plain
from tui.domain.model.values import Exercise

PROJECT = "project"
# A part of the log cannot be read: told once for a whole session.
LOG_GAP = "LOG_GAP"
GAP_WORDS = "Part of your log cannot be read: loads may be too light or too heavy; check them."
TELL_PAIN = "m tells how the pain is now, and the work follows. (shell: stridelift morning)"
NAMED = "Other regions, or none? 0, Once injured. (shell: stridelift config set old_injuries none)"
BEST = "Know your best? 0, Best lifts. (shell: stridelift config set max.back-squat 80x5)"
KIT = "More weight? 0, What you have. (shell: stridelift config set dumbbells)"
LIGHTER_KIT = "Something lighter? 0, What you have. (shell: stridelift config set dumbbells)"
COURSE = "Another course? 0, My course. (shell: stridelift config set terrain)"
CYCLE = "Another cycle? 0, This cycle leans to. (shell: stridelift config set lean)"
RIGHT_OR_NOT = "History, e puts a wrong set right. (shell: a right one, log it again with --yes)"
LOADS = frozenset({"load", "max", "e1rm", "low", "high", "hurt", "planned", "system", "weight"})


class Words(NamedTuple):
    """The sentence for a reason, its source, and what would change it. ``short`` says the same in
    two seconds, if the sentence takes longer."""

    text: str
    source: str = PROJECT
    change: str = ""
    short: str = ""


WORDS: Mapping[str, Words] = {
    # Pain.
    "PAIN_STOP": Words(
        "Your {region} hurt {pain} of ten {when}: no work there for now, and let a professional "
        "have a look.",
        change="A calm morning brings the work back: m tells. (shell: stridelift morning)",
        short="Your {region} hurt {pain} of ten {when}: no work there for now.",
    ),
    "PAIN_JUMPS": Words(
        "Your {region} hurt {pain} of ten {when}, so jumps stay low.", change=TELL_PAIN
    ),
    "PAIN_LESS": Words(
        "Your {region} hurt {pain} of ten {when}, so less work there. If the pain stays, let a "
        "professional have a look early.",
        change=TELL_PAIN,
        short="Your {region} hurt {pain} of ten {when}, so less work there.",
    ),
    "PAIN_HOLD": Words(
        "Your {region} hurt {pain} of ten {when}, so nothing is added.", change=TELL_PAIN
    ),
    "PAIN_RETURN": Words("Your {region} has hurt lately: two easy sessions first, then more."),
    "PAIN_MORNING": Words(
        "Your {region} hurt {pain} of ten the morning after, so this gets a step easier."
    ),
    "PAIN_OFTEN": Words(
        "Your {region} hurt on {times} days of the last {days}: no progress there, and please let "
        "a professional have a look.",
        short="Your {region} hurt on {times} days lately: let a professional have a look.",
    ),
    "ISOMETRIC": Words("{exercise}, a quiet hold, in place of what hurts.", "trailrunner-lift"),
    # Races.
    "RACE_WEEK": Words(
        "{race} is {days} days away: no strength work, only mobility.", "clarke-runrun"
    ),
    "TAPER": Words("{race} is {days} days away: fewer sets, and nothing rises.", "klein-six"),
    "AFTER_RACE": Words("{days} days after {race}: a light session, if you like.", "clarke-runrun"),
    "NOTHING_NEW": Words("Before a race is no time for a new exercise.", "klein-six"),
    # Gaps.
    "LAYOFF_11_17": Words("{days} days since the last time: the same again, with a rep to spare."),
    "LAYOFF_LESS": Words("{days} days since the last time: with a rep to spare, so a little less."),
    "LAYOFF_18_27": Words("The first time in {days} days: an easier start."),
    "LAYOFF_28_41": Words("The first time in {days} days: an easier start, with one set fewer."),
    "LAYOFF_42_83": Words("The first time in {days} days: an easier start, with one set fewer."),
    "LAYOFF_84": Words(
        "The first time in {days} days: light, with one set fewer, to find out anew.",
        short="The first time in {days} days: light, to find out anew.",
    ),
    "LAYOFF_JUMPS_SAME": Words("{days} days since the last jumps: no more than then."),
    "LAYOFF_JUMPS_ON": Words("{days} days since the last jumps: on from the last full session."),
    "LAYOFF_JUMPS": Words("The first jumps in {days} days: an easier start."),
    "LAYOFF_JUMP": Words("The first of these in {days} days: no more than then."),
    "FULL_LONG_AGO": Words("The last full session was {days} days ago: no more than then."),
    "EASED_LONG": Words("The last full session was {days} days ago: an easier start."),
    "LIGHTER": Words("That is {percent} % lighter than last time."),
    "JUMPS_DONE": Words("The other jumps of this session are enough.", "trailrunner-lift"),
    "JUMPS_LOW": Words("After a month without jumps the low ones come first.", "trailrunner-lift"),
    # Easier days and weeks.
    "READY_LOW": Words(
        "Legs {legs} and sleep {sleep} of five today: a lighter session, which counts in full.",
        change="As planned all the same? R asks again. (shell: stridelift ready ... --as-planned)",
        short="Legs {legs}, sleep {sleep} of five: a lighter session.",
    ),
    "STEP_DOWN": Words("Your running steps down this week, so strength does too.", "clarke-runrun"),
    "DELOAD_PLANNED": Words("An easier week, as the programme plans.", "running-power"),
    "DELOAD_MISSES": Words("Two lifts fell short twice in a row: an easier week."),
    "DELOAD_EMPTY": Words("Lately no rep was left in reserve: an easier week."),
    "DELOAD_READY": Words("Legs or sleep were low on two days lately: an easier week."),
    "DELOAD_SUGGEST": Words("Everything feels heavy? Take an easier week."),
    # Sides.
    "WEAK_SIDE": Words(
        "Your {side} side did {percent} % of the other, so that side sets the numbers and goes "
        "first.",
        "running-power",
        short="Your {side} side did {percent} % of the other: that side first.",
    ),
    "IMBALANCE_WATCH": Words("The stronger side waits for the weaker.", "running-power"),
    "IMBALANCE_SET": Words(
        "The stronger side waits for the weaker, which gets a set more.", "running-power"
    ),
    # Starting.
    "START": Words(
        "First time: begin here.", change="Do more or less, and the next plan goes on from that."
    ),
    "START_LIGHT": Words("First time: begin light, with {load}, and stand tall all the way."),
    "START_SHARE": Words(
        "First time: {load}, at most {percent} % of {max}, the most you say you can lift once.",
        change=BEST,
        short="First time: at most {percent} % of {max}.",
    ),
    "START_WITH_BODY": Words(
        "First time: {load}; with your body at most {percent} % of what you say you can lift once.",
        change=BEST,
        short="First time: {load}, at most {percent} % with your body.",
    ),
    "START_LIGHTEST": Words(
        "First time: {load} is the lightest you have; you say you can lift {max} once.",
        change=LIGHTER_KIT,
        short="First time: {load}, the lightest you have.",
    ),
    "BEGIN_AGAIN": Words("Not one rep was done last time: {load} now, to begin again."),
    "ODD_BELIEVED": Words("You logged as much twice, so that counts from now on: {load}."),
    "GOES_ON": Words("This goes on from what you did last time."),
    "START_GUESS": Words(
        "First time: a careful guess from your weight, {weight}. Say how many reps were to "
        "spare (r), and the weight climbs fast.",
        change=BEST,
        short="First time: a careful guess from your weight.",
    ),
    "START_UNKNOWN": Words(
        "First time: a careful guess, as for a runner of {weight}. Say how many reps were to "
        "spare (r), and the weight climbs fast.",
        change="Your weight? 0, Body weight. (shell: stridelift config set body_weight 70)",
        short="First time: a careful guess.",
    ),
    "BAR_TOO_HEAVY": Words(
        "{load} is the lightest there is, and too heavy to begin with.",
        change=BEST,
    ),
    "SYSTEM": Words("{percent} % of your body weight counts: {system} in all."),
    "NO_WEIGHT": Words("Begin without a weight: {percent} % of your body is {system} already."),
    "CHOOSE_LOAD": Words(
        "First time: take a weight you could lift {most} times, and stop at {reps}.",
    ),
    "TOO_HEAVY": Words(
        "Your lightest, {load}, is more than the {max} you can lift once: take something lighter "
        "and type what you took.",
        short="Your lightest, {load}, is too heavy yet: take something lighter.",
    ),
    "ARTICLE_REPS": Words(
        "The article asks for {sets} sets of {reps}: build up slowly, as so many make you sore at "
        "first.",
        "kawamoto-speed",
        short="The article asks for {sets} sets of {reps}: build up slowly.",
    ),
    "ARTICLE_TEMPO": Words(
        "The article asks for {seconds} seconds: build up slowly, as slow lowering is new to most "
        "legs.",
        "kawamoto-speed",
        short="The article asks for {seconds} seconds: build up slowly.",
    ),
    "MASTER_FIRST": Words("First {exercise}, until two sessions were clean.", "klein-six"),
    "TWO_LEGS_FIRST": Words("Both legs first, then one."),
    "SORENESS": Words("{sets} sets at first: slow lowering makes you sore."),
    # What was injured once.
    "SPARED_FIRST": Words(
        "Since you named your {region}: {exercise} first, until two sessions were clean.",
        change=NAMED,
    ),
    "FEWER_FIRST": Words(
        "Since you named your {region}, a little less to begin with.", change=NAMED
    ),
    "HALF_STEP": Words("Since you named your {region}, this rises by half steps.", change=NAMED),
    # Going on.
    "MORE_REPS": Words("All sets were clean: {reps} reps now."),
    "NEXT_LOAD": Words("You did the top twice: {load} now, and fewer reps."),
    "REP_EXTEND": Words(
        "The next load you own, {load}, is {percent} % more, which is far: more reps "
        "first, up to {top}.",
        short="{load} is {percent} % more: first more reps, up to {top}.",
    ),
    "BACK_UP": Words("On the way back: {load} now."),
    "BACK_HOLDS": Words("On the way back: {holds} holds of {seconds} seconds now."),
    "BACK_TEMPO": Words("On the way back: {reps} reps, {seconds} seconds down, now."),
    "CONFIRM": Words("One clean session more, then this gets harder."),
    "CONFIRM_TOP": Words("The top of the range: once more, then on."),
    "LONGER": Words("All holds were held: {seconds} seconds now."),
    "FURTHER": Words("All sets were carried: {metres} metres now."),
    "NEXT_RUNG": Words("Clean twice: {holds} holds of {seconds} seconds now.", "kawamoto-speed"),
    "SLOWER": Words("Clean twice: {reps} reps, {seconds} seconds down, now.", "kawamoto-speed"),
    "TOP_TWICE": Words("{reps} reps, twice: time for a harder variant."),
    "CAP": Words("{seconds} seconds are as long as this one gets.", "trailrunner-lift"),
    "CAP_TWICE": Words("{seconds} seconds, twice: time for a harder variant.", "trailrunner-lift"),
    "TOP_RUNG": Words("The last step of this one is done."),
    "LOWER_SLOWLY": Words(
        "You did the top twice: {reps} reps again, each lowered for {seconds} seconds.",
        short="You did the top twice: now lowered for {seconds} seconds.",
    ),
    "PAUSE": Words(
        "You did the top twice: {reps} reps again, each held for {seconds} seconds at the hard "
        "point.",
        short="You did the top twice: now a pause of {seconds} seconds as well.",
    ),
    "ADD_LOAD": Words(
        "Slow and with a pause you can do this: now with {load}, a band or a weight, at the "
        "usual pace.",
        short="Slow and with a pause you can do this: now with {load}.",
    ),
    "TAKE_MORE": Words(
        "{reps} reps, twice: take a little more weight or a stronger band, and type what you took.",
        short="{reps} reps, twice: take a little more and type what you took.",
    ),
    "LESS_HELP": Words(
        "{reps} reps, twice: take a little less help for {fewer}, and type what you took.",
        short="{reps} reps, twice: take less help and type what you took.",
    ),
    "MORE_SETS": Words("Now {sets} sets."),
    "ENOUGH": Words(
        "This is enough here, and keeps what you have.",
        change=KIT,
    ),
    "ENOUGH_HOLD": Words(
        "{seconds} seconds are enough here, and keep what you have.",
        change="A longer lever or a weight makes this harder again.",
    ),
    "AS_BEFORE": Words("The same as last time."),
    "AT_TOP": Words("{reps} reps with the heaviest load known."),
    "AT_TOP_WEIGHT": Words("All the way with the heaviest weight known."),
    "VARIANT": Words("Next: {exercise}."),
    "AT_CEILING": Words(
        "Your heaviest for the most reps: enough to keep what you have.",
        change=KIT,
    ),
    "NO_EASIER": Words("There is no easier variant, so there is less to do."),
    "MOBILITY": Words("Small doses over a long time.", "klein-six"),
    # Staying and stepping back.
    "MISSED": Words("Last time fell short, so the same again."),
    "MISSES": Words("{sessions} sessions in a row fell short, so there is less to do."),
    "NO_HEAVIER": Words("A rep was missed last time, so the bar gets no heavier."),
    "MISS_LIGHTER": Words("A rep was missed last time, so the bar is {percent} % lighter."),
    "HOLD_SHORT": Words("A little short last time: the same again."),
    "HOLD_FORM": Words("Form first: the same again, cleaner.", "running-power"),
    "HOLD_SLOW": Words("A rep slowed last time: the same again, moved fast.", "clarke-runrun"),
    "HOLD_EFFORT": Words("Last time took all you had: the same again."),
    "HOLD_PAIN": Words("A little pain last time: the same again."),
    "HOLD_STOPPED": Words("Last time was cut short: the same again."),
    "HOLD_AGAIN": Words("After the pause the same again, then on."),
    "LIGHTER_THAN_PLANNED": Words(
        "Last time was lighter than planned; the plan goes on from there."
    ),
    "NOTICED_MORE": Words("You did more than was asked; the plan goes on from there."),
    "HOLDS_LOST": Words("{holds} holds of a side did not last: a step back."),
    "SHORT_TWICE": Words("Short twice in a row: a step back."),
    # Lifts.
    "ESTIMATE": Words(
        "Your best single today is near {e1rm} (likely {low} to {high}). {load} is planned as "
        "about {possible} reps, so {reps} leave about {left}.",
        short="{load} is about {possible} reps today: {reps} leave about {left}.",
    ),
    "ESTIMATE_LIGHTEST": Words(
        "Your best single today is near {e1rm} (likely {low} to {high}). {load}, the lightest you "
        "have, is about {possible} reps: stop where they end.",
        change=LIGHTER_KIT,
        short="{load}, your lightest, is about {possible} reps: stop there.",
    ),
    "ESTIMATE_KEPT": Words(
        "Your best single is still taken to be near {e1rm} (likely {low} to {high}); today stays "
        "well below it.",
        short="Well below your best single, still near {e1rm}.",
    ),
    "SEARCH": Words(
        "Every set left five reps or more, so the weight goes up faster, until the sets feel like "
        "work.",
        short="Every set left five or more: up faster, until they feel like work.",
    ),
    "SEARCH_SET": Words("Five or more left: {load} for the next, to find your weight."),
    "AT_LEAST": Words("Five or more left says that the weight was light, not how light."),
    "STEP_FAR": Words(
        "The next load you own, {load}, is {percent} % more to lift, so first {reps} reps with "
        "this one.",
        short="{load} is {percent} % more to lift: {reps} reps with this one first.",
    ),
    "HEAVIEST": Words("{load} is your heaviest, so more reps instead."),
    "STANDS_IN": Words("{exercise} is in this session already."),
    "SNACK_FULL": Words(
        "{minutes} minutes are full: this one has its turn next time.", "clarke-runrun"
    ),
    "HURT_AT": Words(
        "Pain came at {hurt}: {load} today; two calm sessions, then a little more each time.",
        short="Pain came at {hurt}: {load} today, and two calm sessions.",
    ),
    "BACK_TOWARDS": Words("Back towards {hurt}: {load} today."),
    "ODD_LOAD": Words(
        "{load} is far from the {planned} planned, so that set waits until you "
        "say the load was right.",
        change=RIGHT_OR_NOT,
        short="{load} for {planned} planned: that set waits for your word.",
    ),
    "ODD_REPS": Words(
        "{reps} reps are far from the {planned_reps} planned, so that set waits until you "
        "say they were right.",
        change=RIGHT_OR_NOT,
        short="{reps} reps for {planned_reps} planned: that set waits for your word.",
    ),
    "KEPT_BACK": Words(
        "You usually have about {kept} reps more than you say; the plan allows for that."
    ),
    "OVER_REPORTED": Words(
        "You usually have about {kept} reps fewer than you say; the plan allows for that."
    ),
    "RUN_CLEAN": Words("Every set was done in the last {sessions} sessions."),
    "NEXT_PLATE": Words("{load} would leave too little in reserve, so a rep more instead."),
    "NO_RIR": Words(
        "You don't say how many reps were to spare (r), so only finished sets count.",
    ),
    "WIDE": Words(
        "I have seen few sets of yours, so I stay {percent} % under my guess.",
    ),
    "POWER": Words("{percent} % lighter than for strength, and moved fast.", "running-power"),
    "TRAINER": Words(
        "A trainer or strength coach can check your form: worth it while a lift with a bar is new.",
        "trailrunner-lift",
    ),
    "IN_SESSION": Words("That set was harder than planned: {load} for the next."),
    # Jumps.
    "FIRST_HIGH": Words("A high jump is new to tendons: a few to begin with, well landed."),
    "BAND": Words(
        "{floor} to {top} foot contacts a session are right at your level; both feet count two.",
        "trailrunner-lift",
        "Another level? 0, Lifting for. (shell: stridelift config set level)",
        short="{floor} to {top} contacts a session are right at your level.",
    ),
    "BAND_CAP": Words(
        "{contacts} contacts were more than your level should have: {top} at most.",
        "trailrunner-lift",
    ),
    "MORE_CONTACTS": Words("Landings were good: {contacts} contacts now.", "trailrunner-lift"),
    "JUMP_SHARE": Words("One exercise's share of the jumps in this session."),
    "JUMPS_BY_STEPS": Words("At most a tenth or a set more than last time."),
    "JUMPS_HELD": Words("Not all jumps went well last time, so none get more."),
    "JUMPS_WAIT": Words(
        "Some jumps wait, and the others get no more in their place: a smaller session."
    ),
    "NEW_TIER": Words(
        "With a harder kind of jump a session has {floor} contacts at most.", "trailrunner-lift"
    ),
    "TIER_UP": Words("{contacts} contacts, twice: time for harder jumps.", "trailrunner-lift"),
    "ENOUGH_JUMPS": Words("{contacts} contacts a session are enough here: they keep your spring."),
    "TOO_SOON": Words(
        "The last jumps were less than two days ago: nothing is added.", "trailrunner-lift"
    ),
    "HOLD_LANDING": Words("Landings first: the same again, softer.", "trailrunner-lift"),
    "BOX_MOST": Words("Box jumps stay fresh: {contacts} contacts at most.", "trailrunner-lift"),
    "HIGH_PLYO_GATE": Words(
        "High jumps want {weeks} weeks and {sessions} sessions of strength first; {done} are done.",
        "trailrunner-lift",
        short="High jumps want {sessions} sessions of strength first; {done} are done.",
    ),
    "HIGH_PLYO_GATE_SOON": Words(
        "Harder jumps want more weeks of strength first.", "trailrunner-lift"
    ),
    # Terrain and the emphasis of the cycle.
    "TERRAIN_CHOICE": Words(
        "Chosen for a {terrain} course.",
        "running-power",
        COURSE,
    ),
    "TERRAIN_MORE": Words(
        "More sets here, as your course is {terrain}.",
        "running-power",
        COURSE,
    ),
    "TERRAIN_LESS": Words("Fewer sets here, for what a {terrain} course asks more of."),
    "SLOW_HALF": Words(
        "Lower in {seconds} seconds: this half of the block goes by control.", "running-power"
    ),
    "LEAN_LIFT": Words(
        "A set more, as this cycle leans to lifting.",
        "clarke-runrun",
        CYCLE,
    ),
    "LEAN_RUN": Words(
        "A set less, as this cycle leans to running.",
        "clarke-runrun",
        CYCLE,
    ),
    # What is not known.
    LOG_GAP: Words(
        "Part of your log cannot be read, so this may be too light or too heavy: check the weight.",
        change="What is missing, and the way back: stridelift doctor in the shell.",
        short="Part of your log cannot be read: check this.",
    ),
    # Equipment.
    "NO_EQUIPMENT": Words(
        "What {exercise} needs is not at hand.",
        "klein-six",
        "No gym just today? G. For good: 0, At hand. (shell: stridelift config set equipment)",
    ),
    "OTHER_ROLE": Words("This does another job, but nothing nearer is there today."),
    "NO_SUBSTITUTE": Words("Nothing of its kind can be done with what is at hand."),
}


# How a sentence tells the range of an estimate.
LIKELY = "(likely {low} to {high})"


def sentence(reason: Reason, library: Library, unit: str = "kg") -> str:
    """One reason in words, loads in ``unit``."""
    return _told(reason, WORDS[reason.code].text, library, unit)


def _told(reason: Reason, text: str, library: Library, unit: str) -> str:
    low, high = reason.facts.get("low"), reason.facts.get("high")
    if isinstance(low, float) and isinstance(high, float) and is_vague(low, high):
        text = text.replace(LIKELY, "(only a guess by now)")
    shown = {name: _shown(name, value, library, unit) for name, value in reason.facts.items()}
    told = text.format(**shown)
    return _one_day(told[:1].upper() + told[1:])


def why(advice: Advice, library: Library, unit: str = "kg") -> str:
    """All reasons in words, the main one first; loads in ``unit``."""
    return " ".join(sentence(reason, library, unit) for reason in advice.reasons)


def brief(advice: Advice, library: Library, unit: str = "kg") -> str:
    """The main reason in a few words, with the short name of its source unless it is the project's;
    loads in ``unit``. Empty without a reason."""
    if not advice.reasons:
        return ""
    main = advice.reasons[0]
    known = WORDS[main.code]
    text = _told(main, known.short or known.text, library, unit)
    source = library.sources.get(known.source)
    if known.source == PROJECT or source is None:
        return text
    return f"{text} ({source.short or source.author})"


def changes(advice: Advice) -> list[str]:
    """What would change the advice, without repeats."""
    told = (WORDS[reason.code].change for reason in advice.reasons)
    return list(dict.fromkeys(words for words in told if words))


def sources_of(reasons: Iterable[Reason], exercise: Exercise) -> tuple[str, ...]:
    """The sources of the rules, then those of the exercise, without repeats."""
    rules = (WORDS[reason.code].source for reason in reasons)
    return tuple(dict.fromkeys((*rules, *exercise.sources)))


def _shown(name: str, value: float | str, library: Library, unit: str) -> str:
    if isinstance(value, str):
        if name == "exercise" and value in library.exercises:
            return library.exercises[value].name
        return value.replace("ankle-calf", "calf or ankle") if name == "region" else value
    return load_words(value, unit) if name in LOADS else plain(value)


def _one_day(text: str) -> str:
    return re.sub(r"\b1 days\b", "1 day", text.replace("is 0 days away", "is today"))
