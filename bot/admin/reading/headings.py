"""Tells what the columns of a table hold, however their heading was flattened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.admin.reading.context import Context
from bot.admin.reading.cues import Cues
from bot.admin.reading.moments import find_moments
from bot.admin.reading.tokens import tokenize
from store.period import Period
from store.words import Metric

GAPS = re.compile(r"\||\t|\s{2,}|(?:\s*\.){2,}|\s\.\s")
PERIOD_CELL = re.compile(
    r"[1-4]Q\s?'?\d{2,4}|Q[1-4][\s'’]*(?:20)?\d\d|(?:20)\d\dQ[1-4]|[12]H\s?\d{2,4}|H[12]\s?20\d\d|(?:CY|FY)?20\d\d(?![\w.,]\d)(?:\s?Q[1-4])?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?[\s-]+20\d\d",
    re.I,
)
METRICS = (
    (Metric.GROWTH, re.compile(r"growth|change|y/?o/?y|y-o-y|year[\s-]o(?:ver|n)[\s-]year|annual", re.I)),
    (Metric.MARKET_SHARE, re.compile(r"share|m/s\b", re.I)),
    (Metric.SHIPMENTS, re.compile(r"shipments?|units?|volumes?|sales|sell[\s-](?:in|through)", re.I)),
)
NOT_OURS = re.compile(
    r"revenue|price|asp\b|profit|hours?|score|mAh|megapixel|tablet|wearable|feature phone|installed|value|qoq|q/q|"
    r"quarter[\s-]on|quarter[\s-]over|sequential|points?\b|satisf|update|users?\b|\bos\b|android|premium|5g\b|"
    r"foldable|online|offline|battery|screen|patch|camera|storage|weight|watch\b|\btvs?\b|laptop|\bpcs?\b|rating",
    re.I,
)


@dataclass(frozen=True)
class Row:
    """A row of a table: where it begins, what it is of, its cells as written, its number in a ranking."""

    line: int
    label: str
    cells: tuple[str, ...]
    order: int | None


@dataclass(frozen=True)
class Column:
    """What a column of a table holds; the metric of one that is none of ours is None."""

    metric: Metric | None
    period: Period | None


def read_columns(
    header: Sequence[str], caption: str, rows: Sequence[Row], width: int, context: Context
) -> list[Column] | None:
    """What each column holds; None where the heading and the rows do not fit together."""
    titles = _titles(header, width)
    if titles:
        columns = [
            _column(title, caption, [row.cells[at] for row in rows if at < len(row.cells)], context)
            for at, title in enumerate(titles)
        ]
        return columns if any(one.metric and one.period for one in columns) else None
    return None


def _titles(header: Sequence[str], width: int) -> list[str] | None:
    """The title of each column that holds numbers, however the heading was flattened."""
    lines = [line for line in header if not re.fullmatch(r"[\s|:\-–—+=]+", line)]
    for line in reversed(lines):
        parts = [part.strip() for part in GAPS.split(line.strip(" |")) if part and part.strip(" .")]
        if len(parts) == width + 1 and width > 0 and len(parts) > 1:
            return parts[1:]
        if len(parts) == width + 2:
            return parts[2:]
    if len(lines) >= width and all(_is_title(line) for line in lines[-width:]) and width > 1:
        return list(lines[-width:])
    for told in (*reversed(lines), " ".join(lines)):
        periods = list(PERIOD_CELL.finditer(re.sub(r"(?<=\d)\s*\|\s*(?=Q[1-4])", " ", told)))
        metrics = [match for _, pattern in METRICS for match in pattern.finditer(told)]
        if len(periods) == width > 1 and all(match.start() < periods[0].start() for match in metrics):
            return [match[0] for match in periods]
    for line in reversed(lines):
        split = _split_titles(line)
        if len(split) == width:
            return split
    joined = _split_titles(" ".join(lines))
    return joined if len(joined) == width else None


def _is_title(line: str) -> bool:
    return len(line) < 45 and (bool(PERIOD_CELL.search(line)) or any(pattern.search(line) for _, pattern in METRICS))


def _split_titles(line: str) -> list[str]:
    """ "Vendor 3Q17 Shipments 3Q17 Market Share 3Q17/3Q16 Change" as its titles."""
    marks: list[tuple[int, int, str]] = []
    cell = rf"(?:{PERIOD_CELL.pattern})(?:\s?(?:/|vs\.?)\s?(?:{PERIOD_CELL.pattern}))?"
    marks.extend((match.start(), match.end(), "period") for match in re.finditer(cell, line, re.I))
    for match in re.finditer(
        r"shipment volumes?|unit shipments?|shipments?|market share|share|units|volumes?|"
        r"(?:year[\s-]over[\s-]year|year[\s-]on[\s-]year|yoy|annual)\s*(?:change|growth)?|growth|change|sales",
        line,
        re.I,
    ):
        if not any(start <= match.start() < stop for start, stop, _ in marks):
            marks.append((match.start(), match.end(), "metric"))
    marks.sort()
    kinds = [kind for _, _, kind in marks]
    periods, metrics = kinds.count("period"), kinds.count("metric")
    if not metrics or not periods:
        return [line[start:stop] for start, stop, _ in marks]
    titles: list[str] = []
    opening = kinds[0]
    for start, stop, kind in marks:
        double = "/" in line[start:stop] and kind == "period"
        if kind == opening or double or not titles or _has(titles[-1], kind):
            titles.append(line[start:stop])
        else:
            titles[-1] += " " + line[start:stop]
    return titles


def _has(title: str, kind: str) -> bool:
    return bool(PERIOD_CELL.search(title)) if kind == "period" else any(pattern.search(title) for _, pattern in METRICS)


def _column(title: str, caption: str, cells: Sequence[str], context: Context) -> Column:
    metric = next((metric for metric, pattern in METRICS if pattern.search(title)), None)
    if NOT_OURS.search(title):
        return Column(None, None)
    periods = periods_in(title, context)
    if metric is None and len(periods) > 1:
        metric = Metric.GROWTH
    if metric is None:
        percent = sum("%" in cell for cell in cells) > len(cells) / 2 or bool(
            re.search(r"share", caption, re.I) and not re.search(r"shipments|units", caption, re.I)
        )
        named = [one for one, pattern in METRICS if pattern.search(caption)]
        if percent:
            signed = any(cell[0] in "+-−" for cell in cells)
            metric = Metric.GROWTH if signed else Metric.MARKET_SHARE if Metric.MARKET_SHARE in named else None
        elif Metric.SHIPMENTS in named:
            metric = Metric.SHIPMENTS
    if metric is Metric.SHIPMENTS and sum("%" in cell for cell in cells) > len(cells) / 2:
        metric = Metric.MARKET_SHARE if re.search(r"share", title + caption, re.I) else None
    period = (
        max(periods, key=lambda one: one.end)
        if metric is Metric.GROWTH and periods
        else periods[0]
        if periods
        else None
    )
    if period is None:
        told = periods_in(caption, context)
        period = max(told, key=lambda one: one.end) if told else context.period or context.home_period
    return Column(metric, period)


def periods_in(text: str, context: Context) -> list[Period]:
    text = re.sub(r"(\d{4})\s?Q([1-4])", r"Q\2 \1", text)
    tokens = tokenize(text.replace("/", " / "))
    moments = find_moments(tokens, Cues(tokens), set(), context.lexicon, context.today)
    return [one.period for one in moments if one.days is None and one.period.start <= context.today]
