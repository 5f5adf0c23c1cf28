"""Periods as people spell them in other languages, from the letters typed to the period found."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.spans import read
from bot.understanding.text import words
from bot.understanding.understand import Understanding

TODAY = date(2021, 2, 15)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("ventas 1S 2019", "2019H1"),
        ("ventas 1S19", "2019H1"),
        ("Participação no 1º trimestre de 2020", "2020Q1"),
        ("4.º trimestre de 2019", "2019Q4"),
        ("1tri20", "2020Q1"),
        ("Melhor trimestre até hoje", ""),
        ("доля в 1кв18", "2018Q1"),
        ("в IV кв. 2019 года", "2019Q4"),
        ("4К2020", "2020Q4"),
        ("4К 2020", "2020Q4"),
        ("1П2020", "2020H1"),
        ("скока телефонов в 16 году", "2016"),
        ("в 19-м году", "2019"),
        ("за 2019г", "2019"),
        ("в конце 2019", "2019Q4"),
        ("魅族16年卖了多少", "2016"),
        ("22年Q3", "2022Q3"),
        ("二零一九年", "2019"),
        ("近10年", "2011..2020"),
        ("圣诞季度", "2020Q4"),
        ("去年年底", "2020Q4"),
        ("दिवाली वाली तिमाही में", "2020Q4"),
        ("is saal kitne", "2021"),
        ("2019 se ab tak", "2019..2021"),
        ("2019 ke end me", "2019Q4"),
        ("over 16 years", ""),
    ],
)
def test_period_is_read(typed: str, period: str, understanding: Understanding) -> None:
    found = read(words(typed), understanding.lexicon, TODAY).found
    assert ",".join(str(one.period) for one in found) == period
