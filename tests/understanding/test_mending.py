"""Mistyped words mended, each by itself and by the words beside it."""

from __future__ import annotations

import pytest

from bot.understanding.mending import mend
from bot.understanding.text import words
from bot.understanding.understand import Understanding


def mended(understanding: Understanding, text: str, doubting: bool = False) -> str:
    return " ".join(word for word, _ in mend(words(text), understanding.lexicon, doubting))


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
        ("did xiaomo grow las year", "did xiaomi grow last year"),
        ("whos furst in hxina", "who first in china"),
        ("tell me when vivo gest to itqly", "tell me when vivo gets to italy"),
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


def test_only_a_doubting_mending_doubts_words_of_the_dictionary(understanding: Understanding) -> None:
    assert mended(understanding, "who shops the most phones") == "who shops the most phones"
    assert mended(understanding, "who shops the most phones", doubting=True) == "who ships the most phones"


def test_what_is_written_as_a_name_is_a_slip_of_nothing_but_a_name(understanding: Understanding) -> None:
    lexicon = understanding.lexicon
    assert mend(words("did ulefone grow"), lexicon, names={"ulefone"})[1] == ("ulefone", 0.0)
    assert mend(words("did samsnug grow"), lexicon, names={"samsnug"})[1][0] == "samsung"


def test_a_mended_word_is_less_sure_than_one_typed_right(understanding: Understanding) -> None:
    scores = dict(mend(words("xiaomo xiaomi zzxqy"), understanding.lexicon))
    assert 0 < scores["xiaomi"] <= 1
    assert scores["zzxqy"] == 0
