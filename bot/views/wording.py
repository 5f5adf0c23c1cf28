"""Lines to sentences: numbers, periods, dates and places as a person of a language writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from bot.answers.answer import Amount, Argument, Days, Line, Where
from store.period import Kind, Period
from store.words import WORLD, Bound, Certainty, Metric

_METRIC = {
    Metric.SHIPMENTS: "shipments",
    Metric.MARKET_SHARE: "market share",
    Metric.RANK: "rank",
    Metric.GROWTH: "growth",
}
_BOUND = {Bound.EXACT: "", Bound.MORE: "more than ", Bound.LESS: "less than ", Bound.ABOUT: "about "}
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WITH_ARTICLE = {
    "united-states", "united-kingdom", "united-arab-emirates", "netherlands", "philippines", "maldives", "bahamas",
    "americas", "middle-east", "middle-east-and-africa", "caribbean", "dominican-republic", "solomon-islands",
}  # fmt: skip


def sentence(line: Line, escape: Callable[[str], str] = str, locale: str = "en_GB") -> str:
    """A line as text; `escape` is applied to each argument and to the words around them."""
    given = {name: escape(word(argument, locale)) for name, argument in line.arguments.items()}
    if line.source and "source" not in given:
        given["source"] = escape(line.source.name)
    return escape(line.message).format_map(given)


def word(argument: Argument, locale: str = "en_GB") -> str:
    """One argument as text."""
    match argument:
        case Amount():
            return amount(argument, locale)
        case Period():
            return period(argument, locale)
        case Days():
            return days(argument, locale)
        case Where():
            return place(argument)
        case Certainty():
            return argument.value
        case Metric():
            return _METRIC[argument]
        case date():
            return format_date(argument, "d MMMM y", locale=locale)
        case _:
            return str(argument)


def amount(one: Amount, locale: str = "en_GB") -> str:
    """27.6 million, 23.5%, fifth; with more than, less than or about before it where that is what is known."""
    if one.unit == "rank":
        return _PLACES[int(one.value) - 1] if 1 <= one.value <= len(_PLACES) else f"number {int(one.value)}"
    number = format_decimal(one.value, format="#,##0.##", locale=locale)
    if one.unit == "change":
        return f"{'+' if one.value > 0 else '−' if one.value < 0 else ''}{number.lstrip('-')}%"
    if one.unit == "percent":
        return f"{_BOUND[one.bound]}{number}%"
    return f"{_BOUND[one.bound]}{number} {one.unit}".rstrip()


def cell(one: Amount | None, locale: str = "en_GB") -> str:
    """An amount short enough for a table: 27.6M, 23.5%, >10M, a dash where there is none."""
    if one is None:
        return "–"
    if one.unit == "change":
        return amount(one, locale)
    number = format_decimal(one.value, format="#,##0.0#" if one.unit != "rank" else "0", locale=locale)
    return f"{one.bound.value}{number}" + {"million": "M", "percent": "%"}.get(one.unit, "")


def period(one: Period, locale: str = "en_GB") -> str:
    """Q3 2017, the first half of 2017, October 2017, 2017; a range from its first part to its last."""
    match one.kind:
        case Kind.RANGE:
            return f"{period(one.parts[0], locale)} to {period(one.parts[-1], locale)}"
        case Kind.MONTH:
            return f"{get_month_names('wide', locale=locale)[one.start.month]} {one.start.year}"
        case Kind.QUARTER:
            return f"Q{(one.start.month + 2) // 3} {one.start.year}"
        case Kind.HALF:
            return f"H{(one.start.month + 5) // 6} {one.start.year}"
        case _:
            return str(one.start.year)


def days(one: Days, locale: str = "en_GB") -> str:
    """on 7 November 2017, in November 2017, in 2017; on a day not known."""
    if len(one.text) == 10:
        return f"on {format_date(date.fromisoformat(one.text), 'd MMMM y', locale=locale)}"
    return f"in {period(Period.parse(one.text), locale)}" if one.text else "on a day not known"


def place(one: Where) -> str:
    """worldwide, in India, in the United States."""
    if one.slug == WORLD:
        return "worldwide"
    return f"in {'the ' if one.slug in _WITH_ARTICLE else ''}{one.name}"
