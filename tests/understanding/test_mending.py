"""Mistyped words mended, each by itself and by the words beside it."""

from __future__ import annotations

import pytest

from bot.understanding.mending import mend
from bot.understanding.text import words
from bot.understanding.understand import Understanding


def mended(understanding: Understanding, text: str, generous: bool = False) -> str:
    return " ".join(word for word, _ in mend(words(text), understanding.lexicon, generous))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xiaomo shpiments", "xiaomi shipments"),
        ("phones in gernamy", "phones in germany"),
        ("samsnug markte share", "samsung market share"),
        ("who laeds in inida", "who leads in india"),
        ("vendros", "vendors"),
        # by the word beside
        ("lasy year", "last year"),
        ("this qyarter", "this quarter"),
        ("thrid quarter", "third quarter"),
        ("decmeber quarter", "december quarter"),
        ("his month", "this month"),
    ],
)
def test_mistyped_words(understanding: Understanding, typed: str, meant: str) -> None:
    assert mended(understanding, typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "his phone", "weather in madrid", "the capital of france", "xiaomi shipments in india in q3 2017", "zzxqy",
        "apples and pears", "12345", "小 米 2017", "сяоми", "शाओमी",
    ],
)  # fmt: skip
def test_what_is_spelled_right_or_is_no_typo_stays(understanding: Understanding, text: str) -> None:
    assert mended(understanding, text) == text


def test_only_a_generous_mending_doubts_words_of_the_dictionary(understanding: Understanding) -> None:
    assert mended(understanding, "wo sips the most") == "wo sips the most"
    assert mended(understanding, "wo sips the most", generous=True) == "wo ships the most"


def test_a_mended_word_is_less_sure_than_one_typed_right(understanding: Understanding) -> None:
    scores = dict(mend(words("xiaomo xiaomi zzxqy"), understanding.lexicon))
    assert 0 < scores["xiaomi"] <= 1
    assert scores["zzxqy"] == 0
