"""Finds the milestones and news that a question's own words point at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.understanding.lexicon import NAMES, Kind, Lexicon, stem, word_feature
from bot.understanding.lexicon import Story as Headline
from bot.understanding.query import Story
from bot.understanding.spans import Reading
from store.period import Kind as Length
from store.period import Period
from store.words import TOTAL

_WEIGHT = {
    "{vendor}": 1.0, "{vendor2}": 1.0, "{product}": 1.0, "{region}": 0.7, "{period}": 0.5, "{number}": 0.7,
    "{position}": 1.0,
    "doing": 0.3, "phone": 0.7, "first": 0.7, "market": 0.7, "elsewhere": 2.5, "vendor": 0.7, "sure": 0.7, "kind": 0.6,
    "{unit}": 0.4, "{analyst}": 0.6, "future": 0.1, "past": 0.1, "plural": 0.4, "ever": 0.4, "bot": 0.5,
}  # fmt: skip
_QUESTION_WEIGHT = 0.6
_WORD_WEIGHT = 1.2  # a word that nothing here knows
_QUESTIONS = {"who", "what", "which", "when", "where", "why", "how", "howmany"}
_GENERIC = {
    "phone", "launch", "ship", "vendor", "doing", "news", "upcoming", "profile", "top", "milestone", "country", "first",
    "source", "market", "rank", "share", "compare", "total", "grow", "list", "month",
}  # fmt: skip
_ASKING = {"news", "source", "sure", "upcoming", "profile"}  # how one asks for a story, not what it is about
_LEAST = 0.5
_MOSTLY = 0.75  # ... and so far by two of its rare words
_WHOLE = 0.9  # a question explained so far by a headline about the market itself needs no name
_RARE = 0.3  # a word of at most three headlines: two such words point at one without a name


@dataclass(frozen=True)
class Pointer:
    """A headline that a question may be about. `score` is how much of the question it explains, `told` how many of
    its telling words the question uses."""

    story: Story
    score: float
    told: float


def find_stories(reading: Reading, lexicon: Lexicon, most: int = 4, about: str | None = None) -> list[Pointer]:
    """The headlines that explain most of a question, the best first; those of another vendor are left out."""
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
        if feature == "elsewhere":
            asked[f"w:{stem(span.typed)}"] = _weigh(feature)
            continue
        light = feature in _ASKING or (span.entry is not None and span.entry.kind is Kind.QUESTION)
        asked[feature] = min(0.3, _weigh(feature)) if light else _weigh(feature)
    if about:
        asked[f"{Kind.PRODUCT}:{about}"] = _weigh("{product}")
    asked |= {f"<{position}>": 1.0 for position in reading.positions}
    for period in (one.period for one in reading.found if one.period.end - one.period.start < timedelta(days=70)):
        asked |= {f"<m{month.start.month}>": 0.5 for month in period.split(Length.MONTH)}
    whole = sum(asked.values())
    periods = [one.period for one in reading.found]
    found = [
        pointer
        for headline in lexicon.stories
        if not (headline.period and periods and not any(_overlap(headline.period, one) for one in periods))
        and (pointer := _point(headline, asked, whole, lexicon))
    ]
    found.sort(key=lambda pointer: (-pointer.score, -pointer.told))
    return [pointer for pointer in found[:most] if pointer.score > 0.85 * found[0].score]


def _weigh(feature: str) -> float:
    """How much a piece of a question counts in what a headline must explain."""
    if feature in _QUESTIONS:
        return _QUESTION_WEIGHT
    return _WEIGHT.get(feature, _WORD_WEIGHT if feature.startswith("w:") else 1.0)


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _point(headline: Headline, asked: dict[str, float], whole: float, lexicon: Lexicon) -> Pointer | None:
    explained, told, names, rare, proper = 0.0, 0.0, 0, 0, False
    for feature, weight in asked.items():
        kind, _, slug = feature.partition(":")
        if kind == "vendor" and slug:
            # A brand can be part of the story too: "Google support" in news about Huawei.
            in_words = word_feature(slug, lexicon.phrases) in headline.words
            if slug != headline.vendor and not in_words:
                return None
            names += 1
            told += 0.8 if slug != headline.vendor else 0.0
            explained -= 0.3 if slug != headline.vendor and not headline.product else 0.0
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
            explained += 0.05 if slug == headline.region else 0.0
        elif feature in headline.words:
            told += 0.0 if weight < 0.4 else 0.45 if feature in _GENERIC else 1.0
            rare += lexicon.story_weight.get(feature, 0.0) >= _RARE
            proper = proper or feature in lexicon.proper
        else:
            continue
        explained += weight
    of_the_market = headline.vendor == TOTAL and explained >= _WHOLE * whole > 0
    nameless = rare >= 2 and explained >= _MOSTLY * whole and (headline.kind == "news" or proper)
    if not names and not nameless and not of_the_market:
        return None
    names += not names and of_the_market
    if told < 0.8 or explained / whole < _LEAST or told + names < 1.8:
        return None
    return Pointer(Story(headline.kind, headline.row_id), explained / whole, told)
