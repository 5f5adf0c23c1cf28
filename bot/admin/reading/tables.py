"""Reads tables, also such as were flattened to lines of text: a heading that tells each column, rows by vendor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.admin.reading.candidate import FoundFact
from bot.admin.reading.context import Context
from bot.admin.reading.headings import GAPS, METRICS, NOT_OURS, PERIOD_CELL, Column, Row, periods_in, read_columns
from bot.admin.reading.layout import Line
from bot.admin.reading.names import Sort, find_names
from bot.admin.reading.plausible import plausible
from bot.admin.reading.small_words import small_words
from bot.admin.reading.tokens import tokenize
from bot.understanding.lexicon import Lexicon
from store.words import TOTAL, Certainty, Metric

_CELL = re.compile(
    r"[+\-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|[+\-−]?\d+(?:[.,]\d+)?\s?%?(?:\s?(?:M|mn|million)\b)?|(?<![\w])(?:n/?a|–|—|-)(?![\w])",
    re.I,
)
_ORDER = re.compile(r"^(?:#\s?)?(\d{1,2})(?:\s?[.)]|\s+(?:\(\w\)\s*)?(?:\.\s)*(?=[A-Za-z]))\s*(?:\(\w\)\s*)?")
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
_RULE = re.compile(r"[\s|:\-–—+=]+")


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


def _rows_from(lines: Sequence[Line], at: int, lexicon: Lexicon) -> tuple[list[Row], int]:
    """The rows of a table that begins at a line, and the line after it. A row may be one line, or one line a cell."""
    rows: list[Row] = []
    while at < len(lines) and len(rows) < _MOST_ROWS:
        row = _row(lines[at].text, at)
        if row and _label(row.label, lexicon) is not None:
            rows.append(row)
            at += 1
            continue
        stop = at + 1
        beside = stop < len(lines) and _CELL.fullmatch(lines[stop].text.strip())
        label = _label(lines[at].text, lexicon) if beside else None
        cells: list[str] = []
        while label is not None and stop < len(lines) and _CELL.fullmatch(lines[stop].text.strip()) and len(cells) < 12:
            cells.append(lines[stop].text.strip())
            stop += 1
        if cells:
            rows.append(Row(at, lines[at].text, tuple(cells), None))
            at = stop
            continue
        if rows and _RULE.fullmatch(lines[at].text):
            at += 1
            continue
        break
    return rows, at


def _row(text: str, line: int) -> Row | None:
    """A line of a name and then only numbers."""
    text = text.strip(" |")
    order = _ORDER.match(text)
    body = text[order.end() :] if order else text
    parts = [part.strip() for part in GAPS.split(body) if part and part.strip(" .")]
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
    return Row(line, label, tuple(cell.strip() for cell in cells), int(order[1]) if order else None)


def _label(text: str, lexicon: Lexicon) -> str | None:
    """The vendor that a row is about, `total`, or "" for one that is none ("Others"); None where it is no row."""
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
            token.lower in small_words("parts_of_names") or names[-1].start <= at < names[-1].stop or at < names[0].stop
            for at, token in enumerate(tokens)
        )
    ):
        return names[0].slug
    return None


def _above(lines: Sequence[Line], at: int, taken: set[int]) -> tuple[str, list[str]]:
    """The caption of a table, and the lines between it and the rows that name its columns."""
    header: list[str] = []
    line = at - 1
    while line >= 0 and line not in taken and len(header) < 10 and _is_header(lines[line].text):
        header.insert(0, lines[line].text)
        line -= 1
    captions: list[str] = []
    while line >= 0 and line not in taken and len(captions) < 2 and lines[line].text.strip() and at - line < 14:
        captions.insert(0, lines[line].text)
        line -= 1
        if len(captions[0]) > 200:
            break
    return " ".join([*captions[-1:], *header]), header


def _is_header(text: str) -> bool:
    if _RULE.fullmatch(text):
        return True
    words = re.findall(r"[A-Za-z]{2,}", text)
    known = re.match(
        r"\W*(?:vendors?|brands?|company|companies|oems?|rank\w*|manufacturers?|quarter|period|maker|makers|"
        r"shipments?|market share|units|growth|annual|year|change|table)\b",
        text,
        re.I,
    )
    if PERIOD_CELL.fullmatch(text.strip(" |")) or re.fullmatch(r"\|?\s*(?:Q[1-4]|20\d\d)\s*\|?", text.strip()):
        return True
    if len(list(PERIOD_CELL.finditer(text))) >= 2 and len(text) < 140 and not text.rstrip().endswith("."):
        return True
    if "|" in text and len(text) < 90 and re.search(r"share|shipments", text, re.I):
        return True
    if re.match(r"\W*(?:brands?|vendors?|company)(?=Q[1-4])", text, re.I):
        return True
    return (bool(known) and len(words) < 40 and not text.rstrip().endswith(".")) or (
        len(text) < 45 and bool(PERIOD_CELL.search(text)) and any(pattern.search(text) for _, pattern in METRICS)
    )


def _tells_other(titles: str, caption: str) -> bool:
    """True where a table is not about phones sold, by its column titles or by its caption."""
    doubtful = NOT_OURS.search(titles) or (NOT_OURS.search(caption) and not re.search(r"smartphone", caption, re.I))
    return bool(doubtful) and (
        not re.search(r"share|shipments", caption, re.I)
        or bool(re.search(r"battery|price|revenue|feature phone|tablet", caption, re.I))
    )


def _read(
    rows: Sequence[Row], header: Sequence[str], caption: str, lines: Sequence[Line], context: Context
) -> list[FoundFact]:
    named = " ".join(header)
    if (caption.removesuffix(named) if named else caption).rstrip().endswith("."):
        caption = " ".join(header)
    if _tells_other(" ".join(header), caption):
        return []
    width = max(len(row.cells) for row in rows)
    columns = read_columns(header, caption, rows, width, context)
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
            fact = _fact(vendor, column, cell, scale, region, quote, context)
            if fact:
                found.append(fact)
        first = next((column.period for column in columns if column.period), None)
        if ranked and row.order and first and vendor != TOTAL:
            newest = max((column.period for column in columns if column.period), key=lambda one: one.end)
            found.append(FoundFact(vendor, Metric.RANK, float(row.order), region, newest, Certainty.ESTIMATE, quote))
    return found


def _fact(
    vendor: str, column: Column, cell: str, scale: float, region: str, quote: str, context: Context
) -> FoundFact | None:
    number = _number(cell)
    if column.metric is None or column.period is None or number is None:
        return None
    if column.metric is Metric.SHIPMENTS:
        value = round(number * scale, 6)
        if not plausible(value, vendor, region, column.period, context.lexicon.catalogue.regions) or "%" in cell:
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


def _region(caption: str, context: Context) -> str:
    tokens = tokenize(caption)
    regions = [name for name in find_names(tokens, context.lexicon) if name.sort is Sort.REGION]
    return regions[0].slug if regions else context.home_region


def _scale(caption: str, rows: Sequence[Row], columns: Sequence[Column]) -> float:
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


def _is_ranking(caption: str, rows: Sequence[Row]) -> bool:
    orders = [row.order for row in rows if row.order]
    return (
        len(orders) >= 2
        and orders == list(range(1, len(orders) + 1))
        and bool(re.search(r"top|rank|vendor|biggest|largest|company|companies", caption, re.I))
    )


def _turned(lines: Sequence[Line], at: int, context: Context) -> tuple[list[FoundFact], int]:
    """A table whose columns are vendors and whose rows are periods: "Quarter Huawei OPPO vivo" over "2017Q3 19.0%"."""
    below = lines[at + 1].text.strip(" |") if at + 1 < len(lines) else ""
    if not (_RULE.fullmatch(below) or PERIOD_CELL.match(below)):
        return [], at + 1
    vendors = _vendor_columns(lines[at].text, context.lexicon)
    if len(vendors) < 2:
        return [], at + 1
    caption = " ".join(line.text for line in lines[max(0, at - 2) : at])
    region = _region(caption, context)
    found: list[FoundFact] = []
    line = at + 1
    while line < len(lines):
        text = lines[line].text.strip(" |")
        if _RULE.fullmatch(text):
            line += 1
            continue
        start = PERIOD_CELL.match(text)
        cells = _CELL.findall(text[start.end() :]) if start else []
        periods = periods_in(start[0], context) if start else []
        if not periods or len(cells) != len(vendors):
            break
        for vendor, cell in zip(vendors, cells, strict=True):
            share = "%" in cell or bool(re.search(r"share", caption, re.I))
            column = Column(Metric.MARKET_SHARE if share else Metric.SHIPMENTS, periods[0])
            if share or re.search(r"shipment|sales|units", caption, re.I):
                fact = _fact(vendor, column, cell, 1.0, region, text, context) if vendor else None
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
