"""/history: a row by its number or in words, and all that was ever said of the same thing, by whom and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlmodel import Session

from bot.admin.bench import Bench
from bot.admin.card import Button, Card, card
from bot.answers.notice import line_of
from bot.understanding.slots import slots_of
from bot.understanding.spans import read
from bot.understanding.text import words
from bot.views.wording import sentence, word
from store.engine import reading
from store.facts import Facts, KnownFact, KnownLaunch, KnownMilestone, KnownNews, KnownRow
from store.history import TABLES, Told, history_of, rows_about
from store.words import WORLD

WHAT = (
    "Write a number as it stands in what I say, such as /history fact 123, /history launch 45, or what it is about:"
    " /history Xiaomi India Q3 2017."
)
NOTHING = "I have nothing on that. Name a vendor, and a place and a period, such as /history Xiaomi India Q3 2017."
NO_ROW = "There is no {table} {number}."
WHICH = "Which of these?"
MORE = "There are more than these: say more of what you mean."
CURRENT, REPLACED, TAKEN_BACK = "current", "{number} took its place", "taken back"
_NUMBER = re.compile(r"(?:(fact|launch|milestone|news)\s*)?#?\s*(\d{1,9})", re.IGNORECASE)
_MOST_CHOICES, _MOST_SHOWN = 12, 15
_DEEDS = {
    "record new": "recorded", "record corrected": "recorded as a correction", "record history": "recorded as history",
    "retract": "taken back",
}  # fmt: skip


def numbered(text: str) -> tuple[str, int] | None:
    """A table and a row's number: "launch 45", "fact 123", or 123 alone, which is a fact."""
    found = _NUMBER.fullmatch(text.strip())
    return ((found[1] or "fact").lower(), int(found[2])) if found else None


class Histories:
    """Reads only. Calls wait for the database, and raise StoreError."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def find(self, text: str) -> Card:
        """The history of what a text names: its number, or words; a choice where several things fit."""
        named = numbered(text)
        if named:
            return self.of(*named)
        if not text:
            return card(WHAT)
        with reading(self._bench.engine) as session:
            things = self._in_words(session, text)
            if len(things) == 1:
                return self._shown(session, table_of(things[0]), things[0].row_id)
            if not things:
                return card(NOTHING)
            facts = Facts(session, self._bench.catalogue)
            rows = [
                [Button(self._line(one, facts), f"row:history:{table_of(one)}:{one.row_id}")]
                for one in things[:_MOST_CHOICES]
            ]
        return card(WHICH + (f" {MORE}" if len(things) > _MOST_CHOICES else ""), rows)

    def of(self, table: str, row_id: int) -> Card:
        """The history of one row."""
        with reading(self._bench.engine) as session:
            return self._shown(session, table, row_id)

    def _shown(self, session: Session, table: str, row_id: int) -> Card:
        told = history_of(session, table, row_id) if table in TABLES else []
        if not told:
            return card(NO_ROW.format(table=table, number=row_id))
        facts = Facts(session, self._bench.catalogue)
        blocks = [self._block(table, one, facts) for one in told[-_MOST_SHOWN:]]
        rows = [
            [
                Button(f"Edit {table} {one.row.row_id}", f"row:edit:{table}:{one.row.row_id}"),
                Button(f"Take back {table} {one.row.row_id}", f"row:retract:{table}:{one.row.row_id}"),
            ]
            for one in told
            if one.current
        ]
        return card("\n\n".join(blocks), rows[:5])

    def _block(self, table: str, told: Told, facts: Facts) -> str:
        """One row: what it says, whether it holds, from where it is, and who did what."""
        row = told.row
        number = f"{table} {told.newer_id}"
        state = (
            CURRENT if told.current else TAKEN_BACK if told.newer_id == row.row_id else REPLACED.format(number=number)
        )
        lines = [f"{table.capitalize()} {row.row_id}, {state}:", self._line(row, facts) + "."]
        lines.append(f"{row.source.name}, {word(row.source.published)} · {row.source.url}")
        for deed in told.deeds:
            done = _DEEDS.get(deed.action, deed.action)
            lines.append(
                f"{deed.at:%d %b %Y %H:%M} UTC: {done} by {deed.actor}{f' ({deed.reason})' if deed.reason else ''}"
            )
        return "\n".join(lines)

    def _line(self, row: KnownRow, facts: Facts) -> str:
        return sentence(line_of(row, facts, self._bench.today())).rstrip(".")

    def _in_words(self, session: Session, text: str) -> Sequence[KnownRow]:
        """The rows that a text is about, as a question of these words would be read."""
        today, lexicon = self._bench.today(), self._bench.lexicon
        typed = read(words(text), lexicon, today)
        query = slots_of(text, today, typed, lexicon)
        if not query.vendors:
            return []
        period, metric = str(query.period or ""), query.metric.value if query.metric else ""
        found: list[KnownRow] = []
        if period or metric:
            found += rows_about(session, "fact", query.vendors, query.regions or (WORLD,), period, metric)
        if not found or "launch" in typed.concepts:
            found += rows_about(session, "launch", query.vendors, query.regions, product=query.product)
        if not found or "milestone" in typed.concepts:
            found += rows_about(session, "milestone", query.vendors, query.regions, period)
        return found


def table_of(row: KnownRow) -> str:
    """The table that a row is of."""
    match row:
        case KnownFact():
            return "fact"
        case KnownLaunch():
            return "launch"
        case KnownMilestone():
            return "milestone"
        case KnownNews():
            return "news"
