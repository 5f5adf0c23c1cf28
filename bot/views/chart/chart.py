"""What a chart shows, before anyone decides where it goes: a title that says the finding, and lines or bars."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.answer import Amount, Line
from store.period import Period
from store.words import Metric


@dataclass(frozen=True)
class Series:
    """One vendor over time: an amount for each period of the chart, None where nothing is known."""

    slug: str
    name: str
    amounts: tuple[Amount | None, ...]

    @property
    def last(self) -> int:
        """The place of the last amount there is."""
        return max(at for at, amount in enumerate(self.amounts) if amount is not None)


@dataclass(frozen=True)
class Lines:
    """Amounts over periods of one length, without a hole between them."""

    periods: tuple[Period, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Bar:
    """One amount beside the others; a bar without a vendor's slug is all others together."""

    slug: str
    name: str
    amount: Amount


@dataclass(frozen=True)
class Bars:
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """`title` says the finding, `subtitle` what is counted and in what; `sources` are named at the bottom."""

    title: Line
    subtitle: Line
    metric: Metric
    shape: Lines | Bars
    sources: tuple[str, ...]
