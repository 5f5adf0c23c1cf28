"""/alerts for admins: what went out, to how many, how fast, what failed and why; and another try for that."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.answering import Answering
from bot.handlers.access import needs
from bot.handlers.buttons import STALE
from bot.handlers.dialogue import Dialogue
from bot.handlers.presses import confirm
from bot.handlers.reply import Place, say
from store.alert_report import AlertReport, recent_alerts
from store.deliveries import try_again
from store.engine import reading, writing
from store.facts import read_row
from store.people import Role

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

NOTHING = "No alert has been recorded yet. Facts imported with --alert, and those that admins add, make alerts."
TRIED = "Messages that are tried again: {count}."
AGAIN = "Try again what was set aside"


class AlertsReport:
    """What went out, read from the database anew each time."""

    def __init__(self, dialogue: Dialogue, answering: Answering) -> None:
        self._dialogue, self._answering = dialogue, answering

    @needs(Role.ADMIN)
    async def alerts(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/alerts"""
        message = update.message
        if message is None:
            return
        text, aside = await self._dialogue.in_thread(self._read)
        button = InlineKeyboardButton(AGAIN, callback_data="alerts:again")
        await say(context.bot, Place.of(message), text, buttons=InlineKeyboardMarkup([[button]]) if aside else None)

    @needs(Role.ADMIN)
    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """alerts:again"""
        press = update.callback_query
        if press is None:
            return
        if press.data != "alerts:again":
            await confirm(press, STALE)
            return
        count = await self._dialogue.in_thread(self._again)
        await confirm(press, TRIED.format(count=f"{count:,}"))
        if isinstance(press.message, Message):
            with contextlib.suppress(BadRequest):  # pressed twice: the button is gone already
                await press.edit_message_reply_markup(None)

    def _again(self) -> int:
        with writing(self._answering.engine) as session:
            return try_again(session)

    def _read(self) -> tuple[str, int]:
        with reading(self._answering.engine) as session:
            reports = recent_alerts(session)
            named = [(one, self._name(one, read_row(session, one.table, one.row_id))) for one in reports]
        if not named:
            return NOTHING, 0
        return "\n\n".join(_lines(one, name) for one, name in named), sum(one.set_aside for one in reports)

    def _name(self, one: AlertReport, row: object) -> str:
        catalogue = self._answering.catalogue
        parts = [catalogue.name(getattr(row, "vendor", "") or "")]
        if getattr(row, "product", None):
            parts.append(catalogue.name(getattr(row, "product", "")))
        parts.append(catalogue.name(getattr(row, "region", "") or ""))
        return f"{one.happened} {one.table}: {', '.join(filter(None, parts))}"


def _lines(one: AlertReport, name: str) -> str:
    counts = (
        (one.waiting, "waiting"), (one.failed, "failed"), (one.set_aside, "set aside"), (one.skipped, "not needed")
    )  # fmt: skip
    others = "".join(f", {count:,} {word}" for count, word in counts if count)
    speed = f" in {one.seconds:,.1f} s" if one.sent else ""
    if one.sent > 1 and one.seconds > 0:
        speed += f" ({one.sent / one.seconds:,.0f} a second)"
    lines = [
        f"{one.recorded_at:%d %b %Y %H:%M} UTC · {name}",
        f"{one.sent:,} sent{speed}{others}",
        *(f"{count:,} × {error}" for error, count in one.errors),
        *([f"In the log: request {one.request}"] if one.errors and one.request else []),
    ]
    return "\n".join(lines)
