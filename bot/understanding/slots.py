"""The slots of a query that names and numbers give, whatever the intent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import pairwise

from bot.understanding.lexicon import Kind, Lexicon, words_under
from bot.understanding.query import Aspect, Query
from bot.understanding.spans import Reading, Span
from store.words import Metric

_METRIC = {"share": Metric.MARKET_SHARE, "rank": Metric.RANK}
_UNIT_WORDS = {"unit", "units", "volume", "volumes", "bestselling"}
_IN_PHRASES = {"share", "ship", "rank"}  # also inside a longer phrase: "sold the most", "lowest share", "ranks higher"


def slots_of(text: str, today: date, reading: Reading, lexicon: Lexicon) -> Query:
    """A query with the names, numbers, measures and aspects of a reading, and no intent yet."""
    vendors, products = meant(reading, Kind.VENDOR), reading.slugs(Kind.PRODUCT)
    if products:
        maker = lexicon.catalogue.products[products[0]].vendor
        vendors = vendors if maker in vendors else (maker,)
    found = reading.found[0] if reading.found else None
    position = next((one for one in reading.positions), None)
    concepts = concepts_of(reading.spans)
    inside = _measures_inside(reading, lexicon)
    metric = next((metric for concept, metric in _METRIC.items() if concept in concepts | inside), None)
    if "grow" in concepts or "fastest" in concepts or "slowest" in concepts:
        metric = Metric.GROWTH
    if reading.percent and metric is None and not concepts & {"fastest", "slowest"}:
        metric = Metric.MARKET_SHARE
    if metric is None and (concepts | inside) & {"ship", "howmany"} | (_UNIT_WORDS & set(reading.corrected)):
        metric = Metric.SHIPMENTS
    return Query(
        text=text,
        today=today,
        vendors=vendors,
        metric=metric,
        regions=_of_places(meant(reading, Kind.REGION), reading),
        period=found.period if found else None,
        days=found.days if found else None,
        product=products[0] if products else None,
        position=position,
        amount=reading.amounts[0] if reading.amounts else None,
        aspects=frozenset(aspect for aspect in Aspect if aspect.value in concepts),
        unit=reading.units[0] if reading.units else None,
        said_by=reading.said_by,
    )


def meant(reading: Reading, kind: Kind) -> tuple[str, ...]:
    """The names of a kind, without those that are denied beside another: "in the USA, not Canada"."""
    named = reading.slugs(kind)
    if len(named) < 2:
        return named
    denials, others = words_under("denials"), words_under("no_denials")
    denied = set()
    for span in reading.spans:
        before = reading.corrected[max(0, span.start - 3) : span.start]
        if span.entry and span.entry.kind is kind:
            at = next((at for at in range(len(before) - 1, -1, -1) if before[at] in denials), None)
            if at is not None and not set(before[at - 1 : at] if at else ()) & others and (at or span.start > 3):
                denied.add(span.entry.value)
    return tuple(name for name in named if name not in denied) or named


def _of_places(regions: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    """The places asked about: "which Chinese brands came to Spain" is about Spain."""
    if len(regions) < 2:
        return regions
    whose = set()
    for span, after in pairwise(reading.spans):
        is_place = span.entry is not None and span.entry.kind is Kind.REGION
        if is_place and after.entry and after.entry.value in ("vendor", "vendors") and after.start == span.stop:
            whose.add(span.entry.value if span.entry else "")
    return tuple(region for region in regions if region not in whose) or regions


def _measures_inside(reading: Reading, lexicon: Lexicon) -> set[str]:
    """The measures that words name within longer phrases; those of a phrase that is a measure itself do not count."""
    found = set()
    for span in reading.spans:
        if span.entry and span.entry.kind is Kind.CONCEPT and span.entry.value in _IN_PHRASES:
            continue
        parts = (lexicon.phrases.get(word) for word in reading.corrected[span.start : span.stop])
        found |= {part.value for part in parts if part}
    return found & _IN_PHRASES


def concepts_of(spans: Collection[Span]) -> set[str]:
    """What the spans are about, question words included."""
    return {span.entry.value for span in spans if span.entry and span.entry.kind in (Kind.CONCEPT, Kind.QUESTION)}
