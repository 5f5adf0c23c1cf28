"""Headings, lists and lines that tell the region, day or period of what stands beside or below them."""

from __future__ import annotations

import pytest

from tests.admin.reading.conftest import Tell

HEADING = "Smartphone shipments in Q3 2017, counted by Canalys\n\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Phones across the islands, Q3 2017\n\nIndonesia\n\nOppo took a market share of 22%.\n\n"
            "Vietnam\n\nSamsung took a market share of 31%.",
            ["oppo market_share 22 indonesia 2017Q3", "samsung market_share 31 vietnam 2017Q3"],
        ),
        (
            HEADING + "Shipments in Indonesia, Vietnam and Thailand grew 8% year on year in Q3 2017, "
            "while smartphone shipments in Southeast Asia as a whole grew 5%.",
            ["total growth 5 southeast-asia 2017Q3"],
        ),
        (
            HEADING + "The smartphone market of Southeast Asia shrank 9% year on year.\n\n"
            "Samsung's share across the region fell to 20 per cent, with an 11 per cent drop in shipments.",
            [
                "samsung growth -11 southeast-asia 2017Q3",
                "samsung market_share 20 southeast-asia 2017Q3",
                "total growth -9 southeast-asia 2017Q3",
            ],
        ),
    ],
    ids=["countries as headings", "several countries at once", "across the region"],
)
def test_regions_of_lists(tell: Tell, text: str, lines: list[str]) -> None:
    assert tell(text) == lines


WORLDWIDE = ("Global smartphone shipments grew 6% year on year in Q3 2017, said Canalys. ", "total growth 6 world")
LATIN = ("The smartphone market of Latin America grew 4% in Q3 2017, said Canalys. ", "total growth 4 latin-america")


@pytest.mark.parametrize(
    ("opening", "text", "lines"),
    [
        (WORLDWIDE, "Oppo and Vivo saw 20% and 35% growth respectively.", "oppo growth 20 world, vivo growth 35 world"),
        (WORLDWIDE, "Samsung, hit by dear memory due to war, kept a share of 26%.", "samsung market_share 26 world"),
        (WORLDWIDE, "Huawei's smartphone growth rate slowed to 5 percent.", "huawei growth 5 world"),
        (WORLDWIDE, "Vivo leads the offline market and took first place there.", ""),
        (LATIN, "Peru (3.1 million) followed, then Chile.", "total shipments 3.1 peru"),
        (LATIN, "Lenovo-owned Motorola led the market in Mexico.", "motorola rank 1 mexico"),
        (LATIN, "Samsung shipped 7,5 million smartphones in Brazil.", "samsung shipments 7.5 brazil"),
        (LATIN, "Xiaomi's share of the smartphone market in Peru increased 75% year-on-year.", ""),
    ],
)
def test_ways_of_telling(tell: Tell, opening: tuple[str, str], text: str, lines: str) -> None:
    said, told = opening
    assert tell(said + text) == sorted(f"{line} 2017Q3" for line in [told, *filter(None, lines.split(", "))])


def test_a_count_of_the_month_that_the_article_reports(tell: Tell) -> None:
    text = (
        "Indian smartphone shipments rose 4% year on year in September 2017, said Canalys.\n\n"
        "Xiaomi's shipments rose 40% to 2.3 million."
    )
    assert tell(text) == [
        "total growth 4 india 2017-09",
        "xiaomi growth 40 india 2017-09",
        "xiaomi shipments 2.3 india 2017-09",
    ]
