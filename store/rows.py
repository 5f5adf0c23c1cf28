"""Rows of the CSV files, shipped or an admin's: text in, checked frozen rows out, and back. No database here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from store.period import Kind, Period, PeriodError
from store.words import UNIT_OF, Bound, Certainty, Metric, Unit

FACT_COLUMNS = ("vendor", "metric", "value", "unit", "region", "period", "certainty", "source", "url", "published")
MILESTONE_COLUMNS = ("vendor", "title", "value", "unit", "region", "period", "certainty", "source", "url", "published")
LAUNCH_COLUMNS = ("vendor", "product", "region", "date", "certainty", "source", "url", "published")
NEWS_COLUMNS = ("vendor", "product", "region", "title", "topic", "certainty", "source", "url", "published")
OPTIONAL_COLUMNS = ("announced_by", "keywords", "bound")

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)[, ](?=\d{3}(?:[, .]|$))")


class RowError(ValueError):
    """A row cannot be taken; the message says which column, what was expected and what to write."""


@dataclass(frozen=True)
class NewSource:
    name: str
    url: str
    published: date
    announced_by: str = ""


@dataclass(frozen=True)
class NewFact:
    vendor: str
    metric: Metric
    value: float
    bound: Bound
    unit: Unit
    region: str
    period: Period
    certainty: Certainty
    source: NewSource


@dataclass(frozen=True)
class NewMilestone:
    vendor: str
    title: str
    value: float | None
    bound: Bound
    unit: str
    region: str
    period: Period
    keywords: str
    certainty: Certainty
    source: NewSource


@dataclass(frozen=True)
class NewLaunch:
    """`date_text` is `2017-11-07`, `2017-11`, `2017` or empty; `days` its first and last day, where it has any."""

    vendor: str
    product: str
    region: str
    date_text: str
    days: tuple[date, date] | None
    certainty: Certainty
    source: NewSource


@dataclass(frozen=True)
class NewNews:
    vendor: str
    product: str
    region: str
    title: str
    topic: str
    keywords: str
    certainty: Certainty
    source: NewSource


NewRow = NewFact | NewMilestone | NewLaunch | NewNews

COLUMNS: dict[type[NewRow], tuple[str, ...]] = {  # as they are written, in this order
    NewFact: (*FACT_COLUMNS, "announced_by"),
    NewMilestone: (*MILESTONE_COLUMNS, "announced_by", "keywords"),
    NewLaunch: (*LAUNCH_COLUMNS, "announced_by"),
    NewNews: (*NEWS_COLUMNS, "announced_by", "keywords"),
}


def kind_of_file(columns: Iterable[str]) -> type[NewRow]:
    """Which kind of rows a file holds, by its columns. Raises RowError naming what is missing."""
    present = {column.strip().lower() for column in columns}
    kinds: tuple[tuple[type[NewRow], tuple[str, ...]], ...] = (
        (NewFact, FACT_COLUMNS),
        (NewMilestone, MILESTONE_COLUMNS),
        (NewNews, NEWS_COLUMNS),
        (NewLaunch, LAUNCH_COLUMNS),
    )
    for kind, needed in kinds:
        if present.issuperset(needed):
            return kind
    likeliest = min((needed for _, needed in kinds), key=lambda needed: len(set(needed) - present))
    missing = ", ".join(column for column in likeliest if column not in present)
    raise RowError(f"the first line lacks the column(s) {missing}; expected {','.join(likeliest)}")


def parse_row(kind: type[NewRow], row: Mapping[str, str]) -> NewRow:
    """Check one row of a file of that kind; keys are the columns in lower case. Raises RowError."""
    cell = {column: " ".join(text.split()) for column, text in row.items()}
    strange = next((column for column, text in cell.items() if _CONTROL.search(text)), None)
    if strange:
        raise RowError(f"{strange} holds a control character, which no text has; is the file damaged?")
    vendor, region = slug(cell, "vendor"), slug(cell, "region")
    certainty, source = _certainty(cell), _source(cell)
    if kind is NewFact:
        metric = _metric(cell)
        bound, value = _number(cell)
        value, unit = _measured(metric, value, cell["unit"])
        return NewFact(vendor, metric, value, bound, unit, region, _period(cell), certainty, source)
    if kind is NewMilestone:
        bound, number = _number(cell) if cell["value"] else (Bound.EXACT, None)
        title, keywords = _needed(cell, "title", 256), _optional(cell, "keywords", 512)
        unit_text = _optional(cell, "unit", 16).lower()
        return NewMilestone(vendor, title, number, bound, unit_text, region, _period(cell), keywords, certainty, source)
    product = _product(cell)
    if kind is NewNews:
        title, keywords = _needed(cell, "title", 512), _optional(cell, "keywords", 1024)
        topic = _optional(cell, "topic", 32).lower()
        return NewNews(vendor, product, region, title, topic, keywords, certainty, source)
    days = parse_days(cell["date"])
    return NewLaunch(vendor, product, region, cell["date"], days, certainty, source)


def cells_of(row: NewRow) -> dict[str, str]:
    """The row as text under its columns; parse_row makes the same row of it."""
    cell = {"vendor": row.vendor, "region": row.region, "certainty": row.certainty.value, "source": row.source.name}
    cell |= {"url": row.source.url, "published": row.source.published.isoformat()}
    cell |= {"announced_by": row.source.announced_by}
    match row:
        case NewFact():
            cell |= {"metric": row.metric.value, "value": _written(row.bound, row.value), "unit": row.unit.value}
            cell |= {"period": str(row.period)}
        case NewMilestone():
            cell |= {"title": row.title, "value": _written(row.bound, row.value), "unit": row.unit}
            cell |= {"period": str(row.period), "keywords": row.keywords}
        case NewLaunch():
            cell |= {"product": row.product, "date": row.date_text}
        case NewNews():
            cell |= {"product": row.product, "title": row.title, "topic": row.topic, "keywords": row.keywords}
    return {column: cell[column] for column in COLUMNS[type(row)]}


def _written(bound: Bound, value: float | None) -> str:
    return "" if value is None else f"{bound.value}{repr(value).removesuffix('.0')}"


def slug(cell: Mapping[str, str], column: str) -> str:
    """A vendor's or region's slug: `Western Europe` is read as `western-europe`."""
    text = re.sub(r"[\s_]+", "-", cell.get(column, "").lower())
    if not text:
        raise RowError(f"{column} is empty; write a slug such as {'xiaomi' if column == 'vendor' else 'spain'}")
    return text


def parse_days(text: str) -> tuple[date, date] | None:
    """The first and last day of `2017-11-07`, `2017-11` or `2017`; None where nothing is written. Raises RowError."""
    if not text:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text), date.fromisoformat(text)
        period = Period.parse(text)
        if period.kind is Kind.RANGE:
            raise PeriodError(text)
    except ValueError:
        raise RowError(f"date {text!r} is none; write 2017-11-07, 2017-11, 2017, or leave it empty") from None
    return period.start, period.end


def _needed(cell: Mapping[str, str], column: str, longest: int) -> str:
    text = _optional(cell, column, longest)
    if not text:
        raise RowError(f"{column} is empty")
    return text


def _optional(cell: Mapping[str, str], column: str, longest: int) -> str:
    text = cell.get(column, "")
    if len(text) > longest:
        raise RowError(f"{column} has {len(text)} characters; at most {longest} fit")
    return text


def _product(cell: Mapping[str, str]) -> str:
    text = _optional(cell, "product", 90)
    if text and not any(letter.isalnum() for letter in text):
        raise RowError(f"product {text!r} has no letter or digit; write its name, or leave it empty")
    return text


def _metric(cell: Mapping[str, str]) -> Metric:
    text = re.sub(r"[\s-]+", "_", cell["metric"].lower())
    try:
        return Metric("market_share" if text == "share" else text)
    except ValueError:
        raise RowError(f"metric {cell['metric']!r} is none of {', '.join(Metric)}") from None


def _certainty(cell: Mapping[str, str]) -> Certainty:
    text = cell["certainty"].lower().replace("rumored", "rumoured")
    try:
        return Certainty(text)
    except ValueError:
        raise RowError(f"certainty {cell['certainty']!r} is none of {', '.join(Certainty)}") from None


def _period(cell: Mapping[str, str]) -> Period:
    try:
        return Period.parse(cell["period"])
    except PeriodError as error:
        raise RowError(str(error)) from None


def _number(cell: Mapping[str, str]) -> tuple[Bound, float]:
    text = cell.get("bound", "") + cell["value"]
    bound = Bound(text[0]) if text[:1] in (Bound.MORE, Bound.LESS, Bound.ABOUT) else Bound.EXACT
    plain = _THOUSANDS.sub("", text[len(bound) :].strip())
    number = float(plain) if _NUMBER.fullmatch(plain) else math.nan
    if not math.isfinite(number):
        raise RowError(f"value {cell['value']!r} is no number; write 27.6, or >10 for more than ten")
    return bound, number


_SCALE = {"": 1.0, "million": 1.0, "millions": 1.0, "m": 1.0, "mn": 1.0, "units": 1e-6, "unit": 1e-6, "phones": 1e-6}
_SCALE |= {"smartphones": 1e-6, "thousand": 1e-3, "k": 1e-3, "billion": 1e3, "bn": 1e3, "crore": 10.0, "lakh": 0.1}


def _measured(metric: Metric, value: float, unit_text: str) -> tuple[float, Unit]:
    """The value in the metric's own unit. Raises RowError where the unit or the size cannot be."""
    unit, text = UNIT_OF[metric], unit_text.lower().removesuffix(" units").removesuffix(" smartphones")
    if unit is Unit.MILLION:
        if text not in _SCALE:
            raise RowError(f"unit {unit_text!r} is not known for shipments; write million (or units, thousand, crore)")
        value = round(value * _SCALE[text], 9)
        if not 0 <= value < 1e5:
            raise RowError(f"shipments of {value:g} million cannot be; is the unit right?")
    elif unit is Unit.PERCENT:
        if text not in ("percent", "%", "per cent", "pct", ""):
            raise RowError(f"unit {unit_text!r} is not known for {metric.value}; write percent")
        if metric is Metric.MARKET_SHARE and not 0 <= value <= 100:
            raise RowError(f"a market share of {value:g} percent cannot be; expected 0 to 100")
    elif value != int(value) or value < 1:
        raise RowError(f"rank {value:g} cannot be; expected 1, 2, 3 ...")
    return value, unit


def _source(cell: Mapping[str, str]) -> NewSource:
    announced_by = _optional(cell, "announced_by", 256)
    return _read_source(_needed(cell, "source", 128), _needed(cell, "url", 512), cell["published"], announced_by)


@lru_cache(1024)  # a table of one page is many rows of one source
def _read_source(name: str, url: str, published: str, announced_by: str) -> NewSource:
    if not is_web_address(url):
        raise RowError(f"url {url!r} is no web address; write it whole, from https:// on")
    try:
        return NewSource(name, url, date.fromisoformat(published), announced_by)
    except ValueError:
        raise RowError(f"published {published!r} is no date; write it as 2017-10-31") from None


def is_web_address(url: str) -> bool:
    """True for a whole http or https address with a host that has a dot."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc.strip(".") and not re.search(r"\s", url)
