"""What else a question may have meant: another name for a mistyped one, another intent that is nearly as likely.

Only where a reading was unsure is any of this worked out; a clear question costs one comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.clues import features_of
from bot.understanding.lexicon import NAMES, Lexicon
from bot.understanding.query import Intent, Query
from bot.understanding.settling import settled
from bot.understanding.slots import slots_of
from bot.understanding.spans import Reading, Span
from bot.understanding.stories import find_stories
from bot.understanding.understand import Understanding

SURE = 0.85  # from here on an intent is no guess
_LEAST = 0.08  # what is less likely is no other reading
_LEAST_OF_STRANGE = 0.25  # ... of a question that is rather none of the bot's business
_NEARLY = 0.1  # two intents so close are as good as equally likely
_NAMES_NEARLY = 0.03
_AS_NEAR = 0.12  # a name that is so much less near than the one believed is not meant
_MOST_NAMES = 3
_LONGEST = 24  # words: a longer message has more in it than a name that was mistyped
_NOT_OFFERED = {
    Intent.HELP, Intent.GREETING, Intent.SUBSCRIPTIONS, Intent.SUBSCRIBE, Intent.UNSUBSCRIBE, Intent.SOURCE,
}  # fmt: skip


@dataclass(frozen=True)
class Others:
    """The other readings, the likeliest first. `even`: one is as good as the one believed, so that to answer is to
    toss a coin."""

    queries: tuple[Query, ...] = ()
    even: bool = False


def is_clear(reading: Reading, query: Query) -> bool:
    """True where nothing about a question was guessed: the names are as written, and the intent is sure."""
    return query.intent is not None and not query.unknown and query.confidence >= SURE and reading.surest == 1.0


def other_readings(understanding: Understanding, today: date, reading: Reading, query: Query) -> Others:
    """The other readings of a question that was believed to be `query`; none where it is clear."""
    if is_clear(reading, query) or not 0 < len(reading.words) <= _LONGEST:
        return Others()
    if query.follows and not query.unknown:
        alone = understanding.understand(query.text, today)
        return Others((alone,) if alone.intent and not alone.unknown else ())
    names = list(_other_names(understanding, today, reading, query))
    intents = [] if query.unknown else list(_other_intents(understanding, today, reading, query))
    queries: dict[tuple[object, ...], Query] = {}
    for other in sorted([*names, *intents], key=lambda one: -one.confidence):
        queries.setdefault(_meaning(other), other)
    queries.pop(_meaning(query), None)
    nearest = max((one.confidence for one in names), default=0.0)
    even = query.intent is not None and not query.unknown and bool(
        any(one.confidence > query.confidence - _NEARLY for one in intents)
        or (reading.surest < 1.0 and nearest > query.confidence - _NAMES_NEARLY)
    )  # fmt: skip
    return Others(tuple(queries.values()), even)


def _meaning(query: Query) -> tuple[object, ...]:
    """What tells two queries apart, for a person."""
    return (
        query.intent, query.vendors, frozenset(query.regions) - {"world"}, query.product, query.metric, query.period,
        query.amount, query.position,
    )  # fmt: skip


def _other_names(understanding: Understanding, today: date, reading: Reading, query: Query) -> Iterator[Query]:
    """The question with another name in the place of one that was mended, or of one that nobody knows."""
    for span in reading.spans:
        strange = span.entry is None and span.typed not in understanding.lexicon.ordinary
        unknown = strange and span.typed in query.unknown
        guessed = span.entry is not None and span.entry.kind in NAMES and (span.score < 1.0 or span.others)
        if not (unknown or guessed):
            continue
        for slug, score in _near_names(span, understanding.lexicon):
            name = understanding.lexicon.catalogue.name(slug)
            words = (*reading.words[: span.start], name, *reading.words[span.stop :])
            other = understanding.understand(" ".join(words), today)
            named = slug in (*other.vendors, *other.regions, other.product)
            if named and other.intent and not other.unknown and other.intent not in _NOT_OFFERED:
                yield replace(other, confidence=round(other.confidence * score, 3))


def _near_names(span: Span, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Those whose names are spelled nearly so, with how near; of the same kind as the one that was read."""
    seen = {span.entry.value} if span.entry else set()
    kinds = (span.entry.kind,) if span.entry else NAMES
    for entry in span.others:
        if entry.kind in kinds and entry.value not in seen:
            seen.add(entry.value)
            yield entry.value, 1.0
    if span.score == 1.0 and span.entry:
        return
    for match in lexicon.fuzzy.nearest("".join(span.typed.split()), most=20, loosely=True):
        if span.entry and match.score < span.score - _AS_NEAR:
            continue
        for entry in lexicon.names.get(match.key, ()):
            if entry.kind in kinds and entry.value not in seen and len(seen) <= _MOST_NAMES:
                seen.add(entry.value)
                yield entry.value, match.score


def _other_intents(understanding: Understanding, today: date, reading: Reading, query: Query) -> Iterator[Query]:
    """The question as one of another intent, where the weights leave one that is likely enough."""
    lexicon = understanding.lexicon
    pointers = find_stories(reading, lexicon)
    decision = understanding.decide(reading, pointers)
    if decision.exact or (query.intent is not None and query.confidence >= SURE):
        return
    ours = bool(query.vendors or query.product or query.regions)
    least = _LEAST if query.intent is not None else _LEAST_OF_STRANGE
    slots = slots_of(query.text, today, reading, lexicon)
    for intent, score in decision.likely:
        if intent is None or intent in _NOT_OFFERED or score < least or not ours:
            continue
        stories = tuple(pointer.story for pointer in pointers) if intent in (Intent.NEWS, Intent.MILESTONES) else ()
        guess = replace(slots, intent=intent, stories=stories, confidence=round(score * reading.surest, 3))
        other = settled(guess, features_of(reading), lexicon)
        if other.intent is not query.intent:
            yield other
