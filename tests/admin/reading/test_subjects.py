"""Whose the numbers of an article are, and who stands where."""

from __future__ import annotations

import pytest

from tests.admin.reading.conftest import Tell

THREE = ["apple shipments 46.7", "huawei shipments 39.1", "samsung shipments 83.3"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Samsung, Apple and Huawei shipped 83.3, 46.7 and 39.1 million smartphones worldwide in Q3 2017.", THREE),
        (
            "Samsung, Apple and Huawei shipped 83.3 million, 46.7 million and 39.1 million smartphones worldwide in Q3 "
            "2017, respectively.",
            THREE,
        ),
        (
            "Samsung led the smartphone market worldwide in Q3 2017 with 22.3%, followed by Apple (12.5%) and Huawei "
            "(10.5%).",
            [
                "apple market_share 12.5",
                "huawei market_share 10.5",
                "samsung market_share 22.3",
                "samsung rank 1",
            ],
        ),
        (
            "Xiaomi shipped 27.6 million smartphones worldwide in Q3 2017. The Chinese firm took a 7.4% share of it.",
            ["xiaomi market_share 7.4", "xiaomi shipments 27.6"],
        ),
        (
            "Huawei shipped 39.1 million smartphones worldwide in Q3 2017 while Apple sold 46.7 million.",
            ["apple shipments 46.7", "huawei shipments 39.1"],
        ),
    ],
)
def test_each_number_belongs_to_its_vendor(tell: Tell, text: str, lines: list[str]) -> None:
    assert tell(text) == [f"{line} world 2017Q3" for line in lines]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Xiaomi was the world's fifth largest smartphone vendor in Q3 2017.", "xiaomi rank 5 world"),
        ("Huawei took the number two spot in the global smartphone market in Q3 2017.", "huawei rank 2 world"),
        ("Apple slipped to third place in the global smartphone market in Q3 2017.", "apple rank 3 world"),
        ("Huawei overtook Apple to become the second largest smartphone vendor in Q3 2017.", "huawei rank 2 world"),
        ("Samsung topped the global smartphone market in Q3 2017.", "samsung rank 1 world"),
        ("Xiaomi won the gold medal in India's smartphone market in Q3 2017.", "xiaomi rank 1 india"),
    ],
)
def test_places_in_a_ranking(tell: Tell, text: str, line: str) -> None:
    assert tell(text) == [f"{line} 2017Q3"]
