"""A row with the place it stands at, and a problem found in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from store.rows import NewFact, NewRow
from store.words import Bound


@dataclass(frozen=True)
class Placed:
    """A row of a file; `vendor` and `region` are the slugs that its names stand for."""

    file: str
    line: int
    row: NewRow
    vendor: str
    region: str


@dataclass(frozen=True)
class Problem:
    """`what` is wrong at a line, and what to do. `key` tells the row apart, so that an exception can name it."""

    file: str
    line: int
    check: str
    what: str
    key: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what} ({self.check})"


def problem(check: str, at: Placed, what: str) -> Problem:
    """A problem of one row."""
    key = {"vendor": at.vendor, "region": at.region, "source": at.row.source.name}
    if isinstance(at.row, NewFact):
        key |= {"metric": at.row.metric.value}
    if hasattr(at.row, "period"):
        key |= {"period": str(at.row.period)}
    return Problem(at.file, at.line, check, what, key)


@dataclass(frozen=True)
class Figure:
    """A fact that is a plain number; the true value is at most `rounding` away from it."""

    at: Placed
    fact: NewFact
    value: float
    rounding: float

    @property
    def thing(self) -> tuple[str, ...]:
        """What the figure speaks of, and who says it."""
        fact = self.fact
        return (self.at.vendor, fact.metric.value, self.at.region, str(fact.period), fact.source.name)

    @property
    def least(self) -> float:
        return self.value - self.rounding

    @property
    def most(self) -> float:
        return self.value + self.rounding


def all_figures(rows: Iterable[Placed]) -> list[Figure]:
    """The exact, counted facts."""
    return [
        Figure(at, at.row, at.row.value, _rounding(at.row.value))
        for at in rows
        if isinstance(at.row, NewFact) and at.row.bound is Bound.EXACT and at.row.certainty.happened
    ]


def current_figures(figures: Iterable[Figure]) -> list[Figure]:
    """Of several figures of one source on one thing the one published last."""
    latest: dict[tuple[str, ...], Figure] = {}
    for one in figures:
        if one.thing not in latest or one.fact.source.published >= latest[one.thing].fact.source.published:
            latest[one.thing] = one
    return list(latest.values())


def _rounding(value: float) -> float:
    """Half a unit of the last digit that is written."""
    exponent = Decimal(repr(value).removesuffix(".0")).as_tuple().exponent
    return 0.5 * 10.0 ** min(int(exponent), 0)
