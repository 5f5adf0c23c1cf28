"""Brings updates to a bot's webhook as Telegram does: those of one chat in order, each until it was confirmed.

Several addresses stand for what a balancer in front of several processes does: each call goes to the next of them, and
where one is away or asks to be left alone, to the one after it."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_PAUSE = 0.1


@dataclass
class Delivered:
    """What became of one update: the status of each call, 0 where there was no answer; and when it was brought."""

    statuses: list[int] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)


class Postman:
    """Use as `async with`; on leaving, what has not been confirmed is given up."""

    def __init__(self, addresses: Sequence[str], secret: str, connections: int = 40) -> None:
        self.addresses = list(addresses)
        self.delivered: dict[int, Delivered] = {}
        self._headers = {SECRET_HEADER: secret}
        self._next = itertools.count()
        self._places = asyncio.Semaphore(connections)
        self._turns: defaultdict[object, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._under_way: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Postman:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_error: object) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._session.close()

    def bring(self, update: dict[str, Any]) -> asyncio.Task[None]:
        """Bring an update; the task ends when it was confirmed."""
        task = asyncio.create_task(self._bring(update))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def all_confirmed(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    async def call(self, address: str, body: Any, **headers: str) -> int:
        """One call with any body, a bytes object as it is; returns the status, 0 where no answer came."""
        given = {"data": body} if isinstance(body, bytes) else {"json": body}
        try:
            async with self._session.post(address, headers=self._headers | headers, **given) as response:
                await response.read()
                return response.status
        except (aiohttp.ClientError, OSError):
            return 0

    async def get(self, address: str) -> tuple[int, str]:
        async with self._session.get(address) as response:
            return response.status, await response.text()

    async def _bring(self, update: dict[str, Any]) -> None:
        kept = self.delivered.setdefault(update["update_id"], Delivered())
        async with self._turns[_chat(update)], self._places:
            while True:
                kept.statuses.append(await self.call(self.addresses[next(self._next) % len(self.addresses)], update))
                if kept.statuses[-1] == 200:
                    return
                if kept.statuses[-1] not in (0, 502, 503) or len(kept.statuses) % len(self.addresses) == 0:
                    await asyncio.sleep(_PAUSE)


def _chat(update: dict[str, Any]) -> object:
    message = update.get("message") or (update.get("callback_query") or {}).get("message") or {}
    return (message.get("chat") or {}).get("id")
