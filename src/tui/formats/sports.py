"""Which sport a watch or platform means, in the languages in which most of them are used."""

# ruff: noqa: RUF001  words in other scripts are no misspelt English

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# VirtualRun is two words.
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
WORD = re.compile(r"[^\W_]+")
# What unicode does not take apart into a letter and a mark.
PLAIN = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "ß": "ss", "ı": "i", "đ": "d"})
# Strava's numbers in its GPX files.
NUMBERS = {"9": True, "1": False}

# A word that is one of these, or ends in one of the endings, is of running.
RUNNING = """
    run runs running runner jog jogging joggen jogg parkrun fartlek
    lauf laufen traillauf berglauf waldlauf dauerlauf crosslauf bahnlauf strassenlauf volkslauf
    course courir footing carrera correr trote corrida corsa correre podismo
    hardlopen hardloop hardloopsessie trailloop
    lopning lopa lop loprunda loppass terranglopning stiglopning loping lope lop lopetur joggetur
    terrengloping lob lobe lobetur lobning trailloping
    bieg bieganie biegi biegac beh behani futas juoksu juoksulenkki kosu alergare lari
    бег бегать пробежка забег трейлраннинг біг
"""
RUNNING_ENDINGS = ("run", "running", "jogging")
# No blanks part the words of these. A trail alone is a run in French, beside a word it is a place.
RUNNING_PARTS = (
    "ランニング ジョギング トレイルラン バーチャルラン 跑步 越野跑 虚拟跑 慢跑 달리기 러닝 조깅"
)
RUNNING_WHOLE = "ラン 跑 trail трейл"

# A word that begins with one of these is of another sport, whatever stands beside it.
OTHERS = """
    ride riding bike bik cycl bicycl ebike mountainbik gravel velomobile handcycl swim row rowing
    hik ski snow skat iceskat inline rollerski canoe kayak paddl surf sail windsurf kitesurf
    crossfit elliptical stair weight yoga pilates hiit golf soccer football tennis badminton squash
    pickleball racquetball tabletennis basketball volleyball climb wheelchair mountaineer strength
    driv motor flying hunt fishing diving boating boxing danc horse equest triathlon duathlon
    multisport transition glid raft wakeboard tactical jumpmaster baseball hockey rugby cricket
    lacrosse water wakesurf snorkel jump martial racket
    rad radfahr radtour radsport fahrrad rennrad schwimm wander langlauf eislauf rudern kraft
    klettern reiten bergsteig
    velo vtt cyclis natation nage randonnee aviron musculation escalade patin raquette
    cicl bici natacion nado senderis remo pesas pesa escalada esqui
    pedalada natacao musculacao musculac montanhis
    nuoto escursion canottaggio arrampicata sci sollevamento
    fiets wielren zwem wandel roei kracht schaats klim
    cykel cykling sykkel sykling simning simma svomm vandring rodd roning skid langrenn
    langd styrk klatr klattr
    rower kolarst plywani wedrowk wiosl narty narciar silow wspinacz
    cyklist plavani turistika
    велос плава поход гребл лыж силов
"""
OTHER_PARTS = (
    "サイクリング ライド 自転車 水泳 スイム ハイキング ウェイト スキー 登山 "
    "骑行 骑车 游泳 徒步 远足 力量 滑雪 사이클 라이딩 자전거 수영 하이킹 등산"
)
# Of another sport too, unless running is named beside them: a walk may be a part of a run.
WEAK = """
    walk nordicwalk meditation breath workout training fitness cardio gym mobility stretch
    gehen spazier walken marche caminata caminar caminhada camminata passeggiata
    promenad gang gatur chodz chuze spacer ходьба прогул трениров
    entrainement entrenamiento treino allenamento trening traning
"""
WEAK_PARTS = "ウォーキング 散歩 ワークアウト 步行 健走 걷기"


def _plain(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    return "".join(char for char in apart if not unicodedata.combining(char))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_plain(text).split())


_RUNNING, _RUNNING_PARTS, _RUNNING_WHOLE = (
    frozenset(_words(RUNNING)),
    _words(RUNNING_PARTS),
    _words(RUNNING_WHOLE),
)
_OTHERS, _OTHER_PARTS = _words(OTHERS), _words(OTHER_PARTS)
_WEAK, _WEAK_PARTS = _words(WEAK), _words(WEAK_PARTS)


def is_running(sport: str) -> bool | None:
    """Whether a sport is running, as a watch or platform names it: Running, trail_running,
    VirtualRun, Laufen, course à pied. None if the name is not known."""
    plain = _plain(HUMP.sub(" ", sport))
    words = WORD.findall(plain)
    if len(words) == 1 and words[0] in NUMBERS:
        return NUMBERS[words[0]]
    if _begins(words, _OTHERS) or _holds(plain, _OTHER_PARTS):
        return False
    if any(word in _RUNNING or word.endswith(RUNNING_ENDINGS) for word in words):
        return True
    if _holds(plain, _RUNNING_PARTS) or plain.strip() in _RUNNING_WHOLE:
        return True
    if _begins(words, _WEAK) or _holds(plain, _WEAK_PARTS):
        return False
    return None


def _begins(words: Iterable[str], stems: tuple[str, ...]) -> bool:
    return any(word.startswith(stems) for word in words)


def _holds(plain: str, parts: tuple[str, ...]) -> bool:
    return any(part in plain for part in parts)
