"""An answer as plain text, for a terminal without colours and for programs."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers.answer import Answer, Style, Table
from bot.understanding.query import Intent
from bot.views.wording import cell, sentence, word
from store.words import Metric

DID_YOU_MEAN = "Did you mean:"
NOT_MEANT = "Not what you meant? Type a number:"
WIDEST = 34  # characters of a table on a phone
_LONGEST_LABEL = 20
_HEADS: dict[Metric | str, str] = {Metric.MARKET_SHARE: "share"}


def plain(answer: Answer) -> str:
    """The whole answer as lines of text."""
    return "\n".join(text for _, text in parts(answer))


def parts(answer: Answer, escape: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """The answer as pieces in order, each with its role: heading, lead, detail, note, table, source or suggestion."""
    pieces: list[tuple[str, str]] = []
    if answer.heading:
        pieces.append(("heading", escape(" · ".join(word(part) for part in answer.heading))))
    for line in answer.lines:
        pieces.append(
            (line.style.value, sentence(line, escape) + ("" if line.message.endswith((".", ":", "{url}")) else "."))
        )
        if line.style is Style.LEAD and answer.table and line is answer.lines[0]:
            pieces.append(("table", escape(grid(answer.table))))
    named_already = answer.query.intent is Intent.SOURCE and answer.answered
    for source in () if named_already else answer.sources[:4]:
        named = (
            f"Source: {source.name}"
            if str(source.published.year) in source.name
            else f"Source: {source.name}, {word(source.published)}"
        )
        pieces.append(("source", escape(f"{named} · {source.url}")))
    if len(answer.sources) > 4 and not named_already:
        pieces.append(("source", escape(f"And {len(answer.sources) - 4} more sources.")))
    if not answer.answered and answer.choices:
        pieces.append(("suggestion", DID_YOU_MEAN))
        pieces += [("suggestion", escape(f"{at}. {choice}")) for at, choice in enumerate(answer.choices, 1)]
        return pieces
    if not answer.answered and answer.suggestions:
        pieces.append(("suggestion", "I can answer, for example:"))
    if not answer.answered:
        pieces += [("suggestion", escape(f"• {suggestion}")) for suggestion in answer.suggestions]
    return pieces


def otherwise(answer: Answer) -> list[str]:
    """The other readings of a question that was answered by a guess, as lines to choose from by number."""
    if not (answer.answered and answer.choices):
        return []
    return [NOT_MEANT, *(f"{at}. {choice}" for at, choice in enumerate(answer.choices, 1))]


def grid(table: Table) -> str:
    """A table in columns of even width, narrow enough for a phone: columns that do not fit follow below."""
    labels = [_cut(f"{row.place}. {word(row.label)}" if row.place else word(row.label)) for row in table.rows]
    columns = [[_cut(_HEADS.get(head) or word(head)), *(cell(row.cells[at]) for row in table.rows)]
               for at, head in enumerate(table.columns)]  # fmt: skip
    blocks: list[list[list[str]]] = []
    for many in range(len(columns), 0, -1):
        blocks = [[["", *labels], *columns[at : at + many]] for at in range(0, len(columns), many)]
        if all(_width(block) <= WIDEST for block in blocks):
            break
    return "\n\n".join(_block(block, len(columns) > 1) for block in blocks)


def _width(columns: list[list[str]]) -> int:
    return sum(max(map(len, column)) + 2 for column in columns) - 2


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1] + "…"


def _block(columns: list[list[str]], headed: bool) -> str:
    """Columns beside each other, the heads above them where there are several."""
    rows = [list(row) for row in zip(*columns, strict=True)][0 if headed else 1 :]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if not at else text.rjust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
