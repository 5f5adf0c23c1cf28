"""How a question was read, told to whoever wonders."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from bot.understanding.explaining import Explanation, explain
from bot.understanding.query import Intent
from bot.understanding.understand import Understanding
from bot.views.explanation import as_json, in_words, tables

TODAY = date(2017, 11, 1)
QUESTIONS = (
    "how many fones did xiaomo ship in q2 2017",
    "whos #1 in india",
    "did samsung ship more than 80 million",
    "who came third in spain last quarter",
    "doogee share",
    "weather in madrid",
    "nothing to wear",
    "is nothing in india",
    "wo laed in india",
    "",
    "😀",
    "xiaomi 25% in india",
    "小米去年卖了多少手机",
    "mi a1 launch in spain",
    "a" * 300,
)


@pytest.fixture
def told(understanding: Understanding) -> Explanation:
    return explain(understanding, "xiaomo shioments in germny last qarter", TODAY)


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_tells_of_the_query_that_is_answered(understanding: Understanding, question: str) -> None:
    told = explain(understanding, question, TODAY)
    assert told.query == understanding.understand(question, TODAY)
    assert told.decided
    shown = StringIO()
    Console(file=shown, width=80).print(tables(told))
    assert "What decided" in shown.getvalue()
    assert set(json.loads(json.dumps(as_json(told)))) == {"words", "spans", "phrasing", "intents", "decided", "query"}


def test_mended_words_come_with_what_else_they_could_have_been(told: Explanation) -> None:
    mended = {word.typed: word for word in told.words if word.typed != word.read}
    assert {typed: word.read for typed, word in mended.items()} == {
        "xiaomo": "xiaomi", "shioments": "shipments", "germny": "germany", "qarter": "quarter",
    }  # fmt: skip
    assert all(0 < word.score < 1 for word in mended.values())
    assert [one.word for one in mended["germny"].candidates] == ["germany", "german"]
    assert mended["germny"].candidates[0].meanings == ("region germany",)


def test_names_periods_and_words_stand_in_order(told: Explanation) -> None:
    spans = [(span.typed, span.kind, span.value) for span in told.spans]
    assert spans == [
        ("xiaomo", "vendor", "xiaomi"), ("shioments", "concept", "ship"), ("in", "small word", ""),
        ("germny", "region", "germany"), ("last qarter", "period", "2017Q3"),
    ]  # fmt: skip


def test_numbers_and_places_are_told(understanding: Understanding) -> None:
    spans = {span.kind: span.value for span in explain(understanding, "did lg ship over 10 million", TODAY).spans}
    assert spans["number"] == "10 million"
    spans = {span.kind: span.value for span in explain(understanding, "who came third in india", TODAY).spans}
    assert spans["position"] == "3"


def test_intents_are_weighed_the_likeliest_first(told: Explanation) -> None:
    assert told.intents[0].intent == "value"
    scores = [one.score for one in told.intents]
    assert scores == sorted(scores, reverse=True)
    assert all(one.clues for one in told.intents)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("how many phones did xiaomi ship", "a phrasing of value"),
        ("pray how many phones might xiaomi have shipped", "by its clues"),
        ("doogee market share", "none that the store knows: doogee"),
        ("xiaomo shipments", "sure, by their spelling"),
        ("", "no word"),
    ],
)
def test_it_says_what_decided(understanding: Understanding, question: str, reason: str) -> None:
    assert reason in " ".join(explain(understanding, question, TODAY).decided)


def test_a_follow_up_says_what_it_goes_on_from(understanding: Understanding) -> None:
    before = understanding.understand("xiaomi shipments in india in 2016", TODAY)
    told = explain(understanding, "and samsung?", TODAY, before)
    assert told.query.vendors == ("samsung",)
    assert "the question before (value)" in " ".join(told.decided)


def test_what_the_names_make_of_an_intent_is_told(understanding: Understanding) -> None:
    told = explain(understanding, "tell me about xiaomi and samsung", TODAY)
    assert told.query.intent is Intent.COMPARE
    assert "means compare" in " ".join(told.decided)


@pytest.mark.parametrize(
    ("clue", "words"),
    [
        ("^>howmany", "beginning then howmany"),
        ("f:in", "“in”"),
        ("s:how many", "“how many”"),
        ("{vendor}2", "second {vendor}"),
        ("strange2", "2 unknown words"),
        ("length1", "3 to 5 pieces"),
        ("given:{vendor}", "{vendor} from before"),
        ("ship>f:in", "ship then “in”"),
        ("w:~", "strange word"),
        ("story:8:1", "a headline like it"),
    ],
)
def test_clues_are_told_in_words(clue: str, words: str) -> None:
    assert in_words(clue) == words
