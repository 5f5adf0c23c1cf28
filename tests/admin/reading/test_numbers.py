"""What numbers in an article are read as: counts, shares of the market, growth over a year."""

from __future__ import annotations

import pytest

from tests.admin.reading.conftest import Tell


@pytest.mark.parametrize(
    ("told", "millions"),
    [
        ("27.6 million", "27.6"),
        ("27.6mn", "27.6"),
        ("27.6 mln", "27.6"),
        ("27.6M", "27.6"),
        ("27,600,000", "27.6"),
        ("2.76 crore", "27.6"),
        ("92 lakh", "9.2"),
        ("92,00,000", "9.2"),
        ("900,000", "0.9"),
        ("900 thousand", "0.9"),
        ("900k", "0.9"),
    ],
)
def test_counts_are_told_in_millions(tell: Tell, told: str, millions: str) -> None:
    text = f"Xiaomi shipped {told} smartphones in India in Q3 2017."
    assert tell(text) == [f"xiaomi shipments {millions} india 2017Q3"]


def test_billions_are_a_market(tell: Tell) -> None:
    text = "Global smartphone shipments reached 1.47 billion units in 2016."
    assert tell(text) == ["total shipments 1470 world 2016"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Xiaomi's share of the global smartphone market was 7.4 percent in Q3 2017.", ["xiaomi market_share 7.4"]),
        ("Xiaomi's global smartphone shipments grew 102.6% year-on-year in Q3 2017.", ["xiaomi growth 102.6"]),
        ("Xiaomi's global smartphone shipments fell 12% from a year earlier in Q3 2017.", ["xiaomi growth -12"]),
        (
            "The global smartphone market grew 6.2% year over year to 373.1 million units in Q3 2017.",
            ["total growth 6.2", "total shipments 373.1"],
        ),
        ("Xiaomi's global smartphone shipments grew 22% quarter-on-quarter in Q3 2017.", []),
        ("Xiaomi's global smartphone shipments in Q3 2017 were up 22% from the previous quarter.", []),
        ("Apple's global smartphone market share rose 1.2 percentage points in Q3 2017.", []),
    ],
)
def test_percentages_are_shares_or_growth_over_a_year_or_nothing(tell: Tell, text: str, lines: list[str]) -> None:
    assert tell(text) == [f"{line} world 2017Q3" for line in lines]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Apple sold 46.7 million iPhones worldwide in Q3 2017, up from 45.5 million a year ago.", "shipments 45.5"),
        (
            "Apple sold 46.7 million iPhones worldwide in Q3 2017, against 45.5 million in the same period last year.",
            "shipments 45.5",
        ),
        (
            "Apple's share of the global smartphone market fell to 12.5% in Q3 2017 from 12.9% a year earlier.",
            "market_share 12.9",
        ),
    ],
)
def test_what_is_compared_with_is_of_its_own_period(tell: Tell, text: str, before: str) -> None:
    found = tell(text)
    assert len(found) == 2
    assert f"apple {before} world 2016Q3" in found
