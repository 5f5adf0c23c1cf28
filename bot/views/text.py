"""An answer as plain text, for a terminal without colours and for programs."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import category, east_asian_width

from bot.answers.answer import Answer, Style, Table
from bot.languages.catalogue import translated
from bot.languages.marks import Counted, in_context, translatable
from bot.understanding.query import Intent
from bot.views.wording import cell, tell, whole_sentence, word
from store.facts import KnownSource
from store.words import Metric

DID_YOU_MEAN = translatable("Did you mean:")
NOT_MEANT = translatable("Not what you meant? Type a number:")
WIDEST = 34  # characters of a table on a phone
_LONGEST_LABEL = 20
_SHARE = in_context("head of a column", "share")
SOURCE = translatable("Source: {sources}")
NAMED_SOURCE = translatable("{source}, {date}")
_MORE_SOURCES = Counted("And {count} more source.", "And {count} more sources.")
I_CAN_ANSWER = translatable("I can answer, for example:")


def plain(answer: Answer) -> str:
    """The whole answer as lines of text."""
    return "\n".join(text for _, text in parts(answer))


def parts(answer: Answer, escape: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """The answer as pieces in order, each with its role: heading, lead, detail, note, table, source or suggestion."""
    pieces: list[tuple[str, str]] = []
    if answer.heading:
        pieces.append(("heading", escape(" · ".join(word(part) for part in answer.heading))))
    for line in answer.lines:
        pieces.append((line.style.value, whole_sentence(line, escape)))
        if line.style is Style.LEAD and answer.table and line is answer.lines[0]:
            pieces.append(("table", escape(grid(answer.table))))
    named_already = answer.query.intent is Intent.SOURCE and answer.answered
    pieces += [
        ("source", escape(f"{tell(SOURCE, sources=named_source(source))} · {source.url}"))
        for source in (() if named_already else answer.sources[:4])
    ]
    if len(answer.sources) > 4 and not named_already:
        pieces.append(("source", escape(tell(_MORE_SOURCES, count=len(answer.sources) - 4))))
    if not answer.answered and answer.choices:
        pieces.append(("suggestion", escape(translated(DID_YOU_MEAN))))
        pieces += [("suggestion", escape(f"{at}. {choice}")) for at, choice in enumerate(answer.choices, 1)]
        return pieces
    if not answer.answered and answer.suggestions:
        pieces.append(("suggestion", escape(translated(I_CAN_ANSWER))))
    if not answer.answered:
        pieces += [("suggestion", escape(f"• {word(suggestion)}")) for suggestion in answer.suggestions]
    return pieces


def named_source(source: KnownSource, longest: int = 0) -> str:
    """Who says so, and when; its name alone where that names the year, and its first `longest` letters."""
    name = source.name[:longest] if longest else source.name
    if str(source.published.year) in source.name:
        return name
    return tell(NAMED_SOURCE, source=source.name, date=source.published)[: longest or None]


def otherwise(answer: Answer) -> list[str]:
    """The other readings of a question that was answered by a guess, as lines to choose from by number."""
    if not (answer.answered and answer.choices):
        return []
    return [translated(NOT_MEANT), *(f"{at}. {choice}" for at, choice in enumerate(answer.choices, 1))]


def grid(table: Table) -> str:
    """A table in columns of even width, narrow enough for a phone: columns that do not fit follow below."""
    labels = [_cut(f"{row.place}. {word(row.label)}" if row.place else word(row.label)) for row in table.rows]
    columns = [[_head(head), *(cell(row.cells[at]) for row in table.rows)] for at, head in enumerate(table.columns)]
    blocks: list[list[list[str]]] = []
    for many in range(len(columns), 0, -1):
        blocks = [[["", *labels], *columns[at : at + many]] for at in range(0, len(columns), many)]
        if all(_width(block) <= WIDEST for block in blocks):
            break
    return "\n\n".join(_block(block, len(columns) > 1) for block in blocks)


def _head(column: Metric | str) -> str:
    return _cut(translated(_SHARE) if column is Metric.MARKET_SHARE else word(column))


def _width(columns: list[list[str]]) -> int:
    return sum(max(map(cells, column)) + 2 for column in columns) - 2


def cells(text: str) -> int:
    """How many places of a grid a text takes: a Chinese character two, a vowel sign of Hindi none."""
    return sum(2 if east_asian_width(letter) in "WF" else category(letter) not in ("Mn", "Cf") for letter in text)


def _cut(text: str) -> str:
    return text if cells(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1] + "…"


def _block(columns: list[list[str]], headed: bool) -> str:
    """Columns beside each other, the heads above them where there are several."""
    rows = [list(row) for row in zip(*columns, strict=True)][0 if headed else 1 :]
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            text + " " * (width - cells(text)) if not at else " " * (width - cells(text)) + text
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
