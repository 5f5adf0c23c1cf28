"""Finds the day on which an article was published: its dateline, or what its periods give away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.admin.reading.layout import Line
from store.period import Period, PeriodError

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = [
    re.compile(rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}\b", re.I),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s+{_YEAR}\b", re.I),
    re.compile(rf"\b{_YEAR}[-/.](?P<number>\d{{1,2}})[-/.](?P<day>\d{{1,2}})\b"),
    re.compile(rf"\b(?P<day>\d\d)\.(?P<number>\d\d)\.{_YEAR}\b"),
]
_YEARLESS = re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?!\s*,?\s*\d)", re.I)
_NOT_DATELINE = re.compile(
    r"(?:end(?:ed|ing|s)?|since|until|by|before|from|through|to|of|born|between|on|and|for|in|around|after|till|as of)"
    r"\s*$",
    re.I,
)
_PERIOD = re.compile(
    r"\b(?:Q([1-4])[\s,']*(?:of\s+|FY)?(20\d\d)|([1-4])Q\s?'?((?:20)?\d\d)|(20\d\d)\s?Q([1-4])|"
    r"(first|second|third|fourth)[\s-]quarter (?:of )?(20\d\d))\b",
    re.I,
)
_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_FIRST_LINES, _LAST_LINES = 8, 3


def published_on(lines: Sequence[Line], today: date) -> date:
    """The day an article was published: the first whole date in its first lines that is none of an event, else a
    dateline without its year, else a month after the newest quarter that has ended; `today` where nothing tells."""
    head = [line.text for line in lines[:_FIRST_LINES]]
    for text in [*head, *(line.text for line in lines[-_LAST_LINES:] if len(line.text) < 120)]:
        found = _first_date(text, dateline=len(text) < 90)
        if found and found <= today:
            return found
    quarter = newest_quarter("\n".join(line.text for line in lines[:60]), today)
    for text in head:
        match = _YEARLESS.search(text[:90])
        if (
            match
            and not _NOT_DATELINE.search(text[: match.start()])
            and quarter
            and re.search(r"[A-Z]{3}|\(|—|–|-", text[:90])
        ):
            yearless = _near(match, quarter.end)
            if yearless and yearless <= today:
                return yearless
    if quarter:
        return min(today, quarter.end + timedelta(days=32))
    years = [
        int(year)
        for year in re.findall(r"(?<![\d$€£.,-])(20[0-3]\d)(?!\d|,\d|-\d)", "\n".join(line.text for line in lines[:60]))
    ]
    newest = max((year for year in years if year <= today.year), default=today.year)
    return date(newest, 12, 31) if newest < today.year - 1 else today


def _first_date(text: str, dateline: bool) -> date | None:
    found: list[tuple[int, date]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text[:400]):
            if _NOT_DATELINE.search(text[: match.start()]) and not (
                dateline and re.search(r"\bon\s*$", text[: match.start()])
            ):
                continue
            day = _day(match, int(match["year"]))
            if day:
                found.append((match.start(), day))
    return min(found)[1] if found else None


def _day(match: re.Match[str], year: int) -> date | None:
    said = match.groupdict()
    month = int(said["number"]) if said.get("number") else _MONTHS[(said.get("month") or "")[:3].lower()]
    try:
        return date(year, month, int(said["day"] or 1))
    except ValueError:
        return None


def _near(match: re.Match[str], end: date) -> date | None:
    """The first such day after the end of the quarter told of."""
    for year in (end.year, end.year + 1):
        day = _day(match, year)
        if day and day > end:
            return day
    return None


def newest_quarter(text: str, today: date) -> Period | None:
    """The newest quarter that a text names with its year and that has ended."""
    newest: Period | None = None
    for match in _PERIOD.finditer(text):
        quarter = match[1] or match[3] or match[6] or str(_WORDS.get((match[7] or "").lower(), 0))
        year = match[2] or match[4] or match[5] or match[8]
        try:
            period = Period.quarter(int(year) if len(year) == 4 else 2000 + int(year), int(quarter))
        except (PeriodError, ValueError):
            continue
        if period.end <= today and (newest is None or period.end > newest.end):
            newest = period
    return newest
