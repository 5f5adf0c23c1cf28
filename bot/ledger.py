"""Keeps the inbox in the database: many updates a write, and without the database only as long as it is away."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
import uuid
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import structlog
from sqlalchemy import Engine

from bot.handlers.arriving import Look
from bot.requests import Change
from store.arrivals import Arrival
from store.engine import writing
from store.inbox import HELD_SECONDS, Inbox, Left, UpdateKey

_PATIENCE = 1.0  # seconds that an update waits to be written down; it is better answered than kept waiting
_PAUSE = 0.5  # between two tries while the database is away
_TOGETHER = 0.01  # seconds from one write to the next: a transaction costs more than what it writes
_REMEMBERED = 20_000  # update numbers known without the database

log = structlog.get_logger("vendorbot.inbox")

Given = TypeVar("Given")


@dataclass(frozen=True)
class Taken:
    """Whether an update is this process's to deal with; and what is known of who wrote it, where that was seen."""

    ours: bool
    arrival: Arrival | None = None


@dataclass(frozen=True)
class _Taking:
    key: UpdateKey
    body: str
    look: Look | None
    taken: asyncio.Future[Taken]


@dataclass(frozen=True)
class _Done:
    key: UpdateKey
    changes: tuple[Change, ...]
    written: asyncio.Future[None]


@dataclass(frozen=True)
class _PutOff:
    key: UpdateKey


_Write = _Taking | _Done | _PutOff


class Ledger:
    """Who asks `take` first for an update gets it, in this process and among all that share the database."""

    def __init__(self, engine: Engine, bot_id: int, held_seconds: float = HELD_SECONDS) -> None:
        self._engine = engine
        self._inbox = Inbox(bot_id, f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex[:8]}", held_seconds)
        self._pulse = held_seconds / 4
        # One thread: writes stay in order, and never use up the threads that answer.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="inbox")
        self._waiting: list[_Write] = []
        self._wanted = asyncio.Event()
        self._known: OrderedDict[UpdateKey, None] = OrderedDict()
        self._in_hand: set[UpdateKey] = set()
        self._writer: asyncio.Task[None] | None = None
        self.away = False  # the database cannot be written to; it is said once, and once when it is back

    async def take(self, key: UpdateKey, body: str, look: Look | None = None) -> Taken:
        """Take an update, unless it has been taken before, and `look` at who wrote it."""
        if key in self._known:
            return Taken(ours=False)
        self._remember(key)
        self._in_hand.add(key)
        taking = _Taking(key, body, look, asyncio.get_running_loop().create_future())
        self._want(taking)
        if self.away:
            return Taken(ours=True)
        await asyncio.wait({taking.taken}, timeout=_PATIENCE)
        if not taking.taken.done():
            self._say_away(None)
            return Taken(ours=True)
        taken = taking.taken.result()
        if not taken.ours:  # and not known either: should the process that has it end, it can be taken over here
            self._in_hand.discard(key)
            self._known.pop(key, None)
        return taken

    async def done(self, key: UpdateKey, changes: Sequence[Change] = ()) -> None:
        """The update has been dealt with, and left these changes. Returns when they are written, if there are any."""
        self._in_hand.discard(key)
        done = _Done(key, tuple(changes), asyncio.get_running_loop().create_future())
        self._want(done)
        if changes:
            await asyncio.wait({done.written}, timeout=_PATIENCE)

    def put_off(self, key: UpdateKey) -> None:
        """The update could not be dealt with now; this or another process takes it again in a while."""
        self._in_hand.discard(key)
        self._known.pop(key, None)
        self._want(_PutOff(key))

    async def keep(self, take_over: Callable[[Left], Awaitable[None]]) -> None:
        """Until cancelled: hold what is in hand, and take over what processes that are gone have left."""
        while True:
            with contextlib.suppress(Exception):  # the writer says that the database is away
                for left in await asyncio.get_running_loop().run_in_executor(self._thread, self._tick):
                    if left.key not in self._known:
                        self._remember(left.key)
                        self._in_hand.add(left.key)
                        await take_over(left)
            await asyncio.sleep(self._pulse)

    async def close(self, seconds: float = 3.0) -> None:
        """Write what is to be written, and leave to others what is not done."""
        if self._writer:
            self._writer.cancel()
        try:
            async with asyncio.timeout(seconds):
                await asyncio.get_running_loop().run_in_executor(self._thread, self._end, self._waiting[:])
        except Exception as error:  # the end must come; what is not written is taken over by its time
            log.warning("the inbox could not be put in order", reason=str(error))
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _want(self, write: _Write) -> None:
        """Have something written with the next batch."""
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        self._waiting.append(write)
        self._wanted.set()

    async def _write_all(self) -> None:
        last = 0.0
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            # Whoever comes now is written down at once; while many come, they share a transaction.
            if (early := last + _TOGETHER - time.monotonic()) > 0:
                await asyncio.sleep(early)
            last = time.monotonic()
            batch = self._waiting[:]
            if not batch:
                continue
            try:
                taken = await asyncio.get_running_loop().run_in_executor(self._thread, self._write, batch)
            except Exception as error:
                self._say_away(error)
                for one in batch:
                    if isinstance(one, _Taking):
                        _settle(one.taken, Taken(ours=True))
                del self._waiting[: max(0, len(self._waiting) - _REMEMBERED)]
                await asyncio.sleep(_PAUSE)
                self._wanted.set()
                continue
            del self._waiting[: len(batch)]
            if self._waiting:
                self._wanted.set()
            self._say_back()
            for one in batch:
                if isinstance(one, _Taking):
                    _settle(one.taken, taken[one.key])
                elif isinstance(one, _Done):
                    _settle(one.written, None)

    def _write(self, batch: list[_Write]) -> dict[UpdateKey, Taken]:
        """Write a batch; where that cannot be, without what else the updates in it want of the store. Raises StoreError
        where the database is away."""
        try:
            return self._written(batch)
        except Exception as error:
            bare = list(map(_bare, batch))
            if bare == batch:
                raise
            taken = self._written(bare)
            log.warning("what an update left behind could not be kept", reason=str(error))
            return taken

    def _written(self, batch: list[_Write]) -> dict[UpdateKey, Taken]:
        taken = {}
        with writing(self._engine) as session:
            for one in batch:
                if isinstance(one, _Taking):
                    ours = self._inbox.take(session, one.key, one.body)
                    taken[one.key] = Taken(ours, one.look(session) if ours and one.look else None)
                elif isinstance(one, _PutOff):
                    self._inbox.put_off(session, one.key)
            done = [one for one in batch if isinstance(one, _Done)]
            for one in done:
                for change in one.changes:
                    change(session)
            self._inbox.done(session, *(one.key for one in done))
        return taken

    def _tick(self) -> list[Left]:
        with writing(self._engine) as session:
            if self._in_hand:
                self._inbox.hold(session)
            return self._inbox.take_left(session)

    def _end(self, batch: list[_Write]) -> None:
        self._write(batch)
        with writing(self._engine) as session:
            left = self._inbox.leave(session)
        if left:
            log.info("left for the next start", updates=left)

    def _remember(self, key: UpdateKey) -> None:
        self._known[key] = None
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _say_away(self, error: Exception | None) -> None:
        if not self.away:
            reason = str(error) if error else f"a write took more than {_PATIENCE:g} s"
            log.warning("the database cannot be written to; updates are kept in memory until it can", reason=reason)
        self.away = True

    def _say_back(self) -> None:
        if self.away:
            log.info("the database can be written to again")
        self.away = False


def _bare(write: _Write) -> _Write:
    if isinstance(write, _Taking):
        return replace(write, look=None)
    return replace(write, changes=()) if isinstance(write, _Done) else write


def _settle(future: asyncio.Future[Given], result: Given) -> None:
    if not future.done():
        future.set_result(result)
