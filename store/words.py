"""The closed lists of words that rows of the store are made of."""

from __future__ import annotations

from enum import StrEnum


class Metric(StrEnum):
    """What a fact measures."""

    SHIPMENTS = "shipments"
    MARKET_SHARE = "market_share"
    RANK = "rank"
    GROWTH = "growth"


class Unit(StrEnum):
    """What a value counts. Shipments are kept in millions of smartphones, shares and growth in per cent."""

    MILLION = "million"
    PERCENT = "percent"
    RANK = "rank"


UNIT_OF = {
    Metric.SHIPMENTS: Unit.MILLION,
    Metric.MARKET_SHARE: Unit.PERCENT,
    Metric.RANK: Unit.RANK,
    Metric.GROWTH: Unit.PERCENT,
}


class Certainty(StrEnum):
    """How sure a row is, the surest first."""

    CONFIRMED = "confirmed"
    ESTIMATE = "estimate"
    EXPECTED = "expected"
    RUMOURED = "rumoured"

    @property
    def happened(self) -> bool:
        """True where the row may be told as something that took place."""
        return self in (Certainty.CONFIRMED, Certainty.ESTIMATE)


class Bound(StrEnum):
    """Whether the true value is the one written, or more, less or about that."""

    EXACT = ""
    MORE = ">"
    LESS = "<"
    ABOUT = "~"


class SourceKind(StrEnum):
    """Who speaks in a source."""

    VENDOR = "vendor"
    ANALYST = "analyst"
    PRESS = "press"


TOTAL = "total"  # the slug under which a region's whole market is kept, in place of a vendor
WORLD = "world"
