"""What a button does and to which question, in the 64 bytes that Telegram carries. Nothing is kept here: a button works
after any restart, and forged data can ask for nothing that could not be typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.understanding.query import Aspect, Intent, Query
from store.catalogue import Catalogue
from store.period import Kind, Period, PeriodError
from store.words import Metric

LONGEST = 64  # bytes
_SHORTENED = (99, 8, 5, 3)  # letters of each name; a name cut short must be the only one that begins so


Key = TypeVar("Key")


class Action(StrEnum):
    """What a press is to do; the letters stand in buttons that people have, so none may change its meaning."""

    SHOW = "s"  # this question, in place of the one shown
    CHART = "c"
    PLACES = "p"  # choose another region, from a list
    CALENDAR = "i"


_INTENTS = {
    Intent.VALUE: "v", Intent.TOTAL: "t", Intent.RANKING: "r", Intent.LEADER: "l", Intent.COMPARE: "c",
    Intent.TREND: "d", Intent.GROWTH: "g", Intent.LAUNCH_DATE: "a", Intent.LAUNCH_LIST: "b", Intent.UPCOMING: "u",
}  # fmt: skip
_METRICS: dict[Metric | None, str] = {
    None: "-",
    Metric.SHIPMENTS: "s",
    Metric.MARKET_SHARE: "m",
    Metric.RANK: "r",
    Metric.GROWTH: "g",
}
_ASPECTS = {Aspect.FASTEST: "f", Aspect.SLOWEST: "w", Aspect.SEQUENTIAL: "q", Aspect.TOGETHER: "t", Aspect.PHONE: "p"}
_UNITS = {Kind.YEAR: "Y", Kind.HALF: "H", Kind.QUARTER: "Q", Kind.MONTH: "M"}


@dataclass(frozen=True)
class Press:
    """An action on a question; `part` is which part of a list of regions."""

    action: Action
    query: Query
    part: int = 0


def encode(press: Press, catalogue: Catalogue) -> str | None:
    """The press as a button's data; None where it does not fit, or holds what no button says."""
    query = press.query
    if query.intent not in _INTENTS or query.days:
        return None
    flags = "".join(letter for aspect, letter in _ASPECTS.items() if aspect in query.aspects)
    flags += _UNITS.get(query.unit, "") if query.unit else ""
    flags += f"n{query.position}" if query.position else ""
    head = f"{press.action}{_INTENTS[query.intent]}{_METRICS[query.metric]}{press.part or ''}"
    number = f"{query.page}" if query.page else ""
    for letters in _SHORTENED:
        vendors = "+".join(slug[:letters] for slug in query.vendors)
        regions = "+".join(slug[:letters] for slug in query.regions)
        product = (query.product or "")[: max(letters, 12)]
        data = "|".join((head, str(query.period or ""), vendors, regions, flags, product, number))
        read = decode(data, catalogue, query.today)
        if len(data.encode()) <= LONGEST and read and _same(read.query, query):
            return data
    return None


def decode(data: str, catalogue: Catalogue, today: date) -> Press | None:
    """What a button's data says; None where it is of another version, about names no longer known, or forged."""
    try:
        head, period, vendors, regions, flags, product, number = data.split("|")
        action, intent, metric, part = head[0], head[1], head[2], head[3:]
        if max(len(part), len(number)) > 3:
            return None
        letters, _, position = flags.partition("n")
        query = Query(
            text="",
            today=today,
            intent=_back(_INTENTS, intent),
            metric=_back(_METRICS, metric),
            period=Period.parse(period) if period else None,
            vendors=tuple(_full(one, catalogue.vendors) for one in vendors.split("+") if one),
            regions=tuple(_full(one, catalogue.regions) for one in regions.split("+") if one),
            product=_full(product, catalogue.products) if product else None,
            aspects=frozenset(aspect for aspect, letter in _ASPECTS.items() if letter in letters),
            unit=next((unit for unit, letter in _UNITS.items() if letter in letters), None),
            position=_count(position) or None,
            page=_count(number),
            confidence=1.0,
        )
        return Press(Action(action), query, _count(part))
    except (ValueError, KeyError, IndexError, PeriodError):
        return None


def _same(read: Query, query: Query) -> bool:
    return (
        (read.vendors, read.regions, read.product, read.period, read.metric)
        == (query.vendors, query.regions, query.product, query.period, query.metric)
    )  # fmt: skip


def _count(text: str) -> int:
    if text and not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text or 0)


def _back(letters: Mapping[Key, str], letter: str) -> Key:
    """What a letter stands for. Raises KeyError."""
    return {value: key for key, value in letters.items()}[letter]


def _full(beginning: str, slugs: Collection[str]) -> str:
    """The slug that is written so, or the only one that begins so. Raises KeyError."""
    if beginning in slugs:
        return beginning
    found = [slug for slug in slugs if slug.startswith(beginning)]
    if len(found) != 1:
        raise KeyError(beginning)
    return found[0]
