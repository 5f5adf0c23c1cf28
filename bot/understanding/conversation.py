"""Follow-up questions: "and in Spain?", "what about Samsung?", "vs Apple?", "the year before?", "who said so?"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bot.understanding.lexicon import Kind, language_files
from bot.understanding.pictures import asks_for_picture
from bot.understanding.query import Aspect, Intent, Query
from bot.understanding.spans import UNIT_OF_SYMBOL, Reading
from bot.understanding.text import words as cut
from store.period import Kind as Length
from store.period import Period, PeriodError
from store.words import Metric

if TYPE_CHECKING:
    from bot.understanding.understand import Understanding

_NOT_FOLLOWED = {Intent.GREETING, Intent.HELP, None}
_NUMBERS = {
    Intent.VALUE, Intent.TOTAL, Intent.COMPARE, Intent.TREND, Intent.GROWTH, Intent.RECORD, Intent.RANKING,
    Intent.LEADER, Intent.CROSSING, Intent.SOURCE,
}  # fmt: skip
_METRICS = {"ship": Metric.SHIPMENTS, "share": Metric.MARKET_SHARE, "rank": Metric.RANK, "grow": Metric.GROWTH}
_EXTREMES = {"best", "worst", "average", "record"}
_DRAWN_AS_THEY_ARE = {Intent.COMPARE, Intent.RANKING, Intent.LEADER, Intent.TREND}
_OF_A_PLACE = {Intent.TOTAL, Intent.RANKING}  # what is asked of a whole region, whatever vendor was spoken of


def follow(understanding: Understanding, own: Query, reading: Reading, previous: Query) -> Query:
    """What a question means after the one before it; the question itself where it stands on its own."""
    if previous.intent in _NOT_FOLLOWED or not reading.words:
        return own
    asked = reading.concepts
    named = own.vendors or own.product
    if not named:
        shifted = _shifted(own, reading, understanding, previous)
        if shifted:
            return shifted
        if asked and asked <= {"trend"} and _drawn_as_it_is(previous) and asks_for_picture(own.text):
            return replace(_swapped(own, previous), aspects=previous.aspects | {Aspect.CHART})
        if asked and asked <= {"trend"}:
            return _inherited(replace(own, intent=Intent.TREND), previous)
        if len(asked) == 1 and asked <= _METRICS.keys() and previous.intent in _NUMBERS and not own.regions:
            return _measured(own, _METRICS[next(iter(asked))], previous)
        if asked and asked <= _EXTREMES:
            return _inherited(replace(own, intent=Intent.RECORD), previous)
    elif len(own.vendors) == 1 and previous.vendors and asked and asked <= {"compare"}:
        return _against(own, previous)
    if _only_names(reading, _opening(reading)) and (
        _opening(reading) or not named or "?" in own.text or _hedged(reading)
    ):
        return _swapped(own, previous)
    if own.intent is Intent.SOURCE and not named:
        return _inherited(replace(own, about=own.about or previous.about or previous.intent), previous)
    if own.intent is not None and own.vendors and not own.regions and {"there", "here"} & set(reading.corrected):
        return replace(own, regions=previous.regions, follows=True)
    if own.unknown or named or not (previous.vendors or previous.regions):
        return own
    pronoun = bool(_pronouns() & set(reading.corrected))
    if own.intent in _OF_A_PLACE and not pronoun:
        return (
            own
            if own.regions and own.period
            else _inherited(own, replace(previous, vendors=(), product=None, metric=None))
        )
    if own.intent is not None and not pronoun and not _opening(reading) and own.confidence >= 0.95:
        return own
    if own.stories and own.intent in (Intent.NEWS, Intent.MILESTONES) and not pronoun:
        return own
    if previous.product and pronoun:
        told = understanding.told_of(own, reading, previous.product)
        if told:
            return told
    given = {"{vendor}"} if previous.vendors else set()
    given |= {"{region}"} if previous.regions and not own.regions else set()
    for slots in (given, given - {"{region}"}):
        again = understanding.query(own.text, own.today, reading, slots)
        better = again.intent is not None and again.confidence >= max(own.confidence - 0.05, 0.74)
        if slots and better and again.intent not in (Intent.GREETING, Intent.HELP) and not again.unknown:
            keep_region = "{region}" in slots
            return _inherited(again, previous if keep_region else replace(previous, regions=()))
    return own


@cache
def _openings() -> tuple[tuple[str, ...], ...]:
    """The words that follow-ups begin with in any language, the longest first."""
    found = {tuple(cut(str(one))) for lists in language_files("words").values() for one in lists.get("openings", ())}
    return tuple(sorted(found, key=lambda words: (-len(words), words)))


@cache
def _pronouns() -> frozenset[str]:
    """The words of any language that stand for a name said before."""
    return frozenset(
        " ".join(cut(str(one))) for lists in language_files("words").values() for one in lists.get("pronouns", ())
    )


def _opening(reading: Reading) -> int:
    """How many words a follow-up's opening takes: "and", "what about"; 0 where there is none."""
    words = reading.corrected
    return next((len(opening) for opening in _openings() if tuple(words[: len(opening)]) == opening), 0)


def _hedged(reading: Reading) -> bool:
    """True for "no, huawei", "ok and huawei", "i meant samsung": small words before the name."""
    return bool(reading.spans) and reading.spans[0].entry is not None and reading.spans[0].entry.kind is Kind.FILLER


def _only_names(reading: Reading, skip: int) -> bool:
    """True for "and in Spain?", "samsung", "q3?": nothing but names, periods and small words."""
    spans = [span for span in reading.spans if span.start >= skip]
    named = any(span.entry and span.entry.kind in (Kind.VENDOR, Kind.REGION, Kind.PRODUCT) for span in spans)
    heavy = (Kind.CONCEPT, Kind.QUESTION)
    small = all(span.entry and span.entry.kind not in heavy for span in spans if not _meaning_nothing(span.entry))
    return small and (named or bool(reading.found))


def _meaning_nothing(entry: object) -> bool:
    return getattr(entry, "value", None) in ("past", "future", "sure", "doing", "ever")


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
    if previous.intent is Intent.GROWTH and metric is not Metric.GROWTH:
        intent = Intent.VALUE if previous.vendors else Intent.TOTAL
    return replace(_swapped(own, previous), intent=intent, metric=metric)


def _drawn_as_it_is(previous: Query) -> bool:
    """True where the answer before had several numbers, so that "as a chart" means these and not one's course."""
    if previous.intent is Intent.GROWTH:
        return not previous.vendors or bool({Aspect.FASTEST, Aspect.SLOWEST} & previous.aspects)
    return previous.intent in _DRAWN_AS_THEY_ARE


def _shifted(own: Query, reading: Reading, understanding: Understanding, previous: Query) -> Query | None:
    """ "the year before?", "and the following quarter?": the previous question, about the time before or after."""
    symbols = [understanding.lexicon.symbols.get(word) for word in reading.corrected]
    units = [UNIT_OF_SYMBOL[symbol] for symbol in symbols if symbol in UNIT_OF_SYMBOL]
    back, ahead = bool({"<before>", "<ago>"} & set(symbols)), bool({"<later>", "<next>"} & set(symbols))
    if previous.period is None or not units or back == ahead or own.regions or reading.concepts - {"compare"}:
        return None
    if any(symbol is not None and symbol.startswith("<m") and symbol != "<month>" for symbol in symbols):
        return None
    try:
        period = _moved(previous.period, units[0], -1 if back else 1)
    except PeriodError:
        return None
    return replace(_swapped(own, previous), period=period, days=None)


def _moved(period: Period, unit: Length, steps: int) -> Period:
    if unit is Length.YEAR and period.kind in (Length.QUARTER, Length.HALF, Length.MONTH):
        return period.shift(steps * {Length.QUARTER: 4, Length.HALF: 2, Length.MONTH: 12}[period.kind])
    return period.shift(steps)


def _inherited(query: Query, previous: Query) -> Query:
    """The question with the names it leaves out taken from the previous one."""
    return replace(
        query,
        vendors=query.vendors or previous.vendors,
        regions=query.regions or previous.regions,
        period=query.period or previous.period,
        days=query.days or previous.days,
        product=query.product or previous.product,
        metric=query.metric or _metric_kept(query, previous),
        stories=query.stories or previous.stories,
        follows=True,
    )


def _metric_kept(query: Query, previous: Query) -> Metric | None:
    if query.intent not in _NUMBERS or (previous.metric is Metric.GROWTH and query.intent is not Intent.SOURCE):
        return None
    return previous.metric
