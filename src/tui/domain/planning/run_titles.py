"""Reads what the title of a run says, in English: whether it is a run, of which kind, how far and
how long. What a title leaves open stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from tui.domain.planning.diary import RunKind
from tui.domain.planning.run_parser import METRES

# The same amount in two units differs by rounding: 10 km (6 mi).
SAME = 0.04
# To weigh repeats in metres against a time, and the other way round; an easy pace.
SECONDS_PER_METRE = 0.3
# What takes longer is rather a time of day: "Run 18h30".
LONGEST_S = 6 * 3600

# "Long" anywhere in a name makes it a long run: "easy long run", "Sunday long".
_LONG = re.compile(
    r"\bmedium\W?long\b|\blong\W*(?:run|jog|slow|trail|one)|\blsd\b|\blong\W*$", re.IGNORECASE
)
# Race distances that count as long runs, unless the word is only the training goal or the pace.
_FAR = (
    r"(?:(?:half\W?)?marathon|ultra(?:\W?(?:marathon|trail|run))?)s?\b"
    r"(?!\W+(?:(?:goal|race|target)\W+)?(?:pace|effort)"
    r"|\W+(?:training|plan|prep\w*|block|build\w*|week|easy|slow|short|relay))"
)
# Otherwise the first word wins: "intervals, easy jog between" is speed. "Hill" alone is often a
# place, and a few strides leave an easy run easy.
_KINDS = re.compile(
    rf"\b(?P<long>(?:races?\b(?!\W+pace).*\b)?{_FAR})|"
    r"\b(?:"
    r"(?P<hills>hills|hilly|hill\W+(?:rep|sprint|session|work|interval|train|bound|run)\w*)"
    r"|(?P<speed>tempo|intervals?|track|fartlek|threshold|repeats|reps|speed\w*|sprints?|races?"
    r"|parkrun|time\W?trial|vo2\w*|\d+\s*[x×]\s*(?:\d{3,4}m?|\d+\s*km?))"
    r"|(?P<easy>easy|general\W+aerobic|recovery|shake\W?out|jog\w*)"
    r")\b",
    re.IGNORECASE,
)
# The sport in a title; the first one named counts. Phrases that only sound like a run are matched
# first.
_SPORTS = re.compile(
    r"\b(?:"
    r"(?P<other>(?:dry|test|trial|school|no)\W+runs?|run\W+(?:errands?|payroll|through|over|out|by)"
    r"|(?:no|boat|horse|car|motor|drag|f1|formula|sailing)\W+(?:\d\W+)?races?|race\W+condition\w*"
    r"|regist\w+|enrol\w*|sign(?:ing)?\W?up|ballot|lottery|volunteer\w*|cheer\w*"
    r"|(?:book|pay|buy|watch)\W+(?:\w+\W+){0,4}?(?:race|(?:half\W?)?marathon)\w*"
    r"|(?:movie|film|tv|reading)\W+marathon|ultra\W?(?:sound|violet)"
    r"|(?:race|marathon|ultra)\W+(?:expo|briefing|meeting|registration|sign\W?up|entry|tickets?|hotel"
    r"|(?:packet|pack|number|bib|kit)(?:\W+pick\W?up)?)"
    r"|triathlon|duathlon|no running"
    r"|rides?|riding|bikes?|biking|cycl\w+|spin|swim\w*|row|rowing|hik\w+|ski\w*|yoga"
    r"|pilates|strength|weights?|gym|lift\w*|core|mobility|stretch\w*|rest|off|cross\W?train\w*"
    r"|elliptical|climbing|paddl\w*|massage|physio\w*)"
    r"|(?P<run>run|runs|running|jog|jogs|jogging|walk\W+(?:run|jog)\w*|parkrun|fartlek|tempo|intervals?"
    r"|(?:half\W?)?marathons?|ultra(?:\W?(?:marathon|trail))?s?|races?|time\W?trials?"
    r"|hill\W+(?:rep|sprint)\w*)"
    r"|(?P<walk>walk\w*)"
    r")\b",
    re.IGNORECASE,
)
# Strength for runners, by its label: "Run: core stability".
_FOR_RUNNERS = re.compile(
    r"^\W*run(?:ning|ners?)?\s*[:–—-]\s*(?:core|functional|strength|stability|mobility|gym|weights"
    r"|yoga|pilates|stretch\w*|cross\W?train\w*)\b",
    re.IGNORECASE,
)
# A race by its name, and a race distance beside a name: "Town 10k".
_RACE = re.compile(rf"\braces?\b(?!\W+(?:pace|effort|week|interval\w*))|\b{_FAR}", re.IGNORECASE)
_RACE_LENGTH = re.compile(r"\b(?:5|10|15|20|21|30|42|50|100)\W?k\b", re.IGNORECASE)
# A race distance beside one of these is a pace or a goal.
_GOAL = re.compile(r"\b(?:pace|effort|couch|plan|training|week)\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]{3,}")


# A title made only of these words is from a training plan, and in a runner's plan means a run.
_TRAINING = re.compile(
    r"(?:easy|long|steady|shakeout|track|hills?|hilly|repeats|reps|races?|speed|speedwork|sprints"
    r"|threshold|progression|pace|strides|lsd|general\W+aerobic|medium\W?long|goal\W+pace|hmp?|mp)"
)
_BESIDE = re.compile(
    r"a|at|and|by|days?|of|on|the|to|with|session|workout|training|week|wk?|d|x|z|zone|km?|mi?"
    r"|miles?|h|hr|min|mins|minutes|s|sec|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri"
    r"|sat(?:ur)?|sun)(?:day)?"
)
_WORD = re.compile(r"general\W+aerobic|medium\W?long|goal\W+pace|[^\W\d_]+")
_REPEATED = re.compile(r"\b\d{1,2}\s*[x×]\s*\d{3,4}m?\b", re.IGNORECASE)


def sport_named(text: str) -> bool | None:
    """Whether the first sport that a text names, in English, is running; None if it names none."""
    if _FOR_RUNNERS.search(text):
        return False
    found = _SPORTS.search(text)
    return found.lastgroup == "run" if found else None


def kind_named(name: str) -> RunKind | None:
    """The kind of run that a name states, in English, or None (source project)."""
    if _LONG.search(name):
        return RunKind.LONG
    found = _KINDS.search(name)
    return RunKind(found.lastgroup) if found and found.lastgroup else None


def race_named(name: str) -> bool:
    """Whether a name, in English, sounds like a race. It may not be one, so ask the runner (source
    project)."""
    kind, sport = kind_named(name), sport_named(name)
    if sport is False or kind in (RunKind.EASY, RunKind.HILLS) or _LONG.search(name):
        return False
    if _RACE.search(name):
        return True
    told_of = kind is not None or sport is not None or bool(_GOAL.search(name))
    return not told_of and bool(_RACE_LENGTH.search(name) and _NAME.search(name))


def means_run(title: str, categories: str, about: str, *, of_runs: bool) -> bool:
    """Whether a calendar event is a run; ``of_runs``: its calendar is named after running.

    The first sport that the title names decides, else that of the categories. If neither names
    one, it is a run if its title has only training words ("Hill repeats", "Easy 45 min"), or a
    kind of run and repeats ("Speed 6x1000, Ana"). It is also a run if it gives a distance and
    either the title names a kind of run ("Easy with Ana, 12 km"), or the description or the
    calendar's name mentions running."""
    for text in (title, categories):
        sport = sport_named(text)
        if sport is not None:
            return sport
    words = [word for word in _WORD.findall(title.lower()) if not _BESIDE.fullmatch(word)]
    if words and all(_TRAINING.fullmatch(word) for word in words):
        return True
    if _REPEATED.search(title) and kind_named(_REPEATED.sub(" ", title)) is not None:
        return True
    if not (_DISTANCE.search(title) or _DISTANCE.search(about)):
        return False
    return of_runs or kind_named(title) is not None or sport_named(about) is True


# -- how far and how long --------------------------------------------------------------------------

_KM = r"kilomet(?:er|re)s?|kms?|k"
_MI = r"miles?|milers?|mi"
_NUMBER = r"\d{1,3}(?:[.,]\d{1,3})?"
_DISTANCE = re.compile(
    rf"(?<![\w.,:/+])(?:(?P<number>{_NUMBER})\s*(?:(?P<km>{_KM})|(?P<mi>{_MI}))"
    # In metres only from 1000: fewer are a part, and "10.000 m" has its thousands apart.
    r"|(?P<m>\d{1,3}[.,'\s]\d{3}|\d{4,6})\s*(?:m|met(?:er|re)s?))\b",
    re.IGNORECASE,
)
_MIN = r"(?:min(?:ute)?s?|mn)\b"
_TIME = re.compile(
    r"(?<![\w.,:/])(?:(?P<h>\d{1,2}):(?P<hm>[0-5]\d)\s*h\b"
    rf"|(?P<H>\d)\s*(?:h|hrs?|hours?)\s*(?P<HM>[0-5]?\d)\s*(?:{_MIN}|m\b|(?!\w))"
    r"|(?P<hours>\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?)\b"
    rf"|(?P<minutes>\d{{1,3}})\s*{_MIN}|(?P<ticks>\d{{2,3}})['’\u2032](?!\w))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?<![\w.,:/])(?P<low>{_NUMBER})\s*(?:{_KM}|{_MI}|{_MIN}|h)?(?P<dash>\s*[-–—~]\s*|\s*(?:to|or)\s+)"
    rf"(?P<high>{_NUMBER})\s*(?:(?P<far>{_KM}|{_MI})\b|(?P<min>{_MIN})|(?P<hour>h(?:ours?)?)\b)",
    re.IGNORECASE,
)
_UNIT = (
    rf"(?:(?P<km>{_KM})|(?P<mi>{_MI})|(?P<min>{_MIN}|['’\u2032])"
    r"|(?P<s>s(?:ec\w*)?|\")|(?P<m>m(?:et(?:er|re)s?)?))"
)
_REPEATS = re.compile(
    rf"\b(?P<times>\d{{1,3}})\s*[x×*]\s*(?:\([^()]{{0,100}}\)?|(?P<number>{_NUMBER}|\d{{4}})"
    rf"(?:\s*[-–]\s*\d+)?(?:\s*{_UNIT}(?!\w))?)",
    re.IGNORECASE,
)
_REPEATS_AFTER = re.compile(
    rf"\b(?P<number>{_NUMBER})\s*{_UNIT}\s*[x×]\s*(?P<times>\d{{1,2}})\b", re.IGNORECASE
)
_LABELLED = re.compile(r"\bdistance\W{1,3}(?=\d)", re.IGNORECASE)
# What an amount is no length of a run after, and before: a pace, a part, a goal, a place, a week.
_NOT_AFTER = re.compile(
    r"(?:@|\b(?:at|last|final|every|each|after|sub|under|below|w|with|incl\w*|including|of which"
    r"|climb|ascent|gain|elevation))\W*(?:the\s+)?$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\s*/\s*(?:km|mi|h|hr|hour|d|day|wk?|week)\b|\W*(?:per\b|(?:(?:goal|race)\W+)?(?:pace|effort)\b|(?:repeat|rep|interval)s?\b"
    r"|(?:total\W+)?(?:this|a|each)?\W*week|rest\b|recover\w*|from\b|away\b"
    r"|(?:north|south|east|west)\b|climb|ascent|elev|gain|vert|d\+)",
    re.IGNORECASE,
)
_WITH = re.compile(r"\b(?:w/|with|incl\w*)\W*$", re.IGNORECASE)
_CHUNKS = re.compile(
    r",(?!\d)|(?<=\w)\+|\+(?!\d)|[;\n•|→>&]|\.\s|\s(?:then|and|followed by)\s", re.IGNORECASE
)
_WARM_UP = re.compile(r"\bwarm\w*\W?up\b|\bw/?u\b", re.IGNORECASE)
_COOL_DOWN = re.compile(r"\b(?:cool\w*|warm)\W?down\b|\bc/?d\b", re.IGNORECASE)
_FIRST = re.compile(r"\bfirst\b", re.IGNORECASE)


class _Said(Struct, frozen=True):
    """What a text says of one measure. ``total`` is None if it says none, or not clearly; ``some``
    if it says any; a range goes from ``low`` to ``high``."""

    total: float | None = None
    some: bool = False
    low: float = 0
    high: float = 0


def distance_said(title: str, about: str) -> float | None:
    """The metres that a title, or else a description, says clearly: the number after "Distance",
    else the only one, else the sum of all parts from warm-up to cool-down. A range, a pace, a part
    or 5 x 1 km is not a distance."""
    for text in (title, about):
        label = _LABELLED.search(text)
        found = label and _DISTANCE.match(text[label.end() :])
        if found:
            return _metres(found)
    for text in (title, about):
        said = _said(text, _DISTANCE)
        if said.some:
            return said.total
    return None


def duration_said(title: str, block_s: float | None) -> float | None:
    """The seconds of a run, by its title or else by the time that the calendar keeps free for it
    (``block_s``), which often has room to spare. If the title gives a range, the block counts if it
    is in it; the middle would be made up."""
    said = _said(title, _TIME)
    if said.high:
        return block_s if block_s is not None and said.low <= block_s <= said.high else None
    return block_s if said.total is None else said.total


def _said(text: str, measure: re.Pattern[str]) -> _Said:
    """What a text says of distances or times."""
    for found in _RANGE.finditer(text):
        low, high = _decimal(found["low"]), _decimal(found["high"])
        # "Week 3 - 10 km" is a dash, no range.
        plain = low < high and (found["dash"].strip() == found["dash"] or high <= 2 * low)
        if plain and (measure is _DISTANCE) == bool(found["far"]):
            unit = 3600 if found["hour"] else 60
            return _Said(some=True, low=low * unit, high=high * unit)
    work_s = 0.0
    for repeats in (_REPEATS, _REPEATS_AFTER):
        for found in repeats.finditer(text):
            # "2 km + 5 x 1 km": what is shorter than twice the repeats hardly contains them.
            contained = _WITH.search(text, max(0, found.start() - 20), found.start())
            work_s += _work_s(found) * (1 if contained else 2)
        text = repeats.sub(" # ", text)
    words = [chunk for chunk in _CHUNKS.split(text) if chunk.strip()]
    chunks = [list(_amounts(chunk, measure)) for chunk in words]
    every = [amount for chunk in chunks for amount in chunk]
    if not every:
        return _Said()
    if any(map(_WARM_UP.search, words)) or any(map(_COOL_DOWN.search, words)):
        return _Said(total=_sum_of_parts(words, chunks), some=True)
    clear = max(every) - min(every) <= SAME * max(every) and not any(map(_FIRST.search, words))
    work = work_s if measure is _TIME else work_s / SECONDS_PER_METRE
    return _Said(total=every[0] if clear and every[0] >= work else None, some=True)


def _sum_of_parts(words: list[str], chunks: list[list[float]]) -> float | None:
    """The sum of parts that are whole: from a warm-up to a cool-down, each with its amount."""
    warm = [n for n, word in enumerate(words) if _WARM_UP.search(word)]
    cool = [n for n, word in enumerate(words) if _COOL_DOWN.search(word)]
    if not warm or not cool or warm[0] >= cool[-1]:
        return None
    parts = range(warm[0], cool[-1] + 1)
    outside = any(chunk for n, chunk in enumerate(chunks) if n not in parts)
    if outside or any(len(chunks[n]) != 1 or "#" in words[n] for n in parts):
        return None
    return sum(chunks[n][0] for n in parts)


def _amounts(chunk: str, measure: re.Pattern[str]) -> Iterator[float]:
    """The metres or seconds in a part of a text that may be the length of a run."""
    for found in measure.finditer(chunk):
        if _NOT_AFTER.search(chunk[: found.start()]) or _NOT_BEFORE.match(chunk[found.end() :]):
            continue
        amount = _metres(found) if measure is _DISTANCE else _seconds(found)
        if amount and (measure is _DISTANCE or amount <= LONGEST_S):
            yield amount


def _metres(found: re.Match[str]) -> float:
    if found["m"]:
        return float(re.sub(r"\D", "", found["m"]))
    return _decimal(found["number"]) * METRES["mi" if found["mi"] else "km"]


def _seconds(found: re.Match[str]) -> float:
    if found["hours"]:
        return _decimal(found["hours"]) * 3600
    hours, minutes = found["h"] or found["H"], found["hm"] or found["HM"]
    if hours:
        return int(hours) * 3600.0 + int(minutes) * 60
    return int(found["minutes"] or found["ticks"]) * 60.0


def _work_s(found: re.Match[str]) -> float:
    """The seconds of repeats, roughly; 0 if they are not known. A bare 800 is in metres."""
    groups = found.groupdict()
    if not groups["number"]:
        return 0
    times, number = int(groups["times"]), _decimal(groups["number"])
    if groups["min"]:
        return times * number * 60
    if groups["s"]:
        return times * number
    if groups["km"] or groups["mi"]:
        return times * number * METRES["mi" if groups["mi"] else "km"] * SECONDS_PER_METRE
    return times * number * SECONDS_PER_METRE if groups["m"] or number >= 100 else 0


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))
