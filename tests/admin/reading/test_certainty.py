"""How sure a candidate is: the vendor's own word, an analyst's count, a forecast, a rumour."""

from __future__ import annotations

import pytest

from tests.admin.reading.conftest import Tell


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Xiaomi announced that it shipped 10 million smartphones worldwide in September 2017.", "confirmed"),
        ("Xiaomi CEO Lei Jun said it shipped 10 million smartphones worldwide in September 2017.", "confirmed"),
        ("According to Counterpoint, Xiaomi shipped 10 million smartphones worldwide in September 2017.", "estimate"),
        ("Xiaomi reportedly shipped 10 million smartphones worldwide in September 2017.", "rumoured"),
        ("Xiaomi is said to have shipped 10 million smartphones worldwide in September 2017.", "rumoured"),
        ("Xiaomi could ship 10 million smartphones worldwide in December 2017.", "expected"),
        ("Xiaomi aims to ship 10 million smartphones worldwide in December 2017.", "expected"),
        ("We'd expect Xiaomi to ship 10 million smartphones worldwide in December 2017.", "expected"),
        ("Xiaomi is on the verge of becoming India's number one smartphone vendor in Q4 2017.", "expected"),
    ],
)
def test_certainty(tell: Tell, text: str, certainty: str) -> None:
    (line,) = tell(text, sure=True)
    assert line.endswith(f" {certainty}")
