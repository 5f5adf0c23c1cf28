"""Lines to sentences: numbers, periods, dates and places as a person of the language spoken now writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal

from bot.answers.answer import Amount, Argument, Days, Joined, Line, Named, Several, Where
from bot.languages.catalogue import translated
from bot.languages.marks import Counted, in_context, translatable
from bot.languages.places import inside, region_name
from bot.languages.spoken import ENGLISH, language, locale
from store.period import Kind, Period
from store.words import Bound, Certainty, Metric

METRICS = {
    Metric.SHIPMENTS: translatable("shipments"),
    Metric.MARKET_SHARE: translatable("market share"),
    Metric.RANK: translatable("rank"),
    Metric.GROWTH: translatable("growth"),
}
_CERTAINTIES = {
    Certainty.CONFIRMED: translatable("confirmed"),
    Certainty.ESTIMATE: translatable("estimate"),
    Certainty.EXPECTED: translatable("expected"),
    Certainty.RUMOURED: translatable("rumoured"),
}
_BOUNDS = {
    Bound.MORE: translatable("more than {amount}"),
    Bound.LESS: translatable("less than {amount}"),
    Bound.ABOUT: translatable("about {amount}"),
}
# {number} is 27.6, {compact} the whole number in short, as Chinese and Hindi write it: 2760万, 2.76 करोड़.
_UNITS = {
    "million": Counted("{number} million", "{number} million"),
    "points": translatable("{number} points"),
    "stores": translatable("{number} stores"),
}
_PLACES = (
    in_context("place", "first"), in_context("place", "second"), in_context("place", "third"),
    in_context("place", "fourth"), in_context("place", "fifth"), in_context("place", "sixth"),
    in_context("place", "seventh"), in_context("place", "eighth"), in_context("place", "ninth"),
    in_context("place", "tenth"),
)  # fmt: skip
_PLACE = in_context("place", "number {number}")
_IN_CELL, _AT_POINT = in_context("table", "{number}M"), in_context("point of a line", "{number}M")
_ON_AXIS = in_context("axis", "{number} million")
_QUARTER, _HALF = in_context("period", "Q{quarter} {year}"), in_context("period", "H{half} {year}")
_MONTH, _RANGE = in_context("period", "{month} {year}"), in_context("period", "{first} to {last}")
_IN_YEAR, _IN_RANGE = translatable("in {year}"), translatable("in {first} to {last}")
_IN_QUARTER = (translatable("in Q1 {year}"), translatable("in Q2 {year}"), translatable("in Q3 {year}"),
               translatable("in Q4 {year}"))  # fmt: skip
_IN_HALF = (translatable("in H1 {year}"), translatable("in H2 {year}"))
_IN_MONTH = (
    translatable("in January {year}"), translatable("in February {year}"), translatable("in March {year}"),
    translatable("in April {year}"), translatable("in May {year}"), translatable("in June {year}"),
    translatable("in July {year}"), translatable("in August {year}"), translatable("in September {year}"),
    translatable("in October {year}"), translatable("in November {year}"), translatable("in December {year}"),
)  # fmt: skip
_ON_DAY, _NO_DAY = translatable("on {date}"), translatable("on a day not known")
_STOP = in_context("end of a sentence", ".")
_STOPPED = (".", ":", "。", "：", "।", "?", "？", "{url}")

Escape = Callable[[str], str]


def sentence(line: Line, escape: Escape = str) -> str:
    """A line as text; `escape` is applied to each argument and to the words around them.

    A period that a line calls {period} is also there as {in_period}, for languages in which "in" changes it."""
    return _filled(_message(line), line, escape)


def _filled(message: str, line: Line, escape: Escape) -> str:
    if "{" not in message:
        return escape(message)
    given = {name: escape(word(argument)) for name, argument in line.arguments.items()}
    if "{in_" in message:
        for name, argument in line.arguments.items():
            if isinstance(argument, Period):
                given[f"in_{name}"] = escape(during(argument))
    if line.source and "source" not in given:
        given["source"] = escape(line.source.name)
    return escape(message).format_map(given)


def whole_sentence(line: Line, escape: Escape = str) -> str:
    """A line as text with a full stop, where it does not end in one or in an address."""
    message = _message(line)
    return _filled(message, line, escape) + ("" if message.endswith(_STOPPED) else stop())


def stop() -> str:
    """What ends a sentence."""
    return translated(_STOP)


def ended(text: str) -> str:
    """A text with a full stop, where it has none."""
    return text if text.endswith(_STOPPED) else text + stop()


def tell(message: str, /, **arguments: Argument) -> str:
    """A sentence of the bot's own in the language spoken now."""
    return sentence(Line(message, arguments))


def _message(line: Line) -> str:
    count = line.arguments.get("count", 0)
    return translated(line.message, count if isinstance(count, int) else 0)


def word(argument: Argument) -> str:
    """One argument as text."""
    match argument:
        case Amount():
            return amount(argument)
        case Period():
            return period(argument)
        case Days():
            return days(argument)
        case Where():
            return inside(argument.slug, argument.name, argument.iso)
        case Named():
            return region_name(argument.slug, argument.name, argument.iso)
        case Several():
            return _together(argument)
        case Line():
            return sentence(argument)
        case Certainty():
            return translated(_CERTAINTIES[argument])
        case Metric():
            return translated(METRICS[argument])
        case date():
            return day(argument)
        case _:
            return str(argument)


def amount(one: Amount) -> str:
    """27.6 million, 23.5%, fifth; with more than, less than or about before it where that is what is known."""
    if one.unit == "rank":
        place = int(one.value)
        return translated(_PLACES[place - 1]) if 1 <= place <= len(_PLACES) else tell(_PLACE, number=str(place))
    if one.unit == "change":
        sign = "+" if one.value > 0 else "−" if one.value < 0 else ""
        return sign + _percent(_number(one.value).lstrip("-−"))
    if one.unit == "percent":
        bare = _percent(_number(one.value))
    elif one.unit in _UNITS:
        bare = _counted(_UNITS[one.unit], one, _number(one.value))
    else:
        bare = f"{_number(one.value)} {one.unit}".rstrip()
    return bare if one.bound is Bound.EXACT else tell(_BOUNDS[one.bound], amount=bare)


def cell(one: Amount | None) -> str:
    """An amount short enough for a table: 27.6M, 23.5%, >10M, a dash where there is none."""
    if one is None:
        return "–"
    if one.unit == "change":
        return amount(one)
    number = _number(one.value, "#,##0.0#" if one.unit != "rank" else "0")
    if one.unit == "million":
        return one.bound.value + _counted(_IN_CELL, one, number)
    return one.bound.value + (_percent(number) if one.unit == "percent" else number)


def point(one: Amount) -> str:
    """An amount at a point of a line, as short as can be: its axis says what it counts."""
    if one.unit != "million":
        return cell(one)
    return one.bound.value + _counted(_AT_POINT, one, _number(one.value, "#,##0.0#"))


def axis_amount(one: Amount, highest: bool) -> str:
    """A number on an axis: 40, and 40 million or 40% where it stands at the end."""
    number = _number(one.value)
    if one.unit == "percent":
        return _percent(number) if highest else number
    if "{compact}" in translated(_IN_CELL):  # 4000万 and 20 would be no scale
        return cell(one)
    return tell(_ON_AXIS, number=number) if highest else number


def _number(value: float, pattern: str = "#,##0.##") -> str:
    return _decimal(value, pattern, locale())


@lru_cache(2048)  # the same few numbers and days are told again and again, and each takes babel a while
def _decimal(value: float, pattern: str, where: str) -> str:
    return format_decimal(value, format=pattern, locale=where)


def _percent(number: str) -> str:
    """23.5% or 23,5 %, as the language has it."""
    pattern = Locale.parse(locale()).percent_formats[None].pattern
    return str(re.sub(r"[#,0.]+", lambda _: number, pattern)).replace(" ", "\u00a0")


def _counted(message: str, one: Amount, number: str) -> str:
    text = translated(message, 1 if Locale.parse(locale()).plural_form(one.value) == "one" else 2)
    if "{compact}" not in text:
        return text.format(number=number)
    forms = Locale.parse(locale()).compact_decimal_formats
    whole = round(round(one.value, 2) * 1_000_000)
    kind = "long" if "long" in forms else "short"
    compact = format_compact_decimal(whole, format_type=kind, locale=locale(), fraction_digits=4)  # type: ignore[arg-type]
    return text.format(number=number, compact=compact)


def period(one: Period) -> str:
    """Q3 2017, H1 2017, October 2017, 2017; a range from its first part to its last."""
    year = str(one.start.year)
    match one.kind:
        case Kind.RANGE:
            return tell(_RANGE, first=period(one.parts[0]), last=period(one.parts[-1]))
        case Kind.MONTH:
            return tell(_MONTH, month=_month(one), year=year)
        case Kind.QUARTER:
            return tell(_QUARTER, quarter=str((one.start.month + 2) // 3), year=year)
        case Kind.HALF:
            return tell(_HALF, half=str((one.start.month + 5) // 6), year=year)
        case _:
            return year


def during(one: Period) -> str:
    """In Q3 2017, in October 2017, in 2017: what "in" makes of a period."""
    year = str(one.start.year)
    match one.kind:
        case Kind.RANGE:
            return tell(_IN_RANGE, first=period(one.parts[0]), last=period(one.parts[-1]))
        case Kind.MONTH:
            return tell(_IN_MONTH[one.start.month - 1], year=year)
        case Kind.QUARTER:
            return tell(_IN_QUARTER[(one.start.month - 1) // 3], year=year)
        case Kind.HALF:
            return tell(_IN_HALF[(one.start.month - 1) // 6], year=year)
        case _:
            return tell(_IN_YEAR, year=year)


def short_month(one: Period) -> str:
    """Oct, for an axis."""
    name = str(get_month_names("abbreviated", context="stand-alone", locale=locale())[one.start.month])
    return name[:3] if language() == ENGLISH else name.rstrip(".")


def _month(one: Period) -> str:
    return str(get_month_names("wide", context="stand-alone", locale=locale())[one.start.month])


def days(one: Days) -> str:
    """on 7 November 2017, in November 2017, in 2017; on a day not known."""
    if len(one.text) == 10:
        return tell(_ON_DAY, date=date.fromisoformat(one.text))
    return during(Period.parse(one.text)) if one.text else translated(_NO_DAY)


def day(one: date) -> str:
    """7 November 2017, 7 de noviembre de 2017, 2017年11月7日."""
    return _date(one, "d MMMM y" if language() == ENGLISH else "long", locale())


@lru_cache(2048)
def _date(one: date, form: str, where: str) -> str:
    return format_date(one, form, locale=where)


def _together(several: Several) -> str:
    parts = [word(part) for part in several.parts]
    if several.joined in (Joined.VERSUS, Joined.SEMICOLON) or (
        language() == ENGLISH and several.joined is not Joined.LIST
    ):
        return several.joined.join(parts)
    return format_list(parts, locale=locale())
