"""A draft's preview: the alert word for word as chats would get it, whom it would reach, and what is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.answers.answer import Amount, Days
from bot.answers.notice import Notice
from bot.views.alert import AlertText, alert_text
from bot.views.wording import amount, days
from store.doubts import Doubt, Doubtful
from store.facts import KnownFact, KnownLaunch

AS_SEEN = "This is what those who subscribed get:"
REACH_NONE = "Nobody has subscribed to this: no chat would be told."
REACH_ONE = "1 chat would be told."
REACH = "{count} chats would be told."
KNOWN = "{source} says exactly this already ({number}). Recording it again would change nothing."
HISTORY = "{source} has said something newer since. This would be kept as history: answers stay, and nobody is told."
REPLACES = "It would take the place of {number}."
DOUBTS = {
    Doubt.CONTRADICTS: "Another source says otherwise: {others}. Both would be kept.",
    Doubt.OTHER_DATE: "Another source names another time: {others}. Both would be kept.",
    Doubt.JUMPS: "That is {number} times as much or as little as the period before: {others}. Is the unit right?",
    Doubt.OVER_ALL: "With it, this source's shares there add up to {number}%, which is more than there is.",
    Doubt.PAST: "The date is past.",
    Doubt.NOT_OVER: "It is called confirmed, but its period is not over yet.",
    Doubt.FROM_THE_FUTURE: "Its source would be published in the future.",
    Doubt.NEW_SOURCE: "No fact so far comes from that web address. Is it a source to be trusted?",
}  # fmt: skip


def preview_text(notice: Notice, facts_lines: Sequence[str], doubts: Sequence[Doubtful]) -> AlertText:
    """The alert between what it is and what is to be known of it."""
    shown = alert_text(notice)
    warned = [f"⚠️ {doubt_text(one)}" for one in doubts]
    below = [*warned, *facts_lines]
    html = [AS_SEEN, f"<blockquote>{shown.html}</blockquote>", *(escape(line, quote=False) for line in below)]
    return AlertText("\n".join(html), "\n".join([AS_SEEN, shown.plain, "", *below]))


def reach_text(chats: int) -> str:
    """How many chats would be told."""
    return REACH_NONE if not chats else REACH_ONE if chats == 1 else REACH.format(count=f"{chats:,}")


def doubt_text(one: Doubtful) -> str:
    """A doubt in a sentence, with what it is about."""
    others = "; ".join(_said(row) for row in one.rows[:3])
    return DOUBTS[one.doubt].format(others=others, number=f"{one.number:,.3g}")


def _said(row: KnownFact | KnownLaunch) -> str:
    if isinstance(row, KnownLaunch):
        return f"{row.source.name} says {days(Days(row.date_text))} ({row.certainty.value}, {_numbered(row)})"
    number = amount(Amount(row.value, row.unit, row.bound))
    return f"{row.source.name} says {number} ({row.certainty.value}, {_numbered(row)})"


def _numbered(row: KnownFact | KnownLaunch) -> str:
    return f"launch {row.row_id}" if isinstance(row, KnownLaunch) else f"fact {row.row_id}"
