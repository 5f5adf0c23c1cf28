"""Whatever a file holds, reading it ends soon and finds what can be written as JSON, and enough of the truth."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.admin.articles import decoded, json_lines
from bot.admin.reading.article import read_article
from bot.understanding.lexicon import Lexicon
from tests.evaluation.articles_score import rates, score_articles

SAID = """
Xiaomi Samsung's Apple, Huawei and or the its it % 27.6 1,5 million crore lakh bn share market shipped sold grew
fell to from up down in of Q3 2017 3Q17 a year ago last quarter India world second number one first while ( ) | - .
respectively followed by launch goes on sale Spain November 7 Mi A1 total $ mAh <b> ** 99999999999999999999 Feb 31
"""
WORDS = st.sampled_from([*SAID.split(), "\n", "\n\n"])


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join)))
def test_any_text_can_be_read(lexicon: Lexicon, text: str) -> None:
    for line in json_lines(read_article(text, lexicon, date(2026, 11, 24))).splitlines():
        one = json.loads(line)
        assert one["kind"] in ("fact", "launch")
        assert one["vendor"] in {*lexicon.catalogue.vendors, "total"}
        assert one["region"] in lexicon.catalogue.regions


@given(st.binary(max_size=200))
def test_any_bytes_can_be_decoded(content: bytes) -> None:
    decoded(content)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "Xiaomi " * 150_000,
        "27.6 million, " * 70_000,
        "| Samsung | 83.3 |\n" * 50_000,
        "Xiaomi shipped 27.6 million smartphones in India in Q3 2017, " * 16_000,
        "X\N{COMBINING ACUTE ACCENT}\N{COMBINING DIAERESIS}" * 300_000,
        "(" * 500_000 + ")" * 500_000,
        "<b>" * 300_000,
        "\n" * 1_000_000,
    ],
    ids=lambda text: text[:12].strip() or "newlines",
)
def test_a_megabyte_of_anything_is_read(lexicon: Lexicon, text: str) -> None:
    """Ends within the time that every test has, as only the beginning is read closely."""
    read_article(text, lexicon, date(2026, 11, 24))


def test_articles_kept_out_of_tuning_are_read_well(lexicon: Lexicon) -> None:
    found = rates(score_articles(lexicon, "kept-out"))
    assert found.precision >= 0.95
    assert found.recall >= 0.85
