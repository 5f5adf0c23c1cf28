"""An answer as plain text, for a terminal without colours and for programs."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers.answer import Answer, Style, Table
from bot.understanding.query import Intent
from bot.views.wording import cell, sentence, word


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
    if not answer.answered and answer.suggestions:
        pieces.append(("suggestion", "I can answer, for example:"))
    if not answer.answered:
        pieces += [("suggestion", escape(f"• {suggestion}")) for suggestion in answer.suggestions]
    return pieces


def grid(table: Table) -> str:
    """A table in columns of even width, narrow enough for a phone."""
    rows = []
    if len(table.columns) > 1:
        rows.append(["", *(word(column) for column in table.columns)])
    for row in table.rows:
        label = word(row.label)
        rows.append([f"{row.place}. {label}" if row.place else label, *(cell(one) for one in row.cells)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if not at else text.rjust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
