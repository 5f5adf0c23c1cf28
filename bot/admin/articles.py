"""An article's bytes in, its candidate facts out, as JSON lines or as a table of text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Engine

from bot.admin.reading.article import read_article
from bot.admin.reading.candidate import Found, as_json
from bot.understanding.lexicon import build_lexicon
from store.catalogue import read_catalogue
from store.engine import reading

_COLUMNS = ("vendor", "what", "value", "region", "when", "certainty", "quote")
_LONGEST_QUOTE = 70


def find_candidates(content: bytes, engine: Engine, today: date, published: date | None) -> list[Found]:
    """The candidates of an article; nothing is recorded. `published` is its day, where known. Raises StoreError."""
    with reading(engine) as session:
        catalogue = read_catalogue(session)
    return read_article(decoded(content), build_lexicon(catalogue), today, published)


def decoded(content: bytes) -> str:
    """An article's text: UTF-8, UTF-16 with its mark, or what Windows writes; what is none of these is left out."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "ignore")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "ignore")


def json_lines(found: Iterable[Found]) -> str:
    """One JSON object a line, under the contract's keys."""
    return "".join(json.dumps(as_json(one), ensure_ascii=False) + "\n" for one in found)


def as_table(found: Sequence[Found]) -> str:
    """The candidates as aligned columns of text, with the words that each was read from, cut short."""
    rows = [_COLUMNS, *(_row(one) for one in found)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_COLUMNS))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )


def _row(one: Found) -> tuple[str, ...]:
    values = as_json(one)
    quote = " ".join(str(values["quote"]).split())
    quote = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 3].rstrip() + "..."
    if values["kind"] == "launch":
        what, value, when = "launch", values["product"] or "", values["date"] or ""
    else:
        what, value, when = (
            str(values["metric"]).replace("_", " "),
            _amount(values["value"], values["unit"]),
            values["period"],
        )
    return values["vendor"], what, value, values["region"], when, values["certainty"], quote


def _amount(value: float, unit: str) -> str:
    if unit == "rank":
        return f"#{value:g}"
    return f"{value:g}%" if unit == "percent" else f"{value:,.10g} {unit}"
