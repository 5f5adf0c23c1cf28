"""Headlines found by the words that a question has in common with them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon, build_lexicon
from bot.understanding.spans import read
from bot.understanding.stories import Pointer, find_stories
from bot.understanding.text import words
from store.catalogue import Catalogue, Headline, KnownProduct, KnownRegion, KnownVendor, Name

TODAY = date(2017, 11, 1)
HEADLINES = (
    Headline("news", 1, "acme", "rocket", "spain", "Acme recalls the Rocket for burning batteries", "fire"),
    Headline("news", 2, "acme", None, "world", "Acme hires Wile Coyote as chief engineer", ""),
    Headline("milestone", 3, "acme", None, "spain", "First shop opens in Madrid", "", "", "2016Q1"),
    Headline("news", 4, "bolt", None, "world", "Bolt recalls its chargers for burning", ""),
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    vendors = {
        slug: KnownVendor(slug, slug.title(), None, None, None, (Name(slug.title()),)) for slug in ("acme", "bolt")
    }
    regions = {
        "world": KnownRegion("world", "World", None, None, (Name("World"),)),
        "spain": KnownRegion("spain", "Spain", "world", "ES", (Name("Spain"),)),
    }
    products = {"rocket": KnownProduct("rocket", "Rocket", "acme", (Name("Rocket"),))}
    return build_lexicon(Catalogue(vendors, regions, products, HEADLINES))


def found(lexicon: Lexicon, text: str) -> list[Pointer]:
    return find_stories(read(words(text), lexicon, TODAY), lexicon)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("why did acme recall batteries", 1),
        ("acme burning battery recall", 1),
        ("rocket burning batteries", 1),
        ("did acme hire wile coyote as engineer", 2),
        ("acme shop in madrid", 3),
        ("bolt recalling chargers", 4),
    ],
)
def test_a_question_finds_the_headline_that_explains_it(lexicon: Lexicon, question: str, row: int) -> None:
    assert found(lexicon, question)[0].story.row_id == row


@pytest.mark.parametrize(
    "question", ["acme shipments", "what does a coyote eat", "recall", "", "acme", "when is easter"]
)
def test_what_no_headline_explains_finds_none(lexicon: Lexicon, question: str) -> None:
    assert found(lexicon, question) == []


def test_the_headlines_of_another_vendor_are_left_out(lexicon: Lexicon) -> None:
    assert {pointer.story.row_id for pointer in found(lexicon, "bolt burning recall")} == {4}


def test_a_headline_of_another_time_is_left_out(lexicon: Lexicon) -> None:
    assert found(lexicon, "acme shop opens in madrid in q1 2016")
    assert found(lexicon, "acme shop opens in madrid in q1 2015") == []


def test_the_more_of_a_question_is_explained_the_surer(lexicon: Lexicon) -> None:
    near, far = (
        found(lexicon, "acme recalls burning batteries"),
        found(lexicon, "acme recalls burning batteries and purple zebras"),
    )
    assert near[0].score > (far[0].score if far else 0)
