"""Finds the periods and days in a sentence, with their places; the finder is the one that questions use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.admin.reading.cues import Cues
from bot.admin.reading.moment_symbols import NUMBERS, symbols_of
from bot.admin.reading.small_words import small_words
from bot.admin.reading.tokens import Token
from bot.understanding import periods
from bot.understanding.lexicon import Lexicon
from store.period import Kind, Period, PeriodError

_WEEKDAYS = {
    name: day for day, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_WEEKDAYS |= {name[:3]: day for name, day in _WEEKDAYS.items()} | {"tues": 1, "weds": 2, "thurs": 3, "thur": 3}
_AHEAD = small_words("ahead")
_STANDS = small_words("stands")
_EVENTS = small_words("events")
_EVENTS_AFTER = {"after", "before", "since", "until", "till", "following"}


@dataclass(frozen=True)
class Moment:
    """A period, or days inside it, at the tokens from `start` up to `stop`.

    `compared` where figures are not of it: the sentence compares with it ("from Q2") or dates an `event` by it;
    `fiscal` where it is a company's own calendar; `dated` where the text names its year."""

    start: int
    stop: int
    period: Period
    days: tuple[date, date] | None = None
    compared: bool = False
    fiscal: bool = False
    event: bool = False
    dated: bool = False


def find_moments(tokens: Sequence[Token], cues: Cues, counted: set[int], lexicon: Lexicon, today: date) -> list[Moment]:
    """Every period and day of a sentence in order; `counted` are the places of numbers that count something."""
    symbols, places = symbols_of(tokens, cues, counted, lexicon)
    found = [
        Moment(places[one.start], places[one.stop - 1] + 1, one.period, one.days)
        for one in periods.find(symbols, today)
        if not any("#" in symbol for symbol in symbols[one.start : one.stop])
    ]
    found = [one for one in found if not _spurious(one, tokens) and not _counted_quarter(one, tokens)]
    found += _weekdays(tokens, found, today)
    found += _ends_of_year(tokens, found, today)
    found.sort(key=lambda one: one.start)
    found = _joined_with_years(found, tokens)
    found = [_year_earlier(_part_of(one, tokens, today), cues) for one in found]
    return [_placed(one, tokens, cues) for one in found]


def _spurious(one: Moment, tokens: Sequence[Token]) -> bool:
    """What only looks like a period: "2h" of battery, "the past year", which has no certain days."""
    words = [token.lower for token in tokens[one.start : one.stop]]
    before = [token.lower for token in tokens[max(0, one.start - 3) : one.start]]
    if one.period.kind is Kind.YEAR and before[-2:] == ["quarter", "of"] and "the" in before:
        return True  # "during the quarter of 2018", whichever that was
    if (
        one.period.kind is Kind.YEAR
        and before[-1:] in (["."], ["/"])
        and tokens[one.start - 1].stop == tokens[one.start].start
    ):
        return True  # the end of a date, 04.05.2018
    if words in (["one", "quarter"], ["one", "half"], ["one", "month"], ["two", "quarter"]):
        return True  # "in just one quarter" counts them
    if "past" in words or (words[-1] in ("years", "quarters", "months") and "last" in words):
        return True
    text = "".join(token.lower for token in tokens[one.start : one.stop])
    return (
        bool(re.fullmatch(r"[12]h|[1-4]h\d\d|q ?\d", text))
        and not tokens[one.start].text[-1].isupper()
        and "q" not in text
    )


def _counted_quarter(one: Moment, tokens: Sequence[Token]) -> bool:
    """ "The first quarter since", "the fourth quarter of decline" count quarters; they name none."""
    if tokens[one.stop - 1].lower not in ("quarter", "half", "month", "year") or one.stop >= len(tokens):
        return False
    after = tokens[one.stop].lower
    following = tokens[one.stop + 1].lower if one.stop + 1 < len(tokens) else ""
    article = one.start > 0 and tokens[one.start - 1].lower in ("the", "a", "only", "straight")
    if (
        after in ("since", "where", "that")
        or (after == "when" and article)
        or (after == "in" and following in ("which", "history", "more", "over"))
    ):
        return True
    return after == "of" and following in small_words("after_counted_quarter")


def _weekdays(tokens: Sequence[Token], found: Sequence[Moment], today: date) -> list[Moment]:
    """ "On Thursday" is the nearest one: before the article's day, or after it where the sentence looks ahead."""
    taken = {place for one in found for place in range(one.start, one.stop)}
    days = []
    for place, token in enumerate(tokens):
        weekday = _WEEKDAYS.get(token.lower)
        if weekday is None or not token.capital or place in taken or (place and tokens[place - 1].lower == "black"):
            continue
        if place + 1 in taken or (place + 2 in taken and tokens[place + 1].lower == ","):
            continue  # "Thursday, 15 June"
        ahead = any(word.lower in _AHEAD for word in tokens[max(0, place - 25) : place])
        shift = (weekday - today.weekday()) % 7 if ahead else -((today.weekday() - weekday) % 7)
        day = today + timedelta(days=shift)
        days.append(Moment(place, place + 1, Period.containing(day, Kind.MONTH), (day, day)))
    return days


def _ends_of_year(tokens: Sequence[Token], found: Sequence[Moment], today: date) -> list[Moment]:
    """ "By the end of the year", "by year-end": the year in which the article was published."""
    words = [token.lower for token in tokens]
    years = []
    for at in range(len(words)):
        end = words[at : at + 2] == ["end", "of"] and words[at + 2 : at + 4] in (["the", "year"], ["this", "year"])
        dashed = words[at : at + 3] == ["year", "-", "end"] and words[at - 1 : at] == ["by"]
        if (end or dashed) and not any(one.start <= at < one.stop for one in found):
            stop = min(at + (4 if end else 3), len(words))
            years.append(Moment(at, stop, Period.containing(today, Kind.YEAR)))
    inside = {one.start for one in years}
    return [one for one in years if one.start in inside]


def _joined_with_years(found: list[Moment], tokens: Sequence[Token]) -> list[Moment]:
    """ "Last year's third quarter" and "2017's fourth quarter" are one period."""
    joined: list[Moment] = []
    for one in found:
        last = joined[-1] if joined else None
        between = [token.lower for token in tokens[last.stop : one.start]] if last else []
        if (
            last
            and last.period.kind is Kind.YEAR
            and one.period.kind in (Kind.QUARTER, Kind.HALF, Kind.MONTH)
            and not re.search(r"\d{4}", " ".join(token.lower for token in tokens[one.start : one.stop]))
            and (between in (["'s"], ["'"]) or (not between and tokens[last.stop - 1].lower != "year"))
        ):
            years = last.period.start.year - one.period.start.year
            try:
                period = one.period.shift(years * {Kind.QUARTER: 4, Kind.HALF: 2, Kind.MONTH: 12}[one.period.kind])
            except PeriodError:
                continue
            joined[-1] = replace(one, start=last.start, period=period, days=None)
        else:
            joined.append(one)
    return joined


_THREE_MONTHS = re.compile(r"(?:three|3) months (?:ended|ending|to|through) (?:\w+ )?([a-z]{3})[a-z]*(?: (20\d\d))?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _three_months(one: Moment, tokens: Sequence[Token], today: date) -> Moment | None:
    """ "The three months ending July" are no quarter of the calendar, but the months from May to July."""
    match = _THREE_MONTHS.search(" ".join(token.lower for token in tokens[one.start : one.stop] if token.text != "-"))
    if match is None or match[1] not in _MONTHS or (_MONTHS.index(match[1]) + 1) % 3 == 0:
        return None
    month = _MONTHS.index(match[1]) + 1
    year = int(match[2]) if match[2] else today.year - (month > today.month)
    try:
        last = Period.containing(date(year, month, 1), Kind.MONTH)
        return replace(one, period=last.shift(-2).to(last), days=None)
    except PeriodError:
        return None


def _part_of(one: Moment, tokens: Sequence[Token], today: date) -> Moment:
    """ "The first month of" a quarter, "the first nine months of" a year."""
    three = _three_months(one, tokens, today)
    if three:
        return three
    before = [token.lower for token in tokens[max(0, one.start - 6) : one.start] if token.text != "-"]
    while before and before[-1] in ("of", "the", "in", "this", "that"):
        before.pop()
    ordinal = {"first": 0, "opening": 0, "second": 1, "third": -1, "final": -1, "last": -1, "closing": -1}
    if len(before) >= 2 and before[-1] == "month" and before[-2] in ordinal and one.period.kind is Kind.QUARTER:
        month = one.period.split(Kind.MONTH)[ordinal[before[-2]]]
        dated = any(character.isdigit() for token in tokens[one.start : one.stop] for character in token.text)
        if not dated and month.shift(12).start <= today:
            month = month.shift(12)  # the quarter is not over, but that month of it has begun
        return replace(one, start=max(0, one.start - 3), period=month, days=None)
    if (
        len(before) >= 2
        and one.period.kind is Kind.MONTH
        and before[-1] in ("ended", "ending")
        and before[-2] == "quarter"
    ):
        return replace(
            one, start=max(0, one.start - 2), period=Period.containing(one.period.start, Kind.QUARTER), days=None
        )
    if len(before) >= 3 and before[-3] == "first" and one.period.kind is Kind.YEAR:
        count = NUMBERS.get(before[-2]) or (int(before[-2]) if before[-2].isdigit() and len(before[-2]) < 3 else 0)
        if before[-1] == "months" and 1 <= count <= 12:
            return replace(one, start=max(0, one.start - 4), period=_months(one.period, count), days=None)
        if before[-1] == "quarters" and 1 <= count <= 4:
            return replace(one, start=max(0, one.start - 4), period=_months(one.period, count * 3), days=None)
    return one


def _year_earlier(one: Moment, cues: Cues) -> Moment:
    """ "Q3 a year earlier" is the third quarter of the year before."""
    if not cues.begins(one.stop, "year_before") or one.days:
        return one
    try:
        return replace(one, period=one.period.year_before())
    except PeriodError:
        return one


def _months(year: Period, count: int) -> Period:
    """The first months of a year, by the longest kind of period that they fill."""
    if count == 12:
        return year
    for kind, length in ((Kind.HALF, 6), (Kind.QUARTER, 3), (Kind.MONTH, 1)):
        if count % length == 0:
            parts = year.split(kind)
            return parts[0].to(parts[count // length - 1])
    return year


def first_months(words: Sequence[str], place: int, year: int) -> tuple[Period, int] | None:
    """ "First nine months", "first three quarters" with no year beside it: the period and the words it takes."""
    if place + 2 < len(words) and words[place] == "first":
        count = NUMBERS.get(words[place + 1], 0)
        if words[place + 2] == "months" and 1 <= count <= 12:
            return _months(Period.year(year), count), 3
        if words[place + 2] == "quarters" and 1 <= count <= 4:
            return _months(Period.year(year), count * 3), 3
    return None


def _placed(one: Moment, tokens: Sequence[Token], cues: Cues) -> Moment:
    before = one.start - 1
    while before >= 0 and tokens[before].lower in small_words("before_moment"):
        before -= 1
    event = _is_event(one, tokens)
    spans = any(token.lower in ("to", "through", "till", "until") for token in tokens[one.start : one.stop])
    compared = not (spans and tokens[max(before, 0)].lower == "from") and (
        bool(cues.at(before, "compares", "same_period"))
        or event
        or (before >= 0 and tokens[before].lower == "as" and tokens[before + 1].lower in ("in", "during"))
        or (
            before >= 0
            and tokens[before].lower in ("on", "over")
            and before > 0
            and (tokens[before - 1].lower in ("%", "percent", "cent") or cues.at(before - 1, "up", "down"))
        )
    )
    compared = compared or "ago" in [token.lower for token in tokens[one.start : one.stop]]
    text = " ".join(token.lower for token in tokens[one.start : one.stop])
    around = [token.lower for token in tokens[max(0, one.start - 2) : one.stop + 2]]
    fiscal = any(word in ("fiscal", "fy") or re.fullmatch(r"fy\d\d(?:\d\d)?|q[1-4]fy\d\d", word) for word in around)
    return replace(
        one,
        compared=bool(compared),
        fiscal=fiscal,
        event=event,
        dated=bool(re.search(r"\d{4}|\d[qh]\d\d", text)) or _names_last_year(one, tokens),
    )


def _names_last_year(one: Moment, tokens: Sequence[Token]) -> bool:
    """ "The fourth quarter of last year" names its year, if not in figures."""
    words = [token.lower for token in tokens[one.start : one.stop]]
    return one.period.kind is not Kind.YEAR and words[-2:] in (["last", "year"], ["previous", "year"])


def _is_of_saying(one: Moment, tokens: Sequence[Token]) -> bool:
    """ "Last month, Canalys calculated that ..." dates the words, not the figures."""
    after = [token.lower for token in tokens[one.stop : one.stop + 7]]
    return one.start <= 1 and after[:1] == [","] and bool(set(after) & small_words("verbs_of_saying"))


def _is_event(one: Moment, tokens: Sequence[Token]) -> bool:
    """True where the moment dates something else: "launched in September 2016", "after a record second quarter"."""
    if one.days:
        return False
    if one.period.kind is Kind.MONTH and _is_of_saying(one, tokens):
        return True
    if any(token.lower in small_words("published_things") for token in tokens[one.stop : one.stop + 6]):
        return False  # "released its Q2 2013 sales report"
    for place in range(one.start - 1, max(-1, one.start - 11), -1):
        word = tokens[place].lower
        if word in ("in", "during") and place < one.start - 2:
            return False
        if word.endswith("ed") and word not in _EVENTS and place > 0 and tokens[place - 1].lower != "-":
            return False
        if (word in _EVENTS_AFTER and place >= one.start - 7) or word in _EVENTS:
            return True
        if word in _STANDS:
            return False
        if tokens[place].number or word in small_words("ends_event"):
            return False
    return False
