"""Sports by the names that watches and platforms give them, in many languages."""

# ruff: noqa: RUF001  words in other scripts are no misspelt English

from __future__ import annotations

import pytest

from tui.formats.sports import is_running

RUNS = """
Run, running, Trail Run, trail_running, VirtualRun, treadmill_running, 9, RUNNING, Run/Walk, Jog,
Lauf, Laufen, Joggen, Traillauf, Virtueller Lauf, Course à pied, course a pied, COURSE À PIED,
Course à pied virtuelle, Trail, Footing, Carrera, Correr, Carrera de trail, Carrera virtual,
Corrida, Corrida em trilha, Corrida virtual, Correr na esteira, Corsa, Corsa su sentiero, Hardlopen,
Trailrun, Virtuele hardloopsessie, Löpning, Terränglöpning, Löprunda, Løping, Løbetur, Løb,
Bieganie, Bieg, Wirtualny bieg, Bieg terenowy, Běh, Бег, бег по пересечённой местности, Пробежка,
ランニング, トレイルランニング, ラン, バーチャルラン,
跑步, 越野跑, 달리기, 트레일 러닝, Juoksu, Koşu
"""
OTHERS = """
Ride, cycling, 1, Walk, Swim, Weight Training, WeightTraining, VirtualRide, EBikeRide, Hike, Yoga,
NordicSki, Ski running, StandUpPaddling, Radfahrt, Radfahren, Fahrrad, Wandern, Gehen, Schwimmen,
Skilanglauf, Langlaufen, Eislaufen, Krafttraining, Vélo, Cyclisme, Natation, Randonnée, Marche,
Musculation, Ciclismo, Natación, Caminata, Senderismo, Caminhada, Pedalada, Natação, Musculação,
Camminata, Nuoto, Escursione, Giro in bici, Fietsen, Fietsrit, Wandelen, Zwemmen, Cykling, Promenad,
Simning, Vandring, Sykling, Gåtur, Jazda na rowerze, Rower, Pływanie, Spacer, Wędrówka, Велосипед,
Плавание, Ходьба, Прогулка, Поход, サイクリング,
ウォーキング, 水泳, ハイキング, 骑行, 步行, 游泳, 자전거, 걷기
"""


def names(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(",")]


@pytest.mark.parametrize("sport", names(RUNS))
def test_running(sport: str) -> None:
    assert is_running(sport) is True
    assert is_running(f" {sport.upper()} ") is True or "VirtualRun" in sport


@pytest.mark.parametrize("sport", names(OTHERS))
def test_other_sports(sport: str) -> None:
    assert is_running(sport) is False


@pytest.mark.parametrize("sport", ["", "Laufsport", "generic", "Other", "7", "Outdoor", "跳", "😀"])
def test_what_is_not_known_is_neither(sport: str) -> None:
    assert is_running(sport) is None


def test_every_sport_of_a_watch_is_known() -> None:
    from fitdecode.profile import FIELD_TYPES  # Loads a large table.

    named = set(FIELD_TYPES["sport"].enum.values())
    unknown = {name for name in named if is_running(name) is None}
    assert {name for name in named if is_running(name)} == {"running"}
    assert unknown == {"generic", "all"}
