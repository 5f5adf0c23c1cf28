"""What only looks like a fact gives none."""

from __future__ import annotations

import pytest

from tests.admin.reading.conftest import Tell


@pytest.mark.parametrize(
    "text",
    [
        "The Xiaomi Mi A1 costs 14,999 rupees in India and $229 elsewhere.",
        "The Xiaomi Mi A1 has a 12-megapixel camera, a 3,080 mAh battery and a 5.5-inch screen.",
        "Samsung shipped 6 million tablets worldwide in Q3 2017.",
        "Xiaomi shipped 3.6 million wearables worldwide in Q3 2017.",
        "Lenovo shipped 14 million PCs worldwide in Q3 2017.",
        "Nokia shipped 13 million feature phones worldwide in Q3 2017.",
        "Apple's revenue grew 12% to $52.6 billion in Q4 2017.",
        "Apple's profit rose 19% year on year in Q3 2017.",
        "Xiaomi has 15,000 employees and 300 stores in India.",
        "Xiaomi has 50 million users in India.",
        "The Mi app was downloaded 10 million times in September 2017.",
        "Xiaomi did not ship 10 million smartphones in August 2017.",
        "Did Xiaomi ship 10 million smartphones in September 2017?",
        "Xiaomi has sold 200 million smartphones to date.",
        "Xiaomi's average selling price rose 5% year on year in Q3 2017.",
        "The premium segment grew 20% year on year in India in Q3 2017.",
    ],
)
def test_no_candidate(tell: Tell, text: str) -> None:
    assert tell(text) == []
