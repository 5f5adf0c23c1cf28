"""Follow-up questions: "and in Spain?", "what about Samsung?", "which phone?", "who said so?"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.understanding.lexicon import Kind
from bot.understanding.query import Intent, Query
from bot.understanding.spans import Reading

if TYPE_CHECKING:
    from bot.understanding.understand import Understanding

_PRONOUNS = {"it", "they", "them", "their", "its", "this", "that", "there", "he", "those"}
_OPENINGS = (("and",), ("what", "about"), ("how", "about"), ("what", "of"), ("or",), ("also",), ("same",), ("but",))
_NOT_FOLLOWED = {Intent.GREETING, Intent.HELP, None}


def follow(understanding: Understanding, own: Query, reading: Reading, previous: Query) -> Query:
    """What a question means after the one before it; the question itself where it stands on its own."""
    if previous.intent in _NOT_FOLLOWED or own.unknown or not reading.words:
        return own
    pronoun = bool(_PRONOUNS & set(reading.words))
    opening = next((opening for opening in _OPENINGS if tuple(reading.words[: len(opening)]) == opening), ())
    if _only_names(reading, len(opening)) and (opening or not own.vendors):
        return _swapped(own, previous)
    if own.intent is Intent.SOURCE and not own.vendors and not own.product:
        return _inherited(replace(own, about=own.about or previous.about or previous.intent), previous)
    names_missing = not own.vendors and not own.product
    if not names_missing or not (previous.vendors or previous.regions):
        return own
    if own.intent is not None and not pronoun and not opening and own.confidence >= 0.95:
        return own
    given = {"{vendor}"} if previous.vendors else set()
    given |= {"{region}"} if previous.regions and not own.regions else set()
    for slots in (given, given - {"{region}"}):
        again = understanding.query(own.text, own.today, reading, slots)
        better = again.intent is not None and again.confidence >= max(own.confidence - 0.05, 0.74)
        if slots and better and again.intent not in (Intent.GREETING, Intent.HELP) and not again.unknown:
            keep_region = "{region}" in slots
            return _inherited(again, previous if keep_region else replace(previous, regions=()))
    return own


def _only_names(reading: Reading, skip: int) -> bool:
    """True for "and in Spain?", "samsung", "q3?": nothing but names, periods and small words."""
    spans = [span for span in reading.spans if span.start >= skip]
    named = any(span.entry and span.entry.kind in (Kind.VENDOR, Kind.REGION, Kind.PRODUCT) for span in spans)
    small = all(span.entry and span.entry.kind not in (Kind.CONCEPT, Kind.QUESTION) for span in spans)
    return small and (named or bool(reading.found))


def _swapped(own: Query, previous: Query) -> Query:
    """The previous question with the names that are new."""
    return replace(
        previous,
        text=own.text,
        today=own.today,
        vendors=own.vendors or previous.vendors,
        regions=own.regions or previous.regions,
        period=own.period or previous.period,
        days=own.days if own.period else previous.days,
        product=own.product if own.vendors or own.product else previous.product,
        stories=(),
        follows=True,
        confidence=max(own.confidence, 0.9),
    )


def _inherited(query: Query, previous: Query) -> Query:
    """The question with the names it leaves out taken from the previous one."""
    return replace(
        query,
        vendors=query.vendors or previous.vendors,
        regions=query.regions or previous.regions,
        period=query.period or previous.period,
        days=query.days or previous.days,
        product=query.product or previous.product,
        metric=query.metric or previous.metric,
        stories=query.stories or previous.stories,
        follows=True,
    )
