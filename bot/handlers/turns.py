"""The order of work: in one chat one update after the other, and no chat waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_MOST_AT_ONCE = 4096  # waiting costs little, and a chat that floods must not use up the places of the others


class Turns(BaseUpdateProcessor):
    """Gives each update its turn in its chat, first come first served."""

    def __init__(self) -> None:
        super().__init__(_MOST_AT_ONCE)
        self._of_chat: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        # A lock lives as long as an update holds it or waits for it.
        turn = self._of_chat.setdefault(chat.id, asyncio.Lock())
        try:
            async with turn:
                await coroutine
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # it never began where the bot stopped before its turn came

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""
