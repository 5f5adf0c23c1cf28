"""Tells which counts of phones can be: what a vendor, or all of them, can have shipped somewhere in such a time."""

from __future__ import annotations

from collections.abc import Mapping

from store.catalogue import KnownRegion
from store.period import Kind, Period
from store.words import TOTAL, WORLD

_MOST = {Kind.MONTH: 45.0, Kind.QUARTER: 120.0, Kind.HALF: 230.0, Kind.YEAR: 420.0}  # millions, of one vendor
_BIG = {"samsung": 2012, "apple": 2012, "huawei": 2014, "xiaomi": 2015, "oppo": 2016, "vivo": 2016}  # since which year
_LEAST_BIG = {Kind.QUARTER: 5.5, Kind.HALF: 12.0, Kind.YEAR: 25.0}
_LEAST_WORLD = {Kind.MONTH: 30.0, Kind.QUARTER: 100.0, Kind.HALF: 200.0, Kind.YEAR: 400.0}  # of all, since 2012
_QUARTERS = {Kind.MONTH: 0.6, Kind.QUARTER: 1.0, Kind.HALF: 2.0, Kind.YEAR: 4.0}
# The most millions in a quarter, of one vendor and of all together, well above the highest ever counted.
_MOST_IN = {
    "china": (48.0, 140.0),
    "india": (30.0, 65.0),
    "united-states": (30.0, 65.0),
    "north-america": (32.0, 70.0),
    "europe": (32.0, 85.0),
    "western-europe": (22.0, 50.0),
    "central-and-eastern-europe": (14.0, 35.0),
    "latin-america": (24.0, 50.0),
    "southeast-asia": (14.0, 40.0),
    "middle-east": (10.0, 25.0),
    "africa": (18.0, 40.0),
    "middle-east-and-africa": (24.0, 60.0),
}
_MOST_IN_A_COUNTRY = (14.0, 28.0)


def plausible(value: float, vendor: str, region: str, period: Period, regions: Mapping[str, KnownRegion]) -> bool:
    """False for a count, in millions, that no vendor, or no whole market, can have shipped there in such a time."""
    if (
        vendor in _BIG
        and region == WORLD
        and period.start.year >= _BIG[vendor]
        and value < _LEAST_BIG.get(period.kind, 0.0)
    ):
        return False  # one of the largest; this must be of a single country
    if vendor == TOTAL and region == WORLD and period.start.year >= 2012:
        return value >= _LEAST_WORLD.get(period.kind, 0.0)
    known = regions.get(region)
    most = _MOST_IN.get(region) or (_MOST_IN_A_COUNTRY if known and known.iso else None)
    if most and period.kind in _QUARTERS and value > most[vendor == TOTAL] * _QUARTERS[period.kind]:
        return False
    return value > 0 if vendor == TOTAL else 0 < value <= _MOST.get(period.kind, 1000.0)
