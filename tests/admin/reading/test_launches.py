"""Launches that an article tells: who comes where, with what, and on which day."""

from __future__ import annotations

import pytest

from tests.admin.reading.conftest import Tell


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Xiaomi will go on sale in Spain on November 7.", ["xiaomi launch spain 2017-11-07 confirmed"]),
        ("The Mi A1 will go on sale in Spain on November 7.", ["xiaomi launch Mi A1 spain 2017-11-07 confirmed"]),
        ("Xiaomi entered Indonesia in 2014.", ["xiaomi launch indonesia 2014 confirmed"]),
        ("OnePlus is coming to the UK next month.", ["oneplus launch united-kingdom 2017-11 confirmed"]),
        (
            "Xiaomi is expected to launch the Mi Mix 2 in Russia in December.",
            ["xiaomi launch Mi Mix 2 russia 2017-12 expected"],
        ),
        (
            "The Samsung Galaxy S8 launches in Germany and Italy on April 28, 2018.",
            [
                "samsung launch Galaxy S8 germany 2018-04-28 confirmed",
                "samsung launch Galaxy S8 italy 2018-04-28 confirmed",
            ],
        ),
        ("The Mi A1 goes on sale in Poland today.", ["xiaomi launch Mi A1 poland 2017-10-31 confirmed"]),
        (
            "Xiaomi launched the Redmi 5A in India on November 30.",
            ["xiaomi launch Redmi 5A india 2017-11-30 confirmed"],
        ),
        ("Xiaomi is not coming to the United States.", []),
        ("Xiaomi has denied plans to enter the US market in 2018.", []),
        ("Xiaomi opened a store in Madrid on November 11.", []),
    ],
)
def test_launches(tell: Tell, text: str, lines: list[str]) -> None:
    """The article is of 31 October 2017; a date without a year is read from it."""
    assert tell(text, sure=True) == lines


def test_a_guessed_product_joins_the_launch_told_before(tell: Tell) -> None:
    text = (
        "Xiaomi is coming to Spain. A launch event will be held there on November 7, and if you made us bet, we'd put "
        "our money on the Mi A1."
    )
    assert "xiaomi launch Mi A1 spain 2017-11-07 expected" in tell(text, sure=True)
