"""What people and apps call the columns of a log of strength, in the commonest languages."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tui.domain.model.values import SetKind, Side

# In English, Danish, Dutch, French, German, Italian, Norwegian, Polish, Portuguese, Spanish,
# Swedish and Czech, as `plain` makes them. A word stands in one line only; an earlier one counts
# before a later one, as a file may have both a date and a day.
NAMES = {
    "date": "date; datum; dato; fecha; data; workout date; date time; datetime; timestamp;"
    "start time; start; started; tag; jour; dia; giorno; dag; dzien; den; day",
    "time": "time of day; time; clock; uhrzeit; zeit; heure; hora; ora; tijd; tid; klokkeslett;"
    "klockslag; godzina; cas",
    "exercise": "exercise; exercise name; exercise title; movement; lift; ubung; ubungsname;"
    "name der ubung; exercice; nom de l exercice; ejercicio; esercizio; exercicio; oefening;"
    "ovning; øvelse; cwiczenie; cvik",
    "set": "set; set number; set order; set index; set no; set nr; satz; satz nr; satznummer;"
    "serie; numero de serie; nr serii; seria; sæt",
    "sets": "sets; number of sets; satze; anzahl satze; series; nombre de series; serier;"
    "liczba serii",
    "weight": "weight; load; gewicht; kg; kgs; lb; lbs; poids; charge; peso; carga; carico; vikt;"
    "vekt; vægt; ciezar; waga; vaha",
    "unit": "unit; weight unit; units; gewichtseinheit; einheit; unite; unidad; unita; unidade;"
    "eenheid; enhet; enhed; jednostka; jednotka",
    "reps": "reps; rep; repetitions; repetition; wdh; wiederholungen; wiederholung; wiederh;"
    "repetitionen; repeticiones; repeticoes; ripetizioni; herhalingen; repetitioner;"
    "repetisjoner; gentagelser; powtorzenia; powt; opakovani",
    "seconds": "seconds; secs; sec; duration; hold; hold time; time under tension; sekunden;"
    "dauer; haltezeit; secondes; duree; segundos; duracion; duracao; secondi; durata; seconden;"
    "duur; sekunder; varighet; varighed; sekundy; minutes; minuten",
    "distance": "distance; distanz; strecke; entfernung; distancia; distanza; afstand; distans;"
    "avstand; dystans; vzdalenost; km; metres; meters; miles",
    "rpe": "rpe",
    "rir": "rir; reps in reserve",
    "side": "side; seite; cote; lado; lato; kant; sida; strona; strana",
    "kind": "kind; set type; warmup; warm up; is warmup; iswarmup; is warmup set; warm up set;"
    "aufwarmsatz; aufwarmen; satzart; satztyp; type de serie; type; art; tipo",
    "note": "notes; note; set notes; comment; comments; remark; remarks; notizen; notiz;"
    "bemerkung; kommentar; commentaire; notas; nota; comentario; commento; notitie; opmerking;"
    "anteckning; notat; uwagi; notatka; poznamka",
    "workout": "workout name; workout; session name; session; routine; title; trainingsname;"
    "training; seance; entrainement; entrenamiento; sesion; allenamento; treino; trening",
}
# Word: what the column is, and which of the words for that it is.
FIELD_OF = {
    word.strip(): (field, rank)
    for field, words in NAMES.items()
    for rank, word in enumerate(words.split(";"))
}

WORDS_OF_KINDS = {
    SetKind.WARMUP: "w; wu; warmup; warm up; aufwarmen; aufwarmsatz; echauffement; calentamiento;"
    "riscaldamento; aquecimento; warming up; opwarmen; uppvarmning; oppvarming; opvarmning;"
    "rozgrzewka",
    SetKind.DROP: "d; drop; dropset; drop set; reduktionssatz",
    SetKind.FAILURE: "f; failure; to failure; muskelversagen; echec; fallo",
}
KINDS = {word.strip(): kind for kind, words in WORDS_OF_KINDS.items() for word in words.split(";")}
RESTS = {"rest", "rest timer", "pause", "repos", "descanso", "riposo", "rust", "vila", "ruhezeit"}
YES = {"1", "true", "yes", "y", "x", "ja", "oui", "si", "sim"}

SIDES = {
    **dict.fromkeys(["both", "beide", "les deux", "ambos", "entrambi", "b"], Side.BOTH),
    **dict.fromkeys(
        ["left", "l", "links", "gauche", "g", "izquierda", "izq", "sinistra", "sx", "esquerda"],
        Side.LEFT,
    ),
    **dict.fromkeys(
        ["right", "r", "rechts", "droite", "derecha", "der", "destra", "dx", "direita"], Side.RIGHT
    ),
}


# A log says the same words over and over.
@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text in lower case, without accents and marks, its words with one blank between."""
    whole = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        char if char.isalnum() else " " for char in whole if not unicodedata.combining(char)
    )
    return " ".join(kept.split())
