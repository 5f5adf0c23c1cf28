"""Names, numbers and periods in a question's words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.lexicon import NAMES, Kind
from bot.understanding.spans import MOST_WORDS, Reading, read
from bot.understanding.text import words
from bot.understanding.understand import Understanding
from store.words import TOTAL

TODAY = date(2017, 11, 1)


def reading_of(understanding: Understanding, text: str) -> Reading:
    return read(words(text), understanding.lexicon, TODAY)


@pytest.mark.parametrize(
    ("text", "vendors"),
    [
        ("xiaomi", "xiaomi"),
        ("小米", "xiaomi"),
        ("Сяоми", "xiaomi"),
        ("शाओमी", "xiaomi"),
        ("华为的份额", "huawei"),
        ("one plus shipments", "oneplus"),
        ("real me share", "realme"),
        ("apples shipments", "apple"),
        ("Samsung's share", "samsung"),
        ("samsung, apple and huawei", "samsung apple huawei"),
        ("iphone sales", "apple"),
        ("xiaomi vs xiaomi", "xiaomi"),
    ],
)
def test_vendors(understanding: Understanding, text: str, vendors: str) -> None:
    assert reading_of(understanding, text).slugs(Kind.VENDOR) == tuple(vendors.split())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("nothing shipments in q3", True),
        ("nothing to wear", False),
        ("honor shipments", True),
        ("it is an honor", False),
        ("google it", False),
        ("google pixel shipments", True),
        ("lava flow", False),
        ("lava market share in india", True),
        ("is vivo bigger than nothing", True),
    ],
)
def test_a_word_that_is_a_name_too_is_one_among_words_about_phones(
    understanding: Understanding, text: str, named: bool
) -> None:
    ambiguous = {"nothing", "honor", "google", "lava"}
    assert bool(ambiguous & set(reading_of(understanding, text).slugs(Kind.VENDOR))) == named


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("in india", "india"),
        ("korea", "south-korea"),
        ("the united states of america", "united-states"),
        ("uk", "united-kingdom"),
        ("latam", "latin-america"),
        ("plans to go to india", "india"),
        ("in gernamy", "germany"),
        ("worldwide", "world"),
        ("spain and france", "spain france"),
        ("in western europe", "western-europe"),
    ],
)
def test_regions(understanding: Understanding, text: str, regions: str) -> None:
    assert reading_of(understanding, text).slugs(Kind.REGION) == tuple(regions.split())


def test_every_vendor_and_region_is_read_by_its_own_name(understanding: Understanding) -> None:
    catalogue = understanding.lexicon.catalogue
    for kind, owners in ((Kind.VENDOR, catalogue.vendors), (Kind.REGION, catalogue.regions)):
        for slug, owner in owners.items():
            if slug != TOTAL:
                assert slug in reading_of(understanding, f"{owner.name} shipments").slugs(kind), owner.name


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("10 million phones", 10),
        ("10m", 10),
        ("1.5 crore", 15),
        ("12,500,000 units", 12.5),
        ("12500000", 12.5),
        ("a million", 1),
        ("3 lakh", 0.3),
        ("1.2 billion", 1200),
    ],
)
def test_amounts_are_in_millions(understanding: Understanding, text: str, amount: float) -> None:
    assert reading_of(understanding, text).amounts == pytest.approx((amount,))


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("25% share", 25),
        ("25 percent", 25),
        ("half of india", 50),
        ("a fifth of the market", 20),
        ("two thirds of the market", 66.67),
    ],
)
def test_parts_of_the_market_are_in_percent(understanding: Understanding, text: str, percent: float) -> None:
    reading = reading_of(understanding, text)
    assert reading.percent
    assert reading.amounts == pytest.approx((percent,), abs=0.01)


@pytest.mark.parametrize(
    ("text", "position"),
    [("who came third", 3), ("no 2 in india", 2), ("# 4", 4), ("second place", 2), ("the 5th vendor", 5)],
)
def test_places_in_a_ranking(understanding: Understanding, text: str, position: int) -> None:
    assert reading_of(understanding, text).positions == (position,)


@pytest.mark.parametrize(
    "text", ["top 5", "q3 2017", "mi 6", "iphone 8", "in 2017", "the third quarter", "1,000 phones"]
)
def test_other_numbers_are_no_amounts(understanding: Understanding, text: str) -> None:
    assert reading_of(understanding, text).amounts == ()


@given(text=st.text(max_size=200))
def test_the_spans_of_any_text_lie_side_by_side(understanding: Understanding, text: str) -> None:
    reading = reading_of(understanding, text)
    ends = 0
    for span in reading.spans:
        assert ends <= span.start < span.stop <= len(reading.words) <= MOST_WORDS
        assert 0 <= span.score <= 1
        ends = span.stop


@given(
    names=st.lists(
        st.sampled_from(["xiaomi", "samsung", "spain", "india", "one plus", "mi a1"]),
        min_size=1,
        max_size=4,
        unique=True,
    ),
    small=st.sampled_from(["and", "or", ",", "the", "please"]),
)
def test_names_are_found_whatever_small_words_stand_between(
    understanding: Understanding, names: list[str], small: str
) -> None:
    reading = reading_of(understanding, f" {small} ".join(names))
    found = [span.typed for span in reading.spans if span.entry and span.entry.kind in NAMES]
    assert found == names
