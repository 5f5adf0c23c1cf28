"""Faults at random while alerts go out over HTTP, and what became of every message, by the server's own log."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import Engine
from telegram import Bot

from bot.alerts.dispatcher import Dispatcher
from bot.alerts.gate import Gate
from bot.alerts.pacing import Pacing
from bot.telegram_client import TelegramClient
from store.catalogue import read_catalogue
from store.engine import reading
from tests.alerts.crowd import crowd, record_launches, states
from tests.telegram.fast_server import FastApi
from tests.telegram.faults import BLOCKED, DROPPED_AFTER_SENDING, INTERNAL, Fault, migrated, too_many
from tests.telegram.server import TOKEN

HANGS = Fault(200, seconds=99)
_MOVED_BY = 9_000_000  # between a group's id and its supergroup's
_EARLY = 0.05  # seconds that a log may be out by


@asynccontextmanager
async def sending(engine: Engine, base: str, rate: int = 500, wait: float = 10.0) -> AsyncIterator[Dispatcher]:
    """A dispatcher at work; `wait`: seconds that it waits for an answer."""
    with reading(engine) as session:
        catalogue = read_catalogue(session)
    async with Bot(
        TOKEN, base_url=f"{base}/bot", request=TelegramClient(read_timeout=wait, connect_timeout=0.5)
    ) as bot:
        dispatcher = Dispatcher(engine, bot, catalogue, Gate(Pacing(rate)))
        running = asyncio.create_task(dispatcher.run())
        try:
            yield dispatcher
        finally:
            running.cancel()
            await asyncio.wait([running])


async def until(condition: Callable[[], bool], seconds: float = 40) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the database tells of no event
            await asyncio.sleep(0.02)


def nothing_left(engine: Engine) -> bool:
    left = states(engine)
    return not left.get("pending", 0) and not left.get("claimed", 0)


@dataclass
class Faults:
    """Each of these strikes so large a `share` of the tries: 429, 500, a reset after accepting, no answer at all.

    That `share` of the chats has blocked the bot, and of the groups becomes a supergroup, at a moment of its own.
    `most`: faults of one chat, so that a short test has no long end."""

    share: float
    alerts: int
    most: int = 1_000_000
    chance: random.Random = field(default_factory=lambda: random.Random(5))
    unsure: Counter[int] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    ended: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    _of: Counter[int] = field(default_factory=Counter)

    def strike(self, chat: int) -> Fault | None:
        """What happens to a message to that chat."""
        if chat in self.moved:
            return migrated(self.moved[chat])
        draw, share, rare = self.chance.random(), self.share, self.share / self.alerts
        if chat in self.ended:
            return BLOCKED
        if draw > 1 - rare and -_MOVED_BY < chat < 0:
            self.struck["group moved"] += 1
            self.moved[chat] = chat - _MOVED_BY
            return migrated(self.moved[chat])
        if draw > 1 - rare and chat > 0:
            self.struck["403"] += 1
            self.ended.add(chat)
            return BLOCKED
        names = ("429", "500", "reset after accepting", "no answer")
        number = int(draw / share) if share else len(names)
        if number >= len(names) or self._of[chat] >= self.most:
            return None
        self._of[chat] += 1
        self.struck[names[number]] += 1
        if number == 2:
            self.unsure[chat] += 1
        return (too_many(1), INTERNAL, DROPPED_AFTER_SENDING, HANGS)[number]


@dataclass(frozen=True)
class Delivered:
    """What the server saw. `missing`: messages that chats which can be reached did not get; `twice`: beyond the resets,
    of which nobody can know; `used`: the share of the rate that was used while there was enough to send."""

    tried: int
    missing: int
    twice: int
    repeats: int
    used: float
    broken: list[str]
    struck: dict[str, int]
    states: dict[str, int]


async def deliver_under_faults(
    engine: Engine, *, people: int, groups: int, alerts: int, rate: int, faults: Faults, wait: float = 0.5
) -> Delivered:
    """Tell so many chats of so many launches while faults strike."""
    everyone = crowd(engine, people) + crowd(engine, groups, kind="group")
    record_launches(engine, alerts)
    async with FastApi(faults.strike) as api, sending(engine, api.base, rate, wait):
        await until(lambda: nothing_left(engine), 60 + 2 * len(everyone) * alerts / rate + 4 * alerts)
    old = {new: before for before, new in faults.moved.items()}
    unsure = Counter({old.get(chat, chat): 0 for chat in faults.unsure})
    for chat, count in faults.unsure.items():
        unsure[old.get(chat, chat)] += count
    got: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for one in api.arrived:
        got[old.get(one.chat, one.chat)][one.alert] += 1
    reached = [chat for chat in everyone if chat not in faults.ended]
    again = {chat: sum(got[chat].values()) - len(got[chat]) for chat in everyone}
    return Delivered(
        tried=api.tried,
        missing=sum(alerts - len(got[chat]) for chat in reached),
        twice=sum(max(0, count - unsure[chat]) for chat, count in again.items()),
        repeats=sum(again.values()),
        used=_used(api, rate),
        broken=broken_limits(api, rate),
        struck=dict(faults.struck),
        states=states(engine),
    )


def broken_limits(api: FastApi, rate: int) -> list[str]:
    """By the server's own log of all that was asked of it: so many in every second, one a second to a chat, and 20 a
    minute to a group; each that was broken, with how far."""
    broken = []
    times = [at for at, _ in api.log]
    close = [after - first for first, after in zip(times, times[rate:], strict=False) if after - first < 1 - _EARLY]
    if close:
        broken.append(f"{len(close)} times more than {rate} in a second, {rate + 1} in {min(close):.3f} s")
    of_chat: defaultdict[int, list[float]] = defaultdict(list)
    for one in api.arrived:
        of_chat[one.chat].append(one.at)
    for chat, own in of_chat.items():
        if any(after - before < 1 - _EARLY for before, after in pairwise(own)):
            broken.append(f"chat {chat}: two within a second")
        if chat < 0 and any(after - first < 60 - _EARLY for first, after in zip(own, own[20:], strict=False)):
            broken.append(f"group {chat}: more than 20 in a minute")
    return broken


def _used(api: FastApi, rate: int) -> float:
    """By the server's log, from the first second to the last in which as many came as may."""
    times = [at - api.log[0][0] for at, _ in api.log]
    last = times[-1]
    while last > 2 and sum(last - 1 < at <= last for at in times) < rate * 0.9:
        last -= 1
    return sum(at <= last for at in times) / (last * rate) if last else 0.0
