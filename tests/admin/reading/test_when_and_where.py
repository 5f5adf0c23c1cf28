"""The period and the region of what an article tells, also where another sentence or its date tells them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.admin.reading.conftest import Tell


@pytest.mark.parametrize(
    ("told", "period"),
    [
        ("in the third quarter of 2017", "2017Q3"),
        ("in 3Q17", "2017Q3"),
        ("in the July-September period", "2017Q3"),
        ("in the three months to September", "2017Q3"),
        ("in the September quarter", "2017Q3"),
        ("last quarter", "2017Q3"),
        ("in the first half of 2017", "2017H1"),
        ("in 1H 2017", "2017H1"),
        ("last year", "2016"),
        ("in September", "2017-09"),
        ("in the first month of the year-end quarter", "2017-10"),
    ],
)
def test_periods_in_many_spellings(tell: Tell, told: str, period: str) -> None:
    """The article is of 31 October 2017."""
    assert tell(f"Xiaomi shipped 27.6 million smartphones worldwide {told}.") == [
        f"xiaomi shipments 27.6 world {period}"
    ]


def test_the_dateline_tells_the_day_unless_it_is_given(tell: Tell) -> None:
    text = "Spanish debut\n\nMADRID, Oct. 31, 2018 - Xiaomi shipped 27.6 million smartphones worldwide last quarter."
    assert tell(text, published=None) == ["xiaomi shipments 27.6 world 2018Q3"]
    assert tell(text, published=date(2017, 10, 31)) == ["xiaomi shipments 27.6 world 2017Q3"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Smartphones in India: who sold what\n\n"
            "Xiaomi shipped 9.2 million smartphones in the country in Q3 2017. Samsung shipped 9.4 million.",
            ["samsung shipments 9.4 india", "xiaomi shipments 9.2 india"],
        ),
        (
            "Xiaomi shipped 9.2 million smartphones in India in Q3 2017.\n\n"
            "In Indonesia, Oppo shipped 1.9 million smartphones in Q3 2017.",
            ["oppo shipments 1.9 indonesia", "xiaomi shipments 9.2 india"],
        ),
        (
            "Indian smartphone market, Q3 2017\n\nXiaomi had a share of 23.5 percent.",
            ["xiaomi market_share 23.5 india"],
        ),
        ("Russia's smartphone market grew 5% year on year in Q3 2017.", ["total growth 5 russia"]),
    ],
)
def test_regions_are_carried_over(tell: Tell, text: str, lines: list[str]) -> None:
    assert tell(text) == [f"{line} 2017Q3" for line in lines]
