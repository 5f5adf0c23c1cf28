"""Where updates come in, polled or by webhook: each is taken once, waits its turn, and is seen through."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import structlog
from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot import metrics
from bot.handlers.arriving import look_at
from bot.handlers.flood import TOO_FAST, Allowance
from bot.handlers.reply import Place, say
from bot.languages.spoken import speaking
from bot.ledger import Ledger
from bot.polling import read_update
from bot.requests import Request, request
from bot.views.wording import tell
from store.arrivals import Arrival
from store.inbox import Left, UpdateKey

if TYPE_CHECKING:
    from telegram.ext import Application

MOST_IN_HAND = 20_000  # more than that, and Telegram is asked to come back later

log = structlog.get_logger("vendorbot.intake")


class Intake:
    """Takes updates in; `take` gives the task that sees one through, or None where there is nothing to do."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any], ledger: Ledger, allowance: Allowance):
        self._application, self._ledger, self._allowance = application, ledger, allowance
        self._ending = asyncio.Event()
        self._in_hand = 0
        self._chats: Counter[int] = Counter()  # how many updates of each are in hand

    @property
    def full(self) -> bool:
        return self._in_hand >= MOST_IN_HAND

    async def take(self, update: Update, raw: dict[str, Any] | None = None) -> asyncio.Task[None] | None:
        """Take an update; `raw` is its JSON where that is at hand. Returns once it is safe in the database."""
        came = time.monotonic()
        # As ASCII: no PostgreSQL text holds a NUL, and no UTF-8 half of a surrogate pair.
        body = json.dumps(raw if raw is not None else update.to_dict(), sort_keys=True)
        key = UpdateKey.of(update.update_id, body)
        chat = _chat(update)
        look = None if chat in self._chats else look_at(update)  # what is under way there may change what is seen
        self._chats[chat] += 1
        taken = await self._ledger.take(key, body, look)
        if not taken.ours:
            self._leave(chat)
            metrics.UPDATES.labels("repeated").inc()
            log.info("an update that came before is dropped", update=update.update_id)
            return None
        metrics.UPDATES.labels("taken").inc()
        return self._begin(key, update, came, taken.arrival)

    async def take_over(self, left: Left) -> None:
        """See through what a process that is gone had taken."""
        metrics.UPDATES.labels("taken over").inc()
        log.info("taken over from a process that is gone", update=left.key.update_id)
        update = read_update(json.loads(left.body), self._application.bot)
        if update is None:
            await self._ledger.done(left.key)
        else:
            self._chats[_chat(update)] += 1
            self._begin(left.key, update, time.monotonic())

    def end(self) -> None:
        """Let nothing wait any longer: what has not had its turn is left for the next start."""
        self._ending.set()

    def _begin(self, key: UpdateKey, update: Update, came: float, arrival: Arrival | None = None) -> asyncio.Task[None]:
        return self._application.create_task(self._see_through(key, update, came, arrival), update)

    async def _see_through(self, key: UpdateKey, update: Update, came: float, arrival: Arrival | None) -> None:
        self._in_hand += 1
        metrics.IN_HAND.set(self._in_hand)
        try:
            with request(update=update.update_id) as under_way:
                under_way.arrival, under_way.changes = arrival, []
                await self._deal_with(key, update, under_way)
        finally:
            self._leave(_chat(update))
            self._in_hand -= 1
            metrics.IN_HAND.set(self._in_hand)
            metrics.UPDATE_SECONDS.observe(time.monotonic() - came)

    def _leave(self, chat: int) -> None:
        self._chats[chat] -= 1
        if not self._chats[chat]:
            del self._chats[chat]

    async def _deal_with(self, key: UpdateKey, update: Update, under_way: Request) -> None:
        """Deal with an update when it may go on and its turn has come; not where the bot ends before."""
        person = _person(update)
        if person is not None:
            turn = self._allowance.turn(person, time.monotonic())
            if turn.tell:
                await self._tell_to_slow_down(update, person)
            if turn.wait is None:
                metrics.UPDATES.labels("dropped").inc()
                await self._ledger.done(key)
                return
            if turn.wait and not await self._waited(turn.wait):
                return
        if self._ending.is_set():
            return
        await self._application.update_processor.process_update(update, self._handle(key, update, under_way))

    async def _handle(self, key: UpdateKey, update: Update, under_way: Request) -> None:
        """What an update has its turn for. What it leaves behind is written before the next of its chat begins."""
        await self._application.process_update(update)
        if under_way.put_off:
            self._ledger.put_off(key)
        else:
            await self._ledger.done(key, under_way.changes or ())

    async def _waited(self, seconds: float) -> bool:
        metrics.UPDATES.labels("slowed").inc()
        try:
            async with asyncio.timeout(seconds):
                await self._ending.wait()
        except TimeoutError:
            return True
        return False

    async def _tell_to_slow_down(self, update: Update, person: int) -> None:
        log.info("a person asks too fast and has to wait", person=person)
        message = update.effective_message
        if not isinstance(message, Message) or message.chat.type != ChatType.PRIVATE:
            return  # a group is not to be told of one person
        try:
            with speaking((update.effective_user and update.effective_user.language_code) or ""):
                await say(self._application.bot, Place.of(message), tell(TOO_FAST))
        except TelegramError as error:
            log.info("could not be told", reason=str(error))


def _chat(update: Update) -> int:
    """Where an update is from: a chat, or whoever types in any; nought for neither."""
    where = update.effective_chat or update.effective_user
    return where.id if where else 0


def _person(update: Update) -> int | None:
    """Whose question it is; None for what nobody asks, such as being added to a group."""
    if update.message is None and update.callback_query is None and update.inline_query is None:
        return None
    if update.effective_sender is None:
        return None
    return update.effective_sender.id
