"""The index of words and names: what each means, in which order of precedence."""

from __future__ import annotations

import pytest

from bot.understanding.lexicon import Entry, Kind, build_lexicon, ordinary_words, stem, word_feature
from bot.understanding.understand import Understanding
from store.catalogue import Catalogue, KnownRegion, KnownVendor, Name
from store.words import Metric


def vendor(slug: str, *names: Name) -> KnownVendor:
    return KnownVendor(slug, slug.title(), None, None, None, (Name(slug.title()), *names))


def test_names_are_found_by_their_letters_whatever_the_spaces() -> None:
    lexicon = build_lexicon(Catalogue({"acme": vendor("acme", Name("Acme Corp"), Name("अक्मे"))}))
    for key in ("acme", "acmecorp", "अक्मे"):
        assert lexicon.names[key] == (Entry(Kind.VENDOR, "acme"),)


def test_a_name_that_two_have_keeps_both() -> None:
    region = KnownRegion("georgia", "Georgia", None, "GE", (Name("Georgia"),))
    lexicon = build_lexicon(Catalogue({"georgia": vendor("georgia")}, {"georgia": region}))
    assert [entry.kind for entry in lexicon.names["georgia"]] == [Kind.VENDOR, Kind.REGION]


def test_a_taught_word_means_its_metric_even_where_another_language_has_it() -> None:
    lexicon = build_lexicon(Catalogue(metric_words=(("bleem", Metric.MARKET_SHARE), ("pole star", Metric.RANK))))
    assert lexicon.phrases["bleem"] == Entry(Kind.CONCEPT, "share")
    assert lexicon.phrases["pole star"] == Entry(Kind.CONCEPT, "rank")


def test_english_comes_first_where_languages_share_a_word(understanding: Understanding) -> None:
    assert understanding.lexicon.phrases["no"].kind is Kind.FILLER
    assert understanding.lexicon.phrases["ventas"] == Entry(Kind.CONCEPT, "ship")


@pytest.mark.parametrize(
    ("one", "other"),
    [("licence", "licences"), ("party", "parties"), ("burn", "burning"), ("open", "opened"), ("fix", "fixes")],
)
def test_endings_make_no_difference(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["as", "is", "es", "ring", "bed"])
def test_short_words_are_left_whole(word: str) -> None:
    assert len(stem(word)) >= 2


def test_a_word_is_matched_by_what_it_means(understanding: Understanding) -> None:
    phrases = understanding.lexicon.phrases
    assert word_feature("shipments", phrases) == word_feature("sold", phrases) == "ship"
    assert word_feature("batteries", phrases) == word_feature("battery", phrases)


def test_ordinary_words_are_english_and_hold_no_vendor_that_is_none(understanding: Understanding) -> None:
    ordinary = ordinary_words()
    assert {"weather", "apple", "nothing", "honor"} <= ordinary
    assert not {"xiaomi", "huawei", "realme", "vivoo"} & ordinary
