"""/privacy: what is kept of people, and for how long. /forgetme: what is kept of this one, and its deletion."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.admin.roles import actor
from bot.answering import Answering
from bot.handlers.addressed import asked_by
from bot.handlers.dialogue import Dialogue
from bot.handlers.presses import confirm, unchanged
from bot.handlers.reply import Place, say
from bot.languages.marks import Counted, translatable
from bot.views.wording import tell
from store.conversations import FORGOTTEN_AFTER
from store.engine import reading, writing
from store.forgetting import Remembered, forget_person, remembered
from store.retention import Kept

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

PATTERN = "^forget:"
_DAYS = Counted("{count} day", "{count} days")
PRIVACY = translatable(
    "What I keep, and for how long:\n"
    "• Your last question in each chat, so that “and in Spain?” is understood: used for {minutes} minutes, kept for"
    " {conversations}.\n"
    "• If you subscribe or change a setting: the number and name of the chat, its language, time zone, digest, quiet"
    " hours and subscriptions, until you delete them, or for {gone} after I find that you blocked me. In a group, who"
    " subscribed is noted as well.\n"
    "• Which alerts a chat was sent, so that it gets their corrections: {deliveries}.\n"
    "• Messages that come in: until they are answered, then only their number and a checksum: {updates}.\n"
    "• Questions that I could not answer, or understood wrong: without who asked, and none that seems to hold a"
    " telephone number, an address or an e-mail: {unanswered} after somebody asked them last.\n"
    "• If you try a command for admins: your number and name: {people}. A role is kept until it is withdrawn, drafts of"
    " facts for {drafts}, and who recorded a fact for good.\n"
    "I keep no other messages. My log may hold the number of a chat or person where something went wrong; how long logs"
    " and backups are kept is up to those who run me.\n"
    "/forgetme in a private chat deletes what I keep of you."
)
ONLY_PRIVATE = translatable(
    "Write /forgetme to me in a private chat: it is about you alone. What this group is told, its admins end with"
    " /subscriptions."
)
NOTHING_KEPT = translatable("I keep nothing of you.")
SHOWN = translatable("I keep this of you, and would delete it now, for good:\n{kept}")
UNANSWERED_STAY = translatable("Questions that I could not answer stay: nobody knows any more whose they are.")
AUDIT_STAYS = translatable(
    "What stays: your role until an owner withdraws it, and your number beside the facts that you recorded or changed,"
    " since each fact must tell where it comes from."
)
DONE = translatable("Deleted. I keep nothing of you now; write to me and we start anew.")
DONE_BUT_AUDIT = translatable("Deleted, but for your role and your number beside the facts that you recorded.")
LEFT = translatable("Nothing was deleted.")
_QUESTIONS = Counted("• your last question in {count} chat", "• your last questions in {count} chats")
_SUBSCRIPTIONS = Counted("• {count} subscription", "• {count} subscriptions")
_SETTINGS = translatable("• the settings and the language of this chat")
_ALERTS = Counted("• the record of {count} alert", "• the record of {count} alerts")
_DRAFTS = Counted("• {count} draft of a fact", "• {count} drafts of facts")
_NAMED = translatable("• your number and name, from a command for admins")
_DELETE, _KEEP = translatable("Delete it all"), translatable("Keep it")


class Privacy:
    """What people want to know, and their right to be forgotten. `kept` is what the settings say."""

    def __init__(self, dialogue: Dialogue, answering: Answering, kept: Kept) -> None:
        self._dialogue, self._engine, self._kept = dialogue, answering.engine, kept

    async def privacy(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/privacy"""
        if update.message is not None:
            await say(context.bot, Place.of(update.message), privacy_text(self._kept))

    async def forgetme(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/forgetme: shows what would go, with a button to delete it"""
        message = update.message
        if message is None:
            return
        place, person = Place.of(message), asked_by(message)
        if place.in_group:
            await say(context.bot, place, tell(ONLY_PRIVATE))
            return
        known = await self._dialogue.in_thread(partial(self._remembered, person))
        if known.anything:
            await say(context.bot, place, forgetting_text(known), buttons=_buttons())
        else:
            stays = [tell(AUDIT_STAYS)] if known.accountable else []
            await say(context.bot, place, "\n".join([tell(NOTHING_KEPT), *stays]))

    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """forget:yes deletes at once, forget:no does not."""
        press = update.callback_query
        if press is None or not isinstance(press.message, Message) or Place.of(press.message).in_group:
            return
        said = LEFT
        if press.data == "forget:yes":
            known = await self._dialogue.in_thread(partial(self._forgotten, press.from_user.id))
            said = DONE_BUT_AUDIT if known.accountable else DONE
        await confirm(press)
        with unchanged(), contextlib.suppress(BadRequest):
            await press.edit_message_text(tell(said))

    def _remembered(self, person_id: int) -> Remembered:
        with reading(self._engine) as session:
            return remembered(session, person_id, actor(person_id))

    def _forgotten(self, person_id: int) -> Remembered:
        """Delete what is kept of a person; returns what it was."""
        with writing(self._engine) as session:
            known = remembered(session, person_id, actor(person_id))
            forget_person(session, person_id)
            return known


def privacy_text(kept: Kept) -> str:
    """What is kept and for how long, in words."""
    return tell(
        PRIVACY,
        minutes=FORGOTTEN_AFTER.seconds // 60,
        conversations=tell(_DAYS, count=kept.conversations.days),
        deliveries=tell(_DAYS, count=kept.sent.days),
        updates=tell(_DAYS, count=kept.updates.days),
        gone=tell(_DAYS, count=kept.gone_chats.days),
        unanswered=tell(_DAYS, count=kept.unanswered.days),
        people=tell(_DAYS, count=kept.people.days),
        drafts=tell(_DAYS, count=kept.drafts.days),
    )


def forgetting_text(known: Remembered) -> str:
    """What would be deleted, and what stays."""
    counted = [(_QUESTIONS, known.questions), (_SUBSCRIPTIONS, known.subscriptions), (_ALERTS, known.alerts),
               (_DRAFTS, known.drafts)]  # fmt: skip
    lines = [tell(label, count=count) for label, count in counted if count]
    lines += [tell(_SETTINGS)] if known.settings else []
    lines += [tell(_NAMED)] if known.named else []
    stays = [tell(AUDIT_STAYS)] if known.accountable else []
    return "\n".join([tell(SHOWN, kept="\n".join(lines)), tell(UNANSWERED_STAY), *stays])


def _buttons() -> InlineKeyboardMarkup:
    row = [
        InlineKeyboardButton(tell(_DELETE), callback_data="forget:yes"),
        InlineKeyboardButton(tell(_KEEP), callback_data="forget:no"),
    ]
    return InlineKeyboardMarkup([row])
