"""Numbers, dates, lists and places as they are written where the language is spoken."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from bot.answers.answer import Amount, Joined, Named, Several, Where, words
from bot.answers.period import lengths
from bot.languages.places import region_name
from bot.languages.spoken import speaking
from bot.views.wording import cell, period, word
from store.period import Kind, Period
from store.words import Bound
from tests.languages.extraction import LANGUAGES, ROOT


@pytest.fixture(scope="module")
def regions() -> list[dict[str, str]]:
    """The regions that ship with the bot."""
    with Path(ROOT / "store/data/regions.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("code", "million", "date_", "share", "quarter"),
    [
        ("en", "8.4 million", "7 November 2017", "23.5%", "Q3 2017"),
        ("es", "8,4 millones", "7 de noviembre de 2017", "23,5\u00a0%", "T3 2017"),
        ("hi", "84 लाख", "7 नवंबर 2017", "23.5%", "Q3 2017"),
        ("zh", "840万", "2017年11月7日", "23.5%", "2017年第3季度"),
        ("pt", "8,4 milhões", "7 de novembro de 2017", "23,5%", "T3 2017"),
        ("ru", "8,4 млн", "7 ноября 2017\u202fг.", "23,5\u00a0%", "3 кв. 2017"),
    ],
)
def test_numbers_dates_and_periods(code: str, million: str, date_: str, share: str, quarter: str) -> None:
    with speaking(code):
        assert word(Amount(8.4, "million")) == million
        assert word(date(2017, 11, 7)).replace("\u00a0", "\u202f") == date_.replace("\u00a0", "\u202f")
        assert word(Amount(23.5, "percent")) == share
        assert period(Period.parse("2017Q3")) == quarter


@pytest.mark.parametrize(
    ("code", "one", "two", "five"),
    [
        ("en", "1 quarter", "2 quarters", "5 quarters"),
        ("es", "1 trimestre", "2 trimestres", "5 trimestres"),
        ("zh", "1个季度", "2个季度", "5个季度"),
        ("ru", "1 квартал", "2 квартала", "5 кварталов"),
    ],
)
def test_plurals(code: str, one: str, two: str, five: str) -> None:
    with speaking(code):
        assert [word(lengths(Kind.QUARTER, count)) for count in (1, 2, 5)] == [one, two, five]


def test_in_a_period_is_said_as_the_language_does() -> None:
    line = words("The highest was {amount} in {period}", amount=Amount(1.5, "million"), period=Period.parse("2017-10"))
    said = {}
    for code in LANGUAGES:
        with speaking(code):
            said[code] = word(line)
    assert said["es"] == "El máximo fue 1,5 millones en octubre de 2017"
    assert said["ru"] == "Максимум — 1,5 млн в октябре 2017 года"
    assert said["zh"] == "最高为2017年10月的150万"


@pytest.mark.parametrize(
    ("code", "india", "states", "world", "europe"),
    [
        ("en", "in India", "in the United States", "worldwide", "Europe"),
        ("es", "en India", "en Estados Unidos", "en todo el mundo", "Europa"),
        ("hi", "भारत में", "अमेरिका में", "दुनिया भर में", "यूरोप"),
        ("zh", "在印度", "在美国", "在全球", "欧洲"),
        ("pt", "na Índia", "nos Estados Unidos", "no mundo todo", "Europa"),
        ("ru", "в Индии", "в США", "в мире", "Европа"),
    ],
)
def test_places(code: str, india: str, states: str, world: str, europe: str) -> None:
    with speaking(code):
        assert word(Where("india", "India", "IN")) == india
        assert word(Where("united-states", "United States", "US")) == states
        assert word(Where("world", "World")) == world
        assert word(Named("europe", "Europe")) == europe


def test_names_are_listed_and_bounds_said() -> None:
    names = Several(("Xiaomi", "Samsung", "Apple"), Joined.AND)
    with speaking("es"):
        assert word(names) == "Xiaomi, Samsung y Apple"
        assert word(Amount(10, "million", Bound.MORE)) == "más de 10 millones"
        assert cell(Amount(10, "million", Bound.MORE)) == ">10,0 M"
    with speaking("zh"):
        assert word(names) == "Xiaomi、Samsung和Apple"
    assert word(names) == "Xiaomi and Samsung and Apple"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_shipped_region_has_a_name(code: str, regions: list[dict[str, str]]) -> None:
    with speaking(code):
        for row in regions:
            name = region_name(row["slug"], "", row["iso"] or None)
            assert name, f"{row['slug']} has no name in bot/languages/places/{code}.yaml"
            assert "(" not in name or row["slug"] == "americas", f"{name}: say it shorter in places/{code}.yaml"


@pytest.mark.parametrize("code", ["pt", "ru"])
def test_in_a_region_is_written_out_where_it_cannot_be_told_from_the_name(
    code: str, regions: list[dict[str, str]]
) -> None:
    with speaking(code):
        said = [word(Where(row["slug"], row["name"], row["iso"] or None)) for row in regions]
    assert not [one for one in said if "«" in one], "write it out in bot/languages/places"
    assert len(set(said)) == len(regions)
