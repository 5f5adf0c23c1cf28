"""Follow-up questions: "and in Spain?", "what about Samsung?", "vs Apple?", "the year before?", "who said so?"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bot.understanding.lexicon import Kind, language_files, words_under
from bot.understanding.pictures import asks_for_picture
from bot.understanding.query import Aspect, Intent, Query
from bot.understanding.shifted import shifted
from bot.understanding.spans import Reading
from bot.understanding.text import words as cut
from bot.understanding.wishes import wanted
from store.period import Kind as Length
from store.words import Metric

if TYPE_CHECKING:
    from bot.understanding.understand import Understanding

_SHORT = 4  # words: so short a question that names nobody leans on the one before
_NOT_FOLLOWED = {Intent.GREETING, Intent.HELP, None}
_NUMBERS = {
    Intent.VALUE, Intent.TOTAL, Intent.COMPARE, Intent.TREND, Intent.GROWTH, Intent.RECORD, Intent.RANKING,
    Intent.LEADER, Intent.CROSSING, Intent.SOURCE,
}  # fmt: skip
_METRICS = {"ship": Metric.SHIPMENTS, "share": Metric.MARKET_SHARE, "rank": Metric.RANK, "grow": Metric.GROWTH}
_EXTREMES = {"best", "worst", "average", "record"}
_DRAWN_AS_THEY_ARE = {Intent.COMPARE, Intent.RANKING, Intent.LEADER, Intent.TREND}
_OF_ALL = {"total", "market", "vendors"}
_OF_A_PLACE = {Intent.TOTAL, Intent.RANKING, Intent.LEADER}  # asked of a whole region, whatever vendor was spoken of
_OF_THE_CHAT = {Intent.GREETING, Intent.HELP, Intent.SUBSCRIPTIONS}
_OF_THE_LIST = {Intent.SUBSCRIPTIONS, Intent.UNSUBSCRIBE}  # of all of them, where it names none
_LEAST_SURE = 0.5


def follow(understanding: Understanding, own: Query, reading: Reading, previous: Query) -> Query:
    """What a question means after the one before it; the question itself where it stands on its own."""
    if previous.intent in _NOT_FOLLOWED or not reading.words:
        return own
    changed = _part_changed(understanding, own, reading, previous)
    if changed:  # its words say no more than names: it is as sure as they are
        return replace(changed, confidence=round(changed.confidence * reading.surest, 3))
    return _leaning(understanding, own, reading, previous)


def _part_changed(understanding: Understanding, own: Query, reading: Reading, previous: Query) -> Query | None:
    """The previous question with the one thing changed that this one names; None where it asks something else."""
    asked = reading.concepts
    named = own.vendors or own.product
    if own.unknown and not _opening(reading):
        return None  # it names somebody, whom nobody knows: that is no question about the one before
    if not named:
        shifted = _shifted(own, reading, understanding, previous)
        if shifted:
            return shifted
        if asked and asked <= {"trend"} and _drawn_as_it_is(previous) and asks_for_picture(own.text):
            return replace(_swapped(own, previous), aspects=previous.aspects | {Aspect.CHART})
        if asked and asked <= {"trend"} and len(reading.words) <= 8:
            return _inherited(replace(own, intent=Intent.TREND), previous)
        measure = _measure(own, asked, previous)
        if measure and previous.intent in _NUMBERS and not own.regions:
            return _measured(own, measure, previous)
        if asked and asked <= _EXTREMES:
            return _inherited(replace(own, intent=Intent.RECORD), previous)
        if (
            asked & {"total", "market"}
            and not reading.positions  # "who is third on the world market?" is about one of them
            and asked <= _OF_ALL | {"phone", "ship", "howmany"}
            and previous.intent in _NUMBERS
        ):
            return _of_everyone(own, previous)
    elif len(own.vendors) == 1 and previous.vendors and asked and asked <= {"compare", "adding"}:
        return _against(own, previous)
    opening = _opening(reading)
    instead = _instead(own, reading, previous)
    if instead:
        return _swapped(replace(own, vendors=instead), previous)
    about_numbers = previous.intent in _NUMBERS and bool(previous.vendors)
    if _only_names(reading, opening) and (
        opening or not named or "?" in own.text or _hedged(reading) or (about_numbers and own.vendors)
    ):
        return _swapped(own, previous)
    return None


def _measure(own: Query, asked: frozenset[str], previous: Query) -> Metric | None:
    """The measure that "in units?", "as a percentage of the market?" or "and its rank?" ask for."""
    named = asked - {"phone", "market"}
    if len(named) == 1 and named <= _METRICS.keys() and (named == asked or own.metric):
        return _METRICS[next(iter(named))]
    counted = asked == {"phone"} and own.metric is Metric.SHIPMENTS and own.period is None
    return own.metric if counted and (previous.vendors or previous.intent in _OF_A_PLACE) else None


def _instead(own: Query, reading: Reading, previous: Query) -> tuple[str, ...]:
    """The vendors of "same for vivo instead of oppo": those of the question before with one taken for another."""
    said = list(reading.corrected)
    if "instead" not in said or len(own.vendors) != 2:
        return ()
    place = said.index("instead")
    named = [(span.start, span.entry.value) for span in reading.spans if span.entry and span.entry.kind is Kind.VENDOR]
    old = next((vendor for start, vendor in named if start > place), "")
    new = next((vendor for vendor in own.vendors if vendor != old), "")
    return tuple(new if vendor == old else vendor for vendor in previous.vendors) if old in previous.vendors else ()


def _leaning(understanding: Understanding, own: Query, reading: Reading, previous: Query) -> Query:
    """A question of another kind that leaves to the one before who, where or when."""
    said = set(reading.corrected)
    named = bool(own.vendors or own.product)
    pronoun = bool(words_under("pronouns") & said) and not named
    leaning = bool((words_under("pronouns") | words_under("pointers")) & said) or bool(_opening(reading))
    if own.intent is Intent.SOURCE and not named:
        return _inherited(replace(own, about=own.about or previous.about or previous.intent), previous)
    if named and not leaning:
        return own
    if own.intent in _OF_THE_LIST and not leaning:
        return own
    if not leaning and _says_what(own):
        return own
    of_a_place = own.intent in _OF_A_PLACE or bool({Aspect.FASTEST, Aspect.SLOWEST} & own.aspects)
    if of_a_place and not pronoun:
        monthly = previous.period is not None and previous.period.kind is Length.MONTH  # nobody ranks vendors by month
        whole = own.period is not None or (monthly and not leaning)
        return own if own.regions and whole else _inherited(own, _without_vendor(previous))
    if own.unknown and not leaning:
        return own
    if own.stories and own.intent in (Intent.NEWS, Intent.MILESTONES) and not pronoun:
        return own
    if previous.product and pronoun:
        told = understanding.told_of(own, reading, previous.product)
        if told:
            return told
    short = not named and not own.regions and len(reading.words) <= _SHORT
    if own.intent is not None and not leaning and not short and own.confidence >= 0.9:
        return own
    given = {"{vendor}"} if previous.vendors and not named else set()
    given |= {"{region}"} if previous.regions and not own.regions else set()
    again = understanding.query(own.text, own.today, reading, given or {"{vendor}"})
    if again.intent in (None, Intent.GREETING, Intent.HELP) or again.unknown or again.confidence < _LEAST_SURE:
        if own.intent is None or own.unknown or own.intent in _OF_THE_CHAT or not leaning:
            return own
        again = own
    if not leaning and _says_what(again):
        return again
    if own.intent in (Intent.CROSSING, Intent.COMPARE) and len(own.vendors) == 1 and words_under("pronouns") & said:
        both = tuple(dict.fromkeys((*previous.vendors[:1], *own.vendors)))
        again = replace(again, intent=own.intent, vendors=both)  # "did they pass Apple?" asks of two, whatever else
    kept = previous if named or pronoun or again.intent not in _OF_A_PLACE else _without_vendor(previous)
    if again.intent is Intent.TOTAL and pronoun and len(kept.vendors) == 1 and not _OF_ALL & reading.concepts:
        again = replace(again, intent=Intent.VALUE)  # "how many was that in units?"
    return _inherited(again, kept)


def _says_what(query: Query) -> bool:
    """True for "subscribe to corrections", which leaves nothing to the question before it."""
    return query.intent is Intent.SUBSCRIBE and (query.about is not None or wanted(query.text).says_what)


def _without_vendor(previous: Query) -> Query:
    return replace(previous, vendors=(), product=None, metric=None)


def _of_everyone(own: Query, previous: Query) -> Query:
    """ "and the whole market?": what was asked of a vendor, asked of all together."""
    same = previous.intent in (Intent.GROWTH, Intent.TREND, Intent.RECORD)
    metric = own.metric or (previous.metric if same else None)
    query = replace(_swapped(own, previous), intent=previous.intent if same else Intent.TOTAL, metric=metric)
    return replace(query, vendors=(), product=None)


@cache
def _openings() -> tuple[tuple[str, ...], ...]:
    """The words that follow-ups begin with in any language, the longest first."""
    found = {tuple(cut(str(one))) for lists in language_files("words").values() for one in lists.get("openings", ())}
    return tuple(sorted(found, key=lambda words: (-len(words), words)))


def _opening(reading: Reading) -> int:
    """How many words a follow-up's opening takes: "and", "what about"; 0 where there is none."""
    words = reading.corrected
    return next((len(opening) for opening in _openings() if tuple(words[: len(opening)]) == opening), 0)


def _hedged(reading: Reading) -> bool:
    """True for "no, huawei", "ok and huawei", "i meant samsung": small words before the name."""
    return bool(reading.spans) and reading.spans[0].entry is not None and reading.spans[0].entry.kind is Kind.FILLER


def _only_names(reading: Reading, skip: int) -> bool:
    """True for "and in Spain?", "samsung", "q3?": nothing but names, periods and small words."""
    spans = [span for span in reading.spans if span.stop > skip]  # the "en" of "y en todo el mundo" is of the name
    named = any(span.entry and span.entry.kind in (Kind.VENDOR, Kind.REGION, Kind.PRODUCT) for span in spans)
    heavy = (Kind.CONCEPT, Kind.QUESTION)
    small = all(span.entry and span.entry.kind not in heavy for span in spans if not _meaning_nothing(span.entry))
    return small and (named or bool(reading.found))


def _meaning_nothing(entry: object) -> bool:
    return getattr(entry, "value", None) in ("past", "future", "sure", "doing", "ever")


def _swapped(own: Query, previous: Query) -> Query:
    """The previous question with the names that are new; a time nobody named is found anew for them."""
    if (own.vendors or own.regions or own.product) and "period" in previous.implied:
        previous = replace(previous, period=None, days=None)
    return replace(
        previous,
        text=own.text,
        today=own.today,
        vendors=own.vendors or previous.vendors,
        regions=own.regions or previous.regions,
        period=own.period or previous.period,
        days=own.days if own.period else previous.days,
        product=own.product if own.vendors or own.product else previous.product,
        intent=previous.about if previous.intent is Intent.SOURCE and previous.about else previous.intent,
        stories=(),
        unknown=(),
        follows=True,
        confidence=max(own.confidence, 0.9),
    )


def _against(own: Query, previous: Query) -> Query:
    """ "vs Apple?": the vendors spoken of, and the new one, side by side."""
    both = tuple(dict.fromkeys((*previous.vendors, *own.vendors)))
    query = _swapped(own, previous)
    return replace(query, intent=Intent.COMPARE, vendors=both, metric=own.metric or previous.metric)


def _measured(own: Query, metric: Metric, previous: Query) -> Query:
    """ "and in market share?": the previous question in another measure."""
    intent = Intent.GROWTH if metric is Metric.GROWTH else previous.intent
    if (
        intent in (Intent.LEADER, Intent.CROSSING)
        and len(previous.vendors) == 1
        and {"many", "much"} & set(cut(own.text))
    ):
        intent = Intent.VALUE
    if previous.intent is Intent.GROWTH and metric is not Metric.GROWTH:
        intent = Intent.VALUE if previous.vendors else Intent.TOTAL
    return replace(_swapped(own, previous), intent=intent, metric=metric)


def _drawn_as_it_is(previous: Query) -> bool:
    """True where the answer before had several numbers, so that "as a chart" means these and not one's course."""
    if previous.intent is Intent.GROWTH:
        return not previous.vendors or bool({Aspect.FASTEST, Aspect.SLOWEST} & previous.aspects)
    return previous.intent in _DRAWN_AS_THEY_ARE


def _shifted(own: Query, reading: Reading, understanding: Understanding, previous: Query) -> Query | None:
    """ "the year before?", "and the following quarter?": the previous question, about another time."""
    if previous.period is None:
        return None
    period = shifted(own, reading, understanding.lexicon.symbols, previous.period, _opening(reading))
    return replace(_swapped(own, previous), period=period, days=None) if period else None


def _inherited(query: Query, previous: Query) -> Query:
    """The question with the names it leaves out taken from the previous one."""
    if "period" in previous.implied and query.intent not in _NUMBERS - {Intent.TREND}:
        previous = replace(previous, period=None, days=None)
    return replace(
        query,
        vendors=query.vendors or previous.vendors,
        regions=query.regions or previous.regions,
        period=query.period or previous.period,
        days=query.days or previous.days,
        product=query.product or previous.product,
        metric=query.metric or _metric_kept(query, previous),
        stories=query.stories or previous.stories,
        implied=previous.implied,
        follows=True,
    )


def _metric_kept(query: Query, previous: Query) -> Metric | None:
    if query.intent not in _NUMBERS or (previous.metric is Metric.GROWTH and query.intent is not Intent.SOURCE):
        return None
    return previous.metric
