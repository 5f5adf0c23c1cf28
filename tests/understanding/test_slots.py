"""What names, numbers and words give a query, whatever is asked."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.query import Aspect, Query
from bot.understanding.slots import slots_of
from bot.understanding.spans import read
from bot.understanding.text import words
from bot.understanding.understand import Understanding
from store.period import Kind
from store.words import Metric

TODAY = date(2017, 11, 1)


def slots(understanding: Understanding, text: str) -> Query:
    return slots_of(text, TODAY, read(words(text), understanding.lexicon, TODAY), understanding.lexicon)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("how many phones did xiaomi ship", Metric.SHIPMENTS),
        ("xiaomi units", Metric.SHIPMENTS),
        ("xiaomi market share", Metric.MARKET_SHARE),
        ("share of shipments", Metric.MARKET_SHARE),
        ("does xiaomi have 25% in india", Metric.MARKET_SHARE),
        ("where does xiaomi rank", Metric.RANK),
        ("xiaomi growth", Metric.GROWTH),
        ("fastest grower by share", Metric.GROWTH),
        ("tell me about xiaomi", None),
    ],
)
def test_metrics(understanding: Understanding, text: str, metric: Metric | None) -> None:
    assert slots(understanding, text).metric is metric


def test_a_product_brings_its_maker_along(understanding: Understanding) -> None:
    query = slots(understanding, "mi a1 in spain")
    assert (query.vendors, query.product, query.regions) == (("xiaomi",), "mi-a1", ("spain",))
    assert slots(understanding, "xiaomi mi a1").vendors == ("xiaomi",)


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("average xiaomi quarter", Aspect.AVERAGE),
        ("worst xiaomi quarter", Aspect.WORST),
        ("who grew fastest", Aspect.FASTEST),
        ("xiaomi and samsung combined", Aspect.TOGETHER),
        ("xiaomi forecast", Aspect.FORECAST),
        ("will xiaomi ship more", Aspect.FUTURE),
        ("did xiaomi ship more", Aspect.PAST),
        ("thank you", Aspect.THANKS),
    ],
)
def test_aspects(understanding: Understanding, text: str, aspect: Aspect) -> None:
    assert aspect in slots(understanding, text).aspects


def test_who_is_to_have_said_it_and_the_length_of_period(understanding: Understanding) -> None:
    query = slots(understanding, "best month of xiaomi by idc")
    assert (query.said_by, query.unit) == ("IDC", Kind.MONTH)


def test_every_query_can_be_kept_and_read_back(understanding: Understanding) -> None:
    for text in (
        "xiaomi share in india in q3 2017",
        "who came third",
        "mi a1 on 7 november 2017",
        "10 million by idc",
        "",
    ):
        query = understanding.understand(text, TODAY)
        assert Query.from_json(query.to_json()) == query
