"""What the name of an unknown exercise says of it: endurance or strength, and the kind of work.

Names are those of other apps, in English and, for endurance, the commonest other languages. Whether
seconds are a hold depends on the name, never on the seconds alone: half of all timed rows in real
logs are treadmills and the like (source project).
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui.domain.model.library.name_matching import stems
from tui.domain.model.values import Kind

# Longer than any hold: what lasts longer was timed, not held (source project).
LONGEST_HOLD_S = 600


class Endurance(StrEnum):
    """An activity that is no strength work."""

    RUN = "run"
    WALK = "walk"
    OTHER = "other"


def _words(text: str) -> frozenset[str]:
    return frozenset(stem for word in text.split() for stem in stems(word))


RUNS = _words(
    "run running sprint sprinting jog jogging treadmill laufen lauf joggen laufband corsa correr "
    "corrida course tapis esteira cinta hardlopen löpning bieganie"
)
WALKS = _words(
    "walk walking ruck rucking gehen spazieren camminata marche marcher caminar caminata caminhada"
)
OTHERS = _words(
    "cycling cycle bike biking bicycle spin spinning elliptical rower rowing ergometer erg stair "
    "stairmaster stairclimber stepmill stepper climber swim swimming hike hiking aerobic aerobics "
    "zumba cardio hiit ski skiing skierg airdyne radfahren fahrrad crosstrainer rudergerät "
    "schwimmen wandern cyclette ellittica nuoto vogatore vélo velo elliptique rameur natation "
    "bicicleta elíptica natación natação arc trainer cross skating soccer football tennis "
    "basketball volleyball handball hockey rugby badminton squash padel golf boxing kickboxing "
    "martial dance dancing climbing bouldering snowboarding rowing paddling kayaking peloton"
)
BESIDE = _words(
    "outdoor indoor machine stationary assault air recumbent upright easy long tempo interval "
    "trail road general low high intensity class mill step run walk and 5k 10k test warm up "
    "cool down warmup cooldown à pied de la fast slow incline moderate light on the in am crossfit "
    "exercise echo concept concept2 zone 2 hill brisk power roulant arts"
)
CORES = (
    # A walk on a treadmill is a walk.
    (Endurance.WALK, WALKS),
    (Endurance.RUN, RUNS),
    (Endurance.OTHER, OTHERS),
)
ENDURANCE = RUNS | WALKS | OTHERS | BESIDE
CATEGORIES = frozenset({"cardio", "kardio", "ausdauer", "cardiovascular", "endurance"})

# A plank in the commonest languages, and a hold of any kind.
PLANKS = _words("plank hold planke plancha prancha gainage unterarmstütz seitstütz isohold")
NO_PLANKS = _words("up jack row walkout tap")
HOLDS = _words(
    "hang isometric isometrico iso static sit bridge hollow superman stand handstand stance pose "
    "planche lever wandsitz"
)
NO_HOLDS = _words(
    "clean snatch high up raise leg knee row rocker roll rollout tap jack walkout lateral walk"
)
MOBILITY = _words("stretch stretching yoga mobility foam roll roller pigeon pilates")
CARRIES = _words("carry farmer sled yoke suitcase prowler drag")
JUMPS = _words("jump jumping hop hopping plyo plyometric bound bounding skip skipping pogo burpee")
REGIONS = (
    ("ankle-calf", _words("calf ankle heel tibialis toe")),
    ("hamstring", _words("hamstring deadlift nordic ghr rdl")),
    ("knee", _words("leg squat lunge quad knee step sissy sled prowler wall")),
    ("hip", _words("hip glute abductor adductor abduction adduction kickback bridge thrust")),
    ("back", _words("ab abs core crunch plank twist back spine sit oblique hollow bug")),
    (
        "shoulder",
        _words(
            "press bench curl row pull push dip fly raise shoulder arm tricep bicep lat chest delt "
            "shrug chin pec pulldown pullover wrist grip neck rotation extension"
        ),
    ),
)


class Shape(Struct, frozen=True, kw_only=True):
    """What the rows of an exercise have: any load, reps, seconds, a distance."""

    load: bool = False
    reps: bool = False
    seconds: bool = False
    distance: bool = False


def endurance_of(name: str, category: str, shape: Shape) -> Endurance | None:
    """The endurance activity that an app's name, or its own category, says an exercise is; None
    for strength work. Walking lunges and farmer's walks are strength work, and so is "Rowing" with
    a load and reps."""
    if shape.reps and (shape.load or not (shape.seconds or shape.distance)):
        return None
    words = frozenset(stems(name))
    if words and words <= ENDURANCE:
        for activity, core in CORES:
            if words & core:
                return activity
    return Endurance.OTHER if category.strip().casefold() in CATEGORIES else None


def is_hold_name(name: str) -> bool:
    """Whether a name says that a position is held."""
    words = frozenset(stems(name))
    if words & PLANKS:
        return not words & NO_PLANKS
    return bool(words & HOLDS) and not words & NO_HOLDS


def kind_of(name: str, shape: Shape) -> Kind:
    """The kind of work of an unknown exercise, by its name and what its rows have."""
    words = frozenset(stems(name))
    if shape.seconds and not shape.reps and is_hold_name(name):
        return Kind.HOLD
    if words & MOBILITY and not shape.load:
        return Kind.MOBILITY
    if (words & CARRIES or words >= _words("farmer walk")) and not shape.reps:
        return Kind.CARRY
    if words & JUMPS and not shape.load:
        return Kind.PLYOMETRIC
    return Kind.LOADED if shape.load else Kind.BODYWEIGHT


def region_of(name: str) -> str:
    """The main region that an unknown exercise works, by its name; empty if it does not say."""
    words = frozenset(stems(name))
    if "curl" in words and "leg" in words:
        return "hamstring"
    return next((region for region, said in REGIONS if words & said), "")


HELPED = _words("pull chin dip pullup chinup")


def is_assisted(name: str) -> bool:
    """Whether a name says that the weight helps instead of being lifted: a band does at a pull-up
    or a dip."""
    words = frozenset(stems(name))
    return "assisted" in words or ("band" in words and not words.isdisjoint(HELPED))
