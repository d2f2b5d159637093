"""One tip a week: advice of the articles that no plan can carry out for the runner."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from tui.domain.model.dates import monday

KAWAMOTO, KLEIN, SPRING = "kawamoto-speed", "klein-six", "trailrunner-lift"
CLARKE, WYLES, POWER = "clarke-runrun", "wyles-runrun", "running-power"


class Tip(Struct, frozen=True):
    """A tip: its id, its text in a sentence or two, and the id of its source."""

    id: str
    text: str
    source: str


# More than a year has weeks, so that none comes twice in one. The first ones are for the first
# weeks; the others take turns between food, rest, lifting, jumping and running.
TIPS = (
    Tip(
        "trainer",
        "For the big lifts let a trainer or strength coach look at your form; it is time well "
        "spent.",
        CLARKE,
    ),
    Tip(
        "soreness",
        "New work leaves you sore and tired at first. That is normal, and it passes.",
        CLARKE,
    ),
    Tip(
        "run-coach",
        "Tell your run coach that you lift, and when that changes, so that both plans fit.",
        CLARKE,
    ),
    Tip(
        "pain-early",
        "See to a small pain early. In doubt ask a professional: a physiotherapist or a sports "
        "doctor.",
        WYLES,
    ),
    Tip(
        "eat-for-both",
        "Lifting costs energy on top of running: eat enough for both, or the legs feel heavy in "
        "both.",
        CLARKE,
    ),
    Tip(
        "sleep",
        "Aim for seven to nine hours of sleep a night: that is when the body repairs itself.",
        WYLES,
    ),
    Tip(
        "no-bulk",
        "Heavy lifting next to running is not bodybuilding: it makes you strong, not big.",
        SPRING,
    ),
    Tip(
        "warm-up",
        "Begin a run with leg swings, lunges, squats, ankle circles, or let the pace rise slowly.",
        WYLES,
    ),
    Tip(
        "protein",
        "Protein and carbohydrates within two hours of training rebuild muscle and refill it.",
        POWER,
    ),
    Tip(
        "order",
        "On a day with a speed or long run, run first and lift later.",
        CLARKE,
    ),
    Tip(
        "rests", "Rest two to three minutes between heavy sets: this is not endurance work.", SPRING
    ),
    Tip("cool-down", "End a run with easy minutes and a stretch; it keeps stiffness away.", WYLES),
    Tip(
        "pattern",
        "The pattern matters, not the one exercise: a hinge for a hinge, and nothing is lost.",
        KLEIN,
    ),
    Tip(
        "fuel",
        "Eat before hard work and after it, and during it too once it takes more than an hour.",
        WYLES,
    ),
    Tip(
        "cross-train",
        "Swim or ride a bike now and then: it builds fitness, and muscles that help the run.",
        WYLES,
    ),
    Tip(
        "stop-short", "End a heavy set just short of failure, with the last rep still good.", SPRING
    ),
    Tip("rest-days", "Plan days of rest as you plan days of training.", WYLES),
    Tip(
        "sideways",
        "A trail asks for steps to the side: train to the side as well, not forward only.",
        CLARKE,
    ),
    Tip("small-steps", "Add a little at a time, and only while your technique holds.", POWER),
    Tip(
        "imperfect",
        "A session at a poor time is better than none: good enough is good.",
        CLARKE,
    ),
    Tip("drink", "Drinking enough belongs to recovery, like sleep and food.", POWER),
    Tip("fast-up", "Drive the weight up as fast as it goes, and lower it under control.", SPRING),
    Tip(
        "mobility",
        "Mobility comes from small doses over a long time, not from haste.",
        KLEIN,
    ),
    Tip(
        "hard-days",
        "Keep hard days hard and easy days easy: after a speed run in the morning, lift in the "
        "evening, and the next day is free.",
        CLARKE,
    ),
    Tip("fresh-jumps", "Jump fresh: a few at a time, long rests, never out of breath.", SPRING),
    Tip("stretch", "Calves, hamstrings, quads, hip flexors: stretch these four regularly.", WYLES),
    Tip("one-leg", "One leg at a time evens out what the stronger side hides.", POWER),
    Tip(
        "steady",
        "Steady work with good technique gets further than a hard week now and then.",
        POWER,
    ),
    Tip("snacks", "Five to ten minutes of strength after a run count too.", CLARKE),
    Tip("balance", "Balance is trained like a lift: a little harder over time.", KLEIN),
    Tip("little", "The greatest step is from nothing to a little: once a week helps.", SPRING),
    Tip(
        "gradually",
        "Raise distance and pace little by little: the body needs its time to follow.",
        WYLES,
    ),
    Tip(
        "upper-body",
        "Poles, packs and scrambles want arms and a back: train the upper body too.",
        CLARKE,
    ),
    Tip("knees", "Hips steer the knee: keep it in line in lunges and step-ups.", POWER),
    Tip(
        "big-toe",
        "At the top of a calf raise press the big toe down hard.",
        KAWAMOTO,
    ),
    Tip(
        "two-days",
        "Two strength sessions a week, 48 hours apart, are what most research favours.",
        SPRING,
    ),
    Tip("light-day", "After a hard effort plan a lighter day.", POWER),
    Tip(
        "cycles",
        "Let some weeks lean to lifting and others to running: the two keep in balance.",
        CLARKE,
    ),
    Tip("hills", "Strong hamstrings, glutes and quads make the same hill cost less.", KLEIN),
    Tip(
        "rope",
        "Skipping rope is a gentle way into jumping, and works without a rope as well.",
        SPRING,
    ),
    Tip("activate", "A few light, controlled exercises get you ready for the hard sets.", POWER),
    Tip(
        "one-habit",
        "Not everything at once: take up one good habit this week, and another one next week.",
        WYLES,
    ),
    Tip(
        "slow-lowering",
        "Slow lowering makes hamstrings strong and resilient: take the time it asks for.",
        KAWAMOTO,
    ),
    Tip("easier-week", "An easier week now and then takes the tiredness away.", POWER),
    Tip(
        "race-near",
        "The nearer the race, the less strength work; far from it is the time to get stronger.",
        KLEIN,
    ),
    Tip("breath", "Before a heavy rep take a big breath and keep the middle tight.", SPRING),
    Tip("step-down", "When running steps down for a week, let strength do the same.", CLARKE),
    Tip(
        "core",
        "Let the core learn to resist a turn first, then an arch, and only then to turn.",
        POWER,
    ),
    Tip(
        "many-joints",
        "Lifts over several joints with free weights are best: a bar, dumbbells, kettlebells.",
        SPRING,
    ),
    Tip("calves", "Train calves seated and standing: the Achilles tendon is a spring.", POWER),
    Tip("slow-rep", "Once a rep turns slow and hard, that set is done.", CLARKE),
    Tip(
        "muscle",
        "From thirty on muscle is slowly lost, and faster from fifty: strength work keeps it.",
        KLEIN,
    ),
    Tip("listen", "An easy day when the body asks for one belongs to the plan.", WYLES),
    Tip("no-gym", "No gym? Push hard into a wall sit, a calf hold, a side plank.", SPRING),
    Tip(
        "measure",
        "Measure now and then: a jump, the pace at one effort, left against right.",
        POWER,
    ),
    Tip(
        "race-week",
        "Leave strength out in the week of a race: it can wait until after it.",
        CLARKE,
    ),
    Tip(
        "tendons",
        "Lifting and jumping make tendons better springs: each step returns more.",
        SPRING,
    ),
    Tip("hinge", "Hinge at the hips with a still back: that is the drive for climbs.", POWER),
    Tip(
        "fast-muscles",
        "Fast running wants glutes, hamstrings, calves, hip flexors and core: leave none out.",
        KAWAMOTO,
    ),
    Tip("massage", "A little massage or rolling eases muscles that shorten the stride.", POWER),
    Tip("lift-first", "Four to six weeks of lifting come before high jumps.", SPRING),
    Tip(
        "after-race",
        "After a race a light strength session may come before the first run, and need not.",
        CLARKE,
    ),
    Tip("variety", "New exercises from block to block keep you from standing still.", POWER),
    Tip(
        "course",
        "Train for your course: hips and springy ankles for steep, hamstrings and core for flat.",
        POWER,
    ),
)


def tip_of_week(day: date, first: date | None) -> Tip:
    """The tip for the ISO week of ``day``. ``first`` is the day of the first session: the tips
    follow each other from that week on. Without one it is the first tip (source project)."""
    begun = monday(day if first is None else first)
    return TIPS[(monday(day) - begun) // timedelta(weeks=1) % len(TIPS)]
