"""/settings: when and how a chat is told: at once or in a digest, quiet hours, time zone, reminders."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.answering import Answering
from bot.handlers.addressed import asked_by
from bot.handlers.buttons import STALE
from bot.handlers.commands import after_command
from bot.handlers.dialogue import Dialogue
from bot.handlers.permission import here_of, may_change
from bot.handlers.reply import Place, say
from bot.handlers.settings_words import changes_of, quiet_hours
from bot.languages.marks import in_context, translatable
from bot.subscribing import NOT_ADMIN, Here
from bot.views.wording import tell
from store.alert_tables import ChatKind, Digest
from store.chats import ChatSettings, change_settings, chat_at, find_chat
from store.engine import reading, writing
from store.moments import first_digest

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

QUIET = {"off": None, "22-8": (22 * 60, 8 * 60), "23-7": (23 * 60, 7 * 60), "0-9": (0, 9 * 60)}
ZONES = ("UTC", "Europe/London", "Europe/Madrid", "Europe/Moscow", "Asia/Kolkata", "Asia/Shanghai", "America/Sao_Paulo",
         "America/New_York")  # fmt: skip
NO_ZONE = translatable(
    "I know no time zone {name}. Write one such as /settings Europe/Paris or /settings Asia/Kolkata."
)
TEXT = translatable(
    "How I tell you of what you subscribed to:\n"
    "• {digest}\n• quiet hours: {quiet}\n• time zone: {timezone}\n• reminders of launches: {reminders}\n"
    "Another time zone: /settings Europe/Paris\n"
    "Other quiet hours: /settings quiet 22:30-7"
)
_DIGESTS = {
    Digest.INSTANT: translatable("at once"),
    Digest.DAILY: translatable("once a day, at {hour}:00"),
    Digest.WEEKLY: translatable("once a week, on Monday at {hour}:00"),
}
_DIGEST_LABELS = {
    Digest.INSTANT: translatable("Instant"),
    Digest.DAILY: translatable("Daily"),
    Digest.WEEKLY: translatable("Weekly"),
}
_FROM_TO, _NO_QUIET = translatable("{first} to {last}"), in_context("quiet hours", "none")
_REMINDED, _NOT_REMINDED = translatable("a day before and on the day"), in_context("reminders", "off")
_QUIET_LABEL, _NO_QUIET_LABEL = translatable("Quiet {hours}"), translatable("No quiet hours")
_LANGUAGE = translatable("🌐 Language")
_REMINDERS, _NO_REMINDERS = translatable("Reminders"), translatable("No reminders")


class SettingsOfChat:
    """One message with a button for each choice."""

    def __init__(self, dialogue: Dialogue, answering: Answering) -> None:
        self._dialogue, self._engine = dialogue, answering.engine

    async def settings(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/settings; /settings TIMEZONE; /settings daily at 18, quiet 22:30-7, reminders off"""
        message = update.message
        if message is None:
            return
        place, person, wanted = Place.of(message), asked_by(message), after_command(update)
        here = here_of(place, person)
        if wanted and not await may_change(context.bot, place, person):
            await say(context.bot, place, tell(NOT_ADMIN))
            return
        if wanted:
            zone = _zone_named(wanted)
            changes = [("zone", zone)] if zone else changes_of(wanted)
            if not changes:
                await say(context.bot, place, tell(NO_ZONE, name=wanted[:40]))
                return
            settings = await self._dialogue.in_thread(partial(self._changed, here, changes))
        else:
            settings = await self._dialogue.in_thread(partial(self._read, here))
        await say(context.bot, place, text_of(settings), buttons=buttons_of(settings))

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """settings, or set:NAME:VALUE"""
        press = update.callback_query
        if press is None or not isinstance(press.message, Message) or not press.data:
            return
        place = Place.of(press.message)
        allowed = await may_change(context.bot, place, press.from_user.id)
        here, parts = here_of(place, press.from_user.id), press.data.split(":", 2)
        if not allowed and parts[0] == "set":
            await press.answer(tell(NOT_ADMIN))
            return
        if parts[0] == "set" and len(parts) == 3:
            try:
                settings = await self._dialogue.in_thread(partial(self._changed, here, [(parts[1], parts[2])]))
            except ValueError:
                await press.answer(tell(STALE))
                return
            with contextlib.suppress(BadRequest):
                await press.answer()
            with contextlib.suppress(BadRequest):  # it says so already
                await press.edit_message_text(text_of(settings), reply_markup=buttons_of(settings))
            return
        with contextlib.suppress(BadRequest):
            await press.answer()
        settings = await self._dialogue.in_thread(partial(self._read, here))
        await say(context.bot, place, text_of(settings), buttons=buttons_of(settings))

    def _read(self, here: Here) -> ChatSettings:
        with reading(self._engine) as session:
            chat = find_chat(session, here.address)
            return ChatSettings.of(chat) if chat else ChatSettings()

    def _changed(self, here: Here, changes: Sequence[tuple[str, str]]) -> ChatSettings:
        """Set things by name and value. Raises ValueError where a value is none."""
        with writing(self._engine) as session:
            chat = chat_at(session, here.address, here.kind or ChatKind.PRIVATE, here.title, here.spoken)
            settings = ChatSettings.of(chat)
            for name, value in changes:
                settings = changed(settings, name, value)
            change_settings(session, chat, settings, first_digest(settings, datetime.now(UTC)))
            return settings


def changed(settings: ChatSettings, name: str, value: str) -> ChatSettings:
    """The settings with one of them changed. Raises ValueError where name or value is none."""
    match name:
        case "digest":
            return replace(settings, digest=Digest(value))
        case "quiet" if value in QUIET:
            return replace(settings, quiet=QUIET[value])
        case "quiet" if hours := quiet_hours(value):
            return replace(settings, quiet=hours)
        case "zone" if value in available_timezones():
            return replace(settings, timezone=value)
        case "reminders" if value in ("on", "off"):
            return replace(settings, reminders=value == "on")
        case "hour" if value.isdigit() and int(value) < 24:
            return replace(settings, digest_hour=int(value))
    raise ValueError(f"{name} cannot be {value}")


def text_of(settings: ChatSettings) -> str:
    """The settings in words."""
    quiet = settings.quiet
    hours = tell(_FROM_TO, first=_clock(quiet[0]), last=_clock(quiet[1])) if quiet else tell(_NO_QUIET)
    digest = tell(_DIGESTS[settings.digest], hour=settings.digest_hour)
    reminders = tell(_REMINDED if settings.reminders else _NOT_REMINDED)
    return tell(TEXT, digest=digest, quiet=hours, timezone=settings.timezone, reminders=reminders)


def buttons_of(settings: ChatSettings) -> InlineKeyboardMarkup:
    """A row for each setting, the present choice marked."""

    def button(label: str, name: str, value: str, present: bool) -> InlineKeyboardButton:
        return InlineKeyboardButton(f"{'✓ ' if present else ''}{label}", callback_data=f"set:{name}:{value}")

    digests = [button(tell(_DIGEST_LABELS[one]), "digest", one.value, settings.digest is one) for one in Digest]
    hours = [button(f"{hour}:00", "hour", str(hour), settings.digest_hour == hour) for hour in (8, 9, 12, 18)]
    quiet = [
        button(
            tell(_NO_QUIET_LABEL) if value is None else tell(_QUIET_LABEL, hours=name),
            "quiet",
            name,
            settings.quiet == value,
        )
        for name, value in QUIET.items()
    ]
    zones = [button(name.rpartition("/")[2].replace("_", " "), "zone", name, settings.timezone == name)
             for name in ZONES]  # fmt: skip
    reminders = [
        button(tell(_REMINDERS), "reminders", "on", settings.reminders),
        button(tell(_NO_REMINDERS), "reminders", "off", not settings.reminders),
    ]
    rows = [digests, *([hours] if settings.digest is not Digest.INSTANT else []), quiet[:2], quiet[2:]]
    spoken = [InlineKeyboardButton(tell(_LANGUAGE), callback_data="lang:")]
    return InlineKeyboardMarkup([*rows, zones[:4], zones[4:], reminders, spoken])


def _zone_named(text: str) -> str | None:
    """A time zone by its name, however it is written: europe/paris, Paris."""
    wanted = "_".join(text.removeprefix("timezone").split()).casefold()
    every = available_timezones()
    exact = next((name for name in every if name.casefold() == wanted), None)
    return exact or next((name for name in sorted(every) if name.rpartition("/")[2].casefold() == wanted), None)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
