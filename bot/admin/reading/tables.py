"""Reads tables, also such as were flattened to lines of text: a heading that tells each column, rows by vendor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.admin.reading.candidate import FoundFact
from bot.admin.reading.context import Context
from bot.admin.reading.cues import Cues
from bot.admin.reading.figures import plausible
from bot.admin.reading.layout import Line
from bot.admin.reading.moments import find_moments
from bot.admin.reading.names import Sort, find_names
from bot.admin.reading.small_words import small_words
from bot.admin.reading.tokens import tokenize
from bot.understanding.lexicon import Lexicon
from store.period import Period
from store.words import TOTAL, Certainty, Metric

_CELL = re.compile(
    r"[+\-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|[+\-−]?\d+(?:[.,]\d+)?\s?%?(?:\s?(?:M|mn|million)\b)?|(?<![\w])(?:n/?a|–|—|-)(?![\w])",
    re.I,
)
_GAPS = re.compile(r"\||\t|\s{2,}|(?:\s*\.){2,}|\s\.\s")
_ORDER = re.compile(r"^(?:#\s?)?(\d{1,2})(?:\s?[.)]|\s+(?:\(\w\)\s*)?(?:\.\s)*(?=[A-Za-z]))\s*(?:\(\w\)\s*)?")
_PERIOD_CELL = re.compile(
    r"[1-4]Q\s?'?\d{2,4}|Q[1-4][\s'’]*(?:20)?\d\d|(?:20)\d\dQ[1-4]|[12]H\s?\d{2,4}|H[12]\s?20\d\d|(?:CY|FY)?20\d\d(?![\w.,]\d)(?:\s?Q[1-4])?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?[\s-]+20\d\d",
    re.I,
)
_METRICS = (
    (Metric.GROWTH, re.compile(r"growth|change|y/?o/?y|y-o-y|year[\s-]o(?:ver|n)[\s-]year|annual", re.I)),
    (Metric.MARKET_SHARE, re.compile(r"share|m/s\b", re.I)),
    (Metric.SHIPMENTS, re.compile(r"shipments?|units?|volumes?|sales|sell[\s-](?:in|through)", re.I)),
)
_NOT_OURS = re.compile(
    r"revenue|price|asp\b|profit|hours?|score|mAh|megapixel|tablet|wearable|feature phone|installed|value|qoq|q/q|quarter[\s-]on|quarter[\s-]over|sequential|points?\b|satisf|update|users?\b|\bos\b|android|premium|5g\b|foldable|online|offline|battery|screen|patch|camera|storage|weight|watch\b|\btvs?\b|laptop|\bpcs?\b|rating",
    re.I,
)
_SCALES = (
    (re.compile(r"thousands?|\(000s?\)|'000|in 000", re.I), 1e-3),
    (re.compile(r"millions?|\bmn\b|\(m\)", re.I), 1.0),
)
_PLAIN_UNITS = re.compile(r"\(units?\)|in units", re.I)
_TOTAL = re.compile(
    r"(?:grand )?total(?: market)?|overall|all vendors|market total|industry total|total shipments|total smartphones?",
    re.I,
)
_MOST_ROWS = 60


@dataclass(frozen=True)
class Column:
    """What a column of a table holds; the metric of one that is none of ours is None."""

    metric: Metric | None
    period: Period | None


@dataclass(frozen=True)
class _Row:
    line: int
    label: str
    cells: tuple[str, ...]
    order: int | None


def read_tables(lines: Sequence[Line], context: Context) -> tuple[list[FoundFact], set[int]]:
    """The facts of all tables in an article, and which lines they took."""
    found: list[FoundFact] = []
    taken: set[int] = set()
    at = 0
    while at < len(lines):
        rows, stop = _rows_from(lines, at, context.lexicon)
        if len(rows) >= 2:
            caption, header = _above(lines, at, taken)
            facts = _read(rows, header, caption, lines, context)
            found += facts
            if facts or len(rows) >= 3 or all("%" not in cell for row in rows for cell in row.cells):
                taken.update(range(at, stop))
                taken.update(range(at - len(header), at))
            at = stop
            continue
        turned, stop = _turned(lines, at, context)
        if turned:
            found += turned
            taken.update(range(at, stop))
            at = stop
            continue
        at += 1
    return found, taken


def _rows_from(lines: Sequence[Line], at: int, lexicon: Lexicon) -> tuple[list[_Row], int]:
    """The rows of a table that begins at a line, and the line after it. A row may be one line, or one line a cell."""
    rows: list[_Row] = []
    while at < len(lines) and len(rows) < _MOST_ROWS:
        row = _row(lines[at].text, at)
        if row and _label(row.label, lexicon) is not None:
            rows.append(row)
            at += 1
            continue
        label = _label(lines[at].text, lexicon)
        stop = at + 1
        cells: list[str] = []
        while label is not None and stop < len(lines) and _CELL.fullmatch(lines[stop].text.strip()) and len(cells) < 12:
            cells.append(lines[stop].text.strip())
            stop += 1
        if cells:
            rows.append(_Row(at, lines[at].text, tuple(cells), None))
            at = stop
            continue
        if rows and re.fullmatch(r"[\s|:\-–—+=]+", lines[at].text):
            at += 1
            continue
        break
    return rows, at


def _row(text: str, line: int) -> _Row | None:
    """A line of a name and then only numbers."""
    text = text.strip(" |")
    order = _ORDER.match(text)
    body = text[order.end() :] if order else text
    parts = [part.strip() for part in _GAPS.split(body) if part and part.strip(" .")]
    if order is None and len(parts) > 2 and re.fullmatch(r"\d{1,2}", parts[0]):
        return _row(" | ".join(parts[1:]), line)
    body = " ".join(parts)
    body = re.sub(r"(?<=\d)%(?=[\d+-])", "% ", body)
    glued = re.match(r"([A-Za-z*]+?)\*{0,2}(?=\d{1,3}%)", body)
    if glued:
        body = f"{glued[1]} {body[glued.end() :]}"
    first = re.search(r"(?<![\w.])(?:[+\-−(]?\s?\d)|\s(?:n/?a|–|—|-)\s", body)
    if not first or first.start() == 0:
        return None
    label, rest = body[: first.start()].strip(" :.-–—*|"), body[first.start() :]
    cells = _CELL.findall(rest)
    left = _CELL.sub("", rest)
    if not cells or re.search(r"[A-Za-z]{2,}", left) or len(label) > 40 or len(cells) > 14:
        return None
    return _Row(line, label, tuple(cell.strip() for cell in cells), int(order[1]) if order else None)


def _label(text: str, lexicon: Lexicon) -> str | None:
    """The vendor that a row is about, `total`, or "" for one that is none ("Others"); None where it is no row of ours."""
    text = text.strip(" *:|.").strip()
    text = re.sub(r"\s*[\[(*†‡^].*$", "", text).strip()
    if not text or len(text) > 40:
        return None
    if _TOTAL.fullmatch(text):
        return TOTAL
    if re.fullmatch(r"(?:all )?others?(?: brands| vendors)?|rest of market|the rest", text, re.I):
        return ""
    tokens = tokenize(text)
    names = find_names(tokens, lexicon)
    if len(names) == 1 and names[0].sort is Sort.VENDOR and len(tokens) - (names[0].stop - names[0].start) <= 1:
        return names[0].slug
    if (
        names
        and names[0].sort is Sort.VENDOR
        and names[0].start == 0
        and all(
            token.lower in small_words("tables", "parts_of_names")
            or names[-1].start <= at < names[-1].stop
            or at < names[0].stop
            for at, token in enumerate(tokens)
        )
    ):
        return names[0].slug
    return None


def _above(lines: Sequence[Line], at: int, taken: set[int]) -> tuple[str, list[str]]:
    """The caption of a table, and the lines between it and the rows that name its columns."""
    header: list[str] = []
    line = at - 1
    while line >= 0 and line not in taken and len(header) < 10 and _is_header(lines[line].text, len(header)):
        header.insert(0, lines[line].text)
        line -= 1
    captions = []
    while line >= 0 and line not in taken and len(captions) < 2 and lines[line].text.strip() and at - line < 14:
        captions.insert(0, lines[line].text)
        line -= 1
        if len(captions[0]) > 200:
            break
    return " ".join([*captions[-1:], *header]), header


def _is_header(text: str, taken: int) -> bool:
    if re.fullmatch(r"[\s|:\-–—+=]+", text):
        return True
    words = re.findall(r"[A-Za-z]{2,}", text)
    known = re.match(
        r"\W*(?:vendors?|brands?|company|companies|oems?|rank\w*|manufacturers?|quarter|period|maker|makers|shipments?|market share|units|growth|annual|year|change|table)\b",
        text,
        re.I,
    )
    if _PERIOD_CELL.fullmatch(text.strip(" |")) or re.fullmatch(r"\|?\s*(?:Q[1-4]|20\d\d)\s*\|?", text.strip()):
        return True
    if len(list(_PERIOD_CELL.finditer(text))) >= 2 and len(text) < 140 and not text.rstrip().endswith("."):
        return True
    if "|" in text and len(text) < 90 and re.search(r"share|shipments", text, re.I):
        return True
    if re.match(r"\W*(?:brands?|vendors?|company)(?=Q[1-4])", text, re.I):
        return True
    return (
        (bool(known)
        and len(words) < 40
        and not text.rstrip().endswith("."))
        or (len(text) < 45 and bool(_PERIOD_CELL.search(text)) and any(pattern.search(text) for _, pattern in _METRICS))
    )


def _read(
    rows: Sequence[_Row], header: Sequence[str], caption: str, lines: Sequence[Line], context: Context
) -> list[FoundFact]:
    named = " ".join(header)
    if (caption.removesuffix(named) if named else caption).rstrip().endswith("."):
        caption = " ".join(header)
    if _NOT_OURS.search(" ".join(header)) or (
        _NOT_OURS.search(caption) and not re.search(r"smartphone", caption, re.I)
    ):
        if not (
            re.search(r"share|shipments", caption, re.I)
            and not re.search(r"battery|price|revenue|feature phone|tablet", caption, re.I)
        ):
            return []
    width = max(len(row.cells) for row in rows)
    columns = _columns(header, caption, rows, width, context)
    if columns is None:
        return []
    region = _region(caption, context)
    scale = _scale(caption, rows, columns)
    ranked = _is_ranking(caption, rows)
    found = []
    for row in rows:
        vendor = _label(row.label, context.lexicon)
        if vendor is None or vendor == "" or (len(row.cells) != width and vendor != TOTAL):
            continue
        quote = (
            lines[row.line].text
            if len(lines[row.line].text) > len(row.label) + 2
            else f"{row.label} {' '.join(row.cells)}"
        )
        for column, cell in zip(columns, row.cells, strict=False):
            fact = _fact(vendor, column, cell, scale, region, quote)
            if fact:
                found.append(fact)
        first = next((column.period for column in columns if column.period), None)
        if ranked and row.order and first and vendor != TOTAL:
            newest = max((column.period for column in columns if column.period), key=lambda one: one.end)
            found.append(FoundFact(vendor, Metric.RANK, float(row.order), region, newest, Certainty.ESTIMATE, quote))
    return found


def _fact(vendor: str, column: Column, cell: str, scale: float, region: str, quote: str) -> FoundFact | None:
    number = _number(cell)
    if column.metric is None or column.period is None or number is None:
        return None
    if column.metric is Metric.SHIPMENTS:
        value = round(number * scale, 6)
        if not plausible(value, vendor, region, column.period) or "%" in cell:
            return None
    elif column.metric is Metric.MARKET_SHARE:
        value = number
        if not 0 < value <= 100 or vendor == TOTAL:
            return None
    else:
        value = number
        if abs(value) > 2000:
            return None
    return FoundFact(vendor, column.metric, value, region, column.period, Certainty.ESTIMATE, quote)


def _number(cell: str) -> float | None:
    text = re.sub(r"[%\s]|M$|mn$|million$", "", cell.replace("−", "-"), flags=re.I)
    if re.fullmatch(r"[+-]?\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    text = text.replace(",", "")
    return float(text) if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text) else None


def _columns(
    header: Sequence[str], caption: str, rows: Sequence[_Row], width: int, context: Context
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
        parts = [part.strip() for part in _GAPS.split(line.strip(" |")) if part and part.strip(" .")]
        if len(parts) == width + 1 and width > 0 and len(parts) > 1:
            return parts[1:]
        if len(parts) == width + 2:
            return parts[2:]
    if len(lines) >= width and all(_is_title(line) for line in lines[-width:]) and width > 1:
        return list(lines[-width:])
    for told in (*reversed(lines), " ".join(lines)):
        periods = [match for match in _PERIOD_CELL.finditer(re.sub(r"(?<=\d)\s*\|\s*(?=Q[1-4])", " ", told))]
        metrics = [match for _, pattern in _METRICS for match in pattern.finditer(told)]
        if len(periods) == width > 1 and all(match.start() < periods[0].start() for match in metrics):
            return [match[0] for match in periods]
    for line in reversed(lines):
        split = _split_titles(line)
        if len(split) == width:
            return split
    joined = _split_titles(" ".join(lines))
    return joined if len(joined) == width else None


def _is_title(line: str) -> bool:
    return len(line) < 45 and (bool(_PERIOD_CELL.search(line)) or any(pattern.search(line) for _, pattern in _METRICS))


def _split_titles(line: str) -> list[str]:
    """ "Vendor 3Q17 Shipments 3Q17 Market Share 3Q17/3Q16 Change" as its titles."""
    marks: list[tuple[int, int, str]] = []
    for match in re.finditer(
        rf"(?:{_PERIOD_CELL.pattern})(?:\s?(?:/|vs\.?)\s?(?:{_PERIOD_CELL.pattern}))?", line, re.I
    ):
        marks.append((match.start(), match.end(), "period"))
    for match in re.finditer(
        r"shipment volumes?|unit shipments?|shipments?|market share|share|units|volumes?|(?:year[\s-]over[\s-]year|year[\s-]on[\s-]year|yoy|annual)\s*(?:change|growth)?|growth|change|sales",
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
    found = (
        bool(_PERIOD_CELL.search(title)) if kind == "period" else any(pattern.search(title) for _, pattern in _METRICS)
    )
    return found


def _column(title: str, caption: str, cells: Sequence[str], context: Context) -> Column:
    metric = next((metric for metric, pattern in _METRICS if pattern.search(title)), None)
    if _NOT_OURS.search(title):
        return Column(None, None)
    periods = _periods(title, context)
    if metric is None and len(periods) > 1:
        metric = Metric.GROWTH
    if metric is None:
        percent = sum("%" in cell for cell in cells) > len(cells) / 2 or bool(
            re.search(r"share", caption, re.I) and not re.search(r"shipments|units", caption, re.I)
        )
        named = [one for one, pattern in _METRICS if pattern.search(caption)]
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
        told = _periods(caption, context)
        period = max(told, key=lambda one: one.end) if told else context.period or context.home_period
    return Column(metric, period)


def _periods(text: str, context: Context) -> list[Period]:
    text = re.sub(r"(\d{4})\s?Q([1-4])", r"Q\2 \1", text)
    tokens = tokenize(text.replace("/", " / "))
    moments = find_moments(tokens, Cues(tokens), set(), context.lexicon, context.today)
    return [one.period for one in moments if one.days is None and one.period.start <= context.today]


def _region(caption: str, context: Context) -> str:
    tokens = tokenize(caption)
    regions = [name for name in find_names(tokens, context.lexicon) if name.sort is Sort.REGION]
    return regions[0].slug if regions else context.home_region


def _scale(caption: str, rows: Sequence[_Row], columns: Sequence[Column]) -> float:
    """Millions a unit of the shipment columns."""
    for pattern, scale in _SCALES:
        if pattern.search(caption):
            return scale
    if _PLAIN_UNITS.search(caption):
        return 1e-6
    values = [
        number
        for row in rows
        for column, cell in zip(columns, row.cells, strict=False)
        if column.metric is Metric.SHIPMENTS and (number := _number(cell)) is not None
    ]
    largest = max(values, default=0.0)
    return 1e-6 if largest > 500_000 else 1e-3 if largest > 2_000 else 1.0


def _is_ranking(caption: str, rows: Sequence[_Row]) -> bool:
    orders = [row.order for row in rows if row.order]
    return (
        len(orders) >= 2
        and orders == list(range(1, len(orders) + 1))
        and bool(re.search(r"top|rank|vendor|biggest|largest|company|companies", caption, re.I))
    )


def _turned(lines: Sequence[Line], at: int, context: Context) -> tuple[list[FoundFact], int]:
    """A table whose columns are vendors and whose rows are periods: "Quarter Huawei OPPO vivo" over "2017Q3 19.0% ..."."""
    vendors = _vendor_columns(lines[at].text, context.lexicon)
    if len(vendors) < 2:
        return [], at + 1
    caption = " ".join(line.text for line in lines[max(0, at - 2) : at])
    region = _region(caption, context)
    found: list[FoundFact] = []
    line = at + 1
    while line < len(lines):
        text = lines[line].text.strip(" |")
        if re.fullmatch(r"[\s|:\-–—+=]+", text):
            line += 1
            continue
        start = _PERIOD_CELL.match(text)
        cells = _CELL.findall(text[start.end() :]) if start else []
        periods = _periods(start[0], context) if start else []
        if not periods or len(cells) != len(vendors):
            break
        for vendor, cell in zip(vendors, cells, strict=True):
            share = "%" in cell or bool(re.search(r"share", caption, re.I))
            column = Column(Metric.MARKET_SHARE if share else Metric.SHIPMENTS, periods[0])
            if share or re.search(r"shipment|sales|units", caption, re.I):
                fact = _fact(vendor, column, cell, 1.0, region, text) if vendor else None
                found += [fact] if fact else []
        line += 1
    return (found, line) if line > at + 1 else ([], at + 1)


def _vendor_columns(text: str, lexicon: Lexicon) -> list[str]:
    """The vendors of a heading, "" for others; nothing where the line holds anything else."""
    text = re.sub(r"^\W*(?:quarter|period|year|date|month)\b", "", text.strip(" |"), flags=re.I)
    if len(text) > 200 or re.search(r"\d{2}", text):
        return []
    tokens = [token for token in tokenize(text) if token.text not in "|*"]
    names = {name.start: name for name in find_names(tokens, lexicon) if name.sort is Sort.VENDOR}
    found: list[str] = []
    at = 0
    while at < len(tokens):
        if at in names:
            found.append(names[at].slug)
            at = names[at].stop
        elif tokens[at].lower in ("others", "other"):
            found.append("")
            at += 1
        elif tokens[at].lower == "total":
            found.append(TOTAL)
            at += 1
        else:
            return []
    return found
