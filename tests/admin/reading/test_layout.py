"""Articles as they are copied: tables of text, remains of HTML and Markdown, typographic signs."""

from __future__ import annotations

import pytest

from tests.admin.reading.conftest import Tell

PLAIN = """Top smartphone vendors worldwide, Q3 2017 (shipments in millions)

Vendor Shipments Market share
Samsung 83.3 22.3%
Apple 46.7 12.5%
Others 100.1 26.8%
Total 373.1 100.0%
"""
PIPED = """Top smartphone vendors worldwide, Q3 2017

| Vendor | Shipments (million) | Share |
|---|---|---|
| Samsung | 83.3 | 22.3% |
| Apple | 46.7 | 12.5% |
| Total | 373.1 | 100% |
"""
YEARS = """Worldwide smartphone shipments in millions

Vendor 3Q17 Shipments 3Q17 Market Share 3Q16 Shipments 3Q16 Market Share Year-over-Year Change
1. Samsung 83.3 22.3% 73.0 20.8% 14.1%
2. Apple 46.7 12.5% 45.5 12.9% 2.6%
"""


@pytest.mark.parametrize("text", [PLAIN, PIPED])
def test_a_table_is_read_row_by_row(tell: Tell, text: str) -> None:
    assert tell(text) == [
        "apple market_share 12.5 world 2017Q3",
        "apple shipments 46.7 world 2017Q3",
        "samsung market_share 22.3 world 2017Q3",
        "samsung shipments 83.3 world 2017Q3",
        "total shipments 373.1 world 2017Q3",
    ]


def test_columns_of_two_years_and_their_change(tell: Tell) -> None:
    assert [line for line in tell(YEARS) if line.startswith("apple")] == [
        "apple growth 2.6 world 2017Q3",
        "apple market_share 12.5 world 2017Q3",
        "apple market_share 12.9 world 2016Q3",
        "apple rank 2 world 2017Q3",
        "apple shipments 45.5 world 2016Q3",
        "apple shipments 46.7 world 2017Q3",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<p>Xiaomi shipped <b>27.6&nbsp;million</b> smartphones worldwide in Q3&nbsp;2017.</p>",
        "**Xiaomi** shipped [27.6 million](https://example.com/a) smartphones worldwide in Q3 2017.[1]",
        "Xiaomi\N{RIGHT SINGLE QUOTATION MARK}s global smartphone shipments were \N{LEFT DOUBLE QUOTATION MARK}27.6"
        "\N{NO-BREAK SPACE}million\N{RIGHT DOUBLE QUOTATION MARK} in Q3\N{NO-BREAK SPACE}2017.",
    ],
)
def test_marks_are_no_hindrance(tell: Tell, text: str) -> None:
    assert tell(text) == ["xiaomi shipments 27.6 world 2017Q3"]
