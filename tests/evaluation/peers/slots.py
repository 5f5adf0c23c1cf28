"""Slots for the peers that have none of their own: periods by a few regular expressions, the metric by a few words."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"\b(" + "|".join(_MONTHS) + r")[a-z]*(?: (?:of )?(\d{4}))?\b")
_QUARTER = re.compile(r"\b(?:q ?([1-4])|([1-4])q)[ ']*(\d{4}|\d\d)?\b")
_ORDINAL = re.compile(r"\b(first|second|third|fourth|1st|2nd|3rd|4th) (quarter|half)(?: (?:of )?(\d{4}))?")
_HALF = re.compile(r"\b(?:h ?([12])|([12])h)[ ']*(\d{4}|\d\d)?\b")
_RANGE = re.compile(r"\b(?:from|between) (\d{4}) (?:to|and) (\d{4})\b")
_SINCE = re.compile(r"\bsince (\d{4})\b")
_YEAR = re.compile(r"\b(?:fy ?)?((?:19|20)\d\d)\b")
_RELATIVE = re.compile(r"\b(last|previous|this|next) (year|half|quarter|month)\b")
_LENGTH = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_DEFAULT = dict.fromkeys(("value", "total", "compare", "trend", "record"), "shipments")
_WITH_METRIC = {*_DEFAULT, "growth", "leader", "ranking", "crossing", "source"}


def period_of(text: str, now: date) -> str:
    """The period a question names, resolved against the day; empty where it names none."""
    text = text.lower()
    if found := _RANGE.search(text):
        return f"{found[1]}..{found[2]}"
    if found := _SINCE.search(text):
        return f"{found[1]}..{now.year}"
    if found := _QUARTER.search(text):
        return _ended(3, int(found[1] or found[2]), found[3], now)
    if found := _HALF.search(text):
        return _ended(6, int(found[1] or found[2]), found[3], now)
    if found := _ORDINAL.search(text):
        number = ("first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th").index(found[1]) % 4 + 1
        return _ended(_LENGTH[found[2]], number, found[3], now)
    if found := _RELATIVE.search(text):
        shift = {"this": 0, "next": 1}.get(found[1], -1)
        length = _LENGTH[found[2]]
        place = (now.year * 12 + now.month - 1) // length + shift
        return _written(length, place // (12 // length), place % (12 // length) + 1)
    if (found := _MONTH.search(text)) and (found[1] != "may" or found[2]):
        return _ended(1, _MONTHS.index(found[1]) + 1, found[2], now)
    if found := _YEAR.search(text):
        return found[1]
    return ""


def _ended(length: int, number: int, year: str | None, now: date) -> str:
    """The period of that year, or the newest that has ended."""
    if year:
        return _written(length, int(year) + (2000 if len(year) == 2 else 0), number)
    return _written(length, now.year if number * length < now.month else now.year - 1, number)


def _written(length: int, year: int, number: int) -> str:
    return {12: f"{year}", 6: f"{year}H{number}", 3: f"{year}Q{number}", 1: f"{year}-{number:02}"}[length]


def metric_of(text: str, intent: str) -> str:
    """The metric a question of that intent names or means."""
    text = text.lower()
    if intent not in _WITH_METRIC:
        return ""
    if re.search(r"\bshares?\b|percent|%", text):
        return "market_share"
    if intent == "growth":
        return "growth"
    if intent == "value" and re.search(r"\b(rank|place|position|spot)", text):
        return "rank"
    if re.search(r"\b(ship|s[oe]ll|sold|unit|volume)", text):
        return "shipments"
    return _DEFAULT.get(intent, "")
