"""Tells which lines head a part of an article: a vendor's name over an item of a list, a country's over a paragraph."""

from __future__ import annotations

import re

from bot.admin.reading.context import NOBODY, TOTAL_MARKET, Context
from bot.admin.reading.names import Sort
from bot.admin.reading.sentence import Sentence
from bot.admin.reading.small_words import small_words
from store.period import Kind
from store.words import WORLD

_LONGEST_HEADING = 9  # words
_LABELS = {":", "–", "—", "-"}


def heading_vendor(sentence: Sentence) -> tuple[int, str] | None:
    """The number and the vendor of "3. Xiaomi" as a line of its own."""
    match = re.fullmatch(r"(?:#|No\.\s?)?(\d{1,2})[.):]?\s*(?:[-–—:]\s*)?(.{2,30})", sentence.text.strip())
    if not match:
        return None
    vendors = [name for name in sentence.names if name.sort is Sort.VENDOR]
    words = [token for token in sentence.tokens if token.text[0].isalpha()]
    if len(vendors) == 1 and len(words) == vendors[0].stop - vendors[0].start:
        return int(match[1]), vendors[0].slug
    return None


def begin_line(sentence: Sentence, context: Context, whole_line: bool, first: bool) -> None:
    """Note a heading, or a label that opens a line: "Indonesia", "Indonesia: shipments fell"; the first is the
    headline."""
    context.label = False
    region = _region_alone(sentence) if whole_line else None
    if region is not None:
        context.section_region = region if region != WORLD else None
        context.region, context.subject, context.item_vendor = context.section_region, TOTAL_MARKET, None
        return
    if whole_line and _is_heading(sentence):
        context.section_region = None
        told = [
            one.period
            for one in sentence.moments
            if one.days is None
            and one.period.start <= context.today
            and (one.period.kind is not Kind.YEAR or sentence.cues.any(0, len(sentence.tokens), "makers", "market"))
        ]
        context.section_period = told[0] if len(told) == 1 and not first else None
        context.period = context.section_period
        return
    if not sentence.names and re.match(r"(?:\d{1,2}[.)]\s*)?[A-Z]\w+(?: [A-Z]\w+)?\s?[:–—-]\s?\d", sentence.text):
        context.subject, context.item_vendor = NOBODY, None  # "3. Toshiba: 6.8%"
    labelled = _labelled_region(sentence)
    if labelled:
        context.region, context.subject, context.item_vendor, context.label = labelled, TOTAL_MARKET, None, True


def _region_alone(sentence: Sentence) -> str | None:
    """The region of a line that holds nothing else but "market" or "smartphone shipments"; "" for one with no name."""
    named = sentence.sorted_names(Sort.REGION)
    if len(named) != 1 or len(sentence.tokens) > _LONGEST_HEADING or sentence.amounts or sentence.moments:
        return None
    rest = [
        token.lower
        for at, token in enumerate(sentence.tokens)
        if not named[0].start <= at < named[0].stop and token.text[0].isalpha()
    ]
    return named[0].slug if all(word in small_words("in_region_heading") for word in rest) else None


def _is_heading(sentence: Sentence) -> bool:
    """True for a short line of words with no end of a sentence."""
    words = [token for token in sentence.tokens if token.text[0].isalpha()]
    return 0 < len(words) <= _LONGEST_HEADING and sentence.text[-1] not in '.!?,;"' and not sentence.amounts


def _labelled_region(sentence: Sentence) -> str | None:
    """The region of a line that begins "Indonesia: ..." or "Malaysia – 2%"."""
    first = sentence.names[0] if sentence.names else None
    if first is None or first.sort is not Sort.REGION or first.start != 0 or first.slug in (WORLD, ""):
        return None
    return first.slug if sentence.lower(first.stop) in _LABELS and len(sentence.tokens) > first.stop + 1 else None
