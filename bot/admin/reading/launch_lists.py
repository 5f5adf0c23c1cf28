"""Reads lists of where something comes to, a day and its countries a line: "April 11 – Vietnam, New Zealand"."""

from __future__ import annotations

from bot.admin.reading.candidate import FoundLaunch
from bot.admin.reading.context import Context
from bot.admin.reading.destinations import Part
from bot.admin.reading.launch_dates import written_date
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.words import WORLD, Certainty

_FOR_SENTENCES = 14  # so many sentences after a launch was told may a line list where


def remember_launching(sentence: Sentence, context: Context) -> None:
    """Keep in mind what is being launched, so that a list of places after it has a meaning."""
    products = sentence.sorted_names(Sort.PRODUCT)
    if products and sentence.cues.any(0, len(sentence.tokens), "launches"):
        slug = products[0].slug
        texts = tuple(dict.fromkeys(name.text for name in products if name.slug == slug))
        context.launching = (context.renamed.get(slug, slug), texts, _FOR_SENTENCES)
    elif context.launching:
        vendor, texts, left = context.launching
        context.launching = (vendor, texts, left - 1) if left > 1 else None


def read_listed(sentence: Sentence, context: Context) -> list[FoundLaunch]:
    """The launches of a line that holds only a day or month and regions; none for any other line."""
    regions = [
        name for name in sentence.names if name.sort in (Sort.REGION, Sort.CITY) and name.slug not in (WORLD, "")
    ]
    moments = [one for one in sentence.moments if not one.compared and not one.fiscal]
    if not context.launching or not regions or len(moments) != 1 or not _holds_nothing_else(sentence):
        return []
    vendor, products, _ = context.launching
    when = written_date(moments[0], sentence, Part(0, len(sentence.tokens), 0), context)
    return [
        FoundLaunch(vendor, product, region.slug, when, Certainty.CONFIRMED, sentence.text)
        for region in dict.fromkeys(regions)
        for product in products
    ]


def _holds_nothing_else(sentence: Sentence) -> bool:
    """True where every word is a day, a region, or one of "and", "the", "in"."""
    return all(
        sentence.moment_at(at)
        or sentence.name_at(at)
        or not token.text[0].isalnum()
        or token.lower in small_words("in_list_of_places")
        for at, token in enumerate(sentence.tokens)
    )
