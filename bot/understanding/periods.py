"""Finds periods and days in words: "Q3'17", "the third quarter", "last oct", "july to september", "since 2015"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.period import Kind, Period, PeriodError

# Words reach this file as symbols such as <last>, <quarter>, <m10>, <3>, whatever their language; see words/*.yaml.
_YEAR = r"(?P<year>(?:19[7-9]|20\d)\d)"
_SHORT = r"(?P<short>\d\d)"
_OF = r"(?: <of>)?"
# "2017 года", "2017年"; but not the year of "2017 year on year".
_YEAR_SAID = rf"{_YEAR}(?: <year>(?! on | over | by ))?"
# Before the year as in English, after it as in "año pasado", or in one word as in "去年".
_SOME_YEAR = (
    r"(?P<some><year> (?:<was>|<running>|<coming>)"
    r"|(?:<last>|<this>|<next>|<was>|<running>|<coming>) (?:<fiscal> )?<year>"
    r"|<lastyear>|<thisyear>|<nextyear>|<beforelast>)"
)
_SHIFT = {
    "<last>": -1, "<was>": -1, "<gone>": -1, "<lastyear>": -1, "<beforelast>": -2,
    "<this>": 0, "<running>": 0, "<thisyear>": 0,
    "<next>": 1, "<coming>": 1, "<nextyear>": 1,
}  # fmt: skip
_WHICH = rf"(?:{_OF} (?:{_YEAR_SAID}|{_SHORT}\b)|{_OF} {_SOME_YEAR})?"
_YEAR_FIRST = rf"(?:{_YEAR_SAID}|{_SOME_YEAR}){_OF}"
_NUMBER = r"<(?P<n>\d+)>"
_UNIT = r"<(?P<unit>year|half|quarter|month|week)>"

_PATTERNS = [
    (Kind.QUARTER, rf"(?:q ?|<quarter> )(?P<n>[1-4]){_WHICH}"),
    (Kind.QUARTER, r"q(?P<n>[1-4])(?P<year>20\d\d)"),
    (Kind.QUARTER, rf"(?P<n>[1-4])q(?:(?P<year>20\d\d)|{_SHORT})"),
    (Kind.QUARTER, rf"(?P<n>[1-4])q{_WHICH}"),
    (Kind.QUARTER, rf"(?P<n>[1-4])t(?:(?P<year>20\d\d)|{_SHORT})"),
    (Kind.QUARTER, rf"{_YEAR_FIRST} (?:q ?|<q)(?P<n>[1-4])>?"),
    (Kind.QUARTER, rf"{_YEAR_FIRST} {_NUMBER} <quarter>"),
    (Kind.QUARTER, rf"{_YEAR} ?q ?(?P<n>[1-4])"),
    (Kind.QUARTER, r"(?P<short>[012]\d)q(?P<n>[1-4])"),
    (Kind.QUARTER, rf"{_NUMBER} (?:<fiscal> )?<quarter>{_WHICH}"),
    (Kind.QUARTER, rf"<yearend>{_OF} (?:<quarter>|<season>){_WHICH}"),
    (Kind.QUARTER, rf"<yearend>{_OF} (?:{_YEAR_SAID}|{_SOME_YEAR})"),
    (Kind.QUARTER, rf"<season>{_OF} <yearend>{_WHICH}"),
    (Kind.QUARTER, rf"{_YEAR_FIRST} <yearend>(?: <quarter>)?"),
    (Kind.QUARTER, rf"(?:<last>|<latest>) (?:<quarter>|<?3>? <month>){_OF} {_YEAR_SAID}"),
    (Kind.QUARTER, rf"(?:<1>|<first>) <?3>? <month>{_OF} {_YEAR}(?P<first>)"),
    (Kind.QUARTER, rf"<m(?P<ending>\d+)>{_OF} (?:<quarter>|q){_WHICH}"),
    (Kind.QUARTER, rf"(?:<m\d+> (?:<to> )?)?<m(?P<ending>\d+)> {_YEAR} <quarter>"),
    (Kind.QUARTER, rf"<m\d+> (?:<to> )?<m(?P<ending>\d+)>{_OF} <quarter>{_WHICH}"),
    (Kind.QUARTER, rf"(?:<quarter>|<?3>? <month>) <to> <m(?P<ending>\d+)>{_WHICH}"),
    (Kind.QUARTER, r"(?P<which><last>|<this>|<next>) (?:q ?(?P<n>[1-4])|<yearend>(?: <quarter>| <season>)?)"),
    (Kind.HALF, rf"(?:h ?|<half> )(?P<n>[12]){_WHICH}"),
    (Kind.HALF, rf"(?P<n>[12])h(?:(?P<year>20\d\d)|{_SHORT})"),
    (Kind.HALF, rf"(?P<n>[12])h{_WHICH}"),
    (Kind.HALF, rf"{_YEAR} ?h ?(?P<n>[12])"),
    (Kind.HALF, rf"{_NUMBER} <half>{_WHICH}"),
    (Kind.HALF, rf"<h(?P<n>[12])>{_WHICH}"),
    (Kind.HALF, rf"{_YEAR_FIRST} (?:h ?|<h)(?P<n>[12])>?"),
    (Kind.HALF, rf"{_YEAR_FIRST} {_NUMBER} <half>"),
    (Kind.MONTH, r"(?P<which><last>|<this>|<next>|<was>|<running>|<coming>) <m(?P<n>\d+)>"),
    (Kind.MONTH, r"<m(?P<n>\d+)> (?P<which><was>|<running>|<coming>)"),
    (Kind.MONTH, rf"<m(?P<n>\d+)>(?:{_OF} {_YEAR_SAID}|{_OF} {_SOME_YEAR})?"),
    (Kind.MONTH, rf"{_YEAR_FIRST} <m(?P<n>\d+)>"),
    (Kind.MONTH, rf"{_YEAR}-(?P<n>\d\d)"),
    (Kind.MONTH, rf"(?P<n>\d\d?)/{_YEAR}"),
    (None, rf"{_YEAR}-(?P<n>\d\d)-(?P<day>\d\d)"),
    (None, rf"{_YEAR_SAID} <m(?P<n>\d+)> (?P<day>\d\d?) <day>"),
    (None, rf"<m(?P<n>\d+)> <?(?P<day>\d\d?)(?:st|nd|rd|th)?>?(?: {_YEAR})?"),
    (None, rf"<?(?P<day>\d\d?)(?:st|nd|rd|th)?>?{_OF} <m(?P<n>\d+)>(?:{_OF} {_YEAR})?(?! <quarter>| q\b)"),
    (Kind.YEAR, rf"(?:<fiscal> |<year> (?:<of> )?)?{_YEAR_SAID}"),
    (Kind.YEAR, _SOME_YEAR),
    (Kind.YEAR, rf"[fc]y ?{_YEAR}"),
    (Kind.YEAR, rf"(?:[fc]y ?|<fiscal> ){_SHORT}"),
    (Kind.QUARTER, rf"<q(?P<n>[1-4])>(?: <quarter>)?{_WHICH}"),
    (Kind.RANGE, rf"(?:<last>|<latest>) (?:<?(?P<n>\d+)>? )?{_UNIT}"),
    (Kind.RANGE, rf"<?(?P<n>\d+)>? <latest> {_UNIT}"),
    (Kind.RANGE, rf"(?P<which><this>|<next>|<was>|<running>|<coming>) {_UNIT}"),
    (Kind.RANGE, rf"{_UNIT} (?P<which><was>|<running>|<coming>|<gone>)"),
    (Kind.RANGE, rf"{_UNIT} <before> <last>(?P<twice>)"),
    (Kind.RANGE, rf"<ago> <?(?P<n>\d+)>? {_UNIT}"),
    (Kind.RANGE, rf"<?(?P<n>\d+)>? {_UNIT} <ago>"),
    (Kind.RANGE, r"(?P<unit><today>|<yesterday>|<tomorrow>)"),
]  # fmt: skip
_COMPILED = [(kind, re.compile(rf"(?:{pattern})(?= |$)")) for kind, pattern in _PATTERNS]


@dataclass(frozen=True)
class Found:
    """A period, or a span of days inside it, and the places of its words: from `start` up to, not with, `stop`."""

    period: Period
    days: tuple[date, date] | None
    start: int
    stop: int


@dataclass(frozen=True)
class _Atom:
    """One period as written; the year may still be unknown."""

    start: int
    stop: int
    kind: Kind | None
    year: int | None = None
    number: int = 1
    day: int | None = None
    which: str = ""
    period: Period | None = None
    days: tuple[date, date] | None = None


def find(symbols: Sequence[str], today: date) -> list[Found]:
    """Every period in the words, in order; words that stand for none are ignored.

    A period without a year is the newest that has ended before `today`; a month also one that begins within two."""
    atoms = _atoms(symbols, today)
    found: list[Found] = []
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        following = atoms[at + 1] if at + 1 < len(atoms) else None
        before = symbols[atom.start - 1] if atom.start else ""
        between = tuple(symbols[atom.stop : following.start]) if following else ("",)
        # "between 2016 and 2018", and in Hindi and Chinese the other way round.
        enclosed = before == "<between>" or (following and "<between>" in symbols[following.stop : following.stop + 2])
        is_range = following is not None and following.kind is atom.kind and atom.day is None and (
            between in ((), ("<to>",), ("<onwards>",)) or (between == ("<and>",) and enclosed)
        )  # fmt: skip
        if is_range and following:
            if atom.year is None and following.year is not None and not atom.period:
                atom = replace(atom, year=following.year)
            first, last = _resolve(atom, today), _resolve(following, today)
            if first and last and first.start > last.start and atom.year is None and not atom.period:
                first = first.year_before()
            if first and last and first.kind is last.kind and first.start < last.start and first.kind is not Kind.RANGE:
                opening = atom.start - (before in ("<between>", "<since>"))
                found.append(Found(_tidy(first.to(last)), None, opening, following.stop))
                at += 2
                continue
        period = _resolve(atom, today)
        if period:
            since = before == "<since>" or "<onwards>" in symbols[atom.stop : atom.stop + 1]
            if since and period.kind is not Kind.RANGE and period.end < today:
                now = Period.containing(today, period.kind)
                found.append(Found(period.to(now), None, atom.start - (before == "<since>"), atom.stop))
            else:
                found.append(Found(period, atom.days or _day(atom, period), atom.start, atom.stop))
        at += 1
    return found


def _atoms(symbols: Sequence[str], today: date) -> list[_Atom]:
    joined = " ".join(symbols)
    starts = [0]
    for symbol in symbols:
        starts.append(starts[-1] + len(symbol) + 1)
    place_of = {start: place for place, start in enumerate(starts)}
    atoms: list[_Atom] = []
    place = 0
    while place < len(symbols):
        symbol = symbols[place]
        best: tuple[Kind | None, re.Match[str]] | None = None
        if symbol[0] == "<" or symbol[0].isdigit() or symbol[0] in "qhfc":
            for kind, pattern in _COMPILED:
                match = pattern.match(joined, starts[place])
                if match and (best is None or match.end() > best[1].end()):
                    best = kind, match
        atom = _atom(best[0], best[1], place, place_of[best[1].end() + 1], today) if best else None
        if atom:
            atoms.append(atom)
            place = atom.stop
        else:
            place += 1
    return atoms


def _atom(kind: Kind | None, match: re.Match[str], start: int, stop: int, today: date) -> _Atom | None:
    said = match.groupdict()
    year = int(said["year"]) if said.get("year") else 2000 + int(said["short"]) if said.get("short") else None
    number = int(said["n"]) if said.get("n") else 4 if kind is Kind.QUARTER and said.get("first") is None else 1
    if said.get("ending"):
        number = (int(said["ending"] or 0) + 2) // 3
    if kind is Kind.RANGE:
        return _relative(said, number, "<ago>" in match[0], start, stop, today)
    which = said.get("which") or ""
    if said.get("some"):
        year = today.year + sum(_SHIFT.get(symbol, 0) for symbol in str(said["some"]).split())
    largest = {Kind.QUARTER: 4, Kind.HALF: 2, Kind.YEAR: 1}.get(kind or Kind.MONTH, 12)
    day = int(said["day"]) if said.get("day") else None
    if not 1 <= number <= largest or (day is not None and not 1 <= day <= 31):
        return None
    return _Atom(start, stop, kind or Kind.MONTH, year, number, day, which)


def _relative(said: dict[str, str | None], number: int, ago: bool, start: int, stop: int, today: date) -> _Atom | None:
    unit, which = said["unit"] or "", said.get("which")
    if unit.startswith("<"):
        day = today + timedelta(days={"<today>": 0, "<yesterday>": -1, "<tomorrow>": 1}[unit])
        return _Atom(start, stop, Kind.RANGE, period=Period.containing(day, Kind.MONTH), days=(day, day))
    if unit == "week":
        shift = 7 * _SHIFT.get(which or "", -1)
        monday = today - timedelta(days=today.weekday()) + timedelta(days=shift)
        days = (monday, monday + timedelta(days=6))
        return _Atom(start, stop, Kind.RANGE, period=Period.containing(monday, Kind.MONTH), days=days)
    now = Period.containing(today, Kind(unit))
    try:
        if which:
            period = now.shift(_SHIFT[which])
        elif said.get("twice") is not None:
            period = now.shift(-2)
        elif ago:
            period = now.shift(-number)
        else:
            period = now.shift(-number).to(now.shift(-1))
    except PeriodError:
        return None
    return _Atom(start, stop, period.kind, period=period)


def _resolve(atom: _Atom, today: date) -> Period | None:
    """The period that an atom means on that day; None where the calendar has none such."""
    if atom.period:
        return atom.period
    year = atom.year or today.year
    match atom.kind:
        case Kind.YEAR:
            return Period.year(year)
        case Kind.HALF:
            period = Period.half(year, atom.number)
        case Kind.QUARTER:
            period = Period.quarter(year, atom.number)
        case _:
            period = Period.month(year, atom.number)
    if atom.year is None:
        if atom.which in ("<last>", "<was>"):
            begun = period.end < today
        elif atom.which in ("<next>", "<coming>"):
            return period if period.start > today else period.year_after()
        else:
            running = atom.which in ("<this>", "<running>")
            ended = period.start <= today + timedelta(days=62) if atom.kind is Kind.MONTH else period.end < today
            begun = running or ended
        if not begun:
            period = period.year_before()
    return period


def _day(atom: _Atom, month: Period) -> tuple[date, date] | None:
    if atom.day is None:
        return None
    try:
        day = month.start.replace(day=atom.day)
    except ValueError:
        return None
    return day, day


def _tidy(period: Period) -> Period:
    """July to September is the third quarter, January to June the first half, January to December the year."""
    for kind in (Kind.YEAR, Kind.HALF, Kind.QUARTER):
        whole = Period.containing(period.start, kind)
        if (whole.start, whole.end) == (period.start, period.end):
            return whole
    return period
