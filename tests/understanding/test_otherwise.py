"""The other readings of a question that was read with doubt; none of one that is clear."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.choices import GUESSED
from bot.answers.rephrase import as_question
from bot.understanding.otherwise import Others, is_clear, other_readings
from bot.understanding.query import Intent, Query
from bot.understanding.understand import Understanding
from bot.views.wording import word
from store.period import Period
from store.words import Metric
from tests.understanding.test_understand import CLEAR

TODAY = date(2017, 11, 1)


def others(understanding: Understanding, text: str) -> Others:
    reading, query = understanding.read_and_asked(text, TODAY)
    return other_readings(understanding, TODAY, reading, query)


@pytest.mark.parametrize("question", [question for question, _ in CLEAR])
def test_a_clear_question_has_no_other_reading(understanding: Understanding, question: str) -> None:
    assert not others(understanding, question).even


@pytest.mark.parametrize(
    ("text", "regions", "even"),
    [
        ("launches in austraia", {"austria"}, True),
        ("launches in austarlia", {"austria"}, False),
        ("launches in iseland", {"ireland"}, True),
    ],
)
def test_a_mistyped_place_has_those_spelled_nearly_so(
    understanding: Understanding, text: str, regions: set[str], even: bool
) -> None:
    found = others(understanding, text)
    assert regions <= {region for query in found.queries for region in query.regions}
    assert found.even == even
    assert all(query.intent is Intent.LAUNCH_LIST for query in found.queries)


def test_a_name_that_nobody_has_is_perhaps_one_that_is_near(understanding: Understanding) -> None:
    query = understanding.understand("zumsang share", TODAY)
    assert (query.vendors, query.confidence < GUESSED) == (("samsung",), True)
    assert others(understanding, "qwrtzp share").queries == ()


@pytest.mark.parametrize("text", ["weather in madrid", "apple pie", "", "tell me a joke", "x " * 40])
def test_what_is_none_of_ours_is_not_asked_about(understanding: Understanding, text: str) -> None:
    assert others(understanding, text) == Others()


@given(st.text(max_size=80))
def test_other_readings_of_any_text_are_different_from_the_one_believed(
    understanding: Understanding, text: str
) -> None:
    reading, query = understanding.read_and_asked(text, TODAY)
    found = other_readings(understanding, TODAY, reading, query)
    assert not (is_clear(reading, query) and found.queries)
    for other in found.queries:
        assert other.intent is not None
        assert (other.intent, other.vendors, other.regions) != (query.intent, query.vendors, query.regions)


@given(
    st.sampled_from(
        [
            Intent.VALUE,
            Intent.RANKING,
            Intent.LEADER,
            Intent.COMPARE,
            Intent.GROWTH,
            Intent.LAUNCH_LIST,
            Intent.LAUNCH_DATE,
            Intent.UPCOMING,
            Intent.MILESTONES,
            Intent.PROFILE,
            Intent.CROSSING,
        ]
    ),
    st.sampled_from(["xiaomi", "samsung", "oneplus", "realme"]),
    st.sampled_from([(), ("india",), ("united-states",), ("western-europe",)]),
    st.sampled_from([None, Metric.SHIPMENTS, Metric.MARKET_SHARE]),
    st.sampled_from([None, "2016", "2017Q3", "2017-10", "2016H1"]),
)
def test_a_query_as_a_question_is_read_back_as_it_is(
    understanding: Understanding,
    intent: Intent,
    vendor: str,
    regions: tuple[str, ...],
    metric: Metric | None,
    period: str | None,
) -> None:
    several = intent in (Intent.COMPARE, Intent.CROSSING)
    nobody = intent in (Intent.RANKING, Intent.LEADER)
    vendors = () if nobody else (vendor, "huawei") if several else (vendor,)
    query = Query("", TODAY, intent, vendors, metric, regions, Period.parse(period) if period else None)
    line = as_question(query, understanding.lexicon.catalogue)
    if line is None:
        return
    read = understanding.understand(word(line), TODAY)
    assert (read.intent, read.vendors, read.unknown) == (intent, vendors, ())
    if intent is not Intent.PROFILE:
        assert read.regions == regions
