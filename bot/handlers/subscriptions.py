"""/subscribe, /subscriptions, /unsubscribe and their buttons: the guided way to what can also be said in words."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sqlmodel import Session
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.answering import Answering
from bot.answers.answer import Joined, Several, named_in
from bot.handlers.addressed import asked_by
from bot.handlers.buttons import BACK, STALE, subscribing
from bot.handlers.commands import after_command
from bot.handlers.dialogue import Dialogue
from bot.handlers.permission import here_of, is_admin, may_change
from bot.handlers.reply import Place, say
from bot.languages.catalogue import in_every_language
from bot.languages.marks import translatable
from bot.languages.spoken import language
from bot.subscribing import NOT_ADMIN, Here, described, make
from bot.views.wording import tell, word
from store.alert_tables import ChatKind, Kinds
from store.engine import reading, writing
from store.subscriptions import KnownSubscription, Wish, change, mute, pause, remove, subscriptions_of
from store.words import WORLD, Certainty

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

VENDORS = ("xiaomi", "samsung", "apple", "huawei", "oppo", "vivo", "realme", "honor")
REGIONS = (WORLD, "europe", "asia-pacific", "india", "china", "latin-america", "africa", "north-america")
KINDS = (
    (Kinds.LAUNCH, translatable("Launches")),
    (Kinds.MILESTONE, translatable("Milestones")),
    (Kinds.CORRECTION, translatable("Corrections")),
    (Kinds.FACT, translatable("New figures")),
    (Kinds.ALL, translatable("Everything")),
)
OF_LINK = {
    "launches": Kinds.LAUNCH, "milestones": Kinds.MILESTONE, "corrections": Kinds.CORRECTION, "figures": Kinds.FACT,
    "": Kinds.ALL,
}  # fmt: skip
ASK_VENDOR = translatable("Whom shall I tell you of? You can also just say it: tell me when Honor launches in France.")
ASK_REGION = translatable("Where?")
ASK_KIND = translatable("What shall I tell you of?")
DONE = translatable("Done. I will tell you here of {what}.")
HAD = translatable("You have that already: {what}.")
NONE = translatable(
    "You have no subscriptions here yet. Say for example: tell me when Xiaomi launches in France. Or /subscribe."
)
LIST = translatable("I tell you here of what stands on the buttons. Press one to pause, change or remove it.")
MUTED = translatable("Muted: {what}. /subscriptions turns it on again.")
NOT_MUTED = translatable("There is nothing left to mute here.")
NO_CHANNEL = translatable("I cannot see {name}. Make me an admin of it, be one yourself, and try again.")
_PAUSED = translatable("{what} (paused)")
_ADD, _SETTINGS, _MINE = translatable("Add"), translatable("Settings"), translatable("My subscriptions")
_ANY_VENDOR, _ANYWHERE = translatable("Any vendor"), translatable("Anywhere")
_PAUSE, _RESUME = translatable("Pause"), translatable("Resume")
_CHANGE, _REMOVE = translatable("Change"), translatable("Remove")
_RUMOURS_TOO, _CONFIRMED_ONLY = translatable("Rumours too"), translatable("Confirmed only")
_MOST = 30


class Subscriptions:
    """Commands and buttons; who may press them is asked at each press."""

    def __init__(self, dialogue: Dialogue, answering: Answering) -> None:
        self._dialogue, self._answering, self._engine = dialogue, answering, answering.engine

    async def subscribe(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/subscribe WORDS, or guided; /subscribe @channel WORDS for a channel whose admin asks."""
        message = update.message
        if message is None:
            return
        words, place, person = after_command(update), Place.of(message), asked_by(message)
        if words.startswith("@"):
            await self._of_channel(update, context, words, "subscribe to {}", "everything")
        elif words:
            await self._dialogue.answer(context.bot, place, person, f"subscribe to {words}")
        elif await may_change(context.bot, place, person):
            await say(context.bot, place, tell(ASK_VENDOR), buttons=self._vendors())
        else:
            await say(context.bot, place, tell(NOT_ADMIN))

    async def unsubscribe(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/unsubscribe WORDS, or the list with its buttons; /unsubscribe @channel WORDS."""
        words, message = after_command(update), update.message
        if words.startswith("@"):
            await self._of_channel(update, context, words, "unsubscribe from {}", "everything")
        elif words and message is not None:
            question = f"unsubscribe from {words}"
            await self._dialogue.answer(context.bot, Place.of(message), asked_by(message), question)
        else:
            await self.subscriptions(update, context)

    async def subscriptions(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/subscriptions; /subscriptions @channel"""
        words = after_command(update)
        if words.startswith("@"):
            await self._of_channel(update, context, words, "my subscriptions", "")
        elif update.message is not None:
            place = Place.of(update.message)
            text, buttons = await self._dialogue.in_thread(partial(self._listed, here_of(place, 0)))
            await say(context.bot, place, text, buttons=buttons)

    async def started_by_link(self, update: Update, context: ContextTypes.DEFAULT_TYPE, payload: str) -> bool:
        """Subscribe by t.me/BOT?start=alert_xiaomi_france_launches, each part of which may be left out; False where
        the link is none of that kind."""
        word, _, rest = payload.partition("_")
        message = update.message
        if word != "alert" or message is None:
            return False
        vendor, region, kind = (*rest.split("_"), "", "")[:3]
        place = Place.of(message)
        wish = self._wish(vendor, region, OF_LINK[kind]) if kind in OF_LINK else None
        if wish is None:
            return False
        if not await may_change(context.bot, place, asked_by(message)):
            await say(context.bot, place, tell(NOT_ADMIN))
            return True
        text = await self._dialogue.in_thread(partial(self._made, here_of(place, asked_by(message)), wish))
        await say(context.bot, place, text)
        return True

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button of ours: sub:..., or mute:ALERT."""
        press = update.callback_query
        if press is None or not isinstance(press.message, Message) or not press.data:
            return
        place = Place.of(press.message)
        if not await may_change(context.bot, place, press.from_user.id):
            await _answer(press, tell(NOT_ADMIN))
            return
        here = here_of(place, press.from_user.id)
        kind, *parts = press.data.split(":")
        if kind == "mute" and len(parts) == 1 and parts[0].isdigit():
            await _answer(press, await self._dialogue.in_thread(partial(self._muted, here, int(parts[0]))), alert=True)
            return
        text, buttons = await self._next(here, parts)
        stale = text == tell(STALE)
        await _answer(press, text if stale else None)
        if stale:
            return
        if parts[:1] == ["do"] and not _is_ours(press.message):
            await say(context.bot, place, text, buttons=buttons)  # below an answer, which stays as it is
            return
        with contextlib.suppress(BadRequest):  # pressed twice: it says so already
            await press.edit_message_text(text, reply_markup=buttons)

    async def _next(self, here: Here, parts: Sequence[str]) -> tuple[str, InlineKeyboardMarkup | None]:
        """What a press leads to."""
        match parts:
            case ["vendor"]:
                return tell(ASK_VENDOR), self._vendors()
            case ["region", vendor] if self._wish(vendor, "", Kinds.ALL):
                return tell(ASK_REGION), self._regions(vendor)
            case ["kind", vendor, region] if self._wish(vendor, region, Kinds.ALL):
                return tell(ASK_KIND), self._kinds(vendor, region)
            case ["do", vendor, region, kinds] if kinds.isdigit() and 0 < int(kinds) <= Kinds.ALL:
                wish = self._wish(vendor, region, Kinds(int(kinds)))
                if wish:
                    return await self._dialogue.in_thread(partial(self._made, here, wish)), _listing()
            case ["list"]:
                return await self._dialogue.in_thread(partial(self._listed, here))
            case ["change", number] if number.isdigit():
                return tell(ASK_KIND), _in_pairs(
                    [(tell(label), f"sub:set:{number}:{int(kinds)}") for kinds, label in KINDS]
                )
            case ["set", number, kinds] if number.isdigit() and kinds.isdigit() and 0 < int(kinds) <= Kinds.ALL:
                return await self._dialogue.in_thread(
                    partial(self._changed, here, "set", int(number), kinds=Kinds(int(kinds)))
                )
            case ["one" | "pause" | "resume" | "remove" | "sure" as action, number] if number.isdigit():
                return await self._dialogue.in_thread(partial(self._changed, here, action, int(number)))
            case _:
                pass
        return tell(STALE), None

    def _made(self, here: Here, wish: Wish) -> str:
        with writing(self._engine) as session:
            _, new = make(session, here, [wish])
        return tell(DONE if new else HAD, what=described(wish, self._answering.catalogue))

    def _muted(self, here: Here, alert_id: int) -> str:
        with writing(self._engine) as session:
            muted = mute(session, alert_id, here.address, here.thread_id)
        if not muted:
            return tell(NOT_MUTED)
        what = Several(tuple(described(one.wish, self._answering.catalogue) for one in muted), Joined.SEMICOLON)
        return tell(MUTED, what=what)[:200]

    def _changed(
        self, here: Here, action: str, row_id: int, kinds: Kinds = Kinds.ALL
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        """Do to one subscription of this chat what its button says, and show it."""
        with writing(self._engine) as session:
            known = {one.row_id: one for one in subscriptions_of(session, here.address, here.thread_id)}
            if row_id not in known:
                return tell(STALE), None
            if action == "remove":
                remove(session, [row_id])
                return self._list_of(session, here)
            if action in ("pause", "resume"):
                pause(session, [row_id], action == "pause")
            if action == "set":
                change(session, row_id, replace(known[row_id].wish, kinds=kinds))
            if action == "sure":
                change(session, row_id, _as_sure_as_can_be(known[row_id].wish))
            one = next(one for one in subscriptions_of(session, here.address) if one.row_id == row_id)
        what = word(described(one.wish, self._answering.catalogue))
        what = f"{what[0].upper()}{what[1:]}"
        return tell(_PAUSED, what=what) if one.paused else what, _one(one)

    def _listed(self, here: Here) -> tuple[str, InlineKeyboardMarkup | None]:
        with reading(self._engine) as session:
            return self._list_of(session, here)

    def _list_of(self, session: Session, here: Here) -> tuple[str, InlineKeyboardMarkup | None]:
        known = subscriptions_of(session, here.address, here.thread_id)
        rows = [
            [
                InlineKeyboardButton(
                    f"{'⏸ ' if one.paused else ''}{word(described(one.wish, self._answering.catalogue))}"[:60],
                    callback_data=f"sub:one:{one.row_id}",
                )
            ]
            for one in known[:_MOST]
        ]
        more = [InlineKeyboardButton(tell(_ADD), callback_data="sub:vendor")]
        more.append(InlineKeyboardButton(tell(_SETTINGS), callback_data="settings"))
        return tell(LIST if known else NONE), InlineKeyboardMarkup([*rows, more])

    def _wish(self, vendor: str, region: str, kinds: Kinds) -> Wish | None:
        """What a button or link asks for; None where its names are none, as anyone can forge them."""
        catalogue = self._answering.catalogue
        if (vendor and vendor not in catalogue.vendors) or (region and region not in catalogue.regions):
            return None
        return Wish(vendor or None, region or None, None, kinds)

    def _vendors(self) -> InlineKeyboardMarkup:
        known = [slug for slug in VENDORS if slug in self._answering.catalogue.vendors]
        return _in_pairs([(self._answering.catalogue.name(slug), f"sub:region:{slug}") for slug in known]
                         + [(tell(_ANY_VENDOR), "sub:region:")])  # fmt: skip

    def _regions(self, vendor: str) -> InlineKeyboardMarkup:
        known = [slug for slug in REGIONS if slug in self._answering.catalogue.regions]
        choices = [(tell(_ANYWHERE), f"sub:kind:{vendor}:")]
        choices += [
            (word(named_in(slug, self._answering.catalogue)), f"sub:kind:{vendor}:{slug}")
            for slug in known
            if slug != WORLD
        ]
        return _in_pairs(choices)

    def _kinds(self, vendor: str, region: str) -> InlineKeyboardMarkup:
        made = [(tell(label), subscribing(vendor, region, kinds)) for kinds, label in KINDS]
        return _in_pairs([(label, data) for label, data in made if data])

    async def _of_channel(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, words: str, asking: str, usual: str
    ) -> None:
        """Do for a channel what `asking` says of the words after its name, if its admin asks."""
        message = update.message
        assert message is not None
        name, _, rest = words.partition(" ")
        place, person = Place.of(message), asked_by(message)
        try:
            chat = await context.bot.get_chat(name)
        except BadRequest:
            await say(context.bot, place, tell(NO_CHANNEL, name=name[:64]))
            return
        if not await is_admin(context.bot, chat.id, person) or not await is_admin(context.bot, chat.id, context.bot.id):
            await say(context.bot, place, tell(NO_CHANNEL, name=name[:64]))
            return
        here = Here(str(chat.id), str(person), 0, ChatKind(chat.type), chat.effective_name or "", spoken=language())
        await self._dialogue.answer(context.bot, place, person, asking.format(rest or usual), False, here)


def _one(one: KnownSubscription) -> InlineKeyboardMarkup:
    wish, number = one.wish, one.row_id
    pausing = (tell(_RESUME), f"sub:resume:{number}") if one.paused else (tell(_PAUSE), f"sub:pause:{number}")
    sure = tell(_RUMOURS_TOO if wish.least_certainty is Certainty.CONFIRMED else _CONFIRMED_ONLY)
    choices = [pausing, (tell(_CHANGE), f"sub:change:{number}"), (sure, f"sub:sure:{number}")]
    choices += [(tell(_REMOVE), f"sub:remove:{number}"), (tell(BACK), "sub:list")]
    return _in_pairs(choices)


def _as_sure_as_can_be(wish: Wish) -> Wish:
    """The wish for confirmed things only; for all again, where it is that already."""
    sure = wish.least_certainty is Certainty.CONFIRMED
    return replace(wish, least_certainty=Certainty.RUMOURED if sure else Certainty.CONFIRMED)


def _in_pairs(choices: Sequence[tuple[str, str]]) -> InlineKeyboardMarkup:
    buttons = [InlineKeyboardButton(label, callback_data=data) for label, data in choices]
    return InlineKeyboardMarkup([buttons[at : at + 2] for at in range(0, len(buttons), 2)])


def _listing() -> InlineKeyboardMarkup:
    return _in_pairs([(tell(_MINE), "sub:list"), (tell(_SETTINGS), "settings")])


def _is_ours(message: Message) -> bool:
    """True for a message of the guided way, which may be changed into its next step."""
    asked = in_every_language(ASK_VENDOR) | in_every_language(ASK_REGION) | in_every_language(ASK_KIND)
    return (message.text or "") in asked


async def _answer(press: CallbackQuery, text: str | None, alert: bool = False) -> None:
    with contextlib.suppress(BadRequest):  # Telegram forgets a press after a while
        await press.answer(text=text[:200] if text else None, show_alert=alert)
