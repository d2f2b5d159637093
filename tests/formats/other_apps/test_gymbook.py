"""GymBook: values with words in several languages, skipped sets, warm-ups and cool-downs."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tui.domain.model.values import SetKind
from tui.formats.other_apps.gymbook import APP, fits, read
from tui.formats.other_apps.table import table_of
from tui.formats.other_apps.workouts import OtherLog, OtherSet

ITALIAN = (
    "Data,Programma,Orario,Esercizio,Zona,Gruppi muscolari (Primari),"
    "Gruppi muscolari (Secondari),Set / Set di riscaldamento / Set di defaticamento,"
    "Ripetizioni / Tempo,Peso / Distanza,Appunti,Saltato"
)
GERMAN = (
    "Datum;Training;Zeit;Übung;Bereich;Muskelgruppen (Primär);Muskelgruppen (Sekundär);"
    "Satz / Aufwärmsatz / Abwärmsatz;Wiederholungen / Zeit;Gewicht / Strecke;Notizen;Ausgelassen"
)
ENGLISH = (
    "Date,Workout,Time,Exercise,Region,Muscle Group (Primary),Muscle Group (Secondary),"
    "Repetitions / Time,Weight / Distance,Notes,Skipped"
)
# Of other languages we have seen no file; what is certain is where the columns are.
FRENCH = (
    "Date,Entraînement,Heure,Exercice,Région,Muscles (Primaires),Muscles (Secondaires),"
    "Série / Série d'échauffement / Série de retour au calme,Répétitions / Temps,"
    "Poids / Distance,Remarques,Ignoré"
)


def log_of(header: str, *rows: str) -> OtherLog:
    table = table_of("\n".join([header, *rows]))
    assert fits(table.plain)
    return read(table)


def sets_of(log: OtherLog) -> list[OtherSet]:
    return [one for workout in log.workouts for entry in workout.entries for one in entry.sets]


def italian(amount: str, load: str, *, kind: str = "Set", skipped: str = "No") -> str:
    return f'09/01/25,Gambe,18:05,Squat,Gambe,Quadricipiti,,{kind},{amount},"{load}",,{skipped}'


def test_an_italian_workout() -> None:
    log = log_of(
        ITALIAN,
        '09/01/25,Gambe,18:05,Squat,Gambe,Q,,Set di riscaldamento,20 ripetizioni,"0,00 kg",,No',
        '09/01/25,Gambe,18:08,Squat,Gambe,Q,,Set,8 ripetizioni,"62,50 kg",lento\\nbasso,No',
        '09/01/25,Gambe,18:11,Squat,Gambe,Q,,Set,8 ripetizioni,"62,50 kg",lento,Sì',
        '09/01/25,Gambe,18:20,Plank,Addome,A,,Set,45 secondi,"0,00 kg",,No',
        '09/01/25,Gambe,18:30,Bici,Cardio,,,Set di defaticamento,10 minuti,"1,50 km",,No',
        '09/01/25,Gambe,18:30,Bici,Cardio,,,Set,0 minuti,"0,00 km",,No',
        '11/01/25,Petto,07:15,Panca,Petto,P,,Set,8 ripetizioni,"40,00 kg",,Si',
    )
    assert (log.app, log.rows, log.skipped, log.empty, log.problems) == (APP, 7, 2, 1, ())
    [one] = log.workouts
    assert (one.name, one.dated) == ("Gambe", False)
    assert one.started == datetime.fromisoformat("2025-01-09 18:05")
    assert one.finished == datetime.fromisoformat("2025-01-09 18:30")
    assert [(entry.name, entry.category) for entry in one.entries] == [
        ("Squat", "Gambe"),
        ("Plank", "Addome"),
        ("Bici", "Cardio"),
    ]
    warm, work, plank, bike = sets_of(log)
    assert (warm.kind, warm.weight, warm.unit, warm.reps) == (SetKind.WARMUP, None, "", 20)
    assert (work.kind, work.weight, work.unit, work.note) == (
        SetKind.WORK,
        62.5,
        "kg",
        "lento\nbasso",
    )
    assert (plank.seconds, plank.reps) == (45, None)
    # A set to cool down is as light as a warm-up.
    assert (bike.kind, bike.seconds, bike.distance_m) == (SetKind.WARMUP, 600, 1500)


@pytest.mark.parametrize(
    ("header", "row", "kind", "skipped"),
    [
        (
            GERMAN,
            "31.01.2025;Beine;18:05;Kniebeuge;Beine;Q;;Satz;8 Wiederholungen;62,5 kg;;Nein",
            SetKind.WORK,
            0,
        ),
        (
            GERMAN,
            "31.01.2025;Beine;18:05;Kniebeuge;Beine;Q;;Aufwärmsatz;8 Wiederholungen;62,5 kg;;Nein",
            SetKind.WARMUP,
            0,
        ),
        (
            GERMAN,
            "31.01.2025;Beine;18:05;Kniebeuge;Beine;Q;;Satz;8 Wiederholungen;62,5 kg;;Ja",
            None,
            1,
        ),
        (ENGLISH, "1/31/25,Legs,18:05,Squat,Legs,Q,,8 repetitions,62.5 kg,,No", SetKind.WORK, 0),
        (ENGLISH, "1/31/25,Legs,6:05 PM,Squat,Legs,Q,,8 reps,62.5 kg,,Yes", None, 1),
        (
            FRENCH,
            "31/01/2025,Jambes,18:05,Squat,Jambes,Q,,Série,8 répétitions,62.5 kg,,Non",
            SetKind.WORK,
            0,
        ),
        (
            FRENCH,
            "31/01/2025,Jambes,18:05,Squat,,,,Série d'échauffement,8 répétitions,62.5 kg,,Non",
            SetKind.WARMUP,
            0,
        ),
    ],
)
def test_other_languages(header: str, row: str, kind: SetKind | None, skipped: int) -> None:
    log = log_of(header, row)
    assert (log.rows, log.skipped, log.empty, log.problems) == (1, skipped, 0, ())
    found = sets_of(log)
    assert [(one.kind, one.weight, one.unit, one.reps) for one in found] == (
        [] if kind is None else [(kind, 62.5, "kg", 8)]
    )
    assert [one.started.date() for one in log.workouts] == [date(2025, 1, 31)] * len(found)


@pytest.mark.parametrize(
    ("amount", "reps", "seconds"),
    [
        ("1 ripetizione", 1, None),
        ("12", 12, None),
        ("90 secondi", None, 90),
        ("2 minuti", None, 120),
        ("1 minuto 30 secondi", None, 90),
        ("1:30 minuti", None, 90),
        ("1:30", None, 90),
        ("1 ora", None, 3600),
        ("1:05 ore", None, 3900),
        ("2 Stunden", None, 7200),
        ("12 herhalingen", 12, None),
    ],
)
def test_repetitions_or_time(amount: str, reps: int | None, seconds: float | None) -> None:
    [one] = sets_of(log_of(ITALIAN, italian(amount, "0,00 kg")))
    assert (one.reps, one.seconds) == (reps, seconds)


@pytest.mark.parametrize(
    ("load", "weight", "unit", "distance"),
    [
        ("62,50 kg", 62.5, "kg", None),
        ("135,0 lb", 135, "lb", None),
        ("-10,00 kg", -10, "kg", None),
        ("1.250,50 m", None, "", 1250.5),
        ("2 mi", None, "", 3218.69),
        ("0,00", None, "", None),
        ("-", None, "", None),
        ("", None, "", None),
    ],
)
def test_weight_or_distance(
    load: str, weight: float | None, unit: str, distance: float | None
) -> None:
    [one] = sets_of(log_of(ITALIAN, italian("8 ripetizioni", load)))
    assert (one.weight, one.unit, one.distance_m) == (weight, unit, distance)


def test_what_cannot_be_read_is_told_of_by_its_line() -> None:
    log = log_of(
        ITALIAN,
        italian("8 volte", "0,00 kg"),
        italian("8 ripetizioni", "5 pietre"),
        italian("molte", "5,00 kg"),
        italian("8 ripetizioni", "5,00 kg").replace("18:05", "sera"),
        italian("8 ripetizioni", "5,00 kg").replace(",Squat,", ",,"),
        "09/01/25",
    )
    assert [str(one) for one in log.problems] == [
        "line 2: '8 volte' is neither repetitions nor a time",
        "line 3: '5 pietre' is neither a weight in kg or lb nor a distance",
        "line 4: Repetitions or time must be a number with a unit, not 'molte'",
        "line 5: 'sera' is not a time of day that can be read",
        "line 6: names no exercise",
        "line 7: names no exercise",
    ]
    assert log.rows == 6


def test_an_english_date_that_may_be_two_is_refused() -> None:
    log = log_of(ENGLISH, "1/9/25,Legs,18:05,Squat,Legs,Q,,8 repetitions,62.5 kg,,No")
    assert "can be read as two dates" in log.problems[0].message


@pytest.mark.parametrize("header", [["a/b"] * 5, ["date", "exercise", "reps"], ["x"] * 12, []])
def test_other_headers_do_not_fit(header: list[str]) -> None:
    assert not fits(header)
