"""Dates as apps write them, in many languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.domain.model.validation import BadDocument
from tui.formats.other_apps.written_dates import written_moment

JUNE = ("jun", "juni", "June", "juin", "giu", "junho", "giugno", "cze", "czerwca", "Haz", "июн",
        "июня", "iun.", "kesäk.")  # fmt: skip
MARCH = ("Mar", "mrt", "März", "mars", "marzo", "março", "marca", "Mart", "марта", "maalis")
MAY = ("May", "Mai", "mayo", "maggio", "mei", "maj", "maja", "MAYIS", "мая", "май", "touko")


@pytest.mark.parametrize(
    ("names", "month"), [(MARCH, 3), (MAY, 5), (JUNE, 6)], ids=["march", "may", "june"]
)
def test_the_months_of_many_languages(names: tuple[str, ...], month: int) -> None:
    right = datetime(2026, month, 8, 16, 50)  # noqa: DTZ001  local, as in the file
    for name in names:
        for text in (
            f"8 {name} 2026, 16:50",
            f"8 {name}. 2026, 16:50",
            f"8. {name.upper()} 2026 16.50",
        ):
            assert written_moment(text) == (right, False)


def test_a_year_of_months_in_each_language() -> None:
    years = {
        "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "es": "ene feb mar abr may jun jul ago sept oct nov dic",
        "it": "gen feb mar apr mag giu lug ago set ott nov dic",
        "pt": "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
        "nl": "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
        "sv": "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.",
        "no": "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
        "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "tr": "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
        "ru": "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
        "ro": "ian. feb. mar. apr. mai iun. iul. aug. sept. oct. nov. dec.",
        "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    }
    for names in years.values():
        found = [written_moment(f"9 {name} 2025, 07:05")[0].month for name in names.split()]
        assert found == list(range(1, 13))


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-08 16:50:00",
        "2026-04-08T16:50",
        "2026-04-08 4:50:00\u202fPM",
        "2026-04-08 4:50:00 p.\u00a0m.",
        "08.04.2026, 16:50",
        "8.4.2026 16:50",
        "08-04-2026 16:50",
        "2026/04/08 16:50",
        "Apr 8, 2026, 4:50 PM",
        "8 de abr. de 2026, 16:50",
        "8 avr. 2026 à 16:50",
        "8 апр. 2026 г., 16:50",  # noqa: RUF001  Cyrillic, as in a Russian file
        "2026年4月8日 16:50",
        "8 avr. 2026, 16:50".replace("é", "e\u0301"),
    ],
)
def test_one_moment_in_many_forms(text: str) -> None:
    assert written_moment(text) == (datetime(2026, 4, 8, 16, 50), False)  # noqa: DTZ001  local


def test_noon_and_midnight_of_twelve_hours() -> None:
    hours = [written_moment(f"2026-04-08 12:05:09 {half}")[0].hour for half in ("am", "PM")]
    assert hours == [0, 12]


@pytest.mark.parametrize("text", ["2026-04-08", "8 Apr 2026", "8.4.2026"])
def test_a_date_alone(text: str) -> None:
    assert written_moment(text) == (datetime(2026, 4, 8), True)  # noqa: DTZ001  local


def test_a_zone_is_kept() -> None:
    assert written_moment("2026-04-08T16:50:00Z")[0] == datetime(2026, 4, 8, 16, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "8 Foo 2026, 16:50",
        "04/08/2026, 16:50",
        "8 Apr 26, 16:50",
        "31 Feb 2026, 16:50",
        "8 Apr 2026, 16:50:10:10",
        "8 Apr May 2026",
        "8 Apr 2026, 16:50 PM",
        "8 Apr 2026, 25:50",
        "8 Apr 2026, 9999999999999999999999:50",
        "9999999999999999999999 Apr 2026",
        "2026.9999999999999999999999.8",
        "8 Apr 0026, 16:50",
        "2026",
        "Apr",
        "9" * 50 + " Apr 2026",
        "8 Apr 2026, 99999999999999999999:50",
        "9" * 5000,
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadDocument):
        written_moment(text)
