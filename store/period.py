"""Periods of the calendar: a year, half, quarter or month, or a range of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

_ONE = re.compile(r"(?P<year>\d{4})(?:(?:Q(?P<quarter>[1-4]))|(?:H(?P<half>[12]))|(?:-(?P<month>0[1-9]|1[0-2])))?")
_FIRST_YEAR, _LAST_YEAR = 1970, 2100


class Kind(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    RANGE = "range"


class PeriodError(ValueError):
    """The text is not a period; the message says what one looks like."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is not a period: write 2017, 2017Q3, 2017H1, 2017-10 or 2016Q1..2017Q4")


_MONTHS_IN = {Kind.YEAR: 12, Kind.HALF: 6, Kind.QUARTER: 3, Kind.MONTH: 1}


@dataclass(frozen=True, order=True)
class Period:
    """From the first day of `start` to the last day of `end`, both included; `kind` is its length.

    Its text, which `parse` reads back, is `2017`, `2017H1`, `2017Q3`, `2017-10` or `2016Q1..2017Q4`."""

    start: date
    end: date
    kind: Kind = Kind.RANGE
    unit: Kind | None = None

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period as it is written in files and tables. Raises PeriodError."""
        return _parse(text)

    @classmethod
    def _read(cls, text: str) -> Period:
        first, dots, last = text.strip().partition("..")
        if dots:
            start, end = cls.parse(first), cls.parse(last)
            if start.kind is not end.kind or Kind.RANGE in (start.kind, end.kind) or start.start > end.start:
                raise PeriodError(text)
            return start.to(end)
        match = _ONE.fullmatch(first)
        if not match or not _FIRST_YEAR <= int(match["year"]) <= _LAST_YEAR:
            raise PeriodError(text)
        year = int(match["year"])
        if match["quarter"]:
            return cls.quarter(year, int(match["quarter"]))
        if match["half"]:
            return cls.half(year, int(match["half"]))
        if match["month"]:
            return cls.month(year, int(match["month"]))
        return cls.year(year)

    @classmethod
    def year(cls, year: int) -> Period:
        return cls._of(year, 1, Kind.YEAR)

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        return cls._of(year, half * 6 - 5, Kind.HALF)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        return cls._of(year, quarter * 3 - 2, Kind.QUARTER)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls._of(year, month, Kind.MONTH)

    @classmethod
    def containing(cls, day: date, kind: Kind) -> Period:
        """The period of that kind in which the day falls."""
        length = _MONTHS_IN[kind]
        return cls._of(day.year, (day.month - 1) // length * length + 1, kind)

    @classmethod
    def _of(cls, year: int, first_month: int, kind: Kind) -> Period:
        after_year, after_month = divmod(year * 12 + first_month - 1 + _MONTHS_IN[kind], 12)
        return cls(date(year, first_month, 1), date(after_year, after_month + 1, 1) - timedelta(days=1), kind)

    def to(self, last: Period) -> Period:
        """The range from this period to `last`, both included; the same period twice is that period."""
        if last.kind is self.kind and last.start == self.start:
            return self
        return Period(self.start, last.end, Kind.RANGE, self.kind)

    def shift(self, steps: int) -> Period:
        """The period of the same length that many steps later (earlier where negative).

        Raises PeriodError for a range that has no such neighbour, or out of the calendar's years."""
        if self.kind is Kind.RANGE:
            first, last = self.parts[0], self.parts[-1]
            steps *= len(self.parts)
            return first.shift(steps).to(last.shift(steps))
        months = self.start.year * 12 + self.start.month - 1 + steps * _MONTHS_IN[self.kind]
        year, month = divmod(months, 12)
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise PeriodError(f"{self} {steps:+d}")
        return Period._of(year, month + 1, self.kind)

    def year_before(self) -> Period:
        """The same period one year earlier."""
        if self.kind is Kind.RANGE:
            return self.parts[0].year_before().to(self.parts[-1].year_before())
        return self.shift(-12 // _MONTHS_IN[self.kind])

    def year_after(self) -> Period:
        """The same period one year later."""
        if self.kind is Kind.RANGE:
            return self.parts[0].year_after().to(self.parts[-1].year_after())
        return self.shift(12 // _MONTHS_IN[self.kind])

    @cached_property
    def parts(self) -> tuple[Period, ...]:
        """The periods of one unit that a range is made of; a plain period is its own only part."""
        if self.kind is not Kind.RANGE:
            return (self,)
        found = [Period.containing(self.start, self.unit or Kind.QUARTER)]
        while found[-1].end < self.end:
            found.append(found[-1].shift(1))
        return tuple(found)

    def split(self, kind: Kind) -> tuple[Period, ...]:
        """The periods of a shorter kind inside this one, in order."""
        first, last = Period.containing(self.start, kind), Period.containing(self.end, kind)
        return first.to(last).parts

    def contains(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        year, month = self.start.year, self.start.month
        match self.kind:
            case Kind.YEAR:
                return f"{year}"
            case Kind.HALF:
                return f"{year}H{(month + 5) // 6}"
            case Kind.QUARTER:
                return f"{year}Q{(month + 2) // 3}"
            case Kind.MONTH:
                return f"{year}-{month:02}"
            case Kind.RANGE:
                return f"{self.parts[0]}..{self.parts[-1]}"


@lru_cache(4096)  # files and tables name the same few hundred periods over and over
def _parse(text: str) -> Period:
    return Period._read(text)
