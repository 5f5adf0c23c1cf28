"""The evaluation's own counting, and the periods that the peers are lent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding.query import Intent, Query
from store.words import Metric
from tests.evaluation import figures
from tests.evaluation.peers.slots import period_of
from tests.evaluation.score import Gold, Score, read_gold, score

NOW = date(2017, 11, 1)
GOLD = Gold(
    "xiaomi shipments in india", NOW, "value", frozenset({"xiaomi"}), "shipments", frozenset({"india"}), "", "", "",
    frozenset(),
)  # fmt: skip
RIGHT = Query(GOLD.question, NOW, Intent.VALUE, ("xiaomi",), Metric.SHIPMENTS, ("india",))


def _score(query: Query, answered: bool) -> Score:
    return score([GOLD], lambda question, now, previous: (query, answered))[0]


def test_a_wrong_fact_is_one_that_was_given() -> None:
    wrong = replace(RIGHT, vendors=("samsung",))
    scores = [_score(RIGHT, True), _score(wrong, True), _score(wrong, False)]
    assert figures.misled(scores) == scores[1:2]


def test_confusions_tell_an_unknown_name_from_none() -> None:
    scores = [_score(replace(RIGHT, intent=None), False), _score(replace(RIGHT, unknown=("quux",)), False)]
    assert figures.confusions(scores) == [("value", "none", 1), ("value", "none: unknown name", 1)]


def test_typos_are_the_same_each_time_and_differ_by_draw() -> None:
    questions = read_gold("train")[:50]
    first, again, other = (figures.mistyped(questions, draw) for draw in (0, 0, 1))
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in q3", "2017Q3"), ("q4", "2016Q4"), ("4q16", "2016Q4"), ("third quarter of 2016", "2016Q3"),
        ("last month", "2017-10"), ("last oct", "2017-10"), ("since 2015", "2015..2017"), ("h1 2016", "2016H1"),
        ("in 2016", "2016"), ("last year", "2016"), ("hello", ""),
    ],
)  # fmt: skip
def test_peers_are_lent_periods(text: str, period: str) -> None:
    assert period_of(text, NOW) == period
