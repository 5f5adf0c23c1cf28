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
    def least(self) -> float:
        return self.value - self.rounding

    @property
    def most(self) -> float:
        return self.value + self.rounding


def current_figures(rows: Iterable[Placed]) -> list[Figure]:
    """The exact, counted facts; of several of one source on one thing the one published last."""
    latest: dict[tuple[str, ...], Figure] = {}
    for at in rows:
        fact = at.row
        if not isinstance(fact, NewFact) or fact.bound is not Bound.EXACT or not fact.certainty.happened:
            continue
        key = (at.vendor, fact.metric.value, at.region, str(fact.period), fact.source.name)
        if key not in latest or fact.source.published >= latest[key].fact.source.published:
            latest[key] = Figure(at, fact, fact.value, _rounding(fact.value))
    return list(latest.values())


def _rounding(value: float) -> float:
    """Half a unit of the last digit that is written."""
    exponent = Decimal(repr(value).removesuffix(".0")).as_tuple().exponent
    return 0.5 * 10.0 ** min(int(exponent), 0)
