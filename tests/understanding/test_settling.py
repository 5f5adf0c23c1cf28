"""What an intent implies of the other slots, and which intent fits where the names contradict the one found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.query import Aspect, Intent, Query
from bot.understanding.settling import settled
from bot.understanding.understand import Understanding
from store.period import Period
from store.words import Metric

ASKED = Query("", date(2017, 11, 1), vendors=("xiaomi",))
BOTH = ("xiaomi", "samsung")


def intent_of(understanding: Understanding, query: Query, *features: str) -> Intent | None:
    return settled(query, frozenset(features), understanding.lexicon).intent


@pytest.mark.parametrize(
    ("found", "vendors", "features", "settles_as"),
    [
        (Intent.VALUE, BOTH, (), Intent.COMPARE),
        (Intent.PROFILE, BOTH, (), Intent.COMPARE),
        (Intent.PROFILE, ("xiaomi", "redmi"), (), Intent.PROFILE),  # a house and its brand
        (Intent.COMPARE, ("xiaomi", "redmi"), ("own",), Intent.PROFILE),
        (Intent.COMPARE, ("xiaomi",), (), Intent.VALUE),
        (Intent.VALUE, (), (), Intent.TOTAL),
        (Intent.LAUNCH_LIST, (), ("upcoming",), Intent.UPCOMING),
        (Intent.LAUNCH_LIST, (), ("upcoming", "first"), Intent.LAUNCH_LIST),
        (Intent.CROSSING, ("xiaomi",), ("when",), Intent.LEADER),
        (Intent.LEADER, (), (), Intent.LEADER),
    ],
)
def test_names_settle_the_intent(
    understanding: Understanding, found: Intent, vendors: tuple[str, ...], features: tuple[str, ...], settles_as: Intent
) -> None:
    assert intent_of(understanding, replace(ASKED, intent=found, vendors=vendors), *features) is settles_as


def test_an_average_is_a_record_and_a_range_is_a_trend(understanding: Understanding) -> None:
    average = replace(ASKED, intent=Intent.VALUE, aspects=frozenset({Aspect.AVERAGE}))
    assert intent_of(understanding, average) is Intent.RECORD
    span = replace(ASKED, intent=Intent.VALUE, period=Period.parse("2015..2017"))
    assert intent_of(understanding, span) is Intent.TREND
    assert intent_of(understanding, replace(span, period=Period.parse("2017"))) is Intent.VALUE


@pytest.mark.parametrize(
    ("intent", "metric", "becomes"),
    [
        (Intent.GROWTH, Metric.SHIPMENTS, Metric.GROWTH),
        (Intent.TREND, Metric.GROWTH, None),
        (Intent.TOTAL, Metric.MARKET_SHARE, None),
        (Intent.LEADER, Metric.RANK, None),
        (Intent.LAUNCH_DATE, Metric.SHIPMENTS, None),
        (Intent.NEWS, Metric.MARKET_SHARE, None),
        (Intent.VALUE, Metric.MARKET_SHARE, Metric.MARKET_SHARE),
        (Intent.MILESTONES, Metric.SHIPMENTS, Metric.SHIPMENTS),
    ],
)
def test_the_metric_is_one_that_the_intent_has(
    understanding: Understanding, intent: Intent, metric: Metric, becomes: Metric | None
) -> None:
    query = settled(replace(ASKED, intent=intent, metric=metric), frozenset(), understanding.lexicon)
    assert query.metric is becomes


def test_a_place_is_asked_in_ranks(understanding: Understanding) -> None:
    query = settled(replace(ASKED, intent=Intent.VALUE, position=3), frozenset(), understanding.lexicon)
    assert query.metric is Metric.RANK


@pytest.mark.parametrize(
    ("intent", "features", "about"),
    [
        (Intent.SOURCE, {"launch"}, Intent.LAUNCH_DATE),
        (Intent.SOURCE, {"ship"}, Intent.VALUE),
        (Intent.SOURCE, set(), None),
        (Intent.SUBSCRIBE, {"launch"}, Intent.LAUNCH_DATE),
        (Intent.SUBSCRIBE, {"milestone"}, Intent.MILESTONES),
        (Intent.UNSUBSCRIBE, set(), None),
    ],
)
def test_what_a_source_or_subscription_is_about(
    understanding: Understanding, intent: Intent, features: set[str], about: Intent | None
) -> None:
    assert settled(replace(ASKED, intent=intent), frozenset(features), understanding.lexicon).about is about


@given(
    st.sampled_from(Intent),
    st.sampled_from([None, *Metric]),
    st.lists(st.sampled_from(["xiaomi", "samsung", "redmi"]), max_size=3, unique=True),
    st.frozensets(st.sampled_from(Aspect)),
)
def test_settling_again_changes_nothing(
    understanding: Understanding, intent: Intent, metric: Metric | None, vendors: list[str], aspects: frozenset[Aspect]
) -> None:
    query = replace(ASKED, intent=intent, metric=metric, vendors=tuple(vendors), aspects=aspects)
    once = settled(query, frozenset(), understanding.lexicon)
    assert settled(once, frozenset(), understanding.lexicon) == once
