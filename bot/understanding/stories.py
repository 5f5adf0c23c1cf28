"""Finds the milestones and news that a question's own words point at."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.lexicon import NAMES, Kind, Lexicon, word_feature
from bot.understanding.lexicon import Story as Headline
from bot.understanding.phrasings import weigh
from bot.understanding.query import Story
from bot.understanding.spans import Reading

_GENERIC = {
    "phone",
    "launch",
    "ship",
    "vendor",
    "doing",
    "news",
    "upcoming",
    "profile",
    "top",
    "milestone",
    "country",
    "first",
    "kind",
    "source",
}
_LEAST = 0.5


@dataclass(frozen=True)
class Pointer:
    """A headline that a question may be about. `score` is how much of the question it explains, `told` how many of
    its telling words the question uses."""

    story: Story
    score: float
    told: int


def find_stories(reading: Reading, lexicon: Lexicon, most: int = 4) -> list[Pointer]:
    """The headlines that explain most of a question, the best first; those of another vendor or product are left out."""
    asked: dict[str, float] = {}
    for span in reading.spans:
        if span.entry is None or span.entry.kind is Kind.WORD:
            feature = word_feature(span.entry.value if span.entry else span.typed, lexicon.phrases)
        elif span.entry.kind in (Kind.CONCEPT, Kind.QUESTION):
            feature = span.entry.value
        elif span.entry.kind in NAMES:
            feature = f"{span.entry.kind}:{span.entry.value}"
        else:
            continue
        asked[feature] = 0.3 if span.entry and span.entry.kind is Kind.QUESTION else weigh(feature)
    whole = sum(asked.values())
    found = [pointer for headline in lexicon.stories if (pointer := _point(headline, asked, whole, lexicon))]
    found.sort(key=lambda pointer: (-pointer.score, -pointer.told))
    return found[:most]


def _point(headline: Headline, asked: dict[str, float], whole: float, lexicon: Lexicon) -> Pointer | None:
    explained, told, names = 0.0, 0, 0
    for feature, weight in asked.items():
        kind, _, slug = feature.partition(":")
        if kind == "vendor" and slug:
            # A brand can be part of the story too: "Google support" in news about Huawei.
            in_words = word_feature(slug, lexicon.phrases) in headline.words
            if slug != headline.vendor and not in_words:
                return None
            names += 1
            told += in_words and slug != headline.vendor
        elif kind == "product" and slug:
            if slug != headline.product and lexicon.catalogue.products[slug].vendor != headline.vendor:
                return None
            if slug != headline.product:
                continue
            names, told = names + 1, told + 1
        elif kind == "region" and slug:
            near = {headline.region, *lexicon.catalogue.around(headline.region)}
            if slug not in near and word_feature(slug, lexicon.phrases) not in headline.words:
                continue
            names += slug != "world"
        elif feature in headline.words:
            told += feature not in _GENERIC and weight >= 0.6
        else:
            continue
        explained += weight
    if not told or explained / whole < _LEAST or told + names < 2:
        return None
    return Pointer(Story(headline.kind, headline.row_id), explained / whole, told)
