"""Follow-ups: what a question leaves out is taken from the one before; what it names is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding.query import Aspect, Intent, Query
from bot.understanding.understand import Understanding
from store.period import Period
from store.words import Metric

TODAY = date(2017, 11, 1)
BEFORE = Query(
    "xiaomi shipments in india in q2 2017",
    TODAY,
    Intent.VALUE,
    ("xiaomi",),
    Metric.SHIPMENTS,
    ("india",),
    Period.parse("2017Q2"),
    confidence=1.0,
)
LAUNCH = Query(
    "when does the mi a1 come to spain", TODAY, Intent.LAUNCH_DATE, ("xiaomi",), regions=("spain",), product="mi-a1"
)


def after(understanding: Understanding, text: str, before: Query = BEFORE) -> Query:
    return understanding.understand(text, TODAY, before)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("and in spain?", {"regions": ("spain",)}),
        ("what about samsung?", {"vendors": ("samsung",)}),
        ("samsung?", {"vendors": ("samsung",)}),
        ("no, samsung", {"vendors": ("samsung",)}),
        ("and q1?", {"period": Period.parse("2017Q1")}),
        ("in 2016?", {"period": Period.parse("2016")}),
        ("and the year before?", {"period": Period.parse("2016Q2")}),
        ("and the following quarter?", {"period": Period.parse("2017Q3")}),
        ("and market share?", {"metric": Metric.MARKET_SHARE}),
        ("and samsung in spain?", {"vendors": ("samsung",), "regions": ("spain",)}),
        ("y en china?", {"regions": ("china",)}),
    ],
)
def test_what_is_named_changes_and_the_rest_stays(
    understanding: Understanding, text: str, changed: dict[str, object]
) -> None:
    query = after(understanding, text)
    assert query.follows
    for name in ("intent", "vendors", "metric", "regions", "period"):
        assert getattr(query, name) == changed.get(name, getattr(BEFORE, name)), name


@pytest.mark.parametrize(
    ("text", "intent"), [("source?", Intent.SOURCE), ("who says so?", Intent.SOURCE), ("as a chart", Intent.TREND)]
)
def test_a_question_of_another_kind_takes_over_who_and_where(
    understanding: Understanding, text: str, intent: Intent
) -> None:
    query = after(understanding, text)
    assert (query.intent, query.vendors, query.regions) == (intent, ("xiaomi",), ("india",))


def test_a_second_vendor_is_set_against_the_first(understanding: Understanding) -> None:
    query = after(understanding, "vs samsung?")
    assert (query.intent, query.vendors, query.regions) == (Intent.COMPARE, ("xiaomi", "samsung"), ("india",))


def test_a_pronoun_is_who_was_spoken_of(understanding: Understanding) -> None:
    assert after(understanding, "when does it launch in france?").vendors == ("xiaomi",)
    query = after(understanding, "and in france?", LAUNCH)
    assert (query.product, query.regions, query.intent) == ("mi-a1", ("france",), Intent.LAUNCH_DATE)


def test_the_whole_market_leaves_the_vendor_out(understanding: Understanding) -> None:
    query = after(understanding, "and the whole market?")
    assert (query.intent, query.vendors, query.regions) == (Intent.TOTAL, (), ("india",))


@pytest.mark.parametrize(
    "text",
    ["who is number one in china in 2016", "samsung market share in spain in 2016", "upcoming launches in france"],
)
def test_a_question_that_stands_on_its_own_takes_nothing_over(understanding: Understanding, text: str) -> None:
    query = after(understanding, text)
    assert replace(query, follows=False) == understanding.understand(text, TODAY)


@pytest.mark.parametrize("text", ["what is the weather like", "tell me a joke", "doogee?", ""])
def test_what_is_none_of_ours_stays_so_after_a_question_that_is(understanding: Understanding, text: str) -> None:
    query = after(understanding, text)
    assert query.intent is None or query.unknown


@pytest.mark.parametrize("intent", [Intent.GREETING, Intent.HELP, None])
def test_nothing_follows_a_greeting(understanding: Understanding, intent: Intent | None) -> None:
    assert not after(understanding, "and in spain?", replace(BEFORE, intent=intent)).follows


def test_a_time_that_nobody_named_is_found_anew_for_another_vendor(understanding: Understanding) -> None:
    query = after(understanding, "and samsung?", replace(BEFORE, implied=frozenset({"period"})))
    assert query.period is None


def test_a_chart_of_a_comparison_is_of_the_same_numbers(understanding: Understanding) -> None:
    query = after(understanding, "as a chart", replace(BEFORE, intent=Intent.COMPARE, vendors=("xiaomi", "samsung")))
    assert query.intent is Intent.COMPARE
    assert Aspect.CHART in query.aspects
